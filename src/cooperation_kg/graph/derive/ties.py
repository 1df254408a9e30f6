"""Which two parties does a pairing statement tie, in which programme family, and in which direction?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import PairingStatement, Scope

Identity = tuple[str, tuple[str, str]]
"""What makes two ties one pairing: the family and the two parties in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One pairing as one statement gives it; ``directed`` says that ``parties`` is (supporter, recipient)."""

    family: str
    programme: str
    parties: tuple[str, str]
    directed: bool
    statement: PairingStatement

    @property
    def identity(self) -> Identity:
        """Which pairing this is a tie of, whatever the order of its parties."""
        return self.family, (min(self.parties), max(self.parties))


def ties_of(corpus: Corpus, statement: PairingStatement) -> Iterator[Tie]:
    """Yield the pairings that one statement makes; none where lists stand on both sides without matching."""
    if statement.about is not None:
        named = corpus.pairings[_found(corpus, "pairing", statement.about)]
        yield _tie(corpus, statement, named.programme, (named.places[0], named.places[1]), directed=False)
        return
    assert statement.programme is not None
    for parties in _pairs(statement):
        yield _tie(corpus, statement, statement.programme, parties, directed=statement.parties is None)


def is_drawn(statement: PairingStatement) -> bool:
    """Return whether the statement makes pairings at all."""
    return any(True for _ in _pairs(statement)) or statement.about is not None


def scope_of(statement: PairingStatement) -> Scope | None:
    """Return the scope that a statement with unmatched lists on both sides is about, else None."""
    if is_drawn(statement) or statement.programme is None:
        return None
    return Scope(programme=statement.programme, supporter=statement.supporter, recipient=statement.recipient)


def _pairs(statement: PairingStatement) -> Iterator[tuple[str, str]]:
    if statement.parties is not None:
        yield statement.parties[0], statement.parties[1]
    elif statement.supporter and statement.recipient:
        if statement.matching == "by-position":
            yield from zip(statement.supporter, statement.recipient, strict=True)
        elif min(len(statement.supporter), len(statement.recipient)) == 1:
            yield from product(statement.supporter, statement.recipient)


def _tie(
    corpus: Corpus, statement: PairingStatement, programme: str, parties: tuple[str, str], *, directed: bool
) -> Tie:
    return Tie(corpus.programmes[programme].family_id, programme, parties, directed, statement)


def _found(corpus: Corpus, kind: str, reference: str) -> str:
    found = corpus.find((kind,), reference)
    if found is None:
        raise KeyError(reference)
    return found[1]
