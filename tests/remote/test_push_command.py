"""``ckg push`` and ``--endpoint`` as typed: what is printed, and how wrong usage and failures end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cooperation_kg.cli.app import app
from cooperation_kg.cli.talk import say_error
from cooperation_kg.errors import CooperationError
from cooperation_kg.remote.contents import held_by
from cooperation_kg.remote.server import Server

MINI = str(Path(__file__).parent.parent / "data" / "mini")
GRAPH = "<https://w3id.org/cooperation-kg/graph/source/yearbook>"


def ckg(*words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--lang", "en"])


@pytest.fixture
def url(oxigraph: Server) -> str:
    oxigraph.update("CLEAR ALL")
    return oxigraph.at.query.removesuffix("/query")


def test_a_dry_run_lists_each_graph_and_sends_nothing(url: str, oxigraph: Server) -> None:
    done = ckg("push", url, "--data", MINI, "--dry-run")
    listed = dict(line.split("\t", 1) for line in done.stdout.splitlines())
    assert done.exit_code == 0
    assert listed[GRAPH[1:-1]].endswith("\t-0")
    assert f"would change {len(listed)} graphs" in done.stderr
    assert held_by(oxigraph, GRAPH) == set()


def test_a_push_says_what_it_changed_and_the_next_one_that_nothing_has(url: str) -> None:
    first, again = (ckg("push", url, "--data", MINI) for _ in range(2))
    assert (first.exit_code, first.stdout, again.exit_code) == (0, "", 0)
    assert "; 0 graphs unchanged" in first.stderr
    assert "changed and checked 0 graphs: 0 triples added, 0 removed" in again.stderr


def test_a_server_that_takes_whole_graphs_only_is_fed(url: str, oxigraph: Server) -> None:
    done = ckg("push", f"{url}/query", "--graph-store", f"{url}/store", "--no-update", "--data", MINI)
    assert done.exit_code == 0, done.stderr
    assert held_by(oxigraph, GRAPH)


def test_a_graph_with_blank_nodes_of_somebody_else_is_said(url: str, oxigraph: Server) -> None:
    ckg("push", url, "--data", MINI)
    oxigraph.post(GRAPH, b"_:somebody <http://example.org/p> <http://example.org/o> .\n")
    would, did = (ckg("push", url, "--data", MINI, "--replace", *more) for more in (["--dry-run"], []))
    assert (would.exit_code, did.exit_code) == (0, 0)
    assert f"{GRAPH[1:-1]} holds blank nodes of somebody else: it would be dropped" in would.stderr
    assert f"{GRAPH[1:-1]} holds blank nodes of somebody else: it was dropped and sent whole" in did.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("push", "ftp://example.org"), "http://"),
        (("push", "http://127.0.0.1:1/x", "--no-update"), "--graph-store"),
        (("push", "http://127.0.0.1:1/x", "--auth", "kerberos"), "basic, digest or bearer"),
        (("push", "http://127.0.0.1:1/x", "--auth", "digest"), "--user"),
        (("show", "x", "--endpoint", "http://127.0.0.1:1/x", "--data", MINI), "--endpoint goes without --data"),
        (("push", "http://127.0.0.1:1/x", "--data", MINI), "127.0.0.1:1"),
        (("show", "x", "--endpoint", "http://127.0.0.1:1/x"), "127.0.0.1:1"),
    ],
)
def test_wrong_usage_and_failures_are_said(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("CKG_USER", "CKG_AUTH", "CKG_PASSWORD", "CKG_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    done = ckg(*words)
    assert done.exit_code in (1, 2)
    if isinstance(done.exception, CooperationError):
        say_error(done.exception)
    assert said in done.stderr + capsys.readouterr().err


def test_a_server_without_data_is_said(url: str) -> None:
    done = ckg("show", "haizhou", "--endpoint", url)
    assert (done.exit_code, "run ckg push" in str(done.exception)) == (1, True)


def test_without_httpx_it_is_said_what_to_install(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    done = ckg("push", url, "--data", MINI)
    assert 'pip install "cooperation-kg[remote]"' in str(done.exception)


@pytest.mark.parametrize(
    "command",
    ["check-claim", "conflicts", "explain", "export", "measure", "page", "query", "report", "show", "site", "total"],
)
def test_every_command_that_answers_can_answer_from_there(command: str) -> None:
    assert "--endpoint URL" in ckg(command, "--help").stdout
