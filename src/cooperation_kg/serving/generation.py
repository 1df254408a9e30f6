"""What is served now? One state of the data: its stores, its records, its pages, and the workers that answer from them.

A new state is made beside the one that answers, and takes its place when it is whole; the former one stays until the
last request that began with it is answered.
"""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import sys
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO, Any

from cooperation_kg.serving import publishing
from cooperation_kg.serving.folders import NO_LOCK, make_folder, remove_folder, sweep
from cooperation_kg.serving.frames import Head
from cooperation_kg.serving.making import MODULE, Making, NotPublished, Workers
from cooperation_kg.serving.pool import Busy, Pool
from cooperation_kg.serving.process import Died, Worker
from cooperation_kg.serving.settings import Settings

_NARROWING_SECONDS = 120.0
_ANSWERING = 2
"""How many processes answer from the records."""
_MANIFEST = "site-manifest.json"


@dataclass(eq=False)
class Generation:
    """One state of the data."""

    folder: Path
    settings: Settings
    about: Mapping[str, Any]
    workers: Workers
    queries: Pool
    answers: Pool
    lock: int = NO_LOCK
    files: dict[str, Path] = field(default_factory=dict, init=False)
    to_make: frozenset[str] = field(default=frozenset(), init=False)
    _narrowed: OrderedDict[str, Pool] = field(default_factory=OrderedDict, init=False)
    _narrowing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _asking: dict[str, int] = field(default_factory=dict, init=False)
    _made: int = field(default=0, init=False)
    _being_made: dict[str, asyncio.Future[Head]] = field(default_factory=dict, init=False)
    _taken: Iterator[int] = field(default_factory=count, init=False)
    _users: int = field(default=0, init=False)
    _unused: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    @classmethod
    async def make(cls, settings: Settings, workers: Workers, making: Making | None = None) -> Generation:
        """Return the data as they are now, ready to answer. Raises NotPublished.

        Parameters
        ----------
        workers: starts those that answer SPARQL.
        making: the process that holds the data and makes pages when they are asked for; without it all is made anew,
            and there are no pages yet.
        """
        await asyncio.to_thread(sweep)
        folder, lock = make_folder()
        pools: list[Pool] = []
        about: Mapping[str, Any]
        try:
            if making is None:
                await _publish("graph", str(folder), str(settings.data or ""), settings.lang)
                about = publishing.read_about(folder)
                start = partial(_start_answering, settings)
            else:
                about = await making.make(folder)
                start = partial(_copy_or_start, settings, making, about["state"], folder / publishing.RECORDS)
            pools = [
                Pool(workers.start, folder / publishing.STORE, settings.workers, settings.waiting),
                Pool(start, folder, _ANSWERING, settings.waiting),
            ]
            await asyncio.gather(*(pool.start() for pool in pools))
            queries, answers = pools
            made = cls(folder, settings, about, workers, queries, answers, lock)
            if settings.site is not None:
                made.files = listed(settings.site)
            elif settings.with_site:
                made.to_make = frozenset(about.get("names", ()))
            return made
        except BaseException as failed:
            await asyncio.gather(*(pool.close() for pool in pools))
            await asyncio.to_thread(remove_folder, folder, lock)
            if isinstance(failed, Died):
                raise NotPublished("a worker did not start 工作进程未能启动", may_pass=True) from None
            raise

    async def make_site(self) -> None:
        """Make the pages, where they are not made when asked for, and serve them from now on. Raises NotPublished."""
        if self.settings.with_site and self.settings.site is None and not self.to_make:
            await _publish("site", str(self.folder), self.settings.lang)
            self.files = await asyncio.to_thread(listed, self.folder / publishing.SITE)

    @property
    def names(self) -> Collection[str]:
        """The names of pages and files, made already or not."""
        return self.to_make or self.files.keys()

    async def page(self, name: str, seconds: float) -> Head:
        """Make a page, and serve it from now on; all who ask for it meanwhile wait for the same.

        Return the head of the worker's answer. Raises Busy, TookTooLong, Died.
        """
        making = self._being_made.get(name)
        if making is None:
            making = self._being_made[name] = asyncio.ensure_future(self._make_page(name, seconds))
            making.add_done_callback(partial(self._is_made, name))
        # whoever leaves, leaves the others waiting
        return await asyncio.shield(making)

    async def _make_page(self, name: str, seconds: float) -> Head:
        head, body = await self.answers.ask({"page": name}, seconds)
        await asyncio.to_thread(self._take_files, head.get("files", ()), io.BytesIO(body))
        return head

    def _is_made(self, name: str, making: asyncio.Future[Head]) -> None:
        del self._being_made[name]
        if not making.cancelled():
            making.exception()  # told to those who still wait; there may be none

    def _take_files(self, files: Sequence[tuple[str, int]], content: IO[bytes]) -> None:
        for name, size in files:
            # never the same twice: one that is being read is not written
            path = self.folder / f"file-{next(self._taken)}{PurePosixPath(name).suffix}"
            path.write_bytes(content.read(size))
            self.files[name] = path

    @contextmanager
    def used(self) -> Iterator[None]:
        """Keep this state until the request is answered."""
        self._users += 1
        self._unused.clear()
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                self._unused.set()

    async def ask(self, asked: Head, as_of: str = "") -> tuple[Head, bytes]:
        """Return the answer to a SPARQL query, of the whole graph or of that as of a time.

        Raises Busy, TookTooLong, Died, NotPublished.
        """
        if not as_of:
            return await self.queries.ask(asked, self.settings.seconds)
        self._asking[as_of] = self._asking.get(as_of, 0) + 1
        try:
            pool = await self._narrow(as_of)
            return await pool.ask(asked, self.settings.seconds)
        finally:
            self._asking[as_of] -= 1
            if not self._asking[as_of]:
                del self._asking[as_of]

    def pools(self) -> list[Pool]:
        """Return every pool of this state."""
        return [self.queries, self.answers, *self._narrowed.values()]

    async def retire(self) -> None:
        """Wait until nobody uses this state, then close it."""
        while self._users:
            await self._unused.wait()
        await self.close()

    async def close(self) -> None:
        """End all workers, and take the folder away."""
        await asyncio.gather(*(pool.close() for pool in self.pools()))
        await asyncio.to_thread(remove_folder, self.folder, self.lock)

    async def _narrow(self, as_of: str) -> Pool:
        """Return the workers of the graph as of a time; made where they are not there, one time after the other."""
        if len(self._asking) > self.settings.waiting:
            raise Busy
        async with self._narrowing:
            if as_of in self._narrowed:
                self._narrowed.move_to_end(as_of)
                return self._narrowed[as_of]
            await self._make_room()
            self._made += 1
            store = self.folder / f"as-of-{self._made}"
            records = self.folder / publishing.RECORDS
            if not records.exists():
                await self.answers.ask({"records": str(records)}, _NARROWING_SECONDS)
            await _publish("narrow", str(self.folder), as_of, str(store), self.settings.lang, most=_NARROWING_SECONDS)
            pool = Pool(self.workers.start, store, 1, self.settings.waiting)
            try:
                await pool.start()
            except BaseException:
                await pool.close()
                raise
            self._narrowed[as_of] = pool
            return pool

    async def _make_room(self) -> None:
        """End the workers of the time that was not asked about for longest; of one that is being asked, none."""
        while len(self._narrowed) >= self.settings.narrowed:
            resting = next((as_of for as_of in self._narrowed if as_of not in self._asking), None)
            if resting is None:
                raise Busy
            pool = self._narrowed.pop(resting)
            await pool.close()
            await asyncio.to_thread(shutil.rmtree, pool.folder, ignore_errors=True)


def listed(folder: Path) -> dict[str, Path]:
    """Return the files of a site by the name under which they are served: what is not here does not exist.

    Links, and names that begin with a dot, are passed over: whatever is asked for, nothing outside can be read.
    """
    found: dict[str, Path] = {}
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(above, name)
            if not name.startswith(".") and name != _MANIFEST and path.is_file() and not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = path
    return found


async def _start_answering(settings: Settings) -> Worker:
    return await Worker.spawn((f"{MODULE}.answering", str(settings.memory), settings.lang))


async def _copy_or_start(settings: Settings, making: Making, state: int, records: Path) -> Worker:
    """Return a copy of the process that holds the data; where somebody killed that, one that reads the records."""
    try:
        return await making.copy(state)
    except Died:
        if not records.exists():
            raise
        return await _start_answering(settings)


async def _publish(*arguments: str, most: float | None = None) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        f"{MODULE}.publishing",
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(most):
            _, said = await process.communicate()
    except BaseException as failed:
        process.kill()
        await process.wait()
        if isinstance(failed, TimeoutError):
            raise Busy from None
        raise
    if process.returncode:
        raise NotPublished(said.decode("utf-8", "replace").strip(), may_pass=process.returncode != publishing.FAULTY)
