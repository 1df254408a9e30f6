"""The house order: same values, same comments, each comment with its line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cooperation_kg.curate.edits import format_text
from cooperation_kg.curate.edits.source_tree import read_source
from cooperation_kg.locations import data_folder

STATEMENTS = "statements/a.yaml"


def formatted(text: str, file: str = STATEMENTS) -> str:
    return format_text(text, file).text


def test_a_field_moves_with_the_comments_above_and_beside_it() -> None:
    text = (
        "- id: s001\n  locator: 题  # beside\n  # above\n  # kind\n  kind: definition\n  text:\n    en: A\n    zh: 甲\n"
    )
    assert formatted(text) == (
        "- id: s001\n  # above\n  # kind\n  kind: definition\n  locator: 题  # beside\n  text:\n    zh: 甲\n    en: A\n"
    )


def test_the_first_field_takes_the_dash() -> None:
    assert formatted("- kind: phase\n  id: a\n") == "- id: a\n  kind: phase\n"


def test_fields_between_braces_are_put_in_order() -> None:
    text = "- id: a\n  kind: figure\n  about: {recipient: b,  programme: p}\n"
    assert formatted(text) == "- id: a\n  kind: figure\n  about: {programme: p,  recipient: b}\n"


def test_statements_stay_in_reading_order() -> None:
    text = "- id: s002\n  kind: phase\n- id: s001\n  kind: phase\n"
    assert formatted(text) == text


def test_blocks_are_indented_by_two_with_what_they_hold() -> None:
    text = (
        "  -   id: a # x\n      # of kind\n      kind: definition\n      text:\n           zh: 两\n             行\n"
        "           en: |\n               A\n                 B\n"
    )
    assert formatted(text) == (
        "- id: a # x\n  # of kind\n  kind: definition\n  text:\n"
        "    zh: 两\n      行\n    en: |\n        A\n          B\n"
    )


def test_blanks_at_line_ends_and_doubled_empty_lines_go() -> None:
    assert formatted("\n- id: a  \n\n\n  kind: phase \n\n") == "- id: a\n\n  kind: phase\n"


def test_blanks_inside_a_literal_text_stay() -> None:
    text = "- id: a\n  kind: definition\n  text: |\n    x  \n\n\n    y\n  note: b\n"
    assert formatted(text) == text
    assert formatted(text.replace("kind: definition", "kind: definition  ")) == text


def test_blanks_after_a_literal_text_are_its_own_and_those_elsewhere_go() -> None:
    text = "- id: a  \n  kind: phase\n  note: |-\n    x  \n"
    assert formatted(text) == "- id: a\n  kind: phase\n  note: |-\n    x  \n"


def test_windows_line_ends_become_line_feeds() -> None:
    assert formatted("- id: a\r\n  kind: phase\r\n") == "- id: a\n  kind: phase\n"


def test_quotes_and_folds_stay_as_they_are_typed() -> None:
    text = "- id: \"a\"\n  kind: 'phase'\n  note: >-\n    x\n    y\n"
    assert formatted(text) == text


def test_a_comment_above_what_would_come_first_is_left_and_said() -> None:
    text = "- kind: phase\n  # of the id\n  id: a\n"
    done = format_text(text, STATEMENTS)
    assert done.text == text
    assert [(issue.line, issue.code) for issue in done.left] == [(1, "W701")]


def test_a_comment_between_braces_leaves_them_as_they_are() -> None:
    text = "- id: a\n  kind: figure\n  about: {recipient: b,  # c\n    programme: p}\n"
    done = format_text(text, STATEMENTS)
    assert (done.text, len(done.left)) == (text, 1)


def test_comments_after_the_last_record_stay_there() -> None:
    text = "- kind: phase\n  id: a\n# the end\n"
    assert formatted(text) == "- id: a\n  kind: phase\n# the end\n"


def test_a_file_of_no_register_keeps_its_order() -> None:
    assert formatted("- kind: phase \n  id: a\n", "notes/x.yaml") == "- kind: phase\n  id: a\n"


@pytest.mark.parametrize("change", ["none", "reversed", "indented"])
def test_the_shipped_files_are_in_order_and_come_back_to_it(change: str) -> None:
    root = data_folder()
    paths = sorted(root.rglob("*.yaml"))
    for path in paths if change == "none" else paths[::5]:
        file, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        assert format_text(_disturbed(text, change), file) == (text, ())


def _disturbed(text: str, change: str) -> str:
    """The same values and comments, written untidily."""
    if change == "reversed":
        return re.sub(r"^(  kind: .*\n)(  \w+: .*\n)", r"\2\1", text, flags=re.MULTILINE).replace("\n", "\r\n")
    if change == "indented" and text.startswith("#") and "\n- " in text[:300]:
        return re.sub(r"^(?=[ -])", "  ", text, flags=re.MULTILINE)
    return text


LINES = st.sampled_from(
    [
        *("  kind: figure", "  locator: 题 # c", "  # above", "", "  note: 'x'  ", "  text: {en: A, zh: 甲}", "# out"),
        *("  about:", "    recipient: b", "    # in", "    programme: p", "  called: >-", "     a", "", "      b"),
        *("- id: b", "-   id: c", "    kind: phase", "  places: [a,", "    b]", "  within:", "  - x", "  -  y # z"),
    ]
)


@given(st.lists(LINES, max_size=14))
def test_whatever_reads_as_yaml_keeps_its_values_and_comments_and_once_is_enough(lines: list[str]) -> None:
    text = "\n".join(["- id: a", *lines]) + "\n"
    try:
        _read(text)
        read_source(text, "x")
    except Exception:  # not YAML that we accept: nothing to claim
        return
    once = formatted(text)
    assert _read(once) == _read(text)
    assert _comments(once) == _comments(text)
    assert formatted(once) == once


def _read(text: str) -> object:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _comments(text: str) -> Counter[str]:
    return Counter(comment.rstrip() for _, comment in read_source(text, "x").comments())


@pytest.mark.parametrize("file", ["statements/first-report.yaml", "places/91-haizhou.yaml", "judgements.yaml"])
def test_a_scrambled_file_comes_back_as_it_was(file: str) -> None:
    text = (Path(__file__).parent.parent / "data" / "mini" / file).read_text(encoding="utf-8")
    in_order = formatted(text, file)
    scrambled = yaml.safe_dump(
        [dict(reversed(record.items())) for record in _read(in_order)],  # type: ignore[union-attr, attr-defined]
        sort_keys=False,
        allow_unicode=True,
        width=1000,
    )
    again = _read(formatted(scrambled, file))
    assert [list(record) for record in again] == [list(record) for record in _read(in_order)]  # type: ignore[attr-defined]
