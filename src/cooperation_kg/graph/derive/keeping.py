"""What was made of one state of a dataset, for the next: a thing that is made from the same again is not made again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Keeps what was made, by what it was made from; what the latest state had no use for is forgotten.

    >>> kept = Kept()
    >>> kept.begin("shared"), kept.of("length", 1, "abc", lambda: len("abc"))
    (None, 3)
    >>> kept.begin("shared"), kept.of("length", 1, "abc", lambda: None)
    (None, 3)
    """

    def __init__(self) -> None:
        self._shared: object = None
        self._before: dict[tuple[str, Hashable], tuple[object, Any]] = {}
        self._now: dict[tuple[str, Hashable], tuple[object, Any]] = {}

    def begin(self, shared: object) -> None:
        """Begin a state; nothing is kept of the former one where what everything is made from differs."""
        self._before = self._now if shared == self._shared else {}
        self._shared, self._now = shared, {}

    def of(self, kind: str, key: Hashable, made_from: object, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, from the former state where it was made from the same.

        Parameters
        ----------
        kind, key: what it is; no two things of a state may have both in common.
        made_from: all that it is made from beside what everything is made from.
        """
        known = self._before.get((kind, key))
        made: T = known[1] if known is not None and known[0] == made_from else make()
        self._now[kind, key] = made_from, made
        return made


class NotKept(Kept):
    """Keeps nothing, for a state that none will follow."""

    def of(self, kind: str, key: Hashable, made_from: object, make: Callable[[], T]) -> T:  # noqa: ARG002
        """Return what ``make`` gives."""
        return make()
