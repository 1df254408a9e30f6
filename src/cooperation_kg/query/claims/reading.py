"""What does a sentence claim? Clauses with their names, times and quantities become claims that can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.claims.amounts import Amount, find_amounts
from cooperation_kg.query.claims.documents import (
    DocumentClaim,
    policies_described,
    policies_of,
    policies_with_number,
)
from cooperation_kg.query.claims.doubts import find_denials, find_unknown
from cooperation_kg.query.claims.figures import FigureClaim
from cooperation_kg.query.claims.measures import read_measures
from cooperation_kg.query.claims.names import Mention, NameScanner, find_numbers
from cooperation_kg.query.claims.nicknames import plain
from cooperation_kg.query.claims.periods import Period, find_periods
from cooperation_kg.query.claims.rivals import TieClaim
from cooperation_kg.query.claims.sides import Sides, joined, sides_of
from cooperation_kg.query.claims.things import ThingClaim

Claim = FigureClaim | TieClaim | DocumentClaim | ThingClaim

# what a verb says of a time: the point words of programmes and pairings
POINTS: tuple[tuple[str, str], ...] = (
    ("extend", r"延续|延长|延至|展期|extend|prolong"),
    ("end", r"由\w{1,8}(?:接替|取代)|结束|终止|停止|不再|到期|退出|\bend(?:ed|s)?\b|ceased|stopped|terminated|expired"),
    ("held", r"召开|举行|举办|\bheld\b|took place|convened"),
    ("change", r"更名|改称|改名|升级为|renamed"),
    (
        "start",
        r"启动|建立|起点|起于|肇始|始于|开始|起步|确立|结成|成立|缔结|发起|拉开|开启|起源|源于|实施|设立|结为|确定|"
        r"start|began|begun|begin|launch|establish|set up|found(?:ed|ing)|initiat|dates? (?:from|back)",
    ),
)
TIE_WORDS = re.compile(
    r"对口|帮扶|支援|援助|援建|结对|协作|合作|扶贫|援|帮助|牵手|结成|携手"
    r"|pair|support|help|assist|aid|cooperat|twin|collaborat|partner",
    re.IGNORECASE,
)
ACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"印发|下发|发出|issu", ("issued",)),
    (r"批复|批准|审批|同意|approv", ("approved", "issued")),
    (r"公布|发布|公开|publish|releas|announc", ("published", "issued")),
    (r"签署|签订|签定|sign", ("signed",)),
    (r"批转|转发|relay|forward", ("relayed",)),
    (r"制定|出台|编制|drawn|draft|adopt", ("drawn-up", "issued", "published")),
)
BASIS_WORDS = re.compile(
    r"依据|根据|按照|基于|由《|政策依据|under the|on the basis|pursuant|according to", re.IGNORECASE
)
LONGEST_SENTENCE = 500
"""Characters of a sentence; longer text is a paragraph, whose names and times would be mixed up."""
DURATIONS = frozenset({"年", "个月", "天", "小时"})
NOUN_UNITS = frozenset(
    {"省", "市", "州", "县", "区", "旗", "乡", "镇", "村", "户", "对", "批", "批次", "%", "人次", "所", "家"}
)

_STOP = re.compile(r"[；;。！!？?]|，|,(?!\d)|(?<!\d),|(?<!\d)\.(?!\d)|\.(?=\s|\Z)")
_NEAR_STOP = re.compile(r"[、，,；;。]|和(?=\S*\d)|\band\b")


@dataclass(frozen=True)
class Reading:
    """Everything that was read out of one sentence.

    ``unknown`` look like names but are in no register. ``denials`` are words that turn a sentence round: what it then
    says is not checked.
    """

    sentence: str
    mentions: tuple[Mention, ...]
    numbers: tuple[Mention, ...]
    periods: tuple[Period, ...]
    amounts: tuple[Amount, ...]
    unknown: tuple[Mention, ...]
    denials: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    mentions: tuple[Mention, ...]
    periods: tuple[Period, ...]
    amounts: tuple[Amount, ...]


def read_sentence(kg: KnowledgeGraph, scanner: NameScanner, sentence: str) -> Reading:
    """Return what a sentence says, as far as the readers of the project understand it."""
    text = plain(sentence.strip())
    numbers = find_numbers(text)
    mentions = tuple(m for m in scanner.find(text) if not _inside(m, numbers) and not _is_another(text, m))
    periods = tuple(p for p in find_periods(text) if not _crosses(p, (*mentions, *numbers)))
    taken = [(m.start, m.end) for m in (*mentions, *numbers)] + [(p.start, p.end) for p in periods]
    taken += [(m.start(), m.end()) for m in re.finditer("《[^》]*》", text)]
    amounts = tuple(a for a in find_amounts(text, taken) if _is_counted(text, a, mentions))
    unknown = tuple(find_unknown(text, (*mentions, *numbers), periods))
    clauses = _with_last_time(tuple(_clauses(text, mentions, periods, amounts)))
    claims = tuple(_claims(kg, text, clauses, mentions, numbers, periods, amounts))
    denials = tuple(find_denials(text, mentions))
    return Reading(text, mentions, numbers, periods, amounts, unknown, denials, claims)


def _is_counted(text: str, amount: Amount, mentions: tuple[Mention, ...]) -> bool:
    """Whether an amount states something: not a length of years, nor 两省, 三市 after the names that it sums up."""
    unit, value = amount.quantity.unit, amount.quantity.value
    if unit in DURATIONS:
        return re.search(r"历时|长达|持续|历经|last(?:ed|s)", text) is not None
    sums_up = (
        unit in ("省", "市", "县", "区", "州") and value is not None and value < 10 and not amount.text[0].isdigit()
    )
    return not (sums_up and any(m.end == amount.start and m.of_kind("place") for m in mentions))


def _inside(mention: Mention, others: tuple[Mention, ...]) -> bool:
    return any(o.start <= mention.start and mention.end <= o.end for o in others)


def _is_another(text: str, mention: Mention) -> bool:
    """Whether an ordinal makes it another event than the one of that name: 第十次…会议."""
    return bool(mention.of_kind("event")) and re.search(r"第\w{1,4}[次届]\Z", text[: mention.start]) is not None


def _crosses(period: Period, mentions: tuple[Mention, ...]) -> bool:
    """Whether a time is part of a name (2016年…的指导意见, “十四五”规划)."""
    return any(m.start < period.end and period.start < m.end for m in mentions if not m.of_kind("place"))


def _clauses(
    text: str, mentions: tuple[Mention, ...], periods: tuple[Period, ...], amounts: tuple[Amount, ...]
) -> Iterator[_Clause]:
    held = (
        [(m.start, m.end) for m in mentions] + [(a.start, a.end) for a in amounts] + [(p.start, p.end) for p in periods]
    )
    held += [(m.start(), m.end()) for m in re.finditer("《[^》]*》", text)]
    stops = [m for m in _STOP.finditer(text) if not any(a <= m.start() < b for a, b in held)]
    start = 0
    for end in (*(stop.start() for stop in stops), len(text)):
        if text[start:end].strip():
            yield _Clause(
                start,
                end,
                tuple(m for m in mentions if start <= m.start < end),
                tuple(p for p in periods if start <= p.start < end),
                tuple(a for a in amounts if start <= a.start < end),
            )
        start = end + 1


def _with_last_time(clauses: tuple[_Clause, ...]) -> tuple[_Clause, ...]:
    """Return the clauses with a time that stands alone at the end as that of the clause before it: …, in 2016."""
    *earlier, last = clauses or (None,)
    if last is None or not earlier or earlier[-1].periods or last.mentions or last.amounts:
        return clauses
    return (*earlier[:-1], replace(earlier[-1], periods=last.periods), last)


def _claims(
    kg: KnowledgeGraph,
    text: str,
    clauses: tuple[_Clause, ...],
    mentions: tuple[Mention, ...],
    numbers: tuple[Mention, ...],
    periods: tuple[Period, ...],
    amounts: tuple[Amount, ...],
) -> Iterator[Claim]:
    titles = re.findall("《([^》]+)》", text)
    described = () if titles or amounts else policies_described(kg, text)
    if (
        numbers
        or (described and any(re.search(words, text) for words, _ in ACTS))
        or ((titles or any(m.of_kind("policy") for m in mentions)) and not amounts)
    ):
        document = _document(kg, text, mentions, numbers, periods, titles)
        if document is not None:
            yield document
            programmes = sides_of(kg, text, mentions).programmes
            if _point(text) == "extend" and programmes:
                yield ThingClaim(tuple(("programme", p) for p in programmes), periods, "extend")
            return
    earlier = Sides()
    times: tuple[Period, ...] = ()
    untimed = _blanked(text, periods)
    for clause in clauses:
        own = sides_of(kg, untimed, tuple(m for m in clause.mentions if not _titled(text, m)))
        sides = joined(kg, earlier, own)
        told = clause.periods or times
        yield from _of_clause(text, clause, sides, own, told, bool(amounts))
        earlier, times = sides, told


def _blanked(text: str, held: Iterable[Period]) -> str:
    """Return the text with blanks where times stand, so that their words (自, by) say nothing of direction."""
    characters = list(text)
    for period in held:
        characters[period.start : period.end] = " " * (period.end - period.start)
    return "".join(characters)


def _titled(text: str, mention: Mention) -> bool:
    return text.rfind("《", 0, mention.start + 1) > text.rfind("》", 0, mention.start + 1)


def _document(
    kg: KnowledgeGraph,
    text: str,
    mentions: tuple[Mention, ...],
    numbers: tuple[Mention, ...],
    periods: tuple[Period, ...],
    titles: list[str],
) -> DocumentClaim | None:
    acts = tuple(act for words, held in ACTS if re.search(words, text, re.IGNORECASE) for act in held)
    # a name inside a longer title (江苏省…规划纲要) may be another document's
    policies = tuple(p for m in mentions if not _titled(text, m) for p in m.of_kind("policy"))
    policies += tuple(p for title in titles for p in policies_of(kg, title))
    if not policies and numbers:
        policies = policies_with_number(kg, numbers[0].text)
    if not titles:
        policies = policies or policies_described(kg, text)
    if not (acts or numbers) or (BASIS_WORDS.search(text) and not numbers and not acts):
        return None
    outside = tuple(m for m in mentions if not _titled(text, m))
    by = tuple(i for m in outside for i in m.of_kind("organisation"))
    if "signed" in acts:
        by += tuple(m.of_kind("place")[0] for m in outside if len(m.of_kind("place")) == 1)
    dated = tuple(p for p in periods if p.kind == "in")
    return DocumentClaim(policies, dated, by, numbers[0].text if numbers else "", acts)


def _of_clause(
    text: str,
    clause: _Clause,
    sides: Sides,
    own: Sides,
    periods: tuple[Period, ...],
    has_amounts: bool,
) -> Iterator[Claim]:
    for index, amount in enumerate(clause.amounts):
        yield _figure(text, clause, index, amount, sides, periods)
    if clause.amounts:
        return
    words = text[clause.start : clause.end]
    point = _point(words)
    if len(own.places) + len(own.pairings) >= 2 or own.pairings or (len(sides.places) >= 2 and own.places):
        if TIE_WORDS.search(words):
            basis = tuple(p for m in clause.mentions for p in m.of_kind("policy")) if BASIS_WORDS.search(words) else ()
            at = {"extend": "end", "change": "", "held": ""}.get(point, point)
            # 福建帮扶宁夏的资金 only says of whom a quantity is: its time is that of the quantity
            told = tuple(p for p in periods if point or p.kind == "since" or not has_amounts)
            respectively = re.search("分别|respectively", words) is not None
            yield TieClaim(sides, told, at, basis, respectively)
    elif point and (own.things or (point != "held" and (own.programmes or sides.programmes))):
        things = own.things or tuple(("programme", p) for p in sides.programmes)
        yield ThingClaim(things, periods, point)


def _point(words: str) -> str:
    return next((point for point, pattern in POINTS if re.search(pattern, words, re.IGNORECASE)), "")


def _figure(
    text: str, clause: _Clause, index: int, amount: Amount, sides: Sides, periods: tuple[Period, ...]
) -> FigureClaim:
    before_end = clause.amounts[index - 1].end if index else clause.start
    after_end = clause.amounts[index + 1].start if index + 1 < len(clause.amounts) else clause.end
    masked = _masked(text, clause)
    after = masked[amount.end : after_end]
    stop = _NEAR_STOP.search(after)
    after = after[: stop.start()] if stop else after
    before = masked[before_end : amount.start]
    unit = amount.quantity.unit
    own = unit if unit in NOUN_UNITS else ""
    measures = read_measures(before, f"{own}{after}", (masked[clause.start : clause.end], masked), unit)
    mine = _own_periods(amount, periods)
    return FigureClaim(sides, amount, measures, mine, text)


def _own_periods(amount: Amount, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Return the times of a quantity: of several plain ones in a clause, the last before it."""
    plain_ones = [p for p in periods if p.kind == "in"]
    before = [p for p in plain_ones if p.end <= amount.start]
    if len(plain_ones) > 1 and before:
        return (before[-1], *(p for p in periods if p.kind not in ("in",)))
    return periods


def _masked(text: str, clause: _Clause) -> str:
    """Return the sentence without names, times and quantities, whose characters are no words of a measure."""
    spoken = [m for m in clause.mentions if m.of_kind("place") or not (m.of_kind("programme") or m.of_kind("pairing"))]
    spans = [(m.start, m.end) for m in spoken] + [(p.start, p.end) for p in clause.periods]
    characters = list(text)
    for start, end in (*spans, *((a.start, a.end) for a in clause.amounts)):
        characters[start:end] = " " * (end - start)
    return "".join(characters)
