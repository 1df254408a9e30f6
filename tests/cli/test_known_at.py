"""``--known-at`` on every command that has it: the answer of then, saying so, and nothing of git before it is asked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from git_world import MINI, commit, edit, new_repository, run_ckg

from cooperation_kg.cli.app import app

REPORT = "statements/first-report.yaml"
YEARBOOK = "statements/yearbook.yaml"

# command → what is asked; each answer rests on what is changed below
COMMANDS: dict[str, tuple[str, ...]] = {
    "build": ("--output", "built"),
    "check-claim": ("海山1996—2017年劳务输出26万人次",),
    "conflicts": (),
    "explain": ("haizhou-donghu", "shanyuan-heishui"),
    "export": ("ntriples",),
    "measure": ("partners",),
    "page": (),
    "query": ("SELECT ?literal WHERE { ?s coop:asWritten ?literal } ORDER BY ?literal",),
    "report": ("--part", "single"),
    "show": ("海山", "--full"),
    "site": ("--output", "built"),
    "total": ("--about", "海山", "--measure", "labour-exported"),
}
ANSWERS = ("check-claim", "conflicts", "explain", "measure", "report", "show", "total")
"""The commands that write an answer with a title: it names the revision."""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny world, committed; then a figure corrected, a conflict closed and a pairing withdrawn."""
    repository = new_repository(tmp_path_factory.mktemp("repository"))
    commit(repository, "2024-05-01T12:00:00+00:00")
    edit(repository / "data", REPORT, "26万人次", "27万人次")
    edit(repository / "data", YEARBOOK, "as_written: 3.2亿元", "as_written: 3.5亿元")
    edit(repository / "data", YEARBOOK, "- id: s007\n", "- id: s007\n  withdrawn: 附表误读\n")
    commit(repository, "2024-06-01T12:00:00+00:00")
    shutil.copytree(MINI, repository / "then")
    return repository


def answer(repository: Path, command: str, *options: str) -> str:
    """Return what a command answers, without what it says of the revision itself."""
    done = run_ckg(repository, command, *COMMANDS[command], *options)
    assert "internal error" not in done.stderr
    said = (
        (repository / "built" / "graph.trig").read_text(encoding="utf-8")
        if command in ("build", "site")
        else done.stdout
    )
    said = said if done.returncode == 0 else done.stderr.splitlines()[-1]
    return "".join(line for line in said.splitlines(keepends=True) if "of revision" not in line)


def test_the_commands_of_this_module_are_all_that_have_the_option() -> None:
    commands = typer.main.get_group(app).commands
    having = {name for name, command in commands.items() if any(p.name == "known_at" for p in command.params)}
    assert having == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_answers_as_it_would_have_answered_then(repository: Path, command: str) -> None:
    then = answer(repository, command, "--data", "data", "--known-at", "2024-05")
    assert not then.startswith("error")
    assert then == answer(repository, command, "--data", "then")
    assert then != answer(repository, command, "--data", "data")


@pytest.mark.parametrize("command", ANSWERS)
def test_an_answer_names_the_revision_that_it_rests_on(repository: Path, command: str) -> None:
    for file_format, said in (("html", r"From the data of revision"), ("json", r'"known_at": "')):
        options = ("--data", "data", "--known-at", "2024-05", "--format", file_format)
        written = run_ckg(repository, command, *COMMANDS[command], *options).stdout
        assert re.search(rf"{said} ?[0-9a-f]{{7}} \(2024-05-01\)", written)
        today = run_ckg(repository, command, *COMMANDS[command], *options[:2], *options[4:]).stdout
        assert not re.search(said, today)


def test_no_help_reads_the_module_that_calls_git() -> None:
    calls = "".join(f"run({name!r})\n" for name in COMMANDS)
    script = (
        "import sys\nfrom typer.testing import CliRunner\nfrom cooperation_kg.cli.app import app\n"
        "def run(name):\n    done = CliRunner().invoke(app, [name, '--help'])\n"
        "    assert done.exit_code == 0 and '--known-at' in done.output, done.output\n"
        f"{calls}assert 'cooperation_kg.curate.revisions' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
