"""What is a quantity, and what makes a literal unreadable?"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from cooperation_kg.errors import CooperationError


class Bound(StrEnum):
    """How the printed number limits the true one.

    ``以上`` and ``以下`` take in the number itself, as Chinese law counts them (Civil Code, article 1259), so
    they are at-least and at-most; ``超过`` and ``不足`` do not.
    """

    EXACT = "exact"
    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    AT_MOST = "at-most"
    LESS_THAN = "less-than"
    NEARLY = "nearly"
    ABOUT = "about"


class Fault(StrEnum):
    """Why a literal was refused; the messages are in `REASONS`."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    NO_NUMBER = "no-number"
    MALFORMED = "malformed"
    SEVERAL = "several"
    VAGUE = "vague"
    NEGATIVE = "negative"
    EXTRA_TEXT = "extra-text"
    UNKNOWN_UNIT = "unknown-unit"
    UNIT_DIFFERS = "unit-differs"
    BOUNDS_CLASH = "bounds-clash"
    BAD_RANGE = "bad-range"
    DATE = "date"


REASONS: dict[Fault, tuple[str, str]] = {
    Fault.EMPTY: ("there is nothing to read", "没有内容"),
    Fault.TOO_LONG: (
        "too long for one quantity; give the figure alone",
        "过长，不像一个数量；请只写数字部分",
    ),
    Fault.NO_NUMBER: ("no number stands here", "此处没有数字"),
    Fault.MALFORMED: (
        "the number is not well formed (grouping, decimal point, leading zero or order of 千百十)",
        "数字写法有误（分节号、小数点、前导零或千百十的次序）",
    ),
    Fault.SEVERAL: (
        "more than one number; one literal states one quantity",
        "不止一个数字；一处只写一个数量",
    ),
    Fault.VAGUE: ("too vague to be a number", "约数过于含混，不能读成数字"),
    Fault.NEGATIVE: (
        "a quantity carries no sign; state the direction elsewhere",
        "数量不带正负号；增减请另行说明",
    ),
    Fault.EXTRA_TEXT: ("these words are not part of a quantity; leave them out", "这些字不属于数量，请去掉"),
    Fault.UNKNOWN_UNIT: ("unknown unit; give it as `unit`", "未知的单位；请用 unit 写明"),
    Fault.UNIT_DIFFERS: ("the unit is not the one given", "单位与给定的单位不符"),
    Fault.BOUNDS_CLASH: ("the bounds do not go together", "限定词互相矛盾"),
    Fault.BAD_RANGE: (
        "not a range from a smaller to a larger number of one unit",
        "不是同一单位由小到大的范围",
    ),
    Fault.DATE: ("a calendar year is a date, not a quantity", "年份是日期，不是数量"),
}


class UnreadableQuantity(CooperationError, ValueError):
    """A literal that does not say one exact quantity; read nothing rather than read it wrongly.

    Parameters
    ----------
    text: the literal as given.
    position: index in ``text`` (from 0) at which reading stopped.
    fault: the kind of reason; ``reason_en`` and ``reason_zh`` say it in words.
    """

    def __init__(self, text: str, position: int, fault: Fault) -> None:
        self.text = text
        self.position = position
        self.fault = fault
        self.reason_en, self.reason_zh = REASONS[fault]
        shown = text if len(text) <= 60 else text[:57] + "..."
        super().__init__(f"cannot read the quantity {shown!r} at position {position}: {self.reason_en}")


@dataclass(frozen=True, repr=False, slots=True)
class Quantity:
    """A number, or a range, with its unit and its bound; all of it as printed, nothing inferred.

    Exactly one of these holds: ``value`` is set; ``minimum`` and ``maximum`` are set (a range, both ends
    included); ``ratio`` is set (a share such as 三分之一 that no finite decimal equals, kept unrounded).

    Parameters
    ----------
    value: the number in ``unit``, or None.
    unit: canonical Chinese unit (元, 人, 人次, %, ‰ …); ``""`` where none is said. Money is in 元, not 万元.
    minimum, maximum: the ends of a range in ``unit``, or None.
    bound: how the number limits the true one; a range is exact or about.
    ratio: a share of a whole, without unit, or None.
    resolution: what one step of the last printed digit is worth, in ``unit`` (39.43亿元: 1,000,000 元), or None
        where nothing was printed or it cannot be told. It tells how finely was printed, not what: quantities that
        differ in it alone are equal.

    Raises ``ValueError`` where not exactly one of the three is given.

    >>> Quantity(Decimal("12.5"), "%")
    Quantity(value=Decimal('12.5'), unit='%', bound=<Bound.EXACT: 'exact'>)
    """

    value: Decimal | None
    unit: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    bound: Bound = Bound.EXACT
    ratio: Fraction | None = None
    resolution: Decimal | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse a quantity that is a value and a range at once, or neither."""
        if (self.minimum is None) != (self.maximum is None):
            raise ValueError("a range has both a minimum and a maximum")
        given = [part for part in (self.value, self.minimum, self.ratio) if part is not None]
        if len(given) != 1:
            raise ValueError("give a value, or a minimum and maximum, or a ratio")

    @property
    def is_range(self) -> bool:
        """True where the literal prints two ends and no value."""
        return self.minimum is not None

    def __repr__(self) -> str:
        shown = [
            ("value", self.value),
            ("minimum", self.minimum),
            ("maximum", self.maximum),
            ("ratio", self.ratio),
        ]
        parts = [f"{name}={part!r}" for name, part in shown if part is not None]
        return f"Quantity({', '.join(parts)}, unit={self.unit!r}, bound={self.bound!r})"
