"""As what is a place shown in a year? By the name it had on 31 December, and what it is called now.

A renamed place is 郧县（今郧阳区）, one that is no more is 江干区（至2021年）; any other has its name alone. The graph,
the pages and the summaries of statements all ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.registers import FormerName, Place, Within

FIRST_YEAR = 1979
"""The year of the first national pairings, from which pages and yearly names begin."""

NOW = {"zh": "{}（今{}）", "en": "{} (now {})"}
ENDED = {"zh": "{}（至{}年）", "en": "{} (until {})"}
LATER_ENDED = {"zh": "{}（后称{}，至{}年）", "en": "{} (later {}, until {})"}


class PlaceVersion(NamedTuple):
    """What a place was for a time: a name it had, or a dated parent; numbered from 1, names first.

    ``label`` is what rows show; ``years`` are those whose rows show it, none for a parent.
    """

    number: int
    entry: FormerName | Within
    label: Bilingual
    years: tuple[int, ...] = ()


def shown_name(place: Place, day: date, lang: str) -> str:
    """Return the name a place had on a day, with the present one where that differs; ``lang`` is zh or en.

    >>> yunyang = Place(id="yunyang", name={"zh": "郧阳区", "en": "Yunyang District"}, level="county",
    ...     former=[{"name": {"zh": "郧县", "en": "Yun County"}, "until": "2014-12-08"}])
    >>> [shown_name(yunyang, date(2011, 12, 31), lang) for lang in ("zh", "en")]
    ['郧县（今郧阳区）', 'Yun County (now Yunyang District)']
    >>> shown_name(yunyang, date(2024, 12, 31), "zh")
    '郧阳区'
    """
    held = place.former_at(day) or _last(place)
    return _shown(place, held, lang) if held else place.name.in_language(lang)


def versions_of(place: Place, parent_names: Mapping[str, Bilingual], last_year: int) -> tuple[PlaceVersion, ...]:
    """Return every recorded name of a place but a present one, then its dated parents, in the order of the register.

    Parameters
    ----------
    parent_names: the names of the places that may be parents.
    last_year: the last year whose rows are wanted.
    """
    last = _last(place)
    names = (*place.former, last) if last else place.former
    years = _years(place, last, last_year) if names else {}
    named = [
        PlaceVersion(n, name, _name_label(place, name), tuple(years.get(name, ()))) for n, name in enumerate(names, 1)
    ]
    dated = (within for within in place.within if within.since or within.until)
    parents = [
        PlaceVersion(n, within, _parent_label(place, parent_names[within.parent]))
        for n, within in enumerate(dated, start=len(named) + 1)
    ]
    return (*named, *parents)


def _last(place: Place) -> FormerName | None:
    """Return the last name of a place that is no more."""
    return FormerName(name=place.name, code=place.code, until=place.until) if place.until else None


def _years(place: Place, last: FormerName | None, last_year: int) -> Mapping[FormerName, list[int]]:
    """Return the years of each name that is not the present one."""
    years: dict[FormerName, list[int]] = defaultdict(list)
    for year in range(FIRST_YEAR, last_year + 1):
        held = place.former_at(date(year, 12, 31)) or last
        if held:
            years[held].append(year)
    return years


def _shown(place: Place, held: FormerName, lang: str) -> str:
    then, now = held.name.in_language(lang), place.name.in_language(lang)
    if place.until is None:
        return then if then == now else NOW[lang].format(then, now)
    year = place.until.latest.year
    return ENDED[lang].format(then, year) if then == now else LATER_ENDED[lang].format(then, now, year)


def _name_label(place: Place, held: FormerName) -> Bilingual:
    has_english = held.name.en or place.name.en
    return Bilingual(zh=_shown(place, held, "zh"), en=_shown(place, held, "en") if has_english else None)


def _parent_label(place: Place, parent: Bilingual) -> Bilingual:
    return Bilingual(
        zh=f"{place.name.zh}：隶属{parent.zh}",
        en=f"{place.name.in_language('en')}: within {parent.in_language('en')}",
    )
