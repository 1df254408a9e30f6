"""The audit finds each literal where it is printed, and no literal that is printed otherwise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cooperation_kg.curate.audit import AuditReport, audit
from cooperation_kg.curate.audit.folding import fold
from cooperation_kg.curate.audit.matching import Kind, find_all, near_miss
from cooperation_kg.curate.audit.sections import SourceText
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.errors import CurationError

DATA = Path(__file__).parent.parent / "data"
MINI, TEXTS = DATA / "mini", DATA / "texts"

# (text, a literal that it prints, one that it does not print but a plain search or a careless reader finds)
FIGURES = [
    ("投入39.43亿元", "39.43亿元", "9.43亿元"),
    ("投入39.43亿元", "39.43亿元", "39.4"),
    ("投入39.43亿元", "39.43亿元", "43亿元"),
    ("增长5‰", "5‰", "5%"),
    ("增长15%", "15%", "5%"),
    ("增长0.5%", "0.5%", "5%"),
    ("带动500多万人", "500多万", "500万"),
    ("共500余户", "500余户", "500户"),
    ("共建23个园区", "23个", "3个"),
    ("输出265万人次", "265万人次", "265万人"),
    ("历时3个月", "3个月", "3个"),
    ("提高3个百分点", "3个百分点", "3个"),
    ("共１，２００所", "1,200所", "200所"),
    ("共1,200所", "1,200所", "1"),
    ("金额3. 5 亿\n元", "3.5亿元", "5亿元"),
    ("近40所学校", "近40所", "40所"),
    ("超过3000万元", "超过3000万元", "3000万元"),
    ("100万元以上", "100万元以上", "100万元"),
    ("3-5亿元", "3-5亿元", "5亿元"),
    ("3-5亿元", "3-5亿元", "3"),
    ("一万多亿元", "一万多亿元", "一万"),
    ("共十五所", "十五所", "五所"),
    ("约占三分之一", "约占三分之一", "二分之一"),
    ("第3个园区；另有4个", "4个", "3个"),
    ("数十个项目和九个园区", "九个", "十个"),
    ("500万亿元", "500万亿元", "500万"),
    ("①3个园区", "3个", "13个"),
    ("投入2016\n39.43亿元", "39.43亿元", "201639.43亿元"),
    ("500人民币和20人", "20人", "500人"),
    ("占1/10", "1/10", "10"),
    ("历时3年多，又2年", "2年", "3年"),
]
# words that look like a bound or a longer number and are none
LOOKALIKES = [
    ("签约3个项目", "3个"),
    ("附近3所学校", "3所"),
    ("节约5亿元", "5亿元"),
    ("2020年至2021年3个", "3个"),
    ("共5个，200人", "200人"),
    ("其中,3个在县里", "3个"),
]


def stands(text: str, literal: str, kind: Kind) -> bool:
    return any(True for _ in find_all(fold(text), fold(literal), kind))


@pytest.mark.parametrize(("text", "right", "_wrong"), FIGURES)
def test_a_figure_is_found_as_printed(text: str, right: str, _wrong: str) -> None:
    assert stands(text, right, "figure")


@pytest.mark.parametrize(("text", "_right", "wrong"), FIGURES)
def test_a_figure_that_is_not_printed_is_not_found(text: str, _right: str, wrong: str) -> None:
    assert not stands(text, wrong, "figure")


@pytest.mark.parametrize(("text", "right"), LOOKALIKES)
def test_a_word_that_only_looks_like_a_bound_hides_no_figure(text: str, right: str) -> None:
    assert stands(text, right, "figure")


@pytest.mark.parametrize("printed", ["国发〔1994〕30号", "国发［1994］30号", "国发[1994] 30号", "国发（1994）30号"])
def test_brackets_of_a_number_are_folded(printed: str) -> None:
    assert stands(f"见《纲要》({printed})", "国发〔1994〕30号", "number")


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("国发〔1994〕130号", "国发〔1994〕30号"),
        ("国发〔1995〕30号", "国发〔1994〕30号"),
        ("中办发〔2016〕69号", "办发〔2016〕69号"),
        ("国办发〔1996〕26号", "国发〔1996〕26号"),
    ],
)
def test_a_number_of_another_document_is_not_found(printed: str, wrong: str) -> None:
    assert not stands(f"见通知({printed})", wrong, "number")


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("《关于协作的\n意见》", "关于协作的意见"),
        ("[2]国务院.关于协作的意见[Z]", "关于协作的意见"),
        ("《关于印发协作规划的通知》", "协作规划"),
        ("《规划(2001—2010年)》", "规划(2001-2010年)"),
    ],
)
def test_a_title_is_found_as_printed(printed: str, title: str) -> None:
    assert stands(printed, title, "title")


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("《关于协作的意见（试行）》", "关于协作的意见"),
        ("《进一步关于协作的意见》", "关于协作的意见"),
        ("《关于协作的意见》", "关于协作的通知"),
        ("《规划(2011—2020年)》", "规划(2001-2010年)"),
    ],
)
def test_part_of_a_title_is_no_title(printed: str, title: str) -> None:
    assert not stands(printed, title, "title")


def test_what_the_text_prints_instead_is_named() -> None:
    assert near_miss(fold("共投入39.43亿元。"), "9.43亿元") == "39.43亿元"
    assert near_miss(fold("共投入39.43亿元。"), "12所") == ""


@pytest.mark.parametrize(
    ("locator", "found"),
    [
        ("1 引言", True),
        ("引言 第2段", True),
        ("1", True),
        ("1.1 背景", True),
        ("2 结论", False),
        ("2 结论；1 引言", True),
    ],
)
def test_a_locator_means_the_part_under_its_heading(locator: str, found: bool) -> None:
    text = SourceText("# 题\n\n## 1 引言\n\n### 1.1 背景\n5亿元\n\n## 2 结论\n无", [locator])
    assert any("5亿元" in part for part in text.parts(locator)) is found


def test_a_run_in_heading_begins_a_part_where_a_locator_names_it() -> None:
    text = SourceText("2.1 现状分析。有5个。\n2.2 方法。有6个。", ["2.1 现状分析", "2.2 方法"])
    assert text.parts("2.2 方法") == ("2.2方法。有6个。",)


def test_of_a_text_without_headings_the_whole_is_the_place() -> None:
    assert SourceText("投入5亿元", ["摘要"]).parts("摘要") == ("投入5亿元",)


def outcomes(report: AuditReport) -> dict[tuple[str, str], str]:
    return {(finding.record, finding.field): finding.outcome for finding in report.findings}


def test_every_literal_of_the_tiny_world_is_found_at_its_place() -> None:
    report = audit(load_corpus(MINI), TEXTS)
    assert {key: what for key, what in outcomes(report).items() if what != "cited"} == {}
    assert report.issues == ()


def test_withdrawn_and_translated_figures_are_not_looked_up() -> None:
    looked_up = {record for record, _ in outcomes(audit(load_corpus(MINI), TEXTS))}
    assert not looked_up & {"case-study.s010", "case-study.s011", "later-thesis"}


def replaced(folder: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(MINI, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def planted(literal: str) -> str:
    """Return a figure that is wrong by one digit."""
    at = next(i for i, c in enumerate(literal) if c.isdigit())
    return literal[:at] + str(int(literal[at]) % 9 + 1) + literal[at + 1 :]


FIGURE_LITERALS = sorted(
    (s.source, s.as_written)
    for s in load_corpus(MINI).statements.values()
    if isinstance(s, FigureStatement) and s.as_written and s.withdrawn is None
)


@pytest.mark.parametrize(("source", "literal"), FIGURE_LITERALS)
def test_each_planted_wrong_figure_is_caught_at_its_line(source: str, literal: str, tmp_path: Path) -> None:
    file = f"statements/{source}.yaml"
    folder = replaced(tmp_path / "data", file, f"as_written: {literal}\n", f"as_written: {planted(literal)}\n")
    (issue,) = audit(load_corpus(folder), TEXTS).issues
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    assert (issue.code, issue.file) == ("E601", file)
    assert lines[issue.line - 1][issue.column - 1 :] == planted(literal)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("statements/first-report.yaml", "测发〔1996〕26号", "测发〔1996〕6号"),
        ("statements/first-report.yaml", "called: 测试扶贫协作", "called: 测试帮扶协作"),
        ("policies.yaml", "关于组织测试协作的报告", "关于组织测试协作的通知"),
        ("statements/yearbook.yaml", "to: 古山市", "to: 古山区"),
        ("statements/case-study.yaml", "term: 协作\n", "term: 协同\n"),
        ("sources/first-report.yaml", "海山协作二十年", "海山协作三十年"),
    ],
)
def test_each_planted_wrong_name_is_caught(file: str, old: str, new: str, tmp_path: Path) -> None:
    report = audit(load_corpus(replaced(tmp_path / "data", file, old, new)), TEXTS)
    assert [issue.code for issue in report.issues] == ["E601"]


def test_a_literal_under_another_heading_is_found_elsewhere(tmp_path: Path) -> None:
    folder = replaced(tmp_path / "data", "statements/yearbook.yaml", "locator: 勘误", "locator: 附表")
    (issue,) = audit(load_corpus(folder), TEXTS).issues
    assert (issue.code, issue.severity) == ("W602", "warning")


def test_a_source_without_text_is_named_once(tmp_path: Path) -> None:
    report = audit(load_corpus(MINI), tmp_path)
    assert set(outcomes(report).values()) == {"no-text"}
    assert [issue.text() for issue in report.issues] == [
        f"sources/{key}.yaml W601 no text of this source at hand; its literals were not looked up"
        for key in ("case-study", "first-report", "reprint", "yearbook")
    ]


def test_a_text_without_title_is_known_by_its_first_words(tmp_path: Path) -> None:
    folder = replaced(
        tmp_path / "data",
        "sources/case-study.yaml",
        "title: {zh: 协作案例研究, en: A case study of cooperation}",
        "description: {zh: 无题, en: Untitled}\nincipit: 本文研究协作",
    )
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("本文研究 协作，\n拨付超过3000万元。", encoding="utf-8")
    found = outcomes(audit(load_corpus(folder), texts))
    assert found["case-study.s003", "as_written"] == "cited"


def test_a_title_that_two_texts_print_decides_nothing(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("协作案例研究\n超过3000万元", encoding="utf-8")
    assert outcomes(audit(load_corpus(MINI), tmp_path))["case-study.s003", "as_written"] == "no-text"


def test_a_wrong_row_of_the_table_of_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.tsv").write_text("a.txt\tnobody\n", encoding="utf-8")
    with pytest.raises(CurationError, match=r"sources\.tsv:1:1 E602"):
        audit(load_corpus(MINI), tmp_path)


def test_a_missing_folder_of_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="E001"):
        audit(load_corpus(MINI), tmp_path / "nowhere")


def test_the_report_counts_and_goes_into_json(tmp_path: Path) -> None:
    report = audit(load_corpus(MINI), TEXTS)
    counts = json.loads(json.dumps(report.as_json(), ensure_ascii=False))["counts"]
    assert counts == {"cited": len(report.findings), "elsewhere": 0, "missing": 0, "no-text": 0}
    assert report.as_text("zh").splitlines()[1] == "     0 见于他处"
