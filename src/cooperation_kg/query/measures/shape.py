"""What shape has the network: do places support each other, do supporters also receive, does it hang together?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

import networkx as nx

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.measures import words
from cooperation_kg.query.measures.counting import in_layers
from cooperation_kg.query.measures.networks import (
    Asked,
    Measuring,
    Network,
    by_programme,
    party_name,
    shown_time,
    support_graph,
    undirected_graph,
)
from cooperation_kg.query.measures.results import Listed, Reading, Row, rounded
from cooperation_kg.query.measures.words import both

SMALLEST_FOR_BETWEENNESS = 10
"""Parties a component needs for betweenness: in a smaller one a single pairing decides it."""

Part = tuple[str | None, str, AsOf, tuple[Pairing, ...]]
"""(programme family, or None for all together; layer; time; pairings)."""


def reciprocity(measuring: Measuring) -> Reading:
    """Return how many of the directed links are answered, in each programme and across them.

    It is r = L↔/L (Newman, Forrest and Balthrop 2002, *Physical Review E* 66), a link between two places being one
    however many programmes it has. The ρ of Garlaschelli and Loffredo (2004, *Physical Review Letters* 93) compares r
    with a random network of the same density; links that a state assigns are none, so it is not given.
    """
    rows: list[Row] = []
    for programme, counted, as_of, pairings in _parts(measuring.asked, measuring.networks):
        graph = support_graph(pairings)
        links = graph.number_of_edges()
        share = Fraction(nx.overall_reciprocity(graph)).limit_denominator(links) if links else None
        rows.append(
            {
                **_where(programme, counted, as_of),
                "links": links,
                "mutual_pairs": int(share * links / 2) if share is not None else 0,
                "reciprocity": None if share is None else rounded(share),
            }
        )
    lists = _mutual(measuring.networks)
    columns = ("programme", "counted", "time", "links", "mutual_pairs", "reciprocity")
    return Reading(columns, tuple(rows), lists)


def _mutual(networks: Iterable[Network]) -> tuple[Listed, ...]:
    """Name the pairings by which two places support each other at one time."""
    times: list[AsOf] = []
    slugs: set[str] = set()
    for network in networks:
        directed = [link.pairing for link in network.links if link.pairing.directed]
        given = {(p.supporter, p.recipient) for p in directed}
        mutual = {p.slug for p in directed if (p.recipient, p.supporter) in given}
        slugs |= mutual
        times += [network.as_of] if mutual else []
    return (Listed(_headed("mutual", times), tuple(sorted(slugs))),) if slugs else ()


def both_roles(measuring: Measuring) -> Reading:
    """Return how many support, receive and do both, and name those that do both.

    Where none does both, the network is bipartite (König 1936, *Theorie der endlichen und unendlichen Graphen*), with
    supporters and recipients as its two sides.
    """
    rows: list[Row] = []
    for programme, counted, as_of, pairings in _parts(measuring.asked, measuring.networks):
        supporters, recipients = ({getattr(p, side) for p in pairings if p.directed} for side in _SIDES)
        numbers = {"supporters": len(supporters), "recipients": len(recipients), "both": len(supporters & recipients)}
        rows.append(
            {
                **_where(programme, counted, as_of),
                **numbers,
                "disjoint": not supporters & recipients if supporters else None,
            }
        )
    lists = _doing_both(measuring.networks)
    columns = ("programme", "counted", "time", "supporters", "recipients", "both", "disjoint")
    return Reading(columns, tuple(rows), lists)


_SIDES = ("supporter", "recipient")


def _doing_both(networks: Iterable[Network]) -> tuple[Listed, ...]:
    """Name who supports and receives at one time, with the pairings."""
    times: dict[str, list[AsOf]] = defaultdict(list)
    slugs: dict[str, set[str]] = defaultdict(set)
    for network in networks:
        directed = [link.pairing for link in network.links if link.pairing.directed]
        for place in {str(p.supporter) for p in directed} & {str(p.recipient) for p in directed}:
            times[place].append(network.as_of)
            slugs[place] |= {p.slug for p in directed if place in p.parties}
    return tuple(Listed(_headed("both", times[place]), tuple(sorted(slugs[place])), place) for place in sorted(slugs))


def components(measuring: Measuring) -> Reading:
    """Return into how many parts the network falls that nothing connects, whatever the direction, and their sizes.

    They are the weakly connected components (Harary, Norman and Cartwright 1965, *Structural Models*).
    """
    rows: list[Row] = []
    for programme, counted, as_of, pairings in _parts(measuring.asked, measuring.networks):
        sizes = sorted((len(part) for part in nx.connected_components(undirected_graph(pairings))), reverse=True)
        numbers = {"places": sum(sizes), "pairings": len(pairings), "components": len(sizes)}
        rows.append({**_where(programme, counted, as_of), **numbers, "sizes": _sizes(sizes)})
    columns = ("programme", "counted", "time", "places", "pairings", "components", "sizes")
    return Reading(columns, tuple(rows))


def _sizes(sizes: Iterable[int]) -> str:
    """Write sizes, the largest first: 5 + 2×3 is one component of five and three of two."""
    return " + ".join(f"{size}×{n}" if n > 1 else str(size) for size, n in Counter(sizes).items())


def centrality(measuring: Measuring) -> Reading:
    """Return one row a place and time: partners, directions, and betweenness where that is defined at all.

    Degrees are counts of partners (Freeman 1978, *Social Networks* 1). Betweenness (Freeman 1977, *Sociometry* 40) is
    divided by the (n−1)(n−2)/2 pairs of other parties in the component of n. He reads them as activity and
    control among people who choose whom they talk to; here the state assigns the ties, so they tell next to nothing.
    """
    rows: list[Row] = []
    undefined: Counter[str] = Counter()
    for network in measuring.networks:
        rows += _central(measuring.kg, network, undefined)
    if len(measuring.networks) > 1:
        rows.sort(key=lambda row: str(row["place"]))
    columns = (
        *("place", "name", "time", "degree", "degree_certain", "supports", "supported_by"),
        *("component", "betweenness"),
    )
    return Reading(columns, tuple(rows), remarks=tuple(_UNDEFINED[reason] for reason in sorted(undefined)))


_UNDEFINED = {
    "programmes": both(
        "中介中心度无定义：计入了不止一个协作项目，跨项目的“路径”没有意义；请用 --programme 选一个",
        "Betweenness is not defined: more than one programme is counted, and a path across programmes means nothing; "
        "choose one with --programme",
    ),
    "small": both(
        f"中介中心度在不足 {SMALLEST_FOR_BETWEENNESS} 方的分量中无定义：一对结对就能左右它",
        f"Betweenness is not defined in components of fewer than {SMALLEST_FOR_BETWEENNESS} parties: "
        "a single pairing decides it",
    ),
}


def _central(kg: KnowledgeGraph, network: Network, undefined: Counter[str]) -> list[Row]:
    pairings = tuple(link.pairing for link in network.links)
    graph, support = undirected_graph(pairings), support_graph(pairings)
    certain = undirected_graph(network.within(("certain",)))
    one_programme = len({p.programme for p in pairings}) == 1
    rows: list[Row] = []
    for part in nx.connected_components(graph):
        between: dict[str, float] = {}
        if one_programme and len(part) >= SMALLEST_FOR_BETWEENNESS:
            between = nx.betweenness_centrality(graph.subgraph(part))
        else:
            undefined["small" if one_programme else "programmes"] += 1
        for place in part:
            rows.append(
                {
                    "place": place,
                    "name": party_name(kg.corpus, place),
                    "time": shown_time(network.as_of),
                    "degree": graph.degree(place),
                    "degree_certain": certain.degree(place) if place in certain else 0,
                    "supports": support.out_degree(place) if place in support else 0,
                    "supported_by": support.in_degree(place) if place in support else 0,
                    "component": len(part),
                    "betweenness": rounded(between[place]) if between else None,
                }
            )
    return sorted(rows, key=lambda row: (-int(str(row["degree"])), str(row["place"])))


def _parts(asked: Asked, networks: tuple[Network, ...]) -> Iterator[Part]:
    """Yield each programme by itself, then all together where there are several; by layer, then by time."""
    found: list[Part] = []
    for network in networks:
        for counted, pairings in in_layers(asked, network):
            found.append((asked.programme, counted, network.as_of, pairings))
            families = by_programme(pairings) if asked.programme is None else {}
            found += [(family, counted, network.as_of, own) for family, own in families.items()]
    return iter(sorted(found, key=lambda part: (part[0] is None, part[0] or "", len(part[1]))))


def _where(programme: str | None, counted: str, as_of: AsOf) -> Row:
    return {"programme": programme, "counted": counted, "time": shown_time(as_of)}


def _headed(which: str, times: Iterable[AsOf]) -> Bilingual:
    return words.filled(words.HEADINGS[which], _spans(times))


def _spans(times: Iterable[AsOf]) -> str:
    """Write times in order, following years joined: 2008–2012, 2015."""
    spans: list[list[AsOf]] = []
    for time in times:
        if spans and time.is_year and spans[-1][-1].is_year and spans[-1][-1].year == time.year - 1:
            spans[-1].append(time)
        else:
            spans.append([time])
    return ", ".join(s[0].text if len(s) == 1 else f"{s[0].text}–{s[-1].text}" for s in spans)
