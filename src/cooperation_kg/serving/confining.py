"""What may a worker do? Compute, within bounds: no file to write, no socket to open, so much memory and time.

A worker that reaches a bound dies; the server says so to the one who asked, and starts another. Each bound is set where
the system has it: Linux knows all of them, macOS no bound of memory, Windows none.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

BOUNDS = ("memory", "files", "descriptors", "processor time")


def confine(memory: int, *, sealed: bool = True, room: int = 0) -> list[str]:
    """Bound this process, once everything that it needs is open; return the bounds that hold, of BOUNDS.

    Parameters
    ----------
    memory: bytes of address space, beyond what is mapped already.
    sealed: whether it is also to write no file and to open nothing more.
    room: how many files it may yet open all the same (``files_to_open``).
    """
    if sys.platform == "win32":
        return []
    kept = []
    if _bound(resource.RLIMIT_AS, _mapped() + memory):
        kept.append("memory")
    if sealed and _bound(resource.RLIMIT_FSIZE, 0):
        kept.append("files")
    if sealed and _close_the_door(room):
        kept.append("descriptors")
    _bound(resource.RLIMIT_CORE, 0)
    return [*kept, "processor time"]


def leave_interrupts() -> None:
    """Leave Ctrl-C to the server: what is being asked is answered before it stops."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def files_to_open(store: Path) -> int:
    """Return how many files of a store this process has not opened: RocksDB opens sixteen of a kind, the others late.

    A store below a gigabyte or so has none; where there are some, the filter of queries alone keeps sockets shut.
    """
    opened = {Path(path).name for path in _opened()}
    return sum(path.name not in opened for path in store.glob("*.sst"))


def _opened() -> list[str]:
    """Return what the open descriptors lead to; nothing where the system does not tell."""
    found = []
    for number in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):  # the descriptor of this very listing
            found.append(str(number.readlink()))
    return found


def allow_seconds(seconds: float) -> None:
    """Let the system end this process after so much more processor time: also where the server itself was killed."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


if sys.platform != "win32":

    def _bound(kind: int, most: int) -> bool:
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # this system does not know it, or knows a lower one already
            return False
        return True

    def _mapped() -> int:
        """Return how much address space is in use: 0 where the system does not tell."""
        try:
            with open("/proc/self/statm", "rb") as told:  # noqa: PTH123
                return int(told.read().split()[0]) * resource.getpagesize()
        except OSError:
            return 0

    def _close_the_door(room: int) -> bool:
        """Leave no descriptor free: neither a file nor a socket can be opened any more."""
        last = os.open(os.devnull, os.O_RDONLY)
        highest = max(_open_descriptors(), default=last)
        while last < highest:
            last = os.dup(last)
        return _bound(resource.RLIMIT_NOFILE, max(highest, last) + 1 + room)

    def _open_descriptors() -> list[int]:
        """Return the descriptors that are open."""
        most = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 65_536)
        return [number for number in range(most) if _is_open(number)]

    def _is_open(number: int) -> bool:
        try:
            os.fstat(number)
        except OSError:
            return False
        return True
