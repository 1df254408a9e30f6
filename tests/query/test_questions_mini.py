"""What each named question answers about the tiny world; every row was worked out from its YAML by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from asking import Ask

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.library import named_queries
from cooperation_kg.query.run import run_query

HAI_SHAN = "pairing/test-east-west.haizhou.shanyuan"
HAI_HE = "pairing/test-east-west.haizhou.hechuan"
LIN_SHAN = "pairing/test-cooperation.linjiang.shanyuan"
LIN_HE = "pairing/test-east-west.linjiang.hechuan"
DONGHU = "pairing/test-east-west.haizhou-donghu.shanyuan-heishui"
M_W = "pairing/test-east-west.case-study.m-district.case-study.w-county"

# questions that cannot be asked without a value
NEEDED = {
    "pairing": "海山",
    "place": "海州",
    "programme": "test-east-west",
    "policy": "1996-report",
    "text": "海",
    "thing": "海山",
}
# columns that hold what is printed or what a curator wrote once; a summary (says) may repeat such, not begin with it
UNTRANSLATED = frozenset(
    ["as_written", "by", "called", "locator", "number", "reason", "said_by", "searched_in", "stated", "term", "unit"]
)
# columns of one question that hold names and texts as they were recorded
PRINTED = {("find", "name"), ("described", "value")}


def needed(question: str) -> dict[str, Any]:
    return {p.name: NEEDED[p.name] for p in named_queries()[question].parameters if p.default is None}


def test_pairings_of_a_year_long_past(ask: Ask) -> None:
    columns = "status pairing name supporter recipient programme since"
    assert ask("pairings", columns, as_of=1996) == [
        ("certain", HAI_SHAN, "海山", "海州省", "山原自治区", "测试东西协作", date(1996, 1, 1)),
        ("undated", HAI_HE, "海河", None, None, "测试东西协作", None),
    ]


def test_pairings_are_possible_up_to_a_due_date_and_undirected_ones_name_no_supporter(ask: Ask) -> None:
    columns = "status pairing name supporter recipient programme since last_confirmed"
    assert ask("pairings", columns, as_of=2030) == [
        ("possible", LIN_SHAN, "临山", None, None, "测试对口合作", date(2021, 1, 1), date(2021, 12, 31)),
        ("undated", HAI_HE, "海河", None, None, "测试东西协作", None, None),
    ]


def test_pairings_show_certain_and_possible_side_by_side(ask: Ask) -> None:
    rows = ask("pairings", "status pairing", as_of=2018)
    assert rows == [
        ("certain", M_W),
        ("certain", HAI_SHAN),
        ("certain", LIN_HE),
        ("possible", DONGHU),
        ("undated", HAI_HE),
    ]


def test_pairings_in_english(ask: Ask) -> None:
    assert ask("pairings", "name programme", as_of=2030, lang="en") == [
        ("Linjiang–Shanyuan", "Test counterpart cooperation"),
        ("Haizhou–Hechuan", "Test east–west cooperation"),
    ]


def test_all_pairings_with_both_sides_and_what_they_rest_on(ask: Ask) -> None:
    columns = "pairing party partner directed first_year directness origins sources statements"
    assert ask("pairings-all", columns) == [
        (LIN_SHAN, "临江省", "山原自治区", False, 2021, "明确陈述", 1, 1, 1),
        (M_W, "M区", "W县", True, 2017, "明确陈述", 1, 1, 1),
        (DONGHU, "东湖区", "黑水县", True, 2016, "明确陈述", 1, 1, 1),
        (HAI_HE, "海州省", "河川省", False, None, "仅见其名", 1, 1, 1),
        (HAI_SHAN, "海州省", "山原自治区", True, 1996, "明确陈述", 2, 3, 5),
        (LIN_HE, "临江省", "河川省", True, 2018, "按列举次序对应", 1, 1, 1),
    ]


def test_pairings_of_a_place_with_its_role(ask: Ask) -> None:
    assert ask("pairings-of", "pairing role partner status", place="海州") == [
        (HAI_HE, "party", "河川省", "undated"),
        (HAI_SHAN, "supporter", "山原自治区", "dated"),
    ]


def test_pairings_of_a_place_in_a_year(ask: Ask) -> None:
    assert ask("pairings-of", "pairing role partner status", place="山", as_of=2030) == [
        (LIN_SHAN, "party", "临江省", "possible")
    ]
    assert ask("pairings-of", "pairing role status", place="黑水县", as_of=2016) == [(DONGHU, "recipient", "certain")]


def test_a_place_through_time_has_its_former_names_and_parents_and_last_what_it_is_now(ask: Ask) -> None:
    assert ask("place-history", "period from until name code level parent parent_name", place="古山市") == [
        ("then", None, "1997-06-17", "古山县", "929021", None, None, None),
        ("then", None, "1997-06-17", None, None, None, "place/shanyuan", "山原自治区"),
        ("then", "1997-06-18", None, None, None, None, "place/hechuan", "河川省"),
        ("now", None, None, "古山市", "930121", "县级", "place/hechuan", "河川省"),
    ]


def test_years_count_certain_and_possible_apart_and_end_with_the_due_date(ask: Ask) -> None:
    rows = ask("pairings-by-year", "year certain possible")
    assert rows[0] == (1996, 1, 0)
    assert rows[-1] == (2035, 0, 1)


def test_terms_have_four_dates_and_their_basis(ask: Ask) -> None:
    columns = "possible_from certain_from certain_to possible_to start end basis"
    until = date(2021, 12, 31)
    assert ask("pairing-terms", columns, pairing="临山") == [
        (date(2021, 1, 1), until, until, date(2035, 12, 31), "来源写明", "有期限", "测试协作规划")
    ]
    assert ask("pairing-terms", columns, pairing="M区 → W县") == [
        (date(2017, 1, 1), date(2017, 1, 1), date(2022, 12, 31), date(2024, 12, 31), "最早见于", "最近确认", None)
    ]


def test_every_statement_about_a_pairing_in_reading_order_without_the_withdrawn(ask: Ask) -> None:
    rows = ask("pairing-statements", "statement as_written called", pairing="海山")
    assert rows == [
        ("statement/first-report.s001", None, "测试扶贫协作"),
        ("statement/first-report.s002", None, None),
        ("statement/first-report.s005", "3.5亿元", None),
        ("statement/first-report.s006", "1.2亿元", None),
        ("statement/first-report.s007", "26万人次", None),
        ("statement/first-report.s009", None, None),
        ("statement/first-report.s012", None, None),
        ("statement/first-report.s013", None, None),
        ("statement/first-report.s015", "近40所", None),
        ("statement/reprint.s001", "3.5亿元", None),
        ("statement/reprint.s002", None, None),
        ("statement/yearbook.s001", None, None),
        ("statement/yearbook.s002", "3.2亿元", None),
        ("statement/yearbook.s003", "2亿元", None),
        ("statement/yearbook.s004", "120名", None),
        ("statement/yearbook.s005", "132名", None),
    ]


def test_a_statement_comes_with_its_kind_source_and_locator(ask: Ask) -> None:
    rows = ask("pairing-statements", "kind source locator directness", pairing="海河")
    assert rows == [("结对陈述", "海山协作二十年", "成效 第3段", "仅见其名")]


def test_policies_behind_a_pairing_and_how_they_touch_it(ask: Ask) -> None:
    assert ask("pairing-policies", "through policy effect date statement", pairing="海山") == [
        ("basis", "policy/1996-report", None, None, "statement/first-report.s001"),
        ("basis", "policy/2010-notice", None, None, "statement/first-report.s002"),
        ("programme", "policy/2021-plan", "更名", "2021", "statement/yearbook.s011"),
        ("scope", "policy/1996-report", "确立", "1996", "statement/first-report.s004"),
    ]


def test_figures_of_a_pairing(ask: Ask) -> None:
    rows = ask("pairing-figures", "figure as_written value unit period counted_in part_of", pairing="海山")
    assert sorted(rows) == [
        ("statement/first-report.s005", "3.5亿元", Decimal(350_000_000), "元", "2016/2017", None, None),
        (
            "statement/first-report.s006",
            "1.2亿元",
            Decimal(120_000_000),
            "元",
            "2016/2017",
            "云岭市",
            "statement/first-report.s005",
        ),
        ("statement/first-report.s007", "26万人次", Decimal(260_000), "人次", "1996/2017", None, None),
        ("statement/first-report.s015", "近40所", Decimal(40), "所", "2017", "山原自治区", None),
        ("statement/reprint.s001", "3.5亿元", Decimal(350_000_000), "元", "2016/2017", None, None),
        ("statement/yearbook.s002", "3.2亿元", Decimal(320_000_000), "元", "2016/2017", None, None),
        ("statement/yearbook.s003", "2亿元", Decimal(200_000_000), "元", "2018", None, None),
        ("statement/yearbook.s004", "120名", Decimal(120), "名", "2016/2020", None, None),
        ("statement/yearbook.s005", "132名", Decimal(132), "名", "2016/2020", None, None),
    ]


def test_figures_of_a_measure_in_order_of_time_by_notation_or_by_label(ask: Ask) -> None:
    columns = "figure about as_written stage source"
    expected = [
        ("statement/first-report.s005", "海山", "3.5亿元", "到位", "海山协作二十年"),
        ("statement/first-report.s006", "海山", "1.2亿元", "到位", "海山协作二十年"),
        ("statement/reprint.s001", "海山", "3.5亿元", "到位", "海山协作二十年（转载）"),
        ("statement/yearbook.s002", "海山", "3.2亿元", "到位", "测试年鉴2021"),
        ("statement/case-study.s003", "M区 → W县", "超过3000万元", "下达", "协作案例研究"),
        ("statement/yearbook.s003", "海山", "2亿元", "到位", "测试年鉴2021"),
    ]
    assert ask("figures", columns, measure="fiscal-aid") == expected
    assert ask("figures", columns, measure="财政援助资金") == expected


def test_a_range_has_ends_and_no_value(ask: Ask) -> None:
    assert ask("figures", "about as_written value minimum maximum nature", measure="grant-aid") == [
        ("测试东西协作", "3-5亿元", None, Decimal(300_000_000), Decimal(500_000_000), "每年")
    ]


def test_a_figure_of_several_pairings_together_is_listed_with_its_bound(ask: Ask) -> None:
    assert ask("figures", "figure as_written value unit bound", measure="people-lifted") == [
        ("statement/first-report.s008", "50多万", Decimal(500_000), "人", "多于")
    ]


def test_figures_and_independent_origins_by_pairing(ask: Ask) -> None:
    assert ask("figures-by-pairing", "pairing measure figures origins first_day last_day") == [
        (M_W, "财政援助资金", 1, 1, date(2017, 1, 1), date(2022, 12, 31)),
        (HAI_SHAN, "互派干部", 2, 1, date(2016, 1, 1), date(2020, 12, 31)),
        (HAI_SHAN, "劳务输出", 1, 1, date(1996, 1, 1), date(2017, 12, 31)),
        (HAI_SHAN, "结对学校", 1, 1, date(2017, 1, 1), date(2017, 12, 31)),
        (HAI_SHAN, "财政援助资金", 5, 2, date(2016, 1, 1), date(2018, 12, 31)),
        (LIN_HE, "企业投资", 1, 1, date(2021, 1, 1), date(2025, 12, 31)),
    ]


def test_paired_places_without_any_figure(ask: Ask) -> None:
    assert ask("places-without-figures", "place name level pairings") == [
        ("place/haizhou-donghu", "东湖区", "县级", 1),
        ("place/shanyuan-heishui", "黑水县", "县级", 1),
    ]


def test_a_disagreement_shows_each_side_and_the_judgement_that_settles_it(ask: Ask) -> None:
    assert ask("disagreements", "kind about measure stated statement settled_by") == [
        ("数值", "海山", "财政援助资金", "3.2亿元", "statement/yearbook.s002", "judgement/j001"),
        ("数值", "海山", "财政援助资金", "3.5亿元", "statement/first-report.s005", "judgement/j001"),
        ("数值", "海山", "财政援助资金", "3.5亿元", "statement/reprint.s001", "judgement/j001"),
    ]


def test_county_pairs_under_a_province_pair(ask: Ask) -> None:
    columns = "inner party partner directed first_year"
    assert ask("county-pairs", columns, pairing="海山") == [
        (M_W, "M区", "W县", True, 2017),
        (DONGHU, "东湖区", "黑水县", True, 2016),
    ]


def test_sources_with_counts_and_zero_for_one_not_read_yet(ask: Ask) -> None:
    rows = ask("sources", "source title kind statements")
    totals: dict[str, int] = {}
    for source, _, _, statements in rows:
        totals[source] = totals.get(source, 0) + statements
    assert totals == {
        "source/case-study": 10,
        "source/first-report": 15,
        "source/later-thesis": 0,
        "source/reprint": 2,
        "source/yearbook": 13,
    }
    assert ("source/later-thesis", "一篇尚未读到的虚构论文", None, 0) in rows
    assert ("source/yearbook", "测试年鉴2021", "数字陈述", 6) in rows


def test_practices_of_a_field(ask: Ask) -> None:
    columns = "practice field_label about says as_of"
    labour = ("statement/case-study.s005", "劳务", "M区 → W县", "定向招工", None)
    industry = ("statement/first-report.s012", "产业", "海山", "共建园区", "2018")
    assert ask("practices-by-field", columns) == [industry, labour]
    assert ask("practices-by-field", columns, field="劳务") == [labour]


def test_practices_events_and_projects_of_a_pairing(ask: Ask) -> None:
    assert ask("pairing-practices", "field says source", pairing="海山") == [("产业", "共建园区", "海山协作二十年")]
    assert ask("pairing-events", "event date locator", pairing=M_W) == [("两地签约", "2017~", "2 案例")]
    assert ask("pairing-projects", "project field as_of", pairing="海山") == [("海山测试产业园", "产业", "2017")]


def test_history_of_a_programme_in_order_of_time(ask: Ask) -> None:
    assert ask("programme-history", "date kind policy statement", programme="测试东西协作") == [
        ("1996", "政策作用陈述", "关于组织测试协作的报告", "statement/first-report.s004"),
        ("1996/2015", "阶段陈述", None, "statement/first-report.s014"),
        ("2016-07-20", "事件陈述", None, "statement/first-report.s011"),
        ("2021", "政策作用陈述", "测试协作规划", "statement/yearbook.s011"),
    ]


def test_programmes_with_family_and_pairings(ask: Ask) -> None:
    assert ask("programmes", "programme family pairings") == [
        ("programme/test-action", "测试东西协作", 1),
        ("programme/test-cooperation", "测试对口合作", 1),
        ("programme/test-east-west", "测试东西协作", 4),
    ]


def test_policies_in_order_of_date_the_undated_last(ask: Ask) -> None:
    assert ask("policies", "policy date act by number") == [
        ("policy/1996-report", "1996-07", "批准", "测试领导小组", "测发〔1996〕26号"),
        ("policy/2021-plan", "2021-03", "印发", "测试领导小组", None),
        ("policy/2010-notice", None, None, None, None),
    ]


def test_everything_about_one_policy(ask: Ask) -> None:
    assert ask("policy", "statement date", policy="1996-report") == [
        ("statement/first-report.s004", "1996"),
        ("statement/first-report.s003", "1996-07"),
        ("statement/first-report.s001", None),
    ]
    assert ask("policy", "statement", policy="测试协作调整通知") == [
        ("statement/yearbook.s010",),
        ("statement/first-report.s002",),
    ]


def test_what_organisations_did(ask: Ask) -> None:
    assert ask("organisations", "organisation statement date") == [
        ("organisation/test-group", "statement/case-study.s010", None),
        ("organisation/test-leading-group", "statement/first-report.s003", "1996-07"),
        ("organisation/test-leading-group", "statement/yearbook.s006", None),
        ("organisation/test-leading-group", "statement/yearbook.s010", "2021-03"),
    ]


def test_problems_recommendations_and_results_stay_apart(ask: Ask) -> None:
    assert ask("problems", "about says field") == [("测试东西协作", "需求不合", "机制治理")]
    assert ask("recommendations", "about says field") == [("测试东西协作", "先问需求", None)]
    assert ask("results", "about says field") == [("河川省", "收入上升", None)]


def test_definitions_phases_and_participants(ask: Ask) -> None:
    assert ask("definitions", "term says about") == [("协作", "两地互助", "测试东西协作")]
    assert ask("phases", "programme phase date") == [("测试东西协作", "起步阶段", "1996/2015")]
    assert ask("participants", "place programme as_of") == [("place/hechuan-gushan", "测试携手行动", "2016-12")]


def test_undated_pairings(ask: Ask) -> None:
    columns = "pairing party partner directed directness statements"
    assert ask("undated-pairings", columns) == [(HAI_HE, "海州省", "河川省", False, "仅见其名", 1)]


def test_the_longest_unconfirmed_come_first(ask: Ask) -> None:
    rows = ask("unconfirmed", "pairing last_confirmed")
    assert [row for row in rows if row[0] != HAI_SHAN] == [
        (DONGHU, date(2016, 12, 31)),
        (LIN_HE, date(2018, 12, 31)),
        (LIN_SHAN, date(2021, 12, 31)),
        (M_W, date(2022, 12, 31)),
    ]


def test_anonymous_places_under_their_pairing(ask: Ask) -> None:
    assert ask("anonymous-places", "place name within pairing") == [
        ("place/case-study.m-district", "M区", "海州省", M_W),
        ("place/case-study.w-county", "W县", "山原自治区", M_W),
    ]


def test_find_looks_in_every_name_whatever_the_case(ask: Ask) -> None:
    assert {row[0] for row in ask("find", "thing", text="HAIZHOU")} == {
        HAI_HE,
        HAI_SHAN,
        "place/haizhou",
        "project/test-park",
        "source/first-report",
        "source/reprint",
    }
    assert ask("find", "thing name", text="古山县") == [("place/hechuan-gushan", "古山县")]


def test_find_takes_its_text_as_text(ask: Ask) -> None:
    assert ask("find", "thing", text='" } # .*') == []


def test_what_is_in_the_graph(ask: Ask) -> None:
    counts = {cls.rpartition("#")[2]: things for cls, things in ask("graph-summary", "class things")}
    expected = {
        "AnonymousPlace": 2,
        "Disagreement": 1,
        "FigureStatement": 14,
        "Judgement": 2,
        "Pairing": 6,
        "PairingStatement": 9,
        "Place": 8,
        "Policy": 3,
        "Programme": 3,
        "Source": 5,
        "Statement": 40,
        "WithdrawnStatement": 1,
    }
    assert {name: counts.get(name) for name in expected} == expected


def test_judgements_and_what_they_are_about(ask: Ask) -> None:
    assert ask("judgements", "judgement kind about prefers searched searched_in date") == [
        (
            "judgement/j001",
            "采用其一",
            "statement/first-report.s005",
            "statement/yearbook.s002",
            None,
            None,
            "2024-06-01",
        ),
        (
            "judgement/j001",
            "采用其一",
            "statement/yearbook.s002",
            "statement/yearbook.s002",
            None,
            None,
            "2024-06-01",
        ),
        ("judgement/j002", "已检索", None, None, "海河结对的起始年份", "测试报刊", "2024-06-02"),
    ]


def test_withdrawn_statements_keep_their_reason(ask: Ask) -> None:
    assert ask("withdrawn", "statement reason locator") == [
        ("statement/case-study.s011", "误读，原文所指为另一结对", "3 问题")
    ]


@pytest.mark.parametrize("question", sorted(named_queries()))
def test_in_english_no_name_stays_chinese(mini: KnowledgeGraph, question: str) -> None:
    if "lang" not in {p.name for p in named_queries()[question].parameters}:
        assert question == "pairings-by-year"
        return
    table = run_query(mini, question, lang="en", **needed(question))
    names = [c for c in table.columns if c not in UNTRANSLATED and (question, c) not in PRINTED]
    shown = [(c, str(row[c])[:1] if c == "says" else str(row[c])) for row in table for c in names if row[c] is not None]
    assert [(c, text) for c, text in shown if any("\u4e00" <= character <= "\u9fff" for character in text)] == []
