"""``ckg show`` and ``ckg explain`` as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.errors import BadParameter

MINI = str(Path(__file__).parent.parent / "data" / "mini")


def test_show_writes_what_is_known_and_what_is_missing() -> None:
    done = CliRunner().invoke(app, ["show", "haishan", "--data", MINI, "--lang", "zh"])
    assert done.exit_code == 0
    assert done.stdout.startswith("海山\n====\npairing/test-east-west.haizhou.shanyuan\n")
    assert "缺什么" in done.stdout


def test_show_as_of_a_time_as_json_has_the_status_of_then() -> None:
    done = CliRunner().invoke(app, ["show", "临山", "--as-of", "2021-06", "--data", MINI, "-f", "json"])
    assert json.loads(done.stdout)["parts"]["status"]["lines"][0] == {"as_of": "2021-06", "status": "possible"}


@pytest.mark.parametrize("file_format", ["text", "markdown", "html"])
def test_explain_names_the_rule_and_the_statement_in_every_format(file_format: str) -> None:
    asked = ["explain", "东湖区", "黑水县", "--as-of", "2016", "--data", MINI, "--lang", "en", "-f", file_format]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0
    assert "between 2016-12-01 (first seen at work; yearbook.s007)" in done.stdout


def test_an_answer_that_there_is_no_pairing_exits_0() -> None:
    done = CliRunner().invoke(app, ["explain", "海州", "临江", "--data", MINI, "-f", "json"])
    assert (done.exit_code, json.loads(done.stdout)["explained"]) == (0, [])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["show", "测试"], "may mean programme/test-east-west"),
        (["show", "海山县"], "did you mean"),
        (["show", "海山", "--as-of", "去年"], "--as-of"),
        (["explain", "海州"], "ckg show place/haizhou"),
    ],
)
def test_a_wrong_name_or_time_says_what_to_do_and_exits_1(asked: list[str], message: str) -> None:
    done = CliRunner().invoke(app, [*asked, "--data", MINI])
    assert done.exit_code == 1
    assert isinstance(done.exception, BadParameter)
    assert message in str(done.exception)


def test_wrong_usage_ends_before_anything_is_read() -> None:
    done = CliRunner().invoke(app, ["show", "海山", "--format", "pdf", "--data", "/nowhere"])
    assert done.exit_code == 2
