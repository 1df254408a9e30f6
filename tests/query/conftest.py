"""The two graphs that questions are put to: the tiny world and the shipped facts, built once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.run import run_query

MINI = Path(__file__).parent.parent / "data" / "mini"
THINGS = "https://w3id.org/cooperation-kg/id/"

Ask = Callable[..., list[tuple[Any, ...]]]
"""``ask(question, columns, **parameters)`` → the rows, IRIs of things cut to ``kind/id``."""


@pytest.fixture(scope="session")
def mini() -> KnowledgeGraph:
    return build_graph(load_corpus(MINI))


@pytest.fixture(scope="session")
def real() -> KnowledgeGraph:
    return build_graph(load_corpus())


def asker(kg: KnowledgeGraph) -> Ask:
    def ask(question: str, columns: str, **parameters: Any) -> list[tuple[Any, ...]]:
        table = run_query(kg, question, **parameters)
        return [tuple(_short(row[name]) for name in columns.split()) for row in table]

    return ask


def _short(value: object) -> object:
    return value.removeprefix(THINGS) if isinstance(value, str) else value


@pytest.fixture(scope="session")
def ask(mini: KnowledgeGraph) -> Ask:
    return asker(mini)


@pytest.fixture(scope="session")
def ask_real(real: KnowledgeGraph) -> Ask:
    return asker(real)
