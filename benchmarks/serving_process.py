"""A server as a process of its own: start it, look at it from outside (Linux: /proc), stop it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
CKG = (sys.executable, "-c", "from cooperation_kg.cli import main; main()", "serve", "--lang", "en")
OXIGRAPH = (str(Path(sys.executable).with_name("oxigraph")), "serve-read-only")
UP_SECONDS = 900.0
"""How long a server may take to come up: a large graph is built first."""
_PAUSE = 0.02


class NotUp(Exception):
    """A server ended, or did not answer in time."""


class Running:
    """A server that was started."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self.process.pid

    def said(self) -> str:
        """Return its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def await_said(self, text: str, times: int = 1) -> None:
        """Return once its log has a text so many times; raises NotUp where it ends first."""
        until = time.monotonic() + UP_SECONDS
        while self.said().count(text) < times:
            if self.process.poll() is not None or time.monotonic() > until:
                raise NotUp(self.said()[-400:])
            time.sleep(_PAUSE)

    def stop(self) -> int:
        """Tell it to stop; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str | Path],
    port: int,
    folder: Path,
    until: str = "",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """Run a server, from when it listens, and says so where ``until`` is given; it is ended at the end.

    Parameters
    ----------
    folder: where its log goes, and its temporary files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log, temporary = folder / "log.txt", folder / "tmp"
    temporary.mkdir(exist_ok=True)
    own = {**os.environ, "TMPDIR": str(temporary), **(environment or {})}
    with log.open("wb") as out:
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=out, env=own)
    server = Running(process, port, log)
    try:
        _await_port(server)
        if until:
            server.await_said(until)
        yield server
    finally:
        if process.poll() is None:
            try:
                server.stop()
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_port(server: Running) -> None:
    until = time.monotonic() + UP_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            return
        except OSError:
            if server.process.poll() is not None or time.monotonic() > until:
                raise NotUp(server.said()[-400:]) from None
            time.sleep(_PAUSE)


def ckg_serve(port: int, *options: str | Path) -> tuple[str, ...]:
    """Return the command of ``ckg serve`` at a port."""
    return (*CKG, "--port", str(port), *map(str, options))


def children(pid: int) -> list[int]:
    """Return the processes that a process started, and those they started."""
    found = []
    for told in PROC.glob(f"{pid}/task/*/children"):
        try:
            own = [int(number) for number in told.read_text(encoding="ascii").split()]
        except OSError:  # the thread has just ended
            continue
        found += [*own, *(below for child in own for below in children(child))]
    return sorted(set(found))


def workers(pid: int) -> dict[int, str]:
    """Return the processes that a server works with: number → module (``worker``, ``answering``, ``maker`` …)."""
    found = {}
    for child in children(pid):
        words = _read(child, "cmdline").decode("utf-8", "replace").split("\0")
        module = next((word for word in words if word.startswith("cooperation_kg.serving.")), "")
        if module.endswith((".worker", ".answering", ".maker", ".keeper")):
            found[child] = module.rpartition(".")[2]
    return found


def memory(pid: int) -> float:
    """Return the megabytes of a process that no other shares, and its part of those that are shared (PSS)."""
    for line in _read(pid, "smaps_rollup").splitlines():
        if line.startswith(b"Pss:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def descriptors(pid: int) -> int:
    """Return how many descriptors a process has open."""
    return sum(1 for _ in (PROC / str(pid) / "fd").iterdir())


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process and its living threads have used."""
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _read(pid: int, name: str) -> bytes:
    try:
        return (PROC / str(pid) / name).read_bytes()
    except OSError:  # it has just ended
        return b""
