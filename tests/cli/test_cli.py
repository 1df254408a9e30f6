"""The command as people run it: exit codes, messages, nothing half-written, never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MINI = Path(__file__).parent.parent / "data" / "mini"


def run(
    *arguments: str, stdin: bytes = b"", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run ``ckg`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from cooperation_kg.cli import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "CKG_LANG": "en", **environment},
        check=False,
    )


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the tiny world that a test may break."""
    return Path(shutil.copytree(MINI, tmp_path / "world"))


def test_check_of_a_clean_folder_exits_0_and_says_so() -> None:
    done = run("check", "--data", str(MINI))
    assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (0, "no errors, no warnings")


def test_check_names_file_line_column_and_code_and_exits_1(world: Path) -> None:
    (world / "programmes.yaml").write_text(
        "- id: Wrong Id\n  name: 名\n  type: counterpart-support\n", encoding="utf-8"
    )
    done = run("check", "--data", str(world))
    assert done.returncode == 1
    assert "programmes.yaml:1:7 E108" in done.stderr.decode()


def test_check_speaks_chinese_when_asked(world: Path) -> None:
    (world / "programmes.yaml").write_text(
        "- id: Wrong Id\n  name: 名\n  type: counterpart-support\n", encoding="utf-8"
    )
    assert "不能作 id" in run("check", "--data", str(world), "--lang", "zh").stderr.decode()


def test_check_as_json_is_a_list_of_issues(world: Path) -> None:
    (world / "dataset.yaml").write_text("title: 题\n", encoding="utf-8")
    issues = json.loads(run("check", "--data", str(world), "--format", "json").stdout)
    assert {issue["file"] for issue in issues} == {f"{world.as_posix()}/dataset.yaml"}
    assert {issue["severity"] for issue in issues} == {"error"}


def test_check_as_sarif_names_rule_and_region(world: Path) -> None:
    (world / "programmes.yaml").write_text(
        "- id: Wrong Id\n  name: 名\n  type: counterpart-support\n", encoding="utf-8"
    )
    log = json.loads(run("check", "--data", str(world), "--format", "sarif").stdout)
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "E108")
    assert log["version"] == "2.1.0"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 7}


def test_a_missing_data_folder_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    done = run("check", "--data", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"dataset.yaml" in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00binary",
        "标题: 名".encode("gb18030"),
        b"a: &x [*x]\n",
        b"[" * 5000,
        b"a: 1\n---\nb: 2\n",
        b"\ta: 1\n",
        b'a: "open\n',
    ],
    ids=["binary", "gb18030", "alias", "deep", "two-documents", "tab", "unclosed"],
)
def test_a_hostile_file_gets_an_error_and_no_traceback(world: Path, content: bytes) -> None:
    (world / "programmes.yaml").write_bytes(content)
    done = run("check", "--data", str(world))
    assert done.returncode == 1
    assert b"programmes.yaml" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"internal error" not in done.stderr


def test_build_writes_every_promised_file_and_says_which_to_open(tmp_path: Path) -> None:
    done = run("build", "--data", str(MINI), "-o", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr.decode()
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made >= {"index.html", "network.html", "place", "pairing", "source", "assets", "graph.trig", "graph.ttl"}
    assert done.stderr.decode().splitlines()[-1].endswith("index.html")


def test_build_of_broken_facts_leaves_the_last_build_as_it_was(world: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", "--data", str(world), "-o", str(out)).returncode == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (world / "programmes.yaml").write_text("- id: x\n", encoding="utf-8")
    assert run("build", "--data", str(world), "-o", str(out)).returncode == 1
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_build_into_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    done = run("build", "--data", str(MINI), "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert b"cannot write" in done.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_an_example_is_listed_with_the_command_that_runs_it() -> None:
    listed = run("query", "--examples").stdout.decode()
    assert "ckg query pairings-without-evidence" in listed


def test_an_example_is_run_by_its_name_and_brings_its_year() -> None:
    ran = run("query", "wenchuan-rebuilding-certain-2009", "-f", "csv").stdout.decode()
    assert "sichuan-dujiangyan" in ran


def test_an_example_that_is_a_command_says_which() -> None:
    asked = run("query", "list-of-questions")
    assert (asked.returncode, b"ckg query --list" in asked.stderr) == (1, True)


def test_query_list_names_every_question() -> None:
    from cooperation_kg.query.library import named_queries

    listed = run("query", "--list").stdout.decode()
    assert [name for name in named_queries() if f"\n{name}  " not in f"\n{listed}"] == []
    assert len(named_queries()) >= 20


def test_query_reads_sparql_from_a_pipe_and_from_a_file(tmp_path: Path) -> None:
    sparql = b"SELECT (COUNT(?p) AS ?n) WHERE { ?p a coop:Pairing }"
    (tmp_path / "q.rq").write_bytes(sparql)
    piped = run("query", "-", "-f", "csv", "--data", str(MINI), stdin=sparql)
    filed = run("query", str(tmp_path / "q.rq"), "-f", "csv", "--data", str(MINI))
    assert piped.returncode == 0
    assert piped.stdout == filed.stdout
    assert int(piped.stdout.split()[1]) > 0


def test_construct_comes_out_as_turtle_without_being_asked() -> None:
    sparql = b"CONSTRUCT { ?p coop:party ?x } WHERE { ?p coop:party ?x }"
    done = run("query", "-", "--data", str(MINI), stdin=sparql)
    assert done.stdout.startswith(b"@prefix")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["query", "no-such-question"], 1, "no question named"),
        (["query", "pairings", "-p", "nonsense=1"], 1, "no parameter nonsense"),
        (["query", "pairings", "-p", "nonsense"], 2, "name=value"),
        (["query"], 2, "--list"),
        (["export", "word"], 1, "no export format"),
        (["export", "turtle", "--view", "network"], 1, "graphml --view network"),
        (["check", "--format", "word"], 2, "sarif"),
        (["check", "--lang", "fr"], 2, "zh or en"),
        (["frobnicate"], 2, "No such command"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        (b"SELECT * WHERE { ?s ?p }", "error"),
        (b"SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        (b"SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }", "FROM is refused"),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT is refused"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_bad_query_is_an_error_not_a_traceback(sparql: bytes, said: str) -> None:
    done = run("query", "-", "--data", str(MINI), stdin=sparql)
    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_export_to_stdout_and_to_a_file_are_the_same_bytes(tmp_path: Path) -> None:
    piped = run("export", "nquads", "--data", str(MINI)).stdout
    assert run("export", "nquads", "--data", str(MINI), "-o", str(tmp_path / "g.nq")).returncode == 0
    assert (tmp_path / "g.nq").read_bytes() == piped


def test_output_is_utf_8_under_a_chinese_windows_locale() -> None:
    done = run("query", "pairings-all", "--data", str(MINI), PYTHONIOENCODING="gbk")
    assert done.returncode == 0, done.stderr
    done.stdout.decode("utf-8")


def test_a_table_aligns_chinese_by_its_width_on_screen() -> None:
    from cooperation_kg.cli.query import format_table
    from cooperation_kg.query.table import Table

    table = Table(("a", "b"), ({"a": "北京市", "b": 1}, {"a": "x", "b": None}), ())
    assert format_table(table) == "a       b\n------  ----\n北京市  1\nx\n"


def test_a_table_never_moves_the_cursor_of_the_terminal() -> None:
    from cooperation_kg.cli.query import format_table
    from cooperation_kg.query.table import Table

    assert "\x1b" not in format_table(Table(("a",), ({"a": "\x1b[2J\n"},), ()))


@pytest.mark.parametrize("command", ["build", "check", "audit", "query", "export", "site", "page", "schema"])
def test_every_command_has_help_with_an_example_in_both_languages(command: str) -> None:
    shown = run(command, "--help").stdout.decode()
    assert "Example 示例" in shown


def test_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert run("--version").stdout.decode().strip() == f"cooperation-kg {version('cooperation-kg')}"


@pytest.mark.parametrize("name", ["query", "kg", "file_format", "as_of"])
def test_a_parameter_named_like_an_option_of_ours_is_a_plain_error(name: str) -> None:
    done = run("query", "pairings", "-p", f"{name}=x", "-f", "csv", "--data", str(MINI))
    assert done.returncode in (1, 2)
    assert b"internal error" not in done.stderr


def test_a_long_query_may_stand_on_the_command_line() -> None:
    sparql = "SELECT (1 AS ?x) { " + " ".join(f"# {'x' * 40}\n" for _ in range(20)) + "}"
    done = run("query", sparql, "-f", "csv", "--data", str(MINI))
    assert (done.returncode, done.stdout.split()) == (0, [b"x", b"1"])


def test_a_file_called_like_a_question_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "pairings").touch()
    assert run("query", "pairings", "--data", str(MINI), cwd=tmp_path).returncode == 0


def test_build_shows_warnings_and_builds(world: Path, tmp_path: Path) -> None:
    (world / "statements" / "extra.yml").write_text("[]", encoding="utf-8")
    done = run("check", "--data", str(world))
    assert "W407" in done.stderr.decode()
    assert run("build", "--data", str(world), "-o", str(tmp_path / "out")).returncode == 0


def test_faults_are_named_from_where_the_caller_stands(world: Path) -> None:
    (world / "programmes.yaml").write_text("- id: x\n", encoding="utf-8")
    said = run("check", "--data", world.name, cwd=world.parent).stderr.decode()
    assert f"\n{world.name}/programmes.yaml:1:" in said


def test_build_speaks_the_language_asked_for_in_its_errors(world: Path) -> None:
    (world / "programmes.yaml").write_text("- id: x\n", encoding="utf-8")
    assert "缺少字段" in run("build", "--data", str(world), "--lang", "zh").stderr.decode()


def test_pages_do_not_follow_the_locale(tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        run("build", "--data", str(MINI), "-o", str(tmp_path / lang), CKG_LANG=lang)
    assert (tmp_path / "zh" / "index.html").read_bytes() == (tmp_path / "en" / "index.html").read_bytes()
