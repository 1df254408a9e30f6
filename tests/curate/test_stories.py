"""Stories as files: what is read from them, and what is refused because the statements do not, or no longer, say it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import Corpus, read_corpus
from cooperation_kg.curate.rules import check
from cooperation_kg.curate.rules.stories import numbers_in
from cooperation_kg.errors import Issue

MINI = Path(__file__).parent.parent / "data" / "mini"
TALE = """\
---
title: {zh: 海山协作, en: Haizhou and Shanyuan}
summary: {zh: 从头说起, en: From the start}
---

## 起点 / The start
```yaml
as_of: "1996"
focus: pairing/test-east-west.haizhou.shanyuan
cites:
  first-report.s001: "1996"
  first-report.s003: [1996-07, approved]
  first-report.s005: 3.5亿元
```
### zh
1996年7月批准，后来写有**3.5亿元**。
### en
Approved in July 1996; 350 million yuan later.
"""


def told(folder: Path, text: str) -> tuple[Corpus, list[Issue]]:
    shutil.copytree(MINI, folder, dirs_exist_ok=True)
    (folder / "stories").mkdir(exist_ok=True)
    (folder / "stories" / "tale.md").write_text(text, encoding="utf-8")
    corpus, issues = read_corpus(folder)
    assert corpus is not None
    return corpus, issues + check(corpus)


def faults(folder: Path, old: str, new: str) -> list[tuple[str, int, str]]:
    assert TALE.count(old) == 1
    _, issues = told(folder, TALE.replace(old, new))
    return [(issue.code, issue.line, issue.message_en) for issue in issues]


def test_a_story_is_read_with_its_steps_captions_and_citations(tmp_path: Path) -> None:
    corpus, issues = told(tmp_path, TALE)
    story = corpus.stories["tale"]
    (step,) = story.steps
    assert issues == []
    assert (story.title.zh, story.summary.en) == ("海山协作", "From the start")
    assert (step.title.zh, step.title.en, step.scene.as_of.text) == ("起点", "The start", "1996")
    assert step.scene.focus == ("pairing/test-east-west.haizhou.shanyuan",)
    assert step.scene.cites["first-report.s003"] == ("1996-07", "approved")
    assert step.captions["zh"].text == "1996年7月批准，后来写有**3.5亿元**。"


def test_a_dataset_without_the_folder_has_no_stories() -> None:
    corpus, _ = read_corpus(MINI)
    assert corpus is not None
    assert corpus.stories == {}


def test_a_changed_figure_is_reported_with_both_values_at_its_line(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "statements" / "first-report.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("3.5亿元", "3.6亿元"), encoding="utf-8")
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "tale.md").write_text(TALE, encoding="utf-8")
    corpus, _ = read_corpus(tmp_path)
    assert corpus is not None
    changed = [issue for issue in check(corpus) if issue.code == "E325"]
    assert [(issue.file, issue.line) for issue in changed] == [("stories/tale.md", 13)]
    assert '"3.5亿元"' in changed[0].message_en
    assert "says: 3.6亿元" in changed[0].message_en


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('first-report.s001: "1996"', 'first-report.s991: "1996"', "E309", 11),
        ("test-east-west.haizhou.shanyuan", "test-east-west.haizhou.shanyuen", "E201", 9),
        ("focus: pairing/test-east-west.haizhou.shanyuan", "focus: policy/1996-report", "E201", 9),
        ('as_of: "1996"', "as_of: 1996-13", "E105", 8),
        ('as_of: "1996"', "as_of: 1996~", "E105", 8),
        ("en: Haizhou and Shanyuan", "fr: Haizhou", "E101", 2),
        (", en: Haizhou and Shanyuan", "", "E322", 2),
        ("## 起点 / The start", "## 起点", "E322", 6),
        ("### en", "### fr", "E321", 17),
        ("```yaml", "```", "E321", 6),
        ("1996年7月批准", "<b>1996年7月</b>批准![](x.png)", "E321", 16),
        ("1996年7月批准", "1997年7月批准", "E326", 16),
        ("1996年7月批准", "1996年8月批准", "E326", 16),
        ("350 million", "360 million", "E326", 18),
        ("从头说起", "1995年说起", "E326", 3),
    ],
)
def test_a_fault_is_shown_at_its_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    assert (code, line) in [fault[:2] for fault in faults(tmp_path, old, new)]


def test_a_misspelt_pairing_is_offered_the_right_one(tmp_path: Path) -> None:
    ((_, _, message),) = faults(tmp_path, "haizhou.shanyuan", "haizhou.shanyuen")
    assert message.endswith('did you mean "pairing/test-east-west.haizhou.shanyuan"?')


def test_a_tab_or_an_invisible_character_is_refused_with_its_line(tmp_path: Path) -> None:
    _, issues = told(tmp_path, TALE.replace("Approved", "Appro\u200bved").replace("从头", "从\t头"))
    assert [(issue.code, issue.line) for issue in issues] == [("E007", 3), ("E006", 18)]


def test_a_story_with_a_fault_is_left_out(tmp_path: Path) -> None:
    corpus, _ = told(tmp_path, TALE.replace("### en", "### fr"))
    assert corpus.stories == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1996年9月", [("1996", "year"), ("9", "month")]),
        ("5.05亿元和1,056名", [("505000000", ""), ("1056", "persons")]),
        ("7000余人次", [("7000", "visits")]),
        ("近50000人", [("50000", "persons")]),
        ("十三个省，两地，十四五规划，三峡", [("13", "")]),
        ("1.93 billion yuan", [("1930000000", "")]),
        ("没有数", []),
    ],
)
def test_numbers_are_read_with_what_they_count(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(number.value, number.counts) for number in numbers_in(text)] == [(Decimal(v), c) for v, c in expected]


def test_persons_and_visits_are_not_the_same_number() -> None:
    (persons,), (visits,), (bare,) = (list(numbers_in(text)) for text in ("70人", "70人次", "70"))
    assert not persons.agrees(visits)
    assert bare.agrees(visits)
    assert bare.agrees(persons)


def test_the_shipped_stories_hold(tmp_path: Path) -> None:
    corpus, issues = read_corpus()
    assert corpus is not None
    assert set(corpus.stories) == {"adjustment-2021", "beijing", "min-ning"}
    assert all(6 <= len(story.steps) <= 10 for story in corpus.stories.values())
    assert [issue for issue in (*issues, *check(corpus)) if issue.file.startswith("stories/")] == []
