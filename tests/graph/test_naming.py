"""What are things called, and what does a statement say in one line?"""

from __future__ import annotations

import pytest
from tiny_world import BuildWorld

from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.summaries import summarise

P = "kind: pairing, programme: ew, supporter: east, recipient: west"


def lines_of(kg: KnowledgeGraph, key: str) -> tuple[str, str]:
    namer = Namer(kg.corpus, kg.derived.pairings)
    zh, en = (summarise(kg.corpus.statements[key], namer, lang) for lang in ("zh", "en"))
    return zh, en


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_statement_has_a_line(mini: KnowledgeGraph, language: str) -> None:
    namer = Namer(mini.corpus, mini.derived.pairings)
    said = {s.kind: summarise(s, namer, language) for s in mini.corpus.statements.values()}
    assert set(said) == set(STATEMENT_KINDS)
    assert all(line.strip() and "None" not in line for line in said.values())


def test_a_directed_pairing_has_an_arrow_and_an_undirected_one_a_dash(world: BuildWorld) -> None:
    kg = world(a=[P, "kind: pairing, programme: equals, parties: [west, east]"])
    namer = Namer(kg.corpus, kg.derived.pairings)
    directed, undirected = kg.derived.pairings["ew.east.west"], kg.derived.pairings["equals.east.west"]
    assert (namer.sides(directed, "zh"), namer.sides(directed, "en")) == ("东省 → 西省", "East → West")
    assert (namer.sides(undirected, "zh"), namer.sides(undirected, "en")) == ("东省 — 西省", "East — West")


def test_a_pairing_is_called_by_its_name_where_it_has_one(world: BuildWorld) -> None:
    register = "- {id: dong-xi, name: {zh: 东西, en: East–West}, programme: ew, places: [west, east]}\n"
    kg = world(pairings=register, a=[P])
    namer = Namer(kg.corpus, kg.derived.pairings)
    assert namer.pairing(kg.derived.pairings["ew.east.west"], "en") == "East–West"


def test_a_thing_without_an_english_name_is_called_by_its_chinese_one(world: BuildWorld) -> None:
    kg = world(a=[P])
    assert Namer(kg.corpus).thing("place", "west-city", "en") == "西市"


def test_the_times_of_a_pairing_are_told_in_words(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, from: 1996-05, until: 2010"])
    assert lines_of(kg, "a.s1") == (
        "东西协作：东省 → 西省（自1996年5月，至2010年）",
        "East–west: East → West (from May 1996, until 2010)",
    )


def test_a_figure_is_told_with_the_literal_as_printed(world: BuildWorld) -> None:
    figure = "kind: figure, about: ew, measure: fiscal-aid, as_written: 7.740亿元, during: 1996/2011, nature: flow"
    zh, en = lines_of(world(a=[figure]), "a.s1")
    assert "7.740亿元" in zh
    assert "7.740亿元" in en
    assert zh.endswith("（1996年至2011年）")
    assert en.endswith("(1996–2011)")


def test_a_scope_names_its_sides_and_says_all_for_an_open_one(world: BuildWorld) -> None:
    practice = "kind: practice, about: {programme: ew, supporter: [east, south]}, field: labour, text: 用工"
    zh, en = lines_of(world(a=[practice]), "a.s1")
    assert zh.startswith("东西协作：东省、南省 → 各方")
    assert en.startswith("East–west: East, South → all")
