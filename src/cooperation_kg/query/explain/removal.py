"""What would remove it? The pairing derived again without each of its statements, and without each origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import DocumentStatement, PairingStatement, PolicyEffectStatement, Scope
from cooperation_kg.errors import InvalidCorpus
from cooperation_kg.graph.asof import AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.pairings import find_pairings
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.weighing import counted_statements, judgements_of
from cooperation_kg.query.show.missing import runs
from cooperation_kg.query.show.parts import Cell, Cites, Part, Said, part
from cooperation_kg.query.show.ties import status_cell

MOST = 40
"""How many statements are left out in turn, at the most; the answer says so where there are more."""


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
    dating = (
        s.key
        for s in counted_statements(kg.corpus)
        if isinstance(s, DocumentStatement) and s.policy in bases and s.date is not None
    )
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
    listed = {key for judgement in judgements_of(kg.corpus, "list-complete") for key in judgement.about}
    kept = {
        key: s
        for key, s in kg.corpus.statements.items()
        if key in pairing.evidence
        or key in listed
        or isinstance(s, DocumentStatement)
        or (isinstance(s, PolicyEffectStatement) and _may_close(kg, s, pairing))
    }
    return replace(kg.corpus, statements=kept)


def _may_close(kg: KnowledgeGraph, statement: PolicyEffectStatement, pairing: Pairing) -> bool:
    if isinstance(statement.about, Scope):
        return True
    subject = subject_of(kg.corpus, kg.derived.pairings, statement.about)
    return subject == ("pairing", pairing.slug) or subject[0] == "programme"


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
    if after is None:
        yield Said("结对不复存在", "the pairing is gone", {"code": "gone"})
        return
    if before.directed and not after.directed:
        yield Said("方向不再有来源说明", "no direction is stated any more", {"code": "direction-lost"})
    elif before.parties != after.parties or before.directed != after.directed:
        change = {"code": "direction", "from": list(before.parties), "to": list(after.parties)}
        yield Said("方向改变", "the direction changes", change)
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
    elif before.terms:
        yield from _dates_moved(before, after)
    lost = runs({*before.in_force_in} - {*after.in_force_in})
    if lost:
        yield Said(
            f"不再确定的年份：{'、'.join(lost)}",
            f"no longer certain in {', '.join(lost)}",
            {"code": "years", "lost": list(lost)},
        )
    if len(before.terms) != len(after.terms) and after.terms:
        counts = {"code": "terms", "from": len(before.terms), "to": len(after.terms)}
        yield Said(
            f"轮次 {len(before.terms)} → {len(after.terms)}", f"terms: {len(before.terms)} → {len(after.terms)}", counts
        )


def _dates_moved(before: Pairing, after: Pairing) -> Iterator[Said]:
    """Yield how the outer dates move: the first possible and certain day, the last."""
    pairs = (
        ("possible_from", "可能起始", "possible start", 0),
        ("certain_from", "确定起始", "certain start", 0),
        ("certain_to", "最后确定之日", "last certain day", -1),
        ("possible_to", "可能终止", "possible end", -1),
    )
    for name, zh, en, index in pairs:
        old, new = getattr(before.terms[index], name), getattr(after.terms[index], name)
        if old != new:
            shown = [day.isoformat() if day else "—" for day in (old, new)]
            yield Said(
                f"{zh} {shown[0]} → {shown[1]}",
                f"{en} {shown[0]} → {shown[1]}",
                {"code": name, "from": shown[0], "to": shown[1]},
            )
