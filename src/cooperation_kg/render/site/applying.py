"""Which caveats apply to the statements on a page? Only those that do, each with how many statements it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cooperation_kg.curate.quantities import Bound
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.query.show.missing import WEAK_GRADES
from cooperation_kg.render.site.context import Both, Site


@dataclass(frozen=True)
class Applying:
    """A caveat that applies here: its anchor on the page of caveats, its words, how many statements it concerns."""

    anchor: str
    words: Both
    count: int


def caveats_of(site: Site, keys: Iterable[str]) -> list[Applying]:
    """Return the caveats that apply to some statements, in a fixed order."""
    statements = [site.corpus.statements[key] for key in dict.fromkeys(keys)]
    found = ((anchor, words, sum(applies(site, s) for s in statements)) for anchor, words, applies in CAVEATS)
    return [Applying(anchor, words, count) for anchor, words, count in found if count]


def _figure(test: Callable[[FigureStatement], bool]) -> Callable[[Site, Statement], bool]:
    return lambda _, statement: isinstance(statement, FigureStatement) and test(statement)


def _is_translated(site: Site, statement: Statement) -> bool:
    return (statement.reached_by or site.corpus.sources[statement.source].reached_by) != "original"


def _is_weak(site: Site, statement: Statement) -> bool:
    return site.corpus.sources[statement.source].grade in WEAK_GRADES


CAVEATS: tuple[tuple[str, Both, Callable[[Site, Statement], bool]], ...] = (
    (
        "figures",
        Both(
            "数字照原文抄录，口径与时段各异，不可相加；能否相加请用 ckg total",
            "figures are as printed, each with its scope and period, and must not be added: ask ckg total",
        ),
        lambda _, statement: isinstance(statement, FigureStatement),
    ),
    (
        "stage",
        Both("计划数或到位数，不是已支付数", "planned or in place, not paid"),
        _figure(lambda f: f.stage in ("planned", "pledged", "allocated")),
    ),
    (
        "people",
        Both("人次不是人", "person-times are not persons"),
        _figure(lambda f: f.quantity.unit.endswith("人次")),
    ),
    (
        "bounds",
        Both("带“余、多、近、约”的数只是界限", "余, 多, 近, 约: a bound or an approximation, not a value"),
        _figure(lambda f: f.quantity.bound is not Bound.EXACT),
    ),
    (
        "translated",
        Both("未见原件（译文、转引或摘要）", "the original was not seen (a translation, a quotation or an abstract)"),
        _is_translated,
    ),
    (
        "weak",
        Both("来源没有可追责的发布者", "no source that answers for it"),
        _is_weak,
    ),
)
"""Anchor on the page of caveats, what to know, and whether it applies to a statement."""
