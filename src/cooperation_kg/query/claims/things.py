"""Does the record say this of a programme, a project or an event? Begun, ended, extended, renamed or held when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.statements import (
    ChangeStatement,
    DocumentStatement,
    EventStatement,
    PolicyEffectStatement,
    Statement,
)
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.weighing import counted_statements
from cooperation_kg.query.claims.periods import Period
from cooperation_kg.query.claims.results import MOST_SHOWN, Bearing, Words, once

EFFECTS = {"start": "establishes", "end": "ends", "change": "renames"}
"""What a policy effect is called for each verb."""


@dataclass(frozen=True)
class ThingClaim:
    """What a sentence says of a programme, project or event: that it began, ended, changed or was at a time."""

    things: tuple[tuple[str, str], ...]
    periods: tuple[Period, ...]
    point: str


def check_thing(kg: KnowledgeGraph, claim: ThingClaim) -> tuple[Bearing, ...]:
    """Return what bears on a claim about a programme, project or event."""
    if claim.point == "extend":
        return _extended(kg, claim)
    stated = list(_stated_times(kg, claim))
    times = [p for p in claim.periods if p.when is not None]
    if not times:
        return tuple(Bearing(key, "agrees", Words("库中有此事", "it is on record")) for key, _ in stated)[:MOST_SHOWN]
    wanted = times[0].when
    assert wanted is not None
    same = [
        key for key, when in stated if when.start.earliest <= wanted.latest and wanted.earliest <= when.start.latest
    ]
    others = [key for key, _ in stated if key not in same]
    coarse = wanted.shape != "date"
    how, why = (
        ("compatible", Words("句中时间较粗", "the sentence is less exact"))
        if coarse
        else ("agrees", Words("时间相同", "the same time"))
    )
    found = [Bearing(key, how, why) for key in same]
    words = Words("时间不同", "another time")
    found += [Bearing(key, "disagrees", words) for key in others]
    return tuple(found)[:MOST_SHOWN]


def _extended(kg: KnowledgeGraph, claim: ThingClaim) -> tuple[Bearing, ...]:
    """Compare up to which year something was extended, which policy effects tell in their own words."""
    found: list[Bearing] = []
    for statement in counted_statements(kg.corpus):
        if not isinstance(statement, PolicyEffectStatement) or statement.effect != "extends" or not statement.text:
            continue
        if subject_of(kg.corpus, kg.derived.pairings, statement.about) not in claim.things:
            continue
        years = {int(year) for year in re.findall(r"(?:19|20)\d{2}", statement.text.zh)}
        wanted = {p.when.latest.year for p in claim.periods if p.when is not None}
        if years & wanted:
            found.append(Bearing(statement.key, "agrees", Words("期限相同", "the same term")))
        elif years and wanted:
            found.append(Bearing(statement.key, "disagrees", Words("期限不同", "another term")))
    return once(sorted(found, key=lambda b: b.how))


def _stated_times(kg: KnowledgeGraph, claim: ThingClaim) -> Iterator[tuple[str, When]]:
    """Yield what statements say of the point asked about: of the beginning, the end, or the thing itself."""
    for statement in counted_statements(kg.corpus):
        when = _time_of(kg, statement, claim)
        if when is not None:
            yield statement.key, when


def _time_of(kg: KnowledgeGraph, statement: Statement, claim: ThingClaim) -> When | None:
    match statement:
        case PolicyEffectStatement():
            is_asked = statement.effect == EFFECTS.get(claim.point)
            about = subject_of(kg.corpus, kg.derived.pairings, statement.about) if is_asked else None
            return statement.date or _date_of_policy(kg, statement.policy) if about in claim.things else None
        case ChangeStatement():
            about_ids = {identifier for _, identifier in claim.things}
            return statement.date if claim.point == "change" and statement.about in about_ids else None
        case EventStatement():
            return statement.date if ("event", statement.event) in claim.things else None
        case _:
            return None


def _date_of_policy(kg: KnowledgeGraph, policy: str) -> When | None:
    for statement in counted_statements(kg.corpus):
        if isinstance(statement, DocumentStatement) and statement.policy == policy and statement.date:
            return statement.date
    return None
