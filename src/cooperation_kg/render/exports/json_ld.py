"""JSON-LD 1.1 with the words of the ontology: short names, one line a thing, its context inside the file.

The context is ``ontology/context.jsonld`` with the base of this dataset, so that nothing is fetched to read the file
and IRIs are short: ``place:beijing`` of the other formats is ``id/place/beijing`` here, for the prefixes of things
have the names of properties (``policy``, ``event``). Every named graph is an object of its own. A value that the
context would read otherwise stands under the whole name of its property, with language or type beside it, as the
definition of compaction has it (https://www.w3.org/TR/json-ld11-api/#compaction).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urljoin

from pyoxigraph import Literal, NamedNode, Quad

from cooperation_kg.graph.vocabulary import HOME, PREFIXES, RDF, XSD, Iris
from cooperation_kg.ontology import load_ontology
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.schema.context import json_ld_context

SHARED = "shared"
"""The prefix of what a dataset of one's own inherits."""
_TYPE = RDF.type.value
_STRING, _INTEGER, _BOOLEAN = XSD.string.value, XSD.integer.value, XSD.boolean.value
# a number of JSON that every reader gives back digit by digit
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_TRUTH = {"true": True, "false": False}


def json_ld(cut: Cut) -> bytes:
    """Return the graph as one JSON-LD document, with its named graphs; see ``Words`` for how things are called."""
    words = Words(cut.kg.iris)
    graphs = ",\n".join(_graph(words, name, quads) for name, quads in _by_graph(cut.kg.quads).items())
    return f'{{"@context":\n{_one_a_line(words.context)},\n"@graph":[\n{graphs}\n]}}\n'.encode()


class Words:
    """The context of a dataset, and how a node of the graph is said with it.

    >>> Words(Iris(HOME)).name(HOME + "id/place/beijing"), Words(Iris(HOME)).name(PREFIXES["skos"] + "Concept")
    ('id/place/beijing', 'skos:Concept')
    """

    def __init__(self, iris: Iris) -> None:
        self._base = iris.base
        self._terms = _published()
        shared = {} if iris.base == HOME else {SHARED: HOME}
        self.context: Mapping[str, Any] = {**self._terms, "@base": self._base, **PREFIXES, **shared}
        spaces = [(space, f"{prefix}:") for prefix, space in {**PREFIXES, **shared}.items()]
        # the longest first, so that a concept is no thing of the shared registers
        self._spaces = sorted(spaces, key=lambda pair: -len(pair[0]))
        entries = ((name, self._whole(entry)) for name, entry in self._terms.items())
        self._short = {iri: name for name, iri in entries if ":" in iri and name not in PREFIXES}
        self._names: dict[str, str] = {}

    def name(self, iri: str) -> str:
        """Return an IRI as ``id`` and links have it: with a prefix, from the base, or whole."""
        if iri not in self._names:
            self._names[iri] = self._named(iri)
        return self._names[iri]

    def type(self, iri: str) -> str:
        """Return an IRI as ``type`` has it."""
        return self._short.get(iri) or self._with_prefix(iri) or iri

    def say(self, node: dict[str, Any], predicate: str, said: NamedNode | Literal) -> None:
        """Add a value to a node, as the context reads it."""
        if predicate == _TYPE and isinstance(said, NamedNode):
            _add(node, "type", self.type(said.value))
            return
        term = self._short.get(predicate, "")
        how = self._how(term)
        if isinstance(said, Literal) and said.language and how.get("@container") == "@language":
            _add(node.setdefault(term, {}), said.language, said.value)
            return
        fits = bool(term) and "@container" not in how
        value = self._value(said, how.get("@type", "")) if fits else None
        if value is None:
            fits = fits and not how
            _add(node, term if fits else self._with_prefix(predicate) or predicate, self._explicit(said))
        else:
            _add(node, term, value)

    def _value(self, said: NamedNode | Literal, coerced: str) -> str | int | bool | None:
        """Return a value as a term of the context has it, None where the term would read it otherwise."""
        if isinstance(said, NamedNode):
            return self.name(said.value) if coerced == "@id" else None
        if said.language or (said.datatype.value != (self._whole(coerced) if coerced else _STRING)):
            return None
        return _plain(said) if coerced else said.value

    def _explicit(self, said: NamedNode | Literal) -> Any:
        if isinstance(said, NamedNode):
            return {"id": self.name(said.value)}
        if said.language:
            return {"@value": said.value, "@language": said.language}
        if said.datatype.value == _STRING:
            return said.value
        return {"@value": said.value, "@type": self._with_prefix(said.datatype.value) or said.datatype.value}

    def _how(self, term: str) -> Mapping[str, str]:
        entry = self._terms.get(term)
        return entry if isinstance(entry, dict) else {}

    def _whole(self, entry: str | float | Mapping[str, str]) -> str:
        """Return the IRI of an entry of the context."""
        name = entry["@id"] if isinstance(entry, Mapping) else str(entry)
        prefix, colon, local = name.partition(":")
        return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name

    def _named(self, iri: str) -> str:
        named = self._with_prefix(iri)
        if named and not named.startswith(f"{SHARED}:"):
            return named
        local = iri.removeprefix(self._base)
        # a base that has a query, or climbs, gives back other IRIs than it was given
        if local and local != iri and urljoin(self._base, local) == iri:
            return local
        return named or iri

    def _with_prefix(self, iri: str) -> str:
        found = next(((space, prefix) for space, prefix in self._spaces if iri.startswith(space)), None)
        # "//" after a colon would read as an IRI of its own (JSON-LD 1.1, 5.2.2)
        if found is None or iri == found[0] or iri[len(found[0]) :].startswith("//"):
            return ""
        return found[1] + iri[len(found[0]) :]


@cache
def _published() -> Mapping[str, Any]:
    """Return the context that is published with the ontology."""
    context: Mapping[str, Any] = json.loads(json_ld_context(load_ontology()))["@context"]
    return context


def _by_graph(quads: Iterable[Quad]) -> Mapping[str, list[Quad]]:
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        # nothing stands in the default graph (the tests of the graph hold it)
        assert isinstance(quad.graph_name, NamedNode)
        found[quad.graph_name.value].append(quad)
    return found


def _graph(words: Words, name: str, quads: Iterable[Quad]) -> str:
    nodes: dict[str, dict[str, Any]] = {}
    # what a thing is stands first
    for quad in sorted(quads, key=lambda quad: quad.predicate.value != _TYPE):
        # nor are there blank nodes
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        subject = quad.subject.value
        node = nodes.setdefault(subject, {"id": words.name(subject)})
        words.say(node, quad.predicate.value, quad.object)
    lines = ",\n".join(_line(node) for node in nodes.values())
    return f'{{"id":{json.dumps(words.name(name), ensure_ascii=False)},"@graph":[\n{lines}\n]}}'


def _add(node: dict[str, Any], key: str, value: Any) -> None:
    """Set a value, or add it to those that are there."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _plain(said: Literal) -> str | int | bool:
    """Return a typed value as JSON has it where that reads back digit by digit, else its text."""
    kind, text = said.datatype.value, said.value
    if kind == _INTEGER and _WHOLE.fullmatch(text):
        return int(text)
    return _TRUTH.get(text, text) if kind == _BOOLEAN else text


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _one_a_line(entries: Mapping[str, Any]) -> str:
    return "{\n" + ",\n".join(f"{_line(name)}:{_line(entry)}" for name, entry in entries.items()) + "\n}"
