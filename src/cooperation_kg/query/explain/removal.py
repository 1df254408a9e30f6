"""What would remove it? The pairing derived again without each of its statements, and without each origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import PairingStatement, PolicyEffectStatement
from cooperation_kg.errors import InvalidCorpus
from cooperation_kg.graph.asof import AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.pairings import find_pairings
from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.kept import kept
from cooperation_kg.query.show.missing import runs
from cooperation_kg.query.show.parts import Cell, Cites, Part, Said, in_order, part
from cooperation_kg.query.show.ties import status_cell
from cooperation_kg.query.tables import dating_documents

MOST = 40
"""How many statements are left out in turn, at the most; the answer says so where there are more."""
_MANY = ""


@dataclass(frozen=True)
class Removal:
    """What becomes of a pairing without one statement, or without all statements of one origin.

    ``effects`` is empty where nothing changes.
    """

    origin: str | None
    statements: tuple[str, ...]
    effects: tuple[Said, ...]


def removals_of(kg: KnowledgeGraph, pairing: Pairing, as_of: AsOf) -> tuple[Removal, ...]:
    """Return what becomes of a pairing without each origin in turn, then without each statement in turn.

    Origins with a single statement are given as that statement's origin, once. Left out in turn are the statements
    that make the pairing, those that close it, and those that date the policies it rests on.
    """
    keys = leaned_on(kg, pairing)
    shrunk = _only_what_bears_on(kg, pairing)
    by_origin: dict[str, list[str]] = {}
    for key in keys:
        by_origin.setdefault(origin_of(kg.corpus, kg.corpus.statements[key]), []).append(key)
    tried = [(origin, tuple(own)) for origin, own in by_origin.items()]
    tried_alone = [(None, (key,)) for own in by_origin.values() if len(own) > 1 for key in own]
    return tuple(
        Removal(origin, without, tuple(_effects(pairing, _without(shrunk, pairing, without), as_of)))
        for origin, without in (*tried, *tried_alone[:MOST])
    )


def effects_without(kg: KnowledgeGraph, pairing: Pairing, keys: Iterable[str], as_of: AsOf) -> tuple[Said, ...]:
    """Return what changes in a pairing without some statements; nothing where it stays as it is."""
    return tuple(_effects(pairing, _without(_only_what_bears_on(kg, pairing), pairing, keys), as_of))


def leaned_on(kg: KnowledgeGraph, pairing: Pairing) -> tuple[str, ...]:
    """Return the statements that a pairing leans on: its evidence, what closes it, what dates its policies."""
    closing = (key for term in pairing.terms for key in term.evidence)
    bases = {term.basis for term in pairing.terms if term.basis}
    documents = dating_documents(kg)
    dating = in_order(kg, (document.key for policy in bases for document in documents.get(policy, ())))
    return tuple(dict.fromkeys((*pairing.evidence, *closing, *dating)))


def removal_part(kg: KnowledgeGraph, pairing: Pairing, as_of: AsOf) -> Part:
    """Return the removals that change something as a part, with a line on those that change nothing."""
    removals = removals_of(kg, pairing, as_of)
    changing = [r for r in removals if r.effects]
    rows: list[tuple[Cell, ...]] = [
        (
            _origin(r.origin) if r.origin else Said("单条陈述", "this statement alone", "statement"),
            r.effects,
            Cites(r.statements),
        )
        for r in changing
    ]
    return part("removal", "without effect statements", rows, *_lines(kg, pairing, removals))


def _lines(kg: KnowledgeGraph, pairing: Pairing, removals: Sequence[Removal]) -> Iterator[Said]:
    count = len(pairing.evidence)
    if count == 1:
        yield Said(
            "只有一条陈述：去掉它，结对就不存在",
            "one statement alone makes it: without that it is gone",
            "one-statement",
        )
    else:
        yield Said(
            f"由{count}条陈述构成：只要其中一条还在，结对就在",
            f"{count} statements make it: while one of them stands, the pairing stands",
            {"statements": count},
        )
    same = sum(not r.effects for r in removals)
    if same:
        yield Said(
            f"另试了{same}种（逐个源头、逐条陈述），去掉后什么也不变",
            f"{same} others, one origin or statement at a time, change nothing",
            {"change-nothing": same},
        )
    alone = len(leaned_on(kg, pairing)) - sum(r.origin is None for r in removals)
    untried = max(0, alone - sum(r.origin is not None and len(r.statements) == 1 for r in removals))
    if untried:
        yield Said(
            f"有{untried}条陈述未逐条去掉", f"{untried} statements were not left out one by one", {"untried": untried}
        )


def _origin(origin: str) -> Said:
    return Said(f"源头 {origin}", f"origin {origin}", origin)


def _only_what_bears_on(kg: KnowledgeGraph, pairing: Pairing) -> Corpus:
    """Return the corpus with the statements alone that can change this pairing: deriving is then quick."""
    statements, documents, closing = kg.corpus.statements, dating_documents(kg), _closing(kg)
    listed = (key for judgement in judgements_of(kg.corpus, "list-complete") for key in judgement.about)
    keys = {*pairing.evidence, *listed, *closing.get(pairing.slug, ()), *closing.get(_MANY, ())}
    bases = {s.basis for key in keys if isinstance(s := statements[key], PairingStatement) and s.basis}
    keys.update(document.key for policy in bases for document in documents.get(policy, ()))
    return replace(kg.corpus, statements={key: statements[key] for key in in_order(kg, keys)})


@kept
def _closing(kg: KnowledgeGraph) -> Mapping[str, list[str]]:
    """Return the effects of policies that may close a pairing, by its slug; under _MANY those that may close any."""
    found: dict[str, list[str]] = defaultdict(list)
    for statement in kg.corpus.statements.values():
        if isinstance(statement, PolicyEffectStatement):
            kind, identifier = subject_of(kg.corpus, kg.derived.pairings, statement.about)
            if kind == "pairing":
                found[identifier].append(statement.key)
            elif kind in ("programme", "scope"):
                found[_MANY].append(statement.key)
    return dict(found)


def _without(corpus: Corpus, pairing: Pairing, keys: Iterable[str]) -> Pairing | None:
    """Return the pairing as derived without some statements, None where it is gone."""
    out = set(keys)
    judgements = {
        identifier: judgement.model_copy(update={"about": tuple(key for key in judgement.about if key not in out)})
        for identifier, judgement in corpus.judgements.items()
    }
    left = {key: s for key, s in corpus.statements.items() if key not in out}
    if not any(isinstance(left.get(key), PairingStatement) for key in pairing.evidence):
        return None
    try:
        found = find_pairings(replace(corpus, statements=left, judgements=judgements))
    except InvalidCorpus:  # E303: what else is said of a named pairing would hang in the air
        return None
    parties = set(pairing.parties)
    same = (p for p in found.values() if p.programme == pairing.programme and set(p.parties) == parties)
    return next(same, None)


def _effects(before: Pairing, after: Pairing | None, as_of: AsOf) -> Iterator[Said]:
    """Yield everything that differs; what yields nothing is the same in every date, state, basis and direction."""
    if after is None:
        yield Said("结对不复存在", "the pairing is gone", {"code": "gone"})
        return
    yield from _direction_changed(before, after)
    yield from _status_changed(before, after, as_of)
    yield from _terms_changed(before, after)
    lost = runs({*before.in_force_in} - {*after.in_force_in})
    if lost:
        yield Said(
            f"不再确定的年份：{'、'.join(lost)}",
            f"no longer certain in {', '.join(lost)}",
            {"code": "years", "lost": list(lost)},
        )
    yield from _told_otherwise(before, after)


def _direction_changed(before: Pairing, after: Pairing) -> Iterator[Said]:
    if before.directed and not after.directed:
        yield Said("方向不再有来源说明", "no direction is stated any more", {"code": "direction-lost"})
    elif before.parties != after.parties or before.directed != after.directed:
        change = {"code": "direction", "from": list(before.parties), "to": list(after.parties)}
        yield Said("方向改变", "the direction changes", change)


def _status_changed(before: Pairing, after: Pairing, as_of: AsOf) -> Iterator[Said]:
    was, now = status_of(before, as_of), status_of(after, as_of)
    if was != now:
        old, new = status_cell(was), status_cell(now)
        yield Said(
            f"{as_of.words('zh')}由“{old.zh}”变为“{new.zh}”",
            f"{as_of.words('en')} it becomes {new.en} instead of {old.en}",
            {"code": "status", "as_of": as_of.text, "from": was, "to": now},
        )
    if after.undated != before.undated:
        yield Said("不再有时间", "it is undated", {"code": "undated"})


def _terms_changed(before: Pairing, after: Pairing) -> Iterator[Said]:
    """Yield how the dates, states and bases move: of each term, or of the outer ones where their number changes."""
    if not before.terms or not after.terms:
        return
    if len(before.terms) == len(after.terms):
        for old, new in zip(before.terms, after.terms, strict=True):
            yield from _moved(old, new, tuple(CHANGES), old.number if len(before.terms) > 1 else None)
        return
    yield from _moved(before.terms[0], after.terms[0], ("possible_from", "certain_from"), None)
    yield from _moved(before.terms[-1], after.terms[-1], ("certain_to", "possible_to"), None)
    counts = {"code": "terms", "from": len(before.terms), "to": len(after.terms)}
    yield Said(
        f"轮次 {len(before.terms)} → {len(after.terms)}", f"terms: {len(before.terms)} → {len(after.terms)}", counts
    )


CHANGES = {
    "possible_from": ("可能起始", "possible start"),
    "certain_from": ("确定起始", "certain start"),
    "certain_to": ("最后确定之日", "last certain day"),
    "possible_to": ("可能终止", "possible end"),
    "start_state": ("起始", "start"),
    "end_state": ("终止", "end"),
    "basis": ("依据", "basis"),
}
"""What can change of a term, in words."""


def _moved(before: Term, after: Term, names: Iterable[str], number: int | None) -> Iterator[Said]:
    zh, en = (f"第{number}轮", f"term {number}: ") if number else ("", "")
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            was, now = (_written(name, value) for value in (old, new))
            plain = {"code": name, "from": was.plain, "to": now.plain} | ({"term": number} if number else {})
            zh_name, en_name = CHANGES[name]
            yield Said(f"{zh}{zh_name} {was.zh} → {now.zh}", f"{en}{en_name} {was.en} → {now.en}", plain)


def _written(name: str, value: date | str | None) -> Said:
    if name in ("start_state", "end_state"):
        label = load_ontology().concepts[name.replace("_", "-")][str(value)]
        return Said(label.zh, label.en, value)
    text = "—" if value is None else str(value)
    return Said(text, text, text)


def _told_otherwise(before: Pairing, after: Pairing) -> Iterator[Said]:
    if before.directness != after.directness:
        old, new = (load_ontology().concepts["directness"][p.directness] for p in (before, after))
        plain = {"code": "directness", "from": before.directness, "to": after.directness}
        yield Said(f"直接程度 {old.zh} → {new.zh}", f"directness: {old.en} → {new.en}", plain)
    if before.programmes != after.programmes:
        gone = [p for p in before.programmes if p not in after.programmes]
        zh, en = "、".join(gone), ", ".join(gone)
        lost = {"code": "programmes", "lost": gone}
        yield Said(f"不再有来源把它归入：{zh}", f"no source puts it under {en} any more", lost)
