"""Short forms for the tests of questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.run import run_query

THINGS = "https://w3id.org/cooperation-kg/id/"

Ask = Callable[..., list[tuple[Any, ...]]]
"""``ask(question, columns, **parameters)`` → the rows, IRIs of things cut to ``kind/id``."""


def asker(kg: KnowledgeGraph) -> Ask:
    """Return a function that puts a named question to a graph and picks columns."""

    def ask(question: str, columns: str, **parameters: Any) -> list[tuple[Any, ...]]:
        table = run_query(kg, question, **parameters)
        return [tuple(_short(row[name]) for name in columns.split()) for row in table]

    return ask


def _short(value: object) -> object:
    return value.removeprefix(THINGS) if isinstance(value, str) else value
