"""What keeps a sentence from being checked? Names that no register has, and words that turn its meaning round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cooperation_kg.query.claims.names import Mention
from cooperation_kg.query.claims.periods import Period

# looked ahead for, so that one candidate does not hide the next
_UNKNOWN = re.compile(
    r"(?:向|对|与|和|同|帮扶|支援|援助|由|的|\A|，)(?=([\u4e00-\u9fff]{1,6}?(?:省|市|县|区|旗|自治州)))"
)
_BESIDE = re.compile(r"的?(?![与和同向对给由及在是])([\u4e00-\u9fff]{1,4}?(?:市|县|区|旗|自治州))")
_UNKNOWN_ENGLISH = re.compile(r"((?:[A-Z][\w'-]+ ){1,3}(?:District|County|City|Province|Prefecture|Banner))\b")
_UNKNOWN_THING = re.compile(r"[“\"「]([^”\"」]{3,16}(?:计划|行动|工程|项目|机制|基金|中心|协议|园))[”\"」]")
_COMMON = re.compile(
    r"\A[一二两三四五六七八九十]|贫困|受援|地区|园区|库区|城市|各|全|两|山区|老区|牧区|灾区|社区|藏区|市县|区县|旗县|县市|重点|示范|先行|试验|上市|超市|都市|东部|西部|"
    r"个|等|年|月|发达|本|该|结对|帮扶|支援|协作|沿海|省市|省区|对口|多|几|数|这|其|民族|经济|特区"
)
# 苏州和合肥帮扶铜仁: a name without 市, joined to one that is known
_JOINED = re.compile(r"[、和与及]([\u4e00-\u9fff]{2,3}?)(?=共同|联合|分别|一起|对口|结对|帮扶|支援|援助)")
_NEGATION = re.compile(
    r"没有|没能|没|从未|并未|未曾|未能|尚未|未(?=[向对给为把帮支援投派与和达到])|不是|并不|并非|从不|绝非|否认|虚构|谣传"
    r"|\b(?:not|never|no longer|nobody|neither|nor|without|den(?:y|ies|ied))\b|n't\b",
    re.IGNORECASE,
)


def find_unknown(text: str, known: tuple[Mention, ...], periods: tuple[Period, ...]) -> Iterator[Mention]:
    """Yield what looks like the name of a place, or of a plan in quotes, and is in no register.

    Parameters
    ----------
    text: the folded sentence. known, periods: what was read in it.

    >>> [m.text for m in find_unknown("帮扶白水县", (), ())]
    ['白水县']
    """
    spans = [(m.start, m.end) for m in known] + [(p.start, p.end) for p in periods]
    places = [m for m in known if m.of_kind("place")]
    beside = (match for place in places if (match := _BESIDE.match(text, place.end)))
    joined = (match for place in places if (match := _JOINED.match(text, place.end)))
    candidates = [*_UNKNOWN.finditer(text), *beside, *joined, *_UNKNOWN_ENGLISH.finditer(text)]
    found = {m.span(1): m[1] for m in candidates if not _COMMON.search(m[1])}
    found |= {m.span(1): m[1] for m in _UNKNOWN_THING.finditer(text)}
    for (start, end), name in sorted(found.items()):
        if not any(a < end and start < b for a, b in spans):
            spans.append((start, end))
            yield Mention(name, start, end, ())


def find_denials(text: str, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield words that deny, outside of names and titles: a denial is not checked, only what a plain sentence says.

    >>> [m.text for m in find_denials("北京没有帮扶内蒙古", ())]
    ['没有']
    """
    held = [(m.start, m.end) for m in mentions] + [(m.start(), m.end()) for m in re.finditer("《[^》]*》", text)]
    for match in _NEGATION.finditer(text):
        if not any(start <= match.start() < end for start, end in held):
            yield Mention(match[0], match.start(), match.end(), ())
