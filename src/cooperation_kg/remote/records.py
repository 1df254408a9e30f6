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

from pyoxigraph import Literal

from cooperation_kg.errors import InvalidCorpus, RemoteError
from cooperation_kg.remote.contents import digest, held_by
from cooperation_kg.remote.server import Server
from cooperation_kg.remote.state import DIGEST

_BYTES = "<http://www.w3.org/2011/content#bytes>"
_TITLE = "<http://purl.org/dc/terms/title>"
_SUFFIXES = (".yaml", ".yml", ".md")
_PIECE = 4_000
"""Characters of one text: servers take such texts without a thought."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of one file, of which the shipped facts have a few thousand: what is larger is neither sent nor read."""
_LARGEST_ALL = 4 * 1024 * 1024 * 1024
"""Bytes of all files."""
_MOST_FILES = 1_000_000


def record_lines(folder: Path, graph: str) -> tuple[str, ...]:
    """Return the files of a data folder as sorted lines of N-Triples, without full stops.

    Parameters
    ----------
    graph: the IRI of the graph of records in angle brackets; that of a file is it, ``#`` and the path.

    Raises RemoteError for files that ``read_lines`` would refuse.
    """
    found: list[str] = []
    limits = _Limits()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix not in _SUFFIXES or not path.is_file() or any(part.startswith(".") for part in name.split("/")):
            continue
        content = path.read_bytes()
        try:
            iri = f"{graph[:-1]}#{quote(name)}>"
            _path(iri, graph)
            limits.count(len(content))
        except ValueError as bad:
            raise RemoteError(f"{name!r} in the data cannot be pushed 该数据文件无法推送: {bad}") from bad
        text = b64encode(zlib.compress(content, 9)).decode()
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
    limits = _Limits()
    files: dict[str, bytes] = {}
    for path, some in sorted(pieces.items()):
        files[path] = _whole(sorted(some))
        limits.count(len(files[path]))
    return files


class _Limits:
    """Counts files; raises ValueError where one is too large, or all of them are too many or too large."""

    def __init__(self) -> None:
        self._files = self._bytes = 0

    def count(self, size: int) -> None:
        """Count a file of so many bytes."""
        self._files += 1
        self._bytes += size
        if self._files > _MOST_FILES:
            raise ValueError(f"there are more than {_MOST_FILES} files")
        if size > _LARGEST:
            raise ValueError(f"a file is too large: more than {_LARGEST} bytes")
        if self._bytes > _LARGEST_ALL:
            raise ValueError(f"the files are too large: more than {_LARGEST_ALL} bytes")


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
            try:
                _write(Path(root, path), content)
            except OSError as failed:
                raise RemoteError(
                    f"{server.at.query}: a file of the records there cannot be written here 其数据文件无法写入本机: "
                    f"{path[:80]!r}: {failed.strerror}"
                ) from failed
        try:
            yield Path(root)
        except InvalidCorpus as invalid:
            # this version reads them otherwise than the one that pushed them
            start = f"{root}/"
            issues = (replace(i, file=f"{server.at.query}:{i.file.removeprefix(start)}") for i in invalid.issues)
            raise InvalidCorpus(issues) from invalid


def _write(target: Path, content: bytes) -> None:
    """Write a file that is not there: two names may be one here, where capitals do not count."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(content)


def _records_at(server: Server) -> tuple[str, str]:
    """Return the graph of records, and its digest; no digest where there are several, which are not believed."""
    found: dict[str, list[str]] = {}
    for graph, told in server.terms(
        f"SELECT ?g ?d WHERE {{ GRAPH ?s {{ ?g {DIGEST} ?d }} "
        'FILTER(STRENDS(STR(?g), "/graph/records") && STRENDS(STR(?s), "/graph/pushed")) } LIMIT 10'
    ):
        found.setdefault(str(graph), []).append(told.value if isinstance(told, Literal) else "")
    if len(found) == 1:
        graph, digests = found.popitem()
        return graph, digests[0] if len(digests) == 1 else ""
    if not found:
        raise RemoteError(
            f"{server.at.query}: no dataset was pushed there whole; run ckg push 尚无完整推送的数据集，请先 ckg push"
        )
    listed = ", ".join(sorted(found))
    raise RemoteError(
        f"{server.at.query}: several datasets are there 有多个数据集: {listed}; give each a repository of its own "
        "请各用一个库"
    )


def _path(subject: str, graph: str) -> str:
    start = f"{graph[:-1]}#"
    path = unquote(subject[len(start) : -1], errors="strict")
    parts = PurePosixPath(path).parts
    safe = subject.startswith(start) and parts and not any(p.startswith((".", "/")) for p in parts)
    odd = any(sign in '\\:*?"<>|\x7f' or sign < " " for sign in path) or str(PurePosixPath(path)) != path
    if not safe or odd or PurePosixPath(path).suffix not in _SUFFIXES:
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
