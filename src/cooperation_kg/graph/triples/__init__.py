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
``by_subject``     (none)                                         the same facts, one subject after the other
=================  =============================================  ====================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import NamedTuple, Protocol

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import Statement
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.triples.derived import Part, derived_facts, derived_parts
from cooperation_kg.graph.triples.ontology import ontology_facts
from cooperation_kg.graph.triples.registers import judgement_facts, register_facts
from cooperation_kg.graph.triples.statements import source_facts
from cooperation_kg.graph.triples.values import Fact
from cooperation_kg.graph.vocabulary import Iris

__all__ = ["Fact", "Maker", "Part", "facts_by_graph", "makers_by_graph", "sorted_facts"]


class _Facts(Protocol):
    def __call__(self) -> Iterable[Fact]: ...


class Maker(NamedTuple):
    """Makes the facts of one graph.

    ``own`` are the statements that they follow from beside dataset, registers, sources and what pairings are called;
    None where they follow from everything. ``parts`` makes them one derived thing after the other, each from that thing
    and from what is named.
    """

    make: _Facts
    own: tuple[Statement, ...] | None = ()
    parts: Callable[[], Iterator[Part]] | None = None


def facts_by_graph(corpus: Corpus, derived: Derived, further: Iterable[Fact] = ()) -> Iterator[list[Fact]]:
    """Yield the facts of each named graph, graphs and facts in order, each fact once.

    One graph is made at a time, so that a large dataset is written without being held whole.

    Parameters
    ----------
    further: facts beside those of corpus and derivation, in graphs that these have.
    """
    beside = tuple(further)
    for name, maker in sorted(makers_by_graph(corpus, derived).items()):
        facts = sorted_facts(chain(maker.make(), (fact for fact in beside if fact[0] == name)))
        if facts:
            yield facts


def sorted_facts(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts of one graph sorted, each once: by subject first, since sorting small lists is far quicker."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_subject[fact[1]].append(fact)
    return [fact for subject in sorted(by_subject) for fact in sorted(set(by_subject[subject]))]


def makers_by_graph(corpus: Corpus, derived: Derived) -> Mapping[str, Maker]:
    """Return by the term of each graph what makes its facts."""
    iris, namer = Iris.of(corpus), Namer(corpus, derived.pairings)
    whole = {
        "ontology": Maker(partial(ontology_facts, corpus)),
        "registers": Maker(partial(register_facts, corpus, derived)),
        "judgements": Maker(partial(judgement_facts, corpus, derived), own=None),
        "derived": Maker(partial(derived_facts, corpus, derived), None, partial(derived_parts, corpus, derived)),
    }
    sources = {
        f"source/{source.id}": Maker(
            partial(source_facts, corpus, derived, source, namer=namer), own=corpus.of_source(source.id)
        )
        for source in corpus.sources.values()
    }
    return {iris.graph_term(name): maker for name, maker in {**whole, **sources}.items()}
