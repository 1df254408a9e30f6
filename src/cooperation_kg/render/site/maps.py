"""Where do pairings lie? Lines between seats at one time, on a map without boundaries, for a step of a story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from cooperation_kg.graph.asof import AsOf, status_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.render.layout import project
from cooperation_kg.render.site.context import Both, Site
from cooperation_kg.render.site.ego import name_of, sides_of
from cooperation_kg.render.site.svg import mark, number, picture, width_of
from cooperation_kg.render.site.ties import STATUS_WORDS, Tie, tie, tie_link

WIDTH, MOST = 470.0, 420.0
"""Of the drawing in user units: its width, and how tall it becomes at most."""
SIDE, MARGIN = 54.0, 30.0
"""Room left beside, and above and below, the outermost seats."""
TEXT = 12.5
"""Height of a label."""
BOW = 0.14
"""How far a line bows, as a share of its length; parallel lines bow further."""
Spot = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A pairing as a map shows it: its status at the time, and whether it was not shown in the picture before."""

    pairing: Pairing
    status: str
    is_new: bool


def drawn_at(pairings: Iterable[Pairing], as_of: AsOf, before: AsOf | None) -> list[Drawn]:
    """Return the pairings that are shown at a time, by slug; new are those that were absent at the time before."""
    found = []
    for pairing in sorted(set(pairings), key=lambda p: p.slug):
        status = status_of(pairing, as_of)
        if status != "absent":
            was = status_of(pairing, before) if before is not None else status
            found.append(Drawn(pairing, status, was == "absent"))
    return found


class Frame:
    """The piece of the map that a story needs: the same in all its pictures, so that nothing jumps.

    Parameters
    ----------
    parties: everybody who stands in any of the pictures.
    """

    def __init__(self, site: Site, parties: Iterable[str]) -> None:
        self.site = site
        self.points = {party: point for party in sorted(set(parties)) if (point := self._point(party)) is not None}
        xs, ys = ([one[axis] for one in self.points.values()] or [0.0] for axis in (0, 1))
        wide, tall = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
        self.factor = min((WIDTH - 2 * SIDE) / wide, (MOST - 2 * MARGIN) / tall)
        self.left, self.top = min(xs) - (WIDTH / self.factor - wide) / 2, min(ys) - MARGIN / self.factor
        self.height = tall * self.factor + 2 * MARGIN

    def spot(self, party: str) -> Spot | None:
        """Return where a party lies in the drawing, or None where neither it nor what is above it has a seat."""
        point = self.points.get(party)
        return None if point is None else self._drawn(point)

    def ground(self) -> Iterable[Spot]:
        """Yield the seats of the provinces that lie in the frame: what the eye holds on to."""
        for _, place in sorted(self.site.corpus.places.items()):
            if place.level == "province" and place.seat is not None:
                x, y = self._drawn(project(place.seat.lat, place.seat.lon))
                if 4 <= x <= WIDTH - 4 and 4 <= y <= self.height - 4:
                    yield x, y

    def _drawn(self, point: Spot) -> Spot:
        return (point[0] - self.left) * self.factor, (point[1] - self.top) * self.factor

    def _point(self, party: str) -> Spot | None:
        above, seen = self.site.corpus.places.get(party), set[str]()
        while above is not None and above.id not in seen:
            if above.seat is not None:
                return project(above.seat.lat, above.seat.lon)
            seen.add(above.id)
            above = self.site.corpus.places.get(above.parent_at(self.site.as_of.last_day) or "")
        return None


def map_of(site: Site, frame: Frame, drawn: Iterable[Drawn], as_of: AsOf, at: str) -> tuple[Markup, tuple[Drawn, ...]]:
    """Return the map, and those pairings that it cannot show: a side of them has no seat, or both have the same.

    Parameters
    ----------
    at: the path of the page, for the links of the lines.
    """
    placed: dict[str, Spot] = {}
    lines, missing, bows = [], [], dict[frozenset[str], int]()
    for one in sorted(drawn, key=lambda d: (d.is_new, d.pairing.slug)):
        left, right = sides_of(one.pairing)
        spots = frame.spot(left), frame.spot(right)
        if spots[0] is None or spots[1] is None or spots[0] == spots[1]:
            missing.append(one)
            continue
        placed |= {left: spots[0], right: spots[1]}
        nth = bows[frozenset((left, right))] = bows.get(frozenset((left, right)), 0) + 1
        lines.append(_line(site, one, spots[0], spots[1], nth, at))
    ground = [mark("circle", cx=x, cy=y, r=2.2, class_="ground") for x, y in frame.ground()]
    dots = [mark("circle", cx=x, cy=y, r=4.0, class_="seat") for _, (x, y) in sorted(placed.items())]
    label = (f"{as_of.words('zh')}：{len(lines)}条结对线", f"{as_of.words('en')}: {len(lines)} lines of pairings")
    names = list(_labels(site, placed))
    svg = picture(WIDTH, frame.height, *ground, *lines, *dots, *names, label=label, class_="map")
    return svg, tuple(missing)


def _line(site: Site, one: Drawn, start: Spot, end: Spot, nth: int, at: str) -> Markup:
    drawn = _tie(site, one, at)
    (x, y), (u, v) = start, end
    bow = BOW * ((nth + 1) // 2) * (1 if nth % 2 else -1)
    cx, cy = (x + u) / 2 - (v - y) * bow, (y + v) / 2 + (u - x) * bow
    path = f"M{number(x)} {number(y)}Q{number(cx)} {number(cy)} {number(u)} {number(v)}"
    head = _head((cx, cy), end) if one.pairing.directed else ""
    words = Markup("")
    link = tie_link(site, drawn, words, path=path, head=head)
    return mark("g", link, class_="new" if one.is_new else "old")


def _head(control: Spot, tip: Spot) -> str:
    """Return an arrowhead that points along the end of the line, its tip at the rim of the seat's dot."""
    dx, dy = tip[0] - control[0], tip[1] - control[1]
    length = max((dx * dx + dy * dy) ** 0.5, 0.1)
    ux, uy = dx / length, dy / length
    x, y = tip[0] - 4.6 * ux, tip[1] - 4.6 * uy
    a = f"{number(x - 9 * ux - 4 * uy)} {number(y - 9 * uy + 4 * ux)}"
    b = f"{number(x - 9 * ux + 4 * uy)} {number(y - 9 * uy - 4 * ux)}"
    return f"M{number(x)} {number(y)}L{a}L{b}z"


def _tie(site: Site, one: Drawn, at: str) -> Tie:
    words = STATUS_WORDS[one.status]
    drawn = tie(site, one.pairing, at)
    label = Both(f"{drawn.label.zh}；此时{words.zh}", f"{drawn.label.en}; at this time {words.en}")
    return replace(drawn, status=one.status, label=label)


def _labels(site: Site, placed: Mapping[str, Spot]) -> Iterable[Markup]:
    """Yield names beside the seats where there is room; what does not fit is in the list below the map."""
    for lang, index in (("zh", 0), ("en", 1)):
        taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for x, y in placed.values()]
        for party, (x, y) in sorted(placed.items(), key=lambda row: (_level(site, row[0]), row[0])):
            name = _short(site, name_of(site, party)[index], party, lang)
            wide = width_of(name) * TEXT
            for box, anchor, tx in (
                ((x + 6, y - 8, x + 6 + wide, y + 6), "start", x + 7),
                ((x - 6 - wide, y - 8, x - 6, y + 6), "end", x - 7),
                ((x - wide / 2, y + 5, x + wide / 2, y + 19), "middle", x),
                ((x - wide / 2, y - 20, x + wide / 2, y - 6), "middle", x),
            ):
                if box[0] >= 0 and box[2] <= WIDTH and not any(_meet(box, other) for other in taken):
                    taken.append(box)
                    yield mark("text", name, x=tx, y=box[1] + 12, text_anchor=anchor, class_=lang)
                    break


def _short(site: Site, name: str, party: str, lang: str) -> str:
    level = getattr(site.corpus.places.get(party), "level", "")
    if lang == "zh" and level == "province" and len(name) > 3:
        return name[:3] if name.startswith(("内蒙古", "黑龙江")) else name[:2]
    return name if width_of(name) <= 9 else f"{name[: 14 if lang == 'en' else 8]}…"


def _level(site: Site, party: str) -> int:
    levels = ("province", "prefecture", "county")
    level = getattr(site.corpus.places.get(party), "level", "")
    return levels.index(level) if level in levels else len(levels)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
