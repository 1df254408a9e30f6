"""Rows as people use them: columns by name, values as Python values or as RDF terms, to CSV, a frame or HTML.

In CSV for a spreadsheet a text that begins with one of FORMULA_SIGNS has an apostrophe before it: a spreadsheet would
take it for a formula (OWASP, *CSV Injection*). Numbers keep their sign. `query_text` writes the results of SPARQL as
its standard says instead, exactly.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    import pandas

Value = str | int | Decimal | bool | date | None

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width signs included."""
MOST_ROWS_SHOWN = 200
"""Rows that a notebook shows; the rest is counted."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\]+")
_NO_NUMBER = re.compile("INF|NaN")
_LAST_PART = re.compile(r"[^/#]+(?=[/#]?$)")


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
        """Return a pandas frame; needs pandas, which is not among our dependencies.

        Whole numbers become ``Int64``, truth values ``boolean``, dates ``datetime64[s]``, texts ``string``, all with
        empty cells as missing values; decimals stay ``Decimal``, for a float would not be exact. A column with
        values of several kinds stays as it is.
        """
        import pandas

        return pandas.DataFrame({n: pandas.Series(self.column(n), dtype=_dtype(self.column(n))) for n in self.columns})

    def to_csv(self) -> str:
        """Return the rows as CSV for a spreadsheet: a line of column names, then one a row; an empty cell is nothing.

        >>> Table(("who", "year"), ({"who": "京, 蒙", "year": None}, {"who": "=1+1", "year": -1}), ()).to_csv()
        'who,year\\r\\n"京, 蒙",\\r\\n\\'=1+1,-1\\r\\n'
        """
        return csv_text(self.columns, (tuple(row[name] for name in self.columns) for row in self.rows))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{_cells(row[n] for n in self.columns)}</tr>" for row in self.rows[:MOST_ROWS_SHOWN])
        more = len(self.rows) - MOST_ROWS_SHOWN
        if more > 0:
            body += f'<tr><td colspan="{len(self.columns)}">… {more} more · 其余 {more} 行</td></tr>'
        caption = f"{len(self.rows)} {'row' if len(self.rows) == 1 else 'rows'} · {len(self.rows)} 行"
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[Value]]) -> str:
    """Return CSV (RFC 4180) in which no text is a formula to a spreadsheet."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_no_formula(name) for name in columns])
    writer.writerows([_no_formula(value) for value in row] for row in rows)
    return written.getvalue()


def _no_formula(value: Value) -> str:
    text = _written(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_SIGNS) else text


def _cells(values: Iterable[Value]) -> str:
    return "".join(f"<td>{_cell(value)}</td>" for value in values)


def _cell(value: Value) -> str:
    """Return a value as HTML; an IRI by its last part, whole when pointed at."""
    text = _written(value)
    last = _LAST_PART.search(text) if _IRI.fullmatch(text) else None
    return f'<span title="{escape(text)}">{escape(last[0])}</span>' if last else escape(text)


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _dtype(values: Iterable[Value]) -> str:
    filled = [value for value in values if value is not None]
    kinds = {type(value) for value in filled}
    if kinds == {int} and any(abs(value) >= 2**63 for value in filled if isinstance(value, int)):
        return "object"
    return _DTYPES.get(kinds.pop(), "object") if len(kinds) == 1 else "object"


_DTYPES: Mapping[type, str] = {int: "Int64", bool: "boolean", date: "datetime64[s]", str: "string"}


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
        case "decimal" | "double" | "float" if not _NO_NUMBER.search(term.value):
            return Decimal(term.value)
        case "boolean":
            return term.value in ("true", "1")
        case "date":
            return date.fromisoformat(term.value)
        case _:
            return term.value
