"""The options that several commands share, and the loading behind them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.talk import progress, say
from cooperation_kg.errors import Issue, OutputError

if TYPE_CHECKING:
    from cooperation_kg.graph.dataset import KnowledgeGraph

DataFolder = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of one's own dataset; the shipped facts without it. 自有数据集的文件夹。"),
]
OutputFile = Annotated[
    str,
    typer.Option("--output", "-o", help="File to write; - for stdout. 输出文件；- 为标准输出。", metavar="FILE"),
]


def load_graph(data: Path | None, lang: str) -> KnowledgeGraph:
    """Return the graph of a data folder; raises InvalidCorpus with every fault, as the caller names the files."""
    from cooperation_kg.curate.corpus import load_corpus
    from cooperation_kg.errors import InvalidCorpus
    from cooperation_kg.graph.dataset import build_graph

    try:
        with progress("读取并检查事实", "reading and checking the facts", lang):
            corpus = load_corpus(data)
        with progress("建图", "building the graph", lang):
            return build_graph(corpus)
    except InvalidCorpus as invalid:
        raise InvalidCorpus(located(invalid.issues, data)) from invalid


def located(issues: Iterable[Issue], data: Path | None) -> list[Issue]:
    """Return issues whose files are named from where the caller stands, so that an editor can open them."""
    from cooperation_kg.locations import data_folder

    folder = data or data_folder()
    if data is None and folder.is_relative_to(Path.cwd()):
        folder = folder.relative_to(Path.cwd())
    return [i if ":" in i.file else replace(i, file=(folder / i.file).as_posix()) for i in issues]


def write_output(target: str, content: bytes) -> None:
    """Write bytes to a file, whole or not at all, or to stdout for ``-``."""
    if target == "-":
        if sys.stdout is None:
            raise OutputError("there is no standard output to write to; give a file with -o")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from cooperation_kg.render.output import write_whole

    write_whole(Path(target), content)
    say(f"{len(content):>12,}  {target}")
