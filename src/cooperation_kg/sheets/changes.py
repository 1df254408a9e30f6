"""What has been changed in the rows of a workbook, and what of it cannot be taken over?

Three states are compared, cell by cell: what was exported (its fingerprint stands in the row), what the cell says now,
and what the file says now. A cell nobody touched changes nothing, whatever a spreadsheet made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from cooperation_kg.curate.corpus import REGISTERS
from cooperation_kg.curate.edits import next_id
from cooperation_kg.curate.edits.house import in_house_order
from cooperation_kg.curate.fields import SLUG
from cooperation_kg.curate.yaml_io import YamlValue
from cooperation_kg.errors import Issue
from cooperation_kg.sheets.cells import BadCell, Cell, Formula, canonical, mark_of, said, show, text_of
from cooperation_kg.sheets.columns import Column, Sheet, sheets
from cooperation_kg.sheets.names import Names
from cooperation_kg.sheets.tables import FILE, WAS, Exported, Fields, FileText, Page, Was, belongs, join, split

Verb = Literal["set", "add", "delete"]
_EMPTY = Cell(None, "")


@dataclass(frozen=True)
class CellChange:
    """One cell that says something else than the file: what it said and says, as shown."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One record that is changed, added or taken away; ``where`` has the cell of each field of its row."""

    verb: Verb
    sheet: Sheet
    file: str
    id: str
    record: Fields
    cells: tuple[CellChange, ...]
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """What an import would do: changes, rows that are no longer there, and cells that cannot be taken over."""

    changes: list[Change] = field(default_factory=list)
    missing: list[Change] = field(default_factory=list)
    faults: list[Issue] = field(default_factory=list)


def find_changes(
    pages: Iterable[Page], exported: Iterable[Exported], files: Mapping[str, FileText], names: Names
) -> Plan:
    """Return what has been changed in the sheets since they were exported."""
    finder = _Finder(files, names, tuple(exported))
    read = list(pages)
    for page in read:
        finder.learn(page)
    for page in read:
        finder.read(page)
    finder.find_missing()
    return finder.plan


class _Finder:
    """Reads one sheet after the other."""

    def __init__(self, files: Mapping[str, FileText], names: Names, exported: tuple[Exported, ...]) -> None:
        self.names = names
        self.exported = exported
        self.plan = Plan()
        self.records = {(file, str(r.get("id"))): r for file, content in files.items() for r in content.records}
        self.taken: dict[str, set[str]] = {}
        for file, identifier in [*self.records, *((file, identifier) for _, file, identifier in exported)]:
            self.taken.setdefault(file, set()).add(identifier)
        self.seen: set[Exported] = set()
        self.pages: set[str] = set()

    def fault(self, where: str, code: str, en: str, zh: str) -> None:
        """Keep a fault of one cell."""
        self.plan.faults.append(Issue(where, 0, 0, code, en, zh))

    def learn(self, page: Page) -> None:
        """Take note of the things that a sheet adds, so that rows before it may refer to them too."""
        kind = page.key.removeprefix("register-")
        if page.key != "source" and page.key != f"register-{kind}":
            return
        for _, cells in page.rows:
            own, label = (str(cells.get(_header(page, name), _EMPTY).value or "") for name in ("id", _label_of(kind)))
            if own.strip() and cells.get(WAS, _EMPTY).is_empty:
                self.names.learn(kind, own.strip(), *([label.strip()] if label.strip() else []))

    def read(self, page: Page) -> None:
        """Compare every row of a sheet."""
        sheet = next((sheet for sheet in sheets() if page.key == sheet.key), None)
        if sheet is None or not {FILE, WAS} <= set(page.headers):
            self.fault(
                page.title,
                "E705",
                "this sheet was not exported by us, or its hidden row and columns are gone; export again and copy the "
                "changes over",
                "这张表不是导出的，或隐藏的行列已被删去；请重新导出，再把改动抄过去",
            )
            return
        self.pages.add(sheet.key)
        columns = {header: column for header in page.headers if (column := sheet.column(header))}
        for header in page.headers:
            if header and header not in columns and header not in (FILE, WAS):
                self._strange_column(page, header)
        for number, cells in page.rows:
            known = {column.name: cells.get(header, _EMPTY) for header, column in columns.items()}
            letters = {column.name: page.headers[header] for header, column in columns.items()}
            row = _Row(page.title, number, sheet, cells, known, letters)
            if not all(cell.is_empty for cell in row.cells.values()):
                self._read_row(row)

    def _strange_column(self, page: Page, header: str) -> None:
        at = next((cells[header].where for _, cells in page.rows if header in cells), None)
        if at is not None:
            self.fault(
                at,
                "E705",
                f'no field is called "{header}"; take the column away, or give it the header of a field',
                f"没有名为“{header}”的字段；请删去此列，或用字段的表头",
            )

    def _read_row(self, row: _Row) -> None:
        was_cell, file_cell = row.hidden.get(WAS, _EMPTY), row.hidden.get(FILE, _EMPTY)
        if was_cell.is_empty and file_cell.is_empty:
            self._add(row)
            return
        was = Was.read(text_of(was_cell, row.sheet.columns[0])[0])
        file = text_of(file_cell, row.sheet.columns[0])[0]
        if was is None or not file:
            self.fault(
                f"{row.title}!{row.number}",
                "E705",
                "the hidden cells of this row were changed; export again",
                "本行的隐藏单元格被改动；请重新导出",
            )
            return
        key = (row.sheet.key, file, was.id)
        if key in self.seen:
            self._copied(row)
            return
        self.seen.add(key)
        self._compare(row, file, was)

    def _copied(self, row: _Row) -> None:
        """A row copied to make another one has the hidden cells of the first."""
        if row.cells.get("id", _EMPTY).is_empty:
            self._add(row)
            return
        self.fault(
            row.at("id"),
            "E707",
            "this record is in two rows; for a new record clear the id",
            "同一记录出现两行；若是新记录，请清空编号",
        )

    # --- rows that were exported

    def _compare(self, row: _Row, file: str, was: Was) -> None:
        current = self.records.get((file, was.id))
        values = split(row.sheet, file, current) if current and belongs(row.sheet, file, current) else None
        touched: dict[str, YamlValue | None] = {}
        for column in row.sheet.columns:
            if column.name in row.cells:
                try:
                    is_new, value = self._new_value(row, column, was)
                    if is_new and (column.name == "id" or (column.name == "source" and row.sheet.is_statement)):
                        raise BadCell("E707", "an id or source does not change; undo it", "编号与来源不能更改；请复原")
                    if is_new and self._still_stands(column, value, was, values):
                        touched[column.name] = value
                except BadCell as bad:
                    self.fault(row.at(column.name), bad.code, bad.en, bad.zh)
        if touched and current is not None and values is not None:
            self._set(row, file, current, values, touched)

    def _new_value(self, row: _Row, column: Column, was: Was) -> tuple[bool, YamlValue | None]:
        """Return whether a cell says something else than when it was exported, and what."""
        text, certain = self._text(row, column)
        base = was.marks.get(column.name)
        if base is not None and mark_of(text) == base[0]:
            return False, None
        value = said(column, text, self.names)
        if (None if value is None else mark_of(canonical(column, value))) == (base[1] if base else None):
            return False, None
        if not certain:
            raise _uncertain(text)
        return True, value

    def _text(self, row: _Row, column: Column) -> tuple[str, bool]:
        cell = row.cells[column.name]
        if isinstance(cell.value, Formula):
            raise BadCell(
                "E701",
                f'a formula or error ("{cell.value}"); write the value itself',
                f"公式或错误值（“{cell.value}”）；请写出值本身",
            )
        return text_of(cell, column)

    def _still_stands(
        self, column: Column, value: YamlValue | None, was: Was, values: Mapping[str, YamlValue | None] | None
    ) -> bool:
        """Return whether the file still says what was exported; raises BadCell where it says a third thing."""
        if values is None:
            raise BadCell("E704", "the record is no longer in the data", "这条记录已不在数据中")
        now = values[column.name]
        if canonical(column, now) == canonical(column, value):
            return False
        base = was.marks.get(column.name)
        if (None if now is None else mark_of(canonical(column, now))) != (base[1] if base else None):
            mine, theirs = show(column, value, self.names), show(column, now, self.names)
            raise BadCell(
                "E704",
                f'changed on both sides since the export: the file says "{theirs}", the cell "{mine}"; write one',
                f"导出之后数据也有改动：文件为“{theirs}”，单元格为“{mine}”；请取其一",
            )
        return True

    def _set(
        self,
        row: _Row,
        file: str,
        current: Fields,
        values: Mapping[str, YamlValue | None],
        touched: Mapping[str, YamlValue | None],
    ) -> None:
        record = dict(current)
        for name in dict.fromkeys(column.field for column in row.sheet.columns if column.name in touched):
            self._put(row, record, name, {**values, **touched})
        if record == current:
            return
        cells = tuple(
            CellChange(
                column, show(column, values[column.name], self.names), show(column, touched[column.name], self.names)
            )
            for column in row.sheet.columns
            if column.name in touched
        )
        self.plan.changes.append(Change("set", row.sheet, file, str(current["id"]), record, cells, row.places()))

    def _put(self, row: _Row, record: Fields, name: str, values: Mapping[str, YamlValue | None]) -> None:
        """Put the parts of a field together and into the record."""
        parts = {column.part: values.get(column.name) for column in row.sheet.columns if column.field == name}
        there = [part for part, value in parts.items() if value is not None]
        if "" in there and len(there) > 1:
            self.fault(
                row.at(name),
                "E702",
                "either one thing, or a scope of several; clear the one or the others",
                "要么写一个事物，要么写范围（协作项目与两方）；请清空其一",
            )
            return
        before = record.get(name)
        value = join(before, parts)
        if value is None:
            record.pop(name, None)
        else:
            record[name] = [value] if isinstance(before, list) and isinstance(value, str) else value

    # --- rows that are new

    def _add(self, row: _Row) -> None:
        values: dict[str, YamlValue | None] = {}
        bad_cells = False
        for column in row.sheet.columns:
            if column.name in row.cells:
                try:
                    text, certain = self._text(row, column)
                    values[column.name] = said(column, text, self.names)
                    if not certain:
                        raise _uncertain(text)
                except BadCell as bad:
                    bad_cells = True
                    self.fault(row.at(column.name), bad.code, bad.en, bad.zh)
        if not bad_cells:
            self._add_values(row, values)

    def _add_values(self, row: _Row, values: Mapping[str, YamlValue | None]) -> None:
        file = self._file_of(row, values)
        if file is None:
            return
        identifier = values.get("id")
        if identifier is None and row.sheet.is_statement:
            identifier = next_id(self.taken.get(file, ()))
        if not isinstance(identifier, str):
            self.fault(row.at("id"), "E706", "a new entry needs an id", "新条目须有编号")
            return
        if identifier in self.taken.get(file, ()):
            self.fault(
                row.at("id"),
                "E707",
                f'the id "{identifier}" is taken; clear it or choose another',
                f"编号“{identifier}”已被占用；请清空或另取",
            )
            return
        self.taken.setdefault(file, set()).add(identifier)
        record: Fields = {"id": identifier, **({"kind": row.sheet.key} if row.sheet.is_statement else {})}
        fields = [c.field for c in row.sheet.columns if not (row.sheet.is_statement and c.field == "source")]
        for name in dict.fromkeys(fields):
            if name != "id":
                self._put(row, record, name, values)
        cells = tuple(
            CellChange(column, "", show(column, value, self.names))
            for column in row.sheet.columns
            if (value := values.get(column.name)) is not None
        )
        ordered = in_house_order(record, row.sheet.record_type)
        self.plan.changes.append(Change("add", row.sheet, file, identifier, ordered, cells, row.places()))

    def _file_of(self, row: _Row, values: Mapping[str, YamlValue | None]) -> str | None:
        """Return the file that a new record belongs to, or None where its row does not tell."""
        sheet = row.sheet
        if sheet.is_statement or sheet.key == "source":
            name = "source" if sheet.is_statement else "id"
            value = values.get(name)
            if isinstance(value, str) and SLUG.fullmatch(value):  # it becomes the name of a file
                return f"{'statements' if sheet.is_statement else 'sources'}/{value}.yaml"
            self.fault(
                row.at(name),
                "E706",
                "a new row needs its source, by an id of lower-case letters, digits and hyphens",
                "新的一行须写明来源，编号用小写字母、数字和连字符",
            )
            return None
        pattern = REGISTERS[sheet.key.removeprefix("register-")][0]
        return pattern if "*" not in pattern else self._places_file(row, values)

    def _places_file(self, row: _Row, values: Mapping[str, YamlValue | None]) -> str | None:
        """Return the file of a place: that of its parent, or of the places with the same code of province."""
        within, code = values.get("within"), values.get("code")
        for (file, identifier), record in self.records.items():
            if file.startswith("places/"):
                own = record.get("code")
                if isinstance(within, str) and identifier == within:
                    return file
                if isinstance(code, str) and isinstance(own, str) and code[:2] == own[:2]:
                    return file
        self.fault(
            row.at("within"),
            "E706",
            "cannot tell which file: write the parent unit, or a code, of a province that is there",
            "不知应写入哪个文件：请写上级单位，或已有省份的区划代码",
        )
        return None

    # --- rows that are gone

    def find_missing(self) -> None:
        """List the rows that were exported, stand in the data, and are no longer in their sheet."""
        for key, file, identifier in self.exported:
            record = self.records.get((file, identifier))
            sheet = next((sheet for sheet in sheets() if sheet.key == key), None)
            gone = key in self.pages and (key, file, identifier) not in self.seen
            if gone and sheet is not None and record is not None and belongs(sheet, file, record):
                self.plan.missing.append(Change("delete", sheet, file, identifier, record, ()))


@dataclass(frozen=True)
class _Row:
    """One row: its place, every cell by header, and the cells of the columns we know."""

    title: str
    number: int
    sheet: Sheet
    hidden: Mapping[str, Cell]
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]

    def at(self, name: str) -> str:
        """Return where the cell of a column is (``结对!C14``); the row alone where there is no such column."""
        return f"{self.title}!{self.letters.get(name, '')}{self.number}"

    def places(self) -> dict[str, str]:
        """Return the cell of each field, the first of several."""
        found: dict[str, str] = {}
        for column in self.sheet.columns:
            found.setdefault(column.field, self.at(column.name))
        return found


def _label_of(kind: str) -> str:
    return "title.zh" if kind == "source" else "name.zh"


def _header(page: Page, name: str) -> str:
    """Return the header under which a column stands in a sheet as read; empty where it is not there."""
    sheet = next((sheet for sheet in sheets() if sheet.key == page.key), None)
    found = (header for header in page.headers if sheet and (column := sheet.column(header)) and column.name == name)
    return next(found, "")


def _uncertain(text: str) -> BadCell:
    return BadCell(
        "E702",
        f'the spreadsheet made a number, date or truth value of what was typed (now "{text}"); format the cell as '
        "text and type it again",
        f"电子表格把输入变成了数字、日期或逻辑值（现为“{text}”）；请把单元格设为文本后重新输入",
    )


def describe(change: Change, lang: str) -> Iterator[str]:
    """Yield the lines that show a change: file and id, then each field, old → new."""
    english = lang == "en"
    verbs = {"set": ("改", "change"), "add": ("增", "add"), "delete": ("删", "delete")}
    name = PurePosixPath(change.file)
    yield f"{verbs[change.verb][english]} {name} {change.id} [{change.sheet.title(lang)}]"
    nothing = "（空）" if not english else "(empty)"
    for cell in change.cells:
        before, after = cell.before or nothing, cell.after or nothing
        header = cell.column.header[english]
        yield f"    {header}: {after}" if change.verb == "add" else f"    {header}: {before} → {after}"
