"""How are many pairings drawn side by side? Two columns of names with a curve for each pairing between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from cooperation_kg.render.site.context import Both, Site
from cooperation_kg.render.site.svg import bilingual, mark, number, picture, shortened
from cooperation_kg.render.site.ties import Tie, tie_link

WIDTH = 360.0
"""The width of every small network: what a phone shows without shrinking it."""
STEP = 18.0
"""The height of a name."""
LEFT, RIGHT = 122.0, 238.0
"""Where the curves begin and end."""


class Between(NamedTuple):
    """A line from a party on the left to one on the right."""

    left: str
    right: str
    line: Tie


Named = tuple[Both, str]
"""A name and the page that it leads to."""
Pairs = tuple[Sequence[Between], Mapping[str, Named]]


def columns(site: Site, pairs: Pairs, heads: tuple[Both, Both] | None, top: float = 0.0) -> tuple[Markup, float]:
    """Return two columns with the lines between them, and how far down they reach.

    Parameters
    ----------
    heads: what is written above the columns; with them it is a whole drawing, else a part of one.
    top: where it begins.
    """
    between, named = pairs
    begin = top + (24 if heads else 0)
    left, right = orders(between)
    tall = STEP * max(len(left), len(right), 1)
    places = [_positions(side, begin, tall) for side in (left, right)]
    lines = [_line(site, one, places[0][one.left], places[1][one.right]) for one in between]
    names = [
        _name(named[party], y, x, anchor)
        for side, x, anchor in ((places[0], LEFT - 6, "end"), (places[1], RIGHT + 6, "start"))
        for party, y in side.items()
    ]
    inside = Markup("").join((*lines, *names))
    if heads is None:
        return inside, begin + tall
    titles = [
        bilingual(*heads[0], x=LEFT - 6, y=14.0, text_anchor="end", class_="side"),
        bilingual(*heads[1], x=RIGHT + 6, y=14.0, class_="side"),
    ]
    label = ("两列名称，结对为其间的线", "Two columns of names with a line for every pairing")
    return picture(WIDTH, begin + tall + 4, *titles, inside, label=label, class_="ties"), begin + tall


def orders(between: Sequence[Between]) -> tuple[list[str], list[str]]:
    """Return both columns from the top: the left by number of lines, the right near the middle of its partners."""
    counted = Counter(one.left for one in between)
    left = sorted(counted, key=lambda party: (-counted[party], party))
    rank = {party: index for index, party in enumerate(left)}
    partners: dict[str, list[int]] = defaultdict(list)
    for one in between:
        partners[one.right].append(rank[one.left])
    right = sorted(partners, key=lambda party: (sum(partners[party]) / len(partners[party]), party))
    return left, right


def _positions(parties: Sequence[str], top: float, tall: float) -> dict[str, float]:
    step = tall / max(len(parties), 1)
    return {party: top + step * (index + 0.5) for index, party in enumerate(parties)}


def _line(site: Site, one: Between, from_y: float, to_y: float) -> Markup:
    path = (
        f"M{number(LEFT)} {number(from_y)}C180 {number(from_y)} 180 {number(to_y)} {number(RIGHT - 1)} {number(to_y)}"
    )
    head = f"M{number(RIGHT)} {number(to_y)}l-7 -3.5v7z"
    return tie_link(site, one.line, path=path, head=head)


def _name(named: Named, y: float, x: float, anchor: str) -> Markup:
    (zh, en), href = named[0], named[1]
    short = (shortened(text, (LEFT - 8) / 12) for text in (zh, en))
    return mark("a", bilingual(*short, x=x, y=y + 4, text_anchor=anchor), href=href, class_="name")
