"""How do the server and its workers talk? In frames over pipes: a head in JSON, then a body of bytes.

A frame is the length of the head (4 bytes), the length of the body (8 bytes, both big-endian), the head, the body.
"""

from __future__ import annotations

import asyncio
import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct(">IQ")
Head = dict[str, Any]
"""What a frame says, as plain data."""


def packed(head: Head, body: bytes = b"") -> bytes:
    """Return a frame.

    >>> packed({"ask": 1}, b"x")[12:]
    b'{"ask": 1}x'
    """
    told = json.dumps(head).encode()
    return _LENGTHS.pack(len(told), len(body)) + told + body


def write_frame(pipe: IO[bytes], head: Head, body: bytes = b"") -> None:
    """Write a frame; raises BrokenPipeError where nobody listens any more."""
    pipe.write(packed(head, body))
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[Head, bytes] | None:
    """Return the next frame, or None where the other end has closed."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    of_head, of_body = _LENGTHS.unpack(lengths)
    return json.loads(pipe.read(of_head)), pipe.read(of_body)


async def receive(stream: asyncio.StreamReader) -> tuple[Head, bytes]:
    """Return the next frame of a worker; raises asyncio.IncompleteReadError where it died."""
    of_head, of_body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    return json.loads(await stream.readexactly(of_head)), await stream.readexactly(of_body)
