"""``ckg new``: one more record, asked for in the terminal or given by options, into the right file."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.asking import Asking, Settings, still_missing
from cooperation_kg.cli.options import located
from cooperation_kg.cli.talk import Lang, language, progress, say, say_issues
from cooperation_kg.errors import CooperationError

if TYPE_CHECKING:
    from cooperation_kg.errors import Issue
    from cooperation_kg.sheets.changes import Change
    from cooperation_kg.sheets.columns import Sheet
    from cooperation_kg.starting.asking import Need
    from cooperation_kg.starting.drafting import Holding


def new(
    kind: Annotated[
        str,
        typer.Argument(
            help="pairing, figure, source, policy, place, register-project … 要录入的种类。", metavar="KIND"
        ),
    ],
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="A field and what it says; repeatable. 字段与内容，可多次。", metavar="FIELD=TEXT"),
    ] = None,
    template: Annotated[
        bool,
        typer.Option("--template", help="Only put the commented template at the end of the file. 只写入注释模板。"),
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="Folder of the dataset; data/ here without it. 数据集的文件夹。"),
    ] = None,
    lang: Lang = None,
) -> None:
    """Add one record to a dataset of one's own: a statement, a source, a policy, a place. 录入一条。

    Asks for what is needed; names are looked up, numbers and dates are read and shown back. With --set nothing is
    asked. The dataset is checked before anything is written; the record gets the next free id.
    A --template without a file to go into (a source, or no --set source=…) is printed.
    逐项询问；名称随即查对，数字与日期读出来核对。用 --set 则不问。先检查，后写入。

    Example 示例：ckg new figure --set source=county-notice --set about=闽宁 --set measure=fiscal-aid
    --set as_written=39.43亿元 --set during=2020 --set nature=flow --set locator=第2段
    """
    from cooperation_kg.starting.drafting import read_holding

    chosen = language(lang)
    sheet = _sheet(kind)
    given, of_source = _settings(sheet, settings or ())
    folder = _folder(data)
    with progress("读取", "reading", chosen):
        holding = read_holding(folder, chosen)
    if template:
        _write_template(sheet, given.get("source", ""), holding, chosen)
        return
    first = _source_given(given.get("source", ""), of_source, holding, chosen) if of_source else []
    asking = Asking(holding, chosen, first, of_source)
    if _on_terminal() and still_missing(sheet, given, holding, first):
        given = asking.all_of(sheet, given)
        if sheet.key == "source":
            sheet, given = asking.what_it_says(given)
    else:
        _say_back(sheet, given, holding, chosen)
    _refuse_missing(sheet, still_missing(sheet, given, holding, first), chosen)
    try:
        _add(sheet, given, first, holding, chosen, ask=asking.asked)
    except (typer.Exit, CooperationError):
        if asking.asked:  # nobody types all of it again
            again = [f"--set {shlex.quote(f'{name}={text}')}" for name, text in asking.everything(given)]
            say(" ".join([f"{'重试' if chosen == 'zh' else 'again with'}: ckg new", sheet.key, *again]))
        raise


def _sheet(kind: str) -> Sheet:
    from cooperation_kg.starting.asking import kinds, sheet_of

    if kind not in kinds():
        raise typer.BadParameter(f"{kind!r}: choose one of 请选 {', '.join(kinds())}")
    return sheet_of(kind)


def _settings(sheet: Sheet, pairs: Iterable[str]) -> tuple[Settings, Settings]:
    """Return what is given by --set of the record and of its source, by the names of columns; headers do too."""
    own: Settings = {}
    of_source: Settings = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        is_of_source = sheet.is_statement and name.startswith("source.")
        of = _sheet("source") if is_of_source else sheet
        column = of.column(name.removeprefix("source.") if is_of_source else name)
        found = of_source if is_of_source else own
        if not equals:
            raise typer.BadParameter(f"--set {pair!r}: write FIELD=TEXT 请写作 字段=内容")
        if column is None:
            names = ", ".join(column.name for column in of.columns)
            raise typer.BadParameter(f"--set {name!r}: no such field 没有此字段; {of.key}: {names}")
        if column.name in found:
            raise typer.BadParameter(f"--set {name!r}: given twice 写了两次")
        if text.strip():
            found[column.name] = text
    return own, of_source


def _source_given(source: str, given: Settings, holding: Holding, lang: str) -> list[Change]:
    """Return the change that describes a new source, or that says how much of a known one is read by now."""
    from cooperation_kg.starting.asking import missing_of, needs_of
    from cooperation_kg.starting.drafting import draft_source, source_read_now

    sheet = _sheet("source")
    if source in holding.names.corpus.sources:
        if set(given) != {"read"}:
            names = ", ".join(f"source.{name}" for name in given if name != "read")
            raise typer.BadParameter(f"--set {names}: {source} is there already 此来源已有，不能在此修改")
        return [source_read_now(source, given["read"], holding)]
    whole = {**given, **({"id": source} if source else {})}
    _refuse_missing(sheet, missing_of(needs_of(sheet), whole), lang, "source.")
    return [draft_source(whole, holding)]


def _folder(data: Path | None) -> Path:
    """Return the data folder meant: the one named, else the one that is here."""
    if data is not None:
        return data
    here = next((path for path in (Path("data"), Path()) if (path / "dataset.yaml").is_file()), None)
    if here is None:
        raise typer.BadParameter(
            "which dataset? --data FOLDER; ckg init makes one 请用 --data 指明数据集，或先 ckg init"
        )
    return here


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def _refuse_missing(sheet: Sheet, missing: list[Need], lang: str, prefix: str = "") -> None:
    """Raise wrong usage that lists everything that is still needed."""
    from cooperation_kg.starting.asking import words_of_need

    if missing:
        listed = "".join(f"\n  --set {words_of_need(sheet, need, lang, prefix)}" for need in missing)
        raise typer.BadParameter(f"{'还需要：' if lang == 'zh' else 'still needed:'}{listed}")


def _write_template(sheet: Sheet, source: str, holding: Holding, lang: str) -> None:
    """Put the template at the end of the file of its kind; print it where there is none."""
    from cooperation_kg.starting.drafting import with_template
    from cooperation_kg.starting.templates import template_of

    made = with_template(sheet, source, holding, lang)
    if made is None:
        print(template_of(sheet.key, lang), end="")  # noqa: T201 - it is what was asked for
        return
    file, content = made
    _check_and_write({file: content}, [], holding, lang)
    say(f"{holding.folder / file}: {'模板已写在末尾' if lang == 'zh' else 'the template stands at its end'}")


def _add(sheet: Sheet, given: Settings, first: list[Change], holding: Holding, lang: str, *, ask: bool) -> None:
    """Show the record, check the dataset with it, and put it in place."""
    from cooperation_kg.curate.edits.spelling import spell_record
    from cooperation_kg.starting.drafting import draft, edits

    change = draft(sheet, given, holding)
    changes = [*first, change]
    made = edits(changes, holding)
    for one in changes:
        print(spell_record(one.record))  # noqa: T201 - the record is what was asked for
    _check_and_write(made, changes, holding, lang, ask=ask)
    for one in changes:
        say(f"{holding.folder / one.file}: {'已录入' if lang == 'zh' else 'added'} {one.id}")


def _say_back(sheet: Sheet, given: Settings, holding: Holding, lang: str) -> None:
    """Say how numbers and dates were read; what cannot be read is a fault of the check."""
    from cooperation_kg.curate.dates import BadDate
    from cooperation_kg.curate.quantities import UnreadableQuantity
    from cooperation_kg.sheets.cells import BadCell, said
    from cooperation_kg.starting.asking import read_back

    for column in sheet.columns:
        if column.name in given:
            try:
                value = said(column, given[column.name], holding.names)
                told = read_back(column, value, lang) if isinstance(value, str) else None
            except (BadCell, BadDate, UnreadableQuantity):
                continue
            if told:
                say(told)


def _check_and_write(
    made: dict[str, bytes], changes: list[Change], holding: Holding, lang: str, *, ask: bool = False
) -> None:
    """Put the files in place, if the dataset holds together with them and nobody changed them meanwhile."""
    from cooperation_kg.errors import OutputError
    from cooperation_kg.render.output import write_all
    from cooperation_kg.starting.drafting import check

    with progress("检查", "checking", lang):
        errors = check(changes, made, holding)
    if errors:
        say_issues([_shown(issue, holding.folder) for issue in errors], lang)
        say("未写入" if lang == "zh" else "nothing was written")
        raise typer.Exit(1)
    if ask:
        typer.confirm("写入？" if lang == "zh" else "write it?", default=True, abort=True, err=True)
    for file in made:
        path = holding.folder / file
        if (path.read_bytes() if path.exists() else None) != holding.content_before(file):
            raise OutputError(f"{path}: changed meanwhile; try again 期间有改动，请重试")
    write_all(holding.folder, made)


def _shown(issue: Issue, folder: Path) -> Issue:
    """Name the file as the caller does, or the field alone where the fault is one of the new record."""
    field, _, file = issue.file.rpartition(" ")
    if field:
        return replace(issue, file=field, line=0)
    return located([replace(issue, file=file)], folder)[0]
