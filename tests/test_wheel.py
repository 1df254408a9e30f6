"""The wheel carries facts and ontology, so that an installed copy works from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("src", "data", "ontology", "web", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore")
"""What a wheel is built from."""
SITE_OF_MINI = """
import sys
from pathlib import Path
from cooperation_kg import build_graph, load_corpus
from cooperation_kg.render.exports import file_name
from cooperation_kg.render.files import EXPORTS
from cooperation_kg.render.site import build_site
from site_reader import broken_links
site = build_site(build_graph(load_corpus(Path(sys.argv[1]))))
site = site | {"network.html": b""} | {file_name(name): b"" for name in EXPORTS}
print("sparql.html" in site, sorted(broken_links(site)), b"made without the page that runs" in site["downloads.html"])
"""


def built(source: Path, made: Path, **environment: str) -> Path:
    """Build a wheel and lay its contents out as pip would."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)],
        cwd=source,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    with zipfile.ZipFile(next(made.glob("*.whl"))) as wheel:
        wheel.extractall(made / "site")
    return made / "site"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a freshly built wheel."""
    return built(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def without_bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a wheel that was built without the query page."""
    source = tmp_path_factory.mktemp("source")
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, source / name)
    return built(source, tmp_path_factory.mktemp("without"), CKG_BUNDLED="none")


def run(installed: Path, folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(installed), str(ROOT / "tests" / "render")])
    environment = {**os.environ, "PYTHONPATH": paths, "CKG_LANG": "en", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_installed_copy_reads_its_own_facts(installed: Path, tmp_path: Path) -> None:
    code = "from cooperation_kg.locations import data_folder, ontology_folder; print(data_folder(), ontology_folder())"
    shown = run(installed, tmp_path, code).stdout.split()
    assert all(Path(path).is_relative_to(installed) for path in shown)
    assert len(shown) == 2


def test_an_installed_copy_builds_from_any_folder(installed: Path, tmp_path: Path) -> None:
    mini = str(ROOT / "tests" / "data" / "mini")  # that the shipped facts build is what CI has run before the tests
    done = run(installed, tmp_path, "from cooperation_kg.cli import main; main()", "build", "-o", "out", "--data", mini)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "sparql.html").is_file()
    assert (tmp_path / "out" / "network.html").is_file()


def test_the_wheel_carries_both_licences_and_declares_both_commands(installed: Path) -> None:
    info = next(installed.glob("*.dist-info"))
    assert {path.name for path in (info / "licenses").rglob("LICENSE")} == {"LICENSE"}
    assert len(list((info / "licenses").rglob("LICENSE"))) == 2
    entry_points = (info / "entry_points.txt").read_text()
    assert "ckg = cooperation_kg.cli:main" in entry_points
    assert "cooperation-kg = cooperation_kg.cli:main" in entry_points


def test_the_wheel_carries_the_editor_the_engine_and_their_licences(installed: Path) -> None:
    held = {path.name for path in (installed / "cooperation_kg" / "render" / "bundled").iterdir()}
    assert held >= {"sparql-editor.js", "sparql-engine.js", "licences.json"}


def test_a_site_of_a_wheel_without_them_has_no_query_page_says_so_and_leads_nowhere_that_is_not(
    without_bundles: Path, tmp_path: Path
) -> None:
    assert not (without_bundles / "cooperation_kg" / "render" / "bundled").exists()
    done = run(without_bundles, tmp_path, SITE_OF_MINI, str(ROOT / "tests" / "data" / "mini"))
    assert done.stdout.strip() == "False [] True", done.stderr
