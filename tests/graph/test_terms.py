"""From when to when, certainly and possibly? The rules of time of the model, one a test.

Expected dates follow from the rules, by hand: a year as a start means some day of it, so the first possible day is
1 January and the first certain day 31 December; a year as an end the other way round.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_world import BuildWorld

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing, Term

P = "kind: pairing, programme: ew, supporter: east, recipient: west"
Q = "kind: pairing, programme: ew, supporter: south, recipient: north"


def pairing_of(kg: KnowledgeGraph) -> Pairing:
    return kg.derived.pairings["ew.east.west"]


def dates_of(term: Term) -> tuple[str, ...]:
    days = (term.possible_from, term.certain_from, term.certain_to, term.possible_to)
    return tuple(day.isoformat() if day else "-" for day in days)


def only_term(kg: KnowledgeGraph) -> Term:
    (term,) = pairing_of(kg).terms
    return term


# how it starts


def test_a_stated_start_is_possible_from_its_first_day_and_certain_from_its_last(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 1996-05"]))
    assert dates_of(term)[:2] == ("1996-05-01", "1996-05-31")
    assert term.start_state == "stated"


def test_without_a_stated_start_the_date_of_the_basis_counts(world: BuildWorld) -> None:
    term = only_term(
        world(a=[f"{P}, basis: first-order", "kind: document, policy: first-order, act: issued, date: 1996-07-06"])
    )
    assert dates_of(term)[:2] == ("1996-07-06", "1996-07-06")
    assert (term.start_state, term.basis) == ("from-basis", "first-order")


def test_a_stated_start_goes_before_the_date_of_the_basis(world: BuildWorld) -> None:
    document = "kind: document, policy: first-order, act: issued, date: 1994-07-06"
    term = only_term(world(a=[f"{P}, basis: first-order, from: 1996-05-03", document]))
    assert (dates_of(term)[0], term.start_state) == ("1996-05-03", "stated")


def test_seen_first_is_all_that_is_known_of_a_start(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, as_of: 2018-04"]))
    assert dates_of(term)[:2] == ("2018-04-01", "2018-04-01")
    assert term.start_state == "first-seen"


def test_two_stated_starts_give_the_wider_possible_and_the_narrower_certain_date(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 1994"], b=[f"{P}, from: 1996"]))
    assert dates_of(term)[:2] == ("1994-01-01", "1996-12-31")


def test_a_sighting_before_the_latest_stated_start_makes_it_certain_earlier(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 1994"], b=[f"{P}, from: 2000"], c=[f"{P}, as_of: 1997-03"]))
    assert dates_of(term)[:2] == ("1994-01-01", "1997-03-01")


def test_a_start_some_time_within_years_is_certain_only_from_the_last_day(world: BuildWorld) -> None:
    term = only_term(world(a=[f'{P}, from: "[1996..2019]"']))
    assert dates_of(term)[:2] == ("1996-01-01", "2019-12-31")


def test_about_a_year_reaches_a_year_to_both_sides(world: BuildWorld) -> None:
    assert dates_of(only_term(world(a=[f"{P}, from: 1996~"])))[:2] == ("1995-01-01", "1997-12-31")


# how it ends


def test_a_stated_end_is_certain_to_its_first_day_and_possible_to_its_last(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 1996, until: 2010"]))
    assert dates_of(term)[2:] == ("2010-01-01", "2010-12-31")
    assert term.end_state == "ended"


def test_two_stated_ends_give_the_narrower_certain_and_the_wider_possible_date(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 1996, until: 2010-05"], b=[f"{P}, from: 1996, until: 2012-05"]))
    assert dates_of(term)[2:] == ("2010-05-01", "2012-05-31")


def test_without_an_end_it_is_certain_to_the_last_sighting_and_possible_to_the_horizon(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 1996, as_of: 2018-04"]))
    assert dates_of(term)[2:] == ("2018-04-30", "2024-12-31")
    assert term.end_state == "last-confirmed"


def test_the_horizon_is_that_of_the_dataset(world: BuildWorld) -> None:
    assert dates_of(only_term(world(horizon="2020", a=[f"{P}, as_of: 2018"])))[3] == "2020-12-31"


def test_a_sighting_confirms_and_does_not_end(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, as_of: 2016"], b=[f"{P}, as_of: 2018"])
    assert dates_of(only_term(kg)) == ("2016-01-01", "2016-01-01", "2018-12-31", "2024-12-31")
    assert only_term(kg).last_confirmed is not None
    assert str(only_term(kg).last_confirmed) == "2018-12-31"


def test_a_sighting_throughout_an_interval_covers_it(world: BuildWorld) -> None:
    assert dates_of(only_term(world(a=[f"{P}, as_of: 2013/2016"])))[1:3] == ("2013-01-01", "2016-12-31")


def test_a_sighting_some_time_within_years_makes_no_day_certain(world: BuildWorld) -> None:
    kg = world(a=[f'{P}, as_of: "[2012..2020]"'])
    assert dates_of(only_term(kg)) == ("2012-01-01", "-", "-", "2024-12-31")
    assert pairing_of(kg).in_force_in == ()
    assert pairing_of(kg).possibly_in == tuple(range(2012, 2025))


def test_a_due_date_bounds_what_is_possible_and_confirms_nothing(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 2021-03, due: 2035"]))
    assert dates_of(term) == ("2021-03-01", "2021-03-31", "2021-03-31", "2035-12-31")
    assert term.end_state == "due"


def test_a_stated_end_goes_before_a_due_date(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 2010, due: 2020", f"{P}, until: 2016"]))
    assert (dates_of(term)[3], term.end_state) == ("2016-12-31", "ended")


def test_a_pairing_without_any_time_is_undated(world: BuildWorld) -> None:
    pairing = pairing_of(world(a=[P]))
    assert pairing.undated
    assert (pairing.terms, pairing.in_force_in, pairing.possibly_in) == ((), (), ())


# years


def test_years_between_two_sightings_are_certain_and_later_years_possible(world: BuildWorld) -> None:
    pairing = pairing_of(world(horizon="2020", a=[f"{P}, as_of: 2015-03"], b=[f"{P}, as_of: 2018-04"]))
    assert pairing.in_force_in == (2015, 2016, 2017, 2018)
    assert pairing.possibly_in == (2019, 2020)


def test_years_between_two_stated_starts_are_only_possible(world: BuildWorld) -> None:
    pairing = pairing_of(world(a=[f"{P}, from: 1994, until: 1998"], b=[f"{P}, from: 1996"]))
    assert pairing.in_force_in == (1996, 1997, 1998)
    assert pairing.possibly_in == (1994, 1995)


# one term a basis

BASES = (
    "kind: document, policy: first-order, act: issued, date: 1996-07",
    "kind: document, policy: second-order, act: issued, date: 2016-12",
)


def test_each_basis_has_its_term_and_the_later_replaces_the_earlier(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order", f"{P}, basis: second-order", *BASES])
    first, second = pairing_of(kg).terms
    assert (first.number, first.basis, first.end_state) == (1, "first-order", "replaced")
    assert dates_of(first) == ("1996-07-01", "1996-07-31", "1996-07-31", "2016-12-31")
    assert (second.number, second.basis, second.end_state) == (2, "second-order", "last-confirmed")


def test_an_ended_term_stays_ended_although_a_later_basis_follows(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order, until: 2010", f"{P}, basis: second-order", *BASES])
    assert pairing_of(kg).terms[0].end_state == "ended"
    assert dates_of(pairing_of(kg).terms[0])[3] == "2010-12-31"


def test_a_sighting_without_basis_confirms_the_term_that_had_begun(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order", f"{P}, basis: second-order", f"{P}, as_of: 2005", *BASES])
    first, second = pairing_of(kg).terms
    assert (first.evidence, second.evidence) == (("a.s1", "a.s3"), ("a.s2",))
    assert dates_of(first)[2] == "2005-12-31"


def test_a_sighting_that_spans_two_bases_confirms_both_and_is_divided_between_them(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order", f"{P}, basis: second-order", f"{P}, as_of: 2001/2020", *BASES])
    first, second = pairing_of(kg).terms
    assert (first.evidence, second.evidence) == (("a.s1", "a.s3"), ("a.s2", "a.s3"))
    assert dates_of(first) == ("1996-07-01", "1996-07-31", "2016-11-30", "2016-12-01")
    assert dates_of(second) == ("2016-12-01", "2016-12-01", "2020-12-31", "2024-12-31")


def test_what_is_told_of_years_before_the_first_basis_is_a_term_without_basis(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: second-order", *BASES], b=[f"{P}, from: 1998"])
    first, second = pairing_of(kg).terms
    assert (first.basis, first.end_state, first.evidence) == (None, "replaced", ("b.s1",))
    assert dates_of(first) == ("1998-01-01", "1998-12-31", "1998-12-31", "2016-12-31")
    assert (second.basis, dates_of(second)[0]) == ("second-order", "2016-12-01")


def test_a_start_in_the_year_of_the_basis_is_not_a_term_of_its_own(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, basis: second-order", *BASES], b=[f"{P}, from: 2016-03"]))
    assert (term.basis, dates_of(term)[0]) == ("second-order", "2016-03-01")


def test_a_start_in_the_year_of_a_later_basis_is_the_start_of_that_term(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order", f"{P}, basis: second-order", *BASES], b=[f"{P}, from: 2016-07"])
    first, second = pairing_of(kg).terms
    assert (dates_of(first)[0], dates_of(second)[0]) == ("1996-07-01", "2016-07-01")


def test_a_stated_end_belongs_to_the_basis_that_ran_when_it_may_first_have_come(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order", f"{P}, basis: second-order", f"{P}, until: 2016", *BASES])
    first, second = pairing_of(kg).terms
    assert (first.end_state, second.end_state) == ("ended", "last-confirmed")


def test_a_date_that_is_only_less_precise_widens_nothing(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 2016"], b=[f"{P}, from: 2016-10-27"]))
    assert dates_of(term)[:2] == ("2016-10-27", "2016-10-27")


def test_seen_in_the_year_of_the_start_says_nothing_of_the_months_before(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, from: 2016-10", f"{P}, as_of: 2016"]))
    assert dates_of(term)[:2] == ("2016-10-01", "2016-10-01")


def test_the_terms_evidence_is_all_of_the_pairings(world: BuildWorld) -> None:
    pairing = pairing_of(world(a=[f"{P}, basis: first-order", f"{P}, basis: second-order", *BASES], b=[P]))
    assert {key for term in pairing.terms for key in term.evidence} == set(pairing.evidence)


# judgements


def test_a_preferred_start_sets_the_other_aside(world: BuildWorld) -> None:
    kg = world(
        a=[f"{P}, from: 1994-01-01"],
        b=[f"{P}, from: 1996-01-01"],
        judgements=["kind: prefers, about: [a.s1, b.s1], prefers: b.s1"],
    )
    assert dates_of(only_term(kg))[:2] == ("1996-01-01", "1996-01-01")


LIST = [f"{P}, as_of: 2010", f"{Q}, from: 2016-12-07"]


def test_a_vanished_entry_ends_nothing(world: BuildWorld) -> None:
    assert only_term(world(a=LIST)).end_state == "last-confirmed"


def test_a_later_list_judged_complete_replaces_what_it_leaves_out(world: BuildWorld) -> None:
    kg = world(a=LIST, judgements=["kind: list-complete, about: [a.s2]"])
    term = only_term(kg)
    assert term.end_state == "replaced"
    assert dates_of(term)[2:] == ("2010-12-31", "2016-12-07")
    assert pairing_of(kg).possibly_in == tuple(range(2011, 2017))


def test_a_complete_list_leaves_what_is_seen_later(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, as_of: 2018", LIST[1]], judgements=["kind: list-complete, about: [a.s2]"])
    assert only_term(kg).end_state == "last-confirmed"


def test_a_complete_list_of_provinces_says_nothing_of_counties(world: BuildWorld) -> None:
    county = "kind: pairing, programme: ew, supporter: east-county, recipient: west-county, as_of: 2010"
    kg = world(a=[county, LIST[1]], judgements=["kind: list-complete, about: [a.s2]"])
    assert kg.derived.pairings["ew.east-county.west-county"].end_state == "last-confirmed"


def test_a_complete_list_of_another_family_says_nothing(world: BuildWorld) -> None:
    kg = world(a=[LIST[0], LIST[1].replace("ew", "equals")], judgements=["kind: list-complete, about: [a.s2]"])
    assert only_term(kg).end_state == "last-confirmed"


@pytest.mark.parametrize(("effect", "state"), [("ends", "ended"), ("replaces", "replaced")])
def test_a_policy_effect_ends_the_pairing_it_speaks_of(world: BuildWorld, effect: str, state: str) -> None:
    about = "{programme: ew, supporter: east, recipient: west}"
    kg = world(
        a=[
            f"{P}, as_of: 2010",
            f"kind: policy-effect, policy: second-order, effect: {effect}, about: {about}, date: 2016",
        ]
    )
    term = only_term(kg)
    assert term.end_state == state
    assert dates_of(term)[2:] == ("2010-12-31", "2016-12-31")


@pytest.mark.parametrize(("effect", "state"), [("ends", "ended"), ("replaces", "last-confirmed")])
def test_a_programme_that_ends_takes_its_pairings_along_one_that_is_replaced_does_not(
    world: BuildWorld, effect: str, state: str
) -> None:
    order = f"kind: policy-effect, policy: second-order, effect: {effect}, about: ew, date: 2016"
    assert only_term(world(a=[f"{P}, as_of: 2010", order])).end_state == state


# whatever sources say

YEARS = st.integers(1990, 2030)
MOMENTS = st.builds(lambda year, month: f"{year}-{month:02}", YEARS, st.integers(1, 12)) | YEARS.map(str)
WHENS = st.one_of(
    MOMENTS,
    YEARS.map(lambda year: f"{year}~"),
    st.tuples(YEARS, YEARS).map(lambda pair: f"{min(pair)}/{max(pair)}"),
    st.tuples(YEARS, YEARS).map(lambda pair: f"[{min(pair)}..{max(pair)}]"),
)
FIELDS = st.dictionaries(st.sampled_from(["from", "until", "due", "as_of"]), WHENS, max_size=4)
BASIS = st.sampled_from([None, "first-order", "second-order", "third-order"])


def _line(fields: dict[str, str], basis: str | None) -> str:
    said = "".join(f', {name}: "{when}"' for name, when in fields.items())
    return P + said + (f", basis: {basis}" if basis else "")


def _is_consistent(fields: dict[str, str]) -> bool:
    """Leave out what a check refuses: an end, stated or due, before the beginning."""
    if "from" not in fields:
        return True
    start = int(max(re.findall(r"[0-9]{4}", fields["from"])))
    ends = [int(min(re.findall(r"[0-9]{4}", fields[name]))) for name in ("until", "due") if name in fields]
    return all(start + 2 < end for end in ends)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(_line, FIELDS.filter(_is_consistent), BASIS), min_size=1, max_size=5))
def test_the_four_dates_are_always_in_order(world: BuildWorld, lines: list[str]) -> None:
    pairing = pairing_of(world(a=[*lines, *BASES]))
    for term in pairing.terms:
        days = [d for d in (term.possible_from, term.certain_from, term.certain_to, term.possible_to) if d]
        assert days == sorted(days)
        assert (term.certain_from is None) == (term.certain_to is None)
    assert not set(pairing.in_force_in) & set(pairing.possibly_in)


def test_what_is_told_after_the_stated_end_of_a_basis_is_a_term_of_its_own(world: BuildWorld) -> None:
    kg = world(
        a=[f"{P}, basis: first-order, from: 2010, until: 2015", f"{P}, as_of: 2016/2018"],
    )
    first, second = pairing_of(kg).terms
    assert (first.basis, first.end_state, dates_of(first)) == (
        "first-order",
        "ended",
        ("2010-01-01", "2010-12-31", "2015-01-01", "2015-12-31"),
    )
    assert (second.basis, dates_of(second)) == (None, ("2016-01-01", "2016-01-01", "2018-12-31", "2024-12-31"))


def test_what_is_told_before_the_stated_end_of_a_basis_belongs_to_it(world: BuildWorld) -> None:
    term = only_term(world(a=[f"{P}, basis: first-order, from: 2010, until: 2015", f"{P}, as_of: 2012"]))
    assert term.basis == "first-order"


def test_two_runs_without_basis_are_two_terms(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, from: 1996, until: 2000", f"{P}, from: 2010", f"{P}, as_of: 2015"])
    first, second = pairing_of(kg).terms
    assert (first.end_state, dates_of(first)) == ("ended", ("1996-01-01", "1996-12-31", "2000-01-01", "2000-12-31"))
    assert dates_of(second) == ("2010-01-01", "2010-12-31", "2015-12-31", "2024-12-31")
    assert 2005 not in {*pairing_of(kg).in_force_in, *pairing_of(kg).possibly_in}


def test_a_sighting_after_a_stated_end_keeps_its_year_possible(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, from: 2010, until: 2020"], b=[f"{P}, as_of: 2022"])
    assert 2022 in pairing_of(kg).possibly_in


def test_a_preferred_document_date_is_the_start_of_the_term(world: BuildWorld) -> None:
    document = "kind: document, policy: first-order, act: issued"
    kg = world(
        a=[f"{P}, basis: first-order", f"{document}, date: 1994"],
        b=[f"{document}, date: 1996"],
        judgements=["kind: prefers, about: [a.s2], prefers: b.s1"],
    )
    assert only_term(kg).possible_from.isoformat() == "1996-01-01"


def test_what_is_seen_in_the_year_of_the_stated_end_belongs_to_the_term_that_ends(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order, from: 2010, until: 2015", f"{P}, as_of: 2015-12-31"])
    assert only_term(kg).basis == "first-order"


def test_a_term_whose_due_date_comes_before_the_next_basis_ends_at_the_due_date(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, basis: first-order, from: 1996, due: 2000", f"{P}, basis: second-order, from: 2010"])
    first, _ = pairing_of(kg).terms
    assert (first.end_state, first.possible_to.isoformat()) == ("replaced", "2000-12-31")
