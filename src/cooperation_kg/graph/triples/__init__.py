"""Records and what follows from them → RDF quads in named graphs. Each triple stands in exactly one graph.

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

from collections.abc import Iterator

from pyoxigraph import Quad

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.triples.derived import derived_quads
from cooperation_kg.graph.triples.ontology import ontology_quads
from cooperation_kg.graph.triples.registers import judgement_quads, register_quads
from cooperation_kg.graph.triples.statements import source_quads

__all__ = ["quads_of"]


def quads_of(corpus: Corpus, derived: Derived) -> Iterator[Quad]:
    """Yield every quad of the graph of a corpus, graph after graph."""
    yield from ontology_quads(corpus)
    yield from register_quads(corpus, derived)
    yield from judgement_quads(corpus, derived)
    for source in corpus.sources.values():
        yield from source_quads(corpus, derived, source)
    yield from derived_quads(corpus, derived)
