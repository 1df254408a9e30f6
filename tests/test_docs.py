"""Every example of the READMEs is run as written, in an empty folder, with the installed command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def _blocks(name: str) -> list[tuple[str, str, str]]:
    return FENCE.findall((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", READMES)
def test_the_examples_run_in_the_order_of_the_page(name: str, tmp_path: Path) -> None:
    shim = tmp_path / "bin"
    shim.mkdir()
    command = shim / "ckg"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from cooperation_kg.cli import main; main()" "$@"\n')
    command.chmod(0o755)
    folder = tmp_path / "work"
    folder.mkdir()
    environment = {**os.environ, "PATH": f"{shim}:{os.environ['PATH']}", "CKG_LANG": "en"}
    ran = 0
    for language, file, body in _blocks(name):
        if file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(body, encoding="utf-8")
        elif language == "python":
            _run([sys.executable, "-c", body], folder, environment)
            ran += 1
        elif language == "sh":
            for line in body.splitlines():
                _run(["sh", "-c", line], folder, environment)
                ran += 1
    assert ran >= 15
    assert (folder / "my-site" / "index.html").is_file()


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


@pytest.mark.parametrize("name", [*READMES, "data/README.md", "docs/time.md", "docs/design.md"])
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    page = ROOT / name
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_both_readmes_run_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        lines = [line for language, _, body in _blocks(name) if language == "sh" for line in body.splitlines()]
        return [re.sub(r" --lang \w+", "", line) for line in lines]

    assert commands("README.md") == commands("README.zh-CN.md")


def test_the_page_of_codes_lists_every_code_with_its_meaning() -> None:
    from cooperation_kg.curate.codes import CODES
    from cooperation_kg.graph.shapes.queries import COMPONENTS

    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([ESW]\d{3}) \| (.*?) \| (.*?) \|$", page, re.MULTILINE)
    known = [(code, title.zh, title.en) for code, title in CODES.items()]
    assert rows == [*known, *((c.code, c.zh, c.en) for c in COMPONENTS.values())]
