"""What is known of a programme, an organisation, a project, an event? And what shows which kind of thing?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cooperation_kg.curate.registers import Organisation
from cooperation_kg.curate.statements import DocumentStatement, PolicyEffectStatement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.documents import parts_of_policy, parts_of_source
from cooperation_kg.query.show.figures import figures_part, when
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.pairing import parts_of_pairing, scopes_part
from cooperation_kg.query.show.parts import Cell, Concept, Parts, Thing, part
from cooperation_kg.query.show.places import parts_of_place
from cooperation_kg.query.show.statements import parts_of_measure, parts_of_scope, parts_of_statement


def parts_of_programme(mentions: Mentions, identifier: str, as_of: AsOf | None) -> Parts:
    """Yield the parts of a programme: its family, its phases, its pairings, what is said of all of it."""
    kg = mentions.kg
    programme = kg.corpus.programmes[identifier]
    asked = ties.asked_or_last(kg, as_of)
    own = [p for p in kg.derived.pairings.values() if identifier in (p.programme, *p.programmes)]
    yield ties.tally_part(own, asked)
    family = [p for p in kg.corpus.programmes.values() if p.family_id == programme.family_id]
    yield part(
        "family",
        "programme kind aliases",
        ((Thing("programme", p.id), Concept("programme-kind", p.type), tuple(p.aliases)) for p in family),
    )
    yield common.policies_part(mentions, "programme", identifier)
    yield ties.pairings_part(kg, "pairings", own, asked)
    yield figures_part(mentions, mentions.about("programme", identifier))
    scopes = [scope for scope in kg.derived.scopes.values() if scope.programme == identifier]
    yield scopes_part(mentions, scopes)
    yield from common.lists_about(mentions, "programme", identifier)
    yield from common.tail(mentions, "programme", identifier)


def parts_of_organisation(mentions: Mentions, identifier: str, as_of: AsOf | None) -> Parts:
    """Yield the parts of an organisation."""
    kg = mentions.kg
    organisation = kg.corpus.registers["organisation"][identifier]
    assert isinstance(organisation, Organisation)
    asked = ties.asked_or_last(kg, as_of)
    own = [p for p in kg.derived.pairings.values() if identifier in p.parties]
    within = Thing("place", organisation.within) if organisation.within else None
    kind = Concept("organisation-kind", organisation.type)
    yield part("names", "kind aliases parent", [(kind, tuple(organisation.names()), within)])
    yield ties.pairings_part(kg, "pairings", own, asked, identifier)
    yield figures_part(mentions, mentions.about("organisation", identifier))
    yield common.figures_beside(mentions, "organisation", identifier)
    named = mentions.naming("organisation", identifier)
    yield common.said_part(mentions, "documents", (s for s in named if isinstance(s, DocumentStatement)))
    yield from common.lists_about(mentions, "organisation", identifier, naming=True)
    yield part("credited_sources", "source date", _credited(kg, identifier))
    yield common.said_part(mentions, "credited", (s for s in named if s.according_to == identifier))
    yield from common.tail(mentions, "organisation", identifier)


def _credited(kg: KnowledgeGraph, organisation: str) -> Iterator[tuple[Cell, ...]]:
    for source in kg.corpus.sources.values():
        if source.according_to == organisation:
            yield Thing("source", source.id), when(source.date)


def parts_of_project(mentions: Mentions, identifier: str, _: AsOf | None) -> Parts:
    """Yield the parts of a project or an event."""
    kind = "project" if identifier in mentions.kg.corpus.registers["project"] else "event"
    entry = mentions.kg.corpus.registers[kind][identifier]
    field = getattr(entry, "field", None)
    typed = Concept("event-kind", getattr(entry, "type", "")) if kind == "event" else None
    label = Concept("field", field) if field else typed
    yield part("names", "kind aliases note", [(label, tuple(entry.names()), entry.note)])
    yield figures_part(mentions, mentions.about(kind, identifier))
    yield common.policies_part(mentions, kind, identifier)
    yield from common.lists_about(mentions, kind, identifier, naming=True)
    rest = [s for s in mentions.naming(kind, identifier) if isinstance(s, DocumentStatement | PolicyEffectStatement)]
    yield common.said_part(mentions, "effects", rest)
    yield from common.tail(mentions, kind, identifier)


def parts_of_judgement(mentions: Mentions, identifier: str, _: AsOf | None) -> Parts:
    """Yield a judgement: what was concluded, why, and what each statement that it is about says."""
    judgement = mentions.kg.corpus.judgements[identifier]
    yield common.judgements_part([judgement])
    yield common.said_part(mentions, "statements", (mentions.kg.corpus.statements[key] for key in judgement.about))


BUILDERS: Mapping[str, Callable[[Mentions, str, AsOf | None], Parts]] = {
    "place": parts_of_place,
    "pairing": parts_of_pairing,
    "programme": parts_of_programme,
    "policy": parts_of_policy,
    "organisation": parts_of_organisation,
    "project": parts_of_project,
    "event": parts_of_project,
    "source": parts_of_source,
    "statement": parts_of_statement,
    "measure": parts_of_measure,
    "scope": parts_of_scope,
    "judgement": parts_of_judgement,
}
"""Kind of thing → what yields its parts."""
