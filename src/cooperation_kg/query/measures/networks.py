"""Which pairings are counted at a time, which are left out and why, and the graphs that networkx measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import networkx as nx

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.asof import AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing

if TYPE_CHECKING:
    Undirected = nx.Graph[str]
    Directed = nx.DiGraph[str]

LEVELS = ("province", "prefecture", "county", "all")
"""What may be asked for; ``all`` takes every pairing, whatever its parties are."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the network: when, of which programme (None: all), of which level, in which statuses."""

    times: tuple[AsOf, ...]
    programme: str | None
    level: str
    statuses: tuple[str, ...]

    @property
    def layers(self) -> tuple[tuple[str, ...], ...]:
        """The surest status alone, then with each further one: what is certain, then what is at least possible.

        >>> Asked((), None, "all", ("certain", "possible")).layers
        (('certain',), ('certain', 'possible'))
        """
        return tuple(self.statuses[: n + 1] for n in range(len(self.statuses)))


@dataclass(frozen=True)
class Link:
    """One pairing as it was at the time asked about: certain, possible or undated."""

    pairing: Pairing
    status: str


@dataclass(frozen=True)
class Network:
    """The links of one time, and by reason the slugs of the pairings left out: ``other-level``, ``undated``."""

    as_of: AsOf
    links: tuple[Link, ...]
    left_out: Mapping[str, frozenset[str]]

    def within(self, layer: Iterable[str]) -> tuple[Pairing, ...]:
        """Return the pairings that have one of these statuses."""
        wanted = frozenset(layer)
        return tuple(link.pairing for link in self.links if link.status in wanted)


@dataclass(frozen=True)
class Measuring:
    """What a measure is read off: the networks of all times asked about, and the graph that they are of.

    ``before`` has the network of the year before each, for a measure that compares the two.
    """

    kg: KnowledgeGraph
    asked: Asked
    networks: tuple[Network, ...]
    before: tuple[Network, ...] = ()


def network_at(kg: KnowledgeGraph, asked: Asked, as_of: AsOf, levels_on: Iterable[date] = ()) -> Network:
    """Return the pairings of the programme and level asked about, as they were at a time.

    A party is of the level that it had on the last day asked about, or on any of ``levels_on``: where two years are
    compared, a place that becomes a province in between does not begin or end a pairing.
    """
    days = tuple(levels_on) or (as_of.last_day,)
    links: list[Link] = []
    left_out: dict[str, set[str]] = {"other-level": set(), "undated": set()}
    for pairing in _of_programme(kg.derived.pairings.values(), asked.programme):
        status = status_of(pairing, as_of)
        fits = asked.level == "all" or any(has_level(kg.corpus, pairing, asked.level, day) for day in days)
        if status in asked.statuses and fits:
            links.append(Link(pairing, status))
        elif status in asked.statuses:
            left_out["other-level"].add(pairing.slug)
        elif status == "undated" and fits:
            left_out["undated"].add(pairing.slug)
    return Network(as_of, tuple(links), {reason: frozenset(slugs) for reason, slugs in left_out.items()})


def has_level(corpus: Corpus, pairing: Pairing, level: str, day: date) -> bool:
    """Return whether both parties of a pairing were of that level on a day."""
    return all(_level_at(corpus, party, day) == level for party in pairing.parties)


def _level_at(corpus: Corpus, party: str, day: date) -> str | None:
    if party in corpus.registers["organisation"]:
        return None
    if party in corpus.anonymous:
        return corpus.anonymous[party].level
    place = corpus.places[party]
    former = place.former_at(day)
    return former.level if former and former.level else place.level


def _of_programme(pairings: Iterable[Pairing], programme: str | None) -> Iterator[Pairing]:
    return (p for p in pairings if programme in (None, p.programme, *p.programmes))


def party_name(corpus: Corpus, party: str) -> str:
    """Return the Chinese name of a place or organisation that is party to a pairing."""
    return (corpus.registers["organisation"].get(party) or corpus.place(party)).name.zh


def shown_time(as_of: AsOf) -> int | str:
    """Return a time as the tables show it: a year as a number, anything else as it was asked."""
    return as_of.year if as_of.is_year else as_of.text


def by_programme(pairings: Iterable[Pairing]) -> Mapping[str, tuple[Pairing, ...]]:
    """Return pairings by programme family, families in alphabetical order."""
    listed = tuple(pairings)
    return {
        family: tuple(p for p in listed if p.programme == family) for family in sorted({p.programme for p in listed})
    }


def undirected_graph(pairings: Iterable[Pairing]) -> Undirected:
    """Return who is tied to whom; pairings of equals are in it too."""
    graph: Undirected = nx.Graph()
    graph.add_edges_from(pairing.parties for pairing in pairings)
    return graph


def support_graph(pairings: Iterable[Pairing]) -> Directed:
    """Return who supports whom, supporter → recipient; pairings without a stated direction are not in it."""
    graph: Directed = nx.DiGraph()
    graph.add_edges_from((p.supporter, p.recipient) for p in pairings if p.supporter and p.recipient)
    return graph
