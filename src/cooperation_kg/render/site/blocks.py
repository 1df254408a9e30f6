"""How is all that the graph says of one thing written? A block of Turtle, and a node of JSON-LD; each made once.

Many files hold the same statement: its text is made when it is first asked for, then kept.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.triples.values import RDF, RDFS, SKOS, XSD, Node, literal_parts
from cooperation_kg.render.turtle import Turtle

_LABELS = (RDFS.label, SKOS.prefLabel)
_STRING, _INTEGER, _BOOLEAN = XSD.string[1:-1], XSD.integer[1:-1], XSD.boolean[1:-1]
# a lexical form that JSON writes bare, and that reads back as it was
_BARE = {_INTEGER: re.compile(r"0|-?[1-9][0-9]{0,14}"), _BOOLEAN: re.compile(r"true|false")}
Told = tuple[Node, Node]
"""Predicate and object."""
Named = tuple[str, frozenset[str]]
"""A text, and the prefixes that it uses."""


class Blocks:
    """The facts of a graph by their subject, each subject as text.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> Blocks(kg).turtle(kg.iris.thing("place", "beijing").value)[0].startswith("place:beijing a coop:Place ;")
    True
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._namespaces = sorted(((iri, prefix) for prefix, iri in kg.iris.prefixes.items()), key=lambda n: -len(n[0]))
        self.prefixes = kg.iris.prefixes
        self._facts = kg.facts
        self._turtle_of = Turtle(kg.iris.prefixes)
        self._short: dict[str, Named] = {}
        self._turtle: dict[str, Named] = {}
        self._nodes: dict[str, Named] = {}

    @cached_property
    def of(self) -> Mapping[str, tuple[Told, ...]]:
        """What is told of each subject by its IRI, of all graphs together, in order."""
        found: dict[str, set[Told]] = defaultdict(set)
        for _, subject, predicate, told in self._facts:
            found[subject[1:-1]].add((predicate, told))
        return {iri: tuple(sorted(told)) for iri, told in found.items()}

    def named_in(self, iri: str) -> list[str]:
        """Return the IRIs that the facts of a subject point to."""
        return [told[1:-1] for _, told in self.of.get(iri, ()) if told[0] == "<"]

    def turtle(self, iri: str, *, label_alone: bool = False) -> Named:
        """Return a subject as a block of Turtle 1.1 that needs its prefixes; only what it is called where asked."""
        key = f"{label_alone:d}{iri}"
        if key not in self._turtle:
            self._turtle[key] = self._as_turtle(iri, self._told(iri, label_alone))
        return self._turtle[key]

    def node(self, iri: str, *, label_alone: bool = False) -> Named:
        """Return a subject as a JSON-LD 1.1 node object whose keys are compact IRIs; only its label where asked."""
        key = f"{label_alone:d}{iri}"
        if key not in self._nodes:
            self._nodes[key] = self._as_node(iri, self._told(iri, label_alone))
        return self._nodes[key]

    def head(self, used: Iterable[str]) -> str:
        """Return the lines that declare prefixes."""
        return self._turtle_of.head(used)

    def _told(self, iri: str, label_alone: bool) -> list[Told]:
        return [(p, told) for p, told in self.of.get(iri, ()) if not label_alone or p in _LABELS]

    def _as_turtle(self, iri: str, told: list[Told]) -> Named:
        if not told:
            return "", frozenset()
        subject = f"<{iri}>"
        block = "".join(self._turtle_of.blocks(("", subject, predicate, said) for predicate, said in told))
        verbs = (predicate for predicate, _ in told if predicate != RDF.type)
        used = {self._turtle_of.prefix_of(node) for node in (subject, *verbs, *(said for _, said in told))}
        return block.removeprefix("\n"), frozenset(used - {""})

    def _as_node(self, iri: str, told: list[Told]) -> Named:
        used: set[str] = set()
        node: dict[str, object] = {"@id": self._in_json(iri, used)}
        for predicate, values in _by_predicate(told).items():
            if predicate == RDF.type:
                node["@type"] = [self._in_json(value[1:-1], used) for value in values]
                continue
            said = [
                {"@id": self._in_json(value[1:-1], used)} if value[0] == "<" else self._value(value, used)
                for value in values
            ]
            node[self._in_json(predicate[1:-1], used)] = said if len(said) > 1 else said[0]
        return json.dumps(node, ensure_ascii=False, separators=(",", ":")), frozenset(used)

    def _value(self, literal: Node, used: set[str]) -> object:
        value, language, datatype = literal_parts(literal)
        if language:
            return {"@value": value, "@language": language}
        if datatype == _STRING:
            return value
        if datatype in _BARE and _BARE[datatype].fullmatch(value):
            return json.loads(value)
        return {"@value": value, "@type": self._in_json(datatype, used)}

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


def _by_predicate(told: Iterable[Told]) -> dict[Node, list[Node]]:
    found: dict[Node, list[Node]] = defaultdict(list)
    for predicate, said in told:
        found[predicate].append(said)
    return found
