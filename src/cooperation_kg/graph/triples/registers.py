"""What exists, and what we conclude, as facts: ``graph/registers`` and ``graph/judgements``."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.judgements import Judgement, Search
from cooperation_kg.curate.registers import Entry, Event, Organisation, Place, Policy, Programme, Project
from cooperation_kg.curate.statements import PARTY, THING, Scope
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.derive.scopes import pairing_slug
from cooperation_kg.graph.triples.places import describe_place
from cooperation_kg.graph.triples.values import COOP, DCTERMS, RDF, SKOS, Describer, Fact, concept, iri, text
from cooperation_kg.graph.vocabulary import Iris

CLASSES: dict[str, str] = {
    "place": "Place",
    "programme": "Programme",
    "policy": "Policy",
    "organisation": "Organisation",
    "project": "Project",
    "event": "Event",
}
_DATASET_CLASSES = ("http://www.w3.org/ns/dcat#Dataset", "http://rdfs.org/ns/void#Dataset")


def register_facts(corpus: Corpus, derived: Derived) -> Iterator[Fact]:
    """Yield the description of the dataset, every register entry, and the names of pairings."""
    iris = Iris.of(corpus)
    yield from _dataset(corpus, iris)
    for kind, class_name in CLASSES.items():
        for entry in corpus.registers[kind].values():
            describe = Describer(iris.term(kind, entry.id), iris.graph_term("registers"))
            describe.types(class_name)
            _entry(entry, describe)
            _own_fields(corpus, entry, describe, iris)
            yield from describe.facts
    yield from _pairing_names(corpus, derived, iris)


def judgement_facts(corpus: Corpus, derived: Derived) -> Iterator[Fact]:
    """Yield every judgement with its author, date and reason, and which figures a search was for."""
    iris = Iris.of(corpus)
    for judgement in corpus.judgements.values():
        describe = Describer(iris.term("judgement", judgement.id), iris.graph_term("judgements"))
        _judgement(judgement, describe, iris)
        for number, search in enumerate(judgement.covers, start=1):
            node = iris.term("judgement", f"{judgement.id}.{number}")
            sought = Describer(node, describe.graph)
            _searched(corpus, derived, search, sought, iris)
            if sought.facts:  # a view as of a time may have left out the pairing
                describe.say(COOP.covers, node)
                _sought(search, sought)
                yield from sought.facts
        yield from describe.facts


def _dataset(corpus: Corpus, iris: Iris) -> list[Fact]:
    dataset = corpus.dataset
    describe = Describer(iri(iris.base), iris.graph_term("registers"))
    describe.say(RDF.type, *map(iri, _DATASET_CLASSES))
    describe.bilingual(DCTERMS.title, dataset.title)
    describe.bilingual(DCTERMS.description, dataset.description)
    describe.say(DCTERMS.license, iri(dataset.licence))
    describe.say(DCTERMS.creator, *(text(creator) for creator in dataset.creators))
    describe.say(DCTERMS.hasVersion, text(dataset.version))
    describe.say(COOP.horizon, text(dataset.horizon))
    return describe.facts


def _entry(entry: Entry, describe: Describer) -> None:
    describe.labels(entry.name)
    describe.say(COOP.name, *(text(name) for name in dict.fromkeys(entry.names())))
    describe.say(SKOS.note, text(entry.note, "zh") if entry.note else None)


def _own_fields(corpus: Corpus, entry: Entry, describe: Describer, iris: Iris) -> None:
    match entry:
        case Place():
            describe_place(corpus, entry, describe, iris)
        case Programme():
            describe.say(COOP.programmeKind, concept("programme-kind", entry.type))
            describe.say(COOP.family, iris.term("programme", entry.family_id))
        case Policy():
            describe.say(COOP.documentKind, concept("document-kind", entry.type))
        case Organisation():
            describe.say(COOP.organisationKind, concept("organisation-kind", entry.type))
            describe.say(COOP.within, iris.term("place", entry.within) if entry.within else None)
        case Event():
            describe.say(COOP.eventKind, concept("event-kind", entry.type))
        case Project():
            describe.say(COOP.field, concept("field", entry.field) if entry.field else None)


def _pairing_names(corpus: Corpus, derived: Derived, iris: Iris) -> Iterator[Fact]:
    for named in corpus.pairings.values():
        family = corpus.programmes[named.programme].family_id
        slug = pairing_slug(derived.pairings, family, (named.places[0], named.places[1]))
        if slug is not None:
            describe = Describer(iris.term("pairing", slug), iris.graph_term("registers"))
            describe.say(COOP.name, *(text(name) for name in dict.fromkeys(named.names())))
            describe.say(SKOS.note, text(named.note, "zh") if named.note else None)
            yield from describe.facts


def _judgement(judgement: Judgement, describe: Describer, iris: Iris) -> None:
    describe.types("Judgement")
    describe.say(COOP.judgementKind, concept("judgement-kind", judgement.kind))
    describe.say(COOP.about, *(iris.term("statement", key) for key in judgement.about))
    describe.say(COOP.prefers, iris.term("statement", judgement.prefers) if judgement.prefers else None)
    describe.bilingual(DCTERMS.subject, judgement.what)
    describe.say(COOP.searchedIn, text(judgement.where) if judgement.where else None)
    describe.say(DCTERMS.creator, text(judgement.by))
    describe.when("date", judgement.date)
    describe.bilingual(DCTERMS.description, judgement.reason)


def _searched(corpus: Corpus, derived: Derived, search: Search, describe: Describer, iris: Iris) -> None:
    """Tell what was searched: each pairing inside a scope, or one thing; nothing where it is not in the graph."""
    about = search.about
    if isinstance(about, Scope):
        describe.say(COOP.scopeProgramme, iris.term("programme", about.programme))
        for side, parties in ((COOP.scopeSupporter, about.supporter), (COOP.scopeRecipient, about.recipient)):
            describe.say(side, *(iris.term(*_found(corpus, PARTY.kinds, party)) for party in parties or ()))
        return
    kind, identifier = _found(corpus, THING.kinds, about)
    if kind == "pairing":
        named = corpus.pairings[identifier]
        family = corpus.programmes[named.programme].family_id
        slug = pairing_slug(derived.pairings, family, (named.places[0], named.places[1]))
        describe.say(COOP.about, iris.term("pairing", slug) if slug else None)
    else:
        describe.say(COOP.about, iris.term(kind, identifier))


def _sought(search: Search, describe: Describer) -> None:
    describe.types("Search")
    describe.say(COOP.measure, *(concept("measure", measure) for measure in search.measure))
    describe.when("during", search.during, "period")


def _found(corpus: Corpus, kinds: tuple[str, ...], reference: str) -> tuple[str, str]:
    found = corpus.find(kinds, reference)
    if found is None:
        raise KeyError(reference)
    return found
