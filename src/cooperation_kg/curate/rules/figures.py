"""Do figures count in the unit of their measure, and are parts smaller than their wholes?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cooperation_kg.curate.quantities import Bound, Quantity, UnreadableQuantity
from cooperation_kg.curate.rules.world import World
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.errors import Issue

# counters of the same things: people, single things, batches sent; 人次 and 户次 count occasions and stay apart
SAME_COUNT: tuple[frozenset[str], ...] = (
    frozenset({"人", "名", "位"}),
    frozenset({"批", "批次", "次"}),
    frozenset(
        {
            "个",
            "家",
            "所",
            "座",
            "处",
            "项",
            "件",
            "种",
            "类",
            "条",
            "对",
            "省",
            "市",
            "州",
            "县",
            "区",
            "旗",
            "村",
        }
    ),
)
_NOT_ABOVE = frozenset({Bound.EXACT, Bound.AT_MOST, Bound.LESS_THAN, Bound.NEARLY})
_NOT_BELOW = frozenset({Bound.EXACT, Bound.AT_LEAST, Bound.MORE_THAN})


def check_units(world: World) -> Iterator[Issue]:
    """E306: a figure in another unit than its measure has."""
    measures = world.ontology.concepts.get("measure", {})
    for figure in world.figures:
        measure = measures.get(figure.measure)
        unit = _unit_of(figure)
        if measure is None or measure.unit is None or count_alike(unit, measure.unit):
            continue
        have_en, have_zh = (f'is in "{unit}"', f"的单位是“{unit}”") if unit else ("has no unit", "没有单位")
        remedy_en, remedy_zh = _unit_remedy(unit, measure.unit)
        yield world.issue(
            ("statement", figure.key),
            ("unit",) if figure.unit else ("as_written",) if figure.as_written else ("as_noted",),
            "E306",
            f'"{figure.literal}" {have_en}, but {figure.measure} counts in "{measure.unit}"; {remedy_en}',
            f"“{figure.literal}”{have_zh}，而 {figure.measure}（{measure.zh}）以“{measure.unit}”计；{remedy_zh}",
        )


def check_parts(world: World) -> Iterator[Issue]:
    """W403: an "of which" that is larger than its whole."""
    for figure in world.figures:
        whole = world.corpus.statements.get(f"{figure.source}.{figure.part_of}")
        if not isinstance(whole, FigureStatement):
            continue
        part_quantity, whole_quantity = _quantity(figure), _quantity(whole)
        if part_quantity and whole_quantity and _exceeds(part_quantity, whole_quantity):
            yield world.issue(
                ("statement", figure.key),
                ("part_of",),
                "W403",
                f'the part "{figure.literal}" is larger than its whole "{whole.literal}"; check both with the source',
                f"部分“{figure.literal}”大于整体“{whole.literal}”；请对照来源核实",
            )


def _unit_of(figure: FigureStatement) -> str:
    quantity = _quantity(figure)
    return quantity.unit if quantity else figure.unit or ""


def _quantity(figure: FigureStatement) -> Quantity | None:
    try:
        return figure.quantity
    except UnreadableQuantity:  # the record was accepted, so the curator gave the value by hand
        return Quantity(figure.value, figure.unit or "") if figure.value is not None else None


def count_alike(unit: str, other: str) -> bool:
    """Return whether two units count the same: equal, or counters of one kind of thing (人, 名).

    >>> count_alike("人", "名"), count_alike("人", "人次")
    (True, False)
    """
    return unit == other or any(unit in group and other in group for group in SAME_COUNT)


def _unit_remedy(unit: str, wanted: str) -> tuple[str, str]:
    if unit:
        return "choose the measure that counts this", "请选用与之相符的 measure"
    return f"add unit: {wanted}", f"请加 unit: {wanted}"


def _exceeds(part: Quantity, whole: Quantity) -> bool:
    if part.unit != whole.unit or part.bound not in _NOT_BELOW or whole.bound not in _NOT_ABOVE:
        return False
    least: Decimal | None = part.minimum if part.is_range else part.value
    most: Decimal | None = whole.maximum if whole.is_range else whole.value
    return least is not None and most is not None and least > most
