"""When did the data change? The system tells of it at once; where it does not (disks elsewhere), looking does, soon."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from watchfiles import awatch

from cooperation_kg.curate.memory import Mark, mark_of

Marks = Mapping[Path, Mark | None]
_QUIET = 20
"""Milliseconds without a change after which an edit counts as whole: an editor writes several files, a pull many."""
_LONGEST = 2_000
"""Milliseconds after which it is looked at what changed, though it goes on changing."""
_LOOK = 2_000
"""Milliseconds between two looks at a folder of which the system tells nothing."""


def marks_of(folder: Path) -> Marks:
    """Return by what each file of the data is known again."""
    return {path: mark_of(path) for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".yml", ".md")}


async def looks(folder: Path) -> AsyncIterator[Marks]:
    """Yield the marks of the data: whenever something changed there and was then quiet, and every two seconds."""
    told = awatch(folder, watch_filter=None, step=_QUIET, debounce=_LONGEST, rust_timeout=_LOOK, yield_on_timeout=True)
    async for _ in told:
        yield await asyncio.to_thread(marks_of, folder)
