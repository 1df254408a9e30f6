"""The site: static pages that open from a folder, one for every thing, in both languages, without any server.

================  =========================================================================================
module            question
================  =========================================================================================
``context``       what do all pages share: names, addresses, links, the time asked about?
``frame``         what stands around every page: head, navigation, footer, policy?
``home``          where does a reader begin?
``things``        what is on the page of a place, a pairing, a source …?
``lists``         which places, pairings, sources … are there? (``…_lists``; ``listing``: what a list is)
``pictures``      timeline, adjustments, matrix, flows, tile map
``stories``       what do the stories of ``data/stories`` tell?
``questions``     which questions are answered, with which SPARQL?
``sparql``        how does a reader ask a question of their own?
``linked_data``   what do the machine-readable twins and the description of the dataset hold?
``about``         downloads, coverage and caveats, citation, terms, licences
``search``        what can be found by name?
================  =========================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.html import asset
from cooperation_kg.render.site import (
    about,
    home,
    linked_data,
    lists,
    pictures,
    questions,
    search,
    sparql,
    stories,
    things,
)
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import Page, framed
from cooperation_kg.render.site.twins import Twins
from cooperation_kg.render.workers import Made, Task, do_all

Pages = Callable[[Site], Iterable[Page]]
Files = Callable[[Site], Iterable[tuple[str, bytes]]]

OF_GRAPH: Mapping[str, tuple[Pages, ...]] = {
    "lists": (lists.pages,),
    "pictures": (pictures.pages,),
    "notes": (about.pages,),
    "stories": (stories.pages, questions.pages, sparql.pages),
}
"""What yields pages of the graph alone, by kind of work; ``things`` are cut into pieces."""
OF_EXPORTS: tuple[Pages, ...] = (home.pages, lambda site: [about.downloads_page(site)])
"""What yields pages that tell of the exports beside them."""
FILES: Mapping[str, Files] = {"search": search.files, "sparql": sparql.files}
"""What yields files that are no pages, name and content, by kind of work; twins are cut into pieces."""
PIECE = 60
"""How many things are a piece of work."""
ASSETS = (
    "site.css",
    "site.js",
    "search.js",
    "list.js",
    "figure.js",
    "choices.js",
    "matrix.js",
    "tiles.js",
    "flows.js",
    "story.js",
)


def build_site(
    kg: KnowledgeGraph, *, lang: str = "zh", as_of: AsOf | None = None, beside: Mapping[str, bytes] | None = None
) -> Made:
    """Return every file of the site by name, but for the interactive network and the exports.

    Parameters
    ----------
    lang: the language in which a page opens without ``?lang=`` in its address.
    as_of: the time that statuses are given for; the last year of the data where None.
    beside: the exports that will lie beside the pages: they are linked and described.
    """
    site = Site(kg, lang=lang, as_of=as_of, beside=beside)
    made = {name: content for done in do_all(tasks(site)) for name, content in done.files.items()}
    return with_exports(site) | made


def tasks(site: Site) -> list[Task]:
    """Return the work on everything that needs the graph alone, in pieces that can be done in any order."""
    pieces = list(_batched(things.every(site)))
    twins = Twins(site)
    # what many pieces need is found once, before they are shared out
    twins.read()
    site.mentions.read()
    return [
        *(Task(stage, partial(pages_of, site, *parts)) for stage, parts in OF_GRAPH.items()),
        *(Task("things", partial(pages_of, site, partial(things.pages, some=some))) for some in pieces),
        *(Task("twins", partial(_twins, twins, some)) for some in pieces),
        *(Task(stage, partial(made_by, site, part)) for stage, part in FILES.items()),
        Task("assets", assets),
    ]


def with_exports(site: Site) -> Made:
    """Return the files that tell of the exports beside them: home page, downloads, description of the dataset …"""
    return pages_of(site, *OF_EXPORTS) | dict(linked_data.described(site))


def pages_of(site: Site, *parts: Pages) -> Made:
    """Return the files of pages."""
    return {page.path: framed(site, page) for part in parts for page in part(site)}


def made_by(site: Site, part: Files) -> Made:
    """Return files that are no pages."""
    return dict(part(site))


def _twins(twins: Twins, some: Iterable[tuple[str, str]]) -> Made:
    return dict(twins.files(some))


def assets() -> Made:
    """Return styles and scripts of all pages."""
    return {f"assets/{name}": f"{asset(name)}\n".encode() for name in ASSETS}


def _batched(every: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    rest = list(every)
    return (rest[i : i + PIECE] for i in range(0, len(rest), PIECE))
