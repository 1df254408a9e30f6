"""``ckg conflicts`` as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

MINI = Path(__file__).parent.parent / "data" / "mini"


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``ckg conflicts`` on the tiny world in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from cooperation_kg.cli import main; main()", "conflicts", *arguments],
        capture_output=True,
        env={**os.environ, "CKG_LANG": "en"},
        check=False,
    )


def test_the_settled_side_is_marked_and_the_counts_lead() -> None:
    done = run("海山", "--measure", "fiscal-aid", "--lang", "zh", "--data", str(MINI))
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert lines[2].startswith("未决 0，已判 1")
    assert any("3.2亿元" in line and "采用" in line for line in lines)
    assert sum("  不采  " in line for line in lines) == 2


def test_fail_on_sets_the_exit_code_and_still_answers() -> None:
    for none in ("open", "part-exceeds-whole"):
        assert run("--fail-on", none, "--data", str(MINI)).returncode == 0
    done = run("--fail-on", "settled", "-f", "json", "--data", str(MINI))
    assert done.returncode == 1
    assert json.loads(done.stdout)["counts"]["settled"] == 1


def test_wrong_words_are_errors_that_name_the_choices() -> None:
    for wrong in (("--kind", "amount"), ("--class", "closed"), ("--fail-on", "closed")):
        done = run(*wrong, "--data", str(MINI))
        assert done.returncode == 1
        assert b"choose among" in done.stderr
        assert b"Traceback" not in done.stderr
    assert run("--all", "--class", "open", "--data", str(MINI)).returncode == 2
