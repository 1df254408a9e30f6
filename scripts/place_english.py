"""Romanise names of places: 元阳县 is Yuanyang County, 双江拉祜族… is Shuangjiang Lahu, Va, … Autonomous County.

Han names go by Hanyu Pinyin with the readings of place names (长治 Changzhi, 长子 Zhangzi); names of other
languages go by the romanisation in official use (Hotan, Garzê), which ``place_english.yaml`` lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pypinyin import Style, lazy_pinyin

# longest first, so that 东乡族 is not read as 乡
PEOPLES = {
    "柯尔克孜": "Kirgiz",
    "维吾尔": "Uygur",
    "哈萨克族": "Kazak",
    "哈萨克": "Kazak",
    "布依族": "Buyei",
    "土家族": "Tujia",
    "哈尼族": "Hani",
    "傈僳族": "Lisu",
    "拉祜族": "Lahu",
    "东乡族": "Dongxiang",
    "纳西族": "Naxi",
    "景颇族": "Jingpo",
    "达斡尔族": "Daur",
    "仫佬族": "Mulao",
    "布朗族": "Blang",
    "撒拉族": "Salar",
    "毛南族": "Maonan",
    "仡佬族": "Gelao",
    "普米族": "Pumi",
    "朝鲜族": "Korean",
    "塔吉克": "Tajik",
    "鄂温克族": "Ewenki",
    "保安族": "Bonan",
    "裕固族": "Yugur",
    "独龙族": "Derung",
    "蒙古族": "Mongol",
    "蒙古": "Mongol",
    "锡伯": "Xibe",
    "各族": "Multi-ethnic",
    "满族": "Manchu",
    "回族": "Hui",
    "藏族": "Tibetan",
    "苗族": "Miao",
    "彝族": "Yi",
    "壮族": "Zhuang",
    "侗族": "Dong",
    "瑶族": "Yao",
    "白族": "Bai",
    "傣族": "Dai",
    "黎族": "Li",
    "佤族": "Va",
    "畲族": "She",
    "水族": "Sui",
    "土族": "Tu",
    "羌族": "Qiang",
    "怒族": "Nu",
}
KINDS = {
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "自治州": "Autonomous Prefecture",
    "行政区": "Administrative Region",
    "工农区": "District",
    "地区": "Prefecture",
    "矿区": "Mining District",
    "特区": "Special District",
    "新区": "New Area",
    "市": "",
    "县": "County",
    "区": "District",
    "旗": "Banner",
    "盟": "League",
    "镇": "Town",
}
READINGS = {
    "都": "du",
    "乐": "le",
    "长": "chang",
    "佛": "fo",
    "咀": "zui",
    "重": "chong",
    "会": "hui",
    "大": "da",
    "朝": "chao",
}
"""How these read in most names of places; the others are in the file."""
_NAME = re.compile(rf"(.+?)((?:{'|'.join(PEOPLES)})*)({'|'.join(KINDS)})")


def english_name(chinese: str, province: str, known: Mapping[str, str]) -> str:
    """Return the English name of a unit.

    Parameters
    ----------
    province: the first two digits of its code.
    known: romanised stems and whole names, with the two digits in front where provinces differ (``"65和田": Hotan``).

    >>> english_name("双江拉祜族佤族布朗族傣族自治县", "53", {})
    'Shuangjiang Lahu, Va, Blang and Dai Autonomous County'
    >>> english_name("和田地区", "65", {"65和田": "Hotan"}), english_name("郧县", "42", {})
    ('Hotan Prefecture', 'Yun County')
    """
    if whole := known.get(province + chinese) or known.get(chinese):
        return whole
    match = _NAME.fullmatch(chinese)
    if match is None:
        return romanised(chinese, province, known)
    people = [PEOPLES[name] for name in re.findall("|".join(PEOPLES), match[2])]
    joined = " and ".join([", ".join(people[:-1]), people[-1]] if len(people) > 1 else people)
    return " ".join(word for word in (romanised(match[1], province, known), joined, KINDS[match[3]]) if word)


def romanised(stem: str, province: str, known: Mapping[str, str]) -> str:
    """Return a stem in Latin letters, one word with one capital; an apostrophe divides syllables where it must.

    >>> romanised("西安", "61", {}), romanised("吕梁", "14", {}), romanised("长子", "14", {"长子": "Zhangzi"})
    ("Xi'an", 'Lüliang', 'Zhangzi')
    """
    if found := known.get(province + stem) or known.get(stem):
        return found
    syllables = lazy_pinyin(stem, style=Style.NORMAL, v_to_u=True)
    syllables = [READINGS.get(character, syllable) for character, syllable in zip(stem, syllables, strict=True)]
    word = syllables[0]
    for syllable in syllables[1:]:
        word += ("'" if syllable[0] in "aoe" else "") + syllable
    return word.capitalize()
