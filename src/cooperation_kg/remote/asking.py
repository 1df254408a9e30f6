"""Ask a server what is otherwise asked of the store in memory: the same questions, the same rows.

Names, prefixes and times are turned into SPARQL by the data at hand (``query.run.written_query``); the server gets a
query that is whole. The dataset is the union of the graphs that were pushed, and these as named graphs; of servers
that are slow at that (``dialects.py``) it is all that they hold, the graph of digests included.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import QueryBoolean, QuerySolutions

from cooperation_kg.errors import BadParameter, RemoteError
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.run import ROW_FORMATS, Time, written_query
from cooperation_kg.query.table import Table, python_value
from cooperation_kg.remote.dialects import SERVE
from cooperation_kg.remote.pushing import read_state
from cooperation_kg.remote.server import Server


def ask_server(kg: KnowledgeGraph, server: Server, query: str, /, *, as_of: Time = None, **parameters: str) -> Table:
    """Answer a named question or a SELECT (or ASK) query with a table, from a server.

    Raises RemoteError where the server fails; and what ``run_query`` raises.
    """
    found = _asked(kg, server, written_query(kg, query, as_of=as_of, **parameters))
    if isinstance(found, QueryBoolean):
        return Table(("ask",), ({"ask": bool(found)},), ())
    names = tuple(variable.value for variable in found.variables)
    terms = tuple({name: solution[name] for name in names} for solution in found)
    return Table(names, tuple({name: python_value(row[name]) for name in names} for row in terms), terms)


def server_text(
    kg: KnowledgeGraph, server: Server, query: str, file_format: str, /, *, as_of: Time = None, **parameters: str
) -> bytes:
    """Answer a SELECT or ASK in one of ROW_FORMATS, from a server."""
    if file_format not in ROW_FORMATS:
        raise BadParameter(f"a server is asked for rows; formats: {', '.join(ROW_FORMATS)} 只能以表格格式写出")
    found = _asked(kg, server, written_query(kg, query, as_of=as_of, **parameters))
    written: Any = found.serialize(format=ROW_FORMATS[file_format])
    return bytes(written or b"")


def _asked(kg: KnowledgeGraph, server: Server, sparql: str) -> QuerySolutions | QueryBoolean:
    graphs = [graph[1:-1] for graph in sorted(read_state(server, kg.iris.graph_term("pushed")))]
    if not graphs and server.dialect.name != SERVE:
        raise RemoteError(
            f"{server.at.query}: no graph was pushed there from this dataset; run ckg push 尚无本数据集，请先 ckg push"
        )
    names = ("default-graph-uri", "named-graph-uri")
    dataset = [(name, graph) for name in names for graph in graphs] if server.dialect.names_graphs else []
    if server.dialect.union:
        dataset = [(server.dialect.union, "")]
    return server.rows(sparql, dataset)
