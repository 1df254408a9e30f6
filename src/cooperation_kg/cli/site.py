"""``ckg build`` and ``ckg site``: everything that a reader opens, into one folder; build also proves the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import AsOfTime, DataFolder, KnownAt, Status, asked_time, load_graph, located
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language, progress, say, say_issues

if TYPE_CHECKING:
    from cooperation_kg.graph.asof import AsOf
    from cooperation_kg.graph.dataset import KnowledgeGraph

Again = Annotated[bool, typer.Option("--again", help="Do all the work, changed or not. 不管有无改动，全部重做。")]
OutputFolder = Annotated[
    Path, typer.Option("--output", "-o", help="Folder to write into. 输出文件夹。", metavar="FOLDER")
]


def build(
    data: DataFolder = None,
    output: OutputFolder = Path("build"),
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    again: Again = False,
    lang: Lang = None,
) -> None:
    """Check the facts, build the graph, write the site and exports. 检查、建图、写出网站与导出文件。

    With --as-of the pages open at that time, and the exports hold what belongs to it and say so in their names.
    Where nothing changed since the last build of the folder, nothing is done. 没有改动时不做任何事。

    Example 示例：ckg build -o build, then open build/index.html
    """
    chosen = language(lang)
    asked = asked_time(as_of, status)
    origin = _origin("build", data, asked, known_at, page_language=chosen if lang else "zh")
    if not again and _has_nothing_to_do(output, origin, chosen):
        return
    from cooperation_kg.curate.rules import check
    from cooperation_kg.errors import ShapeError
    from cooperation_kg.graph.shapes import check_shapes

    kg = load_graph(data, chosen, known_at)
    warnings = located(check(kg.corpus), data)
    if warnings:
        say_issues(warnings, chosen)
    with progress("按 SHACL 形状检查图", "checking the graph against the shapes", chosen):
        faults = check_shapes(kg)
    if faults:
        raise ShapeError(faults)
    _write(kg, output, asked, chosen, origin, page_language=chosen if lang else "zh")


def site(
    data: DataFolder = None,
    output: OutputFolder = Path("site"),
    as_of: AsOfTime = None,
    status: Status = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    again: Again = False,
    lang: Lang = None,
) -> None:
    """Write the site: pages that open from a folder or a USB stick, without a network. 写出可离线打开的网站。

    It is what ckg build writes, without the proof against the shapes. 与 ckg build 相同，但不按形状检查图。

    Example 示例：ckg site -o site --as-of 2018, then open site/index.html
    """
    chosen = language(lang)
    asked = asked_time(as_of, status)
    page_language = chosen if lang else "zh"
    origin = "" if endpoint else _origin("site", data, asked, known_at, page_language=page_language)
    if again or not _has_nothing_to_do(output, origin, chosen):
        kg = load_graph(data, chosen, known_at, endpoint)
        _write(kg, output, asked, chosen, origin, page_language=page_language)


def _origin(command: str, data: Path | None, asked: AsOf | None, known_at: str | None, *, page_language: str) -> str:
    """Return what the folder will be made from; empty for the data of a revision, which are always read anew."""
    if known_at is not None:
        return ""
    from cooperation_kg.render.freshness import made_from

    time = (asked.text, *sorted(asked.statuses)) if asked else ()
    return made_from(data, command, page_language, *time)


def _has_nothing_to_do(output: Path, origin: str, lang: str) -> bool:
    if not origin:
        return False
    from cooperation_kg.render.freshness import is_fresh

    if not is_fresh(output, origin):
        return False
    page = output / "index.html"
    say(
        f"自上次构建以来没有改动；请打开 {page}"
        if lang == "zh"
        else f"nothing changed since the last build; open {page}"
    )
    return True


def _write(kg: KnowledgeGraph, output: Path, asked: AsOf | None, lang: str, origin: str, *, page_language: str) -> None:
    """Write every file and say what was written; pages do not follow the locale: the same facts, the same bytes."""
    from cooperation_kg.render.files import build_files
    from cooperation_kg.render.output import write_folder

    with progress("制作网页与导出文件", "making pages and exports", lang):
        built = build_files(kg, lang=page_language, as_of=asked)
    with progress("写入文件夹", "writing the folder", lang):
        write_folder(output, built.files, origin)
    _say_sizes(output, {name: len(content) for name, content in built.files.items()}, lang)
    say(shares(built.seconds, lang))
    counts = {
        "zh": f"{len(kg.corpus.sources)} 个来源，{len(kg.corpus.statements)} 条陈述，"
        f"{len(kg.derived.pairings)} 组结对，{len(kg.facts)} 个三元组",
        "en": f"{len(kg.corpus.sources)} sources, {len(kg.corpus.statements)} statements, "
        f"{len(kg.derived.pairings)} pairings, {len(kg.facts)} triples",
    }
    say(counts[lang])
    page = output / "index.html"
    say(f"请打开 {page}" if lang == "zh" else f"open {page}")
    if not kg.corpus.statements:
        say("还没有陈述；下一步：ckg new pairing" if lang == "zh" else "no statements yet; next: ckg new pairing")


WORK = {
    "things": ("各事物的页面", "pages of things"),
    "network": ("交互网络", "interactive network"),
    "exports": ("导出文件", "exports"),
    "twins": ("机器可读副本", "machine-readable twins"),
    "lists": ("列表", "lists"),
    "pictures": ("图表", "pictures"),
    "stories": ("故事与问答", "stories and questions"),
    "search": ("搜索索引", "search index"),
    "sparql": ("页内查询", "queries in the page"),
    "notes": ("覆盖、须知与术语", "coverage, caveats and terms"),
    "home": ("首页与下载", "home page and downloads"),
    "assets": ("样式与脚本", "styles and scripts"),
}
"""Kind of work → what it is called."""


def shares(seconds: Mapping[str, float], lang: str) -> str:
    """Return which share of the processor time each kind of work took, the longest first; less than 1 % is left out.

    >>> shares({"twins": 1.0, "things": 3.0, "assets": 0.0}, "en")
    'time spent: pages of things 75%, machine-readable twins 25%'
    """
    whole = sum(seconds.values()) or 1.0
    ordered = sorted(seconds.items(), key=lambda item: (-item[1], item[0]))
    parts = [
        f"{WORK[kind][lang == 'en']} {100 * spent / whole:.0f}%" for kind, spent in ordered if spent >= whole / 100
    ]
    return f"用时比例：{'，'.join(parts)}" if lang == "zh" else f"time spent: {', '.join(parts)}"


def _say_sizes(output: Path, sizes: dict[str, int], lang: str) -> None:
    """Say how large each file at the top is, and each folder with the number of its files."""
    folders: dict[str, list[int]] = defaultdict(list)
    for name, size in sizes.items():
        folder, inside, _ = name.partition("/")
        folders[f"{folder}/" if inside else folder].append(size)
    for name, own in folders.items():
        files = {"zh": f"（{len(own)} 个文件）", "en": f" ({len(own)} files)"}[lang] if name.endswith("/") else ""
        say(f"{sum(own):>12,}  {output / name}{files}")
    total = {"zh": f"合计，{len(sizes)} 个文件", "en": f"in all, {len(sizes)} files"}[lang]
    say(f"{sum(sizes.values()):>12,}  {total}")
