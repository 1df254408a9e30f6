"""Is everything that is registered or counted also stated somewhere?

These rules speak of what is *nowhere* said, so they wait until every record could be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product

from cooperation_kg.curate.corpus import Locator
from cooperation_kg.curate.registers import AnonymousPlace, Place
from cooperation_kg.curate.rules.members import Member, family_of
from cooperation_kg.curate.rules.references import KINDS
from cooperation_kg.curate.rules.world import World, YamlKeys
from cooperation_kg.curate.statements import PairingStatement, Scope
from cooperation_kg.errors import Issue


def check_named_pairings(world: World) -> Iterator[Issue]:
    """E303: a pairing has a name in the register, and no statement says that it exists."""
    stated = {member.identity for member in world.members}
    if world.has_unresolved_pairing:  # that fault is reported; which pairing it means cannot be known
        return
    for key, named in world.corpus.pairings.items():
        identity = (family_of(named.programme, world.corpus), frozenset(named.places))
        if identity not in stated:
            # an inherited name may stay unused, but what is said of it needs the pairing
            inherited = ("pairing", key) in world.corpus.inherited
            places = _uses_of_pairing(world, key) if inherited else [(("pairing", key), ("id",))]
            for owner, path in places:
                yield world.issue(
                    owner,
                    path,
                    "E303",
                    f'no statement states the pairing "{named.name.zh}"; add one (about: {named.name.zh}), '
                    "or remove the entry",
                    f"没有陈述说到结对“{named.name.zh}”；请补一条（about: {named.name.zh}），或删去此条",
                )


def _uses_of_pairing(world: World, key: str) -> list[tuple[Locator, YamlKeys]]:
    """Return where the records of this dataset speak of a named pairing."""
    return [
        (reference.owner, reference.path)
        for reference in world.references
        if "pairing" in reference.kinds and world.meanings[reference.kinds, reference.text] == ("pairing", key)
    ]


def check_county_pairs(world: World) -> Iterator[Issue]:
    """W401: two counties are paired, and nothing pairs what they lie in: provinces, or prefectures, in that family."""
    stated = {member.identity for member in world.members}
    reported: set[tuple[str, frozenset[str]]] = set()
    for member in world.members:
        chains = _chains(world, member)
        if not chains or chains[0][-1] == chains[1][-1] or member.identity in reported:
            continue
        wider = {(member.family, frozenset(pair)) for pair in product(*chains)} - {member.identity}
        if stated & wider:
            continue
        reported.add(member.identity)
        provinces = [chain[-1] for chain in chains]
        yield world.issue(
            ("statement", member.statement.key),
            member.path,
            "W401",
            f"counties are paired ({member.first}, {member.second}), but nowhere their prefectures or provinces "
            f"({', '.join(provinces)}); look for a source",
            f"县级结对（{member.first}、{member.second}）所在市州或两省（{'、'.join(provinces)}）未见结对陈述；请查来源",
        )


def check_unused(world: World) -> Iterator[Issue]:
    """W402: a register entry that nothing refers to; provinces may stay, named pairings have E303."""
    used = set(world.meanings.values())
    for kind in world.corpus.registers:
        for key, entry in world.entries(kind):
            is_province = isinstance(entry, Place) and entry.level == "province"
            if (kind, key) not in used and kind != "pairing" and not is_province:
                yield world.issue(
                    (kind, key),
                    ("id",),
                    "W402",
                    f'no record refers to the {KINDS[kind][0]} "{key}"; use it, or remove it',
                    f"没有记录引用{KINDS[kind][1]}“{key}”；请引用它，或删去",
                )


def check_counted_pairings(world: World) -> Iterator[Issue]:
    """W405: a figure about one supporter and one recipient whom no pairing joins, nor a wider or narrower one."""
    stated = {member.identity for member in world.members}
    days = {(m.family, m.first, m.second, _day_of(m.statement, world)) for m in world.members}
    around = {
        (family, frozenset(pair))
        for family, first, second, day in days
        for pair in product(world.chain(first, day), world.chain(second, day))
    }

    @cache
    def is_joined(family: str, first: str, second: str) -> bool:
        chains = world.chain(first, world.last_day), world.chain(second, world.last_day)
        inside = {(family, frozenset(pair)) for pair in product(*chains)}
        return (family, frozenset((first, second))) in around or not stated.isdisjoint(inside)

    for figure in world.figures:
        scope = figure.about
        if not isinstance(scope, Scope) or len(scope.supporter or ()) != 1 or len(scope.recipient or ()) != 1:
            continue
        parties = (*(scope.supporter or ()), *(scope.recipient or ()))
        family = family_of(scope.programme, world.corpus)
        if not is_joined(family, *parties):
            yield world.issue(
                ("statement", figure.key),
                ("about",),
                "W405",
                f"no statement pairs {parties[0]} and {parties[1]} in {scope.programme}; add a pairing statement",
                f"没有陈述说 {parties[0]} 与 {parties[1]} 在 {scope.programme} 中结对；请补一条结对陈述",
            )


def _chains(world: World, member: Member) -> tuple[tuple[str, ...], ...]:
    """Return two counties, each with what contains it up to the province; nothing for any other pair."""
    for reference in (member.first, member.second):
        place: Place | AnonymousPlace | None = world.corpus.places.get(reference)
        place = place or world.corpus.anonymous.get(reference)
        if place is None or place.level != "county":
            return ()
    day = _day_of(member.statement, world)
    chains = world.chain(member.first, day), world.chain(member.second, day)
    return chains if all(len(chain) > 1 for chain in chains) else ()


def _day_of(statement: PairingStatement, world: World) -> date:
    when = statement.as_of or statement.since or statement.until
    return when.earliest if when is not None else world.last_day
