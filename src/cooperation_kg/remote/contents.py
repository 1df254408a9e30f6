"""What a graph holds, as a set of lines that is the same here and at a server, and its digest.

Servers keep values, not texts: ``1.50`` comes back as ``1.5``. Both sides are therefore written anew by value before
they are compared. A digest is SHA-256 over the sorted lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import count, groupby

from pyoxigraph import Literal

from cooperation_kg.graph.triples import Fact
from cooperation_kg.remote.server import Server

_LIKE_AN_IRI = re.compile(r' "[A-Za-z][A-Za-z0-9+.-]*:[^" ]*"$')
_TOGETHER = 50
"""Graphs that are read with one query at most."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER, _DECIMAL, _BOOLEAN = (f"^^<{_XSD}{name}>" for name in ("integer", "decimal", "boolean"))


def by_value(term: str, *, decimals: bool = True) -> str:
    """Return an object as N-Triples, a number or truth value in one spelling.

    Parameters
    ----------
    decimals: False for a server that keeps a whole decimal as an integer.

    >>> by_value('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if not term.startswith('"') or not term.endswith((_INTEGER, _DECIMAL, _BOOLEAN)):
        return term
    text, _, datatype = term[1:].partition('"')
    if datatype == _BOOLEAN:
        truth = text in ("true", "1")
        return f'"{str(truth).lower()}"{_BOOLEAN}'
    try:
        number = format(Decimal(text), "f")
    except InvalidOperation:
        return term
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    whole = not decimals and "." not in number
    return f'"{number}"{_INTEGER if whole else datatype}'


def lines_of(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """Return the triples of each graph as lines of N-Triples without their full stop; facts sorted by graph."""
    return {
        graph: tuple(sorted({f"{s} {p} {by_value(o)}" for _, s, p, o in some}))
        for graph, some in groupby(facts, key=lambda fact: fact[0])
    }


def digest(lines: Iterable[str]) -> str:
    """Return the digest of sorted lines.

    >>> digest(["a"])[:8]
    '87428fc5'
    """
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def as_kept(lines: Iterable[str], server: Server) -> set[str]:
    """Return lines as this server would give them back."""
    if server.dialect.decimals:
        return set(lines)
    return {_with_object(line) for line in lines}


def _with_object(line: str) -> str:
    subject, predicate, told = line.split(" ", 2)
    return f"{subject} {predicate} {by_value(told, decimals=False)}"


def held_by(server: Server, graph: str) -> set[str]:
    """Return the lines of a graph at a server, as ``as_kept`` writes them: whole where it gives that, else in pages.

    The order of pages stands in a subquery: Virtuoso sorts no more than 10,000 rows for a page of its own.
    """
    decimals = server.dialect.decimals
    if server.dialect.whole and server.at.store:
        return {_line(*triple, decimals=decimals) for triple in server.read(graph)}
    found: set[str] = set()
    for start in count(0, server.dialect.page):
        rows = [
            _line(*row, decimals=decimals)
            for row in server.terms(
                f"SELECT ?s ?p ?o WHERE {{ {{ SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} "
                f"ORDER BY ?s ?p ?o }} }} LIMIT {server.dialect.page} OFFSET {start}"
            )
        ]
        found.update(rows)
        if len(rows) < server.dialect.page:
            break
    return found


def held_by_each(server: Server, graphs: Mapping[str, int]) -> Iterator[tuple[str, set[str]]]:
    """Yield each graph with its lines at a server; small graphs are read together, as many as fit a page.

    Parameters
    ----------
    graphs: how many triples each has.
    """
    if server.dialect.whole and server.at.store:
        yield from ((graph, held_by(server, graph)) for graph in graphs)
        return
    together: dict[str, int] = {}
    for graph, size in graphs.items():
        if size >= server.dialect.page:
            yield graph, held_by(server, graph)
            continue
        if sum(together.values()) + size >= server.dialect.page or len(together) == _TOGETHER:
            yield from _held_together(server, together)
            together = {}
        together[graph] = size
    if together:
        yield from _held_together(server, together)


def _held_together(server: Server, graphs: Collection[str]) -> Iterator[tuple[str, set[str]]]:
    found: dict[str, set[str]] = {graph: set() for graph in graphs}
    rows = server.terms(
        f"SELECT ?g ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g IN ({', '.join(graphs)})) }} "
        f"LIMIT {server.dialect.page}"
    )
    for graph, *row in rows:
        found[str(graph)].add(_line(*row, decimals=server.dialect.decimals))
    yield from found.items()


def _line(subject: object, predicate: object, told: object, *, decimals: bool) -> str:
    written = by_value(str(told), decimals=decimals) if isinstance(told, Literal) else str(told)
    return f"{subject} {predicate} {written}"


def sent(line: str) -> str:
    """Return a line as it is sent: text that reads like an IRI with its datatype.

    Virtuoso takes a plain text for an IRI where an update also names that IRI; RDF 1.1 makes no difference of the two.

    >>> sent('<a:a> <a:b> "http://a/"')
    '<a:a> <a:b> "http://a/"^^<http://www.w3.org/2001/XMLSchema#string>'
    """
    return f"{line}^^<{_XSD}string>" if line.endswith('"') and _LIKE_AN_IRI.search(line) else line
