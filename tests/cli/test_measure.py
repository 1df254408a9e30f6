"""``ckg measure`` as people run it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.errors import BadParameter

MINI = str(Path(__file__).parent.parent / "data" / "mini")


def test_a_measure_is_shown_with_its_warning_in_the_language_asked_for() -> None:
    arguments = ["measure", "turnover", "--years", "2010/2011", "--data", MINI, "--lang", "zh"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    assert done.stdout.startswith("结对的更替 · 全部协作项目 · 省级之间\n")
    assert "何处误导" in done.stdout


def test_json_and_csv_hold_the_same_rows() -> None:
    asked = ["measure", "partners", "--as-of", "2018", "--status", "certain", "--data", MINI]
    as_json = json.loads(CliRunner().invoke(app, [*asked, "-f", "json"]).stdout)
    as_csv = CliRunner().invoke(app, [*asked, "-f", "csv"]).stdout
    assert list(csv.DictReader(io.StringIO(as_csv))) == as_json["rows"]
    assert {"place": "haizhou", "name": "海州省", "role": "supporter", "time": "2018", "certain": "1"} in as_json[
        "rows"
    ]


def test_csv_leaves_the_warning_on_stderr() -> None:
    asked = ["measure", "centrality", "--as-of", "2018", "--data", MINI, "-f", "csv", "--lang", "en"]
    done = CliRunner().invoke(app, asked)
    assert "almost nothing about influence" in done.stderr
    assert "almost nothing" not in done.stdout
    assert "Betweenness is not defined" in done.stderr


def test_the_list_says_where_each_measure_misleads() -> None:
    done = CliRunner().invoke(app, ["measure", "--list", "--lang", "en"])
    assert "almost nothing about influence" in done.stdout


def test_the_list_names_every_measure_without_reading_the_facts() -> None:
    done = CliRunner().invoke(app, ["measure", "--list", "--data", "/nowhere", "--lang", "en"])
    assert done.exit_code == 0
    assert {"partners", "concentration", "turnover"} <= {line.split("  ")[0] for line in done.stdout.splitlines()}


def test_an_unknown_measure_is_refused_before_the_facts_are_read() -> None:
    done = CliRunner().invoke(app, ["measure", "influence", "--data", "/nowhere"])
    assert isinstance(done.exception, BadParameter)
    assert "partners, concentration" in str(done.exception)


@pytest.mark.parametrize("arguments", [["measure"], ["measure", "partners", "-f", "pdf"]])
def test_wrong_usage_ends_with_exit_code_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments).exit_code == 2
