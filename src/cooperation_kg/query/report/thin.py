"""Which sources and entries say little, or nothing? Candidates for reading, for filling in, or for removal."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cooperation_kg.curate.fields import Ref, marked_values
from cooperation_kg.curate.statements import DocumentStatement, Scope
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.kept import kept
from cooperation_kg.query.tables import counted, counted_figures

REASONS = (
    "not-read-yet",
    "no-counted-statement",
    "unused",
    "only-contains-others",
    "no-date",
    "no-number",
    "no-figure",
)

Thing = tuple[str, str]
"""(kind, id)."""


@dataclass(frozen=True)
class Thin:
    """A source or register entry, and one reason (of REASONS) why it is thin or unused."""

    kind: str
    id: str
    reason: str


@kept
def find_thin(kg: KnowledgeGraph) -> tuple[Thin, ...]:
    """Return everything thin or unused in the dataset; what is inherited from the shipped one is passed over."""
    found = [*_sources(kg), *_unused(kg), *_policies(kg), *_programmes(kg)]
    return tuple(
        sorted(
            (thin for thin in found if (thin.kind, thin.id) not in kg.corpus.inherited),
            key=lambda thin: (REASONS.index(thin.reason), thin.kind, thin.id),
        )
    )


def _sources(kg: KnowledgeGraph) -> Iterator[Thin]:
    speaking = {statement.source for statement in counted(kg)}
    for source in kg.corpus.sources.values():
        if source.id not in speaking:
            yield Thin("source", source.id, "not-read-yet" if source.read == "not-yet" else "no-counted-statement")


def _unused(kg: KnowledgeGraph) -> Iterator[Thin]:
    corpus, used = kg.corpus, _used(kg)
    parents = {within.parent for place in corpus.places.values() for within in place.within}
    for kind, register in corpus.registers.items():
        for identifier in register:
            if (kind, identifier) not in used:
                is_parent = kind == "place" and identifier in parents
                yield Thin(kind, identifier, "only-contains-others" if is_parent else "unused")


def _used(kg: KnowledgeGraph) -> set[Thing]:
    """Return what counted statements, or the credits of sources, refer to; and every named pairing that is stated."""
    corpus = kg.corpus
    references = {
        (mark.kinds, text)
        for record in (*counted(kg), *corpus.sources.values())
        for _, mark, text in marked_values(record, Ref)
        if mark.kinds[0] != "sibling"
    }
    used = {found for kinds, text in references if (found := corpus.find(kinds, text))}
    stated = {(p.programme, frozenset(p.parties)) for p in kg.derived.pairings.values()}
    for named in corpus.pairings.values():
        if (corpus.programmes[named.programme].family_id, frozenset(named.places)) in stated:
            used.add(("pairing", named.id))
    return used


def _policies(kg: KnowledgeGraph) -> Iterator[Thin]:
    documents = [s for s in counted(kg) if isinstance(s, DocumentStatement)]
    dated = {document.policy for document in documents if document.date is not None}
    numbered = {document.policy for document in documents if document.number is not None}
    for policy in kg.corpus.registers["policy"]:
        if policy not in dated:
            yield Thin("policy", policy, "no-date")
        if policy not in numbered:
            yield Thin("policy", policy, "no-number")


def _programmes(kg: KnowledgeGraph) -> Iterator[Thin]:
    counted = _programmes_with_figures(kg)
    for programme in kg.corpus.programmes:
        if programme not in counted:
            yield Thin("programme", programme, "no-figure")


def _programmes_with_figures(kg: KnowledgeGraph) -> Collection[str]:
    """Return the programmes that figures are about: themselves, several of their pairings, or one of them."""
    found: set[str] = set()
    for statement, (kind, identifier) in counted_figures(kg):
        if isinstance(statement.about, Scope):
            found.add(statement.about.programme)
        if kind == "programme":
            found.add(identifier)
        elif kind == "pairing":
            pairing = kg.derived.pairings[identifier]
            found.update((pairing.programme, *pairing.programmes))
    return found
