"""Is work left out only where nothing that could change a byte has changed? Every kind of input is changed once."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.locations import ontology_folder
from cooperation_kg.render import freshness
from cooperation_kg.render.freshness import is_fresh, made_from
from cooperation_kg.render.output import write_folder

MINI = Path(__file__).parent.parent / "data" / "mini"
FILES = sorted(path.relative_to(MINI).as_posix() for path in MINI.rglob("*.yaml"))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny world, of the ontology and of a small program, all of which a test may change."""
    (tmp_path / "program" / "templates").mkdir(parents=True)
    (tmp_path / "program" / "code.py").write_text("VALUE = 1\n", encoding="utf-8")
    (tmp_path / "program" / "templates" / "page.html.j2").write_text("<p>\n", encoding="utf-8")
    shutil.copytree(ontology_folder(), tmp_path / "ontology")
    shutil.copytree(MINI, tmp_path / "shipped")
    monkeypatch.setattr(freshness, "PACKAGE", tmp_path / "program")
    monkeypatch.setattr(freshness, "ontology_folder", lambda: tmp_path / "ontology")
    monkeypatch.setattr(freshness, "data_folder", lambda: tmp_path / "shipped")
    return Path(shutil.copytree(MINI, tmp_path / "world"))


def test_the_same_inputs_have_the_same_origin(world: Path) -> None:
    assert made_from(world, "build", "zh") == made_from(world, "build", "zh")


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_facts_counts(world: Path, name: str) -> None:
    before = made_from(world)
    (world / name).write_bytes((world / name).read_bytes() + b"\n")
    assert made_from(world) != before


@pytest.mark.parametrize(
    "name",
    [
        "ontology/concepts.ttl",
        "ontology/cooperation.ttl",
        "ontology/shapes.ttl",
        "program/code.py",
        "program/templates/page.html.j2",
        "shipped/places/91-haizhou.yaml",
    ],
)
def test_words_program_and_shipped_registers_count(world: Path, name: str) -> None:
    before = made_from(world)
    path = world.parent / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert made_from(world) != before


def test_a_file_more_and_a_file_less_count(world: Path) -> None:
    before = made_from(world)
    (world / "statements" / "more.yaml").write_bytes(b"")
    more = made_from(world)
    (world / "statements" / "more.yaml").rename(world / "sources" / "more.yaml")
    moved = made_from(world)
    (world / "sources" / "more.yaml").unlink()
    assert len({before, more, moved}) == 3
    assert made_from(world) == before


def test_what_was_asked_for_counts(world: Path) -> None:
    asked = [("build", "zh"), ("site", "zh"), ("build", "en"), ("build", "zh", "2018"), ("buil", "dzh")]
    assert len({made_from(world, *options) for options in asked}) == len(asked)


def test_another_version_of_a_library_counts(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made_from(world)
    real = metadata.distribution

    class Later:
        def __init__(self, name: str) -> None:
            self.requires = real(name).requires
            self.version = real(name).version + (".1" if name == "pyoxigraph" else "")

    monkeypatch.setattr(metadata, "distribution", Later)
    assert made_from(world) != before


def test_another_python_counts(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made_from(world)
    monkeypatch.setattr(freshness.platform, "python_version", lambda: "3.99.0")
    assert made_from(world) != before


def test_compiled_python_does_not_count(world: Path) -> None:
    before = made_from(world)
    (world.parent / "program" / "__pycache__").mkdir()
    (world.parent / "program" / "__pycache__" / "code.pyc").write_bytes(b"compiled")
    assert made_from(world) == before


@pytest.fixture
def built(tmp_path: Path) -> Path:
    write_folder(tmp_path / "out", {"index.html": b"<p>", "place/a.html": b"a"}, "origin")
    return tmp_path / "out"


def test_what_a_build_left_is_fresh(built: Path) -> None:
    assert is_fresh(built, "origin")


def test_another_origin_is_not_fresh(built: Path) -> None:
    assert not is_fresh(built, "another")


def test_no_folder_is_not_fresh(tmp_path: Path) -> None:
    assert not is_fresh(tmp_path / "nowhere", "")


def test_a_folder_of_which_nobody_says_the_origin_is_not_fresh(tmp_path: Path) -> None:
    write_folder(tmp_path, {"index.html": b"<p>"})
    assert not is_fresh(tmp_path, "origin")


def test_a_page_that_somebody_changed_is_made_again(built: Path) -> None:
    (built / "place" / "a.html").write_bytes(b"b")
    assert not is_fresh(built, "origin")


def test_a_page_that_somebody_took_away_is_made_again(built: Path) -> None:
    (built / "index.html").unlink()
    assert not is_fresh(built, "origin")


def test_a_link_in_place_of_a_page_is_not_fresh(built: Path) -> None:
    (built / "index.html").rename(built.parent / "kept.html")
    (built / "index.html").symlink_to(built.parent / "kept.html")
    assert not is_fresh(built, "origin")


def built_by(command: str, data: Path, folder: Path, *further: str) -> str:
    done = CliRunner().invoke(app, [command, "--data", str(data), "-o", str(folder), "--lang", "en", *further])
    assert done.exit_code == 0, done.output
    return done.output


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_build_does_nothing_and_one_after_an_edit_is_as_a_clean_one(tmp_path: Path) -> None:
    world = Path(shutil.copytree(MINI, tmp_path / "world"))
    built_by("site", world, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.html")}
    assert "nothing changed" in built_by("site", world, tmp_path / "out")
    assert "nothing changed" not in built_by("site", world, tmp_path / "out", "--again")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.html")} == before
    path = world / "statements" / "first-report.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("3.5亿元", "3.6亿元"), encoding="utf-8")
    assert "nothing changed" not in built_by("site", world, tmp_path / "out")
    built_by("site", world, tmp_path / "clean")
    assert content_of(tmp_path / "out") == content_of(tmp_path / "clean")
