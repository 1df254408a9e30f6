"""What exists, and what we conclude, as quads: ``graph/registers`` and ``graph/judgements``."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.judgements import Judgement, Search
from cooperation_kg.curate.registers import Entry, Event, Organisation, Place, Policy, Programme, Project
from cooperation_kg.curate.statements import PARTY, THING, Scope
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.derive.scopes import pairing_slug
from cooperation_kg.graph.triples.places import place_quads
from cooperation_kg.graph.triples.values import Describer, text
from cooperation_kg.graph.vocabulary import COOP, DCTERMS, RDF, SKOS, Iris, concept_iri

CLASSES: dict[str, str] = {
    "place": "Place",
    "programme": "Programme",
    "policy": "Policy",
    "organisation": "Organisation",
    "project": "Project",
    "event": "Event",
}
_DATASET_CLASSES = ("http://www.w3.org/ns/dcat#Dataset", "http://rdfs.org/ns/void#Dataset")


def register_quads(corpus: Corpus, derived: Derived) -> Iterator[Quad]:
    """Yield the description of the dataset, every register entry, and the names of pairings."""
    iris = Iris.of(corpus)
    yield from _dataset(corpus, iris)
    for kind, class_name in CLASSES.items():
        for entry in corpus.registers[kind].values():
            describe = Describer(iris.thing(kind, entry.id), iris.graph("registers"))
            yield from describe.types(class_name)
            yield from _entry(entry, describe)
            yield from _own_fields(corpus, entry, describe, iris)
    yield from _pairing_names(corpus, derived, iris)


def judgement_quads(corpus: Corpus, derived: Derived) -> Iterator[Quad]:
    """Yield every judgement with its author, date and reason, and which figures a search was for."""
    iris = Iris.of(corpus)
    for judgement in corpus.judgements.values():
        describe = Describer(iris.thing("judgement", judgement.id), iris.graph("judgements"))
        yield from _judgement(judgement, describe, iris)
        for number, search in enumerate(judgement.covers, start=1):
            node = iris.thing("judgement", f"{judgement.id}.{number}")
            about = tuple(_searched(corpus, derived, search, Describer(node, describe.graph), iris))
            if about:  # a view as of a time may have left out the pairing
                yield from about
                yield from describe.say(COOP.covers, node)
                yield from _sought(search, Describer(node, describe.graph))


def _dataset(corpus: Corpus, iris: Iris) -> Iterator[Quad]:
    dataset = corpus.dataset
    describe = Describer(NamedNode(iris.base), iris.graph("registers"))
    yield from describe.say(RDF.type, *(NamedNode(iri) for iri in _DATASET_CLASSES))
    yield from describe.bilingual(DCTERMS.title, dataset.title)
    yield from describe.bilingual(DCTERMS.description, dataset.description)
    yield from describe.say(DCTERMS.license, NamedNode(dataset.licence))
    yield from describe.say(DCTERMS.creator, *(text(creator) for creator in dataset.creators))
    yield from describe.say(DCTERMS.hasVersion, text(dataset.version))
    yield from describe.say(COOP.horizon, text(dataset.horizon))


def _entry(entry: Entry, describe: Describer) -> Iterator[Quad]:
    yield from describe.labels(entry.name)
    yield from describe.say(COOP.name, *(text(name) for name in dict.fromkeys(entry.names())))
    yield from describe.say(SKOS.note, Literal(entry.note, language="zh") if entry.note else None)


def _own_fields(corpus: Corpus, entry: Entry, describe: Describer, iris: Iris) -> Iterator[Quad]:
    match entry:
        case Place():
            yield from place_quads(corpus, entry, describe, iris)
        case Programme():
            yield from describe.say(COOP.programmeKind, concept_iri("programme-kind", entry.type))
            yield from describe.say(COOP.family, iris.thing("programme", entry.family_id))
        case Policy():
            yield from describe.say(COOP.documentKind, concept_iri("document-kind", entry.type))
        case Organisation():
            yield from describe.say(COOP.organisationKind, concept_iri("organisation-kind", entry.type))
            yield from describe.say(COOP.within, iris.thing("place", entry.within) if entry.within else None)
        case Event():
            yield from describe.say(COOP.eventKind, concept_iri("event-kind", entry.type))
        case Project():
            yield from describe.say(COOP.field, concept_iri("field", entry.field) if entry.field else None)


def _pairing_names(corpus: Corpus, derived: Derived, iris: Iris) -> Iterator[Quad]:
    for named in corpus.pairings.values():
        family = corpus.programmes[named.programme].family_id
        slug = pairing_slug(derived.pairings, family, (named.places[0], named.places[1]))
        if slug is not None:
            describe = Describer(iris.thing("pairing", slug), iris.graph("registers"))
            yield from describe.say(COOP.name, *(text(name) for name in dict.fromkeys(named.names())))
            yield from describe.say(SKOS.note, Literal(named.note, language="zh") if named.note else None)


def _judgement(judgement: Judgement, describe: Describer, iris: Iris) -> Iterator[Quad]:
    yield from describe.types("Judgement")
    yield from describe.say(COOP.judgementKind, concept_iri("judgement-kind", judgement.kind))
    yield from describe.say(COOP.about, *(iris.thing("statement", key) for key in judgement.about))
    yield from describe.say(COOP.prefers, iris.thing("statement", judgement.prefers) if judgement.prefers else None)
    yield from describe.bilingual(DCTERMS.subject, judgement.what)
    yield from describe.say(COOP.searchedIn, text(judgement.where) if judgement.where else None)
    yield from describe.say(DCTERMS.creator, text(judgement.by))
    yield from describe.when("date", judgement.date)
    yield from describe.bilingual(DCTERMS.description, judgement.reason)


def _searched(corpus: Corpus, derived: Derived, search: Search, describe: Describer, iris: Iris) -> Iterator[Quad]:
    """Yield what was searched: each pairing inside a scope, or one thing; nothing where it is not in the graph."""
    about = search.about
    if isinstance(about, Scope):
        yield from describe.say(COOP.scopeProgramme, iris.thing("programme", about.programme))
        for side, parties in ((COOP.scopeSupporter, about.supporter), (COOP.scopeRecipient, about.recipient)):
            yield from describe.say(side, *(iris.thing(*_found(corpus, PARTY.kinds, party)) for party in parties or ()))
        return
    kind, identifier = _found(corpus, THING.kinds, about)
    if kind == "pairing":
        named = corpus.pairings[identifier]
        family = corpus.programmes[named.programme].family_id
        slug = pairing_slug(derived.pairings, family, (named.places[0], named.places[1]))
        yield from describe.say(COOP.about, iris.thing("pairing", slug) if slug else None)
    else:
        yield from describe.say(COOP.about, iris.thing(kind, identifier))


def _sought(search: Search, describe: Describer) -> Iterator[Quad]:
    yield from describe.types("Search")
    yield from describe.say(COOP.measure, *(concept_iri("measure", measure) for measure in search.measure))
    yield from describe.when("during", search.during, "period")


def _found(corpus: Corpus, kinds: tuple[str, ...], reference: str) -> tuple[str, str]:
    found = corpus.find(kinds, reference)
    if found is None:
        raise KeyError(reference)
    return found
