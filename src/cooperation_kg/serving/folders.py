"""Where does a state of the data lie? In a temporary folder; the next server takes away what a killed one left.

Each folder holds a file that its server has locked; the system gives the lock back when the server ends, however it
ends. What is locked, or is not ours, is left alone. Where the system has no such locks (Windows), nothing is swept.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "ckg-serve-"
_LOCK = "lock"
NO_LOCK = -1


def make_folder() -> tuple[Path, int]:
    """Return a new folder that nobody else can open, and the descriptor of its lock."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if sys.platform == "win32":
        return folder, NO_LOCK
    # locked before it has its name: a server that sweeps meanwhile passes over a folder without one
    unnamed = folder / f"{_LOCK}.new"
    lock = os.open(unnamed, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    unnamed.rename(folder / _LOCK)
    return folder, lock


def remove_folder(folder: Path, lock: int) -> None:
    """Take a folder away, and give its lock back."""
    _take_away(folder)
    if lock != NO_LOCK:
        os.close(lock)


def sweep() -> list[Path]:
    """Take away what servers left that were killed; return it."""
    if sys.platform == "win32":
        return []
    left = [path for path in sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")) if _is_left(path)]
    for path in left:
        _take_away(path)
    return left


def _take_away(folder: Path) -> None:
    """Take a folder away, its lock last: what could not be taken away now is known to be ours later."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != _LOCK:
                path.unlink()
        shutil.rmtree(folder)


if sys.platform != "win32":

    def _is_left(folder: Path) -> bool:
        """Return whether a folder is one of ours whose server has ended."""
        with contextlib.suppress(OSError):
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
                return False
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            finally:
                os.close(lock)
            return True
        return False
