"""One as-of switch: command, plain SPARQL, drawn page and GraphML hold the same pairings, in every year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from opened import Opened

import cooperation_kg as ckg
from cooperation_kg.cli import query as query_command
from cooperation_kg.cli.app import app
from cooperation_kg.graph.asof import pairings_as_of, parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.shapes import check_shapes
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.render.exports import export

YEARS = range(1979, 2027)
# where one year costs a second: the ends, and the years in which the orders of the centre took effect, and those after
SPREAD = (1979, 1980, 1994, 1996, 1997, 2008, 2010, 2016, 2017, 2021, 2022, 2026)
Statuses = dict[str, str]

# what a newcomer writes: no named question, no view
PLAIN = """
SELECT ?pairing ?status WHERE {
  { ?pairing coop:inForceIn ?year BIND("certain" AS ?status) }
  UNION { ?pairing coop:possiblyIn ?year BIND("possible" AS ?status) }
  UNION { ?pairing coop:undated true BIND("undated" AS ?status) }
}"""


@pytest.fixture(scope="module")
def expected(real: KnowledgeGraph) -> dict[int, Statuses]:
    """Year → slug → status, straight from the four dates of the terms."""
    return {year: statuses_by_hand(real, date(year, 1, 1), date(year, 12, 31)) for year in YEARS}


def statuses_by_hand(kg: KnowledgeGraph, first: date, last: date) -> Statuses:
    """The written algorithm of docs/time.md once more, in other words than the code's."""
    found: Statuses = {}
    for slug, pairing in kg.derived.pairings.items():
        certain = [t for t in pairing.terms if t.certain_from and max(t.certain_from, first) <= min(t.certain_to, last)]
        possible = [t for t in pairing.terms if max(t.possible_from, first) <= min(t.possible_to, last)]
        if certain or possible or not pairing.terms:
            found[slug] = "certain" if certain else "possible" if possible else "undated"
    return found


def slug_of(iri: object) -> str:
    return str(iri).rsplit("/", 1)[1]


def test_the_written_algorithm_gives_what_the_one_implementation_gives(
    real: KnowledgeGraph, expected: dict[int, Statuses]
) -> None:
    for year in YEARS:
        assert pairings_as_of(real.derived.pairings, parse_as_of(year)) == expected[year], year


def test_plain_sparql_gives_the_same_in_every_year(real: KnowledgeGraph, expected: dict[int, Statuses]) -> None:
    for year in YEARS:
        table = ckg.run_query(real, PLAIN, as_of=year)
        assert {slug_of(row["pairing"]): row["status"] for row in table} == expected[year], year


def test_the_command_gives_the_same(
    real: KnowledgeGraph,
    expected: dict[int, Statuses],
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    # the facts are read once; all else is the command as it is run
    monkeypatch.setattr(query_command, "load_graph", lambda *_: real)
    for year in SPREAD:
        app(["query", "pairings", "--as-of", str(year), "-f", "csv"], standalone_mode=False)
        rows = csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode()))
        assert {slug_of(row["pairing"]): row["status"] for row in rows} == expected[year], year


def test_graphml_gives_the_same(real: KnowledgeGraph, expected: dict[int, Statuses]) -> None:
    for year in SPREAD:
        network = nx.read_graphml(io.BytesIO(export(real, "graphml", as_of=parse_as_of(year))), force_multigraph=True)
        assert network.graph["as_of"] == str(year)
        edges = network.edges(keys=True, data="status")
        assert {key: status for _, _, key, status in edges} == expected[year], year


@pytest.fixture(scope="module")
def page(browser: Any, real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("as-of")
    made = ckg.render_page(ckg.build_network(real, parse_as_of("2018-04")))
    (folder / "network.html").write_bytes(made.encode())
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    yield Opened(context.new_page()).go(folder / "network.html", "#l=none")
    context.close()


# the marks that the reader sees: a pairing that is only possible is thinner and dashed otherwise than a certain one
@pytest.mark.browser
def test_the_drawn_page_gives_the_same(page: Opened, expected: dict[int, Statuses]) -> None:
    for year in SPREAD:
        page.set_year(year)
        assert page.drawn() == set(expected[year]), year
        for status in ("certain", "possible", "undated"):
            page.page.evaluate(HIDE_ALL_BUT, status)
            wanted = {slug for slug, own in expected[year].items() if own == status}
            assert page.drawn() == wanted, (year, status)
        page.page.evaluate(HIDE_ALL_BUT, None)


HIDE_ALL_BUT = (
    "(status) => CKG.change({hiddenLayers: new Set(status === null ? [] :"
    " ['certain', 'possible', 'undated'].filter((s) => s !== status))})"
)


@pytest.mark.browser
def test_a_page_made_for_a_month_opens_with_the_pairings_of_that_month(page: Opened, real: KnowledgeGraph) -> None:
    address = page.page.url.partition("#")[0]
    page.page.goto("about:blank")
    page.page.goto(f"{address}#l=none")
    page.page.wait_for_selector("html[data-ready=true]")
    assert page.drawn() == set(statuses_by_hand(real, date(2018, 4, 1), date(2018, 4, 30)))
    assert page.page.inner_text("#big-year") == "2018年4月"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2018-04", date(2018, 4, 1), date(2018, 4, 30)),
        ("2010-03-29", date(2010, 3, 29), date(2010, 3, 29)),
        ("2016/2020", date(2016, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_month_a_day_and_an_interval_are_asked_alike_of_command_and_exports(
    real: KnowledgeGraph, asked: str, first: date, last: date
) -> None:
    wanted = statuses_by_hand(real, first, last)
    table = ckg.run_query(real, "pairings", as_of=asked)
    assert {slug_of(row["pairing"]): row["status"] for row in table} == wanted
    view = as_of_view(real, parse_as_of(asked))
    said = "SELECT ?pairing ?status { ?pairing coop:statusAsOf/skos:notation ?status }"
    assert {slug_of(row["pairing"]): row["status"] for row in ckg.run_query(view, said)} == wanted


def test_a_graph_as_of_a_time_keeps_the_shapes_and_says_its_time(real: KnowledgeGraph) -> None:
    view = as_of_view(real, parse_as_of(2018))
    assert check_shapes(view) == []
    assert export(real, "turtle", as_of=parse_as_of(2018)).startswith("# as of 2018 · 截至2018年\n".encode())
    (row,) = ckg.run_query(view, "SELECT ?time { ?dataset coop:selectedAsOf ?time }")
    assert row["time"] == "2018"


def test_nothing_dangles_in_a_graph_as_of_a_time(real: KnowledgeGraph) -> None:
    view = as_of_view(real, parse_as_of("2012", ["certain"]))
    told = {quad.subject for quad in view.quads}
    ours = view.iris.base + "id/"
    dangling = {
        quad.object.value
        for quad in view.quads
        if getattr(quad.object, "value", "").startswith(ours) and quad.object not in told
    }
    assert dangling == set()


def test_a_part_is_never_kept_without_its_whole(real: KnowledgeGraph) -> None:
    for asked in ("2009", "2018"):
        kept = as_of_view(real, parse_as_of(asked)).corpus.statements
        parts = {key: s for key, s in kept.items() if getattr(s, "part_of", None)}
        assert parts
        assert all(f"{s.source}.{s.part_of}" in kept for s in parts.values())


def test_a_file_as_of_a_time_is_named_after_it(
    real: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from cooperation_kg.cli import export as export_command

    monkeypatch.setattr(export_command, "load_graph", lambda *_: real)
    app(["export", "graphml", "--as-of", "1996", "--status", "certain", "-o", f"{tmp_path}/"], standalone_mode=False)
    assert [path.name for path in tmp_path.iterdir()] == ["network.as-of-1996-certain.graphml"]


def test_an_answer_as_of_a_time_is_named_after_it_in_a_folder(
    real: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(query_command, "load_graph", lambda *_: real)
    app(["query", "pairings", "--as-of", "2016/2020", "-f", "csv", "-o", f"{tmp_path}/"], standalone_mode=False)
    assert [path.name for path in tmp_path.iterdir()] == ["pairings.as-of-2016_2020.csv"]
