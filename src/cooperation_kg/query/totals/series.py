"""What is told of each single year, and where is nothing told? Gaps stay gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cooperation_kg.query.totals.figures import Figure, Span, are_whole_years


@dataclass(frozen=True)
class YearRow:
    """One year: figures of exactly that year; of a part of it; and longer spans that hold it."""

    year: int
    exact: tuple[Figure, ...]
    within: tuple[Figure, ...]
    covering: tuple[Figure, ...]

    @property
    def is_gap(self) -> bool:
        """Whether no figure is of exactly this year."""
        return not self.exact


@dataclass(frozen=True)
class Series:
    """The years of one nature and stage."""

    nature: str
    stage: str
    unit: str
    rows: tuple[YearRow, ...]


def series_of(figures: Iterable[Figure], asked: Span | None = None) -> Series | None:
    """Return the years of the figures of one kind; None where there are none that are sure of their time.

    A flow is of a year where its period is that calendar year; an each-year value of every whole year of its period;
    a stock of the year that its time lies in.

    Parameters
    ----------
    figures: of one measure, unit, nature and stage.
    asked: the span whose years are wanted; that of the figures without it.
    """
    known = [figure for figure in figures if figure.period is not None and not figure.is_vague_in_time]
    if not known:
        return None
    first = asked[0] if asked else min(figure.span[0] for figure in known)
    last = asked[1] if asked else max(figure.span[1] for figure in known)
    kind = known[0]
    rows = tuple(_row(year, known) for year in range(first.year, last.year + 1))
    return Series(kind.nature, kind.stage, kind.unit, rows)


def gaps_of(rows: Sequence[YearRow]) -> tuple[int, ...]:
    """Return the years without a figure of their own."""
    return tuple(row.year for row in rows if row.is_gap)


def _row(year: int, figures: Iterable[Figure]) -> YearRow:
    start, end = date(year, 1, 1), date(year, 12, 31)
    exact, within, covering = [], [], []
    for figure in figures:
        first, last = figure.span
        if last < start or end < first:
            continue
        if _is_of_year(figure, start, end):
            exact.append(figure)
        elif start <= first and last <= end:
            within.append(figure)
        else:
            covering.append(figure)
    return YearRow(year, tuple(exact), tuple(within), tuple(covering))


def _is_of_year(figure: Figure, start: date, end: date) -> bool:
    first, last = figure.span
    if figure.nature == "stock":
        return start <= first and last <= end
    if figure.nature == "each-year":
        return first <= start and end <= last and are_whole_years(figure.span)
    return (first, last) == (start, end)
