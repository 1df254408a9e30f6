"""The graph as of a time: the pairings, terms and statements that belong to it, and nothing clipped.

Kept are the pairings with a status that is wanted, whole, each with ``coop:statusAsOf``; the statements that make
them; and every other statement that tells of the time or of no time, unless it speaks of a pairing that is left out.
What a kept figure is part of, or revises, is kept with it, so that no part ever looks like a whole. Registers,
documents and ontology stay as they are. The dataset says ``coop:selectedAsOf``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import FigureStatement, PairingStatement, Statement
from cooperation_kg.graph.asof import AsOf, pairings_as_of, tells_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.disagreements import find_disagreements
from cooperation_kg.graph.derive.results import Cell, Derived, Pairing
from cooperation_kg.graph.derive.scopes import pairing_slug, subject_of
from cooperation_kg.graph.derive.ties import scope_of, ties_of
from cooperation_kg.graph.triples.values import COOP, Fact, concept, iri, text
from cooperation_kg.graph.vocabulary import Iris


def as_of_view(kg: KnowledgeGraph, as_of: AsOf) -> KnowledgeGraph:
    """Return the graph as of a time, as a graph of its own: it is queried and exported like the whole.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.asof import parse_as_of
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> view = as_of_view(build_graph(load_corpus()), parse_as_of("2009", ["certain"]))
    >>> all(2009 in pairing.in_force_in for pairing in view.derived.pairings.values())
    True
    """
    statuses = pairings_as_of(kg.derived.pairings, as_of)
    kept = _kept_statements(kg.corpus, kg.derived.pairings, statuses, as_of)
    return replace(narrowed(kg, statuses, kept), as_of=as_of, further=tuple(_said_as_of(kg.iris, as_of, statuses)))


def narrowed(kg: KnowledgeGraph, slugs: Collection[str], statements: Iterable[str]) -> KnowledgeGraph:
    """Return the graph of these pairings, these statements and the wholes that they are part of.

    Registers, documents and judgements stay; a judgement about statements that are all left out goes with them.

    Parameters
    ----------
    slugs: the pairings to keep.
    statements: the keys of the statements to keep.
    """
    kept = frozenset(with_wholes(kg.corpus, statements))
    judgements = {
        identifier: replaced
        for identifier, judgement in kg.corpus.judgements.items()
        if (replaced := judgement.model_copy(update={"about": tuple(k for k in judgement.about if k in kept)})).about
        or not judgement.about
    }
    corpus = replace(
        kg.corpus,
        statements={key: s for key, s in kg.corpus.statements.items() if key in kept},
        judgements={
            identifier: judgement.model_copy(
                update={"prefers": judgement.prefers if judgement.prefers in kept else None}
            )
            for identifier, judgement in judgements.items()
        },
    )
    return KnowledgeGraph(corpus, _derived(corpus, kg.derived, slugs, kept), kg.as_of, _said_of(kg, slugs), kg.known_at)


def _said_of(kg: KnowledgeGraph, slugs: Collection[str]) -> tuple[Fact, ...]:
    """Return what was said beside the records, but not of the pairings that are left out."""
    gone = {kg.iris.term("pairing", slug) for slug in kg.derived.pairings if slug not in slugs}
    return tuple(fact for fact in kg.further if fact[1] not in gone)


def _said_as_of(iris: Iris, as_of: AsOf, statuses: Mapping[str, str]) -> Iterator[Fact]:
    graph = iris.graph_term("derived")
    yield graph, iri(iris.base), COOP.selectedAsOf, text(as_of.text)
    for slug, status in statuses.items():
        yield graph, iris.term("pairing", slug), COOP.statusAsOf, concept("status", status)


def _kept_statements(
    corpus: Corpus, pairings: Mapping[str, Pairing], statuses: Mapping[str, str], as_of: AsOf
) -> frozenset[str]:
    shown = [pairings[slug] for slug in statuses]
    evidence = {key for pairing in shown for key in pairing.evidence}
    # a term may rest on more than the pairing does: on the policy, or on the list, that closed it
    evidence |= {key for pairing in shown for term in pairing.terms for key in term.evidence}
    kept = {
        key
        for key, statement in corpus.statements.items()
        if key in evidence or _belongs(corpus, pairings, statuses, statement, as_of)
    }
    return frozenset(kept)


def _belongs(
    corpus: Corpus,
    pairings: Mapping[str, Pairing],
    statuses: Mapping[str, str],
    statement: Statement,
    as_of: AsOf,
) -> bool:
    """Return whether a statement that makes no kept pairing belongs to the time all the same."""
    if statement.withdrawn is not None:
        return True
    if isinstance(statement, PairingStatement):
        if scope_of(statement) is not None:
            return tells_of(statement, as_of)
        slugs = (pairing_slug(pairings, tie.family, tie.parties) for tie in ties_of(corpus, statement))
        return any(slug in statuses for slug in slugs)
    about = getattr(statement, "about", None)
    kind, slug = subject_of(corpus, pairings, about) if about is not None else ("", "")
    return tells_of(statement, as_of) and (kind != "pairing" or slug in statuses)


def with_wholes(corpus: Corpus, keys: Iterable[str]) -> set[str]:
    """Add what kept figures are part of, and both ends of every revision that has one end kept."""
    links: dict[str, set[str]] = {}
    for statement in corpus.statements.values():
        if isinstance(statement, FigureStatement):
            own = f"{statement.source}."
            if statement.part_of:
                links.setdefault(statement.key, set()).add(own + statement.part_of)
            if statement.revises:
                links.setdefault(statement.key, set()).add(own + statement.revises)
                links.setdefault(own + statement.revises, set()).add(statement.key)
    kept: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in kept:
            kept.add(key)
            waiting += links.get(key, ())
    return kept


def _derived(corpus: Corpus, derived: Derived, slugs: Collection[str], kept: frozenset[str]) -> Derived:
    pairings = {
        slug: replace(pairing, implements=pairing.implements if pairing.implements in slugs else None)
        for slug, pairing in derived.pairings.items()
        if slug in slugs
    }
    scopes = {
        slug: replace(scope, evidence=evidence)
        for slug, scope in derived.scopes.items()
        if (evidence := _only(scope.evidence, kept))
    }
    cells: dict[str, Cell] = {
        slug: replace(cell, evidence=evidence)
        for slug, cell in derived.cells.items()
        if (evidence := _only(cell.evidence, kept))
    }
    return Derived(pairings, scopes, cells, find_disagreements(corpus, pairings, cells))


def _only(keys: Iterable[str], kept: frozenset[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key in kept)
