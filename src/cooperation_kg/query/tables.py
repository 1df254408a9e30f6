"""Which facts speak of a thing? Tables over the whole record, each made once for a graph (see ``kept``).

=========================  ===========================================================================
table                      by what it is looked up, and what is found
=========================  ===========================================================================
``statements_about``       thing → the statements about it
``statements_naming``      thing → the statements that name it, what they are about included
``counted``                every statement that counts
``counted_figures``        every figure that counts, with what it is about
``dating_documents``       policy → the documents that date it
``numbers_of_statements``  statement → its number in the order of the corpus
``cell_of``                figure → its cell
``revised_by``             figure → the figure that replaces it
``refused_by``             statement → the judgement that keeps it from counting
``evidence_of_pairings``   the statements that make pairings
``pairings_resting_on``    statement → the pairings that it makes, or of which it closes a term
``pairings_between``       two parties → the pairings between them
``narrower_pairings``      pairing → those that implement it
``disagreements_on``       thing → the disagreements on it, or on a figure about it
``disputes_of``            statement → the disagreements in which it takes a side
=========================  ===========================================================================

Withdrawn statements are left out of all that lists statements. Lists are in the order of the corpus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cooperation_kg.curate.fields import Ref, marked_values
from cooperation_kg.curate.statements import DocumentStatement, FigureStatement, PairingStatement, Statement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement, Pairing
from cooperation_kg.graph.derive.scopes import THING_KINDS, subject_of
from cooperation_kg.graph.derive.ties import scope_of
from cooperation_kg.graph.derive.weighing import counted_statements, judgements_of
from cooperation_kg.query.kept import kept

Subject = tuple[str, str]
"""Kind and id of a thing."""

# what a statement of these kinds is about, where it has no ``about``: kind of statement → field → kind of thing
_OWN_SUBJECT = {"document": ("policy", "policy"), "participation": ("programme", "programme")}


def subject_spoken_of(kg: KnowledgeGraph, statement: Statement) -> Subject | None:
    """Return what a statement is about, as the graph has it."""
    about = getattr(statement, "about", None)
    if about is not None and not isinstance(statement, PairingStatement):
        return subject_of(kg.corpus, kg.derived.pairings, about)
    kind, name = _OWN_SUBJECT.get(statement.kind, ("", ""))
    return (kind, getattr(statement, name)) if kind else None


@kept
def statements_about(kg: KnowledgeGraph) -> Mapping[Subject, tuple[Statement, ...]]:
    """Return the statements about each thing."""
    found: dict[Subject, list[Statement]] = defaultdict(list)
    for statement in _standing(kg):
        subject = subject_spoken_of(kg, statement)
        if subject is not None:
            found[subject].append(statement)
    return {subject: tuple(statements) for subject, statements in found.items()}


@kept
def statements_naming(kg: KnowledgeGraph) -> Mapping[Subject, tuple[Statement, ...]]:
    """Return the statements that name each thing in any field; of a pairing those that make it first."""
    found: dict[Subject, list[Statement]] = defaultdict(list)
    for statement in _standing(kg):
        for subject in dict.fromkeys(_named_in(kg, statement)):
            found[subject].append(statement)
    for pairing in kg.derived.pairings.values():
        known = found["pairing", pairing.slug]
        found["pairing", pairing.slug] = [
            *(kg.corpus.statements[key] for key in pairing.evidence),
            *(s for s in known if s.key not in pairing.evidence),
        ]
    return {subject: tuple(statements) for subject, statements in found.items()}


def _standing(kg: KnowledgeGraph) -> Iterator[Statement]:
    return (statement for statement in kg.corpus.statements.values() if statement.withdrawn is None)


def _named_in(kg: KnowledgeGraph, statement: Statement) -> Iterator[Subject]:
    subject = subject_spoken_of(kg, statement)
    if subject is not None:
        yield subject
    if isinstance(statement, PairingStatement) and (scope := scope_of(statement)) is not None:
        yield subject_of(kg.corpus, kg.derived.pairings, scope)
    yield from _named_by_nickname(kg, getattr(statement, "about", None))
    yield "source", statement.source
    for _, mark, text in marked_values(statement, Ref):
        kinds = [kind for kind in mark.kinds if kind not in ("sibling", "statement", "pairing")]
        named = kg.corpus.find(kinds, text)
        if named is not None:
            yield named


def _named_by_nickname(kg: KnowledgeGraph, about: object) -> Iterator[Subject]:
    """Yield what the name of a pairing stands for: to write 闽宁 is to name its programme and both its parties."""
    found = kg.corpus.find(("pairing",), about) if isinstance(about, str) else None
    if found is not None and kg.corpus.find(THING_KINDS, str(about)) == found:
        pairing = kg.corpus.pairings[found[1]]
        yield "programme", pairing.programme
        yield from filter(None, (kg.corpus.find(("place", "organisation"), p) for p in pairing.places))


@kept
def counted(kg: KnowledgeGraph) -> tuple[Statement, ...]:
    """Return every statement that counts."""
    return counted_statements(kg.corpus)


@kept
def counted_figures(kg: KnowledgeGraph) -> tuple[tuple[FigureStatement, Subject], ...]:
    """Return every figure that counts, with what it is about."""
    return tuple(
        (statement, subject_of(kg.corpus, kg.derived.pairings, statement.about))
        for statement in counted(kg)
        if isinstance(statement, FigureStatement)
    )


@kept
def dating_documents(kg: KnowledgeGraph) -> Mapping[str, tuple[DocumentStatement, ...]]:
    """Return the statements that count and give each policy a date."""
    found: dict[str, list[DocumentStatement]] = defaultdict(list)
    for statement in counted(kg):
        if isinstance(statement, DocumentStatement) and statement.date is not None:
            found[statement.policy].append(statement)
    return {policy: tuple(statements) for policy, statements in found.items()}


@kept
def numbers_of_statements(kg: KnowledgeGraph) -> Mapping[str, int]:
    """Return the number of each statement in the order of the corpus, which is that of every list."""
    return {key: number for number, key in enumerate(kg.corpus.statements)}


@kept
def cell_of(kg: KnowledgeGraph) -> Mapping[str, str]:
    """Return the slug of the cell of each figure that has one."""
    return {key: slug for slug, cell in kg.derived.cells.items() for key in cell.evidence}


@kept
def revised_by(kg: KnowledgeGraph) -> Mapping[str, str]:
    """Return the figure that replaces another, by the key of the other."""
    found = ((s, getattr(s, "revises", None)) for s in _standing(kg))
    return {f"{s.source}.{revised}": s.key for s, revised in found if revised}


@kept
def refused_by(kg: KnowledgeGraph) -> Mapping[str, str]:
    """Return the judgement that keeps a statement from counting, by the key of the statement."""
    found = judgements_of(kg.corpus, "not-evidence")
    return {key: judgement.id for judgement in found for key in judgement.about}


@kept
def evidence_of_pairings(kg: KnowledgeGraph) -> frozenset[str]:
    """Return the keys of the statements that make pairings."""
    return frozenset(key for pairing in kg.derived.pairings.values() for key in pairing.evidence)


@kept
def pairings_resting_on(kg: KnowledgeGraph) -> Mapping[str, tuple[Pairing, ...]]:
    """Return the pairings that each statement makes, or of which it closes a term."""
    found: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in kg.derived.pairings.values():
        closing = (key for term in pairing.terms for key in term.evidence)
        for key in dict.fromkeys((*pairing.evidence, *closing)):
            found[key].append(pairing)
    return {key: tuple(pairings) for key, pairings in found.items()}


@kept
def pairings_between(kg: KnowledgeGraph) -> Mapping[frozenset[str], tuple[Pairing, ...]]:
    """Return the pairings between two parties, whichever supports, in any programme."""
    found: dict[frozenset[str], list[Pairing]] = defaultdict(list)
    for pairing in kg.derived.pairings.values():
        found[frozenset(pairing.parties)].append(pairing)
    return {parties: tuple(pairings) for parties, pairings in found.items()}


@kept
def narrower_pairings(kg: KnowledgeGraph) -> Mapping[str, tuple[Pairing, ...]]:
    """Return the pairings that implement each pairing."""
    found: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in kg.derived.pairings.values():
        if pairing.implements:
            found[pairing.implements].append(pairing)
    return {slug: tuple(pairings) for slug, pairings in found.items()}


@kept
def disagreements_on(kg: KnowledgeGraph) -> Mapping[Subject, tuple[Disagreement, ...]]:
    """Return the disagreements on each thing, or on a figure about it."""
    found: dict[Subject, list[Disagreement]] = defaultdict(list)
    for disagreement in kg.derived.disagreements.values():
        kind, identifier = disagreement.about
        cell = kg.derived.cells.get(identifier) if kind == "cell" else None
        found[cell.about if cell else disagreement.about].append(disagreement)
    return {subject: tuple(disagreements) for subject, disagreements in found.items()}


@kept
def disputes_of(kg: KnowledgeGraph) -> Mapping[str, tuple[Disagreement, ...]]:
    """Return the disagreements in which each statement takes a side."""
    found: dict[str, list[Disagreement]] = defaultdict(list)
    for disagreement in kg.derived.disagreements.values():
        for key in dict.fromkeys(disagreement.evidence):
            found[key].append(disagreement)
    return {key: tuple(disagreements) for key, disagreements in found.items()}
