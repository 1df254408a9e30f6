"""``ckg measure``: what the network looks like in numbers, with what each means and where it misleads."""

from __future__ import annotations

from typing import Annotated

import typer

from cooperation_kg.cli.answers import ANSWER_FORMATS, known_format, write_answer
from cooperation_kg.cli.options import AsOfTime, DataFolder, KnownAt, OutputFile, load_graph, write_output
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language, progress, say


def measure(
    name: Annotated[
        str | None, typer.Argument(help="A measure by name; --list shows all. 指标名称。", metavar="NAME")
    ] = None,
    programme: Annotated[
        str | None,
        typer.Option("--programme", help="A programme by id or name; all without it. 协作项目。", metavar="PROGRAMME"),
    ] = None,
    level: Annotated[
        str,
        typer.Option(
            "--level",
            help="province, prefecture, county: both parties of it; all: every pairing. 层级。",
            metavar="LEVEL",
        ),
    ] = "province",
    years: Annotated[
        str | None,
        typer.Option("--years", help="Year by year: 1996/2026. 逐年。", metavar="FIRST/LAST"),
    ] = None,
    as_of: AsOfTime = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            help="certain, possible or undated, repeatable; certain and possible without it. 可多次；默认前两种。",
            metavar="STATUS",
        ),
    ] = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    list_all: Annotated[bool, typer.Option("--list", help="List the measures. 列出全部指标。")] = False,
    file_format: Annotated[
        str,
        typer.Option("--format", "-f", help=f"{', '.join(ANSWER_FORMATS)}, csv. 输出格式。", metavar="FORMAT"),
    ] = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Measure the network of pairings, and say where the number misleads. 网络指标，附含义与误读之处。

    Example 示例：ckg measure turnover --programme east-west
    """
    from cooperation_kg.query.measures import known_measure
    from cooperation_kg.query.measures import measure as measure_network

    chosen = language(lang)
    known_format(file_format, (*ANSWER_FORMATS, "csv"))
    if list_all:
        write_output(output, _listing(chosen).encode())
        return
    if name is None:
        raise typer.BadParameter("give a measure, or --list 请给出指标，或用 --list")
    known_measure(name, level)
    kg = load_graph(data, chosen, known_at, endpoint)
    with progress("计算", "measuring", chosen):
        measured = measure_network(
            kg,
            name,
            as_of=as_of,
            years=years,
            programme=programme,
            level=level,
            status=status,
        )
    if file_format == "csv":
        write_output(output, measured.table.to_csv().encode())
        for line in (*measured.notes(chosen), measured.measure.misleads.in_language(chosen)):
            say(line)
    else:
        write_answer(measured, file_format, output, chosen, kg.known_at)


def _listing(lang: str) -> str:
    from cooperation_kg.query.measures import MEASURES

    return "".join(
        f"{found.name}  {found.title.in_language(lang)}\n"
        + "".join(f"    {text.in_language(lang)}\n" for text in (found.means, found.misleads))
        for found in MEASURES.values()
    )
