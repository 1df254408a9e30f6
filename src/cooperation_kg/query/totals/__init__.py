"""May these figures be added? The sum where it is true, else why not and what can be said instead.

==============  ======================================================================
module          its question
==============  ======================================================================
``figures``     what is a figure in a sum, and which sayings are one
``subjects``    how do two subjects lie to each other: inside, apart, partly in common
``nearby``      which figures can have to do with a thing at all
``candidates``  which figures speak of the thing asked about, and which can be added
``reasons``     the reasons against a sum: stable codes and their words
``verdicts``    may these two be added (``why_not``)
``wholes``      is a figure greater than another that must hold it
``sums``        what quantities and their bounds add up to
``choices``     what is the most that may be added
``residuals``   what does one figure imply of another
``series``      what is told of each single year, and where is nothing
``results``     the answer (frozen records)
``asking``      what does the one who asks mean
``telling``     the answer in words (``telling_years``: its table of years)
``plain``       the answer as JSON
==============  ======================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.totals.asking import measure_of, period_of, stage_of, thing_of
from cooperation_kg.query.totals.candidates import Asked, Sorted, figures_by_measure, sort_figures
from cooperation_kg.query.totals.choices import weigh
from cooperation_kg.query.totals.figures import AID, Figure, Span
from cooperation_kg.query.totals.reasons import CODES, Reason
from cooperation_kg.query.totals.residuals import residuals_of
from cooperation_kg.query.totals.results import Group, MeasureTotal, Total
from cooperation_kg.query.totals.series import Series, series_of
from cooperation_kg.query.totals.subjects import Subjects
from cooperation_kg.query.totals.verdicts import is_additive, kinds_differ, not_additive, shared_days, why_not

__all__ = ["CODES", "Reason", "Total", "total", "why_not"]


def total(
    kg: KnowledgeGraph,
    about: str,
    measures: Iterable[str] = (),
    *,
    during: str | None = None,
    stage: str | None = None,
    each_year: bool = False,
    by_year: bool = False,
    as_of: AsOf | None = None,
) -> Total:
    """Return what the figures of a thing add up to, or why they may not be added and what can be said instead.

    Parameters
    ----------
    about: a pairing, place, programme, project … by any name; a scope by its slug.
    measures: by notation or label; without any, every additive measure that the thing has, each by itself.
    during: only figures whose whole period lies within it (2016/2020); those that reach beyond are listed apart.
    stage: only figures at this stage (planned, agreed, allocated, paid, reported).
    each_year: multiply the amount of every single year by the whole years of its period.
    by_year: show year by year what is told, gaps as gaps.
    as_of: only figures that tell of this time; never clipped to it.

    Raises BadParameter for a thing, measure, period or stage that is not there.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> answer = total(build_graph(load_corpus()), "京蒙", ["fiscal-aid"], during="2016/2020")
    >>> answer.refused
    ('fiscal-aid',)
    """
    subjects = Subjects(kg)
    asked = Asked(thing_of(kg, about), period_of(during), stage_of(stage), each_year, as_of)
    known = figures_by_measure(kg, asked, subjects)
    available = {m: n for m in known if (n := sum(figure.role != "around" for figure in known[m]))}
    named = tuple(dict.fromkeys(measure_of(measure, _in_order(available)) for measure in measures))
    additive = [measure for measure in available if is_additive(measure)]
    found = {measure: sort_figures(kg, asked, known.get(measure, ())) for measure in (*named, *known)}
    return Total(
        asked=asked,
        measures=tuple(
            _measured(measure, found, asked, subjects, beside=bool(named))
            for measure in _in_order(named or additive, is_named=bool(named))
        ),
        available=tuple((measure, available[measure]) for measure in _in_order(available)),
        not_added=() if named else tuple(m for m in _in_order(available) if m not in additive),
        named=bool(named),
        by_year=by_year,
        kg=kg,
    )


def _in_order(measures: Iterable[str], *, is_named: bool = False) -> tuple[str, ...]:
    """Return measures as they were named, else in the order of the ontology."""
    order = list(load_ontology().concepts["measure"])
    return tuple(measures) if is_named else tuple(sorted(measures, key=order.index))


def _measured(
    measure: str, found: dict[str, Sorted], asked: Asked, subjects: Subjects, *, beside: bool
) -> MeasureTotal:
    mine = found[measure]
    span = _span(asked)
    groups = tuple(_group(figures, mine, span, subjects) for figures in _grouped(mine.candidates))
    others = (
        figure for other, theirs in found.items() if other != measure for figure in (*theirs.candidates, *theirs.beyond)
    )
    return MeasureTotal(
        measure=measure,
        found=mine,
        groups=groups,
        between=_between(groups),
        beside=_beside(mine.candidates, others) if beside else (),
        series=_series(mine, span),
    )


def _span(asked: Asked) -> Span | None:
    return (asked.during.earliest, asked.during.latest) if asked.during else None


def _grouped(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Return figures that could stand in one sum together, the group of the first figure first."""
    groups: list[list[Figure]] = []
    for figure in figures:
        for group in groups:
            if kinds_differ(group[0], figure) is None:
                group.append(figure)
                break
        else:
            groups.append([figure])
    return groups


def _group(figures: Sequence[Figure], found: Sorted, span: Span | None, subjects: Subjects) -> Group:
    never = not_additive(figures[0])
    alike = [figure for figure in (*figures, *found.beyond) if kinds_differ(figures[0], figure) is None]
    weighed = None if never else weigh(figures, subjects, span)
    return Group(tuple(figures), never, weighed, residuals_of(alike, span))


def _between(groups: Sequence[Group]) -> tuple[Reason, ...]:
    reasons = (kinds_differ(one.figures[0], other.figures[0]) for one, other in combinations(groups, 2))
    return tuple(reason for reason in reasons if reason is not None)


def _beside(figures: Iterable[Figure], others: Iterable[Figure]) -> tuple[Reason, ...]:
    """Return why aid told under another measure is not added to these: for each such figure, against the one of these
    that shares the most days with it."""
    mine = [figure for figure in figures if figure.role == "own" and figure.measure in AID]
    found: list[Reason] = []
    for other in others:
        near = [figure for figure in mine if shared_days(figure, other)]
        if near and other.role == "own" and other.measure in AID:
            reason = kinds_differ(max(near, key=lambda figure: _days_shared(figure, other)), other)
            found += [reason] if reason else []
    return tuple(found)


def _days_shared(one: Figure, other: Figure) -> int:
    days = shared_days(one, other)
    return (days[1] - days[0]).days if days else -1


def _series(found: Sorted, span: Span | None) -> tuple[Series, ...]:
    own = [figure for figure in (*found.candidates, *found.beyond) if figure.role == "own"]
    made = (series_of(group, span) for group in _grouped(own))
    return tuple(series for series in made if series is not None)
