"""Make what Morph-KGC reads: a CSV for each kind of statement and for each field with a list, and an RML mapping.

This is not counted as time of Morph-KGC.

    python morph_prepare.py FOLDER PREPARED
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import mapping
import yaml

PREFIXES = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
CONFIG = "[CONFIGURATION]\noutput_file={out}\nlogging_level=ERROR\n[DataSource1]\nmappings={rml}\n"
Row = dict[str, str]


def load(path: Path) -> Any:
    """Return what a file says."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def tables(base: str, folder: Path) -> dict[str, list[Row]]:
    """Return the rows of each table: ``figure``, and ``event.places`` for a field with a list."""
    found: dict[str, list[Row]] = defaultdict(list)
    for path in mapping.files(folder):
        for statement in load(path):
            key = {"statement": mapping.statement_iri(base, path.stem, statement)}
            row = {**key, "source": mapping.source_iri(base, path.stem)}
            for name, value in statement.items():
                if name not in mapping.FIELDS:
                    continue
                if isinstance(value, list):
                    found[f"{statement['kind']}.{name}"] += [{**key, name: str(one)} for one in value]
                elif isinstance(value, dict):
                    row |= {f"{name}@{language}": text for language, text in value.items()}
                else:
                    row[name] = str(value)
            found[statement["kind"]].append(row)
    return found


def triples_map(base: str, table: str, path: Path, columns: list[str]) -> str:
    """Return the RML of one table."""
    said = [f'<#{table}> rml:logicalSource [ rml:source "{path}" ; rml:referenceFormulation ql:CSV ]']
    classes = "" if "." in table else f" ; rr:class <{mapping.COOP}Statement>, <{mapping.class_of(table)}>"
    said.append(f'rr:subjectMap [ rml:reference "statement" ; rr:termType rr:IRI{classes} ]')
    for column in columns:
        if column == "statement":
            continue
        if column == "source":
            predicate, told = mapping.DERIVED_FROM, 'rml:reference "source" ; rr:termType rr:IRI'
        else:
            predicate, told = _object(base, column)
        said.append(f"rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap [ {told} ] ]")
    return " ;\n  ".join(said) + " .\n"


def _object(base: str, column: str) -> tuple[str, str]:
    field, _, language = column.partition("@")
    predicate, sort = mapping.FIELDS[field]
    if sort in ("", "zh"):
        tag = f' ; rr:language "{language or sort}"' if language or sort else ""
        return predicate, f'rml:reference "{column}" ; rr:termType rr:Literal{tag}'
    return predicate, f'rr:template "{mapping.object_iri(base, sort, "{" + column + "}")}" ; rr:termType rr:IRI'


def main(folder: Path, prepared: Path) -> None:
    """Write the tables, mapping.ttl and config.ini."""
    prepared.mkdir(parents=True, exist_ok=True)
    base = load(folder / "dataset.yaml")["base"]
    rml = [PREFIXES]
    for table, rows in tables(base, folder).items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        path = prepared / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        rml.append(triples_map(base, table, path, columns))
    (prepared / "mapping.ttl").write_text("".join(rml), encoding="utf-8")
    config = CONFIG.format(out=prepared / "graph.nt", rml=prepared / "mapping.ttl")
    (prepared / "config.ini").write_text(config, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
