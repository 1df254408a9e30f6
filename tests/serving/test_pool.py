"""Who is answered in a crowd: the pool with workers that are no processes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from serving_world import run_apart

from cooperation_kg.serving import pool
from cooperation_kg.serving.pool import Busy, Pool
from cooperation_kg.serving.process import Killed, TookTooLong


class Worker:
    """Answers at once, but what begins with ``long`` never."""

    bounds = ()

    def __init__(self, begun: list[str]) -> None:
        self.begun = begun

    async def ask(self, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self.begun.append(asked["query"])
        if asked["query"].startswith("long"):
            await asyncio.Event().wait()
        return {"status": 200}, b""

    def is_gone(self) -> bool:
        return False

    def lose_weight(self) -> None:
        pass

    async def end(self) -> None:
        pass


async def _no_worker() -> Any:
    raise AssertionError("its workers are no processes")


class Crowded(Pool):
    """A pool of two such workers."""

    begun: list[str]

    async def _start_one(self) -> None:
        worker: Any = Worker(self.begun)
        self._all.add(worker)
        self._give(worker)


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Crowded:
    monkeypatch.setattr(pool, "AT_ONCE", 0.04)
    monkeypatch.setattr(pool, "_PAUSE", 0.0)
    made = Crowded(_no_worker, Path("none"), 2)
    made.begun = []
    return made


async def two_aside(crowd: Crowded) -> list[asyncio.Task[Any]]:
    """Let two long queries step aside."""
    await crowd.start()
    asked = [asyncio.create_task(crowd.ask({"query": f"long {n}"}, 60)) for n in range(2)]
    while not crowd.is_crowded:
        await asyncio.sleep(0.01)
    return asked


def test_who_asks_for_little_is_answered_while_many_ask_for_too_much(crowd: Crowded) -> None:
    async def work() -> None:
        aside = await two_aside(crowd)
        many = [asyncio.create_task(crowd.ask({"query": f"long, other {n}"}, 60)) for n in range(20)]
        await asyncio.sleep(0)
        assert await crowd.ask({"query": "short"}, 60) == ({"status": 200}, b"")
        # the newest first, in turn with the oldest: not all twenty were begun before it
        assert len(crowd.begun[2 : crowd.begun.index("short")]) < 20
        assert {type(failed) for failed in await asyncio.gather(*many, return_exceptions=True)} == {pool._SentAway}
        for task in aside:
            task.cancel()
        await asyncio.gather(*aside, return_exceptions=True)

    run_apart(work())


def test_in_a_crowd_a_query_that_took_too_long_is_not_begun_again(crowd: Crowded) -> None:
    async def work() -> None:
        await crowd.start()
        with pytest.raises(TookTooLong):
            await crowd.ask({"query": "long  once"}, 0.05)
        aside = await two_aside(crowd)
        begun = list(crowd.begun)
        with pytest.raises(Busy):
            await crowd.ask({"query": "long once"}, 60)
        assert crowd.begun == begun
        for task in aside:
            task.cancel()
        await asyncio.gather(*aside, return_exceptions=True)
        # and when the crowd is gone, it may try again
        with pytest.raises(TookTooLong):
            await crowd.ask({"query": "long once"}, 0.05)

    run_apart(work())


def test_who_asks_killed_workers_one_after_the_other_is_answered_by_a_new_one(
    crowd: Crowded, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = iter(range(2))

    async def ask(worker: Worker, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        worker.begun.append(asked["query"])
        if next(killed, None) is not None:
            raise Killed
        return {"status": 200}, b""

    monkeypatch.setattr(Worker, "ask", ask)

    async def work() -> None:
        await crowd.start()
        assert await crowd.ask({"query": "short"}, 60) == ({"status": 200}, b"")
        assert (crowd.begun, crowd.deaths) == (["short"] * 3, 2)

    run_apart(work())


def test_who_no_longer_waits_takes_no_worker_along(crowd: Crowded) -> None:
    async def work() -> None:
        await crowd.start()
        long = [asyncio.create_task(crowd.ask({"query": f"long {n}"}, 60)) for n in range(2)]
        await asyncio.sleep(0)
        gone = asyncio.create_task(crowd.ask({"query": "short"}, 60))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, *(task for task in long if task.cancel()), return_exceptions=True)
        assert crowd.queued == 0
        assert await crowd.ask({"query": "short"}, 60) == ({"status": 200}, b"")

    run_apart(work())
