"""For what did somebody search and find nothing? The ``searched`` judgements that bear on figures of a pairing.

A judgement is written for people, so it is read strictly, and counts for a pairing and a measure only where it names
both: the pairing by a name of its own or by both parties, the measure by its Chinese label; one of MONEY_WORDS
outside such a label means every measure of money. The years it names are its years; where it names none, every year
is meant. A judgement that is ``about`` a figure counts for the pairing, measure and period of that figure. Searches
for anything else (a list, the number of a document) say nothing of figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.registers import Judgement
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.report.asked import Asked

MONEY_WORDS = ("资金", "金额", "投入")
_SPAN = re.compile(r"(\d{4})年?(?:[—–-]+|至|到)(\d{4})年")
_YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True)
class Search:
    """A search that found nothing: for one measure of one pairing, in some years (None: in every year)."""

    judgement: str
    pairing: str
    measure: str
    years: frozenset[int] | None

    def covers(self, year: int) -> bool:
        """Return whether the search was for that year too."""
        return self.years is None or year in self.years


def find_searches(kg: KnowledgeGraph, pairings: Collection[Pairing], money: Collection[str]) -> tuple[Search, ...]:
    """Return every search for figures of these pairings, in the order of the judgements."""
    found: list[Search] = []
    for judgement in judgements_of(kg.corpus, "searched"):
        found += _of_figures(kg, judgement)
        text = judgement.what.zh if judgement.what else ""
        measures, years = tuple(_measures_in(text, money)), years_in(text)
        named = [p for p in pairings if measures and names_pairing(kg.corpus, text, p)]
        found += [Search(judgement.id, p.slug, measure, years) for p in named for measure in measures]
    slugs = {pairing.slug for pairing in pairings}
    return tuple(dict.fromkeys(search for search in found if search.pairing in slugs))


def names_pairing(corpus: Corpus, text: str, pairing: Pairing) -> bool:
    """Return whether a text names a pairing: by a name of its own, or by both parties."""
    return any(name in text for name in _own_names(corpus, pairing)) or all(
        any(name in text for name in _party_names(corpus, party)) for party in pairing.parties
    )


def names_asked(corpus: Corpus, asked: Asked, text: str) -> bool:
    """Return whether a text names what is asked about: the place or programme, or one of the pairings chosen.

    Where nothing is asked about by name, every text does.
    """
    things = [found for found in (asked.about, asked.programme) if found is not None and found[0] != "pairing"]
    names = {name for kind, key, _ in things for name in _names(corpus, kind, key)}
    chosen = (asked.pairings[slug] for slug in sorted(asked.chosen))
    return (
        not asked.is_narrowed
        or any(name in text for name in names if len(name) > 1)
        or any(names_pairing(corpus, text, pairing) for pairing in chosen)
    )


def years_in(text: str) -> frozenset[int] | None:
    """Return the years that a Chinese text names, or None where it names none.

    >>> sorted(years_in("2016—2018年和2020年的资金") or ())
    [2016, 2017, 2018, 2020]
    """
    years = {int(year) for year in _YEAR.findall(text)}
    for first, last in _SPAN.findall(text):
        years.update(range(int(first), int(last) + 1))
    return frozenset(years) or None


def _measures_in(text: str, money: Collection[str]) -> Iterator[str]:
    """Yield the measures a text names; the longest label first, and no word of it is read twice."""
    concepts = load_ontology().concepts["measure"].values()
    named = []
    for concept in sorted(concepts, key=lambda concept: (-len(concept.zh), concept.notation)):
        if concept.zh in text:
            text = text.replace(concept.zh, " ")
            named.append(concept.notation)
    if any(word in text for word in MONEY_WORDS):
        named += money
    yield from sorted(set(named))


def _of_figures(kg: KnowledgeGraph, judgement: Judgement) -> Iterator[Search]:
    for key in judgement.about:
        figure = kg.corpus.statements[key]
        # a withdrawn figure may speak of a pairing that no statement states any more
        if isinstance(figure, FigureStatement) and figure.withdrawn is None:
            kind, slug = subject_of(kg.corpus, kg.derived.pairings, figure.about)
            if kind == "pairing":
                years = frozenset(figure.period.years()) if figure.period else None
                yield Search(judgement.id, slug, figure.measure, years)


def _own_names(corpus: Corpus, pairing: Pairing) -> Iterator[str]:
    for named in corpus.pairings.values():
        family = corpus.programmes[named.programme].family_id
        if family == pairing.programme and set(named.places) == set(pairing.parties):
            yield from named.names()


def _party_names(corpus: Corpus, party: str) -> Iterator[str]:
    """Yield the names of a party that a text can be searched for; 简称 of one character would be found anywhere."""
    kind = "organisation" if party in corpus.registers["organisation"] else "place"
    return (name for name in _names(corpus, kind, party) if len(name) > 1)


def _names(corpus: Corpus, kind: str, identifier: str) -> tuple[str, ...]:
    if identifier in corpus.anonymous:
        return (corpus.anonymous[identifier].name.zh,)
    return corpus.registers[kind][identifier].names()
