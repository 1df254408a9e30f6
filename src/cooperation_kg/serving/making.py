"""Whom does a server ask that watches its data? The process that holds them (``maker.py``), and workers made ahead."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cooperation_kg.serving.frames import Head
from cooperation_kg.serving.process import Died, TookTooLong, Worker
from cooperation_kg.serving.publishing import FAILED, FAULTY, STORE
from cooperation_kg.serving.settings import Settings

MODULE = "cooperation_kg.serving"
_TRIES = 3
_END_SECONDS = 5.0
"""How long it may take to put away what it holds."""


class NotPublished(Exception):
    """The data could not be made ready; the text says why, one fault a line.

    ``may_pass`` is true where the machine was short of something, and the data may be sound.
    """

    def __init__(self, why: str, *, may_pass: bool) -> None:
        super().__init__(why)
        self.may_pass = may_pass


class Workers:
    """Starts processes that answer SPARQL; some are started ahead, so that new data need not wait for them."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._ahead: deque[Worker] = deque()

    async def start(self) -> Worker:
        """Return one that has opened nothing yet."""
        while self._ahead:
            worker = self._ahead.popleft()
            if not worker.is_gone():
                return worker
            await worker.end()
        return await Worker.spawn((f"{MODULE}.worker", str(self._memory)))

    async def start_ahead(self, number: int) -> None:
        """Have so many ready."""
        while len(self._ahead) < number:
            self._ahead.append(await Worker.spawn((f"{MODULE}.worker", str(self._memory))))

    async def close(self) -> None:
        """End those that nobody took."""
        await asyncio.gather(*(worker.end() for worker in self._ahead))
        self._ahead.clear()


class Copy:
    """The life of a copy of the process that holds the data, whose child it is."""

    returncode: int | None = None

    def __init__(self, pid: int, making: Making, parent: Worker | None) -> None:
        self.pid = pid
        self._making = making
        self._parent = parent
        # its number may be another's once it has ended; this never is
        self._handle: int | None = os.pidfd_open(pid)

    def kill(self) -> None:
        """End it now."""
        if self._handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    async def wait(self) -> int | None:
        """Wait until it has ended; return its exit code, None where nobody knows it."""
        if self._handle is not None:
            try:
                self.returncode = await self._making.end_of(self.pid, self._parent)
            finally:
                self.forget()
        return self.returncode

    def forget(self) -> None:
        """Let go of it: it ends by itself, once nobody is at the other end of its line."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@dataclass(eq=False)
class Making:
    """The process that holds the data; started when it is first asked for them, and again where it ended."""

    settings: Settings
    _maker: Worker | None = field(default=None, init=False)
    _channel: socket.socket | None = field(default=None, init=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    @staticmethod
    def is_possible() -> bool:
        """Return whether this system lets a process be copied as it stands."""
        return sys.platform == "linux"

    @property
    def is_gone(self) -> bool:
        """Whether somebody killed it: nothing can be copied any more."""
        return self._maker is None or self._maker.is_gone()

    async def make(self, folder: Path) -> Mapping[str, Any]:
        """Write the store of the data as they are now into a folder, and return what they are.

        Beside what ``publishing.about_graph`` tells, ``names`` are those of its pages, ``state`` its number.
        Raises NotPublished.
        """
        for _ in range(_TRIES):
            try:
                told = await self._ask({"make": str(folder)}, begin=True)
                break
            except Died:  # somebody killed it: a new one is asked
                shutil.rmtree(folder / STORE, ignore_errors=True)
        else:
            raise NotPublished("the process that holds the data ended 数据进程已终止", may_pass=True)
        if told["status"]:
            raise NotPublished(told["reason"].strip(), may_pass=told["status"] != FAULTY)
        about: Mapping[str, Any] = told["about"]
        return about

    async def copy(self, state: int) -> Worker:
        """Return a worker that answers from a state of the data; raises Died where that is no longer held."""
        ours, theirs = socket.socketpair()
        life: Copy | None = None
        try:
            with theirs:
                told = await self._ask({"copy": state, "memory": self.settings.memory}, theirs)
            life = Copy(told["pid"], self, self._maker)
            return Worker(life, *await asyncio.open_connection(sock=ours))
        except BaseException as failed:
            ours.close()
            if life is not None:
                life.forget()
            if isinstance(failed, KeyError | ProcessLookupError):
                raise Died from None
            raise

    async def end_of(self, pid: int, parent: Worker | None) -> int | None:
        """Wait until a copy has ended; return its exit code, None where its parent has ended, too."""
        if parent is None or parent is not self._maker:
            return None
        with contextlib.suppress(Died):
            code: int | None = (await self._ask({"end": pid}))["code"]
            return code
        return None

    async def rest(self, state: int, records: Path) -> None:
        """Let it do what nobody waits for, and write down the records of a state."""
        with contextlib.suppress(Died):
            await self._ask({"rest": state, "records": str(records)})

    async def close(self) -> None:
        """End it: it takes its store away."""
        async with self._lock:
            maker, self._maker = self._maker, None
            if maker is not None:
                await self._end(maker)

    async def _ask(self, asked: Head, passed: socket.socket | None = None, *, begin: bool = False) -> Head:
        # whoever is no longer interested: what is answered has to be read before the next may ask
        return await asyncio.shield(self._exchange(asked, passed.dup() if passed else None, begin=begin))

    async def _exchange(self, asked: Head, passed: socket.socket | None, *, begin: bool) -> Head:
        """Ask, one after the other; raises Died."""
        async with self._lock:
            try:
                if self._maker is None and begin:
                    await self._begin()
                if self._maker is None or self._channel is None:
                    raise Died
                if passed is not None:
                    socket.send_fds(self._channel, [b"f"], [passed.fileno()])
                told, _ = await self._maker.ask(asked)
            except (Died, TookTooLong, OSError):
                maker, self._maker = self._maker, None
                if maker is not None:
                    await self._end(maker)
                raise Died from None
            finally:
                if passed is not None:
                    passed.close()
            if told["status"] == FAILED and self._maker is not None:
                # it does not know any more what it has written
                maker, self._maker = self._maker, None
                await self._end(maker)
            return told

    async def _begin(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = (f"{MODULE}.maker", str(self.settings.data or ""), self.settings.lang, str(theirs.fileno()))
            self._maker = await Worker.spawn(command, descriptor=theirs.fileno())
        self._channel = ours

    async def _end(self, maker: Worker) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        maker.outgoing.close()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await maker.life.wait()
        except TimeoutError:
            await maker.end()
