"""The ``ckg`` command: its subcommands, and how errors become exit codes."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cooperation_kg.cli import (
    build,
    check,
    claim,
    conflicts,
    diff,
    explain,
    export,
    measure,
    query,
    report,
    schema,
    show,
    total,
)
from cooperation_kg.cli.talk import say, say_error
from cooperation_kg.errors import CooperationError

app = typer.Typer(
    name="ckg",
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


app.command("build")(build.build)
app.command("check")(check.check)
app.command("audit")(check.audit)
app.command("query")(query.query)
app.command("export")(export.export)
app.command("page")(export.page)
app.command("measure")(measure.measure)
app.command("diff")(diff.diff)
app.command("show")(show.show)
app.command("explain")(explain.explain)
app.command("report")(report.report)
app.command("total")(total.total)
app.command("conflicts")(conflicts.conflicts)
app.command("check-claim")(claim.check_claim)
app.command("schema")(schema.schema)


def main() -> None:
    """Run the command line; every error ends as a message on stderr and exit code 1, never as a traceback."""
    _speak_utf8()
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
