"""What ``ckg push`` sends by the SPARQL 1.1 Graph Store HTTP Protocol, at real servers: the cases of the W3C's tests.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/http-rdf-update/, by their names, on triples of our own.
Never sent, so without a case: ``?default``, direct identification, RDF/XML and multipart bodies, HEAD.
"""

from __future__ import annotations

import pytest

from cooperation_kg.errors import RemoteError
from cooperation_kg.remote.contents import held_by
from cooperation_kg.remote.server import Server

GRAPH = "<http://example.org/graph/one>"
FIRST = '<http://example.org/s> <http://example.org/p> "一"@zh'
SECOND = '<http://example.org/s> <http://example.org/p> "http://example.org/s"'


def body(*lines: str) -> bytes:
    return "".join(f"{line} .\n" for line in lines).encode()


@pytest.fixture
def empty(server: Server) -> Server:
    server.delete(GRAPH)
    return server


def test_put__initial_state(empty: Server) -> None:
    empty.put(GRAPH, body(FIRST))
    assert held_by(empty, GRAPH) == {FIRST}


def test_put__graph_already_in_store(empty: Server) -> None:
    empty.put(GRAPH, body(FIRST))
    empty.put(GRAPH, body(SECOND))
    assert held_by(empty, GRAPH) == {SECOND}


def test_put__mismatched_payload(empty: Server) -> None:
    with pytest.raises(RemoteError):
        empty.put(GRAPH, b"this is no line of N-Triples")
    assert held_by(empty, GRAPH) == set()


def test_post__create__new_graph(empty: Server) -> None:
    empty.post(GRAPH, body(FIRST))
    assert held_by(empty, GRAPH) == {FIRST}


def test_post__existing_graph(empty: Server) -> None:
    empty.put(GRAPH, body(FIRST))
    empty.post(GRAPH, body(SECOND, FIRST))
    assert held_by(empty, GRAPH) == {FIRST, SECOND}


def test_post__empty_graph__existing_graph(empty: Server) -> None:
    empty.put(GRAPH, body(FIRST))
    empty.post(GRAPH, b"")
    assert held_by(empty, GRAPH) == {FIRST}


def test_delete__existing_graph(empty: Server) -> None:
    empty.put(GRAPH, body(FIRST))
    empty.delete(GRAPH)
    assert held_by(empty, GRAPH) == set()


def test_delete__nonexistent_graph(empty: Server) -> None:
    empty.delete(GRAPH)
    assert held_by(empty, GRAPH) == set()
