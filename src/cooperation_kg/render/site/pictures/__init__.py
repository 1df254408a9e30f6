"""Companion pictures: SVG written here, each mark a link, each with its table of data and its query."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.pictures import flows, matrix, tiles, timeline, years

PICTURES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    timeline.pages,
    matrix.pages,
    flows.pages,
    tiles.pages,
    years.pages,
)


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of every picture."""
    for picture in PICTURES:
        yield from picture(site)
