"""What does a rule get to see? The corpus, the ontology, and every reference that any record makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pydantic import BaseModel

from cooperation_kg.curate.corpus import REGISTERS, Corpus, Locator
from cooperation_kg.curate.fields import Concept, Record, Ref, marked_values
from cooperation_kg.curate.registers import Entry
from cooperation_kg.curate.rules.members import Member, containers_of, members_of
from cooperation_kg.curate.statements import FigureStatement, PairingStatement, Statement
from cooperation_kg.errors import Issue
from cooperation_kg.ontology import Ontology

YamlKeys = tuple[str | int, ...]


class Reference(NamedTuple):
    """One text that points to something: who says it, where in the record, and what it may point to."""

    owner: Locator
    path: YamlKeys
    kinds: tuple[str, ...]
    text: str


class Notation(NamedTuple):
    """One text that names a concept of a scheme."""

    owner: Locator
    path: YamlKeys
    scheme: str
    text: str


@dataclass(frozen=True)
class World:
    """Everything a rule may look at; what several rules need is worked out once.

    Parameters
    ----------
    corpus: the records that could be read.
    ontology: the concept schemes that notations are looked up in.
    """

    corpus: Corpus
    ontology: Ontology

    def issue(self, owner: Locator, path: YamlKeys, code: str, en: str, zh: str) -> Issue:
        """Return a fault at the value of ``path`` in a record."""
        return Issue(*self.corpus.locate(*owner, path), code, en, zh)

    @cached_property
    def records(self) -> tuple[tuple[Locator, Record], ...]:
        """Every record of this dataset with its locator, inherited ones left out."""
        corpus = self.corpus
        own: list[tuple[Locator, Record]] = []
        for kind, entries in corpus.registers.items():
            own += [((kind, key), entry) for key, entry in entries.items() if (kind, key) not in corpus.inherited]
        for kind, table in (
            ("source", corpus.sources),
            ("judgement", corpus.judgements),
            ("statement", corpus.statements),
            ("coverage", corpus.coverage),
        ):
            own += [((kind, key), record) for key, record in table.items()]
        return tuple(own)

    @property
    def references(self) -> list[Reference]:
        """Every reference to a thing by id or name."""
        return self._marked[0]

    @property
    def notations(self) -> list[Notation]:
        """Every use of a concept."""
        return self._marked[1]

    @cached_property
    def _marked(self) -> tuple[list[Reference], list[Notation]]:
        references: list[Reference] = []
        notations: list[Notation] = []
        for owner, record in self.records:
            for path, mark, text in marked_values(record, (Ref, Concept)):
                if isinstance(mark, Ref):
                    references.append(Reference(owner, path, mark.kinds, text))
                else:
                    notations.append(Notation(owner, path, mark.scheme, text))
        return references, notations

    @cached_property
    def meanings(self) -> Mapping[tuple[tuple[str, ...], str], Locator | None]:
        """What each text that some reference has means among the kinds it may point to, or None."""
        return {(kinds, text): self.corpus.find(kinds, text) for kinds, text in {r[2:] for r in self.references}}

    @cached_property
    def standing(self) -> tuple[Statement, ...]:
        """Statements that are not withdrawn, sources in order of id, in reading order."""
        return tuple(s for s in self.corpus.statements.values() if s.withdrawn is None)

    @cached_property
    def stated_sources(self) -> frozenset[str]:
        """Ids of the sources that have a statement, withdrawn ones counted."""
        return frozenset(statement.source for statement in self.corpus.statements.values())

    @cached_property
    def figures(self) -> tuple[FigureStatement, ...]:
        """Standing figures."""
        return tuple(s for s in self.standing if isinstance(s, FigureStatement))

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Every pairing that some statement which counts states, one for each two parties."""
        refused = {key for j in self.corpus.judgements.values() if j.kind == "not-evidence" for key in j.about}
        pairings = (s for s in self.standing if isinstance(s, PairingStatement) and s.key not in refused)
        return tuple(member for statement in pairings for member in members_of(statement, self.corpus))

    @cached_property
    def has_unresolved_pairing(self) -> bool:
        """Whether some pairing statement names something that does not exist."""
        pairings = {("statement", s.key) for s in self.standing if isinstance(s, PairingStatement)}
        return any(self.meanings[r.kinds, r.text] is None and r.owner in pairings for r in self.references)

    def chain(self, party: str, day: date) -> tuple[str, ...]:
        """Return a party with the units that contain it on a day, the nearest first."""
        if (party, day) not in self._chains:
            self._chains[party, day] = (party, *containers_of(party, day, self.corpus))
        return self._chains[party, day]

    @cached_property
    def _chains(self) -> dict[tuple[str, date], tuple[str, ...]]:
        return {}

    @cached_property
    def last_day(self) -> date:
        """The last day that the dataset covers."""
        return date(int(self.corpus.dataset.horizon), 12, 31)

    def entries(self, kind: str) -> Iterator[tuple[str, Entry]]:
        """Yield (id, entry) of one register, those of this dataset only."""
        for key, entry in self.corpus.registers[kind].items():
            if (kind, key) not in self.corpus.inherited:
                yield key, entry

    def was_left_out(self, kind: str, reference: str, source: str | None = None) -> bool:
        """Return whether the thing may stand in a record or file that could not be read.

        Such a fault is reported already; what points there is not a second one.
        """
        unread = self.corpus.unread
        if kind in ("statement", "sibling"):
            stem, _, name = f"{source}.{reference}".rpartition(".") if kind == "sibling" else reference.rpartition(".")
            file = f"statements/{stem}.yaml"
            return (file, name) in unread or (file, "*") in unread
        if kind == "source":
            return any(file == f"sources/{reference}.yaml" for file, _ in unread)
        folder = REGISTERS[kind][0].split("*")[0]
        found = any(file.startswith(folder) and name in (reference, "*") for file, name in unread)
        hidden = kind == "place" and f"sources/{reference.split('.')[0]}.yaml"
        return found or any(file == hidden for file, _ in unread)

    @property
    def is_whole(self) -> bool:
        """Whether every record was read, so that what nobody states is truly stated nowhere."""
        return not self.corpus.unread


def yaml_name(record: BaseModel, name: str) -> str:
    """Return a field's name as YAML has it (``since`` is written ``from``).

    >>> from cooperation_kg.curate.statements import ParticipationStatement
    >>> one = ParticipationStatement.model_validate(
    ...     dict(source="s", id="a", kind="participation", locator="1", place="p", programme="q"))
    >>> yaml_name(one, "since")
    'from'
    """
    return type(record).model_fields[name].alias or name
