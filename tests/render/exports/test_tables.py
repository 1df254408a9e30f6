"""Do the tables say what the records say, and do outside readers of CSV read them back?"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from filled import tables
from hostile import CONTROL, HOSTILE, renamed

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.selecting import Selection
from cooperation_kg.render.exports import export, export_files, file_name
from cooperation_kg.render.exports.columns import COLUMNS, columns_of
from cooperation_kg.render.exports.csv_files import cell_text
from cooperation_kg.render.exports.cut import cut_of
from cooperation_kg.render.exports.tables import PLANS, Filled, tables_of
from cooperation_kg.sheets.cells import restored

PYTHON_TYPES = {"text": str, "integer": int, "decimal": Decimal, "number": float, "boolean": bool, "date": date}
HAI_SHAN = "test-east-west.haizhou.shanyuan"


def row(table: Filled, *key: object) -> dict[str, Any]:
    names = [column.name for column in table.plan.columns]
    return next(r for r in (dict(zip(names, values, strict=True)) for values in table.rows) if key == key_of(table, r))


def key_of(table: Filled, found: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(found[name] for name in table.plan.key)


@pytest.fixture(params=["small", "shipped"])
def held(request: pytest.FixtureRequest) -> dict[str, Filled]:
    found: dict[str, Filled] = request.getfixturevalue(request.param)
    return found


# the plan


def test_every_cell_is_of_the_kind_of_its_column(held: dict[str, Filled]) -> None:
    for table in held.values():
        for column in table.plan.columns:
            kinds = {type(value) for value in table.column(column.name) if value is not None}
            assert kinds <= {PYTHON_TYPES[column.kind]}, (table.name, column.name)


def test_a_required_cell_is_never_empty(held: dict[str, Filled]) -> None:
    for table in held.values():
        for column in table.plan.columns:
            assert not column.required or None not in table.column(column.name), (table.name, column.name)


def test_keys_are_unique(held: dict[str, Filled]) -> None:
    for table in held.values():
        keys = list(zip(*(table.column(name) for name in table.plan.key), strict=True))
        assert len(keys) == len(set(keys)), table.name


def test_what_points_to_another_table_finds_its_row_there(held: dict[str, Filled]) -> None:
    for table in held.values():
        for pointer in table.plan.pointers:
            there = set(held[pointer.table].column("id"))
            assert set(table.column(pointer.column)) - {None} <= there, (table.name, pointer)


@pytest.mark.parametrize("selection", [Selection(programme="east-west"), Selection(place="guizhou", level="county")])
def test_nothing_points_nowhere_in_a_part(real: KnowledgeGraph, selection: Selection) -> None:
    held = tables(real, selection=selection)
    assert 0 < len(held["edges"].rows) < 643
    for table in held.values():
        for pointer in table.plan.pointers:
            there = set(held[pointer.table].column("id"))
            assert set(table.column(pointer.column)) - {None} <= there, (table.name, pointer)


def test_every_column_has_title_and_meaning_in_both_languages() -> None:
    for plan in PLANS.values():
        assert plan.columns == COLUMNS[plan.name]
        for column in plan.columns:
            assert all((column.zh, column.en, column.says_zh, column.says_en)), (plan.name, column.name)


def test_a_column_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind of column"):
        columns_of("a | colour | 色 | colour | 颜色 | colour")


# the rows


def test_there_is_one_row_for_every_statement_that_stands(held: dict[str, Filled], mini: KnowledgeGraph) -> None:
    ids = held["statements"].column("id")
    assert "case-study.s011" not in ids  # withdrawn
    if len(ids) < 100:
        assert len(ids) == len(mini.corpus.statements) - 1


def test_a_figure_says_its_number_its_limits_and_its_document(small: dict[str, Filled]) -> None:
    found = row(small["statements"], "first-report.s006")
    assert (found["as_written"], found["value"], found["unit"]) == ("1.2亿元", Decimal(120_000_000), "元")
    assert (found["lower"], found["upper"], found["bound"]) == (Decimal(120_000_000), Decimal(120_000_000), "exact")
    assert (found["period"], found["first_day"], found["last_day"]) == (
        "2016/2017",
        date(2016, 1, 1),
        date(2017, 12, 31),
    )
    assert (found["measure"], found["nature"], found["stage"]) == ("fiscal-aid", "flow", "paid")
    assert (found["about_kind"], found["about"], found["about_label"]) == ("pairing", HAI_SHAN, "海山")
    assert (found["part_of"], found["places"]) == ("first-report.s005", "shanyuan-yunling")
    assert (found["source_title"], found["source_date"]) == ("海山协作二十年", "2018-05-20")
    assert (found["source_url"], found["locator"]) == ("https://example.org/first-report", "成效 第1段")


@pytest.mark.parametrize(
    ("key", "value", "lower", "upper", "bound"),
    [
        ("first-report.s008", 500_000, 500_000, None, "more-than"),  # 50多万人
        ("first-report.s015", 40, None, 40, "nearly"),  # 近40所
        ("case-study.s003", 30_000_000, 30_000_000, None, "more-than"),  # 超过3000万元
        ("yearbook.s013", None, 300_000_000, 500_000_000, "exact"),  # 3-5亿元
        ("yearbook.s004", 120, 120, 120, "exact"),  # 120名
    ],
)
def test_a_literal_sets_the_limits_that_it_says_and_no_others(
    small: dict[str, Filled], key: str, value: int | None, lower: int | None, upper: int | None, bound: str
) -> None:
    found = row(small["statements"], key)
    assert (found["value"], found["lower"], found["upper"], found["bound"]) == (value, lower, upper, bound)


def test_about_a_third_is_a_share_without_number_or_limits(shipped: dict[str, Filled]) -> None:
    found = row(shipped["statements"], "xh-2016.s014")
    assert (found["as_written"], found["ratio"], found["bound"]) == ("约三分之一", "1/3", "about")
    assert (found["value"], found["lower"], found["upper"]) == (None, None, None)


def test_a_pairing_says_its_parties_and_times(small: dict[str, Filled]) -> None:
    found = row(small["statements"], "first-report.s002")
    assert (found["supporter"], found["recipient"], found["parties"]) == ("haizhou", "shanyuan", None)
    assert (found["from"], found["until"], found["policy"]) == ("2010", "2015", "2010-notice")
    assert (found["first_day"], found["last_day"]) == (date(2010, 1, 1), date(2015, 12, 31))
    assert found["period"] is None


def test_a_start_alone_has_no_last_day_and_a_set_end_is_not_one(small: dict[str, Filled]) -> None:
    found = row(small["statements"], "yearbook.s009")
    assert (found["parties"], found["supporter"]) == ("linjiang shanyuan", None)
    assert (found["from"], found["due"]) == ("2021", "2035")
    assert (found["first_day"], found["last_day"]) == (date(2021, 1, 1), None)


def test_a_list_by_position_is_about_every_pairing_it_makes(small: dict[str, Filled]) -> None:
    found = row(small["statements"], "first-report.s009")
    assert found["about"] == f"{HAI_SHAN} test-east-west.linjiang.hechuan"
    assert found["directness"] == "by-position"


@pytest.mark.parametrize(
    ("key", "kind", "about"),
    [
        ("first-report.s003", "policy", "1996-report"),
        ("first-report.s008", "scope", "test-east-west.haizhou+linjiang.all"),
        ("yearbook.s006", "pairing", "test-east-west.linjiang.hechuan"),
        ("yearbook.s008", "place", "hechuan-gushan"),
        ("case-study.s009", "", ""),
        ("case-study.s010", "organisation", "test-group"),
    ],
)
def test_a_statement_says_what_it_is_about(small: dict[str, Filled], key: str, kind: str, about: str) -> None:
    found = row(small["statements"], key)
    assert (found["about_kind"] or "", found["about"] or "") == (kind, about)


def test_standing_tells_what_a_later_value_replaced(small: dict[str, Filled]) -> None:
    assert row(small["statements"], "yearbook.s004")["standing"] == "revised"
    assert row(small["statements"], "yearbook.s005")["standing"] == "counted"


def test_caveats_and_the_way_it_was_read_stand_in_the_row(small: dict[str, Filled]) -> None:
    found = row(small["statements"], "case-study.s010")
    assert (found["as_written"], found["as_noted"], found["reached_by"]) == ("CNY 2 million", True, "translation")
    assert "translated" in found["caveats"].split(" ")
    assert row(small["statements"], "yearbook.s006")["origin"] == "organisation/test-leading-group"


def test_a_term_has_its_four_dates(small: dict[str, Filled]) -> None:
    found = row(small["terms"], HAI_SHAN, 2)
    assert (found["possible_from"], found["certain_from"]) == (date(2010, 1, 1), date(2010, 12, 31))
    assert (found["certain_to"], found["possible_to"]) == (date(2015, 1, 1), date(2015, 12, 31))
    assert (found["basis"], found["basis_label"]) == ("2010-notice", "关于调整测试协作的通知")


def test_a_source_counts_its_statements_and_names_what_it_reprints(small: dict[str, Filled]) -> None:
    found = row(small["sources"], "reprint")
    assert (found["statements"], found["reprint_of"]) == (2, "first-report")
    assert row(small["sources"], "case-study")["statements"] == 10
    assert row(small["sources"], "later-thesis")["untitled"] is True


def test_of_a_part_only_the_sources_that_it_cites_are_listed(mini: KnowledgeGraph) -> None:
    held = tables(mini, selection=Selection(programme="test-cooperation"))
    assert held["edges"].column("id") == ("test-cooperation.linjiang.shanyuan",)
    assert held["sources"].column("id") == ("yearbook",)


def test_what_a_cited_document_reprints_is_listed_too(mini: KnowledgeGraph) -> None:
    statements = {key: s for key, s in mini.corpus.statements.items() if s.source == "reprint"}
    kg = build_graph(replace(mini.corpus, statements=statements, judgements={}))
    sources = tables(kg, selection=Selection(programme="test-east-west"))["sources"]
    assert sources.column("id") == ("first-report", "reprint")
    assert sources.column("statements") == (0, 2)


def test_labels_are_in_the_language_asked_for(mini: KnowledgeGraph) -> None:
    english = tables(mini, "en")
    assert row(english["statements"], "first-report.s005")["measure_label"] == "public aid funds"
    assert row(english["nodes"], "haizhou")["label"] == "Haizhou"
    assert row(english["sources"], "first-report")["title"] == "Twenty years of Haizhou–Shanyuan"


def test_as_of_a_time_edges_have_the_status_then(mini: KnowledgeGraph) -> None:
    edges = tables_of(cut_of(mini, "network", as_of=parse_as_of("2013")))[1]
    assert dict(zip(edges.column("id"), edges.column("status"), strict=True))[HAI_SHAN] == "certain"


def test_all_statements_and_pairings_of_the_shipped_facts_have_rows(
    shipped: dict[str, Filled], real: KnowledgeGraph
) -> None:
    standing = [key for key, s in real.corpus.statements.items() if s.withdrawn is None]
    assert list(shipped["statements"].column("id")) == standing
    assert sorted(shipped["edges"].column("id")) == sorted(real.derived.pairings)
    assert len(shipped["terms"].rows) == sum(len(p.terms) for p in real.derived.pairings.values())


# CSV


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def folder(real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("csv")
    for name, content in export_files(real, "csv", view="full").items():
        (target / name).write_bytes(content)
    return target


def test_a_csv_file_begins_with_the_mark_that_excel_wants_and_has_lines_of_rfc_4180(mini: KnowledgeGraph) -> None:
    content = export(mini, "csv")
    assert content.startswith("\ufeffid,kind,".encode())
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_the_views_are_a_file_of_statements_and_folders(mini: KnowledgeGraph) -> None:
    assert list(export_files(mini, "csv")) == ["statements.csv"]
    assert list(export_files(mini, "csv", view="network")) == ["nodes.csv", "edges.csv"]
    assert list(export_files(mini, "csv", view="full")) == [f"{name}.csv" for name in PLANS]
    assert file_name("csv", view="network") == "network-csv"


def test_the_csv_module_reads_every_cell_back(shipped: dict[str, Filled], folder: Path) -> None:
    for name, table in shipped.items():
        read = read_csv((folder / f"{name}.csv").read_bytes())
        assert [[restored(cell) for cell in r.values()] for r in read] == [
            [cell_text(value) for value in values] for values in table.rows
        ]


def test_pandas_knows_truth_values_and_empty_cells(mini: KnowledgeGraph) -> None:
    content = export_files(mini, "csv", view="network")["edges.csv"]
    frame = pandas.read_csv(io.BytesIO(content)).set_index("id")
    assert frame["directed"].dtype == bool
    assert frame.loc[HAI_SHAN, "directed"]
    assert not frame.loc["test-cooperation.linjiang.shanyuan", "directed"]
    assert frame["status"].isna().all()


def test_pandas_reads_the_numbers_of_the_shipped_facts(folder: Path, real: KnowledgeGraph) -> None:
    frame = pandas.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False).set_index("id")
    figures = {key: s for key, s in real.corpus.statements.items() if isinstance(s, FigureStatement)}
    told = {key: s.quantity.value for key, s in figures.items() if s.quantity.value is not None}
    read = {key: Decimal(text) for key, text in frame["value"].items() if text}
    assert read == told
    assert {key: text for key, text in frame["as_written"].items() if text} == {
        k: s.literal for k, s in figures.items()
    }


def test_duckdb_reads_counts_and_joins_what_points(folder: Path, shipped: dict[str, Filled]) -> None:
    with duckdb.connect() as asked:
        for name, table in shipped.items():
            query = f"SELECT count(*) FROM read_csv('{folder / name}.csv', header=true, all_varchar=true)"
            assert asked.execute(query).fetchone() == (len(table.rows),)
        joined = asked.execute(
            f"SELECT count(*) FROM '{folder}/edges.csv' e JOIN '{folder}/nodes.csv' n ON e.source = n.id"
            f" JOIN '{folder}/nodes.csv' m ON e.target = m.id"
        ).fetchone()
    assert joined == (len(shipped["edges"].rows),)


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), CONTROL], ids=[*HOSTILE, "control"])
def test_hostile_names_survive_in_csv(mini: KnowledgeGraph, hostile: str) -> None:
    nodes = export_files(renamed(mini, hostile), "csv", view="network")["nodes.csv"]
    found = next(r for r in read_csv(nodes) if r["id"] == "haizhou")
    assert restored(found["label_zh"]) == hostile


def test_no_cell_of_csv_is_a_formula(mini: KnowledgeGraph) -> None:
    for sign in ("=1+1", "+1", "-1", "@a", "\t=1", "＝1", "'=1"):
        nodes = export_files(renamed(mini, sign), "csv", view="network")["nodes.csv"]
        assert next(r for r in read_csv(nodes) if r["id"] == "haizhou")["label_zh"] == f"'{sign}"


def test_an_empty_network_has_files_with_headers_alone(mini: KnowledgeGraph) -> None:
    files = export_files(mini, "csv", view="network", selection=Selection(place="haizhou", level="province"))
    assert len(read_csv(files["edges.csv"])) > 0
    none = export_files(mini, "csv", view="full", selection=Selection(programme="test-action", level="province"))
    assert none["edges.csv"].decode("utf-8-sig").startswith("source,target,id,")
    assert none["edges.csv"].count(b"\r\n") == 1


def test_minus_signs_of_numbers_stay(mini: KnowledgeGraph) -> None:
    assert cell_text(-0.5) == "-0.5"
    assert cell_text(1e-7) == "0.0000001"
