"""rdflib-endpoint over N-Quads: its own application, an rdflib Dataset in memory, uvicorn; nothing else.

python benchmarks/peers/rdflib_endpoint_peer.py graph.nq PORT
"""

from __future__ import annotations

import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main(path: str, port: int) -> None:
    """Serve a file."""
    graph = Dataset()
    graph.parse(path, format="nquads")
    print("read", flush=True)
    app = SparqlEndpoint(graph=graph, path="/sparql")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
