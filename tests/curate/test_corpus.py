"""Every fault has a code, one fixture that shows it and nothing else, and a mended twin that shows nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cooperation_kg.curate import yaml_io
from cooperation_kg.curate.codes import CODES
from cooperation_kg.curate.corpus import load_corpus, read_corpus
from cooperation_kg.curate.fields import Bilingual, Concept, marked_values
from cooperation_kg.curate.registers import NamedPairing
from cooperation_kg.curate.rules import RULES, check
from cooperation_kg.curate.statements import ParticipationStatement, PracticeStatement, Scope
from cooperation_kg.curate.yaml_faults import MESSAGES
from cooperation_kg.errors import InvalidCorpus, Issue

DATA = Path(__file__).parent.parent / "data"
MINI, INVALID = DATA / "mini", DATA / "invalid"
FIXTURES = sorted(path.name for path in INVALID.iterdir() if path.is_dir())
FAULTY = [name for name in FIXTURES if not name.endswith("-mended")]
MENDED = [name for name in FIXTURES if name.endswith("-mended")]

# raised with texts at hand (test_audit.py), by a workbook (cli/test_sheet.py) or by ckg fmt (cli/test_fmt.py)
AUDIT = {code for code in CODES if code[1] in "678"}  # of the audit, of sheets and of merging: told elsewhere
NOT_IN_FILES = {"E110"}  # an empty text in a file is E015 before a record sees it
ACCOMPANIED = {"E018": {"E007"}}  # the faults that are too many to list


def lay_over(name: str, folder: Path) -> Path:
    """Copy the tiny world and lay a fixture over it; ``_overlay`` says what copying alone cannot."""
    shutil.copytree(MINI, folder)
    overlay = INVALID / name
    orders = overlay / "_overlay"
    for line in orders.read_text(encoding="utf-8").splitlines() if orders.exists() else ():
        verb, file, *number = line.split()
        if verb == "remove":
            (folder / file).unlink()
    shutil.copytree(overlay, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("_overlay"))
    for line in orders.read_text(encoding="utf-8").splitlines() if orders.exists() else ():
        verb, file, *number = line.split()
        if verb == "pad":
            with (folder / file).open("a", encoding="utf-8") as opened:
                opened.write("#" * int(number[0]))
        if verb == "repeat":
            with (folder / file).open("a", encoding="utf-8") as opened:
                opened.write("- 值\n" * int(number[0]))
    return folder


def faults_of(folder: Path) -> list[Issue]:
    corpus, issues = read_corpus(folder)
    return issues + (check(corpus) if corpus is not None else [])


@cache
def faults_of_fixture(name: str) -> list[Issue]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # the real limit would need a file of two million values
        patch.setattr(yaml_io, "MAX_VALUES", 3000)
        return faults_of(lay_over(name, Path(folder) / "data"))


def test_the_tiny_world_is_clean() -> None:
    assert faults_of(MINI) == []


@pytest.mark.parametrize("name", FAULTY)
def test_a_fixture_shows_its_code_and_no_other(name: str) -> None:
    code = name.split("-")[0]
    codes = {issue.code for issue in faults_of_fixture(name)}
    assert codes == {code} | ACCOMPANIED.get(code, set())


@pytest.mark.parametrize("name", MENDED)
def test_a_mended_twin_shows_nothing(name: str) -> None:
    assert faults_of_fixture(name) == []


def test_every_code_has_one_fixture_and_its_twin() -> None:
    shown = [name.split("-")[0] for name in FAULTY]
    assert sorted(shown) == sorted(set(CODES) - AUDIT - NOT_IN_FILES)
    assert [f"{name}-mended" for name in FAULTY] == MENDED


def test_every_rule_raises_only_codes_of_the_table() -> None:
    assert {code for rule in RULES for code in rule.codes} <= set(CODES)


def test_every_code_of_the_yaml_reader_is_in_the_table() -> None:
    assert {code for code in CODES if code.startswith("E0")} == set(MESSAGES)


@pytest.mark.parametrize(
    ("name", "file", "line", "column"),
    [
        ("E101-unknown-field", "statements/extra.yaml", 4, 3),
        ("E105-date-with-month-13", "statements/extra.yaml", 6, 10),
        ("E106-vague-quantity", "statements/extra.yaml", 5, 15),
        ("E107-value-disagrees", "statements/extra.yaml", 9, 10),
        ("E201-misspelt-place", "statements/extra.yaml", 4, 14),
        ("E203-misspelt-measure", "statements/extra.yaml", 4, 12),
        ("E204-id-twice", "statements/extra.yaml", 8, 7),
        ("E302-statements-without-source", "statements/extra.yaml", 0, 0),
        ("E304-paired-with-itself", "statements/extra.yaml", 5, 14),
        ("E305-county-code-elsewhere", "places/91-haizhou.yaml", 11, 9),
        ("E306-money-in-persons", "statements/extra.yaml", 5, 15),
        ("W404-later-than-its-source", "statements/extra.yaml", 6, 10),
        ("W406-short-form-of-two-places", "places/95-far.yaml", 5, 11),
    ],
)
def test_a_fault_is_shown_at_its_value(name: str, file: str, line: int, column: int) -> None:
    (issue,) = faults_of_fixture(name)
    assert (issue.file, issue.line, issue.column) == (file, line, column)


@pytest.mark.parametrize("name", FAULTY)
def test_messages_are_in_both_languages(name: str) -> None:
    for issue in faults_of_fixture(name):
        assert not any("\u4e00" <= c <= "\u9fff" for c in issue.message_en.partition('"')[0])
        assert any("\u4e00" <= c <= "\u9fff" for c in issue.message_zh)


def test_a_misspelt_place_is_offered_the_right_one() -> None:
    (issue,) = faults_of_fixture("E201-misspelt-place")
    place = "statements/extra.yaml:4:14 E201 "
    assert issue.text("en") == place + 'no place or organisation "haizou"; did you mean "haizhou"?'
    assert issue.text("zh") == place + "没有地区或机构“haizou”；是否想写“haizhou”？"


def test_a_misspelt_field_is_offered_the_right_one() -> None:
    (issue,) = faults_of_fixture("E101-unknown-field")
    assert issue.message_en == 'unknown field "suporter"; did you mean "supporter"?'
    assert issue.message_zh == "未知字段“suporter”；是否想写“supporter”？"


def test_all_faults_come_in_one_run_in_order_of_place(tmp_path: Path) -> None:
    folder = lay_over("E306-money-in-persons", tmp_path / "data")
    shutil.copytree(INVALID / "E305-county-code-elsewhere", folder, dirs_exist_ok=True)
    shutil.copytree(INVALID / "E112-code-of-five-digits", folder, dirs_exist_ok=True)
    with pytest.raises(InvalidCorpus) as caught:
        load_corpus(folder)
    assert [issue.code for issue in caught.value.issues] == ["E305", "E112", "E306"]


def test_warnings_do_not_stop_a_corpus_from_loading(tmp_path: Path) -> None:
    folder = lay_over("W404-later-than-its-source", tmp_path / "data")
    assert "extra.s001" in load_corpus(folder).statements


def test_a_place_left_out_for_a_fault_is_not_reported_again_where_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(MINI, folder)
    file = folder / "places" / "94-linjiang.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"940000"', '"94"'), encoding="utf-8")
    assert [issue.code for issue in faults_of(folder)] == ["E112"]


def test_a_missing_id_is_named_in_the_message(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(MINI, folder)
    (folder / "places" / "95-far.yaml").write_text("- {name: 远方省, level: province}\n", encoding="utf-8")
    assert [issue.text() for issue in faults_of(folder)] == ["places/95-far.yaml:1:3 E102 missing field id"]


def test_an_unknown_field_inside_a_scope_is_offered_the_right_one(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(MINI, folder)
    file = folder / "statements" / "first-report.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("supporter: [haizhou", "suporter: [haizhou", 1), encoding="utf-8")
    assert [issue.message_en for issue in faults_of(folder)] == ['unknown field "suporter"; did you mean "supporter"?']


def test_a_line_is_still_told_when_the_file_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(MINI, folder)
    corpus, _ = read_corpus(folder)
    assert corpus is not None
    key = next(iter(corpus.statements))
    before = corpus.locate("statement", key)
    again, _ = read_corpus(folder)
    assert again is not None
    shutil.rmtree(folder)
    assert again.locate("statement", key) == before
    assert before[1] > 0


def test_of_two_pairings_of_one_name_the_first_is_meant() -> None:
    corpus, _ = read_corpus(MINI)
    assert corpus is not None
    one = NamedPairing(id="z-first", name="同名", programme="p", places=("a", "b"))
    other = NamedPairing(id="a-second", name="同名", programme="p", places=("a", "c"))
    both = replace(corpus, registers={**corpus.registers, "pairing": {one.id: one, other.id: other}})
    assert both.find(("pairing",), "同名") == ("pairing", "z-first")


def test_records_that_give_the_same_fields_share_what_they_give() -> None:
    one, other = Bilingual(zh="甲"), Bilingual(zh="乙")
    assert one.model_fields_set == {"zh"}
    assert one.model_fields_set is other.model_fields_set
    assert other.model_copy(update={"en": "B"}).model_fields_set == {"zh", "en"}
    assert one.model_fields_set == {"zh"}


def test_a_statement_holds_what_it_gives_and_finds_the_rest_at_its_kind() -> None:
    said = {"source": "s", "id": "a", "kind": "participation", "locator": "1", "place": "p", "programme": "q"}
    one = ParticipationStatement.model_validate(said)
    assert set(vars(one)) == set(said)
    assert (one.directness, one.note, one.since) == ("stated", None, None)
    assert [text for _, mark, text in marked_values(one, Concept)] == ["stated"]
    assert (
        one == ParticipationStatement.model_validate(said) != ParticipationStatement.model_validate({**said, "id": "b"})
    )
    assert one.model_copy(update={"note": "注"}).note == "注"
    assert one.note is None


def test_what_speaks_of_the_same_scope_shares_it() -> None:
    said = {"source": "s", "id": "a", "kind": "practice", "field": "f", "text": "t"}
    about = {"programme": "q", "supporter": "a", "recipient": "b"}
    one, other = (PracticeStatement.model_validate({**said, "about": dict(about)}) for _ in range(2))
    assert one.about is other.about
    assert one.about == Scope(**about)


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ("{programme: ew, supporter: [east, 'X  Y'], recipient: west}", "E111"),
        ("{programme: ew, suporter: east}", "E101"),
        ("{supporter: east}", "E102"),
        ("{programme: {a: b}}", "E103"),
        ("{programme: Ew}", "E108"),
    ],
)
def test_a_fault_in_a_scope_is_told_each_time(tmp_path: Path, about: str, line: str) -> None:
    (tmp_path / "statements").mkdir()
    shutil.copy(MINI / "dataset.yaml", tmp_path)
    practice = "kind: practice, field: f, text: t"
    text = "".join(f"- {{id: {name}, {practice}, about: {about}}}\n" for name in ("a", "b"))
    (tmp_path / "statements" / "s.yaml").write_text(text, encoding="utf-8")
    _, issues = read_corpus(tmp_path)
    assert [(issue.code, issue.line) for issue in issues] == [(line, 1), (line, 2)]
    assert len({issue.column for issue in issues}) == 1
