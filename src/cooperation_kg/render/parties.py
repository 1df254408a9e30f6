"""Who takes part? Every party of a pairing and every stated participant, and what its register entry says of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from cooperation_kg.curate.registers import AnonymousPlace, Organisation, Place
from cooperation_kg.curate.statements import ParticipationStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.weighing import counted_statements
from cooperation_kg.graph.naming import Namer
from cooperation_kg.render.rows import both

Party = Place | AnonymousPlace | Organisation


class Parties:
    """The parties of a graph.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> Parties(build_graph(load_corpus())).told("beijing")["level"]
    'province'
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.corpus = kg.corpus
        self.namer = Namer(kg.corpus, kg.derived.pairings)

    @cached_property
    def ids(self) -> list[str]:
        """Every party, in order."""
        paired = {party for p in self.kg.derived.pairings.values() for party in p.parties}
        taking_part = {s.place for s in counted_statements(self.corpus) if isinstance(s, ParticipationStatement)}
        return sorted(paired | taking_part)

    def record(self, party: str) -> Party:
        """Return the register entry of a party, or what a source says of a place that it hides."""
        organisations = self.corpus.registers["organisation"]
        found = organisations[party] if party in organisations else self.corpus.place(party)
        assert isinstance(found, Party)
        return found

    def told(self, party: str) -> dict[str, Any]:
        """Return what a party is: names, kind, level, code, seat, parent and IRI; what is unsaid is empty."""
        record = self.record(party)
        place = record if isinstance(record, Place) else None
        seat = place.seat if place else None
        kind = "organisation" if isinstance(record, Organisation) else "place"
        return {
            "kind": "anonymous" if isinstance(record, AnonymousPlace) else kind,
            **both("label", lambda lang: self.namer.party(party, lang)),
            "short_zh": place.short[0] if place and place.short else "",
            "level": "organisation" if isinstance(record, Organisation) else record.level,
            "code": (place.code or "") if place else "",
            "lat": seat.lat if seat else None,
            "lon": seat.lon if seat else None,
            "iri": self.kg.iris.thing(kind, party).value,
            "parent": parent_of(record),
        }

    def inside(self, party: str) -> Iterator[str]:
        """Yield the ids of what contains a party now, the nearest first."""
        seen: set[str] = set()
        parent = parent_of(self.record(party))
        while parent is not None and parent not in seen:
            seen.add(parent)
            yield parent
            parent = parent_of(self.corpus.places[parent])

    def near(self, party: str) -> list[float] | None:
        """Return latitude and longitude of the nearest container that has a seat, for a party without one."""
        seats = (self.corpus.places[place].seat for place in self.inside(party))
        return next(([seat.lat, seat.lon] for seat in seats if seat), None)


def parent_of(record: Party) -> str | None:
    """Return the id of what contains a party now."""
    if isinstance(record, AnonymousPlace | Organisation):
        return record.within
    return next((within.parent for within in record.within if within.until is None), None)
