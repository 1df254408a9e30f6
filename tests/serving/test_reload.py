"""New data: what is left of those that cannot be served, and when they are tried again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from serving_world import run_apart

from cooperation_kg.serving import serving
from cooperation_kg.serving.making import NotPublished
from cooperation_kg.serving.serving import Serving
from cooperation_kg.serving.settings import Settings

FULL = NotPublished("cannot make it ready: No space left on device", may_pass=True)
FAULTY = NotPublished("places.yaml:3:5: E104", may_pass=False)
NO_FOLDER = OSError(28, "No space left on device")


@dataclass
class State:
    """A state of the data whose pages cannot be made."""

    failed: Exception
    closed: list[Exception] = field(default_factory=list)

    async def make(self, *_: object) -> State:
        if isinstance(self.failed, OSError):
            raise self.failed
        return self

    async def make_site(self) -> None:
        raise self.failed

    async def close(self) -> None:
        self.closed.append(self.failed)


@pytest.mark.parametrize(
    ("failed", "done_with", "closed"), [(FULL, False, [FULL]), (FAULTY, True, [FAULTY]), (NO_FOLDER, False, [])]
)
def test_of_data_that_cannot_be_served_nothing_is_left(
    failed: Exception, done_with: bool, closed: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    state, said = State(failed), list[str]()
    monkeypatch.setattr(serving, "Generation", state)
    found: list[bool] = []

    async def work() -> None:
        found.append(await Serving(Settings(), said.append).reload())

    run_apart(work())
    assert (found, state.closed, said) == ([done_with], closed, [f"not reloaded 未更新：\n{failed}"])


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[bool]], int]:
    """Return how often an edit is tried, where the tries end as told."""

    def count(ends: list[bool]) -> int:
        class Watched(Serving):
            async def reload(self) -> bool:
                asked.append(1)
                return ends[len(asked) - 1]

        async def looks(_: Path) -> AsyncIterator[dict[Path, int]]:
            for mark in (1, 2, 2, 2, 2):
                yield {Path("a"): mark}

        asked: list[int] = []
        monkeypatch.setattr(serving, "looks", looks)
        monkeypatch.setattr(serving, "_AGAIN", 0.0)

        async def work() -> None:
            await Watched(Settings())._watch({Path("a"): 1})  # type: ignore[dict-item]

        run_apart(work())
        return len(asked)

    return count


def test_an_edit_is_tried_again_until_the_machine_has_room(tried: Callable[[list[bool]], int]) -> None:
    assert tried([False, False, True]) == 3


def test_an_edit_that_is_done_with_is_not_tried_again(tried: Callable[[list[bool]], int]) -> None:
    assert tried([True]) == 1
