"""Where are pairings? One equal square for each province, shaded by how many pairings or partners it has in a year.

Squares stand roughly where the provinces lie towards each other; they show no boundary and no area. What is drawn
without a script is the time that the site asks about; ``assets/tiles.js`` shades the same squares for other choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cooperation_kg.render.html import environment
from cooperation_kg.render.payload import as_json
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import joined, nothing
from cooperation_kg.render.site.pictures.matrix import STEPS, count_text, counts, look_of
from cooperation_kg.render.site.pictures.provinces import (
    Tied,
    short_name,
    tied,
    unplaced,
    year_shown,
    years_of_site,
)
from cooperation_kg.render.site.svg import colour, mark, picture, programmes, runs, width_of

PATH = "map.html"
TITLE = Both("省级方格图", "Tile map of provinces")
TILES: Mapping[str, tuple[int, int, str]] = {
    "23": (7, 0, "HL"),
    "15": (3, 1, "NM"), "22": (7, 1, "JL"),
    "65": (0, 2, "XJ"), "62": (1, 2, "GS"), "64": (2, 2, "NX"), "14": (3, 2, "SX"), "13": (4, 2, "HE"),
    "11": (5, 2, "BJ"), "21": (6, 2, "LN"),
    "54": (0, 3, "XZ"), "63": (1, 3, "QH"), "61": (2, 3, "SN"), "41": (3, 3, "HA"), "37": (4, 3, "SD"),
    "12": (5, 3, "TJ"),
    "51": (1, 4, "SC"), "50": (2, 4, "CQ"), "42": (3, 4, "HB"), "34": (4, 4, "AH"), "32": (5, 4, "JS"),
    "31": (6, 4, "SH"),
    "53": (1, 5, "YN"), "52": (2, 5, "GZ"), "43": (3, 5, "HN"), "36": (4, 5, "JX"), "33": (5, 5, "ZJ"),
    "45": (2, 6, "GX"), "44": (3, 6, "GD"), "35": (4, 6, "FJ"), "71": (6, 6, "TW"),
    "46": (2, 7, "HI"), "82": (3, 7, "MO"), "81": (4, 7, "HK"),
}  # fmt: skip
"""First two digits of the GB/T 2260 code → column, row, and letters of ISO 3166-2:CN, which fit a phone."""
SIZE, GAP = 64.0, 4.0
PAIRING_STEPS = (4, 12, 25, 50)
"""Where the next deeper shade begins, for pairings; for partners as in the matrix."""
SHOWS: tuple[tuple[str, Both], ...] = (
    ("n", Both("结对数", "pairings")),
    ("s", Both("支援了几个省", "provinces it supports")),
    ("r", Both("受几个省支援", "provinces that support it")),
)
"""What a square can show."""


@dataclass(frozen=True)
class Tally:
    """What is counted of a province in a year: certain and possible of each, and the partners by name."""

    pairings: tuple[int, int]
    supports: Mapping[str, str]
    supported_by: Mapping[str, str]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of the tile map."""
    year = year_shown(site)
    known = provinces(site)
    tallies = {place: tally(site, place, year) for place in known}
    apart = [place for place in known if tile_of(site, place) is None]
    body = (
        environment()
        .get_template("site/tiles.html.j2")
        .render(
            site=site,
            bi=bi,
            title=TITLE,
            shows=SHOWS,
            year=year,
            span=years_of_site(site),
            programmes=[(p, site.name("programme", p)) for p in programmes(site) if _has(site, p)],
            picture=tiles(site, {place: tallies[place].pairings for place in known}, year),
            rows=[_row(site, place, tallies[place]) for place in _ranked(tallies)],
            apart=joined(site.link("place", place, PATH) for place in apart) if apart else "",
            left_out=len(unplaced(site)),
            steps=(1, *PAIRING_STEPS),
            payload=Markup(as_json(payload(site, known))),
            question=site.question("pairings", PATH),
            at=PATH,
        )
    )
    yield Page(PATH, TITLE, Markup(body), section="pictures.html", scripts=("choices.js", "tiles.js"))


def tally(site: Site, place: str, year: int) -> Tally:
    """Return what is counted of a province in a year, what lies in it included."""
    own = [one for one in tied(site) if place in one.sides]
    given = [one for one in own if one.pairing.directed and one.sides[0] != one.sides[1]]
    return Tally(
        counts(own, year),
        _partners(((one.sides[1], one) for one in given if one.sides[0] == place), year),
        _partners(((one.sides[0], one) for one in given if one.sides[1] == place), year),
    )


def tiles(site: Site, numbers: Mapping[str, tuple[int, int]], year: int, *, small: bool = False) -> Markup:
    """Return the squares of provinces with a number each.

    Parameters
    ----------
    numbers: certain and possible, by province.
    small: a thumbnail: no text and no link.
    """
    drawn = [(place, held) for place in sorted(numbers) if (held := tile_of(site, place))]
    columns = max((tile[0] for _, tile in drawn), default=0) + 1
    rows = max((tile[1] for _, tile in drawn), default=0) + 1
    parts = [] if small else [_hatch()]
    parts += [_square(site, place, tile, numbers[place], year, small) for place, tile in drawn]
    label = (f"省级方格图，{year}年", f"Tile map of provinces, {year}")
    step = SIZE + GAP
    return picture(columns * step, rows * step, *parts, label=label, class_="tiles")


def payload(site: Site, places: Iterable[str]) -> Mapping[str, Any]:
    """Return all that the script needs: provinces, programmes, and ties between provinces."""
    families = programmes(site)
    index = {slug: at for at, slug in enumerate(site.kg.derived.pairings)}
    return {
        "steps": {"n": PAIRING_STEPS, "partners": STEPS},
        "places": {place: short_name(site, place) for place in places},
        "programmes": [[p, colour(site, p)] for p in families],
        "ties": [
            {
                "s": one.sides[0],
                "r": one.sides[1],
                "g": index[one.pairing.slug],
                "p": families.index(one.pairing.programme),
                "c": runs(one.certain),
                "m": runs(one.possible),
                "d": int(one.is_direct),
                "u": int(one.pairing.undated),
                "a": int(one.pairing.directed),
            }
            for one in tied(site)
        ],
    }


def _partners(found: Iterable[tuple[str, Tied]], year: int) -> dict[str, str]:
    """Return partners with the surest status of any pairing with them in the year, the certain first."""
    partners: dict[str, str] = {}
    for place, one in found:
        status = one.status(year)
        if status in ("certain", "possible"):
            partners[place] = min(status, partners.get(place, status))
    return dict(sorted(partners.items(), key=lambda partner: (partner[1], partner[0])))


def provinces(site: Site) -> list[str]:
    """Return the ids of the units at the level of a province."""
    return sorted(place.id for place in site.corpus.places.values() if place.level == "province")


def tile_of(site: Site, place: str) -> tuple[int, int, str] | None:
    """Return column, row and letters of a province's square; None where its code has none."""
    return TILES.get((site.corpus.places[place].code or "")[:2])


def _has(site: Site, programme: str) -> bool:
    return any(one.pairing.programme == programme for one in tied(site))


def _ranked(tallies: Mapping[str, Tally]) -> list[str]:
    return sorted(tallies, key=lambda place: (-sum(tallies[place].pairings), place))


def _hatch() -> Markup:
    line = mark("path", d="M-1 7L7 -1M5 13L13 5", class_="hatching")
    pattern = mark("pattern", line, id="hatch", width="12", height="12", patternUnits="userSpaceOnUse")
    return mark("defs", pattern)


def _square(
    site: Site, place: str, tile: tuple[int, int, str], numbers: tuple[int, int], year: int, small: bool
) -> Markup:
    """Return a province: its square with its name and number, as a link to its page."""
    column, row, letters = tile
    x, y = column * (SIZE + GAP) + GAP / 2, row * (SIZE + GAP) + GAP / 2
    look = look_of(*numbers, PAIRING_STEPS) or "untold"
    box: dict[str, object] = {"x": x, "y": y, "width": SIZE, "height": SIZE, "rx": "4"}
    face = mark("rect", **box, class_="face")
    if small:
        return mark("g", face, class_=f"province {look}")
    name = short_name(site, place)
    middle = x + SIZE / 2
    words = [
        mark("text", name.zh, x=middle, y=y + 27, class_="zh name"),
        *_english(name.en, middle, y),
        mark("text", letters, x=middle, y=y + 27, class_="en name short"),
        mark("text", count_text(*numbers), x=middle, y=y + 51, class_="count"),
    ]
    label = Both(
        f"{name.zh}：{year}年确定{numbers[0]}组，可能{numbers[1]}组结对",
        f"{name.en}: {numbers[0]} certain and {numbers[1]} possible pairings in {year}",
    )
    return mark(
        "a",
        face,
        mark("rect", **box, fill="url(#hatch)", class_="hatch"),
        *words,
        href=site.href(site.address("place", place) or "", PATH),
        class_=f"province {look}",
        data_place=place,
        aria_label=label.zh,
        data_label_zh=label.zh,
        data_label_en=label.en,
    )


def _english(name: str, x: float, y: float) -> Iterator[Markup]:
    """Yield an English name, in two lines where it has two words, smaller where it is long."""
    lines = name.split(" ", 1) if width_of(name) * 12.5 > SIZE - 4 else [name]
    size = "tight" if max(map(width_of, lines)) * 12.5 > SIZE - 4 else ""
    for at, line in enumerate(lines):
        yield mark("text", line, x=x, y=y + (27 if len(lines) == 1 else 20 + 13 * at), class_=f"en long {size}".strip())


def _row(site: Site, place: str, held: Tally) -> list[Markup]:
    """Return a row of the table: province, pairings, whom it supports, who supports it."""
    return [
        site.link("place", place, PATH),
        Markup(count_text(*held.pairings)) or nothing(),
        *(_named(site, partners) for partners in (held.supports, held.supported_by)),
    ]


def _named(site: Site, partners: Mapping[str, str]) -> Markup:
    links = (
        site.link("place", place, PATH, bi(*short_name(site, place))) + ("?" if status == "possible" else "")
        for place, status in partners.items()
    )
    return (Markup("<b>{}</b> ").format(len(partners)) if partners else Markup("")) + joined(links)
