"""How is the work shared? Over the processors there are, a task after another; the results keep their order.

A process is copied as it stands (``fork``), the graph in it, so that nothing is read twice; where the system cannot do
that safely (Windows, macOS, or when other threads run: a copy has one thread only, and what another one locked stays
locked) the tasks are done one after another. What comes out is the same.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from cooperation_kg.errors import OutputError

MOST_WORKERS = 8
"""More processes than this would wait for the one that gathers what they make."""
Made = dict[str, bytes]
"""Files by name."""


@dataclass(frozen=True)
class Task:
    """Makes some files; ``stage`` says what kind of work it is, for the account of the time."""

    stage: str
    make: Callable[[], Made]


@dataclass(frozen=True)
class Done:
    """What a task made, and how many seconds of processor time that took."""

    stage: str
    files: Made
    seconds: float


# what the copied processes find: a task may be a closure, which cannot be sent to them
_tasks: Sequence[Task] = ()


def do_all(tasks: Sequence[Task], workers: int | None = None) -> list[Done]:
    """Return what each task makes, in the order of the tasks.

    Parameters
    ----------
    workers: how many processes; as many as there are processors for us where None.

    Raises OutputError where a process is killed (out of memory, most likely); what a task raises, is raised.

    >>> [done.files for done in do_all([Task("a", lambda: {"x": b"1"}), Task("a", lambda: {"y": b"2"})])]
    [{'x': b'1'}, {'y': b'2'}]
    """
    number = min(workers or processors(), MOST_WORKERS, len(tasks))
    if number < 2 or not can_fork():
        return [_do(task) for task in tasks]
    return _side_by_side(tasks, number)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Return whether this process may be copied safely: on Linux, while it has one thread."""
    try:
        return sys.platform == "linux" and sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return False


def _side_by_side(tasks: Sequence[Task], number: int) -> list[Done]:
    global _tasks
    _tasks = tasks
    gc.freeze()  # or else the copies would touch, and so copy, every object that they share
    try:
        with ProcessPoolExecutor(number, multiprocessing.get_context("fork"), _leave_interrupts_to_us) as pool:
            try:
                return list(pool.map(_do_numbered, range(len(tasks))))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except BrokenProcessPool as broken:
        raise OutputError(
            "a process that made pages was stopped from outside (out of memory?); nothing was written"
        ) from broken
    finally:
        gc.unfreeze()
        _tasks = ()


def _leave_interrupts_to_us() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do_numbered(number: int) -> Done:
    return _do(_tasks[number])


def _do(task: Task) -> Done:
    began = time.process_time()
    files = task.make()
    return Done(task.stage, files, time.process_time() - began)
