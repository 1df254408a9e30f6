"""How does the server fare? Counts and durations in the text format of Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends of the classes of durations, in seconds."""
MEDIA = "text/plain; version=0.0.4; charset=utf-8"
Gauge = tuple[str, str, str, float]
"""(name, type, help, value)."""


@dataclass
class Metrics:
    """What was answered so far, by kind of address; there are few kinds, so that nobody can make it grow."""

    _requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    _within: Counter[tuple[str, float]] = field(default_factory=Counter)
    _seconds: dict[str, float] = field(default_factory=dict)
    _ended: Counter[str] = field(default_factory=Counter)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Take in one answer."""
        self._requests[route, method, status] += 1
        self._seconds[route] = self._seconds.get(route, 0.0) + seconds
        for end in BUCKETS:
            if seconds <= end:
                self._within[route, end] += 1

    def end(self, why: str) -> None:
        """Take in one query that was ended: ``deadline``, ``memory``, ``busy``."""
        self._ended[why] += 1

    def text(self, gauges: Iterable[Gauge]) -> str:
        """Return everything, with the values of now.

        >>> metrics = Metrics()
        >>> metrics.count("sparql", "GET", 200, 0.2)
        >>> 'ckg_requests_total{route="sparql",method="GET",status="200"} 1' in metrics.text([])
        True
        """
        return "".join(f"{line}\n" for line in (*self._lines(), *_gauge_lines(gauges)))

    def _lines(self) -> Iterator[str]:
        yield from _head("ckg_requests_total", "counter", "Requests answered.")
        for (route, method, status), number in sorted(self._requests.items()):
            yield f'ckg_requests_total{{route="{route}",method="{method}",status="{status}"}} {number}'
        yield from _head("ckg_request_seconds", "histogram", "Seconds from request to answer.")
        for route, seconds in sorted(self._seconds.items()):
            every = sum(number for (own, _, _), number in self._requests.items() if own == route)
            for end in BUCKETS:
                yield f'ckg_request_seconds_bucket{{route="{route}",le="{end:g}"}} {self._within[route, end]}'
            yield f'ckg_request_seconds_bucket{{route="{route}",le="+Inf"}} {every}'
            yield f'ckg_request_seconds_sum{{route="{route}"}} {seconds:.6f}'
            yield f'ckg_request_seconds_count{{route="{route}"}} {every}'
        yield from _head("ckg_queries_ended_total", "counter", "Queries that were ended, by the bound they reached.")
        for why, number in sorted(self._ended.items()):
            yield f'ckg_queries_ended_total{{bound="{why}"}} {number}'


def _gauge_lines(gauges: Iterable[Gauge]) -> Iterator[str]:
    for name, kind, told, value in gauges:
        yield from _head(name, kind, told)
        yield f"{name} {value:g}" if value != int(value) else f"{name} {int(value)}"


def _head(name: str, kind: str, told: str) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"
