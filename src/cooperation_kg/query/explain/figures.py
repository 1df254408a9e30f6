"""Why does a figure stand as it does? Its reading, its cell and who else speaks of it, its wholes and revisions."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.quantities import Quantity, write_quantity
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.derive.disagreements import are_compatible
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.figures import when
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Parts, Said, Thing, part


def parts_of_figure(mentions: Mentions, figure: FigureStatement) -> Parts:
    """Yield how a figure is read, what else is said of the same thing, and what it is part of or revises."""
    yield part("reading", READING, [_reading(figure)])
    yield _cell_mates(mentions, figure)
    yield part("chain", "relation literal period statements", _chain(mentions, figure))


def parts_of_cell(mentions: Mentions, slug: str, _: AsOf) -> Parts:
    """Yield why figures speak of one thing, and whether they agree."""
    kg = mentions.kg
    cell = kg.derived.cells[slug]
    figures = [s for key in cell.evidence if isinstance(s := kg.corpus.statements[key], FigureStatement)]
    origins = {origin_of(kg.corpus, figure) for figure in figures}
    disputes = [d for d in mentions.disagreements(*cell.about) if d.about == ("cell", slug)]
    agreed = all(are_compatible(a.quantity, b.quantity) for a in figures for b in figures)
    zh, en = DISPUTED if disputes else AGREED if agreed else APART
    plain = {
        "figures": len(figures),
        "origins": sorted(origins),
        "compatible": agreed,
        "disagreements": [dispute.slug for dispute in disputes],
    }
    yield Part(
        "verdict",
        lines=(
            Said(
                f"{len(figures)}个数字，{len(origins)}个源头：{zh}",
                f"{_number(len(figures), 'figure')} of {_number(len(origins), 'origin')}: {en}",
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
    yield common.disagreements_part(disputes)
    yield common.judgements_part(j for j in kg.corpus.judgements.values() if set(j.about) & set(cell.evidence))


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' * (count != 1)}"


AGREED = ("互不矛盾", "they do not contradict each other")
DISPUTED = ("来源互相矛盾", "sources contradict each other")
APART = (
    "数值不同，但不算分歧：出自同一源头、口径或时间不同，或经判断",
    "they differ, yet that is no disagreement: one origin, counted otherwise, of no stated time, or judged so",
)


READING = "literal value unit bound exact counts"


def _reading(figure: FigureStatement) -> tuple[Cell, ...]:
    quantity = figure.quantity
    words = Said(write_quantity(quantity, "zh"), write_quantity(quantity, "en"), _exact(quantity))
    note = figure.scope_note
    return (
        figure.literal,
        words,
        quantity.unit or None,
        Concept("bound", str(quantity.bound)),
        _value_alone(quantity),
        Said(note.zh, note.in_language("en")) if note else None,
    )


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
        (Cites((key,)), other.literal, common.summary(kg, other), _compared(mentions, figure, other))
        for key in others
        if isinstance(other := kg.corpus.statements[key], FigureStatement)
    ]
    line = Said(
        f"格 {slug}：另有{len(rows)}个说法",
        f"cell {slug}; other sayings: {len(rows)}",
        {"cell": slug, "others": len(rows)},
    )
    return part("cell", "statements literal says verdict", rows, line)


def _compared(mentions: Mentions, one: FigureStatement, other: FigureStatement) -> Said:
    """Return whether two figures of a cell agree; two that differ disagree only where the graph says so."""
    agrees = are_compatible(one.quantity, other.quantity)
    same_voice = origin_of(mentions.kg.corpus, one) == origin_of(mentions.kg.corpus, other)
    disputed = not agrees and bool({*mentions.disputes_of(one.key)} & {*mentions.disputes_of(other.key)})
    zh, en = ("相容", "compatible") if agrees else ("矛盾", "contradicts") if disputed else ("不同", "differs")
    if same_voice:
        zh, en = f"{zh}（同一源头）", f"{en} (same origin: one voice)"
    elif not agrees and not disputed:
        zh, en = (
            f"{zh}（口径或时间不同，或经判断，不算分歧）",
            f"{en} (counted otherwise or judged so: no disagreement)",
        )
    return Said(zh, en, {"compatible": agrees, "same_origin": same_voice, "disputed": disputed})


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
