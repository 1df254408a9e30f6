"""stub"""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import Page


def pages(site: Site) -> Iterator[Page]:
    """Yield nothing yet."""
    yield from ()
