"""``ckg init``: a folder in which a dataset of one's own begins."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cooperation_kg.cli.options import located
from cooperation_kg.cli.talk import Lang, language, progress, say

SHOWN = 5
"""So many files in the way are named."""


def init(
    where: Annotated[
        str, typer.Argument(help="Folder to make, or an empty one; . for this one. 要新建的文件夹。", metavar="FOLDER")
    ],
    standalone: Annotated[
        bool,
        typer.Option("--standalone", help="Do not build on the shipped registers. 不沿用自带的名录。"),
    ] = False,
    lang: Lang = None,
) -> None:
    """Begin a dataset of one's own: a folder that checks and builds from the start. 建立自有数据集。

    It builds on the shipped registers (places, programmes, policies), and has templates in Chinese and English,
    settings for editors, a workflow that checks and publishes the site, and READMEs. Nothing there is overwritten.
    沿用自带的名录；含中英文模板、编辑器设置、检查并发布网站的流程、说明；不覆盖已有文件。

    Example 示例：ckg init my-facts
    """
    from cooperation_kg.render.output import write_all
    from cooperation_kg.starting.folder import dataset_files, title_from

    chosen = language(lang)
    if not where.strip():  # a variable of a script that is not set is no wish to begin here
        raise typer.BadParameter("which folder? . is this one 请写文件夹；. 为当前文件夹")
    folder = Path(where)
    with progress("生成", "making the files", chosen):
        _refuse_bad_names(folder, chosen)
        files = dataset_files(title_from(folder.resolve().name), chosen, standalone=standalone)
        _refuse_clashes(folder, files, chosen)
        made = next((path for path in reversed([folder, *folder.parents]) if not path.exists()), None)
        try:
            write_all(folder, files)
        except BaseException:
            _take_away_empty(folder, made)
            raise
    _say_what_is_next(folder, len(files), chosen)


def _refuse_bad_names(folder: Path, lang: str) -> None:
    """Refuse to make a folder of a name that other systems do not know."""
    from cooperation_kg.starting.names import fault_of_name

    for path in [folder, *folder.parents]:
        fault = fault_of_name(path.name) if path.name not in ("", "..") else None
        if fault and not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a name is too long
            raise typer.BadParameter(f"{path.name!r}: {fault[lang == 'en']}")


def _refuse_clashes(folder: Path, files: dict[str, bytes], lang: str) -> None:
    """Refuse a folder in which something stands in the way, or whose data would not hold together."""
    from cooperation_kg.errors import InvalidCorpus, OutputError
    from cooperation_kg.graph.edited import check_edited
    from cooperation_kg.starting.folder import find_clashes

    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} {'不是文件夹' if lang == 'zh' else 'is no folder'}")
    clashes = find_clashes(folder, files)
    if clashes:
        shown, rest = clashes[:SHOWN], len(clashes) - SHOWN
        more = {"zh": f" 等 {len(clashes)} 项", "en": f" and {rest} more"}[lang] if rest > 0 else ""
        said = {
            "zh": f"{folder} 里已有 {'、'.join(shown)}{more}；未写入任何文件。请移开，或另选文件夹",
            "en": f"{folder} already has {', '.join(shown)}{more}; nothing was written. "
            "Move them away, or choose another folder",
        }
        raise OutputError(said[lang])
    if (folder / "data").is_dir():
        edited = {name.removeprefix("data/"): content for name, content in files.items() if name.startswith("data/")}
        faults = [issue for issue in check_edited(folder / "data", edited) if issue.severity == "error"]
        if faults:
            raise InvalidCorpus(located(faults, folder / "data"))


def _take_away_empty(folder: Path, made: Path | None) -> None:
    """Take away the folders that were made for nothing."""
    import contextlib

    for path in [folder, *folder.parents] if made else []:
        with contextlib.suppress(OSError):  # something stands in it: then it is not ours to take away
            path.rmdir()
        if path == made:
            return


def _say_what_is_next(folder: Path, count: int, lang: str) -> None:
    """Say what was made and which commands come next."""
    here = folder.resolve() == Path.cwd()
    go = () if here else (f"cd {_quoted(folder)}",)
    steps = {
        "zh": (
            f"已在 {folder} 写入 {count} 个文件；先改 data/dataset.yaml 里的名称和编者。然后：",
            *(f"  {line}" for line in go),
            "  ckg new pairing                 登记一份文献和它说的一组结对",
            "  ckg build --data data           检查并做出网站：build/index.html",
        ),
        "en": (
            f"{count} files written into {folder}; change title and makers in data/dataset.yaml first. Then:",
            *(f"  {line}" for line in go),
            "  ckg new pairing                 describe a document, and a pairing that it states",
            "  ckg build --data data           check, and make the site: build/index.html",
        ),
    }
    for line in steps[lang]:
        say(line)


def _quoted(folder: Path) -> str:
    import shlex
    import sys

    return f'"{folder}"' if sys.platform == "win32" else shlex.quote(str(folder))
