"""The guide to stories: its example holds on the shipped facts, and each of its faults is found as it says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.record_reader import RecordReader
from cooperation_kg.curate.rules.stories import check_stories
from cooperation_kg.curate.rules.world import World
from cooperation_kg.curate.stories import read_stories
from cooperation_kg.ontology import load_ontology

GUIDE = (Path(__file__).parents[2] / "docs" / "stories.md").read_text(encoding="utf-8")
EXAMPLE = GUIDE.split("````markdown\n")[1].split("````")[0]
FAULTS = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (E\d{3})", GUIDE, re.MULTILINE)


def codes(folder: Path, corpus: Corpus, text: str) -> set[str]:
    (folder / "stories").mkdir()
    (folder / "stories" / "guide.md").write_text(text, encoding="utf-8")
    reader = RecordReader(folder)
    stories = read_stories(folder, reader)
    found = [*reader.issues, *check_stories(World(replace(corpus, stories=stories), load_ontology()))]
    return {issue.code for issue in found}


def test_the_example_of_the_guide_holds(tmp_path: Path, shipped_corpus: Corpus) -> None:
    assert codes(tmp_path, shipped_corpus, EXAMPLE) == set()


@pytest.mark.parametrize(("old", "new", "code"), FAULTS)
def test_a_fault_of_the_guide_is_found(tmp_path: Path, shipped_corpus: Corpus, old: str, new: str, code: str) -> None:
    assert code in codes(tmp_path, shipped_corpus, EXAMPLE.replace(old, new, 1))


def test_the_guide_shows_ten_faults_of_the_example() -> None:
    assert len(FAULTS) == 10
    assert all(old in EXAMPLE for old, _, _ in FAULTS)
