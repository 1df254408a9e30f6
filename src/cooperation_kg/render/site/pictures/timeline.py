"""When did what hold? One lane a programme: how many pairings in each year, documents, and each pairing's years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from cooperation_kg.curate.dates import display
from cooperation_kg.graph.asof import STATUSES, status_of
from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import (
    Column,
    Group,
    Listing,
    Row,
    Table,
    concept,
    dated,
    facet,
    joined,
    keys_of,
    list_page,
    nothing,
    row,
)
from cooperation_kg.render.site.pairing_lists import DIRECTION_NOTE, SILENCE_NOTE, STATUS_NOTE, status_mark
from cooperation_kg.render.site.pictures.acts import Act, acts
from cooperation_kg.render.site.pictures.cited import cited
from cooperation_kg.render.site.svg import bilingual, colour, mark, number, picture, programmes, runs, scale
from cooperation_kg.render.site.ties import STATUS_WORDS, short_years, years_in_words

PATH = "timeline.html"
WIDE, NARROW = 900.0, 360.0
"""The widths of a lane: on a desk and on a phone, in user units, for letters of 12."""
TALL = 64.0
"""The height of the years in a lane."""
ROW = 13.0
"""The height of a row of documents."""
YEAR = 10.0
"""The width of a year in the bar of one pairing."""
Years = tuple[int, int]


def pages(site: Site) -> Iterator[Page]:
    """Yield the timeline; none where no pairing is dated."""
    years = span(site)
    if years is None:
        return
    tables = (_terms_table(site), _documents_table(site))
    rows = [one for table in tables for group in table.groups for one in group.rows]
    families = ((family, site.name("programme", family)) for family in programmes(site))
    listing = Listing(
        PATH,
        Both("时间线", "Timeline"),
        bi(
            "一个机制一栏：每年有多少组结对确定存续、多少组可能存续；菱形是文件，点开可见是谁在哪一天发的。",
            "One lane a programme: how many pairings are certain in each year, and how many possible; diamonds are "
            "documents, whose pages say who issued them and when.",
        )
        + " "
        + site.questions(PATH, "pairings-by-year", "pairing-terms"),
        tables,
        (
            facet("programme", Both("机制", "Programme"), families, rows),
            facet("status", Both("状态", "Status"), STATUS_WORDS.items(), rows),
        ),
        notes=(*NOTES, STATUS_NOTE, DIRECTION_NOTE, SILENCE_NOTE),
        picture=_lanes(site, years),
    )
    page = list_page(site, listing)
    crumbs = (("pictures.html", Both("图表", "Pictures")),)
    yield replace(page, section="pictures.html", crumbs=crumbs, scripts=(*page.scripts, "figure.js"))


NOTES = (
    Both(
        "每栏的纵轴各自为度，最高值写在左上；栏与栏的高低不可相比。没有年份的结对不在图上，组数写在栏名旁。",
        "Every lane has its own scale, with its highest value at the upper left; heights of two lanes cannot be "
        "compared. Pairings that no source dates are not drawn; how many they are stands beside the name.",
    ),
    Both(
        "数的是见于来源的结对：某年柱子低，可能只是那些年的来源少。",
        "What is counted are pairings that sources show: a low year may only be one of which few sources were read.",
    ),
    Both(
        "文件画在最早的日期上；只写到年而他源写到月日的，取月日；只知年份的，画在年中。各来源给出的日期在文件页上并列。",
        "A document is drawn at the earliest of its dates; a year counts only where no source gives the day or month "
        "in it, and is drawn at its middle. Its page has the date that each source gives.",
    ),
)


def span(site: Site) -> Years | None:
    """Return the first and the last year in which a pairing is certain or possible."""
    years = [y for p in site.kg.derived.pairings.values() for y in (*p.in_force_in, *p.possibly_in)]
    return (min(years), max(years)) if years else None


def counted(pairings: Sequence[Pairing]) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Return by year how many pairings are certain and how many are possible; no year with none."""
    certain = Counter(year for p in pairings for year in p.in_force_in)
    possible = Counter(year for p in pairings for year in p.possibly_in)
    return certain, possible


def _lanes(site: Site, years: Years) -> Markup:
    by_family: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in sorted(site.kg.derived.pairings.values(), key=_by_start):
        by_family[pairing.programme].append(pairing)
    acting = acts(site)
    shown = [_lane(site, family, by_family[family], acting.get(family, ()), years) for family in programmes(site)]
    return Markup(environment().get_template("site/timeline.html.j2").render(site=site, bi=bi, lanes=shown))


def _by_start(pairing: Pairing) -> tuple[object, ...]:
    years = (*pairing.in_force_in, *pairing.possibly_in)
    return not years, min(years, default=0), -len(pairing.in_force_in), pairing.slug


def _lane(
    site: Site, family: str, pairings: Sequence[Pairing], acting: Sequence[Act], years: Years
) -> Mapping[str, object]:
    certain, possible = counted(pairings)
    dated_ones = [p for p in pairings if not p.undated]
    undated = len(pairings) - len(dated_ones)
    listed = site.href(f"pairings.html#programme={family}", PATH)
    return {
        "id": f"lane-{family}",
        "name": site.name("programme", family),
        "link": site.link("programme", family, PATH),
        "listed": listed,
        "count": len(pairings),
        "undated": undated,
        "undated_link": f"{listed}&status=undated",
        "colour": colour(site, family),
        "wide": drawing(site, family, pairings, acting, years, WIDE) if dated_ones else "",
        "narrow": drawing(site, family, pairings, acting, years, NARROW) if dated_ones else "",
        "by_year": [
            (year, site.network(PATH, p=family, y=str(year)), certain.get(year, 0), possible.get(year, 0))
            for year in range(years[0], years[1] + 1)
            if certain.get(year) or possible.get(year)
        ],
        "bars": [_bar(site, p, years) for p in dated_ones],
        "bar_width": number((years[1] - years[0] + 1) * YEAR),
    }


def drawing(
    site: Site, family: str, pairings: Sequence[Pairing], acting: Sequence[Act], years: Years, width: float
) -> Markup:
    """Return a lane: documents above, the numbers of pairings by year below them, decades at the foot."""
    first, last = years
    certain, possible = counted(pairings)
    most = max((certain.get(y, 0) + possible.get(y, 0) for y in range(first, last + 1)), default=0)
    marks, rows = _documents(site, acting, years, width)
    top = rows * ROW + 6
    step = width / (last - first + 1)
    columns = [
        _year(
            site, family, year, (certain.get(year, 0), possible.get(year, 0)), most, (step * (year - first), top), step
        )
        for year in range(first, last + 1)
        if certain.get(year) or possible.get(year)
    ]
    foot = top + TALL
    ticks = [
        mark("path", d=f"M{number(x)} {number(top)}V{number(foot + 4)}", class_="tick")
        + mark("text", str(year), x=x + 3, y=foot + 14)
        for year in range((first + 9) // 10 * 10, last + 1, 10)
        for x in (step * (year - first),)
    ]
    base = mark("path", d=f"M0 {number(foot)}H{number(width)}", class_="base")
    high = bilingual(f"最高 {most}", f"most {most}", x=2.0, y=top + 10, class_="most")
    name = site.name("programme", family)
    label = (f"{name.zh}：逐年结对数与文件", f"{name.en}: pairings by year, and documents")
    return picture(width, foot + 20, *ticks, *columns, base, high, *marks, label=label, class_=colour(site, family))


def _year(
    site: Site, family: str, year: int, count: tuple[int, int], most: int, corner: tuple[float, float], step: float
) -> Markup:
    (certain, possible), (x, top) = count, corner
    sure, maybe = (TALL * n / most for n in (certain, possible))
    foot = top + TALL
    words = Both(
        f"{year}年：确定{certain or '无'}{'组' if certain else ''}，可能{possible or '无'}{'组' if possible else ''}",
        f"{year}: {certain or 'none'} certain, {possible or 'none'} possible",
    )
    inside = (
        mark("rect", x=x, y=top, width=step, height=TALL, class_="column"),
        mark("rect", x=x, y=foot - sure, width=step, height=sure, class_="sure") if certain else "",
        mark("rect", x=x, y=foot - sure - maybe, width=step, height=maybe, class_="maybe") if possible else "",
        mark("path", d=f"M{number(x)} {number(foot - sure - maybe)}h{number(step)}", class_="rim") if possible else "",
    )
    return mark(
        "a",
        *inside,
        href=site.network(PATH, p=family, y=str(year)),
        tabindex="-1",  # the same links stand in the table of years below, in reach of the keyboard
        aria_label=words.zh,
        data_label_zh=words.zh,
        data_label_en=words.en,
    )


def _documents(site: Site, acting: Sequence[Act], years: Years, width: float) -> tuple[list[Markup], int]:
    """Return a mark for each document within the years, those close in time above one another, and how many rows."""
    ends: list[float] = []
    placed: list[tuple[Act, float, int]] = []
    for act in acting:
        x = _place(act, years, width)
        if x is None:
            continue
        level = next((i for i, end in enumerate(ends) if end <= x - 5), len(ends))
        ends[level : level + 1] = [x + 6]
        placed.append((act, x, level))
    rows = max(len(ends), 1)
    return [_document(site, act, x, (rows - level) * ROW - 4) for act, x, level in placed], rows


def _place(act: Act, years: Years, width: float) -> float | None:
    when = act.dates[0].when
    middle = when.earliest.toordinal() + (when.latest.toordinal() - when.earliest.toordinal()) / 2
    begin, end = (date(year, 1, 1).toordinal() for year in (years[0], years[1] + 1))
    if not begin <= middle <= end:
        return None
    return min(max(scale(begin, end, 0.0, width, middle), 6.0), width - 6)


def _document(site: Site, act: Act, x: float, y: float) -> Markup:
    name = site.name(act.kind, act.identifier)
    days = Both(*(_day(act, lang) for lang in ("zh", "en")))
    did = sorted({effect.effect for effect in act.effects})
    words = [concept("effect", effect) for effect in did]
    zh = f"（{'、'.join(word.zh for word in words)}）" if words else "（依据）"
    en = f" ({', '.join(word.en for word in words)})" if words else " (basis)"
    major = any(effect in ("establishes", "adjusts", "replaces", "ends", "renames") for effect in did)
    return mark(
        "a",
        mark("path", d=f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z"),
        href=site.href(site.address(act.kind, act.identifier) or "", PATH),
        class_="document major" if major else "document",
        aria_label=f"{days.zh} {name.zh}{zh}",
        data_label_zh=f"{days.zh} {name.zh}{zh}",
        data_label_en=f"{days.en} {name.en}{en}",
    )


def _day(act: Act, lang: str) -> str:
    return display(act.dates[0].when, lang)


def _bar(site: Site, pairing: Pairing, years: Years) -> Mapping[str, object]:
    words = years_in_words(pairing)
    return {
        "href": site.href(site.address("pairing", pairing.slug) or "", PATH),
        "name": Both(*(site.namer.sides(pairing, lang) for lang in ("zh", "en"))),
        "short": short_years(pairing),
        "words": words,
        "sure": _runs(pairing.in_force_in, years[0]),
        "maybe": _runs(pairing.possibly_in, years[0]),
    }


def _runs(found: Sequence[int], first: int) -> list[tuple[str, str]]:
    """Return runs of years as positions and widths in the bar of a pairing."""
    some = (run.split("-") for run in runs(found).split())
    return [(number((int(r[0]) - first) * YEAR), number((int(r[-1]) - int(r[0]) + 1) * YEAR)) for r in some]


def _terms_table(site: Site) -> Table:
    pairings = sorted(
        site.kg.derived.pairings.values(),
        key=lambda p: (programmes(site).index(p.programme), STATUSES.index(status_of(p, site.as_of)), _by_start(p)),
    )
    rows = tuple(one for pairing in pairings for one in _term_rows(site, pairing))
    caption = bi(
        f"{len(pairings)}组结对，{len(rows)}行：有几轮就有几行；起止各有最早与最晚两天（推得），状态{site.as_of.words('zh')}。",
        f"{len(pairings)} pairings in {len(rows)} rows, one for each round; start and end have an earliest and a "
        f"latest day (inferred); status {site.as_of.words('en')}.",
    )
    columns = (
        Column(Both("结对", "Pairing")),
        Column(Both("起", "From")),
        Column(Both("止", "To")),
        Column(Both("状态", "Status")),
        Column(Both("依据", "Basis")),
        Column(Both("陈述", "Statements")),
    )
    return Table(columns, (Group(rows),), caption, "terms", Both("图中的结对", "The pairings of the picture"))


def _term_rows(site: Site, pairing: Pairing) -> Iterator[Row]:
    own = site.href(site.address("pairing", pairing.slug) or "", PATH)
    status = status_of(pairing, site.as_of)
    facets = {"programme": pairing.programme, "status": status}
    names = keys_of(site.name("place", p).zh for p in pairing.parties if p in site.corpus.places)
    name = site.link("pairing", pairing.slug, PATH)
    if pairing.undated:
        unknown = bi("没有来源说明", "no source says")
        says = cited(site, pairing.evidence, PATH, 2, own)
        yield row((name, unknown, unknown, status_mark(status), nothing(), says), keys=names, facets=facets)
    for term in pairing.terms:
        yield row(
            (
                name,
                _start(term),
                _end(term),
                status_mark(status),
                _basis(site, term),
                cited(site, term.evidence, PATH, 2, own),
            ),
            sorts={1: term.possible_from.isoformat(), 2: term.possible_to.isoformat(), 3: STATUSES.index(status)},
            keys=names,
            facets=facets,
        )


def _start(term: Term) -> Markup:
    how = bi(*concept("start-state", term.start_state))
    return _between(term.possible_from.isoformat(), term.certain_from, how)


def _end(term: Term) -> Markup:
    how = bi(*concept("end-state", term.end_state))
    if term.end_state == "last-confirmed":
        last = dated(term.last_confirmed.isoformat()) if term.last_confirmed else nothing()
        return Markup('{} <span class="muted">{}</span>').format(last, how)
    return Markup('{} {} <span class="muted">{}</span>').format(
        bi("至迟", "by"), dated(term.possible_to.isoformat()), how
    )


def _between(first: str, other: object, how: Markup) -> Markup:
    text = dated(first)
    if other is not None and str(other) != first:
        text = dated(f"{first}..{other}")
    return Markup('{} <span class="muted">{}</span>').format(text, how)


def _basis(site: Site, term: Term) -> Markup:
    if term.basis is None:
        return nothing()
    return site.link("policy" if term.basis in site.corpus.registers["policy"] else "event", term.basis, PATH)


def _documents_table(site: Site) -> Table:
    found = acts(site)
    families = [*programmes(site), *sorted(set(found) - set(programmes(site)))]
    rows = tuple(_document_row(site, family, act) for family in families for act in found.get(family, ()))
    caption = bi(
        f"{len(rows)}行：有日期、作用于某一机制的文件与会议，一个机制一行。",
        f"{len(rows)} rows: dated documents and meetings that act on a programme, a row for each programme.",
    )
    columns = (
        Column(Both("文件或会议", "Document or meeting")),
        Column(Both("机制", "Programme")),
        Column(Both("日期", "Dates")),
        Column(Both("作用", "Effect")),
    )
    title = Both("图中的文件与会议", "The documents and meetings of the picture")
    return Table(columns, (Group(rows),), caption, "documents", title)


def _document_row(site: Site, family: str, act: Act) -> Row:
    days = [
        Markup('<div class="partner">{} {} {}</div>').format(
            dated(one.when.text),
            bi(*concept("act", one.act)) if one.act else "",
            cited(site, (one.statement,), PATH, 1),
        )
        for one in act.dates
    ]
    effects = [
        Markup('<div class="partner">{} {}</div>').format(
            bi(*concept("effect", one.effect)), cited(site, (one.statement,), PATH, 1)
        )
        for one in act.effects
    ]
    return row(
        (
            site.link(act.kind, act.identifier, PATH),
            joined([site.link("programme", family, PATH)]),
            Markup("").join(days),
            Markup("").join(effects) or bi("为结对的依据", "basis of pairings"),
        ),
        sorts={2: act.dates[0].when.earliest.isoformat()},
        keys=keys_of([site.name(act.kind, act.identifier).zh]),
        facets={"programme": family},
    )
