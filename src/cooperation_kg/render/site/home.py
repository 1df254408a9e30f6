"""Where does a reader begin? What this is, a search box, questions to click, what there is in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from cooperation_kg.curate.registers import Place
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import STATUSES, status_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.render.html import environment
from cooperation_kg.render.layout import project
from cooperation_kg.render.site import bundles, linked_data, svg
from cooperation_kg.render.site.context import Both, Site, bi, printable
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import concept, dated, sighted
from cooperation_kg.render.site.pairing_lists import families_of, tally
from cooperation_kg.render.site.pictures import years
from cooperation_kg.render.site.search import told_stories
from cooperation_kg.render.words import WORDS

PATH = "index.html"
HEADLINE = Both("谁帮扶谁，从何时起，依据什么，谁说的", "Who helps whom, since when, on whose order, and who says so")
EXAMPLES: tuple[tuple[Both, str, str], ...] = (
    (Both("谁帮扶十堰，从何时起？", "Who helps Shiyan, and since when?"), "place", "hubei-shiyan"),
    (
        Both("福建给宁夏的资金，谁说了多少？", "What money from Fujian to Ningxia is stated, and by whom?"),
        "pairing",
        "east-west.fujian.ningxia",
    ),
    (Both("北京先后帮扶过哪些地方？", "Which places has Beijing helped over the years?"), "place", "beijing"),
)
"""Questions that lead to a page; those whose thing this dataset lacks are left out."""
CAVEATS = (
    Both(
        "这里只有来源所说的内容；没有列出，不等于没有发生。",
        "Only what sources state is here; what is not listed may still have happened.",
    ),
    Both(
        "“可能”指最后一次见于来源之后，没有来源说它继续或结束，或者来源只给出一个时段；“无年份”指没有来源说明时间。",
        "“Possible” means after the last sighting, with no source saying that it went on or ended, or within a span "
        "that a source leaves open; “undated” means that no source says when.",
    ),
    Both(
        "名称不表示方向；没有来源说明谁支援谁时，连线没有箭头。",
        "A name proves no direction; where no source states who supports whom, a line has no arrow.",
    ),
    Both(
        "数字照原文抄录，各有口径与期间；不同来源、不同期间的数字不可相加，人与人次也不可混同。",
        "Figures are as printed, each with its own scope and period; figures of different sources or overlapping "
        "periods must not be added, and persons are not person-times.",
    ),
)
NEWEST = 6
"""How many of the newest sources are named."""
THUMBNAIL = (560.0, 400.0)
"""Width and height of the small picture in user units."""
STRIP = (150.0, 22.0)


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme as the home page tells of it."""

    name: Markup
    swatch: Markup
    strip: Markup
    counts: tuple[tuple[str, int], ...]
    first: str
    last: Markup


def pages(site: Site) -> Iterator[Page]:
    """Yield the home page."""
    rows = tuple(programme_rows(site))
    body = (
        environment()
        .get_template("site/home.html.j2")
        .render(
            site=site,
            bi=bi,
            headline=HEADLINE,
            description=site.corpus.dataset.description or site.corpus.dataset.title,
            examples=tuple(examples(site)),
            thumbnail=thumbnail(site),
            counts=tuple(counts(site)),
            query_page=bundles.PATH if bundles.is_there() else "",
            stories=tuple(told_stories(site)),
            programmes=rows,
            span=(_first_year(site), int(site.corpus.dataset.horizon)),
            newest=tuple(newest(site)),
            caveats=CAVEATS,
            dataset=site.corpus.dataset,
            href=lambda target: site.href(target, PATH),
        )
    )
    yield Page(PATH, Both("首页", "Home"), Markup(body), json_ld=linked_data.dataset_head(site))


def examples(site: Site) -> Iterator[tuple[Both, str]]:
    """Yield questions with the page that answers each."""
    things = {"place": site.corpus.places, "pairing": site.kg.derived.pairings}
    found = [(asked, site.address(kind, key)) for asked, kind, key in EXAMPLES if key in things[kind]]
    if not found:
        sides = (pairing.recipient for pairing in site.kg.derived.pairings.values())
        helped = Counter(side for side in sides if side is not None and side in site.corpus.places)
        for place, _ in sorted(helped.items(), key=lambda row: (-row[1], row[0]))[:1]:
            zh, en = site.name("place", place)
            asked = Both(f"谁帮扶{zh}，从何时起？", f"Who helps {en}, and since when?")
            found.append((asked, site.address("place", place)))
    yield from ((asked, address) for asked, address in found if address)
    of_2021 = next((adjustment for adjustment in years.adjustments(site) if adjustment.year == 2021), None)
    if of_2021 is not None:
        asked = Both("2021年的调整改变了什么？", "What did the adjustment of 2021 change?")
        yield asked, f"{years.PATH}#picture-{of_2021.anchor}"


def counts(site: Site) -> Iterator[tuple[int, Both, str]]:
    """Yield how many there are of what, and the list of them."""
    kg = site.kg
    standing = [s for s in site.corpus.statements.values() if s.withdrawn is None]
    parties = {party for pairing in kg.derived.pairings.values() for party in pairing.parties}
    found = {
        "pairings": (len(kg.derived.pairings), "pairings.html"),
        "places": (len(parties & set(site.corpus.places)), "places.html"),
        "policies": (len(site.corpus.registers["policy"]), "policies.html"),
        "sources": (len(site.corpus.sources), "sources.html"),
        "statements": (len(standing), "sources.html"),
        "figures": (sum(isinstance(s, FigureStatement) for s in standing), "questions.html#figures"),
        "disagreements": (len(kg.derived.disagreements), "disagreements.html"),
    }
    names = {name: Both(WORDS[f"count-{name}"]["zh"], WORDS[f"count-{name}"]["en"]) for name in found}
    names["places"] = Both("结对的地区", "places in pairings")
    for name, (count, target) in found.items():
        yield count, names[name], target


def programme_rows(site: Site) -> Iterator[ProgrammeRow]:
    """Yield the programmes that have pairings, that with most of them first."""
    by_family: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in site.kg.derived.pairings.values():
        by_family[pairing.programme].append(pairing)
    for family in families_of(site):
        pairings = by_family[family]
        years = [term.possible_from.year for pairing in pairings for term in pairing.terms]
        last = max((p.last_confirmed for p in pairings if p.last_confirmed), default=None)
        yield ProgrammeRow(
            site.link("programme", family, PATH),
            swatch(site, family),
            strip(site, family, pairings),
            tuple((status, count) for status, count in tally(site, pairings).items() if count),
            str(min(years)) if years else "—",
            sighted(last),
        )


def swatch(site: Site, family: str) -> Markup:
    """Return the line by which a programme is drawn: its colour and its dash."""
    line = svg.mark("path", d="M0,5H30", fill="none", stroke_dasharray=svg.dash(site, family))
    return svg.mark(
        "svg",
        line,
        viewBox="0 0 30 10",
        width="30",
        height="10",
        aria_hidden="true",
        class_=f"swatch {svg.colour(site, family)}",
    )


def _first_year(site: Site) -> int:
    years = (term.possible_from.year for p in site.kg.derived.pairings.values() for term in p.terms)
    return min(years, default=int(site.corpus.dataset.horizon))


def strip(site: Site, family: str, pairings: list[Pairing]) -> Markup:
    """Return the pairings in force year by year as a small row of bars: certain full, possible pale."""
    first, last = _first_year(site), int(site.corpus.dataset.horizon)
    certain = Counter(year for pairing in pairings for year in pairing.in_force_in)
    possible = Counter(year for pairing in pairings for year in pairing.possibly_in)
    most = max(((certain[y] + possible[y]) for y in range(first, last + 1)), default=0)
    width, height = STRIP
    step = width / (last - first + 1)
    bars = [
        svg.mark(
            "rect",
            x=(y - first) * step,
            y=height - (low + n) / most * height,
            width=max(step - 0.5, 0.4),
            height=n / most * height,
            class_=name,
        )
        for y in range(first, last + 1)
        for name, low, n in (("sure", 0, certain[y]), ("maybe", certain[y], possible[y]))
        if n
    ]
    label = (
        f"{first}至{last}年每年的结对数，最多{most}",
        f"pairings in each year from {first} to {last}, at most {most}",
    )
    return svg.picture(width, height, *bars, label=label, class_=f"strip {svg.colour(site, family)}")


def thumbnail(site: Site) -> Markup:
    """Return the pairings of provinces as of the time of the site, as lines between their seats; no boundaries."""
    at = {place.id: project(place.seat.lat, place.seat.lon) for place in _provinces(site) if place.seat}
    if len(at) < 2:
        return Markup("")
    width, height = THUMBNAIL
    xs, ys = ([point[axis] for point in at.values()] for axis in (0, 1))
    factor = min((width - 60) / max(max(xs) - min(xs), 1), (height - 50) / max(max(ys) - min(ys), 1))
    left, top = (width - (max(xs) - min(xs)) * factor) / 2, (height - (max(ys) - min(ys)) * factor) / 2
    spot = {key: (left + (x - min(xs)) * factor, top + (y - min(ys)) * factor) for key, (x, y) in at.items()}
    lines, roles = [], defaultdict(set)
    for pairing in sorted(site.kg.derived.pairings.values(), key=lambda p: p.slug):
        first, second = pairing.supporter or pairing.parties[0], pairing.recipient or pairing.parties[1]
        status = status_of(pairing, site.as_of)
        if first not in spot or second not in spot or status not in STATUSES[:2]:
            continue
        (x, y), (u, v) = spot[first], spot[second]
        bow = 0.16
        curve = f"M{svg.number(x)},{svg.number(y)}Q{svg.number((x + u) / 2 - (v - y) * bow)},"
        curve += f"{svg.number((y + v) / 2 + (u - x) * bow)} {svg.number(u)},{svg.number(v)}"
        look = f"{svg.colour(site, pairing.programme)} {status}"
        lines.append(
            svg.mark("path", d=curve, class_=look, stroke_dasharray=svg.dash(site, pairing.programme), fill="none")
        )
        roles[first].add("supporter" if pairing.directed else "party")
        roles[second].add("recipient" if pairing.directed else "party")
    dots = [_dot(x, y, roles[key]) for key, (x, y) in spot.items()]
    names = _names(site, spot, roles)
    label = (
        f"{site.as_of.words('zh')}省级结对：{len(lines)}条连线",
        f"pairings of provinces {site.as_of.words('en')}: {len(lines)} lines",
    )
    return svg.picture(width, height, *lines, *dots, *names, label=label, class_="thumbnail")


def _names(site: Site, spot: Mapping[str, tuple[float, float]], roles: Mapping[str, set[str]]) -> list[Markup]:
    """Return the short names where there is room for them: of those in pairings first; a name never hides another."""
    taken = [(x - 6, y - 6, x + 6, y + 6) for key, (x, y) in spot.items() if roles.get(key)]
    names = []
    for key, (x, y) in sorted(spot.items(), key=lambda row: (not roles.get(row[0]), row[0])):
        short = site.corpus.places[key].short[:1]
        for u, v in ((x + 7, y - 7), (x - 21, y - 7), (x - 7, y - 21), (x - 7, y + 7)):
            box = (u, v, u + 14, v + 14)
            if short and not any(_meet(box, other) for other in taken):
                taken.append(box)
                names.append(svg.mark("text", printable(short[0]), x=u, y=v + 12))
                break
    return names


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dot(x: float, y: float, roles: set[str]) -> Markup:
    """Return a place: a dot supports, a triangle receives, a diamond does both, a ring has no direction stated."""
    if {"supporter", "recipient"} <= roles:
        return svg.mark("polygon", points=_points((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)), class_="both")
    if "recipient" in roles:
        corners = _points((x, y - 4.5), (x + 4.5, y + 3.5), (x - 4.5, y + 3.5))
        return svg.mark("polygon", points=corners, class_="recipient")
    look = "supporter" if "supporter" in roles else "party" if roles else "nobody"
    return svg.mark("circle", cx=x, cy=y, r=4.0 if roles else 2.0, class_=look)


def _points(*corners: tuple[float, float]) -> str:
    return " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in corners)


def _provinces(site: Site) -> list[Place]:
    return [place for place in site.corpus.places.values() if place.level == "province"]


def newest(site: Site) -> Iterator[tuple[Markup, Markup, Markup]]:
    """Yield the newest sources: link, date, and who published it."""
    dated_sources = sorted(
        (s for s in site.corpus.sources.values() if s.date), key=lambda s: (s.date.latest if s.date else date.min, s.id)
    )
    for source in dated_sources[: -NEWEST - 1 : -1]:
        grade = bi(*concept("source-grade", source.grade)) if source.grade else Markup("")
        yield site.link("source", source.id, PATH), dated(source.date.text if source.date else None), grade
