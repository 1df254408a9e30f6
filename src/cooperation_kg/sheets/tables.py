"""Which rows does a dataset have? One for each record of its own files, each cell a text, with what it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from cooperation_kg.curate.corpus import REGISTERS
from cooperation_kg.curate.edits import decode_file
from cooperation_kg.curate.edits.house import nested_type
from cooperation_kg.curate.fields import Bilingual, Record
from cooperation_kg.curate.statements import Scope
from cooperation_kg.curate.yaml_bytes import read_bytes
from cooperation_kg.curate.yaml_faults import Faults
from cooperation_kg.curate.yaml_io import YamlValue, parse_yaml
from cooperation_kg.errors import CurationError, Issue, UnreadableFile
from cooperation_kg.sheets.cells import Cell, canonical, mark_of, show
from cooperation_kg.sheets.columns import Sheet
from cooperation_kg.sheets.names import Names

FIRST_ROW = 3
"""Rows of records begin here: above are the machine names (hidden in a workbook) and the headers."""
FILE, WAS = "_file", "_was"
Fields = dict[str, YamlValue]


@dataclass(frozen=True)
class FileText:
    """One curated file: its text, its byte order mark, and what it says."""

    text: str
    mark: bytes
    data: YamlValue

    @property
    def records(self) -> list[Fields]:
        """The records in it, a file of one record included."""
        found = self.data if isinstance(self.data, list) else [self.data]
        return [record for record in found if isinstance(record, dict) and record]


@dataclass(frozen=True)
class Row:
    """One record as a row; ``was`` keeps its id and a fingerprint of each cell, to tell what has been changed."""

    file: str
    id: str
    cells: Mapping[str, str]
    was: str


@dataclass(frozen=True)
class Page:
    """One sheet as it was read: its name, which kind of record it holds, and the cells of each row by header.

    ``headers`` has the letter of each column, as a spreadsheet shows it.
    """

    title: str
    key: str
    headers: Mapping[str, str]
    rows: tuple[tuple[int, Mapping[str, Cell]], ...]


Exported = tuple[str, str, str]
"""(sheet, file, id) of a row that was exported."""


@dataclass(frozen=True)
class Was:
    """What a row was when it was exported: its id, and of each column the marks of its text and of its value."""

    id: str
    marks: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __str__(self) -> str:
        marks = (f"{name}:{text}{value}" for name, (text, value) in self.marks.items())
        return " ".join((quote(self.id, safe=""), *marks))

    @classmethod
    def read(cls, text: str) -> Was | None:
        """Return what the hidden cell says, or None where it was not written by us."""
        identifier, *marks = text.split(" ")
        parts = [mark.rpartition(":") for mark in marks]
        if any(len(both) != 16 or not name for name, _, both in parts):
            return None
        return cls(unquote(identifier), {name: (both[:8], both[8:]) for name, _, both in parts})


def read_files(folder: Path, more: Iterable[str] = (), *, sources: bool = True) -> dict[str, FileText]:
    """Return every file that the sheets show, by its name in the data folder.

    Parameters
    ----------
    more: other files that are wanted too, where they are there.
    sources: whether the sources and their statements are wanted, not the registers alone.

    Raises CurationError with all faults where one cannot be read.
    """
    told = ("sources/*.yaml", "statements/*.yaml") if sources else ()
    patterns = (*told, *(pattern for pattern, _ in REGISTERS.values()), *more)
    issues: list[Issue] = []
    files: dict[str, FileText] = {}
    for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
        name = path.relative_to(folder).as_posix()
        try:
            text, mark = decode_file(read_bytes(path, Faults(name)), name)
            files[name] = FileText(text, mark, parse_yaml(text, name, empty_ok=True).data)
        except UnreadableFile as unreadable:
            issues += unreadable.issues
    if issues:
        raise CurationError(issues)
    return files


def belongs(sheet: Sheet, file: str, record: Mapping[str, YamlValue]) -> bool:
    """Whether a record of a file is a row of the sheet."""
    if sheet.is_statement:
        return file.startswith("statements/") and record.get("kind") == sheet.key
    if sheet.key == "source":
        return file.startswith("sources/")
    return PurePosixPath(file).match(REGISTERS[sheet.key.removeprefix("register-")][0])


def rows_of(sheet: Sheet, files: Mapping[str, FileText], names: Names) -> Iterator[Row]:
    """Yield a row for each record of the sheet, in the order of the files."""
    for file, content in files.items():
        for record in content.records:
            if belongs(sheet, file, record):
                yield row_of(sheet, file, record, names)


def row_of(sheet: Sheet, file: str, record: Fields, names: Names) -> Row:
    """Return the row of one record."""
    values = split(sheet, file, record)
    texts = {column.name: show(column, values[column.name], names) for column in sheet.columns}
    marks = {
        column.name: (mark_of(texts[column.name]), mark_of(canonical(column, values[column.name])))
        for column in sheet.columns
        if texts[column.name]
    }
    identifier = record.get("id")
    own = identifier if isinstance(identifier, str) else ""
    return Row(file, own, texts, str(Was(own, marks)))


def split(sheet: Sheet, file: str, record: Fields) -> dict[str, YamlValue | None]:
    """Return the value of every column of one record; None where it has none."""
    values = {column.name: _part(sheet.record_type, record, column.field, column.part) for column in sheet.columns}
    if sheet.is_statement:
        values["source"] = PurePosixPath(file).stem
    return values


def _part(record_type: type[Record], record: Fields, name: str, part: str) -> YamlValue | None:
    value = record.get(name)
    if value is None:
        return None
    inner = nested_type(record_type, name)
    if inner is Scope and not part:
        return None if isinstance(value, dict) else value
    if not part:
        return value
    if isinstance(value, dict):
        return value.get(part)
    return value if inner is Bilingual and part == "zh" else None


def join(before: YamlValue | None, parts: Mapping[str, YamlValue | None]) -> YamlValue | None:
    """Return the value of a field from all its parts, in the form that it had; None where all are empty."""
    there = {part: value for part, value in parts.items() if value is not None}
    if set(parts) == {""} or not there:
        return there.get("")
    if "" in there:
        return there[""]
    if isinstance(before, str) and set(there) == {"zh"}:
        return there["zh"]
    kept = before if isinstance(before, dict) else {}
    order: Sequence[str] = [*kept, *(part for part in parts if part not in kept)]
    joined = {part: there.get(part, kept.get(part) if part not in parts else None) for part in order}
    return {part: value for part, value in joined.items() if value is not None}
