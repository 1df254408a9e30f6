"""Which numbers stand in a text, Chinese or English, and which of them can be the same?

Read are digits (1,056; 7.74亿; 25th), numbers in Han characters before a counter (十二项) or after 第, English number
words from *three* and *third* on, the months by name, and the days beside them. 一, 两, *one* and *two* are numbers
only before a unit of time, people or money (两年, *two years*); elsewhere they are words (两地, *the two*). Not read:
fractions (三分之一, *half*), 数十, *dozens*, and numbers that are part of a word or name (十四五规划, 三峡, *five-year
plan*, *Three Gorges*).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from cooperation_kg.curate.quantities import UnreadableQuantity, read_quantity
from cooperation_kg.curate.quantities.english import TENS, WORDS

MULTIPLES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12, "million": 10**6, "billion": 10**9}
CALENDAR = ("year", "month", "day")
CLASSES = {
    "年": "year",
    "月": "month",
    "日": "day",
    "人次": "visits",
    "人": "persons",
    "名": "persons",
    "位": "persons",
}
_SLUG = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)+")
_HAN = "一二两三四五六七八九十百千万亿零〇"
# counters after which a number in Han characters is a number, not part of a word (十四五规划, 三峡)
_COUNTED = (
    "年(?!规划|计划)|个?月|日|天|人次|人|名|位|个|项|家|户|批|次|所|对|届|轮|类|种|份|座|处|条|省|市|区|县|州|镇|乡|村|城市|"
    "亩|元|公里|平方|支|倍|成"
)
_ARABIC = re.compile(
    r"(?<![\d.])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:多|余|几)?\s*(万亿|亿|万|千|百|million|billion)?(?:多|余)?"
    r"\s*(st\b|nd\b|rd\b|th\b|年|月|日|人次|人|名|位)?"
)
_WRITTEN = re.compile(f"(?<![第{_HAN}])([{_HAN}]+)(?:多|余|几)?({_COUNTED})")
_RANK = re.compile(f"第([{_HAN}]+)")
_UNITS = "年|个?月|日|天|人次|人|名|位|元|倍"
# 这一年, 同一年, 每一名 count nothing
_POINTED = "这那哪同每某任"

_RANKS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    "twelfth",
    *(f"{word}th" for word in list(WORDS)[13:]),
)
_CARDINALS = dict(zip(_RANKS, list(WORDS)[1:], strict=True)) | {f"{word[:-1]}ieth": word for word in TENS}
_ONES = "|".join(sorted((*_CARDINALS, *list(WORDS)[1:]), key=len, reverse=True))
_BASE = rf"(?:(?:{'|'.join(TENS)})(?:[-\s](?:{_ONES}))?|{_ONES})"
_WORDS = re.compile(
    rf"\b{_BASE}(?:\s(?:hundred|thousand|million|billion)\b(?:\s(?:and\s)?{_BASE}\b)?)*\b(?!-year)", re.IGNORECASE
)
_OF_A_NAME = re.compile(r"\s[A-Z]")
_ENGLISH_UNITS = re.compile(r"\s+(?:years?|months?|weeks?|days?|people|persons?|yuan|times)\b")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS = _MONTH.split("|")
# "may" at the head of a sentence is no month: a day, a year or a preposition stands beside one
_DATED = re.compile(
    rf"(?:(\d{{1,2}})(?:\s*(?:and|to|or|–|-)\s*(\d{{1,2}}))?\s+)?\b({_MONTH})\b(?:\s+(\d{{1,2}})\b(?!\d|,\d))?"
)
_MAY = re.compile(r"(?:\d|\b(?:in|of|since|from|until|by|to|and|or|before|after|last|early|late))\s+$", re.IGNORECASE)


class Number(NamedTuple):
    """A number in a text: its value, what it counts as far as the text says (else empty), and as it is written."""

    value: Decimal
    counts: str
    written: str

    def agrees(self, other: Number) -> bool:
        """Return whether both can be the same number: 人 and 人次 are not, 16 districts and 16 May are not.

        A bare number of four digits may be a year, as English has no word for it.
        """
        if self.value != other.value:
            return False
        if self.counts == other.counts:
            return True
        counts = {self.counts, other.counts}
        if "" not in counts or "rank" in counts or counts & {"month", "day"}:
            return False
        return "year" not in counts or 1900 <= self.value <= 2100


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers of a text.

    >>> [(str(n.value), n.counts) for n in numbers_in("1996年，7.74亿元，十二项，7000余人次，两地，两年")]
    [('1996', 'year'), ('774000000.00', ''), ('7000', 'visits'), ('12', ''), ('2', '')]
    >>> [(str(n.value), n.counts) for n in numbers_in("On 5 and 6 November the two paired sixteen districts")]
    [('5', 'day'), ('6', 'day'), ('11', 'month'), ('16', '')]
    """
    plain = unicodedata.normalize("NFKC", text)
    dated = list(_dates(plain))
    yield from (number for _, _, number in dated)
    taken = {place for start, end, _ in dated for place in range(start, end)}
    for match in _ARABIC.finditer(plain):
        if match.start(1) not in taken:
            yield _arabic(match)
    yield from _han(plain)
    yield from _english(plain)


def numbers_named(text: str) -> Iterator[Number]:
    """Yield the numbers of a value of a statement; of an id only ranks, as its other digits tell nothing.

    >>> [n.counts for value in ("xpcc-14th-division", "2016-guiding-opinion") for n in numbers_named(value)]
    ['rank']
    """
    found = numbers_in(text.replace("-", " ") if _SLUG.fullmatch(text) else text)
    yield from (number for number in found if number.counts == "rank" or not _SLUG.fullmatch(text))


def _dates(text: str) -> Iterator[tuple[int, int, Number]]:
    """Yield days and months of English dates, with the place where their digits stand."""
    for match in _DATED.finditer(text):
        if match[3] == "May" and not (
            match[1] or match[4] or _MAY.search(text[: match.start(3)]) or re.match(r"\s+\d{4}", text[match.end() :])
        ):
            continue
        for group in (1, 2, 4):
            if match[group]:
                yield match.start(group), match.end(group), Number(Decimal(match[group]), "day", match[group])
        month = Decimal(_MONTHS.index(match[3]) + 1)
        yield match.start(3), match.end(3), Number(month, "month", match[3])


def _arabic(match: re.Match[str]) -> Number:
    digits = Decimal(match[1].replace(",", ""))
    counts = "rank" if match[3] in ("st", "nd", "rd", "th") else CLASSES.get(match[3] or "", "")
    if counts == "year" and not 1000 <= digits <= 9999:
        counts = ""  # five years, not the year 5
    return Number(digits * MULTIPLES[match[2] or ""], counts, match[0].strip())


def _han(text: str) -> Iterator[Number]:
    for match in _WRITTEN.finditer(text):
        if match[1] in "一两" and not (
            re.fullmatch(_UNITS, match[2]) and text[match.start() - 1 : match.start()] not in tuple(_POINTED)
        ):
            continue
        if (value := _read(match[1])) is not None:
            counts = CLASSES.get(match[2], "")
            yield Number(value, counts if counts in ("visits", "persons") else "", match[0])
    for match in _RANK.finditer(text):
        if match[1] != "一" and (value := _read(match[1])) is not None:
            yield Number(value, "rank", match[0])


def _english(text: str) -> Iterator[Number]:
    for match in _WORDS.finditer(text):
        words = match[0].casefold()
        last = re.split(r"[-\s]", words)[-1]
        head = words.removesuffix(last)
        if match[0][0].isupper() and _OF_A_NAME.match(text, match.end()):  # Three Gorges
            continue
        value = _read(head + _CARDINALS.get(last, last))
        if value is None or (value <= 2 and (last in _CARDINALS or not _ENGLISH_UNITS.match(text, match.end()))):
            continue
        yield Number(value, "rank" if last in _CARDINALS else "", match[0])


@cache
def _read(text: str) -> Decimal | None:
    try:
        return read_quantity(text).value
    except UnreadableQuantity:
        return None
