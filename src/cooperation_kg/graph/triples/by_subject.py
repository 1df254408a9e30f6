"""The facts of each subject, whatever graph they are in, subjects in order: as Turtle and N-Triples are written.

Held are the facts of registers and documents. What statements say, and what follows from them, which is most of a large
dataset, is made when its turn comes and forgotten once it is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import chain
from operator import itemgetter

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.registers import Source
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.triples.derived import derived_parts
from cooperation_kg.graph.triples.ontology import ontology_facts
from cooperation_kg.graph.triples.registers import judgement_facts, register_facts
from cooperation_kg.graph.triples.statements import document_facts, statement_facts
from cooperation_kg.graph.triples.values import Fact, Node
from cooperation_kg.graph.vocabulary import Iris

_Make = Callable[[], Iterable[Fact]]


def facts_by_subject(corpus: Corpus, derived: Derived, further: Iterable[Fact] = ()) -> Iterator[list[Fact]]:
    """Yield the facts of one subject after the other, by predicate and object, those of each graph once.

    Parameters
    ----------
    further: facts beside those of corpus and derivation.
    """
    held: dict[Node, list[Fact]] = defaultdict(list)
    for fact in chain(further, _facts_at_once(corpus, derived)):
        held[fact[1]].append(fact)
    subjects = list(held)
    heapify(subjects)
    for first, make in sorted(_facts_in_turn(corpus, derived), key=itemgetter(0)):
        while subjects and subjects[0] < first:
            yield in_order(held.pop(heappop(subjects)))
        for fact in make():
            if fact[1] not in held:
                heappush(subjects, fact[1])
            held[fact[1]].append(fact)
    while subjects:
        yield in_order(held.pop(heappop(subjects)))


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts of one subject by predicate and object, whatever their graph, each once."""
    return sorted(set(facts), key=itemgetter(2, 3))


def _facts_at_once(corpus: Corpus, derived: Derived) -> Iterator[Fact]:
    iris = Iris.of(corpus)
    yield from ontology_facts(corpus)
    yield from register_facts(corpus, derived)
    yield from judgement_facts(corpus, derived)
    for source in corpus.sources.values():
        yield from document_facts(corpus, source, iris)


def _facts_in_turn(corpus: Corpus, derived: Derived) -> Iterator[tuple[Node, _Make]]:
    """Yield what makes further facts, each with a text that none of their subjects comes before."""
    namer = Namer(corpus, derived.pairings)
    for part in derived_parts(corpus, derived):
        yield Iris.of(corpus).term(part.kind, part.slug), part.make  # the terms of a pairing come after it
    for source in corpus.sources.values():
        # a statement is named <source>.<id>, and no id of a source has a dot
        first = Iris.of(corpus).term("statement", f"{source.id}.").removesuffix(">")
        yield first, partial(_said_in, corpus, derived, source, namer)


def _said_in(corpus: Corpus, derived: Derived, source: Source, namer: Namer) -> Iterator[Fact]:
    # an Iris remembers what it has named: this one until the document is done
    return statement_facts(corpus, derived, source, Iris.of(corpus), namer)
