"""Does a place have one name and one parent on each day, and did it still exist when something is said of it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from cooperation_kg.curate.registers import FormerName, Place, Within
from cooperation_kg.curate.rules.world import World
from cooperation_kg.curate.statements import ChangeStatement
from cooperation_kg.curate.told import first_day_told
from cooperation_kg.errors import Issue


class Span(NamedTuple):
    """The days on which a name or parent surely held; ``last`` before ``first`` where no day is sure."""

    first: date
    last: date


def check_overlaps(world: World) -> Iterator[Issue]:
    """E313: two former names, or two parents of which one is dated, that surely held on one and the same day.

    Days that are only possible do not count: ``until: 2014`` and ``since: 2014`` follow each other within that year.
    """
    for key, place in world.entries("place"):
        assert isinstance(place, Place)
        for later, day in _doubles([_of_name(former) for former in place.former]):
            yield _two_on_a_day(world, key, ("former", later), "names", "名称", day)
        if any(within.since or within.until for within in place.within):
            for later, day in _doubles([_of_parent(within) for within in place.within]):
                yield _two_on_a_day(world, key, ("within", later), "parents", "上级单位", day)


def check_undated_names(world: World) -> Iterator[Issue]:
    """E314: a former name with neither since nor until: no year could show it."""
    for key, place in world.entries("place"):
        assert isinstance(place, Place)
        for index, former in enumerate(place.former):
            if former.since is None and former.until is None:
                yield world.issue(
                    ("place", key),
                    ("former", index),
                    "E314",
                    f'the former name "{former.name.zh}" has no time; add until (its last day) or since, '
                    "or list it under aliases",
                    f"曾用名“{former.name.zh}”没有时间；请补 until（最后一日）或 since，或列入 aliases",
                )


def check_ended_places(world: World) -> Iterator[Issue]:
    """W408: a statement about a time at which the place was no more; what tells of the change itself is passed over."""
    for reference in world.references:
        place = world.corpus.places.get(reference.text) if "place" in reference.kinds else None
        if place is None or place.until is None or reference.owner[0] != "statement":
            continue
        statement = world.corpus.statements[reference.owner[1]]
        if isinstance(statement, ChangeStatement):
            continue
        begins = first_day_told(statement)
        if statement.withdrawn is None and begins is not None and begins > place.until.latest:
            yield world.issue(
                reference.owner,
                reference.path,
                "W408",
                f"{place.id} existed until {place.until.text}, and this begins {begins}; name the unit that took its "
                "place, or correct a date",
                f"{place.name.zh}存在至 {place.until.text}，此事始于 {begins}；请改为后继单位，或改正日期",
            )


def _of_name(former: FormerName) -> Span:
    """Return the sure days of a former name; where an end is not told, the other alone is known."""
    ends = [when for when in (former.since, former.until) if when is not None]
    if not ends:
        return Span(date.max, date.min)
    return Span(
        former.since.latest if former.since else ends[0].earliest,
        former.until.earliest if former.until else ends[0].latest,
    )


def _of_parent(within: Within) -> Span:
    """Return the sure days of a parent; an end that is not told is open."""
    return Span(within.since.latest if within.since else date.min, within.until.earliest if within.until else date.max)


def _doubles(spans: Sequence[Span]) -> Iterator[tuple[int, date]]:
    """Yield (index of the later entry, the first day) for each two spans that share a day."""
    for (_, one), (index, other) in combinations(enumerate(spans), 2):
        first, last = max(one.first, other.first), min(one.last, other.last)
        if one.first <= one.last and other.first <= other.last and first <= last:
            yield index, first


def _two_on_a_day(world: World, key: str, path: tuple[str, int], en: str, zh: str, day: date) -> Issue:
    shown = "" if day == date.min else f" on {day}"
    return world.issue(
        ("place", key),
        path,
        "E313",
        f"{key} has two {en}{shown}; give each its since and until, so that one ends before the next begins",
        f"{key} {'' if day == date.min else f'在 {day} '}有两个{zh}；请写明各自的 since 和 until，前一个止后一个才起",
    )
