"""How wide may a line be drawn? The money stated for each pairing, by year, and over all years where it may be added.

A line is one number, so only what is one number is drawn: in a year the one amount that is stated for the pairing as a
whole and for exactly that year; over all years what ``ckg total`` admits as a sum, or the only amount there is. Where
several amounts stand side by side none is chosen; a part of an amount never stands for the whole.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, cast

from cooperation_kg.curate.quantities import write_quantity
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.totals.candidates import Asked, sort_figures
from cooperation_kg.query.totals.choices import weigh
from cooperation_kg.query.totals.figures import AID, Figure, figure_of, figures_of
from cooperation_kg.query.totals.series import series_of
from cooperation_kg.query.totals.subjects import Subjects
from cooperation_kg.query.totals.sums import Added, add
from cooperation_kg.query.totals.verdicts import kinds_differ, not_additive
from cooperation_kg.render.rows import both

YUAN = "元"
SEVERAL = "several"

Amount = dict[str, Any]
"""``value`` in yuan, its words ``text_zh`` and ``text_en``, and the ``statements`` it rests on; or ``several`` with the
statements that stand side by side."""


def amounts_by_pairing(kg: KnowledgeGraph, index: dict[str, int]) -> dict[str, dict[str, dict[str, Amount]]]:
    """Return by pairing, measure, and year (or ``all``) the amount that a line may show.

    Parameters
    ----------
    index: the place of each statement in the list that the page holds.
    """
    own: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for statement, subject in figures_of(kg):
        if subject[0] == "pairing" and statement.measure in AID:
            figure = figure_of(kg, statement, subject)
            if figure.unit == YUAN:
                own[subject[1], statement.measure].append(figure)
    subjects = Subjects(kg)
    found: dict[str, dict[str, dict[str, Amount]]] = defaultdict(dict)
    for (pairing, measure), figures in sorted(own.items()):
        known = sort_figures(kg, Asked(("pairing", pairing)), figures).candidates
        whole = [figure for figure in known if not figure.is_narrowed]
        if whole:
            over_all = _over_all(whole, subjects, index)
            found[pairing][measure] = _by_year(whole, index) | ({"all": over_all} if over_all else {})
    return dict(found)


def _by_year(figures: list[Figure], index: dict[str, int]) -> dict[str, Amount]:
    """Return the years for which amounts are stated; of several, that there are several."""
    told: dict[int, list[Figure]] = defaultdict(list)
    for kind in _kinds(figures):
        series = series_of(kind)
        for row in series.rows if series else ():
            told[row.year] += row.exact
    return {str(year): _amount(own, add([own[0].quantity]), index) for year, own in sorted(told.items()) if own}


def _over_all(figures: list[Figure], subjects: Subjects, index: dict[str, int]) -> Amount | None:
    """Return the sum of all figures where every one may be added, or the only one; else that there are several.

    None for a single amount of each year: it is the whole of no span.
    """
    if len(figures) == 1 and figures[0].nature == "each-year":
        return None
    if len(figures) == 1:
        return _amount(figures, add([figures[0].quantity]), index)
    is_one_kind = len(_kinds(figures)) == 1 and not_additive(figures[0]) is None
    if is_one_kind and weigh(figures, subjects).all_add_up:
        added = add([figure.quantity for figure in figures])
        return _written(figures, added, index)
    return _several(figures, index)


def _kinds(figures: list[Figure]) -> list[list[Figure]]:
    """Return figures by unit, nature and stage: only those of one kind could stand in one sum."""
    kinds: list[list[Figure]] = []
    for figure in figures:
        home = next((kind for kind in kinds if kinds_differ(kind[0], figure) is None), None)
        if home is None:
            kinds.append([figure])
        else:
            home.append(figure)
    return kinds


def _amount(figures: list[Figure], added: Added, index: dict[str, int]) -> Amount:
    return _written(figures, added, index) if len(figures) == 1 else _several(figures, index)


def _written(figures: list[Figure], added: Added, index: dict[str, int]) -> Amount:
    quantity = added.quantity
    if quantity is None:
        return _several(figures, index)
    value = quantity.minimum if quantity.value is None else quantity.value
    if value is None:
        return _several(figures, index)
    words = both("text", lambda lang: write_quantity(quantity, cast(Any, lang)))
    return {"value": float(value), **words, "statements": _places(figures, index), "summed": len(figures) > 1}


def _several(figures: list[Figure], index: dict[str, int]) -> Amount:
    return {SEVERAL: True, "statements": _places(figures, index)}


def _places(figures: list[Figure], index: dict[str, int]) -> list[int]:
    return sorted({index[key] for figure in figures for key in figure.keys})
