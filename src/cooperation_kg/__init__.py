"""Sourced facts on China's paired regional cooperation, as a graph.

::

    data/*.yaml ──curate──▶ Corpus ──graph──▶ KnowledgeGraph ──query──▶ Table, Answer
                 records             RDF, named graphs      SPARQL rows; totals, conflicts, explanations …
                                          │
                                          └──render──▶ pages, GraphML, Turtle …

Few names, verb and noun; each command of ``ckg`` is one such call.

>>> import cooperation_kg as ckg
>>> kg = ckg.build_graph(ckg.load_corpus())
>>> [row["name"] for row in ckg.run_query(kg, "SELECT ?name WHERE { place:beijing coop:shortName ?name }")]
['京']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cooperation_kg.errors import CooperationError

if TYPE_CHECKING:
    from cooperation_kg.curate.corpus import load_corpus
    from cooperation_kg.curate.rules import check
    from cooperation_kg.datasets import (
        add_record,
        begin_dataset,
        export_sheet,
        format_dataset,
        import_sheet,
        merge_datasets,
        write_files,
    )
    from cooperation_kg.graph.asof import parse_as_of
    from cooperation_kg.graph.dataset import build_graph
    from cooperation_kg.graph.view import as_of_view
    from cooperation_kg.graph.vocabulary import COOP
    from cooperation_kg.query.claims import check_claim
    from cooperation_kg.query.conflicts import conflicts
    from cooperation_kg.query.differences import differences, read_side
    from cooperation_kg.query.explain import explain
    from cooperation_kg.query.measures import measure
    from cooperation_kg.query.report import report
    from cooperation_kg.query.run import run_query
    from cooperation_kg.query.selecting import selection_of
    from cooperation_kg.query.show import show
    from cooperation_kg.query.totals import total
    from cooperation_kg.render.exports import export, export_files
    from cooperation_kg.render.network import build_network
    from cooperation_kg.render.pages import render_page

# public name → its home; imported when first used, so that a light command stays light
_HOMES = {
    "COOP": "cooperation_kg.graph.vocabulary",
    "add_record": "cooperation_kg.datasets",
    "as_of_view": "cooperation_kg.graph.view",
    "begin_dataset": "cooperation_kg.datasets",
    "build_graph": "cooperation_kg.graph.dataset",
    "build_network": "cooperation_kg.render.network",
    "check": "cooperation_kg.curate.rules",
    "check_claim": "cooperation_kg.query.claims",
    "conflicts": "cooperation_kg.query.conflicts",
    "differences": "cooperation_kg.query.differences",
    "explain": "cooperation_kg.query.explain",
    "export": "cooperation_kg.render.exports",
    "export_files": "cooperation_kg.render.exports",
    "export_sheet": "cooperation_kg.datasets",
    "format_dataset": "cooperation_kg.datasets",
    "import_sheet": "cooperation_kg.datasets",
    "load_corpus": "cooperation_kg.curate.corpus",
    "measure": "cooperation_kg.query.measures",
    "merge_datasets": "cooperation_kg.datasets",
    "parse_as_of": "cooperation_kg.graph.asof",
    "read_side": "cooperation_kg.query.differences",
    "render_page": "cooperation_kg.render.pages",
    "report": "cooperation_kg.query.report",
    "run_query": "cooperation_kg.query.run",
    "selection_of": "cooperation_kg.query.selecting",
    "show": "cooperation_kg.query.show",
    "total": "cooperation_kg.query.totals",
    "write_files": "cooperation_kg.datasets",
}

__all__ = [
    "COOP",
    "CooperationError",
    "add_record",
    "as_of_view",
    "begin_dataset",
    "build_graph",
    "build_network",
    "check",
    "check_claim",
    "conflicts",
    "differences",
    "explain",
    "export",
    "export_files",
    "export_sheet",
    "format_dataset",
    "import_sheet",
    "load_corpus",
    "measure",
    "merge_datasets",
    "parse_as_of",
    "read_side",
    "render_page",
    "report",
    "run_query",
    "selection_of",
    "show",
    "total",
    "write_files",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
