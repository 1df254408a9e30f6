"""Key rows about the shipped facts, read off the documents themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from asking import Ask

from cooperation_kg.graph.dataset import KnowledgeGraph
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
}
# nothing of the kind is in the documents (yet)
EMPTY = {"county-pairs", "withdrawn"}


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


def test_a_pairing_known_by_its_name_alone_is_undated(ask_real: Ask) -> None:
    assert ("苏陕", False, "仅见其名") in ask_real("undated-pairings", "name directed directness")


def test_a_definition_that_is_about_no_one_thing_has_one_row(ask_real: Ask) -> None:
    rows = ask_real("definitions", "statement about")
    assert rows.count(("statement/jingyan-history.s020", None)) == 1


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
