"""RDF 1.1 in its syntaxes, in the order of the facts; the head says what the graph was narrowed to.

RDF/XML is written by the store's own serialiser, the others here: facts are text already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice

from pyoxigraph import Literal, RdfFormat, Triple, parse, serialize

from cooperation_kg.graph.dataset import n_quads
from cooperation_kg.graph.triples import Fact
from cooperation_kg.query.run import used_prefixes
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.xml_text import in_xml
from cooperation_kg.render.turtle import Turtle

_AT_ONCE = 20_000
"""Pieces of text that are put together before they are encoded."""


def turtle(cut: Cut) -> bytes:
    """Return the graph as Turtle (https://www.w3.org/TR/turtle/), subjects in order."""
    written = Turtle(cut.kg.iris.prefixes)
    body = written.blocks(chain.from_iterable(cut.kg.facts_by_subject()))
    return _whole(body, lambda: head_of(cut) + written.head())


def trig(cut: Cut) -> bytes:
    """Return the graph as TriG (https://www.w3.org/TR/trig/), one named graph after the other."""
    written = Turtle(cut.kg.iris.prefixes)
    return _whole(_graphs(written, cut.kg.facts_by_graph()), lambda: head_of(cut) + written.head())


def _graphs(written: Turtle, graphs: Iterable[Sequence[Fact]]) -> Iterator[str]:
    for facts in graphs:
        yield f"\n{written.node(facts[0][0])} {{"
        yield from written.blocks(facts)
        yield "}\n"


def n_triples(cut: Cut) -> bytes:
    """Return the graph as N-Triples (https://www.w3.org/TR/n-triples/), one triple a line."""
    return _whole(_lines(cut), lambda: head_of(cut))


def nquads(cut: Cut) -> bytes:
    """Return the graph as N-Quads (https://www.w3.org/TR/n-quads/), one quad a line."""
    body = BytesIO()
    body.write(head_of(cut).encode())
    body.writelines(n_quads(chain.from_iterable(cut.kg.facts_by_graph())))
    return body.getvalue()


def _lines(cut: Cut) -> Iterator[str]:
    ordered = chain.from_iterable(cut.kg.facts_by_subject())
    return (f"{subject} {predicate} {told} .\n" for _, subject, predicate, told in ordered)


def _whole(body: Iterator[str], head: Callable[[], str]) -> bytes:
    """Return pieces of text as UTF-8 after a head that is known once they are written, such as the prefixes used.

    They grow in one place and make room for the head there: joined from parts, a large graph would be held twice.
    """
    written = BytesIO()
    while some := list(islice(body, _AT_ONCE)):
        written.write("".join(some).encode())
    first = head().encode()
    written.write(bytes(len(first)))
    with written.getbuffer() as held:
        held[len(first) :] = held[: len(held) - len(first)]
        held[: len(first)] = first
    return written.getvalue()


def rdf_xml(cut: Cut) -> bytes:
    """Return the graph as RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), whose readers have no named graphs.

    A carriage return is written as a reference, since a reader of XML takes it for a line end; characters that XML 1.0
    cannot hold in any spelling are left out.
    """
    read = parse(_whole(_lines(cut), str), format=RdfFormat.N_TRIPLES)
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
