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

from collections.abc import Callable, Iterator, Mapping

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

PARTS: tuple[Callable[[Site], Iterator[Page]], ...] = (
    home.pages,
    lists.pages,
    things.pages,
    pictures.pages,
    stories.pages,
    questions.pages,
    sparql.pages,
    about.pages,
)
"""What yields pages, in the order in which they are written."""
FILES: tuple[Callable[[Site], Iterator[tuple[str, bytes]]], ...] = (search.files, linked_data.files, sparql.files)
"""What yields files that are no pages: name and content."""
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
) -> dict[str, bytes]:
    """Return every file of the site by name, but for the interactive network and the exports.

    Parameters
    ----------
    lang: the language in which a page opens without ``?lang=`` in its address.
    as_of: the time that statuses are given for; the last year of the data where None.
    beside: the exports that will lie beside the pages: they are linked and described.
    """
    site = Site(kg, lang=lang, as_of=as_of, beside=beside)
    pages = {page.path: framed(site, page) for part in PARTS for page in part(site)}
    assets = {f"assets/{name}": f"{asset(name)}\n".encode() for name in ASSETS}
    further = {name: content for part in FILES for name, content in part(site)}
    return pages | assets | further
