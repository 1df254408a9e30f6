"""The graph of a corpus: its quads, an Oxigraph store over them, and the same store seen by rdflib."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, Store, parse

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.statements import PairingStatement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.derive import Derived, derive
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.terms import ToldTerm, policy_dates, terms_with_told
from cooperation_kg.graph.triples import Fact, facts_by_graph
from cooperation_kg.graph.triples.by_subject import facts_by_subject, in_order
from cooperation_kg.graph.triples.values import Node
from cooperation_kg.graph.vocabulary import Iris

if TYPE_CHECKING:
    from rdflib import Dataset

_BATCH = 20_000
"""Facts that are written, or that the store takes, at once: some 4 MB of text."""
_HELD = 20_000
"""Statements whose facts are held, some 200 MB; those of more are made again where they are told again, a third more
time for half the memory."""


@dataclass(frozen=True)
class KnowledgeGraph:
    """A corpus and what follows from it, as RDF in named graphs.

    ``as_of`` is the time that it is narrowed to (``graph/view.py``), None for the whole; ``further`` are facts beside
    those of corpus and derivation; ``known_at`` names the revision whose data it holds, where one was asked for.
    Facts and store are made when first asked for: an answer that needs the records alone does not wait for them.
    Who needs each fact once asks for ``facts_by_graph`` or ``facts_by_subject``, which hold few of a large dataset.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> kg = build_graph(load_corpus())
    >>> len(kg.store) == len(kg.quads)
    True
    """

    corpus: Corpus
    derived: Derived
    as_of: AsOf | None = None
    further: tuple[Fact, ...] = ()
    known_at: str = ""

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact, sorted by graph, subject, predicate and object, so that what is written from it never varies."""
        return tuple(chain.from_iterable(facts_by_graph(self.corpus, self.derived, self.further)))

    @property
    def _holds_facts(self) -> bool:
        """Whether the facts are held: those of a large dataset are made, and forgotten, whenever they are told."""
        return "facts" in vars(self) or len(self.corpus.statements) <= _HELD

    def facts_by_graph(self) -> Iterator[Sequence[Fact]]:
        """Yield the facts of one named graph after the other, in the order of ``facts``."""
        if not self._holds_facts:
            return facts_by_graph(self.corpus, self.derived, self.further)
        return (tuple(inside) for _, inside in groupby(self.facts, key=itemgetter(0)))

    def facts_by_subject(self) -> Iterator[Sequence[Fact]]:
        """Yield the facts of one subject after the other, by predicate and object."""
        if not self._holds_facts:
            return facts_by_subject(self.corpus, self.derived, self.further)
        found: dict[Node, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact[1]].append(fact)
        return (in_order(found[subject]) for subject in sorted(found))

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """The facts as objects of pyoxigraph, in the same order."""
        return tuple(parse(b"".join(n_quads(self.facts)), format=RdfFormat.N_QUADS))

    @cached_property
    def policy_dates(self) -> Mapping[str, tuple[When, ...]]:
        """The dates that counted statements give each policy."""
        return policy_dates(self.corpus)

    def first_term(self, pairing: Pairing) -> ToldTerm:
        """Return the first term of a pairing that has one, with what statements tell of it; found once, then kept."""
        if pairing.slug not in self._first_terms:
            found = [s for key in pairing.evidence if isinstance(s := self.corpus.statements[key], PairingStatement)]
            self._first_terms[pairing.slug] = terms_with_told(self.corpus, found, self.policy_dates)[0]
        return self._first_terms[pairing.slug]

    @cached_property
    def _first_terms(self) -> dict[str, ToldTerm]:
        return {}

    @cached_property
    def iris(self) -> Iris:
        """The IRIs of this dataset."""
        return Iris.of(self.corpus)

    @cached_property
    def store(self) -> Store:
        """An Oxigraph store in memory that holds every quad. Read it; to change the graph, change the facts."""
        store = Store()
        for some in n_quads(chain.from_iterable(self.facts_by_graph())):
            # as text, the quickest way in; lenient, since every IRI and language has been checked where it was read
            store.load(some, format=RdfFormat.N_QUADS, lenient=True)
        return store

    @cached_property
    def dataset(self) -> Dataset:
        """The same store as an rdflib ``Dataset`` whose default graph is the union of all graphs."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        dataset = Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, iri in self.iris.prefixes.items():
            dataset.bind(prefix, iri, replace=True)
        return dataset


def build_graph(corpus: Corpus) -> KnowledgeGraph:
    """Return the graph of a corpus that ``load_corpus`` accepted.

    Parameters
    ----------
    corpus: the records; nothing else is read but the ontology.
    """
    return KnowledgeGraph(corpus, derive(corpus))


def n_quads(facts: Iterable[Fact]) -> Iterator[bytes]:
    """Yield facts as N-Quads (https://www.w3.org/TR/n-quads/), one a line, in the order given, some at a time."""
    coming = iter(facts)
    while some := [
        f"{subject} {predicate} {told} {graph} .\n" for graph, subject, predicate, told in islice(coming, _BATCH)
    ]:
        yield "".join(some).encode()
