"""Where requests go, what a server is taken for, and answers that are not whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from serving_world import MINI, start, stop
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.cli.servers import open_server
from cooperation_kg.errors import RemoteError
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.run import run_query
from cooperation_kg.remote.asking import ask_server
from cooperation_kg.remote.dialects import PORTABLE
from cooperation_kg.remote.pushing import push
from cooperation_kg.remote.server import Server, addresses_of

GRAPH = "<http://example.org/graph/one>"
ROWS = b'{"head":{"vars":["a"]},"results":{"bindings":[%s]}}'
ROW = b'{"a":{"type":"literal","value":"1"}}'
TRIPLE = b"<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n"


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    # it hangs up: whoever asks again has to come again
    lines = (f"HTTP/1.1 {status}", *headers, "Connection: close", f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode() + body


# answers that are cut


@pytest.mark.parametrize("headers", [(), ("Server: Virtuoso/07.20.3229",), ("Server: nginx",)])
def test_a_part_of_an_answer_is_no_answer(answering: Callable[[bytes], str], headers: tuple[str, ...]) -> None:
    url = answering(answer(ROWS % ROW, *headers, status="206 Partial Content"))
    with Server(addresses_of(url)) as server, pytest.raises(RemoteError, match="only a part"):
        server.rows("SELECT ?a {}")


@pytest.mark.parametrize(("rows", "refused"), [(1, False), (2, True), (3, True)])
def test_rows_as_many_as_the_server_says_it_gives_at_most_are_refused(
    answering: Callable[[bytes], str], rows: int, refused: bool
) -> None:
    url = answering(answer(ROWS % b",".join([ROW] * rows), "Server: nginx", "X-SPARQL-MaxRows: 2"))
    with Server(addresses_of(url)) as server:
        if not refused:
            assert len(list(server.terms("SELECT ?a {}"))) == rows
            return
        with pytest.raises(RemoteError, match="cuts answers"):
            server.rows("SELECT ?a {}")


def test_triples_as_many_as_the_server_says_it_gives_at_most_are_refused(answering: Callable[[bytes], str]) -> None:
    url = answering(answer(TRIPLE, "Server: nginx", "X-SPARQL-MaxRows: 1"))
    with Server(addresses_of(url)) as server, pytest.raises(RemoteError, match="cuts answers"):
        server.triples("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.fixture(scope="module")
def many(virtuoso: Server) -> Server:
    """Virtuoso with a graph of more triples than it gives at once."""
    lines = (f'<http://example.org/s> <http://example.org/p> "{number}" .\n' for number in range(11_000))
    virtuoso.put(GRAPH, "".join(lines).encode())
    return virtuoso


def test_triples_that_virtuoso_cuts_are_refused(many: Server) -> None:
    with pytest.raises(RemoteError, match="cuts answers"):
        many.triples(f"CONSTRUCT WHERE {{ GRAPH {GRAPH} {{ ?s ?p ?o }} }}")


def test_rows_that_virtuoso_cuts_are_known_also_where_its_name_is_not(many: Server) -> None:
    with Server(many.at, many.access) as unnamed:
        unnamed.dialect = PORTABLE
        with pytest.raises(RemoteError, match="cuts answers"):
            unnamed.rows(f"SELECT ?o WHERE {{ GRAPH {GRAPH} {{ ?s ?p ?o }} }}")


# ckg serve behind a proxy


@pytest.fixture
def behind_a_proxy() -> Iterator[str]:
    """The address of a ``ckg serve`` whose name a proxy replaces by its own, as nginx does."""
    served = start("--data", str(MINI), "--workers", "1", "--no-site")
    served.listen()

    class Proxy(BaseHTTPRequestHandler):
        server_version, sys_version = "nginx", ""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            line = HTTPConnection("127.0.0.1", served.port, timeout=60)
            line.request("POST", self.path, body, {n: self.headers[n] for n in ("Content-Type", "Accept")})
            got = line.getresponse()
            content = got.read()
            line.close()
            self.send_response(got.status)
            for name, value in got.getheaders():
                if name.lower() not in ("server", "date", "connection", "content-length", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{proxy.server_port}/sparql"
        finally:
            proxy.shutdown()
            stop(served)


def test_a_ckg_serve_is_known_behind_a_proxy(behind_a_proxy: str) -> None:
    words = ["query", "SELECT ?name WHERE { place:haizhou rdfs:label ?name }", "-f", "csv"]
    done = CliRunner().invoke(app, [*words, "--endpoint", behind_a_proxy, "--lang", "en"])
    assert done.exit_code == 0, done.exception
    assert "海州" in done.stdout


# where requests go


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that takes everything, and what it was asked for."""
    lines: list[str] = []

    class Taking(BaseHTTPRequestHandler):
        def _take(self) -> None:
            lines.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT = do_POST = do_DELETE = _take

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", lines
        server.shutdown()


WAYS: Mapping[str, Callable[[Server], object]] = {
    "PUT": lambda server: server.put(GRAPH, TRIPLE),
    "POST": lambda server: server.post(GRAPH, TRIPLE),
    "DELETE": lambda server: server.delete(GRAPH),
    "GET": lambda server: list(server.read(GRAPH)),
}


@pytest.mark.parametrize("method", list(WAYS))
def test_the_parameters_of_a_graph_store_are_kept(asked: tuple[str, list[str]], method: str) -> None:
    url, lines = asked
    with open_server(url, graph_store=f"{url}/rdf-graphs?repository=a%2Fb&x=y") as server:
        WAYS[method](server)
    assert lines == [f"{method} /rdf-graphs?repository=a%2Fb&x=y&graph=http%3A%2F%2Fexample.org%2Fgraph%2Fone"]


@pytest.mark.parametrize(
    ("given", "query", "update"),
    [
        ("?x=y", "/query?x=y", "/update?x=y"),
        ("/kg/update?x=y", "/kg/query?x=y", "/kg/update?x=y"),
        ("/kg/query/?x=y", "/kg/query?x=y", "/kg/update?x=y"),
        ("/sparql-auth?x=y", "/sparql-auth?x=y", "/sparql-auth?x=y"),
        ("/sparql?x=a%2Fb", "/sparql?x=a%2Fb", "/sparql?x=a%2Fb"),
    ],
)
def test_the_parameters_of_an_address_are_kept(
    asked: tuple[str, list[str]], given: str, query: str, update: str
) -> None:
    url, lines = asked
    with Server(addresses_of(f"{url}{given}")) as server:
        server.answer("ASK {}", "*/*")
        server.update("CLEAR ALL")
    assert lines == [f"POST {query}", f"POST {update}"]


# IRIs that are said in short


def test_an_iri_without_its_beginning_means_there_what_it_means_here(server: Server, mini: KnowledgeGraph) -> None:
    push(mini, server)
    query = 'SELECT ?name WHERE { <id/place/haizhou> rdfs:label ?name FILTER(LANG(?name) = "zh") }'
    here = run_query(mini, query)
    assert len(here) == 1
    assert ask_server(mini, server, query).rows == here.rows


def test_a_query_with_a_base_of_its_own_is_sent_as_it_is(server: Server, mini: KnowledgeGraph) -> None:
    push(mini, server)
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    query = f'BASE <{mini.iris.base}id/place/> SELECT ?name {{ <haizhou> {label} ?name FILTER(LANG(?name) = "zh") }}'
    assert ask_server(mini, server, query).rows == run_query(mini, query).rows != ()
