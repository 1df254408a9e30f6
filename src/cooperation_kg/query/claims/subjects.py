"""Is a figure of the record about whom the sentence speaks of? The same, part of it, something wider, or another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cooperation_kg.curate.quantities import Quantity, UnreadableQuantity
from cooperation_kg.curate.statements import FigureStatement, Scope
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.weighing import counted_statements
from cooperation_kg.query.claims.names import ancestors_of
from cooperation_kg.query.claims.sides import Party, Sides, with_target

SUBJECTS = ("same", "part", "wider")
"""How near a subject is: the same, one with a side more or less named, one that contains it."""
OUTCOMES = frozenset(
    {
        *("people-lifted", "poverty-rate", "poor-population", "counties-delisted", "villages-delisted", "gdp"),
        *("income-per-head", "population", "poor-counties", "poor-villages", "output-value"),
    }
)
"""Measures of a place itself: whoever helped it is no part of their subject."""
MOST_LOOSE = 4
"""Places whose side is open, at most, for which every way to take sides is tried."""


class Shape(NamedTuple):
    """Whom a figure is of: supporters, recipients (None means all), and parties without a side."""

    supporters: frozenset[str] | None = None
    recipients: frozenset[str] | None = None
    parties: frozenset[str] = frozenset()

    @property
    def everyone(self) -> frozenset[str]:
        """All that it names."""
        return (self.supporters or frozenset()) | (self.recipients or frozenset()) | self.parties


@dataclass(frozen=True)
class Figure:
    """A figure of the record with its subject unfolded; ``thing`` is a project, event … that it is about."""

    statement: FigureStatement
    quantity: Quantity
    family: str | None
    shape: Shape
    thing: tuple[str, str] | None = None


def figures_of(kg: KnowledgeGraph) -> tuple[Figure, ...]:
    """Return every figure that counts, with its subject unfolded."""
    counted = (s for s in counted_statements(kg.corpus) if isinstance(s, FigureStatement))
    return tuple(figure for statement in counted for figure in _figure(kg, statement))


def _figure(kg: KnowledgeGraph, statement: FigureStatement) -> Iterator[Figure]:
    try:
        quantity = statement.quantity
    except UnreadableQuantity:
        return
    kind, identifier = subject_of(kg.corpus, kg.derived.pairings, statement.about)
    programmes, about = kg.corpus.programmes, statement.about
    if isinstance(about, Scope):
        supporters, recipients = (frozenset(side) if side else None for side in (about.supporter, about.recipient))
        yield Figure(statement, quantity, programmes[about.programme].family_id, Shape(supporters, recipients))
    elif kind == "pairing":
        pairing = kg.derived.pairings[identifier]
        shape = Shape(parties=frozenset(pairing.parties))
        if pairing.supporter and pairing.recipient:
            shape = Shape(frozenset({pairing.supporter}), frozenset({pairing.recipient}))
        yield Figure(statement, quantity, pairing.programme, shape)
    elif kind == "programme":
        yield Figure(statement, quantity, programmes[identifier].family_id, Shape())
    elif kind == "place":
        yield Figure(statement, quantity, None, Shape(parties=frozenset({identifier})))
    else:
        yield Figure(statement, quantity, None, Shape(), (kind, identifier))


def subject_relation(kg: KnowledgeGraph, figure: Figure, sides: Sides) -> str | None:
    """Return same, part or wider, or None where a figure is of something else."""
    return _nearest(_relation(kg, figure, each) for each in with_target(sides))


def _nearest(relations: Iterator[str | None]) -> str | None:
    return min((r for r in relations if r is not None), key=SUBJECTS.index, default=None)


def _relation(kg: KnowledgeGraph, figure: Figure, sides: Sides) -> str | None:
    if figure.thing is not None:
        return "same" if figure.thing in sides.things else None
    if sides.programmes and figure.family not in sides.programmes and (figure.family is not None or not sides.places):
        return None
    shapes = tuple(_shapes(figure))
    place = figure.statement.place
    if place and place not in figure.shape.everyone:
        return _relation_counted_in(kg, place, shapes, sides)
    is_outcome = figure.statement.measure in OUTCOMES
    return _nearest(_shape_relation(shape, sides, is_outcome) for shape in shapes)


def _shapes(figure: Figure) -> Iterator[Shape]:
    """Yield whom a figure is of; who pays stands for a supporter that is not named."""
    yield figure.shape
    if figure.statement.payer and figure.shape.supporters is None:
        yield figure.shape._replace(supporters=frozenset({figure.statement.payer}))


def _relation_counted_in(kg: KnowledgeGraph, place: str, shapes: tuple[Shape, ...], sides: Sides) -> str | None:
    """Relate a figure that is counted in a place of its own (浙江 → 四川, counted in 广元): the place must be named."""
    loose = tuple(party for party in sides.parties if place not in party)
    if len(loose) < len(sides.parties):
        rest = Sides(sides.supporters, sides.recipients, loose, sides.programmes)
        if any(_shape_relation(shape, rest) == "same" for shape in shapes):
            return "same"
    above = set(ancestors_of(kg, place))
    narrowed = (narrow for shape in shapes if (narrow := _narrowed(shape, place, above)))
    relation = _nearest(_shape_relation(shape, sides) for shape in narrowed)
    return relation or ("part" if any(_shape_relation(shape, sides) for shape in shapes) else None)


def _narrowed(shape: Shape, place: str, above: set[str]) -> Shape | None:
    """Return a shape with the place counted in instead of the side that contains it, or of the side left open."""
    one = frozenset({place})
    if shape.supporters and above & shape.supporters:
        return shape._replace(supporters=one)
    if shape.recipients and above & shape.recipients:
        return shape._replace(recipients=one)
    if shape.parties or (shape.supporters and shape.recipients):
        return None
    if shape.supporters:
        return shape._replace(recipients=one)
    return shape._replace(supporters=one) if shape.recipients else Shape(parties=one)


def _shape_relation(shape: Shape, sides: Sides, is_outcome: bool = False) -> str | None:
    if shape.parties:
        return _loose_figure(shape.parties, sides, is_outcome)
    if not sides.places:
        if not sides.programmes:
            return None
        return "same" if shape.supporters is None and shape.recipients is None else "part"
    return _nearest(
        _both(_side(shape.supporters, supporters), _side(shape.recipients, recipients))
        for supporters, recipients in _ways(sides)
    )


def _loose_figure(parties: frozenset[str], sides: Sides, is_outcome: bool) -> str | None:
    """Relate a figure of places without a side, such as a county itself."""
    if _are(parties, sides.places) or (is_outcome and _are(parties, (*sides.recipients, *sides.parties)[:1])):
        return "same"
    return "part" if not is_outcome and sides.places and _hold(parties, sides.places) else None


def _ways(sides: Sides) -> Iterator[tuple[tuple[Party, ...], tuple[Party, ...]]]:
    """Yield supporters and recipients, for every way in which the parties of no side can take one."""
    count = len(sides.parties)
    for way in range(2**count if count <= MOST_LOOSE else 0):
        first = tuple(party for i, party in enumerate(sides.parties) if way >> i & 1)
        second = tuple(party for i, party in enumerate(sides.parties) if not way >> i & 1)
        yield (*sides.supporters, *first), (*sides.recipients, *second)


def _side(known: frozenset[str] | None, said: tuple[Party, ...]) -> str | None:
    """Return same, wider (the figure is of all, or of more), part (the sentence names none), or None."""
    if not said:
        return "same" if known is None else "part"
    if known is None:
        return "wider"
    if _are(known, said):
        return "same"
    return "wider" if _hold(known, said) else None


def _both(one: str | None, other: str | None) -> str | None:
    return None if one is None or other is None else max((one, other), key=SUBJECTS.index)


def _are(known: frozenset[str], said: tuple[Party, ...]) -> bool:
    return len(known) == len(said) and _hold(known, said)


def _hold(known: frozenset[str], said: tuple[Party, ...]) -> bool:
    return all(known & party for party in said)
