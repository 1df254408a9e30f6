"""Which figures speak of the thing asked about, and which of them are candidates for a sum?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import AsOf, tells_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.totals.figures import (
    Figure,
    Subject,
    figure_of,
    in_order_of_time,
    multiplied_out,
    say_the_same_once,
    superseded_by,
)
from cooperation_kg.query.totals.nearby import figures_near
from cooperation_kg.query.totals.subjects import CONTAINS, INSIDE, SAME, Subjects, years_of

AROUND = "around"


@dataclass(frozen=True)
class Asked:
    """What a total is asked of: the subject, and what narrows it."""

    subject: Subject
    during: When | None = None
    stage: str | None = None
    each_year: bool = False
    as_of: AsOf | None = None


@dataclass(frozen=True)
class Sorted:
    """The figures of one measure, sorted by what they can be for the sum.

    ``beyond`` reach beyond the period asked about; ``superseded`` are (figure, what replaces it); ``around`` speak of
    what contains the thing, or lay in it for a part of the period only; ``other_stages`` were left out because another
    stage was asked for.
    """

    candidates: tuple[Figure, ...] = ()
    beyond: tuple[Figure, ...] = ()
    undated: tuple[Figure, ...] = ()
    superseded: tuple[tuple[Figure, str], ...] = ()
    around: tuple[Figure, ...] = ()
    other_stages: tuple[Figure, ...] = ()

    @property
    def every(self) -> tuple[Figure, ...]:
        """All of them, each once."""
        old = tuple(figure for figure, _ in self.superseded)
        return (*self.candidates, *self.beyond, *self.undated, *old, *self.around, *self.other_stages)


def figures_by_measure(kg: KnowledgeGraph, asked: Asked, subjects: Subjects) -> dict[str, list[Figure]]:
    """Return the figures of and around the thing asked about, by measure, each with its role."""
    found: dict[str, list[Figure]] = {}
    for statement, subject in figures_near(kg, asked.subject):
        role = _role(kg, asked.subject, subject, statement, subjects)
        if role is not None and (asked.as_of is None or tells_of(statement, asked.as_of)):
            found.setdefault(statement.measure, []).append(figure_of(kg, statement, subject, role))
    return found


def sort_figures(kg: KnowledgeGraph, asked: Asked, figures: Collection[Figure]) -> Sorted:
    """Return the figures of one measure, sorted by what they can be for the sum asked for."""
    replaced = superseded_by(kg, figures)
    around = tuple(f for f in figures if f.role == AROUND)
    old = tuple((f, replaced[f.key]) for f in figures if f.key in replaced and f.role != AROUND)
    left = [f for f in figures if f.key not in replaced and f.role != AROUND]
    staged = [f for f in left if asked.stage in (None, f.stage)]
    dated = [multiplied_out(f) if asked.each_year else f for f in staged if f.period is not None]
    within = [f for f in dated if _lies_within(f, asked.during)]
    touching = [f for f in dated if not _lies_within(f, asked.during) and _touches(f, asked.during)]
    return Sorted(
        candidates=say_the_same_once(kg, within),
        beyond=tuple(sorted(touching, key=in_order_of_time)),
        undated=tuple(f for f in staged if f.period is None),
        superseded=tuple((f, key) for f, key in old if _touches(f, asked.during)),
        around=tuple(sorted((f for f in around if _touches(f, asked.during)), key=in_order_of_time)),
        other_stages=tuple(f for f in left if asked.stage not in (None, f.stage) and _touches(f, asked.during)),
    )


def _role(
    kg: KnowledgeGraph, asked: Subject, subject: Subject, statement: FigureStatement, subjects: Subjects
) -> str | None:
    """Return what a subject is to the thing asked about; None where it is neither of it nor around it."""
    if asked[0] == "place" and subject[0] in ("pairing", "scope"):
        return _role_of_place(kg, asked[1], subject)
    span = years_of(statement.period)
    relation = subjects.compare(asked, subject, span)
    # a place that moved away in these years is inside for a part of them only: no candidate
    days = span if relation == CONTAINS and statement.period is not None else ()
    if any(subjects.compare(asked, subject, (day, day)) != CONTAINS for day in days):
        return AROUND
    return {SAME: "own", CONTAINS: "inside", INSIDE: AROUND}.get(relation)


def _role_of_place(kg: KnowledgeGraph, place: str, subject: Subject) -> str | None:
    if subject[0] == "pairing":
        pairing = kg.derived.pairings[subject[1]]
        if place not in pairing.parties:
            return None
        if not pairing.directed:
            return "as-party"
        return "as-supporter" if place == pairing.supporter else "as-recipient"
    scope = kg.derived.scopes[subject[1]]
    if scope.supporters == (place,):
        return "as-supporter"
    if scope.recipients == (place,):
        return "as-recipient"
    return AROUND if place in (*scope.supporters, *scope.recipients) else None


def _lies_within(figure: Figure, during: When | None) -> bool:
    return during is None or (figure.period is not None and during.contains(figure.period))


def _touches(figure: Figure, during: When | None) -> bool:
    return during is None or figure.period is None or during.overlaps(figure.period)
