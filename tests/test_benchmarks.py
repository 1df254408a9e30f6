"""What the benchmarks rest on: the made-up record, the mapping of the peers, the fit, and the report."""

from __future__ import annotations

import json
import re
import runpy
import shutil
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import cooperation_kg as ckg
from cooperation_kg.curate.corpus import read_corpus
from cooperation_kg.locations import data_folder
from cooperation_kg.render.exports import FORMATS

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SERVING = ("watching", "serving_client", "serving_load", "serving_process", "serving_report", "serving_sizes", "peers")
NAMES = ("national", "synthetic", "timing", "equality", "report", "inside", "run", "mapping", "plain", *SERVING)
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


def test_every_answer_is_timed_first_and_again_and_its_rows_are_counted(
    bench: dict[str, ModuleType], record: Path
) -> None:
    told = bench["inside"].answers(record, 1)
    kg = ckg.build_graph(ckg.load_corpus(record))
    answers = {name: row for name, row in told.items() if name != "store filled"}
    assert all(set(row) == {"rows", "first s", "again s"} for row in answers.values())
    assert told["conflicts"]["rows"] == len(ckg.conflicts(kg).found) > 0
    assert told["show"]["rows"] == sum(len(part.rows) for part in ckg.show(kg, min(kg.derived.pairings)).parts) > 0


def test_every_export_that_is_one_file_is_timed_and_weighed(bench: dict[str, ModuleType], record: Path) -> None:
    told = bench["inside"].exports(record, 1)
    kg = ckg.build_graph(ckg.load_corpus(record))
    assert set(told) == {name for name, row in FORMATS.items() if row.views[0] not in row.folders}
    assert told["turtle"]["bytes"] == len(ckg.export(kg, "turtle"))


def test_the_first_call_of_an_answer_and_the_others_are_told_apart(bench: dict[str, ModuleType]) -> None:
    took = {"rows": 2000, "first s": 0.5, "again s": {"median": 0.001, "least": 0.001, "most": 0.002}}
    measures = {"answers": {"S": {"total": took}, "M": {"total": {**took, "first s": 50.0}}}}
    sizes = {"S": {"statements": 1000}, "M": {"statements": 100_000}}
    run = bench["report"].Run({"measures": measures, "sizes": sizes})
    assert "| total | 2,000 | 0.5 | 0.001 (0.001–0.002) | 250 |" in bench["report"].answered(run)
    grown = bench["report"].growth(run)
    assert "| answer total, first | 1.00 | S 0.5, M 50 |" in grown
    assert "| answer total, again | 0.00 | S 0.001, M 0.001 |" in grown
    aims = [row[:2] for row in bench["report"].aims(run) if row[2] in (50.0, 0.001)]
    assert aims == [("M, `total`, first call", "≤ 0.05 s"), ("M, `total`, every other", "≤ 0.05 s")]


def test_what_is_measured_later_is_added_to_what_was_measured_before(
    bench: dict[str, ModuleType], tmp_path: Path
) -> None:
    output = tmp_path / "run.json"
    before = {"date": "2020-01-01", "measures": {"build": {"S": {"ours": 1}}}, "sizes": {"S": {"statements": 1000}}}
    output.write_text(json.dumps(before), encoding="utf-8")
    given = bench["run"].arguments(["--add", "-o", str(output), "--only", "answers"])
    later = bench["run"].Bench(given, tmp_path)
    later.keep("answers", "S", "total", 2)
    found = json.loads(output.read_text(encoding="utf-8"))
    assert found["measures"] == {"build": {"S": {"ours": 1}}, "answers": {"S": {"total": 2}}}
    assert found["days"] == {"build": "2020-01-01", "answers": found["date"]}


@pytest.mark.parametrize("name", ["report.py", "serving_report.py"])
def test_the_report_follows_from_the_measurements(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.setattr(sys, "argv", [name, "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(BENCHMARKS / name), run_name="__main__")
    assert ended.value.code == 0


@pytest.mark.parametrize("name", ["run", "serving"])
def test_no_measurement_names_a_folder_of_a_machine(name: str) -> None:
    text = (BENCHMARKS / "results" / f"{name}.json").read_text(encoding="utf-8")
    assert json.loads(text)
    assert not [part for part in ("/tmp", "/home", "/root", "/work") if part in text]


# of the server


def test_every_test_that_the_table_of_faults_names_is_there() -> None:
    root = BENCHMARKS.parent
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (root / "docs" / "sizing.md").read_text(encoding="utf-8"))
    assert len(named) > 5
    assert [name for path, name in named if f"\ndef {name}(" not in (root / path).read_text(encoding="utf-8")] == []


def test_a_table_of_the_page_changes_with_the_measurement(bench: dict[str, ModuleType]) -> None:
    report = bench["serving_report"]
    page = report.PAGE.read_text(encoding="utf-8")
    found = json.loads(report.RESULTS.read_text(encoding="utf-8"))
    found["soak"]["wrong"] = {"point": 1}
    assert report.written(page, found) != page


@pytest.mark.parametrize(("part", "value"), [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0)])
def test_a_percentile_is_the_value_below_which_that_part_lies(
    bench: dict[str, ModuleType], part: float, value: float
) -> None:
    assert bench["serving_client"].percentile([float(n) for n in range(100, 0, -1)], part) == value


@pytest.mark.parametrize("power", [0.5, 1.0, 1.5])
def test_what_is_extrapolated_lies_on_the_power_through_the_measurements(
    bench: dict[str, ModuleType], power: float
) -> None:
    sizes = [1e5, 1e6, 1e7]
    found = bench["serving_report"].extrapolated(sizes, [3 * size**power for size in sizes], 1e8)
    assert found == pytest.approx((power, 3 * 1e8**power))


def test_a_soak_edits_what_is_there(bench: dict[str, ModuleType]) -> None:
    soak = import_module("serving_soak")
    sys.modules.pop("serving_soak")
    missing = [
        (name, path)
        for name, subject in soak.SUBJECTS.items()
        for path, before, _ in subject.edits
        if (subject.data / path).read_text(encoding="utf-8").count(before) != 1
    ]
    assert missing == []


def test_the_measured_proxy_is_that_of_the_documentation_with_other_ports(bench: dict[str, ModuleType]) -> None:
    text = (BENCHMARKS.parent / "docs" / "replicas.md").read_text(encoding="utf-8")
    told = text.split("```haproxy\n")[1].partition("```")[0]
    made = bench["serving_load"].configuration(9000, [9001], "    http-check send meth GET uri /x", told).splitlines()
    assert "    bind 127.0.0.1:9000" in made
    assert "    http-check send meth GET uri /x" in made
    assert [line for line in made if line.strip().startswith("server ")] == [
        "    server s9001 127.0.0.1:9001 check inter 1s"
    ]
    assert len(made) == len(told.splitlines()) - 1


def test_what_is_edited_to_be_watched_is_a_figure_of_the_shipped_facts(
    bench: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = bench["watching"]
    monkeypatch.setattr(watching, "_REST", 0.0)
    shutil.copytree(data_folder() / "statements", tmp_path / "statements")
    found = []
    for turn in range(2):
        with watching.edited(tmp_path, turn) as (figure, _):
            found.append(figure in (tmp_path / watching.FILE).read_text(encoding="utf-8"))
    assert (found, watching.FIGURES[0] == ckg.load_corpus().statements[watching.STATEMENT].literal) == (
        [True] * 2,
        True,
    )


def test_an_edit_that_is_never_answered_ends_the_measurement(
    bench: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench["watching"], "_LONGEST", 0.0)
    with pytest.raises(bench["timing"].Failed):
        bench["watching"].seconds_until(time.perf_counter(), lambda: False)
