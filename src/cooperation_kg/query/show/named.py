"""Does a text of a judgement name a pairing? By a name of its own, or by both parties."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.derive.results import Pairing


def names_pairing(corpus: Corpus, text: str, pairing: Pairing) -> bool:
    """Return whether a text names a pairing: by a name of its own, or by both parties."""
    return any(name in text for name in _own_names(corpus, pairing)) or all(
        any(name in text for name in _party_names(corpus, party)) for party in pairing.parties
    )


def _own_names(corpus: Corpus, pairing: Pairing) -> Iterator[str]:
    for named in corpus.pairings.values():
        family = corpus.programmes[named.programme].family_id
        if family == pairing.programme and set(named.places) == set(pairing.parties):
            yield from named.names()


def _party_names(corpus: Corpus, party: str) -> Iterator[str]:
    """Yield the names of a party that a text can be searched for; 简称 of one character would be found anywhere."""
    if party in corpus.anonymous:
        names: tuple[str, ...] = (corpus.anonymous[party].name.zh,)
    else:
        kind = "organisation" if party in corpus.registers["organisation"] else "place"
        names = corpus.registers[kind][party].names()
    return (name for name in names if len(name) > 1)
