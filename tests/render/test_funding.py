"""A line is as wide as one amount that is stated, or as a sum that may be made; never as a part, never as a choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.funding import amounts_by_pairing

Amounts = Callable[..., dict[str, Any]]
PAIR = "kind: pairing, programme: ew, supporter: east, recipient: west, as_of: 2018"


def aid(literal: str, during: str, more: str = "") -> str:
    """Return a figure of the pairing of east and west."""
    about = "about: {programme: ew, supporter: east, recipient: west}"
    return f"kind: figure, {about}, measure: fiscal-aid, as_written: {literal}, during: {during}, nature: flow{more}"


@pytest.fixture
def amounts(tmp_path: Path) -> Amounts:
    """Return a function that gives the fiscal aid of ew.east.west by year: one keyword a source."""

    def found(**statements: tuple[str, ...]) -> dict[str, Any]:
        write_world(tmp_path / "data", {}, (), "", "2024", statements)
        kg = build_graph(load_corpus(tmp_path / "data"))
        index = {key: place for place, key in enumerate(kg.corpus.statements)}
        return amounts_by_pairing(kg, index).get("ew.east.west", {}).get("fiscal-aid", {})

    return found


def test_the_amount_of_a_year_and_the_sum_of_years_apart(amounts: Amounts) -> None:
    told = amounts(one=(PAIR, aid("1亿元", "2017"), aid("2.5亿元", "2018")))
    assert (told["2017"]["value"], told["2018"]["text_zh"], told["2018"]["statements"]) == (1e8, "2.5亿元", [2])
    assert (told["all"]["value"], told["all"]["summed"]) == (3.5e8, True)
    assert "2016" not in told


def test_two_amounts_of_one_year_leave_none_to_draw(amounts: Amounts) -> None:
    told = amounts(one=(PAIR, aid("1亿元", "2018")), two=(aid("3亿元", "2018"),))
    assert told["2018"] == told["all"] == {"several": True, "statements": [1, 2]}


def test_an_amount_of_several_years_belongs_to_no_single_one(amounts: Amounts) -> None:
    told = amounts(one=(PAIR, aid("10亿元", "2016/2020")))
    assert set(told) == {"all"}
    assert told["all"]["value"] == 1e9


def test_spans_that_overlap_are_not_added(amounts: Amounts) -> None:
    told = amounts(one=(PAIR, aid("10亿元", "2016/2020"), aid("3亿元", "2018")))
    assert told["all"]["several"] is True
    assert told["2018"]["value"] == 3e8


def test_what_is_paid_for_one_place_is_not_the_amount_of_the_pairing(amounts: Amounts) -> None:
    assert amounts(one=(PAIR, aid("1亿元", "2018", ", place: west-city"))) == {}


def test_an_amount_of_each_year_is_the_whole_of_no_span(amounts: Amounts) -> None:
    told = amounts(one=(PAIR, aid("1亿元", "2016/2017").replace("nature: flow", "nature: each-year")))
    assert {year: amount["value"] for year, amount in told.items()} == {"2016": 1e8, "2017": 1e8}
