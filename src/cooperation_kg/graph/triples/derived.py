"""What follows from the statements, as facts in ``graph/derived``: pairings, terms, scopes, cells, disagreements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.fields import Bilingual
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
    make: Callable[[], Iterator[Fact]]


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
        return Describer(self.iris.term(kind, slug), self.graph)

    def _party(self, reference: str) -> Node:
        found = self.corpus.find(("place", "organisation"), reference)
        if found is None:
            raise KeyError(reference)
        return self.iris.term(*found)

    def _parties(self, references: Iterable[str | None]) -> list[Node]:
        return [self._party(reference) for reference in references if reference is not None]

    def _evidence(self, describe: Describer, keys: Iterable[str]) -> Iterator[Fact]:
        return describe.say(COOP.evidence, *(self.iris.term("statement", key) for key in keys))

    def pairing(self, pairing: Pairing) -> Iterator[Fact]:
        describe = self._describe("pairing", pairing.slug)
        yield from describe.types("Pairing")
        yield from describe.labels(
            Bilingual(zh=self.namer.pairing(pairing, "zh"), en=self.namer.pairing(pairing, "en"))
        )
        yield from describe.say(COOP.programme, self.iris.term("programme", pairing.programme))
        yield from describe.say(COOP.calledProgramme, *(self.iris.term("programme", p) for p in pairing.programmes))
        yield from describe.say(COOP.party, *self._parties(pairing.parties))
        yield from describe.say(COOP.supporter, *self._parties([pairing.supporter]))
        yield from describe.say(COOP.recipient, *self._parties([pairing.recipient]))
        yield from describe.say(COOP.directness, concept("directness", pairing.directness))
        yield from describe.say(COOP.directed, truth(pairing.directed))
        yield from describe.say(COOP.undated, truth(pairing.undated))
        yield from describe.say(COOP.inForceIn, *(whole(year) for year in pairing.in_force_in))
        yield from describe.say(COOP.possiblyIn, *(whole(year) for year in pairing.possibly_in))
        yield from self._states(describe, pairing.start_state, pairing.end_state)
        if pairing.last_confirmed is not None:
            yield from describe.say(COOP.lastConfirmed, day(pairing.last_confirmed))
        if pairing.implements is not None:
            yield from describe.say(COOP.implements, self.iris.term("pairing", pairing.implements))
        yield from describe.say(COOP.origins, whole(len(pairing.origins)))
        yield from self._evidence(describe, pairing.evidence)
        for term in pairing.terms:
            yield from describe.say(COOP.term, self.iris.term("term", f"{pairing.slug}.{term.number}"))
            yield from self._term(pairing, term)

    def _states(self, describe: Describer, start: str | None, end: str | None) -> Iterator[Fact]:
        yield from describe.say(COOP.startState, concept("start-state", start) if start else None)
        yield from describe.say(COOP.endState, concept("end-state", end) if end else None)

    def _term(self, pairing: Pairing, term: Term) -> Iterator[Fact]:
        describe = self._describe("term", f"{pairing.slug}.{term.number}")
        names = [self.namer.pairing(pairing, lang) for lang in ("zh", "en")]
        yield from describe.types("Term")
        yield from describe.labels(Bilingual(zh=f"{names[0]} 第{term.number}轮", en=f"{names[1]}, term {term.number}"))
        yield from describe.say(COOP.possibleFrom, day(term.possible_from))
        yield from describe.say(COOP.certainFrom, day(term.certain_from) if term.certain_from else None)
        yield from describe.say(COOP.certainTo, day(term.certain_to) if term.certain_to else None)
        yield from describe.say(COOP.possibleTo, day(term.possible_to))
        yield from describe.say(COOP.lastConfirmed, day(term.last_confirmed) if term.last_confirmed else None)
        yield from describe.say(COOP.basis, self.iris.term("policy", term.basis) if term.basis else None)
        yield from self._states(describe, term.start_state, term.end_state)
        yield from self._evidence(describe, term.evidence)

    def scope(self, scope: ScopeNode) -> Iterator[Fact]:
        describe = self._describe("scope", scope.slug)
        yield from describe.types("Scope")
        spoken = Scope(
            programme=scope.programme, supporter=scope.supporters or None, recipient=scope.recipients or None
        )
        yield from describe.labels(Bilingual(zh=self.namer.scope(spoken, "zh"), en=self.namer.scope(spoken, "en")))
        yield from describe.say(COOP.scopeProgramme, self.iris.term("programme", scope.programme))
        yield from describe.say(COOP.scopeSupporter, *self._parties(scope.supporters))
        yield from describe.say(COOP.scopeRecipient, *self._parties(scope.recipients))
        yield from self._evidence(describe, scope.evidence)

    def cell(self, cell: Cell) -> Iterator[Fact]:
        describe = self._describe("cell", cell.slug)
        yield from describe.types("Cell")
        yield from describe.say(COOP.about, self.iris.term(*cell.about))
        yield from describe.say(COOP.measure, concept("measure", cell.measure))
        yield from describe.say(COOP.period, text(cell.period) if cell.period else None)
        yield from describe.say(COOP.nature, concept("nature", cell.nature))
        yield from describe.say(COOP.stage, concept("stage", cell.stage))
        yield from describe.say(COOP.countedIn, *self._parties([cell.place]))
        yield from self._evidence(describe, cell.evidence)

    def disagreement(self, disagreement: Disagreement) -> Iterator[Fact]:
        describe = self._describe("disagreement", disagreement.slug)
        yield from describe.types("Disagreement")
        yield from describe.say(COOP.about, self.iris.term(*disagreement.about))
        yield from describe.say(COOP.disagreementKind, concept("disagreement-kind", disagreement.kind))
        yield from self._evidence(describe, disagreement.evidence)
        if disagreement.settled_by is not None:
            yield from describe.say(COOP.settledBy, self.iris.term("judgement", disagreement.settled_by))
