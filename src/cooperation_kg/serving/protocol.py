"""What does a request to ``/sparql`` ask? The SPARQL 1.1 Protocol, read-only (https://www.w3.org/TR/sparql11-protocol/).

A dataset that the protocol names comes before one that the query names (2.1.4). Graphs are those of the store alone: a
name that it does not have is refused where the protocol gives it, and an empty graph in FROM; nothing is ever fetched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from cooperation_kg.errors import BadParameter, ForbiddenQuery
from cooperation_kg.graph.asof import AsOf, parse_as_of
from cooperation_kg.query.run import has_from, refuse_forbidden, time_variables, with_time, with_whole_iris
from cooperation_kg.serving.refusals import READ_ONLY, Refused
from cooperation_kg.serving.settings import BODY_SECONDS, LARGEST_BODY

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_PARAMETERS = 100
_TIME = "as-of"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A query with the graphs and the time that it is asked of; ``default`` and ``named`` are IRIs of graphs."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    as_of: AsOf | None = None


async def read_request(request: Request, graphs: Collection[str]) -> Asked | None:
    """Return what is asked; None where it is the description of the service. Raises Refused.

    Parameters
    ----------
    graphs: the IRIs of the graphs there are.
    """
    pairs = parameters(request.scope["query_string"])
    if request.method == "POST":
        pairs = await _posted(request, pairs)
    given = {name: [value for key, value in pairs if key == name] for name, _ in pairs}
    if "update" in given:
        raise Refused(403, READ_ONLY)
    queries = given.get("query", [])
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise Refused(400, f"{len(queries)} queries; send one 请恰好发送一个查询（query）")
    return Asked(
        queries[0],
        _graphs(given.get("default-graph-uri", []), graphs),
        _graphs(given.get("named-graph-uri", []), graphs),
        time_asked(given.get(_TIME, [])),
    )


def parameters(raw: bytes) -> Pairs:
    """Return the parameters of a query string or a form; raises Refused for what is not UTF-8, or too many."""
    try:
        text = raw.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except (UnicodeDecodeError, ValueError):
        raise Refused(400, "the parameters are not percent-encoded UTF-8 参数不是百分号编码的 UTF-8") from None


def time_asked(times: list[str]) -> AsOf | None:
    """Return the time that is asked about, or None; raises Refused for what is no time."""
    if len(times) > 1:
        raise Refused(400, f"{_TIME} is given twice {_TIME} 重复")
    try:
        return parse_as_of(times[0]) if times else None
    except BadParameter as bad:
        raise Refused(400, str(bad)) from None


def read_graph_request(pairs: Pairs) -> tuple[str, str]:
    """Return the graph that is wanted, empty for the default graph, and the time: empty for none. Raises Refused.

    SPARQL 1.1 Graph Store HTTP Protocol, 4.2: indirect identification (https://www.w3.org/TR/sparql11-http-rdf-update/).
    """
    graphs = [value for name, value in pairs if name == "graph"]
    defaults = [value for name, value in pairs if name == "default"]
    unknown = next((name for name, _ in pairs if name not in ("graph", "default", _TIME)), None)
    if unknown is not None or len(graphs) + len(defaults) != 1 or (graphs and ":" not in graphs[0]):
        raise Refused(400, "give ?graph= with a whole IRI, or ?default 请给出 ?graph=完整IRI 或 ?default")
    return graphs[0] if graphs else "", time_of(pairs)


def time_of(pairs: Pairs) -> str:
    """Return the time that the parameters of an address name, empty for none; raises Refused for what is no time."""
    asked = time_asked([value for name, value in pairs if name == _TIME])
    return asked.text if asked else ""


def for_worker(asked: Asked, about: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Return what a worker is asked (``worker.respond``), and the time to which the graph is narrowed: empty for none.

    Raises Refused for a query that would dial out, write, or exhaust the parser.
    """
    try:
        refuse_forbidden(asked.query, selects_graphs=True)
        query = with_whole_iris(asked.query, about["prefixes"])
        head: dict[str, Any] = {"query": query, "prefixes": about["prefixes"], "base": about["base"]}
        narrowed = asked.as_of.text if asked.as_of else ""
        if asked.as_of and time_variables(query):
            values, head["written"] = with_time(query, asked.as_of)
            head["values"] = {name: [term.value, term.datatype.value] for name, term in values.items()}
            narrowed = ""
    except ForbiddenQuery as forbidden:
        raise Refused(400, str(forbidden)) from None
    except BadParameter as bad:
        raise Refused(400, str(bad)) from None
    if asked.default or asked.named:
        return {**head, "default": list(asked.default), "named": list(asked.named)}, narrowed
    return {**head, "union": not has_from(query)}, narrowed


async def _posted(request: Request, pairs: Pairs) -> Pairs:
    media, charset = _content_type(request)
    if media == UPDATE:
        raise Refused(403, READ_ONLY)
    if media not in (FORM, QUERY) or charset != "utf-8":
        accepted = f"{QUERY}, {FORM}"
        raise Refused(415, f"send {QUERY} or {FORM}, in UTF-8 请以 UTF-8 发送上述两种类型", {"Accept-Post": accepted})
    body = await read_body(request)
    if media == FORM:
        return [*pairs, *parameters(body)]
    try:
        return [*pairs, ("query", body.decode("utf-8"))]
    except UnicodeDecodeError:
        raise Refused(400, "the query is not UTF-8 查询不是 UTF-8") from None


def _content_type(request: Request) -> tuple[str, str]:
    media, *rest = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((part.partition("=")[2].strip('" ') for part in rest if part.startswith("charset=")), "utf-8")
    return media, "utf-8" if charset == "utf8" else charset


async def read_body(request: Request) -> bytes:
    """Return the body of a request; raises Refused where it is too large, or arrives too slowly."""
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > LARGEST_BODY:
                    raise Refused(413, headers={"Connection": "close"})
                parts.append(part)
    except TimeoutError:
        raise Refused(408, headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise Refused(400, "the request broke off 请求中断") from None
    return b"".join(parts)


def _graphs(asked: list[str], known: Collection[str]) -> tuple[str, ...]:
    unknown = next((iri for iri in asked if iri not in known), None)
    if unknown is not None:
        raise Refused(400, "there is no graph of that name, and none is fetched 没有此名称的图，也不会去取")
    return tuple(dict.fromkeys(asked))
