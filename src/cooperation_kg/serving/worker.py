"""Answers SPARQL in a process of its own, which the server can kill: ``python -m cooperation_kg.serving.worker``.

It opens one store read-only, gives up every right that it does not need (``confining.py``), and answers one request
after the other. The engine cannot be stopped while it computes; a process can.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

from cooperation_kg.serving.confining import allow_seconds, confine, files_to_open, leave_interrupts
from cooperation_kg.serving.frames import Head, read_frame, write_frame
from cooperation_kg.serving.media import ROWS, TRIPLES, best

_AT = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_ROW_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_TRIPLE_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_LONGEST_REASON = 300


class TooLarge(ValueError):
    """The answer is larger than what is allowed."""


class _Held:
    """A file in memory that refuses to grow beyond a size."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.left = most

    def write(self, data: bytes) -> int:
        """Take some more bytes."""
        self.left -= len(data)
        if self.left < 0:
            raise TooLarge
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: everything is held."""


def respond(store: Store, asked: Head) -> tuple[Head, bytes]:
    """Return the answer to a request: ``status``, with ``media`` or ``reason``, and the body.

    Parameters
    ----------
    asked: ``query``, ``accept``, ``most`` (bytes), ``gzip``; and as they are wanted ``prefixes``, ``base``, ``union``,
        ``default``, ``named`` (IRIs of graphs), ``values`` (variable → text and datatype), ``written`` (the query with
        these values put in, for an engine that does not bind what is selected).
    """
    try:
        results = _ask(store, asked)
        offered = TRIPLES if isinstance(results, QueryTriples) else ROWS
        chosen = best(asked["accept"], offered)
        if chosen is None:
            return {"status": 406, "reason": f"this query is answered as {', '.join(offered.values())}"}, b""
        body = _written(results, chosen, asked)
    except SyntaxError as bad:
        return {"status": 400, "reason": _reason(str(bad))}, b""
    except (TooLarge, MemoryError) as large:
        if isinstance(large, MemoryError):
            return {"status": 500, "reason": "the query needs more memory than is allowed"}, b""
        return {"status": 413, "reason": f"the answer has more than {asked['most']} bytes; ask for less, or LIMIT"}, b""
    except (OSError, RuntimeError, ValueError) as failed:
        # what the engine says of its own files is nobody's business
        known = isinstance(failed, ValueError) or str(failed).startswith("The custom function")
        return {"status": 400 if known else 500, "reason": _reason(str(failed)) if known else "the query failed"}, b""
    zipped = bool(asked.get("gzip")) and len(body) > 1000
    return {"status": 200, "media": offered[chosen], "gzip": zipped}, gzip.compress(
        body, 1, mtime=0
    ) if zipped else body


def _ask(store: Store, asked: Head) -> Any:
    values = {Variable(name): _literal(told) for name, told in asked.get("values", {}).items()}
    try:
        return _query(store, asked["query"], asked, values)
    except (ValueError, RuntimeError) as failed:
        # the engine binds selected variables only
        if "SELECT projection" not in str(failed) or "written" not in asked:
            raise
        return _query(store, asked["written"], asked, {})


def _query(store: Store, text: str, asked: Head, values: dict[Variable, Literal]) -> Any:
    default = asked.get("default")
    named = asked.get("named")
    graphs: list[NamedNode | BlankNode | DefaultGraph] | None = None if default is None else [*map(NamedNode, default)]
    return store.query(
        text,
        base_iri=asked.get("base"),
        prefixes=asked.get("prefixes"),
        use_default_graph_as_union=bool(asked.get("union")),
        default_graph=graphs,
        named_graphs=None if named is None else [*map(NamedNode, named)],
        substitutions={**values},
    )


def _literal(told: list[str]) -> Literal:
    return Literal(told[0], datatype=NamedNode(told[1]))


def _written(results: Any, chosen: str, asked: Head) -> bytes:
    held: Any = _Held(asked["most"])
    if isinstance(results, QueryTriples):
        # no prefixes: they would be written whether they are used or not
        results.serialize(output=held, format=_TRIPLE_FORMATS[chosen])
    else:
        results.serialize(output=held, format=_ROW_FORMATS[chosen])
    return b"".join(held.parts)


def _reason(said: str) -> str:
    """Return what the parser says, with line and column, short and in one line."""
    found = _AT.match(said)
    text = f"line {found[1]}, column {found[2]}: {found[3]}" if found else said
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_REASON else text[:_LONGEST_REASON] + "…"


def main(memory: str) -> None:
    """Answer what comes in on stdin until it is closed; the first frame says which store to ``open``.

    Parameters
    ----------
    memory: bytes that it may take beyond what opening the store took.
    """
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    leave_interrupts()
    first = read_frame(incoming)
    if first is None:
        return
    folder = Path(first[0]["open"])
    store = Store.read_only(str(folder))
    # what the engine opens late is opened now: afterwards nothing can be
    store.query("ASK { GRAPH ?g { ?s ?p ?o } }")
    write_frame(outgoing, {"bounds": confine(int(memory), room=files_to_open(folder))})
    while (frame := read_frame(incoming)) is not None:
        asked, _ = frame
        allow_seconds(asked["seconds"])
        write_frame(outgoing, *respond(store, asked))


if __name__ == "__main__":
    main(sys.argv[1])
