"""Which files follow from ontology and record types? Schemas for editors, a JSON-LD context, a term table.

They are kept in ``ontology/`` so that an editor completes and checks YAML while one types, and so that the
words can be read on the web. Nobody edits them: ``generated_files`` makes them, and a test fails where they
differ.

=================  ========================================================
module             its file
=================  ========================================================
``json_schema``    ``schema/*.json``, one for each kind of YAML file
``words``          (none) what each YAML field means, in Chinese and English
``context``        ``context.jsonld``
``term_table``     ``README.md``
=================  ========================================================
"""

from __future__ import annotations

from pathlib import Path

from cooperation_kg.errors import OutputError
from cooperation_kg.ontology import load_ontology
from cooperation_kg.schema.context import json_ld_context
from cooperation_kg.schema.json_schema import SCHEMA_FILES, json_schema
from cooperation_kg.schema.term_table import term_table

__all__ = ["generated_files", "write_generated"]


def generated_files(folder: Path | str | None = None) -> dict[str, str]:
    """Return the text of every generated file, by its path below ``ontology/``.

    Parameters
    ----------
    folder: where ``cooperation.ttl`` and ``concepts.ttl`` are; the shipped ontology where None.

    Raises UnreadableFile where the ontology cannot be read.

    >>> "schema/statements.json" in generated_files()
    True
    """
    ontology = load_ontology(folder)
    schemas = {f"schema/{name}.json": json_schema(name, ontology) for name in SCHEMA_FILES}
    return {"README.md": term_table(ontology), "context.jsonld": json_ld_context(ontology), **schemas}


def write_generated(folder: Path | str) -> list[Path]:
    """Write every generated file into an ontology folder, each whole or not at all; return their paths.

    Parameters
    ----------
    folder: the folder that holds ``cooperation.ttl`` and ``concepts.ttl``; the files are made from these.

    Raises OutputError where a file cannot be written.
    """
    root = Path(folder)
    return [_write(root / name, text) for name, text in generated_files(root).items()]


def _write(path: Path, text: str) -> Path:
    temporary = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(text.encode("utf-8"))
        temporary.replace(path)
    except OSError as failed:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {failed.strerror}") from failed
    return path
