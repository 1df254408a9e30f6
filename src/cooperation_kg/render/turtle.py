"""How is a fact written in Turtle? Short names for what has a prefix, one block a subject.

Facts are text already (``graph/triples/values.py``), so that writing them takes a fraction of what a serialiser of term
objects takes; the syntax is Turtle 1.1 (https://www.w3.org/TR/turtle/), for TriG (https://www.w3.org/TR/trig/) too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cooperation_kg.graph.triples.values import RDF, XSD, Fact, Node

# a local name (PN_LOCAL, ASCII alone), once what may be escaped is escaped
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./~+-]*[A-Za-z0-9_/~+-])?")
_TO_ESCAPE = re.compile(r"[/~+]")
_REMEMBERED = 1 << 15
"""Names that are remembered at once; a large graph has millions, and most are written once or twice."""
# a lexical form that Turtle writes bare, and that reads back as it was
_BARE = re.compile(
    rf'"(0|-?[1-9][0-9]{{0,14}})"\^\^{re.escape(XSD.integer)}|"(true|false)"\^\^{re.escape(XSD.boolean)}'
)


class Turtle:
    """Writes nodes and facts with the prefixes of a dataset; remembers which prefixes it used.

    >>> turtle = Turtle({"place": "https://example.org/id/place/", "geo": "https://example.org/geo#"})
    >>> turtle.node("<https://example.org/id/place/a+b>"), turtle.node('"36.1"^^<https://example.org/geo#degrees>')
    ('place:a\\\\+b', '"36.1"^^geo:degrees')
    >>> turtle.head()
    '@prefix geo: <https://example.org/geo#> .\\n@prefix place: <https://example.org/id/place/> .\\n'
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        # the longest first, so that place-version: is not place:
        self._spaces = dict(
            sorted(((space, prefix) for prefix, space in prefixes.items()), key=lambda pair: -len(pair[0]))
        )
        self._used: set[str] = set()
        self._names: dict[Node, str] = {}
        self._prefix_of: dict[Node, str] = {}
        self._verbs: dict[Node, str] = {RDF.type: "a"}

    def node(self, node: Node) -> str:
        """Return a node as Turtle has it."""
        # most literals are texts, which stay as they are: the last character tells them from what ends in an IRI
        if node[-1] != ">":
            return node
        name = self._names.get(node)
        if name is None:
            if len(self._names) == _REMEMBERED:
                self._names.clear()
                self._prefix_of.clear()
            name = self._names[node] = self._named(node)
        return name

    def verb(self, predicate: Node) -> str:
        """Return a predicate: ``a`` for ``rdf:type``."""
        verb = self._verbs.get(predicate)
        if verb is None:
            verb = self._verbs[predicate] = self.node(predicate)
        return verb

    def prefix_of(self, node: Node) -> str:
        """Return the prefix that the name of a node uses, empty where it uses none."""
        self.node(node)
        return self._prefix_of.get(node, "")

    def head(self, used: Iterable[str] | None = None) -> str:
        """Return the lines that declare prefixes: these, or all that were used so far."""
        wanted = self._used if used is None else set(used)
        return "".join(f"@prefix {prefix}: <{self.prefixes[prefix]}> .\n" for prefix in sorted(wanted))

    def blocks(self, facts: Iterable[Fact]) -> Iterator[str]:
        """Yield facts that are sorted by subject and predicate as text: piece by piece, one block a subject."""
        last_subject = last_predicate = ""
        node, names, verbs = self.node, self._names, self._verbs
        for _, subject, predicate, told in facts:
            # as ``node`` and ``verb``, without the calls: this runs for every fact
            name = told if told[-1] != ">" else names.get(told) or node(told)
            if predicate == last_predicate and subject == last_subject:
                yield f", {name}"
            elif subject == last_subject:
                yield f" ;\n  {verbs.get(predicate) or self.verb(predicate)} {name}"
            else:
                yield f"{' .' if last_subject else ''}\n{node(subject)} {self.verb(predicate)} {name}"
            last_subject, last_predicate = subject, predicate
        if last_subject:
            yield " .\n"

    def _named(self, node: Node) -> str:
        if node[0] == "<":
            return self._iri(node[1:-1], node)
        bare = _BARE.fullmatch(node)
        if bare:
            return bare[1] or bare[2]
        text, _, datatype = node.rpartition("^^")
        return f"{text}^^{self._iri(datatype[1:-1], node)}"

    def _iri(self, iri: str, node: Node) -> str:
        space = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        if space not in self._spaces:  # the rare case: what follows the prefix has a slash
            space = next((known for known in self._spaces if iri.startswith(known)), "")
        local = iri[len(space) :]
        if not space or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        prefix = self._prefix_of[node] = self._spaces[space]
        self._used.add(prefix)
        return f"{prefix}:{_TO_ESCAPE.sub(_escaped, local)}"


def _escaped(character: re.Match[str]) -> str:
    return f"\\{character[0]}"
