"""What quantity does a literal state, and does it go with the unit or value that a curator gives?"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from .chinese import Reading, read_chinese
from .english import read_english
from .numerals import ARABIC, EXACTLY, MAX_DIGITS, scaled, step_of, tidy
from .text import MAX_LENGTH, Folded, fold
from .units import CHINESE, ONE, SCALES, YEAR, split_unit
from .values import Fault, Quantity, UnreadableQuantity

# most literals: 39.43亿元, 1,234人, 468; nothing in them can be read in two ways
_PLAIN = re.compile(
    rf"({ARABIC})(万亿|亿|万|)({'|'.join(unit for unit, (_, factor) in CHINESE.items() if factor == ONE)}|)"
)
_NOT_PLAIN = (YEAR, "百", "千")
"""A calendar year may be meant; 百 and 千 may belong to the number."""

CALENDAR = range(1000, 3000)
"""Whole numbers that, before 年, are read as a year of the calendar and refused."""


@lru_cache(maxsize=1 << 18)
def read_quantity(text: str, unit: str | None = None) -> Quantity:
    """Read one printed quantity exactly, or refuse it.

    Figures are kept as printed and computed here, so that nobody has to move a decimal point by hand.

    Parameters
    ----------
    text: the literal as printed, in Chinese or English; bounds, number or range, and unit, and nothing else.
    unit: the unit where the literal has none (``500多万`` + ``人``). It may carry a scale (``万元``) where
        the literal has none, as in tables, and may be a word outside the table of units. Where the literal names
        its unit, both must be the same.

    Raises `UnreadableQuantity` for anything that does not state exactly one quantity: 数百, 三五个, -5%,
    12,34, 007, 1e5, two numbers, further words, a calendar year.

    >>> read_quantity("近四成")
    Quantity(value=Decimal('40'), unit='%', bound=<Bound.NEARLY: 'nearly'>)
    >>> read_quantity("3-5万元")
    Quantity(minimum=Decimal('30000'), maximum=Decimal('50000'), unit='元', bound=<Bound.EXACT: 'exact'>)
    """
    if unit is None and (plain := _read_plain(text)):
        return plain
    folded = fold(text)
    given = None if unit is None else _given(text, unit)
    own = None if given is None else given[0] or None
    is_english = re.search("[A-Za-z]", folded.text) is not None
    reading = (read_english if is_english else read_chinese)(folded, own)
    name, factor = _agreed_unit(folded, reading, given)
    ends = tuple(tidy(scaled(end, factor)) for end in reading.ends)
    _refuse_calendar_year(folded, name, ends)
    value = ends[0] if len(ends) == 1 else None
    minimum, maximum = ends if len(ends) == 2 else (None, None)
    resolution = None if reading.step is None else tidy(scaled(reading.step, factor))
    return Quantity(value, name, minimum, maximum, reading.bound, reading.ratio, resolution)


def _read_plain(text: str) -> Quantity | None:
    """Read a number with its scale and unit; None for anything else, which takes six times as long."""
    found = _PLAIN.fullmatch(text)
    if found is None or len(text) > MAX_DIGITS or found[3].startswith(_NOT_PLAIN):
        return None
    number, scale = found[1].replace(",", ""), SCALES[found[2]]
    unit = CHINESE[found[3]][0] if found[3] else ""
    return Quantity(tidy(scaled(Decimal(number), scale)), unit, resolution=step_of(number, scale))


def agrees(quantity: Quantity, value: Decimal, unit: str) -> bool:
    """Whether a value given by hand is the value that was read.

    A range, or a fraction such as 1/3, agrees with no single value; an impossible unit agrees with nothing.
    ``unit`` may carry a scale: 39.43 亿元 agrees with 3,943,000,000 元.

    >>> agrees(read_quantity("39.43亿元"), Decimal("39.43"), "亿元")
    True
    """
    named = split_unit(unit)
    if named is None or quantity.value is None or not value.is_finite():
        return False
    name, factor = named
    return name == quantity.unit and EXACTLY.divide(quantity.value, factor) == value


def _given(text: str, unit: str) -> tuple[str, Decimal]:
    named = split_unit(fold(unit).text) if unit.strip() and len(unit) <= MAX_LENGTH else ("", ONE)
    if named is None or len(unit) > MAX_LENGTH:
        raise UnreadableQuantity(text, len(text), Fault.UNKNOWN_UNIT)
    return named


def _agreed_unit(text: Folded, reading: Reading, given: tuple[str, Decimal] | None) -> tuple[str, Decimal]:
    """Return the unit and what it multiplies by; a unit in the literal and a given one must be the same."""
    if given is None or given == ("", ONE):
        if given and reading.unit:
            raise text.refuse(0, Fault.UNIT_DIFFERS)
        return reading.unit or "", ONE
    name, factor = given
    if reading.unit is None and (factor == ONE or not reading.has_big):
        return name, factor
    if reading.unit == name and (factor == ONE or name == "%"):
        return name, ONE
    raise text.refuse(len(text.text), Fault.UNIT_DIFFERS)


def _refuse_calendar_year(text: Folded, unit: str, ends: tuple[Decimal, ...]) -> None:
    if unit == YEAR and any(end in CALENDAR for end in ends):
        raise text.refuse(0, Fault.DATE)
