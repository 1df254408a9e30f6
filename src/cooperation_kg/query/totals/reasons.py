"""The reasons why two figures may not be added: stable codes, and what each says in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass

from cooperation_kg.query.totals.figures import Figure

REASONS: dict[str, dict[str, str]] = {
    "measures-differ": {
        "zh": "{a} 与 {b} 不是同一指标（{x}）",
        "en": "{a} and {b} are different measures ({x})",
    },
    "units-differ": {
        "zh": "{a} 与 {b} 的单位不同（{x}）",
        "en": "{a} and {b} are in different units ({x})",
    },
    "natures-differ": {
        "zh": "{a} 与 {b} 口径不同（{x}）",
        "en": "{a} and {b} are of different natures ({x})",
    },
    "stages-differ": {
        "zh": "{a} 与 {b} 处于不同的资金阶段（{x}）",
        "en": "{a} and {b} are at different stages ({x})",
    },
    "roles-differ": {
        "zh": "{a} 与 {b} 中该地区的角色不同（{x}）",
        "en": "in {a} and {b} the place has different roles ({x})",
    },
    "measure-not-additive": {
        "zh": "“{x}”不可相加：不同时间、不同地方的数合在一起没有意义，或会重复计数",
        "en": "“{x}” is not additive: figures of different times or places make no total, or count the same twice",
    },
    "each-year-not-multiplied": {
        "zh": "{a} 是每年的数，不是期间合计；加 --each-year 才按整年数乘出",
        "en": "{a} is the amount of every single year, not a total; --each-year multiplies it by the whole years",
    },
    "programmes-differ": {
        "zh": "{a} 与 {b} 属于不同的帮扶机制（{x}）",
        "en": "{a} and {b} belong to different programmes ({x})",
    },
    "mixed-levels": {
        "zh": "{a} 的对象在 {b} 的对象之内：层级不同（{x}）",
        "en": "the subject of {a} lies within that of {b}: mixed levels ({x})",
    },
    "overlapping-subjects": {
        "zh": "{a} 与 {b} 说的对象有重合，或不能证明不重合（{x}）",
        "en": "{a} and {b} speak of subjects that have something in common, or cannot be shown apart ({x})",
    },
    "part-of-whole": {
        "zh": "来源说 {a} 是 {b} 的其中一部分",
        "en": "the source says that {a} is part of {b}",
    },
    "part-of-whole:span": {
        "zh": "{a} 的时段在 {b} 的时段之内：前者应已计入后者",
        "en": "the period of {a} lies inside that of {b}: the first should already be counted in the second",
    },
    "same-thing": {
        "zh": "{a} 与 {b} 是对同一件事、同一时段的两种说法：只能择一；见 ckg conflicts",
        "en": "{a} and {b} are two sayings of one thing and time: choose one; see ckg conflicts",
    },
    "shared-origin": {
        "zh": "{a} 与 {b} 出自同一来源、数值相同、时段重合：是一种说法，不是两笔",
        "en": "{a} and {b} repeat one value of one origin for overlapping times: one voice, not two amounts",
    },
    "shared-origin:otherwise": {
        "zh": "{a} 与 {b} 是同一文本的两份所说的同一数值，却归于不同的时段或对象：至多一处为真，不是两笔",
        "en": "{a} and {b} are one number of one text, whose copies give it to different times or subjects: "
        "not two amounts",
    },
    "may-recur": {
        "zh": "{a} 与 {b} 可能把同样的人或单位各计一次（{x}）",
        "en": "{a} and {b} may each count the same people or units ({x})",
    },
    "undated": {
        "zh": "{x} 没有时间，不能证明不与别的数重复",
        "en": "{x} has no time, so nobody can show that it is not counted in another",
    },
    "approximate-period": {
        "zh": "{a} 与 {b}：有一个的时段只是大约或“其间某时”，不能证明不重合",
        "en": "{a} and {b}: a period is only approximate or “some time within”, so they cannot be shown apart",
    },
    "stock-not-additive": {
        "zh": "{a} 与 {b} 是不同时点的存量或累计数：后者已含前者",
        "en": "{a} and {b} are stocks of different times: the later one holds what is left of the earlier",
    },
    "stock-not-additive:subjects": {
        "zh": "{a} 与 {b} 是不同对象在不同时点的存量或累计数：没有一个时点是二者之和",
        "en": "{a} and {b} are stocks of different subjects at different times: at no time were there both",
    },
    "overlapping-periods": {
        "zh": "{a} 与 {b} 的时段都含 {x}",
        "en": "the periods of {a} and {b} both hold {x}",
    },
    "subjects-and-times-differ": {
        "zh": "{a} 与 {b} 的对象不同、时段也不同：其和不属于任何一个对象或时段",
        "en": "{a} and {b} differ in subject and in period: their sum would be of no subject and of no time",
    },
    "payers-differ": {
        "zh": "{a} 与 {b} 写明的付款方或收款方不同（{x}）：可能是同一笔钱的两面",
        "en": "{a} and {b} name different payers or payees ({x}): it may be one payment seen from two sides",
    },
    "scope-differs": {
        "zh": "{a} 与 {b} 所计范围的说明不同（{x}）：不能证明计的是同类且互不重复",
        "en": "{a} and {b} say differently what they cover ({x}): they cannot be shown to count the same kind apart",
    },
}
"""Code → what it says; ``{a}`` and ``{b}`` are the two figures, ``{x}`` what tells them apart.

``part-of-whole:span`` is a wording of ``part-of-whole``, and so on: codes end at the colon.
"""


@dataclass(frozen=True)
class Reason:
    """Why two figures are not added. ``b`` is None where the reason is one figure's own.

    ``is_condition``: no money and no day is counted twice, only the kind of what is counted may differ (another note, a
    payer that one of them leaves unsaid) or the same people come again, so that the sum may be given with that "if".
    """

    wording: str
    a: Figure
    b: Figure | None = None
    is_condition: bool = False

    @property
    def code(self) -> str:
        """The stable code, one of `CODES`."""
        return self.wording.partition(":")[0]


CODES = tuple(dict.fromkeys(wording.partition(":")[0] for wording in REASONS))
