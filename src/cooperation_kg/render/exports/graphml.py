"""GraphML, with declared types: the pairing network for Gephi and the like, or every resource of the graph.

networkx writes it; each attribute is flattened to text, number or truth value first, for GraphML
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
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import Plain, flat_network

if TYPE_CHECKING:
    import networkx as nx

JOIN = " | "
# XML 1.0 cannot hold these, in any spelling
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def graphml(cut: Cut) -> bytes:
    """Return the pairing network (``flat.py``), or everything: see ``full_network``."""
    import networkx as nx

    network = full_network(cut.kg) if cut.view == "full" else flat_network(cut)
    for attributes in (network.graph, *network.nodes.values(), *network.edges.values()):
        attributes.update(in_xml(attributes))
    buffer = BytesIO()
    nx.write_graphml_xml(network, buffer, prettyprint=True, named_key_ids=True)
    return buffer.getvalue().rstrip() + b"\n"


def full_network(kg: KnowledgeGraph) -> nx.MultiDiGraph[str]:
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
        flat.add_node(_short(kg, node), iri=node, **{name: text for name, text in joined.items() if text})
    for subject, target, predicate, graph in sorted(links):
        ends = (_short(kg, subject), _short(kg, target))
        key = " ".join((ends[0], _short(kg, predicate), ends[1]))
        flat.add_edge(*ends, key=key, predicate=_short(kg, predicate), graph=_short(kg, graph))
    flat.graph |= {"as_of": kg.as_of.text} if kg.as_of else {}
    flat.graph |= {"known_at": kg.known_at} if kg.known_at else {}
    return flat


def in_xml(attributes: Mapping[str, Any]) -> dict[str, Plain]:
    """Return the attributes without what XML 1.0 cannot hold.

    >>> in_xml({"name": "一\\x00二", "year": 1996})
    {'name': '一二', 'year': 1996}
    """
    return {name: _NOT_IN_XML.sub("", v) if isinstance(v, str) else v for name, v in attributes.items()}


def _short(kg: KnowledgeGraph, iri: str) -> str:
    """Return the IRI with the longest of our prefixes that fits, or whole."""
    fitting = [(len(space), prefix) for prefix, space in kg.iris.prefixes.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
