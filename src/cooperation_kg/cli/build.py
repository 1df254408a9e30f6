"""``ckg build``: the main job. Check, graph, shapes, exports and pages, into one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cooperation_kg.cli.options import AsOfTime, DataFolder, KnownAt, Status, asked_time, load_graph, located
from cooperation_kg.cli.talk import Lang, language, progress, say, say_issues


def build(
    data: DataFolder = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to build into. 输出文件夹。", metavar="FOLDER")
    ] = Path("build"),
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    lang: Lang = None,
) -> None:
    """Check the facts, build the graph, write pages and exports. 检查、建图、写出网页与导出文件。

    With --as-of the pages open at that time, and the exports hold what belongs to it and say so in their names.

    Example 示例：ckg build -o build, then open build/index.html
    """
    from cooperation_kg.curate.rules import check
    from cooperation_kg.errors import ShapeError
    from cooperation_kg.graph.shapes import check_shapes
    from cooperation_kg.render.output import write_all
    from cooperation_kg.render.site import build_files

    chosen = language(lang)
    asked = asked_time(as_of, status)
    kg = load_graph(data, chosen, known_at)
    warnings = located(check(kg.corpus), data)
    if warnings:
        say_issues(warnings, chosen)
    with progress("按 SHACL 形状检查图", "checking the graph against the shapes", chosen):
        faults = check_shapes(kg)
    if faults:
        raise ShapeError(faults)
    with progress("写出网页与导出文件", "writing pages and exports", chosen):
        # the pages do not follow the locale: the same facts give the same bytes on every machine
        files = build_files(kg, lang=chosen if lang else "zh", as_of=asked)
        written = write_all(output, files)
    for path in written:
        say(f"{path.stat().st_size:>12,}  {path}")
    counts = {
        "zh": f"{len(kg.corpus.sources)} 个来源，{len(kg.corpus.statements)} 条陈述，"
        f"{len(kg.derived.pairings)} 组结对，{len(kg.quads)} 个三元组",
        "en": f"{len(kg.corpus.sources)} sources, {len(kg.corpus.statements)} statements, "
        f"{len(kg.derived.pairings)} pairings, {len(kg.quads)} triples",
    }
    say(counts[chosen])
    page = output / "index.html"
    say(f"请打开 {page}" if chosen == "zh" else f"open {page}")
