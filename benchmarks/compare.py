"""What is compared, in processes of their own: two graphs; and the least that a build must do.

python benchmarks/compare.py same OURS.ttl THEIRS.ttl
python benchmarks/compare.py floor FOLDER GRAPH.ttl
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import RdfFormat, Store, parse


def same(ours: Path, theirs: Path) -> dict[str, Any]:
    """Return whether every triple of the peer stands in our graph, and how many each has."""
    mine = {str(quad.triple) for quad in parse(path=ours, format=RdfFormat.TURTLE)}
    other = {str(quad.triple) for quad in parse(path=theirs, format=RdfFormat.TURTLE)}
    return {"ours": len(mine), "peer": len(other), "all in ours": other <= mine, "wanting": sorted(other - mine)[:3]}


def floor(folder: Path, graph: Path) -> dict[str, float]:
    """Return the processor seconds of the bare parts: bytes read, YAML events, triples into a store."""

    def seconds(work: Callable[[], object]) -> float:
        began = time.process_time()
        work()
        return round(time.process_time() - began, 3)

    texts: list[str] = []
    read = seconds(lambda: texts.extend(p.read_text(encoding="utf-8") for p in folder.rglob("*.yaml")))
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    events = seconds(lambda: sum(1 for text in texts for _ in yaml.parse(text, Loader=loader)))
    content = graph.read_bytes()
    loaded = seconds(lambda: Store().load(content, format=RdfFormat.TURTLE, lenient=True))
    return {"bytes read": read, "YAML events": events, "triples loaded": loaded}


if __name__ == "__main__":
    work = {"same": same, "floor": floor}[sys.argv[1]]
    print(json.dumps(work(Path(sys.argv[2]), Path(sys.argv[3]))))
