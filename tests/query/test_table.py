"""A table as others take it over: a pandas frame, CSV, and HTML in a notebook."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.run import query_text, run_query
from cooperation_kg.query.table import Table, Value

COLUMNS = ("who", "people", "money", "since", "directed")
FULL: dict[str, Value] = {
    "who": "京, “蒙”",
    "people": 12,
    "money": Decimal("39.430"),
    "since": date(1996, 5, 31),
    "directed": True,
}
EMPTY: dict[str, Value] = dict.fromkeys(COLUMNS)
TABLE = Table(COLUMNS, (FULL, EMPTY), ())


def one(value: Value, *more: Value) -> Table:
    return Table(("x",), tuple({"x": item} for item in (value, *more)), ())


# --- pandas


def test_a_frame_has_the_types_of_the_values_with_empty_cells_missing() -> None:
    frame = TABLE.to_frame()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "who": "string",
        "people": "Int64",
        "money": "object",
        "since": "datetime64[s]",
        "directed": "boolean",
    }
    assert frame.isna().to_numpy().tolist() == [[False] * 5, [True] * 5]


def test_a_decimal_stays_exact_in_a_frame() -> None:
    assert TABLE.to_frame()["money"].iloc[0].as_tuple() == Decimal("39.430").as_tuple()


def test_dates_of_a_frame_can_be_compared_and_sorted() -> None:
    frame = one(date(2018, 1, 2), date(1979, 12, 31)).to_frame()
    assert frame.sort_values("x")["x"].dt.year.tolist() == [1979, 2018]


@pytest.mark.parametrize(
    "table", [one("2016", 2016), one(None), one(2**63), Table(("x",), (), ())], ids=["mixed", "empty", "large", "none"]
)
def test_a_column_of_no_one_type_keeps_its_values(table: Table) -> None:
    frame = table.to_frame()
    assert str(frame["x"].dtype) == "object"
    assert frame["x"].tolist() == list(table.column("x"))


def test_years_of_a_question_are_whole_numbers_in_a_frame(mini: KnowledgeGraph) -> None:
    frame = run_query(mini, "pairings-by-year").to_frame()
    assert {str(kind) for kind in frame.dtypes} == {"Int64"}
    assert isinstance(frame, pd.DataFrame)


# --- CSV


def test_csv_is_read_back_as_it_was() -> None:
    written = TABLE.to_csv()
    assert written.endswith("\r\n")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [
        list(COLUMNS),
        ["京, “蒙”", "12", "39.430", "1996-05-31", "true"],
        ["", "", "", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tb", "\rb", "\nb", "＝1", "＋1", "－1", "＠a"])
def test_a_text_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text: str) -> None:
    ((header,), (cell,)) = csv.reader(io.StringIO(one(text).to_csv(), newline=""))
    assert (header, cell) == ("x", f"'{text}")


def test_a_name_of_a_column_is_no_formula_either() -> None:
    assert Table(("=a",), (), ()).to_csv() == "'=a\r\n"


def test_numbers_keep_their_sign_in_csv() -> None:
    assert one(-1, Decimal("-0.50")).to_csv() == "x\r\n-1\r\n-0.50\r\n"


def test_results_of_sparql_are_made_safe_in_a_table_and_exact_in_its_own_format(mini: KnowledgeGraph) -> None:
    asked = "SELECT ('=1+1' AS ?x) (-1.5e0 AS ?n) (-1.5 AS ?d) {}"
    assert run_query(mini, asked).to_csv() == "x,n,d\r\n'=1+1,-1.5,-1.5\r\n"
    assert query_text(mini, asked, "csv").startswith(b"x,n,d\r\n=1+1,-1.5")


def test_what_is_no_finite_number_stays_text(mini: KnowledgeGraph) -> None:
    rows = run_query(mini, "SELECT (xsd:double('INF') AS ?a) (xsd:double('NaN') AS ?b) {}").rows
    assert rows == ({"a": "INF", "b": "NaN"},)


def test_csv_writes_large_and_small_decimals_without_an_exponent() -> None:
    assert one(Decimal("3.943E+9"), Decimal("1E-7")).to_csv() == "x\r\n3943000000\r\n0.0000001\r\n"


# --- HTML


def test_html_says_how_many_rows_there_are() -> None:
    assert "<caption>2 rows · 2 行</caption>" in TABLE._repr_html_()
    assert "<caption>1 row · 1 行</caption>" in one("a")._repr_html_()


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        ("https://example.org/id/place/beijing", "beijing"),
        ("https://example.org/def#Pairing", "Pairing"),
        ("https://example.org/id/", "id"),
    ],
)
def test_html_shows_an_iri_by_its_last_part_and_whole_when_pointed_at(iri: str, shown: str) -> None:
    assert f'<td><span title="{iri}">{shown}</span></td>' in one(iri)._repr_html_()


def test_html_shows_a_text_that_speaks_of_an_address_as_it_is() -> None:
    assert "<td>见 https://example.org/a</td>" in one("见 https://example.org/a")._repr_html_()


def test_html_shows_200_rows_and_counts_the_rest() -> None:
    html = Table(("n",), tuple({"n": n} for n in range(203)), ())._repr_html_()
    assert "<td>199</td>" in html
    assert "<td>200</td>" not in html
    assert '<td colspan="1">… 3 more · 其余 3 行</td>' in html
    assert "more" not in Table(("n",), tuple({"n": n} for n in range(200)), ())._repr_html_()


def test_html_escapes_markup_in_an_address() -> None:
    assert "<td>https://example.org/&quot;onx=&lt;b&gt;</td>" in one('https://example.org/"onx=<b>')._repr_html_()
