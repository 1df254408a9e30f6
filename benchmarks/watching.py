"""How long after an edit do the programs that watch the data answer it? On a copy of the shipped facts.

One figure is edited to and fro. Counted from before the file is written: until an answer at ``/sparql`` has the new
figure, and the page of its source too; until ``ckg check --watch`` has told what it found.
"""

from __future__ import annotations

import http.client
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from serving_process import ckg_serve, free_port, running
from timing import Failed, spread

from cooperation_kg.locations import data_folder

FILE, STATEMENT, PAGE = "statements/zang30.yaml", "zang30.s004", "/source/zang30.html"
FIGURES = ("74个", "75个")
QUERY = f"SELECT ?w {{ <https://w3id.org/cooperation-kg/id/statement/{STATEMENT}> coop:asWritten ?w }}"
_LOOK = 0.02
"""Seconds between two looks: whoever asks all the time takes the processor from what is measured."""
_LONGEST = 60.0
_REST = 3.0
"""Seconds between two edits: a file counts as settled after two."""


@contextmanager
def edited(folder: Path, turn: int) -> Iterator[tuple[str, float]]:
    """Edit the figure; give what it is now, and the time before the file was written."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    old, new = FIGURES[turn % 2], FIGURES[(turn + 1) % 2]
    if old not in text:
        raise Failed(f"{FILE} has no {old}")
    time.sleep(_REST)
    began = time.perf_counter()
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    yield new, began


def seconds_until(began: float, is_done: Callable[[], bool]) -> float:
    """Return the seconds from ``began`` until something holds; raises Failed where it takes too long."""
    while not is_done():
        if time.perf_counter() - began > _LONGEST:
            raise Failed("an edit was not answered")
        time.sleep(_LOOK)
    return time.perf_counter() - began


def serve(work: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Return the seconds of ``ckg serve --watch``."""
    folder, port = _copied(work), free_port()
    answers, pages = [], []
    with running(ckg_serve(port, "--data", folder, "--watch"), port, work / "server", "triples;"):
        _got(port, PAGE)
        for turn in range(rounds + 1):
            with edited(folder, turn) as (figure, began):
                for path, took in ((f"/sparql?query={quote(QUERY)}", answers), (PAGE, pages)):
                    took.append(seconds_until(began, partial(_has, port, path, figure)))
    # the first edit meets a process that has not yet rested
    return {"answer s": spread(answers[1:]), "answer and page s": spread(pages[1:])}


def check(work: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Return the seconds of ``ckg check --watch``."""
    folder = _copied(work)
    log = work / "check.txt"
    took = []
    with log.open("wb") as out:
        command = (sys.executable, "-c", "from cooperation_kg.cli import main; main()", "check", "--watch")
        process = subprocess.Popen([*command, "--data", str(folder)], stdout=out, stderr=out)
    try:
        seconds_until(time.perf_counter(), partial(_has_told, log, 1))
        for turn in range(rounds + 1):
            with edited(folder, turn) as (_, began):
                took.append(seconds_until(began, partial(_has_told, log, turn + 2)))
    finally:
        process.kill()
        process.wait()
    return {"told s": spread(took[1:])}


def _copied(work: Path) -> Path:
    folder = work / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(data_folder(), folder)
    time.sleep(_REST)
    return folder


def _has_told(log: Path, times: int) -> bool:
    return log.read_text(encoding="utf-8", errors="replace").count("——") == times


def _has(port: int, path: str, figure: str) -> bool:
    return figure.encode() in _got(port, path)


def _got(port: int, path: str) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path)
        return line.getresponse().read()
    finally:
        line.close()
