"""One document and what it says, as facts in ``graph/source/<id>``.

Most fields need no code of their own: their type says what they point to (``Ref``, ``Concept``, a date, a text),
and PREDICATES says which term of the ontology they become.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Bilingual, Concept, Ref, marks_of
from cooperation_kg.curate.registers import AnonymousPlace, Source
from cooperation_kg.curate.statements import STATEMENT_KINDS, FigureStatement, PairingStatement, Statement
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.results import Derived
from cooperation_kg.graph.derive.scopes import pairing_slug, scope_slug, subject_of
from cooperation_kg.graph.derive.ties import scope_of, ties_of
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.summaries import summarise
from cooperation_kg.graph.triples.values import (
    COOP,
    DCTERMS,
    PROV,
    SCHEMA,
    SKOS,
    Describer,
    Fact,
    Node,
    concept,
    iri,
    number,
    text,
    whole,
)
from cooperation_kg.graph.vocabulary import Iris

# field of a statement → term; a field not named here becomes coop:<field in camel case>
PREDICATES: dict[str, Node] = {
    "note": SKOS.note,
    "text": DCTERMS.description,
    "label": DCTERMS.title,
    "read": COOP.readExtent,
    "supporter": COOP.statedSupporter,
    "recipient": COOP.statedRecipient,
    "parties": COOP.statedParty,
    "programme": COOP.statedProgramme,
    "basis": COOP.statedBasis,
    "places": COOP.tookPlaceIn,
    "old": COOP.oldName,
    "new": COOP.newName,
    "term": COOP.definedTerm,
}
PREDICATES_OF_KIND: dict[tuple[str, str], Node] = {
    ("figure", "place"): COOP.countedIn,
    ("participation", "place"): COOP.participant,
}
# date fields → the stem of their bounds, where it is not the name itself
DATE_NAMES: dict[str, tuple[str, str]] = {
    "since": ("from", "from"),
    "during": ("during", "period"),
    "at": ("at", "period"),
}
_HANDLED_APART = frozenset(
    {"source", "id", "kind", "about", "value", "unit", "bound", "matching", "read", "reached_by"}
)


def source_facts(
    corpus: Corpus, derived: Derived, source: Source, iris: Iris | None = None, namer: Namer | None = None
) -> Iterator[Fact]:
    """Yield a document, its anonymous places and all its statements.

    Parameters
    ----------
    iris, namer: of the corpus, where they are at hand: they remember what they have named.
    """
    iris, namer = iris or Iris.of(corpus), namer or Namer(corpus, derived.pairings)
    yield from document_facts(corpus, source, iris)
    yield from statement_facts(corpus, derived, source, iris, namer)


def document_facts(corpus: Corpus, source: Source, iris: Iris) -> Iterator[Fact]:
    """Yield a document and its anonymous places."""
    graph = iris.graph_term(f"source/{source.id}")
    describe = Describer(iris.term("source", source.id), graph)
    _source(corpus, source, describe, iris)
    for place in source.anonymous:
        _anonymous(place, describe.other(iris.term("place", f"{source.id}.{place.id}")), iris)
    yield from describe.facts


def statement_facts(corpus: Corpus, derived: Derived, source: Source, iris: Iris, namer: Namer) -> Iterator[Fact]:
    """Yield what one document says."""
    graph = iris.graph_term(f"source/{source.id}")
    for order, statement in enumerate(corpus.of_source(source.id), start=1):
        describe = Describer(iris.term("statement", statement.key), graph)
        describe.say(COOP.order, whole(order))
        _statement(corpus, derived, statement, describe, namer, iris)
        yield from describe.facts


def _source(corpus: Corpus, source: Source, describe: Describer, iris: Iris) -> None:
    describe.types("Source")
    describe.labels(source.title or source.description)
    describe.bilingual(DCTERMS.title, source.title)
    describe.bilingual(DCTERMS.description, source.description)
    describe.say(COOP.sourceType, concept("source-type", source.type))
    describe.say(DCTERMS.creator, *(text(author) for author in source.authors))
    for term, value in (
        (DCTERMS.publisher, source.publisher),
        (COOP.container, source.container),
        (COOP.issue, source.issue),
        (DCTERMS.language, source.language),
        (DCTERMS.rights, source.licence),
        (SKOS.note, source.note),
    ):
        describe.say(term, text(value) if value else None)
    describe.when("date", source.date)
    describe.say(SCHEMA.sameAs, iri(f"https://doi.org/{quote(source.doi, safe='/:;().-_')}") if source.doi else None)
    describe.say(SCHEMA.url, iri(source.url) if source.url else None)
    describe.say(PROV.wasQuotedFrom, iris.term("source", source.reprint_of) if source.reprint_of else None)
    if source.according_to:
        describe.say(COOP.accordingTo, _referred(corpus, ("source", "organisation"), source.according_to, iris))
    describe.say(COOP.readExtent, concept("read-extent", source.read))
    describe.say(COOP.reachedBy, concept("reached-by", source.reached_by))
    describe.say(COOP.grade, concept("source-grade", source.grade) if source.grade else None)


def _anonymous(place: AnonymousPlace, describe: Describer, iris: Iris) -> None:
    describe.types("AnonymousPlace")
    describe.labels(place.name)
    describe.say(COOP.name, text(place.name.zh))
    describe.say(COOP.level, concept("level", place.level))
    describe.say(COOP.within, iris.term("place", place.within) if place.within else None)


def _statement(
    corpus: Corpus, derived: Derived, statement: Statement, describe: Describer, namer: Namer, iris: Iris
) -> None:
    describe.say(PROV.wasDerivedFrom, iris.term("source", statement.source))
    if statement.withdrawn is not None:
        # it keeps its IRI with place and reason, and loses all that a query could count, its class included
        describe.types("WithdrawnStatement")
        describe.say(COOP.locator, text(statement.locator) if statement.locator else None)
        describe.say(COOP.withdrawn, text(statement.withdrawn))
        return
    describe.types(type(statement).__name__, "Statement")
    describe.named(summarise(statement, namer, "zh"), summarise(statement, namer, "en"))
    kind, _, identifier = origin_of(corpus, statement).partition("/")
    describe.say(COOP.origin, iris.term(kind, identifier))
    describe.say(COOP.about, *subjects_of(corpus, derived, statement, iris))
    source = corpus.sources[statement.source]
    describe.say(COOP.readExtent, concept("read-extent", statement.read or source.read))
    describe.say(COOP.reachedBy, concept("reached-by", statement.reached_by or source.reached_by))
    for field in _fields(type(statement)):
        value = getattr(statement, field.name)
        if value is not None and value != ():
            _field(corpus, statement, field, value, describe, iris)
    if isinstance(statement, FigureStatement):
        _quantity(statement, describe)


def subjects_of(corpus: Corpus, derived: Derived, statement: Statement, iris: Iris) -> list[Node]:
    """Return the things a statement is about: pairings for a pairing statement, else its subject."""
    if isinstance(statement, PairingStatement):
        scope = scope_of(statement)
        if scope is not None:
            return [iris.term("scope", scope_slug(scope))]
        ties = tuple(ties_of(corpus, statement))
        found = {pairing_slug(derived.pairings, tie.family, tie.parties) for tie in ties}
        slugs = sorted(slug for slug in found if slug is not None)
        # one judged to be no evidence may have made no pairing: then it is about its programme
        kind, subjects = ("pairing", slugs) if slugs else ("programme", sorted({tie.family for tie in ties}))
        return [iris.term(kind, subject) for subject in subjects]
    about = getattr(statement, "about", None)
    return [] if about is None else [iris.term(*subject_of(corpus, derived.pairings, about))]


class _Field(NamedTuple):
    """How a field of one kind of statement is told: its term, what its texts point to, the stems of a date."""

    name: str
    predicate: Node
    mark: Ref | Concept | None
    said: str
    bounds: str


@cache
def _fields(statement_type: type[Statement]) -> tuple[_Field, ...]:
    kind = next(kind for kind, record_type in STATEMENT_KINDS.items() if record_type is statement_type)
    found = []
    for name in statement_type.model_fields:
        if name not in _HANDLED_APART:
            said, bounds = DATE_NAMES.get(name, (_camel(name), _camel(name)))
            predicate = PREDICATES_OF_KIND.get((kind, name)) or PREDICATES.get(name) or COOP[_camel(name)]
            found.append(_Field(name, predicate, marks_of(statement_type, name), said, bounds))
    return tuple(found)


def _field(corpus: Corpus, statement: Statement, field: _Field, value: Any, describe: Describer, iris: Iris) -> None:
    if isinstance(value, When):
        describe.when(field.said, value, field.bounds)
    elif isinstance(value, Bilingual):
        describe.bilingual(field.predicate, value)
    else:
        for item in value if isinstance(value, tuple) else (value,):
            describe.say(field.predicate, _node(corpus, statement, field.mark, item, iris))


def _node(corpus: Corpus, statement: Statement, mark: Ref | Concept | None, item: Any, iris: Iris) -> Node:
    if isinstance(mark, Concept):
        return concept(mark.scheme, item)
    if isinstance(mark, Ref) and mark.kinds == ("sibling",):
        return iris.term("statement", f"{statement.source}.{item}")
    if isinstance(mark, Ref):
        return _referred(corpus, mark.kinds, item, iris)
    if isinstance(item, Decimal):
        return number(item)
    return text(item)


def _referred(corpus: Corpus, kinds: tuple[str, ...], reference: str, iris: Iris) -> Node:
    found = corpus.find(kinds, reference)
    if found is None:
        raise KeyError(reference)
    return iris.term(*found)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _quantity(figure: FigureStatement, describe: Describer) -> None:
    quantity = figure.quantity
    for term, value in (
        (COOP.value, quantity.value),
        (COOP.minimum, quantity.minimum),
        (COOP.maximum, quantity.maximum),
    ):
        describe.say(term, number(value) if value is not None else None)
    describe.say(COOP.ratio, text(str(quantity.ratio)) if quantity.ratio is not None else None)
    describe.say(COOP.bound, concept("bound", quantity.bound.value))
    describe.say(COOP.unit, text(quantity.unit))
