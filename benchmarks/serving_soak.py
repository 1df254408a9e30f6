"""``ckg serve`` under mixed traffic while faults happen: is anything answered wrongly, or not at all?

Right answers are made beforehand in this process, from the records and a store in memory, for two states of the data.
The data are then edited to and fro below a server that watches them, while clients hang up in the middle of requests
and of answers, send half requests, ask what nobody can answer, and workers are killed. Every answer to an honest
request is compared: it must be that of a state which was served between its first byte and its last.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import struct
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store
from serving_client import Line, Lost, Request, query
from serving_process import NotUp, Running, children, ckg_serve, descriptors, free_port, memory, running, workers

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph, n_quads
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.query.show import show

Edit = tuple[str, str, str]
"""(file of the data folder, what is there, what takes its place)."""


@dataclass(frozen=True)
class Subject:
    """A dataset, what is asked of it, and the edits that lead from its first state to its second."""

    data: Path
    place: str
    year: str
    edits: tuple[Edit, ...]


ROOT = Path(__file__).parents[1]
SUBJECTS = {
    "mini": Subject(
        ROOT / "tests" / "data" / "mini",
        "haizhou",
        "2016",
        (
            ("places/91-haizhou.yaml", "en: Haizhou}", "en: Haizhou Province}"),
            ("statements/first-report.yaml", "as_written: 1.2亿元", "as_written: 1.4亿元"),
        ),
    ),
    "shipped": Subject(
        ROOT / "data",
        "beijing",
        "2016",
        (
            ("places/11-beijing.yaml", "en: Beijing}", "en: Beijing Municipality}"),
            ("statements/zgxz-2000.yaml", "as_written: 1.2亿元", "as_written: 1.3亿元"),
        ),
    ),
}
GRAPH_FILE = "graph.nt"
PIECE = 4 * 2**20
"""Bytes of the largest file of the site: more than a connection holds at a time, so that one can be broken off."""
DYING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DOUBLING = "SELECT (STRLEN(?a30) AS ?n) {{ BIND('{}' AS ?a0) {} }}".format(
    "x" * 1000, " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(30))
)
ATTACKS: Mapping[str, tuple[str, frozenset[int]]] = {
    "cartesian product": (DYING, frozenset({500, 503, 504})),
    "text that doubles": (DOUBLING, frozenset({500, 503, 504})),
    "answer without end": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", frozenset({413, 500, 503, 504})),
    "SERVICE": ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", frozenset({400})),
    "nesting": ("SELECT * " + "{" * 9_000 + "}" * 9_000, frozenset({400})),
}
"""What an attack asks, and the statuses in which it may end; 503 where too many are at it already, 500 where the fault
that kills workers met its own twice."""
OPTIONS = ("--timeout", "5", "--memory", "300", "--largest", "1", "--workers", "2", "--watch")
_SETTLE = 400
_LOOK = 0.1

Right = Mapping[str, Any]
"""Name of a question → its right answer, in the form in which answers are compared."""


@dataclass(frozen=True)
class Question:
    """An honest request, and how its answer is made comparable."""

    name: str
    request: Request
    told: Callable[[bytes], Any]


def _rows(body: bytes) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(body)["results"]["bindings"])


def _lines(body: bytes) -> list[bytes]:
    return sorted(body.splitlines())


def _as_it_is(body: bytes) -> bytes:
    return body


def texts(place: str) -> dict[str, str]:
    """Return the SPARQL that is asked: name → query."""
    return {
        "point": f"SELECT ?name {{ place:{place} rdfs:label ?name }}",
        "group-by": "SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type",
        "every literal": "SELECT ?o { ?s coop:asWritten ?o }",
    }


def questions(subject: Subject) -> list[Question]:
    """Return what honest clients ask."""
    asked = [Question(name, query(text), _rows) for name, text in texts(subject.place).items()]
    pairings = "SELECT ?p { ?p a coop:Pairing }"
    construct = f"CONSTRUCT {{ ?s rdfs:label ?o }} {{ ?s rdfs:label ?o FILTER(?s = place:{subject.place}) }}"
    form = urlencode({"query": texts(subject.place)["point"]}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return [
        *asked,
        Question("point", Request("/sparql", "POST", form, kind), _rows),
        Question("as of", query(pairings, **{"as-of": subject.year}), _rows),
        Question("construct", query(construct, "application/n-triples"), _lines),
        Question("show", Request(f"/api/show?name={subject.place}"), json.loads),
        Question("page", Request("/index.html"), _as_it_is),
        Question("large file", Request(f"/{GRAPH_FILE}"), _as_it_is),
    ]


def right_answers(subject: Subject, data: Path, site: Path) -> Right:
    """Return the right answer to each question, found without the server."""
    kg = build_graph(load_corpus(data))
    store = _store(kg)

    def rows(text: str, held: Store = store) -> list[str]:
        found: Any = held.query(text, prefixes=kg.iris.prefixes, use_default_graph_as_union=True)
        names = [variable.value for variable in found.variables]
        return sorted(json.dumps(dict(_told(names, row)), sort_keys=True) for row in found)

    view = _store(as_of_view(kg, parse_as_of(subject.year)))
    labels = [
        f"<{kg.iris.thing('place', subject.place).value}> <http://www.w3.org/2000/01/rdf-schema#label> {row[0]} ."
        for row in store.query(
            texts(subject.place)["point"], prefixes=kg.iris.prefixes, use_default_graph_as_union=True
        )
    ]
    return {
        **{name: rows(text) for name, text in texts(subject.place).items()},
        "as of": rows("SELECT ?p { ?p a coop:Pairing }", view),
        "construct": sorted(line.encode() for line in labels),
        "show": json.loads(json.dumps(show(kg, subject.place).as_json())),
        "page": (site / "index.html").read_bytes(),
        "large file": (site / GRAPH_FILE).read_bytes(),
    }


def _store(kg: KnowledgeGraph) -> Store:
    store = Store()
    store.bulk_load(b"".join(n_quads(kg.facts)), format=RdfFormat.N_QUADS)
    return store


def _told(names: list[str], row: Any) -> Iterable[tuple[str, dict[str, str]]]:
    """Yield the cells of a row in the form of SPARQL JSON results."""
    for name, term in zip(names, row, strict=True):
        if isinstance(term, NamedNode | BlankNode):
            yield name, {"type": "uri" if isinstance(term, NamedNode) else "bnode", "value": term.value}
        elif term is not None:
            said = {"type": "literal", "value": term.value}
            if term.language:
                said["xml:lang"] = term.language
            elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
                said["datatype"] = term.datatype.value
            yield name, said


@dataclass
class Found:
    """What a soak found."""

    answered: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    attacks: Counter[str] = field(default_factory=Counter)
    attacks_wrong: Counter[str] = field(default_factory=Counter)
    begin: dict[str, float] = field(default_factory=dict)
    end: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    course: list[float] = field(default_factory=list)
    reloads: int = 0
    exit_code: int | None = None
    left: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        told = {name: dict(sorted(value.items())) for name, value in vars(self).items() if isinstance(value, dict)}
        return {**vars(self), **told}


KILLED = "the process that holds the data ended"
"""What is said where it was killed again while it began anew; it is tried again half a minute later."""


class Soak:
    """One soak: a server, its data in two states, and what was found."""

    def __init__(self, subject: Subject, folder: Path, seed: int = 1) -> None:
        self.subject, self.folder = subject, folder
        self.data, self.site = folder / "data", folder / "site"
        self.chance = random.Random(seed)
        self.found = Found()
        self.asked = questions(subject)
        self.right: list[Right] = []
        self.state = 0
        self.served: list[frozenset[int]] = [frozenset({0})]
        self.over = asyncio.Event()
        self.server: Running

    def prepare(self) -> None:
        """Write the data and a site, and find the right answers of both states."""
        shutil.copytree(self.subject.data, self.data)
        self.site.mkdir()
        (self.site / "index.html").write_text(f"<!doctype html><title>t</title>{'text ' * 2_000}", encoding="utf-8")
        (self.site / GRAPH_FILE).write_bytes(b"<x:s> <x:p> <x:o> .\n" * (PIECE // 20))
        self.right.append(right_answers(self.subject, self.data, self.site))
        self._edit(1)
        self.right.append(right_answers(self.subject, self.data, self.site))
        self._edit(0)

    def _edit(self, state: int) -> None:
        """Bring the data into a state; a file is replaced whole, as editors do."""
        for name, first, second in self.subject.edits:
            path = self.data / name
            before, after = (first, second) if state else (second, first)
            text = path.read_text(encoding="utf-8")
            assert before in text, name
            beside = path.with_suffix(".new")
            beside.write_text(text.replace(before, after), encoding="utf-8", newline="\n")
            beside.replace(path)

    # honest traffic

    async def traffic(self) -> None:
        """Ask honest questions over one connection until the end; who is told to come again comes again."""
        async with Line(self.server.port) as line:
            while not self.over.is_set():
                await self.ask(line, self.chance.choice(self.asked))

    async def ask(self, line: Line, question: Question) -> None:
        """Ask one question until it is answered, and compare."""
        since = len(self.served) - 1
        while True:
            try:
                answer = await line.ask(question.request)
            except Lost as lost:
                self.found.lost[f"{question.name}: {lost}"] += 1
                return
            if answer.status == 503:
                self.found.refused[f"{question.name}: 503"] += 1
                await asyncio.sleep(float(answer.headers.get("retry-after", "1")))
                continue
            break
        if answer.status != 200:
            self.found.refused[f"{question.name}: {answer.status}"] += 1
            return
        states = frozenset().union(*self.served[since:])
        right = any(question.told(answer.body) == self.right[state][question.name] for state in states)
        (self.found.answered if right else self.found.wrong)[question.name] += 1

    # faults

    async def hang_up_asking(self) -> None:
        """Send a head and some of the body, then hang up, as often as not without a word."""
        _reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        head = (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 500\r\n\r\n"
        )
        writer.write(head + b"SELECT")
        await writer.drain()
        await self._part(writer)

    async def hang_up_answered(self) -> None:
        """Ask for a large file, take a little, then hang up."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        writer.write(Request(f"/{GRAPH_FILE}").packed())
        await writer.drain()
        await reader.read(1000)
        await self._part(writer)

    async def hang_up_waiting(self) -> None:
        """Ask what takes long, then hang up before it is answered."""
        _reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        writer.write(query(DYING).packed())
        await writer.drain()
        await asyncio.sleep(0.3)
        await self._part(writer)

    async def half_request(self) -> None:
        """Send the half of a head and wait a while, or until the server has had enough."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        writer.write(b"GET /sparql?query=ASK HTTP/1.1\r\nHost")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reader.read(1), self.chance.choice((1, 2, 30)))
        await self._part(writer)

    async def _part(self, writer: asyncio.StreamWriter) -> None:
        if self.chance.random() < 0.5:
            # no FIN but a reset
            own = writer.get_extra_info("socket")
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def kill_worker(self) -> None:
        """Kill a process that answers, or one that holds the data."""
        there = sorted(workers(self.server.pid))
        if there:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.chance.choice(there), signal.SIGKILL)

    async def attack(self) -> None:
        """Ask what cannot be answered; it must end in a status of its own."""
        name = self.chance.choice(sorted(ATTACKS))
        text, statuses = ATTACKS[name]
        head = {"Content-Type": "application/sparql-query"}
        async with Line(self.server.port) as line:
            try:
                answer = await line.ask(Request("/sparql", "POST", text.encode(), head))
            except Lost as lost:
                self.found.attacks_wrong[f"{name}: {lost}"] += 1
                return
        self.found.attacks[f"{name}: {answer.status}"] += 1
        if answer.status not in statuses:
            self.found.attacks_wrong[f"{name}: {answer.status}"] += 1

    async def reload(self) -> None:
        """Edit the data, and wait until the server says that it has taken them."""
        self.state = 1 - self.state
        self.served.append(self.served[-1] | {self.state})
        self._edit(self.state)
        self.found.reloads += 1
        while self.server.said().count("\nreloaded 已更新") < self.found.reloads:
            if self._is_refused() or self.server.process.poll() is not None:
                raise NotUp(self.server.said()[-400:])
            await asyncio.sleep(_LOOK)
        self.served.append(frozenset({self.state}))

    def _is_refused(self) -> bool:
        """Return whether data were not taken, but for those whose process was killed again and again: it tries on."""
        said = self.server.said()
        return said.count("not reloaded 未更新：\n") > said.count(f"not reloaded 未更新：\n{KILLED}")

    async def again(self, fault: Callable[[], Coroutine[Any, Any, None]], pause: float) -> None:
        """Let a fault happen again and again until the end."""
        while not self.over.is_set():
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * pause)
            if not self.over.is_set():
                self.found.faults[fault.__name__.replace("_", " ")] += 1
                await fault()

    # the whole

    async def run(self, seconds: float, clients: int) -> None:
        """Warm up, measure, let everything happen for so long, wait until it is quiet, and measure again."""
        await self._each()
        self.found.begin = self._measured()
        faults = [
            (self.hang_up_asking, 0.3),
            (self.hang_up_answered, 0.3),
            (self.hang_up_waiting, 3.0),
            (self.half_request, 1.0),
            (self.half_request, 1.0),
            (self.kill_worker, 4.0),
            (self.attack, 0.5),
            (self.attack, 0.5),
            (self.reload, 1.0),
        ]
        work = [asyncio.ensure_future(self.traffic()) for _ in range(clients)]
        work += [asyncio.ensure_future(self.again(*fault)) for fault in faults]
        work.append(asyncio.ensure_future(self._watch(seconds)))
        await asyncio.wait(work, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        self.over.set()
        await asyncio.gather(*work)
        await self._settle()
        await self._each()
        self.found.end = self._measured()

    async def _each(self) -> None:
        """Ask every question once; those of the past are answered from a store that is made for them."""
        async with Line(self.server.port) as line:
            for question in self.asked:
                await self.ask(line, question)

    async def _watch(self, seconds: float) -> None:
        """Note the most that there is of everything, and ten times the memory of the server."""
        began = asyncio.get_running_loop().time()
        while not self.over.is_set():
            now = self._measured()
            for name, value in now.items():
                self.found.most[name] = max(value, self.found.most.get(name, 0))
            if asyncio.get_running_loop().time() - began >= seconds / 10 * (len(self.found.course) + 1):
                self.found.course.append(now["memory of the server MB"])
            await asyncio.sleep(1)

    async def _settle(self) -> None:
        """Wait until former data and killed workers are gone; what stays after that is told by the measurement."""
        for _ in range(_SETTLE):
            now = self._measured()
            if all(now[name] <= self.found.begin[name] for name in ("descriptors", "processes", "folders")):
                return
            await asyncio.sleep(_LOOK)

    def _measured(self) -> dict[str, float]:
        pid = self.server.pid
        below = children(pid)
        return {
            "descriptors": descriptors(pid),
            "processes": len(below),
            "folders": len(self.folders()),
            "memory of the server MB": memory(pid),
            "memory of its processes MB": round(sum(map(memory, below)), 1),
        }

    def folders(self) -> list[str]:
        """Return what the server holds in its temporary folder."""
        return sorted(path.name for path in (self.folder / "server" / "tmp").iterdir())


def soak(subject: Subject, folder: Path, seconds: float, clients: int = 4, seed: int = 1) -> Found:
    """Let a server of the data run for so long under traffic and faults; return what was found."""
    made = Soak(subject, folder, seed)
    made.prepare()
    port = free_port()
    command = ckg_serve(port, "--data", made.data, "--site", made.site, *OPTIONS)
    with running(command, port, folder / "server", "triples;") as server:
        made.server = server
        asyncio.run(made.run(seconds, clients))
        made.found.exit_code = server.stop()
    made.found.left = made.folders()
    return made.found
