"""What is the state of a server? The data that it serves now, what it has counted, and how it takes new data."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cooperation_kg.locations import data_folder
from cooperation_kg.serving.answers import Leaving
from cooperation_kg.serving.folders import sweep
from cooperation_kg.serving.frames import Head
from cooperation_kg.serving.generation import Generation
from cooperation_kg.serving.looking import Marks, looks, marks_of
from cooperation_kg.serving.making import Making, NotPublished, Workers
from cooperation_kg.serving.metrics import Gauge, Metrics
from cooperation_kg.serving.pool import Busy
from cooperation_kg.serving.process import Died, TookTooLong
from cooperation_kg.serving.publishing import RECORDS
from cooperation_kg.serving.refusals import Refused, no_memory, too_long
from cooperation_kg.serving.settings import Settings

_PAGE_SECONDS = 60.0
"""How long a page may take to be made: each is made once, however many ask for it."""
_AGAIN = 30.0
"""Seconds until new data are tried again for which the machine had no room."""


def _to_stderr(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@dataclass(eq=False)
class Serving:
    """A running server, without its socket.

    Parameters
    ----------
    say: where lines for its keeper go.
    """

    settings: Settings
    say: Callable[[str], None] = _to_stderr
    metrics: Metrics = field(default_factory=Metrics)
    leaving: Leaving = field(default_factory=Leaving)
    reloads: int = 0
    _now: Generation | None = None
    _making: Making | None = None
    _workers: Workers = field(init=False)
    _tasks: set[asyncio.Task[object]] = field(default_factory=set)
    _reloading: asyncio.Lock = field(default_factory=asyncio.Lock)
    _ended: dict[str, int] = field(default_factory=lambda: {"kills": 0, "deaths": 0})

    def __post_init__(self) -> None:
        """Know how workers are started."""
        self._workers = Workers(self.settings.memory)

    async def start(self) -> None:
        """Make the data ready, and the pages after it. Raises NotPublished."""
        # looked at before they are read: what changes meanwhile is new
        marks = await asyncio.to_thread(marks_of, self._folder) if self.settings.watch else {}
        if self.settings.watch and Making.is_possible():
            self._making = Making(self.settings)
        async with self._reloading:
            self._now = await Generation.make(self.settings, self._workers, self._making)
        self._beside(self._pages(self._now))
        self._beside(self._rest())
        if self.settings.watch:
            self._beside(self._watch(marks))

    async def stop(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._now is not None:
            await self._now.close()
        await self._workers.close()
        if self._making is not None:
            await self._making.close()
            await asyncio.to_thread(sweep)  # what it left where somebody killed it

    @property
    def now(self) -> Generation:
        """The data that are served; raises Refused where there are none yet."""
        if self._now is None:
            raise Refused(503)
        return self._now

    @contextmanager
    def using(self) -> Iterator[Generation]:
        """Give the data that are served now, which stay until the request is answered."""
        with self.now.used():
            yield self.now

    async def ask(self, generation: Generation, asked: Head, as_of: str = "") -> tuple[Head, bytes]:
        """Return the answer of a worker; raises Refused, with the status that fits, where there is none."""
        limits = {"most": self.settings.answer}
        try:
            return self._told(await generation.ask({**limits, **asked}, as_of))
        except (Busy, TookTooLong, Died, NotPublished) as failed:
            raise self._refused(failed) from None

    async def answer(self, generation: Generation, asked: Head) -> bytes:
        """Return what the records say, as JSON; raises Refused."""
        try:
            return self._told(await generation.answers.ask(asked, self.settings.seconds))[1]
        except (Busy, TookTooLong, Died) as failed:
            raise self._refused(failed) from None

    async def make_page(self, generation: Generation, name: str) -> None:
        """Make a page that is made when it is asked for; pass over what is there, or nowhere. Raises Refused."""
        if name in generation.files or name not in generation.to_make:
            return
        try:
            self._told((await generation.page(name, max(self.settings.seconds, _PAGE_SECONDS)), b""))
        except (Busy, TookTooLong, Died) as failed:
            raise self._refused(failed) from None

    async def reload(self) -> bool:
        """Serve the data as they are now; where they cannot be, go on with those of before.

        Return whether it is done with: false where the machine was short of something, and it may be tried again.
        """
        async with self._reloading:
            try:
                fresh = await self._made_anew()
            except (NotPublished, OSError) as faults:
                self.say(f"not reloaded 未更新：\n{faults}")
                return isinstance(faults, NotPublished) and not faults.may_pass
            former, self._now = self.now, fresh
            self.reloads += 1
            self.say(f"reloaded 已更新：{fresh.about['triples']} triples")
            self._ended = {"kills": self.kills(former), "deaths": self.deaths(former)}
            self._beside(former.retire())
            self._beside(self._rest())
            return True

    async def _rest(self) -> None:
        """Get ready for the next data, while nobody waits for it."""
        if self._making is not None:
            await self._workers.start_ahead(self.settings.workers)
            await self._making.rest(self.now.about["state"], self.now.folder / RECORDS)
            await asyncio.to_thread(sweep)  # what was killed while it made these

    async def _made_anew(self) -> Generation:
        """Return the data as they are now, with their pages; nothing of them is left where either cannot be made."""
        fresh = await Generation.make(self.settings, self._workers, self._making)
        try:
            await fresh.make_site()
        except BaseException:
            await fresh.close()
            raise
        return fresh

    def gauges(self) -> list[Gauge]:
        """Return what Prometheus is told of now."""
        now = self.now
        pools = now.pools()
        return [
            ("ckg_workers", "gauge", "Processes that answer.", sum(pool.alive for pool in pools)),
            ("ckg_workers_busy", "gauge", "Those that compute.", sum(pool.busy for pool in pools)),
            ("ckg_waiting", "gauge", "Requests that wait for one.", sum(pool.queued for pool in pools)),
            ("ckg_worker_kills_total", "counter", "Workers ended at a deadline.", self.kills(now)),
            ("ckg_worker_deaths_total", "counter", "Workers that died.", self.deaths(now)),
            ("ckg_triples", "gauge", "Triples served.", now.about["triples"]),
            ("ckg_reloads_total", "counter", "Times that new data were taken.", self.reloads),
            ("ckg_site_files", "gauge", "Files of the site.", len(now.names)),
        ]

    def kills(self, now: Generation) -> int:
        """Return how many workers were ended, those of former data included."""
        return self._ended["kills"] + sum(pool.kills for pool in now.pools())

    def deaths(self, now: Generation) -> int:
        """Return how many workers died, those of former data included."""
        return self._ended["deaths"] + sum(pool.deaths for pool in now.pools())

    def _told(self, answer: tuple[Head, bytes]) -> tuple[Head, bytes]:
        head, _ = answer
        if head["status"] != 200:
            if head["status"] in (413, 500):
                self.metrics.end("size" if head["status"] == 413 else "memory")
            raise Refused(head["status"], head["reason"])
        return answer

    def _refused(self, failed: Exception) -> Refused:
        match failed:
            case TookTooLong():
                self.metrics.end("deadline")
                return too_long(self.settings.seconds)
            case Died():
                self.metrics.end("memory")
                return no_memory()
            case Busy():
                self.metrics.end("waiting")
                return Refused(503)
            case _:
                return Refused(500)

    async def _pages(self, generation: Generation) -> None:
        began = time.monotonic()
        try:
            await generation.make_site()
        except NotPublished as faults:
            self.say(f"no pages 没有网页：{faults}")
        else:
            if generation.files and not generation.to_make:
                took = time.monotonic() - began
                self.say(f"{len(generation.files)} pages and files 个网页与文件 ({took:.0f} s)")

    @property
    def _folder(self) -> Path:
        return self.settings.data or data_folder()

    async def _watch(self, served: Marks) -> None:
        """Take new data whenever a file of them changed since it was served, or what held them is gone."""
        again = 0.0
        async for found in looks(self._folder):
            is_gone = self._making is not None and self._making.is_gone
            if (is_gone or found != served) and time.monotonic() >= again:
                if await self.reload():
                    served = found
                else:
                    again = time.monotonic() + _AGAIN

    def reload_beside(self) -> None:
        """Begin to take new data, and return at once."""
        self._beside(self.reload())

    def _beside(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
