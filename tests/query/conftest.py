"""The two graphs that questions are put to: the tiny world and the shipped facts, built once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from asking import Ask, asker
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph


@pytest.fixture(scope="session")
def ask(mini: KnowledgeGraph) -> Ask:
    return asker(mini)


@pytest.fixture(scope="session")
def ask_real(real: KnowledgeGraph) -> Ask:
    return asker(real)


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., KnowledgeGraph]:
    """Return a function that builds a world: one keyword a source, one line a statement."""
    count = 0

    def build(
        sources: dict[str, str] | None = None, judgements: Sequence[str] = (), **statements: Sequence[str]
    ) -> KnowledgeGraph:
        nonlocal count
        count += 1
        folder = tmp_path / f"data-{count}"
        write_world(folder, sources or {}, judgements, "", "2024", statements)
        return build_graph(load_corpus(folder))

    return build
