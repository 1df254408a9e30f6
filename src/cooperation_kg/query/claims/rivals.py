"""What does the record say instead of a pairing that nobody states? The recipient with other supporters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cooperation_kg.curate.statements import PairingStatement
from cooperation_kg.graph.asof import AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.claims.names import ancestors_of
from cooperation_kg.query.claims.periods import Period
from cooperation_kg.query.claims.results import Bearing, Words
from cooperation_kg.query.claims.sides import Party, Sides


@dataclass(frozen=True)
class TieClaim:
    """That two places are paired.

    ``point`` is what a time says of it: ``start``, ``end``, or ``""`` (it was so then). ``basis`` are policies that the
    sentence gives as its basis.
    """

    sides: Sides
    periods: tuple[Period, ...]
    point: str
    basis: tuple[str, ...] = ()


def rivals_of(kg: KnowledgeGraph, claim: TieClaim, one: Party, other: Party, directed: bool) -> Iterator[Bearing]:
    """Yield what the record says instead: the recipient with other supporters of the same rank, at that time."""
    recipients = [other] if directed else [one, other]
    for recipient in recipients:
        partner = one if recipient is other else other
        for pairing in kg.derived.pairings.values():
            if not _is_rival(kg, claim, pairing, recipient, partner):
                continue
            status = _status_then(pairing, claim)
            if status == "absent":
                continue
            follows = claim.point == "start" or any(p.kind == "since" for p in claim.periods)
            is_over = follows and _ended_by(pairing, claim)
            how = "disagrees" if (directed or pairing.recipient in recipient) and not is_over else "near"
            words = Words("受援方另有帮扶方", "the recipient has another supporter")
            keys = [k for k in pairing.evidence if _tells_then(kg, k, claim)] or pairing.evidence[:1]
            yield from (Bearing(key, how, words) for key in keys[:4])


def _ended_by(pairing: Pairing, claim: TieClaim) -> bool:
    """Whether another pairing of the recipient had ended when the one claimed is said to begin."""
    starts = [p.when.latest for p in claim.periods if p.when is not None]
    last = pairing.terms[-1] if pairing.terms else None
    return (
        bool(starts) and last is not None and last.end_state in ("ended", "replaced") and last.possible_to <= starts[0]
    )


def _is_rival(kg: KnowledgeGraph, claim: TieClaim, pairing: Pairing, recipient: Party, partner: Party) -> bool:
    mine = [p for p in pairing.parties if p in recipient]
    if not mine or (pairing.supporter is not None and pairing.supporter in mine):
        return False
    if claim.sides.programmes and not set(claim.sides.programmes) & {pairing.programme, *pairing.programmes}:
        return False
    rival = next(p for p in pairing.parties if p not in mine)
    return any(_rank(kg, rival) == _rank(kg, p) for p in partner) and not any(
        rival in ancestors_of(kg, p) or p in ancestors_of(kg, rival) for p in partner
    )


def _rank(kg: KnowledgeGraph, party: str) -> str:
    place = kg.corpus.places.get(party) or kg.corpus.anonymous.get(party)
    return place.level if place else "organisation"


def _status_then(pairing: Pairing, claim: TieClaim) -> str:
    times = [p for p in claim.periods if p.when is not None]
    if not times:
        return "certain"
    return status_of(pairing, AsOf(times[0].when)) if times[0].when else "certain"


def _tells_then(kg: KnowledgeGraph, key: str, claim: TieClaim) -> bool:
    statement = kg.corpus.statements[key]
    assert isinstance(statement, PairingStatement)
    told = [when for when in (statement.since, statement.as_of, statement.until) if when is not None]
    times = [p.when for p in claim.periods if p.when is not None]
    return not times or any(when.overlaps(said) for when in told for said in times)
