"""What did a year do to a pairing: did it begin, end, begin a new round, go on, or is nothing said of it any more?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cooperation_kg.curate.statements import PairingStatement, PolicyEffectStatement, Statement
from cooperation_kg.graph.derive.results import Evidence, Pairing, Term
from cooperation_kg.render.site.context import Both
from cooperation_kg.render.site.pictures.acts import CLOSED, STARTED

WORDS = {
    "began": Both("开始", "began"),
    "ended": Both("结束或被取代", "ended or replaced"),
    "renewed": Both("新一轮", "new round"),
    "stayed": Both("继续", "went on"),
    "seen": Both("首见（始年未载）", "first seen (start not stated)"),
    "silent": Both("此后未见来源确认", "not confirmed since"),
}
"""What a year can do to a pairing, in the order in which it is told."""
STATED = ("began", "ended", "renewed")
"""What some source says or implies (`is_implied`) of the year; the rest follows from when a pairing is seen at work."""


@dataclass(frozen=True)
class Move:
    """What a year did to a pairing, with the term that shows it and the statements that this rests on."""

    what: str
    pairing: Pairing
    term: Term
    evidence: Evidence


def move(pairing: Pairing, year: int) -> Move | None:
    """Return what a year did to a pairing; None where it is undated, not yet there, or gone before.

    It **began** where sources give its first start and that lies in the year whatever the day; it **ended** where its
    last term was ended or replaced in the year; it had a **new round** where a later term starts in the year; it
    **went on** where it is certain in the year before and in the year after. Where it was certain before but is only
    possible after the year, it is **not confirmed since**. What began and ended in one year has ended.
    """
    if pairing.undated:
        return None
    first, last = pairing.terms[0], pairing.terms[-1]
    if last.end_state in CLOSED and last.possible_to.year == year:
        return Move("ended", pairing, last, last.evidence)
    if first.possible_from.year == year:
        return _first(pairing, first, year)
    again = [term for term in pairing.terms[1:] if _starts(term, year)]
    if again:
        return Move("renewed", pairing, again[0], again[0].evidence)
    before = [y for y in pairing.in_force_in if y < year]
    if not before:
        return None
    term = max((t for t in pairing.terms if t.certain_from and t.certain_from.year < year), key=lambda t: t.number)
    if year - 1 in pairing.in_force_in and year + 1 in pairing.in_force_in:
        return Move("stayed", pairing, term, term.evidence)
    if before[-1] == max(pairing.in_force_in) and year + 1 in pairing.possibly_in:
        return Move("silent", pairing, term, term.evidence)
    return None


def is_implied(found: Move, statements: Mapping[str, Statement]) -> bool:
    """Return whether what a year did is only read between the lines: no statement says it in so many words.

    An end needs a statement that gives it; a start stands as its statements do.
    """
    behind = [statements[key] for key in found.evidence]
    if found.what == "ended":
        behind = [one for one in behind if _closes(one)]
    return found.what in STATED and all(one.directness != "stated" for one in behind)


def _closes(statement: Statement) -> bool:
    if isinstance(statement, PolicyEffectStatement):
        return statement.effect in ("ends", "replaces")
    return isinstance(statement, PairingStatement) and statement.until is not None


def _first(pairing: Pairing, term: Term, year: int) -> Move | None:
    if _starts(term, year):
        return Move("began", pairing, term, term.evidence)
    if term.start_state not in STARTED and term.certain_from and term.certain_from.year == year:
        return Move("seen", pairing, term, term.evidence)
    return None


def _starts(term: Term, year: int) -> bool:
    if term.start_state not in STARTED or term.possible_from.year != year:
        return False
    return term.certain_from is not None and term.certain_from.year == year
