"""Which quantities does a sentence print? The longest stretch at each number that the reader of quantities accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cooperation_kg.curate.quantities import Bound, Quantity, UnreadableQuantity, read_quantity, write_quantity

LONGEST = 36
"""Characters of one literal; longer stretches are not tried."""

_CHINESE_START = re.compile(r"[0-9一二三四五六七八九十百千万亿两廿]")
_CHINESE_BEFORE = (
    *("不少于", "不低于", "至少", "超过", "超", "逾", "多于", "高于", "不超过", "至多", "最多", "不足", "不到", "少于"),
    *("低于", "将近", "接近", "近", "大约", "大概", "约", "百分之", "千分之"),
)
_ENGLISH_START = re.compile(
    r"(?:\b(?:cny|rmb|usd)\s*)?(?:(?<![\w.,-])[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety)\b)",
    re.IGNORECASE,
)
_ENGLISH_BEFORE = (
    *("no less than", "no fewer than", "not less than", "more than", "at least", "over", "at most", "up to"),
    *("no more than", "less than", "fewer than", "under", "below", "nearly", "almost", "about", "around"),
    *("approximately", "roughly"),
)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b")
_BOUND_AFTER: dict[str, Bound] = {
    "多": Bound.MORE_THAN,
    "余": Bound.MORE_THAN,
    "以上": Bound.AT_LEAST,
    "左右": Bound.ABOUT,
}
_INSIDE_A_WORD = re.compile(r"(?:[签协条公合预]约|[最附临]近)\Z")
"""Words whose last character is no bound: 签约41亿元 is not about 4.1 billion."""
_LOOSE_UNITS = (
    "两地",
    "双方",
    "两省",
    "两市",
    "两县",
    "两区",
    "两国",
    "一方",
    "一批",
    "一个",
    "一些",
    "一项",
    "一次",
    "一家",
)


@dataclass(frozen=True)
class Amount:
    """A quantity as printed in a sentence, and what was read; ``rhythm`` is each-year where 每年 stands by."""

    text: str
    start: int
    end: int
    quantity: Quantity
    rhythm: Literal["", "each-year"] = ""

    def words(self, lang: str) -> str:
        """Return what was understood: 39.43亿元, or CNY 3.943 billion."""
        each = {"zh": "每年", "en": " each year"}[lang] if self.rhythm else ""
        shown = write_quantity(self.quantity, "zh" if lang == "zh" else "en")
        return each + shown if lang == "zh" else shown + each


def find_amounts(text: str, taken: Iterable[tuple[int, int]]) -> tuple[Amount, ...]:
    """Return the quantities of a folded sentence, in order.

    Parameters
    ----------
    taken: (start, end) of what already means something else: names, times, numbers of documents.

    >>> [(a.text, str(a.quantity.bound)) for a in find_amounts("投入近40亿元，派出干部200余人次", ())]
    [('近40亿元', 'nearly'), ('200余人次', 'more-than')]
    """
    spans = tuple(taken)
    is_english = re.search("[\u4e00-\u9fff]", text) is None
    found: list[Amount] = []
    position = 0
    while (start := _next_start(text, position, is_english)) is not None:
        inside = next((end for first, end in spans if first <= start < end), None)
        if inside is not None:
            position = inside
            continue
        limit = min([first for first, _ in spans if first > start] + [len(text), start + LONGEST])
        amount = _longest(text, start, limit, position, is_english)
        if amount is not None and _states_something(amount, text):
            found.append(amount)
        position = amount.end if amount else _end_of_number(text, start, is_english)
    return tuple(found)


def _next_start(text: str, position: int, is_english: bool) -> int | None:
    match = (_ENGLISH_START if is_english else _CHINESE_START).search(text, position)
    return match.start() if match else None


def _end_of_number(text: str, start: int, is_english: bool) -> int:
    match = re.compile(r"[\w.,]+" if is_english else r"[0-9.,]+|.").match(text, start)
    return max(match.end() if match else 0, start + 1)


def _longest(text: str, start: int, limit: int, earliest: int, is_english: bool) -> Amount | None:
    first = _with_bound(text, start, earliest, _ENGLISH_BEFORE if is_english else _CHINESE_BEFORE)
    for begin in dict.fromkeys((first, start)):
        for end in _ends(text, start, limit, is_english):
            quantity = _read(text[begin:end])
            if quantity is not None:
                return Amount(text[begin:end], begin, end, quantity, _rhythm(text, begin, end))
    return None


def _ends(text: str, start: int, limit: int, is_english: bool) -> Iterator[int]:
    for end in range(limit, start, -1):
        if is_english and (end < len(text) and text[end].isalnum() and text[end - 1].isalnum()):
            continue
        if text[end - 1] not in " ,.;，。；":
            yield end


def _with_bound(text: str, start: int, earliest: int, words: tuple[str, ...]) -> int:
    before = text[earliest:start].rstrip() if words is _ENGLISH_BEFORE else text[earliest:start]
    held = [word for word in words if before.lower().endswith(word) and not _INSIDE_A_WORD.search(before)]
    return earliest + len(before) - max(map(len, held)) if held else start


def _read(literal: str) -> Quantity | None:
    try:
        return read_quantity(literal)
    except UnreadableQuantity:
        return None


def _rhythm(text: str, start: int, end: int) -> Literal["", "each-year"]:
    before, after = text[max(0, start - 14) : start], text[end : end + 24].lower()
    if re.search(r"(?:每年|年均|平均每年|逐年)[^，。；,;]*\Z", before) or re.match(
        r"/年|\s*(?:a|per|each|every) year|\s*annually", after
    ):
        return "each-year"
    return "each-year" if re.search(r"(?:every|each|per) year[^,.;]*\Z|annual(?:ly)?[^,.;]*\Z", before.lower()) else ""


def _states_something(amount: Amount, text: str) -> bool:
    before, after = text[: amount.start], text[amount.end :]
    if amount.text.startswith(_LOOSE_UNITS) or _ORDINAL_AFTER.match(after):
        return False
    spelt = not any(character.isdigit() for character in amount.text)
    named = amount.quantity.unit or amount.quantity.ratio is not None or not spelt
    return bool(named) and not (spelt and amount.quantity.value == 1) and not before.endswith(("第", "No.", "no. "))
