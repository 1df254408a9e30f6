"""What the codes of the report are called, in Chinese and English; whoever wants another wording edits this table."""

from __future__ import annotations

from collections.abc import Iterable

WORDS: dict[str, tuple[str, str]] = {
    # parts
    "coverage": ("覆盖", "Coverage"),
    "freshness": ("时效", "Freshness"),
    "single": ("只有一个源头的事实", "Single-source facts"),
    "thin": ("单薄或未用的条目", "Thin or unused entries"),
    "next": ("下一步查什么", "What to look for next"),
    # states of coverage
    "stated": ("有数", "stated"),
    "planned-only": ("只有计划数", "planned only"),
    "conflicting": ("说法不一", "conflicting"),
    "searched": ("查过未得", "searched, nothing found"),
    "not-searched": ("未查", "not searched"),
    "year": ("当年", "that year alone"),
    "span": ("只在更长时段", "only a longer span"),
    "any": ("任何指标", "any measure"),
    "asked": ("所问指标", "measures asked"),
    "money": ("任何资金", "any money"),
    # figures that stand in no year
    "undated": ("无时间", "undated"),
    "some-time": ("某段时间内的某时", "some time within a span"),
    "straddles": ("跨两年而不满一年", "straddles years without filling one"),
    "not-in-force": ("不在结对年份内", "outside the years of the pairing"),
    "after-horizon": ("晚于数据截止年", "after the last year covered"),
    "not-asked": ("不在所问年份内", "outside the years asked about"),
    # freshness
    "seen": ("所见在运作", "seen at work"),
    "start-only": ("只知其始，其后未见", "start only, never seen since"),
    "ended": ("已结束", "ended"),
    # weakness
    "unattributed": ("未署名转载", "unattributed"),
    "informal": ("非正式", "informal"),
    "translation": ("只见译文", "translation only"),
    "abstract": ("只见摘要", "abstract only"),
    # thin
    "not-read-yet": ("来源尚未读", "source not read yet"),
    "no-counted-statement": ("来源没有计入的陈述", "source without a statement that counts"),
    "unused": ("没有陈述用到", "used by no statement"),
    "only-contains-others": ("只作上级，没有陈述用到", "contains others, used by no statement"),
    "no-date": ("政策无日期", "policy without a date"),
    "no-number": ("政策无文号", "policy without a number (文号)"),
    "no-figure": ("机制无数字", "programme without figures"),
    # kinds
    "pairing": ("结对", "pairing"),
    "cell": ("数字", "figure"),
    "wanted": ("待查", "wanted"),
    "disagreement": ("说法不一", "disagreement"),
    "source": ("来源", "source"),
    "place": ("地区", "place"),
    "programme": ("机制", "programme"),
    "policy": ("政策", "policy"),
    "organisation": ("机构", "organisation"),
    "project": ("项目", "project"),
    "event": ("事件", "event"),
    # factors of the score
    "level": ("层级", "level"),
    "silence": ("无数", "silence"),
    "age": ("久未确认", "age"),
    # columns
    "name": ("名称", "name"),
    "measure": ("指标", "measure"),
    "state": ("状态", "state"),
    "years": ("年份", "years"),
    "last": ("最近确认", "last confirmed"),
    "since": ("距今年数", "years since"),
    "says": ("出处", "source"),
    "what": ("查什么", "what"),
    "where": ("何处", "where"),
    "searched-on": ("何时", "when"),
    "count": ("数目", "number"),
    "why": ("缘由", "why"),
    "kind": ("类别", "kind"),
    "id": ("id", "id"),
    "rank": ("次序", "rank"),
    "score": ("得分", "score"),
    "settles": ("什么可了结", "what would settle it"),
    "pairings": ("结对", "pairings"),
    "pairing-years": ("结对·年", "pairing-years"),
    "certain": ("其中确定", "of these certain"),
    "silent": ("全无数字", "silent"),
    "period": ("时间", "period"),
}


def word(code: str, lang: str) -> str:
    """Return what a code is called; ``lang`` is zh or en.

    >>> word("stated", "en"), word("stated", "zh")
    ('stated', '有数')
    """
    return pick(*WORDS[code], lang)


def words(codes: Iterable[str], lang: str) -> tuple[str, ...]:
    """Return what several codes are called."""
    return tuple(word(code, lang) for code in codes)


def pick(zh: str, en: str, lang: str) -> str:
    """Return the text in the language asked for."""
    return zh if lang == "zh" else en


def ranges(years: Iterable[int]) -> str:
    """Return years with runs drawn together.

    >>> ranges([2016, 2017, 2018, 2020])
    '2016–2018, 2020'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
