"""What follows from the statements, as facts in ``graph/derived``: pairings, terms, scopes, cells, disagreements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import Scope
from cooperation_kg.graph.derive.results import Cell, Derived, Disagreement, Pairing, ScopeNode, Term
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.triples.values import COOP, Describer, Fact, Node, concept, day, text, truth, whole
from cooperation_kg.graph.vocabulary import Iris


def derived_facts(corpus: Corpus, derived: Derived) -> Iterator[Fact]:
    """Yield everything derived, in the order of the slugs."""
    return (fact for part in derived_parts(corpus, derived) for fact in part.make())


class Part(NamedTuple):
    """Makes the facts of one thing that was derived: from that, and from registers and sources."""

    kind: str
    slug: str
    thing: Pairing | ScopeNode | Cell | Disagreement
    make: Callable[[], list[Fact]]


def derived_parts(corpus: Corpus, derived: Derived) -> Iterator[Part]:
    """Yield what makes the facts of everything derived, in the order of the slugs."""
    writer = _Writer(corpus, derived)
    for pairing in derived.pairings.values():
        yield Part("pairing", pairing.slug, pairing, partial(writer.pairing, pairing))
    for scope in derived.scopes.values():
        yield Part("scope", scope.slug, scope, partial(writer.scope, scope))
    for cell in derived.cells.values():
        yield Part("cell", cell.slug, cell, partial(writer.cell, cell))
    for disagreement in derived.disagreements.values():
        yield Part("disagreement", disagreement.slug, disagreement, partial(writer.disagreement, disagreement))


class _Writer:
    def __init__(self, corpus: Corpus, derived: Derived) -> None:
        self.corpus = corpus
        self.iris = Iris.of(corpus)
        self.graph = self.iris.graph_term("derived")
        self.namer = Namer(corpus, derived.pairings)

    def _describe(self, kind: str, slug: str) -> Describer:
        return Describer(self._named_once(kind, slug), self.graph)

    def _named_once(self, kind: str, slug: str) -> Node:
        # of these there are too many to remember the names of all
        return Iris.of(self.corpus).term(kind, slug)

    def _party(self, reference: str) -> Node:
        found = self.corpus.find(("place", "organisation"), reference)
        if found is None:
            raise KeyError(reference)
        return self.iris.term(*found)

    def _parties(self, references: Iterable[str | None]) -> list[Node]:
        return [self._party(reference) for reference in references if reference is not None]

    def _evidence(self, describe: Describer, keys: Iterable[str]) -> None:
        describe.say(COOP.evidence, *(self._named_once("statement", key) for key in keys))

    def pairing(self, pairing: Pairing) -> list[Fact]:
        describe = self._describe("pairing", pairing.slug)
        describe.types("Pairing")
        describe.named(self.namer.pairing(pairing, "zh"), self.namer.pairing(pairing, "en"))
        describe.say(COOP.programme, self.iris.term("programme", pairing.programme))
        describe.say(COOP.calledProgramme, *(self.iris.term("programme", p) for p in pairing.programmes))
        describe.say(COOP.party, *self._parties(pairing.parties))
        describe.say(COOP.supporter, *self._parties([pairing.supporter]))
        describe.say(COOP.recipient, *self._parties([pairing.recipient]))
        describe.say(COOP.directness, concept("directness", pairing.directness))
        describe.say(COOP.directed, truth(pairing.directed))
        describe.say(COOP.undated, truth(pairing.undated))
        describe.say(COOP.inForceIn, *(whole(year) for year in pairing.in_force_in))
        describe.say(COOP.possiblyIn, *(whole(year) for year in pairing.possibly_in))
        self._states(describe, pairing.start_state, pairing.end_state)
        if pairing.last_confirmed is not None:
            describe.say(COOP.lastConfirmed, day(pairing.last_confirmed))
        if pairing.implements is not None:
            describe.say(COOP.implements, self.iris.term("pairing", pairing.implements))
        describe.say(COOP.origins, whole(len(pairing.origins)))
        self._evidence(describe, pairing.evidence)
        for term in pairing.terms:
            subject = self._named_once("term", f"{pairing.slug}.{term.number}")
            describe.say(COOP.term, subject)
            self._term(pairing, term, describe.other(subject))
        return describe.facts

    def _states(self, describe: Describer, start: str | None, end: str | None) -> None:
        describe.say(COOP.startState, concept("start-state", start) if start else None)
        describe.say(COOP.endState, concept("end-state", end) if end else None)

    def _term(self, pairing: Pairing, term: Term, describe: Describer) -> None:
        names = [self.namer.pairing(pairing, lang) for lang in ("zh", "en")]
        describe.types("Term")
        describe.named(f"{names[0]} 第{term.number}轮", f"{names[1]}, term {term.number}")
        describe.say(COOP.possibleFrom, day(term.possible_from))
        describe.say(COOP.certainFrom, day(term.certain_from) if term.certain_from else None)
        describe.say(COOP.certainTo, day(term.certain_to) if term.certain_to else None)
        describe.say(COOP.possibleTo, day(term.possible_to))
        describe.say(COOP.lastConfirmed, day(term.last_confirmed) if term.last_confirmed else None)
        describe.say(COOP.basis, self.iris.term("policy", term.basis) if term.basis else None)
        self._states(describe, term.start_state, term.end_state)
        self._evidence(describe, term.evidence)

    def scope(self, scope: ScopeNode) -> list[Fact]:
        describe = self._describe("scope", scope.slug)
        describe.types("Scope")
        spoken = Scope(
            programme=scope.programme, supporter=scope.supporters or None, recipient=scope.recipients or None
        )
        describe.named(self.namer.scope(spoken, "zh"), self.namer.scope(spoken, "en"))
        describe.say(COOP.scopeProgramme, self.iris.term("programme", scope.programme))
        describe.say(COOP.scopeSupporter, *self._parties(scope.supporters))
        describe.say(COOP.scopeRecipient, *self._parties(scope.recipients))
        self._evidence(describe, scope.evidence)
        return describe.facts

    def cell(self, cell: Cell) -> list[Fact]:
        describe = self._describe("cell", cell.slug)
        describe.types("Cell")
        describe.say(COOP.about, self.iris.term(*cell.about))
        describe.say(COOP.measure, concept("measure", cell.measure))
        describe.say(COOP.period, text(cell.period) if cell.period else None)
        describe.say(COOP.nature, concept("nature", cell.nature))
        describe.say(COOP.stage, concept("stage", cell.stage))
        describe.say(COOP.countedIn, *self._parties([cell.place]))
        self._evidence(describe, cell.evidence)
        return describe.facts

    def disagreement(self, disagreement: Disagreement) -> list[Fact]:
        describe = self._describe("disagreement", disagreement.slug)
        describe.types("Disagreement")
        describe.say(COOP.about, self.iris.term(*disagreement.about))
        describe.say(COOP.disagreementKind, concept("disagreement-kind", disagreement.kind))
        self._evidence(describe, disagreement.evidence)
        if disagreement.settled_by is not None:
            describe.say(COOP.settledBy, self.iris.term("judgement", disagreement.settled_by))
        return describe.facts
