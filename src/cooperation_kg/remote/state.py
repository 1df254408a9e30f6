"""What a server keeps about the graphs that are pushed to it: which were begun, and which stand whole.

In the graph ``graph/pushed`` a graph has its number of triples from before the first of them is sent until after the
last of them is gone, and its digest while it stands whole. So the next push knows of every graph that one before it
left half sent, be it in the data still or not. Where two pushes wrote at once there may be two digests of a graph;
neither is believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cooperation_kg.remote.contents import held_by
from cooperation_kg.remote.server import Server

DIGEST = "<http://spdx.org/rdf/terms#checksumValue>"
COUNT = "<http://rdfs.org/ns/void#triples>"
_INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"
_NUMBER = re.compile(rf'"([0-9]{{1,18}})"\^\^{_INTEGER}')
_AT_ONCE = 100
"""Graphs that are begun with one update."""
_ENTRIES = 50
"""Graphs that are put before their digests are, where a server takes no updates."""


class State:
    """The entries of the graphs that were pushed, and how they are written: each at once where updates are taken,
    else all of them now and then.

    ``digests`` has the graphs that stand whole, ``begun`` those that do not.
    """

    def __init__(self, server: Server, graph: str) -> None:
        self.server = server
        self.graph = graph
        lines = sorted(held_by(server, graph))
        told = list(_told(lines, DIGEST))
        often = Counter(graph for graph, _ in told)
        self.digests = {graph: text[1:].partition('"')[0] for graph, text in told if often[graph] == 1}
        self._sizes = dict.fromkeys(often, 0) | {graph: _number(text) for graph, text in _told(lines, COUNT)}
        self._unwritten = 0

    @property
    def begun(self) -> tuple[str, ...]:
        """The graphs of a push that has not been finished."""
        return tuple(sorted(self._sizes.keys() - self.digests.keys()))

    def begin(self, graphs: Mapping[str, int]) -> None:
        """Write that graphs are about to change, in this order, and how many triples they shall have."""
        if not graphs:
            return
        for graph, size in graphs.items():
            self.digests.pop(graph, None)
            self._sizes[graph] = size
        if not self.server.at.update:
            self.write()
            return
        for start in range(0, len(graphs), _AT_ONCE):
            self._replace(list(graphs)[start : start + _AT_ONCE])

    def enter(self, graph: str, digest: str, size: int) -> None:
        """Write that a graph now stands whole."""
        self.digests[graph] = digest
        self._sizes[graph] = size
        self._changed(graph)

    def forget(self, graph: str) -> None:
        """Write nothing more of a graph: it is gone."""
        self.digests.pop(graph, None)
        self._sizes.pop(graph, None)
        self._changed(graph)

    def write(self) -> None:
        """Put all entries anew, where a server takes no updates."""
        if self.server.at.update:
            return
        self._unwritten = 0
        lines = [line for graph in sorted(self._sizes) for line in self._lines(graph)]
        self.server.put(self.graph, "".join(f"{line} .\n" for line in lines).encode())

    def _changed(self, graph: str) -> None:
        if self.server.at.update:
            self._replace([graph])
            return
        self._unwritten += 1
        if self._unwritten >= _ENTRIES:
            self.write()

    def _replace(self, graphs: Sequence[str]) -> None:
        """Bring the entries of graphs to the server, in the place of whatever it has of them, with one request.

        Not by one DELETE … INSERT … WHERE: Virtuoso 7.2.5 inserts nothing where there is nothing to delete.
        """
        parts = [f"DELETE WHERE {{ GRAPH {self.graph} {{ {graph} ?p ?o }} }}" for graph in graphs]
        lines = [f"{line} .\n" for graph in graphs for line in self._lines(graph)]
        if lines:
            parts.append(f"INSERT DATA {{ GRAPH {self.graph} {{\n{''.join(lines)}}} }}")
        self.server.update(" ;\n".join(parts))

    def _lines(self, graph: str) -> Iterator[str]:
        if graph in self.digests:
            yield f'{graph} {DIGEST} "{self.digests[graph]}"'
        if graph in self._sizes:
            yield f'{graph} {COUNT} "{self._sizes[graph]}"^^{_INTEGER}'


def _told(lines: Iterable[str], predicate: str) -> Iterator[tuple[str, str]]:
    """Yield the subjects and objects of the lines with a predicate."""
    for line in lines:
        subject, said, told = line.split(" ", 2)
        if said == predicate and subject.startswith("<"):
            yield subject, told


def _number(told: str) -> int:
    found = _NUMBER.fullmatch(told)
    return int(found[1]) if found else 0
