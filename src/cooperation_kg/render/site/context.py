"""What do all pages of the site share: names, addresses, links, and the time that is asked about?"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from cooperation_kg.graph.asof import AsOf, parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.library import NamedQuery, named_query
from cooperation_kg.query.names import name_of
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.render.site.bundles import PATH as QUERY_PAGE
from cooperation_kg.render.site.bundles import is_there

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


def html(template: str, *parts: object) -> Markup:
    """Return a template with every ``{}`` filled, each part escaped unless it is markup.

    It is ``Markup.format`` for templates without names and formats, in a third of the time.

    >>> html("<b>{}</b>{}", "<", Markup("<i>"))
    Markup('<b>&lt;</b><i>')
    """
    return Markup(template.format(*(part if type(part) is Markup else escape(part) for part in parts)))


# typed: markup and plain text that is the same character by character are not the same
@lru_cache(maxsize=1 << 16, typed=True)
def bi(zh: object, en: object) -> Markup:
    """Return a text in both languages as markup, of which the page shows the one chosen; escaped unless it is markup.

    >>> bi("<甲>", "a & b")
    Markup('<span lang="zh-Hans">&lt;甲&gt;</span><span lang="en">a &amp; b</span>')
    >>> bi("39.43", "39.43")
    Markup('39.43')
    """
    if zh == en:
        return escape(printable(zh))
    return html('<span lang="zh-Hans">{}</span><span lang="en">{}</span>', printable(zh), printable(en))


def printable(value: object) -> object:
    """Return a text without control characters; markup stays as it is."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


@lru_cache(maxsize=1 << 16)
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder)


@lru_cache(maxsize=1 << 14)
def _quoted(identifier: str) -> str:
    return quote(identifier, safe="+~")


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

    def pairings_of(self, party: str) -> Sequence[Pairing]:
        """Return the pairings of a place or an organisation."""
        return self._pairings_of.get(party, ())

    @cached_property
    def _pairings_of(self) -> Mapping[str, list[Pairing]]:
        found: dict[str, list[Pairing]] = defaultdict(list)
        for pairing in self.kg.derived.pairings.values():
            for party in dict.fromkeys(pairing.parties):
                found[party].append(pairing)
        return found

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
            return f"source/{_quoted(source)}.html#{quote(number)}"
        return f"{kind}/{_quoted(identifier)}.html" if kind in PAGED else None

    def href(self, target: str, at: str) -> str:
        """Return a page of the site as it is reached from another one: relative, so that it works from a disk."""
        path, mark, rest = target.partition("#")
        return _relative(path, at.rpartition("/")[0] or ".") + mark + rest

    def link(self, kind: str, identifier: str, at: str, text: Markup | None = None) -> Markup:
        """Return a thing's name as a link to its page, or its name alone where it has none."""
        shown = bi(*self.name(kind, identifier)) if text is None else text
        address = self.address(kind, identifier)
        if address is None:
            return shown
        return html('<a href="{}">{}</a>', self.href(address, at), shown)

    def network(self, at: str, **state: str) -> str:
        """Return the address of the interactive network in a state: ``sel="n:beijing"``, ``p="…"``, ``y="2018"``."""
        return self.href(f"network.html#{urlencode(state)}" if state else "network.html", at)

    @cached_property
    def has_query_page(self) -> bool:
        """Whether questions can be run in a page of the site."""
        return is_there()

    def question(self, name: str, at: str, given: Mapping[str, str] | None = None) -> Markup:
        """Return the link that shows the query behind something, where it can be changed and run.

        Without the query page it leads to the SPARQL of the question.

        Parameters
        ----------
        given: values of its parameters: ``{"thing": "place/beijing"}``. The time that the site is asked for is added.
        """
        return html('<a class="ask" href="{}">{}</a>', self.asking(name, at, given), bi("看查询", "show the query"))

    def questions(self, at: str, *names: str) -> Markup:
        """Return the links of several questions that stand beside each other, each told by its title."""
        links = (
            html('<a class="ask" href="{}">{}</a>', self.asking(name, at), _asks(named_query(name))) for name in names
        )
        return Markup(" ").join(links)

    def asking(self, name: str, at: str, given: Mapping[str, str] | None = None) -> str:
        """Return the address that asks a named question; see ``question``."""
        if not self.has_query_page:
            return self.href(f"questions.html#{name}", at)
        times = (p.name for p in named_query(name).parameters if p.type == "time") if self.asked_for else ()
        values = {"ask": name, **dict.fromkeys(times, self.as_of.text), **(given or {})}
        return self.href(f"{QUERY_PAGE}#{urlencode(values, safe='/', quote_via=quote)}", at)


def _asks(asked: NamedQuery) -> Markup:
    return bi(f"看查询：{asked.title('zh')}", f"show the query: {asked.title('en')}")
