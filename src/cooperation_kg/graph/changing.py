"""What changed in the graph of a dataset that is built again and again? Facts are made anew where records changed.

The facts of a document follow from its own statements, from the registers and the documents that they name, and from
what pairings are called; where all of these are as they were, so are its facts (``triples.Maker``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.derive.results import Derived, Pairing
from cooperation_kg.graph.triples import Fact, Part, makers_by_graph, sorted_facts

Facts = Mapping[str, Sequence[Fact]]
"""Named graph, as a term → its facts, each once."""


@dataclass(frozen=True)
class GraphState:
    """The facts of one state of a dataset by graph, and from what they were made.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> first = GraphState().following(kg.corpus, kg.derived)
    >>> second = first.following(kg.corpus, kg.derived)
    >>> second.come(first), sum(map(len, second.facts.values())) == len(kg.facts)
    ([], True)
    """

    facts: Facts = field(default_factory=dict)
    _shared: object = None
    _own: Mapping[str, Any] = field(default_factory=dict)
    _parts: Mapping[tuple[str, str], tuple[object, Sequence[Fact]]] = field(default_factory=dict)

    def following(self, corpus: Corpus, derived: Derived) -> GraphState:
        """Return the state of a corpus and what follows from it; what is as it was in this state is taken from here."""
        shared = (corpus.dataset, corpus.registers, corpus.inherited, corpus.sources, _called(derived.pairings))
        same = shared == self._shared
        facts: dict[str, Sequence[Fact]] = {}
        own: dict[str, Any] = {}
        parts: dict[tuple[str, str], tuple[object, Sequence[Fact]]] = {}
        for graph, maker in makers_by_graph(corpus, derived).items():
            own[graph] = maker.own
            if maker.parts is not None:
                parts |= self._parts_following(maker.parts(), same)
                facts[graph] = [fact for _, made in parts.values() for fact in made]
            elif same and maker.own is not None and self._own.get(graph) == maker.own:
                facts[graph] = self.facts[graph]
            else:
                facts[graph] = sorted_facts(maker.make())
        return GraphState(facts, shared, own, parts)

    def _parts_following(
        self, parts: Iterable[Part], same: bool
    ) -> Iterator[tuple[tuple[str, str], tuple[object, Sequence[Fact]]]]:
        for kind, slug, thing, make in parts:
            known = self._parts.get((kind, slug)) if same else None
            if known is None or known[0] != thing:
                known = thing, tuple(dict.fromkeys(make()))
            yield (kind, slug), known

    def come(self, former: GraphState) -> list[Fact]:
        """Return the facts that are here and were not in a former state, graph by graph."""
        return [
            fact
            for graph, facts in self.facts.items()
            if facts != (before := former.facts.get(graph, ()))
            for fact in sorted({*facts}.difference(before))
        ]

    def gone(self, former: GraphState) -> list[Fact]:
        """Return the facts of a former state that are here no more."""
        return former.come(self)


def _called(pairings: Mapping[str, Pairing]) -> list[tuple[Any, ...]]:
    return [(slug, one.name, one.parties, one.directed) for slug, one in pairings.items()]
