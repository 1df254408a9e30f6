"""Clients that are slow on purpose: what they hold is taken from them, and who is merely far away is served."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable

import pytest
import uvicorn
from serving_world import run_apart
from starlette.types import Receive, Scope, Send

from cooperation_kg.serving import running

LARGE = 32 * 1024 * 1024


async def _app(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    size = LARGE if _scope["path"] == "/large" else 2
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(size).encode())]})
    with contextlib.suppress(OSError):
        for start in range(0, size, 65_536):
            part = b"x" * min(65_536, size - start)
            await send({"type": "http.response.body", "body": part, "more_body": start + 65_536 < size})


def _talked(talk: Callable[[socket.socket], bytes], monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Return what a client hears of a server that waits 0.4 s at most."""
    monkeypatch.setattr(running, "HEAD_SECONDS", 0.4)
    monkeypatch.setattr(running, "_TAKE_SECONDS", 0.4)

    async def run() -> bytes:
        door = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(_app, http=running.PatientOnlySoLong, lifespan="off", log_config=None, ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.ensure_future(server.serve(sockets=[door]))
        try:
            line = socket.create_connection(door.getsockname(), timeout=10)
            with line:
                return await asyncio.to_thread(talk, line)
        finally:
            server.should_exit = True
            await serving

    return run_apart(run())


def _until_closed(line: socket.socket) -> bytes:
    heard: list[bytes] = []
    with contextlib.suppress(ConnectionResetError):
        while part := line.recv(65_536):
            heard.append(part)
    return b"".join(heard)


def test_who_sends_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _talked(_until_closed, monkeypatch) == b""


def test_who_sends_the_head_of_a_request_drop_by_drop_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def talk(line: socket.socket) -> bytes:
        line.settimeout(0.1)
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for number in range(100):
            try:
                line.sendall(b"X-%d: y\r\n" % number)
                if not line.recv(1):
                    return b"closed"
            except TimeoutError:
                continue
            except OSError:
                return b"closed"
        return b"still there"

    assert _talked(talk, monkeypatch) == b"closed"


def test_who_begins_a_second_request_and_never_ends_it_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def talk(line: socket.socket) -> bytes:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        first = line.recv(1_000)
        line.sendall(b"GET / HT")
        return first + _until_closed(line)

    heard = _talked(talk, monkeypatch)
    assert (heard.startswith(b"HTTP/1.1 200"), heard.count(b"HTTP/1.1")) == (True, 1)


def test_who_does_not_take_an_answer_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def talk(line: socket.socket) -> bytes:
        line.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        line.recv(10)
        time.sleep(1.2)
        return _until_closed(line)

    assert 0 < len(_talked(talk, monkeypatch)) < LARGE


def test_who_takes_a_large_answer_gets_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def talk(line: socket.socket) -> bytes:
        line.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return _until_closed(line)

    assert len(_talked(talk, monkeypatch).partition(b"\r\n\r\n")[2]) == LARGE
