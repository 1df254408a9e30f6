"""What is served now? One state of the data: its stores, its records, its pages, and the workers that answer from them.

A new state is made beside the one that answers, and takes its place when it is whole; the former one stays until the
last request that began with it is answered.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cooperation_kg.serving import publishing
from cooperation_kg.serving.folders import NO_LOCK, make_folder, remove_folder, sweep
from cooperation_kg.serving.frames import Head
from cooperation_kg.serving.pool import Busy, Pool
from cooperation_kg.serving.process import Died
from cooperation_kg.serving.settings import Settings

_MODULE = "cooperation_kg.serving"
_NARROWING_SECONDS = 120.0
_ANSWERING = 2
"""How many processes answer from the records."""
_MANIFEST = "site-manifest.json"


class NotPublished(Exception):
    """The data could not be made ready; the text says why, one fault a line.

    ``may_pass`` is true where the machine was short of something, and the data may be sound.
    """

    def __init__(self, why: str, *, may_pass: bool) -> None:
        super().__init__(why)
        self.may_pass = may_pass


@dataclass(eq=False)
class Generation:
    """One state of the data."""

    folder: Path
    settings: Settings
    about: Mapping[str, Any]
    queries: Pool
    answers: Pool
    files: Mapping[str, Path] = field(default_factory=dict)
    lock: int = NO_LOCK
    _narrowed: OrderedDict[str, Pool] = field(default_factory=OrderedDict, init=False)
    _narrowing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _asking: dict[str, int] = field(default_factory=dict, init=False)
    _made: int = field(default=0, init=False)
    _users: int = field(default=0, init=False)
    _unused: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    @classmethod
    async def make(cls, settings: Settings) -> Generation:
        """Return the data as they are now, ready to answer; without pages yet. Raises NotPublished."""
        await asyncio.to_thread(sweep)
        folder, lock = make_folder()
        queries = _pool("worker", folder / publishing.STORE, settings, settings.workers)
        answers = _pool("answering", folder, settings, _ANSWERING)
        try:
            await _publish("graph", str(folder), str(settings.data or ""), settings.lang)
            await asyncio.gather(queries.start(), answers.start())
            files = listed(settings.site) if settings.site is not None else {}
            return cls(folder, settings, publishing.read_about(folder), queries, answers, files, lock)
        except BaseException as failed:
            await asyncio.gather(queries.close(), answers.close())
            await asyncio.to_thread(remove_folder, folder, lock)
            if isinstance(failed, Died):
                raise NotPublished("a worker did not start 工作进程未能启动", may_pass=True) from None
            raise

    async def make_site(self) -> None:
        """Make the pages, and serve them from now on. Raises NotPublished."""
        if self.settings.with_site and self.settings.site is None:
            await _publish("site", str(self.folder), self.settings.lang)
            self.files = await asyncio.to_thread(listed, self.folder / publishing.SITE)

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
            await _publish("narrow", str(self.folder), as_of, str(store), self.settings.lang, most=_NARROWING_SECONDS)
            pool = _pool("worker", store, self.settings, 1)
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
            await asyncio.to_thread(shutil.rmtree, pool.command[1], ignore_errors=True)


def listed(folder: Path) -> Mapping[str, Path]:
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


async def _publish(*arguments: str, most: float | None = None) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        f"{_MODULE}.publishing",
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


def _pool(module: str, folder: Path, settings: Settings, size: int) -> Pool:
    command = (f"{_MODULE}.{module}", str(folder), str(settings.memory))
    return Pool(command, size, settings.waiting)
