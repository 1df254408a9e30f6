"""Key rows about the shipped facts, read off the documents themselves."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from asking import Ask

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.locations import data_folder
from cooperation_kg.query.library import named_queries
from cooperation_kg.query.run import run_query

ROUND_TABLE = "推动东西部协作上台阶"
JINGYAN = "对口协作制度演变历程研究——以京堰对口协作为例"
NEEDED = {
    "pairing": "京蒙",
    "place": "北京",
    "programme": "east-west",
    "policy": "2013-danjiangkou-collaboration-reply",
    "text": "京",
    "thing": "京堰",
}
W_COUNTY = "东西部协作赋能乡村振兴的经验与思路——以京蒙协作中的W县为例"
# no statement has been withdrawn yet
EMPTY = {"withdrawn"}

SOURCES = len(list((data_folder() / "sources").glob("*.yaml")))

# question, parameters, columns, a row that the documents demand
KEY_ROWS: list[tuple[str, dict[str, Any], str, tuple[Any, ...]]] = [
    ("county-pairs", {"pairing": "京蒙"}, "party partner directed", ("M区", "W县", True)),
    ("disagreements", {}, "about source", ("东西部协作", W_COUNTY)),
    ("disagreements", {}, "about source", ("东西部协作", JINGYAN)),
    ("disagreements", {}, "stated scope_note", ("16批", "支教教师")),
    ("disagreements", {"lang": "en"}, "stated scope_note", ("16批", "Teachers")),
    ("find", {"text": "京堰"}, "name", ("京堰",)),
    ("graph-summary", {}, "class things", ("https://w3id.org/cooperation-kg/def#Source", SOURCES)),
    ("judgements", {}, "judgement", ("judgement/hebei-poor-counties-differ-in-scope",)),
    ("organisations", {"organisation": "国务院"}, "organisation source", ("organisation/state-council", ROUND_TABLE)),
    ("figures-by-pairing", {}, "name measure", ("京蒙", "结对学校")),
    ("pairing-events", {"pairing": "京堰"}, "date source", ("2013-05", JINGYAN)),
    ("pairing-figures", {"pairing": "京蒙"}, "as_written counted_in", ("468所", "内蒙古自治区")),
    ("pairing-figures", {"pairing": "京蒙"}, "as_written counted_in", ("269家", "北京市")),
    ("pairing-practices", {"pairing": "京蒙"}, "field source", ("医疗", ROUND_TABLE)),
    ("pairing-projects", {"pairing": "闽宁"}, "project source", ("闽宁产业园", ROUND_TABLE)),
    ("pairing-statements", {"pairing": "津陕"}, "directness source", ("仅见其名", JINGYAN)),
    ("pairing-terms", {"pairing": "京堰"}, "name possible_from", ("京堰", date(2013, 5, 1))),
    ("pairings-all", {}, "name party partner directed", ("粤桂", "广东省", "广西壮族自治区", True)),
    # 1979: Shanghai and Xinjiang in a later book; the eight pairs of the abstract are dated about that year only
    ("pairings-by-year", {}, "year certain possible", (1979, 1, 8)),
    ("phases", {}, "phase date source", ("起步探索阶段", "1996/2011", ROUND_TABLE)),
    ("place-history", {"place": "北京"}, "period name code level", ("now", "北京市", "110000", "省级")),
    ("places-without-figures", {}, "name", ("六安市",)),
    ("policy", {"policy": "2013-danjiangkou-collaboration-reply"}, "date source", ("2013-05", JINGYAN)),
    ("practices-by-field", {"field": "科技"}, "about source", ("沪滇", ROUND_TABLE)),
    ("problems", {}, "source", (W_COUNTY,)),
    ("programme-history", {"programme": "east-west"}, "date source", ("2021-04", ROUND_TABLE)),
    ("programmes", {}, "programme name", ("programme/east-west", "东西部协作")),
    ("recommendations", {}, "source", (W_COUNTY,)),
    ("results", {}, "source", (ROUND_TABLE,)),
    ("sources", {}, "source title", ("source/w-county", W_COUNTY)),
    ("described", {"thing": "国务院"}, "value", ("国务院",)),
    ("measures", {"measure": "fiscal-aid"}, "code unit", ("fiscal-aid", "元")),
    ("names", {"thing": "京堰"}, "called", ("京堰",)),
    ("pairings-with", {"thing": "京蒙", "how": "narrower"}, "party partner", ("M区", "W县")),
    (
        "pairings-with",
        {"thing": "border-minority-support.beijing.inner-mongolia"},
        "relation name",
        ("parallel", "京蒙"),
    ),
    ("places-inside", {"place": "十堰"}, "name", ("郧阳区",)),
    ("policies-of", {"thing": "京堰"}, "policy", ("policy/2013-danjiangkou-collaboration-reply",)),
    ("register", {"kind": "project"}, "name", ("闽宁产业园",)),
    ("scopes-with", {"thing": "京堰"}, "scope", ("scope/danjiangkou.beijing.all",)),
    ("statements", {"only": "w-county.s014"}, "statement kind", ("statement/w-county.s014", "变更陈述")),
    ("statements-of", {"thing": "宁夏", "how": "names", "kind": "project"}, "source", (ROUND_TABLE,)),
    ("unconfirmed", {}, "name last_confirmed", ("上海市 → 新疆维吾尔自治区", date(1979, 12, 31))),
]


def test_grant_aid_of_the_first_fifteen_years_is_78_6_hundred_million(ask_real: Ask) -> None:
    rows = ask_real("figures", "as_written period value unit source", measure="grant-aid")
    assert ("78.6亿元", "1996/2011", Decimal(7_860_000_000), "元", ROUND_TABLE) in rows


def test_labour_exported_of_those_years_counts_trips_not_people(ask_real: Ask) -> None:
    rows = ask_real("figures", "as_written period value unit", measure="labour-exported")
    assert ("265万人次", "1996/2011", Decimal(2_650_000), "人次") in rows


def test_the_county_of_the_case_study_had_51_2_hundred_million_of_gdp(ask_real: Ask) -> None:
    rows = ask_real("figures", "about as_written value", measure="gdp")
    assert ("W县", "51.2亿元", Decimal(5_120_000_000)) in rows


def test_beijing_and_shiyan_are_paired_since_may_2013_without_a_stated_direction(ask_real: Ask) -> None:
    rows = ask_real("pairings", "name supporter recipient status", as_of=2013)
    assert ("京堰", None, None, "certain") in rows


def test_the_state_council_reply_is_the_basis_of_beijing_and_shiyan(ask_real: Ask) -> None:
    rows = ask_real("pairing-policies", "through policy", pairing="京堰")
    assert ("basis", "policy/2013-danjiangkou-collaboration-reply") in rows


def test_beijing_assists_zhangjiakou_chengde_and_baoding_from_december_2016(ask_real: Ask) -> None:
    rows = ask_real("pairings-of", "role partner status", place="北京市", as_of=2016)
    for city in ("张家口市", "承德市", "保定市"):
        assert ("supporter", city, "certain") in rows


def test_the_notice_of_1979_has_its_number_as_printed(ask_real: Ask) -> None:
    rows = ask_real("policies", "policy date by number source")
    assert ("policy/1979-border-work-notice", "1979", "中共中央", "中发(1979)52号", JINGYAN) in rows


def test_the_outline_notice_of_2001_has_its_number_as_printed(ask_real: Ask) -> None:
    rows = ask_real("policies", "policy number")
    assert ("policy/2001-poverty-outline-notice", "国发[2001]23号") in rows


def test_haishu_takes_part_without_a_stated_partner(ask_real: Ask) -> None:
    assert ("place/zhejiang-haishu", "东西部协作", "2022") in ask_real("participants", "place programme as_of")


def test_w_county_and_m_district_stay_anonymous_under_their_pairing(ask_real: Ask) -> None:
    assert ask_real("anonymous-places", "name within pairing_label") == [
        ("M区", "北京市", "M区 → W县"),
        ("W县", "内蒙古自治区", "M区 → W县"),
    ]


def test_a_pairing_of_which_no_source_says_when_is_undated(ask_real: Ask) -> None:
    assert ("花乡 → 黄龙镇", True, "明确陈述") in ask_real("undated-pairings", "name directed directness")


def test_a_definition_that_is_about_no_one_thing_has_one_row(ask_real: Ask) -> None:
    rows = ask_real("definitions", "statement about")
    assert rows.count(("statement/jingyan-history.s020", None)) == 1


@pytest.mark.parametrize(
    ("question", "given", "columns", "row"), KEY_ROWS, ids=[f"{row[0]}-{n}" for n, row in enumerate(KEY_ROWS)]
)
def test_a_question_has_the_row_that_the_documents_demand(
    ask_real: Ask, question: str, given: dict[str, Any], columns: str, row: tuple[Any, ...]
) -> None:
    assert row in ask_real(question, columns, **given)


def test_every_question_has_a_row_demanded_by_the_documents() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    asked = {question for question, *_ in KEY_ROWS} | set(re.findall(r'ask_real\(\s*"([\w-]+)"', text))
    assert asked == set(named_queries())


def test_nothing_has_been_withdrawn(ask_real: Ask) -> None:
    assert ask_real("withdrawn", "statement") == []


@pytest.mark.parametrize("question", sorted(set(named_queries()) - EMPTY))
def test_every_question_has_something_to_say(real: KnowledgeGraph, question: str) -> None:
    parameters: dict[str, Any] = {
        p.name: NEEDED[p.name] for p in named_queries()[question].parameters if p.default is None
    }
    if question in ("pairing-events", "pairing-policies", "pairing-projects"):
        parameters["pairing"] = {"pairing-projects": "闽宁"}.get(question, "京堰")
    table = run_query(real, question, **parameters)
    assert len(table) > 0
    assert len(table) == len({tuple(row.values()) for row in table})
