"""What does each picture look like, small? A few marks of the real data for the cards of the overview page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.pictures import flows, matrix, tiles
from cooperation_kg.render.site.pictures.acts import CLOSED, STARTED
from cooperation_kg.render.site.pictures.provinces import by_sides, tied, year_shown, years_of_site
from cooperation_kg.render.site.svg import colour, dash, mark, number, picture, programmes

LANES = 5
"""How many programmes the small timeline shows."""


def thumbnail(site: Site, path: str) -> Markup:
    """Return the small picture of a page, empty for a page without one."""
    return SMALL[path](site) if path in SMALL else Markup("")


def _matrix(site: Site) -> Markup:
    direct = [one for one in tied(site) if one.pairing.directed and one.is_direct]
    rows, columns = matrix.order(direct)
    held, year, size = by_sides(direct), year_shown(site), 20.0
    parts = []
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            look = matrix.look_of(*matrix.counts(held.get((row, column), ()), year))
            box = {"x": x * size + 1, "y": y * size + 1, "width": size - 2, "height": size - 2}
            parts.append(mark("rect", **box, class_=f"grid-cell {look}".strip()))
    return _drawn(max(len(columns), 1) * size, max(len(rows), 1) * size, parts, "grid")


def _network(site: Site) -> Markup:
    """Return the pairings of provinces as bowed lines between the places of their squares on the tile map."""
    at = {place: tile for place in tiles.provinces(site) if (tile := tiles.tile_of(site, place)) is not None}
    year, size, parts = year_shown(site), 40.0, []
    for one in tied(site):
        if one.is_direct and one.sides[0] in at and one.sides[1] in at and one.status(year) in ("certain", "possible"):
            (x, y), (u, v) = ((size * (at[side][0] + 0.5), size * (at[side][1] + 0.5)) for side in one.sides)
            middle = number((x + u) / 2 - (v - y) * 0.18), number((y + v) / 2 + (u - x) * 0.18)
            path = f"M{number(x)} {number(y)}Q{' '.join(middle)} {number(u)} {number(v)}"
            family = one.pairing.programme
            parts.append(
                mark("path", d=path, class_=f"tie {colour(site, family)}", stroke_dasharray=dash(site, family))
            )
    spots = ((size * (x + 0.5), size * (y + 0.5)) for x, y, _ in at.values())
    parts += [mark("circle", cx=x, cy=y, r=3.5, class_="spot") for x, y in spots]
    return _drawn(8 * size, 8 * size, parts, "lines")


def _tiles(site: Site) -> Markup:
    year = year_shown(site)
    held = {place: tiles.tally(site, place, year).pairings for place in tiles.provinces(site)}
    return tiles.tiles(site, held, year, small=True)


def _flows(site: Site) -> Markup:
    first = flows.first_choice(site)
    return flows.sankey(site, first, small=True) if first else Markup("")


def _timeline(site: Site) -> Markup:
    first, last = years_of_site(site)
    step, high = 8.0, 38.0
    parts = []
    for lane, family in enumerate(programmes(site)[:LANES]):
        pairings = [p for p in site.kg.derived.pairings.values() if p.programme == family]
        certain = Counter(year for p in pairings for year in p.in_force_in)
        possible = Counter(year for p in pairings for year in p.possibly_in)
        most = max((certain[year] + possible[year] for year in range(first, last + 1)), default=0) or 1
        foot = (lane + 1) * high
        for year in range(first, last + 1):
            for low, count, look in ((0, certain[year], "sure"), (certain[year], possible[year], "maybe")):
                tall = count / most * (high - 6)
                box = {"x": (year - first) * step, "y": foot - low / most * (high - 6) - tall, "height": tall}
                parts += [mark("rect", **box, width=step - 1, class_=f"{look} {colour(site, family)}")] if count else []
    return _drawn((last - first + 1) * step, LANES * high, parts, "lanes")


def _years(site: Site) -> Markup:
    """Return how many pairings began (up) and ended (down) in each year by what sources say."""
    first, last = years_of_site(site)
    terms = [term for pairing in site.kg.derived.pairings.values() for term in pairing.terms]
    began = Counter(term.possible_from.year for term in terms if term.start_state in STARTED)
    ended = Counter(term.possible_to.year for term in terms if term.end_state in CLOSED)
    most, step, high = max((*began.values(), *ended.values(), 1)), 8.0, 90.0
    parts = list(_bars(began, first, most, (step, high, -1), "sure p2"))
    parts += _bars(ended, first, most, (step, high, 1), "sure p1")
    parts.append(mark("path", d=f"M0 {high:.0f}H{(last - first + 1) * step:.0f}", class_="axis"))
    return _drawn((last - first + 1) * step, 2 * high, parts, "lanes")


def _bars(
    counted: Mapping[int, int], first: int, most: int, shape: tuple[float, float, int], look: str
) -> Iterator[Markup]:
    step, high, turn = shape
    for year, count in sorted(counted.items()):
        tall = count / most * (high - 4)
        top = high - tall if turn < 0 else high
        yield mark("rect", x=(year - first) * step, y=top, width=step - 1, height=tall, class_=look)


def _drawn(width: float, height: float, parts: list[Markup], look: str) -> Markup:
    return picture(width, height, *parts, label=("小图", "thumbnail"), class_=look)


SMALL: Mapping[str, Callable[[Site], Markup]] = {
    "network.html": _network,
    "timeline.html": _timeline,
    "matrix.html": _matrix,
    "flows.html": _flows,
    "map.html": _tiles,
    "adjustments.html": _years,
}
"""The page of a picture → its small form."""
