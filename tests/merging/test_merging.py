"""What a merge finds and does: the same things, what differs, what is new; and that its direction does not matter."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from two_curators import MINI, RENAMED, append, change, content_of, copy_of, with_other_ids

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.errors import CurationError
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.merging import (
    Answers,
    Decision,
    Holdings,
    MergePlan,
    merged_files,
    plan_merge,
    read_decisions,
    read_holdings,
    with_decisions,
)
from cooperation_kg.merging.decisions import NONE, Decisions
from cooperation_kg.render.output import write_all

LIKELY = Answers("likely")
Lines = list[str]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Our copy of the tiny world."""
    return copy_of(tmp_path / "ours")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Their copy, with the same ids."""
    return copy_of(tmp_path / "theirs")


@pytest.fixture
def renamed(theirs: Path) -> Path:
    """Their copy, with ids of their own."""
    return with_other_ids(theirs, RENAMED)


@cache
def mini() -> Holdings:
    """The tiny world, for tests that only compare with it."""
    return read_holdings(MINI)


def planned(ours: Path, theirs: Path, answers: Answers | None = None, decisions: Decisions = NONE) -> MergePlan:
    return plan_merge(mini() if ours == MINI else read_holdings(ours), read_holdings(theirs), decisions, answers)


def merge(ours: Path, theirs: Path, answers: Answers | None = LIKELY, decisions: Decisions = NONE) -> MergePlan:
    """Merge without asking, and see that the result holds together."""
    mine, other = read_holdings(ours), read_holdings(theirs)
    plan = plan_merge(mine, other, decisions, answers)
    write_all(ours, merged_files(plan, mine, other))
    load_corpus(ours)  # raises where it does not hold together
    return plan


def proposals(plan: MergePlan) -> list[tuple[str, str, str]]:
    return [("/".join(p.theirs), "/".join(p.ours), p.grade) for p in plan.proposals]


def added(plan: MergePlan) -> list[str]:
    return [f"{a.item.kind}/{a.id}" for a in plan.additions]


def differing(plan: MergePlan) -> list[tuple[str, str, str, str]]:
    return [("/".join(d.ours), d.field, d.our_value, d.their_value) for d in plan.differences]


# --- the same


def test_a_dataset_merged_into_itself_changes_no_byte(ours: Path) -> None:
    before = content_of(ours)
    merge(ours, ours, None)
    assert content_of(ours) == before


def test_every_record_of_a_dataset_is_the_same_as_itself() -> None:
    assert sum(planned(MINI, MINI).same.values()) == 8 + 3 + 3 + 3 + 2 + 1 + 1 + 5 + 41 + 2


def test_the_same_facts_under_other_ids_change_no_byte(ours: Path, renamed: Path) -> None:
    before = content_of(ours)
    merge(ours, renamed)
    assert content_of(ours) == before


def test_writing_a_text_as_a_list_or_with_a_language_makes_no_other_record(theirs: Path) -> None:
    change(theirs, "statements/yearbook.yaml", "  supporter: haizhou\n", "  supporter: [haizhou]\n")
    change(theirs, "pairings.yaml", "places: [linjiang, shanyuan]", "places: [shanyuan, linjiang]")
    plan = planned(MINI, theirs)
    assert (plan.changes_something, plan.differences) == (False, [])


def test_what_theirs_leaves_unsaid_is_no_difference(theirs: Path) -> None:
    change(theirs, "pairings.yaml", "aliases: [海山协作, 山海]", "aliases: [山海]")
    change(theirs, "policies.yaml", "{zh: 测试协作规划, en: Test cooperation plan}", "测试协作规划")
    change(theirs, "places/91-haizhou.yaml", "  short: [海]\n", "")
    plan = planned(MINI, theirs)
    assert (plan.changes_something, plan.differences) == (False, [])


# --- proposals


def test_things_under_other_ids_are_proposed_with_their_grade(renamed: Path) -> None:
    assert proposals(planned(MINI, renamed)) == [
        ("place/hai-zhou", "place/haizhou", "certain"),
        ("place/hai-zhou-donghu", "place/haizhou-donghu", "certain"),
        ("programme/ew", "programme/test-east-west", "certain"),
        ("policy/report-of-1996", "policy/1996-report", "certain"),
        ("organisation/the-group", "organisation/test-leading-group", "certain"),
        ("project/hs-park", "project/test-park", "likely"),
        ("event/symposium", "event/2016-meeting", "certain"),
        ("pairing/hz-sy", "pairing/hai-shan", "certain"),
        ("source/twenty-years", "source/first-report", "certain"),
    ]


Reason = tuple[str, str, str]


@pytest.mark.parametrize(
    ("file", "record", "expected"),
    [
        (
            "places/99.yaml",
            "- {id: x, name: 别的名, level: province, code: '910000'}",
            ("haizhou", "likely", "same administrative code (910000)"),
        ),
        (
            "places/99.yaml",
            "- {id: x, name: 东湖区, level: county, within: shanyuan-yunling}",
            ("haizhou-donghu", "", ""),  # a district of that name elsewhere
        ),
        (
            "places/99.yaml",
            "- {id: x, name: 东湖区, level: county}",
            ("haizhou-donghu", "likely", "same name"),
        ),
        (
            "places/99.yaml",
            "- {id: x, name: 海州, level: province}",
            ("haizhou", "likely", "an alias or former name is the same (海州)"),
        ),
        (
            "places/99.yaml",
            "- {id: x, name: 东湖区, level: county, code: '910199', within: haizhou}",
            ("haizhou-donghu", "possible", "same name, same parent"),
        ),
        (
            "organisations.yaml",
            "- {id: x, name: 测试集团, type: enterprise, within: shanyuan}",
            ("test-group", "possible", "same name"),
        ),
        (
            "organisations.yaml",
            "- {id: x, name: 另一集团, aliases: [测试集团], type: enterprise, within: haizhou}",
            ("test-group", "likely", "an alias or former name is the same (测试集团)"),
        ),
        (
            "policies.yaml",
            "- {id: x, name: 《测试协作规划》, type: plan}",
            ("2021-plan", "certain", "same name, dates agree"),
        ),
        (
            "policies.yaml",
            "- {id: x, name: 测试协作调整通知, type: notice}",
            ("2010-notice", "possible", "an alias or former name is the same (测试协作调整通知)"),
        ),
        (
            "events.yaml",
            "- {id: x, name: 测试座谈会, type: visit}",
            ("2016-meeting", "possible", "same name"),
        ),
        (
            "pairings.yaml",
            "- {id: x, name: 海河, programme: test-east-west, places: [hechuan, haizhou]}",
            ("hai-he", "certain", "same parties and programme"),
        ),
        (
            "pairings.yaml",
            "- {id: x, name: 川海, aliases: [海河], programme: test-action, places: [hechuan, haizhou]}",
            ("hai-he", "possible", "an alias or former name is the same (海河)"),  # of another programme
        ),
    ],
)
def test_a_register_entry_is_proposed_for_what_it_shares(
    ours: Path, theirs: Path, file: str, record: str, expected: Reason
) -> None:
    append(theirs, file, f"{record}\n")
    _forget(theirs, expected[0])  # else both are two things to them
    found = [(p.ours[1], p.grade, p.clues[0].en) for p in planned(ours, theirs).proposals if p.theirs[1] == "x"]
    assert found == ([expected] if expected[1] else [])


def _forget(folder: Path, identifier: str) -> None:
    """Let all that speaks of a thing speak of x instead, and take its own entry away."""
    change(folder, "statements/first-report.yaml", "about: 海河", "about: hai-he")
    with_other_ids(folder, {identifier: "x"})
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^- id: x\n(?:  .*\n)+", "", text), encoding="utf-8")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi: 10.0000/TEST.2023\ntitle: 别的题", ("case-study", "certain")),
        ("url: http://www.example.org/first-report/\ntitle: 海山协作二十年", ("first-report", "certain")),
        ("url: http://www.example.org/first-report/\ntitle: 别的题", ("first-report", "likely")),
        ("title: 测试年鉴2021\ndate: 2021", ("yearbook", "likely")),
        ("title: 测试年鉴2021", ("yearbook", "possible")),
        ("title: 测试年鉴2021\ndate: 2019", None),
        ("description: 一篇尚未读到的虚构论文", ("later-thesis", "possible")),
    ],
)
def test_a_source_is_proposed_for_doi_address_or_title_and_date(
    ours: Path, tmp_path: Path, fields: str, expected: tuple[str, str] | None
) -> None:
    other = _bare(tmp_path / "other")
    append(other, "sources/x.yaml", f"id: x\ntype: web-page\n{fields}\n{NOT_YET}")
    found = [(p.ours[1], p.grade) for p in planned(ours, other).proposals]
    assert found == ([expected] if expected else [])


HOW_READ = "publisher: 测试\nlanguage: zh\nreached_by: original\nread: "
NOT_YET, PART = f"{HOW_READ}not-yet\n", f"{HOW_READ}part\n"


def _bare(folder: Path) -> Path:
    """A dataset without anything in it."""
    append_to = folder / "dataset.yaml"
    folder.mkdir()
    (folder / "sources").mkdir()
    (folder / "statements").mkdir()
    (folder / "places").mkdir()
    append_to.write_bytes((MINI / "dataset.yaml").read_bytes())
    for name in ("programmes", "pairings", "policies", "organisations", "projects", "events"):
        (folder / f"{name}.yaml").write_text("# none\n", encoding="utf-8")
    return folder


def test_of_two_candidates_neither_is_more_than_possible(ours: Path, tmp_path: Path) -> None:
    append(ours, "places/99.yaml", "- {id: b, name: 东湖区, level: county, within: shanyuan-yunling}\n")
    other = _bare(tmp_path / "other")
    append(other, "places/99.yaml", "- {id: x, name: 东湖区, level: county}\n")
    assert proposals(planned(ours, other)) == [
        ("place/x", "place/b", "possible"),
        ("place/x", "place/haizhou-donghu", "possible"),
    ]


def test_one_of_two_candidates_is_never_accepted_unasked(ours: Path, tmp_path: Path) -> None:
    append(ours, "places/99.yaml", "- {id: b, name: 东湖区, level: county, within: shanyuan-yunling}\n")
    other = _bare(tmp_path / "other")
    append(other, "places/99.yaml", "- {id: x, name: 东湖区, level: county}\n")
    plan = planned(ours, other, Answers("possible"))
    assert [p.verdict for p in plan.proposals] == ["undecided", "undecided"]


def test_a_refused_candidate_makes_room_for_the_other(ours: Path, tmp_path: Path) -> None:
    append(ours, "places/99.yaml", "- {id: b, name: 东湖区, level: county, within: shanyuan-yunling}\n")
    other = _bare(tmp_path / "other")
    append(other, "places/99.yaml", "- {id: x, name: 东湖区, level: county}\n")
    pair = ("place/x", "place/b")
    decisions = Decisions({pair: Decision(theirs=pair[0], ours=pair[1], decision="refuse")}, {})
    assert proposals(planned(ours, other, None, decisions)) == [("place/x", "place/haizhou-donghu", "likely")]


def test_what_they_hold_apart_is_not_proposed_as_one(theirs: Path) -> None:
    append(theirs, "organisations.yaml", "- {id: x, name: 测试集团, type: enterprise, within: haizhou}\n")
    assert proposals(planned(MINI, theirs)) == []


# --- what was decided


def test_a_refused_thing_comes_in_under_its_own_id(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    append(other, "projects.yaml", "- {id: x, name: 海山测试产业园}\n")
    pair = ("project/x", "project/test-park")
    decisions = Decisions({pair: Decision(theirs=pair[0], ours=pair[1], decision="refuse")}, {})
    assert added(planned(ours, other, None, decisions)) == ["project/x"]


def test_a_decision_of_ones_own_makes_one_of_two(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    append(other, "projects.yaml", "- {id: x, name: 无人想到的名}\n")
    pair = ("project/x", "project/test-park")
    decisions = Decisions({pair: Decision(theirs=pair[0], ours=pair[1], decision="accept")}, {})
    plan = planned(ours, other, None, decisions)
    assert (added(plan), differing(plan)) == (
        [],
        [
            (
                "project/test-park",
                "name",
                '{"en": "Haizhou–Shanyuan test park", "zh": "海山测试产业园"}',
                '{"zh": "无人想到的名"}',
            )
        ],
    )


def test_one_id_for_two_things_is_asked_about_and_gets_another_id_where_refused(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    append(other, "projects.yaml", "- {id: test-park, name: 另一个园区}\n")
    append(other, "sources/x.yaml", f"id: x\ntype: web-page\ntitle: 题\n{PART}")
    append(other, "statements/x.yaml", "- {id: s001, kind: project, project: test-park}\n")
    assert proposals(planned(ours, other)) == [("project/test-park", "project/test-park", "possible")]
    plan = merge(ours, other, Answers(refuse_rest=True))
    assert added(plan) == ["project/test-park-2", "source/x", "statement/x.s001"]
    assert load_corpus(ours).statements["x.s001"].project == "test-park-2"  # type: ignore[attr-defined]


def test_an_id_of_another_kind_is_never_accepted(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    append(other, "organisations.yaml", "- {id: haizhou, name: 海州公司, type: enterprise}\n")
    plan = planned(ours, other, Answers("possible"))
    assert ([p.verdict for p in plan.proposals], added(plan)) == (["refuse"], ["organisation/haizhou-2"])


FAULTS: list[tuple[str, str]] = [
    ("- {theirs: place/hai-zhou, ours: place/nowhere, decision: accept}\n", "E801"),
    ("- {theirs: place/hai-zhou, ours: programme/test-action, decision: accept}\n", "E802"),
    ("- {theirs: statement/a.s1, ours: statement/a.s2, decision: accept}\n", "E802"),
    ("- {theirs: place/hai-zhou, ours: place/haizhou}\n- {theirs: place/hai-zhou, ours: place/haizhou}\n", "E802"),
    (
        "- {theirs: place/hai-zhou, ours: place/haizhou, decision: accept}\n"
        "- {theirs: place/hai-zhou, ours: place/hechuan, decision: accept}\n",
        "E802",
    ),
    ("- {theirs: place/hai-zhou, ours: place/haizhou, decision: perhaps}\n", "E104"),
]


@pytest.mark.parametrize(("text", "code"), FAULTS)
def test_a_wrong_decision_is_reported_with_its_line(ours: Path, renamed: Path, text: str, code: str) -> None:
    path = ours.parent / "merge.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CurationError) as raised:
        planned(ours, renamed, None, read_decisions(path))
    assert [(issue.code, issue.line) for issue in raised.value.issues] == [(code, text.count("\n"))]


def test_proposals_are_added_to_the_file_of_decisions_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "merge.yaml"
    path.write_text(
        "- theirs: place/hai-zhou  # asked 2024\n  ours: place/haizhou\n  decision: undecided\n", encoding="utf-8"
    )
    new = [
        Decision(theirs="place/hai-zhou", ours="place/haizhou", decision="accept"),
        Decision(theirs="source/a", ours="source/b", grade="likely", reason={"zh": "题", "en": "title"}),
    ]
    assert with_decisions(path, new).decode() == (
        "- theirs: place/hai-zhou  # asked 2024\n  ours: place/haizhou\n  decision: accept\n"
        "- theirs: source/a\n  ours: source/b\n  grade: likely\n  reason: {zh: 题, en: title}\n  decision: undecided\n"
    )


# --- what differs, what is completed


def test_what_both_say_differently_is_listed_and_ours_stays(ours: Path, theirs: Path) -> None:
    change(theirs, "places/91-haizhou.yaml", "lon: 120.5", "lon: 121.5")
    change(theirs, "events.yaml", "type: meeting", "type: visit")
    before = content_of(ours)
    plan = merge(ours, theirs)
    assert differing(plan) == [
        ("place/haizhou", "seat", '{"lat": "30.5", "lon": "120.5"}', '{"lat": "30.5", "lon": "121.5"}'),
        ("event/2016-meeting", "type", "meeting", "visit"),
    ]
    assert content_of(ours) == before


def test_what_ours_leaves_unsaid_is_completed(ours: Path, theirs: Path) -> None:
    change(theirs, "projects.yaml", "  field: industry", "  aliases: [海山园]\n  field: industry\n  note: 已建成")
    change(theirs, "pairings.yaml", "aliases: [海山协作, 山海]", "aliases: [山海, 闽海, 海山]")
    change(ours, "policies.yaml", "{zh: 测试协作规划, en: Test cooperation plan}", "测试协作规划")
    merge(ours, theirs)
    corpus = load_corpus(ours)
    assert corpus.registers["project"]["test-park"].aliases == ("海山园",)
    assert corpus.registers["project"]["test-park"].note == "已建成"
    assert corpus.pairings["hai-shan"].aliases == ("海山协作", "山海", "闽海")
    assert corpus.registers["policy"]["2021-plan"].name.en == "Test cooperation plan"


def test_two_things_of_theirs_may_complete_one_of_ours(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    append(other, "projects.yaml", "- {id: x, name: 海山测试产业园, aliases: [甲园], note: 甲}\n")
    append(other, "projects.yaml", "- {id: y, name: 海山测试产业园, aliases: [乙园], note: 乙}\n")
    plan = merge(ours, other)
    park = load_corpus(ours).registers["project"]["test-park"]
    assert (park.aliases, park.note, [d.field for d in plan.differences]) == (("甲园", "乙园"), "甲", ["note"])


def test_the_origin_of_a_code_is_not_taken_without_the_code(ours: Path, theirs: Path) -> None:
    change(theirs, "places/91-haizhou.yaml", 'code: "910102"', 'code: "910103"\n  code_from: 别处')
    assert [row[:2] for row in differing(merge(ours, theirs))] == [
        ("place/haizhou-donghu", "code"),
        ("place/haizhou-donghu", "code_from"),
    ]
    assert load_corpus(ours).places["haizhou-donghu"].code_from is None


# --- statements


def test_what_a_source_says_is_not_doubled(theirs: Path) -> None:
    change(theirs, "statements/reprint.yaml", "- id: s002", "- id: s009")
    assert added(planned(MINI, theirs)) == []


def test_what_they_say_twice_is_there_twice(ours: Path, theirs: Path) -> None:
    append(theirs, "statements/reprint.yaml", PARTICIPATION.format("s010") + PARTICIPATION.format("s011"))
    append(ours, "statements/reprint.yaml", PARTICIPATION.format("s020"))
    assert added(planned(ours, theirs)) == ["statement/reprint.s011"]


PARTICIPATION = "- {{id: {}, kind: participation, place: hechuan, programme: test-east-west}}\n"


def test_the_english_of_a_statement_is_completed(ours: Path, theirs: Path) -> None:
    change(ours, "statements/case-study.yaml", "{zh: 先问需求, en: Ask for needs first}", "先问需求")
    plan = merge(ours, theirs)
    assert (added(plan), differing(plan)) == ([], [])
    statement = load_corpus(ours).statements["case-study.s007"]
    assert statement.text.en == "Ask for needs first"  # type: ignore[attr-defined]


def test_a_pairing_that_we_call_otherwise_is_referred_to_by_its_id(ours: Path, theirs: Path) -> None:
    for path in (theirs / "pairings.yaml", *(theirs / "statements").iterdir()):
        text = path.read_text(encoding="utf-8").replace("about: 海河", "about: 河海").replace("zh: 海河,", "zh: 河海,")
        path.write_text(text, encoding="utf-8")
    append(theirs, "statements/reprint.yaml", PRACTICE.format(id="s010", about="河海", zh="共建园区"))
    plan = merge(ours, theirs)
    assert ("pairing/hai-he", "name", "海河", "河海") in [
        (*row[:2], *(re.findall(r'"zh": "(.*?)"', value)[0] for value in row[2:])) for row in differing(plan)
    ]
    assert load_corpus(ours).statements["reprint.s010"].about == "hai-he"  # type: ignore[attr-defined]


def test_a_remark_makes_no_other_statement(ours: Path, theirs: Path) -> None:
    change(theirs, "statements/reprint.yaml", "  locator: 成效 第3段\n", "  locator: 第3段\n  note: 转载\n")
    plan = merge(ours, theirs)
    assert (added(plan), differing(plan)) == ([], [("statement/reprint.s002", "locator", "成效 第3段", "第3段")])
    assert load_corpus(ours).statements["reprint.s002"].note == "转载"


def test_that_they_withdrew_a_statement_is_listed_and_ours_stands(ours: Path, theirs: Path) -> None:
    append(theirs, "statements/reprint.yaml", "  withdrawn: 误录\n")
    plan = merge(ours, theirs)
    assert differing(plan) == [("statement/reprint.s002", "withdrawn", "", "误录")]
    assert load_corpus(ours).statements["reprint.s002"].withdrawn is None


def test_statements_of_one_source_that_differ_both_stay(ours: Path, theirs: Path) -> None:
    change(theirs, "statements/reprint.yaml", "as_written: 3.5亿元", "as_written: 3.6亿元")
    plan = merge(ours, theirs)
    statements = load_corpus(ours).statements
    assert [(d.field, d.stays) for d in plan.differences] == [("as_written", "reprint.s003")]
    assert [statements[f"reprint.{i}"].literal for i in ("s001", "s003")] == ["3.5亿元", "3.6亿元"]  # type: ignore[attr-defined]


def test_what_points_to_a_statement_of_a_new_id_still_does(ours: Path, theirs: Path) -> None:
    change(theirs, "statements/yearbook.yaml", "  as_written: 120名", "  as_written: 121名")
    change(
        theirs,
        "judgements.yaml",
        "about: [first-report.s005, yearbook.s002]",
        "about: [first-report.s005, yearbook.s004]",
    )
    change(theirs, "judgements.yaml", "prefers: yearbook.s002", "prefers: yearbook.s004")
    plan = merge(ours, theirs)
    corpus = load_corpus(ours)
    # s004 is another figure; s005 revises it, and so is another statement too
    assert added(plan) == ["statement/yearbook.s014", "statement/yearbook.s015", "judgement/j003"]
    assert corpus.statements["yearbook.s015"].revises == "s014"  # type: ignore[attr-defined]
    assert corpus.judgements["j003"].prefers == "yearbook.s014"


def test_every_statement_keeps_its_source(ours: Path, renamed: Path) -> None:
    append(
        renamed,
        "statements/twenty-years.yaml",
        "- {id: s090, kind: participation, place: hai-zhou, programme: ew, locator: 末段}\n",
    )
    merge(ours, renamed)
    statement = load_corpus(ours).statements["first-report.s090"]
    assert (statement.source, statement.place, statement.programme) == (  # type: ignore[attr-defined]
        "first-report",
        "haizhou",
        "test-east-west",
    )


def test_a_hidden_place_of_a_source_is_matched_by_its_name(ours: Path, theirs: Path) -> None:
    with_other_ids(theirs, {"case-study": "study"})
    for path in (theirs / "statements/study.yaml", theirs / "sources/study.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("w-county", "county-w"), encoding="utf-8")
    new = "  - {id: m-district, name: N区, level: county}\n"
    append(theirs, "sources/study.yaml", new.replace("m-district", "n-district"))
    before = load_corpus(ours).statements
    plan = merge(ours, theirs)
    corpus = load_corpus(ours)
    assert added(plan) == []
    assert [place.id for place in corpus.sources["case-study"].anonymous] == ["w-county", "m-district", "n-district"]
    assert corpus.statements == before


def test_a_hidden_place_of_another_name_gets_another_id(ours: Path, theirs: Path) -> None:
    with_other_ids(theirs, {"case-study": "study"})
    change(theirs, "sources/study.yaml", "name: {zh: W县, en: W County}", "name: V县")
    merge(ours, theirs)
    corpus = load_corpus(ours)
    names = {place.id: place.name.zh for place in corpus.sources["case-study"].anonymous}
    assert names == {"w-county": "W县", "m-district": "M区", "w-county-2": "V县"}
    recipients = [corpus.statements[f"case-study.{i}"].recipient for i in ("s002", "s012")]  # type: ignore[attr-defined]
    assert recipients == [("case-study.w-county",), ("case-study.w-county-2",)]


def test_of_two_hidden_places_of_one_name_the_id_tells(ours: Path, theirs: Path) -> None:
    for folder in (ours, theirs):
        append(folder, "sources/case-study.yaml", "  - {id: w-county-2, name: W县, level: county}\n")
    assert planned(ours, theirs).changes_something is False


# --- new files, inherited registers


def test_a_new_file_comes_with_its_comments(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    append(other, "sources/x.yaml", f"# found 2024\nid: x  # a page\ntype: web-page\ntitle: '题'\n{NOT_YET}")
    merge(ours, other)
    assert (ours / "sources/x.yaml").read_bytes() == (other / "sources/x.yaml").read_bytes()


def test_a_new_file_has_the_first_line_that_ours_have(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    change(ours, "sources/yearbook.yaml", "id: yearbook", "# yaml-language-server: $schema=ours.json\nid: yearbook")
    theirs = "# yaml-language-server: $schema=theirs.json\nid: x\ntype: web-page\ntitle: 题\n"
    append(other, "sources/x.yaml", theirs + NOT_YET)
    merge(ours, other)
    assert (
        (ours / "sources/x.yaml")
        .read_text(encoding="utf-8")
        .startswith("# yaml-language-server: $schema=ours.json\nid")
    )


def test_of_what_they_inherit_only_what_they_speak_of_comes(ours: Path, tmp_path: Path) -> None:
    other = _bare(tmp_path / "other")
    change(other, "dataset.yaml", 'horizon: "2024"', 'horizon: "2024"\nextends: shipped')
    append(other, "sources/x.yaml", f"id: x\ntype: web-page\ntitle: 题\n{PART}")
    append(other, "statements/x.yaml", STATEMENT)
    plan = merge(ours, other)
    assert added(plan) == [
        "place/ningxia",
        "place/ningxia-guyuan",
        "programme/east-west",
        "source/x",
        "statement/x.s001",
    ]
    assert "ningxia-guyuan" in load_corpus(ours).places


STATEMENT = "- {id: s001, kind: participation, place: ningxia-guyuan, programme: east-west, as_of: 2018}\n"


def test_the_shipped_registers_are_not_changed_from_outside(tmp_path: Path) -> None:
    mine, other = _bare(tmp_path / "mine"), _bare(tmp_path / "other")
    change(mine, "dataset.yaml", 'horizon: "2024"', 'horizon: "2024"\nextends: shipped')
    append(other, "places/11.yaml", "- {id: beijing, name: 北京市, level: province, note: 首都}\n")
    plan = planned(mine, other)
    assert (plan.changes_something, differing(plan)) == (False, [("place/beijing", "note", "", "首都")])


# --- stories


def test_a_story_is_taken_over_whole_or_not_at_all(ours: Path, renamed: Path) -> None:
    append(renamed, "stories/new.md", "cites: yearbook.s001\n")
    append(renamed, "stories/old.md", "cites: twenty-years.s001\n")
    append(renamed, "stories/both.md", "theirs\n")
    append(ours, "stories/both.md", "ours\n")
    from cooperation_kg.merging.stories import compare_stories

    ids = planned_ids(ours, renamed)
    found = {story.file: story.verdict for story in compare_stories(ours, renamed, ids)}
    assert found == {"stories/both.md": "differs", "stories/new.md": "add", "stories/old.md": "renamed"}


def planned_ids(_ours: Path, _theirs: Path) -> dict[tuple[str, str], str]:
    return {("source", "twenty-years"): "first-report", ("source", "yearbook"): "yearbook"}


# --- twice, and the other way round


def _two_curators(ours: Path, renamed: Path) -> tuple[Path, Path]:
    """Each with facts that the other lacks."""
    change(ours, "projects.yaml", "  field: industry", "  note: 已建成\n  field: industry")
    append(ours, "statements/first-report.yaml", f"{PRACTICE.format(id='s016', about='test-east-west', zh='互派干部')}")
    append(ours, "organisations.yaml", "- {id: our-office, name: 我方办公室, type: government, within: haizhou}\n")
    change(renamed, "places/91-haizhou.yaml", "aliases: [海州]", "aliases: [海州, 滨海]")
    append(renamed, "statements/twenty-years.yaml", PRACTICE.format(id="s016", about="ew", zh="共建园区"))
    append(renamed, "sources/x.yaml", f"id: x\ntype: web-page\ntitle: 题\naccording_to: the-group\n{PART}")
    append(renamed, "statements/x.yaml", "- {id: s001, kind: participation, place: hai-zhou-donghu, programme: ew}\n")
    append(renamed, "judgements.yaml", JUDGEMENT)
    return ours, renamed


PRACTICE = "- {{id: {id}, kind: practice, about: {about}, field: labour, text: {zh}, locator: 末段}}\n"
JUDGEMENT = """\
- id: j003
  kind: different-scope
  about: [twenty-years.s016, x.s001]
  by: 测试
  date: 2024-06-03
  reason: {zh: 两回事, en: Two things}
"""


def test_merging_twice_is_merging_once(ours: Path, renamed: Path) -> None:
    _two_curators(ours, renamed)
    merge(ours, renamed)
    once = content_of(ours)
    merge(ours, renamed)
    assert content_of(ours) == once


def test_merging_either_way_gives_the_same_facts(ours: Path, renamed: Path, tmp_path: Path) -> None:
    _two_curators(ours, renamed)
    a, b = copy_of(tmp_path / "a", ours), copy_of(tmp_path / "b", renamed)
    into_a, into_b = merge(a, renamed), merge(b, ours)
    # what b calls a thing → what a calls it: ours as it was, and what only they had as it came to be called
    names = {(kind, new): old for (kind, old), new in into_b.ids.items()}
    names |= {key: new for key, new in into_a.ids.items() if key not in names}
    lines = facts(b, lambda text: _called(text, names))
    assert len(lines) > 1000
    assert lines == facts(a, str)


def facts(folder: Path, called: Callable[[str], str]) -> set[str]:
    """Every triple of a dataset as a line, but for the numbers of our own that give the order."""
    quads = (str(quad) for quad in build_graph(load_corpus(folder)).quads)
    return {called(line) for line in quads if "def#order" not in line}


def _called(line: str, names: dict[tuple[str, str], str]) -> str:
    ids = {old: new for (_, old), new in names.items() if old != new}
    word = re.compile(r"(?<=[/.~+])(" + "|".join(map(re.escape, sorted(ids, key=len, reverse=True))) + r")(?=[>.~/#+])")
    return word.sub(lambda found: ids[found[1]], line)
