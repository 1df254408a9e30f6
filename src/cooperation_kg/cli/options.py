"""The options that several commands share, and the loading behind them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.talk import progress, say
from cooperation_kg.errors import Issue, OutputError

if TYPE_CHECKING:
    from cooperation_kg.graph.asof import AsOf
    from cooperation_kg.graph.dataset import KnowledgeGraph

DataFolder = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of one's own dataset; the shipped facts without it. 自有数据集的文件夹。"),
]
OutputFile = Annotated[
    str,
    typer.Option("--output", "-o", help="File to write; - for stdout. 输出文件；- 为标准输出。", metavar="FILE"),
]

AsOfTime = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="A year, month, day or interval: 2018, 2018-04, 2018-04-30, 2016/2020. 年、月、日或时段。",
        metavar="TIME",
    ),
]
Status = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        help="With --as-of: certain, possible or undated, repeatable; all three without it. 与 --as-of 同用，可多次。",
        metavar="STATUS",
    ),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        help="Answer as the data stood at a git revision, or at the end of a day (UTC). 按某版本或某日的数据作答。",
        metavar="REV|DATE",
    ),
]


def asked_time(as_of: str | None, status: list[str] | None) -> AsOf | None:
    """Return the time asked about, or None; raises BadParameter for a text that is no time."""
    from cooperation_kg.graph.asof import parse_as_of

    if as_of is None:
        if status:
            raise typer.BadParameter("--status goes with --as-of 须与 --as-of 同用")
        return None
    return parse_as_of(as_of, status or ())


def load_graph(
    data: Path | None, lang: str, known_at: str | None = None, endpoint: str | None = None
) -> KnowledgeGraph:
    """Return the graph of a data folder; raises InvalidCorpus with every fault, as the caller names the files.

    Parameters
    ----------
    known_at: a git revision, or a date: the data as they stood then.
    endpoint: the address of a SPARQL server: the data that ``ckg push`` brought there.
    """
    from cooperation_kg.curate.corpus import load_corpus
    from cooperation_kg.errors import InvalidCorpus
    from cooperation_kg.graph.dataset import build_graph

    if endpoint is not None:
        if data is not None or known_at is not None:
            raise typer.BadParameter("--endpoint goes without --data and --known-at 不得与 --data、--known-at 同用")
        from cooperation_kg.cli.servers import open_server
        from cooperation_kg.remote.records import data_of

        with open_server(endpoint) as server, data_of(server) as folder:
            return load_graph(folder, lang)
    if known_at is not None:
        from cooperation_kg.curate.revisions import data_at

        with data_at(data, known_at) as then:
            say(f"数据版本 {then.name}" if lang == "zh" else f"the data of revision {then.name}")
            return replace(load_graph(then.folder, lang), known_at=then.name)
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


def write_output(target: str, content: bytes, usual_name: str = "") -> None:
    """Write bytes to a file, whole or not at all, or to stdout for ``-``.

    Parameters
    ----------
    target: a file; a folder (it exists, or ends with a slash) where there is a usual name.
    usual_name: what the file is called in a folder.
    """
    if target == "-":
        if sys.stdout is None:
            raise OutputError("there is no standard output to write to; give a file with -o")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from cooperation_kg.render.output import write_whole

    path = Path(target)
    if usual_name and (path.is_dir() or target.endswith(("/", os.sep))):
        path = path / usual_name
    write_whole(path, content)
    say(f"{len(content):>12,}  {path}")


def write_files(target: str, files: Mapping[str, bytes], usual_name: str) -> None:
    """Write an export of several files into a folder, all of them or none.

    Parameters
    ----------
    target: the folder itself; where it ends with a slash or exists, a folder of the usual name inside it.
    """
    from cooperation_kg.render.output import write_all

    folder = Path(target)
    if folder.is_dir() or target.endswith(("/", os.sep)):
        folder = folder / usual_name
    for path in write_all(folder, files):
        say(f"{path.stat().st_size:>12,}  {path}")
