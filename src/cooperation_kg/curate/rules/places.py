"""Are places paired with others, and do their codes lie inside those of the units above them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cooperation_kg.curate.registers import NamedPairing, Place, Within
from cooperation_kg.curate.rules.world import World, YamlKeys
from cooperation_kg.errors import Issue


def check_self_pairs(world: World) -> Iterator[Issue]:
    """E304: a place paired with itself."""
    for key, entry in world.entries("pairing"):
        assert isinstance(entry, NamedPairing)
        if entry.places[0] == entry.places[1]:
            yield _self_pair(world, ("pairing", key), ("places", 1), entry.places[1])
    for member in world.members:
        if member.first == member.second and member.path != ("about",):
            yield _self_pair(world, ("statement", member.statement.key), member.path, member.second)


def check_codes(world: World) -> Iterator[Issue]:
    """E305: a code that does not begin like the code of the unit above, at the time it was above.

    GB/T 2260: two digits for the province, two for the prefecture, two for the county.
    """
    for key, place in world.entries("place"):
        assert isinstance(place, Place)
        for index, within in enumerate(place.within):
            parent = world.corpus.places.get(within.parent)
            if parent is None:
                continue
            day = _last_day(within, place, world.last_day)
            code, above = place.code_at(day), parent.code_at(day)
            if code and above and not code.startswith(_significant(above)):
                yield world.issue(
                    ("place", key),
                    ("code",) if within.until is None else ("within", index, "parent"),
                    "E305",
                    f"code {code} is not within {above} ({parent.id}) on {day}; correct it, or add the former code",
                    f"{day} 的代码 {code} 不在 {above}（{parent.name.zh}）之下；请改正，或在 former 补上旧代码",
                )


def _self_pair(world: World, owner: tuple[str, str], path: YamlKeys, place: str) -> Issue:
    return world.issue(
        owner,
        path,
        "E304",
        f'"{place}" is paired with itself; correct one side',
        f"“{place}”与自身结对；请改正其中一方",
    )


def _last_day(within: Within, place: Place, horizon: date) -> date:
    """Return a day on which the parent was surely above: the end of its time, as early as its date allows."""
    ends = [when.earliest for when in (within.until, place.until) if when is not None]
    return min(ends, default=horizon)


def _significant(code: str) -> str:
    """Return the part of a code that those of the units inside begin with.

    >>> _significant("420300"), _significant("420000")
    ('4203', '42')
    """
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
