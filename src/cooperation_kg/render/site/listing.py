"""What is a list of the site? Tables whose rows can be filtered and sorted, and which are whole without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from cooperation_kg.curate.dates import BadDate, display, parse_when
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.names import fold
from cooperation_kg.query.search_keys import initials, spellings
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page

SEVERAL = Both("、", ", ")
NO_PICTURE = Markup("")


@dataclass(frozen=True)
class Column:
    """A column: its heading; whether it holds numbers; whether readers may sort by it."""

    title: Both
    number: bool = False
    sorts: bool = True


@dataclass(frozen=True)
class Row:
    """A row: cells as shown; by what it sorts, per cell (None: by what is shown); what else finds it; its facets.

    ``facets`` are (name, values joined by a space); ``depth`` says how deep a place lies inside another.
    """

    cells: tuple[Markup, ...]
    sorts: tuple[str | None, ...]
    keys: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    depth: int = 0


@dataclass(frozen=True)
class Group:
    """Rows under one heading of a table."""

    rows: tuple[Row, ...]
    identifier: str = ""
    title: Markup | None = None


@dataclass(frozen=True)
class Table:
    """A table with its caption."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    caption: Markup
    identifier: str = ""
    title: Both | None = None


@dataclass(frozen=True)
class Facet:
    """A choice by which rows are narrowed."""

    name: str
    title: Both
    options: tuple[tuple[str, Both], ...]


@dataclass(frozen=True)
class Listing:
    """A page of tables. ``jumps`` lead to groups; ``notes`` say how to read it; a ``picture`` stands above them."""

    path: str
    title: Both
    lead: Markup
    tables: tuple[Table, ...]
    facets: tuple[Facet, ...] = ()
    jumps: tuple[tuple[str, Both], ...] = ()
    notes: tuple[Both, ...] = ()
    picture: Markup = NO_PICTURE


def list_page(site: Site, listing: Listing) -> Page:
    """Return a listing as a page."""
    body = environment().get_template("site/list.html.j2").render(site=site, bi=bi, listing=listing)
    return Page(listing.path, listing.title, Markup(body), scripts=("list.js",))


def row(
    cells: Iterable[Markup | str | int],
    *,
    sorts: Mapping[int, str | int] | None = None,
    keys: str = "",
    facets: Mapping[str, str] | None = None,
    depth: int = 0,
) -> Row:
    """Return a row; ``sorts`` gives by column what it sorts by where that is not what is shown."""
    shown = tuple(cell if isinstance(cell, Markup) else bi(cell, cell) for cell in cells)
    given = sorts or {}
    by = tuple(str(given[at]) if at in given else None for at in range(len(shown)))
    return Row(shown, by, keys, tuple((facets or {}).items()), depth)


def keys_of(names: Iterable[str]) -> str:
    """Return what names are typed as in Latin letters, for the filter.

    >>> keys_of(["京蒙"])
    'jingmeng jm'
    """
    folded = dict.fromkeys(fold(name) for name in names)
    found = {key for name in folded if not name.isascii() for key in (*spellings(name), *initials(name))}
    return " ".join(sorted(key for key in found if key and key.isascii()))


def concept(scheme: str, notation: str) -> Both:
    """Return the label of a concept in both languages."""
    label = load_ontology().concepts[scheme][notation]
    return Both(label.zh, label.en)


def dated(text: str | None) -> Markup:
    """Return a time as readers of each language write it, and a dash where there is none.

    >>> dated("2021-03")
    Markup('<span lang="zh-Hans">2021年3月</span><span lang="en">March 2021</span>')
    """
    if not text:
        return nothing()
    first, several, last = text.partition("..")
    try:
        zh, en = ([display(parse_when(one), lang) for one in (first, last) if one] for lang in ("zh", "en"))
    except BadDate:
        return bi(text, text)
    return bi(f"{zh[0]}至{zh[1]}之间", f"between {en[0]} and {en[1]}") if several else bi(zh[0], en[0])


def sighted(day: date | None) -> Markup:
    """Return the last day of a sighting no more precisely than it can be meant: the end of a year is that year.

    >>> sighted(date(2026, 12, 31)), sighted(date(2026, 1, 31)) == dated("2026-01")
    (Markup('<span lang="zh-Hans">2026年</span><span lang="en">2026</span>'), True)
    """
    if day is None:
        return nothing()
    if (day.month, day.day) == (12, 31):
        return dated(str(day.year))
    return dated(day.strftime("%Y-%m") if (day + timedelta(days=1)).day == 1 else day.isoformat())


def nothing() -> Markup:
    """Return what stands where no source says anything: a dash, spoken as such."""
    return Markup('<span class="none">—</span>')


def joined(parts: Iterable[Markup]) -> Markup:
    """Return several pieces in one line, with the comma of each language; a dash where there are none."""
    pieces = list(parts)
    return bi(*SEVERAL).join(pieces) if pieces else nothing()


def facet(name: str, title: Both, options: Iterable[tuple[str, Both]], rows: Iterable[Row]) -> Facet:
    """Return a facet with those of the options that a row has."""
    used = {value for one in rows for key, values in one.facets if key == name for value in values.split()}
    return Facet(name, title, tuple((value, label) for value, label in options if value in used))


def concept_options(scheme: str) -> Iterator[tuple[str, Both]]:
    """Yield every concept of a scheme as an option."""
    for notation in load_ontology().concepts[scheme]:
        yield notation, concept(scheme, notation)


def decades(years: Iterable[int]) -> Iterator[tuple[str, Both]]:
    """Yield the decades of years, newest first, as options."""
    for decade in sorted({year // 10 * 10 for year in years}, reverse=True):
        yield f"{decade}s", Both(f"{decade}年代", f"{decade}s")
