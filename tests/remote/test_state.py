"""What a server is told of each graph that is pushed, and what the next push makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.errors import RemoteError
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.remote.asking import ask_server
from cooperation_kg.remote.contents import as_kept, held_by, lines_of
from cooperation_kg.remote.pushing import push
from cooperation_kg.remote.records import DIGEST, data_of
from cooperation_kg.remote.server import Server
from cooperation_kg.remote.state import State

World = Callable[[str], KnowledgeGraph]
PUSHED = "<https://example.org/tiny/graph/pushed>"
ONE, TWO = (f"<https://example.org/tiny/graph/source/{name}>" for name in ("one", "two"))
BLANK = b"<http://example.org/s> <http://example.org/p> _:somebody .\n"
MINI = str(Path(__file__).parent.parent / "data" / "mini")


@pytest.fixture
def cleared(server: Server) -> Server:
    """Each of the real servers, with nothing of the tiny world."""
    for (graph,) in list(server.terms("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")):
        if graph.value.startswith("https://example.org/tiny/"):
            server.delete(str(graph))
    return server


def without_one(kg: KnowledgeGraph) -> KnowledgeGraph:
    """Return the graph after the first source was dropped from the data."""
    for path in kg.corpus.folder.glob("*/one.yaml"):
        path.unlink()
    return build_graph(load_corpus(kg.corpus.folder))


class Breaking(Server):
    """Breaks off as soon as the graph of the first source holds something, or nothing."""

    something = True

    def _response(self, method: str, url: str, *arguments: Any, **more: Any) -> Any:
        got = super()._response(method, url, *arguments, **more)
        if url != self.at.query and bool(held_by(Server(self.at), ONE)) == self.something:
            raise InterruptedError
        return got


# graphs that were begun


def test_a_graph_that_was_begun_and_then_dropped_from_the_data_is_taken_away(way: Server, world: World) -> None:
    kg = world("5")
    with pytest.raises(InterruptedError):
        push(kg, Breaking(way.at))
    assert held_by(way, ONE) != set()
    push(without_one(kg), way)
    assert held_by(way, ONE) == set()
    assert not any(line.startswith(ONE) for line in held_by(way, PUSHED))


def test_a_graph_that_was_taken_away_by_a_push_that_was_killed_can_come_back(way: Server, world: World) -> None:
    before = world("5")
    lines = set(lines_of(before.facts)[ONE])
    push(before, way)
    texts = {path: path.read_bytes() for path in before.corpus.folder.glob("*/one.yaml")}
    after = without_one(before)
    breaking = Breaking(way.at)
    breaking.something = False
    with pytest.raises(InterruptedError):
        push(after, breaking)
    for path, text in texts.items():
        path.write_bytes(text)
    push(world("5"), way)
    assert held_by(way, ONE) == lines


def test_nothing_is_begun_after_a_push(way: Server, world: World) -> None:
    push(world("5"), way)
    assert State(way, PUSHED).begun == ()


class Keeping(Server):
    """Keeps what it is to take away, and says that it did."""

    def update(self, sparql: str) -> None:
        if not ("DELETE DATA" in sparql and ONE in sparql):
            super().update(sparql)


def test_a_graph_that_did_not_go_is_taken_away_by_the_next_push(own: Server, world: World) -> None:
    kg = world("5")
    push(kg, own)
    after = without_one(kg)
    with pytest.raises(RemoteError, match="holds something else"):
        push(after, Keeping(own.at))
    push(after, own)
    assert held_by(own, ONE) == set()


# two pushes at once


def test_of_two_that_enter_a_digest_one_digest_is_left(cleared: Server) -> None:
    first, second = State(cleared, PUSHED), State(cleared, PUSHED)
    for state, digest in ((first, "a"), (second, "b"), (first, "c")):
        state.enter(ONE, digest, 7)
    assert State(cleared, PUSHED).digests == {ONE: "c"}
    assert len(held_by(cleared, PUSHED)) == 2


def test_two_digests_of_a_graph_are_not_believed(cleared: Server, world: World) -> None:
    kg = world("5")
    push(kg, cleared)
    cleared.update(f'INSERT DATA {{ GRAPH {PUSHED} {{ {TWO} {DIGEST} "0" }} }}')
    assert TWO in push(kg, cleared).graphs
    assert State(cleared, PUSHED).digests.keys() == {*lines_of(kg.facts), kg.iris.graph_term("records")}


def test_records_with_two_digests_are_not_whole(own: Server, world: World) -> None:
    kg = world("5")
    push(kg, own)
    own.update(f'INSERT DATA {{ GRAPH {PUSHED} {{ {kg.iris.graph_term("records")} {DIGEST} "0" }} }}')
    with pytest.raises(RemoteError, match="not whole"), data_of(own):
        pass


@pytest.mark.parametrize("told", ['"many"', "-1", "<http://example.org/many>", '"5"@zh'])
def test_a_size_that_is_no_number_stops_no_push(own: Server, world: World, told: str) -> None:
    kg = world("5")
    push(kg, own)
    own.update(f"INSERT DATA {{ GRAPH {PUSHED} {{ {TWO} <http://rdfs.org/ns/void#triples> {told} }} }}")
    assert push(kg, own).graphs == ()


# blank nodes of somebody else


def test_a_graph_with_a_blank_node_of_somebody_else_is_sent_anew(cleared: Server, world: World) -> None:
    kg = world("5")
    push(kg, cleared)
    cleared.post(ONE, BLANK)
    with pytest.raises(RemoteError, match="holds something else"):
        push(kg, cleared)
    assert push(kg, cleared).anew == (ONE,)
    assert held_by(cleared, ONE) == as_kept(lines_of(kg.facts)[ONE], cleared)


def test_a_graph_with_a_blank_node_of_somebody_else_is_mended_by_each_way(
    way: Server, own: Server, world: World
) -> None:
    kg = world("5")
    push(kg, way)
    own.post(ONE, BLANK)
    own.post(ONE, b"_:somebody <http://example.org/p> <http://example.org/o> .\n")
    assert push(kg, way, replace=True).anew == (ONE,)
    assert held_by(own, ONE) == set(lines_of(kg.facts)[ONE])


def test_a_graph_with_a_blank_node_of_somebody_else_can_go(way: Server, own: Server, world: World) -> None:
    kg = world("5")
    push(kg, way)
    own.post(ONE, BLANK)
    push(without_one(kg), way)
    assert held_by(own, ONE) == set()


# what those who ask are told


@pytest.fixture
def said(own: Server) -> Callable[[], str]:
    """Return a function that asks the server a question on data at hand: what is said beside the answer."""

    def ask() -> str:
        words = ["query", "pairings", "--endpoint", own.at.query.removesuffix("/query"), "--data", MINI]
        done = CliRunner().invoke(app, [*words, "--lang", "en"])
        assert done.exit_code == 0, done.output
        return done.stderr

    return ask


def test_with_data_at_hand_a_push_that_is_not_finished_is_warned_of(
    own: Server, mini: KnowledgeGraph, said: Callable[[], str]
) -> None:
    push(mini, own)
    assert "not finished" not in said()
    yearbook = mini.iris.graph_term("source/yearbook")
    State(own, mini.iris.graph_term("pushed")).begin({yearbook: 1})
    assert "not finished" in said()
    push(mini, own)
    records = mini.iris.graph_term("records")
    own.update(f"DELETE WHERE {{ GRAPH {mini.iris.graph_term('pushed')} {{ {records} ?p ?o }} }}")
    assert "not finished" in said()


def test_from_python_it_is_a_warning(own: Server, world: World) -> None:
    kg = world("5")
    push(kg, own)
    State(own, PUSHED).begin({ONE: 1})
    with pytest.warns(UserWarning, match="not finished"):
        ask_server(kg, own, "SELECT ?s WHERE { ?s coop:supporter ?o } LIMIT 1")
