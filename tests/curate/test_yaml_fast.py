"""Does the short cut say what the reader says, or nothing? Awkward texts, made-up ones, and every shipped file."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cooperation_kg.curate import yaml_io
from cooperation_kg.curate.yaml_fast import plain_data
from cooperation_kg.curate.yaml_faults import Faults
from cooperation_kg.curate.yaml_io import MAX_DEPTH, MAX_VALUES, parse_yaml
from cooperation_kg.errors import UnreadableFile
from cooperation_kg.locations import data_folder

FILES = sorted(data_folder().rglob("*.yaml"))

# plain files: the short cut has to take them, or it is none
PLAIN = {
    "mapping": ("a: b\nc: d\n", {"a": "b", "c": "d"}),
    "list of mappings": ("- {id: s1, from: 2016}\n- {id: s2}\n", [{"id": "s1", "from": "2016"}, {"id": "s2"}]),
    "chinese": ("name: {zh: 北京市, en: Beijing}\n", {"name": {"zh": "北京市", "en": "Beijing"}}),
    "dates": (
        "- 1998-05-03\n- 2016/2020\n- '[1996..2019]'\n- 2016~\n",
        ["1998-05-03", "2016/2020", "[1996..2019]", "2016~"],
    ),
    "quantities": ("- 39.43亿元\n- 500余人次\n- 三分之一\n- 12.5%\n", ["39.43亿元", "500余人次", "三分之一", "12.5%"]),
    "integers": ("[0, 7, -7, 2018, 999999999999999]", ["0", "7", "-7", "2018", "999999999999999"]),
    "decimals": ("{lat: 30.20, lon: -0.10, x: 0.00001}", {"lat": "30.20", "lon": "-0.10", "x": "0.00001"}),
    "decimals of many digits": (
        "- 100000000000000.5\n- 1.123456789012345\n",
        ["100000000000000.5", "1.123456789012345"],
    ),
    "quoted": ("- \"a: b\"\n- '#x'\n- '010'\n- \"null\"\n", ["a: b", "#x", "010", "null"]),
    "norway": ("- NO\n- on\n- yes\n- Off\n- y\n", ["NO", "on", "yes", "Off", "y"]),
    "sexagesimal": ("- 12:30:45\n- 1:30\n", ["12:30:45", "1:30"]),
    "comments": ("# 头\na: b # 尾\n# 末\nc: d#e\n", {"a": "b", "c": "d#e"}),
    "over lines": ("a: one\n  two\n\n  three\nb: 'x\n  y'\n", {"a": "one two\nthree", "b": "x y"}),
    "list at the column of its key": ("a:\n- b\n- c\n", {"a": ["b", "c"]}),
    "numbers as keys": ("2016: a\n1.50: b\n", {"2016": "a", "1.50": "b"}),
    "words that some take for numbers": ("- infinity\n- nan\n- inf\n- 0day\n", ["infinity", "nan", "inf", "0day"]),
    "url": ("url: https://example.org/a?b=c&d=e#f\n", {"url": "https://example.org/a?b=c&d=e#f"}),
    "apostrophe": ("note: people's government\n", {"note": "people's government"}),
    "empty collections": ("a: []\nb: {}\n", {"a": [], "b": {}}),
    "no line end": ("a: b", {"a": "b"}),
    "spaces at the end": ("a: b   \nc: 'd'  \n", {"a": "b", "c": "d"}),
    "numbers that are part of a text": (
        "- all 10 000 of them\n- 第 035 期\n- {locator: 1. 背景, page: 7}\n",
        ["all 10 000 of them", "第 035 期", {"locator": "1. 背景", "page": "7"}],
    ),
    "nine lists within one another": ("- " * 8 + "- a\n", [[[[[[[[["a"]]]]]]]]]),
    "astral": ("a: 𠮷野家\n", {"a": "𠮷野家"}),
}


def by_the_long_way(text: str) -> object:
    """What the reader says: data, or that it finds a fault."""
    try:
        return yaml_io._read(text, Faults("x"), empty_ok=False).items[0]
    except UnreadableFile as unreadable:
        return unreadable


def by_the_short_cut(text: str) -> object:
    return plain_data(text, most_values=MAX_VALUES, deepest=MAX_DEPTH)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_text_is_read_by_the_short_cut_as_by_the_reader(name: str) -> None:
    text, data = PLAIN[name]
    assert by_the_short_cut(text) == data
    assert by_the_long_way(text) == data


AWKWARD = [
    *(
        "",
        " ",
        "\n",
        "# only\n",
        "---\n",
        "--- a\n",
        "a: b\n---\nc: d\n",
        "...\n",
        "a: b\n...\n",
        "%YAML 1.2\n---\na: b\n",
    ),
    *("a", "'a'", "5", "null", "~", "true", "[]", "{}", "- \n", "a:\n", "a: \n", "a: ~\n", "a: null\n", "a: Null\n"),
    *("a: ''\n", 'a: ""\n', "a: ' '\n", "a: '　'\n", "a: true\n", "a: False\n", "- TRUE\n", "[true]", "{true: a}"),
    *("a: 010\n", "a: 0o17\n", "a: 0x1F\n", "a: 0b1\n", "a: 1_000\n", "a: +1\n", "a: -0\n", "a: 1e3\n", "a: 1E-3\n"),
    *("a: 1.\n", "a: .5\n", "a: -.5\n", "a: +0.5\n", "a: .inf\n", "a: -.Inf\n", "a: .nan\n", "a: 1.50\nb: 1.5\n"),
    *("a: 9999999999999999999999\n", "a: 1000000000000000\n", "a: 0.1234567890123456789\n", "a: -0.0\n", "a: 00.5\n"),
    *("[a, 010]", "{a: b, c: 010}", "- 010 # c\n", "[010 ]", "{a: 010 }", "[010 , a]", "010 : a\n", "a:   010\n"),
    *("- 010 b\n", "- b 010\n", "- - 010\n", "- a\n  010\n", "- 010\n  a\n", "a: 1.10 b\nc: 1.1\n", "a - 010: b\n"),
    *("[10,000]", "{a: 10,000}", "a: 10,000\n", "[1,2]", "[ 1 , 2 ]", "[01,02]", "a: 1 2 007\n", "- 1.10 1.1\n"),
    *(
        "a: &x b\n",
        "a: *x\n",
        "a: !x b\n",
        "a: !!str 5\n",
        "<<: {a: b}\n",
        "<<: b\n",
        "&a b: c\n",
        "- &x\n",
        "! a: b\n",
    ),
    *(
        "a: |\n  b\n",
        "a: >\n  b\n  c\n",
        "a: |-\n  b\n",
        "a: >+\n  b\n\n",
        "a: |2\n   b\n",
        "a: > # c\n  b\n",
        "- |\n b\n",
    ),
    *(
        "a:\tb\n",
        "\ta: b\n",
        "a: b\tc\n",
        "a: b\r\nc: d\r\n",
        "a: b\rc: d\n",
        "\ufeffa: b\n",
        "a: b\x00\n",
        "a: b\u200bc\n",
    ),
    *("a: b\u2028c\n", "a: b\x85c\n", "a: b\xa0c\n", "a: \u3000b\n", "a: b\xad\n", "a: \ue000\n", "a: b\x7f\n"),
    *('a: "b\\n"\n', 'a: "\\u4e00"\n', 'a: "b\\\n  c"\n', "a: 'b''c'\n", 'a: "b""c"\n', "a: b\\c\n", "a: 'b\\c'\n"),
    *("? a\n: b\n", "? [a]\n: b\n", "{? a: b}", "[a]: b\n", "{a: b}: c\n", "? a\n", "[a: b]", "[a: b, c]", "[{a: b}]"),
    *('"a":b\n', '{"a":b}', "{'a':b}", "{a:b}", "{a: b, }", "[a, ]", "[a,,b]", "[, a]", "{, a: b}", "{a, b}", "{a: }"),
    *(
        "a: b: c\n",
        "a: b :c\n",
        "a : b\n",
        "a :b\n",
        ": a\n",
        "- : a\n",
        "a: - b\n",
        "a: [b\n",
        "a: {b\n",
        "a: 'b\n",
        'a: "b\n',
    ),
    *(
        "a: b\n c: d\n",
        "a:\n  b\n c\n",
        "  a: b\n",
        " - a\n",
        "a:\n - b\n- c\n",
        "a: b\n- c\n",
        "- a\nb: c\n",
        "a\nb: c\n",
    ),
    *("a: b\na: c\n", "{a: b, a: c}", "1: a\n'1': b\n", "1.0: a\n1.00: b\n", "a: {b: c, b: c}\n", "'a': b\na: c\n"),
    *(
        "a: @b\n",
        "a: `b\n",
        "a: %b\n",
        "a: b @c\n",
        "a: ?b\n",
        "a: -b\n",
        "a: :b\n",
        "a: ,b\n",
        "a: ]\n",
        "a: }\n",
        "a: b]\n",
    ),
    *(
        "a: 'b'c\n",
        'a: "b"c\n',
        "a: 'b' c\n",
        "a: 'b' #c\n",
        "a: 'b'#c\n",
        "a: b #\n",
        "a: #b\n",
        "a:#b\n",
        "#\n",
        "a: [b #c\n]\n",
    ),
    *(
        "a: 2016-05-03T10:00:00Z\n",
        "a: 2001-12-14 21:59:43.10 -5\n",
        "a: 12:30:45\n",
        "a: 190:20:30\n",
        "a: 2016-13-45\n",
    ),
    *(
        "- - - a\n",
        "-\n  -\n    a\n",
        "- a: b\n  c: d\n-\n  e: f\n",
        "a:\n\n\n  b: c\n",
        "a:\n  # x\n  b: c\n",
        "- # x\n  a: b\n",
    ),
    *(
        "a: b\n\n\n",
        "\n\na: b\n",
        "a: 'b\n\n  c'\n",
        "a: b\n  # c\n  d\n",
        "a: 'b\n# c\n  d'\n",
        "a: b\n\n  c\n",
        "'a b': c\n",
    ),
    *(
        "a: 'x: y'\n",
        "a: x:y\n",
        "a: x::y\n",
        "a: ::\n",
        "- '- a'\n",
        "- -a\n",
        "- --- a\n",
        "a: ---\n",
        "a: ...\n",
        "-a\n",
        "-\n",
    ),
    *(
        "a: =\n",
        "=: a\n",
        "a: y\n",
        "a: n\n",
        "y: a\n",
        "no: a\n",
        "null: a\n",
        "~: a\n",
        "'': a\n",
        "' ': a\n",
        "'null': a\n",
    ),
    *(
        "a: b,c\n",
        "a: b, c\n",
        "[b c, d]",
        "{a b: c d}",
        "{a: b c, d: [e, f]}",
        "{a: [b], c}",
        "[[a, b], [c]]",
        "{a: {b: {c: d}}}",
    ),
    *(
        'a: "b\n  c"\n',
        "a: b\n  c: d\n",
        "a: [b,\nc]\n",
        "a: [b,\n  c]\n",
        "a: {b: c,\nd: e}\n",
        "{a: b\n}",
        "[a\n]",
        "[\n]",
    ),
    *(
        "[" * 20 + "]" * 20,
        "[" * 31 + "]" * 31,
        "[" * 300,
        "{a: " * 30 + "b" + "}" * 30,
        "{a: " * 300,
        "- " * 19 + "a",
        "- " * 50 + "a",
    ),
    *(
        "- " * 50_000,
        "[" * 50_000,
        "{a: " * 50_000,
        "? " * 50_000,
        "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 60)),
        "-\n" * 5,
    ),
    *(
        "\n".join(" " * n + "-" for n in range(0, 39)) + " a\n",
        "\n- ".join(["a"] * 3),
        "a: " + "b" * 5000,
        "a:" + " " * 100 + "b\n",
    ),
]


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text[:30]))
def test_an_awkward_text_is_read_alike_or_left_to_the_reader(text: str) -> None:
    said = by_the_short_cut(text)
    assert said is None or said == by_the_long_way(text)


@pytest.mark.parametrize("text", [text for text in AWKWARD if isinstance(by_the_long_way(text), UnreadableFile)])
def test_a_faulty_text_is_never_taken(text: str) -> None:
    assert by_the_short_cut(text) is None


PIECES = st.sampled_from(
    [
        *(
            "a",
            "b",
            "北京",
            "1",
            "2016",
            "1.5",
            "1.50",
            "007",
            "-3",
            "39.43亿元",
            "2016-05",
            "null",
            "true",
            "~",
            "10,000",
            "1e3",
        ),
        *(
            "''",
            '""',
            "'x'",
            '"y"',
            "'",
            '"',
            "#",
            " #",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            ":",
            "-",
            ",",
            "[",
            "]",
            "{",
            "}",
        ),
        *(
            "a:",
            "a: ",
            "'c': ",
            "- ",
            ": ",
            ", ",
            " ",
            "\n",
            "\n\n",
            "\n  ",
            "\n    ",
            "\n- ",
            "\n  - ",
            "::",
            ".5",
            "0x1",
            "<<: ",
        ),
        *("---", "...", "\\", "\t", "y", "no", "http://a/b", "a#b", "[a, b]", "{a: b}"),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("a: 'b\n\n c'")
@example("[a,\n- b]")
def test_made_up_texts_are_read_alike_or_left_to_the_reader(text: str) -> None:
    said = by_the_short_cut(text)
    assert said is None or said == by_the_long_way(text)


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in FILES}


def test_every_shipped_file_is_read_alike(shipped: dict[str, str]) -> None:
    read = {name: by_the_short_cut(text) for name, text in shipped.items()}
    taken = {name: data for name, data in read.items() if data is not None}
    assert {name for name, data in taken.items() if data != by_the_long_way(shipped[name])} == set()
    assert len(taken) > len(read) * 9 / 10


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_shipped_file_with_a_piece_put_in_is_read_alike_or_left_to_the_reader(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SOME))
    place = data.draw(st.integers(0, len(text)))
    changed = text[:place] + data.draw(PIECES) + text[place + data.draw(st.integers(0, 3)) :]
    said = by_the_short_cut(changed)
    assert said is None or said == by_the_long_way(changed)


SOME = [text for path in FILES[::40] if len(text := path.read_text(encoding="utf-8")) < 3000]


def test_more_values_than_there_may_be_are_left_to_the_reader() -> None:
    text = "[" + ",".join(["a"] * 600_000) + "]"
    assert plain_data(text, most_values=100_000, deepest=30) is None


def test_places_are_found_in_a_file_that_the_short_cut_took() -> None:
    text = "- {id: s1, from: 2016}\n- id: s2\n  from: 2017\n"
    assert by_the_short_cut(text) is not None
    document = parse_yaml(text, "x.yaml")
    assert (document.location((1, "from")), document.key_location((0, "from"))) == ((3, 9), (1, 12))


def test_the_awkward_texts_are_many_and_different() -> None:
    assert len(set(AWKWARD)) > 200
    assert sum(bool(re.search("[0-9]", text)) for text in AWKWARD) > 30
