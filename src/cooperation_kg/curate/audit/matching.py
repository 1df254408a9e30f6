"""Is this literal printed in that text, as it stands and not as part of something larger?

``9.43亿元`` is not in a text that prints 39.43亿元, nor ``500万`` where it prints 500多万, nor ``265万人`` where it
prints 265万人次: a plain search would find all three, although each is misread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from cooperation_kg.curate.quantities.units import find_unit

Kind = Literal["figure", "title", "number", "words"]

CHINESE_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
SCALES = "十百千万亿"
VAGUE = "多余几数"
# words that limit a number; where the text has one, the literal must have it too
BOUNDS_BEFORE = re.compile(
    r"(?:超过?|逾|不足|不到|不少于|不低于|不超过|不高于|至少|至多|最多|最少|大约|将近|接近|多达"
    r"|(?<![最附靠临邻远新])近|(?<![节签预合契条公制])约|高于|低于|超出)$"
)
BOUNDS_AFTER = re.compile(r"以上|以下|以内|左右|上下|余(?!额)|之多")
LONGER_WORDS = ("人民币", "人均", "家庭", "市场", "个性", "年鉴")
MORE_OF_UNIT = re.compile(r"(?<=年|元|倍|米|里|亩|吨|月)多")
RANGE = "-~至到"
PUT_OUT = ("印发", "转发", "批转", "发布", "公布")
# a 文号 begins with the sign of its issuer: 办发〔2016〕69号 is not 中办发〔2016〕69号
ISSUERS = "国中办厅政委府省市财教农卫组统发"


def find_all(text: str, literal: str, kind: Kind) -> Iterator[int]:
    """Yield where in a folded text a folded literal stands by itself.

    Parameters
    ----------
    text, literal: as ``fold`` returns them.
    kind: ``figure`` keeps to the bounds of numbers and units, ``title`` to the marks 《》, ``number`` (文号) to its
        issuer, ``words`` only to the bounds of numbers.

    >>> list(find_all("投入39.43亿元", "9.43亿元", "figure")), list(find_all("投入39.43亿元", "39.43亿元", "figure"))
    ([], [2])
    """
    start = text.find(literal) if literal else -1
    while start >= 0:
        end = start + len(literal)
        if _digits_end(text, start, end) and _WHOLE[kind](text, start, end):
            yield start
        start = text.find(literal, start + 1)


def near_miss(text: str, literal: str) -> str:
    """Return what the text prints instead where it has the same digits or words, a few characters; else "".

    >>> near_miss("投入39.43亿元。", "9.43亿元")
    '39.43亿元'
    """
    digits = re.search(r"[0-9]+(?:\.[0-9]+)?", literal)
    core = digits[0] if digits else literal
    start = text.find(core)
    if start < 0:
        return ""
    before = re.search(r"[0-9.,第超过近约逾]*$", text[:start])
    after = re.match(r"[0-9.,%‰多余万亿千百]*\w{0,2}", text[start + len(core) :])
    return f"{before[0] if before else ''}{core}{after[0] if after else ''}"


def _digits_end(text: str, start: int, end: int) -> bool:
    """Whether the digits at both ends of the span are not cut out of a longer number."""
    before, after, span = text[:start][-2:], text[end : end + 4], text[start:end]
    if span[0].isdigit():
        grouped = re.fullmatch(r"[0-9],", before) and re.match(r"[0-9]{3}(?![0-9])", text[start:])
        if before[-1:].isdigit() or re.fullmatch(r"[0-9]\.", before) or grouped:
            return False
    if span[-1].isdigit():
        grouped = re.match(r",[0-9]{3}(?![0-9])", after)
        return not (after[:1].isdigit() or re.match(r"\.[0-9]", after) or grouped)
    return True


def _is_whole_figure(text: str, start: int, end: int) -> bool:
    before, span, after = text[max(0, start - 4) : start], text[start:end], text[end : end + 3]
    return _begins(before, span) and _ends(span, after) and _keeps_unit(text, start, end)


def _begins(before: str, span: str) -> bool:
    last = before[-1:]
    if last and last in "第数" and span[0] != "第":
        return False
    if span[0] in CHINESE_NUMERALS and last and (last in CHINESE_NUMERALS + VAGUE or last.isdigit()):
        return False
    if before[-2:-1].isdigit() and last in RANGE + "/":
        return False
    return not (BOUNDS_BEFORE.search(before) and (span[0].isdigit() or span[0] in CHINESE_NUMERALS))


def _ends(span: str, after: str) -> bool:
    following = after[:1]
    if following and following in RANGE and after[1:2].isdigit():
        return False
    if span[-1].isdigit() and following and following in SCALES + VAGUE + "%‰/":
        return False
    goes_on = bool(following) and (following in CHINESE_NUMERALS + VAGUE or following.isdigit())
    if span[-1] in CHINESE_NUMERALS and goes_on:
        return False
    return not (BOUNDS_AFTER.match(after) or MORE_OF_UNIT.match(span[-1:] + after, 1))


def _keeps_unit(text: str, start: int, end: int) -> bool:
    """Whether the unit that ends the literal is not the beginning of a longer one (人 of 人次)."""
    for at in range(start, end):
        unit = find_unit(text[:end], at)
        if unit is None or at + unit.length != end:
            continue
        longer = find_unit(text, at)
        if longer is not None and longer.length > unit.length:
            return False
        return not text.startswith(LONGER_WORDS, at)
    return True


def _is_whole_title(text: str, start: int, end: int) -> bool:
    """Whether a title within 《》 fills them, or is what a notice of that title puts out (关于印发…的通知)."""
    if text.rfind("《", 0, start) <= text.rfind("》", 0, start):
        return True
    begins = text[start - 1] == "《" or text.endswith(PUT_OUT, 0, start)
    return begins and text.startswith(("》", "的通知"), end)


def _is_whole_number(text: str, start: int, _end: int) -> bool:
    return start == 0 or text[start - 1] not in ISSUERS


def _is_anything(_text: str, _start: int, _end: int) -> bool:
    return True


_WHOLE: dict[Kind, Callable[[str, int, int], bool]] = {
    "figure": _is_whole_figure,
    "title": _is_whole_title,
    "number": _is_whole_number,
    "words": _is_anything,
}
