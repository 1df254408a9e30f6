"""Why is a pairing as it is? Verdict, dates, direction, name, wider pairing, statements, origins, removal, gaps."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.statements import PairingStatement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.pairings import stated_directions
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.ties import Tie, ties_of
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.explain.dates import dates_part
from cooperation_kg.query.explain.removal import removal_part
from cooperation_kg.query.explain.verdict import verdict_on
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.missing import missing_of_pairing, missing_part
from cooperation_kg.query.show.pairing import names_part
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Parts, Said, Thing, part


def parts_of_pairing(mentions: Mentions, slug: str, as_of: AsOf, term: int | None = None) -> Parts:
    """Yield why a pairing is as it is; ``term`` narrows the dates to one term."""
    kg = mentions.kg
    pairing = kg.derived.pairings[slug]
    yield Part("verdict", lines=(verdict_on(kg, pairing, as_of).words(),))
    yield ties.terms_part(pairing)
    yield dates_part(kg, pairing, term)
    yield direction_part(kg, pairing)
    yield names_part(mentions, pairing, ["pairing"])
    yield _wider(kg, pairing)
    yield common.disagreements_part(mentions.disagreements("pairing", slug))
    yield origins_part(kg, pairing)
    yield removal_part(kg, pairing, as_of)
    yield missing_part(*missing_of_pairing(mentions, pairing))


def parts_of_term(mentions: Mentions, identifier: str, as_of: AsOf) -> Parts:
    """Yield why a term is as it is, within its pairing."""
    slug, _, number = identifier.rpartition(".")
    yield from parts_of_pairing(mentions, slug, as_of, int(number))


def direction_part(kg: KnowledgeGraph, pairing: Pairing) -> Part:
    """Return who says who supports whom, by direction; and who names both without a direction."""
    ties = list(_ties(kg, pairing))
    rows: list[tuple[Cell, ...]] = [
        (
            Said(_arrow(kg, direction, "zh"), _arrow(kg, direction, "en"), list(direction)),
            len(origins),
            Cites(tuple(dict.fromkeys(t.statement.key for t in ties if t.directed and t.parties == direction))),
        )
        for direction, origins in sorted(stated_directions(kg.corpus, ties).items())
    ]
    silent = tuple(dict.fromkeys(t.statement.key for t in ties if not t.directed))
    if silent:
        origins = {origin_of(kg.corpus, kg.corpus.statements[key]) for key in silent}
        rows.append((Said("未说方向", "no direction stated", "none"), len(origins), Cites(silent)))
    return part("direction", "direction count statements", rows)


def _arrow(kg: KnowledgeGraph, direction: tuple[str, str], lang: str) -> str:
    namer = Namer(kg.corpus)
    return " → ".join(namer.party(party, lang) for party in direction)


def _ties(kg: KnowledgeGraph, pairing: Pairing) -> Iterator[Tie]:
    for key in pairing.evidence:
        statement = kg.corpus.statements[key]
        assert isinstance(statement, PairingStatement)
        for tie in ties_of(kg.corpus, statement):
            if tie.family == pairing.programme and set(tie.parties) == set(pairing.parties):
                yield tie


def _wider(kg: KnowledgeGraph, pairing: Pairing) -> Part | None:
    if pairing.implements is None:
        return None
    why = Said(
        "两方的上级地区在同一机制下同时结对，取最近的一级",
        "what contains the two parties is paired in the same programme at the same time; the nearest such pairing",
        "nearest-enclosing",
    )
    wider = kg.derived.pairings[pairing.implements]
    return part("wider", "pairing rule statements", [(Thing("pairing", wider.slug), why, Cites(wider.evidence))])


def origins_part(kg: KnowledgeGraph, pairing: Pairing) -> Part:
    """Return the independent origins, with the statements and grades of each."""
    rows: list[tuple[Cell, ...]] = []
    for origin in pairing.origins:
        keys = [key for key in pairing.evidence if origin_of(kg.corpus, kg.corpus.statements[key]) == origin]
        grades = {kg.corpus.sources[kg.corpus.statements[key].source].grade for key in keys} - {None}
        kind, identifier = origin.split("/", 1)
        cells = tuple(Concept("source-grade", grade) for grade in sorted(g for g in grades if g))
        rows.append((origin, Thing(kind, identifier), cells, len(keys), Cites(tuple(keys))))
    return part("origins", "origin title grade count statements", rows)
