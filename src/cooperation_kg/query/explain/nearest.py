"""Where two parties have no pairing: what comes nearest? Pairings around and inside them, lists, programmes."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.statements import ParticipationStatement, Statement
from cooperation_kg.graph.asof import STATUSES, AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query import tables
from cooperation_kg.query.show.common import said_part
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.pairing import scopes_part
from cooperation_kg.query.show.parts import Part, Thing, in_order, part
from cooperation_kg.query.show.ties import pairings_part
from cooperation_kg.query.ways import containing

PARTIES = ("place", "organisation")
"""What a party can be."""


def pairings_between(kg: KnowledgeGraph, a: str, b: str, as_of: AsOf) -> list[Pairing]:
    """Return every pairing between two parties, whichever supports, the surest at that time and best attested first."""
    found = tables.pairings_between(kg).get(frozenset((a, b)), ())
    return sorted(found, key=lambda p: (STATUSES.index(status_of(p, as_of)), -len(p.origins), p.slug))


def nearest_parts(mentions: Mentions, a: str, b: str, as_of: AsOf) -> Iterator[Part]:
    """Yield what comes nearest to a pairing of two: wider and narrower pairings, scopes, statements, programmes."""
    kg = mentions.kg
    above = [containing(kg, party) for party in (a, b)]
    wider = [p for p in kg.derived.pairings.values() if _joins(p, above[0] | {a}, above[1] | {b})]
    yield pairings_part(kg, "wider_between", wider, as_of)
    parties = {party for pairing in kg.derived.pairings.values() for party in pairing.parties}
    inside = [{party for party in parties if _lies_in(kg, party, place)} for place in (a, b)]
    narrower = [p for p in kg.derived.pairings.values() if _joins(p, inside[0], inside[1])]
    yield pairings_part(kg, "narrower_between", narrower, as_of)
    yield scopes_part(
        mentions,
        [
            scope
            for scope in kg.derived.scopes.values()
            if any(x in scope.supporters and y in scope.recipients for x, y in ((a, b), (b, a)))
        ],
    )
    yield said_part(mentions, "both_named", _naming_both(mentions, a, b))
    yield _programmes(mentions, a, b)


def _joins(pairing: Pairing, one: set[str], other: set[str]) -> bool:
    first, second = pairing.parties
    return (first in one and second in other) or (first in other and second in one)


def _lies_in(kg: KnowledgeGraph, party: str, place: str) -> bool:
    return party == place or place in containing(kg, party)


def _naming_both(mentions: Mentions, a: str, b: str) -> Iterator[Statement]:
    """Yield the statements that name both parties, as places or as organisations."""
    named = [{statement.key for statement in _naming(mentions, party)} for party in (a, b)]
    return (mentions.kg.corpus.statements[key] for key in in_order(mentions.kg, named[0] & named[1]))


def _naming(mentions: Mentions, party: str, *kinds: str) -> Iterator[Statement]:
    return (statement for kind in PARTIES for statement in mentions.naming(kind, party, *kinds))


def _programmes(mentions: Mentions, a: str, b: str) -> Part:
    """Return the programmes in which both take part, each with somebody else or with no partner named."""
    kg = mentions.kg
    own = [_programmes_of(kg, party) for party in (a, b)]
    for families, party in zip(own, (a, b), strict=True):
        for statement in _naming(mentions, party, "participation"):
            if isinstance(statement, ParticipationStatement) and statement.place == party:
                families.add(kg.corpus.programmes[statement.programme].family_id)
    return part("programmes", "programme", ([Thing("programme", programme)] for programme in sorted(own[0] & own[1])))


def _programmes_of(kg: KnowledgeGraph, party: str) -> set[str]:
    return {pairing.programme for pairing in kg.derived.pairings.values() if party in pairing.parties}
