"""Files are written whole or not at all: all of them aside, then each renamed into its place.

What fails on the way (a full disk, no permission, Ctrl-C) is undone: the folder is again what it was. A build that is
killed outright leaves whole files alone, each old or new, and the next build puts the folder right: the manifest names
every file of ours in it, and a file that a former build made and this one does not is taken away. So is the folder of
unfinished files that it left: ours are locked while their build lives. Nothing else in the folder is touched.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from cooperation_kg.errors import OutputError

if sys.platform != "win32":
    import fcntl

MANIFEST = "site-manifest.json"
ASIDE = ".ckg-"
"""What the name of a folder of unfinished files begins with."""
LOCK = "lock"
"""The file in it that is locked while its build lives."""
_OURS = b"cooperation-kg\n"
WAITING = 8
"""So many threads wait for the disk: a journalling file system then takes many files at once, not one by one."""
_DIGITS = 16
Listed = tuple[str, int, str]
"""(name, size in bytes, the first digits of the SHA-256) of a file of ours."""


class Manifest(NamedTuple):
    """What a build left in a folder, and from what it made that (``freshness.py``); empty where it does not say."""

    files: list[Listed]
    made_from: str = ""


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
    return _write(folder, list(files.items()), [], {})


def write_folder(folder: Path, files: Mapping[str, bytes], made_from: str = "") -> list[Path]:
    """Write a folder that is ours, with its manifest; take away what a former build wrote and this one does not.

    A file that already is what it should be is left as it is. A file that the former manifest names but that somebody
    changed since is no longer ours, and stays.

    Parameters
    ----------
    files: name (``/`` allowed) → content; returned are their paths, without the manifest.
    made_from: what the manifest says of their origin.

    Raises OutputError; a manifest that cannot be read, or that names a file outside the folder, is refused before
    anything is written.
    """
    former = read_manifest(folder).files
    listed = [_entry(name, content) for name, content in files.items()]
    stale = [name for name in dict.fromkeys(name for name, _, _ in former) if name not in files]
    gone = [name for name in stale if _is_ours(folder, name, former)]
    changed = [(name, content) for name, content in files.items() if not _holds(folder / name, content)]
    # both builds are named until the last file is in place: whenever this is cut off, the next build knows all of ours
    first = (MANIFEST, _manifest({*former, *listed}))
    last = {MANIFEST: _manifest(listed, made_from)}
    _write(folder, [first, *changed], gone, last)
    return [folder / name for name in files]


def _write(folder: Path, files: list[tuple[str, bytes]], gone: list[str], last: Mapping[str, bytes]) -> list[Path]:
    """Put files in place in this order, take away what is gone, then put the last ones; or undo all of it."""
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_what_was_left(folder)
        with _aside(folder) as partial:
            every = [*files, *last.items()]
            ready = [_write_aside(partial, number, content) for number, (_, content) in enumerate(every)]
            with ThreadPoolExecutor(WAITING) as waiting:
                list(waiting.map(_reach_disk, ready))
            targets = [folder / name for name, _ in every]
            for target in targets:
                made += _make_room(target)
            with _Change(partial) as change:
                for aside, target in list(zip(ready, targets, strict=True))[: len(files)]:
                    change.put(aside, target, alone=len(every) == 1)
                for name in gone:
                    change.take(folder / name)
                for aside, target in list(zip(ready, targets, strict=True))[len(files) :]:
                    change.put(aside, target)
            _drop_empty_folders(folder, gone)
            made = []
            return targets[: len(files)]
    except OSError as failed:
        place = failed.filename2 or failed.filename or folder
        raise OutputError(f"cannot write {place}: {failed.strerror or failed}") from failed
    finally:
        for empty in sorted(made, reverse=True):
            with contextlib.suppress(OSError):  # somebody put something there meanwhile: then it is not ours
                empty.rmdir()


@contextlib.contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Give a folder for unfinished files, locked until it is taken away again."""
    lock: IO[bytes] | None = None
    try:
        with tempfile.TemporaryDirectory(prefix=ASIDE, dir=folder) as partial:
            if sys.platform != "win32":
                lock = (Path(partial) / LOCK).open("wb")
                fcntl.flock(lock, fcntl.LOCK_EX)
                lock.write(_OURS)
                lock.flush()
            yield Path(partial)
    finally:
        if lock is not None:
            lock.close()


def _clear_what_was_left(folder: Path) -> None:
    """Take away the folders of unfinished files whose builds were killed; where nothing can be locked, none."""
    for path in sorted(folder.glob(f"{ASIDE}*")):
        if path.is_dir() and _is_left_behind(path / LOCK):  # a link is never followed: rmtree refuses it
            shutil.rmtree(path, ignore_errors=True)


def _is_left_behind(lock: Path) -> bool:
    """Return whether a lock is one of ours that nobody holds any more."""
    if sys.platform == "win32":
        return False
    try:
        if lock.is_symlink() or not lock.is_file():
            return False
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file.read(len(_OURS) + 1) == _OURS
    except OSError:  # it is held, or not to be read, or gone: not ours to take away
        return False


class _Change:
    """Changes to a folder that are undone, the last one first, where one of them fails."""

    def __init__(self, partial: Path) -> None:
        self._kept = partial / "former"
        self._kept.mkdir()
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> _Change:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            failures = [failed for step in reversed(self._undo) if (failed := _tried(step)) is not None]
            if failures:
                raise failures[0]

    def put(self, aside: Path, target: Path, *, alone: bool = False) -> None:
        """Put a file in place; where it is ``alone``, there is nothing that might fail after it."""
        existed = os.path.lexists(target)
        if existed and not alone:
            kept = self._keep(target)
            self._undo.append(lambda: _move(kept, target))
        aside.replace(target)
        if not existed:
            self._undo.append(lambda: target.unlink(missing_ok=True))

    def take(self, target: Path) -> None:
        """Take a file away."""
        kept = self._name()
        target.rename(kept)
        self._undo.append(lambda: _move(kept, target))

    def _keep(self, target: Path) -> Path:
        """Keep what stands in a place: by a second name for it, or a copy where the disk knows no second names."""
        kept = self._name()
        try:
            os.link(target, kept, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(target, kept, follow_symlinks=False)
        return kept

    def _name(self) -> Path:
        return self._kept / str(len(self._undo))


def _tried(step: Callable[[], None]) -> OSError | None:
    """Take a step, and return what it failed with: the steps after it are taken all the same."""
    try:
        step()
    except OSError as failed:
        return failed
    return None


def _move(path: Path, target: Path) -> None:
    path.replace(target)


def _make_room(target: Path) -> list[Path]:
    """Make the folders above a file that are not there, and return these."""
    missing = [above for above in target.parents if not above.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands in the way", str(target))
    return missing


def _write_aside(partial: Path, number: int, content: bytes) -> Path:
    path = partial / str(number)
    with path.open("wb") as file:
        file.write(content)
    path.chmod(0o644)
    return path


def _reach_disk(path: Path) -> None:
    """Wait until a file is on the disk; once all are written, most of them are there already."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _entry(name: str, content: bytes) -> Listed:
    return name, len(content), hashlib.sha256(content).hexdigest()[:_DIGITS]


def _manifest(entries: Iterable[Listed], made_from: str = "") -> bytes:
    rows = [{"name": name, "sha256": digest, "size": size} for name, size, digest in sorted(entries)]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    origin = f'"made_from": {json.dumps(made_from)},\n' if made_from else ""
    return f'{{{origin}"files": [\n{lines}\n]}}\n'.encode()


def read_manifest(folder: Path) -> Manifest:
    """Return what a former build lists; nothing where there was none.

    Raises OutputError for a manifest that is not ours, or that names files outside the folder.
    """
    path = folder / MANIFEST
    try:
        written = json.loads(path.read_bytes())
        listed = [(str(row["name"]), int(row["size"]), str(row["sha256"])) for row in written["files"]]
        made_from = str(written.get("made_from", ""))
    except (FileNotFoundError, NotADirectoryError):
        return Manifest([])
    except OSError as failed:
        raise OutputError(f"cannot read {path}: {failed.strerror or failed}") from failed
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as bad:
        raise OutputError(f"{path} is no manifest of ours; move it away, or choose another folder") from bad
    for name, _, _ in listed:
        if not _is_inside(name):
            raise OutputError(f"{path} names {name!r}, outside the folder; move it away, or choose another folder")
    return Manifest(listed, made_from)


def _is_inside(name: str) -> bool:
    """Return whether a name is that of a file below the folder, on every system.

    >>> _is_inside("place/beijing.html"), _is_inside("../x"), _is_inside("C:/x"), _is_inside("a//b")
    (True, False, False, False)
    """
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and bool(parts) and ".." not in parts and not name.startswith("/")
    return plain and not any(c in name for c in "\\:\0")


def _is_ours(folder: Path, name: str, former: list[Listed]) -> bool:
    """Return whether a file is still what a former build wrote: a plain file below the folder, unchanged."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return False
    return any(holds_digest(folder, listed) for listed in former if listed[0] == name)


def holds_digest(folder: Path, listed: Listed) -> bool:
    """Return whether a plain file below a folder is still as a manifest lists it."""
    name, size, _ = listed
    path = os.path.join(folder, name)  # noqa: PTH118  # asked of thousands of files in a row
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != size:
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return _entry(name, file.read()) == listed
    except OSError:  # gone meanwhile, or not to be read: not as it was
        return False


def _holds(path: Path, content: bytes) -> bool:
    """Return whether a plain file already has this content."""
    try:
        return not path.is_symlink() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:  # not there, or not to be read: it will be written, and then the fault is told
        return False


def _drop_empty_folders(folder: Path, gone: list[str]) -> None:
    """Take away the folders that became empty."""
    for above in sorted({parent for name in gone for parent in PurePosixPath(name).parents}, reverse=True):
        path = folder / above
        if above.parts and path.is_dir() and not any(path.iterdir()):
            path.rmdir()
