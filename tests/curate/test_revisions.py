"""The data as they stood: which commit a revision or a day means, and what is said where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from git_world import commit, edit, git, new_repository

from cooperation_kg import locations
from cooperation_kg.cli.options import load_graph
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.revisions import data_at
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.errors import HistoryError, InvalidCorpus

REPORT = "statements/first-report.yaml"
FIRST = "2024-05-01T12:00:00+00:00"
SECOND = "2024-06-30T23:59:59+00:00"
THIRD = "2024-07-01T00:00:00+00:00"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three commits, of 1 May, the last second of June and the first of July; then a change nobody committed."""
    repository = new_repository(tmp_path_factory.mktemp("repository"))
    commit(repository, FIRST)
    edit(repository / "data", REPORT, "26万人次", "27万人次")
    commit(repository, SECOND)
    edit(repository / "data", REPORT, "27万人次", "28万人次")
    commit(repository, THIRD)
    edit(repository / "data", REPORT, "28万人次", "29万人次")
    return repository


def labour_at(repository: Path, known_at: str) -> str:
    with data_at(repository / "data", known_at) as then:
        figure = load_corpus(then.folder).statements["first-report.s007"]
    assert isinstance(figure, FigureStatement)
    return figure.literal


def refusal(folder: Path, known_at: str) -> str:
    with pytest.raises(HistoryError) as error, data_at(folder, known_at):
        pass
    return str(error.value)


@pytest.mark.parametrize(
    ("known_at", "literal"),
    [
        ("HEAD", "28万人次"),
        ("HEAD~1", "27万人次"),
        ("2024-05-01", "26万人次"),
        ("2024-06-29", "26万人次"),
        ("2024-06-30", "27万人次"),
        ("2024-05", "26万人次"),
        ("2024-06", "27万人次"),
        ("2024-07-01", "28万人次"),
        ("2024", "28万人次"),
        ("2100", "28万人次"),
    ],
)
def test_a_revision_or_a_day_gives_the_data_committed_by_then(repository: Path, known_at: str, literal: str) -> None:
    assert labour_at(repository, known_at) == literal


def test_a_state_names_its_full_hash_and_its_day(repository: Path) -> None:
    with data_at(repository / "data", "HEAD~2") as then:
        assert (then.revision, then.day) == (git(repository, "rev-parse", "HEAD~2"), date(2024, 5, 1))
        assert (then.asked, then.path) == ("HEAD~2", "data")


def test_the_day_is_counted_in_utc(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    commit(repository, "2024-05-01T01:00:00+08:00")
    with data_at(repository / "data", "2024-04-30") as then:
        assert then.day == date(2024, 4, 30)


def test_the_folder_is_gone_afterwards(repository: Path) -> None:
    with data_at(repository / "data", "HEAD") as then:
        assert (then.folder / "dataset.yaml").is_file()
    assert not then.folder.exists()


def test_a_text_that_looks_like_a_date_is_one_though_a_tag_has_that_name(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    commit(repository, FIRST)
    git(repository, "tag", "2024-06")
    edit(repository / "data", REPORT, "26万人次", "27万人次")
    commit(repository, SECOND)
    assert labour_at(repository, "2024-06") == "27万人次"
    assert labour_at(repository, "tags/2024-06") == "26万人次"


def test_a_dataset_may_be_the_whole_repository(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    data = repository / "data"
    git(data, "init", "--quiet")
    commit(data, FIRST)
    with data_at(data, "HEAD") as then:
        assert len(load_corpus(then.folder).sources) == 5


def test_a_folder_that_was_deleted_since_can_still_be_read(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    commit(repository, FIRST)
    git(repository, "rm", "-r", "--quiet", "data")
    commit(repository, SECOND)
    assert labour_at(repository, "2024-05") == "26万人次"


def test_a_git_hook_around_us_does_not_lead_to_its_own_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / "elsewhere"))
    assert labour_at(repository, "HEAD") == "28万人次"


def test_a_folder_that_had_another_name_then_is_followed_under_its_name_of_now(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    git(repository, "add", "--all")
    git(repository, "mv", "data", "事实 一")
    short = commit(repository, FIRST)[:7]
    git(repository, "mv", "事实 一", "data")
    commit(repository, SECOND)
    with data_at(repository / "data", "2024-05") as then:
        assert (then.path, then.name) == ("事实 一", f"{short} (2024-05-01)")
        assert len(load_corpus(then.folder).sources) == 5
    assert "the first with data is of 2024-05-01" in refusal(repository / "data", "2024-04")


def test_a_dataset_begun_as_a_copy_of_another_is_not_that_other_one_before(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    git(repository, "add", "--all")
    git(repository, "mv", "data", "example")
    commit(repository, FIRST)
    shutil.copytree(repository / "example", repository / "data")
    edit(repository / "data", "dataset.yaml", "https://w3id.org/cooperation-kg/", "https://example.org/own/")
    commit(repository, SECOND)
    said = refusal(repository / "data", "HEAD~1")
    assert "data is not in revision" in said
    assert "the first with data is of 2024-06-30" in said


def test_a_shallow_clone_says_that_it_knows_only_its_last_commits(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), "flat")
    assert labour_at(tmp_path / "flat", "HEAD") == "28万人次"
    for known_at in ("HEAD~1", "2024-05"):
        said = refusal(tmp_path / "flat" / "data", known_at)
        assert "this clone is shallow: git fetch --unshallow" in said
        assert "此克隆不完整" in said


def test_a_git_older_than_2_30_is_enough(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "git"
    # rev-parse --end-of-options came with git 2.30
    old.write_text(
        f'#!/bin/sh\ncase " $* " in *" --end-of-options "*) exit 128;; esac\nexec {shutil.which("git")} "$@"\n',
        encoding="utf-8",
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert labour_at(repository, "HEAD~1") == "27万人次"


def test_a_repository_of_another_user_says_how_to_trust_it(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    said = refusal(repository / "data", "HEAD")
    assert "another user owns" in said
    assert "safe.directory" in said


@pytest.mark.parametrize("known_at", ["no-such-tag", "^HEAD", "HEAD..HEAD~1", "--help", "", "HEAD:data", "a\0b"])
def test_what_is_no_revision_is_refused_with_what_to_write(repository: Path, known_at: str) -> None:
    said = refusal(repository / "data", known_at)
    assert f'no revision "{known_at}"' in said
    assert "git log --oneline" in said
    assert "没有版本" in said


@pytest.mark.parametrize("known_at", ["2024-04-30", "1950", "1900-01-01"])
def test_before_the_first_commit_the_first_is_named(repository: Path, known_at: str) -> None:
    said = refusal(repository / "data", known_at)
    assert "the first with data is of 2024-05-01" in said
    assert "最早含 data 的提交在 2024-05-01" in said


def test_a_date_that_is_none_says_why(repository: Path) -> None:
    assert "has no month 01 to 12" in refusal(repository / "data", "2024-13")


def test_a_folder_that_was_not_there_yet_says_since_when_it_is(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "readme").write_text("text\n", encoding="utf-8")
    commit(tmp_path, FIRST)
    new_repository(tmp_path)
    commit(tmp_path, SECOND)
    said = refusal(tmp_path / "data", "HEAD~1")
    assert "(2024-05-01); the first with data is of 2024-06-30" in said


def test_a_folder_never_committed_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, FIRST)
    assert "HEAD's history never had data" in refusal(tmp_path / "data", "HEAD")


def test_a_repository_without_commits_says_so(tmp_path: Path) -> None:
    assert "no commit yet" in refusal(new_repository(tmp_path) / "data", "2024")


def test_a_folder_outside_any_repository_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    said = refusal(tmp_path, "HEAD")
    assert "not in a git repository" in said
    assert "不在 git 仓库中" in said


def test_an_installed_package_says_that_it_carries_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "SHIPPED", tmp_path)
    assert "clone the repository" in refusal(tmp_path / "data", "HEAD")


def test_a_machine_without_git_says_so(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = refusal(repository / "data", "HEAD")
    assert "install it" in said
    assert "请安装 git" in said


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    (repository / "data" / "events.yaml").unlink()
    os.symlink("/etc/hostname", repository / "data" / "events.yaml")  # noqa: PTH211 - a text, not a path that is there
    commit(repository, FIRST)
    assert "leads out of the data folder" in refusal(repository / "data", "HEAD")


def _load_in_the_library(data: Path) -> None:
    with data_at(data, "HEAD~1") as then:
        load_corpus(then.folder)


def _load_in_the_command(data: Path) -> None:
    load_graph(data, "en", "HEAD~1")


@pytest.mark.parametrize("load", [_load_in_the_library, _load_in_the_command])
def test_old_data_that_todays_checks_refuse_are_named_by_their_revision(
    tmp_path: Path, load: Callable[[Path], None]
) -> None:
    repository = new_repository(tmp_path)
    edit(repository / "data", REPORT, "26万人次", "许多人次")
    short = commit(repository, FIRST)[:7]
    edit(repository / "data", REPORT, "许多人次", "26万人次")
    commit(repository, SECOND)
    with pytest.raises(InvalidCorpus) as error:
        load(repository / "data")
    assert {issue.file for issue in error.value.issues} == {f"{short}:data/statements/first-report.yaml"}
