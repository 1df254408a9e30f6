"""What every peer says of a statement: its types, its source, a triple for each field, under the terms of our graph.

Plain text and no library, so that peers in different environments share it. Ours says all of this and more: registers,
the pairings that follow, parties and amounts of figures, labels, dates, disagreements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

COOP = "https://w3id.org/cooperation-kg/def#"
CONCEPT = "https://w3id.org/cooperation-kg/concept/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom"
DESCRIPTION = "http://purl.org/dc/terms/description"
TITLE = "http://purl.org/dc/terms/title"
NOTE = "http://www.w3.org/2004/02/skos/core#note"
# field → (term, what its text is: "" text, "zh" a text in Chinese, else the folder of the IRI it stands for)
FIELDS: dict[str, tuple[str, str]] = {
    "locator": (COOP + "locator", ""),
    "programme": (COOP + "statedProgramme", "programme"),
    "supporter": (COOP + "statedSupporter", "place"),
    "recipient": (COOP + "statedRecipient", "place"),
    "place": (COOP + "participant", "place"),
    "places": (COOP + "tookPlaceIn", "place"),
    "from": (COOP + "from", ""),
    "as_of": (COOP + "asOf", ""),
    "during": (COOP + "during", ""),
    "at": (COOP + "at", ""),
    "date": (COOP + "date", ""),
    "as_written": (COOP + "asWritten", ""),
    "measure": (COOP + "measure", "concept/measure"),
    "nature": (COOP + "nature", "concept/nature"),
    "field": (COOP + "field", "concept/field"),
    "verdict": (COOP + "verdict", "concept/verdict"),
    "act": (COOP + "act", "concept/act"),
    "effect": (COOP + "effect", "concept/effect"),
    "policy": (COOP + "policy", "policy"),
    "term": (COOP + "definedTerm", ""),
    "text": (DESCRIPTION, "zh"),
    "label": (TITLE, "zh"),
    "scope_note": (COOP + "scopeNote", "zh"),
    "note": (NOTE, ""),
}
IRI = "iri"


def class_of(kind: str) -> str:
    """Return the class of a kind of statement.

    >>> class_of("policy-effect").removeprefix(COOP)
    'PolicyEffectStatement'
    """
    return COOP + "".join(part.capitalize() for part in kind.split("-")) + "Statement"


def source_iri(base: str, source: str) -> str:
    """Return the IRI of a source."""
    return f"{base}id/source/{source}"


def statement_iri(base: str, source: str, statement: Mapping[str, Any]) -> str:
    """Return the IRI of a statement."""
    return f"{base}id/statement/{source}.{statement['id']}"


def object_iri(base: str, folder: str, name: str) -> str:
    """Return the IRI that a name in a field stands for."""
    return (
        f"{CONCEPT}{folder.removeprefix('concept/')}/{name}"
        if folder.startswith("concept/")
        else f"{base}id/{folder}/{name}"
    )


def triples(base: str, source: str, statement: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (predicate, what the object is: iri, "" or a language, object) for one statement."""
    yield RDF_TYPE, IRI, COOP + "Statement"
    yield RDF_TYPE, IRI, class_of(statement["kind"])
    yield DERIVED_FROM, IRI, source_iri(base, source)
    for name, value in statement.items():
        if name not in FIELDS:
            continue
        predicate, sort = FIELDS[name]
        if isinstance(value, dict):
            for language, text in value.items():
                yield predicate, language, text
            continue
        for one in value if isinstance(value, list) else [value]:
            if sort in ("", "zh"):
                yield predicate, sort, str(one)
            else:
                yield predicate, IRI, object_iri(base, sort, str(one))


def files(folder: Path) -> list[Path]:
    """Return the files of statements, in order; the name of each is the id of its source."""
    return sorted((folder / "statements").glob("*.yaml"))
