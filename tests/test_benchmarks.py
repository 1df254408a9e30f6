"""What the benchmarks rest on: the made-up record, the mapping of the peers, the fit, and the report."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import cooperation_kg as ckg
from cooperation_kg.curate.corpus import read_corpus

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
NAMES = ("national", "synthetic", "timing", "equality", "report", "mapping", "plain")
SIZE = 400


@pytest.fixture(scope="module")
def bench() -> Iterator[dict[str, ModuleType]]:
    """The modules of the benchmarks, which are scripts and no package."""
    before = sys.path[:]
    sys.path[:0] = [str(BENCHMARKS), str(BENCHMARKS / "peers")]
    yield {name: import_module(name) for name in NAMES}
    sys.path[:] = before
    for name in NAMES:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def record(bench: dict[str, ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("record")
    bench["national"].write_record(folder, SIZE)
    return folder


def test_the_same_seed_gives_the_same_bytes(bench: dict[str, ModuleType], record: Path, tmp_path: Path) -> None:
    bench["national"].write_record(tmp_path, SIZE)
    held = {path.relative_to(record): path.read_bytes() for path in record.rglob("*.yaml")}
    assert {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.yaml")} == held


def test_another_seed_gives_other_facts(bench: dict[str, ModuleType], record: Path, tmp_path: Path) -> None:
    bench["national"].write_record(tmp_path, SIZE, seed=2)
    name = Path("statements", "source-1.yaml")
    assert (tmp_path / name).read_bytes() != (record / name).read_bytes()


def test_the_record_holds_as_many_statements_as_asked_for_of_every_kind(
    bench: dict[str, ModuleType], record: Path
) -> None:
    corpus, _ = read_corpus(record)
    assert corpus is not None
    assert len(corpus.statements) == SIZE
    assert {statement.kind for statement in corpus.statements.values()} == set(bench["national"].KINDS)


def test_the_record_has_no_error(record: Path) -> None:
    corpus, issues = read_corpus(record)
    assert corpus is not None
    assert [issue for issue in [*issues, *ckg.check(corpus)] if issue.severity == "error"] == []


def test_a_figure_is_told_with_two_numbers(record: Path) -> None:
    told: dict[tuple[str, ...], set[str]] = {}
    for path in (record / "statements").iterdir():
        for entry in path.read_text(encoding="utf-8").split("- id: ")[1:]:
            fields = dict(line.strip().split(": ", 1) for line in entry.splitlines()[1:])
            if "as_written" in fields:
                cell = tuple(fields.get(name, "") for name in ("about", "measure", "during", "at", "scope_note"))
                told.setdefault(cell, set()).add(fields["as_written"])
    assert [cell for cell, literals in told.items() if len(literals) > 1]


def test_the_plain_script_says_what_ours_says(bench: dict[str, ModuleType], record: Path, tmp_path: Path) -> None:
    bench["plain"].main(record, tmp_path / "plain")
    ours = tmp_path / "graph.ttl"
    ours.write_bytes(ckg.export(ckg.build_graph(ckg.load_corpus(record)), "turtle"))
    found = bench["equality"].equality(ours, tmp_path / "plain" / "graph.ttl")
    assert found["both"] > 5 * SIZE
    assert (found["only ours"], found["only theirs"]) == (0, 0)


def test_a_triple_that_only_one_of_them_has_is_counted(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    said = "<https://e.org/id/statement/a.s1> <https://w3id.org/cooperation-kg/def#locator> "
    (tmp_path / "ours.nt").write_text(said + '"1"@zh .\n' + said + '"2" .\n', encoding="utf-8")
    (tmp_path / "theirs.nt").write_text(said + '"1" .\n', encoding="utf-8")
    files = tmp_path / "ours.nt", tmp_path / "theirs.nt"
    assert bench["equality"].equality(*files) == {"both": 0, "only ours": 2, "only theirs": 1}
    assert bench["equality"].equality(*files, languages=False) == {"both": 1, "only ours": 1, "only theirs": 0}


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_found(bench: dict[str, ModuleType], power: float) -> None:
    sizes = [1e3, 1e5, 1e6]
    assert bench["timing"].exponent(sizes, [7 * size**power for size in sizes]) == pytest.approx(power)


def _run(seconds: float) -> dict[str, Any]:
    def of(value: float) -> dict[str, dict[str, float]]:
        taken = {"median": value, "least": value, "most": value}
        return {"cpu s": taken, "wall s": taken, "peak MB": taken}

    return {"build": {"M": {"ours": of(seconds), "plain": of(90.0)}}}


@pytest.mark.parametrize(("seconds", "said"), [(5.0, "| 18× | met |"), (6.0, "| 15× | **not met** |")])
def test_an_aim_is_said_to_be_met_only_where_it_is(bench: dict[str, ModuleType], seconds: float, said: str) -> None:
    run = bench["report"].Run({"measures": _run(seconds), "sizes": {"M": {"statements": 100_000}}})
    assert f"| M, build, CPU: plain ÷ ours | ≥ 18× {said}" in bench["report"].targets(run)


def test_a_question_that_was_given_up_counts_with_the_time_it_was_given(bench: dict[str, ModuleType]) -> None:
    row = {"rows": 1, "ours s": {"median": 0.5}, "rdflib rows": None, "rdflib s": None, "given up after s": 20}
    run = bench["report"].Run({"measures": {"questions": {"S": {"find": row}}}, "sizes": {"S": {"statements": 1000}}})
    assert run.question_ratios("S") == [40.0]


def test_the_report_follows_from_the_measurements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.setattr(sys, "argv", ["report.py", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(BENCHMARKS / "report.py"), run_name="__main__")
    assert ended.value.code == 0


def test_no_measurement_names_a_folder_of_a_machine() -> None:
    text = (BENCHMARKS / "results" / "run.json").read_text(encoding="utf-8")
    assert json.loads(text)["rounds"] > 0
    assert not [part for part in ("/tmp", "/home", "/root", "/work") if part in text]
