"""GraphML, with declared types: the pairing network for Gephi and the like, or every resource of the graph.

Each attribute is flattened to text, number or truth value first, for GraphML
(http://graphml.graphdrawing.org/specification.html) has no lists and no missing values. It is written piece by piece:
networkx makes a tree of it first, gives two keys one id and writes ``True``, which the schema has as ``true``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import Plain, flat_network
from cooperation_kg.render.exports.xml_text import written

if TYPE_CHECKING:
    import networkx as nx

JOIN = " | "
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_SPACE = "http://graphml.graphdrawing.org/xmlns"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="{_SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="{_SPACE} {_SPACE}/1.0/graphml.xsd">
"""


def graphml(cut: Cut) -> bytes:
    """Return the pairing network (``flat.py``), or everything: see ``full_network``."""
    return write_network(full_network(cut.kg) if cut.view == "full" else flat_network(cut))


def write_network(network: nx.MultiDiGraph[str]) -> bytes:
    """Return a network as GraphML; the same attribute has values of one type wherever it stands.

    >>> import networkx as nx
    >>> some = nx.MultiDiGraph()
    >>> some.add_edge("beijing", "neimenggu", key="east-west.beijing.neimenggu", directed=True)
    'east-west.beijing.neimenggu'
    >>> print(write_network(some).decode().splitlines()[3])
      <key id="edge.directed" for="edge" attr.name="directed" attr.type="boolean"/>
    """
    return "".join(_pieces(network)).encode()


def _pieces(network: nx.MultiDiGraph[str]) -> Iterator[str]:
    yield _HEAD
    of_graph = _Attributes("graph", [network.graph])
    of_node = _Attributes("node", network.nodes.values())
    of_edge = _Attributes("edge", [attributes for *_, attributes in network.edges(data=True)])
    yield from (*of_graph.keys, *of_node.keys, *of_edge.keys)
    yield f'  <graph edgedefault="directed">\n{of_graph.data(network.graph)}'
    for node, attributes in network.nodes.items():
        yield f'    <node id="{written(node)}">\n{of_node.data(attributes)}    </node>\n'
    for source, target, key, attributes in network.edges(keys=True, data=True):
        ends = f'source="{written(source)}" target="{written(target)}"'
        yield f'    <edge {ends} id="{written(key)}">\n{of_edge.data(attributes)}    </edge>\n'
    yield "  </graph>\n</graphml>\n"


class _Attributes:
    """The attributes of all nodes, of all edges, or of the graph, in the order in which they first occur."""

    def __init__(self, scope: str, every: Iterable[Mapping[str, Plain]]) -> None:
        kinds: dict[str, type] = {}
        for attributes in every:
            for name, value in attributes.items():
                kind = kinds.setdefault(name, type(value))
                assert kind is type(value), f"{name} is {kind} and {type(value)}"
        told = {name: f'for="{scope}" attr.name="{written(name)}"' for name in kinds}
        self.keys = [
            f'  <key id="{scope}.{written(name)}" {told[name]} attr.type="{_TYPES[kind]}"/>\n'
            for name, kind in kinds.items()
        ]
        self._tags = {name: f'      <data key="{scope}.{written(name)}">' for name in kinds}

    def data(self, attributes: Mapping[str, Plain]) -> str:
        """Return the elements of one node or edge."""
        tags = self._tags
        return "".join([f"{tags[name]}{written(value)}</data>\n" for name, value in attributes.items()])


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


def _short(kg: KnowledgeGraph, iri: str) -> str:
    """Return the IRI with the longest of our prefixes that fits, or whole."""
    fitting = [(len(space), prefix) for prefix, space in kg.iris.prefixes.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
