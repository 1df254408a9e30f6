"""A place and what it was for a time, as facts: its level, codes, seat, parents, and dated versions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.registers import FormerName, Place
from cooperation_kg.graph.place_names import PlaceVersion, versions_of
from cooperation_kg.graph.triples.values import COOP, GEO, Describer, concept, number, text, whole
from cooperation_kg.graph.vocabulary import Iris


def describe_place(corpus: Corpus, place: Place, describe: Describer, iris: Iris) -> None:
    """Tell what a place has besides its names: the present on the place, the dated on its versions."""
    describe.say(COOP.level, concept("level", place.level))
    describe.say(COOP.shortName, *(text(short) for short in place.short))
    describe.say(COOP.formerName, *(text(name) for name in _former_names(place)))
    describe.say(COOP.code, text(place.code) if place.code else None)
    describe.say(COOP.codeFrom, text(place.code_from) if place.code_from else None)
    for within in place.within:
        predicate = COOP.formerlyWithin if within.until else COOP.within
        describe.say(predicate, iris.term("place", within.parent))
    if place.seat:
        describe.say(GEO.lat, number(Decimal(str(place.seat.lat))))
        describe.say(GEO.long, number(Decimal(str(place.seat.lon))))
    describe.when("until", place.until)
    parents = {within.parent: corpus.places[within.parent].name for within in place.within}
    for version in versions_of(place, parents, int(corpus.dataset.horizon)):
        subject = iris.version_term(place.id, version.number)
        describe.say(COOP.version, subject)
        _version(version, describe.other(subject), iris)


def _version(version: PlaceVersion, describe: Describer, iris: Iris) -> None:
    entry = version.entry
    describe.types("PlaceVersion")
    describe.labels(version.label)
    if isinstance(entry, FormerName):
        describe.bilingual(COOP.nameThen, entry.name)
        describe.say(COOP.codeThen, text(entry.code) if entry.code else None)
        describe.say(COOP.levelThen, concept("level", entry.level) if entry.level else None)
    else:
        describe.say(COOP.parentThen, iris.term("place", entry.parent))
    describe.when("from", entry.since)
    describe.when("until", entry.until)
    describe.say(COOP.shownIn, *(whole(year) for year in version.years))


def _former_names(place: Place) -> Iterator[str]:
    """Yield the names that the place no longer has; a name may be repeated for a change of code alone."""
    present = (place.name.zh, place.name.en)
    names = dict.fromkeys(name for former in place.former for name in former.names())
    yield from (name for name in names if name not in present)
