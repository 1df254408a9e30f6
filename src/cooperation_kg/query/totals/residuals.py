"""What does one figure imply of another? "If X is inside Y, then the rest of Y's span is Y − X"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from cooperation_kg.curate.quantities import Bound, Quantity
from cooperation_kg.graph.derive.disagreements import possible_values
from cooperation_kg.query.totals.choices import rest_of
from cooperation_kg.query.totals.figures import Figure, Span
from cooperation_kg.query.totals.sums import lowest, take_away
from cooperation_kg.query.totals.verdicts import is_additive, may_hold
from cooperation_kg.query.totals.wholes import exceeds_longer

KIND = ("subject", "measure", "unit", "nature", "stage", "place")
"""What two figures have in common that count the same kind of the same thing."""


@dataclass(frozen=True)
class Residual:
    """What is left of ``whole`` without ``part``, for the spans in ``rest``, if both count the same thing.

    ``quantity`` is None where the part exceeds its whole: both cannot be true of the same thing. ``is_change`` marks
    two stocks: what was added (or, ``is_fall``, lost) from one time to the other.
    """

    whole: Figure
    part: Figure
    quantity: Quantity | None
    rest: tuple[Span, ...]
    is_change: bool = False
    is_fall: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether the two figures cannot both be true of the same thing."""
        return self.quantity is None


def residuals_of(figures: Iterable[Figure], asked: Span | None = None) -> tuple[Residual, ...]:
    """Return what pairs of figures imply that count the same kind of the same thing.

    Parameters
    ----------
    figures: dated ones of one measure, unit, nature and stage.
    asked: only what is implied of days within this span.
    """
    alike: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in _fit(figures):
        alike[tuple(getattr(figure, name) for name in KIND)].append(figure)
    pairs = (pair for those in alike.values() for pair in combinations(those, 2))
    found = (_residual(one, other) for one, other in pairs if not _is_part(one, other))
    kept = (r for r in found if r is not None and (asked is None or _lies_within(r.rest, asked)))
    return tuple(sorted(kept, key=lambda r: (r.whole.role != "own", r.rest, r.whole.key, r.part.key)))


def _fit(figures: Iterable[Figure]) -> Iterator[Figure]:
    for figure in figures:
        is_sure = figure.period is not None and not figure.is_vague_in_time and figure.quantity.ratio is None
        if is_sure and figure.nature in ("flow", "stock") and is_additive(figure.measure):
            yield figure


def _is_part(one: Figure, other: Figure) -> bool:
    return bool({*one.wholes}.intersection(other.keys) or {*other.wholes}.intersection(one.keys))


def _residual(one: Figure, other: Figure) -> Residual | None:
    if one.span == other.span:
        return None
    if one.nature == "stock":
        return _change(*sorted((one, other), key=lambda figure: figure.span))
    for whole, part in ((one, other), (other, one)):
        if whole.span[0] <= part.span[0] and part.span[1] <= whole.span[1]:
            return _rest(whole, part) if _can_be_inside(whole, part) else None
    return None


def _can_be_inside(whole: Figure, part: Figure) -> bool:
    """Return whether the "if" is fit to be said: the whole is not narrower, nor the other a part of another whole."""
    return may_hold(whole, part) and (not part.wholes or whole.note == part.note)


def _rest(whole: Figure, part: Figure) -> Residual | None:
    rest = tuple(rest_of(whole.span, (part.span,)))
    if exceeds_longer(part, whole):
        return Residual(whole, part, None, rest)
    left = take_away(whole.quantity, part.quantity)
    # below nothing: a lower bound of a negative number says nothing, an approximate one neither
    return None if left is None or lowest(left) <= 0 else Residual(whole, part, left, rest)


def _change(earlier: Figure, later: Figure) -> Residual | None:
    if earlier.span[1] >= later.span[0] or not (may_hold(earlier, later) and may_hold(later, earlier)):
        return None
    between = ((earlier.span[1] + timedelta(days=1), later.span[1]),)
    is_fall = earlier.quantity.bound is later.quantity.bound is Bound.EXACT and _exceeds(
        earlier.quantity, later.quantity
    )
    more, less = (earlier, later) if is_fall else (later, earlier)
    left = take_away(more.quantity, less.quantity)
    if left is None or (lowest(left) <= 0 and left.bound is not Bound.EXACT) or lowest(left) < 0:
        return None
    return Residual(later, earlier, left, between, is_change=True, is_fall=is_fall)


def _exceeds(part: Quantity, whole: Quantity) -> bool:
    least, most = possible_values(part).low, possible_values(whole).high
    return least is not None and most is not None and least > most


def _lies_within(spans: Sequence[Span], asked: Span) -> bool:
    return all(asked[0] <= first and last <= asked[1] for first, last in spans)
