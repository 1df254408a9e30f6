"""Which statements speak of a thing, and how: as what they are about, or only by naming it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cooperation_kg.curate.fields import Ref, marked_values
from cooperation_kg.curate.statements import PairingStatement, Statement
from cooperation_kg.graph.asof import AsOf, tells_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement, Pairing
from cooperation_kg.graph.derive.scopes import THING_KINDS, subject_of
from cooperation_kg.graph.derive.ties import scope_of
from cooperation_kg.graph.derive.weighing import judgements_of

Subject = tuple[str, str]
"""Kind and id of a thing."""

# what a statement of these kinds is about, where it has no ``about``: kind of statement → field → kind of thing
_OWN_SUBJECT = {"document": ("policy", "policy"), "participation": ("programme", "programme")}


@dataclass(frozen=True)
class Mentions:
    """The statements that stand, by what they are about and by what they name; those that tell of a time only.

    Parameters
    ----------
    as_of: leave out statements that tell of other times; those that make a pairing are never left out.
    """

    kg: KnowledgeGraph
    as_of: AsOf | None = None

    @cached_property
    def always(self) -> Mentions:
        """The same for every time: what a document says of itself, and what is missing, know no as-of."""
        return self if self.as_of is None else Mentions(self.kg)

    def read(self) -> None:
        """Read all statements now, and not when the first thing is asked for."""
        for mentions in (self, self.always):
            _ = mentions._about, mentions._naming, mentions._disputed, mentions._disputes

    def about(self, kind: str, identifier: str, *kinds: str) -> list[Statement]:
        """Return the statements about a thing, of some kinds (figure, event …), in the order of the corpus."""
        return [s for s in self._about.get((kind, identifier), ()) if not kinds or s.kind in kinds]

    def naming(self, kind: str, identifier: str, *kinds: str) -> list[Statement]:
        """Return the statements that name a thing in any field, what they are about included."""
        return [s for s in self._naming.get((kind, identifier), ()) if not kinds or s.kind in kinds]

    def subject(self, statement: Statement) -> Subject | None:
        """Return what a statement is about, as the graph has it."""
        about = getattr(statement, "about", None)
        if about is not None and not isinstance(statement, PairingStatement):
            return subject_of(self.kg.corpus, self.kg.derived.pairings, about)
        kind, name = _OWN_SUBJECT.get(statement.kind, ("", ""))
        return (kind, getattr(statement, name)) if kind else None

    def directly_inside(self, day: date) -> Mapping[str, list[str]]:
        """Return which places lay directly inside which on a day, in the order of the register."""
        if day not in self._inside:
            found: dict[str, list[str]] = defaultdict(list)
            for key, place in self.kg.corpus.places.items():
                if parent := place.parent_at(day):
                    found[parent].append(key)
            for key, hidden in self.kg.corpus.anonymous.items():
                if hidden.within is not None:
                    found[hidden.within].append(key)
            self._inside[day] = dict(found)
        return self._inside[day]

    @cached_property
    def _inside(self) -> dict[date, Mapping[str, list[str]]]:
        return {}

    def disagreements(self, kind: str, identifier: str) -> list[Disagreement]:
        """Return the disagreements on a thing or on a figure about it."""
        return self._disputed.get((kind, identifier), [])

    def disputes_of(self, key: str) -> list[Disagreement]:
        """Return the disagreements in which a statement takes a side."""
        return self._disputes.get(key, [])

    @cached_property
    def standing(self) -> tuple[Statement, ...]:
        """Every statement that is not withdrawn and, where a time is asked about, tells of it."""
        made = {key for pairing in self.kg.derived.pairings.values() for key in pairing.evidence}
        return tuple(
            s
            for s in self.kg.corpus.statements.values()
            if s.withdrawn is None and (self.as_of is None or s.key in made or tells_of(s, self.as_of))
        )

    @cached_property
    def refused(self) -> Mapping[str, str]:
        """The judgement that keeps a statement from counting, by the key of the statement."""
        found = judgements_of(self.kg.corpus, "not-evidence")
        return {key: judgement.id for judgement in found for key in judgement.about}

    @cached_property
    def cell_of(self) -> Mapping[str, str]:
        """The cell of each figure that has one."""
        return {key: slug for slug, cell in self.kg.derived.cells.items() for key in cell.evidence}

    @cached_property
    def revised_by(self) -> Mapping[str, str]:
        """The figure that replaces another, by the key of the other."""
        found = ((s, getattr(s, "revises", None)) for s in self.kg.corpus.statements.values() if s.withdrawn is None)
        return {f"{s.source}.{revised}": s.key for s, revised in found if revised}

    @cached_property
    def implementing(self) -> Mapping[str, tuple[Pairing, ...]]:
        """The narrower pairings of each pairing."""
        found: dict[str, list[Pairing]] = defaultdict(list)
        for pairing in self.kg.derived.pairings.values():
            if pairing.implements:
                found[pairing.implements].append(pairing)
        return {slug: tuple(pairings) for slug, pairings in found.items()}

    @cached_property
    def of_source(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements that stand, by source, in reading order."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.standing:
            found[statement.source].append(statement)
        return {source: tuple(statements) for source, statements in found.items()}

    @cached_property
    def _about(self) -> Mapping[Subject, list[Statement]]:
        found: dict[Subject, list[Statement]] = defaultdict(list)
        for statement in self.standing:
            subject = self.subject(statement)
            if subject is not None:
                found[subject].append(statement)
        return found

    @cached_property
    def _naming(self) -> Mapping[Subject, list[Statement]]:
        found: dict[Subject, list[Statement]] = defaultdict(list)
        for statement in self.standing:
            for subject in dict.fromkeys(self._named_in(statement)):
                found[subject].append(statement)
        for pairing in self.kg.derived.pairings.values():
            known = found["pairing", pairing.slug]
            found["pairing", pairing.slug] = [
                *(self.kg.corpus.statements[key] for key in pairing.evidence),
                *(s for s in known if s.key not in pairing.evidence),
            ]
        return found

    def _named_in(self, statement: Statement) -> Iterator[Subject]:
        subject = self.subject(statement)
        if subject is not None:
            yield subject
        if isinstance(statement, PairingStatement) and (scope := scope_of(statement)) is not None:
            yield subject_of(self.kg.corpus, self.kg.derived.pairings, scope)
        yield from self._named_by_nickname(getattr(statement, "about", None))
        yield "source", statement.source
        for _, mark, text in marked_values(statement, Ref):
            kinds = [kind for kind in mark.kinds if kind not in ("sibling", "statement", "pairing")]
            named = self.kg.corpus.find(kinds, text)
            if named is not None:
                yield named

    def _named_by_nickname(self, about: object) -> Iterator[Subject]:
        """Yield what the name of a pairing stands for: to write 闽宁 is to name its programme and both its parties."""
        found = self.kg.corpus.find(("pairing",), about) if isinstance(about, str) else None
        if found is not None and self.kg.corpus.find(THING_KINDS, str(about)) == found:
            pairing = self.kg.corpus.pairings[found[1]]
            yield "programme", pairing.programme
            yield from filter(None, (self.kg.corpus.find(("place", "organisation"), p) for p in pairing.places))

    @cached_property
    def _disputed(self) -> Mapping[Subject, list[Disagreement]]:
        found: dict[Subject, list[Disagreement]] = defaultdict(list)
        for disagreement in self.kg.derived.disagreements.values():
            kind, identifier = disagreement.about
            cell = self.kg.derived.cells.get(identifier) if kind == "cell" else None
            found[cell.about if cell else disagreement.about].append(disagreement)
        return found

    @cached_property
    def _disputes(self) -> Mapping[str, list[Disagreement]]:
        found: dict[str, list[Disagreement]] = defaultdict(list)
        for disagreement in self.kg.derived.disagreements.values():
            for key in dict.fromkeys(disagreement.evidence):
                found[key].append(disagreement)
        return found
