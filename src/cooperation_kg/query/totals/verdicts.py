"""May these two figures be added? If not, the first reason that a reader should hear."""

from __future__ import annotations

from functools import cache

from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.totals.figures import Figure, Span
from cooperation_kg.query.totals.reasons import Reason
from cooperation_kg.query.totals.subjects import APART, CONTAINS, INSIDE, OTHER_PROGRAMME, OVERLAP, Subjects

ADDED_OVER_TIME = "flow"
SHARES = frozenset({"%", "‰", "百分点", "倍"})
"""Units of what is no amount, whatever the measure."""
HEADS = frozenset({"人", "户", "口"})
"""Units of who can be there again the next year; 人次 counts occasions and is safe."""
LASTING = frozenset(
    {
        "paired-counties",
        "paired-townships",
        "paired-villages",
        "paired-enterprises",
        "pairs-count",
        "villages-helped",
        "enterprises-engaged",
        "cooperatives",
        "workshops",
        "farm-bases",
        "shops",
        "products-listed",
        "bases-for-training",
        "livestock-with-water",
        "aid-projects",
        "investment-projects",
        "school-places",
    }
)
"""Counts of things that are still there the next year, so that two years may count the same ones."""
ONCE = frozenset({"people-lifted", "people-resettled", "counties-delisted", "villages-delisted"})
"""What happens to one but once, yet several supporters may each be said to have brought it about."""
OF_ONE = frozenset(
    {
        "officials-posted",
        "officials-received",
        "officials-exchanged",
        "professionals-posted",
        "professionals-received",
        "professionals-exchanged",
        "teachers-posted",
        "doctors-posted",
        "staff-posted",
        "staff-exchanged",
        "volunteers",
        "builders-sent",
        "aid-projects",
        "investment-projects",
    }
)
"""What may go on for years, but in one pairing: people whom one side sends, projects that it pays."""


def why_not(one: Figure, other: Figure, subjects: Subjects) -> Reason | None:
    """Return why two figures may not stand in one sum, or None where they may.

    Two may be added only where they count one measure in one unit, nature and stage, and cannot count anything
    twice: one subject over periods that have no day in common, or subjects apart over the very same period. That is
    the disjointness and type compatibility of Lenz and Shoshani (Summarizability in OLAP and statistical data bases,
    SSDBM 1997), asked of every pair.

    Parameters
    ----------
    subjects: compares what the figures are about.
    """
    return kinds_differ(one, other) or _own(one) or _own(other) or _parts(one, other) or _things(one, other, subjects)


def kinds_differ(one: Figure, other: Figure) -> Reason | None:
    """Return why two figures cannot even stand in one group: measure, unit, nature, stage or role differ."""
    # of a place: what is told of itself, as a supporter and as a recipient never go together
    if one.kind == other.kind:
        return None
    one_ties, other_ties = (figure.role.startswith("as-") for figure in (one, other))
    for wording, is_other in (
        ("measures-differ", one.measure != other.measure),
        ("units-differ", one.unit != other.unit),
        ("natures-differ", one.nature != other.nature),
        ("stages-differ", one.stage != other.stage),
        ("roles-differ", one_ties and other_ties and one.role != other.role),
        ("overlapping-subjects", one_ties != other_ties),
    ):
        if is_other:
            return Reason(wording, one, other)
    return None


@cache
def is_additive(measure: str) -> bool:
    """Return whether the ontology lets figures of a measure be added (``coop:summable``)."""
    return bool(load_ontology().concepts["measure"][measure].summable)


def not_additive(figure: Figure) -> Reason | None:
    """Return why a figure can never be added to any other: its measure, or its being of each year."""
    return _own(figure)


def shared_days(one: Figure, other: Figure) -> Span | None:
    """Return the days that both periods can hold, or None where there are none or one is undated."""
    if one.period is None or other.period is None:
        return None
    first, last = max(one.span[0], other.span[0]), min(one.span[1], other.span[1])
    return (first, last) if first <= last else None


def _own(figure: Figure) -> Reason | None:
    if figure.period is None:
        return Reason("undated", figure)
    if not is_additive(figure.measure) or figure.quantity.ratio is not None or figure.unit in SHARES:
        return Reason("measure-not-additive", figure)
    return Reason("each-year-not-multiplied", figure) if figure.nature == "each-year" else None


def _parts(one: Figure, other: Figure) -> Reason | None:
    for part, whole in ((one, other), (other, one)):
        if part.wholes and {*part.wholes}.intersection(whole.keys):
            return Reason("part-of-whole", part, whole)
    return None


def _things(one: Figure, other: Figure, subjects: Subjects) -> Reason | None:
    relation = subjects.between(one, other)
    if relation == OTHER_PROGRAMME:
        return Reason("programmes-differ", one, other)
    if relation in (INSIDE, CONTAINS):
        return Reason("mixed-levels", one, other) if relation == INSIDE else Reason("mixed-levels", other, one)
    if relation == OVERLAP:
        return Reason("overlapping-subjects", one, other)
    if one.is_vague_in_time or other.is_vague_in_time:
        return Reason("approximate-period", one, other)
    if relation == APART:
        return _of_subjects_apart(one, other, subjects)
    return _of_one_subject(one, other)


def _of_subjects_apart(one: Figure, other: Figure, subjects: Subjects) -> Reason | None:
    if _is_retold(one, other):
        return Reason("shared-origin:otherwise", one, other)
    if one.span == other.span:
        may_recur = one.measure not in OF_ONE and may_count_again(one) and subjects.share_a_side(one, other)
        return _narrowing(one, other) or (Reason("may-recur", one, other, is_condition=True) if may_recur else None)
    if one.nature != ADDED_OVER_TIME:
        return Reason("stock-not-additive:subjects", one, other)
    return Reason("subjects-and-times-differ", one, other)


def _of_one_subject(one: Figure, other: Figure) -> Reason | None:
    days = shared_days(one, other)
    if days is not None and _is_one_voice(one, other):
        return Reason("shared-origin", one, other)
    if one.span == other.span:
        return _narrowing(one, other, apart_in_time=False) or Reason("same-thing", one, other)
    if one.nature != ADDED_OVER_TIME:
        earlier, later = sorted((one, other), key=lambda figure: figure.span)
        return Reason("stock-not-additive", earlier, later)
    if days is None and _is_retold(one, other):
        return Reason("shared-origin:otherwise", one, other)
    if days is None:
        may_recur = one.measure not in ONCE and may_count_again(one)
        return _narrowing(one, other) or (Reason("may-recur", one, other, is_condition=True) if may_recur else None)
    for part, whole in ((one, other), (other, one)):
        if days == part.span and may_hold(whole, part):
            return Reason("part-of-whole:span", part, whole)
    return Reason("overlapping-periods", one, other)


def may_hold(whole: Figure, part: Figure) -> bool:
    """Return whether what narrows the whole, if anything, narrows the part alike: else the one is not in the other."""
    pairs = ((whole.note, part.note), (whole.payer, part.payer), (whole.payee, part.payee))
    return all(not wide or wide == narrow for wide, narrow in pairs)


def may_count_again(figure: Figure) -> bool:
    """Return whether it counts who or what may also be counted in another year, or of another supporter."""
    return figure.unit in HEADS or figure.measure in LASTING | ONCE


def _is_retold(one: Figure, other: Figure) -> bool:
    """Return whether two copies of one text give its number to different times or subjects."""
    return one.origin.startswith("source/") and _is_one_voice(one, other)


def _is_one_voice(one: Figure, other: Figure) -> bool:
    return one.origin == other.origin and one.source != other.source and one.quantity == other.quantity


def _narrowing(one: Figure, other: Figure, *, apart_in_time: bool = True) -> Reason | None:
    """Say what keeps two figures that count nothing twice from counting the same kind of thing."""
    paid, also_paid = (one.payer, one.payee), (other.payer, other.payee)
    if paid != also_paid:
        is_unsaid = not any(a and b and a != b for a, b in zip(paid, also_paid, strict=True))
        return Reason("payers-differ", one, other, is_condition=is_unsaid and apart_in_time)
    if one.note != other.note or one.is_unnamed_part or other.is_unnamed_part:
        return Reason("scope-differs", one, other, is_condition=apart_in_time)
    if one.action != other.action and apart_in_time:
        return Reason("programmes-differ", one, other, is_condition=True)
    return None
