"""The shipped facts: what the documents say, written here from the documents and not from the files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import cooperation_kg as ckg
from cooperation_kg.curate.corpus import Corpus, read_corpus
from cooperation_kg.curate.rules import check
from cooperation_kg.curate.statements import STATEMENT_KINDS, FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph

PAPERS = ("jing-ji-industry", "jingyan-history", "poverty-belt", "think-tank-roundtable-47", "w-county")


@pytest.fixture
def corpus(shipped_corpus: Corpus) -> Corpus:
    return shipped_corpus


@pytest.fixture(scope="module")
def papers(shipped_corpus: Corpus) -> KnowledgeGraph:
    """The graph of the five papers alone."""
    own = {key: statement for key, statement in shipped_corpus.statements.items() if statement.source in PAPERS}
    return ckg.build_graph(replace(shipped_corpus, statements=own))


@pytest.fixture
def kg(real: KnowledgeGraph) -> KnowledgeGraph:
    return real


def test_the_shipped_facts_have_no_error() -> None:
    corpus, issues = read_corpus()
    assert corpus is not None
    assert [str(issue) for issue in [*issues, *check(corpus)] if issue.severity == "error"] == []


# county pairs above which no source pairs the provinces or prefectures in the same programme
WITHOUT_WIDER_PAIR = {"bj-1992": 8, "cgq": 1, "jdxc-2021": 1, "xskd-2021": 1}


def test_the_only_warnings_are_county_pairs_whose_provinces_no_source_pairs(corpus: Corpus) -> None:
    warned = Counter((issue.code, Path(issue.file).stem) for issue in check(corpus))
    assert warned == {("W401", source): count for source, count in WITHOUT_WIDER_PAIR.items()}


def test_the_five_papers_are_read_whole(corpus: Corpus) -> None:
    assert {corpus.sources[paper].read for paper in PAPERS} == {"whole"}


def test_every_kind_of_statement_occurs(corpus: Corpus) -> None:
    assert {statement.kind for statement in corpus.statements.values()} == set(STATEMENT_KINDS)


# (measure, literal as printed, value, unit, period or "")
PRINTED_FIGURES = [
    ("grant-aid", "78.6亿元", "7860000000", "元", "1996/2011"),
    ("labour-exported", "265万人次", "2650000", "人次", "1996/2011"),
    ("counties-delisted", "93个", "93", "个", "2012/2020"),
    ("villages-delisted", "9747个", "9747", "个", "2012/2020"),
    ("people-lifted", "500多万", "5000000", "人", "2012/2020"),
    ("fiscal-and-social-aid", "1005.4亿元", "100540000000", "元", ""),
    ("enterprises-guided", "2193家", "2193", "家", "2021"),
    ("consumption-sales", "813亿元", "81300000000", "元", "2021"),
    ("demonstration-villages", "917个", "917", "个", "2021"),
    ("growth-rate", "12%", "12", "%", "2021"),
    ("fiscal-aid", "220亿元", "22000000000", "元", "2022-01/2022-06"),
    ("officials-exchanged", "2448人", "2448", "人", "2022-01/2022-06"),
    ("professionals-exchanged", "8520人", "8520", "人", "2022-01/2022-06"),
    ("investment-arrived", "342.3亿元", "34230000000", "元", "2022-01/2022-06"),
    ("gdp", "51.2亿元", "5120000000", "元", "2020-12-31"),
    ("paired-schools", "468所", "468", "所", ""),
    ("paired-hospitals", "313家", "313", "家", ""),
    ("paired-schools", "356所", "356", "所", ""),
    ("paired-hospitals", "269家", "269", "家", ""),
]


@pytest.mark.parametrize(("measure", "literal", "value", "unit", "period"), PRINTED_FIGURES)
def test_a_printed_figure_is_there_with_its_value_unit_and_period(
    corpus: Corpus, measure: str, literal: str, value: str, unit: str, period: str
) -> None:
    found = [
        figure
        for figure in corpus.statements.values()
        if isinstance(figure, FigureStatement) and figure.measure == measure and figure.literal == literal
        if figure.source in PAPERS
    ]
    assert [(f.quantity.value, f.quantity.unit, f.period.text if f.period else "") for f in found] == [
        (Decimal(value), unit, period)
    ]


NAMED_PAIRINGS = ["京蒙", "京堰", "闽宁", "京冀", "沪滇", "粤桂", "川浙", "津陕", "苏陕", "京豫", "京鄂"]


@pytest.mark.parametrize("name", NAMED_PAIRINGS)
def test_a_pairing_named_in_the_documents_is_in_the_graph_with_a_source(kg: KnowledgeGraph, name: str) -> None:
    table = ckg.run_query(
        kg,
        f'SELECT DISTINCT ?source WHERE {{ ?pairing coop:name "{name}" ; a coop:Pairing ; coop:evidence ?statement . '
        "?statement prov:wasDerivedFrom ?source }",
    )
    assert len(table) >= 1


@pytest.mark.parametrize("name", ["津陕", "京豫", "苏陕"])
def test_a_pairing_given_by_name_only_has_neither_direction_nor_years(papers: KnowledgeGraph, name: str) -> None:
    pairing = next(p for p in papers.derived.pairings.values() if p.name and p.name.zh == name)
    assert (pairing.directness, pairing.directed, pairing.undated) == ("name-only", False, True)


def test_guangdong_supports_the_four_provinces_the_round_table_names(papers: KnowledgeGraph) -> None:
    supported = {p.recipient for p in papers.derived.pairings.values() if p.supporter == "guangdong"}
    assert supported == {"guangxi", "sichuan", "guizhou", "yunnan"}


def test_the_beijing_shiyan_pairing_begins_with_the_reply_of_may_2013(kg: KnowledgeGraph) -> None:
    term = kg.derived.pairings["danjiangkou.beijing.hubei-shiyan"].terms[0]
    assert (term.possible_from.isoformat(), term.start_state) == ("2013-05-01", "stated")


def test_the_anonymous_county_pair_implements_the_beijing_inner_mongolia_pairing(kg: KnowledgeGraph) -> None:
    pairing = next(p for p in kg.derived.pairings.values() if p.recipient == "w-county.w-county")
    assert (pairing.supporter, pairing.implements) == ("w-county.m-district", "east-west.beijing.inner-mongolia")


def test_anonymous_places_have_neither_code_nor_seat(kg: KnowledgeGraph) -> None:
    table = ckg.run_query(
        kg, "SELECT ?place WHERE { ?place a coop:AnonymousPlace . { ?place coop:code ?x } UNION { ?place geo:lat ?x } }"
    )
    assert len(table) == 0


def test_two_papers_name_different_foundations_of_east_west_cooperation(papers: KnowledgeGraph) -> None:
    disagreement = papers.derived.disagreements["basis~programme~east-west"]
    assert {shown for shown, _ in disagreement.sides} == {
        "1996-central-poverty-conference",
        "1996-cooperation-report",
    }
