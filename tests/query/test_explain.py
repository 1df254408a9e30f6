"""Why the graph says so: one tiny world a rule, written by hand from docs/time.md; then the shipped facts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.pairings import find_pairings
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.explain import Explanation, explain
from cooperation_kg.query.explain.dates import FOUR, RULES, Reason, reasons_of
from cooperation_kg.query.explain.removal import removals_of
from cooperation_kg.query.explain.verdict import TEMPLATES, verdict_on
from cooperation_kg.render.documents import as_text

P = "kind: pairing, programme: ew, supporter: east, recipient: west"
ABOUT = "about: {programme: ew, supporter: east, recipient: west}"
SLUG = "ew.east.west"
AID = f"kind: figure, {ABOUT}, measure: fiscal-aid, nature: flow, during: 2016/2017"


def dates(kg: KnowledgeGraph, slug: str = SLUG) -> dict[tuple[int, str], tuple[str, str, tuple[str, ...]]]:
    """Return (term, date) → (day, rule, statements)."""
    found = reasons_of(kg, kg.derived.pairings[slug])
    return {(r.term, r.which): (r.day.isoformat(), r.rule, r.statements) for r in found}


def verdict(kg: KnowledgeGraph, time: str) -> tuple[str, str]:
    found = verdict_on(kg, kg.derived.pairings[SLUG], parse_as_of(time))
    assert found.words().zh
    assert found.words().en
    return found.status, found.rule


def removed(kg: KnowledgeGraph, time: str = "2012") -> dict[tuple[str, ...], list[Any]]:
    """Return statements → effects, as JSON has them, of the removals that change something."""
    found = removals_of(kg, kg.derived.pairings[SLUG], parse_as_of(time))
    return {r.statements: [effect.plain for effect in r.effects] for r in found if r.effects}


def part(explanation: Explanation, code: str) -> Any:
    return explanation.as_json()["explained"][0]["parts"][code]


# the four dates


def test_a_stated_start_and_a_last_sighting_give_the_four_dates(told: Any) -> None:
    assert dates(told(a=(f"{P}, from: 1996",), b=(f"{P}, as_of: 2020",))) == {
        (1, "possible_from"): ("1996-01-01", "stated-start", ("a.s1",)),
        (1, "certain_from"): ("1996-12-31", "stated-start", ("a.s1",)),
        (1, "certain_to"): ("2020-12-31", "last-seen", ("b.s1",)),
        (1, "possible_to"): ("2024-12-31", "horizon", ()),
    }


def test_two_starts_that_differ_narrow_the_certain_pair_and_widen_the_possible_one(told: Any) -> None:
    found = dates(told(a=(f"{P}, from: 1996",), b=(f"{P}, from: 1998",)))
    assert found[1, "possible_from"] == ("1996-01-01", "earliest-of-differing-starts", ("a.s1",))
    assert found[1, "certain_from"] == ("1998-12-31", "latest-of-differing-starts", ("b.s1",))
    assert found[1, "certain_to"] == ("1998-12-31", "start-confirms", ("b.s1",))


def test_a_start_that_is_only_less_precise_does_not_differ(told: Any) -> None:
    found = dates(told(a=(f"{P}, from: 1996",), b=(f"{P}, from: 1996-10",)))
    assert found[1, "possible_from"] == ("1996-10-01", "stated-start", ("b.s1",))


def test_what_was_first_seen_has_no_other_start(told: Any) -> None:
    found = dates(told(a=(f"{P}, as_of: 2010",)))
    assert found[1, "possible_from"] == found[1, "certain_from"] == ("2010-01-01", "first-seen", ("a.s1",))


def test_a_sighting_before_the_stated_start_is_over_makes_it_certain(told: Any) -> None:
    found = dates(told(a=(f"{P}, from: 2010/2012",), b=(f"{P}, as_of: 2011",)))
    assert found[1, "certain_from"] == ("2011-01-01", "seen-before", ("b.s1",))


def test_the_date_of_the_basis_stands_in_for_a_start_and_a_later_basis_ends_the_term(told: Any) -> None:
    kg = told(
        a=(f"{P}, basis: first-order", f"{P}, basis: second-order", f"{P}, as_of: 2011/2020"),
        b=(
            "kind: document, policy: first-order, date: 2010-06",
            "kind: document, policy: second-order, date: 2016-10-27",
        ),
    )
    assert dates(kg) == {
        (1, "possible_from"): ("2010-06-01", "basis-date", ("b.s1",)),
        (1, "certain_from"): ("2010-06-30", "basis-date", ("b.s1",)),
        (1, "certain_to"): ("2016-10-26", "divided", ("a.s3",)),
        (1, "possible_to"): ("2016-10-27", "next-basis-begins", ("b.s2",)),
        (2, "possible_from"): ("2016-10-27", "basis-date", ("b.s2",)),
        (2, "certain_from"): ("2016-10-27", "basis-date", ("b.s2",)),
        (2, "certain_to"): ("2020-12-31", "last-seen", ("a.s3",)),
        (2, "possible_to"): ("2024-12-31", "horizon", ()),
    }


def two_rounds(told: Callable[..., KnowledgeGraph]) -> KnowledgeGraph:
    """Return a pairing told of as running since 1996, and as of a second round since 2013."""
    return told(
        a=(
            f"{P}, from: 1996-07, as_of: 2016-08",
            f"{P}, from: 2013, basis: first-order",
            f"{P}, as_of: 1996/2013",
            f"{P}, basis: first-order, as_of: 2014",
        ),
        b=("kind: document, policy: first-order, date: 2013-02",),
    )


def test_a_start_told_of_the_first_round_is_no_reason_for_the_second(told: Any) -> None:
    found = dates(two_rounds(told))
    assert found[1, "possible_from"] == ("1996-07-01", "stated-start", ("a.s1",))
    assert found[1, "certain_to"] == ("2012-12-31", "divided", ("a.s3",))
    assert found[1, "possible_to"] == ("2013-01-01", "next-basis-begins", ("a.s2",))
    assert found[2, "possible_from"] == ("2013-01-01", "stated-start", ("a.s2",))
    assert found[2, "certain_from"] == ("2013-01-01", "seen-before", ("a.s3",))
    assert found[2, "certain_to"] == ("2016-08-31", "last-seen", ("a.s1",))


def test_what_begins_the_next_term_is_cited_and_not_a_document_of_the_same_day(told: Any) -> None:
    kg = told(
        a=(f"{P}, basis: first-order", f"{P}, basis: second-order, as_of: 2016-12"),
        b=(
            "kind: document, policy: first-order, date: 2010-06",
            "kind: document, policy: second-order, date: 2016-10-27",
            "kind: document, policy: second-order, date: 2016-12-07",
            "kind: document, policy: second-order, date: 2016-12",
        ),
    )
    assert dates(kg)[1, "possible_to"] == ("2016-12-01", "next-basis-begins", ("a.s2",))


def test_a_term_that_the_next_had_replaced_before_it_was_certain_keeps_a_day(told: Any) -> None:
    kg = told(
        a=(f"{P}, basis: first-order, as_of: 2016-12", f"{P}, basis: second-order, from: 2016-11"),
        b=(
            "kind: document, policy: first-order, date: 2016-10-27",
            "kind: document, policy: first-order, date: 2016-12-07",
        ),
    )
    found = dates(kg)
    assert found[1, "certain_from"] == ("2016-12-01", "seen-before", ("a.s1",))
    assert found[1, "certain_to"] == found[1, "possible_to"] == ("2016-12-01", "already-replaced", ("a.s2",))


def test_a_stated_end_and_a_due_date_are_told_apart(told: Any) -> None:
    ended = dates(told(a=(f"{P}, from: 2010, until: 2015",)))
    assert ended[1, "certain_to"] == ("2015-01-01", "stated-end", ("a.s1",))
    assert ended[1, "possible_to"] == ("2015-12-31", "stated-end", ("a.s1",))


def test_a_due_date_bounds_what_is_possible(told: Any) -> None:
    assert dates(told(a=(f"{P}, from: 2010, due: 2035",)))[1, "possible_to"] == ("2035-12-31", "due", ("a.s1",))


def test_a_policy_that_ends_it_is_named(told: Any) -> None:
    kg = told(
        a=(f"{P}, from: 2010",), b=(f"kind: policy-effect, policy: first-order, effect: ends, {ABOUT}, date: 2018-06",)
    )
    assert dates(kg)[1, "possible_to"] == ("2018-06-30", "policy-effect", ("b.s1",))


def test_of_two_policies_that_close_it_the_one_of_that_day_is_named(told: Any) -> None:
    kg = told(
        a=(f"{P}, from: 2010",),
        b=(
            f"kind: policy-effect, policy: first-order, effect: replaces, {ABOUT}, date: 2018",
            f"kind: policy-effect, policy: second-order, effect: ends, {ABOUT}, date: 2016",
        ),
    )
    assert dates(kg)[1, "possible_to"] == ("2016-12-31", "policy-effect", ("b.s2",))


def test_a_complete_list_that_leaves_it_out_is_named(told: Any) -> None:
    listed = "kind: pairing, programme: ew, supporter: south, recipient: north, from: 2019"
    kg = told(a=(f"{P}, as_of: 2010",), b=(listed,), judgements=["kind: list-complete, about: [b.s1]"])
    assert dates(kg)[1, "possible_to"] == ("2019-12-31", "list-complete", ("b.s1",))


def test_some_time_within_a_span_makes_no_day_certain(told: Any) -> None:
    found = dates(told(a=(f'{P}, as_of: "[2012..2020]"',)))
    assert found == {
        (1, "possible_from"): ("2012-01-01", "some-time-within", ("a.s1",)),
        (1, "possible_to"): ("2024-12-31", "horizon", ()),
    }


# the verdict


def test_the_verdict_names_the_rule_for_each_time(told: Any) -> None:
    kg = told(a=(f"{P}, from: 1996",), b=(f"{P}, as_of: 2020",))
    assert verdict(kg, "2010") == ("certain", "between")
    assert verdict(kg, "2022") == ("possible", "after-last-sighting")
    assert verdict(kg, "1990") == ("absent", "before-first")
    assert verdict(kg, "1996-03") == ("possible", "before-all-agree")


def test_the_verdict_says_both_dates_with_rule_and_statement(told: Any) -> None:
    kg = told(a=(f"{P}, from: 1996",), b=(f"{P}, as_of: 2020",))
    words = verdict_on(kg, kg.derived.pairings[SLUG], parse_as_of(2010)).words()
    assert words.en.startswith("as of 2010: certain: between 1996-12-31 (stated start; a.s1) and 2020-12-31 (last seen")
    assert words.plain["dates"][1]["statements"] == ["b.s1"]


def test_the_verdict_after_an_end_between_two_runs_and_before_a_due_date(told: Any) -> None:
    kg = told(a=(f"{P}, from: 1996, until: 2000",), b=(f"{P}, from: 2010, due: 2035",))
    assert verdict(kg, "2000-06") == ("possible", "after-first-end")
    assert verdict(kg, "2005") == ("absent", "between-terms")
    assert verdict(kg, "2030") == ("possible", "until-due")
    assert verdict(kg, "2036") == ("absent", "after-end")
    assert "2035-12-31" in verdict_on(kg, kg.derived.pairings[SLUG], parse_as_of("2036")).words().en


def test_the_verdict_on_what_is_loose_or_undated(told: Any) -> None:
    assert verdict(told(a=(f'{P}, as_of: "[2012..2020]"',)), "2015") == ("possible", "some-time-within")


def test_the_verdict_on_what_nobody_dates(told: Any) -> None:
    assert verdict(told(a=(P,)), "2015") == ("undated", "undated")


# what would remove it


def test_without_the_only_statement_it_is_gone(told: Any) -> None:
    assert removed(told(a=(f"{P}, from: 1996",))) == {("a.s1",): [{"code": "gone"}]}


def test_without_either_statement_the_status_and_the_dates_change(told: Any) -> None:
    found = removed(told(a=(f"{P}, from: 1996",), b=(f"{P}, as_of: 2020",)))
    assert found["a.s1",] == [
        {"code": "status", "as_of": "2012", "from": "certain", "to": "absent"},
        {"code": "possible_from", "from": "1996-01-01", "to": "2020-01-01"},
        {"code": "certain_from", "from": "1996-12-31", "to": "2020-01-01"},
        {"code": "start_state", "from": "stated", "to": "first-seen"},
        {"code": "years", "lost": ["1996–2019"]},
    ]
    assert found["b.s1",] == [
        {"code": "status", "as_of": "2012", "from": "certain", "to": "possible"},
        {"code": "certain_to", "from": "2020-12-31", "to": "1996-12-31"},
        {"code": "years", "lost": ["1997–2020"]},
    ]


def test_a_reprint_falls_with_its_origin(told: Any) -> None:
    kg = told(sources={"b": "reprint_of: a"}, a=(f"{P}, from: 1996",), b=(f"{P}, from: 1996",))
    assert removed(kg) == {("a.s1", "b.s1"): [{"code": "gone"}]}


def test_the_direction_may_rest_on_one_statement(told: Any) -> None:
    kg = told(a=(f"{P}, as_of: 2012",), b=("kind: pairing, programme: ew, parties: [east, west], as_of: 2012",))
    assert removed(kg) == {("a.s1",): [{"code": "direction-lost"}]}


def test_without_the_document_that_dates_its_basis_the_pairing_is_undated(told: Any) -> None:
    kg = told(a=(f"{P}, basis: first-order",), b=("kind: document, policy: first-order, date: 2010-06",))
    effects = removed(kg)["b.s1",]
    assert {"code": "undated"} in effects


def test_dates_and_states_between_the_outer_ones_count_as_a_change(told: Any) -> None:
    assert removed(two_rounds(told))["a.s2",] == [
        {"code": "certain_to", "from": "2012-12-31", "to": "2013-01-31", "term": 1},
        {"code": "possible_to", "from": "2013-01-01", "to": "2013-02-01", "term": 1},
        {"code": "possible_from", "from": "2013-01-01", "to": "2013-02-01", "term": 2},
        {"code": "certain_from", "from": "2013-01-01", "to": "2013-02-01", "term": 2},
        {"code": "start_state", "from": "stated", "to": "from-basis", "term": 2},
    ]


def test_what_a_list_closes_stays_closed_without_another_statement(told: Any) -> None:
    listed = "kind: pairing, programme: ew, supporter: south, recipient: north, from: 2019"
    complete = "kind: list-complete, about: [b.s1]"
    found = removed(told(a=(f"{P}, as_of: 2010", f"{P}, as_of: 2012"), b=(listed,), judgements=[complete]))
    assert found["a.s2",] == [
        {"code": "status", "as_of": "2012", "from": "certain", "to": "possible"},
        {"code": "certain_to", "from": "2012-12-31", "to": "2010-12-31"},
        {"code": "years", "lost": ["2011–2012"]},
    ]
    assert found["b.s1",] == [
        {"code": "possible_to", "from": "2019-12-31", "to": "2024-12-31"},
        {"code": "end_state", "from": "replaced", "to": "last-confirmed"},
    ]


def test_a_basis_a_directness_and_a_programme_may_rest_on_one_statement(told: Any) -> None:
    also = "kind: pairing, programme: action, supporter: east, recipient: west, as_of: 2012, directness: implied"
    kg = told(a=(f"{P}, as_of: 2012, basis: first-order",), b=(also,))
    assert removed(kg)["a.s1",] == [
        {"code": "basis", "from": "first-order", "to": "—"},
        {"code": "directness", "from": "stated", "to": "implied"},
        {"code": "programmes", "lost": ["ew"]},
    ]


def test_what_changes_nothing_is_counted(told: Any) -> None:
    kg = told(a=(f"{P}, as_of: 2012",), b=(f"{P}, as_of: 2012",))
    assert part(explain(kg, SLUG), "removal")["lines"] == [{"statements": 2}, {"change-nothing": 2}]


# figures, cells, disagreements


def test_a_figure_has_its_reading_its_cell_mates_and_its_chain_of_credits(told: Any) -> None:
    kg = told(
        sources={"b": "reprint_of: a", "c": "according_to: bureau"},
        a=(f"{P}, as_of: 2016", f"{AID}, as_written: 13.43亿元"),
        b=(f"{AID}, as_written: 13.43亿元",),
        c=(f"{AID}, as_written: 13亿多元", f"{AID}, as_written: 1亿元, part_of: s1"),
    )
    reading = part(explain(kg, "c.s1"), "reading")["rows"][0]
    assert (reading["literal"], reading["exact"], reading["unit"], reading["bound"]) == (
        "13亿多元",
        "1300000000",
        "元",
        "more-than",
    )
    mates = {row["statements"][0]: row["verdict"] for row in part(explain(kg, "a.s2"), "cell")["rows"]}
    assert mates == {
        "b.s1": {"compatible": True, "same_origin": True, "disputed": False},
        "c.s1": {"compatible": True, "same_origin": False, "disputed": False},
    }
    assert [row["thing"] for row in part(explain(kg, "b.s1"), "origin_chain")["rows"]] == [
        "source/b",
        "source/a",
        "source/a",
    ]
    assert part(explain(kg, "c.s1"), "origin_chain")["rows"][-1] == {
        "relation": "origin",
        "thing": "organisation/bureau",
    }
    assert part(explain(kg, "c.s2"), "chain")["rows"][0]["statements"] == ["c.s1"]
    assert part(explain(kg, "c.s1"), "chain")["rows"][0]["relation"] == "has_part"


def test_a_figure_in_a_disagreement_says_what_closes_without_it(told: Any) -> None:
    kg = told(a=(f"{P}, as_of: 2016", f"{AID}, as_written: 5亿元"), b=(f"{AID}, as_written: 9亿元",))
    (slug,) = kg.derived.disagreements
    lines = part(explain(kg, "b.s1"), "removal")["lines"]
    assert lines[0] == {"code": "disagreement-gone", "disagreement": slug}
    both = explain(kg, slug)
    assert part(both, "verdict")["lines"] == [{"settled_by": None}]
    assert [row["side"] for row in part(both, "disagreements")["rows"]] == ["5亿元", "9亿元"]
    cell = explain(kg, next(iter(kg.derived.cells)))
    assert part(cell, "verdict")["lines"][0]["compatible"] is False


def test_figures_that_differ_without_a_disagreement_are_not_called_contradictory(told: Any) -> None:
    kg = told(
        a=(f"{P}, as_of: 2016", f"{AID}, as_written: 5亿元, scope_note: 省级"),
        b=(f"{AID}, as_written: 9亿元, scope_note: 市县",),
    )
    (slug,) = kg.derived.cells
    cell = explain(kg, slug)
    assert part(cell, "verdict")["lines"][0]["disagreements"] == []
    assert "that is no disagreement" in as_text(cell.document("en"))
    assert [row["verdict"] for row in part(explain(kg, "a.s2"), "cell")["rows"]] == [
        {"compatible": False, "same_origin": False, "disputed": False}
    ]


def test_a_figure_judged_the_same_thing_as_another_can_be_left_out(told: Any) -> None:
    kg = told(
        a=(f"{P}, as_of: 2016", f"{AID}, as_written: 5亿元, scope_note: 甲"),
        b=(f"{AID}, as_written: 9亿元, scope_note: 乙",),
        c=(f"{AID}, as_written: 7亿元, scope_note: 甲",),
        judgements=["kind: same-thing, about: [a.s2, b.s1]"],
    )
    (slug,) = kg.derived.disagreements
    lines = part(explain(kg, "a.s2"), "removal")["lines"]
    assert {"code": "disagreement-gone", "disagreement": slug} not in lines  # 9 and 7 are left, both of 甲


def test_a_statement_says_which_pairings_lean_on_it(told: Any) -> None:
    kg = told(a=(f"{P}, from: 1996",), b=(f"{P}, as_of: 2020",))
    (line,) = part(explain(kg, "a.s1", as_of=parse_as_of(2012)), "removal")["lines"]
    assert (line["pairing"], line["statements_left"]) == (SLUG, 1)
    assert line["effects"][0] == {"code": "status", "as_of": "2012", "from": "certain", "to": "absent"}


# two parties


def test_every_pairing_between_two_is_explained_whichever_is_named_first(told: Any) -> None:
    kg = told(a=(f"{P}, as_of: 2012", "kind: pairing, programme: equals, parties: [west, east], as_of: 2012"))
    for asked in (("东省", "西省"), ("west", "east"), ("东省西省", None)):
        assert [one.identifier for one in explain(kg, *asked).explained] == ["equals.east.west", SLUG]


def test_where_there_is_none_the_nearest_are_named_and_called_no_evidence(told: Any) -> None:
    kg = told(
        a=(
            f"{P}, as_of: 2012",
            "kind: pairing, programme: ew, supporter: [east-city, south], recipient: [west-city, north], as_of: 2012",
        )
    )
    county = explain(kg, "东县", "西县")
    assert county.explained == ()
    plain = county.as_json()["nearest"]
    assert [row["pairing"] for row in plain["wider_between"]["rows"]] == [f"pairing/{SLUG}"]
    cities = explain(kg, "东市", "西市").as_json()["nearest"]
    assert [row["scope"] for row in cities["scopes"]["rows"]] == ["scope/ew.east-city+south.north+west-city"]
    assert "no evidence of a pairing" in as_text(county.document("en"))
    nothing = as_text(explain(kg, "南省", "迁县").document("en"))
    assert "That does not show that they are not." in nothing


def test_pairings_of_what_lies_inside_are_near(told: Any) -> None:
    kg = told(a=("kind: pairing, programme: ew, supporter: east-city, recipient: west-city, as_of: 2012",))
    plain = explain(kg, "东省", "西省").as_json()["nearest"]
    assert [row["pairing"] for row in plain["narrower_between"]["rows"]] == ["pairing/ew.east-city.west-city"]
    assert [row["programme"] for row in plain.get("programmes", {}).get("rows", [])] == []


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("东省",), "give a second party"),
        (("东省", "东省"), "are the same"),
        (("没有",), "nothing is called"),
        (("东省", "ew.east.west"), "is no place or organisation but"),
    ],
)
def test_what_cannot_be_explained_says_what_to_do(told: Any, asked: tuple[str, ...], message: str) -> None:
    with pytest.raises(BadParameter, match=message):
        explain(told(a=(f"{P}, as_of: 2012",)), *asked)


# the shipped facts


def test_every_rule_and_every_verdict_has_words() -> None:
    assert all(zh and en for zh, en in (*RULES.values(), *TEMPLATES.values()))


@pytest.fixture(scope="module")
def every_reason(real: KnowledgeGraph) -> dict[str, tuple[Reason, ...]]:
    return {slug: reasons_of(real, pairing) for slug, pairing in real.derived.pairings.items()}


def test_every_date_of_every_term_is_explained_by_a_statement_or_the_horizon(
    real: KnowledgeGraph, every_reason: dict[str, tuple[Reason, ...]]
) -> None:
    for pairing in real.derived.pairings.values():
        reasons = every_reason[pairing.slug]
        assert {(r.term, r.which) for r in reasons} == {
            (term.number, which) for term in pairing.terms for which in FOUR if getattr(term, which) is not None
        }
        for reason in reasons:
            assert reason.rule == "horizon" or reason.statements, (pairing.slug, reason)
            assert all(key in real.corpus.statements for key in reason.statements)


def told_times(statement: Any) -> dict[str, tuple[date, date]]:
    """Return every time a statement tells, as first and last day."""
    found = {name: getattr(statement, name, None) for name in ("since", "until", "due", "as_of", "date")}
    return {name: (when.earliest, when.latest) for name, when in found.items() if when}


SEES = ("first-seen", "last-seen", "seen-after-end", "some-time-within")
TELLING = {"starts": "since", "start": "since", "ends": "until", "end": "until", "dates": "date", "date": "date"}


def is_told(reason: Reason, statement: Any) -> bool:
    """Return whether a statement tells the day that a reason has from it."""
    times = told_times(statement)
    if reason.rule in ("seen-before", "divided"):
        return times["as_of"][0] <= reason.day <= times["as_of"][1]
    fields = {"policy-effect": "date", "due": "due", "known-from-its-end": "until", **dict.fromkeys(SEES, "as_of")}
    field = fields.get(reason.rule) or TELLING[reason.rule.rsplit("-", 1)[-1]]
    first = reason.rule in ("first-seen", "some-time-within", "known-from-its-end")
    end = 0 if first or (reason.which in ("possible_from", "certain_to") and reason.rule != "last-seen") else 1
    return times[field][end] == reason.day


def test_every_statement_that_gives_a_date_tells_that_day(
    real: KnowledgeGraph, every_reason: dict[str, tuple[Reason, ...]]
) -> None:
    of_next_term = ("next-basis-begins", "already-replaced", "start-confirms", "list-complete")
    for slug, reasons in every_reason.items():
        for reason in reasons:
            if reason.rule not in of_next_term:
                told = [is_told(reason, real.corpus.statements[key]) for key in reason.statements]
                assert all(told), (slug, reason)


@pytest.mark.parametrize(
    "slug",
    [
        "east-west.shandong-qingdao.guizhou-anshun",
        "east-west.fujian-xiamen.gansu-linxia",
        "danjiangkou.beijing-changping.henan-luanchuan",
        "wenchuan-reconstruction.beijing.sichuan-shifang",
        "east-west.guangdong-maoming.guangxi-nanning",
    ],
)
def test_what_would_change_it_is_what_really_withdrawing_the_statements_does(real: KnowledgeGraph, slug: str) -> None:
    before = real.derived.pairings[slug]
    for removal in removals_of(real, before, parse_as_of(2018)):
        statements = {
            key: s.model_copy(update={"withdrawn": "测试"}) if key in removal.statements else s
            for key, s in real.corpus.statements.items()
        }
        found = find_pairings(replace(real.corpus, statements=statements)).values()
        parties = set(before.parties)
        (after,) = [p for p in found if p.programme == before.programme and set(p.parties) == parties] or [None]
        codes = {effect.plain["code"] for effect in removal.effects}
        assert (after is None) == (codes == {"gone"})
        if after is not None:
            assert (shape(after) == shape(before)) == (not codes), removal.statements


def shape(pairing: Pairing) -> Any:
    """Return what a reader is told of a pairing, its evidence left out."""
    terms = [replace(term, evidence=()) for term in pairing.terms]
    return terms, pairing.parties, pairing.directed, pairing.directness, pairing.programmes, pairing.in_force_in


def test_beijing_and_inner_mongolia_are_explained_with_sources_in_both_languages(real: KnowledgeGraph) -> None:
    found = explain(real, "北京", "内蒙古", parse_as_of(2018))
    # the surest of 2018 first: the other is only possible then
    assert [one.identifier for one in found.explained] == [
        "east-west.beijing.inner-mongolia",
        "border-minority-support.beijing.inner-mongolia",
    ]
    plain = found.as_json()
    line = plain["explained"][0]["parts"]["verdict"]["lines"][0]
    assert (line["status"], line["rule"]) == ("certain", "between")
    assert set(real.derived.pairings["east-west.beijing.inner-mongolia"].evidence) <= set(plain["statements"])
    json.dumps(plain, ensure_ascii=False)
    for lang in ("zh", "en"):
        text = as_text(found.document(lang))
        assert all(key in text for key in plain["statements"])


def test_a_name_of_a_pairing_means_that_pairing_and_not_all_of_its_two_parties(real: KnowledgeGraph) -> None:
    found = explain(real, "京蒙")
    assert (found.parties, [one.identifier for one in found.explained]) == ((), ["east-west.beijing.inner-mongolia"])


@pytest.mark.parametrize("name", ["京藏", "京—藏", "北京和西藏"])
def test_beijing_and_tibet_are_not_paired_and_lhasa_is_near(real: KnowledgeGraph, name: str) -> None:
    found = explain(real, name)
    assert found.explained == ()
    nearest = found.as_json()["nearest"]["narrower_between"]["rows"]
    assert "pairing/tibet-support.beijing.tibet-lasa" in [row["pairing"] for row in nearest]


@pytest.mark.parametrize(
    "name",
    [
        "https://w3id.org/cooperation-kg/id/pairing/east-west.fujian.ningxia",
        "pairing:east-west.fujian.ningxia",
        "term/east-west.fujian.ningxia.1",
        "mn30.s001",
    ],
)
def test_an_iri_a_prefixed_name_a_term_and_a_statement_are_explained(real: KnowledgeGraph, name: str) -> None:
    assert len(explain(real, name).explained) == 1
