"""Every measure by name, with what it means and where it misleads; and `measure`, which answers one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cooperation_kg.curate.dates import FIRST_YEAR
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import AsOf, parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.measures.asking import programme_asked, times_asked
from cooperation_kg.query.measures.concentration import concentration
from cooperation_kg.query.measures.counting import partners, turnover
from cooperation_kg.query.measures.networks import LEVELS, Asked, Measuring, Network, network_at
from cooperation_kg.query.measures.results import Measure, Measured
from cooperation_kg.query.measures.shape import (
    SMALLEST_FOR_BETWEENNESS,
    both_roles,
    centrality,
    components,
    reciprocity,
)
from cooperation_kg.query.measures.words import NESTED, NO_OTHER_YEAR, OTHER_YEARS, both, filled
from cooperation_kg.query.table import Table

ADJUSTMENTS = (1996, 2002, 2010, 2013, 2016, 2021)
"""The years in which the state newly assigned pairings of east–west cooperation, or adjusted them."""

_ALL = (
    Measure(
        "partners",
        both("各地的伙伴数", "Partners of each place"),
        both(
            "某地在某时有多少个不同的伙伴，按支援、受援或未载方向分列；一对两地即使属几个项目，也只算一个伙伴。"
            "同一角色中，确定与仅可能者分列，不重复。",
            "How many distinct partners a place has at a time, as supporter, as recipient, or where no direction is "
            "stated. Two places tied in several programmes are partners once in a role; of one role, certain partners "
            "and those that are only possible stand apart and never overlap.",
        ),
        both(
            "数的是有来源的结对，不是帮扶的多少；伙伴由国家指派，多寡不说明影响力。"
            "来源写得多的地方伙伴就多；没有伙伴往往只是没有查到。"
            "后期的“仅可能”多半是最后一次确认之后无人再提，不是新增。",
            "It counts pairings that sources tell of, not how much is given. The state assigns partners: many of them "
            "are no sign of influence. Places that are written about more have more partners; none often means none "
            "found. In late years most of the only possible ones are pairings "
            "that nobody has confirmed again, not new ones.",
        ),
        partners,
    ),
    Measure(
        "concentration",
        both("支援的集中度", "Concentration of support"),
        both(
            "结对在各支援方之间分布得多集中：各方份额的平方和（赫芬达尔指数），一方独占为1，n方均分为1/n；"
            "其倒数是“相当于几个均等的支援方”。至少一半结对有同一指标、口径、时间的确切金额时，也按金额计算。",
            "How concentrated the pairings are on few supporters: the sum of their squared shares "
            "(Herfindahl–Hirschman index, HHI), 1 where one supporter has all, 1/n where n have equal shares; its "
            "inverse says as if by how many equal supporters. Money is measured too where exact amounts of one "
            "measure, stage and time are known of at least half of the pairings.",
        ),
        both(
            "结对由国家指派，集中与否是分派的结果，不是竞争的结果。一对结对有大有小，此处一视同仁。"
            "不同支援方报道得多少不一，也会像集中；省级之间数量少，增减一对，指数就大变。",
            "Pairings are assigned by the state: concentration shows how they were handed out, not who won. Large and "
            "small pairings count alike. Uneven reporting looks like concentration, and among few pairings one more or "
            "less moves the index much.",
        ),
        concentration,
        directed=True,
    ),
    Measure(
        "turnover",
        both("结对的更替", "Turnover of pairings"),
        both(
            "某年与上一年相比，有多少对结对开始、结束、保留；杰卡德距离为两年之中变动者的份额，"
            "0 为毫无变动，1 为全部更换。"
            f"不指定时间则取东西部协作历次调整之年（{'、'.join(map(str, ADJUSTMENTS))}）。",
            "How many pairings begin, end and stay between the year before and a year; the Jaccard distance is the "
            "share of those that change among all of both years: 0 nothing changes, 1 everything does. Without a time, "
            f"at the years in which east–west cooperation was adjusted ({', '.join(map(str, ADJUSTMENTS))}).",
        ),
        both(
            "没有来源说结束的结对一直算作可能，所以“结束”偏少，“保留”偏多。开始之年常是首次见于来源之年，"
            "来源多的年份就显得新增多。调整在年中进行时，当年新旧两批并存，旧的到下一年才不在：请连同下一年一起看。",
            "A pairing whose end no source states stays possible, so that few end and many are kept. A beginning is "
            "often the first sighting: years with many sources seem to bring many. Where an adjustment falls within a "
            "year, old and new pairings are both there in it, and the old are gone only in the next: look at that too.",
        ),
        turnover,
        whole_years=True,
        default_years=ADJUSTMENTS,
    ),
    Measure(
        "reciprocity",
        both("互惠度", "Reciprocity"),
        both(
            "有多少支援方向是双向的（甲支援乙，乙也支援甲），分项目计算，并跨全部项目计算。甲在几个项目中支援乙，只算一个方向。",
            "How many of the directions of support are answered (A supports B and B supports A), in each programme and "
            "across all of them. A direction counts once, in however many programmes A supports B.",
        ),
        both(
            "同一项目之内按构造恒为0：两方在一个项目族中只有一对结对，来源对方向说法相反时不记方向。"
            "因此只有跨项目的数值能说明问题；人才、劳务、商品的回流不在此列，0 不等于受援方没有付出。",
            "Within one programme it is 0 by construction: two parties have one pairing in a family, and where sources "
            "contradict each other it has no direction. Only the value across programmes can tell something. Workers "
            "and goods that flow back are no pairings: 0 does not mean that recipients give nothing.",
        ),
        reciprocity,
        directed=True,
    ),
    Measure(
        "bipartite",
        both("支援方与受援方是否分明", "Are supporters and recipients disjoint?"),
        both(
            "某时有多少支援方、多少受援方，有没有兼为双方者，是谁。两边互不相交时，网络是二分的。",
            "How many support, how many receive, and who does both at that time. Where nobody does, the network is "
            "bipartite: two sides with links only between them.",
        ),
        both(
            "兼为双方多半是因为身处不同项目（如接受东部帮扶，又支援新疆或武汉），不是转手。"
            "只看省级之间，会漏掉省支援外省的市县。",
            "Who does both mostly does so in different programmes (helped by the east, helping Xinjiang or Wuhan), and "
            "passes nothing on. Between provinces alone, the support of a province for cities and counties elsewhere "
            "is not seen.",
        ),
        both_roles,
        directed=True,
    ),
    Measure(
        "components",
        both("连通分量", "Components"),
        both(
            "不问方向，网络分成多少个互不相连的部分，各有几方。两方之间有路可通就在同一部分。",
            "Into how many parts the network falls that nothing connects, whatever the direction, and how many parties "
            "each has. Two parties are in one part where any chain of pairings leads from one to the other.",
        ),
        both(
            "一对一的指派必然产生许多两方的小分量，这不是“割裂”。省与其市县各算一方，不因隶属而相连。"
            "少录一对结对就可能多出一个分量；"
            "把全部项目合在一起，连通只说明有地方参加了几个项目。",
            "One-to-one assignment makes many parts of two by design; that is no fragmentation. A province and its "
            "cities are parties of their own, not tied by lying inside one another. One pairing not found can split a "
            "part. Over all programmes, being connected only says that some places are in several.",
        ),
        components,
    ),
    Measure(
        "centrality",
        both("中心度", "Centrality"),
        both(
            "每方的伙伴数（度）、支援几方、受援于几方。中介中心度只在单一项目、且不少于 "
            f"{SMALLEST_FOR_BETWEENNESS} 方的分量之内给出：其余各方之间的最短路径有多大份额经过此地（不问方向）。",
            "The number of partners of each party (degree), how many it supports and by how many it is supported. "
            f"Betweenness is given only within one programme, in components of at least {SMALLEST_FOR_BETWEENNESS} "
            "parties: the share of the shortest paths between the others that run through it, whatever the direction.",
        ),
        both(
            "结对由国家指派，中心度几乎不说明影响力：度高是因为被派了更多对子，或被写得更多。"
            "资金与干部不沿“路径”流动，中介中心度只是图形的性质。",
            "In a network that the state assigns, centrality says almost nothing about influence: a high degree means "
            "more assignments, or more sources. Money and officials do not travel along paths: betweenness is a "
            "property of the drawing.",
        ),
        centrality,
    ),
)
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every measure by name, in the order in which they are listed."""


def measure(
    kg: KnowledgeGraph,
    name: str,
    *,
    as_of: AsOf | str | int | None = None,
    years: str | int | Iterable[int] | None = None,
    programme: str | None = None,
    level: str = "province",
    status: Sequence[str] | None = None,
) -> Measured:
    """Measure the network of pairings at a time, or year by year.

    Parameters
    ----------
    name: one of `MEASURES`.
    as_of: a year, month, day or interval; the last year of the data where neither it nor ``years`` is given.
    years: whole years, each measured by itself, in order: ``"1996/2026"``, or the years.
    programme: id or name of a programme; all where None.
    level: pairings with both parties of this level: province, prefecture or county; ``all`` takes every one.
    status: certain, possible, undated: the pairings that count; those that ``as_of`` is narrowed to, else certain and
        possible.

    Raises BadParameter; also for a time after the last year of the data, of which nothing is known.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> measure(kg, "reciprocity", as_of=2018, programme="东西部协作").table.column("mutual_pairs")
    (0, 0)
    """
    found = known_measure(name, level)
    times = times_asked(kg, found, as_of, years, status)
    measuring = _measuring(kg, found, Asked(times, programme_asked(kg, programme), level, times[0].statuses))
    read = found.read(measuring)
    networks = (*measuring.before, *measuring.networks)
    table = Table(read.columns, tuple({c: row[c] for c in read.columns} for row in read.rows), ())
    remarks = [*_nested(networks), *read.remarks]
    if found.default_years and as_of is None and years is None:
        remarks.append(_other_years(measuring, found))
    left_out = _left_out(found, networks)
    return Measured(found, measuring.asked, table, read.lists, tuple(remarks), left_out, _counted(measuring), kg)


def _measuring(kg: KnowledgeGraph, found: Measure, asked: Asked) -> Measuring:
    """Return the networks of the times asked about, and of the years before for a measure that compares."""
    if not found.whole_years:
        return Measuring(kg, asked, tuple(network_at(kg, asked, time) for time in asked.times))
    pairs = [(parse_as_of(time.year - 1), time) for time in asked.times]
    before = tuple(network_at(kg, asked, a, (a.last_day, b.last_day)) for a, b in pairs)
    return Measuring(kg, asked, tuple(network_at(kg, asked, b, (a.last_day, b.last_day)) for a, b in pairs), before)


def _counted(measuring: Measuring) -> Mapping[str, Mapping[str, str]]:
    return {net.as_of.text: {link.pairing.slug: link.status for link in net.links} for net in measuring.networks}


def _nested(networks: tuple[Network, ...]) -> Iterator[Bilingual]:
    """Say how many pairings are counted beside the wider one that they carry out."""
    nested: set[str] = set()
    for network in networks:
        counted = {link.pairing.slug for link in network.links}
        nested |= {link.pairing.slug for link in network.links if link.pairing.implements in counted}
    if nested:
        yield filled(NESTED, len(nested))


def _other_years(measuring: Measuring, found: Measure) -> Bilingual:
    """Say in which years beside the default ones pairings came or went: other programmes have years of their own."""
    starts = [term.possible_from.year for p in measuring.kg.derived.pairings.values() for term in p.terms]
    horizon = int(measuring.kg.corpus.dataset.horizon)
    years = range(max(FIRST_YEAR + 1, min(starts, default=horizon)), horizon + 1)
    times = tuple(parse_as_of(year, measuring.asked.statuses) for year in years if year not in found.default_years)
    rows = found.read(_measuring(measuring.kg, found, replace(measuring.asked, times=times))).rows if times else ()
    listed = ", ".join(str(row["time"]) for row in rows if row["begun"] or row["ended"])
    return filled(OTHER_YEARS, listed or NO_OTHER_YEAR)


def known_measure(name: str, level: str = "province") -> Measure:
    """Return the measure of that name; raises BadParameter where there is none, or no such level."""
    if name not in MEASURES:
        raise BadParameter(f"no measure {name!r}; choose among 请选：{', '.join(MEASURES)}")
    if level not in LEVELS:
        raise BadParameter(f"no level {level!r}; choose among 请选：{', '.join(LEVELS)}")
    return MEASURES[name]


def _left_out(found: Measure, networks: tuple[Network, ...]) -> Mapping[str, tuple[str, ...]]:
    reasons: dict[str, set[str]] = {}
    for network in networks:
        for reason, slugs in network.left_out.items():
            reasons.setdefault(reason, set()).update(slugs)
        if found.directed:
            undirected = (link.pairing.slug for link in network.links if not link.pairing.directed)
            reasons.setdefault("undirected", set()).update(undirected)
    return {reason: tuple(sorted(slugs)) for reason, slugs in reasons.items() if slugs}
