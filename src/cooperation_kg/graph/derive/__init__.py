"""Statements → what follows from them: pairings, terms, years in force, cells, disagreements, each with its evidence.

=================  ======================================================================
module             its question
=================  ======================================================================
``results``        what derived things are (frozen records, no logic)
``ties``           which two parties does a pairing statement tie, and in which direction
``origins``        who first said it, once reprints and credits are followed
``terms``          from when to when, certainly and possibly (model: four dates a term)
``closing``        which lists and policies close a pairing from outside
``pairings``       the pairings with roles, terms, years and the pairing they implement
``cells``          which figures speak of the same thing
``comparing``      can two figures or dates both be true; if not, how far apart are they
``disagreements``  where two origins say different things
``keeping``        what need not be made again, where a dataset is read again and again
=================  ======================================================================

Pure functions over a `Corpus`: no store, no clock, no order but that of the ids.

>>> from cooperation_kg.curate.corpus import load_corpus
>>> derived = derive(load_corpus())
>>> [slug for slug, pairing in derived.pairings.items() if pairing.name and pairing.name.zh == "京蒙"]
['east-west.beijing.inner-mongolia']
"""

from __future__ import annotations

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.derive.cells import find_cells
from cooperation_kg.graph.derive.disagreements import find_disagreements
from cooperation_kg.graph.derive.keeping import Kept, NotKept
from cooperation_kg.graph.derive.pairings import find_pairings
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.derive.scopes import find_scopes
from cooperation_kg.graph.derive.terms import policy_dates

__all__ = ["Derived", "Kept", "derive"]


def derive(corpus: Corpus, kept: Kept | None = None) -> Derived:
    """Return everything that follows from the statements of a corpus.

    Parameters
    ----------
    corpus: one that ``load_corpus`` accepted; a reference that leads nowhere would raise KeyError here.
    kept: what was made of the state before, where a dataset is read again and again.
    """
    kept = NotKept() if kept is None else kept
    dates = policy_dates(corpus)
    kept.begin((corpus.dataset, corpus.registers, corpus.inherited, corpus.sources, corpus.judgements, dates))
    pairings = find_pairings(corpus, dates, kept)
    scopes = find_scopes(corpus, pairings)
    cells = find_cells(corpus, pairings)
    return Derived(pairings, scopes, cells, find_disagreements(corpus, pairings, cells, kept))
