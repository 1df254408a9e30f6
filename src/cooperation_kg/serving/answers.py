"""How does an answer leave? In slices, compressed where that is wanted, with the headers that browsers heed."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Mapping
from html import escape

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from cooperation_kg.serving.media import ANSWERS, best
from cooperation_kg.serving.refusals import Refused

_SLICE = 64 * 1024
MOST_LEAVING = 512 * 1024 * 1024
"""Bytes of answers that may be on their way at the same time; beyond it, who asks for more is told to come again."""
_WORTH_ZIPPING = 1_000
SAFE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Headers of every answer."""
_PROBLEM = (
    '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{status}</title>\n</head>\n'
    '<body>\n<h1>{status}</h1>\n<p>{reason}</p>\n<p><a href="/api/">API</a></p>\n</body>\n</html>\n'
)
NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'"
"""The policy for what is no page."""


class Leaving:
    """Counts the bytes that are on their way."""

    def __init__(self, most: int = MOST_LEAVING) -> None:
        self.left = most

    def take(self, size: int) -> None:
        """Reserve room; raises Refused where there is none."""
        if size > self.left:
            raise Refused(503)
        self.left -= size

    def give(self, size: int) -> None:
        """Give room back."""
        self.left += size


def answer(
    body: bytes, media: str, leaving: Leaving, headers: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """Return an answer that is sent slice by slice, as the client takes it: a slow one holds no more than its share."""
    told = {"Content-Security-Policy": NOTHING_RUNS, **SAFE, **(headers or {})}
    if len(body) <= _SLICE:
        return Response(body, status, told, media_type=None if "Content-Type" in told else media)
    leaving.take(len(body))
    return _Sliced(body, leaving, status, {**told, "Content-Length": str(len(body)), "Content-Type": media})


class _Sliced(StreamingResponse):
    """An answer in slices, which counts as on its way until the last of them is sent, or the client is gone."""

    def __init__(self, body: bytes, leaving: Leaving, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(_slices(body), status, headers)
        self._size = len(body)
        self._leaving = leaving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leaving.give(self._size)


async def _slices(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), _SLICE):
        yield body[start : start + _SLICE]


def refusal(request: Request, refused: Refused) -> Response:
    """Return what somebody is told whose request is refused.

    Below /api/ it is a problem (RFC 9457), for browsers a page that leads back; elsewhere a line of text.
    """
    headers = {"Content-Security-Policy": NOTHING_RUNS, **SAFE, **refused.headers, "Cache-Control": "no-store"}
    if request.url.path.startswith("/api/"):
        if best(request.headers.get("accept", ""), ANSWERS) == "html":
            page = _PROBLEM.format(status=refused.status, reason=escape(refused.reason))
            return Response(page.encode(), refused.status, headers, media_type=ANSWERS["html"])
        problem = json.dumps({"status": refused.status, "detail": refused.reason}, ensure_ascii=False)
        return Response(problem.encode(), refused.status, headers, media_type="application/problem+json")
    return Response(f"{refused.reason}\n".encode(), refused.status, headers, media_type="text/plain; charset=utf-8")


def takes_gzip(request: Request) -> bool:
    """Return whether a client takes compressed answers."""
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def zipped(body: bytes) -> bytes:
    """Return a body compressed, beside the loop that answers the others."""
    if len(body) < _WORTH_ZIPPING:
        return gzip.compress(body, 6, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, 6, mtime=0)
