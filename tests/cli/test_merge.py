"""``ckg merge``: a dry run, decisions in a file or in the terminal, and all files or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from two_curators import MINI, RENAMED, append, change, content_of, copy_of, with_other_ids
from typer.testing import CliRunner, Result

from cooperation_kg.cli.app import app
from cooperation_kg.errors import InvalidCorpus, OutputError

NEW = "- {id: new-office, name: 新办公室, type: government, within: hai-zhou}\n"


def ckg(*arguments: object, lang: str = "en", typed: str | None = None) -> Result:
    """Run ``ckg merge``."""
    return CliRunner().invoke(app, ["merge", *map(str, arguments), "--lang", lang], input=typed)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Our copy of the tiny world."""
    return copy_of(tmp_path / "ours")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Their copy, with ids of their own, and one thing that we do not have."""
    folder = with_other_ids(copy_of(tmp_path / "theirs"), RENAMED)
    append(folder, "organisations.yaml", NEW)
    return folder


def test_without_write_nothing_is_written_and_all_is_listed(ours: Path, theirs: Path) -> None:
    before = content_of(ours)
    result = ckg(theirs, "--into", ours)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert (len(lines), lines[-1]) == (10, "+ organisation/new-office 新办公室")
    assert "organisations: 1 new, 0 completed, 2 the same" in result.stderr
    assert "0 records differ in 0 fields; 9 proposals wait for a decision" in result.stderr
    assert content_of(ours) == before


def test_the_list_and_the_counts_are_in_chinese_too(ours: Path, theirs: Path) -> None:
    result = ckg(theirs, "--into", ours, lang="zh")
    assert "? project/hs-park = project/test-park [很可能] 名称相同；海山测试产业园: 未定" in result.stdout
    assert "机构：新增 1，补全 0，相同 2" in result.stderr


def test_while_proposals_are_open_nothing_is_written(ours: Path, theirs: Path) -> None:
    before = content_of(ours)
    result = ckg(theirs, "--into", ours, "--write", "--accept", "certain")
    assert (result.exit_code, content_of(ours)) == (1, before)
    assert "1 proposals are open, nothing written" in result.stderr


def test_accepted_things_take_our_ids(ours: Path, theirs: Path) -> None:
    before = content_of(ours)
    assert ckg(theirs, "--into", ours, "--write", "--accept", "likely").exit_code == 0
    added = b"- id: new-office\n  name: \xe6\x96\xb0\xe5\x8a\x9e\xe5\x85\xac\xe5\xae\xa4\n  type: government\n"
    expected = before["organisations.yaml"] + added + b"  within: haizhou\n"
    assert content_of(ours) == before | {"organisations.yaml": expected}


def test_proposals_are_kept_in_a_file_that_the_next_run_uses(ours: Path, theirs: Path, tmp_path: Path) -> None:
    kept = tmp_path / "merge.yaml"
    ckg(theirs, "--into", ours, "--decisions", kept)
    first = kept.read_text(encoding="utf-8")
    assert first.count("decision: undecided\n") == 9
    # a refused park is not asked about again, and comes in beside ours
    refused = first.replace("grade: likely", "grade: likely  # another park").replace("undecided\n", "accept\n")
    before, _, rest = refused.partition("project/hs-park")
    refused = before + "project/hs-park" + rest.replace("decision: accept", "decision: refuse", 1)
    kept.write_text(refused, encoding="utf-8")
    result = ckg(theirs, "--into", ours, "--decisions", kept, "--write")
    assert result.exit_code == 0
    assert "+ project/hs-park 海山测试产业园\n" in result.stdout
    assert "\n?" not in f"\n{result.stdout}"
    assert kept.read_text(encoding="utf-8") == refused


def test_a_second_run_has_nothing_to_write(ours: Path, theirs: Path) -> None:
    ckg(theirs, "--into", ours, "--write", "--accept", "likely")
    once = content_of(ours)
    result = ckg(theirs, "--into", ours, "--write", "--accept", "likely")
    assert result.stderr.endswith("nothing to write\n")
    assert content_of(ours) == once


def test_in_a_terminal_every_proposal_is_asked_about(
    ours: Path, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cooperation_kg.cli.merge._on_terminal", lambda: True)
    kept = tmp_path / "merge.yaml"
    result = ckg(theirs, "--into", ours, "--decisions", kept, typed="y\ns\nwhat\nn\nq\n")
    assert result.exit_code == 0
    decided = [line.split()[1] for line in kept.read_text(encoding="utf-8").splitlines() if "  decision:" in line]
    # place/hz yes, its district later, the programme no, then stopped
    assert sorted(decided) == ["accept", "refuse", *["undecided"] * 7]


def test_a_broken_dataset_is_reported_as_check_does_and_nothing_is_merged(ours: Path, theirs: Path) -> None:
    change(theirs, "organisations.yaml", "within: hai-zhou}\n", "within: nowhere}\n")
    before = content_of(ours)
    result = ckg(theirs, "--into", ours, "--write", "--accept", "possible")
    assert isinstance(result.exception, InvalidCorpus)
    assert [str(issue)[: str(issue).index(" no")] for issue in result.exception.issues] == [
        f"{theirs.as_posix()}/organisations.yaml:8:58 E201"
    ]
    assert content_of(ours) == before


def test_a_result_that_does_not_hold_together_is_not_written(ours: Path, tmp_path: Path) -> None:
    theirs = copy_of(tmp_path / "other")
    with_other_ids(theirs, {"hai-he": "he-hai"})
    before = content_of(ours)
    result = ckg(theirs, "--into", ours, "--write", "--refuse-rest")  # two named pairings of one name
    assert (result.exit_code, content_of(ours)) == (1, before)
    assert "E308" in result.stderr


def test_a_file_that_was_changed_meanwhile_is_not_written_over(
    ours: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(folder: Path, _files: object) -> list[object]:
        append(folder, "organisations.yaml", "# of another\n")
        return []

    monkeypatch.setattr("cooperation_kg.graph.edited.check_edited", meanwhile)
    result = ckg(theirs, "--into", ours, "--write", "--accept", "likely")
    assert isinstance(result.exception, OutputError)
    assert (ours / "organisations.yaml").read_text(encoding="utf-8").endswith("# of another\n")


def test_a_decision_about_nothing_of_theirs_is_said(ours: Path, tmp_path: Path) -> None:
    kept = tmp_path / "merge.yaml"
    kept.write_text("- {theirs: place/typo, ours: place/haizhou, decision: accept}\n", encoding="utf-8")
    assert "they have no place/typo; that decision is not used" in ckg(MINI, "--into", ours, "--decisions", kept).stderr


def test_another_licence_is_said(ours: Path, theirs: Path) -> None:
    change(theirs, "dataset.yaml", "licenses/by/4.0/", "licenses/by-sa/4.0/")
    said = "their licence is another one: https://creativecommons.org/licenses/by-sa/4.0/"
    assert said in ckg(theirs, "--into", ours).stderr


def test_an_unknown_grade_is_wrong_usage(ours: Path) -> None:
    assert ckg(MINI, "--into", ours, "--accept", "sure").exit_code == 2
