"""What does a name mean? Places, pairings and the rest by id, by any of their names, or as ``kind/id``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer

Found = tuple[str, str, str]
"""(kind, id, Chinese name)."""

_Row = tuple[str, str, str, frozenset[str]]


def find_things(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Return everything that ``text`` may mean, exactly: an id, ``kind/id``, or one of its names.

    Case and full width do not matter. One name may mean several things; the caller shows them.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> find_things(build_graph(load_corpus()), "京蒙")
    [('pairing', 'east-west.beijing.inner-mongolia', '京蒙')]
    """
    wanted = fold(text)
    return [(kind, key, name) for kind, key, name, names in _all_names(kg) if wanted in names]


def fold(text: str) -> str:
    """Return a text as names are compared: NFKC, lower case, without spaces or title marks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("《》")


def _all_names(kg: KnowledgeGraph) -> list[_Row]:
    rows: list[_Row] = []
    for kind, register in kg.corpus.registers.items():
        if kind != "pairing":
            rows += [_row(kind, e.id, e.name.zh, (*e.names(), e.id)) for e in register.values()]
    for key, place in kg.corpus.anonymous.items():
        rows.append(_row("place", key, place.name.zh, (key, *_both(place.name))))
    for source in kg.corpus.sources.values():
        label = source.title or source.description
        assert label is not None
        rows.append(_row("source", source.id, label.zh, (source.id, *_both(label))))
    return [*rows, *_pairing_names(kg)]


def _pairing_names(kg: KnowledgeGraph) -> Iterator[_Row]:
    """Yield pairings by slug, by the names they have, and as they are shown where they have none (A → B)."""
    namer = Namer(kg.corpus, kg.derived.pairings)
    families = kg.corpus.programmes
    named = {(families[n.programme].family_id, frozenset(n.places)): n for n in kg.corpus.pairings.values()}
    for slug, pairing in kg.derived.pairings.items():
        entry = named.get((pairing.programme, frozenset(pairing.parties)))
        own = () if entry is None else (entry.id, *entry.names())
        sides = (namer.sides(pairing, "zh"), namer.sides(pairing, "en"))
        yield _row("pairing", slug, namer.pairing(pairing, "zh"), (slug, *own, *sides))


def _both(label: Bilingual) -> tuple[str, ...]:
    return (label.zh, label.en) if label.en else (label.zh,)


def _row(kind: str, key: str, name: str, names: tuple[str, ...]) -> _Row:
    return kind, key, name, frozenset({fold(n) for n in names} | {fold(f"{kind}/{key}")})
