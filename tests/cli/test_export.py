"""``ckg export`` as people run it: folders and files, what it says on stderr, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cooperation_kg.cli.app import app
from cooperation_kg.errors import BadParameter

MINI = Path(__file__).parent.parent / "data" / "mini"
NOBODY = ("--programme", "test-action", "--level", "province")


def ckg(*arguments: object, lang: str = "en") -> Result:
    asked = ["export", *(str(argument) for argument in arguments), "--data", str(MINI), "--lang", lang]
    return CliRunner().invoke(app, asked)


def test_a_selection_that_leaves_no_pairing_is_said_on_stderr_in_the_language_asked_for() -> None:
    english, chinese = ckg("csv", *NOBODY), ckg("csv", *NOBODY, lang="zh")
    assert "no pairing is left of what was asked for: only the programme " in english.stderr
    assert "没有结对合乎所选：" in chinese.stderr
    assert (english.exit_code, chinese.exit_code) == (0, 0)
    assert "no pairing" not in english.stdout


def test_a_time_that_leaves_no_pairing_is_said_too() -> None:
    assert "no pairing is left" in ckg("csv", "--as-of", "1950", "--status", "certain").stderr


def test_nothing_is_said_where_pairings_are_left() -> None:
    assert "no pairing" not in ckg("csv", "--programme", "test-east-west").stderr
    assert "no pairing" not in ckg("csv").stderr


def test_a_folder_of_files_is_named_by_format_time_and_selection(tmp_path: Path) -> None:
    asked = ("csv", "--view", "network", "--as-of", "2016", "--programme", "test-east-west", "-o", f"{tmp_path}/")
    assert ckg(*asked).exit_code == 0
    (made,) = tmp_path.iterdir()
    assert made.name == "network-csv.programme-test-east-west.as-of-2016"
    assert sorted(path.name for path in made.iterdir()) == ["edges.csv", "nodes.csv"]


def test_a_folder_of_files_does_not_go_to_standard_output() -> None:
    for asked in (("csv", "--view", "full"), ("parquet", "--view", "network"), ("package",)):
        done = ckg(*asked)
        assert isinstance(done.exception, BadParameter), asked
        assert "folder of files" in str(done.exception)


def test_a_workbook_goes_to_the_file_that_is_named(tmp_path: Path) -> None:
    assert ckg("xlsx", "--view", "network", "-o", tmp_path / "n.xlsx").exit_code == 0
    assert (tmp_path / "n.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("lang", "said"), [("zh", "不丢失内容"), ("en", "loses nothing")])
def test_the_list_of_formats_shows_a_slash_for_what_is_always_a_folder(lang: str, said: str) -> None:
    listed = CliRunner().invoke(app, ["export", "--lang", lang]).stdout.splitlines()
    package = next(line for line in listed if line.startswith("package "))
    csv = next(line for line in listed if line.startswith("csv "))
    assert package.split()[1:3] == ["full", "/"]
    assert csv.split()[1:3] == ["statements|network|full", ".csv"]
    assert any(said in line for line in listed)
