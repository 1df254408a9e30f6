"""Make what LinkML reads: a schema with a class for each kind of statement, and the statements as one document.

Names become IRIs on the way, and this is not counted as time of LinkML. Its texts have no language: languages are not
compared.

    python linkml_prepare.py FOLDER PREPARED
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import mapping
import yaml

KINDS = (
    "pairing", "participation", "figure", "document", "policy-effect",
    "event", "project", "practice", "definition", "assessment",
)  # fmt: skip


def load(path: Path) -> Any:
    """Return what a file says."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def slot(name: str) -> str:
    """Return the name of a slot; a field may be called as a word of Python is."""
    return f"has_{name}"


def schema() -> dict[str, Any]:
    """Return the schema."""
    slots: dict[str, Any] = {
        "id": {"identifier": True, "range": "uriorcurie"},
        "source": {"slot_uri": mapping.DERIVED_FROM, "range": "uriorcurie"},
        "also": {"slot_uri": mapping.RDF_TYPE, "range": "uriorcurie"},
    }
    for name, (predicate, sort) in mapping.FIELDS.items():
        kind = "string" if sort in ("", "zh") else "uriorcurie"
        slots[slot(name)] = {"slot_uri": predicate, "range": kind, "multivalued": True}
    classes: dict[str, Any] = {
        mapping.class_of(kind).removeprefix(mapping.COOP): {"class_uri": mapping.class_of(kind), "slots": list(slots)}
        for kind in KINDS
    }
    held = {
        kind.replace("-", "_"): {
            "range": mapping.class_of(kind).removeprefix(mapping.COOP),
            "multivalued": True,
            "inlined_as_list": True,
        }
        for kind in KINDS
    }
    classes["Container"] = {"tree_root": True, "attributes": held}
    prefixes = {"linkml": "https://w3id.org/linkml/", "bench": "https://example.org/bench/"}
    return {
        "id": "https://example.org/bench/schema",
        "name": "bench",
        "prefixes": prefixes,
        "imports": ["linkml:types"],
        "default_prefix": "bench",
        "slots": slots,
        "classes": classes,
    }


def record(base: str, source: str, statement: dict[str, Any]) -> dict[str, Any]:
    """Return a statement as LinkML reads it."""
    terms = {predicate: name for name, (predicate, _) in mapping.FIELDS.items()}
    said: dict[str, Any] = {
        "id": mapping.statement_iri(base, source, statement),
        "source": mapping.source_iri(base, source),
        "also": mapping.COOP + "Statement",
    }
    for predicate, _, text in mapping.triples(base, source, statement):
        if predicate in terms:
            said.setdefault(slot(terms[predicate]), []).append(text)
    return said


def main(folder: Path, prepared: Path) -> None:
    """Write schema.yaml and data.yaml."""
    prepared.mkdir(parents=True, exist_ok=True)
    base = load(folder / "dataset.yaml")["base"]
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in mapping.files(folder):
        for statement in load(path):
            held[statement["kind"].replace("-", "_")].append(record(base, path.stem, statement))
    (prepared / "schema.yaml").write_text(yaml.safe_dump(schema(), sort_keys=False), encoding="utf-8")
    text = yaml.dump(dict(held), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    (prepared / "data.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
