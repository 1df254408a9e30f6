"""``ckg report``: what the record lacks, and what to look for next."""

from __future__ import annotations

from typing import Annotated

import typer

from cooperation_kg.cli.answers import ANSWER_FORMATS, known_format, write_answer
from cooperation_kg.cli.options import (
    AsOfTime,
    DataFolder,
    KnownAt,
    OutputFile,
    Status,
    asked_time,
    load_graph,
    write_output,
)
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language, progress

FORMATS = (*ANSWER_FORMATS, "csv")


def report(
    about: Annotated[
        str | None,
        typer.Option("--about", help="A pairing, place or programme, by any name. 结对、地区或机制。", metavar="NAME"),
    ] = None,
    programme: Annotated[
        str | None, typer.Option("--programme", help="Pairings of one programme. 只看一个机制。", metavar="NAME")
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option("--measure", help="A measure by id or label, repeatable. 指标，可多次。", metavar="MEASURE"),
    ] = None,
    years: Annotated[
        str | None, typer.Option("--years", help="2018 or 2016/2020. 覆盖的年份。", metavar="YEARS")
    ] = None,
    part: Annotated[
        list[str] | None,
        typer.Option(
            "--part",
            help="coverage, freshness, single, thin or next; repeatable. "
            "All without it, but thin only where nothing is named. 部分，可多次。",
            metavar="PART",
        ),
    ] = None,
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    file_format: Annotated[
        str, typer.Option("--format", "-f", help=f"{', '.join(FORMATS)}. 输出格式。", metavar="FORMAT")
    ] = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Report what the record lacks: coverage, freshness, single sources, what to look for next. 记录缺什么。

    Example 示例：ckg report --about 京蒙 --part coverage

    ckg report --part next -f csv -o next.csv
    """
    from cooperation_kg.query.report import report as report_on

    chosen = language(lang)
    known_format(file_format, FORMATS)
    parts = _known_parts(part or [], file_format)
    asked = asked_time(as_of, status)
    kg = load_graph(data, chosen, known_at, endpoint)
    with progress("清点", "taking stock", chosen):
        found = report_on(kg, about=about, programme=programme, measures=measure or (), years=years, as_of=asked)
    found = found.only(*parts) if parts else found
    if file_format == "csv":
        write_output(output, found.csv(parts[0], chosen).encode())
    else:
        write_answer(found, file_format, output, chosen, kg.known_at)


def _known_parts(parts: list[str], file_format: str) -> tuple[str, ...]:
    """Return the parts wanted, none where no choice is made; or end as wrong usage before anything is loaded."""
    from cooperation_kg.query.report import PARTS

    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise typer.BadParameter(f"--part {', '.join(unknown)}: choose among 请选 {', '.join(PARTS)}")
    if file_format == "csv" and len(parts) != 1:
        raise typer.BadParameter(f"csv needs one --part 须写一个 --part：{', '.join(PARTS)}")
    return tuple(dict.fromkeys(parts))
