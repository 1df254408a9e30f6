"""The tiny world under git: each change committed at a day that the test names; no network, no settings of the user."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from cooperation_kg.cli import main

MINI = Path(__file__).parent.parent / "data" / "mini"


def git(repository: Path, *arguments: str, when: str = "2024-01-01T00:00:00+00:00") -> str:
    """Run git in a repository, alone with its own settings; return what it prints."""
    of_a_hook = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    environment = {name: value for name, value in os.environ.items() if name not in of_a_hook}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "core.autocrlf=false")
    return subprocess.run(
        ["git", *who, "-C", str(repository), *arguments],
        capture_output=True,
        check=True,
        env={**environment, **alone, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when},
        encoding="utf-8",
    ).stdout.strip()


def new_repository(folder: Path) -> Path:
    """Return a repository without commits that holds the tiny world in ``data``."""
    shutil.copytree(MINI, folder / "data")
    git(folder, "init", "--quiet")
    return folder


def commit(repository: Path, when: str) -> str:
    """Commit everything; return the hash."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "a change", when=when)
    return git(repository, "rev-parse", "HEAD")


def edit(data: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file of the dataset."""
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file}: {old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run_ckg(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``ckg`` in a folder and in this process: one of its own would import everything anew."""
    out, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code: object = 0
    with (
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(error),
        patch.object(sys, "argv", ["ckg", *arguments]),
        patch.dict(os.environ, {"CKG_LANG": "en"}),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int)
    return subprocess.CompletedProcess(arguments, code, _written(out), _written(error))


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
