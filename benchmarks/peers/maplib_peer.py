"""maplib fed by a fast YAML parser: a table of subjects and objects for each predicate, then N-Triples.

maplib takes a text that looks like an IRI for one, and has no language for a column: languages are not compared.

    python maplib_peer.py FOLDER OUT
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import mapping
import polars as pl
import yaml_rs
from maplib import Model


def main(folder: Path, out: Path) -> None:
    """Write graph.nt."""
    base = yaml_rs.loads((folder / "dataset.yaml").read_text(encoding="utf-8"), parse_datetime=False)["base"]
    tables: dict[tuple[str, bool], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for path in mapping.files(folder):
        for statement in yaml_rs.loads(path.read_text(encoding="utf-8"), parse_datetime=False):
            subject = mapping.statement_iri(base, path.stem, statement)
            for predicate, sort, text in mapping.triples(base, path.stem, statement):
                subjects, objects = tables[predicate, sort == mapping.IRI]
                subjects.append(subject)
                objects.append(text)
    model = Model()
    for (predicate, _), (subjects, objects) in tables.items():
        model.map_triples(pl.DataFrame({"subject": subjects, "object": objects}), predicate=predicate)
    out.mkdir(parents=True, exist_ok=True)
    model.write(str(out / "graph.nt"), format="ntriples")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
