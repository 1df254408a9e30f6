"""How is the dataset an XLSX file, and what does one say?

Every cell is text, so that nothing is counted, dated or computed. The first two columns and the first row are hidden:
they tell which file, which record and which field it is, and what each cell was.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cooperation_kg.errors import Issue, OutputError, UnreadableSheet
from cooperation_kg.sheets.cells import Cell, Formula, neutral, restored
from cooperation_kg.sheets.columns import LISTED, RECORDS, Column, Sheet
from cooperation_kg.sheets.names import Names
from cooperation_kg.sheets.tables import FILE, FIRST_ROW, WAS, Exported, Page, Row

LISTS, META = "_lists", "_ckg"
MAX_CELL = 32_767
"""Characters that a cell can hold."""
MAX_BYTES = 200_000_000
"""What a workbook may unpack to."""
SPARE_ROWS = 500
"""Empty rows below the records that have drop-downs and can be filled."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
FIXED = datetime.datetime(2000, 1, 1)
"""The date of every workbook: same rows, same bytes."""


def write_workbook(tables: Iterable[tuple[Sheet, list[Row]]], names: Names, lang: str) -> bytes:
    """Return an XLSX file with a sheet for each table; the same rows give the same bytes.

    Raises OutputError where a text is longer than a cell can be.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "cooperation-kg"
    book.properties.created = book.properties.modified = FIXED
    lists = _Lists(names)
    meta: list[tuple[str, str, str]] = []
    for sheet, rows in tables:
        _SheetWriter(book.create_sheet(sheet.title(lang)), sheet, lists, names, lang).write(rows)
        meta += [(sheet.key, row.file, row.id) for row in rows]
    lists.write(book.create_sheet(LISTS))
    _write_meta(book.create_sheet(META), meta)
    return fixed_bytes(book)


def _write_meta(page: Any, meta: Iterable[tuple[str, str, str]]) -> None:
    page.sheet_state = "veryHidden"
    for entry in meta:
        page.append([escaped(neutral(text)) for text in entry])


def fixed_bytes(book: Any) -> bytes:
    """Return the file with one date for every part: openpyxl writes the clock into the archive."""
    written = io.BytesIO()
    book.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


class _Lists:
    """The drop-down lists, each a column of a hidden sheet."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.columns: dict[str, tuple[int, list[str]]] = {}

    def formula(self, column: Column) -> str | None:
        """Return where the choices of a column stand, or None where anything may be typed."""
        from openpyxl.utils import get_column_letter

        key = self.names.key(column)
        if key not in self.columns:
            choices = self.names.choices(column)
            if not choices:
                return None
            self.columns[key] = (len(self.columns) + 1, choices)
        number, choices = self.columns[key]
        letter = get_column_letter(number)
        return f"{LISTS}!${letter}$2:${letter}${len(choices) + 1}"

    def write(self, page: Any) -> None:
        """Write every list that was asked for."""
        page.sheet_state = "hidden"
        for key, (number, choices) in self.columns.items():
            for row, text in enumerate((key, *choices), 1):
                _put(page.cell(row, number), text)


class _SheetWriter:
    """Writes the rows of one kind, with headers, notes, drop-downs and locks."""

    def __init__(self, page: Any, sheet: Sheet, lists: _Lists, names: Names, lang: str) -> None:
        self.page = page
        self.sheet = sheet
        self.lists = lists
        self.names = names
        self.english = lang == "en"

    def write(self, rows: list[Row]) -> None:
        """Write the sheet."""
        self._set_columns(rows)
        self._write_headers()
        for number, row in enumerate(rows, FIRST_ROW):
            self._write_row(number, row)
        self._add_choices(FIRST_ROW + len(rows) + SPARE_ROWS)
        self._protect(max(len(rows), 1))

    def _set_columns(self, rows: list[Row]) -> None:
        from openpyxl.styles import Protection
        from openpyxl.utils import get_column_letter

        for number in (1, 2):
            self.page.column_dimensions[get_column_letter(number)].hidden = True
        for number, column in enumerate(self.sheet.columns, 3):
            dimension = self.page.column_dimensions[get_column_letter(number)]
            dimension.width = _width(column, rows, self.english)
            dimension.number_format = "@"
            dimension.protection = Protection(locked=False)

    def _write_headers(self) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill

        for row in (1, 2):
            _put(self.page.cell(row, 1), f"{FILE} {self.sheet.key}")
            _put(self.page.cell(row, 2), WAS)
        fill, font = PatternFill("solid", fgColor="DDE6EE"), Font(bold=True)
        for number, column in enumerate(self.sheet.columns, 3):
            _put(self.page.cell(1, number), column.name)
            header = self.page.cell(2, number)
            _put(header, column.header[self.english] + (" *" if column.required else ""))
            header.font, header.fill, header.alignment = font, fill, Alignment(wrap_text=True, vertical="top")
            header.comment = Comment(self._note(column), "cooperation-kg", width=320, height=140)
        self.page.row_dimensions[1].hidden = True

    def _note(self, column: Column) -> str:
        lines = [column.note[self.english], column.name]
        if column.records:
            lines.append(RECORDS[self.english])
        elif column.many:
            lines.append(LISTED[self.english])
        if column.required:
            lines.append("required" if self.english else "必填")
        return "\n".join(lines)

    def _write_row(self, number: int, row: Row) -> None:
        from openpyxl.styles import Alignment, PatternFill

        _put(self.page.cell(number, 1), row.file)
        _put(self.page.cell(number, 2), row.was)
        locked = PatternFill("solid", fgColor="EEEEEE")
        for at, column in enumerate(self.sheet.columns, 3):
            text = row.cells[column.name]
            if not text:
                continue
            if len(text) >= MAX_CELL:
                raise OutputError(f"{row.file} {row.id} {column.name}: too long for a cell; export to CSV")
            cell = self.page.cell(number, at)
            is_fixed = column.name in ("id", "source") and self._is_fixed(column)
            _put(cell, text, locked=is_fixed)
            if is_fixed:
                cell.fill = locked
            if "\n" in text:
                cell.alignment = Alignment(wrap_text=True, vertical="top")

    def _is_fixed(self, column: Column) -> bool:
        return column.name == "id" or self.sheet.is_statement

    def _add_choices(self, last: int) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for number, column in enumerate(self.sheet.columns, 3):
            formula = self.lists.formula(column)
            if formula is None:
                continue
            # names and several things may be typed too, so a stranger is only warned of
            choice = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=not column.many)
            choice.errorStyle = "warning"
            choice.errorTitle = column.header[self.english][:32]
            choice.error = "not in the list; is it meant?" if self.english else "不在列表之中，确定吗？"
            letter = get_column_letter(number)
            choice.add(f"{letter}{FIRST_ROW}:{letter}{last}")
            self.page.add_data_validation(choice)

    def _protect(self, rows: int) -> None:
        from openpyxl.utils import get_column_letter

        page = self.page
        fixed = 3 + (2 if self.sheet.is_statement else 1)
        page.freeze_panes = page.cell(FIRST_ROW, fixed)
        page.auto_filter.ref = f"A2:{get_column_letter(len(self.sheet.columns) + 2)}{rows + 2}"
        protection = page.protection
        protection.sheet = True  # without a password: it guards against slips, not against people
        for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
            setattr(protection, allowed, False)  # False is "not forbidden"


def _width(column: Column, rows: list[Row], english: bool) -> float:
    """Return a width for the header and most of the cells; a Chinese character takes two columns."""
    texts = [column.header[english], *(row.cells[column.name] for row in rows[:300])]
    longest = sorted(_columns(text.split("\n")[0]) for text in texts)
    typical = longest[int(len(longest) * 0.9)] if len(longest) > 1 else longest[0]
    return float(min(max(typical, _columns(column.header[english]) + 2, 6) + 2, 48))


def _columns(text: str) -> int:
    return sum(2 if char > "\u1100" else 1 for char in text)


def _put(cell: Any, text: str, *, locked: bool | None = None) -> None:
    """Write a text that stays text."""
    from openpyxl.styles import Protection

    cell.value = escaped(neutral(text))
    cell.data_type = "s"
    cell.number_format = "@"
    if locked is not None:
        cell.protection = Protection(locked=locked)


def escaped(text: str) -> str:
    """Write what Excel would take for an escaped character so that it stays as it is (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """Undo ``escaped``."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


# --- reading


def read_workbook(path: Path) -> tuple[list[Page], list[Exported]]:
    """Return the sheets of an XLSX file, and what had been exported into it: (sheet, file, id).

    Raises UnreadableSheet where it is no workbook.
    """
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_BYTES:
                raise _no_workbook(path, "it unpacks to more than a workbook of this dataset can be", "解压后过大")
        book = load_workbook(path, data_only=False)
    except UnreadableSheet:
        raise
    except FileNotFoundError as missing:
        raise _no_workbook(path, "there is no such file; check the name", "没有这个文件；请检查文件名") from missing
    except OSError as failed:
        reason = failed.strerror or str(failed)
        raise _no_workbook(path, f"cannot be read: {reason}", f"无法读取：{reason}") from failed
    except Exception as broken:  # whatever openpyxl meets inside a file that is none of Excel's
        raise _no_workbook(
            path,
            "is no XLSX workbook; save it as .xlsx in the spreadsheet",
            "不是 XLSX 工作簿；请在电子表格中另存为 .xlsx",
        ) from broken
    pages = [_page(sheet) for sheet in book.worksheets if sheet.title not in (LISTS, META)]
    meta = [tuple(_text(value) for value in row[:3]) for row in book[META].values] if META in book.sheetnames else []
    return pages, [(entry[0], entry[1], entry[2]) for entry in meta if len(entry) == 3]


def _no_workbook(path: Path, en: str, zh: str) -> UnreadableSheet:
    return UnreadableSheet([Issue(path.name, 0, 0, "E705", en, zh)])


def _text(value: object) -> str:
    return restored(unescaped(value)) if isinstance(value, str) else ""


def _page(sheet: Any) -> Page:
    from openpyxl.utils import get_column_letter

    rows = list(sheet.iter_rows())
    headers = _headers(rows[0]) if rows else {}
    # under the hidden row of machine names are the headers; where somebody took the first away, these are read
    if len(rows) > 1 and any(text.startswith(FILE) for text in _headers(rows[1]).values()):
        del rows[1]
    key = next((text.removeprefix(FILE).strip() for text in headers.values() if text.startswith(FILE)), "")
    read = [(row[0].row, dict(_cells(sheet.title, row, headers))) for row in rows[1:]]
    names = {FILE if text.startswith(FILE) else text: get_column_letter(at + 1) for at, text in headers.items()}
    return Page(sheet.title, key, names, tuple((number, cells) for number, cells in read if cells))


def _headers(row: Any) -> dict[int, str]:
    return {number: _text(cell.value).strip() for number, cell in enumerate(row) if cell.value is not None}


def _cells(title: str, row: Any, headers: Mapping[int, str]) -> Iterator[tuple[str, Cell]]:
    for number, cell in enumerate(row):
        if number in headers and cell.value is not None:
            name = FILE if headers[number].startswith(FILE) else headers[number]
            yield name, Cell(_value(cell), f"{title}!{cell.coordinate}", cell.number_format)


def _value(cell: Any) -> object:
    if cell.data_type in ("f", "e"):
        return Formula(getattr(cell.value, "text", cell.value))
    return unescaped(cell.value) if isinstance(cell.value, str) else cell.value
