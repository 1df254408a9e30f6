"""What the questions about any one thing answer about the tiny world; rows were worked out from its YAML by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asking import Ask, asker

from cooperation_kg.graph.dataset import KnowledgeGraph

HAI_SHAN = "pairing/test-east-west.haizhou.shanyuan"
HAI_HE = "pairing/test-east-west.haizhou.hechuan"
LIN_SHAN = "pairing/test-cooperation.linjiang.shanyuan"
LIN_HE = "pairing/test-east-west.linjiang.hechuan"
DONGHU = "pairing/test-east-west.haizhou-donghu.shanyuan-heishui"
M_W = "pairing/test-east-west.case-study.m-district.case-study.w-county"
# the reprint repeats a sum and names the pairing once more
MAKE_HAI_SHAN = {"first-report.s001", "first-report.s002", "first-report.s009", "reprint.s002", "yearbook.s001"}
MONEY_OF_HAI_SHAN = {"first-report.s005", "first-report.s006", "reprint.s001", "yearbook.s002", "yearbook.s003"}
DISPUTED = {"first-report.s005", "reprint.s001", "yearbook.s002"}


def keys(ask: Ask, question: str, column: str, **given: Any) -> set[str]:
    return {str(row[0]).removeprefix("statement/") for row in ask(question, column, **given)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # 海山 is the pairing of both: a statement about it names them, as one about {haizhou, shanyuan} would
        ({"thing": "place/shanyuan", "how": "names", "kind": "practice"}, {"first-report.s012"}),
        ({"thing": "place/shanyuan", "how": "about", "kind": "practice"}, set()),
        ({"thing": "place/shanyuan", "how": "names", "kind": "event"}, {"first-report.s011"}),
        # the group of several names its parties, and no place that lies in one
        ({"thing": "place/linjiang", "how": "names", "kind": "policy-effect"}, {"first-report.s004"}),
        ({"thing": "海山", "how": "about", "kind": "practice,project"}, {"first-report.s012", "first-report.s013"}),
        ({"thing": "海山", "how": "about", "kind": "pairing"}, MAKE_HAI_SHAN),
        # the plan amends the notice; the pairing that rests on it names it, and is no other word on it
        ({"thing": "policy/2010-notice", "how": "aside"}, {"yearbook.s010"}),
        ({"thing": "policy/2021-plan", "how": "aside"}, set()),
        ({"thing": "policy/2021-plan", "how": "about"}, {"yearbook.s010"}),
        ({"thing": "test-action", "how": "about"}, {"yearbook.s008"}),
        ({"thing": "test-leading-group", "how": "credits"}, {"yearbook.s006"}),
        ({"thing": "judgement/j001", "how": "about"}, {"first-report.s005", "yearbook.s002"}),
        ({"thing": "source/yearbook", "how": "source", "kind": "event,participation"}, {"yearbook.s008"}),
    ],
)  # fmt: skip
def test_statements_of_a_thing_by_how_they_speak_of_it(ask: Ask, given: dict[str, str], expected: set[str]) -> None:
    assert keys(ask, "statements-of", "statement", **given) == expected


def test_statements_about_a_thing_leave_out_the_withdrawn(ask: Ask) -> None:
    assert "case-study.s011" not in keys(ask, "statements-of", "statement", thing="海山")


def test_the_date_of_a_statement_is_whatever_time_it_tells(ask: Ask) -> None:
    rows = ask("statements-of", "statement date", thing="海山", how="about", kind="practice,figure")
    assert ("statement/first-report.s012", "2018") in rows
    assert ("statement/first-report.s015", "2017") in rows
    assert ("statement/first-report.s005", "2016/2017") in rows


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"thing": "place/haizhou", "how": "party"}, {HAI_SHAN, HAI_HE}),
        ({"thing": "place/haizhou", "how": "inside"}, {DONGHU, M_W}),
        ({"thing": "海山", "how": "narrower"}, {DONGHU, M_W}),
        ({"thing": DONGHU, "how": "wider"}, {HAI_SHAN}),
        ({"thing": "海山", "how": "parallel"}, set()),
        ({"thing": "test-action", "how": "programme"}, {DONGHU}),
        ({"thing": "policy/2021-plan", "how": "basis"}, {LIN_SHAN}),
        ({"thing": "source/case-study", "how": "source"}, {M_W}),
        ({"thing": "scope/test-east-west.haizhou+linjiang.all", "how": "scope"}, {HAI_SHAN, HAI_HE, LIN_HE}),
    ],
)
def test_pairings_that_have_to_do_with_a_thing(ask: Ask, given: dict[str, str], expected: set[str]) -> None:
    assert {row[0] for row in ask("pairings-with", "pairing", **given)} == expected


def test_places_inside_a_place_reach_down_and_have_those_a_source_hides(ask: Ask) -> None:
    assert ask("places-inside", "inner level parent", place="shanyuan") == [
        ("place/case-study.w-county", "县级", "山原自治区"),
        ("place/shanyuan-heishui", "县级", "云岭市"),
        ("place/shanyuan-yunling", "地级", "山原自治区"),
    ]


def test_policies_of_a_pairing_are_what_it_rests_on(ask: Ask) -> None:
    assert ask("policies-of", "policy effect statement", thing="海山") == [
        ("policy/1996-report", None, "statement/first-report.s001"),
        ("policy/2010-notice", None, "statement/first-report.s002"),
    ]


def test_policies_of_a_programme_are_what_acted_on_it(ask: Ask) -> None:
    assert ask("policies-of", "policy effect date", thing="test-east-west") == [("policy/2021-plan", "更名", "2021")]


def test_groups_with_a_pairing_count_their_figures(ask: Ask) -> None:
    assert ask("scopes-with", "scope figures", thing="海山") == [
        ("scope/test-east-west.haizhou+linjiang.all", 1),
        ("scope/test-east-west.haizhou+linjiang.hechuan+shanyuan", 0),
    ]


def test_a_pairing_inside_another_is_in_none_of_its_groups(ask: Ask) -> None:
    assert ask("scopes-with", "scope", thing=DONGHU) == []


def test_what_is_recorded_of_a_policy(ask: Ask) -> None:
    rows = ask("described", "property value label", thing="policy/2010-notice")
    assert ("https://w3id.org/cooperation-kg/def#name", "测试协作调整通知", None) in rows
    assert "通知" in {label for _, _, label in rows}


def test_names_of_a_pairing_have_what_sources_call_it(ask: Ask) -> None:
    rows = ask("names", "called statement", thing="海山")
    assert ("测试扶贫协作", "statement/first-report.s001") in rows
    assert {name for name, statement in rows if statement is None} >= {"海山", "海山协作", "山海"}


def test_a_measure_counts_its_figures_and_the_things_that_have_some(ask: Ask) -> None:
    # 3.5 twice, 1.2, 3.2 and 2 of 海山, 3000 万 of M and W
    assert ask("measures", "code figures things unit", measure="fiscal-aid") == [("fiscal-aid", 6, 2, "元")]


def test_the_register_of_projects_counts_what_names_them(ask: Ask) -> None:
    assert ask("register", "thing sort statements sources", kind="project") == [("project/test-park", "产业", 1, 1)]


def test_statements_by_their_numbers_come_in_reading_order(ask: Ask) -> None:
    assert ask("statements", "statement as_written", only="yearbook.s003 first-report.s005") == [
        ("statement/first-report.s005", "3.5亿元"),
        ("statement/yearbook.s003", "2亿元"),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"thing": "海山", "how": "about", "measure": "paired-schools"}, {"first-report.s015"}),
        ({"thing": "shanyuan-yunling", "how": "counted"}, {"first-report.s006"}),
        ({"thing": "haizhou", "how": "counted"}, {"first-report.s005"}),
        ({"thing": "haizhou", "how": "about"}, set()),
        ({"thing": "haizhou", "how": "pairings", "unit": "元"}, MONEY_OF_HAI_SHAN),
        ({"thing": "haizhou", "how": "pairings", "unit": "人次"}, {"first-report.s007"}),
    ],
)  # fmt: skip
def test_figures_of_a_thing(ask: Ask, given: dict[str, str], expected: set[str]) -> None:
    assert keys(ask, "figures", "figure", **given) == expected


def test_a_figure_of_a_place_that_is_counted_there_too_is_about_it_alone(told: Callable[..., KnowledgeGraph]) -> None:
    ask = asker(
        told(a=["kind: figure, about: west, measure: gdp, as_written: 5亿元, at: 2020, nature: stock, place: west"])
    )
    assert [len(ask("figures", "figure", thing="west", how=how)) for how in ("about", "counted")] == [1, 0]


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("海山", DISPUTED),
        ("source/yearbook", DISPUTED),
        ("test-east-west", set()),
        ("source/case-study", set()),
    ],
)
def test_disagreements_on_a_thing_or_with_a_source(ask: Ask, thing: str, expected: set[str]) -> None:
    assert keys(ask, "disagreements", "statement", thing=thing) == expected


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("海山", {"judgement/j001"}),
        ("source/first-report", {"judgement/j001"}),
        # only its text says what was searched: 海河结对的起始年份
        ("海河", {"judgement/j002"}),
        ("judgement/j002", {"judgement/j002"}),
        ("临山", set()),
        ("place/haizhou", set()),
    ],
)
def test_judgements_that_touch_a_thing(ask: Ask, thing: str, expected: set[str]) -> None:
    assert {row[0] for row in ask("judgements", "judgement", thing=thing)} == expected


def test_sources_by_their_ids_and_by_whom_they_credit(ask: Ask) -> None:
    assert set(ask("sources", "source", only="first-report later-thesis")) == {
        ("source/first-report",),
        ("source/later-thesis",),
    }
    assert set(ask("sources", "source", according_to="test-leading-group")) == {("source/yearbook",)}


def test_the_family_of_a_programme(ask: Ask) -> None:
    assert ask("programmes", "programme", member="test-action") == [
        ("programme/test-action",),
        ("programme/test-east-west",),
    ]


def test_anonymous_places_of_a_source(ask: Ask) -> None:
    assert len(ask("anonymous-places", "place", source="case-study")) == 2
    assert ask("anonymous-places", "place", source="yearbook") == []


def test_an_anonymous_place_has_its_one_name(ask: Ask) -> None:
    assert ask("place-history", "period name level parent", place="case-study.w-county") == [
        ("now", "W县", "县级", "place/shanyuan")
    ]
