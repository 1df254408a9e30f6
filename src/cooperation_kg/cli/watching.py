"""``ckg check --watch``: the faults of a folder, told again whenever a file in it changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from cooperation_kg.cli.options import located
from cooperation_kg.cli.talk import say, say_issues
from cooperation_kg.curate.corpus import Corpus, read_corpus
from cooperation_kg.curate.memory import Mark, Memory, mark_of
from cooperation_kg.curate.rules import check
from cooperation_kg.errors import Issue
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.graph.shapes import check_shapes
from cooperation_kg.locations import data_folder

PAUSE = 0.1
"""Seconds between two looks at the folder."""


def watch_folder(data: Path | None, lang: str, *, rest: Callable[[], object] = lambda: time.sleep(PAUSE)) -> None:
    """Tell the faults of a data folder now and after every change; ends with Ctrl-C.

    What a curator typed wrong is told at once; the proof of the graph against the shapes follows while nobody types.

    Parameters
    ----------
    rest: what is done between two looks.
    """
    folder = data or data_folder()
    memory = Memory()
    seen: Mapping[Path, Mark | None] | None = None
    waiting: Corpus | None = None
    try:
        while True:
            now = {path: mark_of(path) for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".yml", ".md")}
            if now != seen:
                seen, waiting = now, _tell(folder, data, memory, lang)
            elif waiting is not None:
                faults, waiting = check_shapes(build_graph(waiting)), None
                if faults:
                    say_issues(located(faults, data), lang)
            rest()
    except KeyboardInterrupt:
        say("不再查看" if lang == "zh" else "no longer watching")


def _tell(folder: Path, data: Path | None, memory: Memory, lang: str) -> Corpus | None:
    """Tell the faults of the files; return the corpus where it has none."""
    began = time.perf_counter()
    corpus, issues = read_corpus(folder, memory)
    if corpus is not None:
        issues = sorted([*issues, *check(corpus)])
    took = time.perf_counter() - began
    shown: list[Issue] = located(issues, data)
    say(f"—— {time.strftime('%H:%M:%S')} · {took:.2f} s")
    say_issues(shown, lang)
    return None if any(issue.severity == "error" for issue in issues) else corpus
