"""What is worked out once for a graph and then kept with it: the tables in which answers look things up.

A graph never changes, so that a table made of it is never stale; another graph (as of a time, after an edit) has its
own. Making one costs as much as the record is long; looking something up in it costs what is found. Nothing is made
before it is asked for, and all goes with its graph.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from cooperation_kg.graph.dataset import KnowledgeGraph

Table = TypeVar("Table")


def kept(make: Callable[[KnowledgeGraph], Table]) -> Callable[[KnowledgeGraph], Table]:
    """Let a function of a graph work once for each graph; every later call gets what the first one made.

    What it returns belongs to all who ask: it is to be read, never changed. It must not hold the graph itself, so that
    a graph that nobody needs any more is gone at once, tables and all.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> sources = kept(lambda kg: sorted(kg.corpus.sources))
    >>> kg = build_graph(load_corpus())
    >>> sources(kg) is sources(kg)
    True
    """
    # a name of its own beside the cached properties of the graph, so that it goes where they go: with the graph
    name = f"kept {make.__module__}.{make.__qualname__}"

    @wraps(make)
    def once(kg: KnowledgeGraph) -> Table:
        held = vars(kg)
        if name not in held:
            held[name] = make(kg)
        table: Table = held[name]
        return table

    return once
