"""Which figures are there of a thing? By measure, then period; what is part of another stands under its whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cooperation_kg.curate.dates import When, display
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Said, Thing, part

COLUMNS = "measure period literal stage nature about counted payer payee counts mark statements"


def figures_part(
    mentions: Mentions, statements: Iterable[Statement], code: str = "figures", *, with_subject: bool = False
) -> Part:
    """Return figures as a part.

    Parameters
    ----------
    statements: others than figures are passed over.
    with_subject: whether to say of each what it is about.
    """
    figures = [s for s in statements if isinstance(s, FigureStatement)]
    rows = (_row(mentions, figure, depth, with_subject) for figure, depth in _ordered(figures))
    return part(code, COLUMNS, rows, repeated="measure period")


def is_money(measure: str) -> bool:
    """Return whether figures of a measure are amounts of money: their unit is 元.

    >>> is_money("fiscal-aid"), is_money("batches")
    (True, False)
    """
    return load_ontology().concepts["measure"][measure].unit == "元"


def when(told: object) -> Cell:
    """Return a time as a cell: in words to be read, in EDTF as data."""
    if not isinstance(told, When):
        return None
    return Said(display(told, "zh"), display(told, "en"), told.text)


def _ordered(figures: list[FigureStatement]) -> Iterator[tuple[FigureStatement, int]]:
    """Yield each figure with how deep it stands: a whole, then its parts, then the parts of those."""
    keys = {figure.key for figure in figures}
    parts: dict[str, list[FigureStatement]] = {}
    tops: list[FigureStatement] = []
    for figure in sorted(figures, key=_rank):
        whole = f"{figure.source}.{figure.part_of}"
        if figure.part_of and whole in keys:
            parts.setdefault(whole, []).append(figure)
        else:
            tops.append(figure)

    def under(figure: FigureStatement, depth: int) -> Iterator[tuple[FigureStatement, int]]:
        yield figure, depth
        for inner in parts.get(figure.key, ()):
            yield from under(inner, depth + 1)

    for figure in tops:
        yield from under(figure, 0)


def _rank(figure: FigureStatement) -> tuple[object, ...]:
    measures = list(load_ontology().concepts["measure"])
    first = figure.period.earliest if figure.period else date.max
    last = figure.period.latest if figure.period else date.max
    return measures.index(figure.measure), first, last, figure.nature, figure.stage, figure.key


def _row(mentions: Mentions, figure: FigureStatement, depth: int, with_subject: bool) -> tuple[Cell, ...]:
    literal = figure.literal
    indented = f"{'　' * (depth - 1)}└ {literal}" if depth else literal
    subject = mentions.subject(figure) if with_subject else None
    return (
        Concept("measure", figure.measure),
        when(figure.period),
        Said(indented, indented, literal),
        Concept("stage", figure.stage),
        Concept("nature", figure.nature),
        Thing(*subject) if subject else None,
        _party(mentions, figure.place),
        _party(mentions, figure.payer),
        _party(mentions, figure.payee),
        Said(figure.scope_note.zh, figure.scope_note.in_language("en")) if figure.scope_note else None,
        tuple(_marks(mentions, figure)),
        Cites((figure.key,)),
    )


def _party(mentions: Mentions, reference: str | None) -> Cell:
    found = mentions.kg.corpus.find(("place", "organisation"), reference) if reference else None
    return Thing(*found) if found else None


def _marks(mentions: Mentions, figure: FigureStatement) -> Iterator[Cell]:
    for dispute in mentions.disputes_of(figure.key):
        words = ("分歧（已判）", "disagreement, settled") if dispute.settled_by else ("有分歧", "disagreement, open")
        yield Said(*words, {"disagreement": dispute.slug, "settled_by": dispute.settled_by})
    if figure.key in mentions.revised_by:
        key = mentions.revised_by[figure.key]
        yield Said(f"已由 {key} 修正", f"revised by {key}", {"revised_by": key})
    if figure.revises:
        key = f"{figure.source}.{figure.revises}"
        yield Said(f"修正 {key}", f"revises {key}", {"revises": key})
    if figure.part_of:
        key = f"{figure.source}.{figure.part_of}"
        yield Said(f"属于 {key}", f"part of {key}", {"part_of": key})
    if figure.key in mentions.refused:
        judgement = mentions.refused[figure.key]
        yield Said(f"不计（{judgement}）", f"does not count ({judgement})", {"not_evidence": judgement})
    if figure.directness != "stated":
        yield Concept("directness", figure.directness)
