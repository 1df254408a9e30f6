"""How a reading and its claims are put in words, so that a reader sees what was understood before the answer."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.claims.documents import DocumentClaim
from cooperation_kg.query.claims.figures import FigureClaim
from cooperation_kg.query.claims.names import Mention
from cooperation_kg.query.claims.periods import Period
from cooperation_kg.query.claims.reading import Claim, Reading
from cooperation_kg.query.claims.results import Answer4, Bearing, Part, Words
from cooperation_kg.query.claims.rivals import TieClaim
from cooperation_kg.query.claims.sides import Party, Sides, party_words
from cooperation_kg.query.claims.things import ThingClaim

KIND_WORDS: dict[str, tuple[str, str]] = {
    "place": ("地方", "place"),
    "pairing": ("结对", "pairing"),
    "programme": ("框架", "programme"),
    "policy": ("文件", "document"),
    "project": ("项目", "project"),
    "event": ("事件", "event"),
    "organisation": ("机构", "organisation"),
}
POINT_WORDS: dict[str, tuple[str, str]] = {
    "start": ("始于", "began"),
    "end": ("止于", "ended"),
    "extend": ("延续至", "extended to"),
    "change": ("更名于", "renamed"),
    "held": ("举行于", "held"),
    "": ("", ""),
}
REASONS: dict[str, tuple[str, str]] = {
    "agrees": ("有陈述说法相同。", "A statement says the same."),
    "agrees, others differ": (
        "有陈述说法相同；另有来源说法不同，并列于下。",
        "A statement says the same; another source says otherwise, shown below.",
    ),
    "compatible": (
        "没有陈述说得完全一样，但所载与此句不矛盾。",
        "No statement says exactly this; what is on record does not contradict it.",
    ),
    "disagrees": ("同一事项，库中所载不同。", "On the same matter the record says otherwise."),
    "nothing-known": (
        "库中没有同一对象、同一指标、同一时间的陈述。",
        "No statement on that subject, measure and time.",
    ),
    "near": ("相近而非同一事项的陈述列于下。", "What is near, but not the same, is shown below."),
    "denial": (
        "句中有否定词（{}）：否定句不予核对，请改成肯定句再查。",
        "The sentence denies something ({}): that is not checked; put it as a plain sentence.",
    ),
    "unknown": ("句中有库中没有的名称：{}。", "The sentence names what the record does not know: {}."),
}


def parts_of(kg: KnowledgeGraph, reading: Reading) -> tuple[Part, ...]:
    """Return the pieces of a sentence with what was understood by each, in the order of the sentence."""
    pieces = [*_names(kg, reading), *_times(reading), *_quantities(reading)]
    pieces += [Part("number", n.text, n.start, n.end, Words(n.text, n.text)) for n in reading.numbers]
    words = Words("登记簿中没有", "in no register")
    pieces += [Part("unknown", u.text, u.start, u.end, words) for u in reading.unknown]
    denied = Words("否定，不予核对", "a denial, which is not checked")
    pieces += [Part("denial", d.text, d.start, d.end, denied) for d in reading.denials]
    ordered = sorted(pieces, key=lambda part: (part.start, part.end))
    return (*ordered, *_measures(reading))


def _names(kg: KnowledgeGraph, reading: Reading) -> Iterator[Part]:
    for mention in reading.mentions:
        zh, en = (_meaning(kg, mention, lang) for lang in ("zh", "en"))
        yield Part("name", mention.text, mention.start, mention.end, Words(zh, en))


def _meaning(kg: KnowledgeGraph, mention: Mention, lang: str) -> str:
    namer = Namer(kg.corpus, kg.derived.pairings)
    shown = []
    for kind, identifier in mention.things:
        if kind not in KIND_WORDS:
            continue
        word = KIND_WORDS[kind][lang == "en"]
        name = namer.thing(kind, identifier, lang)
        shown.append(f"{name}（{word}）" if lang == "zh" else f"{name} ({word})")
    return " / ".join(shown)


def _times(reading: Reading) -> Iterator[Part]:
    for period in reading.periods:
        yield Part("time", period.text, period.start, period.end, Words(period.words("zh"), period.words("en")))


def _quantities(reading: Reading) -> Iterator[Part]:
    for amount in reading.amounts:
        yield Part("quantity", amount.text, amount.start, amount.end, Words(amount.words("zh"), amount.words("en")))


def _measures(reading: Reading) -> Iterator[Part]:
    for claim in reading.claims:
        if isinstance(claim, FigureClaim):
            words, at = claim.measures, claim.amount
            zh = words.labels("zh") or "未读出；凡单位相合的指标都可能"
            en = words.labels("en") or "not read; any measure of that unit"
            yield Part("measure", "、".join(words.words), at.start, at.end, Words(zh, en))


def words_of(kg: KnowledgeGraph, claim: Claim) -> Words:
    """Return a claim as it was understood."""
    return Words(_words(kg, claim, "zh"), _words(kg, claim, "en"))


def _words(kg: KnowledgeGraph, claim: Claim, lang: str) -> str:
    gap = "，" if lang == "zh" else ", "
    namer = Namer(kg.corpus, kg.derived.pairings)
    match claim:
        case FigureClaim():
            parts = [sides_words(kg, claim.sides, lang), *_period_words(claim.periods, lang), claim.amount.words(lang)]
        case TieClaim():
            point = POINT_WORDS[claim.point][lang == "en"]
            basis = [namer.thing("policy", policy, lang) for policy in claim.basis]
            times = _period_words(claim.periods, lang)
            parts = [sides_words(kg, claim.sides, lang), point if times else "", *times, *basis]
        case DocumentClaim():
            titles = [namer.thing("policy", policy, lang) for policy in claim.policies] or ["?"]
            by = [namer.party(party, lang) for party in claim.by]
            parts = [" / ".join(titles), *by, *_period_words(claim.periods, lang), claim.number]
        case ThingClaim():
            names = [namer.thing(kind, identifier, lang) for kind, identifier in claim.things]
            parts = [" / ".join(names), POINT_WORDS[claim.point][lang == "en"], *_period_words(claim.periods, lang)]
    return gap.join(part for part in parts if part)


def _period_words(periods: tuple[Period, ...], lang: str) -> list[str]:
    return [period.words(lang) for period in periods]


def sides_words(kg: KnowledgeGraph, sides: Sides, lang: str) -> str:
    """Return who helps whom: 北京市 → 内蒙古自治区; a dash where the sentence says no direction."""

    def named(parties: tuple[Party, ...]) -> str:
        return ("、" if lang == "zh" else ", ").join(party_words(party, kg, lang) for party in parties)

    namer = Namer(kg.corpus, kg.derived.pairings)
    programmes = [namer.thing("programme", programme, lang) for programme in sides.programmes]
    things = [namer.thing(kind, identifier, lang) for kind, identifier in sides.things]
    arrow = " → ".join(named(side) or "…" for side in (sides.supporters, sides.recipients))
    tie = arrow if sides.supporters or sides.recipients else ""
    loose = " — ".join(party_words(party, kg, lang) for party in sides.parties)
    parts = [*programmes, tie, loose, *things]
    return ("，" if lang == "zh" else ", ").join(part for part in parts if part)


def because_of(answer: Answer4, bearings: tuple[Bearing, ...], reading: Reading) -> Words:
    """Return why a claim has its answer."""
    for reason, held in (("denial", reading.denials), ("unknown", reading.unknown)):
        if held:
            zh, en = REASONS[reason]
            return Words(zh.format("、".join(m.text for m in held)), en.format(", ".join(m.text for m in held)))
    key = "agrees, others differ" if answer == "agrees" and any(b.how == "disagrees" for b in bearings) else answer
    zh, en = REASONS[key]
    if answer == "nothing-known" and bearings:
        zh, en = zh + REASONS["near"][0], f"{en} {REASONS['near'][1]}"
    return Words(zh, en)
