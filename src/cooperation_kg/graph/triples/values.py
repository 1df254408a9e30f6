"""How texts, dates, numbers and names become RDF terms; and a writer that keeps subject and graph in hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.vocabulary import COOP, RDF, RDFS, XSD

Node = NamedNode | Literal


def text(value: str) -> Literal:
    """Return a plain string: literals as printed, EDTF texts, codes."""
    return Literal(value)


def day(value: date) -> Literal:
    """Return an ``xsd:date``; never gYear, which engines compare differently."""
    return Literal(value.isoformat(), datatype=XSD.date)


def number(value: Decimal) -> Literal:
    """Return an ``xsd:decimal`` in its canonical form, so that the store gives back what was written.

    >>> number(Decimal("7.86E+9")).value, number(Decimal("30.0")).value
    ('7860000000', '30')
    """
    digits = format(value, "f")
    return Literal(digits.rstrip("0").rstrip(".") if "." in digits else digits, datatype=XSD.decimal)


def whole(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer)


def truth(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


class Describer:
    """Makes quads about one subject in one graph.

    >>> subject, graph = NamedNode("https://example.org/a"), NamedNode("https://example.org/g")
    >>> [str(quad.object) for quad in Describer(subject, graph).labels(Bilingual(zh="北京市", en="Beijing"))]
    ['"北京市"@zh', '"Beijing"@en']
    """

    def __init__(self, subject: NamedNode, graph: NamedNode) -> None:
        self.subject = subject
        self.graph = graph

    def say(self, predicate: NamedNode, *objects: Node | None) -> Iterator[Quad]:
        """Yield one quad an object; what is unsaid is absent."""
        for node in objects:
            if node is not None:
                yield Quad(self.subject, predicate, node, self.graph)

    def types(self, *names: str) -> Iterator[Quad]:
        """Yield the classes of our ontology that the subject belongs to."""
        return self.say(RDF.type, *(COOP[name] for name in names))

    def bilingual(self, predicate: NamedNode, label: Bilingual | None) -> Iterator[Quad]:
        """Yield a text in Chinese and, where there is one, in English."""
        if label is not None:
            yield from self.say(predicate, Literal(label.zh, language="zh"))
            yield from self.say(predicate, Literal(label.en, language="en") if label.en else None)

    def labels(self, label: Bilingual | None) -> Iterator[Quad]:
        """Yield ``rdfs:label`` in both languages."""
        return self.bilingual(RDFS.label, label)

    def when(self, name: str, when: When | None, bounds: str | None = None) -> Iterator[Quad]:
        """Yield the EDTF text under ``coop:name`` and its first and last day under ``coop:boundsEarliest/Latest``."""
        if when is not None:
            stem = bounds or name
            yield from self.say(COOP[name], text(when.text))
            yield from self.say(COOP[f"{stem}Earliest"], day(when.earliest))
            yield from self.say(COOP[f"{stem}Latest"], day(when.latest))
