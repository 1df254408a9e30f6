"""Sums that do not lie: one tiny world a reason, then the shipped figures that must never be added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.quantities import Bound, read_quantity
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.totals import CODES, Total, total, why_not
from cooperation_kg.query.totals.reasons import REASONS
from cooperation_kg.query.totals.results import MeasureTotal
from cooperation_kg.query.totals.series import gaps_of
from cooperation_kg.query.totals.subjects import Subjects
from cooperation_kg.query.totals.sums import add, take_away
from cooperation_kg.render.documents import as_text

Lines = Sequence[str]
EAST_WEST = "{programme: ew, supporter: east, recipient: west}"
CITIES = "{programme: ew, supporter: east-city, recipient: west-city}"
TIED = (
    "kind: pairing, programme: ew, supporter: east, recipient: west, as_of: 2000/2024",
    "kind: pairing, programme: ew, supporter: east-city, recipient: west-city, as_of: 2000/2024",
    "kind: pairing, programme: ew, supporter: south, recipient: north, as_of: 2000/2024",
    "kind: pairing, programme: ew, supporter: west, recipient: moved, as_of: 2000/2024",
    "kind: pairing, programme: equals, supporter: east, recipient: north, as_of: 2000/2024",
)
BETWEEN = "ew.east.west"


def fig(value: str, during: str | None, about: str = EAST_WEST, **fields: str) -> str:
    """Return a figure of public aid, reported, over a period."""
    said = {"kind": "figure", "about": about, "measure": "fiscal-aid", "as_written": value, "nature": "flow"}
    said |= {"during": f'"{during}"'} if during else {}
    return ", ".join(f"{name}: {text}" for name, text in {**said, **fields}.items())


@pytest.fixture
def told(told: Any) -> Any:
    """Return a function that builds a world in which these figures are told, each keyword a document."""

    def build(
        *figures: str, sources: dict[str, str] | None = None, judgements: Lines = (), **others: Lines
    ) -> KnowledgeGraph:
        kg: KnowledgeGraph = told(sources, judgements, **{"ties": TIED, "doc": figures, **others})
        return kg

    return build


@pytest.fixture
def shipped(real: KnowledgeGraph) -> KnowledgeGraph:
    return real


def aid(kg: KnowledgeGraph, about: str = BETWEEN, measure: str = "fiscal-aid", **asked: Any) -> MeasureTotal:
    return total(kg, about, [measure], **asked).of(measure)


def codes(answer: MeasureTotal) -> list[str]:
    return sorted({reason.code for reason in answer.reasons})


def sums(answer: MeasureTotal, lang: str = "zh") -> list[str]:
    """Return the choices of the first group without a condition."""
    weighed = answer.groups[0].weighed
    assert weighed is not None
    return [choice.added.text(lang) for choice in weighed.choices if not choice.conditions]


# --- what may be added ---


def test_figures_of_one_pairing_over_periods_without_a_day_in_common_are_added(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016"), fig("2.5亿元", "2017/2018"), fig("100万元", "2019-01")))
    assert (answer.status, answer.added and answer.added.text("zh")) == ("sum", "5.51亿元")
    assert answer.reasons == ()


def test_a_sum_says_which_years_it_leaves_out(told: Any) -> None:
    answer = total(told(fig("3亿元", "2016"), fig("2亿元", "2018")), BETWEEN, ["fiscal-aid"])
    assert answer.document("en").lead == (
        "public aid funds: CNY 500 million (the sum of 2 figures, 2016, 2018; not 2017)",
    )


def test_pairings_apart_are_added_over_the_very_same_period_and_said_to_be_not_all(told: Any) -> None:
    kg = told(fig("3亿元", "2016"), fig("2亿元", "2016", "{programme: ew, supporter: south, recipient: north}"))
    answer = total(kg, "ew", ["fiscal-aid"])
    assert answer.of("fiscal-aid").added == add([read_quantity("3亿元"), read_quantity("2亿元")])
    assert "no source says that this is all" in answer.document("en").lead[0]


def test_stocks_of_two_pairings_at_one_time_are_added(told: Any) -> None:
    kg = told(
        fig("3亿元", "2016", nature="stock"),
        fig("2亿元", "2016", "{programme: ew, supporter: south, recipient: north}", nature="stock"),
    )
    assert sums(aid(kg, "ew")) == ["5亿元"]


def test_two_documents_that_agree_count_once(told: Any) -> None:
    answer = aid(told(fig("13.43亿元", "2016"), other=[fig("13亿多元", "2016")]))
    assert answer.status == "single"
    assert answer.groups[0].figures[0].keys == ("doc.s1", "other.s1")


def test_two_parts_of_one_document_with_equal_values_stay_two(told: Any) -> None:
    roads, schools = ("{zh: 道路, en: Roads}", "{zh: 学校, en: Schools}")
    answer = aid(told(fig("3亿元", "2016", scope_note=roads), fig("3亿元", "2016", scope_note=schools)))
    assert codes(answer) == ["scope-differs"]


def test_an_each_year_amount_is_multiplied_by_whole_years_where_asked(told: Any) -> None:
    kg = told(fig("1000万元", "2016/2018", nature="each-year"), fig("2亿元", "2019"))
    answer = total(kg, BETWEEN, ["fiscal-aid"], each_year=True)
    assert sums(answer.of("fiscal-aid")) == ["2.3亿元"]
    assert "× 3 years" in as_text(answer.document("en"))


def test_an_each_year_amount_over_part_of_a_year_is_never_multiplied(told: Any) -> None:
    answer = aid(told(fig("1000万元", "2016-03/2018", nature="each-year"), fig("2亿元", "2019")), each_year=True)
    assert codes(answer) == ["natures-differ"]


# --- one tiny world a reason ---

NORTH = "{programme: ew, supporter: south, recipient: north}"
SEEDED: dict[str, tuple[Lines, str, str]] = {
    "overlapping-periods": ([fig("3亿元", "2016/2018"), fig("2亿元", "2018/2020")], BETWEEN, "2018"),
    "part-of-whole": ([fig("3亿元", "2016"), fig("2亿元", "2016", part_of="s1")], BETWEEN, "is part of"),
    "mixed-levels": ([fig("3亿元", "2016"), fig("2亿元", "2017", CITIES)], BETWEEN, "mixed levels"),
    "overlapping-subjects": (
        [
            fig("3亿元", "2016", "{programme: ew, supporter: east, recipient: [west, north]}"),
            fig("2亿元", "2016", "{programme: ew, supporter: [east, south], recipient: west}"),
        ],
        "ew",
        "something in common",
    ),
    "stages-differ": ([fig("3亿元", "2016", stage="planned"), fig("2亿元", "2017", stage="paid")], BETWEEN, "planned"),
    "natures-differ": ([fig("3亿元", "2016"), fig("2亿元", "2017-06", nature="stock")], BETWEEN, "stock at a time"),
    "same-thing": ([fig("3亿元", "2016"), fig("2亿元", "2016")], BETWEEN, "choose one"),
    "approximate-period": ([fig("3亿元", "2016~"), fig("2亿元", "2020")], BETWEEN, "approximate"),
    "stock-not-additive": (
        [fig("3亿元", "2016", nature="stock"), fig("2亿元", "2018", nature="stock")],
        BETWEEN,
        "stocks of different times",
    ),
    "each-year-not-multiplied": (
        [fig("3亿元", "2016", nature="each-year"), fig("2亿元", "2018", nature="each-year")],
        BETWEEN,
        "--each-year",
    ),
    "subjects-and-times-differ": ([fig("3亿元", "2016"), fig("2亿元", "2017", NORTH)], "ew", "of no time"),
    "programmes-differ": (
        [fig("3亿元", "2016"), fig("2亿元", "2016", "{programme: equals, supporter: east, recipient: north}")],
        "place/east",
        "East–west / 对口合作",
    ),
    "roles-differ": (
        [fig("3亿元", "2016"), fig("2亿元", "2016", "{programme: ew, supporter: west, recipient: moved}")],
        "place/west",
        "as recipient / as supporter",
    ),
    "payers-differ": (
        [fig("3亿元", "2016", payer="south"), fig("2亿元", "2017", payer="north")],
        BETWEEN,
        "South / North",
    ),
    "may-recur": (
        [fig("300人", "2016", measure="people-helped"), fig("200人", "2017", measure="people-helped")],
        BETWEEN,
        "the same people or units",
    ),
    "scope-differs": (
        [fig("3亿元", "2016", scope_note="{zh: 道路, en: Roads}"), fig("2亿元", "2017")],
        BETWEEN,
        "Roads / nothing said",
    ),
}
"""Code → figures that may not be added for this reason, what is asked, and words that the reader must see."""


@pytest.mark.parametrize("code", SEEDED)
def test_a_sum_is_refused_for_its_reason_and_the_reader_told(told: Any, code: str) -> None:
    figures, about, words = SEEDED[code]
    measure = "people-helped" if code == "may-recur" else "fiscal-aid"
    answer = total(told(*figures), about, [measure])
    assert (answer.refused, codes(answer.of(measure))) == ((measure,), [code])
    assert answer.of(measure).added is None
    text = as_text(answer.document("en"))
    assert words in text
    assert f"[{code}]" in text


def test_figures_of_two_units_are_refused(told: Any) -> None:
    trained = {"measure": "people-trained"}
    answer = aid(told(fig("300人", "2016", **trained), fig("200人次", "2017", **trained)), measure="people-trained")
    assert (answer.status, codes(answer)) == ("refused", ["units-differ"])


def test_a_measure_that_the_ontology_calls_not_additive_is_refused(told: Any) -> None:
    answer = aid(told(fig("300亿元", "2016", measure="gdp"), fig("200亿元", "2017", measure="gdp")), measure="gdp")
    assert (answer.status, codes(answer)) == ("refused", ["measure-not-additive"])


def test_a_figure_of_another_measure_at_the_same_time_is_named_and_never_added(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016/2018"), fig("2亿元", "2018", measure="grant-aid")))
    assert answer.status == "single"
    assert [(r.code, r.a.key, r.b and r.b.key) for r in answer.beside] == [("measures-differ", "doc.s1", "doc.s2")]


def test_one_origin_that_repeats_a_value_for_an_overlapping_time_is_one_voice(told: Any) -> None:
    kg = told(
        fig("3亿元", "2016/2018"),
        sources={"reprint": "reprint_of: doc"},
        reprint=[fig("3亿元", "2016/2019")],
    )
    assert codes(aid(kg)) == ["shared-origin"]


def test_an_undated_figure_is_listed_apart_and_never_added(told: Any) -> None:
    kg = told(fig("3亿元", "2016"), fig("2亿元", None))
    answer = aid(kg)
    assert (answer.status, [f.key for f in answer.found.undated]) == ("single", ["doc.s2"])
    one, other = answer.groups[0].figures[0], answer.found.undated[0]
    reason = why_not(one, other, Subjects(kg))
    assert reason is not None
    assert reason.code == "undated"


def test_aid_told_under_another_measure_is_named_even_where_it_reaches_beyond_the_period(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016/2018"), fig("2亿元", "1996/2017", measure="grant-aid")), during="2016/2020")
    assert [r.b and r.b.key for r in answer.beside] == ["doc.s2"]


def test_aid_that_is_part_of_another_measure_is_said_to_be(told: Any) -> None:
    kg = told(fig("5亿元", "2016", measure="grant-aid"), fig("3亿元", "2016", part_of="s1"))
    text = as_text(total(kg, BETWEEN, ["fiscal-aid"]).document("en"))
    assert "(public aid funds / grant aid); 3亿元 is part of 5亿元" in text


def test_every_reason_is_seeded() -> None:
    elsewhere = {"units-differ", "measure-not-additive", "measures-differ", "shared-origin", "undated"}
    assert set(CODES) == {*SEEDED, *elsewhere}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_is_written_in_both_languages_with_its_figure(lang: str) -> None:
    assert [w for w, text in REASONS.items() if "{a}" not in text[lang] and "{x}" not in text[lang]] == []


# --- two figures that overlap where nobody would look ---

PLACES = {
    "basin": "level: area",
    "reservoir": "level: area, within: west",
    "new-area": "level: zone, within: west-city",
}


@pytest.fixture
def wider(tmp_path: Path) -> Any:
    """Return a function that builds a world with areas and a zone, and with more ties."""

    def build(*figures: str, ties: Lines = (), sources: dict[str, str] | None = None) -> KnowledgeGraph:
        write_world(tmp_path / "data", sources or {}, (), "", "2024", {"ties": (*TIED, *ties), "doc": figures})
        more = "".join(f"- {{id: {name}, name: {name}, {said}}}\n" for name, said in PLACES.items())
        (tmp_path / "data" / "places" / "more.yaml").write_text(more, encoding="utf-8")
        corpus = load_corpus(tmp_path / "data")
        return build_graph(corpus)

    return build


def of_south(recipient: str) -> str:
    return f"{{programme: ew, supporter: south, recipient: {recipient}}}"


def test_what_givers_and_takers_of_a_whole_programme_count_is_not_added(told: Any) -> None:
    kg = told(fig("3亿元", "2016", "ew", place="east"), fig("2亿元", "2016", "ew", place="north"))
    assert codes(aid(kg, "ew")) == ["overlapping-subjects"]


def test_two_takers_of_a_whole_programme_are_added_and_said_to_be_not_all(told: Any) -> None:
    kg = told(
        fig("3亿元", "2016", "equals", place="west-city"),
        fig("2亿元", "2016", "equals", place="north"),
        more=["kind: pairing, programme: equals, supporter: east, recipient: west, as_of: 2000/2024"],
    )
    answer = total(kg, "programme/equals", ["fiscal-aid"])
    assert sums(answer.of("fiscal-aid")) == ["5亿元"]
    assert "no source says that this is all" in answer.document("en").lead[0]


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ("reservoir", "west-county", False),
        ("new-area", "west-county", False),
        ("basin", "north", False),
        ("reservoir", "moved", True),
        ("new-area", "north", True),
    ],
)
def test_an_area_or_zone_may_hold_what_lies_beside_it(wider: Any, one: str, other: str, is_apart: bool) -> None:
    answer = aid(
        wider(fig("3亿元", "2016", of_south(one)), fig("2亿元", "2016", of_south(f"[{other}, east-county]"))), "ew"
    )
    assert codes(answer) == ([] if is_apart else ["overlapping-subjects"])


def test_a_county_that_a_source_hides_may_be_one_that_is_named(wider: Any) -> None:
    hidden = {"doc": "anonymous: [{id: w, name: {zh: W县, en: W County}, level: county, within: west}]"}
    kg = wider(fig("3亿元", "2016", of_south("doc.w")), fig("2亿元", "2016", of_south("west-county")), sources=hidden)
    assert codes(aid(kg, "ew")) == ["overlapping-subjects"]


def test_two_scopes_that_name_an_undirected_pairing_from_both_ends_are_not_added(wider: Any) -> None:
    kg = wider(
        fig("3亿元", "2016", "{programme: equals, supporter: east, recipient: [west, moved]}"),
        fig("2亿元", "2016", "{programme: equals, supporter: west, recipient: [east, south]}"),
        ties=["kind: pairing, programme: equals, parties: [east, west], as_of: 2000/2024"],
    )
    assert codes(aid(kg, "programme/equals")) == ["overlapping-subjects"]


def test_the_scopes_of_two_givers_are_added(told: Any) -> None:
    kg = told(
        fig("3亿元", "2016", "{programme: ew, supporter: east}"),
        fig("2亿元", "2016", "{programme: ew, supporter: south}"),
    )
    assert sums(aid(kg, "ew")) == ["5亿元"]


@pytest.mark.parametrize("province", ["west", "north"])
def test_a_county_that_moved_within_the_year_is_in_no_sum_of_either_province(told: Any, province: str) -> None:
    """It left west for north in June 1997: its figure of 1997 is not all of either."""
    answer = aid(told(fig("3亿元", "1997", "moved"), fig("2亿元", "1997", f"{province}")), f"place/{province}")
    assert (answer.status, [f.key for f in answer.found.around]) == ("single", ["doc.s1"])


def test_a_county_is_in_the_sum_of_the_province_it_was_in_all_year(told: Any) -> None:
    answer = aid(told(fig("3亿元", "1996", "moved"), fig("2亿元", "1996", "west-city")), "place/west")
    assert sums(answer) == ["5亿元"]


def test_one_number_of_one_text_is_not_two_amounts_where_a_copy_gives_another_year(told: Any) -> None:
    copy = {"sources": {"copy": "reprint_of: doc"}}
    assert codes(aid(told(fig("3.17亿元", "2016"), copy=[fig("3.17亿元", "2017")], **copy))) == ["shared-origin"]


def test_one_number_of_one_text_is_not_two_amounts_where_a_copy_gives_another_pairing(told: Any) -> None:
    copy = {"sources": {"copy": "reprint_of: doc"}}
    kg = told(fig("3.17亿元", "2016"), copy=[fig("3.17亿元", "2016", NORTH)], **copy)
    assert codes(aid(kg, "ew")) == ["shared-origin"]


def test_equal_amounts_of_two_years_that_one_document_prints_are_added(told: Any) -> None:
    assert sums(aid(told(fig("1000万元", "2016"), fig("1000万元", "2017")))) == ["2000万元"]


def test_equal_amounts_of_two_years_that_one_bureau_told_to_two_papers_are_added(told: Any) -> None:
    kg = told(
        fig("1000万元", "2016"),
        sources={"doc": "according_to: bureau", "other": "according_to: bureau"},
        other=[fig("1000万元", "2017")],
    )
    assert sums(aid(kg)) == ["2000万元"]


def test_what_is_revised_under_another_measure_is_superseded(told: Any) -> None:
    answer = aid(
        told(fig("3亿元", "2016"), fig("2亿元", "2016", measure="grant-aid", revises="s1"), fig("1亿元", "2017"))
    )
    assert [(f.key, by) for f, by in answer.found.superseded] == [("doc.s1", "doc.s2")]
    assert answer.status == "single"


def test_a_part_that_nobody_names_is_added_to_another_year_only_with_an_if(told: Any) -> None:
    answer = total(told(fig("5亿元", "2016"), fig("3亿元", "2016", part_of="s1"), fig("2亿元", "2017")), BETWEEN)
    assert sums(answer.of("fiscal-aid")) == ["7亿元", "3亿元"]
    assert "(part of doc.s1 / nothing said)" in as_text(answer.document("en"))


def test_money_of_an_action_is_added_to_that_of_the_family_only_with_an_if(told: Any) -> None:
    kg = told(fig("3亿元", "2016", EAST_WEST.replace("ew", "action")), fig("2亿元", "2017"))
    answer = total(kg, BETWEEN, ["fiscal-aid"])
    assert [r.is_condition for r in answer.of("fiscal-aid").reasons] == [True]
    assert "若所称的是同一机制（携手行动 / 东西协作）" in as_text(answer.document("zh"))


def test_shares_are_never_added_whatever_the_measure(told: Any) -> None:
    counted = {"measure": "beneficiaries"}
    answer = aid(told(fig("30%", "2016", **counted), fig("20%", "2017", **counted)), measure="beneficiaries")
    assert codes(answer) == ["measure-not-additive"]


def test_pairs_and_single_counties_are_different_units(told: Any) -> None:
    counted = {"measure": "paired-counties"}
    answer = aid(told(fig("8对", "2016", **counted), fig("5个", "2017", **counted)), measure="paired-counties")
    assert codes(answer) == ["units-differ"]


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("people-helped", "300人", True),
        ("households-benefited", "300户", True),
        ("villages-helped", "30个", True),
        ("officials-posted", "300名", True),
        ("people-trained", "300人次", False),
        ("people-lifted", "300人", False),
        ("aid-projects", "30个", True),
        ("schools-built", "30所", False),
    ],
)
def test_who_may_be_there_again_the_next_year_is_added_only_with_an_if(
    told: Any, measure: str, value: str, expected: bool
) -> None:
    answer = aid(told(fig(value, "2016", measure=measure), fig(value, "2017", measure=measure)), measure=measure)
    assert [(r.code, r.is_condition) for r in answer.reasons] == [("may-recur", True)] * expected


@pytest.mark.parametrize(
    ("measure", "recipient", "expected"),
    [
        ("people-lifted", "west", True),
        ("people-helped", "west-city", True),
        ("people-helped", "north", False),
        ("officials-posted", "west", False),
        ("aid-projects", "west", False),
        ("fiscal-aid", "west", False),
    ],
)
def test_whom_two_givers_helped_in_one_place_may_be_the_same(
    told: Any, measure: str, recipient: str, expected: bool
) -> None:
    value = {"fiscal-aid": "3亿元", "aid-projects": "30个"}.get(measure, "300人")
    kg = told(
        fig(value, "2016", measure=measure), fig(value, "2016", of_south(f"[{recipient}, moved]"), measure=measure)
    )
    found = aid(kg, "ew", measure)
    assert [(r.code, r.is_condition) for r in found.reasons] == [("may-recur", True)] * expected


def test_the_if_of_heads_is_said_in_both_languages(told: Any) -> None:
    helped = {"measure": "people-helped"}
    answer = total(told(fig("300人", "2016", **helped), fig("200人", "2017", **helped)), BETWEEN)
    assert "若没有人或单位被计两次" in as_text(answer.document("zh"))
    assert "if no people or units are counted in two of them" in as_text(answer.document("en"))


def test_places_of_one_that_both_gives_and_takes_are_not_added(told: Any) -> None:
    """In 1996 the county still lay in west, which takes from east and gives to the county."""
    kg = told(fig("3亿元", "1996", "ew", place="west-city"), fig("2亿元", "1996", "ew", place="moved"))
    assert codes(aid(kg, "ew")) == ["overlapping-subjects"]


def test_a_part_is_kept_apart_from_its_whole_and_its_like_though_the_values_are_equal(told: Any) -> None:
    half = fig("3亿元", "2016", part_of="s1")
    answer = aid(told(fig("6亿元", "2016"), half, half, fig("6亿元", "2016", part_of="s1")))
    assert [f.keys for f in answer.groups[0].figures] == [("doc.s1",), ("doc.s2",), ("doc.s3",), ("doc.s4",)]


def test_what_one_document_calls_a_part_is_a_part_where_another_prints_the_same_number(told: Any) -> None:
    kg = told(fig("5亿元", "2016"), fig("3亿元", "2016", part_of="s1"), another=[fig("3亿元", "2016")])
    answer = aid(kg)
    assert codes(answer) == ["part-of-whole"]
    assert answer.groups[0].figures[0].is_unnamed_part


def test_a_payer_of_what_is_no_aid_is_not_taken_as_meant(told: Any) -> None:
    invested = {"measure": "enterprise-investment"}
    kg = told(fig("3亿元", "2016", payer="east", **invested), fig("2亿元", "2017", **invested))
    assert codes(aid(kg, measure="enterprise-investment")) == ["payers-differ"]


def test_what_is_inside_is_given_with_its_if_beside_figures_of_the_whole(told: Any) -> None:
    helped = {"measure": "people-helped"}
    kg = told(fig("9万人", "2010/2019", "ew", **helped), fig("300人", "2016", **helped), fig("200人", "2017", **helped))
    weighed = aid(kg, "ew", "people-helped").groups[0].weighed
    assert weighed is not None
    assert [c.added.text("zh") for c in weighed.choices if c.conditions] == ["500人"]


# --- what a headline must not leave out ---


def test_a_yearly_amount_alone_is_said_to_be_yearly_and_is_no_sum(told: Any) -> None:
    answer = total(told(fig("1000万元", "2016/2018", nature="each-year")), BETWEEN, ["fiscal-aid"])
    assert answer.document("en").lead[0].endswith("1000万元 each year (2016–2018)")
    assert answer.document("zh").lead[0].endswith("每年1000万元（2016年至2018年）")
    assert answer.as_json()["measures"][0]["sum"] is None


@pytest.mark.parametrize("years", [["2016"], ["2016", "2017"]])
def test_what_a_sum_or_single_figure_counts_alone_stands_in_its_headline(told: Any, years: list[str]) -> None:
    roads = "{zh: 道路, en: Roads}"
    answer = total(told(*(fig("3亿元", year, scope_note=roads) for year in years)), BETWEEN, ["fiscal-aid"])
    assert "; counts: Roads" in answer.document("en").lead[0]
    assert "；所计：道路" in answer.document("zh").lead[0]


def test_a_refusal_between_kinds_alone_counts_no_pairs(told: Any) -> None:
    answer = total(told(fig("3亿元", "2016"), fig("2亿元", "2017", stage="paid")), BETWEEN, ["fiscal-aid"])
    assert answer.document("en").lead[0].endswith("refused: 2 figures, of 2 kinds that are not added to each other")


# --- finer points of the reasons ---


def test_a_value_for_part_of_the_span_is_part_of_the_whole(told: Any) -> None:
    answer = aid(told(fig("39亿元", "2016/2020"), fig("27亿元", "2018/2019")))
    assert [(r.wording, r.a.key) for r in answer.reasons] == [("part-of-whole:span", "doc.s2")]


def test_a_part_of_the_span_that_counts_another_kind_is_not_said_to_be_in_the_whole(told: Any) -> None:
    roads, schools = ("{zh: 道路, en: Roads}", "{zh: 学校, en: Schools}")
    answer = aid(told(fig("39亿元", "2016/2020", scope_note=roads), fig("27亿元", "2018", scope_note=schools)))
    assert codes(answer) == ["overlapping-periods"]
    assert answer.groups[0].residuals == ()


def test_a_part_of_a_part_is_part_of_the_whole(told: Any) -> None:
    kg = told(fig("5亿元", "2016"), fig("3亿元", "2016", part_of="s1"), fig("1亿元", "2016", part_of="s2"))
    parts = [(r.a.key, r.b and r.b.key) for r in aid(kg).reasons if r.wording == "part-of-whole"]
    assert parts == [("doc.s2", "doc.s1"), ("doc.s3", "doc.s1"), ("doc.s3", "doc.s2")]


def test_the_largest_choice_holds_the_whole_and_not_its_parts(told: Any) -> None:
    kg = told(fig("5亿元", "2016"), fig("3亿元", "2016", part_of="s1"), fig("4亿元", "2017"))
    assert sums(aid(kg))[0] == "9亿元"


def test_a_counted_place_inside_another_is_a_mixed_level(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016", place="west"), fig("2亿元", "2017", place="west-city")))
    assert [(r.code, r.a.key) for r in answer.reasons] == [("mixed-levels", "doc.s2")]


def test_what_both_sides_of_a_pairing_count_is_not_added(told: Any) -> None:
    kg = told(fig("3亿元", "2016", place="west"), fig("2亿元", "2016", place="east"))
    assert codes(aid(kg)) == ["overlapping-subjects"]


def test_a_place_and_a_pairing_of_it_are_kept_apart(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016"), fig("2亿元", "2017", "west")), "place/west")
    assert codes(answer) == ["overlapping-subjects"]


def test_a_scope_that_holds_a_pairing_is_a_mixed_level(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016"), fig("2亿元", "2017", "{programme: ew, supporter: east}")), "ew")
    assert [(r.code, r.a.key) for r in answer.reasons] == [("mixed-levels", "doc.s1")]


def test_a_county_lay_in_the_province_it_lay_in_then(told: Any) -> None:
    kg = told(
        fig("3亿元", "1996", "{programme: ew, supporter: south, recipient: [west, east-county]}"),
        fig("2亿元", "1996", "{programme: ew, supporter: south, recipient: [moved, east-city]}"),
        fig("1亿元", "1999", "{programme: ew, supporter: south, recipient: [west, east-county]}"),
        fig("4亿元", "1999", "{programme: ew, supporter: south, recipient: [moved, west-county]}"),
    )
    relations = {(r.a.key, r.b and r.b.key): r.code for r in aid(kg, "ew").reasons}
    assert relations["doc.s1", "doc.s2"] == "overlapping-subjects"  # moved was in west, east-county is in east-city
    assert relations["doc.s3", "doc.s4"] == "overlapping-subjects"  # only west-county is in west


def test_a_note_that_only_one_of_them_has_gives_a_sum_with_an_if(told: Any) -> None:
    kg = told(fig("3亿元", "2016", scope_note="{zh: 省级, en: Province}"), fig("2亿元", "2017"))
    answer = total(kg, BETWEEN, ["fiscal-aid"])
    weighed = answer.of("fiscal-aid").groups[0].weighed
    assert weighed is not None
    # 2016 is a leap year: one day more than 2017
    assert [(c.added.text("zh"), bool(c.conditions)) for c in weighed.choices] == [
        ("3亿元", False),
        ("2亿元", False),
        ("5亿元", True),
    ]
    assert "若各数计的是同类" in as_text(answer.document("zh"))


def test_notes_of_one_period_are_never_added_even_with_an_if(told: Any) -> None:
    kg = told(fig("3亿元", "2016", scope_note="{zh: 省级, en: Province}"), fig("2亿元", "2016"))
    weighed = aid(kg).groups[0].weighed
    assert weighed is not None
    assert [c.conditions for c in weighed.choices] == [(), ()]


def test_the_supporter_named_as_payer_of_aid_says_nothing_more(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016", payer="east"), fig("2亿元", "2017", payee="west")))
    assert answer.status == "sum"


def test_figures_judged_to_be_of_different_scope_are_not_made_one(told: Any) -> None:
    kg = told(
        fig("3亿元", "2016"),
        other=[fig("3亿元", "2016")],
        judgements=["kind: different-scope, about: [doc.s1, other.s1]"],
    )
    assert len(aid(kg).groups[0].figures) == 2


def test_of_too_many_sets_to_see_the_longest_of_one_subject_is_still_found(told: Any) -> None:
    """Ten years told by month and by pair of months make thousands of sets; one figure holds nine of the years."""
    months = [f"{year}-{month:02}" for year in range(2001, 2011) for month in range(1, 13)]
    single = [fig(f"{n}万元", month) for n, month in enumerate(months, start=1)]
    double = [fig("7亿元", "/".join(pair)) for pair in pairwise(months)]
    answer = aid(told(*single, *double, fig("9亿元", "2002/2010")))
    weighed = answer.groups[0].weighed
    assert weighed is not None
    assert weighed.was_cut
    # 2001 in six pairs of months, then the nine years: the whole ten years with the fewest figures
    assert [len(choice.figures) for choice in weighed.choices[:1]] == [7]
    assert weighed.choices[0].gaps == ()


def test_a_share_among_amounts_is_refused_without_a_fault(told: Any) -> None:
    counted = {"measure": "students"}
    answer = total(told(fig("三分之一", "2016", **counted), fig("三分之一", "2017", **counted)), BETWEEN, ["students"])
    assert codes(answer.of("students")) == ["measure-not-additive"]
    assert "三分之一" in as_text(answer.document("en"))


# --- what is no candidate ---


def test_a_revised_figure_is_shown_as_superseded(told: Any) -> None:
    answer = aid(told(fig("9.92亿元", "2016"), fig("29.75亿元", "2016", revises="s1")))
    assert [(f.key, by) for f, by in answer.found.superseded] == [("doc.s1", "doc.s2")]
    assert answer.status == "single"


def test_what_a_judgement_sets_aside_is_superseded(told: Any) -> None:
    kg = told(
        fig("3亿元", "2016"),
        other=[fig("4亿元", "2016")],
        judgements=["kind: prefers, about: [doc.s1, other.s1], prefers: other.s1"],
    )
    assert [(f.key, by) for f, by in aid(kg).found.superseded] == [("doc.s1", "other.s1")]


def test_a_reprint_of_what_was_set_aside_goes_with_it(told: Any) -> None:
    kg = told(
        fig("3亿元", "2016"),
        other=[fig("4亿元", "2016")],
        sources={"reprint": "reprint_of: doc"},
        reprint=[fig("3亿元", "2016")],
        judgements=["kind: prefers, about: [doc.s1, other.s1], prefers: other.s1"],
    )
    assert sorted(f.key for f, _ in aid(kg).found.superseded) == ["doc.s1", "reprint.s1"]
    assert aid(kg).status == "single"


def test_what_reaches_beyond_the_period_asked_about_is_listed_and_not_added(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016"), fig("9亿元", "2015/2017"), fig("1亿元", "2009")), during="2016/2020")
    assert (answer.status, [f.key for f in answer.found.beyond]) == ("single", ["doc.s2"])


def test_what_contains_the_thing_is_context_and_no_candidate(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016"), fig("90亿元", "2016", "ew")))
    assert (answer.status, [f.key for f in answer.found.around]) == ("single", ["doc.s2"])


def test_another_stage_than_the_one_asked_for_is_listed_and_not_added(told: Any) -> None:
    kg = told(fig("3亿元", "2016", stage="paid"), fig("2亿元", "2017", stage="planned"))
    answer = aid(kg, stage="paid")
    assert (answer.status, [f.key for f in answer.found.other_stages]) == ("single", ["doc.s2"])


def test_as_of_leaves_figures_that_tell_of_that_time_whole(told: Any) -> None:
    answer = aid(told(fig("3亿元", "2016/2020"), fig("2亿元", "2021")), as_of=parse_as_of(2018))
    assert answer.added is not None
    assert (answer.status, answer.added.text("zh")) == ("single", "3亿元")


def test_without_a_measure_each_has_a_group_of_its_own(told: Any) -> None:
    kg = told(fig("3亿元", "2016"), fig("2亿元", "2017", measure="grant-aid"), fig("5%", "2017", measure="share"))
    answer = total(kg, BETWEEN)
    assert [(m.measure, m.status) for m in answer.measures] == [("fiscal-aid", "single"), ("grant-aid", "single")]
    assert answer.not_added == ("share",)


# --- sums of bounds ---


@pytest.mark.parametrize(
    ("literals", "written"),
    [
        (["3亿元", "2.5亿元"], "5.5亿元"),
        (["3亿元", "2亿元以上"], "至少5亿元"),
        (["3亿元以上", "2亿多元"], "超过5亿元"),
        (["3亿元", "不足2亿元"], "不足5亿元"),
        (["3亿元", "2亿元以下"], "不超过5亿元"),
        (["3亿元", "近2亿元"], "约5亿元"),
        (["3亿元", "约2亿元"], "约5亿元"),
        (["近2亿元", "不超过3亿元"], "不足5亿元"),
        (["近2亿元"], "近2亿元"),
        (["1万元至2万元", "3万元"], "4万至5万元"),
        (["1万元至2万元", "3万多元"], "超过4万元"),
    ],
)
def test_a_sum_carries_its_bounds(literals: list[str], written: str) -> None:
    assert add(map(read_quantity, literals)).text("zh") == written


@pytest.mark.parametrize("literals", [["3亿多元", "不足2亿元"], ["3亿多元", "约2亿元"], ["约3亿元", "不足2亿元"]])
def test_bounds_that_go_against_each_other_give_no_number(literals: list[str]) -> None:
    added = add(map(read_quantity, literals))
    assert added.quantity is None
    assert "no one number" in added.text("en")


def test_a_sum_is_exact_in_decimal() -> None:
    added = add(map(read_quantity, ["0.1元"] * 3))
    assert added.quantity is not None
    assert added.quantity.value == Decimal("0.3")


# --- what one figure implies of another ---


@pytest.mark.parametrize(
    ("whole", "part", "left"),
    [
        ("13.43亿元", "7.74亿元", (Decimal(569_000_000), Bound.EXACT)),
        ("13亿多元", "7亿元", (Decimal(600_000_000), Bound.MORE_THAN)),
        ("13亿元", "7亿多元", (Decimal(600_000_000), Bound.LESS_THAN)),
        ("13亿元", "约7亿元", (Decimal(600_000_000), Bound.ABOUT)),
    ],
)
def test_a_residual_carries_its_bounds(whole: str, part: str, left: tuple[Decimal, Bound]) -> None:
    quantity = take_away(read_quantity(whole), read_quantity(part))
    assert quantity is not None
    assert (quantity.value, quantity.bound) == left


def test_two_lower_bounds_leave_nothing_to_say() -> None:
    assert take_away(read_quantity("13亿多元"), read_quantity("7亿多元")) is None


def test_of_a_longer_and_a_shorter_span_the_rest_is_said_with_its_if(told: Any) -> None:
    answer = total(told(fig("12亿元", "1996/2016"), fig("7亿元", "1996/2011")), BETWEEN, ["fiscal-aid"])
    assert "若 7亿元（1996年至2011年） 与 12亿元（1996年至2016年） 计的是同一件事、且前者在后者之内，" in (
        text := as_text(answer.document("zh"))
    )
    assert "则其余时段（2012年至2016年）为 5亿元" in text


def test_a_part_that_exceeds_its_whole_is_a_contradiction(told: Any) -> None:
    answer = aid(told(fig("5亿元", "1996/2016"), fig("7亿元", "1996/2011")))
    assert [r.contradicts for r in answer.groups[0].residuals] == [True]


def test_two_stocks_say_what_was_added_between_them(told: Any) -> None:
    kg = told(fig("5亿元", "2016-12", nature="stock"), fig("7亿元", "2018-12", nature="stock"))
    (residual,) = aid(kg).groups[0].residuals
    assert residual.quantity is not None
    assert (residual.is_change, residual.is_fall, residual.quantity.value) == (True, False, Decimal(200_000_000))


def test_a_lower_bound_below_its_part_implies_nothing(told: Any) -> None:
    assert aid(told(fig("5亿多元", "1996/2016"), fig("6亿元", "1996/2011"))).groups[0].residuals == ()


def test_stocks_of_times_that_overlap_imply_no_change(told: Any) -> None:
    kg = told(fig("5亿元", "2016", nature="stock"), fig("7亿元", "2016-12", nature="stock"))
    assert aid(kg).groups[0].residuals == ()


# --- by year ---


def test_a_year_without_a_figure_of_its_own_is_a_gap_with_the_longer_span_beside_it(told: Any) -> None:
    (series,) = aid(told(fig("3亿元", "2016"), fig("9亿元", "2017/2019"), fig("1亿元", "2018-03"))).series
    assert gaps_of(series.rows) == (2017, 2018, 2019)
    row = series.rows[2]
    assert (row.year, [f.key for f in row.covering], [f.key for f in row.within]) == (2018, ["doc.s2"], ["doc.s3"])


def test_an_each_year_amount_is_of_every_whole_year_of_its_period(told: Any) -> None:
    (series,) = aid(told(fig("1000万元", "2016/2018", nature="each-year"))).series
    assert [len(row.exact) for row in series.rows] == [1, 1, 1]


# --- wrong questions ---


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"measures": ["fiscal-ade"]}, "did you mean 是否指 fiscal-aid 财政援助资金"),
        ({"during": "2016~"}, "leaves the time open"),
        ({"during": "last year"}, "--during"),
        ({"stage": "promised"}, "choose one of"),
        ({"about": "没有的地方"}, "没有的地方"),
    ],
)
def test_a_wrong_question_says_what_to_ask_instead(told: Any, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(BadParameter, match=words.replace("?", r"\?")):
        total(told(fig("3亿元", "2016")), **{"about": BETWEEN, **asked})


def test_a_measure_that_the_thing_lacks_says_which_there_are(told: Any) -> None:
    lead = total(told(fig("3亿元", "2016")), BETWEEN, ["grant-aid"]).document("en").lead
    assert "There are: fiscal-aid public aid funds (1)" in lead[0]


# --- the shipped figures ---


def pairs(reasons: Iterable[Any]) -> dict[frozenset[str], str]:
    return {frozenset((r.a.key, r.b.key)): r.code for r in reasons if r.b is not None}


def test_the_three_amounts_of_beijing_and_inner_mongolia_are_never_all_added(shipped: KnowledgeGraph) -> None:
    """12.64亿元 (1996–2017), 39.43亿元 (2016–2020) and 27.44亿元 (2018–2019)."""
    older, longer, part = "cnr-2018.s007", "nmrb-2021.s001", "bjrb-2020.s002"
    answer = total(shipped, "京蒙", ["fiscal-aid", "grant-aid"])
    assert answer.refused == ("fiscal-aid", "grant-aid")
    beside = pairs(answer.of("fiscal-aid").beside)
    assert beside[frozenset((longer, older))] == beside[frozenset((longer, part))] == "measures-differ"
    together = [{f.key for f in choice.figures} for choice in _choices(answer)]
    assert not [keys for keys in together if len(keys & {older, longer, part}) == 3 or {longer, part} <= keys]
    text = as_text(answer.document("zh"))
    assert "39.43亿元（2016年至2020年） 与 12.64亿元（1996年至2017年） 不是同一指标" in text
    assert "时段又都含2016年至2017年" in text


def test_the_part_of_2019_stays_inside_the_five_years(shipped: KnowledgeGraph) -> None:
    """15.33亿元 of 2019 beside 39.43亿元 of 2016–2020: the rest of the span is 24.1亿元, if one is in the other."""
    group = aid(shipped, "京蒙", during="2016/2020").groups[0]
    assert pairs(group.reasons) == {frozenset(("bjrbk-2020.s003", "nmrb-2021.s001")): "part-of-whole"}
    (residual,) = group.residuals
    assert residual.quantity is not None
    assert residual.quantity.value == Decimal(2_410_000_000)


def test_the_nested_spans_of_fujian_and_ningxia_are_never_added(shipped: KnowledgeGraph) -> None:
    """1996–2011, 1996–2016 and 1996–2020, each of the province and of the paired cities and counties."""
    answer = total(shipped, "闽宁", ["fiscal-aid", "grant-aid"])
    assert answer.refused == ("fiscal-aid", "grant-aid")
    assert [len(choice.figures) for choice in _choices(answer)] == [1] * 5
    said = {(r.whole.key, r.part.key): r.quantity.value for r in _residuals(answer) if r.quantity}
    assert said["fjrb-2016.s003", "xh-2012.s004"] == Decimal(211_000_000)  # 5.05 − 2.94, 2012–2016
    assert said["cdfj-2020.s003", "fjrb-2016.s003"] == Decimal(1_425_000_000)  # 19.3 − 5.05, 2017–2020
    assert said["cdfj-2020.s002", "xh-2016-lx.s003"] == Decimal(1_701_000_000)  # 30.44 − 13.43, 2017–2020


def test_a_part_is_never_added_with_its_whole(shipped: KnowledgeGraph) -> None:
    """Roads, culture and health are of the 872.2 million yuan of 2012."""
    reasons = pairs(aid(shipped, "programme/east-west", during="2012").reasons)
    assert reasons[frozenset(("yb-2013-ov.s001", "yb-2013-ov.s003"))] == "part-of-whole"


def test_the_whole_programme_has_gaps_by_year(shipped: KnowledgeGraph) -> None:
    """265.7亿元 is of 2016 to 2018 together; only 2019 has a figure of its own."""
    series = next(s for s in aid(shipped, "programme/east-west", during="2016/2020").series if s.stage == "reported")
    assert gaps_of(series.rows) == (2016, 2017, 2018, 2020)
    assert [f.key for f in series.rows[0].covering] == ["cctv-2019.s001"]


def test_city_and_district_money_of_one_half_year_is_not_added(shipped: KnowledgeGraph) -> None:
    """Shanghai to Yunnan, January to June 2024: 38.18亿元 of the city, 5.21亿元 of the districts, as noted."""
    found = pairs(aid(shipped, "沪滇", stage="paid").reasons)
    assert found == {frozenset(("ccwb-2024.s002", "ccwb-2024.s004")): "scope-differs"}


def test_gifts_of_a_province_to_tibet_are_a_level_below_those_of_all(shipped: KnowledgeGraph) -> None:
    found = pairs(aid(shipped, "tibet-support", "grant-aid").reasons)
    assert found[frozenset(("cqxz-2015.s005", "rmrb-2012-tb.s003"))] == "mixed-levels"
    assert found[frozenset(("cd-2004-tb.s005", "rmrb-2012-tb.s003"))] == "overlapping-periods"


def test_no_choice_on_the_shipped_facts_holds_two_figures_that_may_not_be_added(shipped: KnowledgeGraph) -> None:
    subjects = Subjects(shipped)
    answer = total(shipped, "programme/east-west")
    for choice in _choices(answer):
        for one, other in combinations(choice.figures, 2):
            reason, mirror = why_not(one, other, subjects), why_not(other, one, subjects)
            assert reason is None or (choice.conditions and reason.is_condition)
            assert (reason and reason.code) == (mirror and mirror.code)


@pytest.mark.parametrize("about", ["programme/east-west", "tibet-support", "京蒙", "闽宁", "沪滇", "place/beijing"])
def test_no_choice_counts_a_day_of_one_subject_twice(shipped: KnowledgeGraph, about: str) -> None:
    """Asked of the statements themselves, day by day, without the code that chose them."""
    for choice in _choices(total(shipped, about)):
        said = [shipped.corpus.statements[figure.key] for figure in choice.figures]
        kinds = {(s.measure, s.nature, s.stage, s.quantity.unit) for s in said}
        assert len({kind[:3] for kind in kinds}) == 1
        for one, other in combinations(zip(said, choice.figures, strict=True), 2):
            if str(one[0].about) == str(other[0].about) and not one[0].place:
                assert not one[0].period.overlaps(other[0].period), (one[0].key, other[0].key)


def test_the_json_answer_cites_every_figure_and_holds_no_float(shipped: KnowledgeGraph) -> None:
    answer = total(shipped, "闽宁").as_json()
    assert set(answer["figures"]) <= set(answer["evidence"])
    used = {key for m in answer["measures"] for group in m["groups"] for key in group["figures"]}
    assert used
    assert used <= set(answer["figures"])
    assert json.loads(json.dumps(answer), parse_float=lambda text: pytest.fail(f"a float: {text}")) == answer


def test_many_measures_that_nobody_named_are_told_in_a_line_each(shipped: KnowledgeGraph) -> None:
    answer = total(shipped, "programme/east-west")
    overview, sources = answer.document("en").sections
    assert [row[0] for row in overview.rows] == [measure.measure for measure in answer.measures]
    assert "--measure" in overview.lines[0]
    shown = {key for row in overview.rows for key in row[3].split(", ") if key}
    assert shown == {line.rsplit("[", 1)[1].split("]")[0] for line in sources.lines}


def test_both_languages_name_the_same_figures(shipped: KnowledgeGraph) -> None:
    answer = total(shipped, "京蒙", ["fiscal-aid"])
    zh, en = (as_text(answer.document(lang)) for lang in ("zh", "en"))
    assert all(key in zh and key in en for key in ("nmrb-2021.s001", "bjrbk-2020.s003", "cnr-2018.s009"))


def _choices(answer: Total) -> list[Any]:
    return [c for m in answer.measures for group in m.groups if group.weighed for c in group.weighed.choices]


def _residuals(answer: Total) -> list[Any]:
    return [residual for m in answer.measures for group in m.groups for residual in group.residuals]
