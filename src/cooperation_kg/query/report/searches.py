"""For what did somebody search and find nothing? What ``searched`` judgements say in ``covers``, looked up.

A search covers each pairing inside its scope, or the pairing that it names. A programme, place or other thing by its
id is that thing itself: who searched for national totals has not searched for those of each pairing. It covers the
measures that it names, or every measure; and the years that lie wholly in its time, or every year. A judgement without
``covers`` says nothing of coverage.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.judgements import Judgement, Search
from cooperation_kg.curate.statements import THING, Scope
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.query.report.asked import ANY, Asked

Searched = tuple[str, str, str, int]
"""(judgement, pairing, measure, year)."""


def find_searches(corpus: Corpus, asked: Asked) -> Iterator[Searched]:
    """Yield every pairing, measure and year asked about for which somebody searched and found nothing.

    A search for every measure is one for each measure asked about; where none is, its measure is ANY.
    """
    for judgement in judgements_of(corpus, "searched"):
        for search in judgement.covers:
            measures = search.measure or asked.measures or (ANY,)
            wanted = [measure for measure in measures if measure == ANY or asked.wants(measure)]
            for slug, pairing in asked.pairings.items():
                if covers_pairing(corpus, search.about, pairing):
                    years = [year for year in asked.years_of(pairing) if _covers_year(search, year)]
                    yield from ((judgement.id, slug, measure, year) for year in years for measure in wanted)


def covers_pairing(corpus: Corpus, about: str | Scope, pairing: Pairing) -> bool:
    """Return whether a scope has a pairing inside it, or a named pairing is that one; other things are no pairing."""
    if isinstance(about, Scope):
        ways = (
            ((pairing.supporter, pairing.recipient),) if pairing.directed else (pairing.parties, pairing.parties[::-1])
        )
        return about.programme in (pairing.programme, *pairing.programmes) and any(
            supporter in (about.supporter or (supporter,)) and recipient in (about.recipient or (recipient,))
            for supporter, recipient in ways
        )
    kind, identifier = _found(corpus, about)
    if kind != "pairing":
        return False
    named = corpus.pairings[identifier]
    family = corpus.programmes[named.programme].family_id
    return family == pairing.programme and set(named.places) == set(pairing.parties)


def concerns(corpus: Corpus, asked: Asked, judgement: Judgement) -> bool:
    """Return whether a judgement concerns what is asked about by name, by what it covers or the statements it is about.

    One that says neither concerns the whole: it belongs to a report about everything alone.
    """
    if not asked.is_narrowed:
        return True
    chosen = [asked.pairings[slug] for slug in sorted(asked.chosen)]
    said = (getattr(corpus.statements[key], "about", None) for key in judgement.about)
    abouts = [about for about in (*(search.about for search in judgement.covers), *said) if about is not None]
    return (
        any(key in pairing.evidence for key in judgement.about for pairing in chosen)
        or any(covers_pairing(corpus, about, pairing) for about in abouts for pairing in chosen)
        or any(_found(corpus, about) == asked.named for about in abouts if isinstance(about, str))
    )


def _covers_year(search: Search, year: int) -> bool:
    when = search.during
    return when is None or (when.contains(date(year, 1, 1)) and when.contains(date(year, 12, 31)))


def _found(corpus: Corpus, about: str) -> tuple[str, str]:
    found = corpus.find(THING.kinds, about)
    if found is None:
        raise KeyError(about)
    return found
