"""What does a literal in Chinese say: its bounds, its number or range, its unit?

A literal is, in this order: bounds before (近, 不少于 …), a number, a range or a share, a unit, bounds after
(以上, 左右 …). Every other word is refused, 累计, 共 and 达到 too: they belong to the sentence around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .numerals import EXACTLY, Numeral, is_numeral, scaled, scan, tidy
from .text import Folded
from .units import ONE, PER_MILLE, PERCENT, UnitWord, find_unit
from .values import Bound, Fault

BEFORE: dict[Bound, tuple[str, ...]] = {
    Bound.AT_LEAST: ("不少于", "不低于", "不小于", "至少", "最少"),
    Bound.MORE_THAN: ("超过", "超", "逾", "多于", "高于", "大于"),
    Bound.AT_MOST: ("不超过", "不超", "不多于", "不高于", "不大于", "至多", "最多"),
    Bound.LESS_THAN: ("不足", "不到", "不满", "少于", "低于", "小于"),
    Bound.NEARLY: ("将近", "接近", "近"),
    Bound.ABOUT: ("大约", "大概", "约"),
}
AFTER: dict[Bound, tuple[str, ...]] = {
    Bound.AT_LEAST: ("以上", "及以上"),
    Bound.MORE_THAN: ("多", "余"),
    Bound.AT_MOST: ("以下", "及以下", "以内"),
    Bound.ABOUT: ("左右", "上下"),
}
VAGUE = (
    *("数", "几", "好几", "若干", "许多", "多个", "大量", "一些", "半"),
    *("上百", "上千", "上万", "上亿", "成百", "成千"),
)
SEPARATORS = ("——", "--", "-", "–", "—", "~", "～", "〜", "∼", "至", "到")
SIGNS = ("-", "−", "–", "—", "+", "±", "负", "正")
SHARES = {"百分之": PERCENT, "千分之": PER_MILLE}


class Reading(NamedTuple):
    """What a literal says, before the unit given with it is considered.

    ``unit`` is None where the literal names none; ``has_big`` says that it has a 万, 亿 or million of its
    own; ``step`` is what one step of the last digit is worth, None for a range or a ratio.
    """

    ends: tuple[Decimal, ...]
    ratio: Fraction | None
    unit: str | None
    bound: Bound
    has_big: bool
    step: Decimal | None = None


class Found(NamedTuple):
    """The core of a literal, where it ends, and the bound that 多 or 余 inside it states."""

    reading: Reading
    end: int
    more: tuple[Bound, ...]


def read_chinese(text: Folded, own: str | None) -> Reading:
    """Read a folded literal; ``own`` is a unit accepted beside the table.

    Raises `UnreadableQuantity`.
    """
    before, start = _bounds(text, 0, BEFORE)
    _refuse_opening(text, start)
    reading, end, more = _share(text, start) or _number(text, start, own)
    after, end = _bounds(text, end, AFTER)
    if end < len(text.text):
        raise text.refuse(end, _leftover(text, end, reading.unit if own is None else own))
    bound = one_bound(text, (*before, *more, *after), is_range=len(reading.ends) > 1)
    return reading._replace(bound=bound)


def one_bound(text: Folded, bounds: Iterable[Bound], is_range: bool) -> Bound:
    """Return the one bound that all the words state; a range can only be exact or about."""
    found = set(bounds) or {Bound.EXACT}
    if len(found) > 1 or (is_range and not found <= {Bound.EXACT, Bound.ABOUT}):
        raise text.refuse(0, Fault.BOUNDS_CLASH)
    return found.pop()


def share_scale(text: Folded, first: Numeral, second: Numeral) -> tuple[Decimal, Decimal]:
    """Return the ends of a range whose first number may borrow the scale of the second (3-5万).

    Where borrowing would turn the range round (8000-1万元), the first stands as printed if it is at most one
    order below the scale; otherwise it is open what was meant, and the range is refused.
    """
    low = first.value
    if first.big == ONE < second.big:
        low = _lift(first, second)
        if low >= second.value and first.value >= EXACTLY.divide(second.big, Decimal(10)):
            low = first.value
    elif first.small == ONE < second.small and second.big == ONE and _is_less(first, second):
        low = scaled(low, second.small)
    if low >= second.value:
        raise text.refuse(0, Fault.BAD_RANGE)
    return tidy(low), second.value


def _lift(first: Numeral, second: Numeral) -> Decimal:
    """Return the first number times the scale of the second, 百 and 千 included where only the second has
    one."""
    if second.mantissa is None:
        return second.value
    small = second.small if first.small == ONE and _is_less(first, second) else ONE
    return scaled(first.value, second.big, small)


def make_ratio(text: Folded, part: Decimal, whole: Decimal, start: int) -> tuple[tuple[Decimal, ...], Fraction | None]:
    """Return a share as an exact decimal where there is one, else as a fraction; 5/3 and 1/0 are refused."""
    if part != int(part) or whole != int(whole) or not 0 < part < whole:
        raise text.refuse(start, Fault.MALFORMED)
    ratio = Fraction(int(part), int(whole))
    rest = ratio.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return ((tidy(EXACTLY.divide(part, whole)),), None) if rest == 1 else ((), ratio)


def _is_less(first: Numeral, second: Numeral) -> bool:
    return second.mantissa is not None and first.value < second.mantissa


def _bounds(text: Folded, start: int, table: dict[Bound, tuple[str, ...]]) -> tuple[list[Bound], int]:
    """Return the bounds that stand one after another from ``start``, longest word first, and where they
    end."""
    found: list[Bound] = []
    while True:
        hits = [(len(w), b) for b, words in table.items() for w in words if text.text.startswith(w, start)]
        if not hits:
            return found, start
        length, bound = max(hits)
        found.append(bound)
        start += length


def _refuse_opening(text: Folded, start: int) -> None:
    """Refuse what cannot begin a number, naming the reason that helps most."""
    rest = text.text[start:]
    if rest.startswith(VAGUE):
        raise text.refuse(start, Fault.VAGUE)
    if rest.startswith(SIGNS):
        raise text.refuse(start, Fault.NEGATIVE)
    if not rest or not is_numeral(rest[0]):
        follows = any(map(is_numeral, rest))
        raise text.refuse(start, Fault.EXTRA_TEXT if follows else Fault.NO_NUMBER)


def _share(text: Folded, start: int) -> Found | None:
    """Read 百分之五, 千分之一, 三分之一 or 1/3; None where there is no share."""
    for word, unit in SHARES.items():
        if text.text.startswith(word, start):
            number = _expect(text, start + len(word))
            reading = Reading((number.value,), None, unit, Bound.EXACT, False, number.step)
            return Found(reading, number.end, _more(number))
    first = _expect(text, start)
    mark = next((m for m in ("分之", "/") if text.text.startswith(m, first.end)), None)
    if mark is None:
        return None
    second = _expect(text, first.end + len(mark))
    if first.more or first.bare or second.bare:
        raise text.refuse(start, Fault.MALFORMED)
    part, whole = (second, first) if mark == "分之" else (first, second)
    ends, ratio = make_ratio(text, part.value, whole.value, start)
    return Found(Reading(ends, ratio, "", Bound.EXACT, False), second.end, _more(second))


def _more(number: Numeral) -> tuple[Bound, ...]:
    return (Bound.MORE_THAN,) if number.more else ()


def _expect(text: Folded, start: int) -> Numeral:
    number = scan(text, start)
    if number is None or start >= len(text.text):
        raise text.refuse(start, Fault.NO_NUMBER)
    return number


def _number(text: Folded, start: int, own: str | None) -> Found:
    """Read a number or a range with its unit."""
    first = _expect(text, start)
    first_unit, end = _unit(text, first.end, own)
    mark = next((m for m in SEPARATORS if text.text.startswith(m, end)), None)
    if mark is None:
        _refuse_bare(text, start, first, end)
        return Found(_reading((first.value,), first_unit, first.big > ONE, first.step), end, _more(first))
    second = _expect(text, end + len(mark))
    unit, end = _unit(text, second.end, own)
    is_loose = first.more or second.more or first.bare or second.bare
    if is_loose or (first_unit and first_unit != unit):
        raise text.refuse(start, Fault.BAD_RANGE)
    ends = _ascending(text, first, second) if first_unit else share_scale(text, first, second)
    return Found(_reading(ends, unit, first.big > ONE or second.big > ONE), end, ())


def _ascending(text: Folded, first: Numeral, second: Numeral) -> tuple[Decimal, Decimal]:
    if first.value >= second.value:
        raise text.refuse(0, Fault.BAD_RANGE)
    return first.value, second.value


def _unit(text: Folded, start: int, own: str | None) -> tuple[UnitWord | None, int]:
    word = find_unit(text.text, start, own)
    return word, start + (word.length if word else 0)


def _reading(ends: tuple[Decimal, ...], word: UnitWord | None, has_big: bool, step: Decimal | None = None) -> Reading:
    factor = word.factor if word else ONE
    values = tuple(tidy(scaled(end, factor)) for end in ends)
    told_to = None if step is None else tidy(scaled(step, factor))
    return Reading(values, None, word.unit if word else None, Bound.EXACT, has_big, told_to)


def _refuse_bare(text: Folded, start: int, number: Numeral, end: int) -> None:
    """Refuse 百亿元 on its own: a size, not a number; 超百亿元 and 百余人 state a bound."""
    is_bounded = start > 0 or number.more or text.text[end : end + 1] in ("多", "余")
    if number.bare and not is_bounded:
        raise text.refuse(start, Fault.VAGUE)


def _leftover(text: Folded, end: int, unit: str | None) -> Fault:
    """Say why the text from ``end`` cannot stay."""
    rest = text.text[end:].strip()
    if rest.startswith(("几", "来", "数")):
        return Fault.VAGUE
    if any(map(is_numeral, rest)):
        return Fault.SEVERAL
    return Fault.UNKNOWN_UNIT if unit is None else Fault.EXTRA_TEXT
