"""How do two subjects lie to each other: the same, one inside the other, apart, or partly in common?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain

from cooperation_kg.curate.dates import When
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.kept import kept
from cooperation_kg.query.totals.figures import Figure, Span, Subject

SAME, INSIDE, CONTAINS, APART, OVERLAP, OTHER_PROGRAMME = (
    "same",
    "inside",
    "contains",
    "apart",
    "overlap",
    "other-programme",
)

Side = frozenset[str] | None
"""The parties of one side; None is all of them."""
LOOSE = frozenset({"area", "zone"})
"""Levels whose bounds follow no others: a zone may lie in a district of its city, an area reach over several places."""


@dataclass(frozen=True)
class Reach:
    """What a subject reaches: programme family, the programmes named, supporters and recipients."""

    family: str
    programmes: frozenset[str]
    sides: tuple[Side, Side]
    directed: bool


class Subjects:
    """Compares what figures are about, as the places lay in the years that the figures tell of.

    What cannot be shown apart counts as partly in common: a sum must not rest on a guess.
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._known: dict[tuple[Subject, Subject, Span], str] = {}
        self._above: dict[tuple[str, Span], frozenset[str]] = {}
        self._reaches: dict[Subject, Reach | None] = {}

    def between(self, one: Figure, other: Figure) -> str:
        """Return how what ``one`` counts lies to what ``other`` counts, the counted place included."""
        span = years_of(one.period, other.period)
        relation = self.compare(one.subject, other.subject, span)
        return relation if relation != SAME else self._counted(one, other, span)

    def compare(self, one: Subject, other: Subject, span: Span) -> str:
        """Return how one subject lies to another in a span of days: same, inside, contains, apart, overlap …"""
        if one == other:
            return SAME
        key = (one, other, span)
        if key not in self._known:
            self._known[key] = self._compare(one, other, span)
        return self._known[key]

    def share_a_side(self, one: Figure, other: Figure) -> bool:
        """Return whether pairings or scopes that lie apart have something in common on one of their sides."""
        reach, further = self.reach(one.subject), self.reach(other.subject)
        if reach is None or further is None:
            return False
        span = years_of(one.period, other.period)
        return any(self._sides(a, b, span) != APART for a in reach.sides for b in further.sides)

    def _compare(self, one: Subject, other: Subject, span: Span) -> str:
        if one[0] == other[0] == "place":
            return self._sides(frozenset({one[1]}), frozenset({other[1]}), span)
        reach, further = self.reach(one), self.reach(other)
        if reach is None or further is None:
            return OVERLAP
        if reach.family != further.family:
            return OTHER_PROGRAMME
        if self._implements(one, other):
            return INSIDE
        if self._implements(other, one):
            return CONTAINS
        if one[0] == "programme" or other[0] == "programme":
            return _of_programme(reach, further, one, other)
        relation = self._of_reach(reach, further, span)
        return OVERLAP if relation == APART and self._hold_one_pairing(reach, further, span) else relation

    def _hold_one_pairing(self, one: Reach, other: Reach, span: Span) -> bool:
        """Return whether an undirected pairing is in both: named by one scope from this end, by the other from that."""
        return any(
            all(self._of_reach(reach, r, span) != APART for r in (one, other))
            for pairing in _undirected(self._kg).get(one.family, ())
            if (reach := self.reach(("pairing", pairing.slug))) is not None
        )

    def _counted(self, one: Figure, other: Figure, span: Span) -> str:
        if one.place == other.place:
            return SAME
        if not one.place or not other.place:
            return CONTAINS if not one.place else INSIDE
        relation = self._sides(frozenset({one.place}), frozenset({other.place}), span)
        # what both sides of a pairing count may be one thing seen twice: money sent is money received
        return OVERLAP if relation == APART and self._are_opposite(one, other, span) else relation

    def _are_opposite(self, one: Figure, other: Figure, span: Span) -> bool:
        reach = self.reach(one.subject)
        if reach is None:
            return True
        side, other_side = (self._side_of(figure.place, reach, span) for figure in (one, other))
        return side != other_side or sum(side) != 1

    def _side_of(self, place: str, reach: Reach, span: Span) -> tuple[bool, ...]:
        """Return on which sides a place stands; where a side is all, as the pairings of the programme have it."""
        known = _sides_of_families(self._kg)[reach.family]
        return tuple(
            self._touch(frozenset({place}), (frozenset(everyone) if side is None else side), span)
            for side, everyone in zip(reach.sides, known, strict=True)
        )

    def _implements(self, one: Subject, other: Subject) -> bool:
        pairings = self._kg.derived.pairings
        step = pairings[one[1]].implements if one[0] == "pairing" else None
        seen: set[str] = set()
        while step is not None and step not in seen:
            if ("pairing", step) == other:
                return True
            seen.add(step)
            step = pairings[step].implements
        return False

    def _of_reach(self, one: Reach, other: Reach, span: Span) -> str:
        ways = [(other.sides[0], other.sides[1])]
        if not (one.directed and other.directed):
            ways.append((other.sides[1], other.sides[0]))
        found = [self._both(one.sides, way, span) for way in ways]
        return next((r for r in (SAME, INSIDE, CONTAINS, OVERLAP) if r in found), APART)

    def _both(self, sides: tuple[Side, Side], others: tuple[Side, Side], span: Span) -> str:
        relations = {self._sides(one, other, span) for one, other in zip(sides, others, strict=True)}
        if APART in relations:
            return APART
        relations.discard(SAME)
        return SAME if not relations else relations.pop() if len(relations) == 1 else OVERLAP

    def _sides(self, one: Side, other: Side, span: Span) -> str:
        if one is None or other is None:
            return SAME if one is other else CONTAINS if one is None else INSIDE
        inside = all(self._meets(party, other, span) for party in one)
        contains = all(self._meets(party, one, span) for party in other)
        if inside or contains:
            return SAME if inside and contains else INSIDE if inside else CONTAINS
        return OVERLAP if self._touch(one, other, span) else APART

    def _touch(self, one: Set[str], other: Set[str], span: Span) -> bool:
        pairs = [(p, q) for p in one for q in other]
        ways = chain(pairs, ((q, p) for p, q in pairs))
        return any(self._meets(p, {q}, span) or self._may_hold(p, q, span) for p, q in ways)

    def _may_hold(self, loose: str, other: str, span: Span) -> bool:
        """Return whether a party whose bounds nobody knows may hold, or be, another: both lie in one parent."""
        corpus = self._kg.corpus
        if loose not in corpus.anonymous and (loose not in corpus.places or corpus.places[loose].level not in LOOSE):
            return False
        parents = set(self._parents(loose, span))
        return loose != other and (not parents or bool(parents & self.above(other, span)))

    def _meets(self, party: str, side: Set[str], span: Span) -> bool:
        return party in side or bool(self.above(party, span) & side)

    def above(self, party: str, span: Span) -> frozenset[str]:
        """Return every place that contained a party on some day of the span."""
        key = (party, span)
        if key not in self._above:
            self._above[key] = frozenset(self._climb(party, span, {party}))
        return self._above[key]

    def _climb(self, party: str, span: Span, seen: set[str]) -> Iterator[str]:
        for parent in self._parents(party, span):
            if parent not in seen:
                seen.add(parent)
                yield parent
                yield from self._climb(parent, span, seen)

    def _parents(self, party: str, span: Span) -> Iterator[str]:
        corpus = self._kg.corpus
        if party in corpus.places:
            for within in corpus.places[party].within:
                since = within.since.earliest if within.since else date.min
                until = within.until.latest if within.until else date.max
                if since <= span[1] and span[0] <= until:
                    yield within.parent
            return
        parent = getattr(corpus.anonymous.get(party) or corpus.registers["organisation"].get(party), "within", None)
        if parent:
            yield parent

    def reach(self, subject: Subject) -> Reach | None:
        """Return what a pairing, a scope or a programme reaches; None for anything else."""
        if subject not in self._reaches:
            self._reaches[subject] = self._reach(subject)
        return self._reaches[subject]

    def _reach(self, subject: Subject) -> Reach | None:
        kind, identifier = subject
        corpus, derived = self._kg.corpus, self._kg.derived
        if kind == "pairing":
            pairing = derived.pairings[identifier]
            first, second = (frozenset({party}) for party in pairing.parties)
            return Reach(pairing.programme, frozenset(pairing.programmes), (first, second), pairing.directed)
        if kind == "scope":
            scope = derived.scopes[identifier]
            sides = (frozenset(scope.supporters) or None, frozenset(scope.recipients) or None)
            family = corpus.programmes[scope.programme].family_id
            return Reach(family, frozenset({scope.programme}), sides, True)
        if kind == "programme":
            return Reach(corpus.programmes[identifier].family_id, frozenset({identifier}), (None, None), True)
        return None


@kept
def _undirected(kg: KnowledgeGraph) -> Mapping[str, list[Pairing]]:
    """Return the undirected pairings of each programme family."""
    found: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in kg.derived.pairings.values():
        if not pairing.directed:
            found[pairing.programme].append(pairing)
    return dict(found)


@kept
def _sides_of_families(kg: KnowledgeGraph) -> Mapping[str, tuple[Set[str], Set[str]]]:
    """Return who stands on either side in each programme family, as its pairings have it."""
    found: dict[str, tuple[set[str], set[str]]] = {family: (set(), set()) for family in kg.corpus.programmes}
    for pairing in kg.derived.pairings.values():
        for known, party in zip(found[pairing.programme], pairing.parties, strict=True):
            known.add(party)
    return dict(found)


def _of_programme(one: Reach, other: Reach, subject: Subject, further: Subject) -> str:
    """A family holds all that is of it; an action within a family holds what is of that action alone."""
    if further == ("programme", other.family):
        return INSIDE
    if subject == ("programme", one.family):
        return CONTAINS
    if further[0] == "programme" and one.programmes == other.programmes:
        return INSIDE
    if subject[0] == "programme" and one.programmes == other.programmes:
        return CONTAINS
    return OVERLAP


def years_of(*periods: When | None) -> Span:
    """Return the days from the first to the last that some periods tell; all days where none tells any."""
    told = [period for period in periods if period is not None]
    if not told:
        return date(1900, 1, 1), date(2100, 12, 31)
    return min(p.earliest for p in told), max(p.latest for p in told)
