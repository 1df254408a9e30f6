"""What a thing is called, in Chinese or English, for labels, summaries and pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.registers import Place, Source
from cooperation_kg.curate.statements import Scope
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.place_names import shown_name
from cooperation_kg.ontology import Ontology, load_ontology

EVERYONE = {"zh": "各方", "en": "all"}
JOINED = {"zh": "、", "en": ", "}


@cache
def _ontology() -> Ontology:
    return load_ontology()


class Namer:
    """Gives names: of register entries, sources, pairings, scopes and concepts.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> Namer(load_corpus()).thing("place", "beijing", "en")
    'Beijing'
    """

    def __init__(self, corpus: Corpus, pairings: Mapping[str, Pairing] | None = None, day: date | None = None) -> None:
        self.corpus = corpus
        self.pairings = pairings or {}
        self.day = day
        self._parties: dict[tuple[str, date | None, str], str] = {}

    def on(self, day: date | None) -> Namer:
        """Return a namer that calls places as they were called on a day, with the present name beside it."""
        then = Namer(self.corpus, self.pairings, day)
        then._parties = self._parties
        return then

    @property
    def _ontology(self) -> Ontology:
        return _ontology()

    def concept(self, scheme: str, notation: str, lang: str) -> str:
        """Return the label of a concept."""
        return self._ontology.label(scheme, notation, lang)

    def party(self, reference: str, lang: str) -> str:
        """Return the name of a place, an anonymous place or an organisation."""
        key = reference, self.day, lang
        if key not in self._parties:
            self._parties[key] = self._party(reference, lang)
        return self._parties[key]

    def _party(self, reference: str, lang: str) -> str:
        if reference in self.corpus.registers["organisation"]:
            return self.corpus.registers["organisation"][reference].name.in_language(lang)
        place = self.corpus.place(reference)
        if self.day is not None and isinstance(place, Place):
            return shown_name(place, self.day, lang)
        return place.name.in_language(lang)

    def thing(self, kind: str, identifier: str, lang: str) -> str:
        """Return the name of a thing of any kind that a statement can be about."""
        if kind == "source":
            return source_title(self.corpus.sources[identifier], lang)
        if kind == "pairing":
            return self.pairing(self.pairings[identifier], lang)
        if kind == "place":
            return self.party(identifier, lang)
        if kind == "statement":
            return identifier
        return self.corpus.registers[kind][identifier].name.in_language(lang)

    def pairing(self, pairing: Pairing, lang: str) -> str:
        """Return 京蒙 where the pairing has a name, else both parties, with an arrow where a direction is stated."""
        if pairing.name is not None:
            return pairing.name.in_language(lang)
        return self.sides(pairing, lang)

    def sides(self, pairing: Pairing, lang: str) -> str:
        """Return both parties of a pairing: 北京市 → 内蒙古自治区, or with a dash where no direction is stated."""
        first, second = (self.party(party, lang) for party in pairing.parties)
        return f"{first} → {second}" if pairing.directed else f"{first} — {second}"

    def scope(self, scope: Scope, lang: str) -> str:
        """Return what a scope speaks of: programme, supporters and recipients."""
        sides = [self.parties(side, lang) if side else EVERYONE[lang] for side in (scope.supporter, scope.recipient)]
        programme = self.thing("programme", scope.programme, lang)
        return f"{programme}: {sides[0]} → {sides[1]}" if lang == "en" else f"{programme}：{sides[0]} → {sides[1]}"

    def parties(self, references: tuple[str, ...], lang: str) -> str:
        """Return several parties in one line."""
        return JOINED[lang].join(self.party(reference, lang) for reference in references)

    def about(self, about: str | Scope, lang: str) -> str:
        """Return the name of what a statement is about, as its curator wrote it."""
        if isinstance(about, Scope):
            return self.scope(about, lang)
        kinds = ("programme", "pairing", "place", "policy", "organisation", "project", "event", "source")
        found = self.corpus.find(kinds, about)
        if found is None:
            raise KeyError(about)
        kind, identifier = found
        if kind == "pairing":
            return self.corpus.pairings[identifier].name.in_language(lang)
        return self.thing(kind, identifier, lang)


def source_title(source: Source, lang: str) -> str:
    """Return a source's title, or its description where it has none."""
    label = source.title or source.description
    assert label is not None
    return label.in_language(lang)
