"""The names of the graph: namespaces, terms, and IRIs made from ids.

Terms and concepts always stand under ``https://w3id.org/cooperation-kg/``; things and graphs under the base of
the dataset, so that a dataset of one's own keeps its own names and shares the words.
"""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import quote

from pyoxigraph import NamedNode

from cooperation_kg.curate.corpus import Corpus

HOME = "https://w3id.org/cooperation-kg/"
DEF = f"{HOME}def#"
CONCEPT = f"{HOME}concept/"

PREFIXES: dict[str, str] = {
    "coop": DEF,
    "concept": CONCEPT,
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# kinds of things that stand under id/<kind>/, in the order of the documentation
THING_KINDS = (
    "place",
    "place-version",
    "programme",
    "policy",
    "organisation",
    "project",
    "event",
    "source",
    "statement",
    "judgement",
    "pairing",
    "term",
    "scope",
    "cell",
    "disagreement",
)

# an id is lower-case ASCII; what else a derived slug may hold, besides the dots that join its parts
_SAFE = "~+.-_"
_PLAIN = re.compile(r"[A-Za-z0-9~+._-]*")


class Namespace:
    """Makes terms of one namespace by attribute: ``COOP.supporter``, ``DCTERMS.title``.

    >>> COOP.supporter.value
    'https://w3id.org/cooperation-kg/def#supporter'
    """

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        node = self.__dict__[name] = self[name.removesuffix("_")]
        return node

    def __getitem__(self, name: str) -> NamedNode:
        return NamedNode(self.iri + name)


COOP = Namespace(DEF)
DCTERMS = Namespace(PREFIXES["dcterms"])
ELI = Namespace(PREFIXES["eli"])
GEO = Namespace(PREFIXES["geo"])
OWL = Namespace(PREFIXES["owl"])
PROV = Namespace(PREFIXES["prov"])
RDF = Namespace(PREFIXES["rdf"])
RDFS = Namespace(PREFIXES["rdfs"])
SCHEMA = Namespace(PREFIXES["schema"])
SKOS = Namespace(PREFIXES["skos"])
XSD = Namespace(PREFIXES["xsd"])


def concept_iri(scheme: str, notation: str) -> NamedNode:
    """Return the IRI of a concept.

    >>> concept_iri("directness", "stated").value
    'https://w3id.org/cooperation-kg/concept/directness/stated'
    """
    return NamedNode(f"{CONCEPT}{scheme}/{notation}")


class Iris:
    """Makes the IRIs of one dataset from ids.

    What a dataset inherits from the shipped registers keeps its shipped IRI, so that two datasets that speak of
    Beijing speak of the same Beijing.

    >>> Iris(HOME).thing("place", "beijing").value
    'https://w3id.org/cooperation-kg/id/place/beijing'
    """

    def __init__(self, base: str, inherited: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.base = base
        self.inherited = inherited
        self._terms: dict[tuple[str, str], str] = {}

    @classmethod
    def of(cls, corpus: Corpus) -> Iris:
        """Return the IRIs of a corpus."""
        return cls(corpus.dataset.base, corpus.inherited)

    def thing(self, kind: str, identifier: str) -> NamedNode:
        """Return the IRI of a thing of one of THING_KINDS."""
        return NamedNode(self.term(kind, identifier)[1:-1])

    def term(self, kind: str, identifier: str) -> str:
        """Return the IRI of a thing in angle brackets, as facts have it (``graph/triples/values.py``)."""
        term = self._terms.get((kind, identifier))
        if term is None:
            assert kind in THING_KINDS, kind
            base = HOME if (kind, identifier) in self.inherited else self.base
            # a thing is named again and again: one text for all of them
            term = self._terms[kind, identifier] = f"<{base}id/{kind}/{_quoted(identifier)}>"
        return term

    def place_version(self, place: str, number: int) -> NamedNode:
        """Return the IRI of what a place was for a time; it has the base of its place.

        >>> Iris(HOME).place_version("hubei-yunyang", 1).value
        'https://w3id.org/cooperation-kg/id/place-version/hubei-yunyang.1'
        """
        return NamedNode(self.version_term(place, number)[1:-1])

    def version_term(self, place: str, number: int) -> str:
        """Return the same in angle brackets."""
        base = HOME if ("place", place) in self.inherited else self.base
        return f"<{base}id/place-version/{_quoted(place)}.{number}>"

    def graph(self, name: str) -> NamedNode:
        """Return the IRI of a named graph: ontology, registers, judgements, derived, source/<id>."""
        return NamedNode(self.graph_term(name)[1:-1])

    def graph_term(self, name: str) -> str:
        """Return the same in angle brackets."""
        return f"<{self.base}graph/{name}>"

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefixes for queries and exports: the shared ones and one for every kind of thing.

        In a dataset that extends the shipped registers, ``place:`` and its like stand for the shipped things.
        """
        # names of pairings are inherited, but a pairing is derived from the statements of this dataset
        shared = {kind for kind, _ in self.inherited} - {"pairing"}
        shared |= {"place-version"} if "place" in shared else set()
        things = {kind: f"{HOME if kind in shared else self.base}id/{kind}/" for kind in THING_KINDS}
        return {**PREFIXES, **things, "graph": f"{self.base}graph/"}


def _quoted(identifier: str) -> str:
    return identifier if _PLAIN.fullmatch(identifier) else quote(identifier, safe=_SAFE)
