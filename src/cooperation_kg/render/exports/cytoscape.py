"""Cytoscape: the JSON of Cytoscape.js, which Cytoscape reads too, and CX2, the format of Cytoscape and NDEx.

Cytoscape.js: https://js.cytoscape.org/#notation/elements-json. CX2:
https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cooperation_kg.render.exports.about import said_of
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import Plain, flat_network

CX2_TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}


def cytoscape(cut: Cut) -> bytes:
    """Return the pairing network as elements: the id of an edge is the slug of its pairing."""
    network = flat_network(cut)
    nodes = [{"data": {"id": party, **network.nodes[party]}} for party in sorted(network)]
    edges = [{"data": {"id": slug, "source": a, "target": b, **data}} for a, b, slug, data in _edges(network)]
    return _json({"data": said_of(cut), "elements": {"nodes": nodes, "edges": edges}})


def cx2(cut: Cut) -> bytes:
    """Return the pairing network as CX2: parties and pairings are numbered in the order of their ids."""
    network = flat_network(cut)
    parties = {party: number for number, party in enumerate(sorted(network))}
    nodes: list[dict[str, Any]] = [
        {"id": number, "v": {"name": party, **network.nodes[party]}} for party, number in parties.items()
    ]
    edges: list[dict[str, Any]] = [
        {"id": number, "s": parties[a], "t": parties[b], "v": {"name": slug, "interaction": data["programme"], **data}}
        for number, (a, b, slug, data) in enumerate(_edges(network))
    ]
    said = {"name": said_of(cut)["dataset"], **said_of(cut)}
    aspects: dict[str, list[Any]] = {
        "attributeDeclarations": [{"networkAttributes": _types([said]), "nodes": _types(e["v"] for e in nodes)}],
        "networkAttributes": [said],
        "nodes": nodes,
        "edges": edges,
    }
    aspects["attributeDeclarations"][0]["edges"] = _types(e["v"] for e in edges)
    counts = [{"name": name, "elementCount": len(elements)} for name, elements in aspects.items()]
    return _json(
        [
            {"CXVersion": "2.0", "hasFragments": False},
            {"metaData": counts},
            *({name: elements} for name, elements in aspects.items()),
            {"status": [{"success": True}]},
        ]
    )


def _edges(network: Any) -> list[tuple[str, str, str, dict[str, Plain]]]:
    return sorted(network.edges(keys=True, data=True), key=lambda edge: edge[2])


def _types(rows: Iterable[Mapping[str, Plain]]) -> dict[str, dict[str, str]]:
    """Return the declaration of each attribute; a whole number beside others with a fraction is a double."""
    found: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            kind = CX2_TYPES[type(value)]
            found[name] = "double" if {kind, found.get(name, kind)} == {"long", "double"} else kind
    return {name: {"d": kind} for name, kind in sorted(found.items())}


def _json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
