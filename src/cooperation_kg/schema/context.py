"""How does plain JSON become RDF of ours? A JSON-LD context: short names → IRIs, types, languages."""

from __future__ import annotations

import json
from typing import Any

from cooperation_kg.ontology import DEF, Ontology, Term

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

PREFIXES: dict[str, str] = {
    "coop": DEF,
    "concept": "https://w3id.org/cooperation-kg/concept/",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}

_LINK = {"@type": "@id"}
_BY_LANGUAGE = {"@container": "@language"}

# Words of other vocabularies that the graph uses: short name → (term, how its value is written).
REUSED: dict[str, tuple[str, dict[str, str]]] = {
    "label": ("rdfs:label", _BY_LANGUAGE),
    "title": ("dcterms:title", _BY_LANGUAGE),
    "description": ("dcterms:description", _BY_LANGUAGE),
    "subject": ("dcterms:subject", _BY_LANGUAGE),
    "creator": ("dcterms:creator", {}),
    "publisher": ("dcterms:publisher", {}),
    "language": ("dcterms:language", {}),
    "rights": ("dcterms:rights", {}),
    "note": ("skos:note", {}),
    "notation": ("skos:notation", {}),
    "prefLabel": ("skos:prefLabel", _BY_LANGUAGE),
    "definition": ("skos:definition", _BY_LANGUAGE),
    "inScheme": ("skos:inScheme", _LINK),
    "wasDerivedFrom": ("prov:wasDerivedFrom", _LINK),
    "wasQuotedFrom": ("prov:wasQuotedFrom", _LINK),
    "sameAs": ("schema:sameAs", _LINK),
    "url": ("schema:url", _LINK),
    "lat": ("geo:lat", {"@type": "xsd:decimal"}),
    "long": ("geo:long", {"@type": "xsd:decimal"}),
}


def json_ld_context(ontology: Ontology) -> str:
    """Return ``context.jsonld``: put it, or its address, under ``@context`` and plain JSON reads as RDF.

    >>> from cooperation_kg.ontology import load_ontology
    >>> json.loads(json_ld_context(load_ontology()))["@context"]["supporter"]["@type"]
    '@id'
    """
    context: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type", **PREFIXES}
    context |= {name: {"@id": term, **how} if how else term for name, (term, how) in REUSED.items()}
    context |= {name: _entry(name, term) for name, term in ontology.terms.items()}
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def _entry(name: str, term: Term) -> str | dict[str, str]:
    how = _how_written(term)
    return {"@id": f"coop:{name}", **how} if how else f"coop:{name}"


def _how_written(term: Term) -> dict[str, str]:
    if term.kind == "object-property":
        return _LINK
    if term.range == f"{RDF}langString":
        return _BY_LANGUAGE
    if term.range.startswith(XSD) and term.range != f"{XSD}string":
        return {"@type": f"xsd:{term.range.removeprefix(XSD)}"}
    return {}
