"""The cases of the W3C's tests of the SPARQL 1.1 protocols, by their names, with requests of our own on our own data.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ and …/http-rdf-update/ (2013).
``docs/conformance.md`` is the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

HOME = "https://w3id.org/cooperation-kg/"
YEARBOOK, REPRINT = f"{HOME}graph/source/yearbook", f"{HOME}graph/source/reprint"
IN_YEARBOOK = f"<{HOME}id/source/yearbook> ?p ?o"
IN_REPRINT = f"<{HOME}id/source/reprint> ?q ?r"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
INSERT = "INSERT DATA { <http://example.org/s> <http://example.org/p> <http://example.org/o> }"
ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
TRIPLES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
PASSED, READ_ONLY = "passed", "read-only"


def _yes(body: bytes) -> bool:
    return b'"boolean":true' in body


@dataclass(frozen=True)
class Case:
    """A request, and what the protocol says of the answer; ``outcome`` is what the table says."""

    name: str
    title: str
    method: str = "GET"
    parameters: str = ""
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    status: tuple[int, ...] = (200,)
    media: tuple[str, ...] = ()
    holds: Callable[[bytes], bool] = lambda _: True
    outcome: str = PASSED


def _at(**parameters: str | list[str]) -> str:
    return "?" + urlencode({name.replace("_", "-"): value for name, value in parameters.items()}, doseq=True)


def _form(**parameters: str | list[str]) -> bytes:
    return _at(**parameters)[1:].encode()


TWO = f"ASK {{ {IN_YEARBOOK} . {IN_REPRINT} }}"
NAMED = f"ASK {{ GRAPH ?g {{ {IN_YEARBOOK} }} GRAPH ?h {{ {IN_REPRINT} }} FILTER NOT EXISTS {{ {IN_YEARBOOK} }} }}"
FULL = f"ASK {{ {IN_YEARBOOK} . GRAPH ?g {{ {IN_REPRINT} }} FILTER NOT EXISTS {{ GRAPH ?h {{ {IN_YEARBOOK} }} }} }}"
BOTH = f"ASK FROM <{REPRINT}> {{ {IN_YEARBOOK} FILTER NOT EXISTS {{ {IN_REPRINT} }} }}"


def _refused(
    name: str,
    title: str,
    method: str,
    parameters: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Case:
    """Return a request that would write."""
    return Case(name, title, method, parameters, body, headers or {}, (400, 403, 405, 415), outcome=READ_ONLY)


CASES = (
    Case("query_post_form", "query via URL-encoded POST", "POST", "", _form(query="ASK {}"), FORM, holds=_yes),
    Case(
        "query_dataset_default_graphs_get",
        "GET query with protocol-specified default graph",
        parameters=_at(
            query=f"ASK {{ {IN_YEARBOOK} FILTER NOT EXISTS {{ {IN_REPRINT} }} }}", default_graph_uri=YEARBOOK
        ),
        holds=_yes,
    ),
    Case(
        "query_dataset_default_graphs_post",
        "POST query with protocol-specified default graphs",
        "POST",
        _at(default_graph_uri=[YEARBOOK, REPRINT]),
        TWO.encode(),
        DIRECT,
        holds=_yes,
    ),
    Case(
        "query_dataset_named_graphs_post",
        "POST query with protocol-specified named graphs",
        "POST",
        _at(named_graph_uri=[YEARBOOK, REPRINT]),
        NAMED.encode(),
        DIRECT,
        holds=_yes,
    ),
    Case(
        "query_dataset_named_graphs_get",
        "GET query with protocol-specified named graphs",
        parameters=_at(query=NAMED, named_graph_uri=[YEARBOOK, REPRINT]),
        holds=_yes,
    ),
    Case(
        "query_dataset_full",
        "query with protocol-specified dataset (both named and default graphs)",
        "POST",
        _at(default_graph_uri=YEARBOOK, named_graph_uri=REPRINT),
        FULL.encode(),
        DIRECT,
        holds=_yes,
    ),
    Case(
        "query_multiple_dataset",
        "dataset in both query string and protocol; the protocol-specified one is used",
        "POST",
        _at(default_graph_uri=YEARBOOK),
        BOTH.encode(),
        DIRECT,
        holds=_yes,
    ),
    Case("query_get", "query via GET", parameters=_at(query="ASK {}"), holds=_yes),
    Case(
        "query_content_type_select",
        "content type of SELECT: XML, JSON, CSV or TSV",
        parameters=_at(query="SELECT (1 AS ?value) {}"),
        media=ROWS,
    ),
    Case("query_content_type_ask", "content type of ASK: XML or JSON", parameters=_at(query="ASK {}"), media=ROWS[:2]),
    Case(
        "query_content_type_describe",
        "content type of DESCRIBE: an RDF syntax",
        parameters=_at(query=f"DESCRIBE <{HOME}id/source/yearbook>"),
        media=TRIPLES,
    ),
    Case(
        "query_content_type_construct",
        "content type of CONSTRUCT: an RDF syntax",
        parameters=_at(query="CONSTRUCT { <s> <p> 1 } WHERE {}"),
        media=TRIPLES,
    ),
    *(
        _refused(name, title, "POST", parameters, body, headers)
        for name, title, parameters, body, headers in (
            (
                "update_dataset_default_graph",
                "update with protocol-specified default graph",
                _at(using_graph_uri=YEARBOOK),
                INSERT.encode(),
                UPDATE,
            ),
            (
                "update_dataset_default_graphs",
                "update with protocol-specified default graphs",
                _at(using_graph_uri=[YEARBOOK, REPRINT]),
                INSERT.encode(),
                UPDATE,
            ),
            (
                "update_dataset_named_graphs",
                "update with protocol-specified named graphs",
                _at(using_named_graph_uri=[YEARBOOK, REPRINT]),
                INSERT.encode(),
                UPDATE,
            ),
            (
                "update_dataset_full",
                "update with protocol-specified dataset",
                _at(using_graph_uri=YEARBOOK, using_named_graph_uri=REPRINT),
                INSERT.encode(),
                UPDATE,
            ),
            ("update_post_form", "update via URL-encoded POST", "", _form(update=INSERT), FORM),
            ("update_post_direct", "update via POST directly", "", INSERT.encode(), UPDATE),
            ("update_base_uri", "test for service-defined BASE URI", "", INSERT.encode(), UPDATE),
        )
    ),
    Case("query_post_direct", "query via POST directly", "POST", "", b"ASK {}", DIRECT, holds=_yes),
    Case(
        "bad_query_method",
        "invoke query operation with a method other than GET or POST",
        "PUT",
        _at(query="ASK {}"),
        status=(400, 405),
    ),
    Case(
        "bad_multiple_queries",
        "invoke query operation with more than one query string",
        parameters=_at(query=["ASK {}", "SELECT * {}"]),
        status=(400,),
    ),
    Case(
        "bad_query_wrong_media_type",
        "POST with a media type that is neither URL-encoded nor application/sparql-query",
        "POST",
        "",
        b"ASK {}",
        {"Content-Type": "text/plain"},
        status=(400, 415),
    ),
    Case(
        "bad_query_missing_form_type",
        "URL-encoded body without application/x-www-form-urlencoded",
        "POST",
        "",
        _form(query="ASK {}"),
        status=(400, 415),
    ),
    Case(
        "bad_query_missing_direct_type",
        "SPARQL body without application/sparql-query",
        "POST",
        "",
        b"ASK {}",
        status=(400, 415),
    ),
    Case(
        "bad_query_non_utf8",
        "direct POST with a non-UTF-8 encoding (UTF-16)",
        "POST",
        "",
        "ASK {}".encode("utf-16"),
        {"Content-Type": "application/sparql-query; charset=UTF-16"},
        status=(400, 415),
    ),
    Case("bad_query_syntax", "invalid query syntax", parameters=_at(query="ASK {"), status=(400,)),
    Case(
        "bad_update_get", "invoke update operation with GET", parameters=f"?update={quote(INSERT)}", status=(400, 403)
    ),
    Case(
        "bad_multiple_updates",
        "invoke update operation with more than one update string",
        "POST",
        "",
        _form(update=["CLEAR NAMED", "CLEAR DEFAULT"]),
        FORM,
        status=(400, 403),
    ),
    Case(
        "bad_update_wrong_media_type",
        "update with a media type that is neither URL-encoded nor application/sparql-update",
        "POST",
        "",
        b"CLEAR NAMED",
        {"Content-Type": "text/plain"},
        status=(400, 415),
    ),
    Case(
        "bad_update_missing_form_type",
        "URL-encoded update without application/x-www-form-urlencoded",
        "POST",
        "",
        _form(update="CLEAR NAMED"),
        status=(400, 415),
    ),
    Case(
        "bad_update_non_utf8",
        "direct update with a non-UTF-8 encoding",
        "POST",
        "",
        "CLEAR NAMED".encode("utf-16"),
        {"Content-Type": "application/sparql-update; charset=UTF-16"},
        status=(400, 403, 415),
    ),
    Case("bad_update_syntax", "invalid update syntax", "POST", "", b"CLEAR XXX", UPDATE, status=(400, 403)),
    Case(
        "bad_update_dataset_conflict",
        "using-graph-uri together with USING or WITH",
        "POST",
        _at(using_graph_uri=YEARBOOK),
        f"WITH <{REPRINT}> DELETE WHERE {{ ?s ?p ?o }}".encode(),
        UPDATE,
        status=(400, 403),
    ),
)

ONE_GRAPH = _at(graph=YEARBOOK)
NO_GRAPH = _at(graph=f"{HOME}graph/source/nowhere")
TURTLE = {"Content-Type": "text/turtle"}
LINES = b"<http://example.org/s> <http://example.org/p> 1 .\n"


def _of_yearbook(body: bytes) -> bool:
    return f"<{HOME}id/source/yearbook>".encode() in body


GRAPH_STORE_CASES = (
    _refused("put__initial_state", "PUT - Initial state", "PUT", NO_GRAPH, LINES, TURTLE),
    Case(
        "get_of_put__initial_state",
        "GET of PUT - Initial state",
        parameters=ONE_GRAPH,
        media=TRIPLES,
        holds=_of_yearbook,
    ),
    _refused(
        "put__graph_already_in_store",
        "PUT - graph already in store",
        "PUT",
        ONE_GRAPH,
        LINES,
        TURTLE,
    ),
    Case(
        "get_of_put__graph_already_in_store",
        "GET of PUT - graph already in store",
        parameters=ONE_GRAPH,
        media=TRIPLES,
        holds=_of_yearbook,
    ),
    _refused("put__default_graph", "PUT - default graph", "PUT", "?default", LINES, TURTLE),
    Case(
        "get_of_put__default_graph",
        "GET of PUT - default graph",
        parameters="?default",
        media=TRIPLES,
        holds=_of_yearbook,
    ),
    Case(
        "put__mismatched_payload",
        "PUT - mismatched payload",
        "PUT",
        ONE_GRAPH,
        b"<a",
        TURTLE,
        status=(400, 405),
    ),
    _refused("delete__existing_graph", "DELETE - existing graph", "DELETE", ONE_GRAPH),
    Case(
        "get_of_delete__existing_graph",
        "GET of DELETE - existing graph",
        parameters=NO_GRAPH,
        status=(404,),
    ),
    Case(
        "delete__nonexistent_graph",
        "DELETE - non-existent graph",
        "DELETE",
        NO_GRAPH,
        status=(404, 405),
        outcome=READ_ONLY,
    ),
    _refused("post__existing_graph", "POST - existing graph", "POST", ONE_GRAPH, LINES, TURTLE),
    Case(
        "get_of_post__existing_graph",
        "GET of POST - existing graph",
        parameters=ONE_GRAPH,
        media=TRIPLES,
        holds=lambda body: b"http://example.org/s" not in body,
    ),
    _refused(
        "post__multipart_formdata",
        "POST - multipart/form-data",
        "POST",
        ONE_GRAPH,
        b"--x--",
        {"Content-Type": "multipart/form-data; boundary=x"},
    ),
    _refused("post__create__new_graph", "POST - create new graph", "POST", "", LINES, TURTLE),
    _refused(
        "post__empty_graph__existing_graph",
        "POST - empty graph to existing graph",
        "POST",
        ONE_GRAPH,
        b"",
        TURTLE,
    ),
    Case(
        "get_of_post__after_noop",
        "GET of POST - after noop",
        parameters=ONE_GRAPH,
        media=TRIPLES,
        holds=_of_yearbook,
    ),
    Case(
        "head_on_an_existing_graph",
        "HEAD on an existing graph",
        "HEAD",
        ONE_GRAPH,
        media=TRIPLES,
        holds=lambda body: body == b"",
    ),
    Case("head_on_a_nonexisting_graph", "HEAD on a non-existing graph", "HEAD", NO_GRAPH, status=(404,)),
)
