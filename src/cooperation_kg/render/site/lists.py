"""Which places, pairings, programmes, documents … are there? Lists by which one who knows no name finds a page."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.render.site import document_lists, other_lists
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.pairing_lists import pairings_page, programmes_page
from cooperation_kg.render.site.place_lists import places_page


def pages(site: Site) -> Iterator[Page]:
    """Yield the lists."""
    yield places_page(site)
    yield pairings_page(site)
    yield programmes_page(site)
    yield from document_lists.pages(site)
    yield from other_lists.pages(site)
