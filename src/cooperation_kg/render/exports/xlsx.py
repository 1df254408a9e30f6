"""The tables as one workbook, for reading and sorting in a spreadsheet; ``ckg sheet`` writes the one to edit.

Row 1 has the machine names and is hidden, row 2 the titles with the meaning as a note; both stay when one scrolls. The
last sheet says what the file holds and lists the columns.

A number is a number cell where a spreadsheet shows it exactly (it keeps 15 digits), else text; whole years have no
separators. Days, times, codes and ids are text: ``2018-04`` and ``010203`` stay as they are. A text that begins like a
formula has an apostrophe before it, as in ``sheets/workbook.py``; characters that XML cannot hold are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cooperation_kg.errors import OutputError
from cooperation_kg.render.exports.about import said_of
from cooperation_kg.render.exports.columns import Column
from cooperation_kg.render.exports.csv_files import cell_text
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.tables import Filled, Value, tables_of
from cooperation_kg.render.exports.xml_text import in_xml
from cooperation_kg.sheets.cells import neutral
from cooperation_kg.sheets.workbook import FIXED, MAX_CELL, escaped, fixed_bytes

ABOUT = {"zh": "说明", "en": "About"}
SHOWN_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_WIDEST = 48
_LISTED = {
    "zh": ("表", "列", "标题", "类型", "含义"),
    "en": ("table", "column", "title", "type", "meaning"),
}


def xlsx(cut: Cut) -> bytes:
    """Return a workbook with a sheet for each table of the view, and one that tells about them.

    Raises OutputError where a text is longer than a cell can be.
    """
    from openpyxl import Workbook

    tables = tables_of(cut)
    for table in tables:
        _refuse_long_texts(table)
    book = Workbook(write_only=True)
    book.properties.creator = "cooperation-kg"
    book.properties.title = in_cell(cut.kg.corpus.dataset.title.in_language(cut.lang))
    book.properties.created = book.properties.modified = FIXED
    for table in tables:
        _Writer(book.create_sheet(table.plan.title(cut.lang)), table, cut.lang).write()
    _write_about(book.create_sheet(ABOUT[cut.lang]), tables, cut)
    return fixed_bytes(book)


def _refuse_long_texts(table: Filled) -> None:
    for row in table.rows:
        for column, value in zip(table.plan.columns, row, strict=True):
            if isinstance(value, str) and len(in_cell(value)) > MAX_CELL:
                raise OutputError(
                    f"{table.name} {row[0]} {column.name}: too long for a cell; export to CSV "
                    f"文字过长，单元格容纳不下；请导出 CSV"
                )


class _Writer:
    """Writes one table."""

    def __init__(self, page: Any, table: Filled, lang: str) -> None:
        self.page = page
        self.table = table
        self.lang = lang

    def write(self) -> None:
        """Write the sheet: what is said of its columns, then headers, then rows."""
        from openpyxl.utils import get_column_letter

        columns, page = self.table.plan.columns, self.page
        last = get_column_letter(len(columns))
        page.freeze_panes = "B3"
        page.row_dimensions[1].hidden = True
        for at, column in enumerate(columns):
            page.column_dimensions[get_column_letter(at + 1)].width = self._width(at, column)
        page.append([_text(page, column.name) for column in columns])
        page.append([self._header(column) for column in columns])
        for row in self.table.rows:
            page.append([self._cell(value) for value in row])
        page.auto_filter.ref = f"A2:{last}{len(self.table.rows) + 2}"

    def _header(self, column: Column) -> Any:
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill

        header = _text(self.page, column.title(self.lang))
        header.font, header.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
        header.alignment = Alignment(wrap_text=True, vertical="top")
        header.comment = Comment(f"{column.name}\n{column.says(self.lang)}", "cooperation-kg", width=320, height=100)
        return header

    def _cell(self, value: Value) -> Any:
        if value is None:
            return None
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float | Decimal) and is_shown_exactly(value):
            return _number(self.page, value)
        return _text(self.page, cell_text(value))

    def _width(self, at: int, column: Column) -> float:
        """Return a width for the header and most of the cells; a Chinese character takes two columns."""
        texts = sorted(_columns(cell_text(row[at]).split("\n")[0]) for row in self.table.rows[:300])
        typical = texts[int(len(texts) * 0.9)] if texts else 0
        return float(min(max(typical, _columns(column.title(self.lang)) + 2, 6) + 2, _WIDEST))


def _write_about(page: Any, tables: tuple[Filled, ...], cut: Cut) -> None:
    """Write what the file holds, then a line for each column of each table."""
    for letter, width in zip("ABCDE", (24, 24, 24, 12, 80), strict=True):
        page.column_dimensions[letter].width = width
    for line in _about_lines(tables, cut):
        page.append([_text(page, text) for text in line])


def _about_lines(tables: tuple[Filled, ...], cut: Cut) -> Iterator[tuple[str, ...]]:
    yield from said_of(cut).items()
    yield ()
    yield _LISTED[cut.lang]
    for table in tables:
        for column in table.plan.columns:
            title = column.title(cut.lang)
            yield table.plan.title(cut.lang), column.name, title, column.kind, column.says(cut.lang)


def is_shown_exactly(value: float | Decimal) -> bool:
    """Return whether a spreadsheet shows every digit of a number.

    >>> is_shown_exactly(Decimal("39.43")), is_shown_exactly(Decimal("1234567890123456"))
    (True, False)
    """
    return len(Decimal(cell_text(value)).normalize().as_tuple().digits) <= SHOWN_DIGITS


def in_cell(text: str) -> str:
    """Return a text as a cell can hold it: no formula, no character that XML lacks, line ends as XML reads them.

    >>> in_cell("=1+1\\x00"), in_cell("一\\r\\n二")
    ("'=1+1", '一\\n二')
    """
    plain = str(in_xml({"": text})[""]).replace("\r\n", "\n").replace("\r", "\n")
    return escaped(neutral(plain))


def _text(page: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(page, None)
    # set as it is: openpyxl would take some texts for a formula or an error
    cell._value, cell.data_type = in_cell(text), "s"
    cell.number_format = "@"
    return cell


def _number(page: Any, value: float | Decimal) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(page, None)
    cell.value = value
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        cell.number_format = "#,##0" + (f".{'0' * places}" if places else "")
    return cell


def _columns(text: str) -> int:
    return sum(2 if char > "\u1100" else 1 for char in text)
