"""What is everything called? The names by which things are found, row by row, and the name by which each is shown."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.statements import Scope
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import ScopeNode
from cooperation_kg.graph.naming import Namer
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.kept import kept

Found = tuple[str, str, str]
"""(kind, id, Chinese name)."""
NameRow = tuple[str, str, str, frozenset[str]]
"""(kind, id, Chinese name, everything it is called, folded)."""

# quotation and title marks around a name, and a full stop that was copied with it
_MARKS = '《》〈〉“”‘’「」『』"。'
# what a page or a chat puts between characters unseen: zero-width spaces, byte order marks, line breaks
_UNSEEN = ("Cc", "Cf")


def fold(text: str) -> str:
    """Return a text as names are compared: NFKC, lower case, without spaces, unseen characters, marks around it.

    >>> fold("《Ｉnner Mongolia》"), fold("\u200b京蒙\u3000")
    ('innermongolia', '京蒙')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not plain.isprintable():
        plain = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    return plain.strip(_MARKS)


@kept
def all_names(kg: KnowledgeGraph) -> tuple[NameRow, ...]:
    """Return everything of the registers and every pairing with all that it is called; several may share a name."""
    rows: list[NameRow] = []
    for kind, register in kg.corpus.registers.items():
        if kind != "pairing":
            rows += [_row(kind, e.id, e.name.zh, (*e.names(), e.id)) for e in register.values()]
    for key, place in kg.corpus.anonymous.items():
        rows.append(_row("place", key, place.name.zh, (key, *_both(place.name))))
    for source in kg.corpus.sources.values():
        label = source.title or source.description
        assert label is not None
        rows.append(_row("source", source.id, label.zh, (source.id, *_both(label))))
    return (*rows, *_pairing_names(kg))


@kept
def rows_by_name(kg: KnowledgeGraph) -> Mapping[str, tuple[NameRow, ...]]:
    """Return the rows of all that is called so, by each name, folded; in the order of ``all_names``."""
    found: dict[str, list[NameRow]] = defaultdict(list)
    for row in all_names(kg):
        for own in row[3]:
            found[own].append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _pairing_names(kg: KnowledgeGraph) -> Iterator[NameRow]:
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


def _row(kind: str, key: str, name: str, names: tuple[str, ...]) -> NameRow:
    return kind, key, name, frozenset({fold(n) for n in names} | {fold(f"{kind}/{key}")})


@cache
def measure_names() -> tuple[NameRow, ...]:
    """Return the measures with notation and labels."""
    concepts = load_ontology().concepts["measure"]
    return tuple(_row("measure", notation, c.zh, (notation, c.zh, c.en)) for notation, c in concepts.items())


def scope_of_node(node: ScopeNode) -> Scope:
    """Return the scope that a node of the graph stands for, as statements write it."""
    return Scope(programme=node.programme, supporter=node.supporters or None, recipient=node.recipients or None)


def name_of(kg: KnowledgeGraph, kind: str, identifier: str, lang: str, namer: Namer | None = None) -> str:
    """Return what a thing of any kind is called, in zh or en; its id where it has no name.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> name_of(build_graph(load_corpus()), "pairing", "east-west.beijing.inner-mongolia", "en")
    'Beijing–Inner Mongolia'
    """
    namer = namer or Namer(kg.corpus, kg.derived.pairings)
    match kind:
        case "measure":
            return namer.concept("measure", identifier, lang)
        case "scope":
            return namer.scope(scope_of_node(kg.derived.scopes[identifier]), lang)
        case "term":
            slug, _, number = identifier.rpartition(".")
            name = namer.pairing(kg.derived.pairings[slug], lang)
            return f"{name} 第{number}轮" if lang == "zh" else f"{name}, term {number}"
        case "cell":
            cell = kg.derived.cells[identifier]
            parts = (name_of(kg, *cell.about, lang, namer), namer.concept("measure", cell.measure, lang), cell.period)
            return " ".join(part for part in parts if part)
        case "disagreement":
            found = kg.derived.disagreements[identifier]
            what = namer.concept("disagreement-kind", found.kind, lang)
            return f"{name_of(kg, *found.about, lang, namer)} · {what}"
        case "judgement":
            judgement = kg.corpus.judgements[identifier]
            return (judgement.what or judgement.reason).in_language(lang)
        case _:
            return namer.thing(kind, identifier, lang)
