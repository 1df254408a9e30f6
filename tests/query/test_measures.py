"""The network in numbers: every value is worked out by hand from the definition of the measure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.measures import MEASURES, Measured, measure
from cooperation_kg.render.documents import as_html, as_markdown, as_text

# 1 and 2 are stated; 3, 4 and 6 are seen in 2018 only; 5 is between cities; 7 is dated by no source
PAIRINGS = (
    "kind: pairing, programme: ew, supporter: east, recipient: west, from: 1996, as_of: 2020",
    "kind: pairing, programme: ew, supporter: east, recipient: north, from: 2016, until: 2018",
    "kind: pairing, programme: ew, supporter: south, recipient: north, as_of: 2018",
    "kind: pairing, programme: equals, parties: [east, south], as_of: 2018",
    "kind: pairing, programme: ew, supporter: east-city, recipient: west-city, as_of: 2018",
    "kind: pairing, programme: equals, supporter: west, recipient: east, as_of: 2018",
    "kind: pairing, programme: action, supporter: south, recipient: west",
)
EAST_WEST, SOUTH_NORTH = "supporter: east, recipient: west", "supporter: south, recipient: north"


def money(sides: str, written: str, **fields: str) -> str:
    """Return a figure of a pairing of east–west cooperation in 2018."""
    given = {"measure": "fiscal-aid", "during": "2018", "nature": "flow", **fields}
    listed = ", ".join(f"{name}: {value}" for name, value in given.items())
    return f"kind: figure, about: {{programme: ew, {sides}}}, as_written: {written}, {listed}"


def build(folder: Path, places: str = "", **statements: Any) -> KnowledgeGraph:
    write_world(folder / "data", {}, (), "", "2024", statements)
    if places:
        (folder / "data" / "places" / "more.yaml").write_text(places, encoding="utf-8")
    return build_graph(load_corpus(folder / "data"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("tiny"), a=PAIRINGS)


def rows(measured: Measured, columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns.split()) for row in measured.table]


# --- which pairings are counted


def test_pairings_left_out_are_named_with_the_reason(tiny: KnowledgeGraph) -> None:
    assert measure(tiny, "reciprocity", as_of=2018).left_out == {
        "other-level": ("ew.east-city.west-city",),
        "undated": ("ew.south.west",),
        "undirected": ("equals.east.south",),
    }


def test_a_pairing_that_was_not_there_is_not_left_out_but_absent(tiny: KnowledgeGraph) -> None:
    assert measure(tiny, "partners", as_of=2017).left_out == {"undated": ("ew.south.west",)}


def test_a_level_takes_pairings_with_both_parties_of_it_and_all_takes_every_one(tiny: KnowledgeGraph) -> None:
    cities = measure(tiny, "partners", as_of=2018, level="prefecture")
    assert set(cities.table.column("place")) == {"east-city", "west-city"}
    everybody = measure(tiny, "partners", as_of=2018, level="all")
    assert {"east", "east-city"} <= set(everybody.table.column("place"))


def test_pairings_counted_beside_the_one_they_carry_out_are_told_of(tiny: KnowledgeGraph) -> None:
    assert "carry out another one counted too (a province and its cities): 1" in str(
        measure(tiny, "partners", as_of=2018, level="all").remarks[0].en
    )
    assert measure(tiny, "partners", as_of=2018).remarks == ()


def test_an_inner_programme_takes_the_pairings_that_sources_put_under_it(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "partners", programme="携手行动", status=("undated",))
    assert rows(found, "place role undated") == [("south", "supporter", 1), ("west", "recipient", 1)]


def test_without_a_time_the_last_year_of_the_data_is_measured(tiny: KnowledgeGraph) -> None:
    assert set(measure(tiny, "partners").table.column("time")) == {2024}


def test_an_interval_is_measured_as_one_time(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "partners", as_of="2017/2019", programme="ew", status=("certain",))
    assert ("east", "supporter", "2017/2019", 2) in rows(found, "place role time certain")


def test_the_pairings_counted_are_named_with_their_status_for_each_time(tiny: KnowledgeGraph) -> None:
    counted = measure(tiny, "partners", years=(2015, 2019), programme="ew").counted
    assert counted == {
        "2015": {"ew.east.west": "certain"},
        "2019": {"ew.east.west": "certain", "ew.south.north": "possible"},
    }


# --- partners


def test_partners_are_counted_by_role_with_certain_and_possible_apart(tiny: KnowledgeGraph) -> None:
    assert rows(measure(tiny, "partners", as_of=2019), "place role certain possible") == [
        ("east", "supporter", 1, 0),
        ("east", "recipient", 0, 1),
        ("east", "party", 0, 1),
        ("north", "recipient", 0, 1),
        ("south", "supporter", 0, 1),
        ("south", "party", 0, 1),
        ("west", "supporter", 0, 1),
        ("west", "recipient", 1, 0),
    ]


def test_a_partner_in_two_programmes_is_one_partner_of_the_surest_status(tmp_path: Path) -> None:
    pairings = [
        "kind: pairing, programme: ew, supporter: east, recipient: west, as_of: 2016",
        "kind: pairing, programme: equals, supporter: east, recipient: west, as_of: 2018",
    ]
    found = measure(build(tmp_path, a=pairings), "partners", as_of=2018)
    assert rows(found, "place role certain possible") == [("east", "supporter", 1, 0), ("west", "recipient", 1, 0)]


def test_years_in_which_nothing_changes_are_one_row_to_a_reader(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "partners", years="2014/2018", programme="ew")
    shown = [row for row in found.document("en").sections[0].rows if row[:2] == ("East", "supporter")]
    assert shown == [("East", "supporter", "2014–2015", "1", "0"), ("East", "supporter", "2016–2018", "2", "0")]


# --- concentration


def test_concentration_is_the_sum_of_squared_shares(tiny: KnowledgeGraph) -> None:
    # east has two of three pairings, south one: 4/9 + 1/9 = 5/9; 9/5 equal supporters
    found = measure(tiny, "concentration", as_of=2018, programme="ew", status=("certain",))
    columns = "of pairings supporters hhi least effective largest_supporter largest_share"
    expected = ("pairings", 3, 2, "0.5556", "0.5000", "1.8000", "east", "0.6667")
    assert [tuple(map(str, row)) for row in rows(found, columns)] == [tuple(map(str, expected))]


def test_money_is_measured_where_half_of_the_pairings_have_one_exact_value(tmp_path: Path) -> None:
    # 10 of east and 30 of south: 1/16 + 9/16 = 0.625
    kg = build(tmp_path, a=[*PAIRINGS, money(EAST_WEST, "10亿元"), money(SOUTH_NORTH, "30亿元")])
    found = measure(kg, "concentration", as_of=2018, programme="ew")
    columns = "of pairings supporters hhi largest_supporter largest_share"
    assert rows(found, columns)[-1] == ("fiscal-aid~reported", 2, 2, Decimal("0.6250"), "south", Decimal("0.7500"))
    assert found.remarks == ()


@pytest.mark.parametrize(
    "figure",
    [
        money(SOUTH_NORTH, "30多亿元"),
        money(SOUTH_NORTH, "30亿元", during="2016/2018"),
        money(SOUTH_NORTH, "30亿元", stage="planned"),
        money(SOUTH_NORTH, "30亿元", measure="grant-aid"),
        money(SOUTH_NORTH, "30亿元", nature="stock"),
        money(SOUTH_NORTH, "30人", measure="officials-posted"),
        money(SOUTH_NORTH, "30亿元", scope_note="只计教育"),
    ],
    ids=["a bound", "another period", "another stage", "another measure", "a stock", "no money", "part of the scope"],
)
def test_money_is_refused_where_too_few_pairings_have_a_value_of_one_kind(tmp_path: Path, figure: str) -> None:
    found = measure(
        build(tmp_path, a=[*PAIRINGS, money(EAST_WEST, "10亿元"), figure]), "concentration", as_of=2018, programme="ew"
    )
    assert set(found.table.column("of")) == {"pairings"}
    assert "one exact value for 1 of 3 pairings" in str(found.remarks[0].en)


def test_money_of_just_half_of_the_pairings_is_enough(tmp_path: Path) -> None:
    # 10 of east and 30 of south, of the four pairings between provinces that have a direction
    third = "kind: pairing, programme: ew, supporter: south, recipient: west, as_of: 2018"
    kg = build(tmp_path, a=[*PAIRINGS, third, money(EAST_WEST, "10亿元"), money(SOUTH_NORTH, "30亿元")])
    found = measure(kg, "concentration", as_of=2018, programme="ew")
    assert rows(found, "of pairings hhi")[-1] == ("fiscal-aid~reported", 2, Decimal("0.6250"))


def test_persons_and_values_of_one_place_alone_are_no_money_of_a_pairing(tmp_path: Path) -> None:
    persons = [money(sides, "30人", measure="officials-posted") for sides in (EAST_WEST, SOUTH_NORTH)]
    of_place = [
        money(EAST_WEST, "10亿元", place="west-city"),
        money(SOUTH_NORTH, "30亿元", place="north"),
    ]
    kg = build(tmp_path, a=[*PAIRINGS, *persons, *of_place])
    found = measure(kg, "concentration", as_of=2018, programme="ew")
    assert set(found.table.column("of")) == {"pairings"}
    assert "no amount of money is known" in str(found.remarks[0].en)


def test_money_is_refused_where_sources_differ_on_the_value(tmp_path: Path) -> None:
    kg = build(
        tmp_path,
        a=[*PAIRINGS, money(EAST_WEST, "10亿元"), money(SOUTH_NORTH, "30亿元")],
        b=[money(SOUTH_NORTH, "50亿元")],
    )
    found = measure(kg, "concentration", as_of=2018, programme="ew")
    assert "one exact value for 1 of 3 pairings" in str(found.remarks[0].en)


def test_money_is_refused_where_one_pairing_lies_inside_another(tmp_path: Path) -> None:
    figures = [money(EAST_WEST, "10亿元"), money(SOUTH_NORTH, "30亿元")]
    found = measure(build(tmp_path, a=[*PAIRINGS, *figures]), "concentration", as_of=2018, programme="ew", level="all")
    assert "pairings that lie inside another one: 1" in str(found.remarks[-1].en)


def test_where_two_supporters_are_equally_large_none_is_the_largest(tmp_path: Path) -> None:
    pairings = [
        "kind: pairing, programme: ew, supporter: east, recipient: west, as_of: 2018",
        "kind: pairing, programme: ew, supporter: south, recipient: north, as_of: 2018",
    ]
    found = measure(build(tmp_path, a=pairings), "concentration", as_of=2018, status=("certain",))
    assert rows(found, "hhi largest_supporter largest_share") == [(Decimal("0.5000"), None, Decimal("0.5000"))]


# --- turnover


def test_turnover_compares_a_year_with_the_one_before(tiny: KnowledgeGraph) -> None:
    columns = "time begun begun_certain ended ended_certain kept kept_certain distance"
    assert rows(measure(tiny, "turnover", years="2018/2019"), columns) == [
        (2018, 3, 3, 0, 0, 2, 2, Decimal("0.6000")),
        (2019, 0, 0, 1, 1, 4, 1, Decimal("0.2000")),
    ]


def test_what_was_only_possible_the_year_before_is_kept_but_not_certain_in_both(tmp_path: Path) -> None:
    pairing = "kind: pairing, programme: ew, supporter: east, recipient: west, from: '[2016..2018]', until: 2020"
    found = measure(build(tmp_path, a=[pairing]), "turnover", as_of=2018)
    assert rows(found, "begun kept kept_certain") == [(0, 1, 0)]


def test_each_year_of_turnover_is_a_row_of_its_own_to_a_reader(tiny: KnowledgeGraph) -> None:
    shown = measure(tiny, "turnover", years="1985/1986").document("en").sections[0].rows
    assert [row[0] for row in shown] == ["1985", "1986"]


def test_turnover_names_what_began_and_what_ended(tiny: KnowledgeGraph) -> None:
    began, ended = measure(tiny, "turnover", years=(2018, 2019)).lists
    assert began.pairings == ("equals.east.south", "equals.west.east", "ew.south.north")
    assert (ended.pairings, ended.heading.en) == (("ew.east.north",), "No longer there in 2019")


def test_a_place_that_becomes_a_province_neither_begins_nor_ends_its_pairings(tmp_path: Path) -> None:
    risen = (
        "- id: risen\n  name: 升市\n  level: province\n  former: [{name: 升市, level: prefecture, until: 2018-06}]\n"
    )
    pairings = [
        "kind: pairing, programme: ew, supporter: risen, recipient: west, from: 2017, until: 2020",
        "kind: pairing, programme: ew, supporter: risen, recipient: west-city, from: 2017, until: 2020",
    ]
    kg = build(tmp_path, risen, a=pairings)
    for level in ("province", "prefecture"):
        assert rows(measure(kg, "turnover", as_of=2018, level=level), "begun ended kept") == [(0, 0, 1)]
    assert rows(measure(kg, "turnover", as_of=2019, level="prefecture"), "begun ended kept") == [(0, 0, 0)]


def test_of_certain_pairings_alone_none_is_said_to_have_ended(tiny: KnowledgeGraph) -> None:
    # south → north is seen in 2018 only, and possible ever after; east → north ends in 2018
    found = measure(tiny, "turnover", as_of=2019, programme="ew", status=("certain",))
    (gone,) = found.lists
    assert gone.pairings == ("ew.east.north", "ew.south.north")
    assert gone.heading.en == "No longer certain in 2019 (not necessarily ended)"
    assert gone.heading.zh == "2019年不再是“确定”（未必终止）"
    assert "not that it began or ended" in str(found.remarks[0].en)
    assert measure(tiny, "turnover", as_of=2019, programme="ew").remarks == ()


def test_what_is_left_out_of_the_year_before_is_named_too(tmp_path: Path) -> None:
    pairing = "kind: pairing, programme: ew, supporter: east-city, recipient: west-city, from: 2016, until: 2018"
    kg = build(tmp_path, a=[pairing])
    assert measure(kg, "partners", as_of=2019).left_out == {}
    assert measure(kg, "turnover", as_of=2019).left_out == {"other-level": ("ew.east-city.west-city",)}


def test_turnover_without_a_time_says_in_which_other_years_something_changed(tiny: KnowledgeGraph) -> None:
    # 1996 and 2016 are years of adjustment; three pairings are first seen in 2018, one ends in 2018
    assert str(measure(tiny, "turnover").remarks[0].en).endswith("others with a change: 2018, 2019")
    assert str(measure(tiny, "turnover", programme="equals").remarks[0].zh).endswith("另有变动的年份：2018")
    assert measure(tiny, "turnover", years=2018).remarks == ()


def test_turnover_of_a_world_without_pairings_has_no_other_year(tmp_path: Path) -> None:
    assert str(measure(build(tmp_path), "turnover").remarks[0].en).endswith("others with a change: none")


def test_turnover_without_a_time_is_that_of_the_years_of_adjustment(tiny: KnowledgeGraph) -> None:
    assert measure(tiny, "turnover").table.column("time") == (1996, 2002, 2010, 2013, 2016, 2021)


def test_turnover_of_two_empty_years_is_not_defined(tiny: KnowledgeGraph) -> None:
    assert rows(measure(tiny, "turnover", as_of=1990), "begun ended kept distance") == [(0, 0, 0, None)]


# --- shape


def test_reciprocity_is_that_of_each_programme_and_across_them(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "reciprocity", as_of=2018, status=("certain",))
    assert rows(found, "programme links mutual_pairs reciprocity") == [
        ("equals", 1, 0, Decimal("0.0000")),
        ("ew", 3, 0, Decimal("0.0000")),
        (None, 4, 1, Decimal("0.5000")),
    ]
    assert [listed.pairings for listed in found.lists] == [("equals.west.east", "ew.east.west")]


def test_over_years_those_who_support_each_other_in_any_are_named(tmp_path: Path) -> None:
    ties = [
        "kind: pairing, programme: ew, supporter: east, recipient: west, from: 2016, until: 2016",
        "kind: pairing, programme: equals, supporter: west, recipient: east, from: 2016, until: 2016",
        "kind: pairing, programme: ew, supporter: south, recipient: north, from: 2018, until: 2018",
        "kind: pairing, programme: equals, supporter: north, recipient: south, from: 2018, until: 2018",
    ]
    (listed,) = measure(build(tmp_path, a=ties), "reciprocity", years="2016/2018").lists
    assert listed.heading.en == "2016, 2018: supporting each other"
    assert listed.pairings == ("equals.north.south", "equals.west.east", "ew.east.west", "ew.south.north")


def test_who_supports_and_receives_is_named(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "bipartite", as_of=2018, status=("certain",))
    assert rows(found, "programme supporters recipients both disjoint") == [
        ("equals", 1, 1, 0, True),
        ("ew", 2, 2, 0, True),
        (None, 3, 3, 2, False),
    ]
    assert [listed.place for listed in found.lists] == ["east", "west"]


def test_where_nobody_is_said_to_support_the_sides_are_not_defined(tmp_path: Path) -> None:
    kg = build(tmp_path, a=["kind: pairing, programme: equals, parties: [east, south], as_of: 2018"])
    found = measure(kg, "bipartite", as_of=2018, programme="equals", status=("certain",))
    assert rows(found, "supporters recipients disjoint") == [(0, 0, None)]


def test_over_years_who_does_both_is_named_once_with_the_years(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "bipartite", years="2017/2020")
    assert [(listed.place, listed.heading.en) for listed in found.lists] == [
        ("east", "2018–2020: supporter and recipient"),
        ("west", "2018–2020: supporter and recipient"),
    ]


def test_components_are_those_of_each_layer_whatever_the_direction(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "components", years=(2018, 2019), programme="ew")
    assert rows(found, "counted time places components sizes") == [
        ("certain", 2018, 4, 1, "4"),
        ("certain", 2019, 2, 1, "2"),
        ("certain+possible", 2018, 4, 1, "4"),
        ("certain+possible", 2019, 4, 2, "2×2"),
    ]


def test_degrees_are_always_given_and_betweenness_is_not_defined_in_a_small_component(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "centrality", as_of=2018, programme="ew")
    assert rows(found, "place degree supports supported_by component betweenness") == [
        ("east", 2, 2, 0, 4, None),
        ("north", 2, 0, 2, 4, None),
        ("south", 1, 1, 0, 4, None),
        ("west", 1, 0, 1, 4, None),
    ]
    assert "fewer than 10 parties" in str(found.remarks[0].en)


def test_the_hub_of_a_star_of_ten_has_all_the_betweenness(tmp_path: Path) -> None:
    leaves = [f"leaf-{n}" for n in range(9)]
    places = "".join(f"- {{id: {name}, name: 县{name}, level: county}}\n" for name in ("hub", *leaves))
    pairings = [f"kind: pairing, programme: ew, supporter: hub, recipient: {leaf}, as_of: 2018" for leaf in leaves]
    apart = "kind: pairing, programme: ew, supporter: east-county, recipient: west-county, as_of: 2018"
    kg = build(tmp_path, places, a=[*pairings, apart])
    found = measure(kg, "centrality", as_of=2018, programme="ew", level="county")
    # the pair apart is a component of its own: too small, and without effect on the star
    apart_rows = [("east-county", 1, None), ("west-county", 1, None)]
    star = [("hub", 9, Decimal(1)), *((leaf, 1, Decimal(0)) for leaf in leaves)]
    assert sorted(rows(found, "place degree betweenness")) == sorted([*star, *apart_rows])


def test_betweenness_is_not_defined_across_programmes(tiny: KnowledgeGraph) -> None:
    found = measure(tiny, "centrality", as_of=2018)
    assert set(found.table.column("betweenness")) == {None}
    assert "more than one programme" in str(found.remarks[0].en)


# --- how it is asked and shown


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("influence", {}, "no measure 'influence'"),
        ("partners", {"level": "village"}, "no level 'village'"),
        ("partners", {"programme": "东省"}, "no programme is called"),
        ("partners", {"as_of": 2018, "years": "2018/2019"}, "not both"),
        ("partners", {"years": "2018-01/2018-06"}, "takes whole years"),
        ("partners", {"status": ("sure",)}, "no status sure"),
        ("turnover", {"as_of": "2018-04"}, "compares a year with the one before"),
        ("turnover", {"status": ("certain", "undated")}, "neither begins nor ends"),
        ("turnover", {"as_of": 2025}, "the data go to 2024, and 2025 is later"),
        ("partners", {"as_of": "2025-03"}, "the data go to 2024"),
        ("partners", {"years": "2023/2025"}, "the data go to 2024"),
        ("partners", {"years": "2020/2018"}, "^--years: "),
    ],
)
def test_what_cannot_be_measured_is_refused_with_a_remedy(
    tiny: KnowledgeGraph, name: str, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadParameter, match=said):
        measure(tiny, name, **options)


def test_a_time_may_be_given_as_it_is_parsed(tiny: KnowledgeGraph) -> None:
    assert measure(tiny, "partners", as_of=parse_as_of(2018)).table == measure(tiny, "partners", as_of="2018").table


def test_a_time_that_is_narrowed_counts_its_own_statuses_unless_others_are_given(tiny: KnowledgeGraph) -> None:
    narrowed = parse_as_of(2019, ("possible",))
    assert measure(tiny, "partners", as_of=narrowed).asked.statuses == ("possible",)
    assert measure(tiny, "partners", as_of=narrowed, status="certain").asked.statuses == ("certain",)
    assert measure(tiny, "partners", as_of=parse_as_of(2019)).asked.statuses == ("certain", "possible")


def test_years_are_measured_once_each_and_in_order(tiny: KnowledgeGraph) -> None:
    assert measure(tiny, "turnover", years=(2019, 2016, 2019)).table.column("time") == (2016, 2019)
    assert measure(tiny, "turnover", years=2019).table.column("time") == (2019,)
    assert "2016, 2019" in measure(tiny, "turnover", years=(2019, 2016)).document("en").lead[0]


def test_a_hostile_name_is_no_markup(tmp_path: Path) -> None:
    places = "- {id: odd, name: '</script><b>东|*', level: province}\n"
    pairing = "kind: pairing, programme: ew, supporter: odd, recipient: west, as_of: 2018"
    found = measure(build(tmp_path, places, a=[pairing]), "partners", as_of=2018).document("zh")
    assert "</script>" not in as_html(found, "zh")
    assert "东\\|\\*" in as_markdown(found)


@pytest.mark.parametrize("name", ["partners", "centrality"])
def test_partners_are_said_to_be_no_sign_of_influence(name: str) -> None:
    assert "influence" in MEASURES[name].misleads.in_language("en")
    assert "影响力" in MEASURES[name].misleads.zh


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_measure_says_what_it_means_and_where_it_misleads(tiny: KnowledgeGraph, name: str, lang: str) -> None:
    found = MEASURES[name]
    text = as_text(measure(tiny, name, as_of=2018).document(lang))
    assert found.means.in_language(lang) in text
    assert found.misleads.in_language(lang) in text
    assert (lang == "en") != ("何处误导" in text)


@pytest.mark.parametrize("name", MEASURES)
def test_json_holds_numbers_as_text(tiny: KnowledgeGraph, name: str) -> None:
    def leaves(value: Any) -> Any:
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from leaves(inner)
        else:
            yield value

    found = measure(tiny, name, as_of=2018).as_json()
    assert found["rows"]
    assert {type(leaf) for leaf in leaves(found)} <= {str, bool, type(None)}


def test_a_world_without_any_pairing_is_measured_as_empty(tmp_path: Path) -> None:
    kg = build(tmp_path)
    assert {name: len(measure(kg, name, as_of=2018).lists) for name in MEASURES} == dict.fromkeys(MEASURES, 0)


# --- the shipped facts


def test_fujian_is_the_one_certain_partner_of_ningxia_in_east_west_cooperation_in_2018(real: KnowledgeGraph) -> None:
    found = measure(real, "partners", as_of=2018, programme="east-west")
    assert [row for row in rows(found, "place role certain possible") if row[0] == "ningxia"] == [
        ("ningxia", "recipient", 1, 0)
    ]


def test_shandong_and_chongqing_are_what_2010_brought_between_provinces(real: KnowledgeGraph) -> None:
    (began,) = measure(real, "turnover", as_of=2010, programme="east-west").lists
    assert began.pairings == ("east-west.shandong.chongqing",)


def test_within_one_programme_nobody_supports_a_supporter(real: KnowledgeGraph) -> None:
    found = measure(real, "reciprocity", as_of="1979/2026", level="all")
    assert {row["mutual_pairs"] for row in found.table if row["programme"]} == {0}
