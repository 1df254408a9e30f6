"""Where sources differ: one tiny world a class, then the shipped facts against their graph."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.conflicts import CLASSES, Conflict, Conflicts, conflicts
from cooperation_kg.query.totals import total
from cooperation_kg.render.documents import as_text

P = "kind: pairing, programme: ew, supporter: east, recipient: west"
ABOUT = "about: {programme: ew, supporter: east, recipient: west}"
ALL = tuple(CLASSES)


def aid(literal: str, during: str = "2016/2017", more: str = "") -> str:
    figure = f"kind: figure, {ABOUT}, measure: fiscal-aid, as_written: {literal}, during: {during}, nature: flow"
    return f"{figure}, {more}" if more else figure


def pair(supporter: str, recipient: str, more: str) -> str:
    return f"kind: pairing, programme: ew, supporter: {supporter}, recipient: {recipient}, {more}"


@pytest.fixture
def shipped(real: KnowledgeGraph) -> KnowledgeGraph:
    return real


def only(found: Conflicts) -> Conflict:
    (conflict,) = found.found
    return conflict


def shown(conflict: Conflict) -> set[tuple[str, tuple[str, ...]]]:
    return {(side.shown, side.statements) for side in conflict.sides}


# classes


def test_two_origins_that_exclude_each_other_are_open(told: Any) -> None:
    conflict = only(conflicts(told(a=[P, aid("4亿元")], b=[aid("5亿元")])))
    assert (conflict.name, conflict.kind, conflict.about) == ("open", "value", ("pairing", "ew.east.west"))
    assert shown(conflict) == {("4亿元", ("a.s2",)), ("5亿元", ("b.s1",))}
    assert conflict.origins == ("source/a", "source/b")
    assert conflict.distance is not None
    assert conflict.distance.shown == "25%"


def test_a_judgement_settles_and_what_it_sets_aside_stays_on_show(told: Any) -> None:
    kg = told(
        a=[P, aid("4亿元")],
        b=[aid("5亿元")],
        c=[aid("5亿元")],
        sources={"c": "reprint_of: b"},
        judgements=["kind: prefers, about: [a.s2, b.s1], prefers: a.s2"],
    )
    conflict = only(conflicts(kg))
    assert (conflict.name, conflict.judgements) == ("settled", ("j1",))
    assert {side.shown: side.mark for side in conflict.sides} == {"4亿元": "preferred", "5亿元": "set-aside"}
    text = as_text(conflicts(kg).document("en"))
    assert "测试, 2024-01-01, j1): 理由" in text
    assert text.count("  set aside  ") == 2


def test_a_judgement_that_leaves_a_third_origin_stays_open_with_its_marks(told: Any) -> None:
    kg = told(
        a=[P, aid("4亿元")],
        b=[aid("5亿元")],
        c=[aid("6亿元")],
        judgements=["kind: prefers, about: [a.s2, b.s1], prefers: a.s2"],
    )
    conflict = only(conflicts(kg))
    assert conflict.name == "open"
    assert {s.shown: s.mark for s in conflict.sides} == {"4亿元": "preferred", "5亿元": "set-aside", "6亿元": ""}


@pytest.mark.parametrize(
    ("one", "other", "why", "apart"),
    [
        ("52.788亿元", "52.8亿元", "rounding", "0.023%"),  # 0.012 / 52.788
        ("13.43亿元", "13亿多元", "bound", "0%"),
        ("13.43亿元", "约13亿元", "bound", "0%"),
    ],
)
def test_what_differs_by_rounding_or_bound_is_compatible(told: Any, one: str, other: str, why: str, apart: str) -> None:
    conflict = only(conflicts(told(a=[P, aid(one)], b=[aid(other)])))
    assert (conflict.name, conflict.whys) == ("compatible", (why,))
    assert conflict.distance is not None
    assert conflict.distance.shown == apart


def test_what_one_origin_tells_twice_is_not_compatible_but_one(told: Any) -> None:
    assert conflicts(told(a=[P, aid("13.43亿元"), aid("13亿多元")])).found == ()


def test_what_is_paid_by_others_or_judged_apart_is_not_compatible_though_both_can_be_true(told: Any) -> None:
    payers = told(a=[P, aid("13.43亿元", more="payer: east")], b=[aid("13亿多元", more="payer: east-city")])
    assert only(conflicts(payers)).name == "scope-differs"
    judged = ["kind: different-scope, about: [a.s2, b.s1]"]
    assert conflicts(told(a=[P, aid("13.43亿元")], b=[aid("13亿多元")], judgements=judged)).found == ()


def test_a_less_precise_start_is_compatible(told: Any) -> None:
    conflict = only(conflicts(told(a=[f"{P}, from: 1996"], b=[f"{P}, from: 1996-05"])))
    assert (conflict.name, conflict.kind, conflict.whys) == ("compatible", "start", ("less-precise-time",))


@pytest.mark.parametrize("other", ["13.43亿元", "134300万元"])
def test_the_same_value_is_no_conflict_of_any_class(told: Any, other: str) -> None:
    assert conflicts(told(a=[P, aid("13.43亿元")], b=[aid(other)])).found == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("scope_note: 市级", "scope_note: 区级"),
        ("scope_note: 市级", ""),
        ("payer: east", "payer: east-city"),
    ],
)
def test_figures_that_state_another_scope_are_not_compared(told: Any, one: str, other: str) -> None:
    conflict = only(conflicts(told(a=[P, aid("4亿元", more=one)], b=[aid("5亿元", more=other)])))
    assert (conflict.name, conflict.distance) == ("scope-differs", None)
    assert {len(side.detail) for side in conflict.sides} == {2}


def test_a_payer_that_one_source_leaves_unsaid_is_no_other_scope(told: Any) -> None:
    kg = told(a=[P, aid("4亿元", more="payer: east, payee: west")], b=[aid("5亿元")])
    assert only(conflicts(kg)).name == "open"


def test_figures_of_one_narrower_scope_are_compared_with_each_other_alone(told: Any) -> None:
    note = "scope_note: 市级"
    kg = told(a=[P, aid("4亿元", more=note), aid("9亿元")], b=[aid("5亿元", more=note)])
    found = conflicts(kg)
    (opened,) = [conflict for conflict in found.found if conflict.name == "open"]
    assert shown(opened) == {("4亿元", ("a.s2",)), ("5亿元", ("b.s1",))}
    assert opened.scope[0] == "市级"
    assert found.counts["scope-differs"] == 1


def test_what_one_origin_tells_apart_itself_is_no_conflict(told: Any) -> None:
    lines = [P, aid("4亿元", more="scope_note: 市级"), aid("5亿元", more="scope_note: 区级")]
    assert conflicts(told(a=lines, c=[lines[1]], sources={"c": "reprint_of: a"})).found == ()


def test_units_that_do_not_count_alike_are_of_different_scope(told: Any) -> None:
    batches, times = (aid(literal).replace("fiscal-aid", "official-visits") for literal in ("206批", "1841人次"))
    conflict = only(conflicts(told(a=[P, batches], b=[times])))
    assert (conflict.name, conflict.distance) == ("scope-differs", None)


def test_from_zero_there_is_no_percentage(told: Any) -> None:
    jobs, none = (aid(literal).replace("fiscal-aid", "jobs") for literal in ("5人", "0人"))
    found = conflicts(told(a=[P, jobs], b=[none]))
    assert (only(found).name, only(found).distance) == ("open", None)
    assert "from zero, so no percentage" in as_text(found.document("en"))


def test_a_narrower_scope_is_named_though_a_reprint_leaves_it_out(told: Any) -> None:
    note = "scope_note: 市级"
    kg = told(
        a=[aid("4亿元")], b=[P, aid("4亿元", more=note)], c=[aid("5亿元", more=note)], sources={"a": "reprint_of: b"}
    )
    assert only(conflicts(kg)).scope[0] == "市级"


def test_every_judgement_that_settles_is_shown_and_marked(told: Any) -> None:
    kg = told(
        a=[P, aid("4亿元")],
        b=[aid("5亿元")],
        c=[aid("6亿元")],
        judgements=[
            "kind: prefers, about: [a.s2, b.s1], prefers: b.s1",
            "kind: prefers, about: [b.s1, c.s1], prefers: c.s1",
        ],
    )
    conflict = only(conflicts(kg))
    assert (conflict.name, conflict.judgements) == ("settled", ("j1", "j2"))
    assert {s.shown: s.mark for s in conflict.sides} == {
        "4亿元": "set-aside",
        "5亿元": "set-aside",
        "6亿元": "preferred",
    }


def test_what_is_judged_of_different_scope_is_listed_with_the_judgement(told: Any) -> None:
    kg = told(a=[P, aid("4亿元")], b=[aid("5亿元")], judgements=["kind: different-scope, about: [a.s2, b.s1]"])
    conflict = only(conflicts(kg))
    assert (conflict.name, conflict.judgements) == ("scope-differs", ("j1",))


def test_one_value_given_to_two_years_by_two_origins(told: Any) -> None:
    conflict = only(conflicts(told(a=[P, aid("4.37亿元", "2016")], b=[aid("4.37亿元", "2018")])))
    assert (conflict.name, conflict.kind) == ("period-differs", "period")
    assert {side.detail[1] for side in conflict.sides} == {"2016", "2018"}
    assert conflict.distance is not None
    assert (conflict.distance.shown, conflict.distance.unit) == ("2", "years")


@pytest.mark.parametrize(
    "other",
    [aid("4.37亿元", "2016-05"), aid("4.38亿元", "2018"), aid("4.37亿元", "2018").replace("flow", "stock")],
    ids=["period inside the other", "another value", "another nature"],
)
def test_what_is_not_one_value_for_two_periods(told: Any, other: str) -> None:
    assert conflicts(told(a=[P, aid("4.37亿元", "2016")], b=[other])).counts["period-differs"] == 0


def test_one_value_of_one_origin_or_of_two_scopes_is_no_conflict_of_periods(told: Any) -> None:
    assert conflicts(told(a=[P, aid("4.37亿元", "2016"), aid("4.37亿元", "2018")])).found == ()
    notes = [aid("4.37亿元", year, f"scope_note: {note}") for year, note in (("2016", "市级"), ("2018", "区级"))]
    assert conflicts(told(a=[P, notes[0]], b=[notes[1]])).found == ()


def test_json_gives_two_periods_as_those_of_the_sides(told: Any) -> None:
    kg = told(a=[P, aid("4.37亿元", "2016")], b=[aid("4.37亿元", "2018")])
    (conflict,) = conflicts(kg, kind="period").as_json()["conflicts"]
    assert "period" not in conflict
    assert [side["name"] for side in conflict["sides"]] == ["4.37亿元（2016年）", "4.37亿元（2018年）"]


def test_a_stock_that_stays_the_same_is_no_conflict(told: Any) -> None:
    lines = [aid("4.37亿元", year).replace("flow", "stock") for year in ("2016", "2018")]
    assert conflicts(told(a=[P, lines[0]], b=[lines[1]])).found == ()


def test_two_supporters_of_one_county_whom_no_origin_names_together_are_possible(told: Any) -> None:
    kg = told(a=[pair("east", "west-county", "as_of: 2010/2015")], b=[pair("south", "west-county", "as_of: 2014/2016")])
    conflict = only(conflicts(kg, classes=ALL))
    assert (conflict.name, conflict.kind) == ("partner", "partner")
    assert {side.shown for side in conflict.sides} == {"east", "south"}
    assert "possible: two supporters (1)" in as_text(conflicts(kg, classes=ALL).document("en"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([pair("east", "west-county", "as_of: 2010/2012")], [pair("south", "west-county", "as_of: 2014")]),
        ([pair("east", "west-county", "as_of: 2010/2013")], [pair("south", "west-county", "as_of: 2013/2016")]),
        ([pair("east", "west-county", "as_of: 2013/2016")], [pair("south", "west-county", "as_of: 2010/2013")]),
        ([pair("east", "west-county", "as_of: 2014")], [pair("east-city", "west-county", "as_of: 2014")]),
        ([pair("east", "west", "as_of: 2014")], [pair("south", "west", "as_of: 2014")]),
        (
            [pair("east", "west-county", "as_of: 2014"), pair("south", "west-county", "as_of: 2014")],
            [pair("south", "west-county", "as_of: 2014")],
        ),
    ],
    ids=[
        "one after the other",
        "a hand-over within a year",
        "the reverse",
        "of two levels",
        "of a province",
        "one origin names both",
    ],
)
def test_several_supporters_that_are_no_conflict(told: Any, first: list[str], second: list[str]) -> None:
    assert conflicts(told(a=first, b=second)).found == ()


def test_two_supporters_seen_in_one_year_alone_are_possible(told: Any) -> None:
    kg = told(a=[pair("east", "west-county", "as_of: 2014")], b=[pair("south", "west-county", "as_of: 2010/2014")])
    assert only(conflicts(kg)).name == "partner"


def test_partners_and_periods_are_no_disagreements_of_the_graph(told: Any) -> None:
    kg = told(a=[P, aid("4.37亿元", "2016")], b=[aid("4.37亿元", "2018")])
    assert kg.derived.disagreements == {}


# a part and its whole


def guided(literal: str, during: str, more: str = "") -> str:
    return aid(literal, during, more).replace("fiscal-aid", "enterprises-guided")


def excesses(kg: KnowledgeGraph) -> tuple[Conflict, ...]:
    return tuple(c for c in conflicts(kg).found if c.name == "part-exceeds-whole")


def test_a_year_that_exceeds_the_two_years_around_it_is_listed_and_no_disagreement_of_the_graph(told: Any) -> None:
    kg = told(a=[P, guided("200余家", "2019")], b=[guided("138家", "2018/2019")])
    conflict = only(conflicts(kg))
    assert (conflict.name, conflict.kind, conflict.measure) == ("part-exceeds-whole", "part", "enterprises-guided")
    assert [(side.shown, side.statements, side.detail[1]) for side in conflict.sides] == [
        ("200余家", ("a.s2",), "part, 2019"),
        ("138家", ("b.s1",), "whole, 2018–2019"),
    ]
    assert conflict.distance is not None
    assert conflict.distance.shown == "44.93%"  # 62 / 138
    assert conflicts(kg).listed == (conflict,)
    assert conflicts(kg, kind="part").listed == (conflict,)
    assert conflicts(kg, kind="value").found == ()
    assert kg.derived.disagreements == {}
    text = as_text(conflicts(kg).document("zh"))
    assert "未决 0，已判 0，部分大于整体 1，" in text
    assert "200余家（部分，2019年）" in text


def test_one_origin_can_exceed_its_own_whole(told: Any) -> None:
    assert only(conflicts(told(a=[P, aid("5亿元", "2019"), aid("4亿元", "2018/2019")]))).origins == ("source/a",)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (guided("约150家", "2019"), guided("138家", "2018/2019")),  # 135 to 165
        (guided("200余家", "2019"), guided("138家以上", "2018/2019")),
        (aid("52.8亿元", "2019"), aid("52.788亿元", "2018/2019")),
        (guided("138家", "2019"), guided("138家", "2018/2019")),
        (guided("100家", "2019"), guided("138家", "2018/2019")),
    ],
    ids=["about", "lower bound of the whole", "rounding", "the same", "less"],
)
def test_what_a_bound_or_rounding_lets_be_true_is_no_excess(told: Any, part: str, whole: str) -> None:
    assert excesses(told(a=[P, part], b=[whole])) == ()


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("2019", "2019"),
        ("2019", "2020/2021"),
        ("2018/2020", "2019/2021"),
        ("2018/2019", "2019"),
        ("2019", "2018/2019~"),
        ("2019", "'[2018..2019]'"),
        ("2019-05", "2018/2019"),
        ("2018-03", "2018/2019"),
    ],
)
def test_a_period_that_is_not_surely_inside_the_other_makes_no_excess(told: Any, part: str, whole: str) -> None:
    assert excesses(told(a=[P, aid("5亿元", part)], b=[aid("4亿元", whole)])) == ()


@pytest.mark.parametrize(("part", "whole"), [("2019-05", "2019"), ("2019-05", "2018/2020"), ("2018", "2018/2020-06")])
def test_a_period_of_months_can_be_inside_years(told: Any, part: str, whole: str) -> None:
    assert len(excesses(told(a=[P, aid("5亿元", part)], b=[aid("4亿元", whole)]))) == 1


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (aid("5亿元", "2019"), aid("4亿元", "2018/2019", "scope_note: 市级")),
        (aid("5亿元", "2019", "scope_note: 区级"), aid("4亿元", "2018/2019", "scope_note: 市级")),
        (aid("5亿元", "2019"), aid("4亿元", "2018/2019", "payer: east-city")),
        (aid("5亿元", "2019"), aid("4亿元", "2018/2019", "place: west")),
        (aid("5亿元", "2019", "stage: planned"), aid("4亿元", "2018/2019", "stage: paid")),
        (aid("5亿元", "2019"), guided("4亿元", "2018/2019").replace("亿元", "家")),
        (aid("5亿元", "2019"), aid("4亿元", "2018/2019").replace("flow", "each-year")),
        (aid("5亿元", "2019").replace("flow", "stock"), aid("4亿元", "2018/2019").replace("flow", "stock")),
        (aid("5%", "2019").replace("fiscal-aid", "share"), aid("4%", "2018/2019").replace("fiscal-aid", "share")),
        (aid("5人", "2019").replace("fiscal-aid", "jobs"), aid("4人次", "2018/2019").replace("fiscal-aid", "jobs")),
    ],
    ids=["note", "other note", "payer", "place", "stage", "measure", "each year", "stock", "a share", "units"],
)
def test_a_whole_of_something_else_holds_nothing(told: Any, part: str, whole: str) -> None:
    assert excesses(told(a=[P, part], b=[whole])) == ()


def test_a_part_of_a_narrower_scope_exceeds_a_whole_without_or_of_the_same(told: Any) -> None:
    note = "scope_note: 市级"
    for more in ("", note):
        assert len(excesses(told(a=[P, aid("5亿元", "2019", note)], b=[aid("4亿元", "2018/2019", more)]))) == 1


def test_of_several_longer_periods_only_the_shortest_is_told_and_reprints_are_one(told: Any) -> None:
    kg = told(
        a=[P, aid("5亿元", "2019")],
        b=[aid("3亿元", "2018/2019"), aid("4亿元", "2017/2020")],
        c=[aid("5亿元", "2019")],
        sources={"c": "reprint_of: a"},
    )
    (conflict,) = excesses(kg)
    assert [side.statements for side in conflict.sides] == [("a.s2", "c.s1"), ("b.s1",)]
    assert conflict.origins == ("source/a", "source/b")


@pytest.mark.parametrize("about", ["a.s2, b.s1", "b.s1, c.s1"], ids=["itself", "by its reprint"])
def test_a_judgement_of_scope_silences_an_excess(told: Any, about: str) -> None:
    kg = told(
        a=[P, aid("5亿元", "2019")],
        b=[aid("4亿元", "2018/2019")],
        c=[aid("5亿元", "2019")],
        sources={"c": "reprint_of: a"},
        judgements=[f"kind: different-scope, about: [{about}]"],
    )
    conflict = only(conflicts(kg))
    assert (conflict.name, conflict.judgements, conflict.distance) == ("scope-differs", ("j1",), None)
    assert conflicts(kg).listed == ()


def test_what_is_replaced_or_set_aside_exceeds_nothing(told: Any) -> None:
    revised = [P, aid("5亿元", "2019"), aid("2亿元", "2019", "revises: s2")]
    assert excesses(told(a=revised, b=[aid("4亿元", "2018/2019")])) == ()
    judged = ["kind: prefers, about: [a.s2, b.s1], prefers: b.s1"]
    kg = told(a=[P, aid("5亿元", "2019")], b=[aid("2亿元", "2019"), aid("4亿元", "2018/2019")], judgements=judged)
    assert excesses(kg) == ()


@pytest.mark.parametrize("years", ["2018/2019", "2019"])
def test_a_declared_part_that_exceeds_its_whole_is_told_once(told: Any, years: str) -> None:
    kg = told(a=[P, aid("4亿元", "2018/2019"), aid("5亿元", years, "part_of: s2, scope_note: 市级")])
    (conflict,) = excesses(kg)
    assert [side.statements for side in conflict.sides] == [("a.s3",), ("a.s2",)]
    assert conflict.sides[0].detail[0].startswith("部分，")
    assert "市级" in conflict.sides[0].detail[0]


def test_a_declared_part_may_be_of_another_measure_or_of_another_unit(told: Any) -> None:
    other = aid("5亿元", "2018/2019", "part_of: s2").replace("fiscal-aid", "industry-aid")
    kg = told(a=[P, aid("4亿元", "2018/2019"), other])
    (conflict,) = excesses(kg)
    assert conflict.measure == "industry-aid"
    (plain,) = conflicts(kg, kind="part").as_json()["conflicts"]
    assert (plain["measure"], plain["nature"], [side["name"] for side in plain["sides"]]) == (
        "industry-aid",
        "flow",
        ["5亿元（部分，2018年至2019年）", "4亿元（整体，2018年至2019年）"],
    )
    share = aid("75.4%", "2018/2019", "part_of: s2").replace("fiscal-aid", "share")
    assert excesses(told(a=[P, aid("4亿元", "2018/2019"), share])) == ()


# distance


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("400亿元", "460亿元", "15%"),
        ("3亿元", "4亿元", "33.33%"),
        ("6亿元", "3-5亿元", "20%"),  # 5 is the nearest value of the range
        ("13亿元", "15亿元以上", "15.38%"),  # 2 / 13
        ("13亿元", "超过13亿元", "0%"),  # as near as one likes, yet never equal
    ],
)
def test_the_distance_is_that_of_the_nearest_allowed_values(told: Any, one: str, other: str, apart: str) -> None:
    conflict = only(conflicts(told(a=[P, aid(one)], b=[aid(other)])))
    assert conflict.distance is not None
    assert (conflict.name, conflict.distance.shown) == ("open", apart)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("1994", "1996", ("2", "years")),
        ("1996-07", "1996-10", ("3", "months")),
        ("2016-10-27", "2016-12-07", ("41", "days")),  # 4 days of October, 30 of November, 7 of December
        ("1995", "1996-07-06", ("1", "years")),
    ],
)
def test_dates_are_apart_in_the_coarser_of_their_units(told: Any, one: str, other: str, apart: tuple[str, str]) -> None:
    conflict = only(conflicts(told(a=[f"{P}, from: {one}"], b=[f"{P}, from: {other}"])))
    assert conflict.distance is not None
    assert (conflict.distance.shown, conflict.distance.unit) == apart


# what is asked


def test_the_better_attested_and_then_the_farther_apart_come_first(told: Any) -> None:
    kg = told(
        a=[P, aid("4亿元", "2016"), aid("4亿元", "2017"), aid("4亿元", "2018")],
        b=[aid("5亿元", "2016"), aid("8亿元", "2017"), aid("5亿元", "2018")],
        c=[aid("5亿元", "2018")],
    )
    cells = [kg.derived.cells[conflict.cell].period for conflict in conflicts(kg).listed]
    assert cells == ["2018", "2017", "2016"]


def test_all_classes_are_counted_though_only_open_and_settled_are_listed(told: Any) -> None:
    kg = told(a=[P, aid("4亿元"), aid("13.43亿元", "2019")], b=[aid("5亿元"), aid("13亿多元", "2019")])
    found = conflicts(kg)
    assert [conflict.name for conflict in found.listed] == ["open"]
    assert found.counts == {name: int(name in ("open", "compatible")) for name in CLASSES}
    lead = found.document("en").lead
    assert lead[0].startswith("open 1, settled 0, part exceeds whole 0, compatible 1, different scope 0")
    assert lead[1].startswith("1 more")
    assert [conflict.name for conflict in conflicts(kg, classes=["compatible"]).listed] == ["compatible"]


def test_a_conflict_is_found_by_its_pairing_its_places_its_programme_and_its_sources(told: Any) -> None:
    kg = told(a=[P, aid("4亿元")], b=[aid("5亿元")], c=[pair("south", "north", "as_of: 2014")])
    for name in ("ew.east.west", "东省", "place/west", "programme/ew", "source/a", "statement/b.s1"):
        assert len(conflicts(kg, about=name).found) == 1, name
    for name in ("ew.south.north", "south", "source/c"):
        assert conflicts(kg, about=name).found == (), name


def test_kind_and_measure_narrow(told: Any) -> None:
    kg = told(a=[f"{P}, from: 1994", aid("4亿元")], b=[f"{P}, from: 1996", aid("5亿元")])
    assert [c.kind for c in conflicts(kg, kind="start").found] == ["start"]
    assert [c.kind for c in conflicts(kg, measure="财政援助资金").found] == ["value"]
    assert conflicts(kg, measure="social-aid").found == ()


def test_a_kind_that_is_never_open_is_listed_without_its_class(told: Any) -> None:
    kg = told(a=[P, aid("4.37亿元", "2016")], b=[aid("4.37亿元", "2018")])
    assert len(conflicts(kg, kind="period").listed) == 1
    assert conflicts(kg, kind="period", classes=["open"]).listed == ()
    rivals = told(a=[pair("east", "west-county", "as_of: 2014")], b=[pair("south", "west-county", "as_of: 2014")])
    assert len(conflicts(rivals, kind="partner").listed) == 1


def test_as_of_a_time_only_what_tells_of_it_weighs(told: Any) -> None:
    kg = told(a=[f"{P}, as_of: 2010/2020", aid("4亿元", "2016")], b=[aid("5亿元", "2016")])
    assert len(conflicts(kg, as_of=parse_as_of(2016)).found) == 1
    assert conflicts(kg, as_of=parse_as_of(2018)).found == ()


@pytest.mark.parametrize(
    "wrong", [{"kind": "amount"}, {"classes": ["closed"]}, {"measure": "fiscal"}, {"about": "无名"}]
)
def test_wrong_words_are_refused_with_what_there_is(told: Any, wrong: dict[str, Any]) -> None:
    kg = told(a=[P, aid("4亿元")])
    with pytest.raises(BadParameter):
        conflicts(kg, **wrong)


def test_json_holds_no_floats_and_both_sides_with_their_sources(told: Any) -> None:
    plain = conflicts(told(a=[P, aid("4亿元")], b=[aid("5亿元")])).as_json()
    written = json.dumps(plain, ensure_ascii=False)
    (conflict,) = json.loads(written, parse_float=pytest.fail)["conflicts"]
    assert conflict["distance"] == {"amount": "25.00", "unit": "%"}
    assert [side["statements"][0]["source"] for side in conflict["sides"]] == ["a", "b"]


# the shipped facts


def test_every_disagreement_of_the_graph_is_open_or_settled_here_and_the_reverse(shipped: KnowledgeGraph) -> None:
    listed = conflicts(shipped, classes=("open", "settled")).listed
    found = {c.slug: c for c in listed}
    assert set(found) == set(shipped.derived.disagreements)
    assert len(found) == len(listed)
    for slug, disagreement in shipped.derived.disagreements.items():
        assert shown(found[slug]) == set(disagreement.sides)
        assert found[slug].name == ("settled" if disagreement.settled_by else "open")


def test_every_conflict_is_told_in_both_languages_with_a_source_on_each_side(shipped: KnowledgeGraph) -> None:
    found = conflicts(shipped, classes=ALL)
    for conflict in found.found:
        assert len(conflict.sides) > 1, conflict.slug
        assert all(side.statements for side in conflict.sides)
    for lang in ("zh", "en"):
        headings = {section.heading for section in found.document(lang).sections}
        assert {found.what(conflict, lang) for conflict in found.found} <= headings


def test_the_slugs_are_unique(shipped: KnowledgeGraph) -> None:
    slugs = [conflict.slug for conflict in conflicts(shipped).found]
    assert len(slugs) == len(set(slugs))


def test_zhejiang_in_sichuan_rounds_and_does_not_disagree_on_aid(shipped: KnowledgeGraph) -> None:
    found = conflicts(shipped, about="east-west.zhejiang.sichuan", measure="fiscal-aid", classes=ALL)
    (rounded,) = [c for c in found.found if c.whys]
    assert (rounded.name, rounded.whys) == ("compatible", ("rounding",))


def test_officials_of_zhejiang_in_sichuan_are_144_or_100(shipped: KnowledgeGraph) -> None:
    (conflict,) = conflicts(shipped, about="east-west.zhejiang.sichuan", measure="officials-posted").listed
    assert conflict.distance is not None
    assert ({side.shown for side in conflict.sides}, conflict.distance.shown) == ({"144名", "100名"}, "44%")


def test_lhasa_has_one_share_for_two_years(shipped: KnowledgeGraph) -> None:
    (conflict,) = conflicts(shipped, about="tibet-lasa", kind="period").found
    assert {side.detail[0] for side in conflict.sides} == {"1995年", "1996年"}


def test_teachers_of_fujian_in_ningxia_went_in_16_or_17_batches(shipped: KnowledgeGraph) -> None:
    (conflict,) = conflicts(shipped, about="min-ning", measure="batches").listed
    assert conflict.distance is not None
    # 1 / 16
    assert ({side.shown for side in conflict.sides}, conflict.distance.shown) == ({"16批", "17次"}, "6.25%")


def test_two_supporters_where_one_took_over_within_a_year_are_not_listed(shipped: KnowledgeGraph) -> None:
    for place in ("gansu-linxia", "guizhou-tongren", "xinjiang-hami"):
        assert conflicts(shipped, about=place, kind="partner").found == (), place
    assert conflicts(shipped, about="tibet-naqu", kind="partner").found


def test_beijing_guided_more_firms_to_inner_mongolia_in_2019_than_in_two_years(shipped: KnowledgeGraph) -> None:
    (conflict,) = conflicts(shipped, about="jing-meng", kind="part").found
    assert [(side.shown, side.statements) for side in conflict.sides] == [
        ("200余家", ("bjrbk-2020.s005",)),
        ("138家", ("bjrb-2020.s005",)),
    ]


def test_what_a_total_calls_a_contradiction_is_found_here(shipped: KnowledgeGraph) -> None:
    told_here = {frozenset(c.statements) for c in conflicts(shipped, kind="part").found}
    answer = total(shipped, "jing-meng", ["enterprises-guided"])
    pairs = [
        {residual.part.key, residual.whole.key}
        for measured in answer.measures
        for group in measured.groups
        for residual in group.residuals
        if residual.contradicts
    ]
    assert pairs
    assert all(any(pair <= keys for keys in told_here) for pair in pairs)
