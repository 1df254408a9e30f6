"""How is all that the graph says of one thing written? A block of Turtle, and a node of JSON-LD; each made once.

Many files hold the same statement: its text is made when it is first asked for, then kept.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.vocabulary import RDF, RDFS, SKOS

_TYPE, _LABEL, _PREF_LABEL = RDF.type.value, RDFS.label.value, SKOS.prefLabel.value
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_XSD = "http://www.w3.org/2001/XMLSchema#"
# a local name of Turtle 1.1 (PN_LOCAL, ASCII alone), once what may be escaped is escaped
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./~+-]*[A-Za-z0-9_/~+-])?")
_STRING = f"{_XSD}string"
_TO_ESCAPE = re.compile(r"[/~+]")
# a lexical form that both Turtle and JSON write bare, and that reads back as it was
_BARE = {f"{_XSD}integer": re.compile(r"0|-?[1-9][0-9]{0,14}"), f"{_XSD}boolean": re.compile(r"true|false")}
Named = tuple[str, frozenset[str]]
"""A text, and the prefixes that it uses."""


class Blocks:
    """The triples of a graph by their subject, each subject as text.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> Blocks(kg).turtle(kg.iris.thing("place", "beijing").value)[0].startswith("place:beijing a coop:Place ;")
    True
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._namespaces = sorted(((iri, prefix) for prefix, iri in kg.iris.prefixes.items()), key=lambda n: -len(n[0]))
        self.prefixes = kg.iris.prefixes
        self._quads = kg.quads
        self._short: dict[str, Named] = {}
        self._turtle: dict[str, Named] = {}
        self._nodes: dict[str, Named] = {}

    @cached_property
    def of(self) -> Mapping[str, tuple[Triple, ...]]:
        """The triples of each subject, of all graphs together, each once, in order."""
        found: dict[str, dict[Triple, None]] = defaultdict(dict)
        for quad in self._quads:
            # the facts have IRIs alone: nothing in this graph is a blank node
            assert isinstance(quad.subject, NamedNode)
            found[quad.subject.value][quad.triple] = None
        order = {
            iri: sorted(triples, key=lambda t: (t.predicate.value, str(t.object))) for iri, triples in found.items()
        }
        return {iri: tuple(triples) for iri, triples in order.items()}

    def named_in(self, iri: str) -> list[str]:
        """Return the IRIs that the triples of a subject point to."""
        return [t.object.value for t in self.of.get(iri, ()) if isinstance(t.object, NamedNode)]

    def turtle(self, iri: str, *, label_alone: bool = False) -> Named:
        """Return a subject as a block of Turtle 1.1 that needs its prefixes; only what it is called where asked."""
        key = f"{label_alone:d}{iri}"
        if key not in self._turtle:
            self._turtle[key] = self._as_turtle(iri, self._triples(iri, label_alone))
        return self._turtle[key]

    def node(self, iri: str, *, label_alone: bool = False) -> Named:
        """Return a subject as a JSON-LD 1.1 node object whose keys are compact IRIs; only its label where asked."""
        key = f"{label_alone:d}{iri}"
        if key not in self._nodes:
            self._nodes[key] = self._as_node(iri, self._triples(iri, label_alone))
        return self._nodes[key]

    def head(self, used: Iterable[str]) -> str:
        """Return the lines that declare prefixes."""
        return "".join(f"@prefix {prefix}: <{self.prefixes[prefix]}> .\n" for prefix in sorted(set(used)))

    def _triples(self, iri: str, label_alone: bool) -> list[Triple]:
        wanted = self.of.get(iri, ())
        return [t for t in wanted if t.predicate.value in (_LABEL, _PREF_LABEL)] if label_alone else list(wanted)

    def _as_turtle(self, iri: str, triples: list[Triple]) -> Named:
        used: set[str] = set()
        lines = []
        for predicate, objects in _by_predicate(triples).items():
            verb = "a" if predicate == _TYPE else self._in_turtle(predicate, used)
            values = (
                self._in_turtle(o.value, used) if isinstance(o, NamedNode) else self._literal(o, used) for o in objects
            )
            lines.append(f"{verb} {', '.join(values)}")
        if not lines:
            return "", frozenset()
        said = " ;\n  ".join(lines)
        return f"{self._in_turtle(iri, used)} {said} .\n", frozenset(used)

    def _literal(self, literal: Literal, used: set[str]) -> str:
        """Return a literal as N-Triples has it, with a prefix for its datatype."""
        datatype = literal.datatype.value
        if datatype in (_STRING, _LANG_STRING):
            return str(literal)
        if _is_bare(literal):
            return literal.value
        return f"{Literal(literal.value)}^^{self._in_turtle(datatype, used)}"

    def _in_turtle(self, iri: str, used: set[str]) -> str:
        name, prefixes = self._shortened(iri)
        prefix, _, local = name.partition(":")
        if not prefixes or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        used |= prefixes
        return f"{prefix}:{_TO_ESCAPE.sub(_escaped, local)}"

    def _as_node(self, iri: str, triples: list[Triple]) -> Named:
        used: set[str] = set()
        node: dict[str, object] = {"@id": self._in_json(iri, used)}
        for predicate, objects in _by_predicate(triples).items():
            if predicate == _TYPE:
                node["@type"] = [self._in_json(o.value, used) for o in objects]
                continue
            values = [
                {"@id": self._in_json(o.value, used)} if isinstance(o, NamedNode) else self._value(o, used)
                for o in objects
            ]
            node[self._in_json(predicate, used)] = values if len(values) > 1 else values[0]
        return json.dumps(node, ensure_ascii=False, separators=(",", ":")), frozenset(used)

    def _value(self, literal: Literal, used: set[str]) -> object:
        if literal.language:
            return {"@value": literal.value, "@language": literal.language}
        if literal.datatype.value == _STRING:
            return literal.value
        if _is_bare(literal):
            return json.loads(literal.value)
        return {"@value": literal.value, "@type": self._in_json(literal.datatype.value, used)}

    def _in_json(self, iri: str, used: set[str]) -> str:
        name, prefixes = self._shortened(iri)
        used |= prefixes
        return name

    def _shortened(self, iri: str) -> Named:
        """Return an IRI with the longest prefix that it begins with; whole where there is none."""
        if iri not in self._short:
            found = next(((base, prefix) for base, prefix in self._namespaces if iri.startswith(base)), None)
            # "//" after a colon would read as an IRI of its own (JSON-LD 1.1, 5.2.2)
            if found is None or iri == found[0] or iri[len(found[0]) :].startswith("//"):
                self._short[iri] = (iri, frozenset())
            else:
                self._short[iri] = (f"{found[1]}:{iri[len(found[0]) :]}", frozenset({found[1]}))
        return self._short[iri]


def _is_bare(literal: Literal) -> bool:
    shape = _BARE.get(literal.datatype.value)
    return shape is not None and shape.fullmatch(literal.value) is not None


def _escaped(character: re.Match[str]) -> str:
    return f"\\{character[0]}"


def _by_predicate(triples: Iterable[Triple]) -> dict[str, list[NamedNode | Literal]]:
    found: dict[str, list[NamedNode | Literal]] = defaultdict(list)
    for triple in triples:
        assert isinstance(triple.object, NamedNode | Literal)
        found[triple.predicate.value].append(triple.object)
    return found
