"""The files that the facts were read from, kept at the server beside the graph that was made of them.

Some answers (show, explain, total, reports, the site) are worked out from the records, not from triples. So that they
can be had wherever the graph is, the data files travel with it: in the graph ``graph/records``, each file compressed,
as texts in base64 of W3C's *Representing Content in RDF* (https://www.w3.org/TR/Content-in-RDF10/), in numbered pieces.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

from cooperation_kg.errors import InvalidCorpus, RemoteError
from cooperation_kg.remote.contents import digest, held_by
from cooperation_kg.remote.server import Server

DIGEST = "<http://spdx.org/rdf/terms#checksumValue>"
_BYTES = "<http://www.w3.org/2011/content#bytes>"
_TITLE = "<http://purl.org/dc/terms/title>"
_SUFFIXES = (".yaml", ".yml", ".md")
_PIECE = 4_000
"""Characters of one text: servers take such texts without a thought."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of one file: whatever is said to be larger was not written by us."""


def record_lines(folder: Path, graph: str) -> tuple[str, ...]:
    """Return the files of a data folder as sorted lines of N-Triples, without full stops.

    Parameters
    ----------
    graph: the IRI of the graph of records in angle brackets; that of a file is it, ``#`` and the path.
    """
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix not in _SUFFIXES or not path.is_file() or any(part.startswith(".") for part in name.split("/")):
            continue
        iri = f"{graph[:-1]}#{quote(name)}>"
        text = b64encode(zlib.compress(path.read_bytes(), 9)).decode()
        pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
        found += [f'{iri} {_BYTES} "{number:05}:{piece}"' for number, piece in enumerate(pieces)]
        found.append(f'{iri} {_TITLE} "{quote(name)}"')
    return tuple(sorted(found))


def read_lines(lines: Iterable[str], graph: str) -> dict[str, bytes]:
    """Return the files of such lines by path; raises ValueError for what ``record_lines`` never writes."""
    pieces: dict[str, list[str]] = {}
    for line in lines:
        subject, predicate, told = line.split(" ", 2)
        if predicate == _BYTES:
            pieces.setdefault(_path(subject, graph), []).append(told[1:-1])
    return {path: _whole(sorted(some)) for path, some in sorted(pieces.items())}


@contextmanager
def data_of(server: Server) -> Iterator[Path]:
    """Lay out the data files that a server keeps, and remove them afterwards.

    Raises RemoteError where it keeps none, keeps those of several datasets, or a push has not been finished.
    """
    graph, told = _records_at(server)
    lines = held_by(server, graph)
    if digest(sorted(lines)) != told:
        raise RemoteError(
            f"{server.at.query}: the records there are not whole; run ckg push again 其数据文件不完整，请重新 ckg push"
        )
    try:
        files = read_lines(lines, graph)
    except ValueError as bad:
        raise RemoteError(f"{server.at.query}: the records there cannot be read 其数据文件无法读取: {bad}") from bad
    with TemporaryDirectory(prefix="ckg-", ignore_cleanup_errors=True) as root:
        for path, content in files.items():
            target = Path(root, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        try:
            yield Path(root)
        except InvalidCorpus as invalid:
            # this version reads them otherwise than the one that pushed them
            start = f"{root}/"
            issues = (replace(i, file=f"{server.at.query}:{i.file.removeprefix(start)}") for i in invalid.issues)
            raise InvalidCorpus(issues) from invalid


def _records_at(server: Server) -> tuple[str, str]:
    """Return the graph of records, and its digest."""
    found = {
        (str(graph), told.value)
        for graph, told in server.terms(
            f"SELECT ?g ?d WHERE {{ GRAPH ?s {{ ?g {DIGEST} ?d }} "
            'FILTER(STRENDS(STR(?g), "/graph/records") && STRENDS(STR(?s), "/graph/pushed")) } LIMIT 10'
        )
    }
    if len(found) == 1:
        return found.pop()
    if not found:
        raise RemoteError(
            f"{server.at.query}: no dataset was pushed there whole; run ckg push 尚无完整推送的数据集，请先 ckg push"
        )
    listed = ", ".join(sorted(graph for graph, _ in found))
    raise RemoteError(
        f"{server.at.query}: several datasets are there 有多个数据集: {listed}; give each a repository of its own "
        "请各用一个库"
    )


def _path(subject: str, graph: str) -> str:
    start = f"{graph[:-1]}#"
    path = unquote(subject[len(start) : -1], errors="strict")
    parts = PurePosixPath(path).parts
    safe = subject.startswith(start) and parts and not any(p.startswith((".", "/")) for p in parts)
    if not safe or any(sign in path for sign in '\\\\:*?"<>|') or PurePosixPath(path).suffix not in _SUFFIXES:
        raise ValueError(f"no name of a data file: {path[:80]!r}")
    return path


def _whole(pieces: list[str]) -> bytes:
    """Return the content of sorted, numbered pieces."""
    if [piece[:6] for piece in pieces] != [f"{number:05}:" for number in range(len(pieces))]:
        raise ValueError("a piece is missing")
    try:
        opened = zlib.decompressobj()
        content = opened.decompress(b64decode("".join(piece[6:] for piece in pieces), validate=True), _LARGEST)
    except zlib.error as bad:
        raise ValueError(str(bad)) from bad
    if not opened.eof:
        raise ValueError("a file is cut, or too large")
    return content
