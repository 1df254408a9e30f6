"""What does the record say instead of a pairing that nobody states, and does that contradict the sentence?

A recipient may have several supporters and the record may lack one of them, so another supporter alone contradicts
nothing and is shown as near. Two things contradict. A **list**: one source that pairs three or more of the same rank in
one programme at that time, and gives both parties of the sentence other partners. And that both are said to have begun
with other partners in the very year in which the sentence lets them begin with each other. With each of 1,175 dated
pairings taken out of the record in turn, and then claimed, 3 are contradicted; any other supporter taken as a
contradiction, it would be 411.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cooperation_kg.curate.dates import When
from cooperation_kg.graph.asof import AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.claims.names import GENERIC, ancestors_of
from cooperation_kg.query.claims.periods import Period
from cooperation_kg.query.claims.results import Bearing, Words
from cooperation_kg.query.claims.sides import Party, Sides

SHORTEST_LIST = 3
"""Pairings that one source must give for one time before it is taken for a list."""
MOST_OF_ONE = 2
"""Statements of one other pairing shown, at most."""


@dataclass(frozen=True)
class TieClaim:
    """That two places are paired.

    ``point`` is what a time says of it: ``start``, ``end``, or ``""`` (it was so then). ``basis`` are policies that the
    sentence gives as its basis. ``respectively``: of two lists the first goes with the first (分别).
    """

    sides: Sides
    periods: tuple[Period, ...]
    point: str
    basis: tuple[str, ...] = ()
    respectively: bool = False

    @property
    def times(self) -> tuple[When, ...]:
        """The times that are said exactly enough to compare."""
        return tuple(period.when for period in self.periods if period.when is not None)


def apart(claim: TieClaim) -> tuple[TieClaim, ...]:
    """Return a claim of several parties as one claim for each: 北京和上海帮扶内蒙古 says two things.

    Of two lists without 分别 each party must be paired with some of the other list.
    """
    supporters, recipients = claim.sides.supporters, claim.sides.recipients
    pairs: list[tuple[tuple[Party, ...], tuple[Party, ...]]]
    if supporters and recipients:
        if claim.respectively and len(supporters) == len(recipients):
            pairs = [((a,), (b,)) for a, b in zip(supporters, recipients, strict=True)]
        elif len(supporters) > 1 and len(recipients) > 1:
            pairs = [*(((a,), recipients) for a in supporters), *((supporters, (b,)) for b in recipients)]
        else:
            pairs = [((a,), (b,)) for a in supporters for b in recipients]
        each = (replace(claim.sides, supporters=a, recipients=b) for a, b in pairs)
    else:
        first, *others = (*supporters, *recipients, *claim.sides.parties) or (frozenset[str](),)
        each = (replace(claim.sides, supporters=(), recipients=(), parties=(first, other)) for other in others)
    return tuple(replace(claim, sides=sides) for sides in each) or (claim,)


def rivals_of(kg: KnowledgeGraph, claim: TieClaim, one: Party, other: Party) -> Iterator[Bearing]:
    """Yield what the record says instead: of a list what contradicts, else the other partners of the recipient."""
    rivals = [p for p in kg.derived.pairings.values() if _is_rival(kg, claim, p, one, other)]
    pairs_of_one = [p for p in kg.derived.pairings.values() if _is_rival(kg, claim, p, other, one)]
    listed = _listed(kg, claim, pairs_of_one, rivals)
    if listed:
        yield from _against(kg, claim, listed, [*pairs_of_one, *rivals])
        return
    begun = _begun(kg, claim, pairs_of_one, rivals)
    if begun:
        at_once = Words("双方都在那一年与别的对方开始结对", "each is said to have begun with another partner that year")
        yield from (Bearing(key, "disagrees", at_once) for key in begun)
        return
    words = Words("另见其他对方，未必只此一方", "it has another partner on record, who need not be the only one")
    for pairing in rivals:
        if not claim.times or status_of(pairing, AsOf(claim.times[0])) != "absent":
            keys = [k for k in pairing.evidence if _tells_then(kg, k, claim)] or pairing.evidence[:1]
            yield from (Bearing(key, "near", words) for key in keys[:MOST_OF_ONE])


def _against(
    kg: KnowledgeGraph, claim: TieClaim, listed: dict[str, int], pairings: Iterable[Pairing]
) -> Iterator[Bearing]:
    """Yield the lines of the list, then what other sources say of the same pairings at that time."""
    count = max(listed.values())
    families = {pairing.programme for pairing in pairings if not listed.keys().isdisjoint(pairing.evidence)}
    zh, en = (kg.corpus.programmes[min(families)].name.in_language(lang) for lang in ("zh", "en"))
    in_list = Words(
        f"同一来源在{zh}中列出{count}对，双方各有别的对方",
        f"one source lists {count} pairings of {en} and gives each of the two another partner",
    )
    yield from (Bearing(key, "disagrees", in_list) for key in listed)
    words = Words("另一来源也说是别的对方", "another source too has another partner")
    for pairing in pairings:
        if not listed.keys().isdisjoint(pairing.evidence):
            others = [k for k in pairing.evidence if k not in listed and _tells_then(kg, k, claim)]
            yield from (Bearing(key, "disagrees", words) for key in others[:MOST_OF_ONE])


def _listed(kg: KnowledgeGraph, claim: TieClaim, of_one: list[Pairing], of_other: list[Pairing]) -> dict[str, int]:
    """Return the statements of the longest list that gives both parties other partners, with its length."""
    if not claim.times and not (_names_a_programme(claim) and len(of_one) == len(of_other) == 1):
        return {}
    lines: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    ranks = {_ranks(kg, pairing) for pairing in (*of_one, *of_other)}
    for pairing in kg.derived.pairings.values():
        if _ranks(kg, pairing) in ranks:
            for key in pairing.evidence:
                if _tells_then(kg, key, claim, surely=True):
                    lines[key.partition(".")[0], pairing.programme].setdefault(pairing.slug, key)
    found: dict[str, int] = {}
    for line in sorted(lines.values(), key=len):
        mine, theirs = ([line[p.slug] for p in side if p.slug in line] for side in (of_one, of_other))
        if mine and theirs and len(line) >= SHORTEST_LIST:
            found = dict.fromkeys((*theirs, *mine), len(line))
    return found


def _begun(kg: KnowledgeGraph, claim: TieClaim, of_one: list[Pairing], of_other: list[Pairing]) -> tuple[str, ...]:
    """Return statements that each party began with another partner in the year in which these two are said to begin."""
    if claim.point != "start" and not any(period.kind == "since" for period in claim.periods):
        return ()
    years = {when.earliest.year for when in claim.times}
    found: list[list[tuple[str, str]]] = []
    for pairings in (of_other, of_one):
        keys = [(key, p.programme) for p in pairings for key in p.evidence]
        begun = ((key, family, getattr(kg.corpus.statements[key], "since", None)) for key, family in keys)
        found.append([(key, family) for key, family, when in begun if when and when.earliest.year in years])
    shared = {family for _, family in found[0]} & {family for _, family in found[1]}
    return tuple(key for side in found for key, family in side if family in shared)


def _names_a_programme(claim: TieClaim) -> bool:
    return bool(set(claim.sides.programmes) - GENERIC)


def _ranks(kg: KnowledgeGraph, pairing: Pairing) -> frozenset[str]:
    return frozenset(_rank(kg, party) for party in pairing.parties)


def _is_rival(kg: KnowledgeGraph, claim: TieClaim, pairing: Pairing, partner: Party, party: Party) -> bool:
    """Whether a pairing gives a party another partner, of the rank of the one that the sentence names."""
    mine = [p for p in pairing.parties if p in party]
    if not mine:
        return False
    if claim.sides.programmes and not set(claim.sides.programmes) & {pairing.programme, *pairing.programmes}:
        return False
    rival = next((p for p in pairing.parties if p not in mine), mine[0])
    return any(_rank(kg, rival) == _rank(kg, p) for p in partner) and not any(
        rival == p or rival in ancestors_of(kg, p) or p in ancestors_of(kg, rival) for p in partner
    )


def _rank(kg: KnowledgeGraph, party: str) -> str:
    place = kg.corpus.places.get(party) or kg.corpus.anonymous.get(party)
    return place.level if place else "organisation"


def _tells_then(kg: KnowledgeGraph, key: str, claim: TieClaim, surely: bool = False) -> bool:
    """Whether a statement tells of the time of a claim; ``surely``: of all of it, or of the one year that it is."""
    statement = kg.corpus.statements[key]
    told = [when for name in ("since", "as_of", "until") if isinstance(when := getattr(statement, name, None), When)]
    if not claim.times:
        return True
    return any((_covers if surely else When.overlaps)(when, said) for when in told for said in claim.times)


def _covers(told: When, said: When) -> bool:
    if told.is_some_time_within:
        return False
    return told.contains(said) or (len(said.years()) == 1 and told.overlaps(said))
