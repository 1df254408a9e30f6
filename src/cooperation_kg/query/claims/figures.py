"""Does the record print this figure? A quantity of a sentence against the figures on the same subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.claims.amounts import Amount
from cooperation_kg.query.claims.measures import MeasureWords, fits
from cooperation_kg.query.claims.periods import Period
from cooperation_kg.query.claims.results import Bearing, Words
from cooperation_kg.query.claims.sides import Sides
from cooperation_kg.query.claims.subjects import SUBJECTS, Figure, subject_relation
from cooperation_kg.query.claims.times import TIMES, time_relation
from cooperation_kg.query.claims.values import is_misprint, value_relation

MOST_NEAR = 5
"""Statements shown as near, at most."""
PLANNED_WORDS = re.compile(
    r"计划|拟|将(?!近)|规划|预计|力争|目标|签约|签署|协议|商定|承诺|安排"
    r"|set aside|earmark|budget|plan|will|agree|pledge|sign|target",
    re.IGNORECASE,
)
PLANS_COUNT = frozenset(
    {
        *("project-investment", "investment-agreed", "agreements-signed", "projects-planned", "aspects-count"),
        *("measures-count", "contract-value", "trade-volume", "investment-projects"),
    }
)
"""Measures that count what is planned or agreed by their definition."""
TOTAL_WORDS = re.compile(r"累计|总计|共计|合计|共|已|先后|总额|cumulative|total|altogether|in all", re.IGNORECASE)


OPEN = Words("数值不同，句中用词也可指另一指标", "another value; the words may mean another measure")


@dataclass(frozen=True)
class FigureClaim:
    """A quantity that a sentence states: of whom, of what measure, over which times; ``context`` are its words."""

    sides: Sides
    amount: Amount
    measures: MeasureWords
    periods: tuple[Period, ...]
    context: str


class _Weighed(NamedTuple):
    """A figure beside a claim: how it bears on it and why, and how its subject and value relate."""

    rank: tuple[int, ...]
    figure: Figure
    how: str
    why: Words
    subject: str
    value: str

    @property
    def is_open(self) -> bool:
        """Whether it would contradict, were it sure that the sentence means its measure."""
        return self.why is OPEN


def check_figure(kg: KnowledgeGraph, figures: tuple[Figure, ...], claim: FigureClaim) -> tuple[Bearing, ...]:
    """Return the figures that bear on a claim: those that agree first, at last a few that are near."""
    weighed = [found for figure in figures if (found := _weigh(kg, figure, claim))]
    if not any(each.how != "near" for each in weighed):
        weighed = _of_another_time(weighed)
    weighed.sort(key=lambda each: each.rank)
    bearings = [Bearing(each.figure.statement.key, each.how, each.why) for each in weighed]
    telling = tuple(b for b in bearings if b.how != "near")
    return (*telling, *[b for b in bearings if b.how == "near"][: MOST_NEAR if not telling else 2])


def _of_another_time(weighed: list[_Weighed]) -> list[_Weighed]:
    """Return figures with those as contradicting whose measure has the sentence's very number at another time.

    2000万元 of 2017 said of 2018, for which the same measure has 9152万元: the number tells which measure is meant.
    """
    moved = {w.figure.statement.measure for w in weighed if (w.subject, w.value) == ("same", "equal")}
    words = Words("句中的数字属另一时间，此时另有其数", "the number is of another time; for this one there is another")
    return [
        w._replace(how="disagrees", why=words) if w.is_open and w.figure.statement.measure in moved else w
        for w in weighed
    ]


def _weigh(kg: KnowledgeGraph, figure: Figure, claim: FigureClaim) -> _Weighed | None:
    subject = subject_relation(kg, figure, claim.sides)
    unit = claim.amount.quantity.unit
    named = figure.statement.measure in claim.measures.measures
    if subject is None or not (named or (not claim.measures.measures and fits(figure.statement.measure, unit))):
        return None
    total = TOTAL_WORDS.search(claim.context) is not None
    each_year = claim.amount.rhythm == "each-year"
    time = time_relation(figure.statement, claim.periods, each_year=each_year, is_total=total)
    value = value_relation(claim.amount.quantity, figure.quantity, claim.amount.text, figure.statement.literal)
    how, why = _judge(figure, claim, subject, time, value)
    if how == "near" and value != "equal" and (time == "none" or subject != "same" or value == "units"):
        return None
    order = ("agrees", "compatible", "disagrees", "near").index(how)
    nearness = (SUBJECTS.index(subject), TIMES.index(time))
    same_value = 0 if value == "equal" else 1
    # of what is merely near, the very number tells more than the time: it may be what the sentence meant
    rank = (order, same_value, *nearness) if how == "near" else (order, *nearness, same_value)
    return _Weighed(rank, figure, how, why, subject, value)


def _judge(figure: Figure, claim: FigureClaim, subject: str, time: str, value: str) -> tuple[str, Words]:
    statement = figure.statement
    if subject != "same":
        return "near", Words("所说的范围不同", "of another scope")
    if time in ("other", "none"):
        return "near", Words("所说的时间不同", "of another time")
    if value == "units":
        return "near", Words("单位不同", "in another unit")
    if (
        statement.stage in ("planned", "agreed")
        and statement.measure not in PLANS_COUNT
        and not PLANNED_WORDS.search(claim.context)
    ):
        return "near", Words("是计划或商定数", "planned or agreed, not done")
    if value == "equal" and time == "same":
        return "agrees", Words("数值、时间相同", "same value, same time")
    if value == "equal":
        return "compatible", Words("数值相同，时间不如来源确切", "same value; the time is said less exactly")
    if value == "rounded":
        return "compatible", Words("数值在取整或限定词之内", "within its rounding or bound")
    if not claim.periods and statement.nature != "stock" and statement.period is not None:
        return "near", Words("句中没有时间，数值不同", "the sentence gives no time; another value")
    if is_misprint(claim.amount.quantity, figure.quantity):
        return "disagrees", Words("同样的数字而位置或单位不同", "the same digits, placed otherwise")
    if _is_narrower(statement, claim.context):
        return "near", Words("数值不同，但所计的范围更窄", "another value, but it counts something narrower")
    if statement.measure not in claim.measures.chief:
        return "near", OPEN
    return "disagrees", Words("同一事项，数值不同", "same matter, another value")


def _is_narrower(statement: FigureStatement, context: str) -> bool:
    """Whether a figure counts less than the sentence speaks of: it is part of another, or its note narrows it."""
    note = statement.scope_note.zh if statement.scope_note else ""
    return not _note_is_met(note, context) if note else statement.part_of is not None


_WHOLE_NOTE = re.compile(r"累计|合计|共计|总计|总数|总额|全部|内外")
_EMPTY_NOTE = re.compile(r"原文\w*|约数|各级|年底|截至|其中|共|等|的|数")


def _note_is_met(note: str, context: str) -> bool:
    """Whether what a note narrows to is spoken of in the sentence too; a note that narrows nothing always is."""
    if _WHOLE_NOTE.search(note):
        return True
    told = _EMPTY_NOTE.sub("", re.sub(r"[^\u4e00-\u9fff]", "", note))
    pairs = {told[i : i + 2] for i in range(len(told) - 1)}
    return 2 * sum(pair in context for pair in pairs) > len(pairs) if pairs else True
