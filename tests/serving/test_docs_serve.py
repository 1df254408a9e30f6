"""What ``docs/serve.md`` shows: its requests are made, its unit and its container file are read as their readers do."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from serving_world import Server
from typer.main import get_command

from cooperation_kg.cli.app import app
from cooperation_kg.serving.settings import LARGEST_BODY, LARGEST_HEAD, LONGEST_URL, MOST_HEADERS, Settings

PAGE = (Path(__file__).parent.parent.parent / "docs" / "serve.md").read_text(encoding="utf-8")
UNIT_KEYS = {
    "Unit": {"Description", "After"},
    "Service": {
        "ExecStart",
        "ExecReload",
        "Restart",
        "DynamicUser",
        "PrivateTmp",
        "ProtectSystem",
        "ProtectHome",
        "PrivateDevices",
        "NoNewPrivileges",
        "RestrictAddressFamilies",
        "IPAddressDeny",
        "IPAddressAllow",
        "MemoryMax",
        "TasksMax",
    },
    "Install": {"WantedBy"},
}
"""Keys of systemd.unit(5), systemd.service(5), systemd.exec(5) and systemd.resource-control(5) that are used."""
INSTRUCTIONS = {"FROM", "RUN", "COPY", "USER", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "CMD"}
CURL = re.findall(r"^(curl .*)$", PAGE, re.MULTILINE)


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def accepts(words: list[str]) -> bool:
    """Return whether ``ckg`` takes a command line; it is not run."""
    command = get_command(app)
    context = command.make_context("ckg", [], resilient_parsing=True)
    name, own, rest = command.resolve_command(context, words)  # type: ignore[attr-defined]
    own.make_context(name, rest, parent=context)
    return True


@pytest.mark.parametrize("line", CURL)
def test_a_request_of_the_page_is_answered(line: str, server: Server) -> None:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("no curl found; scripts/install-test-system.sh installs it")
    words = [word.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}") for word in shlex.split(line)[1:]]
    done = subprocess.run([program, "--fail", *words], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, bool(done.stdout.strip())) == (0, True), done.stderr


def test_there_are_requests_on_the_page() -> None:
    assert len(CURL) == 6


def test_the_unit_has_keys_that_systemd_knows_and_a_command_that_there_is() -> None:
    unit = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(block("ini"))
    assert {section: set(unit[section]) for section in unit.sections()} == UNIT_KEYS
    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).name == "ckg"
    words[words.index("--site") : words.index("--site") + 2] = []  # a folder that must be there
    assert accepts(words)


def test_the_container_file_has_instructions_that_there_are_and_a_command_that_there_is() -> None:
    lines = dict(line.split(" ", 1) for line in block("dockerfile").splitlines())
    assert set(lines) == INSTRUCTIONS
    program, *words = json.loads(lines["CMD"])
    assert program == "ckg"
    assert accepts(words)
    assert words[words.index("--port") + 1] == lines["EXPOSE"]
    probe = json.loads(lines["HEALTHCHECK"].removeprefix("CMD "))
    compile(probe[2], "healthcheck", "exec")


def test_the_bounds_of_the_page_are_those_of_the_server() -> None:
    usual = Settings()
    rows = dict(re.findall(r"^\| `(--\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
    megabyte = 1 << 20
    assert (float(rows["--timeout"]), int(rows["--memory"]), int(rows["--largest"])) == (
        usual.seconds,
        usual.memory // megabyte,
        usual.answer // megabyte,
    )
    told = f"{usual.waiting} requests wait for a worker, {usual.connections} lines are open, {usual.narrowed} graphs"
    assert told in PAGE
    assert f"larger than {LARGEST_BODY // 1024} kB" in PAGE
    assert f"longer than {LONGEST_URL // 1000} kB; headers are more than {MOST_HEADERS}" in PAGE
    assert f"larger than {LARGEST_HEAD // 1024} kB" in PAGE
