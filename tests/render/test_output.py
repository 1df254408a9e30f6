"""Is a file written whole or not at all, whatever goes wrong?"""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cooperation_kg.errors import OutputError
from cooperation_kg.render import output
from cooperation_kg.render.output import MANIFEST, write_all, write_folder, write_whole


def everything_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every written byte meet a full disk."""

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "graph.ttl", "东西\n".encode())
    assert (tmp_path / "a" / "b" / "graph.ttl").read_bytes() == "东西\n".encode()
    assert everything_below(tmp_path) == ["a", "a/b", "a/b/graph.ttl"]


def test_line_ends_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", b"a\nb\r\nc")
    assert (tmp_path / "x").read_bytes() == b"a\nb\r\nc"


def test_others_may_read_what_was_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", b"")
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o644


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"old and longer")
    write_whole(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"new"


def test_a_full_disk_leaves_the_older_file_and_no_temporary_one(tmp_path: Path, full_disk: None) -> None:
    (tmp_path / "x").write_bytes(b"old")
    with pytest.raises(OutputError, match="No space left"):
        write_whole(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"old"
    assert everything_below(tmp_path) == ["x"]


def test_a_write_that_breaks_off_half_way_leaves_the_older_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Half(io.FileIO):
        def write(self, content: Any) -> int:
            super().write(content[:1])
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "x").write_bytes(b"old")
    monkeypatch.setattr(Path, "open", lambda path, mode: Half(path, mode.replace("b", "")))
    with pytest.raises(OutputError, match="Input/output"):
        write_whole(tmp_path / "x", b"new")
    monkeypatch.undo()
    assert (tmp_path / "x").read_bytes() == b"old"
    assert everything_below(tmp_path) == ["x"]


def test_a_rename_that_fails_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))

    (tmp_path / "x").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="Permission denied") as caught:
        write_whole(tmp_path / "x", b"new")
    assert str(tmp_path / "x") in str(caught.value)
    assert (tmp_path / "x").read_bytes() == b"old"
    assert everything_below(tmp_path) == ["x"]


def test_a_folder_in_the_way_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(OutputError, match="x"):
        write_whole(tmp_path / "x", b"new")
    assert everything_below(tmp_path) == ["x"]


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"")
    with pytest.raises(OutputError, match="build"):
        write_whole(tmp_path / "build" / "graph.ttl", b"new")
    assert everything_below(tmp_path) == ["build"]


def test_several_files_are_written_in_the_order_given(tmp_path: Path) -> None:
    written = write_all(tmp_path, {"b.ttl": b"2", "sub/a.ttl": b"1"})
    assert written == [tmp_path / "b.ttl", tmp_path / "sub" / "a.ttl"]
    assert everything_below(tmp_path) == ["b.ttl", "sub", "sub/a.ttl"]


def test_where_one_of_several_cannot_be_written_none_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    def refuse_the_second(_: int) -> None:
        nonlocal written
        written += 1
        if written == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", refuse_the_second)
    with pytest.raises(OutputError):
        write_all(tmp_path, {"a": b"new", "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert everything_below(tmp_path) == ["a"]


def test_where_a_folder_stands_in_the_way_of_one_of_several_none_is_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError):
        write_all(tmp_path, {"a": b"new", "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert everything_below(tmp_path) == ["a", "b"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    import os
    import stat
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"whole")
    reader.join(timeout=10)
    assert read == [b"whole"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def listed(folder: Path) -> list[str]:
    return [row["name"] for row in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if not path.is_dir()}


def test_the_manifest_lists_name_size_and_digest_in_order(tmp_path: Path) -> None:
    write_folder(tmp_path, {"b": b"abc", "a/c": b""})
    # SHA-256 of the empty string and of "abc", FIPS 180-4
    assert json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8")) == {
        "files": [
            {"name": "a/c", "size": 0, "sha256": "e3b0c44298fc1c14"},
            {"name": "b", "size": 3, "sha256": "ba7816bf8f01cfea"},
        ]
    }


def test_the_same_files_give_the_same_manifest_in_any_order(tmp_path: Path) -> None:
    write_folder(tmp_path / "x", {"a": b"1", "b": b"2"})
    write_folder(tmp_path / "y", {"b": b"2", "a": b"1"})
    assert contents(tmp_path / "x") == contents(tmp_path / "y")


def test_a_page_that_is_gone_is_taken_away_with_its_empty_folder(tmp_path: Path) -> None:
    write_folder(tmp_path, {"index.html": b"1", "pairing/a.b.html": b"2"})
    write_folder(tmp_path, {"index.html": b"1"})
    assert everything_below(tmp_path) == ["index.html", MANIFEST]
    assert listed(tmp_path) == ["index.html"]


def test_what_is_not_in_the_manifest_stays(tmp_path: Path) -> None:
    write_folder(tmp_path, {"pairing/a.html": b"1"})
    (tmp_path / "pairing" / "mine.txt").write_bytes(b"mine")
    write_folder(tmp_path, {"index.html": b"1"})
    assert everything_below(tmp_path) == ["index.html", "pairing", "pairing/mine.txt", MANIFEST]


def test_a_file_of_ours_that_somebody_changed_stays_when_its_page_is_gone(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a.html": b"1", "index.html": b"1"})
    (tmp_path / "a.html").write_bytes(b"2")
    write_folder(tmp_path, {"index.html": b"1"})
    assert (tmp_path / "a.html").read_bytes() == b"2"


def test_a_file_that_is_as_it_should_be_is_not_written_again(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a": b"1", "b": b"1"})
    before = (tmp_path / "a").stat().st_ino, (tmp_path / "b").stat().st_ino
    write_folder(tmp_path, {"a": b"1", "b": b"2"})
    assert (tmp_path / "a").stat().st_ino == before[0]
    assert (tmp_path / "b").read_bytes() == b"2"


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/x", "a/../../outside", "C:/x", "a\\..\\..\\outside", "", ".", "a//b"]
)
def test_a_manifest_that_names_a_file_outside_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").write_bytes(b"1")
    folder = tmp_path / "site"
    folder.mkdir()
    row = {"name": name, "size": 1, "sha256": "6b86b273ff34fce1"}
    (folder / MANIFEST).write_text(json.dumps({"files": [row]}), encoding="utf-8")
    with pytest.raises(OutputError, match="outside the folder"):
        write_folder(folder, {"index.html": b"1"})
    assert everything_below(tmp_path) == ["outside", "site", f"site/{MANIFEST}"]


def test_a_manifest_that_reaches_outside_through_a_link_takes_nothing_away(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "site"
    write_folder(folder, {"sub/a": b"1"})
    outside.mkdir()
    (outside / "a").write_bytes(b"1")
    (folder / "sub" / "a").unlink()
    (folder / "sub").rmdir()
    (folder / "sub").symlink_to(outside)
    write_folder(folder, {"index.html": b"1"})
    assert (outside / "a").read_bytes() == b"1"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": [1]}', '{"files": [{"name": "a"}]}', "[" * 100_000])
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match="no manifest of ours"):
        write_folder(tmp_path, {"index.html": b"1"})
    assert everything_below(tmp_path) == [MANIFEST]


OLD = {"a": b"old", "b": b"old", "gone": b"old", "same": b"same", "sub/d": b"old"}
NEW = {"a": b"new", "b": b"new", "c/new": b"new", "same": b"same", "sub/d": b"new"}


class Killed(BaseException):
    """What Ctrl-C is to a build: no Exception."""


@pytest.mark.parametrize("fault", [OSError(errno.EIO, os.strerror(errno.EIO)), Killed()], ids=["disk", "ctrl-c"])
@pytest.mark.parametrize("at", range(1, 7))
def test_a_build_that_stops_at_any_rename_leaves_the_former_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, fault: BaseException
) -> None:
    write_folder(tmp_path, OLD)
    before = contents(tmp_path)
    rename, done = Path.replace, 0

    def stop(path: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done == at:
            raise fault
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises((OutputError, Killed)):
        write_folder(tmp_path, NEW)
    monkeypatch.undo()
    assert done >= at  # manifest of both, a, b, c/new, sub/d, manifest; then what is put back
    assert contents(tmp_path) == before
    assert not (tmp_path / "c").exists()


def test_a_build_that_cannot_take_a_page_away_leaves_the_former_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, OLD)
    before = contents(tmp_path)

    def refuse(path: Path, _: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError, match="gone"):
        write_folder(tmp_path, NEW)
    monkeypatch.undo()
    assert contents(tmp_path) == before


def test_a_disk_without_second_names_keeps_the_former_folder_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    write_folder(tmp_path, OLD)
    before, rename = contents(tmp_path), Path.replace
    monkeypatch.setattr(os, "link", no_links)

    def stop(path: Path, target: Path) -> Path:
        if target.name == "b" and path.parent.name != "former":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(OutputError):
        write_folder(tmp_path, NEW)
    monkeypatch.undo()
    assert contents(tmp_path) == before


def test_a_full_disk_leaves_the_former_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_disk: None) -> None:
    for name, content in {"a": b"old", MANIFEST: b'{"files": []}'}.items():
        (tmp_path / name).write_bytes(content)
    before = contents(tmp_path)
    with pytest.raises(OutputError, match="No space left"):
        write_folder(tmp_path, {"a": b"new", "b/c": b"new"})
    assert contents(tmp_path) == before
    assert everything_below(tmp_path) == ["a", MANIFEST]


def test_after_a_build_that_was_killed_outright_the_next_one_puts_the_folder_right(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib\n"
        "from cooperation_kg.render.output import write_folder\n"
        f"folder, old, new = pathlib.Path(sys.argv[1]), {OLD!r}, {NEW!r}\n"
        "write_folder(folder, old)\n"
        "rename = pathlib.Path.replace\n"
        "def stop(path, target):\n"
        "    if target.name == 'd': os._exit(9)\n"
        "    return rename(path, target)\n"
        "pathlib.Path.replace = stop\n"
        "write_folder(folder, new)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path / "site")], check=False)
    assert killed.returncode == 9
    found = contents(tmp_path / "site")
    # every file is whole: old or new
    assert {name: found[name] for name in OLD} == {**OLD, "a": b"new", "b": b"new"}
    write_folder(tmp_path / "site", {"a": b"third"})
    left = {name: content for name, content in contents(tmp_path / "site").items() if not name.startswith(".ckg-")}
    assert sorted(left) == ["a", MANIFEST]


LEAVES = (
    "import os, sys, pathlib\n"
    "from cooperation_kg.render import output\n"
    "output._reach_disk = lambda path: os._exit(9)\n"
    "output.write_folder(pathlib.Path(sys.argv[1]), {'a': b'1'})\n"
)


def test_what_a_killed_build_left_unfinished_is_taken_away_by_the_next_one(tmp_path: Path) -> None:
    assert subprocess.run([sys.executable, "-c", LEAVES, str(tmp_path)], check=False).returncode == 9
    assert [path.name.startswith(".ckg-") for path in tmp_path.iterdir()] == [True]
    write_folder(tmp_path, {"b": b"2"})
    assert everything_below(tmp_path) == ["b", MANIFEST]


def test_what_a_living_build_has_unfinished_stays(tmp_path: Path) -> None:
    with output._aside(tmp_path) as unfinished:
        (unfinished / "0").write_bytes(b"half")
        write_folder(tmp_path, {"b": b"2"})
        assert (unfinished / "0").read_bytes() == b"half"


@pytest.mark.parametrize("lock", [None, b"", b"somebody else's\n", b"cooperation-kg\nand more"])
def test_a_folder_of_that_name_that_is_not_ours_stays(tmp_path: Path, lock: bytes | None) -> None:
    other = tmp_path / ".ckg-notes"
    other.mkdir()
    (other / "text").write_bytes(b"mine")
    if lock is not None:
        (other / "lock").write_bytes(lock)
    write_folder(tmp_path, {"b": b"2"})
    assert (other / "text").read_bytes() == b"mine"


def test_a_link_of_that_name_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "lock").write_bytes(b"cooperation-kg\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".ckg-link").symlink_to(elsewhere, target_is_directory=True)
    write_folder(tmp_path / "site", {"b": b"2"})
    assert (elsewhere / "lock").exists()
