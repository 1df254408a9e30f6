"""Tables that the tests share: of the small invented dataset and of the shipped facts, made once."""

from __future__ import annotations

import pytest
from filled import tables

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.exports.tables import Filled


@pytest.fixture(scope="session")
def small(mini: KnowledgeGraph) -> dict[str, Filled]:
    return tables(mini)


@pytest.fixture(scope="session")
def shipped(real: KnowledgeGraph) -> dict[str, Filled]:
    return tables(real)
