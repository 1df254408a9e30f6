"""The script that anybody would write: PyYAML's C loader, rdflib, a triple a field; Turtle, and GraphML by networkx.

It checks nothing, derives nothing, and writes of every statement what ``mapping.py`` says.

    python plain.py FOLDER OUT
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import mapping
import networkx as nx
import yaml
from rdflib import Graph, Literal, URIRef


def load(path: Path) -> Any:
    """Return what a file says."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def term(sort: str, text: str) -> URIRef | Literal:
    """Return an object as rdflib has it."""
    return URIRef(text) if sort == mapping.IRI else Literal(text, lang=sort or None)


def main(folder: Path, out: Path) -> None:
    """Write graph.ttl and network.graphml."""
    base = load(folder / "dataset.yaml")["base"]
    graph, network = Graph(), nx.MultiDiGraph()
    for path in mapping.files(folder):
        for statement in load(path):
            subject = URIRef(mapping.statement_iri(base, path.stem, statement))
            for predicate, sort, text in mapping.triples(base, path.stem, statement):
                graph.add((subject, URIRef(predicate), term(sort, text)))
            if statement["kind"] == "pairing":
                programme, recipient = statement["programme"], statement["recipient"]
                supporters = statement["supporter"]
                for supporter in supporters if isinstance(supporters, list) else [supporters]:
                    network.add_edge(
                        supporter, recipient, key=f"{programme}.{supporter}.{recipient}", programme=programme
                    )
    out.mkdir(parents=True, exist_ok=True)
    graph.serialize(out / "graph.ttl", format="turtle", encoding="utf-8")
    nx.write_graphml(network, out / "network.graphml", named_key_ids=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
