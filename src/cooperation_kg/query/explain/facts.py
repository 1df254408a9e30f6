"""Why does a figure, a cell, a disagreement or any other single statement stand as it does?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from cooperation_kg.curate.quantities import Quantity, write_quantity
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.disagreements import are_compatible, find_disagreements
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.results import Cell as CellRecord
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.explain.removal import effects_without
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.figures import when
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.missing import missing_of_statement, missing_part
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Parts, Said, Thing, part
from cooperation_kg.query.show.statements import derived_from


def parts_of_statement(mentions: Mentions, key: str, as_of: AsOf) -> Parts:
    """Yield why a statement says what it says and what hangs on it; a figure with its reading and its cell."""
    kg = mentions.kg
    statement = kg.corpus.statements[key]
    yield Part("verdict", lines=tuple(_standing(mentions, statement)))
    if isinstance(statement, FigureStatement):
        yield part("reading", READING, [_reading(statement)])
        yield _cell_mates(mentions, statement)
        yield part("chain", "relation literal period statements", _chain(mentions, statement))
    yield part("origin_chain", "relation thing", origin_chain(kg, statement))
    yield part("derived", "relation thing", derived_from(mentions, key))
    yield common.disagreements_part(mentions.disputes_of(key))
    yield common.judgements_part(j for j in kg.corpus.judgements.values() if key in j.about)
    yield Part("removal", lines=tuple(_without(mentions, statement, as_of)))
    yield missing_part(*missing_of_statement(kg, statement))


def parts_of_cell(mentions: Mentions, slug: str, _: AsOf) -> Parts:
    """Yield why figures speak of one thing, and whether they agree."""
    kg = mentions.kg
    cell = kg.derived.cells[slug]
    figures = [s for key in cell.evidence if isinstance(s := kg.corpus.statements[key], FigureStatement)]
    origins = {origin_of(kg.corpus, figure) for figure in figures}
    agreed = all(are_compatible(a.quantity, b.quantity) for a in figures for b in figures)
    zh, en = (
        ("互不矛盾", "they do not contradict each other") if agreed else ("有互相矛盾者", "some contradict each other")
    )
    plain = {"figures": len(figures), "origins": sorted(origins), "compatible": agreed}
    yield Part(
        "verdict",
        lines=(
            Said(
                f"{len(figures)}个数字，{len(origins)}个源头：{zh}",
                f"{len(figures)} figures of {len(origins)} origins: {en}",
                plain,
            ),
        ),
    )
    yield part(
        "record",
        "about measure period nature stage counted",
        [
            (
                Thing(*cell.about),
                Concept("measure", cell.measure),
                when(figures[0].period) if figures else cell.period,
                Concept("nature", cell.nature),
                Concept("stage", cell.stage),
                ties.party_thing(kg, cell.place) if cell.place else None,
            )
        ],
    )
    yield part("reading", f"statements {READING}", ((Cites((f.key,)), *_reading(f)) for f in figures))
    yield common.disagreements_part(d for d in kg.derived.disagreements.values() if d.about == ("cell", slug))
    yield common.judgements_part(j for j in kg.corpus.judgements.values() if set(j.about) & set(cell.evidence))


def parts_of_disagreement(mentions: Mentions, slug: str, _: AsOf) -> Parts:
    """Yield both sides of a disagreement, and what settled it or would."""
    kg = mentions.kg
    dispute = kg.derived.disagreements[slug]
    if dispute.settled_by:
        line = Said(
            f"已由判断 {dispute.settled_by} 定下",
            f"settled by the judgement {dispute.settled_by}",
            {"settled_by": dispute.settled_by},
        )
    else:
        line = Said(
            "未定：要由一条写明理由的判断（prefers 或 different-scope）来定，或由更直接的来源",
            "open: a judgement with a reason (prefers, different-scope) or a more direct source would settle it",
            {"settled_by": None},
        )
    yield Part("verdict", lines=(line,))
    yield common.disagreements_part([dispute])
    yield part(
        "origins",
        "origin side statements",
        (
            (
                origin,
                side[0],
                Cites(tuple(k for k in side[1] if origin_of(kg.corpus, kg.corpus.statements[k]) == origin)),
            )
            for side in dispute.sides
            for origin in dict.fromkeys(origin_of(kg.corpus, kg.corpus.statements[k]) for k in side[1])
        ),
    )
    yield common.judgements_part(j for j in kg.corpus.judgements.values() if set(j.about) & set(dispute.evidence))


READING = "literal value unit bound exact"


def _reading(figure: FigureStatement) -> tuple[Cell, ...]:
    quantity = figure.quantity
    words = Said(write_quantity(quantity, "zh"), write_quantity(quantity, "en"), _exact(quantity))
    return figure.literal, words, quantity.unit or None, Concept("bound", str(quantity.bound)), _value_alone(quantity)


def _exact(quantity: Quantity) -> dict[str, str]:
    """Return the numbers of a quantity as text, exact."""
    found = {name: getattr(quantity, name) for name in ("value", "minimum", "maximum", "ratio")}
    return {
        name: f"{value:f}" if hasattr(value, "as_tuple") else str(value)
        for name, value in found.items()
        if value is not None
    }


def _value_alone(quantity: Quantity) -> str:
    return "–".join(_exact(quantity).values())


def _cell_mates(mentions: Mentions, figure: FigureStatement) -> Part:
    """Return the other figures of the cell, each with whether it agrees."""
    kg = mentions.kg
    slug = mentions.cell_of.get(figure.key)
    if slug is None:
        why = Said(
            "不归入任何格：它是某数字的一部分、已被修正，或不计",
            "in no cell: it is part of another figure, was revised, or does not count",
            {"cell": None},
        )
        return Part("cell", lines=(why,))
    others = [k for k in kg.derived.cells[slug].evidence if k != figure.key]
    rows = [
        (Cites((key,)), other.literal, common.summary(kg, other), _compared(kg, figure, other))
        for key in others
        if isinstance(other := kg.corpus.statements[key], FigureStatement)
    ]
    line = Said(
        f"格 {slug}：另有{len(rows)}个说法",
        f"cell {slug}; other sayings: {len(rows)}",
        {"cell": slug, "others": len(rows)},
    )
    return part("cell", "statements literal says verdict", rows, line)


def _compared(kg: KnowledgeGraph, one: FigureStatement, other: FigureStatement) -> Said:
    agrees = are_compatible(one.quantity, other.quantity)
    same_voice = origin_of(kg.corpus, one) == origin_of(kg.corpus, other)
    zh, en = ("相容", "compatible") if agrees else ("不同", "differs")
    if same_voice:
        return Said(f"{zh}（同一源头）", f"{en} (same origin: one voice)", {"compatible": agrees, "same_origin": True})
    return Said(zh, en, {"compatible": agrees, "same_origin": False})


def _chain(mentions: Mentions, figure: FigureStatement) -> Iterator[tuple[Cell, ...]]:
    """Yield wholes, the nearest first; parts; what it revises and what revises it."""
    statements = mentions.kg.corpus.statements
    step, seen = figure, {figure.key}
    while step.part_of and (key := f"{step.source}.{step.part_of}") not in seen:
        whole = statements[key]
        assert isinstance(whole, FigureStatement)
        seen.add(key)
        yield _link(PART_OF, whole)
        step = whole
    for other in mentions.kg.corpus.of_source(figure.source):
        if isinstance(other, FigureStatement) and other.part_of == figure.id and other.withdrawn is None:
            yield _link(HAS_PART, other)
    revised = statements.get(f"{figure.source}.{figure.revises}")
    revising = statements.get(mentions.revised_by.get(figure.key, ""))
    for relation, linked in ((REVISES, revised), (REVISED_BY, revising)):
        if isinstance(linked, FigureStatement):
            yield _link(relation, linked)


def _link(relation: Said, figure: FigureStatement) -> tuple[Cell, ...]:
    return relation, figure.literal, when(figure.period), Cites((figure.key,))


PART_OF = Said("属于", "part of", "part_of")
HAS_PART = Said("其中", "of which", "has_part")
REVISES = Said("修正", "revises", "revises")
REVISED_BY = Said("被修正为", "revised by", "revised_by")


def origin_chain(kg: KnowledgeGraph, statement: Statement) -> Iterator[tuple[Cell, ...]]:
    """Yield the chain of credits of a statement: its document, whom that credits or reprints, to the origin."""
    yield Said("载于", "in", "source"), Thing("source", statement.source)
    step, relation = statement.source, ""
    if statement.according_to:
        step, relation = statement.according_to, "according_to"
    seen: set[str] = set()
    while True:
        if relation:
            kind = "source" if step in kg.corpus.sources else "organisation"
            yield CREDITS[relation], Thing(kind, step)
        source = kg.corpus.sources.get(step)
        if source is None or step in seen or not (source.according_to or source.reprint_of):
            break
        seen.add(step)
        relation = "according_to" if source.according_to else "reprint_of"
        step = source.according_to or source.reprint_of or ""
    yield Said("源头", "origin", "origin"), Thing(*origin_of(kg.corpus, statement).split("/", 1))


CREDITS = {
    "according_to": Said("据", "according to", "according_to"),
    "reprint_of": Said("转载自", "reprint of", "reprint_of"),
}


def _standing(mentions: Mentions, statement: Statement) -> Iterator[Said]:
    yield common.summary(mentions.kg, statement)
    if statement.withdrawn is not None:
        yield Said(
            f"已撤回：{statement.withdrawn}", f"withdrawn: {statement.withdrawn}", {"withdrawn": statement.withdrawn}
        )
    if statement.key in mentions.refused:
        judgement = mentions.refused[statement.key]
        yield Said(f"不计：判断 {judgement}", f"does not count: judgement {judgement}", {"not_evidence": judgement})


def _without(mentions: Mentions, statement: Statement, as_of: AsOf) -> Iterator[Said]:
    """Yield what would change without the statement: the pairings that lean on it, its cell, disagreements."""
    kg = mentions.kg
    for pairing in kg.derived.pairings.values():
        if statement.key in pairing.evidence or any(statement.key in term.evidence for term in pairing.terms):
            yield from _pairing_without(kg, pairing, statement.key, as_of)
    slug = mentions.cell_of.get(statement.key)
    if slug is None:
        return
    cell = kg.derived.cells[slug]
    if cell.evidence == (statement.key,):
        yield Said(
            "没有它，就没有来源给出这个数", "without it no source gives this figure", {"code": "gone", "cell": slug}
        )
        return
    left = set(_disputes(kg, cell, statement.key))
    for dispute in mentions.disputes_of(statement.key):
        if dispute.slug not in left:
            yield Said(
                f"没有它，分歧 {dispute.slug} 就不存在",
                f"without it the disagreement {dispute.slug} is gone",
                {"code": "disagreement-gone", "disagreement": dispute.slug},
            )
    yield Said(
        f"没有它，仍有{len(cell.evidence) - 1}条陈述给出这一格的数",
        f"statements that still give a figure of this cell without it: {len(cell.evidence) - 1}",
        {"code": "others", "statements": len(cell.evidence) - 1},
    )


def _disputes(kg: KnowledgeGraph, cell: CellRecord, without: str) -> Iterator[str]:
    evidence = tuple(key for key in cell.evidence if key != without)
    corpus = replace(kg.corpus, statements={key: kg.corpus.statements[key] for key in evidence})
    yield from find_disagreements(corpus, {}, {cell.slug: replace(cell, evidence=evidence)})


def _pairing_without(kg: KnowledgeGraph, pairing: Pairing, key: str, as_of: AsOf) -> Iterator[Said]:
    name = f"pairing/{pairing.slug}"
    effects = effects_without(kg, pairing, (key,), as_of)
    rest = len(pairing.evidence) - (key in pairing.evidence)
    plain = {"pairing": pairing.slug, "statements_left": rest, "effects": [effect.plain for effect in effects]}
    if effects:
        zh, en = "，".join(effect.zh for effect in effects), ", ".join(effect.en for effect in effects)
        yield Said(f"没有它，{name}：{zh}", f"without it {name}: {en}", plain)
    else:
        yield Said(
            f"没有它，{name} 不变（尚有陈述{rest}条）",
            f"without it {name} does not change (statements left: {rest})",
            plain,
        )


BUILDERS: Mapping[str, Callable[[Mentions, str, AsOf], Parts]] = {
    "statement": parts_of_statement,
    "cell": parts_of_cell,
    "disagreement": parts_of_disagreement,
}
"""Kind of fact → what yields its parts."""
