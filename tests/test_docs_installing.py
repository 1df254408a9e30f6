"""Lines of the docs that no test runs, for they install or start a whole suite: what they name is there.

All other commands are run by ``test_docs.py``; a command that is neither run nor looked through here is refused.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.exceptions import TyperException
from typer.main import get_command

from cooperation_kg.cli.app import app

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REMARK = re.compile(r"\s{2,}[(（].*$")
COMMAND = re.compile(r"^(?:\$ )?(?:ckg|pip|python3?|make|git|source|sh|npm|CKG_\w+=\S*|\.venv\S*)(?: |$)")
GENERATED = ("reference", "coverage.md", "examples.md", "questions.md")
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if not set(path.relative_to(ROOT).parts) & set(GENERATED)),
]


def untried(text: str) -> list[str]:
    """Return the lines of a page that look like commands, in blocks that are not run."""
    blocks = [body for language, body in FENCE.findall(text) if language in {"", "text"}]
    return [line for block in blocks for line in block.splitlines() if COMMAND.match(line)]


def fault_of(line: str) -> str | None:
    """Return what a line names that is not there; None where all is."""
    words = shlex.split(REMARK.sub("", line).replace("\\", "/"))
    while words and re.match(r"CKG_\w+=", words[0]):
        if words.pop(0).partition("=")[0] not in (ROOT / "hatch_build.py").read_text(encoding="utf-8"):
            return "no such setting"
    match words:
        case ["make", *targets]:
            known = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
            return next((f"no target {target}" for target in targets if target not in known), None)
        case ["python", "-m", "venv", ".venv"] | ["source", ".venv/bin/activate"] | [".venv/Scripts/activate"]:
            return None
        case ["python", "-m", "pip", "install", *given] | ["pip", "install", *given]:
            return _fault_of_install(given)
        case ["python", "-m", "pytest"]:
            return None if find_spec("pytest") else "no pytest"
        case ["ckg", "build"]:
            return None  # all shipped facts; ``test_docs.py`` runs it on small ones
        case ["ckg", "serve" | "push", *_]:
            return _fault_of_words(words[1:])  # ``tests/serving`` and ``tests/remote`` run these with servers
        case ["ckg", *_] if "--endpoint" in words:
            return _fault_of_words(words[1:])
        case ["python", script, *_] if script.startswith("benchmarks/"):
            return None if (ROOT / script).is_file() else f"no file {script}"
    return "neither run nor looked through"


def _fault_of_words(words: list[str]) -> str | None:
    """Return what ``ckg`` would say of a command line; it is not run."""
    command = get_command(app)
    context = command.make_context("ckg", [], resilient_parsing=True)
    try:
        name, own, rest = command.resolve_command(context, words)  # type: ignore[attr-defined]
        own.make_context(name, rest, parent=context)
    except TyperException as wrong:
        return str(wrong)
    return None


def _fault_of_install(given: list[str]) -> str | None:
    left = list(given)
    while left:
        word = left.pop(0)
        if word in {"-c", "-r"}:
            name = left.pop(0) if left else ""
            if not (ROOT / name).is_file():
                return f"no file {name} for {word}"
        elif project := re.fullmatch(r"\.(?:\[([\w,-]+)\])?", word):
            extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
            named = project[1].split(",") if project[1] else []
            if not set(named) <= set(extras["optional-dependencies"]):
                return f"no extra {project[1]}"
        elif word != "-e":
            return f"{word} is not known"
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_is_not_run_names_what_is_there(page: Path) -> None:
    faults = {line: fault_of(line) for line in untried(page.read_text(encoding="utf-8"))}
    assert {line: fault for line, fault in faults.items() if fault} == {}


def test_the_lines_that_install_are_found() -> None:
    for page in (ROOT / "README.md", ROOT / "docs" / "tutorial.md", ROOT / "docs" / "site.md"):
        assert any("pip install" in line for line in untried(page.read_text(encoding="utf-8"))), page


@pytest.mark.parametrize(
    "line",
    [
        "make nothing",
        "pip install -c no-such-file.txt .",
        'pip install ".[no-such-extra]"',
        "pip install somebody-elses-package",
        "pip install --no-such-option .",
        "CKG_NOTHING=1 pip install .",
        "$ ckg show 京蒙",
        "ckg check",
        "ckg serve --no-such-option",
        "ckg push",
        "python benchmarks/no_such_file.py",
        "git push",
    ],
)
def test_what_is_not_there_or_could_be_run_is_refused(line: str) -> None:
    assert untried(f"# A page\n\n```text\n{line}\n```\n") == [line]
    assert fault_of(line) is not None
