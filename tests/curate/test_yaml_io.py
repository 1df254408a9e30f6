"""Strict YAML: lines, columns and codes are counted by hand from the text of each case."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cooperation_kg.curate import yaml_io
from cooperation_kg.curate.yaml_bytes import decode
from cooperation_kg.curate.yaml_faults import MAX_FAULTS, MESSAGES, Faults
from cooperation_kg.curate.yaml_io import parse_yaml, read_yaml
from cooperation_kg.errors import Issue, UnreadableFile
from cooperation_kg.locations import data_folder

LOADERS = {"pure": yaml.BaseLoader, "libyaml": getattr(yaml, "CBaseLoader", yaml.BaseLoader)}


@pytest.fixture(params=sorted(LOADERS))
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's readers: the fast one and the one used where libyaml is missing."""
    monkeypatch.setattr(yaml_io, "LOADER", LOADERS[request.param])


def faults_of(text: str) -> list[Issue]:
    with pytest.raises(UnreadableFile) as caught:
        parse_yaml(text, "s0.yaml")
    return list(caught.value.issues)


def places_of(text: str) -> list[tuple[int, int, str]]:
    return [(issue.line, issue.column, issue.code) for issue in faults_of(text)]


def only_fault_in(path: Path) -> Issue:
    with pytest.raises(UnreadableFile) as caught:
        read_yaml(path, shown_as="s0.yaml")
    (issue,) = caught.value.issues
    return issue


def write(folder: Path, data: bytes) -> Path:
    path = folder / "s0.yaml"
    path.write_bytes(data)
    return path


# What is read


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "typed",
    [
        "NO",
        "yes",
        "1.10",
        "010",
        "0x1F",
        "1_000",
        "12:30:45",
        "1998-05-03",
        "2016~",
        "1e3",
        ".inf",
        "7.74亿元",
    ],
)
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    assert parse_yaml(f"a: {typed}\n", "s0.yaml").data == {"a": typed}


@pytest.mark.usefixtures("loader")
def test_a_key_stays_the_text_that_was_typed() -> None:
    assert parse_yaml("NO: a\n010: b\n", "s0.yaml").data == {"NO": "a", "010": "b"}


@pytest.mark.usefixtures("loader")
def test_lists_and_mappings_nest() -> None:
    text = "- id: s001\n  parties: [harbin, shenzhen]\n  about: {programme: east-west}\n- id: s002\n"
    assert parse_yaml(text, "s0.yaml").data == [
        {"id": "s001", "parties": ["harbin", "shenzhen"], "about": {"programme": "east-west"}},
        {"id": "s002"},
    ]


@pytest.mark.usefixtures("loader")
def test_a_quoted_null_is_the_word_null() -> None:
    assert parse_yaml("a: 'null'\n", "s0.yaml").data == {"a": "null"}


def test_a_byte_order_mark_and_crlf_change_nothing(tmp_path: Path) -> None:
    document = read_yaml(write(tmp_path, b"\xef\xbb\xbfid: s001\r\nkind: figure\r\n"))
    assert document.data == {"id": "s001", "kind": "figure"}
    assert document.location(("kind",)) == (2, 7)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "---\n"])
def test_a_file_without_content_is_a_fault(text: str) -> None:
    assert places_of(text) == [(0, 0, "E017")]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_a_file_without_content_is_an_empty_mapping_where_the_caller_allows_it(text: str) -> None:
    document = parse_yaml(text, "s0.yaml", empty_ok=True)
    assert document.data == {}
    assert document.location(("id",)) == (1, 1)


# Where it stands


NESTED = """\
# a comment
- id: s001
  about:
    supporter: 北京
    recipient: [a, bc]
- {id: s002, kind: figure}
"""


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        ((0,), (2, 3), (2, 3)),
        ((0, "id"), (2, 7), (2, 3)),
        ((0, "about"), (4, 5), (3, 3)),
        ((0, "about", "supporter"), (4, 16), (4, 5)),
        ((0, "about", "recipient"), (5, 16), (5, 5)),
        ((0, "about", "recipient", 1), (5, 20), (5, 20)),
        ((1, "kind"), (6, 20), (6, 14)),
    ],
)
def test_every_value_and_key_has_its_line_and_column(
    path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]
) -> None:
    document = parse_yaml(NESTED, "s0.yaml")
    assert (document.location(path), document.key_location(path)) == (value, key)


def test_the_place_of_a_missing_field_is_that_of_its_record() -> None:
    assert parse_yaml(NESTED, "s0.yaml").location((1, "figure", "locator")) == (6, 3)


ITEMS = {
    "one after the other": "- a: 1\n  b: [x, y]\n- a: 2\n- - c\n  - d\n- plain\n",
    "comments and empty lines": "# head\n\n  # more\n- a: 1\n\n# between\n- a: 2\n# end\n",
    "Windows": "# head\r\n- a: 1\r\n  b: 2\r\n-\r\n  a: 2\r\n",
    "no line end": "- a: 1\n- a: 二\n  b: '三 四'",
    "a dash alone": "-\n  a: 1\n-\n  a: 2\n",
    "a line in quotes that looks like an item": '- a: "one\n- b: two"\n- a: 2\n',
    "indented": "  - a: 1\n    b: 2\n  - a: 2\n",
    "indented, with what looks like its items": '  - a: "x\n- y"\n',
    "a beginning that is marked": "---\n- a: 1\n- a: 2\n",
    "an end that is marked": "- a: 1\n- a: 2\n...\n",
    "in brackets": "[{a: 1}, {a: 2}]\n",
    "a block": "- a: |\n    text\n    - no item\n- a: 2\n",
    "no list": "a:\n- b: 1\n- c: 2\n",
}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ITEMS.values(), ids=ITEMS)
def test_what_is_found_in_one_item_alone_is_what_is_found_in_the_whole_file(text: str) -> None:
    places = parse_yaml(text, "s0.yaml").places
    assert_as_in_the_whole(places)


@pytest.mark.parametrize("path", sorted(data_folder().rglob("*.yaml"))[::25], ids=lambda path: path.name)
def test_what_is_found_in_one_item_of_a_shipped_file_is_what_is_found_in_all_of_it(path: Path) -> None:
    assert_as_in_the_whole(read_yaml(path).places)


def assert_as_in_the_whole(places: yaml_io.YamlPlaces) -> None:
    def compare(spot: yaml_io._Spot, path: tuple[str | int, ...]) -> None:
        assert (places.location(path), places.key_location(path)) == (spot.value, spot.key)
        for part, inner in spot.inside.items():
            compare(inner, (*path, part))

    compare(places._spot, ())


def test_an_item_is_found_without_the_rest_of_the_file() -> None:
    places = parse_yaml(NESTED, "s0.yaml").places
    assert places.location((1, "kind")) == (6, 20)
    assert "_spot" not in vars(places)


# What is refused, where, and as what


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("a: 1\nb:\n  x: 1\n  x: 2\na: 3\n", [(4, 3, "E010"), (5, 1, "E010")], id="duplicate keys"),
        pytest.param("a: {x: 1, x: 2}\n", [(1, 11, "E010")], id="duplicate key in braces"),
        pytest.param('"a": 1\na: 2\n', [(2, 1, "E010")], id="duplicate key, once quoted"),
        pytest.param("a: &x 1\nb: *x\n", [(1, 4, "E011"), (2, 4, "E011")], id="anchor and alias"),
        pytest.param("a: &x [*x]\n", [(1, 4, "E011"), (1, 8, "E011")], id="list inside itself"),
        pytest.param("*x : 1\nb: 2\n", [(1, 1, "E011")], id="alias as key"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", [(1, 4, "E012")], id="Python tag"),
        pytest.param("a: !!str NO\n", [(1, 4, "E012")], id="standard tag"),
        pytest.param("a: ! NO\n", [(1, 4, "E012")], id="tag without name"),
        pytest.param("%YAML 1.1\n---\na: 1\n", [(1, 1, "E012")], id="directive"),
        pytest.param("a: 1\n<<: {b: 2}\n", [(2, 1, "E013")], id="merge key"),
        pytest.param("a: 1\n---\nb: 2\n", [(2, 1, "E014")], id="two documents"),
        pytest.param("a:\nb: 1\n", [(1, 3, "E015")], id="no value"),
        pytest.param("a: ~\n", [(1, 4, "E015")], id="tilde"),
        pytest.param("a: null\n", [(1, 4, "E015")], id="null"),
        pytest.param("a: ''\n", [(1, 4, "E015")], id="empty quotes"),
        pytest.param("- x\n-\n", [(2, 2, "E015")], id="empty list item"),
        pytest.param("? [a, b]\n: 1\n", [(1, 3, "E016")], id="list as key"),
        pytest.param("'': 1\n", [(1, 1, "E016")], id="empty key"),
        pytest.param("a:\n\tb: 1\n", [(2, 1, "E007")], id="tab as indentation"),
        pytest.param("a: x\ty\n", [(1, 5, "E007")], id="tab in a value"),
        pytest.param("a: x\t\t\ty\u200b\u200b\n", [(1, 5, "E007"), (1, 9, "E006")], id="a run is one fault"),
        pytest.param("a: x\x07y\n", [(1, 5, "E006")], id="control character"),
        pytest.param("a: x\x00y\n", [(1, 5, "E006")], id="NUL"),
        pytest.param("a: 京\u200b蒙\n", [(1, 5, "E006")], id="zero-width space"),
        pytest.param("a: 1\n\ufeffb: 2\n", [(2, 1, "E006")], id="byte order mark inside"),
        pytest.param("a: x\u202ey\n", [(1, 5, "E006")], id="right-to-left override"),
        pytest.param("a: x\u2028b: 1\n", [(1, 5, "E006")], id="line separator, which editors do not number"),
        pytest.param("a: \ue000\n", [(1, 4, "E006")], id="private use"),
        pytest.param("a: \ufffd\n", [(1, 4, "E006")], id="replacement character"),
        pytest.param("a: \ud800\n", [(1, 4, "E006")], id="lone surrogate"),
        pytest.param('a: "x\\u200by"\n', [(1, 4, "E006")], id="zero-width space as escape"),
        pytest.param('a: "x\\ty"\n', [(1, 4, "E006")], id="tab as escape"),
        pytest.param('a: 1\nb: "abc\nc: 2\n', [(2, 4, "E008")], id="unclosed quote: where it opens"),
        pytest.param("a: [x, y\nb: 1\n", [(1, 4, "E008")], id="unclosed bracket: where it opens"),
        pytest.param("a: 关于: 通知\n", [(1, 6, "E008")], id="colon in a value"),
        pytest.param("id: a\nkind：figure\n", [(2, 1, "E008")], id="full-width colon"),
        pytest.param("a: @b\n", [(1, 4, "E008")], id="reserved character"),
        pytest.param("- a: 1\n b: 2\n", [(2, 2, "E008")], id="crooked indentation"),
        pytest.param("note: *号\n", [(1, 8, "E008")], id="text that looks like an alias"),
    ],
)
def test_a_fault_is_reported_at_its_place(text: str, places: list[tuple[int, int, str]]) -> None:
    assert places_of(text) == places


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ['a: "C:\\dir"\n', 'a: "\\ud800"\n', "%YAML 3.1\n---\na: 1\n", "a: 'x' y\n"])
def test_what_the_two_readers_word_differently_is_one_fault_on_the_same_line(text: str) -> None:
    ((line, _, code),) = places_of(text)
    assert (line, code) in {(1, "E008"), (1, "E006")}


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    text = "a: &x 1\na: 2\nb:\nc: x\u200by\nd: !t z\n"
    assert places_of(text) == [(1, 4, "E011"), (2, 1, "E010"), (3, 3, "E015"), (4, 5, "E006"), (5, 4, "E012")]


def test_faults_before_a_syntax_error_are_reported_with_it() -> None:
    assert places_of('a: 1\na: 2\nb: "x\n') == [(2, 1, "E010"), (3, 4, "E008")]


def test_a_syntax_error_that_a_tab_above_may_cause_waits_until_the_tab_is_gone() -> None:
    assert places_of("a:\n    b: 1\n\tc: 2\n") == [(3, 1, "E007")]


def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    (issue,) = faults_of("a: 1\nb: 2\na: 3\n")
    assert '"a" is already on line 1' in issue.message_en
    assert "第 1 行" in issue.message_zh


def test_faults_past_the_limit_are_counted() -> None:
    issues = faults_of("- ~\n" * (MAX_FAULTS + 7))
    assert len(issues) == MAX_FAULTS + 1
    assert issues[0].code == "E018"
    assert issues[0].message_en.startswith("7 more faults")


def test_an_unknown_syntax_error_is_still_one_clear_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_io, "SYNTAX", {})
    (issue,) = faults_of('a: "x\n')
    assert issue.code == "E008"
    assert issue.message_en.startswith("not YAML: ")


def test_every_message_exists_in_english_and_chinese() -> None:
    texts = [*MESSAGES.values(), *yaml_io.SYNTAX.values()]
    assert all(english.isascii() for english, _ in texts)
    assert all(not chinese.isascii() for (_, chinese) in texts if chinese != "{zh}")


# Hostile depth and size


@pytest.mark.usefixtures("loader")
def test_an_escape_past_unicode_is_one_fault() -> None:
    assert [issue.code for issue in faults_of('a: "\\UFFFFFFFF"\n')] == ["E008"]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("[" * 50_000, (1, 31), id="50,000 brackets on one line"),
        pytest.param("[\n" * 50_000, (31, 1), id="50,000 brackets on lines"),
        pytest.param("- " * 50_000, (1, 61), id="50,000 list items in one another"),
        pytest.param("".join(" " * depth + "a:\n" for depth in range(400)), (31, 31), id="400 indented keys"),
    ],
)
def test_nesting_is_refused_at_the_first_level_past_thirty(text: str, place: tuple[int, int]) -> None:
    assert places_of(text) == [(*place, "E009")]


@pytest.mark.usefixtures("loader")
def test_thirty_levels_are_read() -> None:
    assert parse_yaml("[" * 30 + "x" + "]" * 30, "s0.yaml").data


def test_an_alias_bomb_is_refused_and_never_expanded() -> None:
    rows = ["a0: &a0 [x, x]"]
    rows += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 9)]
    assert {code for _, _, code in places_of("\n".join(rows) + "\n")} == {"E011"}


def test_a_file_with_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_io, "MAX_VALUES", 3)
    assert places_of("[a, b, c]\n") == [(1, 8, "E019")]


def test_a_file_past_the_size_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "s0.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)  # sparse
    assert only_fault_in(path).code == "E003"


# Encodings


CHINESE = "id: s001\nlabel: 东西部协作\n"


def test_a_gb18030_file_is_named_as_such_with_the_first_place_it_shows(tmp_path: Path) -> None:
    issue = only_fault_in(write(tmp_path, CHINESE.encode("gb18030")))
    assert (issue.code, issue.line, issue.column) == ("E004", 2, 8)
    assert "GB18030" in issue.message_en
    assert "GB18030" in issue.message_zh


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_utf_16_file_is_named_as_such(tmp_path: Path, encoding: str) -> None:
    issue = only_fault_in(write(tmp_path, CHINESE.encode(encoding)))
    assert issue.code == "E004"
    assert "UTF-16" in issue.message_en


def test_a_utf_8_file_with_one_broken_character_is_not_called_gb18030(tmp_path: Path) -> None:
    issue = only_fault_in(write(tmp_path, CHINESE.encode()[:-2] + b"\n"))
    assert (issue.code, issue.line, issue.column) == ("E004", 2, 12)
    assert "GB18030" not in issue.message_en


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", id="PNG"),
        pytest.param(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0", id="zip"),
        pytest.param(b"\x1f\x8b\x08\x08\xc3\xe4\x01\xff\x02\x03\xcbH\xcd\xc9\xc9W", id="gzip without NUL"),
    ],
)
def test_a_binary_file_is_named_as_such(tmp_path: Path, data: bytes) -> None:
    assert only_fault_in(write(tmp_path, data)).code == "E005"


@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    faults = Faults("s0.yaml")
    try:
        text = decode(data, faults)
    except UnreadableFile as error:
        codes = [issue.code for issue in error.issues]
    else:
        codes = [] if text.encode() == data.removeprefix(b"\xef\xbb\xbf") else ["changed"]
    assert codes in ([], ["E004"], ["E005"])


@given(st.text(alphabet="ab:-?[]{},&*!|>'\"%@~#\\ \n\r\t<0京\u200b", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_yaml(text, "s0.yaml")
        codes = {"read"}
    except UnreadableFile as error:
        codes = {issue.code for issue in error.issues}
    assert codes == {"read"} or (codes and codes <= MESSAGES.keys())


# Files


def test_a_missing_file_is_a_fault_of_the_whole_file(tmp_path: Path) -> None:
    issue = only_fault_in(tmp_path / "none.yaml")
    assert (issue.code, issue.line) == ("E001", 0)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert only_fault_in(tmp_path).code == "E002"


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert only_fault_in(tmp_path / "pipe").code == "E002"


def test_a_name_with_a_nul_is_refused() -> None:
    assert only_fault_in(Path("a\0b")).code == "E002"


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, b"a: 1\n")
    monkeypatch.setattr(Path, "open", deny)  # a mode would not stop a superuser
    assert "permission" in only_fault_in(path).message_en


def test_messages_name_the_file_as_the_caller_shows_it(tmp_path: Path) -> None:
    issue = only_fault_in(write(tmp_path, b"a: 1\na: 2\n"))
    assert str(issue).startswith("s0.yaml:2:1 E010 ")


def test_a_file_name_that_is_no_text_can_still_be_printed() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_yaml(Path("none-\udcff.yaml"))
    assert str(caught.value).encode("utf-8").startswith(b"none-\\udcff.yaml E001")
