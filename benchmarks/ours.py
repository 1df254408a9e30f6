"""Ours through its public names: check, graph, store, Turtle and GraphML; or the last two without a store.

    python ours.py build|export FOLDER OUT

The folder ``-`` is that of the shipped facts.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import cooperation_kg as ckg


def main(what: str, folder: Path, out: Path) -> None:
    """Write graph.ttl and network.graphml."""
    gc.disable()  # as the command does
    kg = ckg.build_graph(ckg.load_corpus(None if str(folder) == "-" else folder))
    out.mkdir(parents=True, exist_ok=True)
    if what == "build":
        print(len(kg.store))
    for name in ("turtle", "graphml"):
        for file_name, content in ckg.export_files(kg, name).items():
            (out / file_name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
