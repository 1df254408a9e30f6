"""The pairing network as tools for networks take it: each attribute one text, number or truth value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from cooperation_kg.curate.registers import Place
from cooperation_kg.graph.asof import status_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.place_names import shown_name
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.parties import Parties, Party
from cooperation_kg.render.rows import both

if TYPE_CHECKING:
    import networkx as nx

Plain = str | int | float | bool


def flat_network(cut: Cut) -> nx.MultiDiGraph[str]:
    """Return the pairing network: node = party, edge = pairing with its slug as key; what is unsaid is absent.

    ``directed`` is data on the edge (most formats have no undirected edges in a directed network): where it is false,
    no source states who supports whom, and the order of the two ends means nothing. ``label`` is in the language
    asked for. ``caveats`` are codes of ``query/caveats.py``. Of a graph as of a time every edge has its ``status``
    then, places are called as they were, and the network itself says the time, the revision and the selection.
    """
    import networkx as nx

    kg, parties = cut.kg, Parties(cut.kg)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    flat.graph |= _graph(cut)
    for party in parties.ids:
        told = parties.told(party)
        if kg.as_of:
            told |= _name_then(parties.record(party), kg.as_of.year)
        flat.add_node(party, **_plain({"label": told[f"label_{cut.lang}"]} | told))
    for slug, pairing in kg.derived.pairings.items():
        status = {"status": status_of(pairing, kg.as_of)} if kg.as_of else {}
        source, target = pairing.parties
        flat.add_edge(source, target, key=slug, **_plain(_edge(cut, pairing, parties.namer) | status))
    return flat


def _graph(cut: Cut) -> dict[str, str]:
    said = {"as_of": cut.kg.as_of.text} if cut.kg.as_of else {}
    said |= {"known_at": cut.kg.known_at} if cut.kg.known_at else {}
    return said | dict(cut.selection.asked)


def _name_then(record: Party, year: int) -> dict[str, str]:
    """Return the labels of a place as it is shown in that year."""
    if not isinstance(record, Place):
        return {}
    return both("label", lambda lang: shown_name(record, date(year, 12, 31), lang))


def _edge(cut: Cut, pairing: Pairing, namer: Namer) -> dict[str, Any]:
    corpus = cut.kg.corpus
    years = [*pairing.in_force_in, *pairing.possibly_in]
    names = both("name", lambda lang: namer.pairing(pairing, lang))
    return {
        "label": names[f"name_{cut.lang}"],
        **names,
        "programme": pairing.programme,
        "programme_zh": corpus.programmes[pairing.programme].name.zh,
        "directed": pairing.directed,
        "directness": pairing.directness,
        "undated": pairing.undated,
        "first": min(years, default=None),
        "last_certain": max(pairing.in_force_in, default=None),
        "last": max(years, default=None),
        "in_force": " ".join(str(year) for year in pairing.in_force_in),
        "start_state": pairing.start_state,
        "end_state": pairing.end_state,
        "last_confirmed": pairing.last_confirmed.isoformat() if pairing.last_confirmed else None,
        "implements": pairing.implements,
        "origins": len(pairing.origins),
        "sources": " ".join(sorted({corpus.statements[key].source for key in pairing.evidence})),
        "evidence": " ".join(pairing.evidence),
        "caveats": " ".join(cut.caveats.of_pairing(pairing)),
        "iri": cut.kg.iris.thing("pairing", pairing.slug).value,
    }


def _plain(attributes: Mapping[str, Any]) -> dict[str, Plain]:
    """Leave out what is unsaid."""
    return {name: value for name, value in attributes.items() if value not in (None, "")}
