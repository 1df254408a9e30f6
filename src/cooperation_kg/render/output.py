"""Files are written whole or not at all: a temporary file beside the target, then one rename."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cooperation_kg.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``; what stood there stays until the new file is complete.

    A pipe or a device is written to, never replaced; a link keeps pointing where it points.
    Raises OutputError (full disk, no permission, a folder in the way); no temporary file is left behind.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        try:
            path.write_bytes(content)
        except OSError as failed:
            raise OutputError(f"cannot write {path}: {failed.strerror or failed}") from failed
        return
    target = path.resolve()
    write_all(target.parent, {target.name: content})


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write several files into one folder: all are complete on disk before the first one is put in place.

    Parameters
    ----------
    folder: made where it does not exist.
    files: name (``/`` allowed) → content.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".ckg-", dir=folder) as partial:
            ready = [_write_aside(Path(partial), number, content) for number, content in enumerate(files.values())]
            targets = [folder / name for name in files]
            for target in targets:
                _make_room(target)
            for aside, target in zip(ready, targets, strict=True):
                aside.replace(target)
            return targets
    except OSError as failed:
        place = failed.filename2 or failed.filename or folder
        raise OutputError(f"cannot write {place}: {failed.strerror or failed}") from failed


def _make_room(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands in the way", str(target))


def _write_aside(partial: Path, number: int, content: bytes) -> Path:
    path = partial / str(number)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)
    return path
