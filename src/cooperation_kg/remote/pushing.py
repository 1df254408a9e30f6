"""Bring a server's copy of the graph up to date, sending only the graphs that changed, and of these the difference.

The server keeps, in the graph ``graph/pushed``, the digest and the number of triples of each graph that was pushed
(``state.py``). A graph's digest is taken away before its first change and written after its last, so that a push that
is killed leaves graphs without one, and the next push reads these back and sends what is missing, or takes away what
is wanted no more. The data files (``records.py``) go last: while their digest stands, everything does. Only graphs with
an entry are ever removed; others are left alone.

New graphs go by the Graph Store protocol where the server has it, changes by SPARQL Update; where a server takes no
updates, changed graphs are put anew. So is a graph to which somebody added blank nodes, which no update can name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cooperation_kg.errors import RemoteError
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.remote.contents import as_kept, digest, held_by, held_by_each, lines_of, sent
from cooperation_kg.remote.records import record_lines
from cooperation_kg.remote.server import Server
from cooperation_kg.remote.state import State

READ_BACK = 200_000
"""Triples of a graph that is read back in pages; a larger one is checked by its number of triples alone."""


@dataclass(frozen=True)
class Change:
    """What one graph needs: lines to take away and to add; ``digest`` is empty for a graph that goes.

    ``lines`` is all that it should hold; ``is_new`` whether the server has nothing of it; ``anew`` whether what it has
    is dropped, and all lines are sent.
    """

    graph: str
    digest: str
    lines: Sequence[str]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    is_new: bool
    anew: bool = False


@dataclass(frozen=True)
class Pushed:
    """What was sent, or would be: graphs, triples added and removed, and how many graphs stood as they should.

    ``counted`` are graphs too large to be read back, whose number of triples alone was checked; ``anew`` those that
    had blank nodes of somebody else, and were dropped and sent whole.
    """

    graphs: tuple[str, ...]
    added: int
    removed: int
    unchanged: int
    counted: tuple[str, ...] = ()
    anew: tuple[str, ...] = ()


def push(
    kg: KnowledgeGraph,
    server: Server,
    *,
    dry_run: bool = False,
    replace: bool = False,
    told: Callable[[Change], None] = lambda _: None,
) -> Pushed:
    """Bring the server's graphs up to date, and check that they are.

    Parameters
    ----------
    dry_run: read and compare only.
    replace: believe no digest at the server; read every graph back and compare it.
    told: called with each change before it is sent.

    Raises RemoteError where the server fails, or holds something else afterwards.
    """
    lines, records = _wanted_lines(kg)
    wanted = {graph: digest(some) for graph, some in lines.items()}
    state = State(server, kg.iris.graph_term("pushed"))
    stale = [graph for graph in wanted if replace or state.digests.get(graph) != wanted[graph]]
    gone = sorted({*state.digests, *state.begun} - wanted.keys())
    if (stale or gone) and records not in stale:
        stale.append(records)
    changing = (*gone, *(graph for graph in stale if graph != records), *(graph for graph in stale if graph == records))
    sizes = counts(server)
    if not dry_run:
        # the records first: while their digest is missing, nobody takes what is there as whole
        state.begin({graph: len(lines.get(graph, ())) for graph in reversed(changing)})
    added = removed = 0
    anew: list[str] = []
    for graph in changing:
        change = _change(server, graph, lines.get(graph, ()), wanted.get(graph, ""), sizes.get(graph, 0))
        added, removed = added + len(change.added), removed + len(change.removed)
        anew += [graph] if change.anew else []
        told(change)
        if not dry_run:
            _send(change, server)
            _enter(change, state)
    counted: tuple[str, ...] = ()
    if not dry_run:
        if changing:
            state.write()
        wrong, counted = verify(server, changing, lines)
        if wrong:
            # the next push is to compare them, and to say of nothing that it was checked
            state.begin({graph: len(lines.get(graph, ())) for graph in (records, *wrong)})
            raise _different(server, wrong)
        if State(server, state.graph).digests != wanted:
            raise _different(server, [state.graph])
    return Pushed(changing, added, removed, len(wanted.keys() - set(changing)), counted, tuple(anew))


def _wanted_lines(kg: KnowledgeGraph) -> tuple[dict[str, Sequence[str]], str]:
    """Return the lines that each graph should have, and which graph holds the records."""
    records = kg.iris.graph_term("records")
    return {**lines_of(kg.facts), records: record_lines(kg.corpus.folder, records)}, records


def counts(server: Server) -> dict[str, int]:
    """Return how many triples each named graph of the server has."""
    found: dict[str, int] = {}
    page = server.dialect.page
    start = 0
    while True:
        rows = list(
            server.terms(
                "SELECT ?g ?n WHERE { { SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g "
                f"ORDER BY ?g }} }} LIMIT {page} OFFSET {start}"
            )
        )
        found |= {str(graph): int(number.value) for graph, number in rows}
        if len(rows) < page:
            return found
        start += page


def verify(
    server: Server, changed: Sequence[str], lines: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs that have not the right size, or changed and have not the right content; and those unread.

    Unread are the changed graphs of which only the size was checked.
    """
    sizes = counts(server)
    wrong = [graph for graph in {*lines, *changed} if sizes.get(graph, 0) != len(as_kept(lines.get(graph, ()), server))]
    counted = tuple(graph for graph in changed if sizes.get(graph, 0) > READ_BACK and not server.dialect.whole)
    for graph, held in held_by_each(server, {graph: sizes.get(graph, 0) for graph in changed if graph not in counted}):
        if held != as_kept(lines.get(graph, ()), server):
            wrong.append(graph)
    return tuple(dict.fromkeys(sorted(wrong))), counted


def _different(server: Server, graphs: Sequence[str]) -> RemoteError:
    some = sorted(set(graphs))
    return RemoteError(
        f"{server.at.query}: holds something else than was sent in {len(some)} graphs 与所发不符: "
        f"{', '.join(some[:5])}; another may have written; run ckg push --replace 可加 --replace 重推"
    )


def _change(server: Server, graph: str, lines: Sequence[str], wanted: str, size: int) -> Change:
    """Return the difference between what a server holds of a graph and what it should hold."""
    if size == 0:
        return Change(graph, wanted, lines, (), tuple(lines), is_new=True)
    held = held_by(server, graph)
    kept = as_kept(lines, server)
    if any(_has_blank_node(line) for line in held - kept):
        return Change(graph, wanted, lines, tuple(sorted(held)), tuple(lines), is_new=False, anew=True)
    added = tuple(line for line in lines if not as_kept([line], server) <= held)
    return Change(graph, wanted, lines, tuple(sorted(held - kept)), added, is_new=False)


def _has_blank_node(line: str) -> bool:
    subject, _, told = line.split(" ", 2)
    return subject.startswith("_:") or told.startswith("_:")


def _send(change: Change, server: Server) -> None:
    if change.anew and server.at.update:
        server.update(f"DROP SILENT GRAPH {change.graph}")
        change = Change(change.graph, change.digest, change.lines, (), change.added, is_new=True)
    if not change.removed and not change.added:
        return
    if change.is_new and server.at.store:
        for some in _some(change.added, server.dialect.posted):
            server.post(change.graph, _block(some).encode())
    elif server.at.update:
        for request in _updates(change, server.dialect.statements):
            server.update(request)
    else:
        _put_anew(change, server)


def _enter(change: Change, state: State) -> None:
    """Write that a graph now stands as it should."""
    if change.digest:
        state.enter(change.graph, change.digest, len(change.lines))
    else:
        state.forget(change.graph)


def _put_anew(change: Change, server: Server) -> None:
    if not change.lines:
        server.delete(change.graph)
    for number, some in enumerate(_some(change.lines, server.dialect.posted)):
        send = server.post if number else server.put
        send(change.graph, _block(some).encode())


def _updates(change: Change, statements: int) -> Iterator[str]:
    """Yield the updates of a change, each of one graph; a small one takes away and adds at once."""
    parts = [
        f"{verb} DATA {{ GRAPH {change.graph} {{\n{_block(some)}}} }}"
        for verb, lines in (("DELETE", change.removed), ("INSERT", change.added))
        for some in _some(lines, statements)
    ]
    if len(change.removed) + len(change.added) <= statements:
        parts = [" ;\n".join(parts)]
    yield from parts


def _some(lines: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), number):
        yield lines[start : start + number]


def _block(lines: Sequence[str]) -> str:
    return "".join(f"{sent(line)} .\n" for line in lines)
