"""Which units are there, and what are they called in Chinese and English?

Units that look alike stay apart: 人 (persons) is not 人次 (person-times), % is not ‰, and 百分点 is neither.
A counter for which English has no word of its own keeps the Chinese one in brackets: ``7 items (个)``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

PERCENT = "%"
PER_MILLE = "‰"
YEAR = "年"
UNSCALED = frozenset({PERCENT, PER_MILLE, "百分点", "倍"})
"""Units that are never written with 万 or 亿."""

# Canonical unit, English singular, English plural, other ways to print it in Chinese.
UNITS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("元", "yuan", "yuan", ("元人民币", "元整", "圆", "圓", "圆整")),
    ("美元", "US dollar", "US dollars", ()),
    ("港元", "Hong Kong dollar", "Hong Kong dollars", ("港币",)),
    ("欧元", "euro", "euros", ()),
    ("日元", "yen", "yen", ()),
    ("%", "%", "%", ()),
    ("‰", "‰", "‰", ()),
    ("百分点", "percentage point", "percentage points", ("个百分点",)),
    ("倍", "time", "times", ()),
    ("人", "person", "people", ()),
    ("人次", "person-time", "person-times", ()),
    ("名", "person (名)", "persons (名)", ()),
    ("位", "person (位)", "persons (位)", ()),
    ("口", "item (口)", "items (口)", ()),
    ("户", "household", "households", ()),
    ("户次", "household-time", "household-times", ()),
    ("个", "item (个)", "items (个)", ()),
    ("项", "item (项)", "items (项)", ()),
    ("件", "item (件)", "items (件)", ()),
    ("种", "kind", "kinds", ()),
    ("类", "class", "classes", ()),
    ("条", "item (条)", "items (条)", ()),
    ("份", "copy", "copies", ()),
    ("家", "organisation (家)", "organisations (家)", ()),
    ("所", "institution (所)", "institutions (所)", ()),
    ("社", "cooperative", "cooperatives", ()),
    ("对", "pair", "pairs", ()),
    ("批", "batch", "batches", ()),
    ("批次", "batch (批次)", "batches (批次)", ()),
    ("期", "term (期)", "terms (期)", ()),
    ("届", "session (届)", "sessions (届)", ()),
    ("场", "event (场)", "events (场)", ()),
    ("场次", "event (场次)", "events (场次)", ()),
    ("次", "time (次)", "times (次)", ()),
    ("轮", "round", "rounds", ()),
    ("省", "province", "provinces", ()),
    ("市", "city", "cities", ()),
    ("州", "autonomous prefecture", "autonomous prefectures", ()),
    ("县", "county", "counties", ()),
    ("区", "district", "districts", ()),
    ("旗", "banner", "banners", ()),
    ("乡", "township", "townships", ()),
    ("镇", "town", "towns", ()),
    ("村", "village", "villages", ()),
    ("座", "structure (座)", "structures (座)", ()),
    ("处", "site", "sites", ()),
    ("栋", "building", "buildings", ("幢",)),
    ("套", "set", "sets", ()),
    ("间", "room", "rooms", ()),
    ("辆", "vehicle", "vehicles", ()),
    ("台", "machine", "machines", ()),
    ("张", "sheet (张)", "sheets (张)", ()),
    ("册", "volume", "volumes", ()),
    ("头", "head (头)", "head (头)", ()),
    ("只", "head (只)", "head (只)", ()),
    ("株", "plant", "plants", ("棵",)),
    ("公里", "kilometre", "kilometres", ("千米",)),
    ("米", "metre", "metres", ()),
    ("亩", "mu", "mu", ()),
    ("公顷", "hectare", "hectares", ()),
    ("平方米", "square metre", "square metres", ("㎡",)),
    ("平方公里", "square kilometre", "square kilometres", ("平方千米",)),
    ("立方米", "cubic metre", "cubic metres", ("㎥",)),
    ("吨", "tonne", "tonnes", ()),
    ("公斤", "kilogram", "kilograms", ("千克",)),
    ("克", "gram", "grams", ()),
    ("斤", "jin", "jin", ()),
    ("千瓦", "kilowatt", "kilowatts", ()),
    ("千瓦时", "kilowatt-hour", "kilowatt-hours", ()),
    ("年", "year", "years", ()),
    ("个月", "month", "months", ()),
    ("天", "day", "days", ()),
    ("小时", "hour", "hours", ()),
)

OTHER_ENGLISH: dict[str, str] = {
    "cny": "元",
    "rmb": "元",
    "usd": "美元",
    "dollars": "美元",
    "hkd": "港元",
    "eur": "欧元",
    "persons": "人",
    "percent": PERCENT,
    "per cent": PERCENT,
    "per mille": PER_MILLE,
    "km": "公里",
    "kilometer": "公里",
    "kilometers": "公里",
    "meter": "米",
    "meters": "米",
    "square meters": "平方米",
    "cubic meters": "立方米",
    "ton": "吨",
    "tons": "吨",
}
"""Further English words, in lower case; currencies by their ISO 4217 code (RMB by custom)."""

CURRENCY_CODES: dict[str, str] = {"元": "CNY", "美元": "USD", "港元": "HKD", "欧元": "EUR", "日元": "JPY"}
"""Written before the number in English."""


class UnitWord(NamedTuple):
    """A unit as found in a text: the canonical unit, and how many of it one printed unit is."""

    unit: str
    factor: Decimal
    length: int


ONE = Decimal(1)
# 成 is a tenth of the whole: 四成 is 40%.
CHINESE: dict[str, tuple[str, Decimal]] = {"成": (PERCENT, Decimal(10))}
ENGLISH: dict[str, str] = dict(OTHER_ENGLISH)
NAMES: dict[str, tuple[str, str]] = {}
for _unit, _one, _many, _aliases in UNITS:
    NAMES[_unit] = (_one, _many)
    CHINESE |= dict.fromkeys((_unit, *_aliases), (_unit, ONE))
    ENGLISH |= {word.lower(): _unit for word in (_one, _many)}
ENGLISH |= {code.lower(): unit for unit, code in CURRENCY_CODES.items()}
NOT_SCALES: frozenset[str] = frozenset({"千克", "千米", "千瓦"})
"""Beginnings of units in which 千 does not multiply the number before it."""

_LONGEST = max(map(len, CHINESE))
_SCALED = re.compile(r"([十百千]?(?:万亿|亿|万)|[百千])(.*)", re.DOTALL)
_OWN_UNIT = re.compile(r"(?!.*[零〇一二两三四五六七八九十百千万亿几多余])[^\W\d_]{1,8}(?:/[^\W\d_]{1,4})?")
SCALES: dict[str, Decimal] = {
    "": ONE,
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
    "万亿": Decimal(10**12),
}

ENGLISH_SCALES: dict[str, Decimal] = {
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}


def find_unit(text: str, start: int, own: str | None = None) -> UnitWord | None:
    """Return the longest unit that begins at ``start``, or None; ``own`` is a unit accepted beside the table.

    >>> find_unit("人次以上", 0).unit
    '人次'
    """
    for length in range(max(_LONGEST, len(own or "")), 0, -1):
        word = text[start : start + length]
        if len(word) < length:
            continue
        if word in CHINESE:
            unit, factor = CHINESE[word]
            return UnitWord(unit, factor, length)
        if own and word == own:
            return UnitWord(own, ONE, length)
    return None


def split_unit(text: str) -> tuple[str, Decimal] | None:
    """Return canonical unit and multiple of a unit on its own (万元: 10,000 元), or None if it cannot be one.

    A unit outside the table is taken as it stands: a curator who names it vouches for it.

    >>> split_unit("万元"), split_unit("yuan"), split_unit("千克")
    (('元', Decimal('10000')), ('元', Decimal('1')), ('公斤', Decimal('1')))
    """
    if text in CHINESE:
        return CHINESE[text]
    if text == "" or text.lower() in ENGLISH:
        return ENGLISH.get(text.lower(), ""), ONE
    word, _, rest = text.lower().partition(" ")
    if word in ENGLISH_SCALES and rest in ENGLISH:
        return ENGLISH[rest], ENGLISH_SCALES[word]
    if (scaled := _SCALED.fullmatch(text)) and scaled[2] in CHINESE:
        unit, factor = CHINESE[scaled[2]]
        return unit, factor * scale_of(scaled[1])
    return (text, ONE) if _OWN_UNIT.fullmatch(text) and not scaled else None


def scale_of(word: str) -> Decimal:
    """Return what 万, 亿, 万亿, 千万 … multiply by.

    >>> scale_of("千万")
    Decimal('10000000')
    """
    if word in SCALES:
        return SCALES[word]
    return SCALES[word[0]] * SCALES[word[1:]]
