"""The soak of the benchmarks, which are scripts and no package: its questions, right answers and servers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NAMES = ("serving_soak", "serving_client", "serving_process", "timing")


@contextmanager
def benchmark_modules() -> Iterator[ModuleType]:
    """Return ``serving_soak``, importable as long as needed."""
    before = sys.path[:]
    sys.path.insert(0, str(BENCHMARKS))
    yield import_module("serving_soak")
    sys.path[:] = before
    for name in NAMES:
        sys.modules.pop(name, None)
