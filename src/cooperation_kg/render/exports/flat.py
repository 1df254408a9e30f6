"""The pairing network as tools for networks take it: each attribute one text, number or truth value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cooperation_kg.render.exports.cut import Cut

if TYPE_CHECKING:
    import networkx as nx

Plain = str | int | float | bool

NODE_ATTRIBUTES = ("label_zh", "label_en", "short_zh", "kind", "level", "code", "lat", "lon", "parent", "iri")


def flat_network(cut: Cut) -> nx.MultiDiGraph[str]:
    """Return the pairing network: node = party, edge = pairing with its slug as key; what is unsaid is absent.

    ``directed`` is data on the edge (most formats have no undirected edges in a directed network): where it is false,
    no source states who supports whom, and the order of the two ends means nothing. ``label`` is in the language
    asked for. ``caveats`` are codes of ``query/caveats.py``. Of a graph as of a time every edge has its ``status``
    then, places are called as they were, and the network itself says the time, the revision and the selection.
    """
    import networkx as nx

    kg, network = cut.kg, cut.network
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    flat.graph |= _graph(cut)
    for party, attributes in network.nodes(data=True):
        then = _name_then(attributes, kg.as_of.year) if kg.as_of else {}
        named = {name: attributes[name] for name in NODE_ATTRIBUTES} | then
        flat.add_node(party, **_plain({"label": named[f"label_{cut.lang}"]} | named))
    for source, target, key, attributes in network.edges(keys=True, data=True):
        status = {"status": attributes["asked"]} if kg.as_of else {}
        flat.add_edge(source, target, key=key, **_plain(_edge(cut, key, attributes) | status))
    return flat


def _graph(cut: Cut) -> dict[str, str]:
    said = {"as_of": cut.kg.as_of.text} if cut.kg.as_of else {}
    said |= {"known_at": cut.kg.known_at} if cut.kg.known_at else {}
    return said | dict(cut.selection.asked)


def _name_then(attributes: Mapping[str, Any], year: int) -> dict[str, str]:
    """Return the labels of a place that had another name in that year."""
    held = (name for name in attributes["yearly_names"] if year in name["years"])
    return next(({"label_zh": name["zh"], "label_en": name["en"]} for name in held), {})


def _edge(cut: Cut, slug: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    graph = cut.network.graph
    years = [*attributes["in_force"], *attributes["possibly"]]
    statements = [graph["statements"][index] for index in attributes["evidence"]]
    labels = {programme["id"]: programme["zh"] for programme in graph["programmes"]}
    return {
        "label": attributes[f"name_{cut.lang}"],
        "name_zh": attributes["name_zh"],
        "name_en": attributes["name_en"],
        "programme": attributes["programme"],
        "programme_zh": labels[attributes["programme"]],
        "directed": attributes["directed"],
        "directness": attributes["directness"],
        "undated": attributes["undated"],
        "first": min(years, default=None),
        "last_certain": max(attributes["in_force"], default=None),
        "last": max(years, default=None),
        "in_force": " ".join(str(year) for year in attributes["in_force"]),
        "start_state": attributes["start_state"],
        "end_state": attributes["end_state"],
        "last_confirmed": attributes["last_confirmed"],
        "implements": attributes["implements"],
        "origins": attributes["origins"],
        "sources": " ".join(sorted({statement["source"] for statement in statements})),
        "evidence": " ".join(statement["id"] for statement in statements),
        "caveats": " ".join(cut.caveats.of_pairing(cut.kg.derived.pairings[slug])),
        "iri": attributes["iri"],
    }


def _plain(attributes: Mapping[str, Any]) -> dict[str, Plain]:
    """Leave out what is unsaid."""
    return {name: value for name, value in attributes.items() if value not in (None, "")}
