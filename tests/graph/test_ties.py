"""Which pairings do statements make, between whom, and in which direction?"""

from __future__ import annotations

import pytest
from tiny_world import BuildWorld

from cooperation_kg.errors import InvalidCorpus
from cooperation_kg.graph.shapes import check_shapes

EAST_WEST = "kind: pairing, programme: ew, supporter: east, recipient: west"
WEST_EAST = "kind: pairing, programme: ew, supporter: west, recipient: east"
NAMED = "- {id: dong-xi, name: {zh: 东西, en: East–West}, programme: ew, places: [west, east]}\n"


def test_a_list_on_one_side_makes_one_pairing_a_member(world: BuildWorld) -> None:
    kg = world(a=["kind: pairing, programme: ew, supporter: [east, south], recipient: west"])
    assert list(kg.derived.pairings) == ["ew.east.west", "ew.south.west"]


def test_lists_by_position_pair_first_with_first(world: BuildWorld) -> None:
    kg = world(
        a=["kind: pairing, programme: ew, supporter: [east, south], recipient: [west, north], matching: by-position"]
    )
    assert list(kg.derived.pairings) == ["ew.east.west", "ew.south.north"]


def test_unmatched_lists_on_both_sides_draw_nothing_and_are_a_scope(world: BuildWorld) -> None:
    kg = world(a=["kind: pairing, programme: ew, supporter: [east, south], recipient: [west, north]"])
    assert not kg.derived.pairings
    (scope,) = kg.derived.scopes.values()
    assert (scope.supporters, scope.recipients) == (("east", "south"), ("north", "west"))
    assert scope.evidence == ("a.s1",)


def test_a_named_pairing_alone_has_no_direction(world: BuildWorld) -> None:
    (pairing,) = world(pairings=NAMED, a=["kind: pairing, about: 东西"]).derived.pairings.values()
    assert (pairing.supporter, pairing.recipient, pairing.directed) == (None, None, False)


def test_a_named_pairing_has_its_name_whichever_way_the_register_lists_the_places(world: BuildWorld) -> None:
    (pairing,) = world(pairings=NAMED, a=[EAST_WEST]).derived.pairings.values()
    assert pairing.name is not None
    assert pairing.name.zh == "东西"


def test_parties_join_as_equals(world: BuildWorld) -> None:
    (pairing,) = world(a=["kind: pairing, programme: equals, parties: [west, east]"]).derived.pairings.values()
    assert (pairing.parties, pairing.directed) == (("east", "west"), False)


def test_a_statement_of_direction_directs_a_pairing_that_others_leave_open(world: BuildWorld) -> None:
    kg = world(pairings=NAMED, a=["kind: pairing, about: 东西"], b=[WEST_EAST])
    (pairing,) = kg.derived.pairings.values()
    assert (pairing.slug, pairing.supporter, pairing.evidence) == ("ew.west.east", "west", ("a.s1", "b.s1"))


def test_opposite_directions_leave_no_supporter_and_are_a_disagreement(world: BuildWorld) -> None:
    kg = world(a=[EAST_WEST], b=[WEST_EAST])
    (pairing,) = kg.derived.pairings.values()
    assert (pairing.supporter, pairing.recipient) == (None, None)
    (disagreement,) = kg.derived.disagreements.values()
    assert (disagreement.kind, disagreement.about) == ("direction", ("pairing", pairing.slug))
    assert dict(disagreement.sides) == {"east → west": ("a.s1",), "west → east": ("b.s1",)}


def test_the_slug_of_a_disputed_pairing_begins_with_the_supporter_of_more_origins(world: BuildWorld) -> None:
    kg = world(a=[WEST_EAST], b=[WEST_EAST], c=[EAST_WEST])
    assert list(kg.derived.pairings) == ["ew.west.east"]


def test_an_inner_action_of_the_family_is_the_same_pairing(world: BuildWorld) -> None:
    kg = world(a=[EAST_WEST, EAST_WEST.replace("ew", "action")])
    (pairing,) = kg.derived.pairings.values()
    assert (pairing.programme, pairing.programmes) == ("ew", ("action", "ew"))


def test_another_family_between_the_same_places_is_another_pairing(world: BuildWorld) -> None:
    kg = world(a=[EAST_WEST, EAST_WEST.replace("ew", "equals")])
    assert list(kg.derived.pairings) == ["equals.east.west", "ew.east.west"]


def test_an_organisation_can_be_a_party(world: BuildWorld) -> None:
    kg = world(a=["kind: pairing, programme: ew, supporter: bureau, recipient: west-county"])
    assert list(kg.derived.pairings) == ["ew.bureau.west-county"]


def test_taking_part_without_partner_draws_nothing(world: BuildWorld) -> None:
    assert not world(a=["kind: participation, place: west, programme: ew"]).derived.pairings


def test_the_most_direct_statement_gives_the_directness(world: BuildWorld) -> None:
    kg = world(a=[f"{EAST_WEST}, directness: implied"], b=[f"{EAST_WEST}, directness: by-position"])
    assert kg.derived.pairings["ew.east.west"].directness == "by-position"


def test_a_withdrawn_statement_makes_no_pairing(world: BuildWorld) -> None:
    assert not world(a=[f"{EAST_WEST}, withdrawn: 误读"]).derived.pairings


def test_a_statement_judged_no_evidence_makes_no_pairing(world: BuildWorld) -> None:
    assert not world(a=[EAST_WEST], judgements=["kind: not-evidence, about: [a.s1]"]).derived.pairings


def test_a_reprint_adds_no_origin(world: BuildWorld) -> None:
    kg = world(a=[EAST_WEST], b=[EAST_WEST], sources={"b": "reprint_of: a"})
    assert kg.derived.pairings["ew.east.west"].origins == ("source/a",)


def test_two_sources_that_credit_one_organisation_are_one_origin(world: BuildWorld) -> None:
    kg = world(a=[EAST_WEST], b=[EAST_WEST], sources={"a": "according_to: bureau", "b": "according_to: bureau"})
    assert kg.derived.pairings["ew.east.west"].origins == ("organisation/bureau",)


def test_a_statement_that_credits_somebody_goes_before_what_its_source_credits(world: BuildWorld) -> None:
    kg = world(a=[f"{EAST_WEST}, according_to: agency"], sources={"a": "according_to: bureau"})
    assert kg.derived.pairings["ew.east.west"].origins == ("organisation/agency",)


def test_a_reprint_of_a_reprint_leads_to_the_first_print(world: BuildWorld) -> None:
    kg = world(a=[EAST_WEST], b=[EAST_WEST], c=[EAST_WEST], sources={"b": "reprint_of: a", "c": "reprint_of: b"})
    assert kg.derived.pairings["ew.east.west"].origins == ("source/a",)


CITIES = "kind: pairing, programme: ew, supporter: east-city, recipient: west-city"
COUNTIES = "kind: pairing, programme: ew, supporter: east-county, recipient: west-county"


def test_a_county_pairing_implements_the_nearest_pairing_around_it(world: BuildWorld) -> None:
    kg = world(a=[f"{COUNTIES}, as_of: 2018", f"{CITIES}, as_of: 2018", f"{EAST_WEST}, as_of: 2018"])
    pairings = kg.derived.pairings
    assert pairings["ew.east-county.west-county"].implements == "ew.east-city.west-city"
    assert pairings["ew.east-city.west-city"].implements == "ew.east.west"
    assert pairings["ew.east.west"].implements is None


def test_a_pairing_of_another_family_around_it_is_not_implemented(world: BuildWorld) -> None:
    kg = world(a=[f"{COUNTIES}, as_of: 2018", f"{EAST_WEST.replace('ew', 'equals')}, as_of: 2018"])
    assert kg.derived.pairings["ew.east-county.west-county"].implements is None


def test_a_pairing_that_ended_before_is_not_implemented(world: BuildWorld) -> None:
    kg = world(a=[f"{COUNTIES}, as_of: 2018", f"{EAST_WEST}, from: 1996, until: 2010"])
    assert kg.derived.pairings["ew.east-county.west-county"].implements is None


def test_an_undated_pairing_implements_nothing(world: BuildWorld) -> None:
    kg = world(a=[COUNTIES, f"{EAST_WEST}, as_of: 2018"])
    assert kg.derived.pairings["ew.east-county.west-county"].implements is None


def test_a_moved_county_implements_the_pairing_of_the_province_it_lay_in_then(world: BuildWorld) -> None:
    before = "kind: pairing, programme: ew, supporter: east-city, recipient: moved, from: 1996-05, until: 1996-12"
    around = [f"{EAST_WEST}, from: 1990", "kind: pairing, programme: ew, supporter: east, recipient: north, from: 1990"]
    assert world(a=[before, *around]).derived.pairings["ew.east-city.moved"].implements == "ew.east.west"
    after = before.replace("1996-05, until: 1996-12", "1998")
    assert world(a=[after, *around]).derived.pairings["ew.east-city.moved"].implements == "ew.east.north"


ANONYMOUS = """\
anonymous:
  - {id: w-county, name: W县, level: county, within: west}
  - {id: m-district, name: M区, level: county, within: east}
"""


def test_anonymous_places_are_drawn_under_the_pairing_around_them(world: BuildWorld) -> None:
    kg = world(
        sources={"a": ANONYMOUS},
        a=["kind: pairing, programme: ew, supporter: a.m-district, recipient: a.w-county, as_of: 2018"],
        b=[f"{EAST_WEST}, as_of: 2018"],
    )
    assert kg.derived.pairings["ew.a.m-district.a.w-county"].implements == "ew.east.west"


def test_the_hidden_counties_of_two_sources_are_never_one(world: BuildWorld) -> None:
    statement = "kind: pairing, programme: ew, supporter: east, recipient: {}.w-county"
    kg = world(sources={"a": ANONYMOUS, "b": ANONYMOUS}, a=[statement.format("a")], b=[statement.format("b")])
    assert list(kg.derived.pairings) == ["ew.east.a.w-county", "ew.east.b.w-county"]


# what does not count leaves nothing hanging


@pytest.mark.parametrize(
    "line",
    [
        EAST_WEST,
        "kind: pairing, programme: ew, supporter: [east, south], recipient: [west, north]",
        "kind: practice, about: {programme: ew, supporter: [east, south]}, field: labour, text: 用工",
    ],
)
def test_a_statement_judged_no_evidence_points_to_nothing_that_is_not_there(world: BuildWorld, line: str) -> None:
    assert check_shapes(world(a=[line], judgements=["kind: not-evidence, about: [a.s1]"])) == []


def test_a_figure_about_a_pairing_that_nothing_which_counts_states_is_a_fault(world: BuildWorld) -> None:
    figure = "kind: figure, about: 东西, measure: fiscal-aid, as_written: 3亿元, during: 2016, nature: flow"
    with pytest.raises(InvalidCorpus) as caught:
        world(
            pairings=NAMED,
            a=["kind: pairing, about: 东西", figure],
            judgements=["kind: not-evidence, about: [a.s1]"],
        )
    assert [(issue.file, issue.code) for issue in caught.value.issues] == [("pairings.yaml", "E303")]
