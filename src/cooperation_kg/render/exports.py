"""The graph in the formats that other tools read: one table, FORMATS; the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from cooperation_kg.errors import UnknownFormat
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.query.run import used_prefixes
from cooperation_kg.render.graphml import full_graphml, network_graphml

VIEWS = ("network", "full")
# formats in which a line may be a comment; JSON-LD says its time by coop:selectedAsOf alone, as the others do too
_COMMENTED = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)


@dataclass(frozen=True)
class Format:
    """One export format: what it is called, how it travels, what it loses, how it is written."""

    name: str
    media_type: str
    suffix: str
    zh: str
    en: str
    write: Callable[[KnowledgeGraph, str], bytes]


def export(kg: KnowledgeGraph, name: str, *, view: str | None = None, as_of: AsOf | None = None) -> bytes:
    """Return the graph in one of FORMATS.

    Parameters
    ----------
    name: a key of FORMATS.
    view: for GraphML: ``network`` (parties and pairings, the default) or ``full`` (everything).
    as_of: only what belongs to this time (``graph/view.py``); the file says so in its head.

    Raises UnknownFormat for an unknown format or view.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> export(build_graph(load_corpus()), "turtle").startswith(b"@prefix")
    True
    """
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)
    wanted = view or ("network" if name == "graphml" else "full")
    if wanted not in VIEWS or (wanted == "network" and name != "graphml"):
        raise UnknownFormat(f"{name} --view {wanted}", (f"{name} --view full", "graphml --view network"))
    return FORMATS[name].write(kg if as_of is None else as_of_view(kg, as_of), wanted)


def file_name(name: str, *, view: str | None = None, as_of: AsOf | None = None) -> str:
    """Return the usual name of an export: it says which time it is of.

    >>> from cooperation_kg.graph.asof import parse_as_of
    >>> file_name("graphml", as_of=parse_as_of("2016/2020"))
    'network.as-of-2016_2020.graphml'
    """
    stem = "network" if name == "graphml" and view != "full" else "graph"
    return ".".join(part for part in (stem, as_of.tag if as_of else "") if part) + FORMATS[name].suffix


def _rdf(rdf_format: RdfFormat) -> Callable[[KnowledgeGraph, str], bytes]:
    def write(kg: KnowledgeGraph, _view: str) -> bytes:
        prefixes = used_prefixes(kg.iris.prefixes, kg.quads)
        facts = kg.quads if rdf_format.supports_datasets else _merged(kg.quads)
        content = serialize(facts, format=rdf_format, prefixes=prefixes) or b""
        head = _head(kg) if rdf_format in _COMMENTED else ""
        return head.encode() + (content if content.endswith(b"\n") else content + b"\n")

    return write


def _head(kg: KnowledgeGraph) -> str:
    """Return comment lines that say the time and the revision of a graph; none for the whole of now."""
    lines = [f"# {kg.as_of.words('en')} · {kg.as_of.words('zh')}"] if kg.as_of else []
    lines += [f"# data of revision {kg.known_at} · 数据版本 {kg.known_at}"] if kg.known_at else []
    return "".join(f"{line}\n" for line in lines)


def _merged(quads: tuple[Quad, ...]) -> list[Triple]:
    """Return the triples of all graphs together, each once, in order."""
    ordered = sorted(quads, key=lambda q: (str(q.subject), str(q.predicate), str(q.object)))
    return list(dict.fromkeys(quad.triple for quad in ordered))


def _graphml(kg: KnowledgeGraph, view: str) -> bytes:
    return full_graphml(kg) if view == "full" else network_graphml(kg)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format(
            "turtle",
            "text/turtle",
            ".ttl",
            "不含命名图（哪个来源说的仍在各陈述上）",
            "loses the named graphs (each statement still names its source)",
            _rdf(RdfFormat.TURTLE),
        ),
        Format("trig", "application/trig", ".trig", "不丢失内容", "loses nothing", _rdf(RdfFormat.TRIG)),
        Format(
            "ntriples",
            "application/n-triples",
            ".nt",
            "不含命名图",
            "loses the named graphs",
            _rdf(RdfFormat.N_TRIPLES),
        ),
        Format("nquads", "application/n-quads", ".nq", "不丢失内容", "loses nothing", _rdf(RdfFormat.N_QUADS)),
        Format("jsonld", "application/ld+json", ".jsonld", "不丢失内容", "loses nothing", _rdf(RdfFormat.JSON_LD)),
        Format(
            "graphml",
            "application/graphml+xml",
            ".graphml",
            "network：只含结对网络；full：字面值并入节点属性",
            "network: pairings only; full: literals become node attributes",
            _graphml,
        ),
    )
}
