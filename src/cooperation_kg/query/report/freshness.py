"""When was each pairing last seen at work, and how long before the end of the horizon was that?

================  =======================================================================================
state             means
================  =======================================================================================
``seen``          a source shows it at work on or after its start; no end is stated
``start-only``    its start is stated (or follows from its basis); no source shows it at work afterwards
``some-time``     a source shows it at work some time within a span: no single day is certain
``ended``         a stated end, a replacement or a list ended it: nothing more is to be confirmed
``undated``       no source says when
================  =======================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import PairingStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.report.asked import Asked

FRESHNESS = ("undated", "some-time", "start-only", "seen", "ended")
"""The states, what is most in need of a source first."""
CLOSED = frozenset({"ended", "replaced"})


@dataclass(frozen=True)
class Freshness:
    """When a pairing was last confirmed; ``years_since`` counts calendar years to the end of the horizon."""

    pairing: str
    state: str
    last_confirmed: date | None
    years_since: int | None
    statements: tuple[str, ...]


def find_freshness(kg: KnowledgeGraph, asked: Asked) -> tuple[Freshness, ...]:
    """Return the freshness of every pairing asked about, what is most in need of a source first."""
    found = (freshness_of(kg.corpus, pairing) for pairing in asked.pairings.values())
    return tuple(sorted(found, key=lambda f: (FRESHNESS.index(f.state), -(f.years_since or 0), f.pairing)))


def freshness_of(corpus: Corpus, pairing: Pairing) -> Freshness:
    """Return when one pairing was last confirmed, and which statements confirm it."""
    day = pairing.last_confirmed
    since = None if day is None else int(corpus.dataset.horizon) - day.year
    return Freshness(pairing.slug, _state(pairing), day, since, _confirming(corpus, pairing, day))


def _state(pairing: Pairing) -> str:
    if pairing.undated:
        return "undated"
    last = pairing.terms[-1]
    if last.end_state in CLOSED:
        return "ended"
    if last.last_confirmed is None:
        return "some-time"
    is_started = last.start_state != "first-seen" and last.last_confirmed == last.certain_from
    return "start-only" if is_started else "seen"


def _confirming(corpus: Corpus, pairing: Pairing, day: date | None) -> tuple[str, ...]:
    """Return the statements whose sighting or start is that day; all of them where no day is certain."""
    if day is None:
        return pairing.evidence
    found = []
    for key in pairing.evidence:
        statement = corpus.statements[key]
        assert isinstance(statement, PairingStatement)
        if day in {when.latest for when in (statement.as_of, statement.since) if when}:
            found.append(key)
    return tuple(found) or pairing.evidence
