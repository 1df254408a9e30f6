"""Can two figures, or two dates, both be true of one thing; if so, why do they differ; if not, by how much?"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.quantities import Bound, Quantity
from cooperation_kg.curate.rules.figures import count_alike

ABOUT_SPREAD = Decimal("0.1")
"""How far "about" (约) and "nearly" (近) reach when two figures are compared: a tenth of the printed value."""
PRECISIONS = ("year", "month", "day")
_WIDE = Context(prec=120)


class Span(NamedTuple):
    """The values a figure allows; None is unbounded. An open end does not contain its own value."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


class Distance(NamedTuple):
    """How far apart two sayings are: ``amount`` in ``unit``, which is %, years, months or days."""

    amount: Decimal
    unit: str

    @property
    def shown(self) -> str:
        """The amount in plain digits, with the percent sign where it is one.

        >>> Distance(Decimal("15.00"), "%").shown
        '15%'
        """
        digits = format(self.amount, "f")
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return f"{digits}%" if self.unit == "%" else digits


def possible_values(quantity: Quantity) -> Span:
    """Return the values that a quantity allows.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> possible_values(read_quantity("13亿多元")).low
    Decimal('1300000000')
    """
    if quantity.minimum is not None and quantity.maximum is not None:
        reach = ABOUT_SPREAD if quantity.bound is Bound.ABOUT else Decimal(0)
        return Span(quantity.minimum * (1 - reach), quantity.maximum * (1 + reach))
    value = _number(quantity)
    spread = abs(value) * ABOUT_SPREAD
    return {
        Bound.EXACT: Span(value, value),
        Bound.AT_LEAST: Span(value, None),
        Bound.MORE_THAN: Span(value, None, low_open=True),
        Bound.AT_MOST: Span(None, value),
        Bound.LESS_THAN: Span(None, value, high_open=True),
        Bound.NEARLY: Span(value - spread, value, high_open=True),
        Bound.ABOUT: Span(value - spread, value + spread),
    }[quantity.bound]


def are_compatible(one: Quantity, other: Quantity) -> bool:
    """Return whether both can be true of the same thing: same unit, and values that overlap or only round.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> are_compatible(read_quantity("13.43亿元"), read_quantity("13亿多元"))
    True
    """
    if not count_alike(one.unit, other.unit):
        return False
    a, b = possible_values(one), possible_values(other)
    return (_reaches(a, b) and _reaches(b, a)) or is_rounding(one, other)


def exceeds(one: Quantity, other: Quantity) -> bool:
    """Return whether the one is greater than the other, whatever their bounds allow and however they are rounded.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> [exceeds(read_quantity(one), read_quantity("138家")) for one in ("200余家", "约150家")]
    [True, False]
    """
    if not count_alike(one.unit, other.unit) or is_rounding(one, other):
        return False
    return not _reaches(possible_values(one), possible_values(other))


def is_rounding(one: Quantity, other: Quantity) -> bool:
    """Return whether one exact figure is the other, rounded to its own last printed digit.

    Halves may go up (四舍五入, the common rule) or to the even digit (GB/T 8170-2008). What is not printed more
    coarsely is no rounding: 160亿元 is told to the 亿, so 163亿元 contradicts it.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> is_rounding(read_quantity("52.8亿元"), read_quantity("52.788亿元"))
    True
    >>> is_rounding(read_quantity("52.7亿元"), read_quantity("52.788亿元"))
    False
    """
    if not (_is_exact(one) and _is_exact(other) and count_alike(one.unit, other.unit)):
        return False
    fine, coarse = sorted((one, other), key=lambda q: q.resolution or Decimal(0))
    step = coarse.resolution
    if fine.resolution is None or step is None:
        return False
    steps = _WIDE.divide(_number(fine), step)
    rounded = {
        _WIDE.multiply(steps.quantize(Decimal(1), rule, _WIDE), step) for rule in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    }
    return _number(coarse) in rounded


def gap_of_figures(one: Quantity, other: Quantity) -> Distance | None:
    """Return how far apart two figures are, in percent of the lower; None where their units differ.

    Of two exact figures it is (larger − smaller) / smaller. A bound or a range counts with the allowed value that
    is nearest to the other figure, so what overlaps is 0 apart.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> gap_of_figures(read_quantity("400家"), read_quantity("460家")).shown
    '15%'
    """
    if not count_alike(one.unit, other.unit):
        return None
    a, b = possible_values(one), possible_values(other)
    if _reaches(a, b) and _reaches(b, a):
        return Distance(Decimal(0), "%")
    lower, upper = (a, b) if not _reaches(b, a) else (b, a)
    assert lower.high is not None
    assert upper.low is not None
    return _percent(lower.high, upper.low)


def gap_of_dates(one: When, other: When) -> Distance:
    """Return how far apart two dates are in the coarser of their precisions; 0 where they share a possible day.

    >>> from cooperation_kg.curate.dates import parse_when
    >>> gap_of_dates(parse_when("2016-10-27"), parse_when("2016-12-07"))
    Distance(amount=Decimal('41'), unit='days')
    """
    precision = min(one.precision, other.precision, key=PRECISIONS.index)
    first, later = sorted((one, other), key=lambda when: when.earliest)
    steps = _index(later.earliest, precision) - _index(first.latest, precision)
    return Distance(Decimal(0 if one.overlaps(other) else steps), f"{precision}s")


def _index(day: date, precision: str) -> int:
    if precision == "day":
        return day.toordinal()
    return day.year if precision == "year" else 12 * day.year + day.month


def _number(quantity: Quantity) -> Decimal:
    ratio, value = quantity.ratio, quantity.value
    if ratio is not None:
        value = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    assert value is not None
    return value


def _percent(low: Decimal, high: Decimal) -> Distance | None:
    """Return (high − low) / low in percent: two decimals, or below one percent two significant digits."""
    if low <= 0:
        return None
    percent = _WIDE.divide(_WIDE.multiply(high - low, Decimal(100)), low)
    if 0 < percent < 1:
        return Distance(percent.quantize(Decimal(1).scaleb(percent.adjusted() - 1), ROUND_HALF_EVEN, _WIDE), "%")
    return Distance(percent.quantize(Decimal("0.01"), ROUND_HALF_EVEN, _WIDE), "%")


def _reaches(lower: Span, upper: Span) -> bool:
    if lower.low is None or upper.high is None:
        return True
    return lower.low < upper.high or (lower.low == upper.high and not lower.low_open and not upper.high_open)


def _is_exact(quantity: Quantity) -> bool:
    return quantity.bound is Bound.EXACT and not quantity.is_range and quantity.ratio is None
