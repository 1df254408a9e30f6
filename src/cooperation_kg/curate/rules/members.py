"""Which two parties does a pairing statement join? Each member of a list on one side joins the other side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.registers import Place
from cooperation_kg.curate.statements import PairingStatement


class Member(NamedTuple):
    """One pairing that a statement states: the programme's family, the two parties, and where in the YAML.

    ``path`` is where the second party stands; ``directed`` tells whether the first supports the second.
    """

    statement: PairingStatement
    family: str
    first: str
    second: str
    directed: bool
    path: tuple[str | int, ...]

    @property
    def identity(self) -> tuple[str, frozenset[str]]:
        """What makes two statements speak of the same pairing: the family and the two parties, unordered."""
        return self.family, frozenset((self.first, self.second))


def members_of(statement: PairingStatement, corpus: Corpus) -> Iterator[Member]:
    """Yield the pairings that one statement states; lists on both sides need ``matching: by-position``.

    References that lead nowhere are passed over: they are reported as such.
    """
    if statement.about is not None:
        yield from _named(statement, corpus)
        return
    family = family_of(statement.programme, corpus)
    if statement.parties is not None:
        first, second = statement.parties
        yield Member(statement, family, first, second, False, ("parties", 1))
        return
    supporters, recipients = statement.supporter or (), statement.recipient or ()
    if statement.matching == "by-position":
        for index, (first, second) in enumerate(zip(supporters, recipients, strict=True)):
            yield Member(statement, family, first, second, True, ("recipient", index))
    elif len(supporters) == 1 or len(recipients) == 1:
        for i, first in enumerate(supporters):
            for j, second in enumerate(recipients):
                path = ("recipient", j) if len(supporters) == 1 else ("supporter", i)
                yield Member(statement, family, first, second, True, path)


def family_of(programme: str | None, corpus: Corpus) -> str:
    """Return the id under which ties of a programme are one tie; an unknown programme is its own."""
    known = corpus.programmes.get(programme or "")
    return known.family_id if known is not None else programme or ""


def containers_of(reference: str, day: date, corpus: Corpus) -> Iterator[str]:
    """Yield the ids of the units above a place on a day, the nearest first."""
    seen = {reference}
    above = _parent(reference, day, corpus)
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = _parent(above, day, corpus)


def _parent(reference: str, day: date, corpus: Corpus) -> str | None:
    if reference in corpus.anonymous:
        return corpus.anonymous[reference].within
    place = corpus.places.get(reference)
    return place.parent_at(day) if isinstance(place, Place) else None


def _named(statement: PairingStatement, corpus: Corpus) -> Iterator[Member]:
    found = corpus.find(("pairing",), statement.about or "")
    if found is not None:
        named = corpus.pairings[found[1]]
        first, second = named.places
        yield Member(statement, family_of(named.programme, corpus), first, second, False, ("about",))
