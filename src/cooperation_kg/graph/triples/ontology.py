"""The words of the graph, as facts: ``ontology/cooperation.ttl`` and ``concepts.ttl``."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import RdfFormat, parse

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.triples.values import Fact
from cooperation_kg.graph.vocabulary import Iris
from cooperation_kg.locations import ontology_folder

FILES = ("cooperation.ttl", "concepts.ttl")


def ontology_facts(corpus: Corpus) -> Iterator[Fact]:
    """Yield the ontology and the concepts in ``graph/ontology``."""
    graph = Iris.of(corpus).graph_term("ontology")
    for name in FILES:
        content = (ontology_folder() / name).read_bytes()
        for quad in parse(content, format=RdfFormat.TURTLE):
            yield graph, str(quad.subject), str(quad.predicate), str(quad.object)
