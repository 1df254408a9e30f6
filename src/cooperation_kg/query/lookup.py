"""What does a name mean? Places, pairings and the rest by id, by any of their names, or as ``kind/id``."""

from __future__ import annotations

import unicodedata

from cooperation_kg.graph.dataset import KnowledgeGraph

Found = tuple[str, str, str]
"""(kind, id, Chinese name)."""


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


def _all_names(kg: KnowledgeGraph) -> list[tuple[str, str, str, frozenset[str]]]:
    rows: list[tuple[str, str, str, frozenset[str]]] = []
    for kind, register in kg.corpus.registers.items():
        if kind != "pairing":
            rows += [_row(kind, e.id, e.name.zh, (*e.names(), e.id)) for e in register.values()]
    for key, place in kg.corpus.anonymous.items():
        rows.append(_row("place", key, place.name.zh, (key, place.name.zh)))
    for source in kg.corpus.sources.values():
        label = source.title or source.description
        assert label is not None
        rows.append(_row("source", source.id, label.zh, (source.id, label.zh)))
    named = {frozenset(n.places): n for n in kg.corpus.pairings.values()}
    for slug, pairing in kg.derived.pairings.items():
        entry = named.get(frozenset(pairing.parties))
        names = (slug,) if entry is None or pairing.name is None else (slug, entry.id, *entry.names())
        rows.append(_row("pairing", slug, pairing.name.zh if pairing.name else slug, names))
    return rows


def _row(kind: str, key: str, name: str, names: tuple[str, ...]) -> tuple[str, str, str, frozenset[str]]:
    return kind, key, name, frozenset({fold(n) for n in names} | {fold(f"{kind}/{key}")})
