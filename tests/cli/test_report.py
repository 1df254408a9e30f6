"""``ckg report`` as people run it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

MINI = Path(__file__).parent.parent / "data" / "mini"


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``ckg report`` on the tiny world in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from cooperation_kg.cli import main; main()", "report", *arguments],
        capture_output=True,
        env={**os.environ, "CKG_LANG": "en"},
        check=False,
    )


def test_a_part_is_written_as_csv_without_a_byte_order_mark() -> None:
    done = run("--part", "coverage", "--about", "海山", "-f", "csv", "--data", str(MINI))
    assert done.returncode == 0
    assert done.stdout.startswith(b"pairing,")
    rows = csv.DictReader(io.StringIO(done.stdout.decode(), newline=""))
    (aid,) = [row for row in rows if (row["name_zh"], row["measure"], row["year"]) == ("海山", "fiscal-aid", "2018")]
    assert (aid["state"], aid["extent"], aid["statements"]) == ("stated", "year", "yearbook.s003")
    assert aid["cited"] == "《Test yearbook 2021》，测试，2021-12，综述 [yearbook.s003]"


def test_json_says_what_was_asked() -> None:
    done = run("--about", "海山", "--years", "2016/2018", "--part", "freshness", "-f", "json", "--data", str(MINI))
    plain = json.loads(done.stdout)
    assert plain["asked"]["about"] == "pairing/test-east-west.haizhou.shanyuan"
    assert plain["asked"]["years"] == [2016, 2018]
    assert "freshness" in plain
    assert "coverage" not in plain


def test_csv_without_a_part_is_wrong_usage_and_an_unknown_measure_an_error() -> None:
    assert run("-f", "csv", "--data", str(MINI)).returncode == 2
    done = run("--measure", "fiscal", "--data", str(MINI))
    assert done.returncode == 1
    assert b"fiscal-aid" in done.stderr
    assert b"Traceback" not in done.stderr
