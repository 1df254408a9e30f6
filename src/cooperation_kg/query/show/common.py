"""The parts that many kinds of things have: terms, pairings, policies, statements by kind, disagreements, sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from cooperation_kg.curate.dates import When, parse_when
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.statements import (
    DocumentStatement,
    PairingStatement,
    PolicyEffectStatement,
    Statement,
)
from cooperation_kg.curate.told import TIMES, first_day_told
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origins_of
from cooperation_kg.graph.derive.results import Disagreement
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.graph.naming import Namer, source_title
from cooperation_kg.graph.summaries import summarise
from cooperation_kg.query.show.figures import figures_part, when
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.missing import judgements_naming, missing_of_named, missing_part
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Parts, Said, Thing, part


def summary(kg: KnowledgeGraph, statement: Statement) -> Said:
    """Return what a statement says in one line, as a cell whose plain form is the statement's id."""
    namer = Namer(kg.corpus, kg.derived.pairings)
    return Said(summarise(statement, namer, "zh"), summarise(statement, namer, "en"))


def policies_part(mentions: Mentions, kind: str, identifier: str, bases: Iterable[str] = ()) -> Part:
    """Return the policies that a thing rests on and that did something to it: dates, numbers, what they did."""
    effects = [s for s in mentions.about(kind, identifier) if isinstance(s, PolicyEffectStatement)]
    policies = dict.fromkeys((*bases, *(s.policy for s in effects)))
    rows: list[tuple[Cell, ...]] = [
        _policy_row(mentions, policy, [s for s in effects if s.policy == policy], policy in set(bases))
        for policy in policies
    ]
    rows.sort(key=lambda row: str(row[1]))
    return part("policies", "policy date document_number did statements", rows)


def _policy_row(
    mentions: Mentions, policy: str, effects: list[PolicyEffectStatement], is_basis: bool
) -> tuple[Cell, ...]:
    kind = "policy" if policy in mentions.kg.corpus.registers["policy"] else "event"
    said = [s for s in mentions.always.about("policy", policy) if isinstance(s, DocumentStatement)]
    dated = [s for s in said if s.date is not None]
    numbered = [s for s in said if s.number is not None]
    did: list[Cell] = [BASIS] if is_basis else []
    did += dict.fromkeys(Concept("effect", s.effect) for s in effects)
    keys = dict.fromkeys(s.key for s in (*effects, *dated, *numbered))
    told = [time for time in (*(s.date for s in dated), *(s.date for s in effects)) if time]
    times = {time.text: time for time in told}
    return (
        Thing(kind, policy),
        tuple(when(times[text]) for text in sorted(times)),
        tuple(dict.fromkeys(s.number for s in numbered)),
        tuple(did),
        Cites(tuple(keys)),
    )


BASIS = Said("政策依据", "basis", "basis")


def said_part(mentions: Mentions, code: str, statements: Iterable[Statement]) -> Part:
    """Return statements one a row, in order of time: when, what they say."""
    found = {s.key: s for s in statements}.values()
    ordered = sorted(found, key=lambda s: first_day_told(s, mentions.kg.corpus.sources[s.source]) or date.max)
    return part(code, "date says statements", ((_time(s), summary(mentions.kg, s), Cites((s.key,))) for s in ordered))


def _time(statement: Statement) -> Cell:
    told = (getattr(statement, name, None) for name in TIMES)
    return next((when(time) for time in told if isinstance(time, When)), None)


LISTS = {
    "events": ("event",),
    "practices": ("practice",),
    "projects": ("project",),
    "assessments": ("assessment",),
    "phases": ("phase",),
    "definitions": ("definition",),
    "changes": ("change",),
    "participations": ("participation",),
}
"""Part → the kinds of statements that it lists."""


def lists_about(mentions: Mentions, kind: str, identifier: str, *, naming: bool = False) -> Iterator[Part]:
    """Yield the parts of LISTS for a thing: the statements about it, or that name it at all."""
    find = mentions.naming if naming else mentions.about
    for code, kinds in LISTS.items():
        yield said_part(mentions, code, find(kind, identifier, *kinds))


def disagreements_part(found: Iterable[Disagreement]) -> Part:
    """Return disagreements: what they are on, every side with its statements, open or settled."""
    rows: list[tuple[Cell, ...]] = []
    for dispute in found:
        settled = Thing("judgement", dispute.settled_by) if dispute.settled_by else OPEN
        on = Thing(*dispute.about)
        rows += [
            (dispute.slug, Concept("disagreement-kind", dispute.kind), on, _shown(shown), settled, Cites(keys))
            for shown, keys in _sides(dispute)
        ]
    part_of = part("disagreements", "disagreement kind on side settled statements", rows)
    return Part(part_of.code, part_of.columns, part_of.rows, (), ("disagreement", "kind", "on"))


def _sides(dispute: Disagreement) -> Iterator[tuple[str, tuple[str, ...]]]:
    for side in dispute.sides:
        yield side[0], side[1]


def _shown(shown: str) -> Cell:
    try:
        return when(parse_when(shown))
    except ValueError:
        return shown


OPEN = Said("未定", "open", "open")


def judgements_part(judgements: Iterable[Judgement]) -> Part:
    """Return judgements: what was concluded, by whom, when and why."""
    return part(
        "judgements",
        "kind judgement reason by date statements",
        (
            (
                Concept("judgement-kind", j.kind),
                Said(j.what.zh, j.what.in_language("en")) if j.what else j.id,
                Said(j.reason.zh, j.reason.in_language("en")),
                j.by,
                when(j.date),
                Cites(j.about),
            )
            for j in {j.id: j for j in judgements}.values()
        ),
    )


def sources_part(kg: KnowledgeGraph, keys: Iterable[str]) -> Part:
    """Return the sources of some statements, the most used first: who published them, grade, how they were read."""
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for key in set(keys):
        by_source[kg.corpus.statements[key].source].append(kg.corpus.statements[key])
    rows: list[tuple[Cell, ...]] = []
    for identifier, own in sorted(by_source.items(), key=lambda item: (-len(item[1]), item[0])):
        source = kg.corpus.sources[identifier]
        origins = origins_of(kg.corpus, (s.key for s in own))
        rows.append(
            (
                identifier,
                Said(source_title(source, "zh"), source_title(source, "en")),
                source.publisher or source.container,
                when(source.date),
                Concept("source-grade", source.grade) if source.grade else None,
                Concept("read-extent", source.read),
                tuple(Concept("reached-by", r) for r in sorted({s.reached_by or source.reached_by for s in own})),
                tuple(origin for origin in origins if origin != f"source/{identifier}"),
                len(own),
            )
        )
    return part("sources", "source title publisher date grade read reached_by origin count", rows)


def statements_part(kg: KnowledgeGraph, statements: Iterable[Statement]) -> Part:
    """Return statements of kind pairing as evidence: who says what, where."""
    return part(
        "evidence",
        "statements says locator directness",
        (
            (Cites((s.key,)), summary(kg, s), s.locator, Concept("directness", s.directness))
            for s in statements
            if isinstance(s, PairingStatement)
        ),
    )


def figures_beside(mentions: Mentions, kind: str, identifier: str) -> Part:
    """Return the figures about something else that are counted in this place, or paid by or to it."""
    named = mentions.naming(kind, identifier, "figure")
    beside = [s for s in named if mentions.subject(s) != (kind, identifier) and identifier in _sides_of(s)]
    return figures_part(mentions, beside, "figures_counted", with_subject=True)


def _sides_of(statement: Statement) -> tuple[str | None, ...]:
    return tuple(getattr(statement, name, None) for name in ("place", "payer", "payee"))


def tail(mentions: Mentions, kind: str, identifier: str, *missing: Said) -> Parts:
    """Yield what ends the answer on a thing: disagreements, judgements, what is missing."""
    kg = mentions.kg
    yield disagreements_part(mentions.disagreements(kind, identifier))
    keys = {s.key for s in mentions.always.about(kind, identifier)}
    judged = {j.id: j for j in (*judgements_on(kg, keys), *judgements_naming(kg, kind, identifier))}
    yield judgements_part(judged.values())
    yield missing_part(*missing, *missing_of_named(mentions, kind, identifier))


def judgements_on(kg: KnowledgeGraph, keys: Iterable[str]) -> list[Judgement]:
    """Return the judgements about some statements."""
    wanted = set(keys)
    kinds = ("prefers", "same-thing", "different-scope", "list-complete", "not-evidence", "wanted", "searched")
    return [j for kind in kinds for j in judgements_of(kg.corpus, kind) if wanted.intersection(j.about)]
