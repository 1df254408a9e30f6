"""The house rules of the code, read from the code itself."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "cooperation_kg"

# stage → how far along the flow of data it stands; a module imports only from its own stage or earlier ones
STAGES = {
    "errors": 0,
    "locations": 0,
    "ontology": 0,
    "curate": 1,
    "schema": 2,
    "graph": 2,
    "query": 3,
    "render": 4,
    "sheets": 4,
    "merging": 4,
    "starting": 4,
    "datasets": 4,
    "serving": 4,
    "remote": 4,
    "cli": 5,
}
# outside package → the modules (or folders) that may import it
HOMES = {
    "yaml": ["curate/yaml_io", "curate/edits/source_tree"],
    "yaml_rs": ["curate/yaml_fast"],
    "pydantic": ["curate/", "schema/", "query/examples"],
    "pydantic_core": ["curate/", "schema/"],
    "pyoxigraph": ["graph/", "query/", "ontology", "remote/", "render/exports/", "serving/"],
    "rdflib": ["graph/dataset"],
    "oxrdflib": ["graph/dataset"],
    "networkx": ["query/measures/", "query/totals/", "render/"],
    "pyvis": ["render/pages"],
    "rustworkx": ["render/layout"],
    "pypinyin": ["query/search_keys"],
    "jinja2": ["render/"],
    "markdown_it": ["curate/stories"],
    "markupsafe": ["render/"],
    "httpx": ["remote/server"],
    "typer": ["cli/"],
    "rich": ["cli/", "render/documents"],
    "pandas": ["query/table"],
    "openpyxl": ["sheets/workbook", "render/exports/xlsx"],
    "starlette": ["serving/"],
    "uvicorn": ["serving/"],
    "watchfiles": ["serving/looking"],
    "pyarrow": ["render/exports/parquet"],
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                parts = ("cooperation_kg", *path.relative_to(PACKAGE).parent.parts)
                base = ".".join(parts[: len(parts) - node.level + 1])
                yield f"{base}.{node.module}" if node.module else base
            elif node.module:
                yield node.module


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_from_its_own_stage_or_earlier_ones(path: Path) -> None:
    own = _name(path).split("/")[0]
    if own in ("__init__", "_shipped"):
        return  # the front door may name every stage
    later = [
        name
        for name in _imports(path)
        if name.startswith("cooperation_kg.") and STAGES[name.split(".")[1]] > STAGES[own]
    ]
    assert later == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_an_outside_package_is_imported_only_in_its_home(path: Path) -> None:
    strangers = [
        name
        for name in _imports(path)
        if (homes := HOMES.get(name.split(".")[0])) and not any(_name(path).startswith(home) for home in homes)
    ]
    assert strangers == []


def test_every_outside_package_that_is_imported_is_declared() -> None:
    declared = (PACKAGE.parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    distribution = {
        "yaml": "pyyaml",
        "yaml_rs": "yaml-rs",
        "pydantic_core": "pydantic",
        "markdown_it": "markdown-it-py",
    }
    outside = {name.split(".")[0] for path in MODULES for name in _imports(path)}
    missing = [
        name
        for name in sorted(outside - {"cooperation_kg", "__future__"} - set(sys.stdlib_module_names) - {"pandas"})
        if f'"{distribution.get(name, name)}>=' not in declared
    ]
    assert missing == []


COMPLETION = {"_CKG_COMPLETE": "complete_bash", "COMP_WORDS": "ckg b", "COMP_CWORD": "1"}
LIGHT = {"cooperation_kg", *(f"cooperation_kg.{name}" for name in ("cli", "cli.app", "cli.lazy", "cli.talk", "errors"))}


# the list of what is imported, not the clock; what completes options in typer itself needs pydantic
@pytest.mark.parametrize(
    ("arguments", "environment", "outside"), [(["--help"], {}, set()), ([], COMPLETION, {"pydantic", "pydantic_core"})]
)
def test_help_and_completion_import_none_of_the_commands(
    arguments: list[str], environment: dict[str, str], outside: set[str]
) -> None:
    probe = (
        "import sys\n"
        "sys.argv[0] = 'ckg'\n"
        "from cooperation_kg.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, **environment},
    )
    imported = set(done.stderr.split())
    assert {name for name in imported if name.partition(".")[0] == "cooperation_kg"} == LIGHT
    assert imported & HOMES.keys() - {"typer"} == outside
    assert "build" in done.stdout
