"""By which typed words is a name found? Characters, pinyin and initials.

A reader types ``广西``, ``guangxi``, ``gx`` or a former name and means the same place. Pinyin is worked out when the
page is made, so that the page needs no dictionary. Names read unlike their dictionary characters stand in a table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Place names whose reading differs from the common reading of their characters (source: 《中国地名词典》 usage,
# as in the GB/T 28039 spelling of place names); 陕西 is spelt Shaanxi officially, and both spellings find it.
PINYIN_OVERRIDES: dict[str, tuple[str, ...]] = {
    "单县": ("shan", "xian"),
    "浚县": ("xun", "xian"),
    "会稽": ("kuai", "ji"),
    "解州": ("hai", "zhou"),
    "六安": ("lu", "an"),
    "六合": ("lu", "he"),
    "蔚县": ("yu", "xian"),
    "蚌埠": ("beng", "bu"),
    "铅山": ("yan", "shan"),
    "乐亭": ("lao", "ting"),
    "乐清": ("yue", "qing"),
    "乐陵": ("lao", "ling"),
    "番禺": ("pan", "yu"),
    "大埔": ("da", "bu"),
    "黄陂": ("huang", "pi"),
    "渑池": ("mian", "chi"),
    "尉犁": ("yu", "li"),
    "尉氏": ("wei", "shi"),
    "什邡": ("shi", "fang"),
    "犍为": ("qian", "wei"),
    "荥经": ("ying", "jing"),
    "荥阳": ("xing", "yang"),
    "枞阳": ("zong", "yang"),
    "歙县": ("she", "xian"),
    "砀山": ("dang", "shan"),
    "柞水": ("zha", "shui"),
    "吴堡": ("wu", "bu"),
    "莘县": ("shen", "xian"),
    "长子": ("zhang", "zi"),
    "洪洞": ("hong", "tong"),
    "繁峙": ("fan", "shi"),
    "句容": ("ju", "rong"),
    "天台": ("tian", "tai"),
    "台州": ("tai", "zhou"),
    "盱眙": ("xu", "yi"),
    "东阿": ("dong", "e"),
    "会昌": ("hui", "chang"),
    "十堰": ("shi", "yan"),
    "重庆": ("chong", "qing"),
    "西藏": ("xi", "zang"),
}
EXTRA_SPELLINGS: dict[str, tuple[str, ...]] = {"陕": ("shaanxi",), "陕西": ("shaanxi",)}


def fold_key(text: str) -> str:
    """Return *text* as it is compared: NFKC, lower case, without spaces, marks and punctuation.

    The page folds what is typed by the same rule, so ``Xi'an``, ``xi an`` and ``ＸＩＡＮ`` meet.

    >>> fold_key("Ürümqi, Xi’an")
    'urumqixian'
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in plain if char.isalnum())


def pinyin_keys(name: str) -> tuple[str, ...]:
    """Return the full pinyin and the initials of *name*, with other spellings in use; empty without characters.

    >>> pinyin_keys("浚县")
    ('xunxian', 'xx')
    >>> pinyin_keys("Fujian")
    ()
    """
    if not any("\u4e00" <= char <= "\u9fff" for char in name):
        return ()
    syllables = [fold_key(part) for part in _syllables(name)]
    spelt = {"".join(syllables): None, "".join(part[:1] for part in syllables): None}
    for part, spellings in EXTRA_SPELLINGS.items():
        if name.startswith(part):
            spelt.update(dict.fromkeys(spellings))
    return tuple(key for key in spelt if key)


def search_keys(names: Iterable[str]) -> tuple[str, ...]:
    """Return every folded key by which one of *names* is found, in order and without repeats.

    >>> search_keys(["广西", "桂"])
    ('广西', 'guangxi', 'gx', '桂', 'gui', 'g')
    """
    keys: dict[str, None] = {}
    for name in names:
        for key in (fold_key(name), *pinyin_keys(name)):
            if key:
                keys[key] = None
    return tuple(keys)


def _syllables(name: str) -> list[str]:
    from pypinyin import lazy_pinyin

    for start in range(len(name)):
        for part, reading in PINYIN_OVERRIDES.items():
            if name.startswith(part, start):
                before = _syllables(name[:start]) if start else []
                rest = name[start + len(part) :]
                return [*before, *reading, *(_syllables(rest) if rest else [])]
    return list(lazy_pinyin(name))
