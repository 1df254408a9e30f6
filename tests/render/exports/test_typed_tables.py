"""Do pyarrow, DuckDB, pandas and openpyxl read from Parquet and XLSX what the tables hold?"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyarrow
import pytest
from filled import tables
from hostile import CONTROL, HOSTILE, renamed
from pyarrow import parquet

from cooperation_kg.errors import OutputError
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.selecting import Selection
from cooperation_kg.render.exports import export, export_files
from cooperation_kg.render.exports.csv_files import cell_text
from cooperation_kg.render.exports.tables import PLANS, Filled
from cooperation_kg.render.exports.xlsx import is_shown_exactly
from cooperation_kg.sheets.cells import restored

NOBODY = Selection(programme="test-action", level="province")


# Parquet


@pytest.fixture(scope="module")
def folder(real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("parquet")
    for name, content in export_files(real, "parquet", view="full").items():
        (target / name).write_bytes(content)
    return target


def read(content: bytes) -> Any:
    return parquet.read_table(BytesIO(content))


def test_pyarrow_reads_every_cell_of_the_shipped_facts_back(shipped: dict[str, Filled], folder: Path) -> None:
    for name, table in shipped.items():
        found = parquet.read_table(folder / f"{name}.parquet")
        assert found.column_names == [column.name for column in table.plan.columns]
        for column in table.plan.columns:
            assert tuple(found[column.name].to_pylist()) == table.column(column.name), (name, column.name)


def test_columns_are_typed_and_figures_exact(mini: KnowledgeGraph) -> None:
    schema = read(export(mini, "parquet")).schema
    assert schema.field("value").type == pyarrow.decimal128(38, 10)
    assert schema.field("first_day").type == pyarrow.date32()
    assert schema.field("as_noted").type == pyarrow.bool_()
    assert not schema.field("id").nullable
    assert schema.field("value").nullable


def test_duckdb_sums_exactly_and_knows_dates(folder: Path) -> None:
    with duckdb.connect() as asked:
        (value, kind, day) = asked.execute(
            f"SELECT value, typeof(value), typeof(first_day) FROM '{folder}/statements.parquet'"
            " WHERE as_written = '7.74亿元' AND value IS NOT NULL LIMIT 1"
        ).fetchall()[0]
    assert (value, kind, day) == (Decimal(774_000_000), "DECIMAL(38,10)", "DATE")


def test_duckdb_joins_pairings_with_their_terms(folder: Path, real: KnowledgeGraph) -> None:
    with duckdb.connect() as asked:
        rows = asked.execute(
            f"SELECT e.id, max(t.number) FROM '{folder}/edges.parquet' e"
            f" JOIN '{folder}/terms.parquet' t ON t.pairing = e.id GROUP BY e.id"
        ).fetchall()
    assert dict(rows) == {slug: len(p.terms) for slug, p in real.derived.pairings.items() if p.terms}


def test_pandas_reads_whole_years_and_truth_values(mini: KnowledgeGraph) -> None:
    content = export_files(mini, "parquet", view="network")["edges.parquet"]
    frame = pandas.read_parquet(BytesIO(content), dtype_backend="pyarrow").set_index("id")
    assert frame.loc["test-cooperation.linjiang.shanyuan", "last"] == 2035
    assert not frame.loc["test-cooperation.linjiang.shanyuan", "directed"]


def test_a_parquet_file_says_what_it_was_narrowed_to(mini: KnowledgeGraph) -> None:
    content = export(
        mini, "parquet", as_of=parse_as_of("2016"), selection=Selection(programme="test-east-west"), lang="en"
    )
    told = {name.decode(): text.decode() for name, text in read(content).schema.metadata.items()}
    assert (told["as_of"], told["programme"], told["language"]) == ("2016", "test-east-west", "en")
    assert told["licence"] == mini.corpus.dataset.licence
    assert "2016" in told["narrowed"]


def test_a_column_of_parquet_says_its_title_and_meaning(mini: KnowledgeGraph) -> None:
    told = read(export(mini, "parquet")).schema.field("value").metadata
    assert told[b"title_zh"].decode() == "数值"
    assert b"exact" in told[b"description_en"]


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), CONTROL], ids=[*HOSTILE, "control"])
def test_hostile_names_survive_in_parquet(mini: KnowledgeGraph, hostile: str) -> None:
    nodes = read(export_files(renamed(mini, hostile), "parquet", view="network")["nodes.parquet"]).to_pylist()
    assert next(node["label_zh"] for node in nodes if node["id"] == "haizhou") == hostile


def test_an_empty_network_is_a_parquet_file_with_the_same_columns(mini: KnowledgeGraph) -> None:
    found = read(export_files(mini, "parquet", view="network", selection=NOBODY)["edges.parquet"])
    assert (found.num_rows, found.column_names) == (0, [column.name for column in PLANS["edges"].columns])
    assert found.schema.field("first").type == pyarrow.int64()


@pytest.mark.parametrize("literal", ["12.12345678901%", f"1{'0' * 28}元"])
def test_a_number_that_would_be_rounded_is_refused_by_name(mini: KnowledgeGraph, literal: str) -> None:
    changed = mini.corpus.statements["first-report.s007"].model_copy(update={"as_written": literal})
    changed.__dict__.pop("quantity", None)  # read from the former literal
    statements = {**mini.corpus.statements, "first-report.s007": changed}
    with pytest.raises(OutputError, match=r"statements first-report\.s007 value: .* export to CSV"):
        export(build_graph(replace(mini.corpus, statements=statements)), "parquet")


def test_without_pyarrow_the_error_names_the_extra(mini: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"cooperation-kg\[parquet\]"):
        export(mini, "parquet")


# XLSX


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def as_shown(value: object) -> object:
    """What a cell should hold, in openpyxl's reading: numbers as numbers, all else as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal) and is_shown_exactly(value):
        return float(value)
    return cell_text(value)  # type: ignore[arg-type]


def as_read(value: object) -> object:
    if isinstance(value, str):
        return restored(value)
    return value if value is None or isinstance(value, bool) else float(value)  # type: ignore[arg-type]


# of the shipped facts a part: openpyxl reads all of them in five seconds
def test_openpyxl_reads_every_cell_of_a_part_of_the_shipped_facts_back(real: KnowledgeGraph) -> None:
    part = Selection(place="guizhou")
    book = openpyxl.load_workbook(BytesIO(export(real, "xlsx", view="full", selection=part)), read_only=True)
    held = tables(real, selection=part)
    assert len(held["statements"].rows) > 100
    for table in held.values():
        names, _, *rows = book[table.plan.zh].iter_rows(values_only=True)
        assert list(names) == [column.name for column in table.plan.columns]
        assert len(rows) == len(table.rows)
        for found, row in zip(rows, table.rows, strict=True):
            assert [as_read(value) for value in found] == [as_shown(value) for value in row]


def test_machine_names_are_hidden_and_titles_stay_when_one_scrolls(mini: KnowledgeGraph) -> None:
    page = opened(export(mini, "xlsx", lang="en"))["Statements"]
    assert page.row_dimensions[1].hidden
    assert not page.row_dimensions[2].hidden
    assert (page["A1"].value, page["A2"].value, page.freeze_panes) == ("id", "statement", "B3")
    assert "id of the statement" in page["A2"].comment.text


def test_pandas_reads_the_workbook_by_machine_names(mini: KnowledgeGraph) -> None:
    frame = pandas.read_excel(BytesIO(export(mini, "xlsx")), skiprows=[1]).set_index("id")
    assert frame.loc["first-report.s005", "value"] == 350_000_000
    assert frame.loc["first-report.s005", "first_day"] == "2016-01-01"


def test_codes_days_and_times_are_text(mini: KnowledgeGraph) -> None:
    book = opened(export(mini, "xlsx", view="full"))
    names = [cell.value for cell in book["地区与机构"][1]]
    code = next(r for r in book["地区与机构"].iter_rows(min_row=3) if r[0].value == "haizhou")[names.index("code")]
    assert (code.value, code.data_type, code.number_format) == ("910000", "s", "@")
    names = [cell.value for cell in book["轮次"][1]]
    assert book["轮次"].cell(3, names.index("possible_from") + 1).value == "2021-01-01"


@pytest.mark.parametrize(
    ("number", "exact"), [("0.1", True), ("123456789012345", True), ("1234567890123456", False), ("3E+20", True)]
)
def test_a_number_is_a_number_cell_only_where_fifteen_digits_hold_it(number: str, exact: bool) -> None:
    assert is_shown_exactly(Decimal(number)) is exact


def test_the_last_sheet_says_what_the_file_holds(mini: KnowledgeGraph) -> None:
    selection = Selection(programme="test-east-west")
    book = opened(export(mini, "xlsx", view="network", as_of=parse_as_of("2016"), selection=selection))
    assert book.sheetnames == ["地区与机构", "结对", "说明"]
    said = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True) if row[0]}
    assert (said["as_of"], said["programme"]) == ("2016", "test-east-west")
    assert said["licence"] == mini.corpus.dataset.licence
    listed = [row[1] for row in book["说明"].iter_rows(values_only=True) if row[0] == "结对"]
    assert listed == [column.name for column in PLANS["edges"].columns]


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_survive_in_xlsx(mini: KnowledgeGraph, hostile: str) -> None:
    book = opened(export(renamed(mini, hostile), "xlsx", view="network"))
    found = next(row for row in book["地区与机构"].iter_rows(min_row=3) if row[0].value == "haizhou")[2]
    assert restored(found.value) == hostile.replace("\r\n", "\n")  # as every reader of XML must read line ends
    assert found.data_type == "s"


def test_control_characters_are_left_out_of_xlsx(mini: KnowledgeGraph) -> None:
    book = opened(export(renamed(mini, CONTROL), "xlsx", view="network"))
    assert "一二" in {row[2] for row in book["地区与机构"].iter_rows(values_only=True)}


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@a", "#REF!", "'=1"])
def test_no_cell_of_xlsx_is_a_formula_or_an_error(mini: KnowledgeGraph, sign: str) -> None:
    book = opened(export(renamed(mini, sign), "xlsx", view="network"))
    found = next(row for row in book["地区与机构"].iter_rows(min_row=3) if row[0].value == "haizhou")[2]
    assert (found.value, found.data_type) == (sign if sign == "#REF!" else f"'{sign}", "s")


def test_a_text_longer_than_a_cell_is_refused_by_name(mini: KnowledgeGraph) -> None:
    with pytest.raises(OutputError, match=r"nodes haizhou label: .*export to CSV"):
        export(renamed(mini, "长" * 32_768), "xlsx", view="network")


def test_an_empty_network_is_a_workbook_with_headers_alone(mini: KnowledgeGraph) -> None:
    page = opened(export(mini, "xlsx", view="network", selection=NOBODY))["结对"]
    assert (page.max_row, page["A1"].value) == (2, "source")


# both


def test_days_are_days_in_parquet_and_text_in_xlsx(mini: KnowledgeGraph) -> None:
    found = next(r for r in read(export(mini, "parquet")).to_pylist() if r["id"] == "first-report.s002")
    assert found["first_day"] == date(2010, 1, 1)
