"""When may a pairing be in force, and when is it certain? Spans of days that do not overlap, from its terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from cooperation_kg.graph.derive.results import Pairing

DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days from ``first`` to ``last``, both inclusive."""

    first: date
    last: date


def spells(pairing: Pairing) -> tuple[Span, ...]:
    """Return the spans in which a pairing is in force, certainly or possibly; none for an undated one.

    Terms that overlap or follow each other day by day are one span: formats for tools know no two spells at a time.
    A term without a known end reaches the horizon of the data.
    """
    return joined(Span(term.possible_from, term.possible_to) for term in pairing.terms)


def certain_spells(pairing: Pairing) -> tuple[Span, ...]:
    """Return the spans in which a pairing is certainly in force."""
    return joined(Span(t.certain_from, t.certain_to) for t in pairing.terms if t.certain_from and t.certain_to)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap or touch made one.

    >>> joined([Span(date(2001, 1, 1), date(2002, 12, 31)), Span(date(2003, 1, 1), date(2003, 12, 31))])
    (Span(first=datetime.date(2001, 1, 1), last=datetime.date(2003, 12, 31)),)
    """
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last + DAY:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)
