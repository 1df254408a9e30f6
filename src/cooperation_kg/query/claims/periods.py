"""Which times does a sentence name? ``2016至2020年``, ``1996年以来``, ``截至2020年底``, “十三五”期间, since 1996 …

A phrase is read as far as it says something exact; 五年间 or "over five years" is kept as a length without a place in
time, so that nobody takes it for a date that was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cooperation_kg.curate.dates import BadDate, When, parse_when

PeriodKind = Literal["in", "since", "until", "length"]

PLANS = {
    "七": 1986,
    "八": 1991,
    "九": 1996,
    "十": 2001,
    "十一": 2006,
    "十二": 2011,
    "十三": 2016,
    "十四": 2021,
    "十五": 2026,
}
"""The first year of each five-year plan (五年规划): “十三五” is 2016 to 2020."""
ORDINALS = {
    "8th": 1991,
    "9th": 1996,
    "10th": 2001,
    "11th": 2006,
    "12th": 2011,
    "13th": 2016,
    "14th": 2021,
    "15th": 2026,
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS_OF_YEAR = {"上半年": ("01", "06"), "下半年": ("07", "12"), "前三季度": ("01", "09"), "一季度": ("01", "03")}
_DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
_NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "两": 2,
    "十二": 12,
    "二十": 20,
}
_ENGLISH_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_Y = r"(?:(?:19|20)\d{2}|[一二][〇零○一二三四五六七八九]{3})"
_DATE = rf"({_Y})年?(?:(?<=年)(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(\d{{1,2}})[日号])?)?"
_TO = r"\s*(?:至|到|—+|–|-+|~|/)\s*"
_NUMERAL = "一二三四五六七八九十百千万"
_PLAN = rf"(?<![{_NUMERAL}])[“\"‘']?(十[一二三四五]?|[七八九])五(?![{_NUMERAL}亿元个名人年])[”\"’']?"
_QUOTED_PLAN = r"[“\"‘'](十[一二三四五]?|[七八九])五[”\"’']"
_MONTH = r"(january|february|march|april|may|june|july|august|september|october|november|december)"
_LENGTH = r"([一二两三四五六七八九十]{1,2}|\d{1,2})(?:多|余)?(?:个)?年"
_AFTER_LENGTH = "(?:间|来|以来|内|里|中|时间|期间|多来|余来|的时间)"


@dataclass(frozen=True)
class Period:
    """A time as a sentence names it: ``in`` a time, ``since`` or ``until`` one, or a mere ``length`` of years.

    ``when`` is None for a length alone; ``years`` is None for all others.
    """

    kind: PeriodKind
    text: str
    start: int
    end: int
    when: When | None = None
    years: int | None = None

    def words(self, lang: str) -> str:
        """Return what was understood, in words."""
        if self.when is None:
            zh, en = f"{self.years}年间（起止未说明）", f"{self.years} years (which ones is not said)"
        else:
            text = self.when.text
            zh = {"in": text, "since": f"自{text}起", "until": f"截至{text}"}[self.kind]
            en = {"in": text, "since": f"since {text}", "until": f"up to {text}"}[self.kind]
        return zh if lang == "zh" else en


def find_periods(text: str) -> tuple[Period, ...]:
    """Return the times named in a folded sentence, in the order in which they stand; the longest reading wins.

    >>> [(p.kind, p.when.text) for p in find_periods("自1996年以来，截至2020年底，2016至2020年")]
    [('since', '1996'), ('until', '2020-12'), ('in', '2016/2020')]
    """
    found: list[Period] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= p.start or p.end <= match.start() for p in found):
                period = read(match)
                if period is not None:
                    found.append(period)
    return tuple(sorted(found, key=lambda period: period.start))


def _year(text: str) -> str:
    return "".join(_DIGITS.get(character, character) for character in text)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in _NUMBERS:
        return _NUMBERS[text]
    tens, _, ones = text.partition("十")
    return (_NUMBERS.get(tens, 1) * 10 if "十" in text else 0) + _NUMBERS.get(ones, 0)


def _moment(year: str | None, month: str | None = None, day: str | None = None) -> str:
    parts = [_year(year or "")]
    parts += [f"{_number(part):02d}" for part in (month, day) if part]
    return "-".join(parts)


def _period(kind: PeriodKind, match: re.Match[str], text: str) -> Period | None:
    try:
        return Period(kind, match[0], match.start(), match.end(), parse_when(text))
    except BadDate:
        return None


def _range(match: re.Match[str]) -> Period | None:
    groups = match.groupdict()
    first_year, last_year = _year(groups["y1"]), groups["y2"]
    last_year = first_year if last_year is None else _year(last_year)
    if len(last_year) == 2:
        last_year = first_year[:2] + last_year
    if groups["y2"] is None and not groups["m2"]:
        return None
    first, last = _moment(first_year, groups["m1"], groups["d1"]), _moment(last_year, groups["m2"], groups["d2"])
    if groups.get("end") and not groups["m2"]:
        last = f"{last_year}-12"
    return _period("in", match, f"{first}/{last}")


def _single(kind: PeriodKind) -> Callable[[re.Match[str]], Period | None]:
    def read(match: re.Match[str]) -> Period | None:
        return _period(kind, match, _moment(*match.groups()[:3]))

    return read


def _end_of_year(match: re.Match[str]) -> Period | None:
    return _period("until", match, f"{_year(match[1])}-12")


def _plan(kind: PeriodKind) -> Callable[[re.Match[str]], Period | None]:
    def read(match: re.Match[str]) -> Period | None:
        first = PLANS.get(match[1])
        if first is None:
            return None
        text = {"in": f"{first}/{first + 4}", "since": str(first), "until": str(first + 4)}[kind]
        return _period(kind, match, text)

    return read


def _english_plan(match: re.Match[str]) -> Period | None:
    first = ORDINALS.get(match[1].lower())
    return _period("in", match, f"{first}/{first + 4}") if first else None


def _part_of_year(match: re.Match[str]) -> Period | None:
    year, part = _year(match[1]), match[2]
    first, last = PARTS_OF_YEAR[part]
    return _period("in", match, f"{year}-{first}/{year}-{last}")


def _first_months(match: re.Match[str]) -> Period | None:
    return _period("in", match, f"{_year(match[1])}-01/{_year(match[1])}-{_number(match[2]):02d}")


def _two_years(match: re.Match[str]) -> Period | None:
    """Read 2018、2019两年 as one span; years that do not follow each other stay two times."""
    first, last = (int(_year(group)) for group in match.groups())
    return _period("in", match, f"{first}/{last}") if last == first + 1 else None


def _months(match: re.Match[str]) -> Period | None:
    return _period("in", match, f"{_year(match[1])}-{_number(match[2]):02d}/{_year(match[1])}-{_number(match[3]):02d}")


def _decade(match: re.Match[str]) -> Period | None:
    number = match[1]
    first = 1900 + (int(number) if number.isdigit() else _number(number[0]) * 10)
    return _period("in", match, f"[{first}..{first + 9}]")


def _length(match: re.Match[str]) -> Period | None:
    word = match[1].lower()
    years = _ENGLISH_NUMBERS.index(word) + 1 if word in _ENGLISH_NUMBERS else _number(word)
    return Period("length", match[0], match.start(), match.end(), years=years) if years else None


def _english_date(kind: PeriodKind) -> Callable[[re.Match[str]], Period | None]:
    def read(match: re.Match[str]) -> Period | None:
        groups: dict[str, Any] = match.groupdict()
        month = groups["month"]
        text = groups["year"] + (f"-{MONTHS.index(month[:3].lower()) + 1:02d}" if month else "")
        day = groups.get("day") or groups.get("day2")
        if day and month:
            text += f"-{int(day):02d}"
        if groups.get("late") and not month:
            text += "-12"
        return _period(kind, match, text)

    return read


def _english_range(match: re.Match[str]) -> Period | None:
    sides = []
    for n in ("1", "2"):
        year, month = match[f"y{n}"], match[f"m{n}"]
        year = year if len(year) == 4 else match["y1"][:2] + year
        sides.append(year + (f"-{MONTHS.index(month[:3].lower()) + 1:02d}" if month else ""))
    return _period("in", match, "/".join(sides))


def _patterns() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]]]:
    def sided(n: int) -> str:
        month = rf"(?:(?P<m{n}>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(?P<d{n}>\d{{1,2}})[日号])?)?"
        return rf"(?P<y{n}>{_Y}|(?<=[-—–~])\d{{2}}(?=年))年?{month}" if n == 2 else rf"(?P<y{n}>{_Y})年?{month}"

    to_month = r"(?P<y2>(?!))?(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})[日号])?"
    day = r"(?:(?P<day>\d{1,2})\s+)?"
    moment = rf"(?:{day}(?P<month>{_MONTH[1:-1]})\s+(?:(?P<day2>\d{{1,2}}),?\s+)?)?(?P<year>(?:19|20)\d{{2}})\b"
    side = rf"(?:(?P<m%s>{_MONTH[1:-1]})\s+)?(?P<y%s>%s)"
    span = side % ("1", "1", r"(?:19|20)\d{2}") + r"\s*(?:to|through|until|and|[-–—]+)\s*"
    span += side % ("2", "2", r"(?:19|20)\d{2}|\d{2}") + r"\b"
    english = (
        (rf"\b(?:from|between|during|in|over)?\s*{span}", _english_range),
        (rf"\bsince\s+(?:the\s+end\s+of\s+|early\s+|late\s+)?{moment}", _english_date("since")),
        (
            rf"\b(?:by|as of|until|up to|through|at)\s+(?:the\s+)?(?P<late>end of|late|end-)?\s*{moment}",
            _english_date("until"),
        ),
        (rf"\b(?:in|during|on|for|of)\s+(?:early |late |mid-)?{moment}", _english_date("in")),
        (
            rf"\b{day}(?P<month>{_MONTH[1:-1]})\s+(?:(?P<day2>\d{{1,2}}),?\s+)?(?P<year>(?:19|20)\d{{2}})\b",
            _english_date("in"),
        ),
        (r"\b(1[0-5]th|[89]th) five-year plan(?: period)?", _english_plan),
        (rf"\b({'|'.join(_ENGLISH_NUMBERS)}|\d{{1,2}})[- ]years?\b(?! ago| plan)", _length),
    )
    chinese = (
        (rf"(?:自|从|在)?{sided(1)}{_TO}{sided(2)}(?P<end>底|末)?(?:期间|间|度)?", _range),
        (rf"(?:自|从|在)?{sided(1)}{_TO}{to_month}(?:底|末)?(?:期间|间)?", _range),
        (rf"({_Y})年?(?:、|和|与|及)({_Y})年?(?:(?:两|二)年)?(?=年|两|，|,|、|\D)", _two_years),
        (rf"({_Y})年(\d{{1,2}})(?:月)?{_TO}(\d{{1,2}})月", _months),
        (rf"({_Y})年?({'|'.join(PARTS_OF_YEAR)})", _part_of_year),
        (rf"({_Y})年前([一二两三四五六七八九十]{{1,2}}|\d{{1,2}})个月", _first_months),
        (rf"(?:截至|截止到|截止|到|至|直到)?({_Y})年?(?:年底|年末|底|末)(?:为止|之前|前)?", _end_of_year),
        (rf"(?:自|从)?{_DATE}(?:以来|起|开始|至今|以后|之后|至目前|初以来)", _single("since")),
        (rf"(?:自|从)(?!\d{{4}}年?(?:至|到)){_DATE}", _single("since")),
        (rf"(?:截至|截止到|截止|到|至|止于|直到){_DATE}(?!底|末|\d)(?:为止|止)?", _single("until")),
        (rf"{_PLAN}(?:以来|开局)", _plan("since")),
        (rf"(?:截至|到){_PLAN}(?:末|期末|结束)", _plan("until")),
        (rf"{_PLAN}(?:规划|计划)?(?:期间|时期|期|五年)", _plan("in")),
        (r"(?:20|二十|上)世纪(\d{2}|[一二三四五六七八九]十)年代", _decade),
        (rf"{_DATE}(?<=[年月日号])", _single("in")),
        (_QUOTED_PLAN, _plan("in")),
        (rf"{_PLAN}(?=规划|计划|的|，|,|中|内)", _plan("in")),
        (rf"(?<![第\d]){_LENGTH}{_AFTER_LENGTH}", _length),
        (rf"(?:近|过去|最近|连续|前|这)(?:的)?{_LENGTH}", _length),
    )
    for pattern, read in (*english, *chinese):
        yield re.compile(pattern, re.IGNORECASE), read


_PATTERNS = tuple(_patterns())
