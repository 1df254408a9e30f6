"""By which keys is a name found? 汉字, pinyin in full and initials, English, former names; all lower case."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

# readings that a place name has and the dictionary's first reading misses
READINGS: dict[str, str] = {
    "单县": "shan xian",
    "浚县": "xun xian",
    "会稽": "kuai ji",
    "解州": "xie zhou",
    "重庆": "chong qing",
    "厦门": "xia men",
    "陕西": "shan xi",
    "蔚县": "yu xian",
    "六安": "lu an",
    "台州": "tai zhou",
    "丽水": "li shui",
    "番禺": "pan yu",
    "十堰": "shi yan",
    "郧": "yun",
    "邗江": "han jiang",
    "鄱阳": "po yang",
    "乐亭": "lao ting",
    "井陉": "jing xing",
    "铅山": "yan shan",
    "黄陂": "huang pi",
    "歙县": "she xian",
    "尉犁": "yu li",
    "长治": "chang zhi",
    "长沙": "chang sha",
    "大城": "dai cheng",
    "洪洞": "hong tong",
}


def search_keys(names: Iterable[str]) -> list[str]:
    """Return the keys of all names, sorted, each once.

    >>> keys = search_keys(["广西壮族自治区", "桂"])
    >>> "guangxizhuangzuzizhiqu" in keys, "gxzzzzq" in keys, "gui" in keys
    (True, True, True)
    """
    keys: set[str] = set()
    for name in names:
        folded = "".join(name.casefold().split())
        syllables = pinyin(name)
        keys |= {folded, "".join(syllables), "".join(s[:1] for s in syllables)}
    return sorted(keys - {""})


@cache
def pinyin(name: str) -> tuple[str, ...]:
    """Return the syllables of a Chinese name, without tones; ü is written v.

    >>> pinyin("十堰市")
    ('shi', 'yan', 'shi')
    """
    from pypinyin import lazy_pinyin, load_phrases_dict

    _teach(load_phrases_dict)
    return tuple(s.casefold() for s in lazy_pinyin(name, errors="ignore", v_to_u=False))


@cache
def _teach(load_phrases_dict: object) -> None:
    assert callable(load_phrases_dict)
    load_phrases_dict({name: [[s] for s in reading.split()] for name, reading in READINGS.items()})
