"""Twenty seconds of traffic with faults: nothing is answered wrongly, nothing is lost, nothing is left behind.

``benchmarks/serving.py soak`` does the same for as long as one likes; and that it would notice is shown first.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from serving_world import apart, run_apart
from soak_world import benchmark_modules


@pytest.fixture(scope="module")
def soaking() -> Iterator[ModuleType]:
    with benchmark_modules() as module:
        yield module


def _asked_of(soaking: ModuleType, folder: Path, said: bytes, served: frozenset[int]) -> Any:
    """Return what a soak finds where every request is answered so: right is [1] in state 0, [2] in state 1."""

    class Answers(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.line = transport

        def data_received(self, data: bytes) -> None:
            assert isinstance(self.line, asyncio.Transport)
            self.line.write(said)
            self.line.close()

    async def run() -> Any:
        server = await asyncio.get_running_loop().create_server(Answers, "127.0.0.1", 0)
        made = soaking.Soak(soaking.SUBJECTS["mini"], folder)
        made.right = [{"q": [1]}, {"q": [2]}]
        made.served = [served]
        async with server, soaking.Line(server.sockets[0].getsockname()[1]) as line:
            await made.ask(line, soaking.Question("q", soaking.Request("/"), json.loads))
        return made.found

    return run_apart(run())


def _http(body: bytes, length: int) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (length, body)


@pytest.mark.parametrize(
    ("said", "served", "counted"),
    [
        (_http(b"[1]", 3), {0}, "answered"),
        (_http(b"[2]", 3), {0, 1}, "answered"),
        (_http(b"[2]", 3), {0}, "wrong"),
        (_http(b"[3]", 3), {0, 1}, "wrong"),
        (_http(b"[1", 3), {0}, "lost"),
        (b"", {0}, "lost"),
        (b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", {0}, "refused"),
    ],
    ids=["right", "right of two", "of no state served", "of no state", "half", "none", "refused"],
)
def test_a_soak_counts_what_is_wrong_lost_and_refused(
    said: bytes, served: set[int], counted: str, soaking: ModuleType, tmp_path: Path
) -> None:
    found = _asked_of(soaking, tmp_path, said, frozenset(served))
    told = {name: sum(getattr(found, name).values()) for name in ("answered", "wrong", "lost", "refused")}
    assert told == {name: int(name == counted) for name in told}


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="looks at the server through /proc: Linux")
def test_under_faults_nothing_is_wrong_or_lost_and_nothing_is_left(soaking: ModuleType, tmp_path: Path) -> None:
    found = apart(soaking.soak, soaking.SUBJECTS["mini"], tmp_path, seconds=20)
    assert (found.wrong, found.lost, found.attacks_wrong) == ({}, {}, {})
    # one that is told to come again comes again; no other honest request is refused
    assert {name.rpartition(": ")[2] for name in found.refused} <= {"503"}
    assert set(found.answered) == {question.name for question in soaking.questions(soaking.SUBJECTS["mini"])}
    assert found.reloads >= 1
    assert set(found.faults) == {
        *("attack", "half request", "hang up answered", "hang up asking", "hang up waiting", "kill worker", "reload")
    }
    for what in ("descriptors", "processes", "folders"):
        assert found.end[what] <= found.begin[what], what
    assert (found.exit_code, found.left) == (0, [])
