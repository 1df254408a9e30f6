"""Which statements gave each of the four dates of a term, and by which rule?

The dates themselves come from ``graph/derive/terms.py``; here each is traced back to the times that the statements
tell (docs/time.md has the rules).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cooperation_kg.curate.statements import PairingStatement, PolicyEffectStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.graph.derive.terms import Told, terms_with_told
from cooperation_kg.graph.derive.weighing import without_set_aside
from cooperation_kg.query.show.parts import Cites, Part, Said, part
from cooperation_kg.query.tables import dating_documents

FOUR = ("possible_from", "certain_from", "certain_to", "possible_to")
"""The four dates of a term, in order of time."""

RULES: Mapping[str, tuple[str, str]] = {
    "stated-start": ("来源写明的起始", "stated start"),
    "earliest-of-differing-starts": ("来源所说起始不一，取最早者", "sources differ on the start: the earliest"),
    "latest-of-differing-starts": ("来源所说起始不一，取最晚者", "sources differ on the start: the latest"),
    "basis-date": ("未写明起始，取政策依据的日期", "no start stated: the date of the policy it rests on"),
    "earliest-of-basis-dates": (
        "依据的日期各说不一，取最早者",
        "sources differ on the date of the basis: the earliest",
    ),
    "latest-of-basis-dates": ("依据的日期各说不一，取最晚者", "sources differ on the date of the basis: the latest"),
    "first-seen": ("最早所见", "first seen at work"),
    "seen-before": ("起始说法之前或之中已见", "seen at work before the start need have passed"),
    "some-time-within": ("只见于某时段之内，取其首日", "seen some time within a span: its first day"),
    "known-from-its-end": ("只由其终止得知", "known only from its end"),
    "stated-end": ("来源写明的终止", "stated end"),
    "earliest-of-differing-ends": ("来源所说终止不一，取最早者", "sources differ on the end: the earliest"),
    "latest-of-differing-ends": ("来源所说终止不一，取最晚者", "sources differ on the end: the latest"),
    "last-seen": ("最后所见", "last seen at work"),
    "start-confirms": (
        "起始之后未再见到，起始即最后确认",
        "not seen after its start: the start is the last confirmation",
    ),
    "seen-after-end": ("终止之后仍见", "seen after the stated end"),
    "due": ("文件定下的期限", "an end that a document sets"),
    "horizon": ("没有来源说明终止，至数据末年", "no end stated: the last year that the data cover"),
    "next-basis-begins": ("由下一份依据取代", "replaced by the next basis, which begins then"),
    "already-replaced": (
        "下一份依据此前已起始，只保留这一天",
        "the next basis had begun by then: this day alone is kept",
    ),
    "policy-effect": ("政策终止或取代了它", "a policy ended or replaced it"),
    "list-complete": ("判为完整的名单未列它", "a list judged complete leaves it out"),
    "divided": ("所见跨两份依据，在此分开", "a sighting spans two bases and is divided here"),
    "not-after-the-end": ("不晚于最后确定之日", "not after the last certain day"),
    "not-before-certain": ("不早于最后确定之日", "not before the last certain day"),
}
"""How a date can have come about, in words."""

_START_RULES = {
    "stated": ("stated-start", "-of-differing-starts"),
    "from-basis": ("basis-date", "-of-basis-dates"),
}

Spans = Mapping[str, tuple[date, date]]


@dataclass(frozen=True)
class Reason:
    """One of the four dates of a term (None: no day is certain), the rule behind it, the statements that gave it."""

    term: int
    which: str
    day: date
    rule: str
    statements: tuple[str, ...]

    @property
    def words(self) -> Said:
        """The rule in words."""
        return Said(*RULES[self.rule], self.rule)


def reasons_of(kg: KnowledgeGraph, pairing: Pairing) -> tuple[Reason, ...]:
    """Return why each term of a pairing has the dates it has, in the order of the terms.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> reasons_of(kg, kg.derived.pairings["east-west.beijing.inner-mongolia"])[0].rule
    'stated-start'
    """
    return tuple(reason for tracer in _tracers(kg, pairing) for reason in tracer.reasons())


def dates_part(kg: KnowledgeGraph, pairing: Pairing, number: int | None = None) -> Part:
    """Return the reasons as a part; of one term only where its number is given."""
    rows = [
        (r.term, Said(*WHICH[r.which], r.which), r.day.isoformat(), r.words, Cites(r.statements))
        for r in reasons_of(kg, pairing)
        if number in (None, r.term)
    ]
    return part("dates", "term which day rule statements", rows, repeated="term")


WHICH = {
    "possible_from": ("可能自", "possible from"),
    "certain_from": ("确定自", "certain from"),
    "certain_to": ("确定至", "certain to"),
    "possible_to": ("可能至", "possible to"),
}


class _Tracer:
    """Traces the dates of one term: ``told`` is what its statements tell of it, ``after`` the term that follows."""

    def __init__(self, kg: KnowledgeGraph, term: Term, told: Sequence[Told], after: _Tracer | None) -> None:
        self.kg = kg
        self.term = term
        self.told = {one.statement.key: one for one in told}
        self.after = after
        self.starts = self._said("since")
        self.ends = self._said("until")
        self.dues = self._said("due")
        self.seen = self._said("seen")
        self.loose = self._said("loose")
        self.basis = _dates_of(kg, term.basis)

    def reasons(self) -> Iterator[Reason]:
        return (self.reason(which) for which in FOUR if getattr(self.term, which) is not None)

    def reason(self, which: str) -> Reason:
        day = getattr(self.term, which)
        rule, keys = next(((rule, keys) for rule, keys in getattr(self, f"_{which}")(day) if keys is not None))
        return Reason(self.term.number, which, day, rule, keys)

    # each yields (rule, statements) from the likeliest; None for a rule that does not give this day

    def _possible_from(self, day: date) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        yield from self._start(day, 0, "earliest")
        yield self._seen_first(), _at(self.seen, 0, day)
        yield "some-time-within", _at(self.loose, 0, day)
        yield "known-from-its-end", _at(self.ends, 0, day)
        yield "not-after-the-end", ()

    def _certain_from(self, day: date) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        yield from self._start(day, 1, "latest")
        yield self._seen_first(), _at(self.seen, 0, day)
        # a sighting that begins before the earliest start counts from that start
        yield "seen-before", _around(self.seen, day) if day == self.term.possible_from else None
        yield "known-from-its-end", _at(self.ends, 0, day)
        yield "not-after-the-end", _at(self.ends, 0, day) or ()

    def _certain_to(self, day: date) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        if self.term.end_state == "ended":
            yield self._differing("stated-end", "earliest-of-differing-ends", self.ends), _at(self.ends, 0, day)
        yield "last-seen", self._whole(day)
        yield "divided", _at(self.seen, 1, day)
        yield "next-basis-begins", self._next(day)
        seen_later = any(last > day for _, last in self.seen.values())
        yield self._cut_short(day) if seen_later else ("start-confirms", self.reason("certain_from").statements)

    def _possible_to(self, day: date) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        yield self._closed(day)
        yield self._differing("stated-end", "latest-of-differing-ends", self.ends), _at(self.ends, 1, day)
        yield "next-basis-begins", self._next(day)
        if self.term.end_state == "ended":
            yield "seen-after-end", _at(self.seen, 1, day)
        yield "due", _at(self.dues, 1, day)
        horizon = date(int(self.kg.corpus.dataset.horizon), 12, 31)
        yield "horizon", () if day == horizon and self.term.end_state == "last-confirmed" else None
        yield self._cut_short(day)
        yield "not-before-certain", _at(self.seen, 1, day) or ()

    def _start(self, day: date, end: int, wise: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        """Yield the stated start, or the date of the basis: the earliest of them (end 0) or the latest (end 1)."""
        state = self.term.start_state
        spans = {"stated": self.starts, "from-basis": self.basis}.get(state, {})
        sharpest = _sharpest(spans)
        if sharpest and day == (min if end == 0 else max)(span[end] for span in sharpest):
            same, other = _START_RULES[state]
            yield self._differing(same, f"{wise}{other}", spans), _at(spans, end, day)

    def _seen_first(self) -> str:
        return "first-seen" if self.term.start_state == "first-seen" else "seen-before"

    def _whole(self, day: date) -> tuple[str, ...] | None:
        """Return the sightings that end on this day as the source has them, not divided there."""
        found = _at(self.seen, 1, day) or ()
        return tuple(k for k in found if (told := self.told[k].statement.as_of) and told.latest == day) or None

    def _next(self, day: date) -> tuple[str, ...] | None:
        """Return the statements that give the next term its start, where it begins on this day."""
        return self._begun() if self.after and self.after.begins == day else None

    def _cut_short(self, day: date) -> tuple[str, tuple[str, ...] | None]:
        """Return the statements that give the next term its start, where it had begun before this was certain."""
        cut = self.after is not None and self.after.begins < day and day == (self.term.certain_from or day)
        return "already-replaced", self._begun() if cut else None

    @property
    def begins(self) -> date:
        """The day on which it ends the term before it."""
        return self.term.certain_from or self.term.possible_from

    def _begun(self) -> tuple[str, ...] | None:
        if self.after is None or self.term.end_state != "replaced":
            return None
        same = self.after.begins == self.after.term.possible_from
        return self.after.reason("possible_from" if same else "certain_from").statements

    def _closed(self, day: date) -> tuple[str, tuple[str, ...] | None]:
        closing = [self.kg.corpus.statements[key] for key in self.term.evidence if key not in self.told]
        effects = [s for s in closing if isinstance(s, PolicyEffectStatement)]
        found = tuple(s.key for s in effects if s.date and s.date.latest == day)
        if found:
            return "policy-effect", found
        return "list-complete", tuple(s.key for s in closing if s not in effects) or None

    def _differing(self, same: str, other: str, spans: Spans) -> str:
        return other if len(_sharpest(spans)) > 1 else same

    def _said(self, name: str) -> dict[str, tuple[date, date]]:
        found = {key: span for key, told in self.told.items() if (span := getattr(told, name)) is not None}
        return {key: found[key] for key in without_set_aside(self.kg.corpus, found)}


def _tracers(kg: KnowledgeGraph, pairing: Pairing) -> list[_Tracer]:
    statements = [s for key in pairing.evidence if isinstance(s := kg.corpus.statements[key], PairingStatement)]
    told = [found.told for found in terms_with_told(kg.corpus, statements, kg.policy_dates)]
    tracers: list[_Tracer] = []
    # what closed a term from outside stands in the pairing's own terms alone
    for term, group in reversed(list(zip(pairing.terms, told, strict=True))):
        tracers.insert(0, _Tracer(kg, term, group, tracers[0] if tracers else None))
    return tracers


def _dates_of(kg: KnowledgeGraph, policy: str | None) -> dict[str, tuple[date, date]]:
    """Return the dates that documents give a policy, by statement."""
    if policy is None:
        return {}
    found = {
        s.key: (s.date.earliest, s.date.latest) for s in dating_documents(kg).get(policy, ()) if s.date is not None
    }
    return {key: found[key] for key in without_set_aside(kg.corpus, found)}


def _sharpest(spans: Spans) -> set[tuple[date, date]]:
    """Leave out spans that hold another: they differ from it in precision alone."""
    every = set(spans.values())
    return {s for s in every if not any(s[0] <= o[0] and o[1] <= s[1] and o != s for o in every)}


def _at(spans: Spans, end: int, day: date) -> tuple[str, ...] | None:
    return tuple(key for key, span in spans.items() if span[end] == day) or None


def _around(spans: Spans, day: date) -> tuple[str, ...] | None:
    return tuple(key for key, span in spans.items() if span[0] <= day <= span[1]) or None
