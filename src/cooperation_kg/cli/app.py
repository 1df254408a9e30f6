"""The ``ckg`` command: its subcommands, and how errors become exit codes."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from cooperation_kg.cli.lazy import Entry, LazyGroup
from cooperation_kg.cli.talk import say, say_error
from cooperation_kg.errors import CooperationError

# in the order of --help
COMMANDS: tuple[Entry, ...] = (
    Entry("build", "site:build", "Check, graph, site and exports in one go. 一次完成检查、建图、网站与导出。"),
    Entry("check", "check:check", "Find every fault of the curated files. 一次列出所有数据错误。"),
    Entry("audit", "check:audit", "Look up literals in the sources' texts. 逐一核对原文写法。"),
    Entry("query", "query:query", "Ask: named questions, or SPARQL. 查询：具名问题或 SPARQL。"),
    Entry("show", "show:show", "Everything known of one thing. 某一事物的全部所知。"),
    Entry("explain", "explain:explain", "Why an edge or a fact is here. 连线或事实从何而来。"),
    Entry("total", "total:total", "A sum, or why there is none. 求和，或为何不能相加。"),
    Entry("conflicts", "conflicts:conflicts", "Who disagrees, and by how much. 谁与谁说法不一。"),
    Entry("check-claim", "claim:check_claim", "A sentence against the record. 拿一句话与库中核对。"),
    Entry("report", "report:report", "What is covered, and what is missing. 查到多少，还缺什么。"),
    Entry("measure", "measure:measure", "Numbers of the network. 网络指标。"),
    Entry("diff", "diff:diff", "What changed between two states. 两个状态之间的改变。"),
    Entry("export", "export:export", "Turtle, GraphML and other formats. 导出为各种格式。"),
    Entry("push", "push:push", "The graph to a SPARQL server. 推送到 SPARQL 服务器。"),
    Entry("init", "init:init", "Begin a dataset of one's own. 建立自有数据集。"),
    Entry("new", "new:new", "Add one fact to it. 录入一条。"),
    Entry("merge", "merge:merge", "Somebody else's dataset into ours. 并入他人的数据集。"),
    Entry("fmt", "fmt:fmt", "Put YAML into the house order. 整理 YAML 的次序与空格。"),
    Entry("site", "site:site", "The whole site, offline. 可离线打开的整个网站。"),
    Entry("serve", "serve:serve", "Pages, SPARQL and JSON as a service. 网页、SPARQL 与 JSON 服务。"),
    Entry("page", "export:page", "The network as one offline page. 单个可离线打开的网页。"),
    Entry("schema", "schema:schema", "JSON Schemas, context, term table. 生成模式与术语表。"),
    Entry("sheet", "sheet:app", "The facts as a workbook, and back. 导出工作簿并写回改动。"),
)


class _Commands(LazyGroup):
    entries = COMMANDS


app = typer.Typer(
    name="ckg",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Sourced facts on China's paired regional cooperation: check, graph, query, pages, exports.\n\n"
    "中国结对区域协作的事实库：检查、建图、查询、网页、导出；每条陈述都有出处。\n\n"
    "Example 示例：ckg build && ckg query pairings --as-of 2018",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"cooperation-kg {version('cooperation-kg')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version. 显示版本。"),
    ] = False,
) -> None: ...


def main() -> None:
    """Run the command line; every error ends as a message on stderr and exit code 1, never as a traceback."""
    _speak_utf8()
    # a command makes records and ends: collecting would walk them all, again and again, and free next to nothing
    gc.disable()
    try:
        app()
    except CooperationError as error:
        say_error(error)
        raise SystemExit(1) from None
    except BrokenPipeError:
        # the reader of a pipe left (``ckg query … | head``): no fault of ours, and nothing more to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as error:
        if os.environ.get("CKG_DEBUG"):
            raise
        say(f"internal error 内部错误：{type(error).__name__}: {error}")
        say("CKG_DEBUG=1 shows where; please report it. 设 CKG_DEBUG=1 可看位置，请报告此问题。")
        raise SystemExit(1) from None


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale: a Chinese Windows pipe is GBK, which lacks many names."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
