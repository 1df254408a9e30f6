"""``ckg sheet``: a workbook for Excel, and the smallest edits back. openpyxl reads and changes it as others do."""

from __future__ import annotations

import csv
import datetime
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import coordinate_to_tuple
from typer.testing import CliRunner, Result

from cooperation_kg.cli.app import app
from cooperation_kg.curate.corpus import read_corpus
from cooperation_kg.errors import OutputError, UnreadableSheet
from cooperation_kg.locations import data_folder
from cooperation_kg.ontology import load_ontology
from cooperation_kg.sheets.cells import canonical, said, show
from cooperation_kg.sheets.columns import sheets
from cooperation_kg.sheets.names import Names
from cooperation_kg.sheets.tables import belongs, read_files, split

MINI = Path(__file__).parent.parent / "data" / "mini"
YEARBOOK = "statements/yearbook.yaml"


def ckg(*arguments: object) -> Result:
    """Run ``ckg sheet`` in Chinese."""
    return CliRunner().invoke(app, ["sheet", *map(str, arguments), "--lang", "zh"])


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the tiny world."""
    return Path(shutil.copytree(MINI, tmp_path / "data"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny world as a workbook."""
    book = tmp_path_factory.mktemp("book") / "facts.xlsx"
    assert ckg("export", book, "--data", MINI).exit_code == 0
    return book


@pytest.fixture
def book(exported: Path, tmp_path: Path) -> Path:
    """A copy of the workbook that a test may change."""
    return Path(shutil.copy(exported, tmp_path / "facts.xlsx"))


def columns(page: Any) -> dict[str, int]:
    """Machine name → number of the column, as the hidden first row tells."""
    return {cell.value: cell.column for cell in page[1] if cell.value}


def row_of(page: Any, file: str, identifier: str) -> int:
    own = columns(page)["id"]
    return next(
        r for r in range(3, page.max_row + 1) if page.cell(r, 1).value == file and page.cell(r, own).value == identifier
    )


def change(book: Path, title: str, identifier: str, values: Mapping[str, object], file: str = YEARBOOK) -> str:
    """Type values into the row of a record; return where the last one is."""
    opened = openpyxl.load_workbook(book)
    page = opened[title]
    row, where = row_of(page, file, identifier), ""
    for name, value in values.items():
        cell = page.cell(row, columns(page)[name])
        cell.value = value
        where = f"{title}!{cell.coordinate}"
    opened.save(book)
    return where


def add_row(book: Path, title: str, values: Mapping[str, object]) -> int:
    """Type values into the first row below the records."""
    opened = openpyxl.load_workbook(book)
    page = opened[title]
    row = page.max_row + 1
    for name, value in values.items():
        page.cell(row, columns(page)[name]).value = value
    opened.save(book)
    return row


def import_(book: Path, world: Path, *more: str) -> Result:
    return ckg("import", book, "--data", world, *more)


def content(world: Path) -> dict[str, bytes]:
    return {path.relative_to(world).as_posix(): path.read_bytes() for path in sorted(world.rglob("*.*"))}


def changed(world: Path) -> list[str]:
    """The files that are no longer as in the tiny world."""
    before, after = content(MINI), content(world)
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def mended(file: str, old: str, new: str) -> str:
    """A file of the tiny world with one text replaced that it has once."""
    text = (MINI / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


def faults(done: Result) -> list[tuple[str, str]]:
    """(cell, code) of each fault of a refused import."""
    assert isinstance(done.exception, UnreadableSheet)
    return [(issue.file, issue.code) for issue in done.exception.issues]


# --- there and back


@pytest.mark.parametrize("target", ["facts.xlsx", "facts/"])
def test_an_untouched_export_of_the_shipped_data_changes_no_byte(target: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    place = f"{tmp_path}/{target}"
    assert ckg("export", place, "--data", copy).exit_code == 0
    done = import_(Path(place), copy, "--write", "--delete")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (0, "没有改动")
    assert content(copy) == content(data_folder())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_value_of_the_shipped_data_comes_back_from_its_cell_alone(lang: str) -> None:
    corpus, _ = read_corpus()
    assert corpus is not None
    names, files = Names(corpus, load_ontology(), lang), read_files(data_folder())
    strays = [
        (file, record["id"], column.name)
        for sheet in sheets()
        for file, held in files.items()
        for record in held.records
        if belongs(sheet, file, record)
        for column, value in zip(sheet.columns, split(sheet, file, record).values(), strict=True)
        if canonical(column, said(column, show(column, value, names), names)) != canonical(column, value)
    ]
    assert strays == []


HOSTILE = """\
\ufeff# 首行注释
-   id: s001   # first
    kind: definition
    term: '-1+2'
    about:   "test-east-west"
    text: {en: "a | b \\\\ c", zh: '_x0041_ ''引'' “x”'}   # both
    note: >-
        folded
        text, "quoted"
    locator: "'=1"


- id: s002
  kind: pairing
  programme: test-east-west
  supporter: [ haizhou ]   # list of one
  recipient:
    - shanyuan
  from: "1996"
  called: "１２\\n行"
"""


@pytest.mark.parametrize("target", ["facts.xlsx", "facts/"])
def test_an_untouched_export_of_hostile_files_changes_no_byte(target: str, world: Path, tmp_path: Path) -> None:
    (world / YEARBOOK).write_bytes(HOSTILE.replace("\n", "\r\n").encode())
    before = content(world)
    place = f"{tmp_path}/{target}"
    assert ckg("export", place, "--data", world).exit_code == 0
    done = import_(Path(place), world, "--write", "--delete")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (0, "没有改动")
    assert content(world) == before


def test_one_cell_of_a_hostile_file_changes_one_value_and_nothing_around_it(world: Path, tmp_path: Path) -> None:
    (world / YEARBOOK).write_bytes(HOSTILE.replace("\n", "\r\n").encode())
    book = tmp_path / "facts.xlsx"
    ckg("export", book, "--data", world)
    change(book, "释义", "s001", {"text.en": "a | c"})
    assert import_(book, world, "--write").exit_code == 1  # the tiny world lacks what the yearbook said
    (world / "statements" / "reprint.yaml").write_bytes((MINI / YEARBOOK).read_bytes())
    text = HOSTILE.replace('en: "a | b \\\\ c"', 'en: "a | c"').replace("\n", "\r\n")
    from cooperation_kg.sheets.changes import find_changes
    from cooperation_kg.sheets.importing import edited_files
    from cooperation_kg.sheets.workbook import read_workbook

    corpus, _ = read_corpus(world)
    assert corpus is not None
    pages, known = read_workbook(book)
    files = read_files(world)
    plan = find_changes(pages, known, files, Names(corpus, load_ontology(), "zh"))
    assert edited_files(plan.changes, files) == {YEARBOOK: text.encode()}


def test_a_corrected_figure_is_shown_and_then_written_alone(book: Path, world: Path) -> None:
    change(book, "数字", "s003", {"as_written": "2.5亿元"})
    shown = import_(book, world)
    assert shown.stdout == "改 statements/yearbook.yaml s003 [数字]\n    原文写法: 2亿元 → 2.5亿元\n"
    assert "未写入；加 --write 写入" in shown.stderr
    assert changed(world) == []
    assert import_(book, world, "--write").exit_code == 0
    assert changed(world) == [YEARBOOK]
    assert (world / YEARBOOK).read_text(encoding="utf-8") == mended(
        YEARBOOK, "  as_written: 2亿元\n", "  as_written: 2.5亿元\n"
    )


def test_a_pairing_added_by_names_gets_the_next_id_at_the_end_of_its_source(book: Path, world: Path) -> None:
    row = {
        "source": "测试年鉴2021",
        "programme": "测试东西协作",
        "supporter": "海州省 | 临江省",
        "recipient": "shanyuan",
        "from": 2016,
        "locator": " 附表 ",
    }
    programme = next(p for p in read_corpus(MINI)[0].programmes.values() if p.id == "test-east-west")  # type: ignore[union-attr]
    add_row(book, "结对", {**row, "programme": programme.name.zh})
    assert import_(book, world, "--write").exit_code == 0
    added = (
        "- id: s014\n  kind: pairing\n  programme: test-east-west\n  supporter: [haizhou, linjiang]\n"
        "  recipient: shanyuan\n  from: 2016\n  locator: 附表\n"
    )
    before = (MINI / YEARBOOK).read_text(encoding="utf-8")
    assert (world / YEARBOOK).read_text(encoding="utf-8") == before + added


def test_a_cleared_cell_takes_the_field_away_and_a_filled_one_adds_it(book: Path, world: Path) -> None:
    change(book, "数字", "s005", {"revises": None, "note": "勘误所见"})
    assert import_(book, world, "--write").exit_code == 0
    text = mended(YEARBOOK, "  revises: s004\n  locator: 勘误\n", "  locator: 勘误\n  note: 勘误所见\n")
    assert (world / YEARBOOK).read_text(encoding="utf-8") == text


def test_rows_may_be_sorted_and_columns_taken_away(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened["数字"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    for number, row in enumerate(reversed(rows), 3):
        for at, value in enumerate(row, 1):
            page.cell(number, at).value = value
    page.delete_cols(columns(page)["note"])
    opened.save(book)
    assert import_(book, world, "--write", "--delete").stderr.splitlines()[-1] == "没有改动"


def test_the_hidden_row_of_machine_names_may_be_gone(book: Path, world: Path) -> None:
    change(book, "数字", "s003", {"as_written": "2.5亿元"})
    opened = openpyxl.load_workbook(book)
    for page in opened.worksheets:
        page.delete_rows(1)
    opened.save(book)
    assert "原文写法: 2亿元 → 2.5亿元" in import_(book, world).stdout


# --- rows that go, rows that are copied, rows of new things


def test_a_row_that_is_gone_is_listed_and_its_record_stays(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened["数字"].delete_rows(row_of(opened["数字"], YEARBOOK, "s002"))
    opened.save(book)
    done = import_(book, world, "--write")
    assert done.stdout == "删 statements/yearbook.yaml s002 [数字]\n"
    assert "1 行已不在表中；记录保留，除非加 --delete" in done.stderr
    assert changed(world) == []


def test_with_delete_the_record_of_a_row_that_is_gone_goes_too(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened["数字"].delete_rows(row_of(opened["数字"], YEARBOOK, "s003"))
    opened.save(book)
    assert import_(book, world, "--write", "--delete").exit_code == 0
    record = (
        "- id: s003\n  kind: figure\n  about: 海山\n  measure: fiscal-aid\n  as_written: 2亿元\n  during: 2018\n"
        "  nature: flow\n  stage: paid\n  locator: 综述\n"
    )
    assert (world / YEARBOOK).read_text(encoding="utf-8") == mended(YEARBOOK, record, "")


def test_a_sheet_that_is_gone_deletes_nothing(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    del opened["数字"]
    opened.save(book)
    assert import_(book, world, "--write", "--delete").stderr.splitlines()[-1] == "没有改动"


def test_the_id_of_a_deleted_record_is_not_used_again(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened["数字"]
    page.delete_rows(row_of(page, YEARBOOK, "s013"))
    opened.save(book)
    row = {"source": "yearbook", "about": "海山", "measure": "fiscal-aid", "as_written": "1亿元", "nature": "stock"}
    add_row(book, "数字", row)
    assert "增 statements/yearbook.yaml s014 [数字]" in import_(book, world, "--delete").stdout


def test_the_id_of_a_record_that_was_deleted_since_the_export_is_not_used_again(book: Path, world: Path) -> None:
    text = (world / YEARBOOK).read_text(encoding="utf-8")
    (world / YEARBOOK).write_text(text[: text.index("- id: s013")], encoding="utf-8")
    row = {"source": "yearbook", "about": "海山", "measure": "fiscal-aid", "as_written": "1亿元", "nature": "stock"}
    add_row(book, "数字", row)
    assert "增 statements/yearbook.yaml s014 [数字]" in import_(book, world).stdout


def test_a_copied_row_without_id_is_a_new_record_and_with_it_a_fault(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened["数字"]
    row, own = row_of(page, YEARBOOK, "s003"), columns(page)["id"]
    values = [cell.value for cell in page[row]]
    for at, value in enumerate(values, 1):
        page.cell(page.max_row if at > 1 else page.max_row + 1, at).value = value
    last = page.max_row
    opened.save(book)
    where = f"数字!{page.cell(last, own).coordinate}"
    assert faults(import_(book, world)) == [(where, "E707")]
    page.cell(last, own).value = None
    page.cell(last, columns(page)["during"]).value = "2019"
    opened.save(book)
    assert "增 statements/yearbook.yaml s014 [数字]" in import_(book, world).stdout


def test_new_places_and_sources_go_where_their_like_are_and_new_rows_may_name_them(book: Path, world: Path) -> None:
    head = "# yaml-language-server: $schema=x.json\n"
    for folder in ("statements", "sources"):
        path = world / folder / "yearbook.yaml"
        path.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")
    place = {"id": "xinqu", "name.zh": "新区", "level": "county", "code": 910109, "within": "haizhou"}
    source = {"id": "new", "type": "web-page", "title.zh": "新闻", "language": "zh", "read": "part"}
    add_row(book, "名册 地区", place)
    add_row(book, "来源", {**source, "reached_by": "original"})
    add_row(book, "参与", {"source": "新闻", "place": "新区", "programme": "test-action", "as_of": "2016"})
    assert import_(book, world, "--write").exit_code == 0
    assert (world / "places/91-haizhou.yaml").read_text(encoding="utf-8") == (
        MINI / "places/91-haizhou.yaml"
    ).read_text(
        encoding="utf-8"
    ) + '- id: xinqu\n  name: {zh: 新区}\n  level: county\n  code: "910109"\n  within: haizhou\n'
    assert (world / "sources/new.yaml").read_text(encoding="utf-8") == (
        f"{head}id: new\ntype: web-page\ntitle: {{zh: 新闻}}\nlanguage: zh\nread: part\nreached_by: original\n"
    )
    assert (world / "statements/new.yaml").read_text(encoding="utf-8") == (
        f"{head}- id: s001\n  kind: participation\n  place: xinqu\n  programme: test-action\n  as_of: 2016\n"
    )


@pytest.mark.parametrize("name", ["../../escaped", "..\\\\escaped", "/escaped", "Nul.", ""])
def test_no_new_source_can_name_a_file_elsewhere(name: str, book: Path, world: Path) -> None:
    source = {"type": "web-page", "title.zh": "新", "language": "zh", "read": "part", "reached_by": "original"}
    add_row(book, "来源", {**source, "id": name})
    assert [code for _, code in faults(import_(book, world, "--write"))] == ["E706"]
    assert changed(world) == []


# --- asked in a terminal


@pytest.mark.parametrize(("answer", "files"), [("y\n", [YEARBOOK]), ("n\n", []), ("\n", [])])
def test_in_a_terminal_it_asks_before_it_writes(
    answer: str, files: list[str], book: Path, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cooperation_kg.cli.sheet._on_terminal", lambda: True)
    change(book, "数字", "s003", {"as_written": "2.5亿元"})
    done = CliRunner().invoke(app, ["sheet", "import", str(book), "--data", str(world), "--lang", "zh"], input=answer)
    assert (done.exit_code, changed(world)) == (0, files)


@pytest.mark.parametrize(("answers", "files"), [("n\n", []), ("y\nn\n", []), ("y\ny\n", [YEARBOOK])])
def test_in_a_terminal_it_asks_before_it_deletes_and_once_more_before_it_writes(
    answers: str, files: list[str], book: Path, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cooperation_kg.cli.sheet._on_terminal", lambda: True)
    opened = openpyxl.load_workbook(book)
    opened["数字"].delete_rows(row_of(opened["数字"], YEARBOOK, "s003"))
    opened.save(book)
    done = CliRunner().invoke(app, ["sheet", "import", str(book), "--data", str(world), "--lang", "zh"], input=answers)
    assert (done.exit_code, changed(world)) == (0, files)


def test_a_file_that_is_changed_while_it_asks_is_not_written_over(
    book: Path, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(*_: object, **__: object) -> bool:
        (world / YEARBOOK).write_bytes(b"- id: s001\n")
        return True

    monkeypatch.setattr("cooperation_kg.cli.sheet._on_terminal", lambda: True)
    monkeypatch.setattr("typer.confirm", saved_meanwhile)
    change(book, "数字", "s003", {"as_written": "2.5亿元"})
    assert isinstance(import_(book, world).exception, OutputError)
    assert (world / YEARBOOK).read_bytes() == b"- id: s001\n"


# --- cells that cannot be taken over


def test_bad_cells_are_all_named_by_sheet_and_cell_and_nothing_is_written(book: Path, world: Path) -> None:
    cells = [
        (change(book, "结对", "s001", {"supporter": "海州士"}), "E703"),
        (change(book, "数字", "s002", {"note": "=1+1"}), "E701"),
        (change(book, "数字", "s003", {"id": "s099"}), "E707"),
        (change(book, "数字", "s004", {"as_written": 39.5}), "E702"),
        (change(book, "数字", "s005", {"as_written": "200名"}), ""),
    ]
    done = import_(book, world, "--write")
    assert sorted(faults(done)) == sorted(cell for cell in cells if cell[1])
    assert changed(world) == []


def test_a_name_that_is_nearly_known_is_suggested(book: Path, world: Path) -> None:
    change(book, "结对", "s001", {"supporter": "海州士"})
    done = import_(book, world)
    assert isinstance(done.exception, UnreadableSheet)
    assert done.exception.issues[0].message_zh == "没有“海州士”；是否想写“海州省 (haizhou)”？"


@pytest.mark.parametrize(
    ("name", "value", "number_format", "becomes"),
    [
        ("during", 2019, "General", "2019"),
        ("during", 2019.0, "0", "2019"),
        ("during", datetime.datetime(2018, 4, 1), "mmm-yy", "2018-04"),
        ("during", datetime.datetime(2018, 4, 1), 'yyyy"年"m"月"', "2018-04"),
        ("during", datetime.datetime(2018, 4, 30), "yyyy/m/d", "2018-04-30"),
        ("during", "２０１９／２０２０", "@", "2019/2020"),
        ("during", "2018年4月30日", "@", "2018-04-30"),
        ("during", " 2019 ", "@", "2019"),
        ("stage", "计划", "@", "planned"),
        ("stage", "ＰＬＡＮＮＥＤ", "@", "planned"),
        ("stage", "随便 (planned)", "@", "planned"),
        ("note", "甲\r\n乙", "@", '"甲\\n乙"'),
        ("note", "12", "General", '"12"'),
        ("note", "'-5", "@", '"-5"'),
        ("note", "_x005F_x0041_", "@", "_x0041_"),
        ("note", "'90年代", "@", '"\'90年代"'),
    ],
)
def test_what_a_spreadsheet_made_of_a_value_is_read_back_where_it_is_certain(
    name: str, value: object, number_format: str, becomes: str, book: Path, world: Path
) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened["数字"]
    cell = page.cell(row_of(page, YEARBOOK, "s003"), columns(page)[name])
    cell.value, cell.number_format = value, number_format
    opened.save(book)
    done = import_(book, world, "--write")
    assert done.exit_code == 0, done.stderr
    line = f"  {name}: {becomes}\n"
    assert line in (world / YEARBOOK).read_text(encoding="utf-8")
    assert line not in (MINI / YEARBOOK).read_text(encoding="utf-8").split("- id: s003")[1].split("- id:")[0]


@pytest.mark.parametrize(
    ("name", "value", "number_format"),
    [
        ("during", datetime.datetime(2018, 4, 18), 'm"月"d"日"'),  # typed 4-18: of which year?
        ("during", datetime.datetime(2018, 4, 18, 12), "yyyy/m/d"),
        ("as_written", datetime.datetime(2018, 4, 1), "yyyy-mm-dd"),
        ("as_written", 0.05, "0%"),
        ("as_written", 1500, "#,##0"),
        ("as_written", 39.5, "General"),
        ("note", True, "General"),
        ("according_to", 1.1e20, "General"),
    ],
)
def test_what_a_spreadsheet_made_of_a_value_is_a_fault_where_it_is_not_certain(
    name: str, value: object, number_format: str, book: Path, world: Path
) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened["数字"]
    cell = page.cell(row_of(page, YEARBOOK, "s003"), columns(page)[name])
    cell.value, cell.number_format = value, number_format
    opened.save(book)
    assert [where for where, _ in faults(import_(book, world))] == [f"数字!{cell.coordinate}"]


def test_a_cell_that_a_spreadsheet_turned_into_the_same_number_is_not_changed(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened["结对"]
    cell = page.cell(row_of(page, YEARBOOK, "s001"), columns(page)["from"])
    assert cell.value == "2016"
    cell.value, cell.number_format = 2016, "#,##0"
    opened.save(book)
    assert import_(book, world).stderr.splitlines()[-1] == "没有改动"


def test_a_long_code_that_was_rounded_is_a_fault(book: Path, world: Path) -> None:
    row = add_row(
        book, "名册 地区", {"id": "q", "name.zh": "区", "level": "county", "within": "haizhou", "code": "1.1E+11"}
    )
    assert [where[-len(str(row)) :] for where, _ in faults(import_(book, world))] == [str(row)]


def test_an_id_and_a_scope_together_are_refused(book: Path, world: Path) -> None:
    change(book, "数字", "s003", {"about.programme": "test-east-west"})
    assert [code for _, code in faults(import_(book, world))] == ["E702"]


def test_a_scope_takes_the_place_of_an_id(book: Path, world: Path) -> None:
    change(book, "数字", "s003", {"about": None, "about.programme": "test-east-west", "about.supporter": "海州省"})
    assert import_(book, world, "--write").exit_code == 0
    text = (world / YEARBOOK).read_text(encoding="utf-8")
    assert "  about: {programme: test-east-west, supporter: haizhou}\n" in text.split("- id: s003")[1].split("- id:")[0]


def test_what_would_not_hold_together_is_told_with_its_cell_and_not_written(book: Path, world: Path) -> None:
    where = change(book, "数字", "s003", {"as_written": "20名"})
    done = import_(book, world, "--write")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-2].startswith(f"{where} {YEARBOOK}:")
    assert " E306 " in done.stderr
    assert changed(world) == []


@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_said_to_be_none(content: bytes, tmp_path: Path, world: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert faults(import_(tmp_path / "x.xlsx", world)) == [("x.xlsx", "E705")]


def test_a_workbook_that_is_not_there_is_an_error_and_no_traceback(tmp_path: Path, world: Path) -> None:
    assert faults(import_(tmp_path / "none.xlsx", world)) == [("none.xlsx", "E705")]


def test_a_sheet_of_somebody_elses_is_a_fault(book: Path, world: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened.create_sheet("我的表")["A1"] = "数"
    opened.save(book)
    assert faults(import_(book, world)) == [("我的表", "E705")]


# --- the data move on after the export


def test_changes_of_others_are_kept_where_they_touch_other_cells(book: Path, world: Path) -> None:
    theirs = mended(YEARBOOK, "  as_written: 3.2亿元\n", "  as_written: 3.3亿元\n").replace(
        "- id: s001", "# 新\n- id: s001"
    )
    (world / YEARBOOK).write_text(theirs, encoding="utf-8")
    change(book, "数字", "s003", {"as_written": "2.5亿元"})
    assert import_(book, world, "--write").exit_code == 0
    assert (world / YEARBOOK).read_text(encoding="utf-8") == theirs.replace(
        "2亿元\n  during: 2018", "2.5亿元\n  during: 2018"
    )


def test_one_cell_changed_on_both_sides_is_a_conflict_that_shows_both(book: Path, world: Path) -> None:
    (world / YEARBOOK).write_text(mended(YEARBOOK, "as_written: 2亿元", "as_written: 2.1亿元"), encoding="utf-8")
    where = change(book, "数字", "s003", {"as_written": "2.5亿元"})
    done = import_(book, world, "--write")
    assert faults(done) == [(where, "E704")]
    assert "文件为“2.1亿元”，单元格为“2.5亿元”" in str(done.exception.issues[0].message_zh)  # type: ignore[union-attr]


def test_the_same_change_on_both_sides_is_none(book: Path, world: Path) -> None:
    (world / YEARBOOK).write_text(mended(YEARBOOK, "as_written: 2亿元", "as_written: 2.5亿元"), encoding="utf-8")
    change(book, "数字", "s003", {"as_written": "2.5亿元"})
    assert import_(book, world).stderr.splitlines()[-1] == "没有改动"


def test_importing_twice_changes_nothing_the_second_time(book: Path, world: Path) -> None:
    change(book, "数字", "s003", {"as_written": "2.5亿元"})
    assert import_(book, world, "--write").exit_code == 0
    assert import_(book, world, "--write").stderr.splitlines()[-1] == "没有改动"


# --- the workbook as an outsider sees it


def test_ids_are_locked_without_a_password_and_other_cells_are_open(exported: Path) -> None:
    page = openpyxl.load_workbook(exported)["数字"]
    own = columns(page)
    assert page.protection.sheet
    assert page.protection.password is None
    assert page.cell(3, own["id"]).protection.locked
    assert page.cell(3, own["source"]).protection.locked
    assert not page.column_dimensions[page.cell(1, own["as_written"]).column_letter].protection.locked
    assert not page.column_dimensions[page.cell(1, own["id"]).column_letter].protection.locked  # of rows to come


def test_every_filled_cell_but_ids_can_be_typed_into(exported: Path) -> None:
    page = openpyxl.load_workbook(exported)["数字"]
    locked = {
        page.cell(1, cell.column).value
        for row in page.iter_rows(min_row=3, min_col=3)
        for cell in row
        if cell.value is not None and cell.protection.locked
    }
    assert locked == {"id", "source"}


def test_drop_downs_offer_the_places_by_name_and_the_stages_of_the_code_list(exported: Path) -> None:
    opened = openpyxl.load_workbook(exported)
    assert "海州省 (haizhou)" in choices(opened, "结对", "supporter")
    assert choices(opened, "数字", "stage") == [
        f"{concept.zh} ({notation})" for notation, concept in load_ontology().concepts["stage"].items()
    ]
    assert "海山" in choices(opened, "数字", "about")


def choices(opened: Any, title: str, name: str) -> list[str]:
    """What the drop-down of a column offers."""
    page = opened[title]
    letter = page.cell(1, columns(page)[name]).column_letter
    found = next(v for v in page.data_validations.dataValidation if str(v.sqref).startswith(f"{letter}3:"))
    sheet, span = found.formula1.split("!")
    return [cell.value for (cell,) in opened[sheet][span.replace("$", "")]]


def test_headers_are_chinese_with_the_machine_name_in_a_hidden_row_and_a_note(exported: Path) -> None:
    page = openpyxl.load_workbook(exported)["数字"]
    at = columns(page)["as_written"]
    assert (page.cell(1, at).value, page.cell(2, at).value) == ("as_written", "原文写法")
    assert page.row_dimensions[1].hidden
    assert page.cell(2, at).comment.text.startswith("原文写法：来源印出的数字原样")
    assert page.cell(2, columns(page)["measure"]).value == "指标 *"
    assert [page.column_dimensions[letter].hidden for letter in "AB"] == [True, True]
    assert coordinate_to_tuple(page.freeze_panes) == (3, 5)


def test_english_headers_and_names_where_asked_for(tmp_path: Path, world: Path) -> None:
    book = tmp_path / "e.xlsx"
    CliRunner().invoke(app, ["sheet", "export", str(book), "--data", str(world), "--lang", "en"])
    page = openpyxl.load_workbook(book)["Pairings"]
    at = columns(page)["supporter"]
    assert (page.cell(2, at).value, page.cell(row_of(page, YEARBOOK, "s001"), at).value) == (
        "supporter",
        "Haizhou (haizhou)",
    )


def test_no_cell_is_a_formula_and_what_looks_like_one_has_an_apostrophe(world: Path, tmp_path: Path) -> None:
    (world / YEARBOOK).write_text(HOSTILE, encoding="utf-8")
    book = tmp_path / "h.xlsx"
    ckg("export", book, "--data", world)
    opened = openpyxl.load_workbook(book)
    cells = [cell for page in opened.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells if cell.parent.title not in ("_ckg",)} == {
        ("s", "@")
    }
    page = opened["释义"]
    row = row_of(page, YEARBOOK, "s001")
    assert page.cell(row, columns(page)["term"]).value == "'-1+2"
    assert page.cell(row, columns(page)["locator"]).value == "''=1"


def test_one_sheet_for_each_kind_and_register(exported: Path) -> None:
    assert [page.title for page in openpyxl.load_workbook(exported).worksheets if page.sheet_state == "visible"] == [
        *("结对", "参与", "数字", "文件", "政策作用", "变更", "事件", "工程", "做法", "阶段", "释义", "评价", "来源"),
        *("名册 地区", "名册 协作项目", "名册 结对", "名册 政策", "名册 机构", "名册 工程", "名册 事件"),
    ]


def test_only_some_kinds_of_one_source(tmp_path: Path) -> None:
    book = tmp_path / "some.xlsx"
    assert ckg("export", book, "--data", MINI, "--kind", "figure", "--source", "reprint").exit_code == 0
    opened = openpyxl.load_workbook(book)
    assert [page.title for page in opened.worksheets if page.sheet_state == "visible"] == ["数字"]
    assert [page[1].value for page in opened["数字"].iter_rows(min_row=3, max_col=3)] == [
        opened["数字"].cell(row, 2).value for row in range(3, opened["数字"].max_row + 1)
    ]
    assert {row[0].value for row in opened["数字"].iter_rows(min_row=3)} == {"statements/reprint.yaml"}


def test_a_workbook_has_the_same_bytes_under_another_seed_zone_and_locale(tmp_path: Path) -> None:
    def made(name: str, **environment: str) -> bytes:
        call = "from cooperation_kg.cli import main; main()"
        arguments = ["sheet", "export", str(tmp_path / name), "--data", str(MINI), "--lang", "zh"]
        subprocess.run(
            [sys.executable, "-c", call, *arguments], check=True, capture_output=True, env={**os.environ, **environment}
        )
        return (tmp_path / name).read_bytes()

    one = made("a.xlsx", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    assert made("b.xlsx", PYTHONHASHSEED="2", TZ="Asia/Shanghai", LC_ALL="C.UTF-8") == one


# --- CSV


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny world as CSV files."""
    assert ckg("export", f"{tmp_path}/csv/", "--data", MINI).exit_code == 0
    return tmp_path / "csv"


def retyped(path: Path, edit: Callable[[list[list[str]]], None], *, delimiter: str = ",") -> None:
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    edit(rows)
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    path.write_bytes(written.getvalue().encode("utf-8-sig"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_cell_of_a_csv_file_is_taken_over_whatever_parts_the_fields(
    delimiter: str, folder: Path, world: Path
) -> None:
    def edit(rows: list[list[str]]) -> None:
        at = rows[0].index("原文写法")
        next(row for row in rows if row[at] == "2亿元")[at] = "2.5亿元"

    retyped(folder / "figure.csv", edit, delimiter=delimiter)
    assert import_(folder, world, "--write").exit_code == 0
    assert (world / YEARBOOK).read_text(encoding="utf-8") == mended(
        YEARBOOK, "2亿元\n  during: 2018", "2.5亿元\n  during: 2018"
    )


def test_a_bad_cell_of_a_csv_file_is_named_as_a_spreadsheet_names_it(folder: Path, world: Path) -> None:
    def edit(rows: list[list[str]]) -> None:
        rows[1][rows[0].index("帮扶方")] = "无此地"

    retyped(folder / "pairing.csv", edit)
    head = (folder / "pairing.csv").read_bytes().decode("utf-8-sig").splitlines()[0].split(",")
    assert faults(import_(folder, world)) == [(f"pairing.csv!{chr(65 + head.index('帮扶方'))}2", "E703")]


def test_csv_in_another_encoding_is_refused_with_what_to_do(folder: Path, world: Path) -> None:
    path = folder / "pairing.csv"
    path.write_bytes(path.read_bytes().decode("utf-8-sig").encode("gb18030"))
    done = import_(folder, world)
    assert faults(done) == [("pairing.csv", "E705")]
    assert "GB18030" in str(done.exception)


def test_a_folder_without_our_files_is_said_to_be_none(tmp_path: Path, world: Path) -> None:
    assert faults(import_(tmp_path, world)) == [(tmp_path.name, "E705")]


def test_an_unknown_kind_is_wrong_usage(tmp_path: Path) -> None:
    assert ckg("export", tmp_path / "x.xlsx", "--data", MINI, "--kind", "figures").exit_code == 2
