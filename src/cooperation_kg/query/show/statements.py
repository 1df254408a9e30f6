"""What is known of a statement, of a measure, and of several pairings spoken of together?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Bilingual, Record
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.figures import figures_part, when
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.missing import missing_of_statement, missing_part
from cooperation_kg.query.show.pairing import lies_in
from cooperation_kg.query.show.parts import Cell, Cites, Part, Parts, Said, Thing, part


def parts_of_statement(mentions: Mentions, key: str, _: AsOf | None) -> Parts:
    """Yield the parts of a statement: what it records, what follows from it."""
    kg = mentions.kg
    statement = kg.corpus.statements[key]
    origin = origin_of(kg.corpus, statement).partition("/")
    yield Part("status", lines=(common.summary(kg, statement),))
    yield part("record", "field says", [*_record(statement), ("origin", Thing(origin[0], origin[2]))])
    yield part("derived", "relation thing", derived_from(mentions, key))
    yield common.disagreements_part(mentions.disputes_of(key))
    yield common.judgements_part(common.judgements_on(kg, {key}))
    yield missing_part(*missing_of_statement(kg, statement))
    yield common.sources_part(kg, [key])


def _record(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    """Yield every filled field as its curator wrote it, under the name it has in YAML."""
    for name, info in type(statement).model_fields.items():
        value = getattr(statement, name)
        if value not in (None, ()):
            yield info.alias or name, _written(value)


def _written(value: object) -> Cell:
    if isinstance(value, When):
        return when(value)
    if isinstance(value, Bilingual):
        return Said(value.zh, value.in_language("en"))
    if isinstance(value, tuple):
        return tuple(_written(one) for one in value)
    if isinstance(value, Record):
        return ", ".join(f"{k}: {' '.join(v) if isinstance(v, tuple) else v}" for k, v in value if v)
    return str(value)


def derived_from(mentions: Mentions, key: str) -> Iterator[tuple[Cell, ...]]:
    """Yield what follows from a statement: (relation, thing)."""
    derived = mentions.kg.derived
    for slug, pairing in derived.pairings.items():
        if key in pairing.evidence or any(key in term.evidence for term in pairing.terms):
            yield EVIDENCE, Thing("pairing", slug)
    for slug, scope in derived.scopes.items():
        if key in scope.evidence:
            yield SPEAKS_OF, Thing("scope", slug)
    subject = mentions.subject(mentions.kg.corpus.statements[key])
    if subject is not None and subject[0] != "scope":
        yield SPEAKS_OF, Thing(*subject)
    if key in mentions.cell_of:
        yield IN_CELL, Thing("cell", mentions.cell_of[key])


EVIDENCE = Said("构成", "makes", "evidence")
SPEAKS_OF = Said("述及", "speaks of", "about")
IN_CELL = Said("归入", "belongs to", "cell")


def parts_of_measure(mentions: Mentions, notation: str, _: AsOf | None) -> Parts:
    """Yield the parts of a measure: what it means, which things have figures of it."""
    concept = load_ontology().concepts["measure"][notation]
    figures = [s for s in mentions.standing if isinstance(s, FigureStatement) and s.measure == notation]
    yield Part("status", lines=(Said(concept.definition_zh, concept.definition_en),))
    unit = Said(concept.unit or "—", concept.unit or "—", {"unit": concept.unit, "summable": concept.summable})
    yield part("definitions", "code unit", [(concept.notation, unit)])
    found: dict[tuple[str, str], list[FigureStatement]] = {}
    for figure in figures:
        subject = mentions.subject(figure)
        assert subject is not None
        found.setdefault(subject, []).append(figure)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    yield part(
        "subjects",
        "thing count years statements",
        ((Thing(*subject), len(f), _years(f), Cites(tuple(s.key for s in f))) for subject, f in ordered),
    )
    if not figures:
        yield missing_part(Said("没有这一指标的数字", "no figure of this measure", "no-figure"))


def _years(figures: Iterable[FigureStatement]) -> Cell:
    years = [year for f in figures if f.period for year in (f.period.earliest.year, f.period.latest.year)]
    return f"{min(years)}–{max(years)}" if years else None


def parts_of_scope(mentions: Mentions, slug: str, as_of: AsOf | None) -> Parts:
    """Yield the parts of a scope: who is spoken of together, which pairings lie in it, what is said of it."""
    kg = mentions.kg
    scope = kg.derived.scopes[slug]
    inside = [p for p in kg.derived.pairings.values() if lies_in(kg, p, scope)]
    yield part(
        "participants",
        "role place",
        [
            *((ties.ROLES["supporter"], ties.party_thing(kg, party)) for party in scope.supporters),
            *((ties.ROLES["recipient"], ties.party_thing(kg, party)) for party in scope.recipients),
        ],
    )
    yield ties.pairings_part(kg, "pairings", inside, ties.asked_or_last(kg, as_of))
    yield figures_part(mentions, mentions.about("scope", slug))
    named = mentions.naming("scope", slug)
    yield common.said_part(mentions, "statements", (s for s in named if not isinstance(s, FigureStatement)))
    yield common.disagreements_part(mentions.disagreements("scope", slug))
