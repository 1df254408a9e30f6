"""Who helps whom in a sentence? Supporters, recipients, and parties of whom no direction is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.claims.names import GENERIC, Mention, ancestors_of
from cooperation_kg.query.claims.nicknames import TARGETS, is_english

Party = frozenset[str]
"""The places (or organisations) that one name can mean."""

# what stands between two names: the first helps the second, or the second the first
_FORWARD = re.compile(
    r"向|在|对口(?!合作)|对(?!口)|给|支援|帮扶|援助|援建|援|资助|帮助|扶持|投入|投|派|赴|到|为|支持|包|助|调往|选派|捐"
    r"|\b(?:support|help|assist|aid|to|for|gave|give|fund|invest|sent|into|in)\w*\b",
    re.IGNORECASE,
)
# people who go from one place to the other to study or work: that says nothing of who helps
_GOING = re.compile(r"到|赴|往|去|来|\bto\b|\bin\b", re.IGNORECASE)
_RECEIVED_THERE = re.compile(r"就读|务工|就业|打工|学习|跟岗|上学|求学|实习|stud(?:y|ied)|work", re.IGNORECASE)
_GIVING = re.compile(r"帮扶|支援|援|资助|帮助|扶持|投入|派|捐|组织|help|support|assist|aid", re.IGNORECASE)
_BACKWARD = re.compile(
    r"由|被|接受|获得|得到|收到|承接|受到|受|获|迎来|(?:帮扶|支援|协作|援建|援助)(?:方|省份|省市|省|城市|市|单位)?(?:是|为|系)|来自|从"
    r"|\b(?:by|from|receive[sd]?|under)\b",
    re.IGNORECASE,
)
_RECIPIENT_IS = re.compile(
    r"(?:受援|受助|受帮扶|帮扶对象|支援对象|援助对象|协作对象)(?:方|地|省份|省|县|市)?\w{0,3}(?:是|为)|(?:帮扶|支援|对口)\w{0,4}的是|(?:结对|对口)?(?:帮扶|支援)的(?:地区|省份|县|市|州|对象)是"
)
_SUPPORTER_IS = re.compile(r"(?:帮扶|支援|援助|援建|援)[^，。]{0,14}的(?:省份|省市|城市|地方|地区|单位|区|县|市|省)是")
_EQUAL = re.compile(r"\A\s*(?:与|和|同|跟|、|及|以及|—+|-+|–|与的|and|with|&)\s*\Z", re.IGNORECASE)
_LISTED = re.compile(r"\A\s*(?:、|和|及|以及|与|,|，|and|, and|&)\s*\Z", re.IGNORECASE)
# what stands by a single name
_SUPPORTER_AFTER = re.compile(
    r"\A(?:省|市|方面|各级财政|各级|财政|党委政府|政府|全市|各区)?[^，。；,;]{0,16}?"
    r"(?:对外|对口支援|帮扶|支援|选派|派出|派驻|投入|派|援建|援|投资|捐赠|捐|拨付|安排|出资|筹集|落实)"
    r"|\A\s*(?:has |have |had )?(?:support|help|sent|send|gave|give|invest|provid|allocat|assist|aid|post|put)\w*\b",
    re.IGNORECASE,
)
_RECIPIENT_AFTER = re.compile(
    r"\A(?:省|市|县)?[^，。；,;]{0,10}?(?:接受|获得|得到|收到|获|承接|受援|累计接受)"
    r"|\A\s*(?:has |have |had )?(?:receive[sd]?|got|obtained)\b",
    re.IGNORECASE,
)
_RECIPIENT_BEFORE = re.compile(
    r"(?:向|对|给|为|支援|帮扶|援助|援建|赴|到|往|投入|帮助|对口|支持|助力|援)\Z|\b(?:to|for|in|into|supporting|helping|supports?|helps?|assist(?:s|ed|ing)?|aid(?:s|ed|ing)?|supported|helped)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_SUPPORTER_BEFORE = re.compile(r"(?:由|来自|从|接受|获得|得到|收到|获)\Z|\b(?:by|from)\s+(?:the\s+)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Sides:
    """Whom a claim speaks of.

    ``parties`` are places whose side is not said; ``programmes`` families that are named; ``things`` projects and
    events; ``pairings`` slugs where a pairing is called by its name (京蒙), whose parties then fill the sides.
    """

    supporters: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    parties: tuple[Party, ...] = ()
    programmes: tuple[str, ...] = ()
    things: tuple[tuple[str, str], ...] = ()
    pairings: tuple[str, ...] = ()
    directed_by_name: bool = False

    @property
    def places(self) -> tuple[Party, ...]:
        """All parties, whatever their side."""
        return (*self.supporters, *self.recipients, *self.parties)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named at all."""
        return not (self.places or self.programmes or self.things)


def sides_of(kg: KnowledgeGraph, sentence: str, mentions: Sequence[Mention]) -> Sides:
    """Return whom a stretch of a sentence speaks of.

    Parameters
    ----------
    sentence: the whole sentence, folded; the mentions say where in it they stand.
    """
    programmes = _programmes(kg, mentions)
    things = tuple(thing for m in mentions for thing in m.things if thing[0] in ("project", "event"))
    held = Sides(programmes=programmes, things=things)
    parties = [m for m in mentions if (_party(m) or m.of_kind("target")) and not _is_replaced(sentence, m)]
    named = next((m for m in mentions if m.of_kind("pairing")), None)
    if named is not None and not (len(parties) >= 2):
        return _of_pairing(kg, held, named, [m for m in parties if m is not named])
    return _inwards(kg, _of_places(sentence, held, parties))


def _inwards(kg: KnowledgeGraph, sides: Sides) -> Sides:
    """Return sides with a place inside the recipient as the recipient: 向新疆…阿图什市 is help for Artux."""
    inner = tuple(p for p in sides.parties if any(_lies_in(kg, p, r) for r in sides.recipients))
    if not (inner and sides.supporters) or len(sides.recipients) > 1:
        return sides
    return replace(sides, recipients=inner, parties=tuple(p for p in sides.parties if p not in inner))


def _is_replaced(sentence: str, mention: Mention) -> bool:
    """Whether a party is named only as one whose place another takes (广东接替上海), or who takes it (由广东接替)."""
    before, after = sentence[: mention.start].rstrip(), sentence[mention.end :]
    if re.search(r"由\Z", before) and re.match(r"省?(?:接替|代替|取代)", after):
        return True
    return re.search(r"(?:接替|代替|取代|替代|replac(?:es|ed|ing)|took over from)\Z", before, re.IGNORECASE) is not None


def _programmes(kg: KnowledgeGraph, mentions: Sequence[Mention]) -> tuple[str, ...]:
    found = [identifier for m in mentions for identifier in m.of_kind("programme")]
    if not found and not any(_party(m) or m.of_kind("pairing") for m in mentions):
        found = [identifier for m in mentions for identifier in m.of_kind("loose")]
    families = dict.fromkeys(kg.corpus.programmes[p].family_id for p in found if p not in GENERIC)
    return tuple(families)


def _of_pairing(kg: KnowledgeGraph, held: Sides, named: Mention, others: Sequence[Mention]) -> Sides:
    slugs = named.of_kind("pairing")
    wanted = tuple(s for s in slugs if kg.derived.pairings[s].programme in held.programmes)
    slugs = wanted or slugs
    pairing = kg.derived.pairings[slugs[0]]
    programmes = tuple(dict.fromkeys(kg.derived.pairings[slug].programme for slug in slugs))
    sides = replace(held, pairings=slugs, programmes=programmes, directed_by_name=True)
    # one of the two named apart from the pairing (京蒙…北京各区) is still the pairing; any other place narrows it
    beside = tuple(p for p in (_party(m) for m in others) if not p.intersection(pairing.parties))
    if pairing.supporter and pairing.recipient:
        sides = replace(
            sides, supporters=(frozenset({pairing.supporter}),), recipients=(frozenset({pairing.recipient}),)
        )
        return replace(sides, parties=beside)
    return replace(sides, parties=(*(frozenset({p}) for p in pairing.parties), *beside))


def _party(mention: Mention) -> Party:
    return frozenset((*mention.of_kind("place"), *mention.of_kind("party"), *mention.of_kind("target")))


def _of_places(sentence: str, held: Sides, mentions: Sequence[Mention]) -> Sides:
    groups = _groups(sentence, mentions)
    if not groups:
        return held
    if len(groups) == 1:
        return _of_one_group(sentence, held, groups[0])
    first, second = groups[0], groups[1]
    between = sentence[first[-1].end : second[0].start]
    before = sentence[: first[0].start]
    if second[0].of_kind("target") or first[0].of_kind("target"):
        supporter, recipient = (first, second) if second[0].of_kind("target") else (second, first)
        held = replace(held, supporters=tuple(map(_party, supporter)), recipients=tuple(map(_party, recipient)))
        # 北京援藏…拉萨: the place named beside the target of a programme is the recipient itself
        if len(groups) > 2:
            return replace(held, recipients=tuple(_party(m) for group in groups[2:] for m in group))
        return held
    sides = _direct(held, first, second, _order(before, between, sentence[second[-1].end :]))
    rest = tuple(_party(m) for group in groups[2:] for m in group)
    return replace(sides, parties=(*sides.parties, *rest))


def _order(before: str, between: str, after: str) -> str:
    """Return forward, backward or equal: what the words around two names say."""
    if _SUPPORTER_IS.search(between) or (
        re.search(r"的(?:省份|省市|城市|地区|单位)?是\s*\Z", between)
        and re.search(r"(?:帮扶|支援|援助|援建)\Z", before)
    ):
        return "backward"
    if _RECIPIENT_IS.search(between):
        return "forward"
    if _SUPPORTER_BEFORE.search(
        before.rstrip() + (" " if is_english(before) and before else "")
    ) and not _BACKWARD.search(between):
        return "forward"
    if _BACKWARD.search(between):
        return "backward"
    if _EQUAL.match(between):
        return "equal"
    if re.fullmatch(r"\s*(?:是|为|系)\s*", between):
        if re.match(r"的\w{0,5}(?:受援|帮扶对象|支援对象|协作对象|援助对象|受帮扶)", after):
            return "backward"
        if re.match(r"的\w{0,5}(?:帮扶|支援|援助|援建)(?:方|省|市|单位|城市|者)", after):
            return "forward"
    if re.search(r"(?:与|和|同|跟|with)\s*\Z", between, re.IGNORECASE) and not re.search(r"帮扶|支援|援", between):
        return "equal"
    if _GOING.search(between) and _RECEIVED_THERE.search(after) and not _GIVING.search(between):
        return "equal"
    return "forward" if _FORWARD.search(between) else "equal"


def _direct(held: Sides, first: Sequence[Mention], second: Sequence[Mention], order: str) -> Sides:
    one, two = tuple(map(_party, first)), tuple(map(_party, second))
    if order == "forward":
        return replace(held, supporters=one, recipients=two)
    if order == "backward":
        return replace(held, supporters=two, recipients=one)
    return replace(held, parties=(*one, *two))


def _of_one_group(sentence: str, held: Sides, group: Sequence[Mention]) -> Sides:
    parties = tuple(map(_party, group))
    before, after = sentence[: group[0].start], sentence[group[-1].end :]
    if group[0].of_kind("target"):
        return replace(held, recipients=parties)
    if len(group) == 1 or _LISTED.match(sentence[group[0].end : group[1].start]):
        if _SUPPORTER_BEFORE.search(before):
            return replace(held, supporters=parties)
        if _RECIPIENT_BEFORE.search(before):
            return replace(held, recipients=parties)
        if len(group) == 1 and _RECIPIENT_AFTER.search(after):
            return replace(held, recipients=parties)
        if len(group) == 1 and _SUPPORTER_AFTER.search(after):
            return replace(held, supporters=parties)
    return replace(held, parties=parties)


def _groups(sentence: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return names in groups: those only joined by 、 or 和 stand together, unless they are all there is."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and _LISTED.match(sentence[groups[-1][-1].end : mention.start]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def joined(kg: KnowledgeGraph, earlier: Sides, own: Sides) -> Sides:
    """Return whom a clause speaks of, where an earlier clause of the sentence has named others.

    A clause that names nobody speaks of those before; one that names a place already spoken of does too; one that
    names a single new place adds it to the side that stands empty.
    """
    programmes = own.programmes or earlier.programmes
    if not own.places and not own.things:
        return replace(earlier, programmes=programmes)
    known: set[str] = set().union(*earlier.places)
    inside = [party for party in earlier.recipients if len(own.places) == 1 and _lies_in(kg, own.places[0], party)]
    if inside and earlier.supporters:
        # 福建援藏…昌都: the place within the recipient is the recipient of what follows
        return replace(earlier, recipients=own.places, parties=(), programmes=programmes, things=own.things)
    if own.places and len(own.places) == 1 and len(earlier.places) >= 2 and own.places[0] & known:
        return replace(earlier, programmes=programmes, things=own.things)
    if len(own.places) == 1 and len(earlier.places) == 1 and not own.places[0] & known:
        return _complement(earlier, own, programmes)
    return replace(own, programmes=programmes)


def _lies_in(kg: KnowledgeGraph, inner: Party, outer: Party) -> bool:
    return any(outer.intersection(ancestors_of(kg, place)) for place in inner)


def _complement(earlier: Sides, own: Sides, programmes: tuple[str, ...]) -> Sides:
    if earlier.supporters and not own.supporters:
        return Sides(earlier.supporters, own.places, (), programmes, own.things)
    if earlier.recipients and not own.recipients:
        return Sides(own.places, earlier.recipients, (), programmes, own.things)
    if own.recipients:
        return Sides(earlier.places, own.recipients, (), programmes, own.things)
    if own.supporters:
        return Sides(own.supporters, earlier.places, (), programmes, own.things)
    return Sides((), (), (*earlier.places, *own.places), programmes, own.things)


def with_target(sides: Sides) -> Iterator[Sides]:
    """Yield the sides, and once more without the place that a named programme is for (北京…西藏, 援藏)."""
    yield sides
    for programme in sides.programmes:
        target = TARGETS.get(programme)
        rest = tuple(p for p in sides.recipients if target not in p)
        loose = tuple(p for p in sides.parties if target not in p)
        if target and (len(rest), len(loose)) != (len(sides.recipients), len(sides.parties)):
            yield replace(sides, recipients=rest, parties=loose)


def party_words(party: Iterable[str], kg: KnowledgeGraph, lang: str) -> str:
    """Return one party by name; the bearers of one name with a stroke between."""
    from cooperation_kg.graph.naming import Namer

    namer = Namer(kg.corpus, kg.derived.pairings)
    return " / ".join(namer.party(p, lang) for p in sorted(party))
