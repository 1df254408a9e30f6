"""A dataset of one's own from Python: what the functions give, that they write nothing, and what they refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

import cooperation_kg as ckg
from cooperation_kg.errors import CurationError, InvalidCorpus, UnreadableSheet

MINI = Path(__file__).parent / "data" / "mini"
PAIRING = {
    "source": "first-report",
    "programme": "test-east-west",
    "supporter": "linjiang",
    "recipient": "shanyuan",
    "from": "2001",
    "locator": "第9段",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "facts"))


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def book(folder: Path, tmp_path: Path) -> Path:
    ckg.write_files(tmp_path, {"facts.xlsx": ckg.export_sheet(folder, lang="en")})
    return tmp_path / "facts.xlsx"


def test_a_dataset_that_is_begun_can_be_loaded(tmp_path: Path) -> None:
    ckg.write_files(tmp_path, ckg.begin_dataset("县域协作", standalone=True))
    assert ckg.load_corpus(tmp_path / "data").dataset.title.zh == "县域协作"


def test_a_record_that_is_added_is_a_statement_of_the_dataset(folder: Path) -> None:
    before = content_of(folder)
    made = ckg.add_record(folder, "pairing", PAIRING)
    assert content_of(folder) == before
    assert list(made) == ["statements/first-report.yaml"]
    ckg.write_files(folder, made)
    assert "test-east-west.linjiang.shanyuan" in ckg.build_graph(ckg.load_corpus(folder)).derived.pairings


def test_a_record_that_lacks_something_says_what(folder: Path) -> None:
    with pytest.raises(CurationError, match="programme"):
        ckg.add_record(folder, "pairing", {"source": "first-report", "supporter": "linjiang", "recipient": "shanyuan"})


def test_a_record_of_no_kind_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="figure"):
        ckg.add_record(folder, "rumour", {})


def test_an_untouched_workbook_changes_nothing(folder: Path, book: Path) -> None:
    assert ckg.import_sheet(book, folder, lang="en") == {}


def changed(book: Path, before: str, after: str) -> Path:
    workbook = openpyxl.load_workbook(book)
    cells = [cell for page in workbook for row in page.iter_rows() for cell in row if cell.value == before]
    assert cells
    for cell in cells:
        cell.value = after
    workbook.save(book)
    return book


def test_a_changed_cell_is_the_smallest_edit(folder: Path, book: Path) -> None:
    made = ckg.import_sheet(changed(book, "1.2亿元", "1.3亿元"), folder, lang="en")
    name = "statements/first-report.yaml"
    assert made == {name: (folder / name).read_bytes().replace("1.2亿元".encode(), "1.3亿元".encode())}


def test_a_cell_that_says_nothing_readable_is_refused(folder: Path, book: Path) -> None:
    with pytest.raises((UnreadableSheet, InvalidCorpus)):
        ckg.import_sheet(changed(book, "3.5亿元", "三五亿"), folder, lang="en")


def test_one_kind_and_one_source_of_a_workbook(folder: Path, tmp_path: Path) -> None:
    content = ckg.export_sheet(folder, kinds=["figure"], sources=["yearbook"], lang="en")
    ckg.write_files(tmp_path, {"some.xlsx": content})
    workbook = openpyxl.load_workbook(tmp_path / "some.xlsx")
    texts = {str(cell.value) for page in workbook for row in page.iter_rows() for cell in row}
    assert {"120名", "3.5亿元"} & texts == {"120名"}


def test_the_same_dataset_merges_into_nothing(folder: Path) -> None:
    assert ckg.merge_datasets(MINI, folder) == {}


def test_what_is_new_in_another_dataset_comes_in(folder: Path, tmp_path: Path) -> None:
    theirs = Path(shutil.copytree(MINI, tmp_path / "theirs"))
    ckg.write_files(theirs, ckg.add_record(theirs, "pairing", PAIRING))
    ckg.write_files(folder, ckg.merge_datasets(theirs, folder))
    assert ckg.merge_datasets(theirs, folder) == {}
    assert "test-east-west.linjiang.shanyuan" in ckg.build_graph(ckg.load_corpus(folder)).derived.pairings


def test_a_grade_that_there_is_not_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="certain"):
        ckg.merge_datasets(MINI, folder, accept="perhaps")


def test_only_a_file_out_of_order_is_put_in_order(folder: Path) -> None:
    ckg.write_files(folder, ckg.format_dataset(folder))
    path = folder / "events.yaml"
    ordered = path.read_bytes()
    path.write_bytes(ordered.replace(b"- id:", b"-   id:").replace(b"\n  ", b"\n    "))
    assert ckg.format_dataset(folder) == {"events.yaml": ordered}
