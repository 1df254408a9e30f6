"""What each rule lets pass, and how it words what it does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import read_corpus
from cooperation_kg.curate.rules import check
from cooperation_kg.curate.rules.members import containers_of, members_of
from cooperation_kg.curate.statements import PairingStatement
from cooperation_kg.errors import Issue

MINI = Path(__file__).parent.parent / "data" / "mini"
SOURCE = """id: extra
type: report
title: {zh: 补充测试报告, en: Extra test report}
publisher: 测试
date: 2022-01
language: zh
read: whole
reached_by: original
"""


class World:
    """A copy of the tiny world that a test may write into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(MINI, folder)

    def replace(self, file: str, old: str, new: str) -> World:
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text
        return self.write(file, text.replace(old, new, 1))

    def write(self, file: str, text: str) -> World:
        (self.folder / file).write_text(text, encoding="utf-8")
        return self

    def say(self, *statements: str) -> World:
        """Add a source with these statements, each given as its fields in flow style."""
        lines = [f"- {{id: s{i:03d}, locator: 第1页, {fields}}}\n" for i, fields in enumerate(statements, 1)]
        return self.write("sources/extra.yaml", SOURCE).write("statements/extra.yaml", "".join(lines))

    @property
    def faults(self) -> list[Issue]:
        corpus, issues = read_corpus(self.folder)
        assert corpus is not None
        return issues + check(corpus)

    @property
    def codes(self) -> list[str]:
        return [issue.code for issue in self.faults]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data")


def pairing(supporter: str, recipient: str, more: str = "", programme: str = "test-east-west") -> str:
    return f"kind: pairing, programme: {programme}, supporter: {supporter}, recipient: {recipient}{more}"


def figure(literal: str, more: str = "", measure: str = "fiscal-aid") -> str:
    return f"kind: figure, about: 海山, measure: {measure}, as_written: {literal}, nature: flow{more}"


def test_a_chinese_name_in_place_of_an_id_is_offered_the_id(world: World) -> None:
    (issue,) = world.say(pairing("海州省", "shanyuan")).faults
    assert issue.message_en == 'no place or organisation "海州省"; did you mean "haizhou"?'


def test_a_thing_of_another_kind_is_named(world: World) -> None:
    (issue,) = world.say(pairing("haizhou", "shanyuan", ", basis: test-park")).faults
    assert issue.message_en == '"test-park" is a project; here a policy is needed'
    assert issue.message_zh == "“test-park”是项目；此处须为政策文件"


def test_a_chinese_label_in_place_of_a_notation_is_offered_the_notation(world: World) -> None:
    (issue,) = world.say(figure("1亿元", measure="财政援助资金")).faults
    assert (issue.code, issue.message_en) == ("E203", 'no measure "财政援助资金"; did you mean "fiscal-aid"?')


def test_people_may_be_counted_as_ming(world: World) -> None:
    assert world.say(figure("12名", measure="officials-exchanged")).codes == []


def test_people_are_not_person_times(world: World) -> None:
    assert world.say(figure("12人次", measure="people-lifted")).codes == ["E306"]


def test_a_missing_unit_is_asked_for(world: World) -> None:
    (issue,) = world.say(figure("500多万", measure="people-lifted")).faults
    assert issue.message_en == '"500多万" has no unit, but people-lifted counts in "人"; add unit: 人'


@pytest.mark.parametrize(
    ("whole", "part", "codes"),
    [
        ("1亿元", "1亿元", []),
        ("1亿元", "2亿元", ["W403"]),
        ("超过1亿元", "2亿元", []),
        ("近1亿元", "2亿元", ["W403"]),
        ("1亿元", "不足2亿元", []),
        ("1-3亿元", "2亿元", []),
        ("1-3亿元", "4-5亿元", ["W403"]),
    ],
)
def test_a_part_is_held_against_what_its_whole_can_be(world: World, whole: str, part: str, codes: list[str]) -> None:
    assert world.say(figure(whole), figure(part, ", part_of: s001")).codes == codes


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (figure("1亿元", ", during: 2023"), ["W404"]),
        (figure("1亿元", ", during: 2023, stage: planned"), []),
        (figure("1亿元", ", during: 2021/2025"), []),
        (pairing("haizhou", "shanyuan", ", from: 2021, due: 2035"), []),
        (pairing("haizhou", "shanyuan", ", from: 2021, until: 2035"), ["W404"]),
    ],
)
def test_what_is_planned_or_due_may_lie_ahead(world: World, statement: str, codes: list[str]) -> None:
    assert world.say(statement).codes == codes


def test_nothing_lies_after_the_last_year_of_the_dataset(world: World) -> None:
    world.say(pairing("haizhou", "shanyuan", ", as_of: 2026")).replace("sources/extra.yaml", "2022-01", "2030")
    assert world.codes == ["W404"]


def test_counties_need_their_provinces_in_the_same_family_only(world: World) -> None:
    assert world.say(pairing("haizhou-donghu", "shanyuan-heishui", programme="test-action")).codes == []
    assert world.say(pairing("haizhou-donghu", "hechuan-gushan", programme="test-cooperation")).codes == ["W401"]


def test_a_county_belongs_to_the_province_it_had_at_the_time(world: World) -> None:
    then = pairing("haizhou-donghu", "hechuan-gushan", ", as_of: 1996")
    assert world.say(then).codes == []
    corpus, _ = read_corpus(world.folder)
    assert corpus is not None
    statement = corpus.statements["extra.s001"]
    assert isinstance(statement, PairingStatement)
    assert statement.as_of is not None
    assert [*containers_of("hechuan-gushan", statement.as_of.earliest, corpus)][-1] == "shanyuan"


def test_counties_below_a_paired_prefecture_have_their_wider_pair(world: World) -> None:
    cooperation = {"programme": "test-cooperation"}
    wider = pairing("haizhou", "shanyuan-yunling", **cooperation)
    narrower = pairing("haizhou-donghu", "shanyuan-heishui", **cooperation)
    assert world.say(narrower).codes == ["W401"]
    assert world.say(wider, narrower).codes == []


def test_a_figure_about_parties_whose_counties_are_paired_is_not_reported(world: World) -> None:
    scope = "{programme: test-cooperation, supporter: haizhou, recipient: shanyuan-yunling}"
    about = f"kind: figure, about: {scope}, measure: fiscal-aid, as_written: 1亿元, nature: flow"
    assert world.say(about).codes == ["W405"]
    counties = pairing("haizhou-donghu", "shanyuan-heishui", programme="test-cooperation")
    assert "W405" not in world.say(counties, about).codes


def test_a_figure_about_counties_whose_provinces_are_paired_is_not_reported(world: World) -> None:
    scope = "{programme: test-cooperation, supporter: haizhou-donghu, recipient: shanyuan-heishui}"
    about = f"kind: figure, about: {scope}, measure: fiscal-aid, as_written: 1亿元, nature: flow"
    assert world.say(about).codes == ["W405"]
    assert world.say(pairing("haizhou", "shanyuan", programme="test-cooperation"), about).codes == []


def test_counties_of_one_province_need_no_wider_pair(world: World) -> None:
    assert world.say(pairing("shanyuan-heishui", "hechuan-gushan", ", as_of: 1996")).codes == []


def test_a_source_read_in_part_may_leave_the_place_out(world: World) -> None:
    world.say("kind: pairing, about: 海山").replace("statements/extra.yaml", "locator: 第1页, ", "")
    assert world.codes == ["E315"]
    assert world.replace("sources/extra.yaml", "read: whole", "read: part").codes == []


def test_a_row_of_the_coverage_points_to_statements_and_judgements_that_exist(world: World) -> None:
    row = "- {id: XX:A1-01, statements: [first-report.s001], wanted: [no-such-lead]}\n"
    (issue,) = world.write("coverage.yaml", row).faults
    assert (issue.code, issue.message_en) == ("E309", 'no judgement "no-such-lead"; add it to judgements.yaml')


@pytest.mark.parametrize(
    ("kind", "search", "code", "at"),
    [
        ("searched", "{about: no-such, during: 2019}", "E201", "no-such"),
        ("searched", "{about: {programme: no-such}}", "E201", "no-such"),
        ("searched", "{about: 海山, measure: [no-such]}", "E203", "no-such"),
        ("searched", "{about: 海山, during: 2019~}", "E105", "{about"),
        ("searched", "{about: 海山, during: soon}", "E105", "soon"),
        ("searched", "{measure: fiscal-aid}", "E102", "{measure"),
        ("wanted", "{about: 海山}", "E109", "{id"),
    ],
)
def test_what_a_search_covers_is_checked_where_it_stands(
    world: World, kind: str, search: str, code: str, at: str
) -> None:
    line = f"- {{id: j1, by: 某, date: 2024, reason: 无, what: 数, kind: {kind}, where: 处, covers: [{search}]}}\n"
    (issue,) = world.write("judgements.yaml", line).faults
    assert (issue.code, issue.file, issue.line) == (code, "judgements.yaml", 1)
    assert line[issue.column - 1 :].startswith(at)


def test_a_row_of_the_coverage_must_say_something(world: World) -> None:
    assert world.write("coverage.yaml", "- {id: XX:A1-01}\n").codes == ["E109"]


def test_a_former_code_is_held_against_the_former_parent(world: World) -> None:
    world.replace("places/93-hechuan.yaml", 'code: "929021"', 'code: "939021"')
    (issue,) = world.faults
    assert (issue.code, issue.line) == ("E305", 14)


def test_a_withdrawn_statement_states_nothing(world: World) -> None:
    world.replace("statements/first-report.yaml", "  about: 海河\n", "  about: 海河\n  withdrawn: 误读\n")
    assert world.codes == ["E303"]


def test_lists_on_both_sides_draw_nothing_without_matching(world: World) -> None:
    world.say(pairing("[haizhou, linjiang]", "[shanyuan, hechuan]"), pairing("haizhou", "[shanyuan, hechuan]"))
    corpus, _ = read_corpus(world.folder)
    assert corpus is not None
    drawn = [[(m.first, m.second) for m in members_of(s, corpus)] for s in corpus.of_source("extra")]  # type: ignore[arg-type]
    assert drawn == [[], [("haizhou", "shanyuan"), ("haizhou", "hechuan")]]


@pytest.mark.parametrize(
    ("file", "old", "new", "circle"),
    [
        ("places/92-shanyuan.yaml", "  short: [山]\n", "  short: [山]\n  within: shanyuan-yunling\n", "within"),
        ("sources/first-report.yaml", "language: zh\n", "language: zh\nreprint_of: reprint\n", "reprint_of"),
        ("sources/yearbook.yaml", "according_to: test-leading-group", "according_to: yearbook", "according_to"),
        ("statements/first-report.yaml", "part_of: s005", "part_of: s006", "part_of"),
    ],
)
def test_a_circle_is_reported_once(world: World, file: str, old: str, new: str, circle: str) -> None:
    issues = [issue for issue in world.replace(file, old, new).faults if issue.code == "E307"]
    assert [issue.message_en.split()[0] for issue in issues] == [circle]


def test_a_long_chain_is_no_circle_and_takes_no_recursion(world: World) -> None:
    chain = [figure("1亿元"), *(figure("1亿元", f", revises: s{i:03d}") for i in range(1, 3000))]
    assert world.say(*chain).codes == []


def test_absence_is_not_judged_while_something_is_unread(world: World) -> None:
    world.replace("statements/first-report.yaml", "about: 海河", "about: 海河\n  form: 2010")
    assert world.codes == ["E101"]


def test_a_dataset_of_ones_own_may_build_on_the_shipped_registers(tmp_path: Path) -> None:
    world = World(tmp_path / "data")
    for folder in ("places", "sources", "statements"):
        shutil.rmtree(world.folder / folder)
    for file in world.folder.glob("*.yaml"):
        if file.name != "dataset.yaml":
            file.unlink()
    world.replace("dataset.yaml", "version:", "extends: shipped\nversion:")
    (world.folder / "sources").mkdir()
    (world.folder / "statements").mkdir()
    world.say(pairing("beijing", "inner-mongolia", programme="east-west"))
    assert world.codes == []


def test_speaking_of_an_inherited_pairing_that_nobody_states_is_shown_where_it_is_spoken_of(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "statements").mkdir()
    (tmp_path / "dataset.yaml").write_text(
        "title: 题\nbase: https://example.org/\nlicence: https://example.org/l\ncreators: [某]\n"
        'version: "1"\nhorizon: "2024"\nextends: shipped\n',
        encoding="utf-8",
    )
    (tmp_path / "sources" / "s.yaml").write_text(
        "id: s\ntype: notice\ntitle: 题\nlanguage: zh\nread: whole\nreached_by: original\n", encoding="utf-8"
    )
    (tmp_path / "statements" / "s.yaml").write_text(
        "- id: s001\n  kind: figure\n  about: 京蒙\n  measure: fiscal-aid\n  as_written: 1亿元\n"
        "  nature: flow\n  locator: 第1段\n",
        encoding="utf-8",
    )
    corpus, issues = read_corpus(tmp_path)
    assert corpus is not None
    assert [(i.file, i.line, i.code) for i in [*issues, *check(corpus)]] == [("statements/s.yaml", 3, "E303")]


def test_a_plan_may_set_an_end_still_to_come(world: World) -> None:
    effect = "kind: policy-effect, policy: 1996-report, about: 海山, date: 2023"
    assert world.say(f"{effect}, effect: ends").codes == []
    assert world.say(f"{effect}, effect: adjusts").codes == ["W404"]
