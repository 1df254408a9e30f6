"""The shipped facts at real servers: every question has the rows of the embedded store, and what is worked out of the
records is the same."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from pyoxigraph import QuerySolutions
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.examples import examples
from cooperation_kg.query.library import named_queries
from cooperation_kg.query.run import query_text, run_query
from cooperation_kg.query.table import Table
from cooperation_kg.remote.asking import ask_server, server_text
from cooperation_kg.remote.contents import lines_of
from cooperation_kg.remote.pushing import push
from cooperation_kg.remote.server import Server

ORDERED_OTHERWISE = {("Virtuoso", "policies")}
"""Questions whose rows come in another order: Virtuoso 7.2.5 leaves a sort key that stands in OPTIONAL unbound."""

Asked = tuple[str, tuple[tuple[str, str], ...], str | None]


@pytest.fixture(scope="module")
def embedded(real: KnowledgeGraph) -> Callable[[Asked], Table]:
    """Return a function that asks the store in memory, each question once for both servers."""
    return cache(lambda asked: run_query(real, asked[0], as_of=asked[2], **dict(asked[1])))


@pytest.fixture(scope="module")
def pushed(real: KnowledgeGraph, server: Server) -> Server:
    push(real, server)
    return server


def named_asked() -> list[Asked]:
    """Return each named question with the parameters and the time of its example, every other one in English."""
    found: list[Asked] = []
    for name, question in named_queries().items():
        words = shlex.split(question.example)[3:]
        pairs = list(zip(words[::2], words[1::2], strict=True))
        parameters = tuple((word.partition("=")[0], word.partition("=")[2]) for key, word in pairs if key == "-p")
        takes_time = any(p.type == "time" for p in question.parameters)
        if len(found) % 2 and any(p.name == "lang" for p in question.parameters):
            parameters = (*parameters, ("lang", "en"))
        found.append((name, parameters, dict(pairs).get("--as-of") if takes_time else None))
    return found


def unequal(
    asked: Iterable[Asked], kg: KnowledgeGraph, server: Server, embedded: Callable[[Asked], Table]
) -> list[Asked]:
    """Return what a server answers otherwise than the store in memory."""
    return [one for one in asked if not is_equal(one, kg, server, embedded)]


def is_equal(one: Asked, kg: KnowledgeGraph, server: Server, embedded: Callable[[Asked], Table]) -> bool:
    """Return whether a server gives the rows of the store in memory; what differs is printed."""
    name, parameters, as_of = one
    ours, theirs = embedded(one), ask_server(kg, server, name, as_of=as_of, **dict(parameters))
    rows = (list(ours.rows), list(theirs.rows))
    if (server.dialect.name, name) in ORDERED_OTHERWISE:
        rows = (sorted(rows[0], key=repr), sorted(rows[1], key=repr))
    if ours.columns == theirs.columns and rows[0] == rows[1]:
        return True
    print(one, *([row for row in some if row not in others] for some, others in (rows, rows[::-1])), sep="\n")
    return False


def competency_asked() -> list[Asked]:
    """Return each competency question, as of its time where it has one."""
    return [(e.query, (), str(e.as_of) if "?year" in e.query else None) for e in examples().values() if e.query]


def test_every_competency_question_has_the_rows_of_the_embedded_store(
    real: KnowledgeGraph, pushed: Server, embedded: Callable[[Asked], Table]
) -> None:
    asked = competency_asked()
    assert len(asked) >= 80
    assert unequal(asked, real, pushed, embedded) == []


def test_every_named_question_has_the_rows_of_the_embedded_store(
    real: KnowledgeGraph, pushed: Server, embedded: Callable[[Asked], Table]
) -> None:
    assert unequal(named_asked(), real, pushed, embedded) == []


@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
def test_every_question_has_those_rows_also_by_the_first_plan_that_is_found(
    real: KnowledgeGraph,
    pushed: Server,
    virtuoso_started: tuple[str, Callable[[str], None]],
    embedded: Callable[[Asked], Table],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # how long Virtuoso looks for a better plan depends on how busy the machine is, and 7.2.5 has plans that are wrong
    _, tell = virtuoso_started
    rows = pushed.rows
    # a text that it has not seen: it keeps the plans of those that it has
    monkeypatch.setattr(pushed, "rows", lambda sparql, *more: rows(f"{sparql}\n# first plan", *more))
    tell("__dbf_set('sqlo_max_layouts', 1)")
    try:
        assert unequal([*named_asked(), *competency_asked()], real, pushed, embedded) == []
    finally:
        tell("__dbf_set('sqlo_max_layouts', 1000)")


def test_a_question_with_a_path_of_any_length_runs_there_as_it_stands(real: KnowledgeGraph, pushed: Server) -> None:
    text = named_queries()["pairings-with"].sparql
    ours = real.store.query(text, use_default_graph_as_union=True)
    assert isinstance(ours, QuerySolutions)
    assert "coop:within+" in text
    assert len(list(ask_server(real, pushed, text).rows)) == len(list(ours)) > 1000


def test_what_was_pushed_is_not_sent_again(real: KnowledgeGraph, pushed: Server) -> None:
    again = push(real, pushed)
    assert (again.graphs, again.added, again.removed) == ((), 0, 0)
    assert again.unchanged == len(lines_of(real.facts)) + 1  # and the records


@pytest.fixture
def run(pushed: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Return a function that runs a command, once at the server and once on the shipped facts: what it prints there."""
    runner = CliRunner()
    for variable, value in (
        ("CKG_USER", pushed.access.user),
        ("CKG_PASSWORD", pushed.access.secret),
        ("CKG_AUTH", pushed.access.scheme),
    ):
        monkeypatch.setenv(variable, value)

    def both(words: str) -> str:
        url = pushed.at.query.removesuffix("/query")
        there = runner.invoke(app, [*shlex.split(words), "--endpoint", url, "--lang", "zh"])
        here = runner.invoke(app, [*shlex.split(words), "--lang", "zh"])
        assert (there.exit_code, here.exit_code) == (0, 0), there.output
        assert there.stdout == here.stdout
        return there.stdout

    return both


@pytest.mark.parametrize(
    ("server", "words", "said"),
    [
        ("oxigraph", "show 京蒙 --as-of 2018", "京蒙"),
        ("oxigraph", "explain 北京 内蒙古", "京蒙"),
        ("oxigraph", "total --about 京堰", "京堰"),
        ("oxigraph", "query pairings --as-of 2018 -f csv", "京蒙"),
        ("virtuoso", "show 京蒙 --as-of 2018", "京蒙"),
    ],
    indirect=["server"],
)
def test_a_command_prints_there_what_it_prints_here(words: str, said: str, run: Callable[[str], str]) -> None:
    assert said in run(words)


def test_triples_there_are_written_as_triples_here(real: KnowledgeGraph, pushed: Server) -> None:
    query = """
        CONSTRUCT { ?pairing coop:supporter ?supporter ; rdfs:label ?name ; coop:certainFrom ?day }
        WHERE { ?pairing coop:supporter ?supporter ; rdfs:label ?name ; coop:term ?term . ?term coop:certainFrom ?day }
    """
    ours = query_text(real, query, "turtle")
    assert min(ours.count(name) for name in (b"coop:supporter", b"coop:certainFrom")) > 100
    assert server_text(real, pushed, query, "turtle") == ours


def test_triples_are_no_rows(real: KnowledgeGraph, pushed: Server) -> None:
    with pytest.raises(BadParameter, match="gives triples"):
        ask_server(real, pushed, "CONSTRUCT WHERE { place:beijing rdfs:label ?name }")


def test_a_time_that_a_question_does_not_take_is_refused(real: KnowledgeGraph, pushed: Server) -> None:
    assert all(p.type != "time" for p in named_queries()["register"].parameters)
    with pytest.raises(BadParameter, match="takes no time"):
        ask_server(real, pushed, "register", as_of=2018)
