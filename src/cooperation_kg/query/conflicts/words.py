"""What the classes and kinds of conflicts are called, and what they mean, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

# class → name and meaning, zh and en
CLASSES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "open": (
        ("未决", "open"),
        (
            "不同源头的说法不能同时成立，尚无判断。",
            "Independent origins exclude each other, and nobody has judged between them.",
        ),
    ),
    "settled": (
        ("已判", "settled"),
        (
            "已有判断采用一方；不采的一方仍列出。",
            "A judgement prefers a side; what it sets aside stays on show.",
        ),
    ),
    "part-exceeds-whole": (
        ("部分大于整体", "part exceeds whole"),
        (
            "一段时间的数大于包含它的更长时段的数，或大于来源所说的整体：若计的是同一件事，必有一误。",
            "The figure of a time exceeds that of a longer one around it, or the whole that its source names: of one "
            "thing both cannot be true.",
        ),
    ),
    "compatible": (
        ("相容", "compatible"),
        (
            "只因四舍五入、限定词或日期粗细而不同，可同时成立。",
            "They differ only by rounding, by a bound or in how precise a date is; both can be true.",
        ),
    ),
    "scope-differs": (
        ("口径不同", "different scope"),
        (
            "所计的不是同一范围（口径说明、出资方、受款方或单位不同，或已判断为口径不同），不可相比。",
            "They count different things (another scope note, payer, payee or unit, or judged so): not to be compared.",
        ),
    ),
    "period-differs": (
        ("一数两时", "one value, two periods"),
        (
            "同一数值被不同源头归于不同时段：或是其中一处年份有误，或只是巧合。",
            "Different origins give one value to different periods: a slip in one of them, or a coincidence.",
        ),
    ),
    "partner": (
        ("可能：两个支援方", "possible: two supporters"),
        (
            "同一受援方同时有两个同级支援方，而没有一个源头并提：也可能本来就有几个支援方，未必是矛盾。",
            "One recipient has two supporters of one level at a time and no origin names both: "
            "a place may have several partners, so this is possibly no conflict.",
        ),
    ),
}
SHOWN_CLASSES = ("open", "settled", "part-exceeds-whole")
"""The classes that are listed unless others are asked for."""
SHOWN_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "part": ("part-exceeds-whole",),
    "partner": ("partner",),
    "period": ("period-differs",),
}
"""The same for the kinds that are never open or settled."""

KINDS = ("value", "start", "end", "basis", "direction", "date", "number", "part", "partner", "period")
"""What can differ: those of ``coop:disagreementKind``, a part from its whole, and the partner or the period."""
FURTHER_KINDS: Mapping[str, tuple[str, str]] = {"partner": ("支援方", "supporter"), "period": ("时段", "period")}
ROLES: Mapping[str, tuple[str, str]] = {"part": ("部分", "part"), "whole": ("整体", "whole")}

WHYS: Mapping[str, tuple[str, str]] = {
    "rounding": ("四舍五入", "rounding"),
    "bound": ("限定词或约数", "a bound, a range or an approximation"),
    "less-precise-time": ("日期粗细不同", "a less precise date"),
}
MARKS: Mapping[str, tuple[str, str]] = {
    "preferred": ("采用", "preferred"),
    "set-aside": ("不采", "set aside"),
    "": ("", ""),
}
# unit → zh, en, and en for one
DISTANCES: Mapping[str, tuple[str, str, str]] = {
    "years": ("年", " years", " year"),
    "months": ("个月", " months", " month"),
    "days": ("天", " days", " day"),
}
JUDGED: Mapping[str, tuple[str, str]] = {
    "prefers": ("判断采用一方", "judgement for a side"),
    "different-scope": ("判断为口径不同", "judged of different scope"),
}
