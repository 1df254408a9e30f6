"""``ckg query``: a named question, a file or piped SPARQL; a table on the terminal or a file for other tools."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
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
    write_output,
)
from cooperation_kg.cli.servers import Endpoint, open_server
from cooperation_kg.cli.talk import Lang, language, progress, say

if TYPE_CHECKING:
    from cooperation_kg.graph.asof import AsOf
    from cooperation_kg.graph.dataset import KnowledgeGraph
    from cooperation_kg.query.table import Table
    from cooperation_kg.remote.server import Server

SUFFIXES = {"table": "txt", "turtle": "ttl", "ntriples": "nt"}
"""Endings of files that are not the name of their format."""


def query(
    question: Annotated[
        str | None,
        typer.Argument(
            help="A question or example by name, a .rq file, or -. 问题或示例的名称、.rq 文件，或 -（标准输入）。",
            metavar="NAME|FILE|-",
        ),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", help="name=value, repeatable. 参数，可多次。", metavar="NAME=VALUE"),
    ] = None,
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    file_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="table, csv, tsv, json, xml; turtle, ntriples, jsonld for CONSTRUCT. csv is that of SPARQL, exact: "
            "a text that begins with = is not made safe for a spreadsheet. csv 照 SPARQL 标准原样写出，不防公式。",
            metavar="FORMAT",
        ),
    ] = None,
    output: OutputFile = "-",
    list_all: Annotated[bool, typer.Option("--list", help="List the named questions. 列出全部问题。")] = False,
    list_examples: Annotated[
        bool, typer.Option("--examples", help="List what users ask, each to be run by its name. 列出示例问题。")
    ] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the SPARQL instead. 显示 SPARQL。")] = False,
    endpoint: Endpoint = None,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Ask the graph. 查询。

    Example 示例：ckg query pairings --as-of 2018

    ckg query pairings-of -p place=京 -f csv -o beijing.csv
    """
    chosen = language(lang)
    if list_all:
        write_output(output, _listing(chosen).encode())
        return
    if list_examples:
        write_output(output, _example_listing(chosen).encode())
        return
    if question is None:
        raise typer.BadParameter("give a question, --list or --examples 请给出问题，或用 --list、--examples")
    text, example_time = _question_text(question)
    asked = asked_time(as_of or example_time, status)
    if show:
        from cooperation_kg.query.library import named_query

        write_output(output, (text if text != question else named_query(question).sparql).encode())
        return
    parameters = _parameters(param or [], text, chosen)
    if endpoint is not None:
        if known_at is not None:
            raise typer.BadParameter("--endpoint goes without --known-at --endpoint 不得与 --known-at 同用")
        from cooperation_kg.remote.dialects import SERVE

        with open_server(endpoint) as server:
            # names are read as the data there have them; those of a plain ckg serve, as the data at hand have them
            elsewhere = None if data or server.dialect.name == SERVE else endpoint
            kg = load_graph(data, chosen, known_at, elsewhere)
            _answer(kg, server, text, parameters, asked, file_format, output, chosen)
        return
    _answer(load_graph(data, chosen, known_at), None, text, parameters, asked, file_format, output, chosen)


def _answer(
    kg: KnowledgeGraph,
    server: Server | None,
    text: str,
    parameters: dict[str, str],
    as_of: AsOf | None,
    file_format: str | None,
    output: str,
    lang: str,
) -> None:
    from cooperation_kg.query.run import gives_triples

    with progress("查询", "asking", lang):
        wanted = file_format or ("turtle" if gives_triples(kg, text) else "table")
        if wanted == "table":
            table = _table(kg, server)(text, as_of=as_of, **parameters)
            content = format_table(table, kg.iris.prefixes).encode()
        else:
            content = _text(kg, server)(text, wanted, as_of=as_of, **parameters)
    write_output(output, content, _file_name(text, as_of, wanted))
    if wanted == "table" and output == "-":
        _say_rows(table, as_of, lang)


def _table(kg: KnowledgeGraph, server: Server | None) -> Callable[..., Table]:
    """Return what answers with a table: the store at hand, or a server."""
    if server is None:
        from cooperation_kg.query.run import run_query

        return partial(run_query, kg)
    from cooperation_kg.remote.asking import ask_server

    return partial(ask_server, kg, server)


def _text(kg: KnowledgeGraph, server: Server | None) -> Callable[..., bytes]:
    """Return what answers with text in a format."""
    if server is None:
        from cooperation_kg.query.run import query_text

        return partial(query_text, kg)
    from cooperation_kg.remote.asking import server_text

    return partial(server_text, kg, server)


def _say_rows(table: Table, as_of: AsOf | None, lang: str) -> None:
    when = f"（{as_of.words(lang)}）" if as_of and lang == "zh" else f" ({as_of.words(lang)})" if as_of else ""
    say(f"{len(table)} 行{when}" if lang == "zh" else f"{len(table)} rows{when}")


def _file_name(text: str, as_of: AsOf | None, file_format: str) -> str:
    """Return what an answer is called in a folder: the question, its time, and the usual ending."""
    from cooperation_kg.query.library import named_queries

    parts = [text if text in named_queries() else "answer", *([as_of.tag] if as_of else [])]
    return ".".join((*parts, SUFFIXES.get(file_format, file_format)))


def _question_text(question: str) -> tuple[str, str | None]:
    """Return SPARQL from an example, stdin or a file, or the name of a question as it is; and an example's time."""
    from cooperation_kg.errors import BadParameter
    from cooperation_kg.query.examples import examples
    from cooperation_kg.query.library import named_queries

    if question in named_queries():
        return question, None
    if question in examples():
        example = examples()[question]
        if example.query is None:
            raise BadParameter(f"this example is a command of its own; run: ckg {example.command}")
        return example.query, example.as_of if "?year" in example.query else None
    if question == "-":
        if sys.stdin is None:
            raise BadParameter("there is no standard input to read from")
        raw = sys.stdin.buffer.read()
    elif question.endswith((".rq", ".sparql")) or ("{" not in question and Path(question).is_file()):
        try:
            raw = Path(question).read_bytes()
        except OSError as failed:
            raise BadParameter(f"cannot read {question}: {failed.strerror}") from failed
    else:
        return question, None
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as failed:
        raise BadParameter(f"{question} is not UTF-8: {failed.reason} at byte {failed.start}") from failed


def _parameters(given: list[str], text: str, lang: str) -> dict[str, str]:
    from cooperation_kg.query.library import named_queries

    parameters: dict[str, str] = {}
    spelt = {"as_of": "--as-of", "year": "--as-of"}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{item!r}: write name=value 请写成 名称=值")
        if name in spelt:
            raise typer.BadParameter(f"{name}: use {spelt[name]} 请用 {spelt[name]}")
        if name in parameters:
            raise typer.BadParameter(f"{name} is given twice {name} 重复")
        parameters[name] = value
    known = named_queries().get(text)
    if known and any(p.name == "lang" for p in known.parameters):
        parameters.setdefault("lang", lang)
    return parameters


def _listing(lang: str) -> str:
    from cooperation_kg.query.library import named_queries

    lines: list[str] = []
    for named in named_queries().values():
        lines.append(f"{named.name}  {named.title(lang)}")
        for parameter in named.parameters:
            needed = "" if parameter.default else " *"
            default = f" = {parameter.default}" if parameter.default else ""
            meaning = parameter.zh if lang == "zh" else parameter.en
            lines.append(f"    -p {parameter.name}{default}{needed}  {meaning}")
    return "\n".join(lines) + "\n"


def _example_listing(lang: str) -> str:
    from cooperation_kg.query.examples import examples

    return "".join(
        f"{example.id}  {example.question.in_language(lang)}\n    ckg {shlex.join(example.arguments)}\n"
        for example in examples().values()
    )


def format_table(table: Table, prefixes: Mapping[str, str] | None = None) -> str:
    """Return rows as aligned text; a Chinese character is two columns wide, an IRI is written with its prefix.

    >>> from cooperation_kg.query.table import Table
    >>> print(format_table(Table(("who", "year"), ({"who": "北京", "year": 2018},), ())), end="")
    who   year
    ----  ----
    北京  2018
    """
    from cooperation_kg.render.documents import text_rows

    spaces = sorted((prefixes or {}).items(), key=lambda item: -len(item[1]))
    rows = [tuple(_short(_cell(row[name]), spaces) for name in table.columns) for row in table]
    return "".join(f"{line}\n" for line in text_rows(table.columns, rows))


def _short(text: str, spaces: Sequence[tuple[str, str]]) -> str:
    found = next(((prefix, space) for prefix, space in spaces if text.startswith(space)), None)
    return f"{found[0]}:{text[len(found[1]) :]}" if found else text


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else format(value, "f") if hasattr(value, "as_tuple") else str(value)
