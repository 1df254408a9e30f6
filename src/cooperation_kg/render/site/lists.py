"""Which places, pairings, programmes, documents … are there? Lists by which one who knows no name finds a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.document_lists import policies_page, sources_page
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.other_lists import disagreements_page, projects_page
from cooperation_kg.render.site.pairing_lists import pairings_page, programmes_page
from cooperation_kg.render.site.place_lists import places_page

PAGES: Mapping[str, Callable[[Site], Page]] = {
    "places.html": places_page,
    "pairings.html": pairings_page,
    "programmes.html": programmes_page,
    "policies.html": policies_page,
    "sources.html": sources_page,
    "projects.html": projects_page,
    "disagreements.html": disagreements_page,
}
"""Path → what makes the list."""


def pages(site: Site) -> Iterator[Page]:
    """Yield the lists."""
    return (page(site) for page in PAGES.values())
