"""Is the data package one by the standard, and does it hold what the tables hold? frictionless reads it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hostile import CONTROL, HOSTILE, renamed

from cooperation_kg.errors import UnknownFormat
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.selecting import Selection
from cooperation_kg.render.exports import export, export_files, file_name
from cooperation_kg.render.exports.tables import PLANS, Filled


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / "datapackage.json"


def faults(descriptor: Path) -> list[str]:
    report = frictionless.validate(str(descriptor))
    return [f"{task.name}: {error.type}" for task in report.tasks for error in task.errors] + [
        error.type for error in report.errors
    ]


def rows_of(descriptor: Path, name: str) -> list[Mapping[str, Any]]:
    return [row.to_dict() for row in frictionless.Package(str(descriptor)).get_table_resource(name).read_rows()]


def exactly(value: object) -> object:
    """Degrees come back as decimals."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def described(files: Mapping[str, bytes]) -> Any:
    return json.loads(files["datapackage.json"])


@pytest.fixture(scope="module")
def files(mini: KnowledgeGraph) -> Mapping[str, bytes]:
    return export_files(mini, "package")


@pytest.fixture(scope="module")
def shipped_package(real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(export_files(real, "package"), tmp_path_factory.mktemp("package"))


def test_the_package_holds_descriptor_readme_tables_and_graph(files: Mapping[str, bytes]) -> None:
    assert list(files) == ["datapackage.json", "README.md", *(f"{name}.csv" for name in PLANS), "graph.trig"]
    assert file_name("package") == "data-package"


def test_frictionless_finds_no_fault_in_the_package_of_the_shipped_facts(shipped_package: Path) -> None:
    assert faults(shipped_package) == []


def test_frictionless_reads_every_cell_of_the_shipped_facts_back(
    shipped_package: Path, shipped: dict[str, Filled]
) -> None:
    for name in ("nodes", "edges", "terms"):
        table = shipped[name]
        names = [column.name for column in table.plan.columns]
        read = [[row[column] for column in names] for row in rows_of(shipped_package, name)]
        assert read == [[exactly(value) for value in row] for row in table.rows]


def test_frictionless_reads_figures_exactly_and_days_as_days(files: Mapping[str, bytes], tmp_path: Path) -> None:
    found = next(r for r in rows_of(written(files, tmp_path), "statements") if r["id"] == "first-report.s006")
    assert (str(found["value"]), found["first_day"].isoformat()) == ("120000000", "2016-01-01")
    assert found["as_noted"] is False


def test_frictionless_finds_a_file_that_was_changed(files: Mapping[str, bytes], tmp_path: Path) -> None:
    changed = {**files, "terms.csv": files["terms.csv"].replace(b"2010-01-01", b"2010-01-02")}
    assert faults(written(changed, tmp_path)) == ["terms: hash-count"]


def test_frictionless_finds_a_pairing_whose_party_is_missing(files: Mapping[str, bytes], tmp_path: Path) -> None:
    told = described(files)
    for resource in told["resources"]:
        del resource["hash"], resource["bytes"]
    without = files["nodes.csv"].decode().split("\r\n")
    kept = "\r\n".join(line for line in without if not line.startswith("linjiang,")).encode()
    changed = {**files, "nodes.csv": kept, "datapackage.json": json.dumps(told).encode()}
    assert set(faults(written(changed, tmp_path))) == {"edges: foreign-key"}


def test_each_file_has_its_size_and_hash(files: Mapping[str, bytes]) -> None:
    resources = {resource["path"]: resource for resource in described(files)["resources"]}
    assert set(resources) == set(files) - {"datapackage.json", "README.md"}
    for path, resource in resources.items():
        assert resource["bytes"] == len(files[path])
        assert resource["hash"] == f"sha256:{hashlib.sha256(files[path]).hexdigest()}"


def test_the_descriptor_names_licence_version_creators_and_documents(
    files: Mapping[str, bytes], mini: KnowledgeGraph
) -> None:
    told = described(files)
    dataset = mini.corpus.dataset
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (told["title"], told["version"]) == (dataset.title.zh, dataset.version)
    assert [licence["path"] for licence in told["licenses"]] == [dataset.licence]
    assert [person["title"] for person in told["contributors"]] == list(dataset.creators)
    assert {"title": "海山协作二十年", "path": "https://example.org/first-report"} in told["sources"]
    assert {"title": "协作案例研究", "path": "https://doi.org/10.0000/test.2023"} in told["sources"]
    assert {"title": "测试年鉴2021"} in told["sources"]


def test_every_column_has_title_and_meaning_in_the_language_asked_for(mini: KnowledgeGraph) -> None:
    told = described(export_files(mini, "package", lang="en"))
    fields = {field["name"]: field for field in told["resources"][0]["schema"]["fields"]}
    assert (fields["as_written"]["title"], fields["value"]["type"]) == ("as written", "number")
    assert fields["first_day"]["type"] == "date"
    assert fields["id"]["constraints"] == {"required": True}
    assert "constraints" not in fields["value"]


def test_the_graph_in_the_package_is_the_exported_one(files: Mapping[str, bytes], mini: KnowledgeGraph) -> None:
    assert files["graph.trig"] == export(mini, "trig")


def test_cells_are_what_they_are_and_the_readme_says_so(mini: KnowledgeGraph) -> None:
    held = export_files(renamed(mini, "=1+1"), "package")
    assert b"\r\nhaizhou,=1+1,=1+1,=1+1," in held["nodes.csv"]
    assert "形似公式的文字没有加撇号" in held["README.md"].decode()
    assert not held["nodes.csv"].startswith(b"\xef\xbb\xbf")


def test_the_readme_is_in_both_languages_the_one_asked_for_first(mini: KnowledgeGraph) -> None:
    told = export_files(mini, "package", lang="en")["README.md"].decode()
    dataset = mini.corpus.dataset
    assert told.startswith(f"# {dataset.title.in_language('en')}\n")
    assert f"\n# {dataset.title.zh}\n" in told
    assert "| `terms.csv` | Terms of pairings | 7 |" in told


def test_a_part_says_what_it_was_narrowed_to_and_stays_valid(mini: KnowledgeGraph, tmp_path: Path) -> None:
    part = Selection(programme="test-east-west")
    held = export_files(mini, "package", as_of=parse_as_of("2016"), selection=part)
    assert described(held)["selection"]["as_of"] == "2016"
    assert described(held)["selection"]["programme"] == "test-east-west"
    assert "2016" in described(held)["description"]
    assert "只是一部分" in held["README.md"].decode()
    assert faults(written(held, tmp_path)) == []


def test_a_package_of_nothing_is_valid(mini: KnowledgeGraph, tmp_path: Path) -> None:
    held = export_files(mini, "package", selection=Selection(programme="test-action", level="province"))
    assert held["edges.csv"].count(b"\r\n") == 1
    assert faults(written(held, tmp_path)) == []


def test_the_whole_says_of_no_selection(files: Mapping[str, bytes]) -> None:
    assert "selection" not in described(files)


def test_hostile_names_survive_in_the_package(mini: KnowledgeGraph, tmp_path: Path) -> None:
    for number, hostile in enumerate([*HOSTILE.values(), CONTROL]):
        descriptor = written(export_files(renamed(mini, hostile), "package"), tmp_path / str(number))
        assert faults(descriptor) == []
        assert next(r for r in rows_of(descriptor, "nodes") if r["id"] == "haizhou")["label_zh"] == hostile


def test_a_package_is_no_single_file(mini: KnowledgeGraph) -> None:
    with pytest.raises(UnknownFormat):
        export(mini, "package")
