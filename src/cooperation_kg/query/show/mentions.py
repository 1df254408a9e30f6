"""Which statements speak of a thing, and how: as what they are about, or only by naming it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cooperation_kg.curate.statements import Statement
from cooperation_kg.graph.asof import AsOf, tells_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement, Pairing
from cooperation_kg.query import tables
from cooperation_kg.query.tables import Subject, subject_spoken_of


@dataclass(frozen=True)
class Mentions:
    """The statements that stand, by what they are about and by what they name; those that tell of a time only.

    It costs nothing to make: the tables belong to the graph, and a time is looked for in what is found there.

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
        for table in (tables.statements_about, tables.statements_naming, tables.evidence_of_pairings):
            table(self.kg)
        for table_of_disputes in (tables.disagreements_on, tables.disputes_of):
            table_of_disputes(self.kg)

    def about(self, kind: str, identifier: str, *kinds: str) -> list[Statement]:
        """Return the statements about a thing, of some kinds (figure, event …), in the order of the corpus."""
        return self._telling(tables.statements_about(self.kg).get((kind, identifier), ()), kinds)

    def naming(self, kind: str, identifier: str, *kinds: str) -> list[Statement]:
        """Return the statements that name a thing in any field, what they are about included."""
        return self._telling(tables.statements_naming(self.kg).get((kind, identifier), ()), kinds)

    def of_source(self, source: str) -> list[Statement]:
        """Return the statements of a source, in reading order."""
        return self._telling(s for s in self.kg.corpus.of_source(source) if s.withdrawn is None)

    @cached_property
    def standing(self) -> tuple[Statement, ...]:
        """Every statement that is not withdrawn and, where a time is asked about, tells of it."""
        return tuple(self._telling(s for s in self.kg.corpus.statements.values() if s.withdrawn is None))

    def _telling(self, statements: Iterable[Statement], kinds: Collection[str] = ()) -> list[Statement]:
        """Return those of some kinds that tell of the time asked about."""
        made: Collection[str] = () if self.as_of is None else tables.evidence_of_pairings(self.kg)
        return [
            s
            for s in statements
            if (not kinds or s.kind in kinds) and (self.as_of is None or s.key in made or tells_of(s, self.as_of))
        ]

    def subject(self, statement: Statement) -> Subject | None:
        """Return what a statement is about, as the graph has it."""
        return subject_spoken_of(self.kg, statement)

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

    def disagreements(self, kind: str, identifier: str) -> tuple[Disagreement, ...]:
        """Return the disagreements on a thing or on a figure about it."""
        return tables.disagreements_on(self.kg).get((kind, identifier), ())

    def disputes_of(self, key: str) -> tuple[Disagreement, ...]:
        """Return the disagreements in which a statement takes a side."""
        return tables.disputes_of(self.kg).get(key, ())

    @property
    def refused(self) -> Mapping[str, str]:
        """The judgement that keeps a statement from counting, by the key of the statement."""
        return tables.refused_by(self.kg)

    @property
    def cell_of(self) -> Mapping[str, str]:
        """The cell of each figure that has one."""
        return tables.cell_of(self.kg)

    @property
    def revised_by(self) -> Mapping[str, str]:
        """The figure that replaces another, by the key of the other."""
        return tables.revised_by(self.kg)

    @property
    def implementing(self) -> Mapping[str, tuple[Pairing, ...]]:
        """The narrower pairings of each pairing."""
        return tables.narrower_pairings(self.kg)
