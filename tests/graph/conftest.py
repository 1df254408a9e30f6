from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tiny_world import BuildWorld, write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph


@pytest.fixture
def world(tmp_path: Path) -> BuildWorld:
    """Return a function that builds the graph of statements: one keyword a source, one line a statement.

    Statements are called s1, s2 … in each source; ``sources`` and ``judgements`` add lines of YAML.
    """
    count = 0

    def build(
        *,
        sources: Mapping[str, str] | None = None,
        judgements: Sequence[str] = (),
        pairings: str = "",
        horizon: str = "2024",
        **statements: Sequence[str],
    ) -> KnowledgeGraph:
        nonlocal count
        count += 1
        folder = tmp_path / f"data-{count}"
        write_world(folder, sources or {}, judgements, pairings, horizon, statements)
        return build_graph(load_corpus(folder))

    return build


@pytest.fixture
def shipped(real: KnowledgeGraph) -> KnowledgeGraph:
    """The graph of the shipped facts."""
    return real
