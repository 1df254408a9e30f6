"""Does a text of a judgement name a pairing? By a name of its own, or by both parties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.derive.results import Pairing


@dataclass(frozen=True)
class PairingNames:
    """What a pairing is called: the names of its own, and those of each of its parties."""

    own: tuple[str, ...]
    parties: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, corpus: Corpus, pairing: Pairing) -> PairingNames:
        """Return the names of a pairing."""
        parties = tuple(tuple(_party_names(corpus, party)) for party in pairing.parties)
        return cls(tuple(_own_names(corpus, pairing)), parties)

    def stand_in(self, text: str) -> bool:
        """Return whether a text names the pairing: by a name of its own, or by both parties.

        >>> PairingNames(("京蒙",), (("北京",), ("内蒙古",))).stand_in("北京与内蒙古的协作")
        True
        """
        return any(name in text for name in self.own) or all(
            any(name in text for name in names) for names in self.parties
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
