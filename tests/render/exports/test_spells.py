"""When is a pairing in force, as days that a timeline can show?"""

from __future__ import annotations

from datetime import date

from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.render.exports.spells import Span, certain_spells, spells

Day = tuple[int, int, int]


def term(possible: tuple[Day, Day], certain: tuple[Day, Day] | None) -> Term:
    days = [date(*day) for day in certain] if certain else [None, None]
    return Term(1, None, date(*possible[0]), days[0], days[1], date(*possible[1]), "stated", "ended", None, ("s.s1",))


def pairing(*terms: Term) -> Pairing:
    rest = {"name": None, "directness": "direct", "in_force_in": (), "possibly_in": (), "implements": None}
    return Pairing("p.a.b", "p", ("p",), ("a", "b"), "a", "b", terms=terms, origins=(), evidence=("s.s1",), **rest)  # type: ignore[arg-type]


def span(first: Day, last: Day) -> Span:
    return Span(date(*first), date(*last))


# "from 1996", "until 2016": between the first and the last day of 1996 it may not have begun
YEARS = term(((1996, 1, 1), (2016, 12, 31)), ((1996, 12, 31), (2016, 1, 1)))


def test_a_spell_reaches_over_what_is_possible() -> None:
    assert spells(pairing(YEARS)) == (span((1996, 1, 1), (2016, 12, 31)),)


def test_the_certain_spell_leaves_out_the_years_of_its_partial_dates() -> None:
    assert certain_spells(pairing(YEARS)) == (span((1996, 12, 31), (2016, 1, 1)),)


def test_terms_that_overlap_are_one_spell() -> None:
    later = term(((2016, 1, 1), (2021, 12, 31)), ((2016, 1, 1), (2021, 12, 31)))
    assert spells(pairing(YEARS, later)) == (span((1996, 1, 1), (2021, 12, 31)),)
    assert certain_spells(pairing(YEARS, later)) == (span((1996, 12, 31), (2021, 12, 31)),)


def test_a_term_that_ends_the_day_before_the_next_is_one_spell_with_it() -> None:
    early = term(((1992, 1, 1), (1994, 12, 31)), ((1992, 1, 1), (1994, 12, 31)))
    late = term(((1995, 1, 1), (1996, 12, 31)), ((1995, 1, 1), (1996, 12, 31)))
    assert spells(pairing(late, early)) == (span((1992, 1, 1), (1996, 12, 31)),)


def test_a_term_within_another_does_not_shorten_it() -> None:
    inner = term(((2000, 1, 1), (2001, 12, 31)), None)
    assert spells(pairing(YEARS, inner)) == (span((1996, 1, 1), (2016, 12, 31)),)


def test_terms_apart_are_spells_apart() -> None:
    early = term(((1992, 1, 1), (1994, 12, 31)), ((1992, 1, 1), (1994, 12, 31)))
    late = term(((1996, 1, 1), (1996, 12, 31)), ((1996, 1, 1), (1996, 12, 31)))
    assert spells(pairing(late, early)) == (
        span((1992, 1, 1), (1994, 12, 31)),
        span((1996, 1, 1), (1996, 12, 31)),
    )


def test_a_term_that_is_certain_on_no_day_is_possible_throughout() -> None:
    within = pairing(term(((2012, 1, 1), (2020, 12, 31)), None))
    assert certain_spells(within) == ()
    assert spells(within) == (span((2012, 1, 1), (2020, 12, 31)),)


def test_an_undated_pairing_has_no_spell() -> None:
    assert spells(pairing()) == ()
