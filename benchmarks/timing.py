"""Run a program as its own process and say what it took: wall, processor time (children included), peak memory."""

from __future__ import annotations

import math
import os
import platform
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

Taken = dict[str, float]
MEMORY = 20 * 2**30
"""Bytes of memory, as addressed, after which a program fails rather than take the machine with it."""
CPU, WALL, PEAK = "cpu s", "wall s", "peak MB"


class Failed(Exception):
    """A program ended with a fault; the text is the end of what it said."""


def run(command: Sequence[str | Path], said: Path) -> Taken:
    """Run a command to its end; what it prints goes to the file ``said``.

    Raises Failed where it does not end with 0; it may not have more than MEMORY.
    """
    with said.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=out)
        if hasattr(resource, "prlimit"):
            resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"exit {process.returncode}: {said.read_text(encoding='utf-8', errors='replace')[-300:]}")
    return {WALL: wall, CPU: used.ru_utime + used.ru_stime, PEAK: used.ru_maxrss / 1024}


def apart(act: Callable[..., Any], *given: Any) -> Any:
    """Return what a function returns in a process of its own.

    The peak that the system tells of a process is never below that of the one which started it; so whatever holds much
    happens elsewhere, and the one that measures stays small.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(act, *given).result()


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return median, least and most, to four digits.

    >>> spread([3.0, 1.0, 2.0])
    {'median': 2.0, 'least': 1.0, 'most': 3.0}
    """
    return {
        "median": digits(statistics.median(values)),
        "least": digits(min(values)),
        "most": digits(max(values)),
    }


def digits(value: float) -> float:
    """Return a number with four significant digits.

    >>> digits(0.0123456)
    0.01235
    """
    return float(f"{value:.4g}")


def gather(rounds: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return the spread of every measure over rounds."""
    return {name: spread([one[name] for one in rounds]) for name in rounds[0]}


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return how a cost grows: b of cost = a · size^b, by least squares over the logarithms.

    >>> round(exponent([1, 10, 100], [2, 20, 200]), 6)
    1.0
    """
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    return statistics.linear_regression(x, y).slope


def geometric_mean(values: Sequence[float]) -> float:
    """Return the geometric mean."""
    return statistics.geometric_mean(values)


def machine() -> dict[str, Any]:
    """Return the class of this machine; nothing that names it."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processors": os.cpu_count(),
        "memory GB": round(pages / 2**30),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
