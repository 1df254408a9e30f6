"""Is a number of the record that of the sentence? Equal, within rounding or a bound, different, or of another kind."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from cooperation_kg.curate.quantities import Bound, Quantity
from cooperation_kg.curate.rules.figures import count_alike
from cooperation_kg.graph.derive.comparing import are_compatible
from cooperation_kg.query.claims.measures import PERSON_UNITS

_COUNTERS = "个 项 家 所 处 座 件 条 省 市 州 县 区 旗 乡 镇 村 栋 类 种"
COUNTERS = frozenset(_COUNTERS.split())
"""Units that only say that things are counted; which things, the measure says."""
LEAST_MISPRINT = 20
"""Below this, the same number of 人 and of 人次 may be chance."""

_ABOVE = frozenset({Bound.MORE_THAN, Bound.AT_LEAST})
_BELOW = frozenset({Bound.LESS_THAN, Bound.NEARLY, Bound.AT_MOST})


def value_relation(said: Quantity, known: Quantity, said_text: str = "", known_text: str = "") -> str:
    """Return equal, rounded (within rounding or a bound), different, or units where the two do not count the same.

    The same number as persons and as person-times is one misprinted for the other, so it is different. 1500余 ends
    where the next 百 begins, while 超过1500 has no end.

    Parameters
    ----------
    said_text, known_text: the literals, where 余 and 多 are to be told from 超过.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> known = read_quantity("39.43亿元")
    >>> [value_relation(read_quantity(t), known) for t in ("394300万元", "近40亿元", "39.4亿元", "93.43亿元", "39人")]
    ['equal', 'rounded', 'rounded', 'different', 'units']
    """
    is_same_number = _number(said) == _number(known)
    if not _alike(said.unit, known.unit):
        both_persons = said.unit in PERSON_UNITS and known.unit in PERSON_UNITS
        is_misprint = is_same_number and both_persons and (said.value or 0) >= LEAST_MISPRINT
        return "different" if is_misprint else "units"
    if is_same_number and said.bound == known.bound:
        return "equal"
    if is_same_number and not _clash(said.bound, known.bound):
        return "rounded"
    is_near = are_compatible(replace(said, unit=known.unit), known)
    are_apart = _is_beyond(known, said, said_text) or _is_beyond(said, known, known_text)
    return "rounded" if is_near and not are_apart else "different"


def is_misprint(said: Quantity, known: Quantity) -> bool:
    """Return whether two numbers look like one misprinted: the same digits in another order or at another place.

    Two digits or more may be shifted (万 for 亿); to change places it takes three, for two may be so by chance. The
    same number is a misprint where the units differ, such as 人 and 人次.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> known = read_quantity("39.43亿元")
    >>> [is_misprint(read_quantity(text), known) for text in ("34.93亿元", "39.43万元", "38.43亿元")]
    [True, True, False]
    """
    if not (said.value and known.value) or said.is_range or known.is_range:
        return False
    if said.value == known.value:
        return said.unit != known.unit
    shifted = [q.value.normalize().as_tuple().digits for q in (said, known) if q.value]
    step = min(said.resolution or said.value, known.resolution or known.value)
    one, other = (sorted(str(int(q.value / step))) for q in (said, known) if q.value)
    return (shifted[0] == shifted[1] and len(shifted[0]) > 1) or (len(one) > 2 and one == other)


def _is_beyond(one: Quantity, other: Quantity, text: str) -> bool:
    """Whether one number is above all that the other can mean by 余 or 多 (1500余: up to 1600, 13亿多: up to 14亿)."""
    if other.bound is not Bound.MORE_THAN or not other.value or one.value is None or not re.search("余|多(?!于)", text):
        return False
    exponent = other.value.normalize().as_tuple().exponent
    return one.value > other.value + Decimal(1).scaleb(int(exponent))


def _number(quantity: Quantity) -> tuple[object, ...]:
    return quantity.value, quantity.minimum, quantity.maximum, quantity.ratio


def _alike(one: str, other: str) -> bool:
    """Whether two units count the same; 所 and 个 do (things), 公里 and 个 do not, an unsaid unit fits any."""
    return "" in (one, other) or count_alike(one, other) or (one in COUNTERS and other in COUNTERS)


def _clash(one: Bound, other: Bound) -> bool:
    return (one in _ABOVE and other in _BELOW) or (one in _BELOW and other in _ABOVE)
