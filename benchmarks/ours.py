"""What the benchmark measures of ours, as whole processes: the same calls as ``ckg check`` and ``ckg export`` make.

python benchmarks/ours.py build FOLDER OUT     # read, check, derive, shapes, store, Turtle, GraphML
python benchmarks/ours.py export FOLDER OUT    # the same without shapes and store
python benchmarks/ours.py answers FOLDER       # seconds of total, conflicts, report and look-ups, in one process
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cooperation_kg as ckg
from cooperation_kg.graph.shapes import check_shapes

EXPORTS = {"graph.ttl": "turtle", "network.graphml": "graphml"}


def build(folder: Path, out: Path, *, whole: bool) -> None:
    """Write the exports, and say how long each stage took and how many statements and triples there are."""
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        result = work()
        seconds[name] = round(time.process_time() - began, 3)
        return result

    corpus = timed("read and check", lambda: ckg.load_corpus(folder))
    kg = timed("derive", lambda: ckg.build_graph(corpus))
    timed("facts", lambda: kg.facts)
    if whole:
        assert timed("shapes", lambda: check_shapes(kg)) == []
        timed("store", lambda: kg.store)
    files = {name: timed(name, lambda form=form: ckg.export(kg, form)) for name, form in EXPORTS.items()}
    timed("write", lambda: ckg.write_files(out, files))
    counts = {"statements": len(corpus.statements), "triples": len(kg.facts), "pairings": len(kg.derived.pairings)}
    print(json.dumps({"seconds": seconds, **counts}))


def answers(folder: Path) -> None:
    """Say how many milliseconds the answers take once the graph is there, the best of three."""
    kg = ckg.build_graph(ckg.load_corpus(folder))
    pairing = next(iter(kg.derived.pairings.values()))
    _ = kg.store
    work: dict[str, Callable[[], object]] = {
        "total": lambda: ckg.total(kg, "east-west", ["fiscal-aid"]),
        "conflicts": lambda: ckg.conflicts(kg),
        "report": lambda: ckg.report(kg),
        "look-up": lambda: kg.store.query(
            f"SELECT ?p ?o WHERE {{ GRAPH ?g {{ <{kg.iris.thing('pairing', pairing.slug).value}> ?p ?o }} }}"
        ),
    }
    found = {}
    for name, ask in work.items():
        times = []
        for _ in range(3):
            began = time.perf_counter()
            ask()
            times.append(time.perf_counter() - began)
        found[name] = round(min(times) * 1000, 2)
    print(json.dumps({"milliseconds": found}))


if __name__ == "__main__":
    gc.disable()  # as the command does
    if sys.argv[1] == "answers":
        answers(Path(sys.argv[2]))
    else:
        build(Path(sys.argv[2]), Path(sys.argv[3]), whole=sys.argv[1] == "build")
