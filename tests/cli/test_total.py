"""``ckg total`` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.errors import BadParameter

MINI = str(Path(__file__).parent.parent / "data" / "mini")
ASKED = ["total", "--about", "海山", "--measure", "fiscal-aid", "--data", MINI]


def test_a_refused_total_is_an_answer_with_its_reason() -> None:
    done = CliRunner().invoke(app, [*ASKED, "--lang", "zh"])
    assert done.exit_code == 0
    assert done.stdout.startswith("海山：能否相加\n")
    assert "[mixed-levels] 1.2亿元（2016年至2017年）" in done.stdout
    assert "1. 5.2亿元 = 3.2亿元（2016年至2017年） + 2亿元（2018年）" in done.stdout


def test_fail_on_refused_makes_it_exit_1_and_still_answers() -> None:
    done = CliRunner().invoke(app, [*ASKED, "--fail-on", "refused", "-f", "json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refused"] == ["fiscal-aid"]


def test_an_unknown_measure_names_the_nearest_and_those_there_are() -> None:
    done = CliRunner().invoke(app, ["total", "--about", "海山", "--measure", "fiscalaid", "--data", MINI])
    assert done.exit_code == 1
    assert isinstance(done.exception, BadParameter)
    assert "fiscal-aid 财政援助资金" in str(done.exception)


@pytest.mark.parametrize("wrong", [["--fail-on", "everything"], ["--format", "pdf"]])
def test_wrong_usage_ends_before_anything_is_read(wrong: list[str]) -> None:
    done = CliRunner().invoke(app, ["total", "--about", "海山", *wrong, "--data", "/nowhere"])
    assert done.exit_code == 2
