"""``ckg total``: the sum of what may be added, else why not and what can be said."""

from __future__ import annotations

from typing import Annotated

import typer

from cooperation_kg.cli.answers import AnswerFormat, known_format, write_answer
from cooperation_kg.cli.options import AsOfTime, DataFolder, KnownAt, OutputFile, asked_time, load_graph
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language, progress

FAILURES = ("refused",)


def total(
    about: Annotated[
        str,
        typer.Option(
            "--about", help="A pairing, place, programme …, by any name. 结对、地区、机制等的名称。", metavar="NAME"
        ),
    ],
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            help="What is added, repeatable: fiscal-aid or 财政援助资金; every measure without it. 指标，可多次。",
            metavar="MEASURE",
        ),
    ] = None,
    during: Annotated[
        str | None,
        typer.Option(
            "--during", help="Only figures whose whole period lies within: 2016/2020. 时段。", metavar="PERIOD"
        ),
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option("--stage", help="planned, agreed, allocated, paid or reported. 资金阶段。", metavar="STAGE"),
    ] = None,
    each_year: Annotated[
        bool,
        typer.Option("--each-year", help="Multiply amounts of every single year by their years. 每年之数乘以年数。"),
    ] = False,
    by_year: Annotated[
        bool, typer.Option("--by-year", help="Show year by year, gaps as gaps. 逐年，缺者标缺。")
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on", help="refused: exit 1 where figures may not be added. 不能相加则以 1 退出。", metavar="refused"
        ),
    ] = None,
    as_of: AsOfTime = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    file_format: AnswerFormat = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Add only what may be added, and say why not otherwise. 只加可加之数，否则说明为何不能。

    Example 示例：ckg total --about 京蒙 --measure fiscal-aid --during 2016/2020
    """
    from cooperation_kg.query.totals import total as add_up

    chosen = language(lang)
    known_format(file_format)
    if fail_on not in (None, *FAILURES):
        raise typer.BadParameter(f"{fail_on!r}: choose one of 请选 {', '.join(FAILURES)}")
    time = asked_time(as_of, None)
    kg = load_graph(data, chosen, known_at, endpoint)
    with progress("求和", "adding up", chosen):
        answer = add_up(
            kg, about, measure or (), during=during, stage=stage, each_year=each_year, by_year=by_year, as_of=time
        )
    write_answer(answer, file_format, output, chosen, kg.known_at)
    if fail_on and answer.refused:
        raise typer.Exit(1)
