"""Measure ours beside its peers, all in one run, and write a JSON from which RESULTS.md is made.

    python benchmarks/run.py --sizes S,M,L --rounds 3 -o benchmarks/results/run.json
    python benchmarks/run.py --only start build --sizes S --peers plain
    python benchmarks/run.py --only answers exports --add

Contenders take turns within a round. A measurement that fails is recorded with its message, and the rest goes on. The
file is written after every measurement, so what was measured is kept if the run is stopped. With --add, what the file
holds of other measurements stays, each with its day.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import watching
from equality import changed, equality, pairs
from national import write_record
from peers import HERE, PEERS, Peer, missing
from timing import Failed, Taken, apart, gather, machine, run

SIZES = {"S": 1_000, "T": 10_000, "M": 100_000, "L": 1_000_000}
"""Statements of each size; T stands between, so that how a cost grows is fitted over three."""
PACKAGES = ("cooperation-kg", "pyoxigraph", "rdflib", "networkx", "PyYAML", "yaml-rs", "pydantic")
CKG = Path(sys.executable).parent / "ckg"
PYTHON = Path(sys.executable)
EDIT = "，复核"


class Bench:
    """One run: what it was asked for, its folder, and what it has found."""

    def __init__(self, given: argparse.Namespace, work: Path) -> None:
        self.given, self.work = given, work
        self.said = work / "said.txt"
        held = json.loads(given.output.read_text(encoding="utf-8")) if given.add else {}
        self.found: dict[str, Any] = {
            "date": date.today().isoformat(),
            "machine": machine(),
            "versions": dict(_versions()),
            "peers": {name: {"version": p.version, "says": p.says, "missing": missing(p)} for name, p in PEERS.items()},
            "rounds": given.rounds,
            "sizes": held.get("sizes", {}),
            "measures": held.get("measures", {}),
            "equality": held.get("equality", {}),
            "failed": held.get("failed", {}),
            "days": held.get("days", dict.fromkeys(held.get("measures", {}), held.get("date"))),
        }
        self.found |= {"remark": held["remark"]} if "remark" in held else {}

    def dataset(self, size: str) -> Path:
        """Return the dataset of a size, made when first asked for."""
        folder = self.work / size / "data"
        if not folder.exists():
            apart(write_record, folder, SIZES[size])
        if size not in self.found["sizes"]:
            told = sum(path.stat().st_size for path in (folder / "statements").iterdir())
            self.found["sizes"][size] = {"statements": SIZES[size], "bytes of statements": told}
        return folder

    def say(self, *said: object) -> None:
        """Tell what is going on."""
        print(*said, file=sys.stderr, flush=True)

    def keep(self, measure: str, size: str, what: str, found: Any) -> None:
        """Record a finding and write the file."""
        self.found["measures"].setdefault(measure, {}).setdefault(size, {})[what] = found
        self.found["days"][measure] = self.found["date"]
        self.say(measure, size, what, str(found)[:300])
        self.write()

    def write(self) -> None:
        """Write what was found so far."""
        text = json.dumps(self.found, indent=1, ensure_ascii=False) + "\n"
        self.given.output.parent.mkdir(parents=True, exist_ok=True)
        self.given.output.write_text(text, encoding="utf-8", newline="\n")

    def turns(self, measure: str, size: str, contenders: dict[str, Callable[[], Taken]]) -> None:
        """Let contenders take turns, so many rounds; record each, or how it failed."""
        taken: dict[str, list[Taken]] = {name: [] for name in contenders}
        failed: dict[str, str] = {}
        for _ in range(self.given.rounds):
            for name, act in contenders.items():
                if name in failed:
                    continue
                try:
                    taken[name].append(act())
                except Failed as fault:
                    failed[name] = self._plain(str(fault))
        for name in contenders:
            self.keep(measure, size, name, {"failed": failed[name]} if name in failed else gather(taken[name]))

    def fail(self, measure: str, fault: Failed) -> None:
        """Record that a measurement ended early; what it had found stays."""
        self.found["failed"][measure] = self._plain(str(fault))
        self.say(measure, "failed:", fault)
        self.write()

    def _plain(self, fault: str) -> str:
        """Return a message without the folders of this machine."""
        return fault.replace(str(self.work), "…").replace(str(HERE.parent), "…")

    def inside(self, measure: str, size: str, *asked: str | Path) -> None:
        """Record what ``inside.py`` prints."""
        try:
            took = run([PYTHON, HERE / "inside.py", *asked], self.said)
        except Failed as fault:
            self.keep(measure, size, "failed", self._plain(str(fault)))
            return
        told = json.loads(self.said.read_text(encoding="utf-8").splitlines()[-1])
        self.found["measures"].setdefault(measure, {}).setdefault(size, {}).pop("failed", None)
        for name, value in told.items():
            self.found["measures"].setdefault(measure, {}).setdefault(size, {})[name] = value
        self.keep(measure, size, "whole process", gather([took]))

    @property
    def sizes(self) -> list[str]:
        """The sizes asked for."""
        return self.given.sizes

    def peers(self, size: str) -> list[Peer]:
        """The peers that run at a size."""
        asked = [PEERS[name] for name in self.given.peers if not missing(PEERS[name])]
        return asked if size in self.given.peer_sizes else []

    def out(self, size: str, name: str) -> Path:
        """Return a folder to write into."""
        folder = self.work / size / "out" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def ours(self, what: str, size: str) -> Callable[[], Taken]:
        """Return what runs ours."""
        command = (PYTHON, HERE / "ours.py", what, self.dataset(size), self.out(size, what))
        return lambda: run(command, self.said)


def _versions() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"


def start(bench: Bench) -> None:
    """`ckg --help` beside a bare interpreter."""
    rounds, bench.given.rounds = bench.given.rounds, max(bench.given.rounds, 9)
    bench.turns(
        "start",
        "–",
        {
            "ckg --help": lambda: run([CKG, "--help"], bench.said),
            "python": lambda: run([PYTHON, "-c", "pass"], bench.said),
        },
    )
    bench.given.rounds = rounds


def build(bench: Bench) -> None:
    """YAML to checked graph, store and files; the peers; and whether the same was written."""
    for size in bench.sizes:
        contenders = {"ours": bench.ours("build", size), "ours, export only": bench.ours("export", size)}
        for peer in bench.peers(size):
            contenders[peer.name] = _peer(bench, peer, size)
        bench.turns("build", size, contenders)
        if size in bench.given.peer_sizes:
            _compare(bench, size)


def _peer(bench: Bench, peer: Peer, size: str) -> Callable[[], Taken]:
    folder, out, prepared = (
        bench.dataset(size),
        bench.out(size, peer.name),
        bench.out(size, f"{peer.environment}-input"),
    )
    if peer.prepare and not any(prepared.iterdir()):
        # the plain environment is that of this project: it has PyYAML
        run([PYTHON, HERE / "peers" / peer.prepare, folder, prepared], bench.said)
    return lambda: run(peer.command(peer.python, folder, prepared, out), bench.said)


def _compare(bench: Bench, size: str) -> None:
    mine = bench.out(size, "build")
    told = bench.found["equality"].setdefault(size, {})
    for peer in bench.peers(size):
        if peer.result is None:
            continue
        theirs = peer.result(bench.out(size, f"{peer.environment}-input"), bench.out(size, peer.name))
        if theirs.exists():
            told[f"triples of {peer.name}"] = apart(equality, mine / "graph.ttl", theirs, peer.languages)
        if peer.name == "plain" and theirs.exists():
            networks = mine / "network.graphml", theirs.parent / "network.graphml"
            told["pairs in GraphML of plain"] = apart(pairs, *networks)
    same = filecmp.cmp(mine / "graph.ttl", bench.out(size, "export") / "graph.ttl", shallow=False)
    told["Turtle with and without store, and in another process"] = {"same bytes": same}
    bench.say(size, told)
    bench.write()


def incremental(bench: Bench) -> None:
    """One file is edited, then the command runs again; and which triples changed."""
    for size in bench.sizes:
        folder, out = bench.dataset(size), bench.out(size, "incremental")
        turtle = out / "graph.ttl"
        commands: dict[str, tuple[str | Path, ...]] = {
            "ckg check": (CKG, "check", "--data", folder),
            "ckg export turtle": (CKG, "export", "turtle", "--data", folder, "-o", turtle),
        }
        if size in bench.given.site_sizes:
            commands["ckg build"] = (CKG, "build", "--data", folder, "-o", out / "site")
        for name, command in commands.items():
            run(command, bench.said)
            bench.turns("incremental", size, {name: partial(_edited, bench, folder, command)})
            bench.turns("nothing edited", size, {name: partial(run, command, bench.said)})
        if size in bench.given.peer_sizes:
            bench.found["equality"].setdefault(size, {})["triples that an edit of one note changes"] = _changed(
                bench, folder, commands["ckg export turtle"], turtle
            )


@contextmanager
def _edit(folder: Path) -> Iterator[None]:
    """Hold one file with another note, then as it was."""
    path = folder / "statements" / "source-0.yaml"
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition("\n  note: ")
    first, line_end, after = rest.partition("\n")
    path.write_text(before + found + first + EDIT + line_end + after, encoding="utf-8", newline="\n")
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8", newline="\n")


def _edited(bench: Bench, folder: Path, command: tuple[str | Path, ...]) -> Taken:
    with _edit(folder):
        taken = run(command, bench.said)
    run(command, bench.said)  # back to what it was, not counted
    return taken


def _changed(bench: Bench, folder: Path, command: tuple[str | Path, ...], turtle: Path) -> dict[str, int]:
    run(command, bench.said)
    before = turtle.rename(turtle.with_stem("before"))
    with _edit(folder):
        run(command, bench.said)
    return apart(changed, before, turtle)


def questions(bench: Bench) -> None:
    """Each named question in the embedded store and in rdflib, over the same Turtle."""
    for size in bench.sizes:
        _written(bench, size)
        asked = ["questions", bench.dataset(size), bench.out(size, "build") / "graph.ttl"]
        without = [] if size in bench.given.rdflib_sizes else ["--no-rdflib"]
        limit = ["--limit", str(bench.given.limit)]
        bench.inside("questions", size, *asked, "--rounds", str(bench.given.rounds), *limit, *without)


def answers(bench: Bench) -> None:
    """Look-ups, total, conflicts and report in one process."""
    for size in bench.sizes:
        bench.inside("answers", size, "answers", bench.dataset(size), "--rounds", str(bench.given.rounds))


def exports(bench: Bench) -> None:
    """Each export of a graph whose facts stand."""
    for size in bench.sizes:
        bench.inside("exports", size, "exports", bench.dataset(size), "--rounds", str(bench.given.rounds))


def writers(bench: Bench) -> None:
    """Our writers of Turtle and GraphML beside those of rdflib and networkx, with the same content."""
    for size in bench.sizes:
        if size in bench.given.rdflib_sizes:
            _written(bench, size)
            turtle = bench.out(size, "build") / "graph.ttl"
            bench.inside("writers", size, "writers", bench.dataset(size), turtle, "--rounds", str(bench.given.rounds))


def _written(bench: Bench, size: str) -> None:
    if not (bench.out(size, "build") / "graph.ttl").exists():
        bench.ours("build", size)()


def shipped(bench: Bench) -> None:
    """The shipped facts: whole process without the site, the stages in one process, and the site."""
    out = bench.out("S", "shipped")
    bench.turns("shipped", "–", {"build": lambda: run([PYTHON, HERE / "ours.py", "build", "-", out], bench.said)})
    bench.inside("shipped stages", "–", "stages", "-")
    bench.turns("shipped", "–", {"ckg build": lambda: run([CKG, "build", "--again", "-o", out / "site"], bench.said)})


def site(bench: Bench) -> None:
    """`ckg build`: check, graph, site and exports."""
    for size in bench.sizes:
        if size in bench.given.site_sizes:
            command = (CKG, "build", "--again", "--data", bench.dataset(size), "-o", bench.out(size, "site"))
            bench.turns("site", size, {"ours": partial(run, command, bench.said)})


def floor(bench: Bench) -> None:
    """The least that stages can take, and what they take."""
    for size in bench.sizes:
        if size in bench.given.peer_sizes:
            bench.inside("floor", size, "floor", bench.dataset(size))
        bench.inside("stages", size, "stages", bench.dataset(size))


def watch(bench: Bench) -> None:
    """An edit of the shipped facts, until the programs that watch them have answered it."""
    rounds = max(bench.given.rounds, 9)
    for name, measured in (("ckg serve --watch", watching.serve), ("ckg check --watch", watching.check)):
        bench.keep("watch", "–", name, measured(bench.out("S", "watch"), rounds))


MEASURES: dict[str, Callable[[Bench], None]] = {
    "start": start,
    "shipped": shipped,
    "watch": watch,
    "build": build,
    "incremental": incremental,
    "answers": answers,
    "exports": exports,
    "floor": floor,
    "writers": writers,
    "questions": questions,
    "site": site,
}


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    parser.add_argument(
        "--sizes", type=_names, default=["S", "T", "M"], help="S, T, M, L: 1k, 10k, 100k, 1M statements"
    )
    parser.add_argument("--peers", type=_names, default=list(PEERS), help=", ".join(PEERS))
    parser.add_argument("--peer-sizes", type=_names, default=["S", "M"], help="where peers run, and are compared")
    parser.add_argument("--rdflib-sizes", type=_names, default=["S", "M"], help="where rdflib answers and writes")
    parser.add_argument("--site-sizes", type=_names, default=["S", "T"], help="where the whole site is written")
    parser.add_argument("--add", action="store_true", help="keep what the output holds of other measurements")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=20, help="seconds that rdflib has for a question")
    parser.add_argument("--work", type=Path, help="folder for datasets and results; a temporary one if none")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "results" / "run.json")
    return parser.parse_args(given)


def main() -> None:
    """Measure what is asked for."""
    given = arguments()
    work = given.work or Path(tempfile.mkdtemp(prefix="benchmarks-"))
    work.mkdir(parents=True, exist_ok=True)
    bench = Bench(given, work)
    try:
        for name in given.only:
            bench.say(f"== {name}")
            try:
                MEASURES[name](bench)
            except Failed as fault:
                bench.fail(name, fault)
    finally:
        bench.write()
        if given.work is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
