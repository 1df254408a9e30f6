"""What may hide a conflict without being one: one value given to two periods, one recipient with two supporters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from cooperation_kg.curate.dates import When, display
from cooperation_kg.curate.registers import Place
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.comparing import gap_of_dates
from cooperation_kg.graph.derive.disagreements import counted_scope
from cooperation_kg.graph.derive.origins import origin_of, origins_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.conflicts.matters import greatest, scope_words, things_of
from cooperation_kg.query.conflicts.results import Conflict, Side
from cooperation_kg.query.tables import cell_of

PARTNER_LEVELS = ("prefecture", "county")
"""The levels of a recipient at which a second supporter is worth a look: provinces have many by design."""


def find_periods(kg: KnowledgeGraph) -> Iterator[Conflict]:
    """Yield each value that different origins give to periods of which neither contains the other.

    Stocks are left out: a number of counties that is the same at two dates is no conflict.
    """
    groups: dict[tuple[object, ...], list[FigureStatement]] = defaultdict(list)
    for cell in kg.derived.cells.values():
        if cell.period and cell.nature != "stock":
            for key in cell.evidence:
                figure = kg.corpus.statements[key]
                if isinstance(figure, FigureStatement):
                    what = (cell.about, cell.measure, cell.nature, cell.stage, cell.place)
                    groups[*what, counted_scope(kg.corpus, figure), figure.quantity].append(figure)
    for figures in groups.values():
        pairs = [pair for pair in combinations(figures, 2) if _is_of_two_periods(kg, *pair)]
        if pairs:
            yield _period_conflict(kg, pairs)


def find_partners(kg: KnowledgeGraph) -> Iterator[Conflict]:
    """Yield each prefecture or county that has two supporters of one level at a time, whom no origin names together."""
    by_recipient: dict[tuple[str, str], list[Pairing]] = defaultdict(list)
    for pairing in kg.derived.pairings.values():
        if pairing.recipient and _level(kg, pairing.recipient) in PARTNER_LEVELS:
            by_recipient[pairing.programme, pairing.recipient].append(pairing)
    for (family, recipient), pairings in by_recipient.items():
        rivals = {p.slug: p for pair in combinations(pairings, 2) if _are_rivals(kg, *pair) for p in pair}
        if rivals:
            yield _partner_conflict(kg, family, recipient, tuple(rivals.values()))


def _is_of_two_periods(kg: KnowledgeGraph, one: FigureStatement, other: FigureStatement) -> bool:
    a, b = one.period, other.period
    if origin_of(kg.corpus, one) == origin_of(kg.corpus, other):
        return False
    return not a.contains(b) and not b.contains(a)


def _period_conflict(kg: KnowledgeGraph, pairs: list[tuple[FigureStatement, FigureStatement]]) -> Conflict:
    figures = {figure.key: figure for pair in pairs for figure in pair}
    cell = kg.derived.cells[cell_of(kg)[pairs[0][0].key]]
    sides: dict[tuple[str, str], list[str]] = defaultdict(list)
    for figure in figures.values():
        sides[figure.period.text, figure.literal].append(figure.key)
    first = pairs[0][0]
    return Conflict(
        name="period-differs",
        kind="period",
        slug=f"period~{cell.slug}",
        about=cell.about,
        sides=tuple(
            Side(literal, tuple(keys), _period_words(kg, keys[0])) for (_, literal), keys in sorted(sides.items())
        ),
        origins=origins_of(kg.corpus, figures),
        distance=greatest(gap_of_dates(one.period, other.period) for one, other in pairs),
        cell=cell.slug,
        measure=cell.measure,
        scope=scope_words(kg, first),
        things=things_of(kg, cell.about, figures) | {("measure", cell.measure), ("cell", cell.slug)},
    )


def _period_words(kg: KnowledgeGraph, key: str) -> tuple[str, str]:
    figure = kg.corpus.statements[key]
    assert isinstance(figure, FigureStatement)
    when = figure.period
    assert isinstance(when, When)
    return display(when, "zh"), display(when, "en")


def _level(kg: KnowledgeGraph, reference: str) -> str | None:
    place = kg.corpus.places.get(reference)
    return place.level if isinstance(place, Place) else None


def _are_rivals(kg: KnowledgeGraph, one: Pairing, other: Pairing) -> bool:
    """Return whether two pairings of one recipient may exclude each other; of one level, so neither holds the other."""
    assert one.supporter is not None
    assert other.supporter is not None
    level = _level(kg, one.supporter)
    return (
        one.supporter != other.supporter
        and level is not None
        and level == _level(kg, other.supporter)
        and not set(one.origins) & set(other.origins)
        and _run_together(one, other)
        and not _takes_over(one, other)
        and not _takes_over(other, one)
    )


def _run_together(one: Pairing, other: Pairing) -> bool:
    """Return whether both certainly ran on one day."""
    return any(
        a.certain_from <= b.certain_to and b.certain_from <= a.certain_to
        for a in one.terms
        for b in other.terms
        if a.certain_from and a.certain_to and b.certain_from and b.certain_to
    )


def _takes_over(later: Pairing, earlier: Pairing) -> bool:
    """Return whether the one began in the last certain year of the other: most sources tell only the year."""
    after, before = set(later.in_force_in), set(earlier.in_force_in)
    return after & before == {max(before)} == {min(after)} and len(before) > 1 and len(after) > 1


def _partner_conflict(kg: KnowledgeGraph, family: str, recipient: str, rivals: tuple[Pairing, ...]) -> Conflict:
    keys = tuple(dict.fromkeys(key for pairing in rivals for key in pairing.evidence))
    things = {thing for pairing in rivals for thing in things_of(kg, ("pairing", pairing.slug), pairing.evidence)}
    return Conflict(
        name="partner",
        kind="partner",
        slug=f"partner~{family}~{recipient}",
        about=("place", recipient),
        programme=family,
        sides=tuple(
            Side(pairing.supporter or "", pairing.evidence, _years(pairing))
            for pairing in sorted(rivals, key=lambda pairing: pairing.slug)
        ),
        origins=origins_of(kg.corpus, keys),
        things=frozenset(things),
    )


def _years(pairing: Pairing) -> tuple[str, str]:
    starts = [year for year in pairing.in_force_in if year - 1 not in pairing.in_force_in]
    ends = [year for year in pairing.in_force_in if year + 1 not in pairing.in_force_in]
    spans = [str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True)]
    return f"确定年份：{'、'.join(spans)}", f"certain in {', '.join(spans)}"
