"""Do the readers of other people, run as commands, find in the RDF of the shipped facts just what was written?

Raptor (``rapper``) and Serd (``serdi``) are C libraries behind many tools; ``scripts/install-test-system.sh`` brings
them. Each reads a file of ours and writes N-Quads, which the store's parser reads back to be compared.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.exports import FORMATS, export

WITH_GRAPHS = ("trig", "nquads")
RAPPER = {"turtle": "turtle", "ntriples": "ntriples", "trig": "trig", "nquads": "nquads", "rdfxml": "rdfxml"}
SERDI = {"turtle": "Turtle", "ntriples": "NTriples", "trig": "TriG", "nquads": "NQuads"}


def command(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: run scripts/install-test-system.sh"
    return found


def rapper(path: Path, name: str) -> bytes:
    call = [
        command("rapper"),
        "--quiet",
        "--input",
        RAPPER[name],
        "--output",
        "nquads",
        str(path),
        "http://base.invalid/",
    ]
    return subprocess.run(call, capture_output=True, check=True).stdout


def serdi(path: Path, name: str) -> bytes:
    return subprocess.run(
        [command("serdi"), "-i", SERDI[name], "-o", "NQuads", str(path)], capture_output=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def written(real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("rdf")

    def write(name: str) -> Path:
        path = folder / f"graph{FORMATS[name].suffix}"
        if not path.exists():
            path.write_bytes(export(real, name))
        return path

    return write


@pytest.mark.parametrize(
    ("read", "name"),
    [*((rapper, name) for name in RAPPER), *((serdi, name) for name in SERDI)],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_every_triple_of_the_shipped_facts_is_read_in_its_graph(
    real: KnowledgeGraph, written: Callable[[str], Path], read: Callable[[Path, str], bytes], name: str
) -> None:
    found: list[Any] = list(parse(read(written(name), name), format=RdfFormat.N_QUADS))
    if name in WITH_GRAPHS:
        assert set(found) == set(real.quads)
    else:
        assert {quad.triple for quad in found} == {quad.triple for quad in real.quads}
