"""How is a value written in YAML, in the style of the house? Plain where that is safe, else in double quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cooperation_kg.curate.yaml_io import YamlValue

WIDTH = 120
"""Longest line of a mapping in braces; a longer one is written one field a line."""
# fields of numbers that nobody quotes
_NUMBERS = frozenset({"lat", "lon", "value"})

_UNSAFE_START = re.compile(r"[\s!&*\-?:,\[\]{}#|>@`\"'%]")
_SAFE_DASH = re.compile(r"-(?=[^\s,\[\]{}])")
_UNSAFE_INSIDE = re.compile(r":(?=\s|$)|\s#|[\r\n\t]|^(?:---|\.\.\.)|\s$")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}]|:(?=[,\[\]{}])")
# what other readers of YAML take for null, a truth value, a number or a time (https://yaml.org/type/)
_OTHER_TYPE = re.compile(
    r"~|null|y|n|yes|no|true|false|on|off|<<|="
    r"|[-+]?\.(?:inf|nan)|[-+]?[0-9][0-9_,]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|[-+]?\.[0-9_]+(?:e[-+]?[0-9]+)?"
    r"|[-+]?0[xob][0-9a-f_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def spell_text(text: str, *, style: str = "", in_flow: bool = False, key: str = "") -> str:
    """Return a text as a YAML scalar on one line.

    Parameters
    ----------
    style: the quote that the value had before, which is kept; empty where it was plain or is new.
    in_flow: whether it stands inside brackets or braces, where commas and brackets need quotes.
    key: the field; coordinates and values are written as plain numbers.

    >>> spell_text("北京市"), spell_text("110000"), spell_text("2018"), spell_text("a: b"), spell_text("it", style="'")
    ('北京市', '"110000"', '2018', '"a: b"', "'it'")
    """
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _is_plain(text, in_flow, key):
        return text
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'


def _is_plain(text: str, in_flow: bool, key: str) -> bool:
    if _UNSAFE_INSIDE.search(text) or (in_flow and _UNSAFE_IN_FLOW.search(text)):
        return False
    if not text or (_UNSAFE_START.match(text) and not _SAFE_DASH.match(text)):
        return False
    if _OTHER_TYPE.fullmatch(text):
        return bool(_YEAR.fullmatch(text)) or (key in _NUMBERS and bool(_NUMBER.fullmatch(text)))
    return True


def spell_flow(value: YamlValue, key: str = "") -> str:
    """Return a value on one line, lists in brackets and mappings in braces.

    >>> spell_flow({"zh": "甲", "en": "A, B"})
    '{zh: 甲, en: "A, B"}'
    """
    if isinstance(value, str):
        return spell_text(value, in_flow=True, key=key)
    if isinstance(value, list):
        return "[" + ", ".join(spell_flow(item, key) for item in value) + "]"
    return "{" + ", ".join(f"{spell_key(name)}: {spell_flow(item, name)}" for name, item in value.items()) + "}"


def spell_key(name: str) -> str:
    """Return a key; those of the house are plain words.

    >>> spell_key("as_of"), spell_key("a b: c")
    ('as_of', '"a b: c"')
    """
    return spell_text(name, in_flow=True)


def spell_value(value: YamlValue, column: int, key: str = "", *, room: int = WIDTH) -> str:
    """Return what follows the colon of a field that begins at ``column``: a space and a line, or lines.

    Parameters
    ----------
    room: characters left on the line; a mapping that does not fit is written one field a line.
    """
    if isinstance(value, str):
        return " " + spell_text(value, key=key)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "".join(f"\n{' ' * (column + 2)}- {spell_flow(item)}" for item in value)
    flow = spell_flow(value, key)
    if isinstance(value, dict) and len(flow) + 1 > room and value:
        return "".join(f"\n{field}" for field in spell_fields(value, column + 2))
    return " " + flow


def spell_fields(fields: Mapping[str, YamlValue], column: int) -> list[str]:
    """Return each field of a mapping, ``key: value``, indented to ``column``; a long one has several lines."""
    lines = []
    for name, value in fields.items():
        begin = f"{' ' * column}{spell_key(name)}:"
        lines.append(begin + spell_value(value, column, name, room=WIDTH - len(begin)))
    return lines


def spell_record(record: Mapping[str, YamlValue], column: int = 0) -> str:
    """Return a record as an item of a block list whose dash stands at ``column``, without a line end.

    >>> print(spell_record({"id": "s001", "kind": "figure", "about": {"programme": "east-west"}}))
    - id: s001
      kind: figure
      about: {programme: east-west}
    """
    body = "\n".join(spell_fields(record, column + 2))
    return f"{' ' * column}- {body[column + 2 :]}"
