"""How well does it stand: when was a pairing last seen at work, and on how many origins does a fact rest?

Reprints and credits of one origin are one voice. How long ago a pairing was last confirmed is counted to the end of
the horizon.

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

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import PairingStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origins_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.kept import kept
from cooperation_kg.query.report.asked import Asked, is_about

FRESHNESS = ("undated", "some-time", "start-only", "seen", "ended")
"""The states, what is most in need of a source first."""
CLOSED = frozenset({"ended", "replaced"})
WEAK_GRADES = ("unattributed", "informal")
WEAK_WAYS = ("translation", "abstract")


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


@dataclass(frozen=True)
class SingleSource:
    """A pairing, or a cell of figures, that rests on one origin.

    ``weak`` says why the origin is weak, empty where it is not: every document at hand is of a grade in WEAK_GRADES,
    or was reached only in one of WEAK_WAYS. ``subject`` is (kind, id) of what a cell is about.
    """

    kind: str
    id: str
    subject: tuple[str, str]
    origin: str
    weak: tuple[str, ...]
    statements: tuple[str, ...]
    measure: str = ""
    period: str = ""


def find_single(kg: KnowledgeGraph, asked: Asked) -> tuple[SingleSource, ...]:
    """Return every fact asked about that rests on one origin, weak ones first."""
    found = [
        SingleSource("pairing", p.slug, ("pairing", p.slug), p.origins[0], weakness(kg.corpus, p.evidence), p.evidence)
        for p in asked.pairings.values()
        if len(p.origins) == 1
    ]
    for subject, facts in _single_cells(kg).items():
        if is_about(kg, asked, subject):
            found += [fact for fact in facts if asked.wants(fact.measure)]
    return tuple(sorted(found, key=lambda fact: (not fact.weak, fact.kind != "pairing", fact.id)))


@kept
def _single_cells(kg: KnowledgeGraph) -> Mapping[tuple[str, str], list[SingleSource]]:
    """Return the cells that rest on one origin, by what they are about."""
    found: dict[tuple[str, str], list[SingleSource]] = defaultdict(list)
    for cell in kg.derived.cells.values():
        origins = origins_of(kg.corpus, cell.evidence)
        if len(origins) == 1:
            weak = weakness(kg.corpus, cell.evidence)
            found[cell.about].append(
                SingleSource("cell", cell.slug, cell.about, origins[0], weak, cell.evidence, cell.measure, cell.period)
            )
    return dict(found)


def weakness(corpus: Corpus, keys: Iterable[str]) -> tuple[str, ...]:
    """Return why statements of one origin are weak evidence: grades, then ways of reaching; empty where they are not.

    Nothing is weak of which one document is neither of a weak grade nor reached in a weak way.
    """
    statements = [corpus.statements[key] for key in keys]
    grades = {corpus.sources[s.source].grade or "" for s in statements}
    ways = {s.reached_by or corpus.sources[s.source].reached_by for s in statements}
    return (
        *(grade for grade in WEAK_GRADES if grades <= set(WEAK_GRADES) and grade in grades),
        *(way for way in WEAK_WAYS if ways <= set(WEAK_WAYS) and way in ways),
    )
