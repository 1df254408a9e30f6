"""Dates as sources print them: a year stays a year, an interval stays an interval.

Sources say "2016", "December 2016" or "some time between 1996 and 2019". Turning such words into one day
would pretend to know more than the source, so a date here is its text and the first and last day it can mean.

The text is a subset of EDTF, the Extended Date/Time Format of ISO 8601-2:2019
(https://www.loc.gov/standards/datetime/):

==================  ======  ==================================================================
text                level   means
==================  ======  ==================================================================
``2016-12-03``      0       that day; ``2016-12`` that month, ``2016`` that year
``2016/2020``       0       lasting from some time in 2016 to some time in 2020, both included
``2016~``           1       about 2016. EDTF leaves "about" open; here: one unit of the stated
                            precision wider on both sides (2015 to 2017)
``[1996..2019]``    2       one time, some time from 1996 to 2019
==================  ======  ==================================================================

Refused with a remedy, although EDTF has them: ``?``, ``%``, ``X`` digits, seasons, times of day, and open
intervals (``2016/..``): every date here has two bounds, and an end that no source states is absent, not open.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside are misprints or sentinels ("0000", "9999"): no source of this field speaks of them."""

Precision = Literal["year", "month", "day"]
Shape = Literal["date", "interval", "within"]
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")
# Not calendar.month_name, which follows the locale of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_MOMENT = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(~?)")
_LONGEST = 40  # two days, brackets and some words: longer text is a note, and no pattern below is tried on it

# What is wrong and what to do next, in both languages.
_REASONS: dict[str, tuple[str, str]] = {
    "form": (
        "is none of the forms 2016, 2016-12, 2016-12-03, 2016/2020, 2016~, [1996..2019]",
        "不合写法：2016、2016-12、2016-12-03、2016/2020、2016~、[1996..2019]",
    ),
    "short year": (
        "has no year of four digits; write 1996, or 1996-05",
        "没有四位的年份；请写 1996 或 1996-05",
    ),
    "year": (
        f"has a year outside {FIRST_YEAR}-{LAST_YEAR}; where the source gives no date, leave the field out",
        f"的年份不在 {FIRST_YEAR}-{LAST_YEAR} 之内；来源没有日期就不写这一栏",
    ),
    "month": (
        "has no month 01 to 12; an interval of years is written 2016/2020",
        "的月份不在 01 至 12 之内；年份的时段写作 2016/2020",
    ),
    "day": (
        "has a day that its month lacks; check the source, or write the month alone",
        "的日期在该月不存在；请核对来源，或只写到月",
    ),
    "reversed": ("ends before it begins", "先止后起"),
    "open": (
        "has an open side; give a beginning alone as `from`, an end alone as `until`, with one date each",
        "有一端未定；只知开始用 from，只知结束用 until，各写一个日期",
    ),
    "about within": (
        "has ~ inside [..]; leave it out and write wider bounds",
        "在 [..] 里有 ~；请去掉，并把界限写宽",
    ),
}

# What curators type instead, after NFKC, without white space, every dash a hyphen: (pattern, what to write);
# {2} is group 2 with two digits. The first that yields a readable date is offered as remedy, never applied.
_TO = r"(?:至|到|-|~|/|--)"
_REWRITES: tuple[tuple[str, str], ...] = (
    (r"(\d{4})年", r"\1"),
    (r"(\d{4})[-./年](\d{1,2})月?", r"\1-{2}"),
    (r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?", r"\1-{2}-{3}"),
    (r"(\d{4})(\d{2})(\d{2})?", r"\1-{2}-{3}"),
    (r"(\d{1,2})/(\d{4})", r"\2-{1}"),
    (r"(\d{4}-\d{2}-\d{2})T.*", r"\1"),
    (r"(?:约|大约|c\.?|ca\.?)(\d{4})年?", r"\1~"),
    (r"(\d{4})年?(?:左右|前后|\?|%)", r"\1~"),
    (rf"(\d{{4}})年?{_TO}(\d{{4}})年?", r"\1/\2"),
    (rf"(\d{{4}})[-.年](\d{{1,2}})月?{_TO}(\d{{4}})[-.年](\d{{1,2}})月?", r"\1-{2}/\3-{4}"),
    (rf"(\d{{4}})年(\d{{1,2}})月?{_TO}(\d{{1,2}})月", r"\1-{2}/\1-{3}"),
    (rf"(\d{{4}}-\d{{2}}-\d{{2}}){_TO}(\d{{4}}-\d{{2}}-\d{{2}})", r"\1/\2"),
    (r"\[?([\d-]+)\.{2,3}([\d-]+)\]?", r"[\1..\2]"),
    (r"(\d{3})X", r"[\g<1>0..\g<1>9]"),
)


class BadDate(ValueError):
    """A text that is no date we can read, with the reason and the remedy in both languages.

    Attributes: ``text`` as typed; ``why``, the kind of fault; ``reason_en`` and ``reason_zh``, what is wrong
    and what to do next; ``suggestion``, what to write instead, or ``None`` where that would be a guess.
    """

    def __init__(self, text: str, why: str, suggestion: str | None = None) -> None:
        self.text, self.why, self.suggestion = text, why, suggestion
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        reason_en, reason_zh = _REASONS[why]
        self.reason_en = f'"{shown}" {reason_en}' + (f"; write {suggestion}" if suggestion else "")
        self.reason_zh = f"“{shown}”{reason_zh}" + (f"；请写作 {suggestion}" if suggestion else "")
        super().__init__(self.reason_en)


class Bounds(NamedTuple):
    """The first and the last day that one instant can have been, both included."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Moment:
    """One printed date without interval: ``2016``, ``2016-12~``, ``2016-12-03``; bounds as in `When`."""

    text: str
    precision: Precision
    approximate: bool
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class When:
    """A date or interval as a source gives it: its text and the days it can mean. Made by `parse_when`.

    Parameters
    ----------
    text: EDTF, exactly as typed; the RDF literal.
    shape: ``date`` (2016-12), ``interval`` (2016/2020, lasting) or ``within`` ([1996..2019], one time).
    first, last: the two printed dates; the same one twice for a ``date``.

    >>> when = parse_when("2016/2018-03")
    >>> when.earliest.isoformat(), when.latest.isoformat(), when.is_interval
    ('2016-01-01', '2018-03-31', True)
    >>> when.end.earliest.isoformat()
    '2018-03-01'
    """

    text: str
    shape: Shape
    first: Moment
    last: Moment

    @property
    def earliest(self) -> date:
        """The first possible day of the whole span."""
        return self.first.earliest

    @property
    def latest(self) -> date:
        """The last possible day of the whole span, included."""
        return self.last.latest

    @property
    def precision(self) -> Precision:
        """``"year"``, ``"month"`` or ``"day"``: the coarser of the two printed dates."""
        return min(self.first.precision, self.last.precision, key=_PRECISIONS.index)

    @property
    def approximate(self) -> bool:
        """Whether either printed date is marked ``~`` (about)."""
        return self.first.approximate or self.last.approximate

    @property
    def is_interval(self) -> bool:
        """Whether something lasted from a first to a last time (``2016/2020``)."""
        return self.shape == "interval"

    @property
    def is_some_time_within(self) -> bool:
        """Whether this is one time, known only to lie between two (``[1996..2019]``)."""
        return self.shape == "within"

    @property
    def start(self) -> Bounds:
        """When it can have begun: an interval's first side (not after its end), else the whole span.

        >>> parse_when("2016/2020").start.latest.isoformat()
        '2016-12-31'
        """
        if not self.is_interval:
            return Bounds(self.earliest, self.latest)
        return Bounds(self.first.earliest, min(self.first.latest, self.last.latest))

    @property
    def end(self) -> Bounds:
        """When it can have ended: an interval's last side (not before its start), else the whole span."""
        if not self.is_interval:
            return Bounds(self.earliest, self.latest)
        return Bounds(max(self.first.earliest, self.last.earliest), self.last.latest)

    def contains(self, other: When | date) -> bool:
        """Return whether every day that `other` can mean lies within the span.

        >>> parse_when("2016").contains(parse_when("2016-12"))
        True
        """
        earliest, latest = (other.earliest, other.latest) if isinstance(other, When) else (other, other)
        return self.earliest <= earliest and latest <= self.latest

    def overlaps(self, other: When) -> bool:
        """Return whether the two spans share a possible day.

        >>> parse_when("2016/2020").overlaps(parse_when("2020-12"))
        True
        """
        return self.earliest <= other.latest and other.earliest <= self.latest

    def years(self) -> range:
        """Return the calendar years that the span touches.

        >>> list(parse_when("2016-12/2018").years())
        [2016, 2017, 2018]
        """
        return range(self.earliest.year, self.latest.year + 1)


@lru_cache(maxsize=1 << 14)
def parse_when(text: str) -> When:
    """Read a date of the subset above; nothing is mended, so ``parse_when(text).text == text``.

    Parameters
    ----------
    text: as typed by the curator.

    Raises
    ------
    BadDate: the text is not in the subset, names no real day, is reversed, or lies outside 1900 to 2100.

    >>> parse_when("2016~").latest.isoformat()
    '2017-12-31'
    >>> try:
    ...     parse_when("2016年12月")
    ... except BadDate as fault:
    ...     fault.suggestion
    '2016-12'
    """
    try:
        return _read_when(text)
    except BadDate as fault:
        if fault.suggestion is not None or not (suggestion := _suggest(text)):
            raise
        raise BadDate(text, fault.why, suggestion) from None


@lru_cache(maxsize=1 << 14)
def display(when: When, lang: str = "en") -> str:
    """Return the date in words, no more precise than its text: ``lang`` is ``"zh"`` or ``"en"``.

    >>> display(parse_when("2016-12"), "zh"), display(parse_when("2016-12"), "en")
    ('2016年12月', 'December 2016')
    >>> display(parse_when("2016/2020"), "zh"), display(parse_when("2016/2020"), "en")
    ('2016年至2020年', '2016–2020')
    """
    first, last = _name_moment(when.first, lang), _name_moment(when.last, lang)
    if when.shape == "date":
        return first
    if when.shape == "within":
        return f"{first}至{last}间某时" if lang == "zh" else f"some time between {first} and {last}"
    if lang == "zh":
        return f"{first}至{last}"
    return f"{first} – {last}" if " " in first + last else f"{first}–{last}"


def _read_when(text: str) -> When:
    if len(text) > _LONGEST:
        raise BadDate(text, "form")
    if text.startswith("[") and text.endswith("]") and text.count("..") == 1:
        if "~" in text:
            raise BadDate(text, "about within")
        return _read_pair(text, "within", *text[1:-1].split(".."))
    if text.count("/") == 1:
        return _read_pair(text, "interval", *text.split("/"))
    moment = _read_moment(text, text)
    return When(text, "date", moment, moment)


def _read_pair(text: str, shape: Shape, left: str, right: str) -> When:
    if left in ("", "..") or right in ("", ".."):
        raise BadDate(text, "open")
    first, last = _read_moment(left, text), _read_moment(right, text)
    # Asked of what is printed, so without the widening of "~".
    if _bounds(*_numbers(first))[0] > _bounds(*_numbers(last))[1]:
        raise BadDate(text, "reversed", f"{right}/{left}" if shape == "interval" else f"[{right}..{left}]")
    return When(text, shape, first, last)


def _read_moment(part: str, text: str) -> Moment:
    """Read one printed date; `text` is the whole that a fault is reported of."""
    match = _MOMENT.fullmatch(part)
    if not match:
        raise BadDate(text, "short year" if re.fullmatch(r"[0-9]{2}(-[0-9]{1,2})*", text) else "form")
    numbers = [int(number) for number in match[1].split("-")]
    if fault := _find_calendar_fault(*numbers):
        raise BadDate(text, fault)
    precision = _PRECISIONS[len(numbers) - 1]
    earliest, latest = _bounds(*numbers)
    if match[2]:
        earliest, latest = _step(earliest, precision, -1)[0], _step(earliest, precision, 1)[1]
    return Moment(part, precision, bool(match[2]), earliest, latest)


def _find_calendar_fault(year: int, month: int = 1, day: int = 1) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return "year"
    if not 1 <= month <= 12:
        return "month"
    return None if 1 <= day <= monthrange(year, month)[1] else "day"


def _numbers(moment: Moment) -> list[int]:
    """Year, month and day as far as printed."""
    return [int(number) for number in moment.text.rstrip("~").split("-")]


def _bounds(year: int, month: int = 0, day: int = 0) -> Bounds:
    """First and last day of a year, a month or a day; 0 where the date is less precise."""
    last_month = month or 12
    return Bounds(
        date(year, month or 1, day or 1),
        date(year, last_month, day or monthrange(year, last_month)[1]),
    )


def _step(earliest: date, precision: Precision, by: Literal[-1, 1]) -> Bounds:
    """Bounds of the unit before or after the one that begins on `earliest`."""
    if precision == "day":
        return Bounds(*[earliest + timedelta(days=by)] * 2)
    if precision == "year":
        return _bounds(earliest.year + by)
    years, month = divmod(earliest.month - 1 + by, 12)
    return _bounds(earliest.year + years, month + 1)


def _suggest(text: str) -> str | None:
    """Return the readable date that `text` most likely means, or ``None``."""
    if len(text) > _LONGEST:
        return None
    plain = re.sub("[‐-―−]+", "-", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    matches = ((re.fullmatch(pattern, plain), target) for pattern, target in _REWRITES)
    candidates = [plain, *(_fill(match, target) for match, target in matches if match)]
    return next((candidate for candidate in candidates if _is_readable(candidate)), None)


def _fill(match: re.Match[str], target: str) -> str:
    padded = re.sub(r"\{(\d)\}", lambda group: (match[int(group[1])] or "").zfill(2), target)
    return match.expand(padded).replace("-00", "")  # an absent or zero month or day is left out


def _is_readable(text: str) -> bool:
    try:
        _read_when(text)
    except BadDate:
        return False
    return True


def _name_moment(moment: Moment, lang: str) -> str:
    numbers = _numbers(moment)
    if lang == "zh":
        words = "".join(f"{number}{unit}" for number, unit in zip(numbers, "年月日", strict=False))
        return f"约{words}" if moment.approximate else words
    year, month, day = (*numbers, 0, 0)[:3]
    words = " ".join([*([str(day)] if day else []), *([_MONTHS[month - 1]] if month else []), str(year)])
    return f"about {words}" if moment.approximate else words
