"""What should be known about the site? Downloads, coverage and caveats, citation, terms, licences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.ontology import ConceptTerm, Term, load_ontology
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.render.exports import FORMATS
from cooperation_kg.render.html import environment
from cooperation_kg.render.site import bundles
from cooperation_kg.render.site.citing import Citing
from cooperation_kg.render.site.context import Both, Site, bi, printable
from cooperation_kg.render.site.coverage import coverage_page
from cooperation_kg.render.site.description import dataset_iri, media_type_of
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.licences import carried, our_licences
from cooperation_kg.render.site.twins import things, twins_of

# what a format is for, by media type
PURPOSES: Mapping[str, Both] = {
    "application/trig": Both(
        "完整的图，哪个来源说的分在各命名图里；用于 SPARQL 与存档",
        "the whole graph, each source's words in a graph of their own; for SPARQL and keeping",
    ),
    "text/turtle": Both("便于阅读与合并的三元组", "triples to read and to merge with others"),
    "application/graphml+xml": Both(
        "结对网络，用 Gephi、Cytoscape、networkx 打开", "the network for Gephi, Cytoscape, networkx"
    ),
}
KINDS: Mapping[str, Both] = {
    "place": Both("地区", "place"),
    "pairing": Both("结对", "pairing"),
    "programme": Both("机制", "programme"),
    "policy": Both("政策", "policy"),
    "source": Both("来源", "source"),
    "organisation": Both("机构", "organisation"),
    "project": Both("项目", "project"),
    "event": Both("事件", "event"),
    "scope": Both("范围", "scope"),
    "measure": Both("指标", "measure"),
    "judgement": Both("断语", "judgement"),
}
# how a file is loaded: with what, which media type, the lines
_LOADING: tuple[tuple[Both, str, tuple[str, ...]], ...] = (
    (
        Both("Python，Oxigraph", "Python with Oxigraph"),
        "application/trig",
        (
            "from pyoxigraph import RdfFormat, Store",
            "",
            "store = Store()",
            'store.load(path="FILE", format=RdfFormat.TRIG)',
            "print(len(store))",
        ),
    ),
    (
        Both("Python，rdflib", "Python with rdflib"),
        "application/trig",
        (
            "from rdflib import Dataset",
            "",
            "dataset = Dataset(default_union=True)",
            'dataset.parse("FILE")',
            "print(len(dataset))",
        ),
    ),
    (
        Both("Apache Jena", "Apache Jena"),
        "application/trig",
        ("arq --data FILE --query question.rq", "# or: tdb2.tdbloader --loc DB FILE"),
    ),
    (
        Both("Python，networkx", "Python with networkx"),
        "application/graphml+xml",
        (
            "import networkx",
            "",
            'network = networkx.read_graphml("FILE")',
            "print(network.number_of_nodes(), network.number_of_edges())",
        ),
    ),
)
_TERM_KINDS: tuple[tuple[str, str, Both], ...] = (
    ("class", "classes", Both("类", "Classes")),
    ("object-property", "relations", Both("关系", "Relations")),
    ("datatype-property", "properties", Both("属性", "Properties")),
)


@dataclass(frozen=True)
class File:
    """A file beside the pages, as the list of downloads shows it."""

    name: str
    media_type: str
    size: Markup
    purpose: Markup
    loses: Markup


@dataclass(frozen=True)
class Kind:
    """A kind of twins: what it is called, how many there are, one of them."""

    name: Markup
    number: int
    example: Markup
    twins: tuple[str, ...]


@dataclass(frozen=True)
class TermKind:
    """Terms of one kind."""

    anchor: str
    names: Both
    title: Markup
    terms: tuple[tuple[str, Term], ...]


@dataclass(frozen=True)
class Scheme:
    """A code list with its concepts."""

    name: str
    names: Both
    title: Markup
    definition: Markup
    iri: str
    concepts: tuple[ConceptTerm, ...]


def cite_page(site: Site) -> Page:
    """Return ``cite.html``: the dataset, a statement with its document, a page."""
    citing = Citing(site)
    key, example = _example(site)
    return _page(
        site,
        "cite.html",
        Both("如何引用", "How to cite"),
        citing=citing,
        csl=json.dumps(citing.csl(), ensure_ascii=False, indent=2),
        dataset_iri=dataset_iri(site),
        example=example,
        example_href=site.href(site.address("statement", key) or "", "cite.html") if key else "",
    )


def downloads_page(site: Site) -> Page:
    """Return ``downloads.html``: only what lies beside the pages is linked."""
    files = [_file(name, len(content)) for name, content in sorted(site.beside.items())]
    return _page(
        site,
        "downloads.html",
        Both("下载", "Downloads"),
        files=files,
        kinds=list(_kinds(site)),
        loading=list(_loading(site)),
        query_page=bundles.PATH if bundles.is_there() else "",
    )


def terms_page(site: Site) -> Page:
    """Return ``terms.html``: anchors are the term's name, or ``<list>-<code>`` for a concept."""
    ontology = load_ontology()
    kinds = [
        TermKind(anchor, names, bi(*names), tuple((n, t) for n, t in ontology.terms.items() if t.kind == kind))
        for kind, anchor, names in _TERM_KINDS
    ]
    schemes = [
        Scheme(
            name,
            Both(term.zh, term.en),
            bi(term.zh, term.en),
            bi(term.definition_zh, term.definition_en),
            term.iri,
            tuple(ontology.concepts[name].values()),
        )
        for name, term in ontology.schemes.items()
    ]
    used = {identifier for kind, identifier in things(site) if kind == "measure"}
    return _page(site, "terms.html", Both("术语", "Terms"), kinds=kinds, schemes=schemes, used=used)


def licences_page(site: Site) -> Page:
    """Return ``licences.html``: ours, and those of what the pages carry."""
    return _page(site, "licences.html", Both("许可", "Licences"), own=our_licences(), others=carried())


def _page(site: Site, path: str, title: Both, **given: Any) -> Page:
    template = environment().get_template(f"site/{path}.j2")
    given |= {"bi": bi, "dataset": site.corpus.dataset, "shown": shown}
    return Page(path, title, Markup(template.render(site=site, **given)))


def shown(text: str) -> str:
    """Return lines of text without control characters.

    >>> shown("a\\tb\\x00\\nc")
    'a       b \\nc'
    """
    return "\n".join(str(printable(line)) for line in text.expandtabs().splitlines())


def _example(site: Site) -> tuple[str, Markup]:
    """Return a figure that has a page or place in its source, and how it is cited with its document."""
    figures = (s for s in site.mentions.always.standing if isinstance(s, FigureStatement) and s.as_written)
    found = next((f for f in figures if site.corpus.sources[f.source].date is not None and f.locator), None)
    if found is None:
        return "", Markup("")
    citing, iri = Citing(site), site.kg.iris.thing("statement", found.key).value
    texts = [
        f"{evidence_of(site.kg, [found.key], lang)[0].cited} {through} {iri}"
        for lang, through in (
            (
                "zh",
                f"（经由《{site.corpus.dataset.title.in_language('zh')}》，{citing.pinned['zh']}，陈述 {found.key}）",
            ),
            ("en", f"(through {site.corpus.dataset.title.in_language('en')}, {citing.pinned['en']}, {found.key})"),
        )
    ]
    return found.key, bi(*texts)


def _file(name: str, size: int) -> File:
    media_type = media_type_of(name)
    loses = next(f for f in FORMATS.values() if f.media_type == media_type)
    return File(name, media_type, _size(size), bi(*PURPOSES[media_type]), bi(loses.zh, loses.en))


def _size(size: int) -> Markup:
    """Return a size in megabytes or kilobytes (powers of ten)."""
    text = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB" if size >= 1000 else f"{size} B"
    return bi(text, text)


def _kinds(site: Site) -> Iterator[Kind]:
    held = list(things(site))
    counts = Counter(kind for kind, _ in held)
    for kind, name in KINDS.items():
        if counts[kind]:
            of_kind = [identifier for one, identifier in held if one == kind]
            example = next((one for one in ("beijing", "east-west") if one in of_kind), of_kind[0])
            paths = tuple(path for _, path in twins_of(kind, example))
            yield Kind(bi(*name), counts[kind], site.link(kind, example, "downloads.html"), paths)


def _loading(site: Site) -> Iterator[tuple[Markup, str]]:
    """Yield how the files that are there are loaded."""
    names = {media_type_of(name): name for name in sorted(site.beside)}
    for title, media_type, lines in _LOADING:
        if media_type in names:
            yield bi(*title), "\n".join(lines).replace("FILE", names[media_type])


PAGES: Mapping[str, Callable[[Site], Page]] = {
    "coverage.html": coverage_page,
    "cite.html": cite_page,
    "terms.html": terms_page,
    "licences.html": licences_page,
}
"""Path → what makes a page that the footer leads to; the downloads, which tell of the exports, are apart."""


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages that tell nothing of the exports beside them."""
    return (page(site) for page in PAGES.values())
