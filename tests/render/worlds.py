"""Networks for the page tests, made by hand: nothing here is a fact."""

from __future__ import annotations

from typing import Any

import networkx as nx

LEVELS = {"province": {"zh": "省级", "en": "province"}, "county": {"zh": "县级", "en": "county"}}
LABELS = ("kind", "directness", "when")


def statement(number: int, **fields: Any) -> dict[str, Any]:
    """Return a statement of source "s" with the given fields."""
    plain = {f"{name}_{lang}": "" for name in (*LABELS, "text", "value") for lang in ("zh", "en")}
    return {
        **plain,
        "id": f"s.s{number:03}",
        "iri": f"https://example.org/id/statement/s.s{number:03}",
        "kind": "pairing",
        "kind_zh": "结对陈述",
        "kind_en": "pairing statement",
        "source": "s",
        "locator": f"第{number}段",
        "as_written": "",
        "text_zh": f"陈述{number}",
        "text_en": f"statement {number}",
        "when": "",
        "called": "",
        "directness": "stated",
        "note": "",
        "said_by": "",
        "according_to": "",
        "withdrawn": "",
        **fields,
    }


def node(name: str, lat: float | None, lon: float | None, **fields: Any) -> dict[str, Any]:
    """Return the attributes of a place."""
    return {
        "kind": "place",
        "label_zh": name,
        "label_en": name,
        "yearly_names": [],
        "history": [],
        "short_zh": "",
        "aliases": [],
        "level": "province",
        "code": "",
        "lat": lat,
        "lon": lon,
        "iri": "https://example.org/id/place/x",
        "parent": None,
        "inside": [],
        "roles": ["party"],
        "statements": [],
        **fields,
    }


def edge(name: str, **fields: Any) -> dict[str, Any]:
    """Return the attributes of a pairing: directed, dated 2010 to 2015, possible to 2020."""
    states = {f"{n}_{lang}": "" for n in ("start_state", "end_state", "directness") for lang in ("zh", "en")}
    return {
        **states,
        "name_zh": name,
        "name_en": name,
        "sides_zh": name,
        "sides_en": name,
        "iri": "https://example.org/id/pairing/x",
        "programme": "p",
        "directed": True,
        "directness": "stated",
        "undated": False,
        "in_force": list(range(2010, 2016)),
        "possibly": list(range(2016, 2021)),
        "start_state": "stated",
        "end_state": "last-confirmed",
        "last_confirmed": "2015-12-31",
        "terms": [],
        "implements": None,
        "origins": 1,
        "evidence": [0],
        "related": {},
        "disagreements": [],
        **fields,
    }


def network(**graph: Any) -> nx.MultiDiGraph[str]:
    """Return an empty network with the attributes that every page needs."""
    source = {
        "id": "s",
        "iri": "https://example.org/id/source/s",
        "title": "练习文献",
        "title_en": "An exercise",
        "description": "",
        "creators": ["某某"],
        "publisher": "",
        "date": "2020",
        "url": "",
        "doi": "",
        "type": "report",
        "type_zh": "报告",
        "type_en": "report",
    }
    given = {
        "title_zh": "练习",
        "title_en": "Exercise",
        "first_year": 1979,
        "horizon": 2020,
        "as_of": None,
        "year_default": 2020,
        "base_iri": "https://example.org/",
        "version": "0",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "creators": ["某某"],
        "programmes": [{"id": "p", "zh": "甲机制", "en": "Programme A", "iri": "", "family": "p", "statements": [0]}],
        "levels": LEVELS,
        "sources": {"s": source},
        "statements": [statement(1)],
        "disagreements": [],
        "counts": dict.fromkeys(
            ("places", "pairings", "statements", "sources", "policies", "figures", "disagreements"), 1
        ),
        **graph,
    }
    return nx.MultiDiGraph(**given)


def small_network(**graph: Any) -> nx.MultiDiGraph[str]:
    """Return three provinces and a county: a directed dated pairing, an undated undirected one, two parallel ones."""
    made = network(
        **{
            "programmes": [
                {"id": "p", "zh": "甲机制", "en": "Programme A", "iri": "", "family": "p", "statements": [0]},
                {"id": "q", "zh": "乙机制", "en": "Programme B", "iri": "", "family": "q", "statements": []},
            ],
            "statements": [
                statement(1, as_written="1.5亿元", value_zh="1.5亿元", value_en="CNY 150 million"),
                statement(2, directness="name-only"),
            ],
            **graph,
        }
    )
    made.add_node(
        "beijing", **node("北京市", 39.9, 116.4, roles=["party", "supporter"], aliases=["北京"], short_zh="京")
    )
    made.add_node("guangxi", **node("广西壮族自治区", 22.8, 108.3, roles=["party", "recipient"], short_zh="桂"))
    renamed = {"years": list(range(1979, 2014)), "zh": "旧名县（今陕西省）", "en": "Old County (now Shaanxi)"}
    history = [{"zh": "旧名县（至2014年）", "en": "Old County (until 2014)"}]
    made.add_node(
        "shaanxi",
        **node("陕西省", 34.3, 108.9, label_en="Shaanxi", aliases=["旧名县"], yearly_names=[renamed], history=history),
    )
    made.add_node(
        "w", **node("W县", None, None, kind="anonymous", level="county", parent="guangxi", roles=["recipient"])
    )
    made.add_edge("beijing", "guangxi", key="p.beijing.guangxi", **edge("京桂", evidence=[0], related={"figures": [0]}))
    made.add_edge("beijing", "guangxi", key="q.beijing.guangxi", **edge("京桂乙", programme="q", in_force=[2012]))
    made.add_edge(
        "beijing",
        "shaanxi",
        key="p.beijing.shaanxi",
        **edge("京陕", directed=False, undated=True, in_force=[], possibly=[], evidence=[1], last_confirmed=""),
    )
    made.add_edge("beijing", "w", key="p.beijing.w", **edge("京W", implements="p.beijing.guangxi"))
    return made
