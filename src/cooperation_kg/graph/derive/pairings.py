"""The pairings: roles, terms, years in force, and the wider pairing that each implements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.statements import PairingStatement
from cooperation_kg.graph.derive.closing import close_pairings
from cooperation_kg.graph.derive.keeping import Kept, NotKept
from cooperation_kg.graph.derive.origins import origin_of, origins_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.terms import find_terms, policy_dates, years_of
from cooperation_kg.graph.derive.ties import Identity, Tie, ties_of
from cooperation_kg.graph.derive.weighing import counted_statements

# the most direct first: what one statement says outright, others need not imply
DIRECTNESS_ORDER = ("stated", "by-position", "implied", "name-only")


def find_pairings(
    corpus: Corpus, dates: Mapping[str, tuple[When, ...]] | None = None, kept: Kept | None = None
) -> Mapping[str, Pairing]:
    """Return every pairing that statements make, by slug, in the order of the slugs.

    Parameters
    ----------
    dates: the dates of the policies, where they are at hand; see ``policy_dates``.
    kept: see ``derive``.
    """
    dates, kept = policy_dates(corpus) if dates is None else dates, kept or NotKept()
    groups: dict[Identity, list[Tie]] = defaultdict(list)
    for statement in counted_statements(corpus):
        if isinstance(statement, PairingStatement):
            for tie in ties_of(corpus, statement):
                groups[tie.identity].append(tie)
    names = _names(corpus)
    found = [
        kept.of("pairing", identity, ties, partial(_pairing, corpus, ties, dates, names))
        for identity, ties in groups.items()
    ]
    by_slug = {pairing.slug: pairing for pairing in sorted(found, key=lambda p: p.slug)}
    return _with_implements(corpus, close_pairings(corpus, by_slug, dates))


def stated_directions(corpus: Corpus, ties: Iterable[Tie]) -> Mapping[tuple[str, str], set[str]]:
    """Return (supporter, recipient) → the origins that say so."""
    directions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tie in ties:
        if tie.directed:
            directions[tie.parties].add(origin_of(corpus, tie.statement))
    return directions


def _pairing(
    corpus: Corpus, ties: Sequence[Tie], dates: Mapping[str, tuple[When, ...]], names: Mapping[Identity, Bilingual]
) -> Pairing:
    family, parties = ties[0].identity
    directions = stated_directions(corpus, ties)
    ordered = _order(directions, parties)
    agreed = len(directions) == 1
    statements = tuple(dict.fromkeys(tie.statement for tie in ties))
    terms = find_terms(corpus, statements, dates)
    certain = years_of(terms, "certain_from", "certain_to")
    keys = tuple(s.key for s in statements)
    return Pairing(
        slug=f"{family}.{ordered[0]}.{ordered[1]}",
        programme=family,
        programmes=tuple(sorted({tie.programme for tie in ties})),
        parties=ordered,
        supporter=ordered[0] if agreed else None,
        recipient=ordered[1] if agreed else None,
        name=names.get((family, parties)),
        directness=min((s.directness for s in statements), key=DIRECTNESS_ORDER.index),
        terms=terms,
        in_force_in=tuple(sorted(certain)),
        possibly_in=tuple(sorted(years_of(terms, "possible_from", "possible_to") - certain)),
        implements=None,
        origins=origins_of(corpus, keys),
        evidence=keys,
    )


def _order(directions: Mapping[tuple[str, str], set[str]], parties: tuple[str, str]) -> tuple[str, str]:
    """Supporter first where any statement gives it (more origins, then the alphabet), else the alphabet."""
    if not directions:
        return parties
    return min(directions, key=lambda pair: (-len(directions[pair]), pair))


def _names(corpus: Corpus) -> Mapping[Identity, Bilingual]:
    """Return the names of named pairings; of two names of one pairing the first."""
    names: dict[Identity, Bilingual] = {}
    for named in corpus.pairings.values():
        first, second = sorted(named.places)
        names.setdefault((corpus.programmes[named.programme].family_id, (first, second)), named.name)
    return names


def _with_implements(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Mapping[str, Pairing]:
    known = {(p.programme, frozenset(p.parties)): p for p in pairings.values()}
    return {slug: replace(pairing, implements=_enclosing(corpus, pairing, known)) for slug, pairing in pairings.items()}


def _enclosing(corpus: Corpus, pairing: Pairing, known: Mapping[tuple[str, frozenset[str]], Pairing]) -> str | None:
    """Return the nearest pairing of the parties' parents, same family, in force at the same time."""
    if pairing.undated:
        return None
    day = pairing.terms[0].certain_from or pairing.terms[0].possible_from
    years = {*pairing.in_force_in, *pairing.possibly_in}
    chains = [tuple(_ancestry(corpus, party, day)) for party in pairing.parties]
    steps = ((i + j, i, j) for i in range(len(chains[0])) for j in range(len(chains[1])) if i + j)
    for _, i, j in sorted(steps):
        wider = known.get((pairing.programme, frozenset((chains[0][i], chains[1][j]))))
        if wider is not None and years & {*wider.in_force_in, *wider.possibly_in}:
            return wider.slug
    return None


def _ancestry(corpus: Corpus, party: str, day: date) -> Iterator[str]:
    """Yield a party and the places that contain it on that day, the nearest first."""
    step: str | None = party
    seen: set[str] = set()
    while step is not None and step not in seen:
        seen.add(step)
        yield step
        if step in corpus.places:
            step = corpus.places[step].parent_at(day)
        elif step in corpus.anonymous:
            step = corpus.anonymous[step].within
        else:
            step = None
