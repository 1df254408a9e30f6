"""What do quantities add up to, and what may be said of the sum where some are bounds?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Literal, cast

from cooperation_kg.curate.quantities import Bound, Quantity, write_quantity
from cooperation_kg.curate.quantities.numerals import EXACTLY

LOWER = frozenset({Bound.AT_LEAST, Bound.MORE_THAN})
UPPER = frozenset({Bound.AT_MOST, Bound.LESS_THAN})
NEAR = frozenset({Bound.NEARLY, Bound.ABOUT})

NO_NUMBER = {
    "zh": "不能合为一个数：有的是下限，有的是上限、约数或份额",
    "en": "no one number: some are lower bounds, others upper bounds, approximate or shares",
}


@dataclass(frozen=True)
class Added:
    """What some quantities make together; ``quantity`` is None where no one number can be stated."""

    quantity: Quantity | None
    parts: tuple[Quantity, ...]

    def text(self, lang: str) -> str:
        """Return the sum in words; where there is none, why and the parts."""
        written = cast(Literal["zh", "en"], lang)
        if self.quantity is not None:
            return write_quantity(self.quantity, written)
        return f"{NO_NUMBER[lang]} ({' + '.join(write_quantity(part, written) for part in self.parts)})"


def add(quantities: Iterable[Quantity]) -> Added:
    """Return the sum of quantities that may be added; exact, in decimal.

    A sum with a lower bound is a lower bound (more-than if any is), with an upper bound an upper one, with an
    approximate number approximate; ranges add their ends. There is no one number where a lower bound meets an upper
    or approximate one, or where a share (ratio) is among them.

    Parameters
    ----------
    quantities: of one unit, at least one.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> add([read_quantity("3亿元"), read_quantity("2亿多元")]).text("zh")
    '超过5亿元'
    """
    parts = tuple(quantities)
    bounds = {part.bound for part in parts}
    bound = parts[0].bound if len(parts) == 1 else _bound_of(bounds)
    if bound is None or any(part.ratio is not None for part in parts):
        return Added(None, parts)
    low, high = (reduce(EXACTLY.add, (end(part) for part in parts)) for end in (lowest, highest))
    unit = parts[0].unit if len({part.unit for part in parts}) == 1 else _common_unit(parts)
    if low == high or bound in LOWER:
        return Added(Quantity(low, unit, bound=bound), parts)
    if bound in UPPER:
        return Added(Quantity(high, unit, bound=bound), parts)
    return Added(Quantity(None, unit, low, high, bound), parts)


def lowest(quantity: Quantity) -> Decimal:
    """Return the printed value, or the lower end of a range."""
    return _end(quantity, quantity.minimum)


def highest(quantity: Quantity) -> Decimal:
    """Return the printed value, or the upper end of a range."""
    return _end(quantity, quantity.maximum)


def _end(quantity: Quantity, end: Decimal | None) -> Decimal:
    value = quantity.value if end is None else end
    if value is None:
        raise ValueError("a share of a whole is not added")
    return value


def _bound_of(bounds: set[Bound]) -> Bound | None:
    """Return the bound of a sum, or None where the bounds go against each other."""
    lower, upper, near = bounds & LOWER, bounds & UPPER, bounds & NEAR
    if (lower and (upper or near)) or (upper and Bound.ABOUT in near):
        return None
    if lower:
        return Bound.MORE_THAN if Bound.MORE_THAN in lower else Bound.AT_LEAST
    if upper:
        return Bound.LESS_THAN if Bound.LESS_THAN in upper or near else Bound.AT_MOST
    return Bound.ABOUT if near else Bound.EXACT


def _common_unit(parts: tuple[Quantity, ...]) -> str:
    return "人" if any(part.unit in ("人", "名", "位") for part in parts) else "个"


def take_away(whole: Quantity, part: Quantity) -> Quantity | None:
    """Return what is left of a whole without a part of it, or None where nothing can be said.

    An exact number taken from a lower bound leaves a lower bound, a lower bound taken from an exact number an upper
    one; two bounds of one kind leave nothing. The value may be negative: then both cannot be true.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> take_away(read_quantity("13亿多元"), read_quantity("7.74亿元"))
    Quantity(value=Decimal('526000000'), unit='元', bound=<Bound.MORE_THAN: 'more-than'>)
    """
    if whole.ratio is not None or part.ratio is not None:
        return None
    turned = {Bound.AT_LEAST: Bound.AT_MOST, Bound.MORE_THAN: Bound.LESS_THAN}
    turned |= {new: old for old, new in turned.items()}
    bounds = {whole.bound, turned.get(part.bound, part.bound)}
    # "nearly" counts as about: what is left is then neither below nor above for certain
    bounds = {Bound.ABOUT if bound in NEAR else bound for bound in bounds}
    bound = _bound_of(bounds)
    if bound is None:
        return None
    low = EXACTLY.subtract(lowest(whole), highest(part))
    high = EXACTLY.subtract(highest(whole), lowest(part))
    if low == high or bound in LOWER | UPPER:
        return Quantity(low if bound not in UPPER else high, whole.unit, bound=bound)
    return Quantity(None, whole.unit, low, high, bound)
