"""How is a table on the page of a thing to be read? One sentence above it, where its heading does not say enough."""

from __future__ import annotations

from collections.abc import Mapping

from cooperation_kg.query.show.words import HEADINGS
from cooperation_kg.render.site.context import Both

_PAIRINGS = Both(
    "状态{as_of}；“可能存续”：最后一次见于来源之后，没有来源说它继续或结束。“依据”只列来源指明的文件。",
    "Status {as_of}; “possible”: after the last sighting, with no source saying that it went on or ended. "
    "“Basis” lists only documents that a source names.",
)
_FIGURES = Both(
    "每行是一个来源印出的一个数，点“陈述”看出处；口径、时段各异，不可相加。“└”：其中数。",
    "Each row is a number as one source prints it; “statements” leads to where it stands. Scopes and periods differ, "
    "so rows must not be added. “└”: part of the row above.",
)
CAPTIONS: Mapping[str, Both] = {
    **dict.fromkeys(("pairings", "pairings_inside", "wider", "narrower", "parallel", "based"), _PAIRINGS),
    **dict.fromkeys(("figures", "figures_counted", "money"), _FIGURES),
    "terms": Both(
        "一轮：依据同一文件、前后相连的一段。最早可能从哪天、确定从哪天到哪天、最晚可能到哪天，由各陈述推得。",
        "A term is one run under one document. The days it can have begun, is certain, and can have lasted are "
        "worked out from the statements.",
    ),
    "disagreements": Both(
        "各方并列，不取其一；有断语的，“定否”一栏给出断语。",
        "All sides are shown, none is chosen; where one was judged right, “settled” leads to the judgement.",
    ),
    "sources": Both(
        "级别：谁为内容负责；阅读：读了多少；途径：读的是原文，还是转载、译文、摘要；源头：它据以转述的。",
        "Grade: who answers for it; read: how much of it; reached by: the original, or a reprint, a translation, an "
        "abstract; origin: what it passes on.",
    ),
    "evidence": Both(
        "每行是一条陈述，即一个来源所说的一件事；点编号看它在来源中的位置。",
        "Each row is one statement: one thing that one source says; its number leads to where it stands.",
    ),
    "policies": Both("“作用”是来源所说这份文件做了什么。", "“Did” is what sources say that the document did."),
    "scopes": Both(
        "几组结对合起来说的数，不分摊到单独一组。", "What is said of several together is not divided among them."
    ),
    "judgements": Both("判断是整理者作的，不是来源的话。", "Judgements are the curators'; no source says them."),
}
"""Part → what stands above its table; ``{as_of}`` is the time asked about."""
TITLES: Mapping[tuple[str, str], Both] = {
    ("place", "names"): Both("名称、代码与隶属", "Names, codes and parents"),
    ("measure", "subjects"): Both("哪些有这一指标的数字", "What has figures of it"),
    ("judgement", "statements"): Both("它所论的陈述", "The statements that it is about"),
    ("scope", "statements"): Both("其他陈述", "Other statements"),
}
"""Kind of thing and part → its heading, where that differs from what the part is called elsewhere."""
NAMES = Both("名称", "Names")


def title_of(kind: str, part: str) -> Both:
    """Return the heading of a part on the page of a thing.

    >>> title_of("event", "names").zh, title_of("place", "names").zh
    ('名称', '名称、代码与隶属')
    """
    other = NAMES if part == "names" else Both(*HEADINGS[part])
    return TITLES.get((kind, part), other)


def caption_of(part: str, as_of: Both) -> Both | None:
    """Return the sentence above a table, None where its heading is enough.

    >>> caption_of("pairings", Both("截至2026年", "as of 2026")).zh[:9], caption_of("events", Both("", ""))
    ('状态截至2026年', None)
    """
    words = CAPTIONS.get(part)
    if words is None:
        return None
    return Both(words.zh.format(as_of=as_of.zh), words.en.format(as_of=as_of.en))
