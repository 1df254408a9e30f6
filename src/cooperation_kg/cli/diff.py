"""``ckg diff``: what changed between two states of the data, for review before they are published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cooperation_kg.cli.answers import AnswerFormat, known_format, write_answer
from cooperation_kg.cli.options import DataFolder, OutputFile
from cooperation_kg.cli.talk import Lang, language, progress

SIDE = "A revision (HEAD~3, v0.2.0, 2026-11-22), a data folder or a build. 版本、数据文件夹或构建结果。"


def diff(
    a: Annotated[str, typer.Argument(help=f"The earlier state. 先前的状态。{SIDE}", metavar="A")],
    b: Annotated[str, typer.Argument(help="The later state, likewise. 后来的状态，写法同上。", metavar="B")],
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            help="Exit 1 if there are statements of that class: removed, withdrawn, reinstated, corrected, "
            "reconfirmed, added; repeatable. 有该类陈述时以 1 退出，可多次。",
            metavar="CLASS",
        ),
    ] = None,
    file_format: AnswerFormat = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Show what changed from A to B: statements by id, old and new value, and what follows. 两个状态之间的改变。

    A path that is there goes first: `data` is the folder as it now stands, committed or not; else A and B are
    revisions of the repository of --data (or of the data folder on the other side).
    已有的路径优先：data 指现在的文件夹（不论是否提交）；否则 A、B 为数据所在仓库的版本。

    Example 示例：ckg diff HEAD data --format markdown
    """
    from cooperation_kg.query.differences import STATEMENT_CLASSES, differences, read_side
    from cooperation_kg.query.differences.sides import data_folder_at

    chosen = language(lang)
    known_format(file_format)
    unknown = [name for name in fail_on or () if name not in STATEMENT_CLASSES]
    if unknown:
        raise typer.BadParameter(f"--fail-on {', '.join(unknown)}: choose among 请选 {', '.join(STATEMENT_CLASSES)}")
    folders = [folder for side in (a, b) if (folder := data_folder_at(Path(side))) is not None]
    repository = data if data is not None else next(iter(folders), None)
    sides = []
    for side in (a, b):
        with progress(f"读取 {side}", f"reading {side}", chosen):
            sides.append(read_side(side, repository))
    found = differences(sides[0], sides[1])
    write_answer(found, file_format, output, chosen)
    if any(found.statements(name) for name in fail_on or ()):
        raise typer.Exit(1)
