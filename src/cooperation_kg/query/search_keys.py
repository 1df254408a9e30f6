"""By which keys is a name found? 汉字, pinyin in full and initials, English, former names; all lower case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# readings that a place name has and the dictionary's first reading misses
READINGS: dict[str, str] = {
    "单县": "shan xian",
    "浚县": "xun xian",
    "会稽": "kuai ji",
    "解州": "hai zhou",
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
    "六合": "lu he",
    "蚌埠": "beng bu",
    "乐清": "yue qing",
    "乐陵": "lao ling",
    "大埔": "da bu",
    "渑池": "mian chi",
    "尉氏": "wei shi",
    "什邡": "shi fang",
    "犍为": "qian wei",
    "荥经": "ying jing",
    "荥阳": "xing yang",
    "枞阳": "zong yang",
    "砀山": "dang shan",
    "柞水": "zha shui",
    "吴堡": "wu bu",
    "莘县": "shen xian",
    "长子": "zhang zi",
    "繁峙": "fan shi",
    "句容": "ju rong",
    "天台": "tian tai",
    "盱眙": "xu yi",
    "东阿": "dong e",
    "会昌": "hui chang",
    "西藏": "xi zang",
}
# other spellings in use, beside the reading: 陕西 is Shaanxi on every English map
OTHER_SPELLINGS: dict[str, tuple[str, ...]] = {
    "陕": ("shaanxi",),
    "陕西": ("shaanxi",),
    "陕西省": ("shaanxi", "shaanxisheng"),
    "解州": ("xiezhou",),
}


_LATIN = re.compile("[A-Za-z0-9]+")


def search_keys(names: Iterable[str]) -> list[str]:
    """Return the keys of all names, sorted, each once.

    >>> keys = search_keys(["广西壮族自治区", "桂"])
    >>> "guangxizhuangzuzizhiqu" in keys, "gxzzzzq" in keys, "gui" in keys
    (True, True, True)
    """
    return sorted({key for name in names for key in (_folded(name), *spellings(name), *initials(name))} - {""})


def spellings(name: str) -> tuple[str, ...]:
    """Return a name as it is typed in Latin letters: pinyin in full, other spellings in use, English run together.

    >>> spellings("陕西")
    ('shanxi', 'shaanxi', '')
    """
    return "".join(pinyin(name)), *OTHER_SPELLINGS.get(name, ()), re.sub(r"[^a-z0-9]", "", _folded(name))


def initials(name: str) -> tuple[str, ...]:
    """Return the initials of the pinyin of a name, none for a name without Chinese characters.

    >>> initials("京蒙"), initials("Beijing")
    (('jm',), ())
    """
    syllables = pinyin(name)
    return ("".join(s[:1] for s in syllables),) if syllables else ()


def _folded(name: str) -> str:
    return "".join(name.casefold().split())


@cache
def pinyin(name: str) -> tuple[str, ...]:
    """Return the syllables of a Chinese name, without tones; ü is written v, letters and digits stay.

    >>> pinyin("十堰市"), pinyin("W县"), pinyin("Beijing")
    (('shi', 'yan', 'shi'), ('w', 'xian'), ())
    """
    from pypinyin import lazy_pinyin, load_phrases_dict

    _teach(load_phrases_dict)
    if not lazy_pinyin(name, errors="ignore"):
        return ()
    found = lazy_pinyin(name, errors=lambda rest: " ".join(_LATIN.findall(rest)), v_to_u=False)
    return tuple(syllable for part in found for syllable in part.casefold().split())


@cache
def _teach(load_phrases_dict: object) -> None:
    assert callable(load_phrases_dict)
    load_phrases_dict({name: [[s] for s in reading.split()] for name, reading in READINGS.items()})
