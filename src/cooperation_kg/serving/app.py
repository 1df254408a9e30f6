"""Which address answers what? The table of routes, and what goes around every request: limits, headers, counts, log."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cooperation_kg.serving import api, entities
from cooperation_kg.serving.answers import SAFE, answer, refusal, takes_gzip, zipped
from cooperation_kg.serving.description import service_description
from cooperation_kg.serving.generation import Generation
from cooperation_kg.serving.media import ANSWERS, TRIPLES, best
from cooperation_kg.serving.metrics import MEDIA as PROMETHEUS
from cooperation_kg.serving.protocol import for_worker, parameters, read_graph_request, read_request, time_of
from cooperation_kg.serving.refusals import Refused
from cooperation_kg.serving.serving import Serving
from cooperation_kg.serving.settings import LARGEST_HEAD, LONGEST_URL, MOST_HEADERS
from cooperation_kg.serving.site_files import serve_file

_ROUTES = ("sparql", "graph-store", "api", "id", "concept", "def", "graph", "health", "ready", "metrics")
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_LONGEST_LOGGED = 200
_READ = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
"""The policy for answers of the API: nothing runs, forms ask here."""
_HOST = re.compile(rb"[A-Za-z0-9._~-]*(:\d{0,5})?|\[[0-9A-Fa-f:.]+\](:\d{0,5})?")
T = TypeVar("T")


def make_app(serving: Serving) -> Starlette:
    """Return the application over a server that has been started."""
    handlers = _Handlers(serving)
    reading = ["GET", "OPTIONS"]
    routes = [
        Route("/sparql", handlers.sparql, methods=["GET", "POST", "OPTIONS"]),
        Route("/api/openapi.json", handlers.open_api, methods=reading),
        Route("/api/", handlers.api_page, methods=reading),
        Route("/api/{operation}", handlers.operation, methods=reading),
        Route("/id/{kind}/{identifier:path}", handlers.thing, methods=reading),
        Route("/concept/{path:path}", handlers.concept, methods=reading),
        Route("/def", handlers.terms, methods=reading),
        Route("/graph/{path:path}", handlers.graph, methods=reading),
        Route("/graph-store", handlers.graph_store, methods=reading),
        Route("/health", handlers.health, methods=reading),
        Route("/ready", handlers.ready, methods=reading),
        Route("/metrics", handlers.metrics, methods=reading),
        Route("/{name:path}", handlers.file, methods=reading),
    ]
    return Starlette(
        routes=routes,
        exception_handlers={Refused: _refused, HTTPException: _unroutable, Exception: _failed},
        middleware=[
            Middleware(_Around, serving=serving),
            # credentials are none: what anybody may read, any page may read
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=list(_METHODS),
                allow_headers=["Accept", "Content-Type"],
                max_age=86_400,
            ),
        ],
    )


class _Handlers:
    """What answers at each address."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    async def sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed("GET, HEAD, POST, OPTIONS", {"Accept-Post": "application/sparql-query"})
        with self.serving.using() as now:
            asked = await read_request(request, now.about["graphs"])
            if asked is None:
                return self._description(request, now)
            head, as_of = for_worker(asked, now.about)
            head |= {"accept": request.headers.get("accept", ""), "gzip": takes_gzip(request)}
            return await self._queried(request, now, head, as_of)

    async def operation(self, request: Request) -> Response:
        operation = api.OPERATIONS.get(request.path_params["operation"])
        if operation is None:
            raise Refused(404, f"known 可用: {', '.join(api.OPERATIONS)}")
        if request.method == "OPTIONS":
            return _allowed()
        given = api.given(operation, parameters(request.scope["query_string"]))
        form = best(request.headers.get("accept", ""), ANSWERS)
        if form is None:
            raise Refused(406, f"there is {', '.join(ANSWERS.values())}")
        with self.serving.using() as now:
            asked = {"operation": operation.name, "given": given, "form": form}
            body = await _while_listening(request, self.serving.answer(now, asked))
        return await self._told(request, body, ANSWERS[form])

    async def api_page(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        title = self.serving.now.about["title"]
        return await self._told(request, api.page(f"{title['zh']} · {title['en']}").encode(), ANSWERS["html"])

    async def open_api(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        about = self.serving.now.about
        told = api.open_api(" · ".join((about["title"]["zh"], about["title"]["en"])), about["version"])
        return await self._told(request, json.dumps(told, ensure_ascii=False).encode(), ANSWERS["json"])

    async def thing(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        kind, identifier, as_of = request.path_params["kind"], request.path_params["identifier"], _time_of(request)
        with self.serving.using() as now:
            iris = entities.iris_of_thing(kind, identifier, now.about["base"])
            names = () if as_of else now.names  # pages tell of all times
            place = entities.place_of(kind, identifier, request.headers.get("accept", ""), names)
            if place is not None:
                return RedirectResponse(place, 303, {**SAFE, "Vary": "Accept"})
            return await self._told_of(request, now, iris, as_of)

    async def concept(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        with self.serving.using() as now:
            return await self._told_of(request, now, [entities.iri_of_concept(request.path_params["path"])])

    async def terms(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        with self.serving.using() as now:
            page = {"html": "text/html"} if "terms.html" in now.names else {}
            if best(request.headers.get("accept", ""), {**page, **TRIPLES}) == "html":
                return RedirectResponse("/terms.html", 303, {**SAFE, "Vary": "Accept"})
            return await self._triples(request, now, entities.of_terms())

    async def graph(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        with self.serving.using() as now:
            iri = f"{now.about['base']}graph/{request.path_params['path']}"
            return await self._triples(request, now, entities.of_graph(iri, now.about), _time_of(request))

    async def graph_store(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        graph, as_of = read_graph_request(parameters(request.scope["query_string"]))
        with self.serving.using() as now:
            query = entities.of_graph(graph, now.about) if graph else entities.EVERYTHING
            return await self._triples(request, now, query, as_of)

    async def file(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _allowed()
        with self.serving.using() as now:
            if not now.names and self.serving.settings.with_site:
                raise Refused(503, "the pages are being made; come again in a moment 网页正在制作，请稍后再来")
            name = request.path_params["name"] or "index.html"
            await _while_listening(request, self.serving.make_page(now, name))
            return await serve_file(request, name, now.files, self.serving.leaving)

    async def health(self, _: Request) -> Response:
        return Response(b"ok\n", 200, {**SAFE, "Cache-Control": "no-store"}, media_type="text/plain")

    async def ready(self, _: Request) -> Response:
        now = self.serving.now
        told = {
            "ready": now.queries.alive > 0,
            "triples": now.about["triples"],
            "workers": now.queries.alive,
            "files": len(now.names),
            "bounds": list(now.queries.bounds),
        }
        status = 200 if told["ready"] else 503
        headers = {**SAFE, "Cache-Control": "no-store"}
        return Response(json.dumps(told).encode(), status, headers, media_type="application/json")

    async def metrics(self, _: Request) -> Response:
        text = self.serving.metrics.text(self.serving.gauges())
        return Response(text.encode(), 200, {**SAFE, "Cache-Control": "no-store", "Content-Type": PROMETHEUS})

    def _description(self, request: Request, now: Generation) -> Response:
        form = best(request.headers.get("accept", ""), TRIPLES)
        if form is None:
            raise Refused(406, f"there is {', '.join(TRIPLES.values())}")
        body = service_description(str(request.url.replace(query="")), now.about, form)
        return answer(body, TRIPLES[form], self.serving.leaving, {"Vary": "Accept"})

    async def _told_of(self, request: Request, now: Generation, iris: list[str], as_of: str = "") -> Response:
        head = {"union": True, "accept": "", "query": entities.asking(iris)}
        _, known = await self.serving.ask(now, head, as_of)
        if not json.loads(known)["boolean"]:
            raise Refused(404)
        return await self._triples(request, now, entities.describing(iris), as_of)

    async def _triples(self, request: Request, now: Generation, query: str, as_of: str = "") -> Response:
        accept, gzip = request.headers.get("accept", ""), takes_gzip(request)
        head = {"query": query, "union": True, "accept": accept, "gzip": gzip}
        return await self._queried(request, now, head, as_of)

    async def _queried(self, request: Request, now: Generation, head: dict[str, Any], as_of: str = "") -> Response:
        told, body = await _while_listening(request, self.serving.ask(now, head, as_of))
        headers = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
        if told["gzip"]:
            headers["Content-Encoding"] = "gzip"
        return answer(body, told["media"], self.serving.leaving, headers)

    async def _told(self, request: Request, body: bytes, media: str) -> Response:
        headers = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache", "Content-Security-Policy": _READ}
        if takes_gzip(request):
            body = await zipped(body)
            headers["Content-Encoding"] = "gzip"
        return answer(body, media, self.serving.leaving, headers)


def _time_of(request: Request) -> str:
    return time_of(parameters(request.scope["query_string"]))


async def _while_listening(request: Request, work: Awaitable[T]) -> T:
    """Return what work gives; where the client hangs up before, end the work: nobody waits for it any more."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise Refused(400, "the client has gone 客户端已离开")
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _allowed(methods: str = "GET, HEAD, OPTIONS", more: dict[str, str] | None = None) -> Response:
    return Response(status_code=204, headers={**SAFE, "Allow": methods, **(more or {})})


async def _refused(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    return refusal(request, refused)


async def _unroutable(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refusal(request, Refused(error.status_code, headers=error.headers))


async def _failed(request: Request, _: Exception) -> Response:
    return refusal(request, Refused(500))


class _Around:
    """Counts and logs every request, and refuses addresses that are too long."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self.app = app
        self.serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.monotonic()
        status, size = 500, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            refused = _fault_of_head(scope)
            if refused is not None:
                await refusal(Request(scope), refused)(scope, receive, sending)
            else:
                await self.app(scope, receive, sending)
        finally:
            took = time.monotonic() - began
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self.serving.metrics.count(_route(scope["path"]), method, status, took)
            self.serving.say(_logged(scope, method, status, size, took))


def _fault_of_head(scope: Scope) -> Refused | None:
    """Return why a request is refused for its first line and headers; None where they are as they should be."""
    closing = {"Connection": "close"}
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_URL:
        return Refused(414, headers=closing)
    headers = scope["headers"]
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > LARGEST_HEAD:
        return Refused(431, headers=closing)
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) > 1 or not all(_HOST.fullmatch(value) for value in hosts):
        return Refused(400, "the Host header makes no address Host 头不成地址", closing)
    names = {name for name, _ in headers}
    if {b"content-length", b"transfer-encoding"} <= names:
        # two lengths: a proxy before us may go by the other one, and take a stranger's bytes for a request of its own
        return Refused(400, "two lengths of the body 请求体有两种长度", closing)
    return None


def _route(path: str) -> str:
    """Return the kind of address, one of few."""
    first = path.strip("/").partition("/")[0]
    return first if first in _ROUTES else "site"


def _logged(scope: Scope, method: str, status: int, size: int, took: float) -> str:
    """Return the line of the log: who, what, the answer; without query strings, and without anything unprintable."""
    client = scope["client"][0] if scope.get("client") else "-"
    path = scope["raw_path"].decode("latin-1")[:_LONGEST_LOGGED]
    line = f'{client} "{method} {path}" {status} {size} {1000 * took:.0f}ms'
    return "".join(sign if " " <= sign <= "~" else "?" for sign in line)
