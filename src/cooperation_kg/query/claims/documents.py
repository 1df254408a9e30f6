"""Does the record say this of a document or a programme? Issued when, by whom; begun or ended when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cooperation_kg.curate.statements import (
    DocumentStatement,
)
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.weighing import counted_statements
from cooperation_kg.query.claims.nicknames import ENDINGS, key_of
from cooperation_kg.query.claims.periods import Period
from cooperation_kg.query.claims.results import MOST_SHOWN, Bearing, Words, best_of, once

DOCUMENT_KINDS = (
    "指导意见",
    "若干意见",
    "意见",
    "工作方案",
    "实施方案",
    "方案",
    "通知",
    "批复",
    "办法",
    "规划",
    "纲要",
    "框架协议书",
    "协议书",
    "框架协议",
    "协议",
    "报告",
    "决定",
    "决议",
)
"""What titles of documents end in, the longest first where one ends in another."""
RANKS_IN_TITLES = ("province", "prefecture")
SHORTEST_SHARED, SHORTEST_WHOLE = 4, 9
"""Characters that a description shares with a title: before the kind of document, and with it."""


@dataclass(frozen=True)
class DocumentClaim:
    """What a sentence says of a policy: its time, its issuers, its number, by which act.

    ``policies`` are the documents that the title can mean; ``number`` a 文号, empty where none is given.
    """

    policies: tuple[str, ...]
    periods: tuple[Period, ...]
    by: tuple[str, ...]
    number: str
    acts: tuple[str, ...]


def check_document(kg: KnowledgeGraph, claim: DocumentClaim) -> tuple[Bearing, ...]:
    """Return what bears on a claim about a document: each thing said is compared, the worst of them counts."""
    said = [s for s in counted_statements(kg.corpus) if isinstance(s, DocumentStatement) and s.policy in claim.policies]
    parts = [part for part in (_number(claim, said), _dates(claim, said), _issuers(claim, said)) if part is not None]
    if not parts:
        return tuple(Bearing(s.key, "agrees", Words("文件见于库中", "the document is on record")) for s in said)[
            :MOST_SHOWN
        ]
    if len(claim.policies) > 1:
        words = Words("题名可指多份文件", "the title may mean several documents")
        parts = [
            tuple(Bearing(b.statement, "near", words) if b.how == "disagrees" else b for b in part) for part in parts
        ]
    answers = [best_of(part) for part in parts]
    for wanted in ("disagrees", "nothing-known", "compatible"):
        if wanted in answers:
            chosen = parts[answers.index(wanted)]
            rest = [Bearing(b.statement, "near", b.why) for part in parts if part is not chosen for b in part]
            return once((*chosen, *rest))
    return once(b for part in parts for b in part)


def _number(claim: DocumentClaim, said: list[DocumentStatement]) -> tuple[Bearing, ...] | None:
    if not claim.number:
        return None
    wanted = key_of(claim.number)
    stated = [s for s in said if s.number]
    same = [s for s in stated if wanted.endswith(key_of(s.number or ""))]
    if same:
        return tuple(Bearing(s.key, "agrees", Words("文号相同", "the same number")) for s in same)
    return tuple(Bearing(s.key, "disagrees", Words("文号不同", "another number")) for s in stated)


def _dates(claim: DocumentClaim, said: list[DocumentStatement]) -> tuple[Bearing, ...] | None:
    times = [p for p in claim.periods if p.when is not None]
    if not times:
        return None
    wanted = times[0].when
    assert wanted is not None
    dated = [s for s in said if s.date is not None]
    of_act = [s for s in dated if s.act in claim.acts] or dated
    found = []
    for statement in of_act:
        assert statement.date is not None
        if not statement.date.overlaps(wanted):
            found.append(Bearing(statement.key, "disagrees", Words("日期不同", "another date")))
        elif wanted.shape != "date" and statement.date.text != wanted.text:
            found.append(Bearing(statement.key, "compatible", Words("句中时间较粗", "the sentence is less exact")))
        elif wanted.contains(statement.date):
            found.append(Bearing(statement.key, "agrees", Words("日期相同", "the same date")))
        else:
            found.append(Bearing(statement.key, "compatible", Words("日期不如句中确切", "its date is less exact")))
    if best_of(tuple(found)) == "disagrees":
        found += [
            Bearing(s.key, "compatible", Words("另一环节的日期相同", "the date of another act"))
            for s in dated
            if s not in of_act and s.date is not None and s.date.overlaps(wanted)
        ]
    return tuple(found)


def _issuers(claim: DocumentClaim, said: list[DocumentStatement]) -> tuple[Bearing, ...] | None:
    if not claim.by:
        return None
    stated = [s for s in said if s.by]
    same = [s for s in stated if set(claim.by) <= set(s.by)]
    some = [s for s in stated if set(claim.by) & set(s.by) and s not in same]
    if same or some:
        return (
            *(Bearing(s.key, "agrees", Words("发文机关相同", "the same issuer")) for s in same),
            *(Bearing(s.key, "compatible", Words("发文机关部分相同", "some of the issuers")) for s in some),
        )
    return tuple(Bearing(s.key, "disagrees", Words("发文机关不同", "another issuer")) for s in stated) or None


def policies_of(kg: KnowledgeGraph, title: str) -> tuple[str, ...]:
    """Return the documents that a printed title can mean: the same, part of it, or most of its words.

    A year, a plan or a place that the printed title has and the other has not makes it another document.
    """
    wanted = key_of(title)
    roots = _place_roots(kg)
    marks = _marks(wanted, roots)
    scored = [
        (_likeness(wanted, name), p.id)
        for p in kg.corpus.registers["policy"].values()
        for name in map(key_of, p.names())
        if marks <= _marks(name, roots)
    ]
    best = max(scored, default=(0.0, ""))[0]
    return tuple(dict.fromkeys(identifier for score, identifier in scored if score == best)) if best >= 0.6 else ()


def _place_roots(kg: KnowledgeGraph) -> re.Pattern[str]:
    """Return what finds places of some rank in a title, by their names without 省 and the like."""
    names = [key_of(p.name.zh) for p in kg.corpus.places.values() if p.level in RANKS_IN_TITLES]
    roots = {short if len(short := ENDINGS.sub("", name)) > 1 else name for name in names}
    return re.compile("|".join(sorted(roots, key=len, reverse=True)) or r"(?!)")


def _marks(title: str, roots: re.Pattern[str]) -> frozenset[str]:
    return frozenset((*re.findall(r"\d{2,}|十[一二三四五]?五(?=[规时计])", title), *roots.findall(title)))


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 2.0
    if min(len(one), len(other)) >= 6 and (one in other or other in one):
        return 1.0 + min(len(one), len(other)) / max(len(one), len(other)) / 2
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(a & b) / len(a | b) if a | b else 0.0


def policies_described(kg: KnowledgeGraph, text: str) -> tuple[str, ...]:
    """Return the documents that a sentence describes without their title: 对口帮扶贵州的指导意见.

    The kind of document must be named, and a stretch of the title stand in the sentence, long enough to mean no other.
    """
    wanted, roots = key_of(text), _place_roots(kg)
    marks = _marks(wanted, roots)
    scored = []
    for policy in kg.corpus.registers["policy"].values():
        title = key_of(re.sub(r"[（(][^（()）]*[)）]\Z", "", policy.name.zh))
        kind = next((k for k in DOCUMENT_KINDS if title.endswith(k)), None)
        if kind and kind in wanted and _marks(title, roots) <= marks:
            shared = _longest_shared(title.removesuffix(kind), wanted)
            if shared >= SHORTEST_SHARED and shared + len(kind) >= SHORTEST_WHOLE:
                scored.append((shared + len(kind), policy.id))
    best = max(scored, default=(0, ""))[0]
    return tuple(identifier for score, identifier in scored if score == best)


def _longest_shared(one: str, other: str) -> int:
    longest = 0
    for start in range(len(one)):
        while start + longest < len(one) and one[start : start + longest + 1] in other:
            longest += 1
    return longest


def policies_with_number(kg: KnowledgeGraph, number: str) -> tuple[str, ...]:
    """Return the documents that some statement gives this 文号."""
    wanted = key_of(number)
    return tuple(
        dict.fromkeys(
            s.policy
            for s in counted_statements(kg.corpus)
            if isinstance(s, DocumentStatement) and s.number and key_of(s.number) == wanted
        )
    )
