"""``ckg fmt`` as people and CI run it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cooperation_kg.cli.app import app
from cooperation_kg.errors import CurationError

MINI = Path(__file__).parent.parent / "data" / "mini"
MESSY = "- kind: phase \n  about: p # c\n  id: s001\n"
TIDY = "- id: s001\n  kind: phase\n  about: p # c\n"


def fmt(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["fmt", *map(str, arguments), "--lang", "en"])


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the tiny world, in order, with one file that is not."""
    folder = Path(shutil.copytree(MINI, tmp_path / "data"))
    fmt("--data", folder)
    (folder / "statements" / "yearbook.yaml").write_text(MESSY, encoding="utf-8")
    return folder


def test_check_lists_what_is_not_in_order_exits_1_and_writes_nothing(world: Path) -> None:
    done = fmt("--check", "--data", world)
    file = world / "statements" / "yearbook.yaml"
    assert (done.exit_code, done.stdout) == (1, f"{file.as_posix()}\n")
    assert done.stderr.splitlines()[-1] == "1 file not in order"
    assert file.read_text(encoding="utf-8") == MESSY


def test_fmt_puts_files_in_order_and_then_has_nothing_to_do(world: Path) -> None:
    assert fmt("--data", world).exit_code == 0
    assert (world / "statements" / "yearbook.yaml").read_text(encoding="utf-8") == TIDY
    again = fmt("--check", "--data", world)
    assert (again.exit_code, again.stdout, again.stderr.splitlines()[-1]) == (0, "", "no files not in order")


def test_a_file_in_order_is_not_written(world: Path) -> None:
    path = world / "programmes.yaml"
    os.utime(path, (1, 1))
    fmt("--data", world)
    assert path.stat().st_mtime == 1


def test_a_file_that_is_named_is_known_by_its_place_in_its_dataset(world: Path) -> None:
    (world / "events.yaml").write_text("- name: 会\n  id: a\n", encoding="utf-8")
    done = fmt(world / "statements" / "yearbook.yaml")
    assert done.stdout.splitlines() == [(world / "statements" / "yearbook.yaml").as_posix()]
    assert (world / "statements" / "yearbook.yaml").read_text(encoding="utf-8") == TIDY
    assert (world / "events.yaml").read_text(encoding="utf-8") == "- name: 会\n  id: a\n"


def test_a_byte_order_mark_and_windows_line_ends_go(world: Path) -> None:
    path = world / "statements" / "yearbook.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode())
    fmt("--data", world)
    assert path.read_bytes() == TIDY.encode()


def test_a_file_that_cannot_be_read_is_told_and_no_other_is_written(world: Path) -> None:
    (world / "events.yaml").write_text("- id: *a\n", encoding="utf-8")
    done = fmt("--data", world)
    assert isinstance(done.exception, CurationError)
    assert next((issue.file, issue.code) for issue in done.exception.issues) == (
        (world / "events.yaml").as_posix(),
        "E011",
    )
    assert (world / "statements" / "yearbook.yaml").read_text(encoding="utf-8") == MESSY


def test_what_cannot_be_put_in_order_safely_is_left_and_said(world: Path) -> None:
    text = "- kind: phase\n  # of the id\n  id: s001\n"
    path = world / "statements" / "yearbook.yaml"
    path.write_text(text, encoding="utf-8")
    done = fmt(path)
    assert (done.exit_code, path.read_text(encoding="utf-8")) == (0, text)
    assert f"{path.as_posix()}:1:3 W701" in done.stderr
