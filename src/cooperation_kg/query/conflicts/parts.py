"""What cannot be true of one thing though it is said of two periods: a part that is greater than its whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from cooperation_kg.curate.dates import display
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.comparing import gap_of_figures
from cooperation_kg.graph.derive.disagreements import Saying
from cooperation_kg.graph.derive.origins import origins_of
from cooperation_kg.query.conflicts.matters import greatest, scope_words, things_of, told_apart
from cooperation_kg.query.conflicts.results import Conflict, Side
from cooperation_kg.query.conflicts.words import ROLES
from cooperation_kg.query.tables import cell_of
from cooperation_kg.query.totals.figures import Figure, figure_of, figures_of, superseded_by
from cooperation_kg.query.totals.wholes import exceeds_declared, exceeds_longer


class Excess(NamedTuple):
    """A figure that is greater than its whole, and the judgement that they are of different scope, if any."""

    part: Figure
    whole: Figure
    judgement: Judgement | None


def find_parts(kg: KnowledgeGraph) -> Iterator[Conflict]:
    """Yield each figure that exceeds one whose period holds its own, or of which its source says it is part.

    Of several longer periods that it exceeds only the shortest is told. What a later figure replaces or a judgement
    sets aside is left out; what a judgement calls of different scope is of that class.
    """
    every = [figure_of(kg, statement, subject) for statement, subject in figures_of(kg)]
    replaced = superseded_by(kg, every)
    alike: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in every:
        if figure.key not in replaced:
            alike[figure.subject, figure.measure, figure.nature, figure.stage, figure.place].append(figure)
    found = [excess for figures in alike.values() for part in figures for excess in _of_period(kg, part, figures)]
    by_key = {figure.key: figure for figures in alike.values() for figure in figures}
    found += [excess for part in by_key.values() for excess in _as_declared(kg, part, by_key)]
    together: dict[tuple[object, ...], list[Excess]] = defaultdict(list)
    for excess in found:
        together[_what(excess)].append(excess)
    yield from (_conflict(kg, what, excesses) for what, excesses in together.items())


def _of_period(kg: KnowledgeGraph, part: Figure, figures: Sequence[Figure]) -> Iterator[Excess]:
    wholes = [whole for whole in figures if whole.key not in part.wholes and exceeds_longer(part, whole)]
    excesses = [Excess(part, whole, _judgement(kg, part, whole, figures)) for whole in wholes]
    for is_judged in (False, True):
        those = [excess for excess in excesses if (excess.judgement is not None) == is_judged]
        shortest = min(((e.whole.days, e.whole.span) for e in those), default=None)
        yield from (excess for excess in those if (excess.whole.days, excess.whole.span) == shortest)


def _as_declared(kg: KnowledgeGraph, part: Figure, by_key: dict[str, Figure]) -> Iterator[Excess]:
    whole = by_key.get(part.wholes[0]) if part.wholes else None
    if whole is not None and exceeds_declared(part, whole):
        yield Excess(part, whole, _judgement(kg, part, whole, (part, whole)))


def _judgement(kg: KnowledgeGraph, part: Figure, whole: Figure, among: Iterable[Figure]) -> Judgement | None:
    near = [_saying(kg, other) for other in among if other.period in (part.period, whole.period)]
    return told_apart(kg, _saying(kg, part), _saying(kg, whole), near)


def _saying(kg: KnowledgeGraph, figure: Figure) -> Saying:
    return Saying(figure.subject, "value", kg.corpus.statements[figure.key], figure.quantity, figure.literal)


def _what(excess: Excess) -> tuple[object, ...]:
    """Return what excesses have in common that are one conflict, such as those of a text and of its reprints."""
    part, whole, judgement = excess
    counted = (part.subject, part.measure, part.nature, part.stage, part.place, part.note, part.payer, part.payee)
    times = tuple(figure.period.text if figure.period else "" for figure in (part, whole))
    return *counted, *times, whole.measure, whole.key in part.wholes, judgement.id if judgement else ""


def _conflict(kg: KnowledgeGraph, what: tuple[object, ...], excesses: Sequence[Excess]) -> Conflict:
    part, _, judgement = excesses[0]
    sides = (
        *_sides(kg, (excess.part for excess in excesses), "part"),
        *_sides(kg, (excess.whole for excess in excesses), "whole"),
    )
    keys = [key for side in sides for key in side.statements]
    mark = sha256(repr(what).encode()).hexdigest()[:8]  # notes and periods have no place in a slug
    slug = "~".join(("part", *part.subject, part.measure, mark))
    measures = {("measure", figure.measure) for excess in excesses for figure in excess[:2]}
    cells = {("cell", cell_of(kg)[key]) for key in keys if key in cell_of(kg)}
    return Conflict(
        name="scope-differs" if judgement else "part-exceeds-whole",
        kind="part",
        slug=slug,
        about=part.subject,
        sides=sides,
        origins=origins_of(kg.corpus, keys),
        # what is not to be compared has none
        distance=None if judgement else greatest(gap_of_figures(e.part.quantity, e.whole.quantity) for e in excesses),
        judgements=(judgement.id,) if judgement else (),
        measure=part.measure,
        things=things_of(kg, part.subject, keys) | measures | cells,
    )


def _sides(kg: KnowledgeGraph, figures: Iterable[Figure], role: str) -> Iterator[Side]:
    sides: dict[tuple[str, tuple[str, str]], dict[str, None]] = defaultdict(dict)
    for figure in figures:
        statement = kg.corpus.statements[figure.key]
        assert isinstance(statement, FigureStatement)
        times = ("", "") if figure.period is None else (display(figure.period, "zh"), display(figure.period, "en"))
        zh, en = zip(ROLES[role], times, scope_words(kg, statement), strict=True)
        detail = ("，".join(filter(None, zh)), ", ".join(filter(None, en)))
        sides[figure.literal, detail][figure.key] = None
    return (Side(literal, tuple(keys), detail) for (literal, detail), keys in sorted(sides.items(), key=lambda s: s[0]))
