"""What a push sends and leaves alone, on a small world and a real server; and how failures are said."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.cli.servers import open_server
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.errors import BadParameter, RemoteError
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.remote import records
from cooperation_kg.remote.contents import digest, held_by, lines_of
from cooperation_kg.remote.pushing import push
from cooperation_kg.remote.records import data_of, read_lines, record_lines
from cooperation_kg.remote.server import Access, Server, addresses_of
from cooperation_kg.remote.state import DIGEST


def records_of(kg: KnowledgeGraph) -> tuple[str, ...]:
    return record_lines(kg.corpus.folder, kg.iris.graph_term("records"))


def source_graph(kg: KnowledgeGraph, name: str) -> str:
    return kg.iris.graph_term(f"source/{name}")


def test_one_changed_fact_changes_only_graphs_that_hold_it(own: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    before, after = world("5"), world("6")
    push(before, own)
    done = push(after, own)
    assert source_graph(after, "one") in done.graphs
    unchanged = {source_graph(after, "two"), *map(after.iris.graph_term, ("registers", "ontology"))}
    assert not unchanged & set(done.graphs)
    assert done.added < 45


def test_a_dry_run_sends_nothing(own: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    kg = world("5")
    would = push(kg, own, dry_run=True)
    assert would.added == len(kg.facts) + len(records_of(kg))
    assert held_by(own, source_graph(kg, "one")) == set()


def test_a_graph_of_somebody_else_is_left_alone(own: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    own.update("INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> 1 } }")
    push(world("5"), own)
    assert len(held_by(own, "<http://example.org/g>")) == 1


def test_what_another_changed_is_mended_when_digests_are_not_believed(
    own: Server, world: Callable[[str], KnowledgeGraph]
) -> None:
    kg = world("5")
    push(kg, own)
    own.update(f"CLEAR GRAPH {source_graph(kg, 'one')}")
    assert push(kg, own, replace=True).added == len(lines_of(kg.facts)[source_graph(kg, "one")])


DYING = """
import os, signal, sys
from pathlib import Path
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.remote.pushing import push
from cooperation_kg.remote.server import Addresses, Server

class Dying(Server):
    sent = 0
    def _response(self, method, url, *arguments, **more):
        got = super()._response(method, url, *arguments, **more)
        self.sent += url != self.at.query
        if self.sent == int(sys.argv[5]):
            os.kill(os.getpid(), signal.SIGKILL)
        return got

push(build_graph(load_corpus(Path(sys.argv[1]))), Dying(Addresses(*sys.argv[2:5])))
"""


@pytest.mark.parametrize("requests", [1, 2, 3, 4, 7])
def test_a_push_that_was_killed_is_finished_by_the_next(
    way: Server, world: Callable[[str], KnowledgeGraph], tmp_path: Path, requests: int
) -> None:
    kg = world("5")
    arguments = [str(tmp_path / "5"), way.at.query, way.at.update, way.at.store, str(requests)]
    assert subprocess.run([sys.executable, "-c", DYING, *arguments], capture_output=True, timeout=60).returncode == -9
    with pytest.raises(RemoteError, match="ckg push"), data_of(way):
        pass
    push(kg, way)
    assert {graph: held_by(way, graph) for graph in lines_of(kg.facts)} == {
        graph: set(lines) for graph, lines in lines_of(kg.facts).items()
    }
    assert push(kg, way).graphs == ()


def test_a_changed_fact_arrives_by_each_way(way: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    push(world("5"), way)
    after = world("6")
    push(after, way)
    one = source_graph(after, "one")
    assert held_by(way, one) == set(lines_of(after.facts)[one])


def test_a_source_that_goes_is_gone_by_each_way(way: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    kg = world("5")
    push(kg, way)
    for path in kg.corpus.folder.glob("*/one.yaml"):
        path.unlink()
    after = build_graph(load_corpus(kg.corpus.folder))
    push(after, way)
    assert held_by(way, source_graph(kg, "one")) == set()


class Dying(Server):
    """Breaks off after so many requests that write."""

    left = 0

    def _response(self, method: str, url: str, *arguments: Any, **more: Any) -> Any:
        got = super()._response(method, url, *arguments, **more)
        self.left -= url != self.at.query
        if self.left == 0:
            raise InterruptedError
        return got


@pytest.mark.parametrize("requests", [1, 2, 3])
def test_a_source_that_goes_is_gone_also_where_the_push_was_killed(
    way: Server, world: Callable[[str], KnowledgeGraph], requests: int
) -> None:
    kg = world("5")
    push(kg, way)
    for path in kg.corpus.folder.glob("*/one.yaml"):
        path.unlink()
    after = build_graph(load_corpus(kg.corpus.folder))
    dying = Dying(way.at)
    dying.left = requests
    with pytest.raises(InterruptedError):
        push(after, dying)
    push(after, way)
    assert held_by(way, source_graph(kg, "one")) == set()


class Forging(Server):
    """Changes a sum on its way; the number of triples stays."""

    def update(self, sparql: str) -> None:
        super().update(sparql.replace("5亿元", "8亿元"))


def test_what_was_found_wrong_is_mended_by_the_next_push(own: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    kg, at = world("5"), replace(own.at, store="")
    one = source_graph(kg, "one")
    with pytest.raises(RemoteError, match="holds something else"):
        push(kg, Forging(at))
    assert held_by(own, one) != set(lines_of(kg.facts)[one])
    with pytest.raises(RemoteError, match="ckg push"), data_of(own):
        pass
    push(kg, own)
    assert held_by(own, one) == set(lines_of(kg.facts)[one])


# the records


def test_the_data_files_come_back_as_they_were(own: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    kg = world("5")
    push(kg, own)
    with data_of(own) as folder:
        back = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    own_folder = kg.corpus.folder
    assert back == {p.relative_to(own_folder): p.read_bytes() for p in own_folder.rglob("*") if p.is_file()}


def test_the_site_made_from_a_server_is_the_site_made_from_the_files(
    own: Server, mini: KnowledgeGraph, tmp_path: Path
) -> None:
    push(mini, own)
    sites = []
    for option in (("--endpoint", own.at.query.removesuffix("/query")), ("--data", str(mini.corpus.folder))):
        output = tmp_path / option[0]
        done = CliRunner().invoke(app, ["site", "-o", str(output), "--lang", "zh", *option])
        assert done.exit_code == 0, done.output
        files = (path for path in output.rglob("*") if path.is_file() and path.name != "site-manifest.json")
        sites.append({path.relative_to(output): path.read_bytes() for path in files})
    assert sites[0] == sites[1]
    assert len(sites[0]) > 50


RECORDS = "<https://example.org/graph/records>"


@pytest.mark.parametrize(
    "name",
    [
        "../outside.yaml",
        "/etc/outside.yaml",
        "a/../../b.yaml",
        "C:\\x.yaml",
        ".git/x.yaml",
        "x.sh",
        "a\\b.yaml",
        "",
        "a%00.yaml",
        "a%0A.yaml",
        "a//b.yaml",
        "a/./b.yaml",
    ],
)
def test_no_file_of_a_server_is_laid_out_elsewhere(name: str) -> None:
    line = f'{RECORDS[:-1]}#{name}> {records._BYTES} "00000:eJwDAAAAAAE="'
    with pytest.raises(ValueError, match="no name of a data file"):
        read_lines([line], RECORDS)


@pytest.mark.parametrize(
    "pieces", [["00001:eJwDAAAAAAE="], ["00000:eJwDAAAAAAE=", "00000:eJw="], ["00000:not base64"], ["00000:eJwDAA=="]]
)
def test_a_file_that_is_not_whole_is_refused(pieces: list[str]) -> None:
    lines = [f'{RECORDS[:-1]}#a.yaml> {records._BYTES} "{piece}"' for piece in pieces]
    with pytest.raises(ValueError):
        read_lines(lines, RECORDS)


def test_a_file_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes(b"x" * 100_000)
    lines = record_lines(tmp_path, RECORDS)
    monkeypatch.setattr(records, "_LARGEST", 10_000)
    with pytest.raises(ValueError, match="too large"):
        read_lines(lines, RECORDS)


@pytest.mark.parametrize(
    ("limit", "least", "said"),
    [("_MOST_FILES", 1, "more than 1 files"), ("_LARGEST", 2, "too large"), ("_LARGEST_ALL", 5, "too large")],
)
def test_files_beyond_a_limit_are_neither_sent_nor_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, least: int, said: str
) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_bytes(b"xyz")
    lines = record_lines(tmp_path, RECORDS)
    monkeypatch.setattr(records, limit, least)
    with pytest.raises(ValueError, match=said):
        read_lines(lines, RECORDS)
    with pytest.raises(RemoteError, match=said):
        record_lines(tmp_path, RECORDS)


@pytest.mark.skipif(sys.platform == "win32", reason="no file is called so there")
@pytest.mark.parametrize("name", [b"a:b.yaml", b"a\xff.yaml", b"a\n.yaml"])
def test_a_file_whose_name_would_not_be_read_back_is_not_sent(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_bytes(b"")
    with pytest.raises(RemoteError, match="cannot be pushed"):
        record_lines(tmp_path, RECORDS)


EMPTY = b64encode(zlib.compress(b"")).decode()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a%00.yaml"], "cannot be read"),
        (["%FF.yaml"], "cannot be read"),
        (["a.yaml", "a.yaml/b.yaml"], "cannot be written"),
        ([f"{'a' * 300}.yaml"], "cannot be written"),
    ],
)
def test_files_of_odd_names_are_said(own: Server, names: list[str], said: str) -> None:
    lines = sorted(f'{RECORDS[:-1]}#{name}> {records._BYTES} "00000:{EMPTY}"' for name in names)
    entry = f'{RECORDS} {DIGEST} "{digest(lines)}"'
    for graph, some in ((RECORDS, lines), (RECORDS.replace("records", "pushed"), [entry])):
        own.put(graph, "".join(f"{line} .\n" for line in some).encode())
    with pytest.raises(RemoteError, match=said), data_of(own):
        pass


def test_a_digest_of_the_records_that_is_no_text_is_not_believed(own: Server) -> None:
    own.update(f"INSERT DATA {{ GRAPH {RECORDS.replace('records', 'pushed')} {{ {RECORDS} {DIGEST} <http://a/b> }} }}")
    with pytest.raises(RemoteError, match="not whole"), data_of(own):
        pass


def test_records_that_another_changed_are_refused(own: Server, world: Callable[[str], KnowledgeGraph]) -> None:
    kg = world("5")
    push(kg, own)
    own.update(f'INSERT DATA {{ GRAPH {kg.iris.graph_term("records")} {{ <a:a> <a:b> "c" }} }}')
    with pytest.raises(RemoteError, match="not whole"), data_of(own):
        pass


def test_the_digest_of_lines_is_that_of_their_text() -> None:
    # printf 'a\\nb\\n' | sha256sum
    assert digest(["a", "b"]) == "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"


# failures


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"", "连接失败或中断"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{", "连接失败或中断"),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"head":', "残缺"),
        (b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", "401"),
        (b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", "403"),
        (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "404"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "503"),
    ],
)
def test_a_server_that_fails_is_said_without_the_secret(
    answering: Callable[[bytes], str], answer: bytes, said: str
) -> None:
    with (
        Server(addresses_of(answering(answer)), Access("basic", "ckg", "hush-hush")) as server,
        pytest.raises(RemoteError) as failed,
    ):
        list(server.terms("SELECT * {}"))
    assert said in str(failed.value)
    assert "hush-hush" not in str(failed.value) + repr(server)


def test_nobody_listening_is_said() -> None:
    with (
        Server(addresses_of("http://127.0.0.1:1/sparql")) as server,
        pytest.raises(RemoteError, match=r"127\.0\.0\.1:1"),
    ):
        server.update("CLEAR ALL")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadParameter) as refused:
        addresses_of("http://me:hush-hush@example.org/sparql")
    assert "hush-hush" not in str(refused.value)


def test_a_secret_comes_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CKG_TOKEN", "hush-hush\r\n")  # as a file of Windows leaves it
    assert open_server("http://127.0.0.1/b", auth="bearer").access == Access("bearer", "", "hush-hush")
    monkeypatch.delenv("CKG_PASSWORD", raising=False)
    with pytest.raises(BadParameter, match="CKG_PASSWORD"):
        open_server("http://127.0.0.1/b", "ckg")


def test_a_token_that_no_header_can_hold_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    for token in ("hush hush", "hush\rhush", "嘘"):
        monkeypatch.setenv("CKG_TOKEN", token)
        with pytest.raises(BadParameter, match="CKG_TOKEN") as refused:
            open_server("http://127.0.0.1/b", auth="bearer")
        assert token not in str(refused.value)


def test_every_address_that_gets_the_secret_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CKG_PASSWORD", "hush-hush")
    open_server("https://a.example/update", "ckg", query_url="http://b.example/q", graph_store="http://c.example/s")
    told = capsys.readouterr().err
    assert [name for name in ("a", "b", "c") if f"unencrypted to {name}.example" in told] == ["b", "c"]


def test_a_server_is_not_asked_for_what_it_held_at_a_revision() -> None:
    words = ["query", "pairings", "--endpoint", "http://127.0.0.1:1/query", "--known-at", "2020-01-01"]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, "--known-at" in done.output) == (2, True)


def test_no_proxy_hears_of_a_server_of_this_machine(
    answering: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    answer = b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 27\r\n\r\n{"head":{},"boolean":true} '
    with Server(addresses_of(answering(answer))) as server:
        assert bool(server.rows("ASK {}")) is True


def test_a_proxy_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:1")
    with Server(addresses_of("http://example.org/query")) as server, pytest.raises(RemoteError, match="the proxy"):
        server.update("CLEAR ALL")


def test_rows_that_break_off_are_no_answer(answering: Callable[[bytes], str]) -> None:
    body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}},'
    answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
    with (
        Server(addresses_of(answering(answer % (len(body), body)))) as server,
        pytest.raises(RemoteError, match="breaks off"),
    ):
        server.rows("SELECT ?a {}")


def test_a_secret_over_a_plain_line_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CKG_PASSWORD", "hush-hush")
    open_server("http://127.0.0.1/b", "ckg")
    open_server("https://example.org/b", "ckg")
    assert capsys.readouterr().err == ""
    open_server("http://example.org/b", "ckg")
    told = capsys.readouterr().err
    assert ("unencrypted to example.org" in told, "hush-hush" in told) == (True, False)


def test_a_server_that_points_elsewhere_is_not_followed(answering: Callable[[bytes], str]) -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/steal\r\nContent-Length: 0\r\n\r\n"
    server = Server(addresses_of(answering(answer)), Access("bearer", "", "hush-hush"))
    with server, pytest.raises(RemoteError, match="points elsewhere") as failed:
        server.update("CLEAR ALL")
    assert "hush-hush" not in str(failed.value)


@pytest.mark.parametrize(
    ("scheme", "sent"), [("basic", b"Authorization: Basic Y2tnOmh1c2g="), ("bearer", b"Authorization: Bearer hush")]
)
def test_who_asks_is_told_in_the_header(scheme: str, sent: bytes, heard: Callable[[Access], bytes]) -> None:
    assert sent in heard(Access(scheme, "ckg", "hush"))
