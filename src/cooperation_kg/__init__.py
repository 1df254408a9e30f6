"""Sourced facts on China's paired regional cooperation, as a graph.

::

    data/*.yaml ──curate──▶ Corpus ──graph──▶ KnowledgeGraph ──query──▶ Table
                 records             RDF, named graphs      SPARQL rows
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
    from cooperation_kg.graph.dataset import build_graph
    from cooperation_kg.graph.vocabulary import COOP
    from cooperation_kg.query.run import run_query
    from cooperation_kg.render.exports import export
    from cooperation_kg.render.network import build_network
    from cooperation_kg.render.pages import render_page

# public name → its home; imported when first used, so that a light command stays light
_HOMES = {
    "COOP": "cooperation_kg.graph.vocabulary",
    "build_graph": "cooperation_kg.graph.dataset",
    "build_network": "cooperation_kg.render.network",
    "check": "cooperation_kg.curate.rules",
    "export": "cooperation_kg.render.exports",
    "load_corpus": "cooperation_kg.curate.corpus",
    "render_page": "cooperation_kg.render.pages",
    "run_query": "cooperation_kg.query.run",
}

__all__ = [
    "COOP",
    "CooperationError",
    "build_graph",
    "build_network",
    "check",
    "export",
    "load_corpus",
    "render_page",
    "run_query",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
