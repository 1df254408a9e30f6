"""RDF 1.1 in its syntaxes, written by the store's own serialiser; the head says what the graph was narrowed to."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from cooperation_kg.query.run import used_prefixes
from cooperation_kg.render.exports.cut import Cut

# formats in which a line may be a comment; JSON-LD says its time by coop:selectedAsOf alone, as the others do too
_COMMENTED = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)


def rdf(rdf_format: RdfFormat) -> Callable[[Cut], bytes]:
    """Return the writer of one syntax."""

    def write(cut: Cut) -> bytes:
        quads = cut.kg.quads
        facts = quads if rdf_format.supports_datasets else merged(quads)
        content = serialize(facts, format=rdf_format, prefixes=used_prefixes(cut.kg.iris.prefixes, quads)) or b""
        head = _head(cut) if rdf_format in _COMMENTED else ""
        return head.encode() + (content if content.endswith(b"\n") else content + b"\n")

    return write


def merged(quads: tuple[Quad, ...]) -> list[Triple]:
    """Return the triples of all graphs together, each once, in order."""
    ordered = sorted(quads, key=lambda q: (str(q.subject), str(q.predicate), str(q.object)))
    return list(dict.fromkeys(quad.triple for quad in ordered))


def _head(cut: Cut) -> str:
    """Return comment lines that say the time, the revision and the selection; none for the whole of now."""
    said = zip(cut.remarks("en"), cut.remarks("zh"), strict=True)
    return "".join(f"# {' · '.join(' '.join(words.split()) for words in pair)}\n" for pair in said)
