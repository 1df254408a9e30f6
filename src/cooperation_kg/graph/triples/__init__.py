"""Records and what follows from them → RDF facts in named graphs. Each triple stands in exactly one graph.

=================  =============================================  ====================================
module             graph                                          holds
=================  =============================================  ====================================
``ontology``       ``graph/ontology``                             the words (``ontology/*.ttl``)
``registers``      ``graph/registers``, ``graph/judgements``      what exists; what we conclude
``places``         ``graph/registers``                            places, and what they were for a time
``statements``     ``graph/source/<id>``                          one document and what it says
``derived``        ``graph/derived``                              what follows, with its evidence
``values``         (none)                                         how texts, dates, numbers become RDF
=================  =============================================  ====================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Protocol

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.triples.derived import derived_facts
from cooperation_kg.graph.triples.ontology import ontology_facts
from cooperation_kg.graph.triples.registers import judgement_facts, register_facts
from cooperation_kg.graph.triples.statements import source_facts
from cooperation_kg.graph.triples.values import Fact
from cooperation_kg.graph.vocabulary import Iris

__all__ = ["Fact", "facts_by_graph"]


class _Facts(Protocol):
    def __call__(self) -> Iterable[Fact]: ...


def facts_by_graph(corpus: Corpus, derived: Derived, further: Iterable[Fact] = ()) -> Iterator[list[Fact]]:
    """Yield the facts of each named graph, graphs and facts in order, each fact once.

    One graph is made at a time, so that a large dataset is written without being held whole.

    Parameters
    ----------
    further: facts beside those of corpus and derivation, in graphs that these have.
    """
    beside = tuple(further)
    for name, made in sorted(_makers(corpus, derived).items()):
        facts = _in_order(chain(made(), (fact for fact in beside if fact[0] == name)))
        if facts:
            yield facts


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts of one graph sorted, each once: by subject first, since sorting small lists is far quicker."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_subject[fact[1]].append(fact)
    return [fact for subject in sorted(by_subject) for fact in sorted(set(by_subject[subject]))]


def _makers(corpus: Corpus, derived: Derived) -> Mapping[str, _Facts]:
    """Return by the term of each graph what makes its facts."""
    iris, namer = Iris.of(corpus), Namer(corpus, derived.pairings)
    whole = {
        "ontology": partial(ontology_facts, corpus),
        "registers": partial(register_facts, corpus, derived),
        "judgements": partial(judgement_facts, corpus, derived),
        "derived": partial(derived_facts, corpus, derived),
    }
    sources = {
        f"source/{source.id}": partial(source_facts, corpus, derived, source, iris, namer)
        for source in corpus.sources.values()
    }
    return {iris.graph_term(name): made for name, made in {**whole, **sources}.items()}
