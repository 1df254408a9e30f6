"""How is the dataset a folder of CSV files, and what does one say? RFC 4180, UTF-8 with a mark, as Excel wants it.

CSV has no hidden columns, so those that tell what each cell was stand last.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from cooperation_kg.curate.yaml_bytes import decode, read_bytes
from cooperation_kg.curate.yaml_faults import Faults
from cooperation_kg.errors import Issue, UnreadableFile, UnreadableSheet
from cooperation_kg.sheets.cells import Cell, neutral
from cooperation_kg.sheets.columns import TITLES, Sheet
from cooperation_kg.sheets.tables import FILE, WAS, Exported, Page, Row

META = "_exported.csv"
MAX_FIELD = 1_000_000


def write_csv(tables: Iterable[tuple[Sheet, list[Row]]], lang: str) -> dict[str, bytes]:
    """Return a CSV file for each sheet, by name, and the list of what was exported."""
    files: dict[str, bytes] = {}
    exported: list[list[str]] = []
    for sheet, rows in tables:
        headers = [column.header[lang == "en"] for column in sheet.columns]
        lines = [[*(row.cells[column.name] for column in sheet.columns), row.file, row.was] for row in rows]
        files[f"{sheet.key}.csv"] = _encoded([[*headers, FILE, WAS], *lines])
        exported += [[sheet.key, row.file, row.id] for row in rows]
    return {**files, META: _encoded(exported)}


def _encoded(lines: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([neutral(text) for text in line] for line in lines)
    return written.getvalue().encode("utf-8-sig")


def read_csv(folder: Path) -> tuple[list[Page], list[Exported]]:
    """Return the sheets of a folder of CSV files, and what had been exported into it.

    Raises UnreadableSheet where a file is no CSV in UTF-8: Excel's own CSV loses characters, "CSV UTF-8" does not.
    """
    pages: list[Page] = []
    issues: list[Issue] = []
    for key in TITLES:
        path = folder / f"{key}.csv"
        if path.exists():
            try:
                pages.append(_page(key, path.name, _rows(path)))
            except UnreadableFile as unreadable:
                issues += [Issue(path.name, i.line, i.column, "E705", *_with_hint(i)) for i in unreadable.issues]
            except csv.Error as bad:
                issues.append(Issue(path.name, 0, 0, "E705", f"is no CSV: {bad}", f"不是 CSV：{bad}"))
    if not pages and not issues:
        issues.append(
            Issue(
                folder.name,
                0,
                0,
                "E705",
                "holds no sheet of ours, such as pairing.csv; name the folder of an export",
                "没有导出的表，如 pairing.csv；请指明导出的文件夹",
            )
        )
    if issues:
        raise UnreadableSheet(issues)
    meta = folder / META
    exported = _rows(meta) if meta.exists() else []
    return pages, [(row[0], row[1], row[2]) for row in exported if len(row) == 3]


def _with_hint(issue: Issue) -> tuple[str, str]:
    return f"{issue.message_en} (CSV UTF-8)", f"{issue.message_zh}（CSV UTF-8）"


def _rows(path: Path) -> list[list[str]]:
    text = decode(read_bytes(path, Faults(path.name)), Faults(path.name))
    first = re.split("\r\n|\r|\n", text, maxsplit=1)[0]
    delimiter = max(",;\t", key=first.count)  # a spreadsheet of another country writes semicolons
    csv.field_size_limit(MAX_FIELD)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _page(key: str, title: str, rows: list[list[str]]) -> Page:
    headers = tuple(text.strip() for text in rows[0]) if rows else ()
    read = [(number, _cells(title, number, row, headers)) for number, row in enumerate(rows[1:], 2)]
    letters = {header: _letters(at) for at, header in enumerate(headers)}
    return Page(title, key, letters, tuple((number, cells) for number, cells in read if cells))


def _cells(title: str, number: int, row: list[str], headers: tuple[str, ...]) -> Mapping[str, Cell]:
    return {
        header: Cell(text, f"{title}!{_letters(at)}{number}")
        for at, (header, text) in enumerate(zip(headers, row, strict=False))
        if header and text
    }


def _letters(at: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
