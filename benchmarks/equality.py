"""Do ours and a peer say the same? Triples of statements under the terms that every peer writes, as sets."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

sys.path.insert(0, str(Path(__file__).parent / "peers"))
from mapping import DERIVED_FROM, FIELDS, RDF_TYPE

COMPARED = frozenset({RDF_TYPE, DERIVED_FROM, *(predicate for predicate, _ in FIELDS.values())})
FORMATS = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES}


def compared(path: Path, languages: bool) -> Iterator[tuple[str, str, str]]:
    """Yield subject, predicate and object of what is compared; without the language of texts where so asked."""
    for triple in parse(path=str(path), format=FORMATS[path.suffix]):
        subject, told = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or triple.predicate.value not in COMPARED:
            continue
        if "/id/statement/" not in subject.value:
            continue
        text = f'"{told.value}"' if isinstance(told, Literal) else str(told)
        if languages and isinstance(told, Literal) and told.language:
            text += f"@{told.language}"
        yield subject.value, triple.predicate.value, text


def equality(ours: Path, theirs: Path, languages: bool = True) -> dict[str, int]:
    """Return how many triples both have, and how many only one of them has."""
    mine, other = set(compared(ours, languages)), set(compared(theirs, languages))
    return {"both": len(mine & other), "only ours": len(mine - other), "only theirs": len(other - mine)}


def pairs(ours: Path, theirs: Path) -> dict[str, int]:
    """Return how many pairs of parties both GraphML files have, and how many only one of them has."""
    mine, other = _edges(ours), _edges(theirs)
    return {"both": len(mine & other), "only ours": len(mine - other), "only theirs": len(other - mine)}


def changed(before: Path, after: Path) -> dict[str, int]:
    """Return how many triples went and how many came between two Turtle files."""
    gone, new = (set(map(str, parse(path=str(path), format=RdfFormat.TURTLE))) for path in (before, after))
    return {"gone": len(gone - new), "new": len(new - gone)}


def _edges(path: Path) -> set[tuple[str, str]]:
    """Return who is paired with whom, by the last part of their ids."""
    import networkx as nx

    return {(a.rpartition("/")[2], b.rpartition("/")[2]) for a, b in nx.read_graphml(path).edges()}
