"""``ckg diff`` as people run it: a revision against the working tree, formats, exit codes, no traceback."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from git_world import commit, edit, new_repository, run_ckg

REPORT = "statements/first-report.yaml"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny world committed once; then one literal corrected and one id dropped, not committed."""
    repository = new_repository(tmp_path_factory.mktemp("repository"))
    commit(repository, "2024-05-01T12:00:00+00:00")
    edit(repository / "data", REPORT, "26万人次", "27万人次")
    path = repository / "data" / REPORT
    path.write_text(path.read_text(encoding="utf-8").partition("- id: s015")[0], encoding="utf-8")
    return repository


def run(repository: Path, *arguments: str) -> CompletedProcess[str]:
    return run_ckg(repository, "diff", *arguments)


def test_a_revision_against_the_working_tree_is_a_review_in_markdown(repository: Path) -> None:
    done = run(repository, "HEAD", "data", "--format", "markdown")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Changes: HEAD = ")
    assert "- ↳ as written: 26万人次 → 27万人次" in done.stdout
    assert "Warning: ids are cited and must be kept" in done.stdout


def test_fail_on_removed_exits_1_after_the_answer(repository: Path) -> None:
    done = run(repository, "2024-05-01", ".", "--format", "json", "--fail-on", "removed")
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert [row["id"] for row in answer["statements"]["removed"]] == ["first-report.s015"]
    assert answer["a"]["revision"].startswith(answer["a"]["name"].removeprefix("2024-05-01 = ")[:7])


def test_fail_on_removed_exits_0_where_none_is(repository: Path) -> None:
    done = run(repository, "HEAD", "HEAD", "--data", "data", "--fail-on", "removed", "--lang", "zh")
    assert (done.returncode, "两者所说相同。" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-tag", "data"), 'no revision "no-such-tag"'),
        (("2024-04", "data"), "the first with data is of 2024-05-01"),
        (("data/sources", "data"), "neither a data folder"),
        (("HEAD", "data", "--format", "pdf"), "pdf"),
        (("HEAD", "data", "--fail-on", "gone"), "gone"),
    ],
)
def test_what_cannot_be_compared_is_said_without_a_traceback(
    repository: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(repository, *arguments)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert done.stdout == ""
