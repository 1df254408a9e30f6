"""What do people call the things of the registers? Every name of a register, and what is made of it in passing.

Beside the names of the registers: 省 and 市 left out, an autonomous prefecture by its first word (甘孜州), a pairing by
two short forms (京蒙, 蒙京), a recipient as 援滇, the enterprises of a province as 粤企;
and when two spellings are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cooperation_kg.curate.registers import Place
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer

_SAME = str.maketrans("‐‑‒−﹣", "-----")

Thing = tuple[str, str]
"""(kind, id); the id of a pairing is its slug."""

ENDINGS = re.compile(
    r"(?:(?:[壮回藏彝苗侗羌傣白土满]族|维吾尔|布依族|土家族|哈尼族|景颇族|傈僳族|蒙古族|蒙古|朝鲜族|柯尔克孜|哈萨克|撒拉族|东乡族|保安族|"
    r"瑶族|仫佬族|毛南族|水族|仡佬族|裕固族|锡伯|塔吉克|独龙族怒族|怒族|普米族|纳西族)*(?:特别行政区|自治区|自治州|自治县|自治旗)"
    r"|地区|林区|新区|省|市|县|区|旗|州|盟|镇|乡|村)\Z"
)
"""What people leave out at the end of a place's name."""
AUTONOMOUS = {"自治州": "州", "自治县": "县", "自治旗": "旗"}
ENGLISH_ENDINGS = re.compile(
    r" (?:autonomous region|(?:[\w\u00c0-\u024f-]+ (?:and [\w-]+ )?)?autonomous (?:prefecture|county)|province|city"
    r"|prefecture|district|county|league|banner)\Z",
    re.IGNORECASE,
)
_COMMON_WORDS = (
    "合作 平安 和平 光明 民主 团结 解放 发展 东方 中原 高新 新华 长寿 民乐 安定 江北 "
    "新城 城关 城中 城东 城西 城北 城南 开发 建设 红旗 胜利 南开 友好 河东 河西 西南 "
    "东南 西北 东北 青年 文化 新市 新民 东区 西区 郊区 中心 开放 大方 永安 安居 工业 "
    "民政 城口 新河 平原 高原 五大 太平 同心 共和 大通 市中 大关 南部 中堂 乐业 惠民 "
    "万县 海门 官山 大庸 江城 民丰 白河 永定 永和 宁南 临时 新林 富民 兴业 兴城 华容 "
    "镇安 会同 通道 城区 矿区 "
)
NOT_NAMES = frozenset(_COMMON_WORDS.split())
"""Words of the language that a shortened name would be mistaken for."""
PROGRAMME_WORDS: dict[str, str] = {
    "援藏": "tibet-support",
    "援疆": "xinjiang-support",
    "援青": "qinghai-support",
    "三峡库区": "three-gorges-support",
    "三峡移民": "three-gorges-support",
    "支援三峡": "three-gorges-support",
    "丹江口库区": "danjiangkou",
    "南水北调对口协作": "danjiangkou",
    "水源区": "danjiangkou",
    "汶川地震": "wenchuan-reconstruction",
    "汶川灾后": "wenchuan-reconstruction",
    "汶川重建": "wenchuan-reconstruction",
    "玉树地震": "yushu-reconstruction",
    "灾后重建": "wenchuan-reconstruction",
    "东北振兴": "northeast-cooperation",
    "革命老区": "old-revolutionary-cities",
    "四省藏区": "tibetan-areas-support",
    "东西部扶贫": "east-west",
    "东西协作": "east-west",
    "东西部对口": "east-west",
    "扶贫协作": "east-west",
    "east-west cooperation": "east-west",
    "east–west": "east-west",
    "east-west": "east-west",
    "aid to tibet": "tibet-support",
    "aid tibet": "tibet-support",
    "aid xinjiang": "xinjiang-support",
    "aid to xinjiang": "xinjiang-support",
    "three gorges": "three-gorges-support",
    "south-to-north water": "danjiangkou",
    "wenchuan earthquake": "wenchuan-reconstruction",
    "old revolutionary": "old-revolutionary-cities",
}
"""What programmes are called in passing."""
TARGETS: dict[str, str] = {
    "tibet-support": "tibet",
    "xinjiang-support": "xinjiang",
    "qinghai-support": "qinghai",
    "guizhou-assistance": "guizhou",
    "hubei-medical-2020": "hubei",
}
"""The place that a programme is for: who names the programme names it as recipient (支援西藏, 援藏)."""
OFFICES: dict[str, str] = {
    "中办": "cpc-general-office",
    "国办": "state-council-general-office",
    "国家发改委": "ndrc",
    "国家发展和改革委员会": "ndrc",
    "发改委": "ndrc",
    "国务院": "state-council",
    "中央": "cpc-central-committee",
    "ndrc": "ndrc",
}
LOOSE_PROGRAMMES: dict[str, str] = {
    "东部": "east-west",
    "西部": "east-west",
    "东西部": "east-west",
    "东西两地": "east-west",
}
"""Words that mean a programme only where the sentence names nobody."""
TOWARDS = ("援", "赴", "入", "驻", "来")
"""What makes a short form a recipient: 援滇, 赴黔."""


def all_names(kg: KnowledgeGraph) -> Iterator[tuple[str, Thing]]:
    """Yield every name of the registers, of pairings, and what programmes and offices are called in passing."""
    for kind, register in kg.corpus.registers.items():
        if kind == "pairing":
            continue
        for entry in register.values():
            shorts = entry.short if isinstance(entry, Place) else ()
            for name in entry.names():
                if name not in shorts and len(name) > 1:
                    yield name, (kind, entry.id)
    for key, place in kg.corpus.anonymous.items():
        yield place.name.zh, ("place", key)
    yield from _pairing_names(kg)
    for word, identifier in PROGRAMME_WORDS.items():
        if identifier in kg.corpus.programmes:
            yield word, ("programme", identifier)
    for word, identifier in OFFICES.items():
        if identifier in kg.corpus.registers["organisation"]:
            yield word, ("organisation", identifier)


def _pairing_names(kg: KnowledgeGraph) -> Iterator[tuple[str, Thing]]:
    """Yield pairings by their own names, those turned round, and the short forms of both parties."""
    families = kg.corpus.programmes
    named = {(families[n.programme].family_id, frozenset(n.places)): n for n in kg.corpus.pairings.values()}
    taken = {name for entry in named.values() for name in entry.names()}
    namer = Namer(kg.corpus, kg.derived.pairings)
    for slug, pairing in kg.derived.pairings.items():
        entry = named.get((pairing.programme, frozenset(pairing.parties)))
        own = set(entry.names()) if entry else set()
        own |= {name[1] + name[0] for name in own if len(name) == 2} - taken
        shorts = [_shorts(kg, party) for party in pairing.parties]
        own |= {a + b for first, second in (shorts, shorts[::-1]) for a in first for b in second} - taken
        english = [namer.party(party, "en") for party in pairing.parties]
        own |= {f"{a}{dash}{b}" for a, b in (english, english[::-1]) for dash in "-–" if is_english(a + b)}
        for name in own:
            yield name, ("pairing", slug)


def _shorts(kg: KnowledgeGraph, party: str) -> tuple[str, ...]:
    place = kg.corpus.places.get(party)
    return place.short[:1] if place else ()


def short_names(kg: KnowledgeGraph) -> Iterator[tuple[str, Thing]]:
    """Yield what people make of the names of places; only where no register has the word itself."""
    for place in kg.corpus.places.values():
        for name in {place.name.zh, *(former.name.zh for former in place.former)}:
            short = ENDINGS.sub("", name)
            if len(short) > 1 and short != name and short not in NOT_NAMES:
                yield short, ("place", place.id)
            for ending, plain_ending in AUTONOMOUS.items():
                if name.endswith(ending) and len(short) > 1:
                    yield short + plain_ending, ("place", place.id)
        for name in (n for n in (place.name.en, *(f.name.en for f in place.former)) if n):
            short = ENGLISH_ENDINGS.sub("", name)
            if short != name and len(short) > 2:
                yield short, ("place", place.id)
            called = {"county": " County", "prefecture": " City", "province": " Province"}.get(place.level)
            if called and not name.endswith(called):
                yield name + called, ("place", place.id)

            for short in place.short:
                yield short + "企", ("place", place.id)
                for word in TOWARDS:
                    yield word + short, ("target", place.id)
    for organisation in kg.corpus.registers["organisation"].values():
        for name in organisation.names():
            if re.search(r"第[一二三四五六七八九十]+师\Z", name):  # of the Xinjiang corps, whose 第 is often left out
                yield name.replace("第", ""), ("organisation", organisation.id)
    for word, programme in LOOSE_PROGRAMMES.items():
        if programme in kg.corpus.programmes:
            yield word, ("loose", programme)
    for policy in kg.corpus.registers["policy"].values():
        for name in policy.names():
            short = re.sub(r"\A(?:.{0,16}?关于(?:印发|开展|组织)?)", "", name)
            if len(short) >= 8 and short != name:
                yield short, ("policy", policy.id)


def plain(sentence: str) -> str:
    """Return the sentence in plain characters of the same number: full width folded, line breaks to spaces.

    >>> plain("２０１６－２０２０年")
    '2016-2020年'
    """
    return "".join(map(_plain, sentence)).translate(_SAME)


def is_english(text: str) -> bool:
    """Return whether a text has no Chinese character.

    >>> is_english("Fujian helps Ningxia"), is_english("福建")
    (True, False)
    """
    return re.search("[\u3400-\u9fff]", text) is None


def key_of(text: str) -> str:
    """Return a text as names and titles are compared: NFKC, lower case, no spaces, quotes or marks.

    >>> key_of("《“十四五” 规划》")
    '十四五规划'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s《》〈〉“”\"'‘’·•,，、:：()〔〕\[\]—–\-~]", "", folded)


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and character not in "，。；：！？（）“”" else character
