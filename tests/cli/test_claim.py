"""``ckg check-claim`` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.errors import BadParameter

MINI = str(Path(__file__).parent.parent / "data" / "mini")
WRONG = "山原自1996年起对口帮扶海州"
RIGHT = "山海协作始于1996年"


def test_a_wrong_sentence_is_an_answer_and_fails_only_where_asked() -> None:
    done = CliRunner().invoke(app, ["check-claim", WRONG, "--data", MINI, "--lang", "en"])
    assert (done.exit_code, "Answer: disagrees" in done.stdout) == (0, True)
    assert CliRunner().invoke(app, ["check-claim", WRONG, "--data", MINI, "--fail-on", "disagrees"]).exit_code == 1


def test_sentences_from_stdin_are_answered_one_json_a_line() -> None:
    done = CliRunner().invoke(app, ["check-claim", "-", "-f", "json", "--data", MINI], input=f"{RIGHT}\n\n{WRONG}\n")
    assert [json.loads(line)["answer"] for line in done.stdout.splitlines()] == ["agrees", "disagrees"]


@pytest.mark.parametrize("sentence", [" ", "海" * 501])
def test_no_sentence_or_a_whole_text_is_refused_with_what_to_do(sentence: str) -> None:
    done = CliRunner().invoke(app, ["check-claim", sentence, "--data", MINI])
    assert isinstance(done.exception, BadParameter)
    assert "check" in str(done.exception)


def test_an_answer_that_does_not_exist_cannot_fail_a_run() -> None:
    done = CliRunner().invoke(app, ["check-claim", RIGHT, "--fail-on", "wrong"])
    assert done.exit_code == 2
