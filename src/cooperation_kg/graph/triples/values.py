"""How names, texts, dates and numbers become RDF terms; and who gathers facts with subject and graph in hand.

A term is text as N-Triples writes it (https://www.w3.org/TR/n-triples/#n-triples-grammar), a fact is four of them.
Texts are made, compared, sorted and written several times faster than the term objects of any RDF library, and a
million statements make twenty million facts; ``KnowledgeGraph.quads`` gives them as objects.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.vocabulary import CONCEPT, DEF, PREFIXES

Node: TypeAlias = str
"""``<https://…>``, ``"…"``, ``"…"@zh`` or ``"…"^^<https://…>``."""
Fact: TypeAlias = tuple[Node, Node, Node, Node]
"""Graph, subject, predicate, object: in the order in which facts are sorted."""


class Terms:
    """Makes terms of one namespace by attribute, each once.

    >>> COOP.supporter, COOP.from_
    ('<https://w3id.org/cooperation-kg/def#supporter>', '<https://w3id.org/cooperation-kg/def#from>')
    """

    def __init__(self, space: str) -> None:
        self._space = space
        self._made: dict[str, Node] = {}

    def __getattr__(self, name: str) -> Node:
        if name.startswith("__"):
            raise AttributeError(name)
        term = self.__dict__[name] = self[name.removesuffix("_")]
        return term

    def __getitem__(self, name: str) -> Node:
        term = self._made.get(name)
        if term is None:
            term = self._made[name] = f"<{self._space}{name}>"
        return term


COOP = Terms(DEF)
DCTERMS = Terms(PREFIXES["dcterms"])
GEO = Terms(PREFIXES["geo"])
PROV = Terms(PREFIXES["prov"])
RDF = Terms(PREFIXES["rdf"])
RDFS = Terms(PREFIXES["rdfs"])
SCHEMA = Terms(PREFIXES["schema"])
SKOS = Terms(PREFIXES["skos"])
XSD = Terms(PREFIXES["xsd"])

_DATE, _DECIMAL, _INTEGER, _BOOLEAN = XSD.date, XSD.decimal, XSD.integer, XSD.boolean
_STRING, _LANG_STRING = XSD.string[1:-1], RDF.langString[1:-1]


def iri(name: str) -> Node:
    """Return an IRI as a term; it has been checked by whoever read or made it."""
    return f"<{name}>"


@cache
def concept(scheme: str, notation: str) -> Node:
    """Return a concept.

    >>> concept("directness", "stated")
    '<https://w3id.org/cooperation-kg/concept/directness/stated>'
    """
    return f"<{CONCEPT}{scheme}/{notation}>"


def text(value: str, language: str = "") -> Node:
    r"""Return a plain string (literals as printed, EDTF texts, codes), or a text in a language.

    >>> text('"一"\n'), text("一", "zh")
    ('"\\"一\\"\\n"', '"一"@zh')
    """
    # what JSON escapes, N-Triples escapes in the same way
    return f"{encode_basestring(value)}@{language}" if language else encode_basestring(value)


@lru_cache(1 << 15)
def day(value: date) -> Node:
    """Return an ``xsd:date``; never gYear, which engines compare differently."""
    return f'"{value.isoformat()}"^^{_DATE}'


def number(value: Decimal) -> Node:
    """Return an ``xsd:decimal`` in its canonical form, so that the store gives back what was written.

    >>> number(Decimal("7.86E+9")), number(Decimal("30.0"))[:4]
    ('"7860000000"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"30"')
    """
    digits = format(value, "f")
    return f'"{digits.rstrip("0").rstrip(".") if "." in digits else digits}"^^{_DECIMAL}'


@lru_cache(1 << 12)
def whole(value: int) -> Node:
    """Return an ``xsd:integer``."""
    return f'"{value}"^^{_INTEGER}'


def truth(value: bool) -> Node:
    """Return an ``xsd:boolean``."""
    return f'"{"true" if value else "false"}"^^{_BOOLEAN}'


def literal_parts(node: Node) -> tuple[str, str, str]:
    r"""Return text, language and datatype of a literal.

    >>> literal_parts('"a \"b\""@en')[:2], literal_parts('"2018"^^<https://example.org/year>')[2]
    (('a "b"', 'en'), 'https://example.org/year')
    """
    quoted, _, rest = node.rpartition('"')
    text = quoted[1:]
    if "\\" in text:
        text = json.loads(f'"{text}"', strict=False)
    if rest.startswith("@"):
        return text, rest[1:], _LANG_STRING
    return text, "", rest[3:-1] if rest else _STRING


def object_of(node: Node) -> NamedNode | Literal | BlankNode:
    """Return a node as an object of pyoxigraph.

    >>> object_of('"Beijing"@en').language
    'en'
    """
    if node[0] == "<":
        return NamedNode(node[1:-1])
    if node[0] != '"':
        return BlankNode(node[2:])
    value, language, datatype = literal_parts(node)
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(datatype))


class Describer:
    """Gathers facts about one subject in one graph.

    >>> describe = Describer("<https://example.org/a>", "<https://example.org/g>")
    >>> describe.labels(Bilingual(zh="北京市", en="Beijing"))
    >>> [told for _, _, _, told in describe.facts]
    ['"北京市"@zh', '"Beijing"@en']
    """

    def __init__(self, subject: Node, graph: Node, facts: list[Fact] | None = None) -> None:
        self.subject = subject
        self.graph = graph
        self.facts: list[Fact] = [] if facts is None else facts

    def other(self, subject: Node) -> Describer:
        """Return what tells of another subject, to the same facts."""
        return Describer(subject, self.graph, self.facts)

    def say(self, predicate: Node, *objects: Node | None) -> None:
        """Tell one fact an object; what is unsaid is absent."""
        for told in objects:
            if told is not None:
                self.facts.append((self.graph, self.subject, predicate, told))

    def types(self, *names: str) -> None:
        """Tell the classes of our ontology that the subject belongs to."""
        self.say(RDF.type, *(COOP[name] for name in names))

    def bilingual(self, predicate: Node, label: Bilingual | None) -> None:
        """Tell a text in Chinese and, where there is one, in English."""
        if label is not None:
            self.say(predicate, text(label.zh, "zh"), text(label.en, "en") if label.en else None)

    def labels(self, label: Bilingual | None) -> None:
        """Tell ``rdfs:label`` in both languages."""
        self.bilingual(RDFS.label, label)

    def named(self, zh: str, en: str) -> None:
        """Tell ``rdfs:label`` in both languages, where it was made here."""
        self.say(RDFS.label, text(zh, "zh"), text(en, "en"))

    def when(self, name: str, when: When | None, bounds: str | None = None) -> None:
        """Tell the EDTF text under ``coop:name`` and its first and last day under ``coop:boundsEarliest/Latest``."""
        if when is not None:
            stem = bounds or name
            self.say(COOP[name], text(when.text))
            self.say(COOP[f"{stem}Earliest"], day(when.earliest))
            self.say(COOP[f"{stem}Latest"], day(when.latest))
