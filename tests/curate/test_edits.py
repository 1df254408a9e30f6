"""The smallest edit: what is asked for changes, and not one byte more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cooperation_kg.curate.edits import add_record, decode_file, edit_text, encode_file, next_id, record_type_of
from cooperation_kg.curate.edits.house import field_order, in_house_order
from cooperation_kg.curate.edits.source_tree import read_source
from cooperation_kg.curate.edits.spelling import spell_fields, spell_flow, spell_text
from cooperation_kg.curate.edits.splice import verify
from cooperation_kg.curate.registers import Place, Source
from cooperation_kg.curate.statements import FigureStatement, PolicyEffectStatement
from cooperation_kg.curate.yaml_io import parse_yaml
from cooperation_kg.errors import UnreadableFile, UnsafeEdit

MINI = Path(__file__).parent.parent / "data" / "mini"
STATEMENTS = "statements/a.yaml"
TEXT = """\
# yaml-language-server: $schema=x
- id: s001   # the first
  kind: figure
  about: 'jing-meng'
  measure: "fiscal-aid"  # kept
  as_written:   3.5亿元
  scope_note: {zh: 甲,   en: "A, B"}  # both
# a heading
- id: s002
  kind: pairing
  supporter: [a,b]
  parties:
    - c  # one
    - d
  text: >
    folded
    text
"""


def edited(**changes: object) -> str:
    """Edit the fields of the first record, or of the second with ``second_``; None takes a field away."""
    data = parse_yaml(TEXT, "x").data
    for name, value in changes.items():
        record = data[1] if name.startswith("second_") else data[0]
        field = name.removeprefix("second_")
        if value is None:
            del record[field]
        else:
            record[field] = value
    return edit_text(TEXT, data, STATEMENTS)


@pytest.mark.parametrize(
    ("change", "line", "becomes"),
    [
        ({"as_written": "3.6亿元"}, "  as_written:   3.5亿元", "  as_written:   3.6亿元"),
        ({"about": "jing-ji"}, "  about: 'jing-meng'", "  about: 'jing-ji'"),
        ({"measure": "grain"}, '  measure: "fiscal-aid"  # kept', '  measure: "grain"  # kept'),
        (
            {"scope_note": {"zh": "乙", "en": "A, B"}},
            '  scope_note: {zh: 甲,   en: "A, B"}  # both',
            '  scope_note: {zh: 乙,   en: "A, B"}  # both',
        ),
        (
            {"scope_note": {"zh": "甲"}},
            '  scope_note: {zh: 甲,   en: "A, B"}  # both',
            "  scope_note: {zh: 甲}  # both",
        ),
        (
            {"about": {"programme": "p", "supporter": "a"}},
            "  about: 'jing-meng'",
            "  about: {programme: p, supporter: a}",
        ),
        ({"second_supporter": ["a", "c", "d"]}, "  supporter: [a,b]", "  supporter: [a,c, d]"),
        ({"second_supporter": ["a", "b", "c, d"]}, "  supporter: [a,b]", '  supporter: [a,b, "c, d"]'),
        ({"second_parties": ["c", "e"]}, "    - d", "    - e"),
        ({"second_text": "short"}, "  text: >\n    folded\n    text", "  text: short"),
        ({"measure": None}, '  measure: "fiscal-aid"  # kept', "  # kept"),
        ({"second_supporter": None}, "  supporter: [a,b]\n", ""),
        ({"second_parties": ["c"]}, "    - d\n", ""),
        ({"note": "注"}, "  # both", "  # both\n  note: 注"),
        ({"unit": "元"}, "  as_written:   3.5亿元", "  as_written:   3.5亿元\n  unit: 元"),
        ({"second_parties": "c"}, "  parties:\n    - c  # one\n    - d", "  parties: c\n  # one"),
    ],
)
def test_an_edit_changes_its_own_line_and_nothing_else(change: dict[str, object], line: str, becomes: str) -> None:
    assert TEXT.count(line) == 1
    assert edited(**change) == TEXT.replace(line, becomes)


def test_what_is_already_so_is_not_touched() -> None:
    assert edit_text(TEXT, parse_yaml(TEXT, "x").data, STATEMENTS) == TEXT


def test_a_new_record_follows_the_last_one_with_its_fields_in_order() -> None:
    record = {"kind": "pairing", "locator": "题", "supporter": "a", "id": "s003", "about": {"programme": "p"}}
    added = "- id: s003\n  kind: pairing\n  about: {programme: p}\n  supporter: a\n  locator: 题\n"
    assert add_record(TEXT, record, STATEMENTS) == TEXT + added


def test_records_set_apart_by_empty_lines_stay_so() -> None:
    text = "- id: a\n  name: 甲\n\n- id: b\n  name: 乙\n"
    record = {"id": "c", "name": "丙"}
    assert add_record(text, record, "events.yaml") == text + "\n- id: c\n  name: 丙\n"


def test_a_record_taken_away_leaves_the_comments_that_stood_in_it() -> None:
    data = parse_yaml(TEXT, "x").data
    assert edit_text(TEXT, data[1:], STATEMENTS).splitlines()[:5] == [
        "# yaml-language-server: $schema=x",
        "# the first",
        "# kept",
        "# both",
        "# a heading",
    ]


def test_a_file_of_comments_alone_gets_its_first_record_after_them() -> None:
    assert add_record("# none yet", {"id": "a", "name": "甲"}, "events.yaml") == "# none yet\n- id: a\n  name: 甲"


def test_windows_line_ends_stay_and_new_lines_have_them_too() -> None:
    text = TEXT.replace("\n", "\r\n")
    data = parse_yaml(text, "x").data
    data[0]["note"] = "注"
    changed = edit_text(text, data, STATEMENTS)
    assert changed == text.replace("  # both\r\n", "  # both\r\n  note: 注\r\n")


def test_a_byte_order_mark_comes_back() -> None:
    text, mark = decode_file(b"\xef\xbb\xbf- id: a\n", "x.yaml")
    assert (text, encode_file(text, mark)) == ("- id: a\n", b"\xef\xbb\xbf- id: a\n")


def test_a_last_line_without_end_stays_without() -> None:
    assert edit_text("- id: a\n  name: 甲", [{"id": "a", "name": "甲", "note": "乙"}], "events.yaml") == (
        "- id: a\n  name: 甲\n  note: 乙"
    )


def test_an_anchor_is_refused_before_anything_is_edited() -> None:
    with pytest.raises(UnreadableFile):
        edit_text("- id: &a x\n  name: *a\n", [], "events.yaml")


def test_what_cannot_be_edited_alone_is_refused() -> None:
    with pytest.raises(UnsafeEdit):  # the field that carries the dash
        edit_text("- kind: figure\n  id: a\n", [{"id": "a"}], STATEMENTS)


@pytest.mark.parametrize("edited_text", ["a: 2\nb: 3\n", "a: 2  # c\nb: 4\n", "a: 2  # c\nb: [3\n"])
def test_no_text_is_given_out_that_lost_a_comment_or_changed_another_value(edited_text: str) -> None:
    before = read_source("a: 1  # c\nb: 3\n", "x")
    verify(before, "a: 2  # c\nb: 3\n", {"a": "2", "b": "3"}, "x")
    with pytest.raises(UnsafeEdit):
        verify(before, edited_text, {"a": "2", "b": "3"}, "x")


def test_a_hash_inside_a_value_is_no_comment() -> None:
    source = read_source("- id: a#b  # c\n  note: 'x # y'\n  text: |\n    # z\n", "x")
    assert [text for _, text in source.comments()] == ["# c"]


NASTY = [
    *("null", "~", "yes", "No", "on", "1e3", "0x1f", "12:30", ".5", "-5", "+1", "110000", "1_000", ".inf", "<<", "="),
    *("a: b", "a:", ": a", "#x", "x #y", "x# y", "[a", "a]", "{a", "a, b", "- a", "-", "?", "? a", "|", ">", "!t"),
    *(
        "&a",
        "*a",
        "%x",
        "@x",
        "`x",
        "'",
        '"',
        "it's",
        'say "x"',
        "\\n",
        "a\\b",
        "两\n行",
        "---",
        "...",
        "--- a",
        "“引”",
    ),
]


@pytest.mark.parametrize("text", NASTY)
def test_a_text_that_yaml_could_misread_is_quoted_so_that_any_reader_reads_it(text: str) -> None:
    block = f"key: {spell_text(text)}\n"
    flow = f"key: [{spell_text(text, in_flow=True)}, {{k: {spell_text(text, in_flow=True)}}}]\n"
    assert yaml.safe_load(block) == {"key": text}
    assert yaml.safe_load(flow) == {"key": [text, {"k": text}]}


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n"), min_size=1).map(str.strip))
def test_any_text_reads_back(text: str) -> None:
    if text:
        written = "\n".join(spell_fields({"a": text, "b": [text], "c": {"d": text}}, 0))
        assert parse_yaml(written, "x").data == {"a": text, "b": [text], "c": {"d": text}}


def test_only_what_needs_quotes_gets_them() -> None:
    written = [spell_text(text) for text in ("北京市", "2018", "2018-04", "2016/2020", "3.5亿元", "“八七”计划", "-a")]
    assert written == ["北京市", "2018", "2018-04", "2016/2020", "3.5亿元", "“八七”计划", "-a"]
    assert spell_flow({"lat": "39.90", "code": "110000"}) == '{lat: 39.90, code: "110000"}'


def test_a_long_pair_of_texts_is_written_on_two_lines() -> None:
    assert spell_fields({"text": {"zh": "字" * 60, "en": "w" * 60}}, 2) == [
        f"  text:\n    zh: {'字' * 60}\n    en: {'w' * 60}"
    ]


VALUES = st.sampled_from(["新值", "a: b", "#x", "null", "110000", "[x", "it's", "多\n行", "a, b", "- z"])


@given(st.data())
def test_any_change_of_any_file_says_what_was_wanted_and_keeps_every_comment(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(MINI.glob("**/*.yaml"))))
    text = "# head\n" + path.read_text(encoding="utf-8").replace("kind: figure\n", "kind: figure  # n\n")
    wanted = data.draw(_changed(parse_yaml(text, "x").data))
    file = path.relative_to(MINI).as_posix()
    after = edit_text(text, wanted, file)
    read = yaml.load(after, Loader=yaml.BaseLoader)
    assert read == wanted
    assert len(re.findall("#", after)) - len(re.findall("#", str(wanted))) == text.count("#") - len(
        re.findall("#", str(yaml.load(text, Loader=yaml.BaseLoader)))
    )


@st.composite
def _changed(draw: st.DrawFn, value: object) -> object:
    if isinstance(value, str):
        return draw(VALUES)
    if isinstance(value, list):
        at = draw(st.integers(0, len(value) - 1))
        how = draw(st.sampled_from(["change", "add", "remove"]))
        if how == "remove" and len(value) > 1:
            return [*value[:at], *value[at + 1 :]]
        if how == "add":
            new = {"id": "new", "note": draw(VALUES)} if isinstance(value[0], dict) else draw(VALUES)
            return [*value[:at], new, *value[at:]]
        return [*value[:at], draw(_changed(value[at])), *value[at + 1 :]]
    assert isinstance(value, dict)
    names = [name for name in value if name != "id"]
    how = draw(st.sampled_from(["change", "add", "remove", "other"]))
    if how == "add" or not names:
        return {**value, "note": draw(VALUES)}
    name = draw(st.sampled_from(names))
    if how == "remove" and len(value) > 1 and name != next(iter(value)):
        return {key: inner for key, inner in value.items() if key != name}
    if how == "other":
        return {**value, name: {"zh": draw(VALUES), "en": draw(VALUES)}}
    return {**value, name: draw(_changed(value[name]))}


def test_the_type_of_a_record_follows_from_its_file() -> None:
    assert record_type_of("places/11-beijing.yaml") is Place
    assert record_type_of("sources/a.yaml") is Source
    assert record_type_of(STATEMENTS, {"kind": "figure"}) is FigureStatement
    assert record_type_of("stories/a.md") is None


def test_the_house_order_has_what_every_statement_has_at_its_end() -> None:
    assert field_order(PolicyEffectStatement) == (
        *("id", "kind", "policy", "effect", "about", "date", "called", "locator", "said_by", "according_to"),
        *("read", "reached_by", "directness", "text", "note", "withdrawn"),
    )


def test_fields_inside_fields_are_in_order_too_and_unknown_ones_come_last() -> None:
    record = {"odd": "x", "about": {"recipient": "b", "programme": "p"}, "id": "a"}
    ordered = in_house_order(record, FigureStatement)
    assert (list(ordered), list(ordered["about"])) == (["id", "about", "odd"], ["programme", "recipient"])


def test_a_free_id_follows_the_highest_and_fills_no_gap() -> None:
    assert next_id(["s001", "s007", "s003", "x099"]) == "s008"
