"""From when to when did a pairing run, certainly and possibly? The four dates of the model, one term a basis.

Seen at work is not lasted: ``as_of`` confirms, it neither starts nor ends. A pairing is presumed to go on between
two sightings and, only *possibly*, after the last; never to have begun before the first. Where sources differ the
certain pair of dates is the narrower and the possible pair the wider.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import NamedTuple

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.statements import DocumentStatement, PairingStatement
from cooperation_kg.graph.derive.results import Term
from cooperation_kg.graph.derive.weighing import counted_statements, without_set_aside

Span = tuple[date, date]
"""First and last day that one instant can have been."""


@dataclass(frozen=True, slots=True)
class Times:
    """What the statements of one term say, as spans; a loose sighting is some time within its span.

    ``starts``, ``basis`` and ``ends`` hold no span that only says less precisely what another says.
    """

    starts: tuple[Span, ...]
    basis: tuple[Span, ...]
    ends: tuple[Span, ...]
    dues: tuple[Span, ...]
    sightings: tuple[Span, ...]
    loose_sightings: tuple[Span, ...]

    @property
    def is_dated(self) -> bool:
        """Whether any statement gives it a time; an end still to come alone does not."""
        return bool(self.starts or self.basis or self.ends or self.sightings or self.loose_sightings)


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement tells of one term, as spans of its first and last day.

    ``seen`` is a sighting that makes days certain, ``loose`` one of some time within its span. A sighting that spans
    two bases is told of each, divided.
    """

    statement: PairingStatement
    since: Span | None = None
    until: Span | None = None
    due: Span | None = None
    seen: Span | None = None
    loose: Span | None = None

    @property
    def first_day(self) -> date:
        """The first day it speaks of, an end still to come left out; the first of all days where it gives no time."""
        spans = [span for span in (self.seen, self.loose, self.since, self.until) if span]
        return min((first for first, _ in spans), default=date.min)


class ToldTerm(NamedTuple):
    """A term before anything outside the pairing closes it, what each statement tells of it, and all they tell."""

    term: Term
    told: tuple[Told, ...]
    times: Times


def _told_by(statement: PairingStatement) -> Told:
    seen = statement.as_of
    return Told(
        statement,
        since=_span(statement.since) if statement.since else None,
        until=_span(statement.until) if statement.until else None,
        due=_span(statement.due) if statement.due else None,
        seen=_span(seen) if seen and not _is_loose(seen) else None,
        loose=_span(seen) if seen and _is_loose(seen) else None,
    )


def policy_dates(corpus: Corpus) -> Mapping[str, tuple[When, ...]]:
    """Return for every policy the dates that documents give it, in the order of the corpus."""
    dates: dict[str, dict[str, When]] = defaultdict(dict)
    for statement in counted_statements(corpus):
        if isinstance(statement, DocumentStatement) and statement.date is not None:
            dates[statement.policy][statement.key] = statement.date
    return {policy: tuple(found[key] for key in without_set_aside(corpus, found)) for policy, found in dates.items()}


def find_terms(
    corpus: Corpus, statements: Sequence[PairingStatement], dates: Mapping[str, tuple[When, ...]]
) -> tuple[Term, ...]:
    """Return the terms of one pairing in order of time; none where no statement gives a time.

    Parameters
    ----------
    statements: all that make this pairing.
    dates: the dates of the policies, see ``policy_dates``.
    """
    return tuple(found.term for found in terms_with_told(corpus, statements, dates))


def terms_with_told(
    corpus: Corpus, statements: Sequence[PairingStatement], dates: Mapping[str, tuple[When, ...]]
) -> tuple[ToldTerm, ...]:
    """Return the terms of `find_terms`, each with what the statements tell of it: who asks why needs both."""
    horizon = date(int(corpus.dataset.horizon), 12, 31)
    groups = ((basis, group, _times(corpus, group, basis, dates)) for basis, group in _by_basis(statements, dates))
    found = [ToldTerm(_term(b, group, times, horizon), group, times) for b, group, times in groups if times.is_dated]
    found.sort(key=lambda f: (f.term.possible_from, f.term.certain_from or date.max, f.term.basis or ""))
    closed = _replaced([one.term for one in found])
    return tuple(one._replace(term=replace(closed[n], number=n + 1)) for n, one in enumerate(found))


def years_of(terms: Iterable[Term], first: str, last: str) -> set[int]:
    """Return the calendar years that the intervals between two of the four dates touch."""
    spans = ((getattr(term, first), getattr(term, last)) for term in terms)
    return {year for begin, end in spans if begin and end for year in range(begin.year, end.year + 1)}


def _by_basis(
    statements: Sequence[PairingStatement], dates: Mapping[str, tuple[When, ...]]
) -> list[tuple[str | None, tuple[Told, ...]]]:
    """Group what is told by basis; what is told without one goes to the basis that ran at that time.

    A sighting that spans two bases is divided between them. What lies before the year of the first basis, or after
    the stated end of a basis, speaks of a term of its own.
    """
    first_days = {s.basis: _first_day(s.basis, statements, dates) for s in statements if s.basis}
    bases = sorted(first_days, key=lambda basis: (first_days[basis], basis))
    if not bases:
        return _by_runs(statements)
    before, after = -1, len(bases)
    groups: dict[int, list[Told]] = {index: [] for index in range(before, after + 1)}
    ends = {
        basis: max(s.until.latest for s in statements if s.basis == basis and s.until)
        for basis in {s.basis for s in statements if s.basis and s.until}
    }
    for statement in statements:
        if statement.basis:
            groups[bases.index(statement.basis)].append(_told_by(statement))
            continue
        for index, told in _divided(_told_by(statement), [first_days[basis] for basis in bases]):
            ended = index > before and ends.get(bases[index], date.max) < told.first_day
            groups[after if ended else index].append(told)
    return [(bases[i] if before < i < after else None, tuple(group)) for i, group in groups.items() if group]


def _divided(told: Told, first_days: Sequence[date]) -> Iterator[tuple[int, Told]]:
    """Yield what a statement tells of each term, by the index of the term; the terms begin on ``first_days``.

    What lies in an earlier year than the first of them has the index -1: no basis is known for it.
    """

    def running_on(day: date) -> int:
        index = bisect_right(first_days, day) - 1
        return 0 if index < 0 and day.year == first_days[0].year else index

    parts: dict[int, Told] = defaultdict(lambda: Told(told.statement))
    if told.since:
        index = running_on(told.since[1])
        if index + 1 < len(first_days) and first_days[index + 1].year == told.since[1].year:
            index += 1  # "since July 2016" is the start of what was ordered in October 2016
        parts[index] = replace(parts[index], since=told.since)
    if told.seen:
        first, last = running_on(told.seen[0]), running_on(told.seen[1])
        for index in range(first, last + 1):
            begin = told.seen[0] if index == first else first_days[index]
            end = told.seen[1] if index == last else first_days[index + 1] - timedelta(days=1)
            parts[index] = replace(parts[index], seen=(begin, end))
    if told.loose:
        index = running_on(told.loose[1])
        parts[index] = replace(parts[index], loose=told.loose)
    if told.until:
        index = running_on(told.until[0])
        parts[index] = replace(parts[index], until=told.until)
    if told.due or not parts:
        index = max(parts, default=0) if told.due else 0
        parts[index] = replace(parts[index], due=told.due)
    yield from sorted(parts.items())


def _by_runs(statements: Sequence[PairingStatement]) -> list[tuple[str | None, tuple[Told, ...]]]:
    """Split what is told after every stated end from what ended: two runs are two terms."""
    told = tuple(_told_by(statement) for statement in statements)
    ends = [s.until.latest for s in statements if s.until]
    begins = {s.key: s.since.earliest for s in statements if s.since}
    later = [s for s in statements if ends and begins.get(s.key, date.min) > min(ends)]
    last = max((s.since.earliest for s in later if s.since), default=None)
    if last is None:
        return [(None, told)]
    second = tuple(one for one in told if one.first_day >= last)
    return [(None, tuple(one for one in told if one not in second)), (None, second)]


def _first_day(basis: str, statements: Iterable[PairingStatement], dates: Mapping[str, tuple[When, ...]]) -> date:
    stated = [s.since.earliest for s in statements if s.basis == basis and s.since]
    issued = [first for first, _ in _sharpest(_spans(dates.get(basis, ())))]
    seen = [s.as_of.earliest for s in statements if s.basis == basis and s.as_of]
    return min(stated or issued or seen or [date.max])


def _times(corpus: Corpus, group: Sequence[Told], basis: str | None, dates: Mapping[str, tuple[When, ...]]) -> Times:
    def said(name: str) -> tuple[Span, ...]:
        found = {told.statement.key: getattr(told, name) for told in group if getattr(told, name) is not None}
        return tuple(found[key] for key in without_set_aside(corpus, found))

    return Times(
        starts=_sharpest(said("since")),
        basis=_sharpest(_spans(dates.get(basis or "", ()))),
        ends=_sharpest(said("until")),
        dues=said("due"),
        sightings=said("seen"),
        loose_sightings=said("loose"),
    )


def _spans(times: Iterable[When]) -> tuple[Span, ...]:
    return tuple(_span(when) for when in times)


def _span(when: When) -> Span:
    return when.earliest, when.latest


def _sharpest(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Leave out each span that another lies inside: "2016" differs from "October 2016" in precision alone."""
    return tuple(
        span
        for span in spans
        if not any(span[0] <= other[0] and other[1] <= span[1] and other != span for other in spans)
    )


def _is_loose(when: When) -> bool:
    """Return whether a sighting may be any time of its span: [2012..2020], 2016~."""
    return when.is_some_time_within or when.approximate


def _term(basis: str | None, group: Sequence[Told], times: Times, horizon: date) -> Term:
    start_state, possible_from, certain_from = _start(times)
    end_state, certain_to, possible_to = _end(times, certain_from, horizon)
    if certain_from is not None and certain_to is not None:
        certain_from = min(certain_from, certain_to)
        possible_from, possible_to = min(possible_from, certain_from), max(possible_to, certain_to)
    return Term(
        0,
        basis,
        possible_from,
        certain_from,
        certain_to,
        max(possible_from, possible_to),
        start_state,
        end_state,
        certain_to,
        tuple(told.statement.key for told in group),
    )


def _start(times: Times) -> tuple[str, date, date | None]:
    """Return the start state, the first possible day and the first certain day, if any day is certain."""
    firm = [first for first, _ in times.sightings]
    for state, spans in (("stated", times.starts), ("from-basis", times.basis)):
        if spans:
            earliest, latest = min(first for first, _ in spans), max(last for _, last in spans)
            # "seen in 2016" of what began in October 2016 says nothing of the months before
            seen = [max(first, earliest) if last >= earliest else first for first, last in times.sightings]
            return state, earliest, min([latest, *seen])
    loose = [first for first, _ in times.loose_sightings]
    seen = [*firm, *loose] or [first for first, _ in times.ends]
    certain = firm or ([] if loose else seen)
    return "first-seen", min(seen), min(certain, default=None)


def _end(times: Times, certain_from: date | None, horizon: date) -> tuple[str, date | None, date]:
    """Return the end state, the last certain day, if any, and the last possible day."""
    firm = [last for _, last in times.sightings]
    confirmed = max([*firm, *([certain_from] if certain_from else [])], default=None)
    if times.ends:
        first_end, last_end = min(first for first, _ in times.ends), max(last for _, last in times.ends)
        return "ended", first_end if confirmed else None, max([last_end, *firm])
    if times.dues:
        return "due", confirmed, max(last for _, last in times.dues)
    return "last-confirmed", confirmed, horizon


def _replaced(terms: Sequence[Term]) -> list[Term]:
    """Close each term whose successor, under a later basis, has begun."""
    closed: list[Term] = []
    for term, following in zip_longest(terms, terms[1:]):
        if following is None or term.end_state == "ended":
            closed.append(term)
            continue
        begins = following.certain_from or following.possible_from
        until = max(term.certain_from or term.possible_from, min(term.possible_to, begins))
        certain_to = min(term.certain_to, until) if term.certain_to else None
        closed.append(
            replace(term, end_state="replaced", certain_to=certain_to, possible_to=until, last_confirmed=certain_to)
        )
    return closed
