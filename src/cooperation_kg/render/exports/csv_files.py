"""The tables as CSV (RFC 4180, UTF-8): for a spreadsheet, or for programs with a schema beside them.

For a spreadsheet a file begins with the mark by which Excel knows UTF-8, and a text that would be a formula has an
apostrophe before it (OWASP, *CSV Injection*). A program takes both away again: it reads ``utf-8-sig``, and takes one
apostrophe from a text in which a sign of a formula follows nothing but apostrophes (``restored`` of
``sheets/cells.py`` does it). In the data package cells are exactly what the schema says, without either.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

from cooperation_kg.query.table import csv_text
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.tables import Filled, Value, tables_of
from cooperation_kg.sheets.cells import neutral


def csv_files(cut: Cut) -> bytes | Mapping[str, bytes]:
    """Return one file for the statements; for the other views a folder with a file for each table."""
    files = {f"{table.name}.csv": spreadsheet_csv(table) for table in tables_of(cut)}
    return files if len(files) > 1 else next(iter(files.values()))


def spreadsheet_csv(table: Filled) -> bytes:
    """Return a table for a spreadsheet: with a mark, and no formulas."""
    rows = ([_harmless(value) for value in row] for row in table.rows)
    return csv_text([column.name for column in table.plan.columns], rows).encode("utf-8-sig")


def exact_csv(table: Filled) -> bytes:
    """Return a table for programs: no mark, every cell what it is."""
    return _encoded([[column.name for column in table.plan.columns], *(map(cell_text, row) for row in table.rows)])


def cell_text(value: Value) -> str:
    """Return a value as text: true and false, ISO 8601 days, numbers without exponent; nothing for what is unsaid.

    >>> from datetime import date
    >>> cell_text(True), cell_text(date(1996, 5, 31)), cell_text(Decimal("1E+2")), cell_text(None)
    ('true', '1996-05-31', '100', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _harmless(value: Value) -> str | Decimal | None:
    if isinstance(value, str):
        return neutral(value)
    # as a number, so that a minus sign stays a minus sign
    return Decimal(cell_text(value)) if isinstance(value, float) else cell_text(value) or None


def _encoded(rows: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()
