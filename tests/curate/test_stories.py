"""Stories as files: what is read from them, and what is refused because the statements do not, or no longer, say it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import Corpus, read_corpus
from cooperation_kg.curate.rules import check
from cooperation_kg.curate.rules.stories import numbers_in, numbers_named
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
    return told_in(folder, text)


def told_in(folder: Path, text: str) -> tuple[Corpus, list[Issue]]:
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sixteen districts and twenty-five counties", [("16", ""), ("25", "")]),
        ("three hundred and five people, two million yuan", [("305", ""), ("2000000", "")]),
        ("two years, one person", [("2", ""), ("1", "")]),
        ("the two, one of them, both, a second time, half", []),
        ("the third and the twenty-fifth, the 14th", [("14", "rank"), ("3", "rank"), ("25", "rank")]),
        ("On 5 and 6 November 1996", [("5", "day"), ("6", "day"), ("11", "month"), ("1996", "")]),
        ("May it last. In May 2013", [("5", "month"), ("2013", "")]),
        ("Three Gorges, a five-year plan", []),
        ("一个月，两年，这一年，两地", [("2", ""), ("1", "")]),
        ("第十四师，第一次，第25届", [("25", ""), ("14", "rank")]),
        ("新的五年规划，五年", [("5", "")]),
    ],
)
def test_number_words_and_ranks_are_read_where_they_count(text: str, expected: list[tuple[str, str]]) -> None:
    found = sorted((str(n.value), n.counts) for n in numbers_in(text))
    assert found == sorted(expected)


@pytest.mark.parametrize(
    ("told", "known", "agrees"),
    [
        ("16 districts", "2016年7月16日", False),
        ("16区", "sixteen districts", True),
        ("In July", "2016年7月", True),
        ("in August", "2016年7月", False),
        ("in 2016", "2016年", True),
        ("fourteenth", "第十四师", True),
        ("fourteen", "第十四师", False),
    ],
)
def test_a_number_agrees_with_what_counts_the_same(told: str, known: str, agrees: bool) -> None:
    pairs = [(one, other) for one in numbers_in(told) for other in numbers_in(known)]
    assert any(one.agrees(other) for one, other in pairs) is agrees


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("350 million yuan later", "Two years and 350 million yuan later", 18),
        ("in July 1996", "in June 1996", 18),
        ("350 million yuan later", "350 million yuan of five sources later", 18),
        ("后来写有", "五个来源写有", 16),
        ("后来写有", "第三次写有", 16),
        ("后来写有", "一个月后写有", 16),
    ],
)
def test_a_number_word_that_no_statement_has_is_refused(tmp_path: Path, old: str, new: str, line: int) -> None:
    assert [fault[:2] for fault in faults(tmp_path, old, new)] == [("E326", line)]


def test_the_digits_of_an_id_are_no_numbers_of_a_statement_but_a_rank_is() -> None:
    assert list(numbers_named("2016-guiding-opinion")) == []
    assert [(number.value, number.counts) for number in numbers_named("xpcc-14th-division")] == [(14, "rank")]


@pytest.mark.parametrize(("count", "codes"), [("two", []), ("2", []), ("3", ["E326"])])
def test_a_caption_may_count_the_parties_that_a_statement_lists(tmp_path: Path, count: str, codes: list[str]) -> None:
    shutil.copytree(MINI, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "statements" / "first-report.yaml"
    more = "- {id: s995, locator: 第1段, kind: pairing, programme: test-east-west, supporter: haizhou, "
    listed = "recipient: [shanyuan, hechuan], as_of: 1996}\n"
    path.write_text(path.read_text(encoding="utf-8") + more + listed, encoding="utf-8")
    tale = TALE.replace("  first-report.s005", "  first-report.s995: shanyuan\n  first-report.s005")
    _, issues = told_in(tmp_path, tale.replace("350 million yuan later", f"{count} provinces; 350 million yuan later"))
    assert [issue.code for issue in issues if issue.file.startswith("stories/")] == codes


def test_a_caption_may_count_the_parts_of_a_figure_that_are_cited(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "statements" / "first-report.yaml"
    part = (
        "- {id: s99%d, locator: 第1段, kind: figure, about: 海山, measure: fiscal-aid, as_written: %d亿元, "
        "during: 2016/2017, nature: flow, stage: paid, part_of: s005}\n"
    )
    more = "".join(part % (n, n) for n in (1, 2, 3))
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    cites = "".join(f"  first-report.s99{n}: {n}亿元\n" for n in (1, 2, 3))
    tale = TALE.replace("  first-report.s005", f"{cites}  first-report.s005")
    codes = {
        words: [i.code for i in told_in(tmp_path, tale.replace("350 million", f"{words}, 350 million"))[1]]
        for words in ("three parts", "four parts")
    }
    assert ("E326" in codes["three parts"], "E326" in codes["four parts"]) == (False, True)
