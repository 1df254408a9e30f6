"""What is a conflict, and in which order do conflicts stand?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cooperation_kg.graph.derive.comparing import Distance
from cooperation_kg.query.conflicts.words import CLASSES

Subject = tuple[str, str]

DAYS = {"years": 365, "months": 30, "days": 1}


@dataclass(frozen=True)
class Side:
    """What some statements say alike: ``shown`` as printed, ``detail`` the scope or period it is said of (zh, en).

    ``preferred`` and ``set_aside`` are the statements among them that a judgement takes, or leaves out.
    """

    shown: str
    statements: tuple[str, ...]
    detail: tuple[str, str] = ("", "")
    preferred: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """``preferred``; ``set-aside`` where nothing of it stands; else empty."""
        if self.preferred:
            return "preferred"
        return "set-aside" if set(self.statements) <= set(self.set_aside) else ""

    def mark_of(self, statement: str) -> str:
        """Return what a judgement did with one statement: preferred, set-aside or nothing."""
        if statement in self.preferred:
            return "preferred"
        return "set-aside" if statement in self.set_aside else ""


@dataclass(frozen=True)
class Conflict:
    """Two or more sides on one thing.

    ``kind`` is one of KINDS, ``name`` (class) one of CLASSES. ``slug`` is that of the ``coop:Disagreement`` where it is
    open or settled. ``about`` is (kind, id) of the thing; ``cell`` the figures' cell; ``act`` that of a document;
    ``term`` the number of the term where the pairing has several; ``scope`` a narrower scope (zh, en); ``programme``
    the family of two supporters. ``things`` is everything by whose name it is found. ``judgements`` are those that
    settle it or tell its sides apart.
    """

    name: str
    kind: str
    slug: str
    about: Subject
    sides: tuple[Side, ...]
    origins: tuple[str, ...]
    distance: Distance | None = None
    whys: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    cell: str | None = None
    measure: str | None = None
    act: str | None = None
    term: int | None = None
    scope: tuple[str, str] = ("", "")
    programme: str | None = None
    things: frozenset[Subject] = frozenset()

    @property
    def statements(self) -> tuple[str, ...]:
        """All statements on any side, each once."""
        return tuple(dict.fromkeys(key for side in self.sides for key in side.statements))


def rank(found: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return conflicts by class, then with the more origins and the greater distance first; values before dates."""
    return tuple(sorted(found, key=_order))


def _order(conflict: Conflict) -> tuple[int, int, int, Decimal, str]:
    distance = conflict.distance
    sort = 2 if distance is None else 0 if distance.unit == "%" else 1
    size = Decimal(0) if distance is None else distance.amount * DAYS.get(distance.unit, 1)
    return tuple(CLASSES).index(conflict.name), -len(conflict.origins), sort, -size, conflict.slug
