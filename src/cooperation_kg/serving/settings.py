"""What can be set of a server: where it listens, what it serves, and how much anybody may ask of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Settings:
    """How a server is to run; what nobody sets is meant for the open network behind a proxy.

    Parameters
    ----------
    data: the data folder; the shipped facts where None.
    site: a folder that ``ckg build`` or ``ckg site`` wrote; where None, the server makes its own.
    with_site: whether there are pages at all.
    watch: whether to serve the data anew whenever a file of them changes.
    workers: how many processes answer SPARQL at the same time.
    seconds: how long a query may take.
    memory: bytes that a query may need.
    answer: bytes that an answer may have.
    waiting: how many requests may wait for a worker; the next one is told to come again.
    narrowed: how many graphs as of a time are kept ready.

    >>> Settings().host, Settings().seconds
    ('127.0.0.1', 10.0)
    """

    data: Path | None = None
    site: Path | None = None
    with_site: bool = True
    host: str = "127.0.0.1"
    port: int = 8000
    watch: bool = False
    workers: int = max(2, os.cpu_count() or 2)
    seconds: float = 10.0
    memory: int = 1024 * MEGABYTE
    answer: int = 32 * MEGABYTE
    waiting: int = 64
    narrowed: int = 4
    connections: int = 512
    lang: str = "zh"


LONGEST_URL = 16_000
"""Bytes of path and query string; a longer query goes by POST."""
LARGEST_BODY = 128 * 1024
"""Bytes of a request: a query of 20,000 characters, percent-encoded in a form where it is mostly ASCII."""
LARGEST_HEAD = 48 * 1024
"""Bytes of a request line with all its headers."""
MOST_HEADERS = 100
BODY_SECONDS = 10.0
"""How long the body of a request may take to arrive."""
HEAD_SECONDS = 15.0
"""How long the head of a request may take to arrive."""
STOP_SECONDS = 20
"""How long a server that is told to stop waits for what it is answering."""
