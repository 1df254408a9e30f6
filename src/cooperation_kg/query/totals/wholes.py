"""Is a figure greater than another that must hold it: that of a longer time, or of which a source says it is part?"""

from __future__ import annotations

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.rules.figures import SAME_COUNT
from cooperation_kg.graph.derive.comparing import PRECISIONS, exceeds
from cooperation_kg.query.totals.figures import Figure
from cooperation_kg.query.totals.verdicts import ADDED_OVER_TIME, SHARES, is_additive, may_hold

ALIKE = ("subject", "measure", "nature", "stage", "place")
COUNTERS = frozenset[str]().union(*SAME_COUNT)


def exceeds_longer(part: Figure, whole: Figure) -> bool:
    """Return whether a figure exceeds that of a longer period which holds its own: of one thing, one must be wrong.

    Both count one measure of one thing at one stage, added up over their periods, and the longer one is not narrowed
    to something else (`may_hold`). Bounds, ranges and rounding count in favour of both. A share or an income is
    never asked: a year's may well exceed that of the years around it.
    """
    return (
        part.nature == ADDED_OVER_TIME
        and part.period is not None
        and whole.period is not None
        and is_inside(part.period, whole.period)
        and all(getattr(part, name) == getattr(whole, name) for name in ALIKE)
        and _grows(part)
        and _grows(whole)
        and may_hold(whole, part)
        and whole.action in ("", part.action)
        and not whole.is_unnamed_part
        and exceeds(part.quantity, whole.quantity)
    )


def exceeds_declared(part: Figure, whole: Figure) -> bool:
    """Return whether a figure exceeds the one that its source gives as its whole, in units that count alike."""
    return whole.key in part.wholes[:1] and exceeds(part.quantity, whole.quantity)


def is_inside(part: When, whole: When) -> bool:
    """Return whether one period surely lies inside another and is not the same.

    An interval begins and ends some time in the years that are printed: nobody knows whether 2021/2025 reaches to
    2025-05. Two that end in the same year are taken to end alike, and ``~`` and ``[..]`` leave everything open.

    >>> from cooperation_kg.curate.dates import parse_when
    >>> is_inside(parse_when("2019"), parse_when("2018/2019"))
    True
    >>> is_inside(parse_when("2021/2025-05"), parse_when("2021/2025"))
    False
    """
    days, around = (part.earliest, part.latest), (whole.earliest, whole.latest)
    if days == around or not (around[0] <= days[0] and days[1] <= around[1]):
        return False
    if any(when.approximate or when.is_some_time_within for when in (part, whole)):
        return False
    if not whole.is_interval:
        return True
    first, last = part.first, part.last
    begins_inside = whole.first.latest < first.earliest or not _is_finer(first.precision, whole.first.precision)
    return begins_inside and (last.latest < whole.last.earliest or not _is_finer(last.precision, whole.last.precision))


def _is_finer(one: str, other: str) -> bool:
    return PRECISIONS.index(one) > PRECISIONS.index(other)


def _grows(figure: Figure) -> bool:
    """Return whether it can only grow with time: an amount that may be added, or a count of people or things."""
    if figure.quantity.ratio is not None or figure.quantity.unit in SHARES:
        return False
    return is_additive(figure.measure) or figure.quantity.unit in COUNTERS
