"""What can go wrong, said so that the reader can mend it.

::

    CooperationError
    ├── CurationError        something a curator can mend; carries ``.issues``
    │   ├── UnreadableFile   a file cannot be read as the strict YAML we accept
    │   ├── InvalidCorpus    the records do not hold together
    │   └── UnreadableSheet  a workbook or folder of CSV has cells that cannot be taken over
    ├── ShapeError           the graph breaks a SHACL shape; carries ``.issues``
    ├── QueryError           UnknownQuery, MalformedQuery, ForbiddenQuery, QueryFailed, BadParameter
    ├── HistoryError         the data as they once stood cannot be had (no git, no such revision)
    ├── UnsafeEdit           a file cannot be edited without touching something else
    ├── OutputError          a file or folder could not be written; nothing half-written is left
    ├── RemoteError          a server elsewhere cannot be reached, refuses, or answers wrongly
    └── UnknownFormat        no export of that name; carries ``.available``

Exceptions know neither exit codes nor HTTP statuses: ``cli.py`` has those in one table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Issue:
    """One fault, with its place, a stable code, what is wrong and what to do next.

    Parameters
    ----------
    file: path as shown to the curator (relative to the data folder where possible).
    line, column: 1-based; 0 where the fault belongs to the whole file.
    code: stable, for example ``E203``; ``E`` is an error, ``W`` a warning.
    message_en, message_zh: what is wrong and the remedy, in both languages.

    >>> print(Issue("statements/s.yaml", 7, 3, "E203", 'no place "beijng"', "没有地区“beijng”"))
    statements/s.yaml:7:3 E203 no place "beijng"
    """

    file: str
    line: int
    column: int
    code: str
    message_en: str
    message_zh: str

    @property
    def severity(self) -> Severity:
        """``"warning"`` for codes that begin with ``W``, else ``"error"``."""
        return "warning" if self.code.startswith("W") else "error"

    def text(self, lang: str = "en") -> str:
        """Return ``file:line:col CODE message`` in ``"en"`` or ``"zh"``."""
        message = self.message_zh if lang == "zh" else self.message_en
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place} {self.code} {message}"

    def __str__(self) -> str:
        return self.text()


class CooperationError(Exception):
    """Base of every error that this package raises on purpose."""


class _WithIssues(CooperationError):
    """An error that lists every fault found, not only the first."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(sorted(issues))
        super().__init__("\n".join(str(issue) for issue in self.issues))


class CurationError(_WithIssues):
    """Something in the curated files that a curator can mend."""


class UnreadableFile(CurationError):
    """A file that cannot be read as the strict YAML we accept."""


class InvalidCorpus(CurationError):
    """Records that do not hold together; ``.issues`` has all faults of one run."""


class UnreadableSheet(CurationError):
    """Cells of a workbook that cannot be taken over; ``.issues`` names each by sheet and cell."""


class ShapeError(_WithIssues):
    """The built graph breaks a SHACL shape."""


class QueryError(CooperationError):
    """A question that could not be answered."""


class UnknownQuery(QueryError):
    """No named question of that name; ``.available`` lists those there are."""

    def __init__(self, name: str, available: Iterable[str]) -> None:
        self.name = name
        self.available = tuple(sorted(available))
        super().__init__(f"no question named {name!r}; available: {', '.join(self.available)}")


class MalformedQuery(QueryError):
    """SPARQL that does not parse; ``.line`` and ``.column`` are 1-based where known, else 0."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class ForbiddenQuery(QueryError):
    """A query that would dial out or change the graph (SERVICE, LOAD, FROM a remote document, updates)."""


class QueryFailed(QueryError):
    """The engine refused or failed while answering."""


class BadParameter(QueryError):
    """A named question was given a parameter it lacks, or a value it cannot use."""


class HistoryError(CooperationError):
    """The data as they once stood cannot be had: no git, no repository, no such revision, or not yet there."""


class UnsafeEdit(CooperationError):
    """A file cannot be edited without touching something else; ``.file`` names it."""

    def __init__(self, file: str, reason_en: str, reason_zh: str) -> None:
        self.file = file
        self.reason_en = reason_en
        self.reason_zh = reason_zh
        super().__init__(f"{file}: {reason_en} {reason_zh}")


class OutputError(CooperationError):
    """A file or folder could not be written; what stood there before is untouched."""


class RemoteError(CooperationError):
    """A server elsewhere cannot be reached, refuses, breaks off, or holds something else than it should."""


class UnknownFormat(CooperationError):
    """No export of that name; ``.available`` lists those there are."""

    def __init__(self, name: str, available: Iterable[str]) -> None:
        self.name = name
        self.available = tuple(available)
        super().__init__(f"no export format {name!r}; available: {', '.join(self.available)}")
