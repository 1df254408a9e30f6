"""What do all pages of the site share: names, addresses, links, and the time that is asked about?"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from cooperation_kg.graph.asof import AsOf, parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.names import name_of
from cooperation_kg.query.show.mentions import Mentions

PAGED = (
    "place",
    "pairing",
    "programme",
    "policy",
    "source",
    "organisation",
    "project",
    "event",
    "scope",
    "measure",
    "judgement",
)
"""The kinds of things that have a page each, in ``<kind>/<id>.html``."""


class Both(NamedTuple):
    """A text in both languages.

    >>> Both("京蒙", "Beijing–Inner Mongolia").en
    'Beijing–Inner Mongolia'
    """

    zh: str
    en: str


def bi(zh: object, en: object) -> Markup:
    """Return a text in both languages as markup, of which the page shows the one chosen; escaped unless it is markup.

    >>> bi("<甲>", "a & b")
    Markup('<span lang="zh-Hans">&lt;甲&gt;</span><span lang="en">a &amp; b</span>')
    >>> bi("39.43", "39.43")
    Markup('39.43')
    """
    if zh == en:
        return escape(printable(zh))
    return Markup('<span lang="zh-Hans">{}</span><span lang="en">{}</span>').format(printable(zh), printable(en))


def printable(value: object) -> object:
    """Return a text without control characters; markup stays as it is."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


@lru_cache(maxsize=1 << 16)
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder)


class Site:
    """The graph as pages see it.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> site = Site(build_graph(load_corpus()))
    >>> site.address("place", "beijing"), site.href("place/beijing.html", at="pairing/a.b.html")
    ('place/beijing.html', '../place/beijing.html')
    """

    def __init__(
        self,
        kg: KnowledgeGraph,
        *,
        lang: str = "zh",
        as_of: AsOf | None = None,
        beside: Mapping[str, bytes] | None = None,
    ) -> None:
        self.kg = kg
        self.beside: Mapping[str, bytes] = beside or {}
        """The exports that lie beside the pages, by file name."""
        self.corpus = kg.corpus
        self.lang = lang
        self.asked_for = as_of or kg.as_of
        self.as_of = self.asked_for or parse_as_of(kg.corpus.dataset.horizon)
        self._names: dict[tuple[str, str], Both] = {}

    @cached_property
    def namer(self) -> Namer:
        """What gives names."""
        return Namer(self.corpus, self.kg.derived.pairings)

    @cached_property
    def mentions(self) -> Mentions:
        """Which statements speak of which thing, over all times."""
        return Mentions(self.kg, self.asked_for)

    def name(self, kind: str, identifier: str) -> Both:
        """Return what a thing is called in both languages."""
        key = kind, identifier
        if key not in self._names:
            zh, en = (name_of(self.kg, kind, identifier, lang, self.namer) for lang in ("zh", "en"))
            self._names[key] = Both(zh, en)
        return self._names[key]

    def address(self, kind: str, identifier: str) -> str | None:
        """Return the page of a thing from the site's root; of a statement its place on the page of its source."""
        if kind == "statement":
            source, _, number = identifier.rpartition(".")
            return f"source/{quote(source, safe='+~')}.html#{quote(number)}"
        return f"{kind}/{quote(identifier, safe='+~')}.html" if kind in PAGED else None

    def href(self, target: str, at: str) -> str:
        """Return a page of the site as it is reached from another one: relative, so that it works from a disk."""
        path, mark, rest = target.partition("#")
        return _relative(path, posixpath.dirname(at) or ".") + mark + rest

    def link(self, kind: str, identifier: str, at: str, text: Markup | None = None) -> Markup:
        """Return a thing's name as a link to its page, or its name alone where it has none."""
        shown = bi(*self.name(kind, identifier)) if text is None else text
        address = self.address(kind, identifier)
        if address is None:
            return shown
        return Markup('<a href="{}">{}</a>').format(self.href(address, at), shown)

    def network(self, at: str, **state: str) -> str:
        """Return the address of the interactive network in a state: ``sel="n:beijing"``, ``p="…"``, ``y="2018"``."""
        return self.href(f"network.html#{urlencode(state)}" if state else "network.html", at)

    def question(self, name: str, at: str) -> Markup:
        """Return the link that shows a named question with its SPARQL."""
        return Markup('<a class="ask" href="{}">{}</a>').format(
            self.href(f"questions.html#{name}", at), bi("看查询", "show the query")
        )
