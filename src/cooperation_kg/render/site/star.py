"""How is one thing drawn among its partners? A box with rows on both sides; and a pairing as a band between two names.

A list that is read downwards, made for a phone's width: 360 units, text at 12, nothing that needs a wide screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cooperation_kg.render.site.columns import WIDTH, Named, Pairs, columns
from cooperation_kg.render.site.context import Both, Site
from cooperation_kg.render.site.svg import bilingual, mark, number, picture, shortened
from cooperation_kg.render.site.ties import Tie, tie_link

NAME, LINE, GAP = 17.0, 15.0, 7.0
"""Heights: of a name, of a line of years, and between two rows."""
HEAD = 22.0
"""The height of a heading above rows."""
BOX = 16.0
"""The width of the box of the thing itself."""
TOP = 26.0
"""Where the rows begin: below the name of the thing."""
Band = tuple[Named, Named, tuple[Tie, ...]]


@dataclass(frozen=True)
class Row:
    """A partner: its name, its page, and one line for every pairing with it; ``head`` stands above the row."""

    name: Both
    href: str
    lines: tuple[Tie, ...]
    head: Both | None = None

    @property
    def height(self) -> float:
        """How much room it takes."""
        return NAME + LINE * len(self.lines) + GAP + (HEAD if self.head else 0)


def star(site: Site, name: Both, left: Sequence[Row], right: Sequence[Row]) -> Markup:
    """Return a thing with its partners on both sides; a side without any gives its room to the other.

    Parameters
    ----------
    left: those that support it: their lines point to it.
    right: those that it supports, and those where no direction is stated.
    """
    tall = max(sum(row.height for row in side) for side in (left, right))
    box_x = (WIDTH - BOX) / 2 if left and right else (0.0 if right else WIDTH - BOX)
    reach = 52.0 if left and right else 92.0
    room = (box_x or WIDTH - BOX) - reach - 4
    box = (max(28.0, min(tall, 0.62 * tall + 8)), tall)
    parts = [_box(box_x, box), _title(name, box_x)]
    for rows, to_left in ((left, True), (right, False)):
        if rows:
            edge = box_x if to_left else box_x + BOX
            turn = -1 if to_left else 1
            parts.append(_side(site, rows, (edge, turn, reach, room), box, points_in=to_left))
    label = (f"{name.zh}与其结对方", f"{name.en} and its partners")
    return picture(WIDTH, TOP + tall + 4, *parts, label=label, class_="ties")


def _box(x: float, box: tuple[float, float]) -> Markup:
    high, tall = box
    return mark("rect", x=x, y=TOP + (tall - high) / 2, width=BOX, height=high, rx=4, class_="self")


def _title(name: Both, box_x: float) -> Markup:
    anchor, x = ("start", 0.0) if box_x == 0 else ("end", WIDTH) if box_x + BOX == WIDTH else ("middle", WIDTH / 2)
    zh, en = (shortened(text, 24) for text in name)
    return bilingual(zh, en, x=x, y=15.0, text_anchor=anchor, class_="own")


def _side(
    site: Site, rows: Sequence[Row], where: tuple[float, int, float, float], box: tuple[float, float], points_in: bool
) -> Markup:
    """Return the rows of one side: edge of the box, direction away from it, reach of the lines, room for text."""
    edge, turn, reach, room = where
    high, tall = box
    count = sum(len(row.lines) for row in rows)
    own = sum(row.height for row in rows)
    y, nth, parts = TOP + (tall - own) / 2, 0, []
    text_x, anchor = edge + turn * (reach + 4), "end" if turn < 0 else "start"
    for row in rows:
        if row.head:
            parts.append(bilingual(*row.head, x=text_x, y=y + 13, text_anchor=anchor, class_="side"))
            y += HEAD
        zh, en = (shortened(text, room / 12) for text in row.name)
        parts.append(mark("a", bilingual(zh, en, x=text_x, y=y + 13, text_anchor=anchor), href=row.href, class_="name"))
        for index, line in enumerate(row.lines):
            to_y = y + NAME + LINE * index + 4
            from_y = TOP + (tall - high) / 2 + high * (nth + 0.5) / count
            nth += 1
            path = curve((edge, from_y), (edge + turn * reach, to_y))
            tip = (edge + turn, from_y, -turn) if points_in else (edge + turn * reach, to_y, turn)
            years = bilingual(*line.short, x=text_x, y=to_y + 4, text_anchor=anchor, class_="years")
            parts.append(tie_link(site, line, years, path=path, head=arrow(*tip)))
        y += NAME + LINE * len(row.lines) + GAP
    return Markup("").join(parts)


def curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return the path of a line that leaves and arrives level.

    >>> curve((0, 0), (10, 4))
    'M0 0C5 0 5 4 10 4'
    """
    middle = number((start[0] + end[0]) / 2)
    (ax, ay), (bx, by) = (tuple(number(value) for value in point) for point in (start, end))
    return f"M{ax} {ay}C{middle} {ay} {middle} {by} {bx} {by}"


def arrow(x: float, y: float, turn: int) -> str:
    """Return the path of an arrowhead whose tip is at a point; ``turn`` is 1 to the right, -1 to the left.

    >>> arrow(10, 4, 1)
    'M10 4l-7 -3.5v7z'
    """
    return f"M{number(x)} {number(y)}l{number(-7.0 * turn)} -3.5v7z"


def bands(site: Site, above: Sequence[Band], middle: Band, below: Pairs) -> Markup:
    """Return a pairing as a band, the wider one above it and the narrower ones below."""
    y, parts = 0.0, []
    for heading, band in (
        *((Both("所落实的结对", "Carries out"), band) for band in above),
        (Both("本结对", "This pairing"), middle),
    ):
        drawn, y = _band(site, band, y, heading, is_self=band is middle)
        parts.append(drawn)
    between, _ = below
    if between:
        words = Both(f"其下的结对：{len(between)}", f"Carried out by {len(between)}")
        parts.append(bilingual(*words, x=WIDTH / 2, y=y + 14, text_anchor="middle", class_="side"))
        drawn, y = columns(site, below, None, top=y + 20)
        parts.append(drawn)
    left, right, _ = middle
    label = (f"{left[0].zh}与{right[0].zh}的结对", f"Pairing of {left[0].en} and {right[0].en}")
    return picture(WIDTH, y + 4, *parts, label=label, class_="ties")


def _band(site: Site, band: Band, top: float, heading: Both, *, is_self: bool) -> tuple[Markup, float]:
    left, right, lines = band
    high = max(30.0, 22.0 * len(lines))
    middle = top + 22 + high / 2
    parts = [bilingual(*heading, x=WIDTH / 2, y=top + 14, text_anchor="middle", class_="side")]
    for (name, href), x, anchor in ((left, 112.0, "end"), (right, 248.0, "start")):
        zh, en = (shortened(text, 112 / (15.5 if is_self else 12.5)) for text in name)
        text = bilingual(zh, en, x=x, y=middle + 4.5, text_anchor=anchor, class_="own" if is_self else "")
        parts.append(mark("a", text, href=href, class_="name"))
    for index, line in enumerate(lines):
        y = middle + (index - (len(lines) - 1) / 2) * 22 + 5
        years = bilingual(*line.short, x=WIDTH / 2, y=y - 5, text_anchor="middle", class_="years")
        parts.append(tie_link(site, line, years, path=f"M118 {number(y)}H241", head=arrow(242, y, 1)))
    return Markup("").join(parts), top + 22 + high + 10
