"""What stands behind the name of a thing? Its page for readers, its triples for machines (https://www.w3.org/TR/cooluris/).

``/id/<kind>/<id>``, ``/concept/<scheme>/<notation>``, ``/def`` and ``/graph/<name>`` are the paths of the IRIs of the
graph: an address that forwards these here makes every IRI answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from cooperation_kg.graph.vocabulary import CONCEPT, DEF, HOME, THING_KINDS
from cooperation_kg.serving.media import TRIPLES, best
from cooperation_kg.serving.refusals import Refused

_HTML = "text/html"
_TWINS = {"turtle": ".ttl", "jsonld": ".jsonld"}
_SAFE = "~+.-_"


def iris_of_thing(kind: str, identifier: str, base: str) -> list[str]:
    """Return the IRIs that a path may stand for: of the dataset itself, then of what it shares with the shipped facts.

    Raises Refused for a kind that there is not.

    >>> iris_of_thing("place", "beijing", "https://example.org/")[0]
    'https://example.org/id/place/beijing'
    """
    if kind not in THING_KINDS or not identifier:
        raise Refused(404)
    return list(dict.fromkeys(f"{home}id/{kind}/{quote(identifier, safe=_SAFE)}" for home in (base, HOME)))


def iri_of_concept(path: str) -> str:
    """Return the IRI of a concept, or of a scheme."""
    return CONCEPT + quote(path, safe=f"{_SAFE}/")


def place_of(kind: str, identifier: str, accept: str, names: Collection[str]) -> str | None:
    """Return the path of the page or twin that a client wants; None where its triples are to be told directly.

    Raises Refused (406) where nothing that there is suits.
    """
    stem = f"{kind}/{identifier}"
    page = {"html": _HTML} if f"{stem}.html" in names else {}
    wanted = best(accept, {**page, **TRIPLES})
    if wanted is None:
        raise Refused(406, f"there is {', '.join((*page.values(), *TRIPLES.values()))}")
    suffix = ".html" if wanted == "html" else _TWINS.get(wanted, "")
    name = f"{stem}{suffix}"
    return f"/{quote(name)}" if suffix and name in names else None


def describing(iris: list[str]) -> str:
    """Return the query for everything that is told of the first of these IRIs, which are quoted."""
    values = " ".join(f"<{iri}>" for iri in iris)
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"


def asking(iris: list[str]) -> str:
    """Return the question whether anything is told of one of these IRIs."""
    values = " ".join(f"<{iri}>" for iri in iris)
    return f"ASK {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"


EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
"""The query for the default graph, which is the union of all."""


def of_graph(iri: str, about: Mapping[str, Any]) -> str:
    """Return the query for a named graph; raises Refused where there is none of that name."""
    if iri not in about["graphs"]:
        raise Refused(404)
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"


def of_terms() -> str:
    """Return the query for the terms: classes and properties."""
    return f'CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{DEF}")) }}'
