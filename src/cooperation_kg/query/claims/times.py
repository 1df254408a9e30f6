"""Is a figure of the record of the time that the sentence names? The same, one said less exactly, or another."""

from __future__ import annotations

from cooperation_kg.curate.dates import When, parse_when
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.query.claims.periods import Period

TIMES = ("same", "loose", "other", "none")
"""How near a time is: the same; one that the sentence says less exactly; another that overlaps; none in common."""


def time_relation(
    statement: FigureStatement, periods: tuple[Period, ...], *, each_year: bool = False, is_total: bool = False
) -> str:
    """Return same, loose, other or none: how the time of a figure stands to the times of a sentence.

    Parameters
    ----------
    each_year: the sentence says its quantity of every year. is_total: it says a total (累计), so that a plain year is
        the year up to which it was counted.
    """
    known: When | None = statement.period
    if not periods:
        return "same" if known is None else "loose"
    if known is None:
        return "other"
    told = (_one_time(statement, known, period, each_year, is_total) for period in _joined(periods))
    return min(told, key=TIMES.index)


def _joined(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Return the times of a claim: since one and until another is one interval; a mere length only where it is all."""
    since = next((p for p in periods if p.kind == "since"), None)
    until = next((p for p in periods if p.kind == "until"), None)
    exact = tuple(p for p in periods if p.kind != "length") or periods
    if since and until and since.when and until.when and since.when.earliest <= until.when.earliest:
        when = parse_when(f"{since.when.first.text}/{until.when.last.text}")
        whole = Period("in", f"{since.text}…{until.text}", since.start, until.end, when)
        return (whole, *(p for p in exact if p not in (since, until)))
    return exact


def _one_time(statement: FigureStatement, known: When, period: Period, each_year: bool, is_total: bool) -> str:
    if period.when is None:
        return _of_length(statement, known, period.years or 0)
    said = period.when
    if statement.nature == "each-year":
        return _yearly(known, said, period.kind, each_year)
    if each_year:
        return "other" if said.overlaps(known) else "none"
    if period.kind == "since":
        begins = known.is_interval and known.start.earliest.year == said.earliest.year
        return "same" if begins else "other" if known.latest >= said.earliest else "none"
    counts_up_to = period.kind == "until" or (is_total and not said.is_interval)
    if counts_up_to and _ends_with(known, said, statement.nature):
        return "same"
    return _in_time(known, said, statement.nature)


def _of_length(statement: FigureStatement, known: When, years: int) -> str:
    if statement.nature == "stock" or not known.is_interval:
        return "none"
    touched = len(known.years())
    return "loose" if years in (touched, touched - 1) else "other"


def _yearly(known: When, said: When, kind: str, each_year: bool) -> str:
    if not known.overlaps(said):
        return "none"
    inside = known.contains(said)
    if each_year:
        return "same" if _same_years(known, said) or kind == "since" else "loose" if inside else "other"
    return "loose" if inside and len(said.years()) == 1 else "other"


def _ends_with(known: When, said: When, nature: str) -> bool:
    """Whether a figure ends when the sentence stops counting, as exactly as the less exact of the two says."""
    if nature == "flow" and not known.is_interval:
        return False
    end = known.end
    if said.earliest <= end.latest <= said.latest:
        return True
    return end.earliest <= said.latest <= end.latest and end.latest.year == said.latest.year


def _same_years(one: When, other: When) -> bool:
    return (one.earliest.year, one.latest.year) == (other.earliest.year, other.latest.year)


def _in_time(known: When, said: When, nature: str) -> str:
    if (known.earliest, known.latest) == (said.earliest, said.latest):
        return "same"
    if not known.overlaps(said):
        return "none"
    if nature == "stock":
        both_plain = not said.is_interval and not known.is_interval
        return "loose" if both_plain and (said.contains(known) or known.contains(said)) else "other"
    if known.is_interval and said.is_interval and _same_years(known, said):
        return "loose"
    return "loose" if known.is_some_time_within and known.contains(said) else "other"
