"""How many partners has each place; which pairings begin, end and stay from one year to the next?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.asof import STATUSES
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.measures import words
from cooperation_kg.query.measures.networks import Asked, Link, Measuring, Network, party_name, shown_time
from cooperation_kg.query.measures.results import Listed, Reading, Row, rounded
from cooperation_kg.query.measures.words import filled

LASTING = ("certain", "possible")
"""The statuses of a pairing that is not known to be absent: between these it neither begins nor ends."""
ROLES = ("supporter", "recipient", "party")


def partners(measuring: Measuring) -> Reading:
    """Return one row a place, role and time: how many distinct partners, by the surest status of any tie with them.

    It is the degree of a node, not divided by the number of nodes (Freeman 1978, *Social Networks* 1), by direction.
    """
    rows: list[Row] = []
    found = {network.as_of: _partners_by_role(network.links) for network in measuring.networks}
    for place, role in sorted({key for ties in found.values() for key in ties}, key=_place_then_role):
        for as_of, ties in found.items():
            if (place, role) not in ties:
                continue
            surest = tuple(ties[place, role].values())
            numbers = {status: surest.count(status) for status in measuring.asked.statuses}
            name = party_name(measuring.kg.corpus, place)
            rows.append({"place": place, "name": name, "role": role, "time": shown_time(as_of), **numbers})
    return Reading(("place", "name", "role", "time", *measuring.asked.statuses), tuple(rows))


def _place_then_role(key: tuple[str, str]) -> tuple[str, int]:
    return key[0], ROLES.index(key[1])


def _partners_by_role(links: Iterable[Link]) -> dict[tuple[str, str], dict[str, str]]:
    """Return (place, role) → partner → the surest status."""
    ties: dict[tuple[str, str], dict[str, str]] = {}
    for link in links:
        one, other = link.pairing.parties
        roles = ("supporter", "recipient") if link.pairing.directed else ("party", "party")
        for place, role, partner in ((one, roles[0], other), (other, roles[1], one)):
            held = ties.setdefault((place, role), {})
            held[partner] = min(held.get(partner, link.status), link.status, key=STATUSES.index)
    return ties


def turnover(measuring: Measuring) -> Reading:
    """Return one row a year: pairings begun, ended and kept since the year before, and how far the two years differ.

    The distance is 1 − |both years| / |either year| (Jaccard 1912, *New Phytologist* 11, as a distance: Levandowsky and
    Winter 1971, *Nature* 234).
    """
    rows: list[Row] = []
    lists: list[Listed] = []
    counted = words.statuses_in_both(measuring.asked.statuses)
    kind = "" if measuring.asked.statuses == LASTING else "-narrowed"
    for earlier, network in zip(measuring.before, measuring.networks, strict=True):
        year = network.as_of.year
        before, now = _statuses(earlier), _statuses(network)
        begun, ended, kept = now.keys() - before.keys(), before.keys() - now.keys(), now.keys() & before.keys()
        every = len(begun) + len(ended) + len(kept)
        rows.append(
            {
                "time": year,
                "begun": len(begun),
                "begun_certain": sum(now[slug] == "certain" for slug in begun),
                "ended": len(ended),
                "ended_certain": sum(before[slug] == "certain" for slug in ended),
                "kept": len(kept),
                "kept_certain": sum(before[slug] == now[slug] == "certain" for slug in kept),
                "distance": rounded(1 - Fraction(len(kept), every)) if every else None,
            }
        )
        lists += [_listed(f"begun{kind}", year, begun, counted), _listed(f"ended{kind}", year, ended, counted)]
    remarks = (filled(words.NARROWED, counted),) if kind else ()
    return Reading(tuple(rows[0]), tuple(rows), tuple(listed for listed in lists if listed.pairings), remarks)


def _statuses(network: Network) -> dict[str, str]:
    return {link.pairing.slug: link.status for link in network.links}


def _listed(which: str, year: int, slugs: Iterable[str], counted: Bilingual) -> Listed:
    return Listed(filled(words.HEADINGS[which], year, counted), tuple(sorted(slugs)))


def in_layers(asked: Asked, network: Network) -> Iterator[tuple[str, tuple[Pairing, ...]]]:
    """Yield how each layer of statuses is called in a table, and its pairings: certain, certain+possible."""
    return (("+".join(layer), network.within(layer)) for layer in asked.layers)
