"""Servers on loopback, each started once a module and thrown away: Oxigraph's, Virtuoso, and ones that misbehave."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import parse_headers
from pathlib import Path

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.remote.server import Access, Server, addresses_of

SECRET = "of-a-test"
WAYS = {"updates": ("update",), "graph store": ("store",), "both": ("update", "store")}
VIRTUOSO = """
[Database]
DatabaseFile = {folder}/facts.db
ErrorLogFile = {folder}/facts.log
LockFile = {folder}/facts.lck
TransactionFile = {folder}/facts.trx
xa_persistent_file = {folder}/facts.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CaseMode = 2
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""
"""Limits on answers as Virtuoso ships them; everything on loopback, in a folder of its own."""


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the port answers; fail when the process ends, or after 30 seconds."""
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not come up")


@pytest.fixture(scope="module")
def oxigraph_url() -> Iterator[str]:
    port = free_port()
    program = str(Path(sys.executable).with_name("oxigraph"))
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def virtuoso_started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Virtuoso: the address of what a user may ask and write, and a function that tells it something in SQL."""
    program, talk = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or talk is None:
        pytest.skip("no Virtuoso found; scripts/install-test-system.sh installs it")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, sql=sql, http=http), encoding="utf-8")
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", str(settings)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(sql, process)
        wait_for(http, process)

        def tell(statement: str) -> None:
            subprocess.run([talk, f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={statement}"], check=True, timeout=60)

        yield f"http://127.0.0.1:{http}/sparql-auth", tell
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def virtuoso(virtuoso_started: tuple[str, Callable[[str], None]]) -> Iterator[Server]:
    """Virtuoso with a user who may write, by digest access."""
    url, tell = virtuoso_started
    tell(f"DB.DBA.USER_CREATE('ckg', '{SECRET}')")
    tell('GRANT SPARQL_UPDATE TO "ckg"')
    tell("DB.DBA.RDF_DEFAULT_USER_PERMS_SET('ckg', 7)")
    with Server(addresses_of(url), Access("digest", "ckg", SECRET)) as server:
        yield server


@pytest.fixture(scope="module")
def oxigraph(oxigraph_url: str) -> Iterator[Server]:
    with Server(addresses_of(oxigraph_url)) as server:
        yield server


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the real servers in turn."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def own(oxigraph: Server) -> Server:
    oxigraph.update("CLEAR ALL")
    return oxigraph


@pytest.fixture
def world(tmp_path: Path) -> Callable[[str], KnowledgeGraph]:
    """Return a function that builds a world of two sources; the first tells of a sum, the second of none."""

    def build(sum_told: str) -> KnowledgeGraph:
        folder = tmp_path / sum_told
        if not folder.exists():
            about = "about: {programme: ew, supporter: east, recipient: west}, measure: fiscal-aid"
            figure = f"kind: figure, {about}, as_written: %s亿元, during: '2016', nature: flow"
            write_world(folder, {}, (), "", "2024", {"one": [figure % sum_told], "two": [figure % "7"]})
        return build_graph(load_corpus(folder))

    return build


@pytest.fixture(params=list(WAYS))
def way(own: Server, request: pytest.FixtureRequest) -> Server:
    """The server as one that takes only updates, only whole graphs, or both."""
    ways = WAYS[request.param]
    at = replace(own.at, **{name: "" for name in ("update", "store") if name not in ways})
    return Server(at)


@pytest.fixture
def answering() -> Iterator[Callable[[bytes], str]]:
    """Return a function that starts a server which reads a request, sends these bytes and hangs up."""
    listeners: list[socket.socket] = []

    def start(content: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    with connection.makefile("rb") as request:
                        # all of it: what is left unread would break the connection off
                        request.readline()
                        request.read(int(parse_headers(request).get("Content-Length", "0")))
                    connection.sendall(content)

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"

    yield start
    for listener in listeners:
        listener.close()


@pytest.fixture
def heard() -> Callable[[Access], bytes]:
    """Return a function that tells what a server hears when somebody sends it an update."""

    def listen(access: Access) -> bytes:
        said: list[bytes] = []
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def serve() -> None:
                connection, _ = listener.accept()
                with connection:
                    said.append(connection.recv(65536))
                    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

            waiting = threading.Thread(target=serve)
            waiting.start()
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
            with Server(addresses_of(url), access) as server:
                server.update("CLEAR ALL")
            waiting.join()
        return said[0]

    return listen
