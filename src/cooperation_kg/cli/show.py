"""``ckg show``: everything known of a place, pairing, programme, policy, source … and what is missing."""

from __future__ import annotations

from typing import Annotated

import typer

from cooperation_kg.cli.answers import AnswerFormat, known_format, write_answer
from cooperation_kg.cli.options import AsOfTime, DataFolder, KnownAt, OutputFile, asked_time, load_graph
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language


def show(
    name: Annotated[
        str,
        typer.Argument(
            help="A name, 简称, old name, pinyin, initials or id: 京蒙, jingmeng, 郧县, fiscal-aid. 名称、拼音或编号。",
            metavar="NAME",
        ),
    ],
    full: Annotated[bool, typer.Option("--full", help="List everything, however long. 全部列出。")] = False,
    as_of: AsOfTime = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    file_format: AnswerFormat = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Show everything known of a thing, with sources, and what is missing. 列出所知的一切、出处和缺漏。

    Example 示例：ckg show 京蒙 --as-of 2018
    """
    from cooperation_kg.query.show import show as show_thing

    chosen = language(lang)
    known_format(file_format)
    time = asked_time(as_of, None)
    kg = load_graph(data, chosen, known_at, endpoint)
    write_answer(show_thing(kg, name, time, full=full), file_format, output, chosen, kg.known_at)
