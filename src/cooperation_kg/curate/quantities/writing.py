"""How is a quantity written, so that reading it gives the same value, unit and bound again?"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from .numerals import EXACTLY, tidy
from .units import CURRENCY_CODES, NAMES, PER_MILLE, PERCENT, UNSCALED
from .values import Bound, Quantity

BOUNDS: dict[str, dict[Bound, str]] = {
    "zh": {
        Bound.EXACT: "",
        Bound.AT_LEAST: "至少",
        Bound.MORE_THAN: "超过",
        Bound.AT_MOST: "不超过",
        Bound.LESS_THAN: "不足",
        Bound.NEARLY: "近",
        Bound.ABOUT: "约",
    },
    "en": {
        Bound.EXACT: "",
        Bound.AT_LEAST: "at least ",
        Bound.MORE_THAN: "more than ",
        Bound.AT_MOST: "at most ",
        Bound.LESS_THAN: "less than ",
        Bound.NEARLY: "nearly ",
        Bound.ABOUT: "about ",
    },
}
ZH_NAMES = {"百分点": "个百分点"}
"""How a unit follows a number in Chinese where the canonical name does not."""
SCALES: dict[str, tuple[tuple[str, Decimal], ...]] = {
    "zh": (("万亿", Decimal(10**12)), ("亿", Decimal(10**8)), ("万", Decimal(10**4))),
    "en": ((" trillion", Decimal(10**12)), (" billion", Decimal(10**9)), (" million", Decimal(10**6))),
}


def write_quantity(quantity: Quantity, lang: Literal["zh", "en"] = "zh") -> str:
    """Write a quantity for readers of Chinese or English, without rounding.

    The same scale stands at both ends of a range. An ending such as ``(个)`` keeps a counter English lacks.

    Parameters
    ----------
    quantity: what to write.
    lang: ``"zh"`` (亿, 万) or ``"en"`` (billion, million; money by currency code).

    >>> q = Quantity(Decimal("3943000000"), "元", bound=Bound.ABOUT)
    >>> write_quantity(q), write_quantity(q, "en")
    ('约39.43亿元', 'about CNY 3.943 billion')
    """
    if quantity.ratio is not None:
        number = f"{quantity.ratio.numerator}/{quantity.ratio.denominator}"
        return BOUNDS[lang][quantity.bound] + number
    ends = [end for end in (quantity.value, quantity.minimum, quantity.maximum) if end is not None]
    write_ends = _chinese if lang == "zh" else _english
    return BOUNDS[lang][quantity.bound] + write_ends(ends, quantity.unit)


def _chinese(ends: list[Decimal], unit: str) -> str:
    """Write 39.43亿元, 3万至5万元, 10%至15%."""
    unit = ZH_NAMES.get(unit, unit)
    if unit in (PERCENT, PER_MILLE):
        return "至".join(f"{_digits(end, 'zh')}{unit}" for end in ends)
    return "至".join(_scaled(ends, unit, "zh")) + unit


def _english(ends: list[Decimal], unit: str) -> str:
    """Write CNY 3.943 billion, 30,000 to 50,000 people, 10% to 15%."""
    if unit in (PERCENT, PER_MILLE):
        return " to ".join(f"{_digits(end, 'en')}{unit}" for end in ends)
    shown = " to ".join(_scaled(ends, unit, "en"))
    if unit in CURRENCY_CODES:
        return f"{CURRENCY_CODES[unit]} {shown}"
    one, many = NAMES.get(unit, (f"item ({unit})", f"items ({unit})"))
    return f"{shown} {one if ends == [1] else many}" if unit else shown


def _scaled(ends: list[Decimal], unit: str, lang: str) -> list[str]:
    """Return the ends with the scale that writes them shortest; of equals, the largest scale.

    So 60853 stays as it is and 23000 becomes 2.3万. A scale that leaves an end below 1 is out.
    """
    choices: list[tuple[int, list[str]]] = []
    for word, scale in (*SCALES[lang], ("", Decimal(1))):
        parts = [EXACTLY.divide(end, scale) for end in ends]
        if word and (unit in UNSCALED or min(parts) < 1):
            continue
        figures = [_digits(part, lang) for part in parts]
        # The English words are long, but a reader takes one in like a 万: count it as two characters.
        cost = sum(len(figure) + min(len(word), 2) for figure in figures)
        choices.append((cost, [figure + word for figure in figures]))
    return min(choices, key=lambda choice: choice[0])[1]


def _digits(number: Decimal, lang: str) -> str:
    return format(tidy(number), "f" if lang == "zh" else ",f")
