"""How fast is ours beside what others would use? One command, every measurement side by side in one run.

    python benchmarks/run.py --sizes S M --rounds 3
    python benchmarks/run.py --only build export --sizes M --peers plain

Each measurement is a whole process; ours and the peers take turns. Written are the medians with the least and the
most, and the peak memory; what the two say is compared. A peer runs with the Python of an environment of its own
(``--python maplib=…/bin/python``), since none of them is needed by ours; one for which none is given is left out, and
the report says so. ``report.py`` writes RESULTS.md from the JSON alone.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from national import write_record

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "builds.json"
SIZES = {"S": 1_000, "T": 10_000, "M": 100_000, "L": 1_000_000}
PACKAGES = ("cooperation-kg", "pyoxigraph", "rdflib", "networkx", "pydantic", "PyYAML", "yaml-rs")
PEERS = {
    "plain": ("peers/plain.py", "PyYAML’s C loader + rdflib + networkx; checks and derives nothing"),
    "maplib": ("peers/with_maplib.py", "yaml-rs + maplib (columns); checks and derives nothing"),
    "morph-kgc": ("peers/with_morph_kgc.py", "Morph-KGC from CSV; making the CSV is not counted"),
}
SLOWEST = 30
"""Seconds after which a question is given up on rdflib."""


def process(*command: str | Path) -> dict[str, Any]:
    """Run a command; return its wall and processor seconds, its peak memory and what it printed last."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        child = subprocess.Popen(list(map(str, command)), stdout=said, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        said.seek(0)
        lines = said.read().decode().split("\n")
    if status:
        raise SystemExit(f"{' '.join(map(str, command))}: failed with {status}")
    told = next((line for line in reversed(lines) if line.strip()), "")
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024, "told": told}


def measured(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return median, least and most of what several runs took."""
    row = {name: spread([run[name] for run in runs]) for name in ("wall", "cpu", "memory")}
    told = runs[-1]["told"]
    return {**row, **(json.loads(told) if told.startswith("{") else {})}


def spread(values: list[float]) -> dict[str, float]:
    """Return median, least and most."""
    shown = [round(value, 3) for value in (statistics.median(values), min(values), max(values))]
    return dict(zip(("median", "least", "most"), shown, strict=True))


def side_by_side(commands: dict[str, list[Any]], rounds: int) -> dict[str, dict[str, Any]]:
    """Run several commands in turns."""
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(process(*command))
            print(f"  {name}: {runs[name][-1]['cpu']:.2f} s, {runs[name][-1]['memory']:.0f} MB", file=sys.stderr)
    return {name: measured(some) for name, some in runs.items()}


def builds(size: str, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Measure build and export beside the peers, and compare what they say."""
    found: dict[str, Any] = {"statements": SIZES[size], "bytes": sum(p.stat().st_size for p in folder.rglob("*.yaml"))}
    commands: dict[str, list[Any]] = {}
    for what in ("build", "export"):
        if what in given.only:
            commands[what] = [sys.executable, HERE / "ours.py", what, folder, folder.parent / f"{what}-{size}"]
    for peer, (script, _) in PEERS.items():
        if peer in given.pythons and peer in given.peers and size != "L":
            commands[peer] = [given.pythons[peer], HERE / script, folder, folder.parent / f"{peer}-{size}"]
    found["processes"] = side_by_side(commands, given.rounds if size != "L" else 1)
    ours = folder.parent / f"build-{size}" / "graph.ttl"
    if "plain" in commands and ours.exists():
        theirs = folder.parent / f"plain-{size}" / "graph.ttl"
        found["same"] = told_by("compare.py", "same", ours, theirs)
    return found


def told_by(script: str, *given: Any) -> dict[str, Any]:
    """Return what one of our scripts prints; in a process of its own, so that this one stays small.

    A process inherits the peak memory of the one that starts it.
    """
    return dict(json.loads(process(sys.executable, HERE / script, *map(str, given))["told"]))


def questions(rounds: int) -> dict[str, Any]:
    """Ask every named question of the shipped facts, as it stands in its file, of our store and of rdflib."""
    return told_by("questions.py", rounds, SLOWEST)


def start(rounds: int) -> dict[str, Any]:
    """Measure ``ckg --help`` beside bare Python."""
    ckg = Path(sys.executable).parent / "ckg"
    commands = {"ckg --help": [ckg, "--help"], "bare Python": [sys.executable, "-c", "pass"]}
    return side_by_side(commands, max(rounds, 7))


def shipped(rounds: int) -> dict[str, Any]:
    """Measure the shipped facts: check, exports, the whole site, the site again without a change."""
    ckg = Path(sys.executable).parent / "ckg"
    with tempfile.TemporaryDirectory() as held:
        out = Path(held)
        data = HERE.parent / "data"
        steps = {
            "check": [ckg, "check"],
            "build without site": [sys.executable, HERE / "ours.py", "build", data, out / "b"],
            "site": [ckg, "site", "--again", "-o", out / "site"],
            "site, nothing changed": [ckg, "site", "-o", out / "site"],
        }
        return side_by_side(steps, rounds)


def exponent(sizes: Iterable[float], costs: Iterable[float]) -> float:
    """Return how cost grows with size: the slope of its logarithm over that of the size, by least squares.

    >>> exponent([10, 100, 1000], [1, 10, 100])
    1.0
    """
    xs, ys = [math.log(x) for x in sizes], [math.log(y) for y in costs]
    x, y = statistics.mean(xs), statistics.mean(ys)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
    return round(slope, 2)


def main() -> None:
    """Run what the command line asks for, and write the JSON."""
    parts = ("build", "export", "answers", "questions", "start", "shipped")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=["S", "T", "M"])
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--python", action="append", default=[], metavar="PEER=PATH", help="the Python of a peer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    given.pythons = {"plain": sys.executable, **dict(pair.split("=", 1) for pair in given.python)}
    result: dict[str, Any] = {
        "date": date.today().isoformat(),
        "machine": {
            "processors": os.cpu_count(),
            "memory GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "architecture": platform.machine(),
            "system": platform.system(),
        },
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "rounds": given.rounds,
        "peers": {name: about for name, (_, about) in PEERS.items()},
        "sizes": {},
    }
    with tempfile.TemporaryDirectory() as held:
        for size in given.sizes:
            print(f"{size}: {SIZES[size]} statements", file=sys.stderr)
            folder = Path(held) / size
            write_record(folder, SIZES[size])
            row = builds(size, folder, given)
            if "build" in given.only and size != "L":
                row["floor"] = told_by("compare.py", "floor", folder, Path(held) / f"build-{size}" / "graph.ttl")
            if "answers" in given.only:
                row["answers"] = measured([process(sys.executable, HERE / "ours.py", "answers", folder)])
            result["sizes"][size] = row
    for name, work in (("questions", questions), ("start", start), ("shipped", shipped)):
        if name in given.only:
            print(name, file=sys.stderr)
            result[name] = work(given.rounds)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
