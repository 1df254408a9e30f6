"""``ckg export`` and ``ckg page``: the graph for other tools; the interactive page as one file."""

from __future__ import annotations

from typing import Annotated

import typer

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
from cooperation_kg.cli.talk import Lang, language, progress


def export(
    name: Annotated[str, typer.Argument(help="turtle, trig, ntriples, nquads, jsonld or graphml.", metavar="FORMAT")],
    output: OutputFile = "-",
    view: Annotated[
        str | None,
        typer.Option("--view", help="For graphml: network or full. 网络或全部。", metavar="network|full"),
    ] = None,
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Write the graph in a format that other tools read. 导出。

    With --as-of only what belongs to that time, and the file says so; -o FOLDER/ gives the file its usual name.

    Example 示例：ckg export graphml -o network.graphml

    ckg export turtle --as-of 2018 -o exports/
    """
    from cooperation_kg.errors import UnknownFormat
    from cooperation_kg.render.exports import FORMATS, file_name
    from cooperation_kg.render.exports import export as export_graph

    chosen = language(lang)
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)
    asked = asked_time(as_of, status)
    kg = load_graph(data, chosen, known_at)
    with progress("导出", "exporting", chosen):
        content = export_graph(kg, name, view=view, as_of=asked)
    write_output(output, content, file_name(name, view=view, as_of=asked))


def page(
    output: OutputFile = "-",
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Write the interactive network as one HTML file that needs no network. 写出单个可离线打开的网页。

    With --as-of it opens at that time; the slider still reaches every year.

    Example 示例：ckg page -o network.html --lang zh
    """
    from cooperation_kg.render.network import build_network
    from cooperation_kg.render.pages import render_page

    chosen = language(lang)
    asked = asked_time(as_of, status)
    kg = load_graph(data, chosen, known_at)
    with progress("排版", "drawing", chosen):
        content = render_page(build_network(kg, asked), lang=chosen if lang else "zh")
    write_output(output, content.encode(), f"network.{asked.tag}.html" if asked else "network.html")
