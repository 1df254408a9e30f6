"""RDF 1.1 in its syntaxes, written by the store's own serialiser; the head says what the graph was narrowed to."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from cooperation_kg.query.run import used_prefixes
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.graphml import in_xml

# formats in which a line may be a comment; RDF/XML has comments of its own
_COMMENTED = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)


def rdf(rdf_format: RdfFormat) -> Callable[[Cut], bytes]:
    """Return the writer of one syntax."""

    def write(cut: Cut) -> bytes:
        quads = cut.kg.quads
        facts = quads if rdf_format.supports_datasets else merged(quads)
        content = serialize(facts, format=rdf_format, prefixes=used_prefixes(cut.kg.iris.prefixes, quads)) or b""
        head = head_of(cut) if rdf_format in _COMMENTED else ""
        return head.encode() + (content if content.endswith(b"\n") else content + b"\n")

    return write


def rdf_xml(cut: Cut) -> bytes:
    """Return the graph as RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), whose readers have no named graphs.

    A carriage return is written as a reference, since a reader of XML takes it for a line end; characters that XML 1.0
    cannot hold in any spelling are left out.
    """
    facts = [in_xml_triple(triple) for triple in merged(cut.kg.quads)]
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


def merged(quads: tuple[Quad, ...]) -> list[Triple]:
    """Return the triples of all graphs together, each once, in order."""
    ordered = sorted(quads, key=lambda q: (str(q.subject), str(q.predicate), str(q.object)))
    return list(dict.fromkeys(quad.triple for quad in ordered))


def head_of(cut: Cut) -> str:
    """Return comment lines that say the time, the revision and the selection; none for the whole of now."""
    return "".join(f"# {line}\n" for line in _remarks(cut))


def _remarks(cut: Cut) -> list[str]:
    said = zip(cut.remarks("en"), cut.remarks("zh"), strict=True)
    return [" · ".join(" ".join(words.split()) for words in pair) for pair in said]
