"""Every named question, as it stands in its file, of the shipped facts: seconds on our store and on rdflib.

python benchmarks/questions.py ROUNDS SLOWEST
"""

from __future__ import annotations

import json
import signal
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import rdflib

import cooperation_kg as ckg
from cooperation_kg.query.library import named_queries


class TooSlowError(Exception):
    """The time for a question is up."""


def give_up(*_: object) -> None:
    """End what is running."""
    raise TooSlowError


def seconds(rounds: int, ask: Callable[[], list[Any]]) -> tuple[float, int]:
    """Return the median of several rounds, and the number of rows."""
    times, rows = [], 0
    for _ in range(rounds):
        began = time.perf_counter()
        rows = len(ask())
        times.append(time.perf_counter() - began)
    return statistics.median(times), rows


def main(rounds: int, slowest: int) -> None:
    """Ask, and print one line of JSON."""
    kg = ckg.build_graph(ckg.load_corpus())
    plain = rdflib.Graph()
    plain.parse(data=ckg.export(kg, "ntriples"), format="nt")
    signal.signal(signal.SIGALRM, give_up)
    found: dict[str, Any] = {}
    for name, named in named_queries().items():
        row: dict[str, Any] = {}
        union = lambda text=named.sparql: list(kg.store.query(text, use_default_graph_as_union=True))  # noqa: E731
        row["ours"], row["rows"] = seconds(rounds, union)
        if "GRAPH" in named.sparql:
            row["left out"] = "asks for named graphs"
        else:
            signal.alarm(slowest)
            try:
                row["rdflib"], theirs = seconds(1, lambda text=named.sparql: list(plain.query(text)))
                row["same rows"] = theirs == row["rows"]
            except TooSlowError:
                row["left out"] = f"more than {slowest} s on rdflib"
            finally:
                signal.alarm(0)
        found[name] = {key: round(value, 6) if isinstance(value, float) else value for key, value in row.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
