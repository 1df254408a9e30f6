"""``ckg sheet export`` and ``ckg sheet import``: the facts as a workbook, and its changes as edits of the files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import DataFolder, write_output
from cooperation_kg.cli.talk import Lang, language, progress, say, say_issues

if TYPE_CHECKING:
    from cooperation_kg.sheets.changes import Change, Plan
    from cooperation_kg.sheets.names import Names
    from cooperation_kg.sheets.tables import FileText

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The facts as a workbook for Excel, and its changes back into the files.\n\n"
    "把事实导出为 Excel 工作簿；把其中的改动写回文件。",
)
Book = Annotated[Path, typer.Argument(help="facts.xlsx, or a folder of CSV. 工作簿，或 CSV 文件夹。", metavar="FILE")]


@app.command("export", short_help="Write the facts as a workbook. 导出为工作簿。")
def export(
    file: Annotated[
        str,
        typer.Argument(
            help="facts.xlsx; a folder of CSV where it ends in /. 以 / 结尾则为 CSV 文件夹。", metavar="FILE"
        ),
    ],
    as_csv: Annotated[bool, typer.Option("--csv", help="A folder of CSV files. 写成 CSV 文件夹。")] = False,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Only this sheet: pairing, figure, source …; repeatable. 只导出此类，可多次。"),
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Only of this source; repeatable. 只导出此来源，可多次。")
    ] = None,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Write the facts as a workbook: one sheet a kind, drop-downs, locked ids. 导出为工作簿。

    Correct cells, add rows, and take the changes over with ckg sheet import.

    Example 示例：ckg sheet export facts.xlsx --lang zh
    """
    from cooperation_kg.render.output import write_all
    from cooperation_kg.sheets.columns import TITLES, sheets
    from cooperation_kg.sheets.csv_folder import write_csv
    from cooperation_kg.sheets.tables import rows_of
    from cooperation_kg.sheets.workbook import write_workbook

    chosen = language(lang)
    strangers = [name for name in kind or () if name not in TITLES]
    if strangers:
        raise typer.BadParameter(f"{strangers[0]!r}: choose of {', '.join(TITLES)}")
    with progress("导出", "exporting", chosen):
        _, files, names = _read(data, chosen)
        wanted = {f"{above}/{name}.yaml" for name in source or () for above in ("statements", "sources")}
        if wanted and not wanted & set(files):
            raise typer.BadParameter(f"no such source 没有此来源: {', '.join(source or ())}")
        shown = {name: content for name, content in files.items() if not wanted or name in wanted}
        chosen_sheets = [sheet for sheet in sheets() if not kind or sheet.key in kind]
        tables = [(sheet, list(rows_of(sheet, shown, names))) for sheet in chosen_sheets]
        if as_csv or file.endswith(("/", os.sep)):
            for path in write_all(Path(file), write_csv(tables, chosen)):
                say(f"{path.stat().st_size:>12,}  {path}")
            return
        content = write_workbook(tables, names, chosen)
    write_output(file, content)


@app.command("import", short_help="Take the changes of a workbook over. 写回工作簿中的改动。")
def import_(
    file: Book,
    write: Annotated[
        bool, typer.Option("--write", help="Make the edits; without it they are only shown. 写入。")
    ] = False,
    delete: Annotated[
        bool, typer.Option("--delete", help="Take away the records whose rows are gone. 删去已无其行的记录。")
    ] = False,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Show what was changed in a workbook, and edit the files where --write is given. 显示改动；加 --write 才写入。

    Only what was changed is written: comments, order and quotes stay. Everything is checked first, as ckg check does.

    Example 示例：ckg sheet import facts.xlsx --write
    """
    from cooperation_kg.errors import UnreadableSheet
    from cooperation_kg.sheets.changes import find_changes
    from cooperation_kg.sheets.csv_folder import read_csv
    from cooperation_kg.sheets.workbook import read_workbook

    chosen = language(lang)
    with progress("比较", "comparing", chosen):
        folder, files, names = _read(data, chosen)
        pages, exported = read_csv(file) if file.is_dir() else read_workbook(file)
        plan = find_changes(pages, exported, files, names)
    if plan.faults:
        raise UnreadableSheet(plan.faults)
    changes = _show(plan, chosen, delete)
    if not changes:
        say("没有改动" if chosen == "zh" else "nothing was changed")
        return
    if _check_and_ask(changes, files, folder, chosen, write):
        say("已写入" if chosen == "zh" else "written")


def _read(data: Path | None, lang: str) -> tuple[Path, dict[str, FileText], Names]:
    """Return the data folder, its files, and the names of what they speak of."""
    from cooperation_kg.curate.corpus import read_corpus
    from cooperation_kg.errors import CurationError
    from cooperation_kg.locations import data_folder
    from cooperation_kg.ontology import load_ontology
    from cooperation_kg.sheets.names import Names
    from cooperation_kg.sheets.tables import read_files

    folder = data or data_folder()
    corpus, issues = read_corpus(folder)
    if corpus is None:
        raise CurationError(issues)
    return folder, read_files(folder), Names(corpus, load_ontology(), lang)


def _show(plan: Plan, lang: str, delete: bool) -> list[Change]:
    """Print every change, and return those to make."""
    from cooperation_kg.sheets.changes import describe

    for change in (*plan.changes, *plan.missing):
        for line in describe(change, lang):
            print(line)  # noqa: T201 - the difference is what was asked for
    if not plan.missing:
        return plan.changes
    count = len(plan.missing)
    if delete:
        return [*plan.changes, *plan.missing]
    if lang == "zh":
        say(f"{count} 行已不在表中；记录保留，除非加 --delete（要撤回一条陈述，请填“撤回理由”）")
    else:
        say(f"{count} rows are gone; the records stay unless --delete is given (to withdraw one, fill in “withdrawn”)")
    asked = "删去这些记录？" if lang == "zh" else "delete these records?"
    if _on_terminal() and typer.confirm(asked, default=False, err=True):
        return [*plan.changes, *plan.missing]
    return plan.changes


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def _check_and_ask(changes: list[Change], files: dict[str, FileText], folder: Path, lang: str, write: bool) -> bool:
    """Check what the dataset would be, and put it in place where that is wanted; return whether it was."""
    from cooperation_kg.cli.options import located
    from cooperation_kg.sheets.importing import edited_files, faults_after

    with progress("检查", "checking", lang):
        edited = edited_files(changes, files)
        issues = faults_after(folder, changes, edited)
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        say_issues([i if "!" in i.file else located([i], folder)[0] for i in errors], lang)
        raise typer.Exit(1)
    say(
        f"{len(changes)} 处改动，{len(edited)} 个文件"
        if lang == "zh"
        else f"{len(changes)} changes in {len(edited)} files"
    )
    if not write:
        if not _on_terminal():
            say("未写入；加 --write 写入" if lang == "zh" else "nothing written; --write makes the edits")
            return False
        if not typer.confirm("写入？" if lang == "zh" else "write them?", default=False, err=True):
            return False
    _put_in_place(folder, edited, files)
    return True


def _put_in_place(folder: Path, edited: dict[str, bytes], files: dict[str, FileText]) -> None:
    """Write all files or none; refuse where one was changed while we were asking."""
    from cooperation_kg.curate.edits import encode_file
    from cooperation_kg.errors import OutputError
    from cooperation_kg.render.output import write_all

    for file in edited:
        path = folder / file
        now = path.read_bytes() if path.exists() else None
        before = encode_file(files[file].text, files[file].mark) if file in files else None
        if now != before:
            raise OutputError(f"{path}: changed meanwhile; run the import again 期间有改动，请重新导入")
    write_all(folder, edited)
