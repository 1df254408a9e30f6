"""``ckg export`` and ``ckg page``: the graph for other tools; the interactive page as one file."""

from __future__ import annotations

from typing import Annotated

import typer

from cooperation_kg.cli.options import DataFolder, OutputFile, load_graph, write_output
from cooperation_kg.cli.talk import Lang, language, progress


def export(
    name: Annotated[str, typer.Argument(help="turtle, trig, ntriples, nquads, jsonld or graphml.", metavar="FORMAT")],
    output: OutputFile = "-",
    view: Annotated[
        str | None,
        typer.Option("--view", help="For graphml: network or full. 网络或全部。", metavar="network|full"),
    ] = None,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Write the graph in a format that other tools read. 导出。

    Example 示例：ckg export graphml -o network.graphml
    """
    from cooperation_kg.errors import UnknownFormat
    from cooperation_kg.render.exports import FORMATS
    from cooperation_kg.render.exports import export as export_graph

    chosen = language(lang)
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)
    kg = load_graph(data, chosen)
    with progress("导出", "exporting", chosen):
        content = export_graph(kg, name, view=view)
    write_output(output, content)


def page(
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Write the interactive network as one HTML file that needs no network. 写出单个可离线打开的网页。

    Example 示例：ckg page -o network.html --lang zh
    """
    from cooperation_kg.render.network import build_network
    from cooperation_kg.render.pages import render_page

    chosen = language(lang)
    kg = load_graph(data, chosen)
    with progress("排版", "drawing", chosen):
        content = render_page(build_network(kg), lang=chosen if lang else "zh")
    write_output(output, content.encode())
