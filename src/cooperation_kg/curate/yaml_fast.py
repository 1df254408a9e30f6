"""The data of a plain YAML file, many times faster than event by event; None for every file that is not plain.

``yaml_io`` reads with PyYAML and words every fault; this is its short cut. The parser here (yaml-rs) gives typed values
(007 becomes 7), follows other rules in places, and tells its faults in words of its own. So it is asked only of files
in which nothing can be read in two ways, and whatever it refuses, or whatever is no text in the end, goes the long
way. The two are held together by a table of awkward texts, by made-up ones, and by every shipped file.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

import yaml_rs

from cooperation_kg.curate.yaml_bytes import UNSEEN_IN_VALUE

_AWKWARD = ("\r", "\\", "<<", "''", '":', "':", ":?", "\n---", "\n...")
"""Line ends and escapes, merge keys, quotes within quotes, values right after a quoted key, marks of documents."""
# anchor, alias, tag, block text, directive, complex key, reserved signs, where a value or a key may begin
_SIGN = re.compile(r"[&*!|>%@`?:](?<![^\s\[{,].)")
# the parser goes down the stack where things are nested deeper than this by indentation (facts need 20 columns)
# or by items of lists on one line; two patterns that begin with a fixed sign take a 20th of the time of one
_DEEP = (re.compile(r"\n[ -]{40}"), re.compile(r"- +(?:- +){9}"))
# the two differ in where a value inside brackets may go on in the next line
_BRACKETED = re.compile(r"^.*[\[\]{}].*$", re.MULTILINE)
# -5, .inf, 2016-05 where a value or a key may begin, to where it may end; not the numbers of "all 10 000 of them"
_NUMBERLIKE = re.compile(
    r"[-+.0-9](?<![^\s\[{,].)(?<![^\s:,\[{-] .)(?:(?<=[0-9])|[-+.]*[0-9]|\.?[a-zA-Z])"
    r"[0-9a-zA-Z_.+-]*(?=[\s\]},:]|$)(?! [^\s\]},:#])"
)
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")
# whatever else some reader might take for a number: 007, 1_000, 0x1F, 1e3, +1, .5, 5., .inf
_DOUBTFUL = re.compile(r"[-+.]*[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9_]*)?|[-+]?0[a-zA-Z][0-9a-fA-F_]*|[-+]?\..*")
_SIGNS_OF_VALUES = re.compile(r"[\n,:\[{]")


class _NotPlainError(Exception):
    """Something that only the long way can read, or refuse."""


def plain_data(text: str, *, most_values: int, deepest: int) -> Any:
    """Return text, lists and mappings as ``parse_yaml`` gives them, or None where that one is to be asked.

    Parameters
    ----------
    most_values, deepest: the limits of ``yaml_io``.

    >>> plain_data("kind: figure\\nyear: 2018\\nlat: 30.20", most_values=100, deepest=30)
    {'kind': 'figure', 'year': '2018', 'lat': '30.20'}
    >>> plain_data("code: 010", most_values=100, deepest=30) is None
    True
    """
    if any(sign in text for sign in _AWKWARD) or text.startswith(("---", "...", " ", "?", "%")):
        return None
    if _SIGN.search(text) or any(deep.search(text) for deep in _DEEP) or UNSEEN_IN_VALUE.search(text):
        return None
    if any(
        line.count("[") != line.count("]") or line.count("{") != line.count("}") for line in _BRACKETED.findall(text)
    ):
        return None
    if len(text) > most_values and sum(1 for _ in _SIGNS_OF_VALUES.finditer(text)) > most_values:
        return None
    try:
        return _as_text(yaml_rs.loads(text, parse_datetime=False), deepest, _spelled(text))
    except (yaml_rs.YAMLDecodeError, _NotPlainError):
        return None


def _spelled(text: str) -> dict[Any, str]:
    """Return how each number with decimals is written; of one that is written in two ways the value does not tell."""
    spelled: dict[Any, str] = {}
    for written in set(_NUMBERLIKE.findall(text)):
        if _DECIMAL.fullmatch(written):
            if spelled.setdefault(float(written), written) != written:
                raise _NotPlainError
        elif _DOUBTFUL.fullmatch(written) and not _WHOLE.fullmatch(written):
            raise _NotPlainError
    return spelled


def _as_text(value: Any, deepest: int, spelled: dict[Any, str]) -> Any:
    kind = type(value)
    if kind is str and value.strip():
        # kept once: most values are said again and again, and most often in the same file
        return spelled.get(value) or spelled.setdefault(value, intern(value))
    if kind is dict and deepest:
        items = {
            key if type(key) is str and key.strip() else _as_text(key, 0, spelled): _as_text(
                inner, deepest - 1, spelled
            )
            for key, inner in value.items()
        }
        if len(items) == len(value):  # else 1 and "1" are the same key
            return items
    elif kind is list and deepest:
        return [_as_text(inner, deepest - 1, spelled) for inner in value]
    elif kind is int:
        return str(value)
    elif kind is float and value in spelled:
        return spelled[value]
    raise _NotPlainError
