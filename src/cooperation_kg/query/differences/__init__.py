"""What changed between two states of the data? Statements by id, with old and new value, and what follows from it.

==============  ==========================================================================
module          question
==============  ==========================================================================
``snapshot``    what does a graph say, by id, whatever its base and its derived notes?
``sides``       which state is meant: a revision, a data folder, or a build?
``compare``     which of the six classes of change is it?
``answer``      how is it read: lines for review, and plain data
==============  ==========================================================================
"""

from __future__ import annotations

from cooperation_kg.errors import BadParameter
from cooperation_kg.query.differences.answer import Differences
from cooperation_kg.query.differences.compare import STATEMENT_CLASSES, Change, Changed, compare
from cooperation_kg.query.differences.sides import read_side
from cooperation_kg.query.differences.snapshot import GROUPS, Snapshot, snapshot_of

__all__ = [
    "GROUPS",
    "STATEMENT_CLASSES",
    "Change",
    "Changed",
    "Differences",
    "Snapshot",
    "differences",
    "read_side",
    "snapshot_of",
]


def differences(a: Snapshot, b: Snapshot) -> Differences:
    """Return what changed from an earlier state to a later one.

    Parameters
    ----------
    a, b: states, as `read_side` or `snapshot_of` return them; compared by id where their base IRIs differ.

    Raises BadParameter where one is a build as of a time and the other is not: what was left out would seem gone.

    >>> def state(name: str, literal: str) -> Snapshot:
    ...     said = {"statement/a.s1": {"asWritten": (literal,)}}
    ...     return Snapshot(name, "", {group: {} for group in GROUPS} | {"statement": said}, {}, {})
    >>> differences(state("then", "2亿元"), state("now", "3亿元")).statements("corrected")[0].changes
    (Change(property='asWritten', old=('2亿元',), new=('3亿元',)),)
    """
    if a.selected != b.selected:
        holds = ", ".join(f"{side.name}: {side.selected or 'all 全部'}" for side in (a, b))
        raise BadParameter(
            f"these are not of the same time ({holds}), and what one leaves out is no change; "
            "compare two whole builds, or two as of one time "
            "/ 两者所截的时间不同，略去的并非改变；请比较两个完整的构建，或截至同一时间的两个"
        )
    return Differences(a, b, compare(a, b))
