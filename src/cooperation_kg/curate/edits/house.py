"""In which order do the fields of a record stand, in which file does it belong, and what id is free?

The order is that of the record types, save that names come before what describes a thing, and what every statement
has (heading, speaker, remark) after what its kind has of its own: as most files have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from cooperation_kg.curate.corpus import REGISTERS
from cooperation_kg.curate.coverage import CoverageRow
from cooperation_kg.curate.fields import Record
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.registers import Dataset, Source
from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.curate.yaml_io import YamlValue

FIRST = ("id", "kind", "name", "short", "aliases")
LAST: Mapping[str, tuple[str, ...]] = {
    "statement": (
        "called",
        "locator",
        "said_by",
        "according_to",
        "read",
        "reached_by",
        "directness",
        "text",
        "note",
        "withdrawn",
    ),
    "other": ("note",),
}
# fields that stand behind another one than in their record
BEHIND: Mapping[str, Mapping[str, str]] = {"Place": {"code_from": "seat"}, "Source": {"url": "licence"}}
_NOT_WRITTEN = frozenset({"source"})  # a field that the name of the file tells
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<digits>[0-9]+)")


@cache
def field_order(record_type: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a record type as YAML writes them, in the order of the house.

    >>> from cooperation_kg.curate.statements import ChangeStatement
    >>> field_order(ChangeStatement)[:7]
    ('id', 'kind', 'about', 'change', 'from', 'to', 'date')
    """
    kind = "statement" if record_type in STATEMENT_KINDS.values() else "other"
    names = [f.alias or name for name, f in record_type.model_fields.items() if name not in _NOT_WRITTEN]
    for name, other in BEHIND.get(record_type.__name__, {}).items():
        names.remove(name)
        names.insert(names.index(other) + 1, name)
    first = [name for name in FIRST if name in names]
    last = [name for name in LAST[kind] if name in names]
    return (*first, *(name for name in names if name not in first and name not in last), *last)


def in_house_order(record: Mapping[str, YamlValue], record_type: type[BaseModel] | None) -> dict[str, YamlValue]:
    """Return a record with its fields, and those inside them, in the order of the house; unknown fields last."""
    order = {name: rank for rank, name in enumerate(field_order(record_type) if record_type else ())}
    names = sorted(record, key=lambda name: order.get(name, len(order)))
    return {name: _inside(record[name], nested_type(record_type, name)) for name in names}


def _inside(value: YamlValue, record_type: type[BaseModel] | None) -> YamlValue:
    if isinstance(value, dict):
        return in_house_order(value, record_type)
    return [_inside(item, record_type) for item in value] if isinstance(value, list) else value


@cache
def nested_type(record_type: type[BaseModel] | None, name: str) -> type[BaseModel] | None:
    """Return the type of the records inside a field, or None where it holds plain texts.

    >>> from cooperation_kg.curate.statements import FigureStatement
    >>> nested_type(FigureStatement, "about").__name__
    'Scope'
    """
    for own, info in record_type.model_fields.items() if record_type else ():
        if (info.alias or own) == name:
            return _record_in(info.annotation)
    return None


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((record for record in found if record is not None), None)


def record_type_of(file: str, record: Mapping[str, YamlValue] | None = None) -> type[Record] | None:
    """Return the type of the records in a file of the data folder, or None where there are none.

    Parameters
    ----------
    file: relative to the data folder, with ``/``.
    record: of a statement, the fields: its ``kind`` decides.

    >>> record_type_of("places/11-beijing.yaml").__name__
    'Place'
    """
    path = PurePosixPath(file)
    if file.startswith("statements/"):
        return STATEMENT_KINDS.get(str((record or {}).get("kind")))
    if file.startswith("sources/"):
        return Source
    others: dict[str, type[Record]] = {
        "dataset.yaml": Dataset,
        "judgements.yaml": Judgement,
        "coverage.yaml": CoverageRow,
    }
    return others.get(file) or next((t for pattern, t in REGISTERS.values() if path.match(pattern)), None)


def next_id(taken: Iterable[str], *, stem: str = "s", digits: int = 3) -> str:
    """Return the id after the highest one of the form ``s012``: a gap may be an id that was used before.

    >>> next_id(["s001", "s014", "intro"]), next_id([])
    ('s015', 's001')
    """
    numbers = [int(found["digits"]) for name in taken if (found := _NUMBERED.fullmatch(name)) and found["stem"] == stem]
    return f"{stem}{max(numbers, default=0) + 1:0{digits}d}"
