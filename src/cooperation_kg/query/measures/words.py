"""What the columns, reasons and headings of a measure are called, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cooperation_kg.curate.fields import Bilingual

if TYPE_CHECKING:
    from cooperation_kg.query.measures.networks import Asked


def both(zh: str, en: str) -> Bilingual:
    """Return a text in both languages."""
    return Bilingual(zh=zh, en=en)


def filled(label: Bilingual, *values: object) -> Bilingual:
    """Return a text with its blanks filled; a value in both languages goes into each in its own.

    >>> filled(both("{}年", "in {}"), 2018).in_language("en")
    'in 2018'
    """

    def put(lang: str) -> str:
        given = (value.in_language(lang) if isinstance(value, Bilingual) else value for value in values)
        return label.in_language(lang).format(*given)

    return both(put("zh"), put("en"))


COLUMNS = {
    "time": both("时间", "time"),
    "place": both("地区", "place"),
    "programme": both("协作项目", "programme"),
    "role": both("角色", "as"),
    "counted": both("计入", "counted"),
    "certain": both("确定的伙伴", "partners, certain"),
    "possible": both("另有可能的", "only possible"),
    "undated": both("另有无年份的", "undated"),
    "of": both("按什么计", "shares of"),
    "pairings": both("结对", "pairings"),
    "supporters": both("支援方", "supporters"),
    "recipients": both("受援方", "recipients"),
    "hhi": both("赫芬达尔指数", "HHI"),
    "least": both("最低（均分）", "least (equal shares)"),
    "effective": both("相当于几方均等", "as if so many equal"),
    "largest_supporter": both("最大支援方", "largest supporter"),
    "largest_share": both("其份额", "its share"),
    "begun": both("开始", "begun"),
    "begun_certain": both("其中当年确定", "certain that year"),
    "ended": both("结束", "ended"),
    "ended_certain": both("其中上年确定", "certain the year before"),
    "kept": both("保留", "kept"),
    "kept_certain": both("其中两年均确定", "certain in both"),
    "distance": both("杰卡德距离", "Jaccard distance"),
    "links": both("支援方向", "directed links"),
    "mutual_pairs": both("互相支援的两方", "pairs supporting each other"),
    "reciprocity": both("互惠度", "reciprocity"),
    "places": both("各方", "parties"),
    "components": both("连通分量", "components"),
    "sizes": both("各分量大小", "sizes"),
    "degree": both("伙伴数", "degree"),
    "degree_certain": both("其中确定", "of them certain"),
    "supports": both("支援", "supports"),
    "supported_by": both("受援于", "supported by"),
    "component": both("所在分量大小", "size of its component"),
    "betweenness": both("中介中心度", "betweenness"),
    "both": both("兼为双方", "both"),
    "disjoint": both("互不相交", "disjoint"),
}
HEADINGS = {
    "rows": both("结果", "Result"),
    "means": both("含义", "What it means"),
    "misleads": both("何处误导", "Where it misleads"),
    "begun": both("{}年开始", "Begun in {}"),
    "ended": both("{}年已不在", "No longer there in {}"),
    "begun-narrowed": both("{0}年新成为“{1}”", "Newly {1} in {0}"),
    "ended-narrowed": both("{0}年不再是“{1}”（未必终止）", "No longer {1} in {0} (not necessarily ended)"),
    "mutual": both("{}：互相支援", "{}: supporting each other"),
    "both": both("{}：兼为支援方与受援方", "{}: supporter and recipient"),
}
LEVELS = {
    "province": both("省级之间", "between provinces"),
    "prefecture": both("地级之间", "between prefectures"),
    "county": both("县级之间", "between counties"),
    "all": both("所有层级", "all levels"),
}
ROLES = {
    "supporter": both("支援方", "supporter"),
    "recipient": both("受援方", "recipient"),
    "party": both("一方（方向未载明）", "party (no direction stated)"),
}
STATUSES = {
    "certain": both("确定", "certain"),
    "possible": both("可能", "possible"),
    "undated": both("无年份", "undated"),
}
LEFT_OUT = {
    "other-level": both("未计入：双方不都在此层级的结对 {} 对", "Left out, parties not both of this level: {}"),
    "undated": both("未计入：没有来源说明时间的结对 {} 对", "Left out, dated by no source: {}"),
    "undirected": both("未计入：未载明方向的结对 {} 对", "Left out, no direction stated: {}"),
}
EVERY_PROGRAMME = both("全部协作项目", "all programmes")
NONE = both("—", "—")
NOT_DEFINED = both("无定义", "not defined")
EMPTY = {
    "programme": EVERY_PROGRAMME,
    "betweenness": NOT_DEFINED,
    "reciprocity": NOT_DEFINED,
    "hhi": NOT_DEFINED,
    "distance": NOT_DEFINED,
    "disjoint": NOT_DEFINED,
}
NESTED = both(
    "其中 {} 对落实另一对已计入的结对（如省与其所辖市县）：两者都算",
    "Pairings counted that carry out another one counted too (a province and its cities): {}",
)
NARROWED = both(
    "只计“{0}”的结对：此处“开始”“结束”只是成为或不再是“{0}”，不是结对本身的开始或终止",
    "Only {0} pairings are counted: begun and ended here mean that a pairing became {0} or is {0} no longer, "
    "not that it began or ended",
)
OTHER_YEARS = both(
    "未指定时间，取东西部协作历次调整之年；另有变动的年份：{}",
    "Without a time, the years in which east–west cooperation was adjusted; others with a change: {}",
)
NO_OTHER_YEAR = both("无", "none")
YES_NO = {True: both("是", "yes"), False: both("否", "no")}
COLON = {"zh": "：", "en": ": "}
_OR = {"zh": "或", "en": " or "}


def statuses(notations: Iterable[str], lang: str) -> str:
    """Return statuses as a reader calls them: certain or possible."""
    return _OR[lang].join(STATUSES[notation].in_language(lang) for notation in notations)


def statuses_in_both(notations: Iterable[str]) -> Bilingual:
    """Return statuses as a reader calls them, in both languages."""
    listed = tuple(notations)
    return both(statuses(listed, "zh"), statuses(listed, "en"))


def counted(asked: Asked, lang: str) -> str:
    """Return which time and which pairings are counted, in a line."""
    first, last = asked.times[0], asked.times[-1]
    span = first.text if first == last else f"{first.text}–{last.text}"
    if len(asked.times) > 1 and last.year - first.year + 1 != len(asked.times):
        span = ", ".join(as_of.text for as_of in asked.times)
    kept = statuses(asked.statuses, lang)
    return f"时间：{span}；计入：{kept}的结对" if lang == "zh" else f"Time: {span}. Counted: {kept} pairings."
