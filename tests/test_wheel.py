"""The wheel carries facts and ontology, so that an installed copy works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a freshly built wheel, as pip would lay them out."""
    made = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    with zipfile.ZipFile(next(made.glob("*.whl"))) as wheel:
        wheel.extractall(made / "site")
    return made / "site"


def run(installed: Path, folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "CKG_LANG": "en", "PYTHONUTF8": "1"}
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
    done = run(installed, tmp_path, "from cooperation_kg.cli import main; main()", "build", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "network.html").is_file()


def test_the_wheel_carries_both_licences_and_declares_both_commands(installed: Path) -> None:
    info = next(installed.glob("*.dist-info"))
    assert {path.name for path in (info / "licenses").rglob("LICENSE")} == {"LICENSE"}
    assert len(list((info / "licenses").rglob("LICENSE"))) == 2
    entry_points = (info / "entry_points.txt").read_text()
    assert "ckg = cooperation_kg.cli:main" in entry_points
    assert "cooperation-kg = cooperation_kg.cli:main" in entry_points
