"""What number do Arabic and Chinese numerals write: 1,234.5, 2万3千, 五点九亿, 两百零五, 廿, 壹佰?

Strict where usage is loose: colloquial endings (三万五 for 35,000), wrong grouping (12,34), leading zeros
(007: more likely a code than a count) and guesses between neighbours (三五个) are refused. A scale without a
number (百亿元, 万人) is marked ``bare``: it states something only with a bound (超百亿元).
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from functools import lru_cache, reduce
from typing import NamedTuple

from .text import Folded
from .units import NOT_SCALES, ONE, scale_of
from .values import Fault

EXACTLY = Context(prec=200, Emax=999, Emin=-999, traps=[Inexact])
"""Arithmetic that raises rather than rounds; a number has 40 digits and a scale, so 200 do."""

MAX_DIGITS = 40
"""Characters of one number, commas not counted."""

_VARIANTS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億點貳參陸餘〇兩", "一二三四五六七八九十百千万亿点二三六余零两")
DIGIT = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_NUMERAL = re.compile(r"[0-9.,零一二三四五六七八九两十廿卅百千万亿点多余]|个(?=多?(?:[百千]?万|亿))")
ARABIC = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)(?:\.[0-9]+)?"
_SCALE = r"[百千]?(?:万亿|亿|万)|[百千]|"
_ARABIC = re.compile(rf"({ARABIC})({_SCALE})")
_BARE = re.compile(r"[百千]?(?:万亿|亿|万)|[百千]")
_POINT = re.compile(rf"([^点]+)点([零一二三四五六七八九]+)({_SCALE})")
_ENDING = re.compile(r"([百千]?)(万亿|亿|万|)$")
_D = "([一二三四五六七八九])"
_SECTION = re.compile(rf"(?:{_D}千)?零?(?:{_D}百)?零?(?:{_D}?(十))?零?{_D}?")
_BELOW = {"万亿": ("亿", "千亿", "百亿"), "亿": ("万", "千万", "百万"), "万": ("千", "百"), "千": ("百",)}
"""Scales that may follow a scale in 1亿2000万 or 2万3千; any other leaves open what was meant."""


class Numeral(NamedTuple):
    """A number as printed, with what a range needs to share its scale (3-5万 is 3万 to 5万).

    ``mantissa`` is the number before its scale ``small`` (百, 千) and ``big`` (万, 亿, 万亿), or None where
    scales stand inside it (2万3千). ``more``: 多 or 余 stood inside. ``bare``: a scale without a number.
    ``step``: what one step of the last printed digit is worth; None where no digit is printed (百亿).
    """

    value: Decimal
    mantissa: Decimal | None
    small: Decimal
    big: Decimal
    more: bool
    bare: bool
    end: int
    step: Decimal | None = None


@lru_cache(64)  # a number is tried as a share first
def scan(text: Folded, start: int) -> Numeral | None:
    """Read the numeral that begins at ``start``, or return None where none does.

    Raises `UnreadableQuantity` for a numeral that is begun but not well formed.

    >>> from cooperation_kg.curate.quantities.text import fold
    >>> scan(fold("2万3千亩"), 0).value
    Decimal('23000')
    """
    end = _run_end(text.text, start)
    run = text.text[start:end].translate(_VARIANTS).replace("个", "")
    plain = run.replace("多", "").replace("余", "")
    if not plain or run[0] in ".,点多余":
        return None
    if len(plain.replace(",", "")) > MAX_DIGITS:
        raise text.refuse(start, Fault.TOO_LONG)
    if len(run) - len(plain) > 1 or _has_inner_more(run):
        raise text.refuse(start, Fault.MALFORMED)
    bare = _BARE.fullmatch(plain) is not None
    value = scale_of(plain) if bare else _arabic(plain) if plain[0].isdigit() else _chinese(plain)
    if value is None:
        raise text.refuse(start, Fault.VAGUE if _is_neighbours(plain) else Fault.MALFORMED)
    step = None if bare else _step(plain)
    return Numeral(tidy(value), *_split_scale(plain, value), len(run) > len(plain), bare, end, step)


def is_numeral(character: str) -> bool:
    """Whether a character can be part of a number (used to tell a second number from other text)."""
    return character.translate(_VARIANTS) in set("0123456789零一二三四五六七八九两十廿卅百千万亿")


def scaled(number: Decimal, *scales: Decimal) -> Decimal:
    """Multiply without rounding.

    >>> scaled(Decimal("39.43"), Decimal(10**8))
    Decimal('3943000000.00')
    """
    for scale in scales:
        number = EXACTLY.multiply(number, scale)
    return number


def step_of(digits: str, scale: Decimal = ONE) -> Decimal:
    """Return what one step of the last of some Arabic digits is worth, times a scale.

    Zeros count as printed: 160 is told to the unit, for nobody can see whether it was rounded to tens.

    >>> step_of("39.43", Decimal(10**8)), step_of("160")
    (Decimal('1000000'), Decimal('1'))
    """
    decimals = len(digits.partition(".")[2])
    return tidy(scaled(Decimal(1).scaleb(-decimals), scale))


def tidy(number: Decimal) -> Decimal:
    """Return the same number without trailing zeros after the point and without an exponent.

    >>> tidy(Decimal("3943000000.00")), tidy(Decimal("12.50"))
    (Decimal('3943000000'), Decimal('12.5'))
    """
    shown = format(number, "f")
    return Decimal(shown.rstrip("0").rstrip(".") if "." in shown else shown)


def _run_end(text: str, start: int) -> int:
    """Return where the numeral stops: before other characters, and before the 千 of 千克, 千米, 千瓦."""
    plain = text.translate(_VARIANTS)
    end = start
    while (match := _NUMERAL.match(plain, end)) and plain[end : end + 2] not in NOT_SCALES:
        end = match.end()
    return end


def _has_inner_more(run: str) -> bool:
    """Whether 多 or 余 stands before anything but 万 and 亿 (1亿多2000万)."""
    match = re.search("[多余]", run)
    return match is not None and run[match.end() :].strip("万亿") != ""


def _arabic(run: str) -> Decimal | None:
    """Read 1,234.5, 39.43亿, 2万3千 and 1亿2345万6789."""
    parts: list[tuple[str, str]] = []
    position = 0
    while position < len(run):
        part = _ARABIC.match(run, position)
        if part is None or (parts and not _is_below(*parts[-1], part[1], part[2])):
            return None
        parts.append((part[1], part[2]))
        position = part.end()
    values = (scaled(Decimal(number.replace(",", "")), scale_of(scale)) for number, scale in parts)
    return reduce(EXACTLY.add, values)


def _step(run: str) -> Decimal:
    """Return the step of the last digit of a well-formed numeral: 5万 is told to 10,000, 五点九亿 to a tenth of 亿.

    A numeral in Chinese is told to its 亿 or 万, or else to the unit: 三百 is how 300 is spelt in full.
    """
    ending = _ENDING.search(run)
    assert ending is not None
    small, big = scale_of(ending[1]), scale_of(ending[2])
    if run[0].isdigit():
        digits = re.findall(r"[0-9]+(?:\.[0-9]+)?", run.replace(",", ""))[-1]
        return step_of(digits, scaled(small, big))
    if point := _POINT.fullmatch(run):
        return step_of(f"0.{_spelt(point[2])}", scaled(small, big))
    return big


def _is_below(above: str, above_scale: str, number: str, scale: str) -> bool:
    """Whether 3千 may follow 2万, or 6789 follow 万: below the scale before it, and in no doubt."""
    if not (above + number).isdigit() or above_scale not in _BELOW:
        return False
    if not scale:
        return scale_of(above_scale) == Decimal(10 ** len(number))
    return scale in _BELOW[above_scale] and scaled(Decimal(number), scale_of(scale)) < scale_of(above_scale)


def _chinese(run: str) -> Decimal | None:
    """Read 五点九亿, 二〇五, 两千万, 一万二千三百亿."""
    if point := _POINT.fullmatch(run):
        whole = _whole(point[1])
        return None if whole is None else scaled(Decimal(f"{whole}.{_spelt(point[2])}"), scale_of(point[3]))
    if len(run) > 1 and all(character in DIGIT for character in run):
        return Decimal(_spelt(run)) if "零" in run and run[0] != "零" else None
    whole = _whole(run) if run == "零" or run[0] != "零" else None
    return None if whole is None else Decimal(whole)


def _spelt(digits: str) -> str:
    return "".join(str(DIGIT[digit]) for digit in digits)


def _whole(run: str) -> int | None:
    """Read an integer in Chinese; 亿 parts it first, then 万, then sections below ten thousand."""
    if run == "零":
        return 0
    for scale in ("亿", "万"):
        head, mark, tail = run.rpartition(scale)
        if mark:
            return _two_parts(head, int(scale_of(scale)), tail, scale)
    return _section(run)


def _two_parts(head: str, scale: int, tail: str, mark: str) -> int | None:
    high, low = _whole(head), _whole(tail) if tail else None
    if not high or high >= scale:
        return None
    if not tail:
        return high * scale
    return high * scale + low if low and low < scale and _is_clear_below(mark, tail) else None


def _is_clear_below(mark: str, tail: str) -> bool:
    """Refuse 三万五 (35,000 in speech) and 一亿五千 (150 million in speech)."""
    if tail.startswith("零"):
        return True
    return "万" in tail if mark == "亿" else tail[1:2] in ("千", "百")


def _section(run: str) -> int | None:
    """Read an integer below ten thousand in its standard spelling, so not 一百二 (120 in speech)."""
    run = run.removeprefix("零").replace("廿", "二十").replace("卅", "三十")
    run = "二" if run == "两" else run.replace("两千", "二千").replace("两百", "二百")
    match = _SECTION.fullmatch(run)
    if match is None or not run:
        return None
    thousands, hundreds, tens, ten, ones = (DIGIT.get(part or "零", 1) for part in match.groups())
    number = thousands * 1000 + hundreds * 100 + (tens or ten) * 10 + ones
    standard = _spell(number)
    return number if run == standard or (number < 20 and "一" + run == standard) else None


def _spell(number: int) -> str:
    """Return the standard spelling of an integer below ten thousand: 1050 is 一千零五十."""
    digits = f"{number:04d}"
    named = "零一二三四五六七八九"
    parts = [named[int(d)] + (unit if d != "0" else "") for d, unit in zip(digits, "千百十 ", strict=True)]
    return re.sub("零+", "零", "".join(parts).replace(" ", "")).strip("零")


def _is_neighbours(run: str) -> bool:
    """Whether two plain digits stand side by side, as in 三五个 or 二三十人."""
    return re.search("[一二三四五六七八九两]{2}", run) is not None


def _split_scale(run: str, value: Decimal) -> tuple[Decimal | None, Decimal, Decimal]:
    """Return the number before its scale (None if a scale stands inside), 百 or 千, and 万, 亿 or 万亿."""
    ending = _ENDING.search(run)
    if ending is None or re.search("[百千万亿]", run[: ending.start()]):
        return None, ONE, next((scale_of(mark) for mark in ("亿", "万") if mark in run), ONE)
    small, big = scale_of(ending[1]), scale_of(ending[2])
    return EXACTLY.divide(value, small * big), small, big
