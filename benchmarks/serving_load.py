"""How many requests a second, and how soon is one answered: ``ckg serve`` beside other servers, with the shipped facts.

All servers run at once and are asked in turns, so each round meets the machine in the same state. Before anything is
timed, their answers are compared. The client is a process of its own and shares the processors with the servers.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers import CACHE, HERE, SCRIPTS
from serving_client import Request, answer_of, query
from serving_process import OXIGRAPH, Running, ckg_serve, free_port, running
from timing import Failed, spread

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph, n_quads

CLIENTS = (1, 8, 32)
ENDPOINT = CACHE / "rdflib-endpoint" / "bin" / "python"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PAGE = "index.html"
MEASURED = ("per s", "p50 ms", "p99 ms", "client ms of processor a request")
HAPROXY = "haproxy"
LONGEST = 20
"""Seconds that an answer may take, by what one client waited, to be measured with more clients."""
Key = tuple[str, int, str]
"""(question, clients, server)."""


@dataclass(frozen=True)
class Server:
    """A server that runs: its port, where it takes queries (empty where it takes none), whether it has the page."""

    port: int
    sparql: str
    has_page: bool


def texts(place: str) -> dict[str, str]:
    """Return the queries: they name graphs, so that they mean the same whatever a server's default graph is."""
    return {
        "point query": f"SELECT DISTINCT ?name {{ GRAPH ?g {{ <{place}> <{LABEL}> ?name }} }}",
        "group-by": f"SELECT ?t (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s <{TYPE}> ?t }} }} GROUP BY ?t",
    }


def rows(body: bytes) -> list[str]:
    """Return the rows of SPARQL JSON results, in an order of ours; a number is told as text by whoever tells it."""
    cells = (
        {name: (cell["value"], cell.get("xml:lang", "")) for name, cell in row.items()}
        for row in json.loads(body)["results"]["bindings"]
    )
    return sorted(json.dumps(cell, sort_keys=True) for cell in cells)


def measure(port: int, request: Request, clients: int, seconds: float) -> dict[str, float]:
    """Return what the client in its own process found; raises Failed where one answer was none."""
    told = {"port": port, "clients": clients, "seconds": seconds, "path": request.path, "headers": request.headers}
    command = [sys.executable, str(HERE / "serving_client.py"), json.dumps(told)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stderr[-300:])
    found: dict[str, float] = json.loads(done.stdout)
    if found["not 200"]:
        raise Failed(f"{found['not 200']} of {found['requests']} requests were refused")
    return found


def gathered(rounds: list[dict[str, float]]) -> dict[str, Any]:
    """Return the spread of what was measured, and how many requests that were."""
    told = {name: spread([one[name] for one in rounds]) for name in MEASURED}
    return {**told, "requests": sum(int(one["requests"]) for one in rounds)}


def asked_of(server: Server, queries: Mapping[str, str]) -> Iterator[tuple[str, Request]]:
    """Yield what a server is asked."""
    if server.sparql:
        for name, text in queries.items():
            yield name, query(text, path=server.sparql)
    if server.has_page:
        yield "page", Request(f"/{PAGE}")


def equal_answers(servers: Mapping[str, Server], queries: Mapping[str, str]) -> dict[str, int]:
    """Return how many rows, or bytes, each answer has; raises Failed where servers do not say the same."""
    found: dict[str, Any] = {}
    for name, server in servers.items():
        for what, request in asked_of(server, queries):
            body = answer_of(server.port, request)
            told = body if what == "page" else rows(body)
            if found.setdefault(what, told) != told:
                raise Failed(f"{name} answers {what} otherwise than the first")
    return {what: len(told) for what, told in found.items()}


def turns(
    servers: Mapping[str, Server], queries: Mapping[str, str], rounds: int, seconds: float
) -> dict[str, dict[str, Any]]:
    """Return what each server reached: question → clients → server. What would take too long is left out, and told."""
    taken: dict[Key, list[dict[str, float]]] = {}
    failed: dict[Key, str] = {}
    for number in range(rounds):
        for clients in CLIENTS:
            for name, server in servers.items():
                for what, request in asked_of(server, queries):
                    key = (what, clients, name)
                    if not number:
                        _leave_out_what_takes_too_long(key, taken, failed)
                    if key not in failed:
                        try:
                            taken.setdefault(key, []).append(measure(server.port, request, clients, seconds))
                        except Failed as fault:
                            failed[key] = str(fault)
                    print(number, key, failed.get(key) or taken[key][-1], file=sys.stderr, flush=True)
    found: dict[str, dict[str, Any]] = {}
    for key in dict.fromkeys([*taken, *failed]):
        what, clients, name = key
        told = {"failed": failed[key]} if key in failed else gathered(taken[key])
        found.setdefault(what, {}).setdefault(str(clients), {})[name] = told
    return found


def _leave_out_what_takes_too_long(
    key: Key, taken: Mapping[Key, list[dict[str, float]]], failed: dict[Key, str]
) -> None:
    """Mark a measurement as left out where one client had to wait so long that many would wait for minutes."""
    what, clients, name = key
    alone = taken.get((what, CLIENTS[0], name))
    if alone and alone[0]["p50 ms"] * clients > 1000 * LONGEST:
        failed[key] = f"left out: one client waited {alone[0]['p50 ms'] / 1000:.2g} s"


class Prepared:
    """The shipped facts in the forms that servers read, in a folder."""

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        kg = build_graph(load_corpus(data))
        self.folder, self.data = folder, data
        self.triples = len(kg.facts)
        self.quads, self.store, self.site = folder / "graph.nq", folder / "store", folder / "site"
        self.quads.write_bytes(b"".join(n_quads(kg.facts)))
        self.queries = texts(kg.iris.thing("place", "beijing").value)

    def load_store(self) -> None:
        """Make a store of Oxigraph."""
        command = (OXIGRAPH[0], "load", "--location", self.store, "--file", self.quads)
        subprocess.run(command, check=True, capture_output=True)

    def build_site(self) -> None:
        """Make the pages."""
        command = (sys.executable, "-c", "from cooperation_kg.cli import main; main()", "build", "-o", self.site)
        subprocess.run(command, check=True, capture_output=True)

    def ckg(self, stack: ExitStack, name: str, *options: str) -> Running:
        """Run ``ckg serve`` until the end."""
        port = free_port()
        data = () if self.data is None else ("--data", self.data)
        return stack.enter_context(running(ckg_serve(port, *data, *options), port, self.folder / name, "triples;"))

    def oxigraph(self, stack: ExitStack, name: str) -> Running:
        """Run ``oxigraph serve-read-only`` over the store until the end."""
        port = free_port()
        command = (*OXIGRAPH, "--location", self.store, "--bind", f"127.0.0.1:{port}")
        return stack.enter_context(running(command, port, self.folder / name))


def load(folder: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """Return requests a second and latencies of each server."""
    made = Prepared(folder)
    made.load_store()
    made.build_site()
    with ExitStack() as stack:
        pages, port = free_port(), free_port()
        servers = {
            "ckg serve": Server(made.ckg(stack, "ckg", "--site", str(made.site)).port, "/sparql", True),
            "oxigraph serve-read-only": Server(made.oxigraph(stack, "oxigraph").port, "/query", False),
            "python -m http.server": Server(pages, "", True),
        }
        plain = (sys.executable, "-m", "http.server", str(pages), "--bind", "127.0.0.1", "--directory", made.site)
        stack.enter_context(running((*plain, "--protocol", "HTTP/1.1"), pages, folder / "plain"))
        missing = "" if ENDPOINT.exists() else "not installed: python benchmarks/peers.py install"
        if not missing:
            command = (ENDPOINT, SCRIPTS / "rdflib_endpoint_peer.py", made.quads, str(port))
            stack.enter_context(running(command, port, folder / "endpoint"))
            servers["rdflib-endpoint"] = Server(port, "/sparql", False)
        equal = equal_answers(servers, made.queries)
        found = turns(servers, made.queries, rounds, seconds)
    told = {"triples": made.triples, "rounds": rounds, "seconds": seconds, "rdflib-endpoint missing": missing}
    return {**told, "rows or bytes of each answer": equal, "measures": found}


def configuration(port: int, ports: list[int], check: str, text: str) -> str:
    """Return the configuration of the documentation over servers of ours, as many as are given.

    Parameters
    ----------
    text: with the servers ``one`` and ``two`` at 8001 and 8002, and the proxy at 8080.
    check: the line that says what the proxy asks of each.
    """
    lines = [line for line in text.splitlines() if not line.strip().startswith("server ")]
    lines = [check if line.strip().startswith("http-check send") else line for line in lines]
    own = (
        "\n".join(lines)
        .replace("127.0.0.1:8080", f"127.0.0.1:{port}")
        .replace("127.0.0.1:8081", f"127.0.0.1:{free_port()}")
    )
    servers = (f"    server s{number} 127.0.0.1:{number} check inter 1s" for number in ports)
    return "\n".join([own, *servers, ""])


def replicas(folder: Path, doc: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """Return what one and two replicas reach behind HAProxy, of ``ckg serve`` and of Oxigraph."""
    program = shutil.which(HAPROXY, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None:
        raise Failed("HAProxy is not installed")
    first, second = (part.partition("```")[0] for part in doc.read_text(encoding="utf-8").split("```haproxy\n")[1:])
    ready = next(line for line in first.splitlines() if line.strip().startswith("http-check send"))
    made = Prepared(folder)
    made.load_store()
    with ExitStack() as stack:
        own = [made.ckg(stack, f"ckg-{n}", "--no-site", "--workers", "2").port for n in (1, 2)]
        theirs = [made.oxigraph(stack, f"oxigraph-{n}").port for n in (1, 2)]
        servers = {}
        for name, ports, check, sparql in (
            ("ckg serve", own, ready, "/sparql"),
            ("oxigraph serve-read-only", theirs, second.rstrip("\n"), "/query"),
        ):
            servers[f"{name}, asked without a proxy"] = Server(ports[0], sparql, False)
            for number in (1, 2):
                port = free_port()
                config = folder / f"haproxy-{port}.cfg"
                config.write_text(configuration(port, ports[:number], check, first), encoding="utf-8")
                stack.enter_context(running((program, "-db", "-f", config), port, folder / f"proxy-{port}"))
                servers[f"{name}, {number} behind HAProxy"] = Server(port, sparql, False)
        equal = equal_answers(servers, made.queries)
        found = turns(servers, made.queries, rounds, seconds)
    return {"triples": made.triples, "rounds": rounds, "seconds": seconds, "rows": equal, "measures": found}
