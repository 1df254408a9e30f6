"""Which documents act on which programme and on which of its pairings, and when?

A document acts on a pairing where a source names it as the basis of a term, or says that it established, adjusted,
extended, replaced or ended this pairing (or pairings of which it is one). What is said of a whole programme acts on
the programme alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.statements import DocumentStatement, EventStatement, PolicyEffectStatement, Scope
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.weighing import counted_statements
from cooperation_kg.render.site.context import Site

CHANGING = ("establishes", "adjusts", "renames", "extends", "replaces", "ends")
"""The effects by which pairings change; the others (guides, funds, evaluates) leave them as they are."""
STARTED = ("stated", "from-basis")
"""How we know a start that some source gives; ``first-seen`` is none."""
CLOSED = ("ended", "replaced")
"""How a term ends that is known to have ended."""


@dataclass(frozen=True)
class Dated:
    """A date that a statement gives a document, and what was done on it (issued, approved …)."""

    when: When
    act: str
    statement: str


@dataclass(frozen=True)
class Effect:
    """What a statement says that a document did to a programme."""

    effect: str
    statement: str


@dataclass(frozen=True)
class Act:
    """A document (or event) that acts on a programme: its dates as `dates_of` orders them, and its effects."""

    kind: str
    identifier: str
    dates: tuple[Dated, ...]
    effects: tuple[Effect, ...]


@lru_cache(maxsize=4)
def dates_of(site: Site) -> Mapping[tuple[str, str], tuple[Dated, ...]]:
    """Return every date that statements give a policy or an event, by kind and id, the earliest first.

    A date that is only less precise than another (2016 beside 27 October 2016) comes after those: it says no earlier.
    """
    found: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for statement in counted_statements(site.corpus):
        if isinstance(statement, DocumentStatement) and statement.date:
            one = Dated(statement.date, statement.act or "", statement.key)
            found["policy", statement.policy].append(one)
        elif isinstance(statement, EventStatement) and statement.event and statement.date:
            found["event", statement.event].append(Dated(statement.date, "", statement.key))
    return {key: _in_order(some) for key, some in found.items()}


def _in_order(dates: list[Dated]) -> tuple[Dated, ...]:
    spans = {(one.when.earliest, one.when.latest) for one in dates}

    def is_coarse(one: Dated) -> bool:
        first, last = one.when.earliest, one.when.latest
        return any(first <= a and b <= last and (a, b) != (first, last) for a, b in spans)

    return tuple(sorted(dates, key=lambda d: (is_coarse(d), d.when.earliest, d.statement)))


def acts(site: Site) -> Mapping[str, tuple[Act, ...]]:
    """Return by programme family the documents and events that act on it and have a date, the earliest first."""
    effects: dict[str, dict[tuple[str, str], list[Effect]]] = defaultdict(lambda: defaultdict(list))
    for statement in _effects(site):
        family = family_of(site, statement)
        if family is not None:
            one = Effect(statement.effect, statement.key)
            effects[family][_actor(site, statement.policy)].append(one)
    for pairing in site.kg.derived.pairings.values():
        for term in pairing.terms:
            if term.basis is not None:
                effects[pairing.programme].setdefault(_actor(site, term.basis), [])
    dates = dates_of(site)
    return {
        family: tuple(
            sorted(
                (Act(*key, dates[key], tuple(some)) for key, some in actors.items() if key in dates),
                key=lambda act: (act.dates[0].when.earliest, act.identifier),
            )
        )
        for family, actors in effects.items()
    }


def touched(site: Site) -> Mapping[tuple[str, int], Mapping[tuple[str, str], frozenset[str]]]:
    """Return for each family and year which documents (kind and id) changed which pairings (slugs)."""
    found: dict[tuple[str, int], dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for family, year, actor, slug in (*_by_basis(site), *_by_effect(site)):
        found[family, year][actor].add(slug)
    return {key: {actor: frozenset(slugs) for actor, slugs in some.items()} for key, some in found.items()}


Touch = tuple[str, int, tuple[str, str], str]


def _by_basis(site: Site) -> Iterator[Touch]:
    for slug, pairing in site.kg.derived.pairings.items():
        for term in pairing.terms:
            if term.basis is not None and term.start_state in STARTED:
                yield pairing.programme, term.possible_from.year, _actor(site, term.basis), slug


def _by_effect(site: Site) -> Iterator[Touch]:
    changing = {s.key: s for s in _effects(site) if s.effect in CHANGING}
    pairings = site.kg.derived.pairings
    for statement in changing.values():
        if statement.date is not None and statement.date.earliest.year == statement.date.latest.year:
            for slug in _named(site, statement):
                year = statement.date.latest.year
                yield pairings[slug].programme, year, _actor(site, statement.policy), slug
    for slug, pairing in pairings.items():
        for term in pairing.terms:
            for key in term.evidence if term.end_state in CLOSED else ():
                if key in changing and changing[key].effect in ("ends", "replaces"):
                    yield pairing.programme, term.possible_to.year, _actor(site, changing[key].policy), slug


def _effects(site: Site) -> Iterator[PolicyEffectStatement]:
    return (s for s in counted_statements(site.corpus) if isinstance(s, PolicyEffectStatement))


def family_of(site: Site, statement: PolicyEffectStatement) -> str | None:
    """Return the programme family on which a document acts; None where it acts on a place or another thing."""
    corpus = site.corpus
    if isinstance(statement.about, Scope):
        return corpus.programmes[statement.about.programme].family_id
    kind, identifier = subject_of(corpus, site.kg.derived.pairings, statement.about)
    if kind == "pairing":
        return site.kg.derived.pairings[identifier].programme
    return corpus.programmes[identifier].family_id if kind == "programme" else None


def _named(site: Site, statement: PolicyEffectStatement) -> tuple[str, ...]:
    """Return the pairings that an effect names, alone or in a scope that names a side."""
    about, pairings = statement.about, site.kg.derived.pairings
    if not isinstance(about, Scope):
        kind, identifier = subject_of(site.corpus, pairings, about)
        return (identifier,) if kind == "pairing" else ()
    if not about.supporter and not about.recipient:
        return ()
    family = site.corpus.programmes[about.programme].family_id
    return tuple(slug for slug, p in pairings.items() if p.programme == family and _is_in(p, about))


def _is_in(pairing: Pairing, scope: Scope) -> bool:
    sides = (scope.supporter, pairing.supporter), (scope.recipient, pairing.recipient)
    return all(named is None or party in named for named, party in sides)


def _actor(site: Site, identifier: str) -> tuple[str, str]:
    return ("policy" if identifier in site.corpus.registers["policy"] else "event", identifier)
