"""``ckg export`` and ``ckg page``: the graph for other tools; the interactive page as one file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import (
    AsOfTime,
    DataFolder,
    KnownAt,
    OutputFile,
    Status,
    asked_time,
    load_graph,
    write_files,
    write_output,
)
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language, progress, say
from cooperation_kg.errors import BadParameter

if TYPE_CHECKING:
    from cooperation_kg.render.exports import Format


def export(
    name: Annotated[str | None, typer.Argument(help="One of the formats below. 格式名。", metavar="FORMAT")] = None,
    output: OutputFile = "-",
    view: Annotated[
        str | None,
        typer.Option(
            "--view", help="Which part, where the format has several. 取哪一部分。", metavar="network|statements|full"
        ),
    ] = None,
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    programme: Annotated[
        str | None, typer.Option("--programme", help="Only this programme. 只含该机制。", metavar="NAME")
    ] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", help="Only this place and what lies inside. 只含该地及其下辖。", metavar="NAME"),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", help="Only pairings between places of this level. 只含该层级的结对。", metavar="LEVEL"),
    ] = None,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Write the graph in a format that other tools read. 导出。

    Without FORMAT: list the formats, their views and what each loses. 不写格式名则列出各格式。

    With --as-of only what belongs to that time, and the file says so; -o FOLDER/ gives the file its usual name.

    Example 示例：ckg export graphml -o network.graphml

    ckg export turtle --as-of 2018 -o exports/

    ckg export csv --programme 东西部协作 --level 县级 -o exports/
    """
    from cooperation_kg.query.selecting import selection_of
    from cooperation_kg.render.exports import export_files, file_name, format_of
    from cooperation_kg.render.exports.cut import cut_of

    chosen = language(lang)
    if name is None:
        return _list_formats(chosen)
    row = format_of(name)
    is_folder = row.view(view) in row.folders
    if is_folder and output == "-":
        raise BadParameter(f"{name} is a folder of files; name it with -o {name} 是多个文件，请用 -o 指定文件夹")
    asked = asked_time(as_of, status)
    kg = load_graph(data, chosen, known_at, endpoint)
    selection = selection_of(kg, programme or "", place or "", level or "")
    part = cut_of(kg, row.view(view), as_of=asked, selection=selection, lang=chosen)
    if part.remarks(chosen) and not part.kg.derived.pairings:
        told = "；".join(part.remarks("zh")) if chosen == "zh" else "; ".join(part.remarks("en"))
        say(f"没有结对合乎所选：{told}" if chosen == "zh" else f"no pairing is left of what was asked for: {told}")
    with progress("导出", "exporting", chosen):
        files = export_files(kg, name, view=view, as_of=asked, selection=selection, lang=chosen)
    usual = file_name(name, view=view, as_of=asked, selection=selection)
    if is_folder:
        return write_files(output, files, usual)
    return write_output(output, next(iter(files.values())), usual)


def _list_formats(lang: str) -> None:
    """Print the table of formats: name, views, suffix, what is lost."""
    from cooperation_kg.render.documents import text_rows
    from cooperation_kg.render.exports import FORMATS

    head = ("格式", "--view", "后缀", "丢失什么") if lang == "zh" else ("format", "--view", "suffix", "what it loses")
    rows = [(f.name, "|".join(f.views), _suffix(f), f.zh if lang == "zh" else f.en) for f in FORMATS.values()]
    for line in text_rows(head, rows, shutil.get_terminal_size().columns):
        typer.echo(line)


def _suffix(row: Format) -> str:
    """Return the suffix of a format's file; a slash where it is always a folder."""
    return "/" if set(row.views) == set(row.folders) else row.suffix


def page(
    output: OutputFile = "-",
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
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
    kg = load_graph(data, chosen, known_at, endpoint)
    with progress("排版", "drawing", chosen):
        content = render_page(build_network(kg, asked), lang=chosen if lang else "zh")
    write_output(output, content.encode(), f"network.{asked.tag}.html" if asked else "network.html")
