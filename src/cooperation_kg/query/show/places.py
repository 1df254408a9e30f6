"""What is known of a place? Names through time, pairings, places inside, figures about it and counted in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.registers import Place
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.figures import figures_part, when
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.parts import Cell, Concept, Part, Parts, Said, Thing, part


def parts_of_place(mentions: Mentions, identifier: str, as_of: AsOf | None) -> Parts:
    """Yield the parts of a place of the register, or of one that a source hides."""
    kg = mentions.kg
    asked = ties.asked_or_last(kg, as_of)
    own = [p for p in kg.derived.pairings.values() if identifier in p.parties]
    yield ties.tally_part(own, asked)
    yield names_of_place(kg, identifier)
    yield ties.pairings_part(kg, "pairings", own, asked, identifier)
    inside = list(places_inside(mentions, identifier, asked.last_day))
    yield part("inside", "place level code", (_place_row(kg, place) for place in inside))
    wide = {identifier, *inside}
    narrower = [p for p in kg.derived.pairings.values() if wide & set(p.parties) and p not in own]
    yield ties.pairings_part(kg, "pairings_inside", narrower, asked)
    yield common.policies_part(mentions, "place", identifier)
    yield figures_part(mentions, mentions.about("place", identifier))
    yield common.figures_beside(mentions, "place", identifier)
    yield from common.lists_about(mentions, "place", identifier, naming=True)
    yield from common.tail(mentions, "place", identifier)


def names_of_place(kg: KnowledgeGraph, identifier: str) -> Part:
    """Return the names, codes and parents of a place through time."""
    columns = "name aliases code level parent from to"
    place = kg.corpus.place(identifier)
    if not isinstance(place, Place):
        within = Thing("place", place.within) if place.within else None
        hidden = Said("来源隐去名称", "hidden by the source", "anonymous")
        return part(
            "names",
            columns,
            [(_both_names(place.name), hidden, None, Concept("level", place.level), within, None, None)],
        )
    rows: list[tuple[Cell, ...]] = [
        (
            _both_names(f.name),
            FORMER,
            f.code,
            Concept("level", f.level or place.level),
            None,
            when(f.since),
            when(f.until),
        )
        for f in place.former
    ]
    other = (*place.short, *place.aliases)
    rows.append(
        (_both_names(place.name), other, place.code, Concept("level", place.level), None, None, when(place.until))
    )
    rows += [(None, None, None, None, Thing("place", w.parent), when(w.since), when(w.until)) for w in place.within]
    return part("names", columns, rows)


FORMER = Said("曾用名", "former name", "former")


def _both_names(label: Bilingual) -> Cell:
    return Said(label.zh, f"{label.zh} {label.en}" if label.en else label.zh, {"zh": label.zh, "en": label.en})


def places_inside(mentions: Mentions, identifier: str, day: date) -> Iterator[str]:
    """Yield the places that lie inside a place on a day, however deep, in the order of the register."""
    children = mentions.directly_inside(day)
    waiting = list(children.get(identifier, ()))
    while waiting:
        place_id = waiting.pop(0)
        yield place_id
        waiting += children.get(place_id, ())


def _place_row(kg: KnowledgeGraph, identifier: str) -> tuple[Cell, ...]:
    place = kg.corpus.place(identifier)
    return Thing("place", identifier), Concept("level", place.level), place.code if isinstance(place, Place) else None
