"""Who answers? Worker processes, one request each; one that takes too long is killed, and another takes its place.

A query that is not answered at once steps aside: its worker no longer counts, runs with less weight, and another takes
its place. Few may be aside at the same time; one more is sent away. So whoever asks for little is answered soon,
whatever others ask for.

While as many are aside as may be, somebody may be asking too much on purpose. Then whoever came last
is served in turn with whoever came first (who waits long is more likely one of a crowd), a query has a quarter of the
time before it is sent away, the one who sent it waits a second for that word, and a query that took too long of late is
sent away at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cooperation_kg.serving.frames import Head
from cooperation_kg.serving.process import Died, Killed, TookTooLong, Worker

_STARTS = 3
_GRACE = 0.5
"""Seconds of processor time that the server leaves a worker before the system ends it by itself."""
_PAUSE = 1.0
AT_ONCE = 1.0
"""Seconds after which a query steps aside."""
_LOOKS = 4
"""How often, until then, it is seen whether there is a crowd."""
_REMEMBERED = 256
"""How many queries that took too long are remembered,"""
_OF_LATE = 60.0
"""and for how many seconds."""


class Busy(Exception):
    """Nobody is free, and too many wait already, or have waited too long."""


class _SentAway(Busy):
    """It was begun, but as many are aside as may be."""


@dataclass(eq=False)
class Pool:
    """Some processes that answer from the same folder.

    Parameters
    ----------
    start_worker: starts one that has opened nothing yet.
    folder: what they answer from.
    size: how many.
    waiting: how many requests may wait.
    patience: seconds that a request waits at most.
    """

    start_worker: Callable[[], Awaitable[Worker]]
    folder: Path
    size: int
    waiting: int = 64
    patience: float = 20.0
    kills: int = 0
    deaths: int = 0
    _idle: deque[Worker] = field(default_factory=deque, init=False)
    _waiters: deque[tuple[asyncio.Future[Worker], str]] = field(default_factory=deque, init=False)
    _newest: bool = field(default=False, init=False)
    _long: OrderedDict[str, float] = field(default_factory=OrderedDict, init=False)
    _all: set[Worker] = field(default_factory=set, init=False)
    _aside: int = field(default=0, init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _endings: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _closed: bool = field(default=False, init=False)

    @property
    def bounds(self) -> tuple[str, ...]:
        """The bounds that hold for the workers (``confining.BOUNDS``)."""
        return min((worker.bounds for worker in self._all), default=(), key=len)

    @property
    def alive(self) -> int:
        """How many workers there are now."""
        return len(self._all)

    @property
    def busy(self) -> int:
        """How many of them compute."""
        return len(self._all) - len(self._idle)

    @property
    def aside(self) -> int:
        """How many of these have stepped aside."""
        return self._aside

    @property
    def queued(self) -> int:
        """How many requests wait."""
        return len(self._waiters)

    @property
    def is_crowded(self) -> bool:
        """Return whether as many are aside as may be."""
        return self._aside >= self.size

    async def start(self) -> None:
        """Start every worker; raises Died where one does not come up."""
        await asyncio.gather(*(self._start_surely() for _ in range(self.size)))

    async def ask(self, asked: Head, seconds: float) -> tuple[Head, bytes]:
        """Return the answer of a worker; of another one where somebody killed it: all may be killed at the same time.

        Raises Busy, TookTooLong, Died. One that is cancelled (the client hung up) takes its worker with it.
        """
        name = _name_of(asked)
        if self._is_unwelcome(name):
            raise Busy
        try:
            for _ in range(self.size):
                with contextlib.suppress(Killed):
                    return await self._ask(asked, seconds, name)
            return await self._ask(asked, seconds, name)
        except (_SentAway, TookTooLong, Died) as failed:
            self._remember(name)
            if isinstance(failed, _SentAway):
                await asyncio.sleep(_PAUSE)
            raise

    async def _ask(self, asked: Head, seconds: float, name: str) -> tuple[Head, bytes]:
        worker = await self._free_worker(name)
        working = asyncio.ensure_future(worker.ask({**asked, "seconds": seconds + _GRACE}))
        kept = aside = False
        try:
            await self._look_on(working, min(AT_ONCE, seconds))
            if not working.done() and seconds > AT_ONCE:
                self._step_aside(worker)
                aside = True
                await asyncio.wait((working,), timeout=seconds - AT_ONCE)
            if not working.done():
                raise TookTooLong
            answer = working.result()
            kept = not aside
            return answer
        except Died:
            self.deaths += 1
            raise
        except BaseException:
            self.kills += 1
            raise
        finally:
            working.cancel()
            self._aside -= aside
            if kept:
                self._give(worker)
            else:
                ending = self._let_go(worker)
                if not aside:
                    self._beside(self._start_after(ending))

    async def _look_on(self, working: asyncio.Future[tuple[Head, bytes]], seconds: float) -> None:
        """Wait until it is done, or others need its worker."""
        for _ in range(_LOOKS):
            await asyncio.wait((working,), timeout=seconds / _LOOKS)
            if working.done() or (self.is_crowded and self._waiters):
                return

    def _is_unwelcome(self, name: str) -> bool:
        """Return whether a query took too long of late, and there is a crowd."""
        return self.is_crowded and time.monotonic() - self._long.get(name, -_OF_LATE) < _OF_LATE

    def _remember(self, name: str) -> None:
        """Keep in mind that a query took too long."""
        self._long[name] = time.monotonic()
        self._long.move_to_end(name)
        if len(self._long) > _REMEMBERED:
            self._long.popitem(last=False)

    def _step_aside(self, worker: Worker) -> None:
        """Let another worker take the place of one that computes on; raises Busy where too many do."""
        if self.is_crowded:
            raise _SentAway
        self._aside += 1
        worker.lose_weight()
        self._beside(self._start_again())

    async def close(self) -> None:
        """End every worker."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in [*self._all]:
            self._let_go(worker)
        await asyncio.gather(*self._tasks, *self._endings, return_exceptions=True)

    async def _free_worker(self, name: str) -> Worker:
        try:
            async with asyncio.timeout(self.patience):
                while (worker := await self._next_worker(name)).is_gone():
                    # killed while nobody asked it anything
                    self.deaths += 1
                    self._beside(self._start_after(self._let_go(worker)))
                return worker
        except TimeoutError:
            raise Busy from None

    async def _next_worker(self, name: str) -> Worker:
        if self._idle:
            return self._idle.popleft()
        if len(self._waiters) >= self.waiting:
            raise Busy
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiters.append((turn, name))
        try:
            return await turn
        except BaseException:
            # it came in the moment in which nobody waited for it any more
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._give(turn.result())
            raise
        finally:
            with contextlib.suppress(ValueError):  # it was its turn
                self._waiters.remove((turn, name))

    def _give(self, worker: Worker) -> None:
        """Let a worker be had: by one who waits, if any."""
        while self._waiters:
            self._newest = self.is_crowded and not self._newest
            turn, name = self._waiters.pop() if self._newest else self._waiters.popleft()
            if turn.done():
                continue
            if not self._is_unwelcome(name):
                turn.set_result(worker)
                return
            turn.set_exception(Busy())
        self._idle.append(worker)

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _let_go(self, worker: Worker) -> asyncio.Task[None]:
        """End a worker; whatever else is given up meanwhile, this is not."""
        self._all.discard(worker)
        ending = asyncio.ensure_future(worker.end())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)
        return ending

    async def _start_after(self, ending: asyncio.Task[None]) -> None:
        await asyncio.shield(ending)
        await self._start_again()

    async def _start_surely(self) -> None:
        """Start a worker; again where it was killed meanwhile: new data are not to fail for that."""
        for _ in range(_STARTS - 1):
            with contextlib.suppress(Died):
                return await self._start_one()
        return await self._start_one()

    async def _start_again(self) -> None:
        """Start a worker, while nobody waits for it."""
        while not self._closed:
            try:
                await self._start_one()
            except (Died, OSError):  # the machine is short of something: try again, for the others wait
                await asyncio.sleep(_PAUSE)
            else:
                return

    async def _start_one(self) -> None:
        worker = await self.start_worker()
        await worker.open(self.folder)
        if self._closed:
            await worker.end()
            return
        self._all.add(worker)
        self._give(worker)


def _name_of(asked: Head) -> str:
    """Return what is the same for the same query, however it is set."""
    return " ".join(str(asked.get("query") or asked).split())
