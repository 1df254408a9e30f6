"""Every example of the READMEs is run as written, in an empty folder, with the installed command."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cooperation_kg.cli.app import app
from cooperation_kg.curate import corpus as corpora
from cooperation_kg.curate.corpus import Corpus

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def _blocks(name: str) -> list[tuple[str, str, str]]:
    return FENCE.findall((ROOT / name).read_text(encoding="utf-8"))


def test_the_examples_run_in_the_order_of_the_page(
    tmp_path: Path,
    shipped_corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    read = corpora.load_corpus
    # the shipped facts are read once for all examples
    monkeypatch.setattr(corpora, "load_corpus", lambda folder=None: read(folder) if folder else shipped_corpus)
    monkeypatch.setenv("CKG_LANG", "en")
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    ran = 0
    for language, file, body in _blocks("README.md"):
        if file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(body, encoding="utf-8")
        elif language == "python":
            _run([sys.executable, "-c", body], folder, dict(os.environ))
            ran += 1
        elif language == "sh":
            for line in body.splitlines():
                if " | " in line:
                    _run(["sh", "-c", line], folder, _with_command_on_the_path(tmp_path))
                else:
                    app(shlex.split(line)[1:], standalone_mode=False)
                    assert any(capfdbinary.readouterr()), line
                ran += 1
    assert ran >= 20
    assert (folder / "my-site" / "index.html").is_file()
    assert (folder / "exports" / "graph.as-of-2018.ttl").is_file()


def _with_command_on_the_path(folder: Path) -> dict[str, str]:
    command = folder / "bin" / "ckg"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from cooperation_kg.cli import main; main()" "$@"\n')
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}"}


def _run(arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, (arguments[-1], done.stderr.decode())
    assert done.stdout or done.stderr, arguments[-1]


def test_the_first_fact_of_the_readme_is_found_by_its_query(tmp_path: Path) -> None:
    import cooperation_kg as ckg

    for _, file, body in _blocks("README.md"):
        if file:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(body, encoding="utf-8")
    kg = ckg.build_graph(ckg.load_corpus(tmp_path / "my-facts"))
    table = ckg.run_query(kg, "pairings", as_of=2023)
    assert [(row["supporter"], row["recipient"], row["status"]) for row in table] == [
        ("福建省", "宁夏回族自治区", "certain")
    ]


def test_the_misspelling_of_the_readme_gets_the_hint_it_promises(tmp_path: Path) -> None:
    import cooperation_kg as ckg

    for _, file, body in _blocks("README.md"):
        if file:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            wrong = body.replace("recipient: ningxia", "recipient: ningxai")
            (tmp_path / file).write_text(wrong, encoding="utf-8")
    with pytest.raises(ckg.CooperationError, match=r"county-notice-2023\.yaml:5:14 E201 .*did you mean \"ningxia\""):
        ckg.load_corpus(tmp_path / "my-facts")


@pytest.mark.parametrize("name", [*READMES, "data/README.md", "docs/answers.md", "docs/time.md", "docs/design.md"])
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    page = ROOT / name
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_both_readmes_have_the_same_examples_but_for_the_language_of_the_answers() -> None:
    def examples(name: str) -> list[tuple[str, str, str]]:
        return [(language, file, re.sub(r" --lang \w+", "", body)) for language, file, body in _blocks(name)]

    assert examples("README.md") == examples("README.zh-CN.md")


CONSOLE = re.compile(r"^```console\n\$ ckg (.*?)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANSWERS = CONSOLE.findall((ROOT / "docs" / "answers.md").read_text(encoding="utf-8"))


def test_the_page_of_answers_has_an_example_of_every_answering_command() -> None:
    shown = {shlex.split(command)[0] for command, _ in ANSWERS}
    assert shown == {"show", "explain", "total", "conflicts", "check-claim", "report", "measure", "query"}


@pytest.mark.parametrize(("command", "printed"), ANSWERS, ids=[command for command, _ in ANSWERS])
def test_an_answer_in_the_docs_is_what_the_command_prints(
    command: str,
    printed: str,
    shipped_corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    # the facts are read once for all examples
    monkeypatch.setattr("cooperation_kg.curate.corpus.load_corpus", lambda *_: shipped_corpus)
    app(shlex.split(command), standalone_mode=False)
    lines = iter(capfdbinary.readouterr().out.decode().splitlines())
    for line in printed.splitlines():
        assert line.strip() == "…" or any(re.fullmatch(_pattern(line), _plain(other)) for other in lines), line


def _pattern(line: str) -> str:
    """Every line shown must be printed, in its order; "…" stands for what is left out, in a line or between lines."""
    return ".*".join(re.escape(part) for part in _plain(line).split("…"))


def _plain(line: str) -> str:
    return re.sub(r"-{3,}", "---", re.sub(r"\s+", " ", line.strip()))


def test_the_page_of_codes_lists_every_code_with_its_meaning() -> None:
    from cooperation_kg.curate.codes import CODES
    from cooperation_kg.graph.shapes.queries import COMPONENTS

    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([ESW]\d{3}) \| (.*?) \| (.*?) \|$", page, re.MULTILINE)
    known = [(code, title.zh, title.en) for code, title in CODES.items()]
    assert rows == [*known, *((c.code, c.zh, c.en) for c in COMPONENTS.values())]
