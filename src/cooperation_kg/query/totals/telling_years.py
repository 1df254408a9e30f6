"""The years in words: what is told of each, what of a part of it, what of longer spans; gaps as gaps."""

from __future__ import annotations

from collections.abc import Iterable

from cooperation_kg.query.document import Section, table
from cooperation_kg.query.totals.figures import Figure
from cooperation_kg.query.totals.series import Series
from cooperation_kg.query.totals.words import Words


def tell_years(series: Series, name: str, words: Words) -> Section:
    """Return a table with a row a year; a year without a figure of its own is a gap."""
    kind = f"{words.concept('stage', series.stage)}，{words.concept('nature', series.nature)}"
    heading = words.pick(f"{name}：逐年（{kind}）", f"{name} by year ({kind.replace('，', ', ')})")
    columns = [
        words.pick("年", "year"),
        words.pick("当年之数", "of that year"),
        words.pick("只及部分月日", "of part of it"),
        words.pick("涵盖此年的更长时段", "longer spans that hold it"),
    ]
    gap = words.pick("—（缺）", "— (gap)")
    rows = [
        (
            str(row.year),
            _several(row.exact, words) or gap,
            _several(row.within, words),
            _several(row.covering, words),
        )
        for row in series.rows
    ]
    return table(heading, columns, rows)


def _several(figures: Iterable[Figure], words: Words) -> str:
    return "; ".join(_in_year(figure, words) for figure in figures)


def _in_year(figure: Figure, words: Words) -> str:
    covers = words.covers(figure)
    text = words.figure(figure)
    return f"{text} [{covers}]" if covers else text
