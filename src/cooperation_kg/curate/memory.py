"""What was read of files that have not changed since: reading again costs what changed, not what there is.

For a process that reads the same folder again and again (``ckg check --watch``). A file counts as unchanged while its
time, size and inode are what they were; one that was changed less than two seconds before it was read is read again,
since some disks keep times no finer than that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cooperation_kg.errors import Issue

SETTLED = 2_000_000_000
"""Nanoseconds after which the time of a file tells a later change."""


class Mark(NamedTuple):
    """By what a file is known again."""

    modified: int
    size: int
    inode: int


@dataclass(frozen=True)
class _Read:
    mark: Mark
    found: list[Any]
    issues: list[Issue]
    unread: set[tuple[str, str]]


class Memory:
    """Keeps what was read of each file, with its faults."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Read] = {}

    def recall(
        self,
        path: Path,
        what: Hashable,
        read: Callable[[], Iterable[Any]],
        issues: list[Issue],
        unread: set[tuple[str, str]],
    ) -> list[Any]:
        """Return what ``read`` gives for a file, from memory where the file is as it was.

        Parameters
        ----------
        what: as what the file is read; the same file may be read as two things.
        issues, unread: where reading puts its faults; those of before are put there again.
        """
        mark = mark_of(path)
        known = self._kept.get((path, what))
        if known is not None and known.mark == mark:
            issues += known.issues
            unread |= known.unread
            return known.found
        first, before = len(issues), set(unread)
        found = list(read())
        if mark is not None and mark == mark_of(path) and time.time_ns() - mark.modified > SETTLED:
            self._kept[path, what] = _Read(mark, found, issues[first:], unread - before)
        return found


def mark_of(path: Path) -> Mark | None:
    """Return the mark of a file, None where there is none to be had."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Mark(found.st_mtime_ns, found.st_size, found.st_ino)
