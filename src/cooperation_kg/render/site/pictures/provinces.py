"""Which provinces does a pairing tie, and in which years? Its own parties, or the provinces that they lie in.

A place that moved to another province counts under the one that it lay in on 31 December of the year. A body, and an
area that reaches over several provinces, lies in none, and a place whose name its source hides is never counted: such
pairings are left out, and every page says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.render.site.context import Both, Site

Sides = tuple[str, str]
"""The province of the supporter (of the first party where no source gives a direction) and that of the other."""


@dataclass(frozen=True)
class Tied:
    """A pairing between two provinces, in the years in which its parties lay in them.

    ``is_direct``: the provinces themselves are the parties; else something below the province is.
    """

    pairing: Pairing
    sides: Sides
    certain: tuple[int, ...]
    possible: tuple[int, ...]
    is_direct: bool

    def status(self, year: int | None) -> str:
        """Return certain, possible, undated or absent; without a year, the surest that it was in any."""
        if self.pairing.undated:
            return "undated"
        if year is None:
            return "certain" if self.certain else "possible"
        return "certain" if year in self.certain else "possible" if year in self.possible else "absent"


@lru_cache(maxsize=4)
def tied(site: Site) -> tuple[Tied, ...]:
    """Return every pairing whose parties both lie in provinces, in the order of the slugs."""
    provinces = _Provinces(site)
    return tuple(one for pairing in site.kg.derived.pairings.values() for one in provinces.of(pairing))


@lru_cache(maxsize=4)
def unplaced(site: Site) -> tuple[Pairing, ...]:
    """Return the pairings that are not counted under provinces: of a body, an area, or a place without its name."""
    known = {one.pairing.slug for one in tied(site)}
    return tuple(pairing for slug, pairing in site.kg.derived.pairings.items() if slug not in known)


def short_name(site: Site, province: str) -> Both:
    """Return a province as it is called in a picture: 内蒙古, not 内蒙古自治区.

    An alias of two or three characters with which the name begins is the usual short form.
    """
    name = site.name("place", province)
    place = site.corpus.places.get(province)
    aliases = (a for a in (place.aliases if place else ()) if len(a) in (2, 3) and name.zh.startswith(a))
    return Both(min(aliases, key=len, default=name.zh), name.en)


def years_of_site(site: Site) -> tuple[int, int]:
    """Return the first year of any pairing and the last year of the data."""
    last = int(site.corpus.dataset.horizon)
    terms = (term.possible_from.year for p in site.kg.derived.pairings.values() for term in p.terms)
    return min((*terms, last)), last


def year_shown(site: Site) -> int:
    """Return the year that the pictures open with: that which the site asks about, if it lies in the data."""
    first, last = years_of_site(site)
    return min(max(site.as_of.year, first), last)


def by_sides(ties: Iterable[Tied]) -> Mapping[Sides, tuple[Tied, ...]]:
    """Return ties by the two provinces."""
    found: dict[Sides, list[Tied]] = defaultdict(list)
    for one in ties:
        found[one.sides].append(one)
    return {sides: tuple(some) for sides, some in found.items()}


class _Provinces:
    def __init__(self, site: Site) -> None:
        self.site = site
        self._known: dict[tuple[str, date], str | None] = {}

    def of(self, pairing: Pairing) -> Iterator[Tied]:
        """Yield a pairing once for every two provinces that its parties lay in."""
        first, second = pairing.supporter or pairing.parties[0], pairing.recipient or pairing.parties[1]
        direct = all(self._is_province(party) for party in (first, second))
        certain: dict[Sides, list[int]] = defaultdict(list)
        possible: dict[Sides, list[int]] = defaultdict(list)
        for years, kept in ((pairing.in_force_in, certain), (pairing.possibly_in, possible)):
            for year in years:
                sides = self._sides(first, second, date(year, 12, 31))
                if sides is not None:
                    kept[sides].append(year)
        if pairing.undated and (sides := self._sides(first, second, self.site.as_of.last_day)):
            certain[sides] = []
        for sides in sorted({*certain, *possible}):
            yield Tied(pairing, sides, tuple(certain[sides]), tuple(possible[sides]), direct)

    def _sides(self, first: str, second: str, day: date) -> Sides | None:
        one, other = self._above(first, day), self._above(second, day)
        return (one, other) if one is not None and other is not None else None

    def _is_province(self, party: str) -> bool:
        place = self.site.corpus.places.get(party)
        return place is not None and place.level == "province"

    def _above(self, party: str, day: date) -> str | None:
        key = party, day
        if key not in self._known:
            self._known[key] = self._climb(party, day)
        return self._known[key]

    def _climb(self, party: str, day: date) -> str | None:
        places, seen, step = self.site.corpus.places, set[str](), party
        while step in places and step not in seen and not self._is_province(step):
            seen.add(step)
            step = places[step].parent_at(day) or ""
        return step if self._is_province(step) else None
