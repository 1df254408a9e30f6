"""Does a source speak only of what had happened when it was printed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.rules.world import World, yaml_name
from cooperation_kg.curate.statements import FigureStatement, PolicyEffectStatement, Statement
from cooperation_kg.curate.told import TIMES, fields_of
from cooperation_kg.errors import Issue

FORESEEN = frozenset({"planned", "agreed"})


def check_future(world: World) -> Iterator[Issue]:
    """W404: a time that begins after the source was printed, or after the dataset's last year."""
    for statement in world.standing:
        source = world.corpus.sources.get(statement.source)
        if isinstance(statement, FigureStatement) and statement.stage in FORESEEN:
            continue
        if isinstance(statement, PolicyEffectStatement) and statement.effect == "ends":
            continue  # a plan may set its own end
        for name, when in _times(statement):
            limit = _limit(source.date if source else None, world.last_day)
            if when.earliest > limit:
                yield world.issue(
                    ("statement", statement.key),
                    (yaml_name(statement, name),),
                    "W404",
                    f"{when.text} is later than {limit}, where the source or the dataset ends; "
                    "correct the date, or write due (an end still to come) or stage: planned",
                    f"{when.text} 晚于 {limit}（来源日期或数据集的截止）；"
                    "请改正日期，或写 due（尚未到来的期限）或 stage: planned",
                )


def _times(statement: Statement) -> Iterator[tuple[str, When]]:
    for name in fields_of(type(statement), TIMES):
        when = getattr(statement, name)
        if isinstance(when, When):
            yield name, when


def _limit(printed: When | None, last_day: date) -> date:
    return last_day if printed is None else min(printed.latest, last_day)
