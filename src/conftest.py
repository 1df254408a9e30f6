"""The examples in the docstrings read the shipped facts once, not once each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cooperation_kg.curate import corpus as corpora
from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph import dataset as graphs
from cooperation_kg.graph.dataset import KnowledgeGraph

_load, _build = corpora.load_corpus, graphs.build_graph


@cache
def _shipped_corpus() -> Corpus:
    return _load()


@cache
def _shipped_graph() -> KnowledgeGraph:
    return _build(_shipped_corpus())


def _loader() -> Callable[..., Corpus]:
    return lambda folder=None: _shipped_corpus() if folder is None else _load(folder)


def _builder() -> Callable[[Corpus], KnowledgeGraph]:
    return lambda corpus: _shipped_graph() if corpus is _shipped_corpus() else _build(corpus)


@pytest.fixture(autouse=True)
def _shipped_facts_are_read_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if Path(request.node.path).is_relative_to(Path(__file__).parent):
        monkeypatch.setattr(corpora, "load_corpus", _loader())
        monkeypatch.setattr(graphs, "build_graph", _builder())
