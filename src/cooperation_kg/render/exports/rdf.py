"""RDF 1.1 in its syntaxes, in the order of the facts; the head says what the graph was narrowed to.

RDF/XML is written by the store's own serialiser, the others here: facts are text already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from pyoxigraph import Literal, RdfFormat, Triple, parse, serialize

from cooperation_kg.graph.dataset import n_quads
from cooperation_kg.graph.triples import Fact
from cooperation_kg.query.run import used_prefixes
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.xml_text import in_xml
from cooperation_kg.render.turtle import Turtle

_AT_ONCE = 100_000
"""Pieces of text that are put together before they are encoded."""


def turtle(cut: Cut) -> bytes:
    """Return the graph as Turtle (https://www.w3.org/TR/turtle/), subjects in order."""
    written = Turtle(cut.kg.iris.prefixes)
    body = _encoded(written.blocks(_by_subject(cut.kg.facts)))
    return b"".join((f"{head_of(cut)}{written.head()}".encode(), *body))


def trig(cut: Cut) -> bytes:
    """Return the graph as TriG (https://www.w3.org/TR/trig/), one named graph after the other."""
    written = Turtle(cut.kg.iris.prefixes)
    body = _encoded(_graphs(written, cut.kg.facts))
    return b"".join((f"{head_of(cut)}{written.head()}".encode(), *body))


def _graphs(written: Turtle, facts: Iterable[Fact]) -> Iterator[str]:
    for graph, inside in groupby(facts, key=itemgetter(0)):
        yield f"\n{written.node(graph)} {{"
        yield from written.blocks(inside)
        yield "}\n"


def _encoded(pieces: Iterator[str]) -> list[bytes]:
    """Return pieces of text as UTF-8, many in one: as text, a graph with one Chinese letter takes twice the room."""
    encoded = []
    while some := list(islice(pieces, _AT_ONCE)):
        encoded.append("".join(some).encode())
    return encoded


def n_triples(cut: Cut) -> bytes:
    """Return the graph as N-Triples (https://www.w3.org/TR/n-triples/), one triple a line."""
    return b"".join((head_of(cut).encode(), *_lines(cut)))


def nquads(cut: Cut) -> bytes:
    """Return the graph as N-Quads (https://www.w3.org/TR/n-quads/), one quad a line."""
    return b"".join((head_of(cut).encode(), *n_quads(cut.kg.facts)))


def _lines(cut: Cut) -> list[bytes]:
    ordered = _by_subject(cut.kg.facts)
    return _encoded(f"{subject} {predicate} {told} .\n" for _, subject, predicate, told in ordered)


def _by_subject(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts by subject, predicate and object; of one graph, they are in that order already."""
    of_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        of_subject[fact[1]].append(fact)
    for subject in sorted(of_subject):
        some = of_subject[subject]
        if some[0][0] != some[-1][0]:
            some.sort(key=itemgetter(2, 3))
        yield from some


def rdf_xml(cut: Cut) -> bytes:
    """Return the graph as RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), whose readers have no named graphs.

    A carriage return is written as a reference, since a reader of XML takes it for a line end; characters that XML 1.0
    cannot hold in any spelling are left out.
    """
    read = parse(b"".join(_lines(cut)), format=RdfFormat.N_TRIPLES)
    facts = [in_xml_triple(quad.triple) for quad in read]
    content = serialize(facts, format=RdfFormat.RDF_XML, prefixes=used_prefixes(cut.kg.iris.prefixes, facts)) or b""
    first, end, rest = content.replace(b"\r", b"&#13;").partition(b"\n")
    # a comment of XML has no two hyphens in a row
    said = "".join(f"<!-- {line.replace('--', '—')} -->\n" for line in _remarks(cut))
    return first + end + str(in_xml({"": said})[""]).encode() + rest.rstrip(b"\n") + b"\n"


def in_xml_triple(triple: Triple) -> Triple:
    """Return a triple without what XML 1.0 cannot hold in its literal.

    >>> from pyoxigraph import NamedNode
    >>> name = NamedNode("https://example.org/name")
    >>> in_xml_triple(Triple(name, name, Literal("一\\x00二", language="zh"))).object.value
    '一二'
    """
    said = triple.object
    if not isinstance(said, Literal):
        return triple
    text = str(in_xml({"": said.value})[""])
    if text == said.value:
        return triple
    kept = Literal(text, language=said.language) if said.language else Literal(text, datatype=said.datatype)
    return Triple(triple.subject, triple.predicate, kept)


def head_of(cut: Cut) -> str:
    """Return comment lines that say the time, the revision and the selection; none for the whole of now."""
    return "".join(f"# {line}\n" for line in _remarks(cut))


def _remarks(cut: Cut) -> list[str]:
    said = zip(cut.remarks("en"), cut.remarks("zh"), strict=True)
    return [" · ".join(" ".join(words.split()) for words in pair) for pair in said]
