"""Which figures speak of the same thing? One cell a subject, measure, period, nature, stage and counted place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.derive.results import Cell, Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.weighing import counted_statements, judgements_of

# "2016/2020" is one step of a path, "[1996..2019]" has brackets that an IRI may not have
_PERIOD_IN_IRI = str.maketrans({"/": "_", "[": None, "]": None})

_Key = tuple[tuple[str, str], str, str, str, str, str]


def find_cells(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Mapping[str, Cell]:
    """Return every cell by slug. Figures judged ``same-thing`` share the cell of the first of them."""
    counted = [s for s in counted_statements(corpus) if isinstance(s, FigureStatement)]
    revised = {f"{s.source}.{s.revises}" for s in counted if s.revises}
    keys = {s.key: _key(corpus, pairings, s) for s in counted if s.part_of is None and s.key not in revised}
    for judgement in judgements_of(corpus, "same-thing"):
        same = [key for key in judgement.about if key in keys]
        joined = {keys[key] for key in same}
        keys.update({key: keys[same[0]] for key, old in keys.items() if old in joined})
    figures: dict[_Key, list[str]] = defaultdict(list)
    for statement, key in keys.items():
        figures[key].append(statement)
    cells = (_cell(key, tuple(statements)) for key, statements in figures.items())
    return {cell.slug: cell for cell in sorted(cells, key=lambda cell: cell.slug)}


def _key(corpus: Corpus, pairings: Mapping[str, Pairing], figure: FigureStatement) -> _Key:
    subject = subject_of(corpus, pairings, figure.about)
    period = figure.period.text if figure.period else ""
    return subject, figure.measure, period, figure.nature, figure.stage, figure.place or ""


def _cell(key: _Key, statements: tuple[str, ...]) -> Cell:
    about, measure, period, nature, stage, place = key
    when = period.translate(_PERIOD_IN_IRI) or "undated"
    parts = (*about, measure, when, nature, stage, *((place,) if place else ()))
    return Cell("~".join(parts), about, measure, period, nature, stage, place or None, statements)
