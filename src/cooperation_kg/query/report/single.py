"""Which facts rest on one origin, and how weak is that? Reprints and credits of one origin are one voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origins_of
from cooperation_kg.query.report.asked import Asked

WEAK_GRADES = ("unattributed", "informal")
WEAK_WAYS = ("translation", "abstract")


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
    for cell in kg.derived.cells.values():
        origins = origins_of(kg.corpus, cell.evidence)
        if len(origins) == 1 and asked.wants(cell.measure) and _is_asked(asked, cell.about):
            weak = weakness(kg.corpus, cell.evidence)
            found.append(
                SingleSource("cell", cell.slug, cell.about, origins[0], weak, cell.evidence, cell.measure, cell.period)
            )
    return tuple(sorted(found, key=lambda fact: (not fact.weak, fact.kind != "pairing", fact.id)))


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


def _is_asked(asked: Asked, subject: tuple[str, str]) -> bool:
    """Return whether a cell is about a pairing asked about, or the thing itself; without a name every cell is."""
    things = {found[:2] for found in (asked.about, asked.programme) if found is not None}
    if subject[0] == "pairing":
        return subject[1] in asked.pairings
    return not asked.is_narrowed or subject in things
