"""What strangers may try at ``ckg serve``, and the statuses that it may end with; ``docs/attacks.md`` is the same."""

from __future__ import annotations

import gzip
import http.client
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from serving_world import Server

HANGS_UP = 0
"""Instead of a status: the server closes the line without a word."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDED = {500, 504}


@dataclass(frozen=True)
class Attack:
    """One attack: ``try_it`` makes it and returns every status that came back."""

    kind: str
    name: str
    try_it: Callable[[Server, str], set[int]]
    ends: frozenset[int] | set[int]

    @property
    def id(self) -> str:
        return f"{self.kind}: {self.name}"


def asks(*texts: str) -> Callable[[Server, str], set[int]]:
    """Ask queries; URL stands for the address of a listener that must hear nothing."""
    return lambda server, url: {server.query(text.replace("URL", url), "*/*").status for text in texts}


def gets(*paths: str, **headers: str) -> Callable[[Server, str], set[int]]:
    return lambda server, url: {server.get(path.replace("URL", quote(url)), **headers).status for path in paths}


def posts(body: bytes, headers: dict[str, str], path: str = "/sparql") -> Callable[[Server, str], set[int]]:
    return lambda server, _: {server.ask("POST", path, body, headers).status}


def sends(*texts: bytes) -> Callable[[Server, str], set[int]]:
    """Send bytes as they are; the status of the first answer to each."""
    return lambda server, url: {_sent(server, text.replace(b"URL", url.encode())) for text in texts}


def _sent(server: Server, text: bytes) -> int:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        try:
            line.sendall(text)
            answer = line.recv(100)
        except (ConnectionResetError, BrokenPipeError):
            return HANGS_UP
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else HANGS_UP


def crowd(text: str, number: int, times: int = 1) -> Callable[[Server, str], set[int]]:
    """Ask the same of many clients at the same time."""

    def ask(server: Server) -> list[int]:
        return [server.query(text).status for _ in range(times)]

    def all_at_once(server: Server, _: str) -> set[int]:
        with ThreadPoolExecutor(number) as clients:
            return {status for some in clients.map(ask, [server] * number) for status in some}

    return all_at_once


def hangs_up(number: int) -> Callable[[Server, str], set[int]]:
    """Ask for too much and be gone, many times."""

    def go(server: Server, _: str) -> set[int]:
        for _time in range(number):
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                line.sendall(f"GET /sparql?{urlencode({'query': CROSS})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        return {HANGS_UP}

    return go


def waits(number: int) -> Callable[[Server, str], set[int]]:
    """Open lines and say nothing, and ask beside them."""

    def hold(server: Server, _: str) -> set[int]:
        lines = [socket.create_connection(("127.0.0.1", server.port)) for _line in range(number)]
        status = server.query("ASK {}").status
        for line in lines:
            line.close()
        return {status}

    return hold


def pipelines(server: Server, _: str) -> set[int]:
    """Send a hundred requests in one breath; every answer that comes is whole and in turn."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(
            b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" * 99
            + b"GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        heard = b""
        while part := line.recv(65_536):
            heard += part
    statuses = [int(piece[:3]) for piece in heard.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [200] * 99 + [404]
    return set(statuses)


def unsized(server: Server, _: str) -> set[int]:
    """Send a body whose size is not told and has no end."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    pieces = (b"x" * 10_000 for _piece in range(20))
    line.request("POST", "/sparql", pieces, {"Content-Type": "application/sparql-query"}, encode_chunked=True)
    status = line.getresponse().status
    line.close()
    return {status}


def of_many_times(server: Server, _: str) -> set[int]:
    """Ask of many years at the same time, each of which is a graph of its own."""
    with ThreadPoolExecutor(12) as clients:
        paths = [f"/sparql?as-of={year}" for year in range(1990, 1996)]
        return {got.status for got in clients.map(lambda path: server.query("ASK { ?s ?p ?o }", path=path), paths)}


def doubling(times: int) -> str:
    steps = "".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(times))
    return f'SELECT (STRLEN(?a{times}) AS ?n) {{ BIND("{"x" * 1000}" AS ?a0) {steps}}}'


def replacing(times: int) -> str:
    steps = "".join(f'BIND(REPLACE(?a{n}, "x", "{"x" * 50}") AS ?a{n + 1}) ' for n in range(times))
    return f'SELECT (STRLEN(?a{times}) AS ?n) {{ BIND("{"x" * 100}" AS ?a0) {steps}}}'


def _optionals(depth: int) -> str:
    return (
        "SELECT * { ?s0 ?p0 ?o0 "
        + "".join(f"OPTIONAL {{ ?s{n} ?p{n} ?o{n} " for n in range(1, depth))
        + "}" * depth
        + " LIMIT 10"
    )


HEAD = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n"
OUT, LONG, TEXTS, REQUESTS, PATHS, CROWDS, API = (
    "dialling out",
    "long work",
    "texts",
    "requests",
    "paths and headers",
    "crowds",
    "the JSON API",
)
ATTACKS = (
    Attack(
        OUT,
        "`SERVICE`, also `SILENT`, by a variable, in odd letters, escaped, after a quote",
        asks(
            "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
            "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
            "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
            "SELECT * { S\\u0045RVICE <URL> { ?s ?p ?o } }",
            "SELECT * { BIND('\\'' AS ?x) sErViCe<URL>{ ?s ?p ?o } }",
            "SELECT * { FILTER(1<2)SERVICE<URL>{ ?s ?p ?o } FILTER(2>1) }",
        ),
        {400},
    ),
    Attack(
        OUT, "`LOAD`, `INSERT` and other updates as a query", asks("LOAD <URL>", "INSERT DATA { <a> <b> <c> }"), {400}
    ),
    Attack(
        OUT,
        "updates as updates",
        lambda server, url: {
            server.ask("POST", "/sparql", urlencode({"update": f"LOAD <{url}>"}).encode(), FORM).status,
            server.ask("POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}).status,
        },
        {403},
    ),
    Attack(
        OUT,
        "`FROM` of an address or a file: an empty graph",
        asks(
            "SELECT * FROM <URL> { ?s ?p ?o }",
            "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
            "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
            "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
        ),
        {200},
    ),
    Attack(
        OUT,
        "a graph elsewhere by the protocols",
        gets(
            "/sparql?query=ASK%7B%7D&default-graph-uri=URL",
            "/sparql?query=ASK%7B%7D&named-graph-uri=URL",
            "/graph-store?graph=URL",
        ),
        {400, 404},
    ),
    Attack(
        OUT,
        "RDF as a request: JSON-LD with a remote context, RDF/XML with entities",
        lambda server, url: {
            server.ask("POST", path, body.replace(b"URL", url.encode()), {"Content-Type": media}).status
            for path in ("/sparql", "/graph-store?default")
            for media, body in (
                ("application/ld+json", b'{"@context": "URL"}'),
                ("application/rdf+xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "URL">]><x>&a;</x>'),
            )
        },
        {405, 415},
    ),
    Attack(
        OUT,
        "a request for a proxy: `GET http://…`, `CONNECT`",
        sends(b"GET URL HTTP/1.1\r\nHost: x\r\n\r\n", b"CONNECT URL HTTP/1.1\r\nHost: x\r\n\r\n"),
        {400, 404, 405},
    ),
    Attack(LONG, "a cartesian product", asks(CROSS), ENDED),
    Attack(
        LONG,
        "property paths of everything",
        asks("SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)* ?b . ?b (!<x:y>)* ?c . ?c (!<x:y>)* ?d }"),
        ENDED,
    ),
    Attack(
        LONG,
        "everything in order",
        asks("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1"),
        ENDED,
    ),
    Attack(
        LONG,
        "as many groups as rows",
        asks("SELECT ?a ?d ?g (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d ?g"),
        ENDED,
    ),
    Attack(
        LONG,
        "`GROUP_CONCAT` of a product",
        asks("SELECT (STRLEN(GROUP_CONCAT(?c)) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
        ENDED,
    ),
    Attack(
        LONG,
        "`DISTINCT` of a product",
        asks(
            "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a ?b ?c . ?d ?e ?f "
            "BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?x) }"
        ),
        {200, *ENDED},
    ),
    Attack(LONG, "texts that double (`CONCAT`)", asks(doubling(30)), ENDED),
    Attack(LONG, "texts that swell (`REPLACE`)", asks(replacing(6)), ENDED),
    Attack(
        LONG,
        "an answer without end",
        asks("SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"),
        {413, *ENDED},
    ),
    Attack(LONG, "50 nested `OPTIONAL`", asks(_optionals(50)), {200, *ENDED}),
    Attack(
        LONG,
        "a regular expression that explodes elsewhere",
        asks(
            f'SELECT * {{ FILTER(REGEX("{"a" * 5000}b", "^(a+)+$")) }}',
            'ASK { FILTER(REGEX("a", "(((a{1000}){1000}){1000})")) }',
        ),
        {200, 400},
    ),
    Attack(LONG, "numbers of 10,000 digits", asks(f"SELECT ({'9' * 10_000} * {'9' * 9_000} AS ?n) {{}}"), {200, 400}),
    Attack(
        LONG,
        "`VALUES` with thousands of rows, squared",
        asks(
            f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {'1 ' * 9_000} }} VALUES ?b {{ {'1 ' * 500} }} "
            "?s ?p ?o . ?x ?y ?z }"
        ),
        {200, *ENDED},
    ),
    Attack(
        TEXTS,
        "thousands of brackets, braces, negations",
        asks(
            "SELECT * { FILTER" + "(" * 9_000 + "1" + ")" * 9_000 + " }",
            "SELECT * " + "{" * 9_000 + "}" * 9_000,
            "SELECT * { FILTER(" + "!" * 15_000 + "true) }",
        ),
        {400},
    ),
    Attack(
        TEXTS,
        "hundreds of `UNION`, path steps, conditions",
        asks(
            "SELECT * { {} " + "UNION {} " * 1_000 + "}",
            "SELECT * { ?s " + "/".join(["<a>"] * 1_000) + " ?o }",
            "SELECT * { FILTER(1" + "||1" * 1_000 + ") }",
        ),
        {400},
    ),
    Attack(TEXTS, "texts of 30,000 characters", asks("SELECT * { ?s ?p '" + "x" * 30_000 + "' }", "#" * 30_000), {400}),
    Attack(
        TEXTS,
        "no text, half a text, NUL",
        asks("", "SELECT * {", "SELECT \x00 * {}"),
        {400},
    ),
    Attack(
        TEXTS, "bytes that are no UTF-8", posts(b"ASK { \xff }", {"Content-Type": "application/sparql-query"}), {400}
    ),
    Attack(
        REQUESTS,
        "a body of 200,000 bytes, told or not",
        lambda server, url: {server.query("#" * 200_000).status} | unsized(server, url),
        {413},
    ),
    Attack(
        REQUESTS,
        "a compressed body that swells",
        posts(
            gzip.compress(b" " * 100_000_000), {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
        ),
        {400, 413, 415},
    ),
    Attack(REQUESTS, "an address of 17,000 bytes", gets(f"/sparql?query={'x' * 17_000}", f"/{'x' * 17_000}"), {414}),
    Attack(
        REQUESTS,
        "9,000 headers, or one of 60,000 bytes",
        sends(
            HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(9_000)) + b"\r\n",
            HEAD + b"X: " + b"y" * 60_000 + b"\r\n\r\n",
        ),
        {HANGS_UP, 400, 431},
    ),
    Attack(REQUESTS, "200 headers", sends(HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n"), {431}),
    Attack(
        REQUESTS,
        "`Accept` with thousands of types",
        gets("/sparql?query=ASK%7B%7D", Accept="image/png;q=0.1," * 2_500),
        {406},
    ),
    Attack(
        REQUESTS, "`Range` with thousands of parts", gets("/index.html", Range="bytes=" + "0-," * 5_000 + "0-"), {200}
    ),
    Attack(REQUESTS, "2,000 parameters", gets("/sparql?" + "&".join(f"a{n}=" for n in range(2_000))), {400}),
    Attack(
        REQUESTS,
        "two lengths, two lengths that differ, a wrong length, a broken chunk",
        sends(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        ),
        {HANGS_UP, 400},
    ),
    Attack(
        REQUESTS,
        "folded lines, spaces in names, bare line feeds, TLS, HTTP/2",
        sends(
            b"GET / HTTP/1.1\r\n Host: x\r\n\r\n",
            b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
            b"\x16\x03\x01\x00\xa5" * 20 + b"\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ),
        {HANGS_UP, 400, 404},
    ),
    Attack(
        REQUESTS,
        "`TRACE`, `PATCH`, `PROPFIND`, a method of their own",
        lambda server, _: {server.ask(method, "/sparql").status for method in ("TRACE", "PATCH", "PROPFIND", "BREW")},
        {405},
    ),
    Attack(
        REQUESTS,
        "a switch to another protocol",
        gets(
            "/sparql",
            Connection="Upgrade",
            Upgrade="websocket",
            Sec_WebSocket_Version="13",
            Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA==",
        ),
        {200, 400, 426},
    ),
    Attack(
        REQUESTS,
        "a `Host` that is none",
        sends(
            b'GET /sparql HTTP/1.1\r\nHost: "><script>\r\nAccept: text/turtle\r\n\r\n',
            b"GET /sparql HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        ),
        {400},
    ),
    Attack(
        PATHS,
        "paths that lead outside",
        gets(
            "/../secret",
            "/..%2fsecret",
            "/..%5csecret",
            "/place/../../secret",
            "//etc/passwd",
            "/%2fetc%2fpasswd",
            "/link.txt",
            "/.hidden",
            "/index.html%00.css",
            "/site-manifest.json",
            "/" + "../" * 2_000,
        ),
        {404},
    ),
    Attack(
        PATHS,
        "line feeds that would make a header",
        gets("/id/place/haizhou%0d%0aSet-Cookie:%20a=b", "/%0d%0aSet-Cookie:%20a=b", "/graph/%0d%0aSet-Cookie:%20a=b"),
        {404},
    ),
    Attack(
        PATHS,
        "names that would end a query",
        gets("/id/place/x%3E%20%3Fp%20%3Fo%20%7D%20%23", "/concept/x%3E%20%3Fp", "/graph-store?graph=a:b%3E%20%7B%7D"),
        {404},
    ),
    Attack(
        API,
        "wrong, repeated, overlong and unknown parameters",
        gets(
            "/api/show",
            "/api/show?name=a&name=b",
            f"/api/show?name={'x' * 300}",
            "/api/show?name=%ff",
            "/api/show?name=a&x=1",
            "/api/total?about=a&by-year=perhaps",
        ),
        {400},
    ),
    Attack(
        API,
        "names of 200 characters that resemble everything",
        gets(
            f"/api/search?text={quote('省' * 200)}",
            f"/api/show?name={'a' * 200}",
            f"/api/explain?a={'a' * 200}&b={'b' * 200}",
        ),
        {200, 404},
    ),
    Attack(CROWDS, "eight ask for too much at the same time", crowd(CROSS, 8), {503, 504}),
    Attack(CROWDS, "fifty ask for too much and are gone", hangs_up(50), {HANGS_UP}),
    Attack(CROWDS, "the graph of six times, asked at once", of_many_times, {200, 503}),
    Attack(CROWDS, "three hundred lines that say nothing", waits(300), {200}),
    Attack(CROWDS, "a hundred requests in one breath", pipelines, {200, 404}),
)
