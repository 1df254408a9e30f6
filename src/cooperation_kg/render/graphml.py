"""GraphML, with declared types: the pairing network for Gephi and the like, or every resource of the graph.

networkx writes it; here each attribute is flattened to text, number or truth value first, for GraphML
(http://graphml.graphdrawing.org/specification.html) has no lists and no missing values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.network import build_network

if TYPE_CHECKING:
    import networkx as nx

JOIN = " | "
# XML 1.0 cannot hold these, in any spelling
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

NODE_ATTRIBUTES = ("label_zh", "label_en", "short_zh", "kind", "level", "code", "lat", "lon", "parent", "iri")


def network_graphml(kg: KnowledgeGraph) -> bytes:
    """Return the pairing network: node = party, edge = pairing with its slug as key.

    ``directed`` is data on the edge (networkx refuses undirected edges inside a directed file): where it is false,
    no source states who supports whom, and the order of the two ends means nothing. Of a graph as of a time the file
    says the time, every edge its ``status`` then, and places are called as they were.
    """
    import networkx as nx

    network = build_network(kg)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for party, attributes in network.nodes(data=True):
        then = _name_then(attributes, kg.as_of.year) if kg.as_of else {}
        flat.add_node(party, **_plain({name: attributes[name] for name in NODE_ATTRIBUTES} | then))
    for source, target, key, attributes in network.edges(keys=True, data=True):
        status = {"status": attributes["asked"]} if kg.as_of else {}
        flat.add_edge(source, target, key=key, **_plain(_edge(attributes, network.graph) | status))
    return _write(flat, kg)


def full_graphml(kg: KnowledgeGraph) -> bytes:
    """Return every resource as a node, its literals as attributes, and every link between resources as an edge."""
    import networkx as nx

    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    texts: dict[str, dict[str, list[str]]] = {}
    links: list[tuple[str, str, str, str]] = []
    for quad in kg.quads:
        # neither blank nodes nor the default graph occur (the tests of the graph hold it)
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.graph_name, NamedNode)
        subject, predicate = quad.subject.value, quad.predicate.value
        texts.setdefault(subject, defaultdict(list))
        if isinstance(quad.object, NamedNode):
            texts.setdefault(quad.object.value, defaultdict(list))
            links.append((subject, quad.object.value, predicate, quad.graph_name.value))
        elif isinstance(quad.object, Literal):
            tag = f"_{quad.object.language}" if quad.object.language else ""
            texts[subject][_short(kg, predicate) + tag].append(quad.object.value)
    for node in sorted(texts):
        joined = {name: JOIN.join(sorted(values)) for name, values in sorted(texts[node].items())}
        flat.add_node(_short(kg, node), iri=node, **_plain(joined))
    for subject, target, predicate, graph in sorted(links):
        ends = (_short(kg, subject), _short(kg, target))
        key = " ".join((ends[0], _short(kg, predicate), ends[1]))
        flat.add_edge(*ends, key=key, predicate=_short(kg, predicate), graph=_short(kg, graph))
    return _write(flat, kg)


def _name_then(attributes: Mapping[str, Any], year: int) -> dict[str, str]:
    """Return the labels of a place that had another name in that year."""
    held = (name for name in attributes["yearly_names"] if year in name["years"])
    return next(({"label_zh": name["zh"], "label_en": name["en"]} for name in held), {})


def _edge(attributes: Mapping[str, Any], graph: Mapping[str, Any]) -> dict[str, Any]:
    years = [*attributes["in_force"], *attributes["possibly"]]
    statements = [graph["statements"][index] for index in attributes["evidence"]]
    labels = {programme["id"]: programme["zh"] for programme in graph["programmes"]}
    return {
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
        "iri": attributes["iri"],
    }


def _plain(attributes: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    """Leave out what is unsaid; take out what XML cannot hold."""
    said = {name: value for name, value in attributes.items() if value not in (None, "")}
    return {name: _NOT_IN_XML.sub("", v) if isinstance(v, str) else v for name, v in said.items()}


def _short(kg: KnowledgeGraph, iri: str) -> str:
    """Return the IRI with the longest of our prefixes that fits, or whole."""
    fitting = [(len(space), prefix) for prefix, space in kg.iris.prefixes.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def _write(network: nx.MultiDiGraph[str], kg: KnowledgeGraph) -> bytes:
    import networkx as nx

    network.graph |= {"as_of": kg.as_of.text} if kg.as_of else {}
    network.graph |= {"known_at": kg.known_at} if kg.known_at else {}
    buffer = BytesIO()
    nx.write_graphml_xml(network, buffer, prettyprint=True, named_key_ids=True)
    return buffer.getvalue().rstrip() + b"\n"
