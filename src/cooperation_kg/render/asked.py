"""One file of the build folder, made when it is asked for: what ``ckg serve --watch`` gives after an edit.

The files are those of ``build_files``, byte by byte; what is made in one go is handed over in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.exports import file_name
from cooperation_kg.render.files import EXPORTS, NETWORK, export_file, network_file
from cooperation_kg.render.site import (
    ASSETS,
    FILES,
    OF_GRAPH,
    about,
    assets,
    bundles,
    lists,
    made_by,
    pages_of,
    search,
    things,
    with_exports,
)
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.pictures import years
from cooperation_kg.render.site.twins import Twins, twins_of
from cooperation_kg.render.workers import Made

PICTURES = ("timeline.html", "matrix.html", "flows.html", "map.html", "pictures.html")
STORIES = ("stories.html", "questions.html", *((bundles.PATH,) if bundles.is_there() else ()))
QUERY_FILES = (
    tuple(f"assets/{name}" for name in (*bundles.BUNDLES, "sparql.js", "graph-data.js")) if bundles.is_there() else ()
)
WITH_EXPORTS = ("index.html", "downloads.html", "dataset.ttl")
"""What tells of the exports beside it."""


class Asked:
    """Makes the files of one graph.

    Parameters
    ----------
    lang: the language in which the pages open.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> asked = Asked(build_graph(load_corpus()))
    >>> "place/beijing.html" in asked.names, [*asked.made("place/beijing.html")]
    (True, ['place/beijing.html'])
    """

    def __init__(self, kg: KnowledgeGraph, lang: str = "zh") -> None:
        self._kg = kg
        self._lang = lang
        self._site = Site(kg, lang=lang)
        self._twins = Twins(self._site)

    @property
    def names(self) -> frozenset[str]:
        """The names of all files that there are."""
        return frozenset(self._makers)

    def made(self, name: str) -> Made:
        """Return a file by its name, with what is made with it; raises KeyError for a name that there is not."""
        return self._makers[name]()

    @cached_property
    def _makers(self) -> Mapping[str, Callable[[], Made]]:
        """Name → what makes the file."""
        site = self._site
        drawn = (*PICTURES, *((years.PATH,) if years.adjustments(site) else ()))
        stories = (*STORIES, *(f"stories/{slug}.html" for slug in site.corpus.stories))
        makers: dict[str, Callable[[], Made]] = {
            NETWORK: partial(network_file, self._kg, self._lang, None),
            **{file_name(export): partial(export_file, self._kg, export, None) for export in EXPORTS},
            **dict.fromkeys(WITH_EXPORTS, self._home),
            **{name: partial(self._page, page) for name, page in (*lists.PAGES.items(), *about.PAGES.items())},
            **dict.fromkeys(drawn, partial(pages_of, site, *OF_GRAPH["pictures"])),
            **dict.fromkeys(stories, partial(pages_of, site, *OF_GRAPH["stories"])),
            search.PATH: partial(made_by, site, FILES["search"]),
            **dict.fromkeys(QUERY_FILES, partial(made_by, site, FILES["sparql"])),
            **dict.fromkeys((f"assets/{name}" for name in ASSETS), assets),
        }
        for kind, identifier in things.every(site):
            makers[f"{kind}/{identifier}.html"] = partial(self._page, partial(_thing, kind, identifier))
            for _, twin in twins_of(kind, identifier):
                makers[twin] = partial(self._twins_of, kind, identifier)
        return makers

    def _page(self, page: Callable[[Site], Page]) -> Made:
        return pages_of(self._site, lambda site: [page(site)])

    def _home(self) -> Made:
        beside = {name: content for export in EXPORTS for name, content in export_file(self._kg, export, None).items()}
        return with_exports(Site(self._kg, lang=self._lang, beside=beside)) | beside

    def _twins_of(self, kind: str, identifier: str) -> Made:
        return dict(self._twins.files([(kind, identifier)]))


def _thing(kind: str, identifier: str, site: Site) -> Page:
    return things.thing_page(site, kind, identifier)
