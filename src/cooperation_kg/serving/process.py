"""One worker: a process that answers one request after the other, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from cooperation_kg.serving.frames import Head, packed, receive

_START_SECONDS = 60.0
_LAST_BREATH = 10.0
"""Seconds between the end of a worker's pipe and the word of the system why it ended, at most."""
_LESS_WEIGHT = 10


class TookTooLong(Exception):
    """The worker was killed at the deadline."""


class Died(Exception):
    """The worker died while it computed: in most cases for want of memory."""


class Killed(Died):
    """Somebody else killed the worker: the system short of memory, or a hand."""


@dataclass(eq=False)
class Worker:
    """A process that runs a module.

    ``bounds`` are those that hold for it (``confining.BOUNDS``).
    """

    process: asyncio.subprocess.Process
    bounds: tuple[str, ...] = ()

    @classmethod
    async def start(cls, command: Sequence[str]) -> Worker:
        """Return a worker that is ready; raises Died where it does not come up.

        Parameters
        ----------
        command: the module and its arguments.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # what an engine prints when it dies names its own files: nobody's business
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        worker = cls(process)
        try:
            async with asyncio.timeout(_START_SECONDS):
                told, _ = await receive(process.stdout)
        except (asyncio.IncompleteReadError, TimeoutError):
            await worker.end()
            raise Died from None
        except BaseException:
            await worker.end()
            raise
        worker.bounds = tuple(told["bounds"])
        return worker

    async def ask(self, asked: Head) -> tuple[Head, bytes]:
        """Return the answer; raises Killed, Died, TookTooLong where the process ends instead."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(packed(asked))
            await self.process.stdin.drain()
            return await receive(self.process.stdout)
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            raise await self._cause_of_death() from None

    def is_gone(self) -> bool:
        """Return whether it has ended: its pipe tells that before the system does."""
        assert self.process.stdout is not None
        return self.process.returncode is not None or self.process.stdout.at_eof()

    def lose_weight(self) -> None:
        """Let the others go first."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # it has just ended
                os.setpriority(os.PRIO_PROCESS, self.process.pid, _LESS_WEIGHT)

    async def end(self) -> None:
        """Kill it, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    async def _cause_of_death(self) -> Exception:
        """Return why one that closed its pipe is gone: the system ended it at its bound of time, or it died."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), _LAST_BREATH)
        if sys.platform == "win32":
            return Died()
        code = self.process.returncode
        return TookTooLong() if code == -signal.SIGXCPU else Killed() if code == -signal.SIGKILL else Died()
