"""``ckg fmt``: curated files in the house order, with the same meaning and every comment in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import DataFolder
from cooperation_kg.cli.talk import Lang, language, progress, say, say_issues

if TYPE_CHECKING:
    from cooperation_kg.errors import Issue


def fmt(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="YAML files; all of the dataset without them. 不写则为全部。", metavar="FILES"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where a file is not in order. 只检查。")
    ] = False,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Put YAML into the house order: fields, indentation, spaces; never meaning or comments. 整理次序与空格，不动内容。

    What cannot be done safely is left as it is, and said.

    Example 示例：ckg fmt --check
    """
    from cooperation_kg.errors import CurationError
    from cooperation_kg.render.output import write_all

    chosen = language(lang)
    edited: dict[tuple[Path, str], bytes] = {}
    unreadable: list[Issue] = []
    left: list[Issue] = []
    with progress("整理", "formatting", chosen):
        for folder, file in _files(files, data):
            try:
                before, after, remarks = _format(folder, file)
            except CurationError as bad:
                unreadable += [_shown(issue, folder) for issue in bad.issues]
                continue
            left += [_shown(issue, folder) for issue in remarks]
            if after != before:
                edited[folder, file] = after
    if unreadable:
        raise CurationError(unreadable)
    for folder, file in edited:
        print((folder / file).as_posix())  # noqa: T201 - the list is what was asked for
    if left:
        say_issues(left, chosen)
    if check:
        _report(len(edited), chosen, "不合次序", "not in order")
        raise typer.Exit(1 if edited else 0)
    for folder in dict.fromkeys(folder for folder, _ in edited):
        write_all(folder, {file: content for (above, file), content in edited.items() if above == folder})
    _report(len(edited), chosen, "已整理", "put in order")


def _report(count: int, lang: str, zh: str, en: str) -> None:
    say(f"{count} 个文件{zh}" if lang == "zh" else f"{count or 'no'} {'file' if count == 1 else 'files'} {en}")


def _files(files: list[Path] | None, data: Path | None) -> list[tuple[Path, str]]:
    """Return (data folder, name in it) of each file."""
    from cooperation_kg.locations import data_folder

    if files:
        return [_split(path) for path in files]
    folder = data or data_folder()
    if folder.is_relative_to(Path.cwd()):
        folder = folder.relative_to(Path.cwd())
    names = sorted(path.relative_to(folder) for path in folder.rglob("*.yaml") if path.is_file())
    return [(folder, name.as_posix()) for name in names if not any(part.startswith(".") for part in name.parts)]


def _split(path: Path) -> tuple[Path, str]:
    """Return the dataset that a file is part of, and its name there; the folder it is in where there is no dataset."""
    for folder in path.parents:
        if (folder / "dataset.yaml").is_file():
            return folder, path.relative_to(folder).as_posix()
    return path.parent, path.name


def _shown(issue: Issue, folder: Path) -> Issue:
    """Name the file as the caller does, so that an editor can open it."""
    from dataclasses import replace

    return replace(issue, file=(folder / issue.file).as_posix())


def _format(folder: Path, file: str) -> tuple[bytes, bytes, tuple[Issue, ...]]:
    from cooperation_kg.curate.edits import decode_file, format_text
    from cooperation_kg.curate.yaml_bytes import read_bytes
    from cooperation_kg.curate.yaml_faults import Faults

    before = read_bytes(folder / file, Faults(file))
    text, _ = decode_file(before, file)
    formatted = format_text(text, file)
    return before, formatted.text.encode(), formatted.left
