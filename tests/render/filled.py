"""The tables of a graph by name, as every format of tables writes them."""

from __future__ import annotations

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.selecting import EVERYTHING, Selection
from cooperation_kg.render.exports.cut import cut_of
from cooperation_kg.render.exports.tables import Filled, tables_of


def tables(kg: KnowledgeGraph, lang: str = "zh", selection: Selection = EVERYTHING) -> dict[str, Filled]:
    """Return all tables of a graph, or of a part of it."""
    return {table.name: table for table in tables_of(cut_of(kg, "full", selection=selection, lang=lang))}
