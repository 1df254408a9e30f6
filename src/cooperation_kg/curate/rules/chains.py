"""Does any chain of records lead back to where it began?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cooperation_kg.curate.corpus import Locator
from cooperation_kg.curate.registers import Place, Programme
from cooperation_kg.curate.rules.world import World, YamlKeys
from cooperation_kg.errors import Issue


class Link(NamedTuple):
    """One step of a chain: the record, where it says so, and the record it leads to."""

    owner: Locator
    path: YamlKeys
    target: str


Chains = Mapping[str, tuple[Link, ...]]  # id → the steps that leave it


def check_cycles(world: World) -> Iterator[Issue]:
    """E307: ``within``, ``reprint_of``, ``according_to``, ``part_of`` or ``revises`` in a circle."""
    for field, chains in _all_chains(world).items():
        for cycle in _cycles(chains):
            round_trip = " → ".join([link.owner[1] for link in cycle] + [cycle[0].owner[1]])
            yield world.issue(
                cycle[0].owner,
                cycle[0].path,
                "E307",
                f"{field} goes round in a circle: {round_trip}; correct one of them",
                f"{field} 循环：{round_trip}；请改正其中之一",
            )


def check_families(world: World) -> Iterator[Issue]:
    """E312: a ``family`` that has a family itself, so that one tie would be split in two."""
    for key, programme in world.entries("programme"):
        assert isinstance(programme, Programme)
        head = world.corpus.programmes.get(programme.family or "")
        if head is not None and head.family is not None:
            yield world.issue(
                ("programme", key),
                ("family",),
                "E312",
                f'"{head.id}" belongs to the family "{head.family}"; write that one',
                f"“{head.id}”本身属于“{head.family}”；请直接写后者",
            )


def _all_chains(world: World) -> dict[str, Chains]:
    corpus = world.corpus
    within = {
        key: tuple(Link(("place", key), ("within", i, "parent"), w.parent) for i, w in enumerate(place.within))
        for key, place in world.entries("place")
        if isinstance(place, Place)
    }
    chains: dict[str, Chains] = {"within": within}
    for field in ("reprint_of", "according_to"):
        targets = {key: getattr(source, field) for key, source in corpus.sources.items()}
        chains[field] = {k: (Link(("source", k), (field,), t),) for k, t in targets.items() if t is not None}
    for field in ("part_of", "revises"):
        chains[field] = {
            figure.key: (Link(("statement", figure.key), (field,), f"{figure.source}.{getattr(figure, field)}"),)
            for figure in world.figures
            if getattr(figure, field) is not None
        }
    return chains


def _cycles(chains: Chains) -> Iterator[tuple[Link, ...]]:
    """Yield every circle that no other shares a member with, from the member reached first."""
    left = _leading_back(chains)
    while left:
        trail: dict[str, Link] = {}
        node = next(iter(left))
        while node not in trail:
            trail[node] = next(link for link in left[node] if link.target in left)
            node = trail[node].target
        circle = list(trail)[list(trail).index(node) :]
        yield tuple(trail[member] for member in circle)
        left = _leading_back({key: links for key, links in left.items() if key not in circle})


def _leading_back(chains: Chains) -> Chains:
    """Leave out, from the ends inwards, whatever leads to no circle (Kahn's algorithm, turned round)."""
    ahead = {key: {link.target for link in links} & chains.keys() for key, links in chains.items()}
    behind: dict[str, list[str]] = defaultdict(list)
    for key, targets in ahead.items():
        for target in targets:
            behind[target].append(key)
    ended = [key for key, targets in ahead.items() if not targets]
    while ended:
        end = ended.pop()
        for key in behind[end]:
            ahead[key].discard(end)
            if not ahead[key]:
                ended.append(key)
    return {key: chains[key] for key, targets in ahead.items() if targets}
