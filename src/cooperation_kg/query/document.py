"""An answer that is more than a table: a heading, then sections of lines and rows, with the same facts as JSON.

Every answering module (show, explain, totals, conflicts, claims, report, measures, differences) returns a record
with ``document(lang)`` → `Document` and ``as_json()`` → plain data. How a document is written (text, Markdown, HTML)
is told once, in ``render/documents.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

Row = tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of an answer: a heading, lines of text, and rows under named columns; any of them may be empty.

    >>> Section("Terms", rows=(("1", "1996"),), columns=("term", "from")).columns
    ('term', 'from')
    """

    heading: str = ""
    lines: tuple[str, ...] = ()
    columns: Row = ()
    rows: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns: a silent misfit would shift every cell."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.heading}: a row has not as many cells as there are columns")


@dataclass(frozen=True)
class Document:
    """A whole answer: what it answers, the answer in a line or two, then its sections."""

    title: str
    lead: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


class Answer(Protocol):
    """What every answering module returns."""

    def document(self, lang: str) -> Document:
        """Return the answer to be read, in ``"zh"`` or ``"en"``."""
        ...

    def as_json(self) -> dict[str, Any]:
        """Return the answer as plain data: text, numbers as text, lists and mappings."""
        ...


def sections(*parts: Section | None) -> tuple[Section, ...]:
    """Return the parts that say something; an empty one is left out.

    >>> sections(Section("a"), None, Section("b", ("x",)))
    (Section(heading='b', lines=('x',), columns=(), rows=()),)
    """
    return tuple(part for part in parts if part is not None and (part.lines or part.rows))


def table(heading: str, columns: Iterable[str], rows: Iterable[Iterable[object]], *lines: str) -> Section:
    """Return a section of rows; None becomes an empty cell.

    >>> table("t", ["a", "b"], [[1, None]]).rows
    (('1', ''),)
    """
    cells = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
    return Section(heading, lines, tuple(columns), cells)
