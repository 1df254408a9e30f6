"""A sentence made plain without moving a character, so that what is read can be shown where it stands."""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans("‐‑‒−﹣", "-----")


def plain(sentence: str) -> str:
    """Return the sentence in plain characters of the same number: full width folded, line breaks to spaces.

    >>> plain("２０１６－２０２０年")
    '2016-2020年'
    """
    return "".join(map(_plain, sentence)).translate(_SAME)


def is_english(text: str) -> bool:
    """Return whether a text has no Chinese character.

    >>> is_english("Fujian helps Ningxia"), is_english("福建")
    (True, False)
    """
    return re.search("[\u3400-\u9fff]", text) is None


def key_of(text: str) -> str:
    """Return a text as names and titles are compared: NFKC, lower case, no spaces, quotes or marks.

    >>> key_of("《“十四五” 规划》")
    '十四五规划'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s《》〈〉“”\"'‘’·•,，、:：()〔〕\[\]—–\-~]", "", folded)


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and character not in "，。；：！？（）“”" else character
