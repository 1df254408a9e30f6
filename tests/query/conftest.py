"""The two graphs that questions are put to: the tiny world and the shipped facts, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import Ask, asker

from cooperation_kg.graph.dataset import KnowledgeGraph

MINI = Path(__file__).parent.parent / "data" / "mini"


@pytest.fixture(scope="session")
def ask(mini: KnowledgeGraph) -> Ask:
    return asker(mini)


@pytest.fixture(scope="session")
def ask_real(real: KnowledgeGraph) -> Ask:
    return asker(real)
