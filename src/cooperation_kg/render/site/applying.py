"""Which caveats apply to the statements on a page? Only those that do, each with how many statements it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cooperation_kg.curate.quantities import Bound
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.graph.derive.origins import origin_of
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
    found = [(anchor, words, sum(applies(site, s) for s in statements)) for anchor, words, applies in CAVEATS]
    found.append(("reprint", SAME_ORIGIN, _of_shared_origin(site, statements)))
    return [Applying(anchor, words, count) for anchor, words, count in found if count]


def _of_shared_origin(site: Site, statements: Iterable[Statement]) -> int:
    """Return how many of the statements pass on an origin that another source here passes on, too."""
    sources: dict[str, list[str]] = {}
    for statement in statements:
        sources.setdefault(_origins(site)[statement.key], []).append(statement.source)
    return sum(len(told) for told in sources.values() if len(set(told)) > 1)


@lru_cache(maxsize=2)
def _origins(site: Site) -> Mapping[str, str]:
    return {key: origin_of(site.corpus, statement) for key, statement in site.corpus.statements.items()}


def _figure(test: Callable[[FigureStatement], bool]) -> Callable[[Site, Statement], bool]:
    return lambda _, statement: isinstance(statement, FigureStatement) and test(statement)


def _reached_by(*ways: str) -> Callable[[Site, Statement], bool]:
    return lambda site, statement: (statement.reached_by or site.corpus.sources[statement.source].reached_by) in ways


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
        Both("计划、协议或下达的数，不是到位的数", "planned, agreed or allocated, not paid out"),
        _figure(lambda f: f.stage in ("planned", "agreed", "allocated")),
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
        Both("只见译文或摘要，未见原文", "read in translation or as an abstract only, not in the original"),
        _reached_by("translation", "abstract"),
    ),
    (
        "reprint",
        Both("读自转载，未见首发处", "read in a reprint, not where it first appeared"),
        _reached_by("reprint"),
    ),
    (
        "weak",
        Both("来源没有可追责的发布者", "no source that answers for it"),
        _is_weak,
    ),
)
"""Anchor on the page of caveats, what to know, and whether it applies to a statement."""
SAME_ORIGIN = Both(
    "几个来源转述同一源头，不能互相佐证", "several sources pass on one origin and confirm nothing for each other"
)
"""What to know where statements of several sources have one origin."""
