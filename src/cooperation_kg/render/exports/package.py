"""A data package for a release: every table as CSV with its schema, the whole graph as TriG, and what they are.

The descriptor follows the Data Package standard 2.0 (https://datapackage.org/standard/data-package/): fields with
titles and meanings, keys and what points where, licence, documents, hash and size of each file. The cells are exactly
what the schema says: nothing is neutralised for spreadsheets here, since the standard has no word for undoing it; who
wants to open a table in a spreadsheet takes ``xlsx`` or ``csv``. The README says so.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from cooperation_kg.curate.registers import Source
from cooperation_kg.graph.naming import source_title
from cooperation_kg.render.exports.about import said_of
from cooperation_kg.render.exports.columns import Column
from cooperation_kg.render.exports.csv_files import exact_csv
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.package_readme import readme
from cooperation_kg.render.exports.rdf import trig
from cooperation_kg.render.exports.source_rows import sources_of
from cooperation_kg.render.exports.tables import Filled, Plan, tables_of

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTOR, README, GRAPH = "datapackage.json", "README.md", "graph.trig"
TYPES = {
    "text": "string",
    "integer": "integer",
    "decimal": "number",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
}
"""Kind of column → type of field in Table Schema."""
# the ids by which the standard knows licences (https://licenses.opendefinition.org/)
LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC-BY-SA-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
}
_NARROWING = ("as_of", "status", "known_at", "programme", "place", "level", "narrowed")


def package(cut: Cut) -> Mapping[str, bytes]:
    """Return the files of the package by name: descriptor, README, tables, graph."""
    tables = tables_of(cut)
    held = {f"{table.name}.csv": exact_csv(table) for table in tables} | {GRAPH: trig(cut)}
    described = json.dumps(_descriptor(cut, tables, held), ensure_ascii=False, indent=2)
    return {DESCRIPTOR: f"{described}\n".encode(), README: readme(cut, tables, held).encode(), **held}


def _descriptor(cut: Cut, tables: tuple[Filled, ...], held: Mapping[str, bytes]) -> dict[str, Any]:
    dataset, lang = cut.kg.corpus.dataset, cut.lang
    told = "；" if lang == "zh" else "; "
    said = (dataset.description or dataset.title).in_language(lang)
    return {
        "$schema": PROFILE,
        "name": name_of(dataset.base),
        "id": f"{dataset.base}dataset",
        "title": dataset.title.in_language(lang),
        "description": told.join([said, *cut.remarks(lang)]),
        "homepage": dataset.base,
        "version": dataset.version,
        "licenses": [_licence(dataset.licence)],
        "contributors": [{"title": creator, "roles": ["creator"]} for creator in dataset.creators],
        **_narrowing(cut),
        "resources": [*(_table(table, held[f"{table.name}.csv"], lang) for table in tables), _graph(held[GRAPH], lang)],
        "sources": [_source(source, lang) for source in sources_of(cut)],
    }


def name_of(base: str) -> str:
    """Return the name of a package: the last part of the base of its IRIs, in the letters that a name may have.

    >>> name_of("https://w3id.org/cooperation-kg/"), name_of("https://facts.example.org/"), name_of("https://例.cn/我/")
    ('cooperation-kg', 'facts.example.org', 'dataset')
    """
    parts = urlsplit(base)
    last = [part for part in (parts.netloc, *parts.path.split("/")) if part][-1]
    return re.sub(r"[^a-z0-9._-]+", "-", last.lower()).strip("-") or "dataset"


def _licence(address: str) -> dict[str, str]:
    named = {"name": LICENCES[address]} if address in LICENCES else {}
    return {**named, "path": address}


def _narrowing(cut: Cut) -> dict[str, Any]:
    """Return what the package was narrowed to, under a property of our own; nothing for the whole."""
    said = {name: text for name, text in said_of(cut).items() if name in _NARROWING}
    return {"selection": said} if said else {}


def _source(source: Source, lang: str) -> dict[str, str]:
    address = f"https://doi.org/{source.doi}" if source.doi else source.url
    return {"title": source_title(source, lang), **({"path": address} if address else {})}


def _file(path: str, content: bytes, media_type: str) -> dict[str, Any]:
    return {
        "path": path,
        "format": path.rpartition(".")[2],
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _graph(content: bytes, lang: str) -> dict[str, Any]:
    title = "整个图谱（RDF，TriG）" if lang == "zh" else "The whole graph (RDF, TriG)"
    return {"name": "graph", "title": title, **_file(GRAPH, content, "application/trig")}


def _table(table: Filled, content: bytes, lang: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.plan.title(lang),
        **_file(f"{table.name}.csv", content, "text/csv"),
        "schema": _schema(table.plan, lang),
    }


def _schema(plan: Plan, lang: str) -> dict[str, Any]:
    pointers = list(_foreign_keys(plan))
    return {
        "fields": [_field(column, lang) for column in plan.columns],
        "missingValues": [""],
        "primaryKey": list(plan.key),
        **({"foreignKeys": pointers} if pointers else {}),
    }


def _field(column: Column, lang: str) -> dict[str, Any]:
    required = {"constraints": {"required": True}} if column.required else {}
    said = {"title": column.title(lang), "description": column.says(lang)}
    return {"name": column.name, "type": TYPES[column.kind], **said, **required}


def _foreign_keys(plan: Plan) -> Iterator[dict[str, Any]]:
    for pointer in plan.pointers:
        # an empty name means the table itself: so both versions of the standard read it
        there = "" if pointer.table == plan.name else pointer.table
        yield {"fields": [pointer.column], "reference": {"resource": there, "fields": ["id"]}}
