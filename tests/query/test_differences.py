"""What changed between two states: each kind of change made by hand in the tiny world, and only it is found."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from git_world import MINI, commit, edit, new_repository

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.errors import BadParameter, HistoryError, InvalidCorpus
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.differences import (
    GROUPS,
    STATEMENT_CLASSES,
    Change,
    Changed,
    Differences,
    Snapshot,
    differences,
    read_side,
    snapshot_of,
)
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.render.documents import as_markdown
from cooperation_kg.render.exports import export

REPORT = "statements/first-report.yaml"
YEARBOOK = "statements/yearbook.yaml"
LABOUR = "  as_written: 26万人次\n"
EAST_WEST = "pairing/test-east-west.haizhou.shanyuan"


@pytest.fixture(scope="module")
def before() -> Snapshot:
    return read_side(str(MINI))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the tiny world to change."""
    return Path(shutil.copytree(MINI, tmp_path / "data"))


def found_in(before: Snapshot, data: Path) -> Differences:
    return differences(before, read_side(str(data)))


def statement_ids(found: Differences) -> dict[str, list[str]]:
    """Return the ids by class, without the classes that are empty."""
    by_class = {name: [c.id.partition("/")[2] for c in found.statements(name)] for name in STATEMENT_CLASSES}
    return {name: ids for name, ids in by_class.items() if ids}


def changes_of(listed: tuple[Changed, ...], identifier: str) -> Mapping[str, Change]:
    changed = next(changed for changed in listed if changed.id == identifier)
    return {change.property: change for change in changed.changes}


def add(data: Path, file: str, text: str) -> None:
    path = data / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


# no change, and what is no change


def test_a_state_does_not_differ_from_itself(before: Snapshot) -> None:
    found = differences(before, before)
    assert found.is_empty
    assert found.document("en").lead == ("Both say the same.",)


def test_another_order_and_another_spelling_of_the_yaml_are_no_change(before: Snapshot, data: Path) -> None:
    path = data / REPORT
    items = path.read_text(encoding="utf-8").split("- id: ")[1:]
    path.write_text("# turned round\n" + "".join(f"- id: {item}" for item in reversed(items)), encoding="utf-8")
    assert found_in(before, data).is_empty


def test_renaming_a_place_changes_its_entry_and_no_statement(before: Snapshot, data: Path) -> None:
    edit(data, "places/94-linjiang.yaml", "zh: 临江省", "zh: 临海省")
    found = found_in(before, data)
    assert statement_ids(found) == {}
    names = changes_of(found.found["register"]["changed"], "place/linjiang")["name"]
    assert (set(names.old) - set(names.new), set(names.new) - set(names.old)) == ({"临江省"}, {"临海省"})


def test_a_dataset_of_another_base_is_compared_by_id(before: Snapshot, data: Path) -> None:
    edit(data, "dataset.yaml", "https://w3id.org/cooperation-kg/", "https://example.org/own/")
    found = found_in(before, data)
    assert found.is_empty
    assert "compared by id" in found.document("en").lead[-1]


# one class after the other


def test_a_new_id_is_added(before: Snapshot, data: Path) -> None:
    add(data, YEARBOOK, "- {id: s099, kind: participation, place: haizhou, programme: test-action, locator: 附表}\n")
    assert statement_ids(found_in(before, data)) == {"added": ["yearbook.s099"]}


def test_an_id_that_is_gone_is_removed_with_a_warning(before: Snapshot, data: Path) -> None:
    path = data / YEARBOOK
    path.write_text(path.read_text(encoding="utf-8").partition("- id: s013")[0], encoding="utf-8")
    found = found_in(before, data)
    assert statement_ids(found) == {"removed": ["yearbook.s013"]}
    assert "ids are cited and must be kept" in found.document("en").lead[1]
    assert "编号会被引用" in found.document("zh").lead[1]


def test_a_statement_under_a_new_id_is_said_to_stand_there(before: Snapshot, data: Path) -> None:
    edit(data, YEARBOOK, "- id: s013\n", "- id: s113\n")
    removed = found_in(before, data).statements("removed")
    assert [(c.id, c.now) for c in removed] == [("statement/yearbook.s013", "statement/yearbook.s113")]


def test_statements_of_a_renamed_source_are_said_to_stand_under_its_new_name(before: Snapshot, data: Path) -> None:
    edit(data, "sources/case-study.yaml", "id: case-study\n", "id: case-study-2024\n")
    for folder in ("sources", "statements"):
        (data / folder / "case-study.yaml").rename(data / folder / "case-study-2024.yaml")
    statements = data / "statements" / "case-study-2024.yaml"
    text = statements.read_text(encoding="utf-8").replace("case-study.", "case-study-2024.")
    statements.write_text(text, encoding="utf-8")
    removed = {c.id: c.now for c in found_in(before, data).statements("removed")}
    assert removed["statement/case-study.s001"] == "statement/case-study-2024.s001"


def test_a_withdrawn_statement_comes_with_its_reason_and_with_what_it_said(before: Snapshot, data: Path) -> None:
    edit(data, REPORT, LABOUR, f"{LABOUR}  withdrawn: 重读后不见此数\n")
    found = found_in(before, data)
    assert statement_ids(found) == {"withdrawn": ["first-report.s007"]}
    assert found.statements("withdrawn")[0].changes == (Change("withdrawn", (), ("重读后不见此数",)),)
    assert "26万人次" in found.evidence("first-report.s007", "en").says


def test_a_withdrawn_statement_that_stands_again_is_reinstated(before: Snapshot, data: Path) -> None:
    edit(data, REPORT, LABOUR, f"{LABOUR}  withdrawn: 重读后不见此数\n")
    found = differences(read_side(str(data)), before)
    assert statement_ids(found) == {"reinstated": ["first-report.s007"]}


def test_another_literal_is_a_correction_of_literal_and_value(before: Snapshot, data: Path) -> None:
    edit(data, REPORT, LABOUR, "  as_written: 27万人次\n")
    found = found_in(before, data)
    assert statement_ids(found) == {"corrected": ["first-report.s007"]}
    changes = changes_of(found.statements("corrected"), "statement/first-report.s007")
    assert changes == {
        "asWritten": Change("asWritten", ("26万人次",), ("27万人次",)),
        "value": Change("value", ("260000",), ("270000",)),
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "property_"),
    [
        (REPORT, "  during: 1996/2017\n", "  during: 1996/2018\n", "first-report.s007", "during"),
        (REPORT, "  at: 2017\n", "  at: 2017\n  stage: planned\n", "first-report.s015", "stage"),
        (REPORT, "  from: 2010\n", "  from: 2011\n", "first-report.s002", "from"),
        (REPORT, "  basis: 2010-notice\n", "  basis: 1996-report\n", "first-report.s002", "statedBasis"),
        (YEARBOOK, "  revises: s004\n", "", "yearbook.s005", "revises"),
        (REPORT, "  said_by: 测试者甲\n", "", "first-report.s008", "saidBy"),
        (REPORT, "zh: 共建园区,", "zh: 共建产业园区,", "first-report.s012", "dcterms:description@zh"),
    ],
)
def test_what_a_statement_says_is_corrected(
    before: Snapshot, data: Path, file: str, old: str, new: str, key: str, property_: str
) -> None:
    edit(data, file, old, new)
    found = found_in(before, data)
    assert statement_ids(found) == {"corrected": [key]}
    assert property_ in changes_of(found.statements("corrected"), f"statement/{key}")


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "property_"),
    [
        (YEARBOOK, "  locator: 勘误\n", "  locator: 勘误 第2行\n", "yearbook.s005", "locator"),
        (REPORT, LABOUR, f"{LABOUR}  note: 与前文相符\n", "first-report.s007", "skos:note"),
        (REPORT, LABOUR, f"{LABOUR}  read: excerpt\n", "first-report.s007", "readExtent"),
        (REPORT, LABOUR, f"{LABOUR}  reached_by: abstract\n", "first-report.s007", "reachedBy"),
        (REPORT, LABOUR, f"{LABOUR}  according_to: test-leading-group\n", "first-report.s007", "accordingTo"),
    ],
)
def test_how_a_statement_was_read_is_a_reconfirmation(
    before: Snapshot, data: Path, file: str, old: str, new: str, key: str, property_: str
) -> None:
    edit(data, file, old, new)
    found = found_in(before, data)
    assert statement_ids(found) == {"reconfirmed": [key]}
    assert property_ in changes_of(found.statements("reconfirmed"), f"statement/{key}")


@pytest.mark.parametrize(
    ("old", "new", "class_"),
    [
        ("2016/2020", "2016/2022", "reconfirmed"),
        ("2016/2020", "2015/2021", "reconfirmed"),
        ("2016/2020", "2017/2022", "corrected"),
        ("2016/2020", "2016/2019", "corrected"),
        ("2016/2020", '"[2016..2020]"', "corrected"),
    ],
)
def test_a_sighting_is_confirmed_where_the_new_span_takes_in_the_old(
    before: Snapshot, data: Path, old: str, new: str, class_: str
) -> None:
    edit(data, YEARBOOK, f"  as_of: {old}\n", f"  as_of: {new}\n")
    assert statement_ids(found_in(before, data)) == {class_: ["yearbook.s001"]}


@pytest.mark.parametrize(
    ("new", "class_"), [("2018/2020", "reconfirmed"), ("2018-04", "corrected"), ("2020", "corrected")]
)
def test_a_year_of_sighting_grows_to_a_span_and_does_not_shrink_or_move(
    before: Snapshot, data: Path, new: str, class_: str
) -> None:
    edit(data, "statements/reprint.yaml", "  as_of: 2018\n", f"  as_of: {new}\n")
    assert statement_ids(found_in(before, data)) == {class_: ["reprint.s002"]}


def test_a_first_sighting_confirms_and_a_lost_one_corrects(before: Snapshot, data: Path) -> None:
    edit(data, YEARBOOK, "  due: 2035\n", "  due: 2035\n  as_of: 2023\n")
    after = read_side(str(data))
    assert statement_ids(differences(before, after)) == {"reconfirmed": ["yearbook.s009"]}
    assert statement_ids(differences(after, before)) == {"corrected": ["yearbook.s009"]}


def test_a_coarser_month_of_sighting_says_less_and_is_a_correction(before: Snapshot, data: Path) -> None:
    edit(data, YEARBOOK, "  supporter: haizhou-donghu\n  recipient: shanyuan-heishui\n  as_of: 2016-12\n",
         "  supporter: haizhou-donghu\n  recipient: shanyuan-heishui\n  as_of: 2016\n")  # fmt: skip
    assert statement_ids(found_in(before, data)) == {"corrected": ["yearbook.s007"]}


def test_a_change_of_both_kinds_is_a_correction_and_shows_both(before: Snapshot, data: Path) -> None:
    edit(data, REPORT, LABOUR, "  as_written: 27万人次\n  note: 再读\n")
    found = found_in(before, data)
    assert statement_ids(found) == {"corrected": ["first-report.s007"]}
    changes = changes_of(found.statements("corrected"), "statement/first-report.s007")
    assert set(changes) == {"asWritten", "value", "skos:note"}


# sources, judgements, and what follows


def test_a_source_read_in_full_is_changed_and_its_statements_are_confirmed(before: Snapshot, data: Path) -> None:
    edit(data, "sources/yearbook.yaml", "read: excerpt", "read: whole")
    found = found_in(before, data)
    change = changes_of(found.found["source"]["changed"], "source/yearbook")["readExtent"]
    assert (change.old, change.new) == (("concept/read-extent/excerpt",), ("concept/read-extent/whole",))
    assert statement_ids(found) == {"reconfirmed": [f"yearbook.s{n:03}" for n in range(1, 14)]}


def test_a_judgement_that_changes_its_mind_is_shown(before: Snapshot, data: Path) -> None:
    edit(data, "judgements.yaml", "prefers: yearbook.s002", "prefers: first-report.s005")
    change = changes_of(found_in(before, data).found["judgement"]["changed"], "judgement/j001")["prefers"]
    assert (change.old, change.new) == (("statement/yearbook.s002",), ("statement/first-report.s005",))


def test_a_disagreement_that_a_correction_closes_is_closed(before: Snapshot, data: Path) -> None:
    edit(data, YEARBOOK, "as_written: 3.2亿元", "as_written: 3.5亿元")
    found = found_in(before, data)
    assert len(found.found["disagreement"]["removed"]) == 1
    assert len(differences(read_side(str(data)), before).found["disagreement"]["added"]) == 1


def test_the_years_in_force_that_follow_are_shown_as_spans(before: Snapshot, data: Path) -> None:
    # one start in 1996 and nothing seen until the second basis of 2010: 1996 alone is certain, then 2010 and after
    edit(data, REPORT, "  from: 1996\n  basis: 1996-report\n", "  from: 1998\n  basis: 1996-report\n")
    found = found_in(before, data)
    years = changes_of(found.found["pairing"]["changed"], EAST_WEST)["inForceIn"]
    assert (set(years.old) - set(years.new), set(years.new) - set(years.old)) == ({"1996"}, {"1998"})
    line = next(line for s in found.document("en").sections for line in s.lines if line.startswith("↳ in force in"))
    assert line.startswith("↳ in force in: 1996, 2010–")
    assert "→ 1998, 2010–" in line


def test_a_pairing_that_nobody_states_any_more_is_gone(before: Snapshot, data: Path) -> None:
    edit(data, YEARBOOK, "- id: s007\n", "- id: s007\n  withdrawn: 附表误读\n")
    gone = found_in(before, data).found["pairing"]["removed"]
    assert [changed.id for changed in gone] == ["pairing/test-east-west.haizhou-donghu.shanyuan-heishui"]


def test_stating_a_direction_neither_makes_a_new_pairing_nor_corrects_what_spoke_of_it(
    before: Snapshot, data: Path
) -> None:
    add(
        data,
        REPORT,
        "- {id: s098, kind: figure, about: 临山, measure: paired-schools, as_written: 3所, at: 2022, nature: stock,"
        " locator: 成效}\n",
    )
    undirected = read_side(str(data))
    add(
        data,
        REPORT,
        "- {id: s099, kind: pairing, programme: test-cooperation, supporter: shanyuan, recipient: linjiang,"
        " as_of: 2022, locator: 成效}\n",
    )
    found = differences(undirected, read_side(str(data)))
    assert statement_ids(found) == {"added": ["first-report.s099"]}
    assert (found.found["pairing"]["removed"], found.found["pairing"]["added"]) == ((), ())
    changes = changes_of(found.found["pairing"]["changed"], "pairing/test-cooperation.shanyuan.linjiang")
    assert changes["supporter"] == Change("supporter", (), ("place/shanyuan",))


# which state is meant


def test_a_build_equals_the_folder_it_was_made_of(before: Snapshot, mini: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "graph.trig").write_bytes(export(mini, "trig"))
    (tmp_path / "other.nq").write_bytes(export(mini, "nquads"))
    for side in (tmp_path, tmp_path / "graph.trig", tmp_path / "other.nq"):
        assert differences(before, read_side(str(side))).is_empty


def test_two_builds_of_the_same_facts_say_the_same(mini: KnowledgeGraph, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        again = mini if name == "one" else build_graph(load_corpus(MINI))
        (tmp_path / name / "graph.trig").write_bytes(export(again, "trig"))
    found = differences(read_side(str(tmp_path / "one")), read_side(str(tmp_path / "two")))
    assert found.is_empty
    assert (found.document("en").lead, found.document("en").sections) == (("Both say the same.",), ())


def test_a_build_as_of_a_time_is_not_compared_with_a_whole_one(
    before: Snapshot, mini: KnowledgeGraph, tmp_path: Path
) -> None:
    for year in ("2016", "2018"):
        (tmp_path / f"{year}.trig").write_bytes(export(mini, "trig", as_of=parse_as_of(year)))
    in_2016, in_2018 = (read_side(str(tmp_path / f"{year}.trig")) for year in ("2016", "2018"))
    for other in (before, in_2018):
        with pytest.raises(BadParameter, match=r"not of the same time.*2016"):
            differences(in_2016, other)
    assert differences(in_2016, in_2016).is_empty


def test_a_revision_is_compared_with_the_folder_as_it_now_stands(tmp_path: Path) -> None:
    data = new_repository(tmp_path) / "data"
    first = commit(tmp_path, "2024-05-01T12:00:00+00:00")
    edit(data, REPORT, LABOUR, "  as_written: 27万人次\n")
    then = read_side("2024-05-01", data)
    assert (then.revision, then.name) == (first, f"2024-05-01 = {first[:7]} (2024-05-01)")
    assert read_side(first[:9], data).name == f"{first[:7]} (2024-05-01)"
    assert statement_ids(differences(then, read_side(str(tmp_path)))) == {"corrected": ["first-report.s007"]}


def test_what_is_neither_path_nor_revision_is_refused(tmp_path: Path) -> None:
    data = new_repository(tmp_path) / "data"
    commit(tmp_path, "2024-05-01T12:00:00+00:00")
    with pytest.raises(HistoryError, match='no revision "no-such-thing"'):
        read_side("no-such-thing", data)
    with pytest.raises(BadParameter, match="neither a data folder"):
        read_side(str(data / "sources"), data)
    with pytest.raises(BadParameter, match="a state has no name"):
        read_side("", data)


@pytest.mark.parametrize("content", [b"<a> <b> .", b"\xff\xfe\x00", b"<urn:a> <urn:b> <urn:c> .", b""])
def test_a_file_that_is_no_graph_of_ours_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "graph.trig").write_bytes(content)
    with pytest.raises(BadParameter, match=r"cannot be read as \.trig|no graph/registers"):
        read_side(str(tmp_path))


def test_faults_of_a_folder_are_named_from_where_one_stands(data: Path) -> None:
    edit(data, REPORT, LABOUR, "  as_written: 许多\n")
    with pytest.raises(InvalidCorpus) as error:
        read_side(str(data))
    assert error.value.issues[0].file == (data / REPORT).as_posix()


# how it is read


def test_the_review_names_statement_property_old_and_new_value_and_citation(before: Snapshot, data: Path) -> None:
    edit(data, YEARBOOK, "  about: 海山\n  measure: fiscal-aid\n  as_written: 2亿元\n",
         "  about: 海河\n  measure: fiscal-aid\n  as_written: 2.1亿元\n")  # fmt: skip
    text = as_markdown(found_in(before, data).document("zh"))
    assert "## 订正的陈述（所说有变） (1)" in text
    assert "- yearbook.s003  海河：财政援助资金 2.1亿元（2018年）" in text
    assert "- ↳ 关于：海山 → 海河" in text
    assert "- ↳ 原文写法：2亿元 → 2.1亿元" in text
    assert "- ↳ 《测试年鉴2021》，测试，2021-12，综述 \\[yearbook.s003\\]" in text


def test_the_json_has_ids_counts_and_values(before: Snapshot, data: Path) -> None:
    edit(data, REPORT, LABOUR, "  as_written: 27万人次\n")
    answer = found_in(before, data).as_json()
    assert answer["counts"]["statement"] == {**dict.fromkeys(STATEMENT_CLASSES, 0), "corrected": 1}
    assert {f"{group}s" for group in GROUPS} <= set(answer)
    corrected = answer["statements"]["corrected"][0]
    assert corrected["id"] == "first-report.s007"
    assert corrected["changes"][0] == {"property": "asWritten", "old": ["26万人次"], "new": ["27万人次"]}


# on the shipped data


def test_evidence_read_from_the_graph_is_what_evidence_of_says(real: KnowledgeGraph) -> None:
    state = snapshot_of(real.quads, "shipped")
    found = differences(state, state)
    standing = [key for key, statement in real.corpus.statements.items() if statement.withdrawn is None][::8]
    assert len(standing) > 500
    for lang in ("zh", "en"):
        assert [found.evidence(key, lang) for key in standing] == list(evidence_of(real, standing, lang))
