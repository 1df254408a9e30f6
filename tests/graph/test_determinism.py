"""Same facts, same bytes: whatever the hash seed, time zone, locale, or the order in which files lie on disk."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_world import MINI

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.render.exports import FORMATS, export_files

PROGRAM = """
import hashlib, sys
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.exports import FORMATS, export_files
from cooperation_kg.graph.asof import parse_as_of
kg = build_graph(load_corpus(sys.argv[1]))
for as_of in (None, parse_as_of("2016/2017")):
    for row in FORMATS.values():
        for view in row.views:
            for name, content in export_files(kg, row.name, view=view, as_of=as_of).items():
                print(row.name, view, name, hashlib.sha256(content).hexdigest())
"""
SURROUNDINGS = {
    "seed-1-utc": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "seed-2-far-east": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "zh_CN.UTF-8"},
    "seed-3-ascii": {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0"},
}


def hashes(kg: KnowledgeGraph) -> list[str]:
    return [
        f"{row.name} {view} {name} {hashlib.sha256(content).hexdigest()}"
        for as_of in (None, parse_as_of("2016/2017"))
        for row in FORMATS.values()
        for view in row.views
        for name, content in export_files(kg, row.name, view=view, as_of=as_of).items()
    ]


def copy_backwards(folder: Path, target: Path) -> None:
    """Copy a folder file by file from the last to the first, so that the folders list them otherwise."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            place = target / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


@pytest.mark.parametrize("surroundings", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_every_export_is_the_same_in_other_surroundings(
    mini: KnowledgeGraph, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    copy_backwards(MINI, tmp_path / "数据 copy")
    kept = {name: value for name, value in os.environ.items() if name not in ("LANG", "LANGUAGE", "PYTHONHASHSEED")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "数据 copy")],
        env={**kept, **surroundings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == hashes(mini)


def test_building_twice_gives_the_same_graph(mini: KnowledgeGraph) -> None:
    assert build_graph(load_corpus(MINI)).quads == mini.quads


def test_no_export_names_the_folder_it_was_built_from(mini: KnowledgeGraph) -> None:
    for row in FORMATS.values():
        for view in row.views:
            for content in export_files(mini, row.name, view=view).values():
                assert str(MINI.parent).encode() not in content
