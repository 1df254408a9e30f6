"""Ask a server what is otherwise asked of the store in memory: the same questions, the same rows.

Names, prefixes and times are turned into SPARQL by the data at hand (``query.run.written_query``); the server gets a
query that is whole. The dataset is the union of the graphs that were pushed, and these as named graphs; of servers
that are slow at that (``dialects.py``) it is all that they hold, the graph of digests included.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import QueryBoolean, Store

from cooperation_kg.errors import BadParameter, RemoteError
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.run import ROW_FORMATS, TRIPLE_FORMATS, Time, gives_triples, sorted_triples, written_query
from cooperation_kg.query.table import Table, python_value
from cooperation_kg.remote.dialects import SERVE
from cooperation_kg.remote.server import Server
from cooperation_kg.remote.state import State


def ask_server(kg: KnowledgeGraph, server: Server, query: str, /, *, as_of: Time = None, **parameters: str) -> Table:
    """Answer a named question or a SELECT (or ASK) query with a table, from a server.

    Raises RemoteError where the server fails; and what ``run_query`` raises.
    """
    if gives_triples(kg, query):
        raise BadParameter("this query gives triples, not rows; ask for turtle, ntriples or jsonld")
    sparql = _with_base(kg, written_query(kg, query, as_of=as_of, **parameters))
    found = server.rows(sparql, _dataset(kg, server))
    if isinstance(found, QueryBoolean):
        return Table(("ask",), ({"ask": bool(found)},), ())
    names = tuple(variable.value for variable in found.variables)
    terms = tuple({name: solution[name] for name in names} for solution in found)
    return Table(names, tuple({name: python_value(row[name]) for name in names} for row in terms), terms)


def server_text(
    kg: KnowledgeGraph, server: Server, query: str, file_format: str, /, *, as_of: Time = None, **parameters: str
) -> bytes:
    """Answer a query in one of ROW_FORMATS (SELECT, ASK) or TRIPLE_FORMATS (CONSTRUCT, DESCRIBE), from a server.

    Raises BadParameter where the format does not fit the form of the query, and RemoteError.
    """
    triples = gives_triples(kg, query)
    wanted = TRIPLE_FORMATS if triples else ROW_FORMATS
    if file_format not in wanted:
        raise BadParameter(f"this query cannot be written as {file_format}; formats: {', '.join(wanted)}")
    sparql = _with_base(kg, written_query(kg, query, as_of=as_of, **parameters))
    dataset = _dataset(kg, server)
    if triples:
        return sorted_triples(kg, server.triples(sparql, dataset), file_format)
    written: Any = server.rows(sparql, dataset).serialize(format=ROW_FORMATS[file_format])
    return bytes(written or b"")


def _with_base(kg: KnowledgeGraph, sparql: str) -> str:
    """Return a query whose relative IRIs mean there what they mean here; servers take them relative to themselves.

    A query that has none is left as it is: Virtuoso accepts no second BASE.
    """
    try:
        Store().query(sparql)
    except SyntaxError:
        return f"BASE <{kg.iris.base}> {sparql}"
    return sparql


def _dataset(kg: KnowledgeGraph, server: Server) -> list[tuple[str, str]]:
    """Return the parameters that say which graphs are asked; say where not all of them stand whole."""
    state = State(server, kg.iris.graph_term("pushed"))
    graphs = [graph[1:-1] for graph in sorted(state.digests)]
    if graphs and (state.begun or kg.iris.graph_term("records") not in state.digests):
        server.say(
            f"warning 注意: {server.at.query}: a push to it was not finished, answers may lack something; run ckg push "
            "again 推送尚未完成，答案可能不全，请重新 ckg push"
        )
    if not graphs and server.dialect.name != SERVE:
        raise RemoteError(
            f"{server.at.query}: no graph was pushed there from this dataset; run ckg push 尚无本数据集，请先 ckg push"
        )
    if server.dialect.union:
        return [(server.dialect.union, "")]
    names = ("default-graph-uri", "named-graph-uri")
    return [(name, graph) for name in names for graph in graphs] if server.dialect.names_graphs else []
