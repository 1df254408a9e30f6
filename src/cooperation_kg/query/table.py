"""Rows as people use them: columns by name, values as Python values or as RDF terms, to CSV, a frame or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    import pandas

Value = str | int | Decimal | bool | date | None

_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Table:
    """The rows of a SELECT, in the order of the query.

    ``rows`` hold plain Python values (an unbound variable is None); ``terms`` hold the RDF terms behind them.

    >>> table = Table(("who",), ({"who": "北京市"},), ())
    >>> [row["who"] for row in table]
    ['北京市']
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]
    terms: tuple[Mapping[str, Any], ...]

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> tuple[Value, ...]:
        """Return one column; raises KeyError where there is none of that name."""
        if name not in self.columns:
            raise KeyError(name)
        return tuple(row[name] for row in self.rows)

    def to_frame(self) -> pandas.DataFrame:
        """Return a pandas frame; needs pandas, which is not among our dependencies."""
        import pandas

        return pandas.DataFrame([dict(row) for row in self.rows], columns=list(self.columns))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{_cells(row, self.columns)}</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Mapping[str, Value], columns: Sequence[str]) -> str:
    return "".join(f"<td>{escape('' if row[name] is None else str(row[name]))}</td>" for name in columns)


def python_value(term: Any) -> Value:
    """Return the Python value of an RDF term: text for IRIs and strings, numbers, dates and truth values typed."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return term.value
    if not isinstance(term, Literal):
        return str(term)
    try:
        return _typed_value(term)
    except (ValueError, ArithmeticError):  # "abc"^^xsd:integer, or a date before our era: legal RDF, no Python value
        return term.value


def _typed_value(term: Literal) -> Value:
    match term.datatype.value.removeprefix(_XSD):
        case "integer":
            return int(term.value)
        case "decimal":
            return Decimal(term.value)
        case "boolean":
            return term.value in ("true", "1")
        case "date":
            return date.fromisoformat(term.value)
        case _:
            return term.value
