"""Which figures can have to do with a thing at all? Found by party and programme, without a look at all the others.

What is found is never too little: whatever has the thing as its subject, lies in it or around it, at any time. How a
subject lies to the thing in the years of its figure is for ``subjects`` to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.kept import kept
from cooperation_kg.query.tables import counted_figures
from cooperation_kg.query.totals.figures import Span, Subject
from cooperation_kg.query.totals.subjects import Side, Subjects

EVER: Span = (date.min, date.max)

_Numbered = tuple[int, FigureStatement]


def figures_near(kg: KnowledgeGraph, asked: Subject) -> list[tuple[FigureStatement, Subject]]:
    """Return the figures that may be of the thing asked about or around it, in the order of ``figures_of``."""
    held = _figures_about(kg)
    found = [(at, figure, subject) for subject in _near(kg, asked) for at, figure in held.get(subject, ())]
    return [(figure, subject) for _, figure, subject in sorted(found, key=lambda numbered: numbered[0])]


@kept
def _figures_about(kg: KnowledgeGraph) -> Mapping[Subject, list[_Numbered]]:
    found: dict[Subject, list[_Numbered]] = defaultdict(list)
    for at, (figure, subject) in enumerate(counted_figures(kg)):
        found[subject].append((at, figure))
    return dict(found)


@dataclass(frozen=True)
class _Index:
    """The subjects that have figures, by what they reach.

    ``open_sided`` has by family the subjects that do not name the parties of both sides; ``inside`` by place the
    parties of subjects that ever lay in it.
    """

    by_family: Mapping[str, Set[Subject]]
    by_party: Mapping[str, Set[Subject]]
    open_sided: Mapping[str, Set[Subject]]
    inside: Mapping[str, Set[str]]


@kept
def _index(kg: KnowledgeGraph) -> _Index:
    subjects = Subjects(kg)
    by_family: dict[str, set[Subject]] = defaultdict(set)
    by_party: dict[str, set[Subject]] = defaultdict(set)
    open_sided: dict[str, set[Subject]] = defaultdict(set)
    for subject in _figures_about(kg):
        reach = subjects.reach(subject)
        if reach is not None:
            by_family[reach.family].add(subject)
            if None in reach.sides:
                open_sided[reach.family].add(subject)
        sides: Iterable[Side] = reach.sides if reach else (frozenset({subject[1]}),) if subject[0] == "place" else ()
        for party in (party for side in sides for party in side or ()):
            by_party[party].add(subject)
    inside: dict[str, set[str]] = defaultdict(set)
    for party in by_party:
        for place in subjects.above(party, EVER):
            inside[place].add(party)
    return _Index(dict(by_family), dict(by_party), dict(open_sided), dict(inside))


def _near(kg: KnowledgeGraph, asked: Subject) -> Set[Subject]:
    subjects, index = Subjects(kg), _index(kg)
    if asked[0] == "place":
        places = {("place", place) for place in _parties_near(subjects, index, asked[1])}
        return {asked} | places | index.by_party.get(asked[1], frozenset())
    reach = subjects.reach(asked)
    if reach is None:
        return {asked}
    found = set(index.by_family.get(reach.family, ()))
    for side in reach.sides:
        if side is not None:
            found &= _touching(subjects, index, side) | index.open_sided.get(reach.family, frozenset())
    # what it implements, or what implements it, has parties around or inside its own: found by these
    return found | {asked}


def _parties_near(subjects: Subjects, index: _Index, party: str) -> Set[str]:
    """Return a party, what it ever lay in, and the parties of subjects that ever lay in it."""
    return {party} | subjects.above(party, EVER) | index.inside.get(party, frozenset())


def _touching(subjects: Subjects, index: _Index, side: Set[str]) -> set[Subject]:
    near = (other for party in side for other in _parties_near(subjects, index, party))
    return {subject for party in near for subject in index.by_party.get(party, ())}
