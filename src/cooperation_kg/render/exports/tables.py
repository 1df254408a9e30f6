"""Which tables is the graph? Their keys, what points where, and which of them a view takes; rows as plain values.

What is unsaid is None, in every format an empty cell. Several ids in one cell are parted by spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cooperation_kg.render.exports.columns import COLUMNS, Column
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.network_rows import edge_rows, node_rows, term_rows
from cooperation_kg.render.exports.source_rows import source_rows
from cooperation_kg.render.exports.statement_rows import statement_rows

Value = str | int | float | bool | Decimal | date | None
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Pointer:
    """Column ``column`` of a table holds keys of the table ``table`` (in its column ``id``), or nothing."""

    column: str
    table: str


@dataclass(frozen=True)
class Plan:
    """What a table is: its title, its key, what points where, and who makes its rows."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    make: Callable[[Cut], Iterable[Row]]
    pointers: tuple[Pointer, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in their order."""
        return COLUMNS[self.name]

    def title(self, lang: str) -> str:
        """Return the title in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


PLANS: Mapping[str, Plan] = {
    plan.name: plan
    for plan in (
        Plan("statements", "陈述", "Statements", ("id",), statement_rows, (Pointer("source", "sources"),)),
        Plan("nodes", "地区与机构", "Places and organisations", ("id",), node_rows),
        Plan(
            "edges",
            "结对",
            "Pairings",
            ("id",),
            edge_rows,
            (Pointer("source", "nodes"), Pointer("target", "nodes"), Pointer("implements", "edges")),
        ),
        Plan("terms", "轮次", "Terms of pairings", ("pairing", "number"), term_rows, (Pointer("pairing", "edges"),)),
        Plan("sources", "来源", "Sources", ("id",), source_rows, (Pointer("reprint_of", "sources"),)),
    )
}
"""Name → table, in the order in which they are written."""

VIEWS: Mapping[str, tuple[str, ...]] = {
    "statements": ("statements",),
    "network": ("nodes", "edges"),
    "full": tuple(PLANS),
}
"""View → its tables."""


@dataclass(frozen=True)
class Filled:
    """A table with its rows, each as long as there are columns."""

    plan: Plan
    rows: tuple[tuple[Value, ...], ...]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.plan.name

    def column(self, name: str) -> tuple[Value, ...]:
        """Return the cells of one column; raises StopIteration where there is none of that name."""
        at = next(number for number, column in enumerate(self.plan.columns) if column.name == name)
        return tuple(row[at] for row in self.rows)


def tables_of(cut: Cut) -> tuple[Filled, ...]:
    """Return the tables of the view that is asked for.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> from cooperation_kg.render.exports.cut import cut_of
    >>> [table.name for table in tables_of(cut_of(build_graph(load_corpus()), "network"))]
    ['nodes', 'edges']
    """
    return tuple(_filled(PLANS[name], cut) for name in VIEWS[cut.view])


def _filled(plan: Plan, cut: Cut) -> Filled:
    names = [column.name for column in plan.columns]
    rows = []
    for row in plan.make(cut):
        if strange := set(row) - set(names):
            raise KeyError(f"{plan.name}: no column for {', '.join(sorted(strange))}")
        rows.append(tuple(_unsaid(row.get(name)) for name in names))
    return Filled(plan, tuple(rows))


def _unsaid(value: Value) -> Value:
    return None if value == "" else value
