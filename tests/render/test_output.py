"""Is a file written whole or not at all, whatever goes wrong?"""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest

from cooperation_kg.errors import OutputError
from cooperation_kg.render.output import write_all, write_whole


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
