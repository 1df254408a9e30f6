"""Why does a disagreement or any single statement stand as it does, and what would change without it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.disagreements import find_disagreements
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.results import Cell as CellRecord
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.query.explain.figures import parts_of_cell, parts_of_figure
from cooperation_kg.query.explain.removal import effects_without
from cooperation_kg.query.show import common
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.missing import missing_of_statement, missing_part
from cooperation_kg.query.show.parts import Cell, Cites, Part, Parts, Said, Thing, part
from cooperation_kg.query.show.statements import derived_from
from cooperation_kg.query.tables import pairings_resting_on


def parts_of_statement(mentions: Mentions, key: str, as_of: AsOf) -> Parts:
    """Yield why a statement says what it says and what hangs on it; a figure with its reading and its cell."""
    kg = mentions.kg
    statement = kg.corpus.statements[key]
    yield Part("verdict", lines=tuple(_standing(mentions, statement)))
    if isinstance(statement, FigureStatement):
        yield from parts_of_figure(mentions, statement)
    yield part("origin_chain", "relation thing", origin_chain(kg, statement))
    yield part("derived", "relation thing", derived_from(mentions, key))
    yield common.disagreements_part(mentions.disputes_of(key))
    yield common.judgements_part(j for j in kg.corpus.judgements.values() if key in j.about)
    yield Part("removal", lines=tuple(_without(mentions, statement, as_of)))
    yield missing_part(*missing_of_statement(kg, statement))


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
    for pairing in pairings_resting_on(kg).get(statement.key, ()):
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
    # what is judged the same thing takes its scope from the first figure of the judgement, of whatever cell
    judged = {key for judgement in judgements_of(kg.corpus, "same-thing") for key in judgement.about}
    kept = {key: s for key in {*cell.evidence, *judged} if isinstance(s := kg.corpus.statements[key], FigureStatement)}
    corpus = replace(kg.corpus, statements=kept)
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
