"""Does a name mean one thing only?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cooperation_kg.curate.registers import Entry, Place
from cooperation_kg.curate.rules.references import KINDS, with_article
from cooperation_kg.curate.rules.world import World, YamlKeys
from cooperation_kg.errors import Issue

Use = tuple[str, YamlKeys]  # id of the entry, where the name stands in it


def check_pairing_names(world: World) -> Iterator[Issue]:
    """E308: two named pairings of one Chinese name, so that a statement about it could mean either."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for key, entry in world.corpus.pairings.items():
        uses[entry.name.zh].append((key, ("name",)))
    yield from _doubles(world, "pairing", uses, "E308")


def check_names(world: World) -> Iterator[Issue]:
    """W406: a name of two entries in one register; of places, a short form, or a name in one parent."""
    for kind in world.corpus.registers:
        uses: dict[tuple[str, str], list[Use]] = defaultdict(list)
        for key, entry in world.corpus.registers[kind].items():
            for group, name, path in _names(kind, entry):
                if key not in [known for known, _ in uses[group, name]]:
                    uses[group, name].append((key, path))
        yield from _doubles(world, kind, {name: found for (_, name), found in uses.items()}, "W406")


def _names(kind: str, entry: Entry) -> Iterator[tuple[str, str, YamlKeys]]:
    """Yield (group, name, path): names clash only within a group."""
    if isinstance(entry, Place):
        yield f"within {[w.parent for w in entry.within]}", entry.name.zh, ("name",)
        for index, short in enumerate(entry.short):
            yield "short", short, ("short", index)
        return
    if kind != "pairing":
        yield "", entry.name.zh, ("name",)
    for index, alias in enumerate(entry.aliases):
        yield "", alias, ("aliases", index)


def _doubles(world: World, kind: str, uses: dict[str, list[Use]], code: str) -> Iterator[Issue]:
    for name, found in uses.items():
        for key, path in found[1:]:
            if (kind, key) not in world.corpus.inherited:
                yield world.issue(
                    (kind, key),
                    path,
                    code,
                    f'"{name}" is also {with_article(KINDS[kind][0])} "{found[0][0]}"; '
                    "tell them apart, or make them one entry",
                    f"“{name}”也指{KINDS[kind][1]}“{found[0][0]}”；请加以区分，或合为一条",
                )
