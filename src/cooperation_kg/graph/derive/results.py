"""What derived things are: frozen records, without logic, each with the statements it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cooperation_kg.curate.fields import Bilingual

Evidence = tuple[str, ...]
"""Keys of statements (``<source>.<id>``) in the order of the corpus."""


@dataclass(frozen=True, slots=True)
class Term:
    """One run of a pairing under one basis, with the four dates of the model.

    ``possible_from ≤ certain_from ≤ certain_to ≤ possible_to``, all inclusive. The certain pair and
    ``last_confirmed`` are None where a source only shows it at work *some time within* a span ([2012..2020]):
    then no single day is certain.
    ``start_state`` is stated, from-basis or first-seen; ``end_state`` ended, replaced, due or last-confirmed.
    """

    number: int
    basis: str | None
    possible_from: date
    certain_from: date | None
    certain_to: date | None
    possible_to: date
    start_state: str
    end_state: str
    last_confirmed: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two parties tied in one programme family: the edge of every network.

    ``supporter`` and ``recipient`` are None where no statement gives a direction, or statements contradict each
    other. ``programme`` is the family; ``programmes`` all that sources put it under. ``undated`` pairings have no
    terms: no source says when.
    """

    slug: str
    programme: str
    programmes: tuple[str, ...]
    parties: tuple[str, str]
    supporter: str | None
    recipient: str | None
    name: Bilingual | None
    directness: str
    terms: tuple[Term, ...]
    in_force_in: tuple[int, ...]
    possibly_in: tuple[int, ...]
    implements: str | None
    origins: tuple[str, ...]
    evidence: Evidence

    @property
    def directed(self) -> bool:
        """Whether it is stated who supports whom."""
        return self.supporter is not None

    @property
    def undated(self) -> bool:
        """Whether no source says when."""
        return not self.terms

    @property
    def start_state(self) -> str | None:
        """How we know the first term's start, or None where undated."""
        return self.terms[0].start_state if self.terms else None

    @property
    def end_state(self) -> str | None:
        """What is known of the end of the last term, or None where undated."""
        return self.terms[-1].end_state if self.terms else None

    @property
    def last_confirmed(self) -> date | None:
        """The last day on which a source shows it at work, or None where undated."""
        return max((term.last_confirmed for term in self.terms if term.last_confirmed), default=None)


@dataclass(frozen=True, slots=True)
class ScopeNode:
    """Several pairings spoken of together; an empty side means all."""

    slug: str
    programme: str
    supporters: tuple[str, ...]
    recipients: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Cell:
    """The figures that speak of the same thing: same subject, measure, period, nature, stage and counted place.

    ``about`` is (kind, id); ``period`` is EDTF text, empty where no source gives a time.
    """

    slug: str
    about: tuple[str, str]
    measure: str
    period: str
    nature: str
    stage: str
    place: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more origins say different things of one thing.

    ``kind`` is value, start, end, direction, basis, date or number. ``sides`` groups statements that say the same,
    each with what it says. ``settled_by`` is the judgement that prefers a side, if there is one.
    """

    slug: str
    kind: str
    about: tuple[str, str]
    sides: tuple[tuple[str, Evidence], ...]
    settled_by: str | None

    @property
    def evidence(self) -> Evidence:
        """All statements on any side."""
        return tuple(key for _, keys in self.sides for key in keys)


@dataclass(frozen=True)
class Derived:
    """Everything derived from one corpus, by slug, in the order of the slugs."""

    pairings: Mapping[str, Pairing]
    scopes: Mapping[str, ScopeNode]
    cells: Mapping[str, Cell]
    disagreements: Mapping[str, Disagreement]
