"""What is stated of each pairing, year and measure? One state each, from the figures about the pairing itself.

=================  ====================================================================================
state              in a year in which the pairing is certain or possible, up to the horizon
=================  ====================================================================================
``conflicting``    origins disagree on a figure whose period touches the year, and no judgement settles it
``stated``         a counted figure's period lies within the year or contains it
``planned-only``   the same, but every such figure is only planned, agreed or allocated
``searched``       none, and a judgement says that somebody searched for it and found nothing
``not-searched``   none, and nobody is known to have searched
=================  ====================================================================================

The first that holds is the state. ``extent`` is ``year`` where some figure is of that year alone (or of each year of a
span), else ``span``: then only a longer span is known, and nothing of the single year. A figure about a whole
programme, or about several pairings together, states nothing of one pairing. Most triples of pairing, year and
measure are ``not-searched``: they are not listed one by one; a year without any figure asked about is one row, measure
``any``.

``status`` says whether the pairing is certain in the year or only possible: silence about a year in which it may not
have existed is no gap. A row is ``scoped`` where each figure that its state rests on is of a part (of one side, of a
sum) or has a scope in words: whoever cites it as that of the pairing must read it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter

from cooperation_kg.curate.dates import When, parse_when
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.kept import kept
from cooperation_kg.query.report.asked import ANY, Asked
from cooperation_kg.query.report.searches import find_searches
from cooperation_kg.query.tables import counted_figures

STATES = ("conflicting", "stated", "planned-only", "searched", "not-searched")
PLANNED = frozenset({"planned", "agreed", "allocated"})
NO_YEAR = ("undated", "some-time", "straddles", "not-in-force", "after-horizon", "not-asked")
"""Why a figure about a pairing is of no year of the table."""

Key = tuple[str, str, int]
"""(pairing, measure, year)."""


@dataclass(frozen=True)
class Covered:
    """The state of one pairing, year and measure, and the figures, disagreements and judgements behind it."""

    pairing: str
    year: int
    measure: str
    state: str
    extent: str = ""
    figures: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    status: str = "certain"
    scoped: bool = False


@dataclass(frozen=True)
class Coverage:
    """What is stated: ``rows`` that say something, ``silent`` years, and what stands in no year.

    ``years`` are those of each pairing, ``certain`` those of them that are certain; ``elsewhere`` are figures about
    these pairings that are of no year of the table, each with the reason (one of NO_YEAR).
    """

    years: Mapping[str, tuple[int, ...]]
    certain: Mapping[str, frozenset[int]]
    rows: tuple[Covered, ...]
    silent: tuple[Covered, ...]
    elsewhere: tuple[tuple[str, str], ...]

    @property
    def pairing_years(self) -> int:
        """How many pairs of a pairing and a year there are to cover."""
        return sum(len(years) for years in self.years.values())

    def in_force(self, slug: str) -> Mapping[int, bool]:
        """Return the years of a pairing, and whether each is certain."""
        return {year: year in self.certain[slug] for year in self.years[slug]}

    @property
    def certain_years(self) -> int:
        """How many of these are certain."""
        return sum(len(years) for years in self.certain.values())


def find_coverage(kg: KnowledgeGraph, asked: Asked) -> Coverage:
    """Return the coverage of the pairings, years and measures asked about."""
    years = {slug: asked.years_of(pairing) for slug, pairing in asked.pairings.items()}
    figures, elsewhere = _by_key(kg, asked, years)
    conflicts = _conflicts(kg, asked, years)
    searches: dict[Key, list[str]] = defaultdict(list)
    for judgement, slug, measure, year in find_searches(kg.corpus, asked):
        searches[slug, measure, year].append(judgement)
    of_measures = {key for key in searches if key[1] != ANY}
    keys = sorted({*figures, *conflicts, *of_measures}, key=lambda key: (key[0], key[2], key[1]))
    rows = tuple(_row(k, figures.get(k, []), conflicts.get(k, []), searches.get(k, [])) for k in keys)
    certain = {slug: frozenset(asked.pairings[slug].in_force_in).intersection(held) for slug, held in years.items()}
    silent = _with_status(_silent(years, rows, searches), certain)
    return Coverage(years, certain, _with_status(rows, certain), silent, elsewhere)


def _with_status(rows: Iterable[Covered], certain: Mapping[str, frozenset[int]]) -> tuple[Covered, ...]:
    return tuple(row if row.year in certain[row.pairing] else replace(row, status="possible") for row in rows)


def extent_in(figure: FigureStatement, year: int) -> str | None:
    """Return ``year`` where a figure is of that year alone, ``span`` where of a longer span that contains it.

    A figure of "each year" of a span is of every single year of it. One time *some time within* a span, or about a
    year, is of no year unless it cannot lie outside it.
    """
    when = figure.period
    if when is None:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    if first <= when.earliest and when.latest <= last:
        return "year"
    if when.is_some_time_within or (when.approximate and not when.is_interval):
        return None
    begin, end = _sure_span(when)
    if begin <= first and last <= end:
        return "year" if figure.nature == "each-year" else "span"
    return None


def _touched(figure: FigureStatement, years: tuple[int, ...]) -> tuple[int, ...]:
    """Return those of some years that the period of a figure touches."""
    when = figure.period
    return () if when is None else tuple(y for y in years if when.earliest.year <= y <= when.latest.year)


def _sure_span(when: When) -> tuple[date, date]:
    """Return the days that an interval surely spans: "about 1994 to 2014" may have begun as late as 1995."""
    begin = when.first.latest + timedelta(days=1) if when.first.approximate else when.earliest
    end = when.last.earliest - timedelta(days=1) if when.last.approximate else when.latest
    return begin, end


def _by_key(
    kg: KnowledgeGraph, asked: Asked, years: Mapping[str, tuple[int, ...]]
) -> tuple[Mapping[Key, list[tuple[FigureStatement, str]]], tuple[tuple[str, str], ...]]:
    """Return the figures of each pairing, measure and year, with their extent; and those that are of no year."""
    figures: dict[Key, list[tuple[FigureStatement, str]]] = defaultdict(list)
    elsewhere: list[tuple[str, str]] = []
    for slug, figure in _figures(kg, asked):
        extents = {year: extent for year in _touched(figure, years[slug]) if (extent := extent_in(figure, year))}
        for year, extent in extents.items():
            figures[slug, figure.measure, year].append((figure, extent))
        if not extents:
            elsewhere.append((figure.key, _why_elsewhere(figure, asked, slug)))
    return figures, tuple(elsewhere)


def _figures(kg: KnowledgeGraph, asked: Asked) -> Iterator[tuple[str, FigureStatement]]:
    held = _figures_of_pairings(kg)
    found = [(at, slug, figure) for slug in asked.pairings for at, figure in held.get(slug, ())]
    return ((slug, figure) for _, slug, figure in sorted(found, key=itemgetter(0)) if asked.wants(figure.measure))


@kept
def _figures_of_pairings(kg: KnowledgeGraph) -> Mapping[str, list[tuple[int, FigureStatement]]]:
    """Return the figures about each pairing, each with its number among all."""
    found: dict[str, list[tuple[int, FigureStatement]]] = defaultdict(list)
    for at, (figure, (kind, slug)) in enumerate(counted_figures(kg)):
        if kind == "pairing":
            found[slug].append((at, figure))
    return dict(found)


def _why_elsewhere(figure: FigureStatement, asked: Asked, slug: str) -> str:
    when = figure.period
    if when is None:
        return "undated"
    pairing = asked.pairings[slug]
    if not {*pairing.in_force_in, *pairing.possibly_in}.intersection(when.years()):
        return "not-in-force"
    if when.earliest.year > asked.horizon:
        return "after-horizon"
    if not set(asked.years_of(pairing)).intersection(when.years()):
        return "not-asked"
    return "some-time" if when.is_some_time_within or when.approximate else "straddles"


def _conflicts(kg: KnowledgeGraph, asked: Asked, years: Mapping[str, tuple[int, ...]]) -> Mapping[Key, list[str]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for slug, disagreement in kg.derived.disagreements.items():
        kind, name = disagreement.about
        if kind != "cell" or disagreement.settled_by is not None or name not in kg.derived.cells:
            continue
        cell = kg.derived.cells[name]
        if cell.about[0] == "pairing" and cell.about[1] in years and asked.wants(cell.measure) and cell.period:
            for year in set(parse_when(cell.period).years()).intersection(years[cell.about[1]]):
                found[cell.about[1], cell.measure, year].append(slug)
    return found


def _row(key: Key, figures: list[tuple[FigureStatement, str]], conflicts: list[str], searches: list[str]) -> Covered:
    slug, measure, year = key
    done = [(figure, extent) for figure, extent in figures if figure.stage not in PLANNED]
    state = "conflicting" if conflicts else "stated" if done else "planned-only" if figures else "searched"
    behind = done if state == "stated" else figures
    extent = min((extent for _, extent in behind), key=("year", "span").index, default="")
    because = tuple(conflicts) or tuple(dict.fromkeys(searches))
    scoped = bool(behind) and all(f.place or f.part_of or f.scope_note for f, _ in behind)
    keys = tuple(figure.key for figure, _ in figures)
    return Covered(slug, year, measure, state, extent, keys, because, scoped=scoped)


def _silent(
    years: Mapping[str, tuple[int, ...]], rows: tuple[Covered, ...], searches: Mapping[Key, list[str]]
) -> Iterator[Covered]:
    heard = {(row.pairing, row.year) for row in rows if row.state != "searched"}
    searched: dict[tuple[str, int], list[str]] = defaultdict(list)
    for (slug, _, year), judgements in searches.items():
        searched[slug, year] += judgements
    for slug, covered in years.items():
        for year in covered:
            if (slug, year) not in heard:
                because = tuple(dict.fromkeys(searched.get((slug, year), ())))
                yield Covered(slug, year, ANY, "searched" if because else "not-searched", because=because)
