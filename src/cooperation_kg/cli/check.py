"""``ckg check`` and ``ckg audit``: every fault of the curated files; every literal against its document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cooperation_kg.cli.options import DataFolder, located, write_output
from cooperation_kg.cli.talk import Lang, language, progress, say_issues

ISSUE_FORMATS = ("text", "json", "sarif")


def check(
    data: DataFolder = None,
    file_format: Annotated[
        str, typer.Option("--format", "-f", help="text, json or sarif. 输出格式。", metavar="FORMAT")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors. 提醒也算错误。")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again at every change, until Ctrl-C. 改动即查，直到 Ctrl-C。")
    ] = False,
    lang: Lang = None,
) -> None:
    """Find every fault of the curated files at once. 一次列出所有数据错误。

    Clean means no error; warnings are listed and counted.

    Example 示例：ckg check --data my-dataset --format sarif > faults.sarif
    """
    from cooperation_kg.cli.issues import as_json, as_sarif
    from cooperation_kg.curate.corpus import read_corpus
    from cooperation_kg.curate.rules import check as check_rules
    from cooperation_kg.graph.dataset import build_graph
    from cooperation_kg.graph.shapes import check_shapes

    chosen = language(lang)
    if file_format not in ISSUE_FORMATS:
        raise typer.BadParameter(f"{file_format!r}: choose one of {', '.join(ISSUE_FORMATS)}")
    if watch:
        from cooperation_kg.cli.watching import watch_folder

        if file_format != "text":
            raise typer.BadParameter("--watch goes with --format text 只能与 text 同用")
        watch_folder(data, chosen)
        return
    with progress("检查", "checking", chosen):
        corpus, issues = read_corpus(data)
        if corpus is not None:
            issues = sorted([*issues, *check_rules(corpus)])
            if not any(issue.severity == "error" for issue in issues):
                issues += check_shapes(build_graph(corpus))
    issues = located(issues, data)
    if file_format == "text":
        say_issues(issues, chosen)
    else:
        content = as_json(issues) if file_format == "json" else as_sarif(issues)
        write_output("-", (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
    if any(strict or issue.severity == "error" for issue in issues):
        raise typer.Exit(1)


def audit(
    sources: Annotated[
        Path,
        typer.Option("--sources", help="Folder with the texts of the sources. 来源原文所在文件夹。", metavar="FOLDER"),
    ],
    data: DataFolder = None,
    file_format: Annotated[str, typer.Option("--format", "-f", help="text or json. 输出格式。")] = "text",
    lang: Lang = None,
) -> None:
    """Look up every literal, title and 文号 in the text of its source. 逐一核对原文写法。

    Example 示例：ckg audit --sources texts/
    """
    from cooperation_kg.curate.audit import audit as audit_corpus
    from cooperation_kg.curate.corpus import load_corpus

    chosen = language(lang)
    if file_format not in ("text", "json"):
        raise typer.BadParameter(f"{file_format!r}: choose text or json")
    with progress("核对原文", "auditing the literals", chosen):
        report = audit_corpus(load_corpus(data), sources)
    if file_format == "json":
        write_output("-", (json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n").encode())
    else:
        write_output("-", (report.as_text(chosen) + "\n").encode())
    if any(issue.severity == "error" for issue in report.issues):
        raise typer.Exit(1)
