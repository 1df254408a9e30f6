"""``ckg conflicts``: where sources differ, with both sides, how far apart they are, and what has been settled."""

from __future__ import annotations

from typing import Annotated

import typer

from cooperation_kg.cli.answers import AnswerFormat, known_format, write_answer
from cooperation_kg.cli.options import AsOfTime, DataFolder, KnownAt, OutputFile, Status, asked_time, load_graph
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language, progress


def conflicts(
    name: Annotated[
        str | None,
        typer.Argument(help="A place, pairing, programme, source …; all without it. 名称或 id。", metavar="NAME"),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help="value, start, end, basis, direction, date, number, part, partner or period. 何处不同。",
            metavar="KIND",
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option("--measure", help="A measure by notation or label. 指标代码或名称。", metavar="MEASURE"),
    ] = None,
    classes: Annotated[
        list[str] | None,
        typer.Option(
            "--class",
            help="open, settled, part-exceeds-whole, compatible, scope-differs, period-differs or partner, repeatable; "
            "the first three without it, or what the --kind can be. 类别，可多次。",
            metavar="CLASS",
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List every class. 列出各类。")] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on", help="Exit 1 if there is any of a class, repeatable. 有此类则退出码为 1。", metavar="CLASS"
        ),
    ] = None,
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    file_format: AnswerFormat = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """List where sources say different things of one thing, with both sides. 列出说法不一之处，各方并陈。

    Example 示例：ckg conflicts 浙川 --measure officials-posted

    ckg conflicts --kind start --format markdown -o conflicts.md
    """
    from cooperation_kg.errors import BadParameter
    from cooperation_kg.query.conflicts import CLASSES
    from cooperation_kg.query.conflicts import conflicts as find_conflicts

    chosen = language(lang)
    known_format(file_format)
    if every and classes:
        raise typer.BadParameter("--all lists every class: leave out --class 与 --class 不能同用")
    for wanted in fail_on or ():
        if wanted not in CLASSES:
            raise BadParameter(f"--fail-on: no class {wanted!r}; choose among 请选：{', '.join(CLASSES)}")
    asked = asked_time(as_of, status)
    kg = load_graph(data, chosen, known_at, endpoint)
    with progress("比对", "comparing", chosen):
        found = find_conflicts(
            kg, about=name, kind=kind, measure=measure, classes=tuple(CLASSES) if every else classes or (), as_of=asked
        )
    write_answer(found, file_format, output, chosen, kg.known_at)
    if any(found.counts[wanted] for wanted in fail_on or ()):
        raise typer.Exit(1)
