"""How are pages and downloads served? By name, from a list of what there is; told again only when they changed."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

from cooperation_kg.serving.answers import NOTHING_RUNS, SAFE, Leaving, answer, takes_gzip, zipped
from cooperation_kg.serving.refusals import Refused

MEDIA: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".rdf": "application/rdf+xml",
    ".graphml": "application/graphml+xml",
    ".gexf": "application/gexf+xml",
    ".xml": "application/xml",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
}
"""Ending of a file → its media type; what has no line here is a stream of bytes, which no browser runs."""
_ZIPPED_ALREADY = frozenset({".png", ".woff2", ".xlsx", ".zip"})
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', re.IGNORECASE)
_HEAD = 4_096
_NO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_DRAWING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


async def serve_file(request: Request, name: str, files: Mapping[str, Path], leaving: Leaving) -> Response:
    """Return a file of the site, or that it is still what the client has; raises Refused where there is none.

    Parameters
    ----------
    name: as in the address, decoded; looked up, never joined to a folder.
    files: what there is (``generation.listed``).
    """
    path = files.get(name)
    if path is None:
        raise Refused(404)
    try:
        found = await asyncio.to_thread(path.stat)
        tag = f'W/"{found.st_mtime_ns:x}-{found.st_size:x}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if _knows(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers={**SAFE, **headers})
        content = await asyncio.to_thread(path.read_bytes)
    except OSError:  # a folder of somebody else's, changed under our hands
        raise Refused(404) from None
    suffix = PurePosixPath(path.name).suffix.lower()
    headers["Content-Security-Policy"] = _policy(suffix, content)
    if suffix not in _ZIPPED_ALREADY and takes_gzip(request):
        content = await zipped(content)
        headers["Content-Encoding"] = "gzip"
    return answer(content, MEDIA.get(suffix, "application/octet-stream"), leaving, headers)


def _knows(header: str, tag: str) -> bool:
    """Return whether a client has this state: compared weakly (RFC 9110, 13.1.2)."""
    held = [one.strip().removeprefix("W/") for one in header.split(",")]
    return "*" in held or tag.removeprefix("W/") in held


def _policy(suffix: str, content: bytes) -> str:
    """Return what a file may run: of a page what it says itself, which a header can only narrow."""
    if suffix == ".svg":
        return _DRAWING
    if suffix != ".html":
        return NOTHING_RUNS
    said = _POLICY.search(content[:_HEAD])
    own = html.unescape(said[1].decode("ascii", "ignore")) if said else _NO_POLICY
    # a header is one line of printable signs, whatever a page holds
    return re.sub(r"[^ -~]", " ", f"{own}; frame-ancestors 'self'")
