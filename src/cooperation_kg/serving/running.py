"""How does the server hold its sockets? uvicorn, with limits of its own on clients that are slow on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from cooperation_kg.errors import CooperationError
from cooperation_kg.serving.app import make_app
from cooperation_kg.serving.making import NotPublished
from cooperation_kg.serving.serving import Serving
from cooperation_kg.serving.settings import HEAD_SECONDS, LARGEST_HEAD, STOP_SECONDS, Settings

_TAKE_SECONDS = 60.0
"""How long a client may take nothing more of an answer: of what waits for it, the system holds _HELD and tells us of
room when a third of that is taken, so a client must take some 6 kB a second."""
_HELD = 1024 * 1024
_IDLE_SECONDS = 15


class NotServed(CooperationError):
    """The server did not start, or could not listen."""


class PatientOnlySoLong(H11Protocol):
    """HTTP/1.1, which closes on clients that send the head of a request, or take an answer, too slowly."""

    _head_timer: asyncio.TimerHandle | None = None
    _take_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        own = transport.get_extra_info("socket")
        if own is not None:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _HELD)
            # asyncio does this itself only for sockets that name their protocol; without it, every answer waits for the
            # client to acknowledge its head: 40 ms
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take in what came; wait on where it is no whole head."""
        super().data_received(data)
        if self._between_requests():
            self._await_head()
        else:
            self._stop(self._head_timer)
            self._head_timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop(self._head_timer)
        self._stop(self._take_timer)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait until the client has taken what was sent."""
        super().pause_writing()
        self._stop(self._take_timer)
        self._take_timer = self.loop.call_later(_TAKE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has taken it."""
        self._stop(self._take_timer)
        super().resume_writing()

    def _between_requests(self) -> bool:
        return self.cycle is None or bool(self.cycle.response_complete)

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._head_is_late)

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self._between_requests() and not self.transport.is_closing():
            self.transport.close()

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()


class _Server(uvicorn.Server):
    """Says where it listens, once it does; signals reach it from ``_run``."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[str], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell the address: the port may have been chosen by the system."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            self._listening(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals as they are where the loop has taken them; uvicorn would raise them again at the end."""
        if sys.platform == "win32":
            with super().capture_signals():
                yield
        else:
            yield


def serve(settings: Settings, say: Callable[[str], None], listening: Callable[[str, Serving], None]) -> None:
    """Serve until told to stop (SIGTERM, Ctrl-C); what is being answered then is answered.

    Parameters
    ----------
    say: where the log goes, a line each.
    listening: called with the address and the state, once it answers.

    Raises NotServed with the faults of the data, or where nobody can listen at the address.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two servers have the same address
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # taken now, listened at once there is something to tell: before, callers are refused and need not wait
        door.bind((settings.host, settings.port))
    except (OSError, OverflowError) as failed:
        door.close()
        reason = getattr(failed, "strerror", None) or str(failed)
        raise NotServed(f"cannot listen at {settings.host}:{settings.port} 无法在此地址监听: {reason}") from failed
    with door, contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        try:
            asyncio.run(_run(Serving(settings, say), door, listening))
        except NotPublished as faults:
            raise NotServed(str(faults)) from None


async def _run(serving: Serving, door: socket.socket, listening: Callable[[str, Serving], None]) -> None:
    settings = serving.settings
    config = uvicorn.Config(
        make_app(serving),
        http=PatientOnlySoLong,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        headers=[("Server", "cooperation-kg"), ("X-Software", "cooperation-kg")],  # proxies replace the first
        limit_concurrency=settings.connections,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )
    server = _Server(config, lambda address: listening(address, serving))
    starting = asyncio.ensure_future(serving.start())
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, _stop, server, number, starting)
        loop.add_signal_handler(signal.SIGHUP, serving.reload_beside)
    try:
        await starting
        await server.serve(sockets=[door])
    finally:
        await serving.stop()


def _stop(server: uvicorn.Server, number: int, starting: asyncio.Future[None]) -> None:
    starting.cancel()
    server.handle_exit(number, None)
