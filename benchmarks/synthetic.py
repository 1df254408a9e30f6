"""A made-up dataset of any size: an administrative tree, programmes, and pairings at each of its levels.

Nothing in it is a fact. Its shape follows the shipped data: a third of the provinces support the rest, pairings of
cities and counties follow those of their provinces, most have a first year and a last sighting, and a source makes two
hundred statements.

    python benchmarks/synthetic.py FOLDER --parties 3000
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROVINCES, PREFECTURES, COUNTIES = 31, 10, 9
"""Provinces in all, prefectures of a province, counties of a prefecture; what is wanted beyond them are townships."""
PER_SOURCE = 200
"""Statements that one source makes."""
PROGRAMMES = ("east-west", "tibet", "border", "cities")
HORIZON = 2026


@dataclass(frozen=True)
class Unit:
    """A place of the tree: its id, its level, what contains it, and where it lies."""

    id: str
    level: str
    within: str
    lat: float
    lon: float


def units(parties: int, chance: random.Random) -> list[Unit]:
    """Return so many places, from the provinces downwards."""
    found = [
        Unit(f"p{n:02}", "province", "", round(chance.uniform(22, 48), 3), round(chance.uniform(80, 128), 3))
        for n in range(min(PROVINCES, parties))
    ]
    above = found
    for level, each, spread in (("prefecture", PREFECTURES, 2.0), ("county", COUNTIES, 0.6), ("township", 12, 0.1)):
        below = [_unit(parent, number, level, spread, chance) for number in range(each) for parent in above]
        found += below[: parties - len(found)]
        above = below
    return found


def _unit(parent: Unit, number: int, level: str, spread: float, chance: random.Random) -> Unit:
    at = (round(part + chance.uniform(-spread, spread), 3) for part in (parent.lat, parent.lon))
    return Unit(f"{parent.id}-{number}", level, parent.id, *at)


def pairings(places: list[Unit], chance: random.Random) -> Iterator[str]:
    """Yield a statement for every place below a province: in a recipient one it is helped from the supporter."""
    provinces = [place.id for place in places if place.level == "province"]
    supporters = provinces[::3]
    recipients = [province for province in provinces if province not in supporters]
    of: dict[tuple[str, str], list[str]] = {}
    for place in places:
        of.setdefault((place.id.partition("-")[0], place.level), []).append(place.id)
    ties = [(supporters[n % len(supporters)], recipient) for n, recipient in enumerate(recipients)]
    ties += [(chance.choice(supporters), recipient) for recipient in recipients[::4]]
    for supporter, recipient in ties:
        programme = chance.choices(PROGRAMMES, (6, 1, 1, 2))[0]
        for level in ("province", "prefecture", "county", "township"):
            givers, takers = of.get((supporter, level), []), of.get((recipient, level), [])
            for n in range(max(len(givers), len(takers)) if givers and takers else 0):
                ends = f"supporter: {givers[n % len(givers)]}, recipient: {takers[n % len(takers)]}"
                yield f"kind: pairing, programme: {programme}, {ends}, {_years(chance)}"


def _years(chance: random.Random) -> str:
    first = chance.randrange(1994, 2021)
    return f"from: {first}" + (f", as_of: {chance.randrange(first, HORIZON)}" if chance.random() < 0.7 else "")


def write(folder: Path, parties: int, seed: int = 1) -> None:
    """Write a dataset in which so many places take part."""
    chance = random.Random(seed)
    places = units(parties, chance)
    for name in ("places", "sources", "statements"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _text(folder / "dataset.yaml", DATASET)
    _text(folder / "places" / "all.yaml", "".join(map(_place, places)))
    _text(
        folder / "programmes.yaml",
        "".join(f"- {{id: {name}, name: {{zh: 机制{name}, en: {name}}}, type: {KIND}}}\n" for name in PROGRAMMES),
    )
    lines = list(pairings(places, chance))
    for number, start in enumerate(range(0, len(lines), PER_SOURCE)):
        told = enumerate(lines[start : start + PER_SOURCE], start=1)
        _text(folder / "sources" / f"source-{number}.yaml", SOURCE.format(number))
        _text(
            folder / "statements" / f"source-{number}.yaml",
            "".join(f"- {{id: s{n}, locator: 第{n}段, {line}}}\n" for n, line in told),
        )


DATASET = f"""\
title: {{zh: 虚构数据, en: Made-up data}}
base: https://example.org/made-up/
licence: https://creativecommons.org/publicdomain/zero/1.0/
creators: [虚构]
version: 0.0.0
horizon: "{HORIZON}"
"""
KIND = "east-west-cooperation"
SOURCE = """\
id: source-{0}
title: 虚构文件{0}
type: newspaper-article
language: zh
read: whole
reached_by: original
"""


def _place(place: Unit) -> str:
    within = f", within: {place.within}" if place.within else ""
    seat = f"seat: {{lat: {place.lat}, lon: {place.lon}}}"
    name = f"name: {{zh: 地{place.id}, en: Place {place.id}}}"
    return f"- {{id: {place.id}, {name}, level: {place.level}, {seat}{within}}}\n"


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parties", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, given.parties, given.seed)
