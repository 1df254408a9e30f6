"""Which pairings, years and measures is a report about? Names are read here, once, for all its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from cooperation_kg.curate.dates import BadDate, parse_when
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import AsOf, pairings_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.kept import kept
from cooperation_kg.query.lookup import Found, fold, one_thing
from cooperation_kg.query.tables import counted_figures

MONEY_UNIT = "元"
ABOUT_KINDS = ("pairing", "place", "programme")
ANY = "any"
"""The measure of what is said of no measure in particular."""


@dataclass(frozen=True)
class Asked:
    """What was asked, with every name resolved.

    ``chosen`` are the pairings that were named (for a place: those it is a party to), ``pairings`` these and all that
    implement them. ``measures`` is empty where every measure is meant, ``years`` None where every year is; ``money``
    are the measures that the record counts in 元, ``horizon`` is the last year that the data cover.
    """

    pairings: Mapping[str, Pairing]
    chosen: frozenset[str]
    horizon: int
    money: frozenset[str]
    about: Found | None = None
    programme: Found | None = None
    measures: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    as_of: AsOf | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether less than all pairings are asked about by name."""
        return self.named is not None

    @property
    def named(self) -> tuple[str, str] | None:
        """The narrowest thing that was named, as (kind, id)."""
        found = self.about or self.programme
        return found[:2] if found is not None else None

    def years_of(self, pairing: Pairing) -> tuple[int, ...]:
        """Return the years asked about in which a pairing is certain or possible, none after the horizon."""
        first, last = self.years or (0, self.horizon)
        last = min(last, self.horizon)
        return tuple(y for y in sorted({*pairing.in_force_in, *pairing.possibly_in}) if first <= y <= last)

    def wants(self, measure: str) -> bool:
        """Return whether figures of a measure are asked about."""
        return not self.measures or measure in self.measures


def ask(
    kg: KnowledgeGraph,
    about: str | None,
    programme: str | None,
    measures: Iterable[str],
    years: str | None,
    as_of: AsOf | None,
) -> Asked:
    """Return what is asked; raises BadParameter for a name, measure or year that is not known."""
    thing = one_thing(kg, about, ABOUT_KINDS) if about is not None else None
    within = one_thing(kg, programme, ("programme",)) if programme is not None else None
    held = kg.derived.pairings if as_of is None else pairings_as_of(kg.derived.pairings, as_of)
    present = {slug: kg.derived.pairings[slug] for slug in held}
    chosen = {slug for slug, pairing in present.items() if _is_named(pairing, thing) and _is_in(pairing, within)}
    wider = _with_narrower(present, chosen)
    if as_of is not None and years is None:
        years = f"{as_of.first_day.year}/{as_of.year}"
    return Asked(
        {slug: pairing for slug, pairing in present.items() if slug in wider},
        frozenset(chosen),
        int(kg.corpus.dataset.horizon),
        money_measures(kg),
        thing,
        within,
        tuple(dict.fromkeys(measure_called(name) for name in measures)),
        read_years(years) if years is not None else None,
        as_of,
    )


def is_about(kg: KnowledgeGraph, asked: Asked, subject: tuple[str, str]) -> bool:
    """Return whether a thing, (kind, id), is asked about: a pairing of these, what was named, or a part of it.

    Without a name everything is; a part of a programme is a scope, several of its pairings together.
    """
    kind, identifier = subject
    if kind == "pairing":
        return identifier in asked.pairings
    if asked.named is None or asked.named == subject:
        return True
    if kind != "scope" or asked.named[0] != "programme":
        return False
    programme = kg.corpus.programmes[kg.derived.scopes[identifier].programme]
    return asked.named[1] in (programme.id, programme.family_id)


@kept
def money_measures(kg: KnowledgeGraph) -> frozenset[str]:
    """Return the measures of which some counted figure is an amount of money (in 元)."""
    return frozenset(figure.measure for figure, _ in counted_figures(kg) if figure.quantity.unit == MONEY_UNIT)


def read_years(text: str) -> tuple[int, int]:
    """Return the first and last year of ``2018`` or ``2016/2020``.

    >>> read_years("2016/2020")
    (2016, 2020)
    """
    remedy = f'--years: "{text}": write 2018 or 2016/2020 / 请写 2018 或 2016/2020'
    try:
        when = parse_when(text)
    except BadDate as bad:
        raise BadParameter(remedy) from bad
    if when.approximate or when.is_some_time_within or when.precision != "year":
        raise BadParameter(remedy)
    return when.earliest.year, when.latest.year


def measure_called(name: str) -> str:
    """Return the notation of the measure with this notation, Chinese or English label.

    >>> measure_called("财政援助资金")
    'fiscal-aid'
    """
    concepts = load_ontology().concepts["measure"]
    names = {fold(text): c.notation for c in concepts.values() for text in (c.zh, c.en, c.notation)}
    if fold(name) in names:
        return names[fold(name)]
    near = dict.fromkeys(names[text] for text in get_close_matches(fold(name), names, n=5, cutoff=0.5))
    hint = f"did you mean 是否指 {', '.join(near)}?" if near else f"measures 口径: {', '.join(concepts)}"
    raise BadParameter(f'no measure 没有指标 "{name}"; {hint}')


def _is_named(pairing: Pairing, thing: Found | None) -> bool:
    if thing is None:
        return True
    kind, identifier, _ = thing
    if kind == "pairing":
        return pairing.slug == identifier
    return identifier in pairing.parties if kind == "place" else _is_in(pairing, thing)


def _is_in(pairing: Pairing, programme: Found | None) -> bool:
    return programme is None or programme[1] in (pairing.programme, *pairing.programmes)


def _with_narrower(pairings: Mapping[str, Pairing], slugs: Collection[str]) -> set[str]:
    """Add every pairing that implements one of these, step by step."""
    found = set(slugs)
    while True:
        further = {slug for slug, p in pairings.items() if p.implements in found} - found
        if not further:
            return found
        found |= further
