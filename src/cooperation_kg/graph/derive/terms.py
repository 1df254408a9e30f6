"""From when to when did a pairing run, certainly and possibly? The four dates of the model, one term a basis.

Seen at work is not lasted: ``as_of`` confirms, it neither starts nor ends. A pairing is presumed to go on between
two sightings and, only *possibly*, after the last; never to have begun before the first. Where sources differ the
certain pair of dates is the narrower and the possible pair the wider.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.statements import DocumentStatement, PairingStatement
from cooperation_kg.graph.derive.results import Term
from cooperation_kg.graph.derive.weighing import counted_statements, without_set_aside

Span = tuple[date, date]
"""First and last day that one instant can have been."""


@dataclass(frozen=True)
class _Times:
    """What the statements of one term say, as spans; a loose sighting is some time within its span."""

    starts: tuple[Span, ...]
    basis: tuple[Span, ...]
    ends: tuple[Span, ...]
    dues: tuple[Span, ...]
    sightings: tuple[Span, ...]
    loose_sightings: tuple[Span, ...]

    @property
    def is_dated(self) -> bool:
        return bool(self.starts or self.basis or self.ends or self.sightings or self.loose_sightings)


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
    horizon = date(int(corpus.dataset.horizon), 12, 31)
    groups = _by_basis(statements, dates)
    terms = [
        _term(corpus, basis, group, dates, horizon)
        for basis, group in groups
        if _times(corpus, group, basis, dates).is_dated
    ]
    terms.sort(key=lambda term: (term.possible_from, term.certain_from or date.max, term.basis or ""))
    return tuple(replace(term, number=n) for n, term in enumerate(_replaced(terms), start=1))


def years_of(terms: Iterable[Term], first: str, last: str) -> set[int]:
    """Return the calendar years that the intervals between two of the four dates touch."""
    spans = ((getattr(term, first), getattr(term, last)) for term in terms)
    return {year for begin, end in spans if begin and end for year in range(begin.year, end.year + 1)}


def _by_basis(
    statements: Sequence[PairingStatement], dates: Mapping[str, tuple[When, ...]]
) -> list[tuple[str | None, tuple[PairingStatement, ...]]]:
    """Group by basis; a statement without basis joins the latest basis that began before what it tells.

    What it tells may lie after the stated end of that basis: then it speaks of a term of its own.
    """
    bases = sorted(
        {s.basis for s in statements if s.basis}, key=lambda basis: (_first_day(basis, statements, dates), basis)
    )
    if not bases:
        return _by_runs(statements)
    groups: dict[str | None, list[PairingStatement]] = {basis: [] for basis in bases}
    for statement in statements:
        basis = statement.basis or _basis_for(statement, bases, statements, dates)
        groups.setdefault(basis, []).append(statement)
    return [(basis, tuple(group)) for basis, group in groups.items()]


def _by_runs(statements: Sequence[PairingStatement]) -> list[tuple[str | None, tuple[PairingStatement, ...]]]:
    """Split what is told after every stated end from what ended: two runs are two terms."""
    ends = [s.until.latest for s in statements if s.until]
    begins = {s.key: s.since.earliest for s in statements if s.since}
    later = [s for s in statements if ends and begins.get(s.key, date.min) > min(ends)]
    last = max((s.since.earliest for s in later if s.since), default=None)
    if last is None:
        return [(None, tuple(statements))]
    second = [s for s in statements if min((w.earliest for w in _told(s)), default=date.min) >= last]
    first = [s for s in statements if s not in second]
    return [(None, tuple(first)), (None, tuple(second))]


def _told(statement: PairingStatement) -> list[When]:
    return [when for when in (statement.as_of, statement.since, statement.until) if when]


def _basis_for(
    statement: PairingStatement,
    bases: Sequence[str],
    statements: Sequence[PairingStatement],
    dates: Mapping[str, tuple[When, ...]],
) -> str | None:
    told = _told(statement)
    if not told:
        return bases[0]
    last_day = max(when.latest for when in told)
    begun = [basis for basis in bases if _first_day(basis, statements, dates) <= last_day]
    if not begun:
        return bases[0]
    ends = [s.until.latest for s in statements if s.basis == begun[-1] and s.until]
    return None if ends and max(ends) < min(when.earliest for when in told) else begun[-1]


def _first_day(basis: str, statements: Iterable[PairingStatement], dates: Mapping[str, tuple[When, ...]]) -> date:
    stated = [s.since.earliest for s in statements if s.basis == basis and s.since]
    issued = [when.earliest for when in dates.get(basis, ())]
    seen = [s.as_of.earliest for s in statements if s.basis == basis and s.as_of]
    return min(stated or issued or seen or [date.max])


def _times(
    corpus: Corpus,
    group: Sequence[PairingStatement],
    basis: str | None,
    dates: Mapping[str, tuple[When, ...]],
) -> _Times:
    def said(name: str) -> list[When]:
        found = {s.key: getattr(s, name) for s in group if getattr(s, name) is not None}
        return [found[key] for key in without_set_aside(corpus, found)]

    seen = said("as_of")
    return _Times(
        starts=_spans(said("since")),
        basis=_spans(dates.get(basis or "", ())),
        ends=_spans(said("until")),
        dues=_spans(said("due")),
        sightings=_spans(when for when in seen if not _is_loose(when)),
        loose_sightings=_spans(when for when in seen if _is_loose(when)),
    )


def _spans(times: Iterable[When]) -> tuple[Span, ...]:
    return tuple((when.earliest, when.latest) for when in times)


def _is_loose(when: When) -> bool:
    """Return whether a sighting may be any time of its span: [2012..2020], 2016~."""
    return when.is_some_time_within or when.approximate


def _term(
    corpus: Corpus,
    basis: str | None,
    group: Sequence[PairingStatement],
    dates: Mapping[str, tuple[When, ...]],
    horizon: date,
) -> Term:
    times = _times(corpus, group, basis, dates)
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
        tuple(s.key for s in group),
    )


def _start(times: _Times) -> tuple[str, date, date | None]:
    """Return the start state, the first possible day and the first certain day, if any day is certain."""
    firm = [first for first, _ in times.sightings]
    for state, spans in (("stated", times.starts), ("from-basis", times.basis)):
        if spans:
            latest = max(last for _, last in spans)
            return state, min(first for first, _ in spans), min([latest, *firm])
    loose = [first for first, _ in times.loose_sightings]
    seen = [*firm, *loose] or [first for first, _ in times.ends]
    certain = firm or ([] if loose else seen)
    return "first-seen", min(seen), min(certain, default=None)


def _end(times: _Times, certain_from: date | None, horizon: date) -> tuple[str, date | None, date]:
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
