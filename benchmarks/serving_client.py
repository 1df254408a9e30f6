"""A client of HTTP/1.1 on plain asyncio streams: one request after the other over one connection, as little as can be.

It asks for nothing but what the measurements and the soak need, so that what is measured is the server.

    python benchmarks/serving_client.py '{"port": 8000, "clients": 8, "seconds": 3, "path": "/", "headers": {}}'

asks the same for so long, over as many connections, and prints what it took: a process of its own, so that the one
which measures does nothing meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import math
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlencode

from timing import Failed

LONGEST_HEAD = 64 * 1024
SILENCE = 120.0
"""Seconds after which a server that says nothing counts as gone."""


class Lost(Exception):
    """A connection ended before the answer did."""


@dataclass(frozen=True)
class Request:
    """What is asked."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def packed(self) -> bytes:
        """Return the bytes that go over the line.

        >>> Request("/x").packed()
        b'GET /x HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'
        """
        told = {"Host": "localhost", **self.headers}
        if self.body:
            told["Content-Length"] = str(len(self.body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode() + self.body


@dataclass(frozen=True)
class Answer:
    """What is answered: header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def query(text: str, accept: str = "application/sparql-results+json", path: str = "/sparql", **more: str) -> Request:
    """Return a SPARQL query as a GET of the SPARQL 1.1 Protocol."""
    return Request(f"{path}?{urlencode({'query': text, **more})}", headers={"Accept": accept})


class Line:
    """A connection, opened when it is first needed and again after the server closed it.

    Parameters
    ----------
    again: whether to ask again, once, where the line breaks before an answer is whole: what HTTP lets clients do with
        GET (RFC 9110, 9.2.2), and browsers and libraries do.
    """

    def __init__(self, port: int, *, again: bool = False) -> None:
        self.port = port
        self.again = again
        self.asked_again = 0
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: Request) -> Answer:
        """Return the answer; raises Lost where the line ends before it is whole."""
        try:
            async with asyncio.timeout(SILENCE):
                try:
                    return await self._ask(request)
                except (ConnectionError, asyncio.IncompleteReadError):
                    if not self.again or request.method != "GET":
                        raise
                    await self.close()
                    self.asked_again += 1
                    return await self._ask(request)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as failed:
            await self.close()
            raise Lost(type(failed).__name__) from failed

    async def _ask(self, request: Request) -> Answer:
        if self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_HEAD)
        assert self._reader is not None
        self._writer.write(request.packed())
        await self._writer.drain()
        head = await self._reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await self._body(headers)
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return Answer(int(first.split()[1]), headers, body)

    async def _body(self, headers: Mapping[str, str]) -> bytes:
        assert self._reader is not None
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await self._reader.readexactly(int(headers.get("content-length", "0")))
        parts = []
        while size := int((await self._reader.readline()).split(b";")[0], 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readexactly(2)
        await self._reader.readline()
        return b"".join(parts)

    async def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def __aenter__(self) -> Line:
        """Return the line."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Hang up."""
        await self.close()


def answer_of(port: int, request: Request) -> bytes:
    """Return one answer; raises Failed where there is none."""

    async def once() -> bytes:
        async with Line(port) as line:
            answer = await line.ask(request)
            if answer.status != 200:
                raise Failed(f"{answer.status}: {answer.body[:200]!r}")
            return answer.body

    return asyncio.run(once())


def percentile(values: list[float], part: float) -> float:
    """Return the value below which a part of the values lie (nearest rank).

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5), percentile([1.0], 0.99)
    (2.0, 1.0)
    """
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


async def _ask_on(line: Line, request: Request, until: float, took: list[float], others: list[int]) -> None:
    async with line:
        while (began := time.perf_counter()) < until:
            answer = await line.ask(request)
            took.append(time.perf_counter() - began)
            if answer.status != 200:
                others.append(answer.status)


async def load(port: int, clients: int, seconds: float, request: Request) -> dict[str, float]:
    """Ask the same for so long, each client again as soon as it is answered; return what it took."""
    took: list[float] = []
    others: list[int] = []
    began, used = time.perf_counter(), time.process_time()
    until = began + seconds
    await asyncio.gather(*(_ask_on(Line(port), request, until, took, others) for _ in range(clients)))
    whole = time.perf_counter() - began
    return {
        "requests": len(took),
        "not 200": len(others),
        "per s": len(took) / whole,
        "p50 ms": 1000 * percentile(took, 0.5),
        "p99 ms": 1000 * percentile(took, 0.99),
        "client ms of processor a request": 1000 * (time.process_time() - used) / len(took),
    }


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    asked = Request(told["path"], headers=told["headers"])
    print(json.dumps(asyncio.run(load(told["port"], told["clients"], told["seconds"], asked))))
