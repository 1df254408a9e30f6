"""The two graphs that questions are put to: the tiny world and the shipped facts, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import Ask, asker

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph

MINI = Path(__file__).parent.parent / "data" / "mini"


@pytest.fixture(scope="session")
def mini() -> KnowledgeGraph:
    return build_graph(load_corpus(MINI))


@pytest.fixture(scope="session")
def real() -> KnowledgeGraph:
    return build_graph(load_corpus())


@pytest.fixture(scope="session")
def ask(mini: KnowledgeGraph) -> Ask:
    return asker(mini)


@pytest.fixture(scope="session")
def ask_real(real: KnowledgeGraph) -> Ask:
    return asker(real)
