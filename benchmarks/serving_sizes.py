"""How far does one machine reach? Building, opening, memory and answers at several sizes, each with one ``ckg serve``.

What a larger graph would take is extrapolated by ``serving_report.py``, and said to be.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from national import write_record
from serving_client import Request, answer_of, query
from serving_load import gathered, measure
from serving_process import PROC, UP_SECONDS, NotUp, Running, ckg_serve, free_port, memory, workers
from serving_process import running as run_server
from timing import Failed, apart, digits

SHIPPED = "shipped"
DEADLINE = 120
OPTIONS = ("--no-site", "--timeout", str(DEADLINE), "--memory", "8192", "--workers", "2")
_LOOK = 0.02
QUERIES = {
    "point query": "SELECT ?name {{ <{place}> rdfs:label ?name }}",
    "statements of a source": "SELECT (COUNT(?s) AS ?n) {{ ?s prov:wasDerivedFrom <{source}> }}",
    "group-by": "SELECT ?t (COUNT(?s) AS ?n) {{ ?s a ?t }} GROUP BY ?t",
}


class Starting:
    """A server that gets ready: watched from outside until it answers."""

    def __init__(self, server: Running, began: float) -> None:
        self.server, self.began = server, began
        self.built = 0.0
        self.peak = 0.0

    def watch(self) -> None:
        """Return when it answers; note how long its builder ran, and the most memory that it had."""
        seen = False
        while "triples;" not in self.server.said():
            if self.server.process.poll() is not None or time.monotonic() > self.began + UP_SECONDS:
                raise NotUp(self.server.said()[-400:])
            peak = self._peak_of_builder()
            if peak:
                seen, self.peak = True, max(self.peak, peak)
            elif seen and not self.built:
                self.built = time.monotonic() - self.began
            time.sleep(_LOOK)

    def _peak_of_builder(self) -> float:
        for told in PROC.glob(f"{self.server.pid}/task/*/children"):
            for child in told.read_text(encoding="ascii").split():
                try:
                    if b"serving.publishing" not in (PROC / child / "cmdline").read_bytes():
                        continue
                    status = (PROC / child / "status").read_text(encoding="ascii", errors="replace")
                except OSError:  # it has just ended
                    continue
                peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
                return int(peak.split()[1]) / 1024
        return 0.0


def size_of(folder: Path) -> float:
    """Return the megabytes of a folder."""
    return digits(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20)


def one_size(data: Path | None, folder: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """Return what serving a dataset takes."""
    port = free_port()
    given = () if data is None else ("--data", data)
    began = time.monotonic()
    with run_server(ckg_serve(port, *given, *OPTIONS), port, folder) as server:
        start = Starting(server, began)
        start.watch()
        up = time.monotonic() - began
        (own,) = (folder / "tmp").iterdir()
        found: dict[str, Any] = {
            "triples": json.loads(answer_of(port, Request("/ready")))["triples"],
            "build s": digits(start.built),
            "peak of the builder MB": digits(start.peak),
            "from built to ready s": digits(up - start.built),
            "store MB": size_of(own / "store"),
            "records MB": digits((own / "records").stat().st_size / 2**20),
            "memory at rest MB": _memory(server),
        }
        found["answers"] = _answers(port, rounds, seconds)
        found["memory after questions MB"] = _memory(server)
    return found


def _memory(server: Running) -> dict[str, float]:
    """Return the memory of the server and, of each kind of process that answers, that of the largest."""
    told = {"server": memory(server.pid)}
    for number, kind in workers(server.pid).items():
        told[kind] = max(memory(number), told.get(kind, 0.0))
    return told


def _first(port: int, text: str) -> str:
    rows = json.loads(answer_of(port, query(text)))["results"]["bindings"]
    return str(next(iter(rows[0].values()))["value"])


def _answers(port: int, rounds: int, seconds: float) -> dict[str, Any]:
    """Return requests a second and latencies: point queries by eight clients, what takes longer by one."""
    named = {
        "place": _first(port, "SELECT ?p { ?p a coop:Place } ORDER BY ?p LIMIT 1"),
        "source": _first(port, "SELECT ?s { ?x prov:wasDerivedFrom ?s } LIMIT 1"),
    }
    asked = {name: query(text.format(**named)) for name, text in QUERIES.items()}
    asked["show a place"] = Request(f"/api/show?name={named['place'].rpartition('/')[2]}")
    found: dict[str, Any] = {}
    for name, request in asked.items():
        clients = 8 if name == "point query" else 1
        try:
            if name == "show a place":
                began = time.monotonic()
                answer_of(port, request)
                found["first show s"] = digits(time.monotonic() - began)
            taken = [measure(port, request, clients, seconds) for _ in range(rounds)]
            found[name] = {"clients": clients, **gathered(taken)}
        except Failed as failed:
            found[name] = {"failed": str(failed)}
        print(name, found[name], file=sys.stderr, flush=True)
    return found


def sizes(folder: Path, asked: list[str], made: Path | None, rounds: int, seconds: float) -> dict[str, Any]:
    """Return what each size takes: ``shipped``, or a number of statements of a made-up record.

    Parameters
    ----------
    made: a folder that keeps the made-up records; they are made where they are not there.
    """
    found: dict[str, Any] = {}
    for size in asked:
        data = None
        if size != SHIPPED:
            data = (made or folder) / size
            if not data.exists():
                apart(write_record, data, int(size))
        print("==", size, file=sys.stderr, flush=True)
        found[size] = one_size(data, folder / f"server-{size}", rounds, seconds)
    return {"rounds": rounds, "seconds": seconds, "options": list(OPTIONS), "sizes": found}
