"""Which characters of a printed text count as the same? Those that differ only in typesetting."""

from __future__ import annotations

import re
import unicodedata

# what converters from PDF leave behind: notes set high, HTML tags, marks of headings and of emphasis
_NOTE = re.compile(r"<sup>.*?</sup>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z]+\s*/?>")
_MARKS = re.compile(r"^\s*#{1,6}\s+|\*{1,3}|`", re.MULTILINE)
_DASHES = re.compile("[-‐-―−─]+")
_BREAK_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[^\S\n]*\n\s*(?=[0-9])")
_SPACES = re.compile(r"\s+")
_SAME = str.maketrans("〔〕[]【】“”„‟‘’•・‧∙", '()()()""""\'\'····')
# ① must not become a digit that joins the next one: ①3个 is not 13个
_SET_APART = ("<circle>", "<super>", "<sub>", "<fraction>")


def fold(text: str) -> str:
    """Return a text without white space and typesetting, so that the same words compare equal.

    NFKC (Unicode Standard Annex 15), one kind of bracket, quote and dash, no marks of Markdown, no notes set high.
    A line break between two digits stays, as ``|``: the numbers of two lines are two numbers.

    >>> fold("国发〔１９９４〕 30 号"), fold("①3个"), fold("**近** 4\\u00a0成")
    ('国发(1994)30号', '(1)3个', '近4成')
    """
    bare = _MARKS.sub("", _TAG.sub("", _NOTE.sub("", text)))
    plain = "".join(map(_plain, bare)).translate(_SAME)
    apart = _BREAK_BETWEEN_DIGITS.sub("|", plain)
    return _DASHES.sub("-", _SPACES.sub("", apart))


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return f"({plain})" if unicodedata.decomposition(character).startswith(_SET_APART) else plain
