"""What the record lacks: states of coverage, freshness, single sources, thin entries and the ranking, by definition."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.report import PARTS, Report, report
from cooperation_kg.render.documents import as_text

SLUG = "ew.east.west"
TIE = "kind: pairing, programme: ew, supporter: east, recipient: west"
SCOPE = "{programme: ew, supporter: east, recipient: west}"
ABOUT = f"kind: figure, about: {SCOPE}"
SEEN = f"{TIE}, from: 2018, as_of: 2018/2022"  # certain 2018–2022, possible to the horizon, 2024
JINGMENG = "east-west.beijing.inner-mongolia"


@pytest.fixture
def world(tmp_path: Path) -> Any:
    count = 0

    def build(
        sources: dict[str, str] | None = None,
        judgements: Sequence[str] = (),
        pairings: str = "",
        **statements: Sequence[str],
    ) -> KnowledgeGraph:
        nonlocal count
        count += 1
        folder = tmp_path / f"data-{count}"
        write_world(folder, sources or {}, judgements, pairings, "2024", statements)
        return build_graph(load_corpus(folder))

    return build


@pytest.fixture(scope="module")
def full(real: KnowledgeGraph) -> Report:
    return report(real)


def figure(literal: str, time: str, measure: str = "fiscal-aid", nature: str = "flow", more: str = "") -> str:
    return f"{ABOUT}, measure: {measure}, as_written: {literal}, {time}, nature: {nature}{more}"


def searched(covers: str) -> str:
    return f"kind: searched, what: 数字, where: 年鉴, covers: [{covers}]"


def states(found: Report, measure: str) -> dict[int, str]:
    """year → state, with the extent after a colon."""
    rows = (row for row in found.coverage.rows if row.measure == measure)
    return {row.year: f"{row.state}:{row.extent}" for row in rows}


# coverage


def test_a_figure_of_a_year_is_told_apart_from_one_of_a_longer_span(world: Any) -> None:
    kg = world(a=[SEEN, figure("1亿元", "during: 2019"), figure("5亿元", "during: 2018/2020")])
    assert states(report(kg), "fiscal-aid") == {2018: "stated:span", 2019: "stated:year", 2020: "stated:span"}


def test_a_month_of_a_year_is_of_that_year_and_each_year_of_every_year(world: Any) -> None:
    kg = world(a=[SEEN, figure("1亿元", "at: 2020-06"), figure("2亿元", "during: 2021/2022", nature="each-year")])
    assert states(report(kg), "fiscal-aid") == dict.fromkeys((2020, 2021, 2022), "stated:year")


@pytest.mark.parametrize(
    ("time", "why"),
    [
        ("during: 2021-07/2022-06", "straddles"),
        ('during: "[2018..2020]"', "some-time"),
        ("during: 2019~", "some-time"),
        ("during: 2015", "not-in-force"),
        ("during: 2026", "after-horizon"),
        ("scope_note: 无时间", "undated"),
    ],
)
def test_a_figure_that_is_of_no_single_year_states_none_and_is_listed_with_the_reason(
    world: Any, time: str, why: str
) -> None:
    kg = world(a=[f"{SEEN}, due: 2030", figure("1亿元", time, more=", stage: planned")])
    found = report(kg)
    assert found.coverage.rows == ()
    assert found.coverage.elsewhere == (("a.s2", why),)


def test_an_approximate_span_states_only_the_years_that_it_surely_holds(world: Any) -> None:
    kg = world(a=[SEEN, figure("1亿元", "during: 2018~/2021")])  # it may have begun as late as 2019
    assert states(report(kg), "fiscal-aid") == {2020: "stated:span", 2021: "stated:span"}


@pytest.mark.parametrize("stage", ["planned", "agreed", "allocated"])
def test_a_figure_that_is_only_intended_is_planned_only(world: Any, stage: str) -> None:
    kg = world(a=[SEEN, figure("1亿元", "during: 2019", more=f", stage: {stage}")])
    assert states(report(kg), "fiscal-aid") == {2019: "planned-only:year"}


def test_what_was_paid_beside_the_plan_is_stated(world: Any) -> None:
    planned = figure("1亿元", "during: 2019", more=", stage: planned")
    kg = world(a=[SEEN, planned, figure("1亿元", "during: 2018/2020", more=", stage: paid")])
    assert states(report(kg), "fiscal-aid")[2019] == "stated:span"


def test_an_open_disagreement_makes_a_year_conflicting_and_a_judgement_ends_that(world: Any) -> None:
    says = {"a": [SEEN, figure("1亿元", "during: 2019")], "b": [figure("2亿元", "during: 2019")]}
    assert states(report(world(**says)), "fiscal-aid") == {2019: "conflicting:year"}
    settled = world(judgements=["kind: prefers, about: [a.s2, b.s1], prefers: a.s2"], **says)
    assert states(report(settled), "fiscal-aid") == {2019: "stated:year"}


@pytest.mark.parametrize("about", ["ew", "{programme: ew, supporter: east}", "west"])
def test_a_figure_about_more_than_the_pairing_states_nothing_of_it(world: Any, about: str) -> None:
    kg = world(
        a=[SEEN, f"kind: figure, about: {about}, measure: fiscal-aid, as_written: 1亿元, during: 2019, nature: flow"]
    )
    assert report(kg).coverage.rows == ()


def test_what_is_withdrawn_or_no_evidence_states_nothing(world: Any) -> None:
    withdrawn = figure("1亿元", "during: 2019", more=", withdrawn: 误读")
    kg = world(judgements=["kind: not-evidence, about: [a.s3]"], a=[SEEN, withdrawn, figure("2亿元", "during: 2020")])
    assert report(kg).coverage.rows == ()


def test_a_year_without_any_figure_is_one_silent_row_and_no_year_after_the_horizon_is(world: Any) -> None:
    kg = world(a=[f"{SEEN}, due: 2035", figure("1亿元", "during: 2018/2022")])
    silent = report(kg).coverage.silent
    assert [(row.year, row.measure, row.state) for row in silent] == [
        (2023, "any", "not-searched"),
        (2024, "any", "not-searched"),
    ]


def test_a_search_counts_for_the_pairing_the_measure_and_the_years_that_it_names(world: Any) -> None:
    search = searched(f"{{about: {SCOPE}, measure: fiscal-aid, during: 2019/2020}}")
    kg = world(judgements=[search], a=[SEEN, figure("1亿元", "during: 2018/2019", measure="grant-aid")])
    found = report(kg)
    assert states(found, "fiscal-aid") == {2019: "searched:", 2020: "searched:"}
    assert {row.year: row.state for row in found.coverage.silent}[2020] == "searched"
    rows = [row for row in found.coverage.rows if row.state == "searched"]
    assert {(row.measure, row.because) for row in rows} == {("fiscal-aid", ("j1",))}


def test_a_search_for_every_measure_is_one_for_each_asked_about_and_of_none_in_particular_else(world: Any) -> None:
    kg = world(judgements=[searched(f"{{about: {SCOPE}, during: 2024}}")], a=[SEEN])
    assert report(kg).coverage.rows == ()
    assert {row.year for row in report(kg).coverage.silent if row.state == "searched"} == {2024}
    assert states(report(kg, measures=["grant-aid"]), "grant-aid") == {2024: "searched:"}


def test_a_search_without_a_time_is_one_for_every_year(world: Any) -> None:
    kg = world(judgements=[searched(f"{{about: {SCOPE}, measure: [fiscal-aid, grant-aid]}}")], a=[SEEN])
    for measure in ("fiscal-aid", "grant-aid"):
        assert states(report(kg), measure) == dict.fromkeys(range(2018, 2025), "searched:")


def test_a_search_for_part_of_a_year_is_none_for_that_year(world: Any) -> None:
    kg = world(judgements=[searched(f"{{about: {SCOPE}, measure: fiscal-aid, during: 2019-07/2020-12}}")], a=[SEEN])
    assert states(report(kg), "fiscal-aid") == {2020: "searched:"}


@pytest.mark.parametrize(
    "about",
    ["东西", "{programme: ew}", "{programme: ew, supporter: [south, east]}", "{programme: ew, recipient: west}", SCOPE],
)
def test_a_search_covers_the_pairing_that_it_names_and_each_inside_its_scope(world: Any, about: str) -> None:
    named = "- {id: dong-xi, name: 东西, programme: ew, places: [west, east]}\n"
    kg = world(
        judgements=[searched(f"{{about: {about}, measure: fiscal-aid, during: 2019}}")], pairings=named, a=[SEEN]
    )
    assert states(report(kg), "fiscal-aid") == {2019: "searched:"}


@pytest.mark.parametrize(
    "about",
    ["ew", "east", "{programme: equals}", "{programme: ew, supporter: west}", "{programme: ew, recipient: west-city}"],
)
def test_a_search_for_something_else_is_no_search_for_figures_of_the_pairing(world: Any, about: str) -> None:
    kg = world(judgements=[searched(f"{{about: {about}, measure: fiscal-aid, during: 2019}}")], a=[SEEN])
    assert report(kg).coverage.rows == ()


def test_a_pairing_without_direction_is_inside_a_scope_either_way(world: Any) -> None:
    equals = "kind: pairing, programme: equals, parties: [north, south], as_of: 2019"
    for side in ("supporter", "recipient"):
        cover = f"{{about: {{programme: equals, {side}: south}}, measure: fiscal-aid, during: 2019}}"
        kg = world(judgements=[searched(cover)], a=[equals])
        assert states(report(kg), "fiscal-aid") == {2019: "searched:"}


def test_a_search_that_does_not_say_what_it_covers_says_nothing_of_coverage(world: Any) -> None:
    kg = world(judgements=["kind: searched, what: 东省帮扶西省2019年的财政援助资金, where: 年鉴"], a=[SEEN])
    assert {row.state for row in (*report(kg).coverage.rows, *report(kg).coverage.silent)} == {"not-searched"}


def test_what_is_stated_is_not_searched_whatever_was_searched_before(world: Any) -> None:
    search = searched(f"{{about: {SCOPE}, measure: fiscal-aid, during: 2019}}")
    kg = world(judgements=[search], a=[SEEN, figure("1亿元", "during: 2019")])
    assert states(report(kg), "fiscal-aid") == {2019: "stated:year"}


@pytest.mark.parametrize(
    ("figures", "scoped"),
    [
        (["during: 2019"], False),
        (["during: 2019, scope_note: 不含社会捐助"], True),
        (["during: 2019, place: west-city"], True),
        (["during: 2018/2020", "during: 2019, part_of: s2"], False),
        (["during: 2019, stage: planned", "during: 2019, part_of: s2"], True),
        (["during: 2019, scope_note: 甲县", "during: 2019, place: west-city"], True),
        (["during: 2019, scope_note: 甲县", "during: 2019, stage: planned"], True),  # the plan is not what was stated
    ],
)
def test_a_row_is_scoped_where_each_figure_behind_it_is_of_a_part_or_has_a_scope_in_words(
    world: Any, figures: list[str], scoped: bool
) -> None:
    kg = world(a=[SEEN, *(figure("1亿元", time) for time in figures)])
    assert {row.year: row.scoped for row in report(kg).coverage.rows}[2019] is scoped


def test_the_text_says_how_many_years_rest_on_figures_of_a_part_alone(world: Any) -> None:
    part = figure("1亿元", "during: 2019, scope_note: 甲县")
    text = as_text(report(world(a=[SEEN, part, figure("2亿元", "during: 2020")])).document("en"))
    assert "2 (29%) have an amount of money of that year alone; in 1 of them one is not limited" in text  # of 7 years


def test_years_in_which_a_pairing_is_only_possible_are_told_apart(world: Any) -> None:
    found = report(world(a=[SEEN, figure("1亿元", "during: 2022/2023")]))
    assert {row.year: row.status for row in found.coverage.rows} == {2022: "certain", 2023: "possible"}
    assert {row.year for row in found.coverage.silent if row.status == "possible"} == {2024}
    assert (found.coverage.pairing_years, found.coverage.certain_years) == (7, 5)
    assert "no figure at all; in 4 of them the pairing is certain" in as_text(found.document("en"))


# what is asked


def test_a_place_means_its_pairings_and_those_that_implement_them(world: Any) -> None:
    narrower = "kind: pairing, programme: ew, supporter: east-county, recipient: west-county, as_of: 2020"
    other = "kind: pairing, programme: ew, supporter: south, recipient: north, as_of: 2020"
    found = report(world(a=[SEEN, narrower, other]), about="东省")
    assert set(found.asked.pairings) == {SLUG, "ew.east-county.west-county"}
    assert found.asked.chosen == {SLUG}


def test_years_and_measures_narrow_the_coverage(world: Any) -> None:
    aid, grant = figure("1亿元", "during: 2018/2022"), figure("1亿元", "during: 2019", measure="grant-aid")
    found = report(world(a=[SEEN, aid, grant]), measures=["财政援助资金"], years="2021/2022")
    assert [(row.year, row.measure) for row in found.coverage.rows] == [(2021, "fiscal-aid"), (2022, "fiscal-aid")]


def test_years_asked_about_end_with_the_horizon(world: Any) -> None:
    assert report(world(a=[f"{SEEN}, due: 2035"]), years="2023/2030").coverage.years == {SLUG: (2023, 2024)}


def test_a_programme_and_a_time_narrow_the_pairings(world: Any) -> None:
    earlier = "kind: pairing, programme: ew, supporter: south, recipient: west, from: 1996, until: 2000"
    equals = "kind: pairing, programme: equals, parties: [north, south], as_of: 2019"
    found = report(world(a=[SEEN, earlier, equals]), programme="东西协作", as_of=parse_as_of(2019))
    assert list(found.asked.pairings) == [SLUG]
    assert found.coverage.years == {SLUG: (2019,)}


@pytest.mark.parametrize(
    ("asked", "subjects"),
    [
        ({}, {("scope", "ew"), ("programme", "ew"), ("place", "west")}),
        ({"programme": "东西协作"}, {("scope", "ew"), ("programme", "ew")}),
        ({"about": "西省", "programme": "东西协作"}, {("place", "west")}),
        ({"about": "对口合作"}, set()),
    ],
)
def test_figures_of_one_origin_are_those_of_what_was_named_and_of_its_parts(
    world: Any, asked: dict[str, str], subjects: set[tuple[str, str]]
) -> None:
    abouts = ("{programme: action, supporter: east}", "ew", "west")
    kg = world(
        a=[SEEN, *(figure("1亿元", "during: 2019").replace(SCOPE, about) for about in abouts)],
        b=[f"{TIE}, as_of: 2020"],
    )
    found = report(kg, **asked).single
    scopes = {("scope", "ew") if fact.subject[0] == "scope" else fact.subject for fact in found}
    assert scopes == subjects


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"measures": ["fiscal-aids"]}, "fiscal-aid"),
        ({"years": "2016-05"}, "2016/2020"),
        ({"years": "soon"}, "2016/2020"),
        ({"about": "无此地"}, "无此地"),
        ({"programme": "东省"}, "东省"),
    ],
)
def test_what_is_not_known_is_refused_with_what_to_do_next(world: Any, asked: dict[str, Any], hint: str) -> None:
    kg = world(a=[SEEN])
    with pytest.raises(BadParameter, match=hint):
        report(kg, **asked)


# freshness


@pytest.mark.parametrize(
    ("time", "state", "confirmed", "since"),
    [
        ("from: 2018, as_of: 2018/2022", "seen", "2022-12-31", 2),
        ("as_of: 2020-03", "seen", "2020-03-31", 4),
        ("from: 2016", "start-only", "2016-12-31", 8),
        ('as_of: "[2012..2020]"', "some-time", None, None),
        # docs/time.md: certain to the earliest stated end, here 1 January 2015
        ("from: 2010, until: 2015", "ended", "2015-01-01", 9),
        ("called: 结对", "undated", None, None),
    ],
)
def test_freshness_says_when_a_pairing_was_last_seen(
    world: Any, time: str, state: str, confirmed: str | None, since: int | None
) -> None:
    (row,) = report(world(a=[f"{TIE}, {time}"])).records("freshness")
    assert (row["state"], row["last_confirmed"], row["years_since"]) == (state, confirmed, since)


# single sources


def test_a_reprint_is_no_second_origin(world: Any) -> None:
    kg = world({"b": "reprint_of: a"}, a=[SEEN], b=[f"{TIE}, as_of: 2020"])
    assert [(fact.kind, fact.origin) for fact in report(kg).single] == [("pairing", "source/a")]


def test_two_origins_are_not_single(world: Any) -> None:
    assert report(world(a=[SEEN], b=[f"{TIE}, as_of: 2020"])).single == ()


def test_one_origin_is_weak_where_every_document_is(world: Any) -> None:
    weak = {"a": "grade: unattributed"}
    assert report(world(weak, a=[SEEN])).single[0].weak == ("unattributed",)
    half = {"a": "grade: unattributed", "b": "grade: press\nreprint_of: a"}
    assert report(world(half, a=[SEEN], b=[f"{TIE}, as_of: 2020"])).single[0].weak == ()


@pytest.mark.parametrize("way", ["translation", "abstract"])
def test_what_was_only_reached_by_translation_or_abstract_is_weak(world: Any, way: str) -> None:
    assert report(world(a=[f"{SEEN}, reached_by: {way}"])).single[0].weak == (way,)


def test_a_figure_on_one_origin_is_a_single_source_fact_of_its_own(world: Any) -> None:
    kg = world(a=[SEEN, figure("1亿元", "during: 2019")], b=[f"{TIE}, as_of: 2020"])
    (fact,) = report(kg).single
    assert (fact.kind, fact.subject, fact.measure, fact.period) == ("cell", ("pairing", SLUG), "fiscal-aid", "2019")


# thin or unused


def test_what_no_statement_uses_is_unused_unless_others_lie_in_it(world: Any) -> None:
    thin = {(t.kind, t.id): t.reason for t in report(world(a=[SEEN])).thin if t.kind in ("place", "organisation")}
    assert thin == {
        **{("place", name): "unused" for name in ("south", "east-county", "west-county", "moved")},
        **{("place", name): "only-contains-others" for name in ("north", "east-city", "west-city")},
        **{("organisation", name): "unused" for name in ("bureau", "agency")},
    }


def test_a_policy_needs_a_date_and_a_number_from_some_document(world: Any) -> None:
    dated = "kind: document, policy: first-order, act: issued, date: 2016-07"
    numbered = "kind: document, policy: first-order, number: 东发〔2016〕1号"
    reasons = [(t.id, t.reason) for t in report(world(a=[SEEN, dated, numbered])).thin if t.id == "first-order"]
    assert reasons == []
    alone = [(t.id, t.reason) for t in report(world(a=[SEEN, dated])).thin if t.id == "first-order"]
    assert alone == [("first-order", "no-number")]


def test_a_programme_has_figures_where_one_of_its_pairings_has(world: Any) -> None:
    found = report(world(a=[SEEN, figure("1亿元", "during: 2019")])).thin
    assert {t.id for t in found if t.reason == "no-figure"} == {"action", "equals"}


def test_a_source_whose_statements_do_not_count_is_listed(world: Any) -> None:
    kg = world(judgements=["kind: not-evidence, about: [b.s1]"], a=[SEEN], b=[f"{TIE}, as_of: 2020"])
    assert [(t.id, t.reason) for t in report(kg).thin if t.kind == "source"] == [("b", "no-counted-statement")]


# what to look for next


def test_the_score_of_a_pairing_is_the_product_that_the_text_explains(world: Any) -> None:
    kg = world(a=[SEEN, figure("1亿元", "during: 2019/2020")])
    (lead,) = report(kg).leads
    # 4 between provinces; 3 of 5 certain years silent: 1 + 6/5; last seen 2 years before 2024: 1.4; one origin: 1.5
    assert lead.score == Decimal("18.48")
    assert lead.needs[0].years == (2018, 2021, 2022)


def test_a_weak_long_unseen_county_pair_scores_by_the_same_rule(world: Any) -> None:
    tie = "kind: pairing, programme: ew, supporter: east-county, recipient: west-county, as_of: 2010"
    lead = next(
        lead
        for lead in report(world({"b": "grade: informal"}, a=[SEEN], b=[tie])).leads
        if lead.id == "ew.east-county.west-county"
    )
    assert lead.score == Decimal("18.00")  # 1 × 3 (all silent) × 3 (14 years, at most 3) × 2 (one weak origin)
    assert {need.code for need in lead.needs} == {"money", "sighting", "original"}


def test_an_open_disagreement_between_provinces_scores_48(world: Any) -> None:
    kg = world(a=[SEEN, figure("1亿元", "during: 2019")], b=[figure("2亿元", "during: 2019")])
    assert next((lead.kind, lead.score) for lead in report(kg).leads) == ("disagreement", Decimal("48.00"))


def test_an_open_disagreement_about_a_start_weighs_half_of_one_about_a_figure(world: Any) -> None:
    kg = world(a=[f"{TIE}, from: 2018"], b=[f"{TIE}, from: 2019"])
    lead = next(lead for lead in report(kg).leads if lead.kind == "disagreement")
    assert (lead.id.partition("~")[0], lead.score) == ("start", Decimal("24.00"))


@pytest.mark.parametrize(("seen", "score"), [(2013, "54.00"), (2004, "54.00"), (2003, "18.00")])
def test_a_pairing_unseen_for_more_than_twenty_years_is_history(world: Any, seen: int, score: str) -> None:
    (lead,) = report(world(a=[f"{TIE}, as_of: {seen}"])).leads
    assert lead.score == Decimal(score)  # 4 × 3 (its one certain year is silent) × 3 at most, or 1 × 1.5 (one origin)


def test_no_money_is_asked_for_years_in_which_a_pairing_is_only_possible(world: Any) -> None:
    (lead,) = report(world(a=[f'{TIE}, as_of: "[2012..2020]"'])).leads
    assert [need.code for need in lead.needs] == ["sighting", "origin"]
    assert lead.score == Decimal("12.00")  # 4 × 1 × 2 (no day is certain) × 1.5


def test_what_is_wanted_by_name_comes_first_and_says_what_would_settle_it(world: Any) -> None:
    kg = world(judgements=["kind: wanted, what: 南省的名单"], a=[SEEN])
    first = report(kg).records("next")[0]
    assert (first["kind"], first["score"], first["settles_zh"]) == ("wanted", None, "理由")


def test_what_is_wanted_of_nothing_named_is_left_out_of_a_narrower_report_that_says_so(world: Any) -> None:
    wanted = ["kind: wanted, what: 东省的名单", "kind: wanted, what: 原件, about: [a.s1]"]
    kg = world(judgements=wanted, a=[SEEN])
    found = report(kg, about="东省")
    assert [lead.id for lead in found.leads if lead.kind == "wanted"] == ["j2"]
    assert "1 more wanted judgements" in as_text(found.only("next").document("en"))


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ({}, ["j1", "j2", "j3"]),
        ({"about": "东省"}, ["j2"]),
        ({"programme": "东西协作"}, ["j1", "j2"]),
        ({"about": "南省"}, []),
    ],
)
def test_a_narrower_report_lists_the_searches_that_cover_what_it_is_about(
    world: Any, asked: dict[str, str], listed: list[str]
) -> None:
    other = "kind: pairing, programme: ew, supporter: south, recipient: north, as_of: 2020"
    unsaid = "kind: searched, what: 东省的名单, where: 年鉴"
    kg = world(judgements=[searched("{about: ew}"), searched(f"{{about: {SCOPE}}}"), unsaid], a=[SEEN, other])
    assert [one["judgement"] for one in report(kg, **asked).as_json()["searches"]] == listed


# how it is written


@pytest.mark.parametrize("part", PARTS)
def test_csv_has_every_row_with_its_name_and_lines_that_end_as_rfc_4180_says(mini: KnowledgeGraph, part: str) -> None:
    found = report(mini)
    text = found.csv(part, "en")
    assert text.count("\n") == text.count("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    records = found.records(part)
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        assert row["name_zh"] == record["name_zh"]
        assert row.get("statements", "").split() == record.get("statements", [])


def test_json_says_of_coverage_what_csv_says_with_the_years_of_which_the_same_holds_in_one_row(world: Any) -> None:
    kg = world(a=[SEEN, figure("5亿元", "during: 2018/2020"), figure("1亿元", "during: 2019")])
    rows = report(kg).as_json()["coverage"]
    assert [(r["measure"], r["state"], r["extent"], r["status"], r["years"]) for r in rows] == [
        ("fiscal-aid", "stated", "span", "certain", [2018, 2020]),
        ("fiscal-aid", "stated", "year", "certain", [2019]),
        ("any", "not-searched", "", "certain", [2021, 2022]),
        ("any", "not-searched", "", "possible", [2023, 2024]),
    ]


def test_json_names_once_every_thing_that_its_rows_are_about(mini: KnowledgeGraph) -> None:
    plain = report(mini).as_json()
    about = {f"pairing/{row['pairing']}" for part in ("coverage", "freshness") for row in plain[part]}
    assert about | {row["subject"] for row in plain["single"]} == set(plain["names"])
    assert plain["names"]["pairing/test-east-west.haizhou.shanyuan"] == {
        "zh": "海山", "en": "Haizhou–Shanyuan", "programme": "test-east-west"
    }  # fmt: skip


def test_a_cell_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(world: Any) -> None:
    kg = world(pairings="- {id: ew-pair, name: '-东西', programme: ew, places: [east, west]}\n", a=[SEEN])
    rows = list(csv.DictReader(io.StringIO(report(kg).csv("freshness", "zh"), newline="")))
    assert [row["name_zh"] for row in rows] == ["'-东西"]


def test_every_statement_of_the_json_is_cited_and_every_row_has_its_statements(mini: KnowledgeGraph) -> None:
    plain = report(mini).as_json()
    cited = plain["statements"]
    for part in ("coverage", "freshness", "single", "next"):
        assert {key for row in plain[part] for key in row["statements"]} <= set(cited)
    assert all(evidence["source"] and evidence["title"] for evidence in cited.values())


def test_the_matrix_has_one_letter_a_year(world: Any) -> None:
    planned = figure("1亿元", "during: 2023", more=", stage: planned")
    kg = world(a=[SEEN, figure("1亿元", "during: 2019"), figure("5亿元", "during: 2018/2020"), planned])
    text = as_text(report(kg, about="东省").only("coverage").document("en"))
    assert "8901234" in text  # the ruler: 2018 to 2024
    assert re.search(r"public aid funds +sSs\.\.P\?\n", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_document_has_a_section_for_each_part_in_both_languages(mini: KnowledgeGraph, lang: str) -> None:
    found = report(mini)
    for part in PARTS:
        assert found.only(part).document(lang).sections


def test_a_report_about_something_named_leaves_out_what_is_of_the_whole_dataset(world: Any) -> None:
    found = report(world(a=[SEEN]), about="东省")
    assert found.parts == ("coverage", "freshness", "single", "next")
    assert found.only("thin").as_json()["thin"]


def test_a_shortened_list_says_how_many_are_left_and_how_the_same_question_gives_them_all(world: Any) -> None:
    cells = [figure("1亿元", f"during: {year}", measure="grant-aid") for year in range(1980, 2012)]
    kg = world({"a": "grade: informal"}, a=[f"{TIE}, as_of: 2020", *cells])
    text = as_text(report(kg, about="东省").only("single").document("en"))
    assert "… 3 more: the same command with --part single -f csv" in text  # 32 figures and the pairing, 30 shown


def test_a_part_that_there_is_not_is_refused(mini: KnowledgeGraph) -> None:
    with pytest.raises(BadParameter, match="coverage"):
        report(mini).only("all")


# the shipped facts


def test_each_year_of_each_pairing_is_either_heard_or_silent(full: Report) -> None:
    heard = {(row.pairing, row.year) for row in full.coverage.rows if row.state != "searched"}
    silent = [(row.pairing, row.year) for row in full.coverage.silent]
    assert len(silent) == len(set(silent))
    assert heard.isdisjoint(silent)
    assert len(heard) + len(silent) == full.coverage.pairing_years


def test_the_fiscal_aid_of_beijing_to_inner_mongolia_is_known_for_2016_to_2020_and_not_for_2014(full: Report) -> None:
    rows = {r.year: r for r in full.coverage.rows if (r.pairing, r.measure) == (JINGMENG, "fiscal-aid")}
    assert all("nmrb-2021.s001" in rows[year].figures for year in range(2016, 2021))  # 39.43亿元, 2016 to 2020
    assert rows[2016].extent == "span"
    assert 2014 not in rows


def test_every_open_disagreement_about_an_amount_of_a_pairing_shows_as_conflicting(full: Report) -> None:
    derived = full.kg.derived
    open_cells = {
        slug
        for slug, d in derived.disagreements.items()
        if d.settled_by is None and d.about[0] == "cell" and derived.cells[d.about[1]].about[0] == "pairing"
    }
    assert open_cells
    assert open_cells <= {slug for row in full.coverage.rows if row.state == "conflicting" for slug in row.because}


def test_the_search_for_national_totals_counts_for_no_single_pairing(full: Report) -> None:
    one = next(one for one in full.as_json()["searches"] if one["judgement"] == "searched-national-amounts-2021-2025")
    assert one["about_figures"] is False


def test_money_is_what_the_record_counts_in_yuan(full: Report) -> None:
    assert {"fiscal-aid", "grant-aid", "consumption-sales"} <= full.asked.money
    assert full.asked.money.isdisjoint({"officials-posted", "recipient-counties", "growth-rate"})


def test_all_that_is_wanted_stands_before_all_that_is_ranked(full: Report) -> None:
    kinds = [lead.kind for lead in full.leads]
    wanted = sum(judgement.kind == "wanted" for judgement in full.kg.corpus.judgements.values())
    assert kinds[:wanted] == ["wanted"] * wanted
    scores = [lead.score for lead in full.leads[wanted:] if lead.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == len(kinds) - wanted


def test_no_share_of_the_pairings_is_lost_between_the_parts(full: Report) -> None:
    pairings = set(full.kg.derived.pairings)
    assert {fresh.pairing for fresh in full.freshness} == pairings == set(full.coverage.years)
    alone = {fact.id for fact in full.single if fact.kind == "pairing"}
    assert alone == {slug for slug, pairing in full.kg.derived.pairings.items() if len(pairing.origins) == 1}
