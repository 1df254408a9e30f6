"""One worker: a process that answers one request after the other, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

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


class Life(Protocol):
    """What is known of a process: ``returncode`` as ``subprocess.Popen`` has it, None while it is not known."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def returncode(self) -> int | None:
        """How it ended."""

    def kill(self) -> None:
        """End it now."""

    async def wait(self) -> int | None:
        """Wait until it has ended."""


@dataclass(eq=False)
class Worker:
    """A process that answers frames.

    ``bounds`` are those that hold for it (``confining.BOUNDS``).
    """

    life: Life
    incoming: asyncio.StreamReader
    outgoing: asyncio.StreamWriter
    bounds: tuple[str, ...] = ()

    @classmethod
    async def spawn(cls, command: Sequence[str], *, descriptor: int | None = None) -> Worker:
        """Return a process that runs a module, and has opened nothing yet.

        Parameters
        ----------
        command: the module and its arguments.
        descriptor: one of ours that it is to have too.
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
            pass_fds=() if descriptor is None else (descriptor,),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        return cls(process, process.stdout, process.stdin)

    async def open(self, folder: Path) -> None:
        """Let it open what it answers from; raises Died where it does not come up."""
        try:
            async with asyncio.timeout(_START_SECONDS):
                told, _ = await self.ask({"open": str(folder)})
        except (Died, TookTooLong, TimeoutError):
            await self.end()
            raise Died from None
        except BaseException:
            await self.end()
            raise
        self.bounds = tuple(told["bounds"])

    async def ask(self, asked: Head) -> tuple[Head, bytes]:
        """Return the answer; raises Killed, Died, TookTooLong where the process ends instead."""
        try:
            self.outgoing.write(packed(asked))
            await self.outgoing.drain()
            return await receive(self.incoming)
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            raise await self._cause_of_death() from None

    def is_gone(self) -> bool:
        """Return whether it has ended: its pipe tells that before the system does."""
        return self.life.returncode is not None or self.incoming.at_eof()

    def lose_weight(self) -> None:
        """Let the others go first."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # it has just ended
                os.setpriority(os.PRIO_PROCESS, self.life.pid, _LESS_WEIGHT)

    async def end(self) -> None:
        """Kill it, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.life.kill()
        try:
            await self.life.wait()
        finally:
            self.outgoing.close()

    async def _cause_of_death(self) -> Exception:
        """Return why one that closed its pipe is gone: the system ended it at its bound of time, or it died."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.life.wait(), _LAST_BREATH)
        if sys.platform == "win32":
            return Died()
        code = self.life.returncode
        if code == -signal.SIGXCPU:
            return TookTooLong()
        # of a copy nobody knows how it ended where its parent was killed, too
        return Killed() if code in (None, -signal.SIGKILL) else Died()
