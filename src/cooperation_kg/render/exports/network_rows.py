"""The rows of the network: its nodes and edges as ``flat.py`` has them, and the terms of every pairing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.naming import Namer
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import flat_network

Cells = dict[str, Any]


def node_rows(cut: Cut) -> Iterator[Cells]:
    """Return one row a party, by id."""
    flat = flat_network(cut)
    return ({"id": party, **flat.nodes[party]} for party in sorted(flat))


def edge_rows(cut: Cut) -> Iterator[Cells]:
    """Yield one row a pairing, by id."""
    edges = flat_network(cut).edges(keys=True, data=True)
    for source, target, slug, attributes in sorted(edges, key=lambda edge: edge[2]):
        confirmed = attributes.get("last_confirmed")
        day = {"last_confirmed": date.fromisoformat(confirmed)} if confirmed else {}
        yield {"source": source, "target": target, "id": slug, **attributes, **day}


def term_rows(cut: Cut) -> Iterator[Cells]:
    """Yield one row a term, by pairing and number; an undated pairing has none."""
    namer = Namer(cut.kg.corpus)
    for slug, pairing in sorted(cut.kg.derived.pairings.items()):
        yield from _terms(pairing, slug, namer, cut.lang)


def _terms(pairing: Pairing, slug: str, namer: Namer, lang: str) -> Iterator[Cells]:
    for term in pairing.terms:
        found = namer.corpus.find(("policy", "event"), term.basis) if term.basis else None
        yield {
            "pairing": slug,
            "number": term.number,
            "basis": term.basis,
            "basis_label": namer.thing(*found, lang) if found else None,
            "possible_from": term.possible_from,
            "certain_from": term.certain_from,
            "certain_to": term.certain_to,
            "possible_to": term.possible_to,
            "start_state": term.start_state,
            "end_state": term.end_state,
            "last_confirmed": term.last_confirmed,
            "evidence": " ".join(term.evidence),
        }
