"""In which ways may a text mean a thing? One function a way: exactly, by identifier, pinyin, two names, beginning."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from cooperation_kg.curate.registers import AnonymousPlace, Place
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.vocabulary import CONCEPT, HOME, THING_KINDS
from cooperation_kg.query.kept import kept
from cooperation_kg.query.names import Found, NameRow, all_names, fold, measure_names, name_of, rows_by_name
from cooperation_kg.query.search_keys import initials, spellings

# not looked up by pinyin: nobody types the initials of a title
_UNSPELT = ("source", "policy")
_FOREMOST = ("place", "programme", "pairing")
_PARTIES = ("place", "organisation")
# what may stand between two names, beside nothing and spaces
_JOINTS = "-‐–—→·~至和与及同、，,/&"
# what people type for a name in Latin letters: Xi'an, Hei-shui xian
_LATIN = re.compile(r"[a-z0-9][a-z0-9'’‐–·-]*[a-z0-9]")
# no two names together are longer
_LONGEST = 60
_RowsByKey = Mapping[str, list[NameRow]]


def find_things(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Return everything that ``text`` may mean, exactly: an id, ``kind/id``, or one of its names.

    Case and full width do not matter. One name may mean several things; the caller shows them.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> find_things(build_graph(load_corpus()), "京蒙")
    [('pairing', 'east-west.beijing.inner-mongolia', '京蒙')]
    """
    return [(kind, key, name) for kind, key, name, _ in rows_by_name(kg).get(fold(text), ())]


def by_identifier(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find by ``kind/id``, IRI or prefixed name, and derived things and statements by their bare id too."""
    wanted = _identifier(kg, text.strip())
    kind, slash, identifier = wanted.partition("/")
    if kind == "place-version":
        kind, identifier = "place", identifier.rpartition(".")[0]
    if slash and kind == "measure":
        return by_measure(kg, identifier)
    if slash and kind in THING_KINDS and kind not in _DERIVED:
        return find_things(kg, f"{kind}/{identifier}")
    asked = [(kind, identifier)] if slash and kind in _DERIVED else [(kind, wanted) for kind in _DERIVED]
    return [(kind, key, name_of(kg, kind, key, "zh")) for kind, key in asked if _known(kg, kind, key)]


def _identifier(kg: KnowledgeGraph, text: str) -> str:
    """Return ``kind/id`` of an IRI (in angle brackets or not) or a prefixed name; else the text."""
    iri = text.strip("<>")
    for home in (kg.iris.base, HOME):
        if iri.startswith(f"{home}id/"):
            return iri.removeprefix(f"{home}id/")
    if iri.startswith(CONCEPT):
        return iri.removeprefix(CONCEPT)
    prefix, colon, rest = text.partition(":")
    if colon and prefix in THING_KINDS:
        return f"{prefix}/{rest}"
    return rest if colon and prefix == "concept" else text


def _known(kg: KnowledgeGraph, kind: str, identifier: str) -> bool:
    """Return whether a derived thing, a statement or a judgement has this id."""
    if kind == "term":
        slug, _, number = identifier.rpartition(".")
        pairing = kg.derived.pairings.get(slug)
        return pairing is not None and any(str(term.number) == number for term in pairing.terms)
    tables: dict[str, Collection[str]] = {
        "statement": kg.corpus.statements,
        "judgement": kg.corpus.judgements,
        "scope": kg.derived.scopes,
        "cell": kg.derived.cells,
        "disagreement": kg.derived.disagreements,
    }
    return identifier in tables[kind]


# kinds that have an id and no name of their own
_DERIVED = ("statement", "scope", "term", "cell", "disagreement", "judgement")


def by_measure(_: KnowledgeGraph, text: str) -> list[Found]:
    """Find a measure by notation or label."""
    wanted = fold(text)
    return [(kind, key, name) for kind, key, name, names in measure_names() if wanted in names]


def by_pinyin(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find by pinyin in full, or by English run together."""
    return _spelt(text, _rows_by_pinyin, kg)


def by_initials(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find by the initials of pinyin."""
    return _spelt(text, _rows_by_initials, kg)


def _spelt(text: str, rows: Callable[[KnowledgeGraph], _RowsByKey], kg: KnowledgeGraph) -> list[Found]:
    if not _LATIN.fullmatch(fold(text)):
        return []
    wanted = re.sub(r"[^a-z0-9]", "", fold(text))
    return [(kind, key, name) for kind, key, name, _ in rows(kg).get(wanted, ())]


@kept
def _rows_by_pinyin(kg: KnowledgeGraph) -> _RowsByKey:
    return _rows_by(spellings, kg)


@kept
def _rows_by_initials(kg: KnowledgeGraph) -> _RowsByKey:
    return _rows_by(initials, kg)


def _rows_by(keys: Callable[[str], Iterable[str]], kg: KnowledgeGraph) -> _RowsByKey:
    """Return the rows of names that are spelt so, by each way to type one of them."""
    found: dict[str, list[NameRow]] = defaultdict(list)
    for row in all_names(kg):
        if row[0] not in _UNSPELT:
            for key in {key for own in row[3] for key in keys(own)}:
                found[key].append(row)
    return found


def between_two(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find every pairing between two parties whose names stand together."""
    namer, sides = Namer(kg.corpus, kg.derived.pairings), {frozenset(pair) for pair in two_parties(kg, text)}
    pairings = (pairing for pairing in kg.derived.pairings.values() if frozenset(pairing.parties) in sides)
    return [("pairing", pairing.slug, namer.pairing(pairing, "zh")) for pairing in pairings]


def two_parties(kg: KnowledgeGraph, text: str) -> list[tuple[str, str]]:
    """Return the ids of two parties that the text names one after the other, in every way it can be read."""
    wanted = fold(text)
    cuts = range(1, len(wanted) if len(wanted) <= _LONGEST else 0)
    # 和 may join two names, or begin one: 和田
    sides = (((wanted[:i], wanted[:i].rstrip(_JOINTS)), (wanted[i:], wanted[i:].lstrip(_JOINTS))) for i in cuts)
    found = (
        (one, other)
        for before, after in sides
        for one in (key for name in before for key in _parties_called(kg, name))
        for other in (key for name in after for key in _parties_called(kg, name))
        if one != other
    )
    return list(dict.fromkeys(found))


def _parties_called(kg: KnowledgeGraph, name: str) -> Iterator[str]:
    return (key for kind, key, _, _ in rows_by_name(kg).get(name, ()) if kind in _PARTIES)


def after_its_container(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find a place whose name stands after the names of places that contain it, or once did."""
    wanted = fold(text)
    if len(wanted) > _LONGEST:
        return []
    places = {key: (name, names) for kind, key, name, names in all_names(kg) if kind == "place"}

    def led(head: str, containers: Collection[str]) -> bool:
        names = (own for key in containers for own in places[key][1] if own and head.startswith(own))
        return not head or any(led(head.removeprefix(own), containers) for own in names)

    def found(fits: Callable[[str, str], bool]) -> list[Found]:
        cuts = range(1, len(wanted) - 1)
        return [
            ("place", key, name)
            for key, (name, names) in places.items()
            if any(fits(own, wanted[i:]) and led(wanted[:i], containing(kg, key)) for i in cuts for own in names)
        ]

    return found(str.__eq__) or found(str.startswith)


def containing(kg: KnowledgeGraph, party: str) -> set[str]:
    """Return every place that contains a party, or did at any time."""
    found: set[str] = set()
    waiting = [party]
    while waiting:
        step = waiting.pop()
        place: Place | AnonymousPlace | None = kg.corpus.places.get(step) or kg.corpus.anonymous.get(step)
        if isinstance(place, Place):
            parents = [within.parent for within in place.within]
        else:
            parents = [place.within] if place is not None and place.within else []
        waiting += [parent for parent in parents if parent not in found]
        found.update(parents)
    return found


def foremost_by_beginning(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find places, programmes and named pairings by how a name begins: these are what people shorten."""
    return [thing for thing in by_beginning(kg, text) if thing[0] in _FOREMOST]


def by_beginning(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find anything by how a name begins."""
    wanted = fold(text)
    if len(wanted) < 2 or "/" in wanted:  # one character begins too many names to stand for one of them
        return []
    # a pairing without a name of its own would be found with its supporter
    unnamed = _sides(kg)
    return [
        (kind, key, name)
        for kind, key, name, names in all_names(kg)
        if any(own.startswith(wanted) and own not in unnamed for own in names)
    ]


@kept
def _sides(kg: KnowledgeGraph) -> frozenset[str]:
    """Return how pairings are shown that have no name (A → B), folded."""
    namer = Namer(kg.corpus, kg.derived.pairings)
    shown = {namer.sides(pairing, lang) for pairing in kg.derived.pairings.values() for lang in ("zh", "en")}
    return frozenset(fold(sides) for sides in shown)
