"""What is the most that may be added? The largest sets of figures without a reason against any pair of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, islice

import networkx as nx

from cooperation_kg.query.totals.figures import Figure, Span, in_order_of_time
from cooperation_kg.query.totals.reasons import Reason
from cooperation_kg.query.totals.subjects import Subjects
from cooperation_kg.query.totals.sums import Added, add
from cooperation_kg.query.totals.verdicts import why_not

SETS_SEEN = 5_000
"""How many maximal sets are looked at before the search is cut, and said to be."""
SHOWN = 3
"""How many choices are given."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Choice:
    """Some figures that may be added: their sum, the days they cover, and the gaps between these.

    ``conditions`` are reasons that are only an "if"; without them the sum stands by itself.
    """

    figures: tuple[Figure, ...]
    added: Added
    covered: tuple[Span, ...]
    gaps: tuple[Span, ...]
    conditions: tuple[Reason, ...] = ()

    @property
    def is_of_the_inside(self) -> bool:
        """Whether it adds things or places inside the one asked about: nobody says that these are all there are."""
        return not _is_own(self.figures) or len({figure.place for figure in self.figures}) > 1


@dataclass(frozen=True)
class Weighed:
    """The figures of one group, the reasons between them, and the best choices; ``was_cut`` where not all were seen."""

    figures: tuple[Figure, ...]
    reasons: tuple[Reason, ...]
    choices: tuple[Choice, ...]
    was_cut: bool

    @property
    def all_add_up(self) -> bool:
        """Whether all figures may stand in one sum."""
        return not self.reasons


def weigh(figures: Sequence[Figure], subjects: Subjects, asked: Span | None = None) -> Weighed:
    """Return which figures of one group may be added.

    Choices are the maximal cliques of the graph of addable pairs (Bron and Kerbosch 1973, networkx.find_cliques),
    those of the thing itself before those of what is inside it, then by days covered (stocks: by how many subjects,
    then the latest), then by fewer figures, fewer parts, and the better directness and grade. One more choice of the
    thing itself, and one of its inside, may follow that cover more if their conditions hold.

    Parameters
    ----------
    figures: of one measure, unit, nature and stage, dated.
    asked: the span that gaps are counted in; that of the figures without it.
    """
    verdicts = _verdicts(figures, subjects)
    span = asked or _hull(figures)
    reasons = tuple(verdicts.values())
    best, cut = _best(figures, set(verdicts))
    choices = [_choice(chosen, span) for chosen in best]
    if any(reason.is_condition for reason in reasons):
        wider, cut_too = _best(figures, {pair for pair, reason in verdicts.items() if not reason.is_condition})
        cut = cut or cut_too
        choices += [_choice(chosen, span, _between(chosen, reasons)) for chosen in _longer(wider, best)]
    return Weighed(tuple(figures), reasons, tuple(choices), cut)


def _longer(wider: Sequence[tuple[Figure, ...]], best: Sequence[tuple[Figure, ...]]) -> Iterator[tuple[Figure, ...]]:
    """Yield the best set with an if, of the thing itself and of its inside, each where it tells of more days."""
    for own in (True, False):
        sets, sure = ([chosen for chosen in among if _is_own(chosen) == own] for among in (wider, best))
        if sets and sure and _days(sets[0]) > _days(sure[0]):
            yield sets[0]


def _verdicts(figures: Sequence[Figure], subjects: Subjects) -> Mapping[Pair, Reason]:
    pairs = ((i, j, why_not(figures[i], figures[j], subjects)) for i, j in combinations(range(len(figures)), 2))
    return {(i, j): reason for i, j, reason in pairs if reason is not None}


def _best(figures: Sequence[Figure], refused: set[Pair]) -> tuple[list[tuple[Figure, ...]], bool]:
    """Return the best maximal sets, and whether some were not looked at."""
    found, cut = _maximal_sets(len(figures), refused)
    found += _schedules(figures, refused) if cut else []
    sets = [tuple(sorted((figures[i] for i in members), key=in_order_of_time)) for members in found]
    ranked = sorted(sets, key=_rank)
    own = [chosen for chosen in ranked if _is_own(chosen)]
    inside = [chosen for chosen in ranked if not _is_own(chosen)]
    kept = own[: SHOWN - 1] if inside else own[:SHOWN]
    return [*kept, *inside[: SHOWN - len(kept)]], cut


def _maximal_sets(size: int, refused: set[Pair]) -> tuple[list[list[int]], bool]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(pair for pair in combinations(range(size), 2) if pair not in refused)
    found = list(islice(nx.find_cliques(graph), SETS_SEEN + 1))
    return found[:SETS_SEEN], len(found) > SETS_SEEN


def _schedules(figures: Sequence[Figure], refused: set[Pair]) -> list[list[int]]:
    """Return for each kind of figure of one subject the set that covers the most days: exact however many there are.

    Weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, 2005, section 6.1).
    """
    kinds: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, figure in enumerate(figures):
        kinds[figure.subject, figure.place, figure.payer, figure.payee, figure.note].append(at)
    found = (_schedule(figures, members) for members in kinds.values())
    return [chosen for chosen in found if refused.isdisjoint(combinations(sorted(chosen), 2))]


def _schedule(figures: Sequence[Figure], members: Iterable[int]) -> list[int]:
    ordered = sorted(members, key=lambda at: figures[at].span[1])
    ends = [figures[at].span[1] for at in ordered]
    best: list[tuple[int, list[int]]] = [(0, [])]
    for number, at in enumerate(ordered):
        days, chosen = best[bisect_left(ends, figures[at].span[0], 0, number)]
        taken = (days + figures[at].days, [*chosen, at])
        best.append(max(best[-1], taken, key=lambda plan: (plan[0], -len(plan[1]))))
    return best[-1][1]


def _rank(chosen: tuple[Figure, ...]) -> tuple[object, ...]:
    narrowed = sum(figure.is_narrowed for figure in chosen)
    worst = max(figure.rank for figure in chosen)
    tie = (len(chosen), narrowed, worst, [figure.key for figure in chosen])
    if chosen[0].nature == "stock":
        return -len(chosen), -chosen[-1].span[1].toordinal(), *tie
    return -_days(chosen), 0, *tie


def _days(chosen: Iterable[Figure]) -> int:
    return sum(figure.days for figure in chosen)


def _is_own(chosen: Iterable[Figure]) -> bool:
    return all(figure.role == "own" for figure in chosen)


def _between(chosen: tuple[Figure, ...], reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    among = {figure.key for figure in chosen}
    return tuple(r for r in reasons if r.b is not None and {r.a.key, r.b.key} <= among)


def _choice(chosen: tuple[Figure, ...], asked: Span, conditions: tuple[Reason, ...] = ()) -> Choice:
    covered = tuple(_joined(figure.span for figure in chosen))
    # a stock covers no time: there is nothing to leave a gap in
    gaps = () if chosen[0].nature == "stock" else tuple(rest_of(asked, covered))
    return Choice(chosen, add(f.quantity for f in chosen), covered, gaps, conditions)


def _hull(figures: Iterable[Figure]) -> Span:
    spans = [figure.span for figure in figures]
    return min(first for first, _ in spans), max(last for _, last in spans)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order, those that touch as one."""
    held: Span | None = None
    for first, last in sorted(spans):
        if held is not None and first <= held[1] + timedelta(days=1):
            held = held[0], max(held[1], last)
            continue
        if held is not None:
            yield held
        held = first, last
    if held is not None:
        yield held


def rest_of(asked: Span, covered: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a span without others, which are given in order."""
    first, end = asked
    for start, last in covered:
        if first < start:
            yield first, min(end, start - timedelta(days=1))
        first = max(first, last + timedelta(days=1))
    if first <= end:
        yield first, end
