"""Which columns has the sheet of each kind of record? Made from the record types, as the checks and the schema are.

A field with a part inside (a text in two languages, a scope, a seat) has a column for each part; a field that holds
records keeps them in one cell, one a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

from cooperation_kg.curate.corpus import REGISTERS
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.edits.house import field_order, nested_type
from cooperation_kg.curate.fields import Bilingual, Concept, Record, Ref, marks_of
from cooperation_kg.curate.registers import Seat, Source
from cooperation_kg.curate.statements import STATEMENT_KINDS, Scope
from cooperation_kg.ontology import Ontology, load_ontology
from cooperation_kg.schema.words import words_of_field

Words = tuple[str, str]
Kind = Literal["text", "date", "number", "word"]
"""What a cell holds: free text; a date; a number that counts; a word of ours (id, code, notation)."""

# sheet → its title in Chinese and English, in the order of the workbook
TITLES: Mapping[str, Words] = {
    "pairing": ("结对", "Pairings"),
    "participation": ("参与", "Participations"),
    "figure": ("数字", "Figures"),
    "document": ("文件", "Documents"),
    "policy-effect": ("政策作用", "Policy effects"),
    "change": ("变更", "Changes"),
    "event": ("事件", "Events"),
    "project": ("工程", "Projects"),
    "practice": ("做法", "Practices"),
    "phase": ("阶段", "Phases"),
    "definition": ("释义", "Definitions"),
    "assessment": ("评价", "Assessments"),
    "source": ("来源", "Sources"),
    "register-place": ("名册 地区", "Register of places"),
    "register-programme": ("名册 协作项目", "Register of programmes"),
    "register-pairing": ("名册 结对", "Register of pairings"),
    "register-policy": ("名册 政策", "Register of policies"),
    "register-organisation": ("名册 机构", "Register of organisations"),
    "register-project": ("名册 工程", "Register of projects"),
    "register-event": ("名册 事件", "Register of events"),
}

# headers of fields whose words are a sentence
HEADERS: Mapping[str, Words] = {
    "source": ("来源", "source"),
    "id": ("编号", "id"),
    "matching": ("对应方式", "matching"),
    "text": ("概括", "text"),
    "label": ("名称", "label"),
    "name": ("名称", "name"),
    "aliases": ("别名", "aliases"),
    "note": ("备注", "note"),
    "title": ("题名", "title"),
    "description": ("说明", "description"),
    "authors": ("作者", "authors"),
    "publisher": ("出版者", "publisher"),
    "doi": ("DOI", "DOI"),
    "url": ("网址", "address"),
    "licence": ("许可", "licence"),
    "language": ("语言", "language"),
    "reprint_of": ("转载自", "reprint of"),
    "anonymous": ("匿名地区", "anonymous places"),
    "within": ("隶属", "within"),
    "until": ("终止", "until"),
    "places": ("地点", "places"),
    "seat": ("驻地", "seat"),
}
PARTS: Mapping[str, Words] = {
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "programme": ("协作项目", "programme"),
    "supporter": ("帮扶方", "supporter"),
    "recipient": ("受援方", "recipient"),
    "lat": ("纬度", "latitude"),
    "lon": ("经度", "longitude"),
}
# closed words of a record type whose meaning the code lists tell
SCHEMES = {"read": "read-extent", "reached_by": "reached-by"}
_WORDS = frozenset({"id", "source", "code", "doi", "url", "language", "basis", "matching"})
LISTED: Words = ("多项以 | 分开", "several are parted by |")
RECORDS: Words = ("每行一条：{键: 值, …}", "one a line: {key: value, …}")


@dataclass(frozen=True)
class Column:
    """One column: the part of a field that its cells hold, and how they may be filled.

    ``name`` is ``field`` or ``field.part``; ``options`` are the only words allowed, where there are such.
    """

    field: str
    part: str
    header: Words
    note: Words
    kind: Kind = "text"
    many: bool = False
    records: bool = False
    required: bool = False
    mark: Ref | Concept | None = None
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``field`` or ``field.part``."""
        return f"{self.field}.{self.part}" if self.part else self.field


@dataclass(frozen=True)
class Sheet:
    """One sheet: the kind of its records and its columns."""

    key: str
    record_type: type[Record]
    columns: tuple[Column, ...]

    @property
    def is_statement(self) -> bool:
        """Whether its rows are statements, which stand in the file of their source."""
        return self.key in STATEMENT_KINDS

    def title(self, lang: str) -> str:
        """Return the name of the sheet."""
        return TITLES[self.key][lang == "en"]

    def column(self, header: str) -> Column | None:
        """Return the column that a header names: by its machine name, or in either language."""
        wanted = header.strip().removesuffix("*").strip()
        return next((c for c in self.columns if wanted in (c.name, *c.header)), None)


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return every sheet of the workbook, in order.

    >>> [column.name for column in sheets()[0].columns][:4]
    ['source', 'id', 'about', 'programme']
    """
    types: dict[str, type[Record]] = {
        **STATEMENT_KINDS,
        "source": Source,
        **{f"register-{kind}": record_type for kind, (_, record_type) in REGISTERS.items()},
    }
    ontology = load_ontology()
    return tuple(Sheet(key, types[key], _columns(key, types[key], ontology)) for key in TITLES)


def _columns(key: str, record_type: type[Record], ontology: Ontology) -> tuple[Column, ...]:
    fields = [name for name in field_order(record_type) if name != "kind" or key not in STATEMENT_KINDS]
    columns = [column for name in fields for column in _of_field(record_type, name, ontology)]
    if key in STATEMENT_KINDS:
        note = ("出处：陈述写在这一来源的文件里", "where it is stated: the statement stands in the file of this source")
        columns.insert(0, Column("source", "", HEADERS["source"], note, "word", required=True, mark=Ref("source")))
    return tuple(_told_apart(columns))


def _of_field(record_type: type[Record], name: str, ontology: Ontology) -> Iterator[Column]:
    own = next(own for own, info in record_type.model_fields.items() if (info.alias or own) == name)
    info = record_type.model_fields[own]
    header, note = _words(ontology, record_type, own)
    mark, inner = marks_of(record_type, own), nested_type(record_type, name)
    required = info.is_required()
    if inner is Bilingual or inner is Seat:
        kind: Kind = "number" if inner is Seat else "text"
        for part in inner.model_fields:
            must = required and inner.model_fields[part].is_required()
            yield Column(name, part, _with_part(header, part), note, kind, required=must)
    elif inner is Scope:
        yield Column(name, "", header, note, "word", required=required, mark=mark or _mark_inside(info.annotation))
        for part in Scope.model_fields:
            many = part != "programme"
            yield Column(name, part, _with_part(header, part), note, "word", many=many, mark=marks_of(Scope, part))
    elif inner is not None:
        yield Column(name, "", header, note, many=True, records=True, required=required)
    else:
        options = tuple(_literals(info.annotation)) if name != "kind" else ()
        kind = _kind(name, info.annotation, mark)
        many = _has(info.annotation, tuple)
        yield Column(name, "", header, note, kind, many=many, required=required, mark=mark, options=options)


def _words(ontology: Ontology, record_type: type[Record], own: str) -> tuple[Words, Words]:
    zh, en = words_of_field(ontology, record_type, own).split(" | ", 1)
    if own in HEADERS:
        return HEADERS[own], (zh, en)
    short = (zh.split("：")[0].removeprefix("所述"), en.split(":")[0].removeprefix("stated "))
    return short, (zh, en)


def _with_part(header: Words, part: str) -> Words:
    return f"{header[0]}（{PARTS[part][0]}）", f"{header[1]} ({PARTS[part][1]})"


def _told_apart(columns: list[Column]) -> Iterator[Column]:
    """Yield the columns with headers that are all different, in each language."""
    taken: set[str] = {column.name for column in columns}
    for column in columns:
        clash = [word in taken and word != column.name for word in column.header]
        if any(clash):
            zh, en = (f"{word} {column.name}" if bad else word for word, bad in zip(column.header, clash, strict=True))
            column = Column(**{**_as_dict(column), "header": (zh, en)})
        taken.update(column.header)
        yield column


def _as_dict(column: Column) -> dict[str, Any]:
    return {name: getattr(column, name) for name in Column.__dataclass_fields__}


def _kind(name: str, annotation: Any, mark: Ref | Concept | None) -> Kind:
    if _has(annotation, When):
        return "date"
    if _has(annotation, Decimal) or _has(annotation, float):
        return "number"
    return "word" if mark is not None or name in _WORDS or any(_literals(annotation)) else "text"


def _has(annotation: Any, wanted: type) -> bool:
    if annotation is wanted or get_origin(annotation) is wanted:
        return True
    return any(_has(argument, wanted) for argument in getattr(annotation, "__args__", ()))


def _literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
        return
    for argument in getattr(annotation, "__args__", ()):
        yield from _literals(argument)


def _mark_inside(annotation: Any) -> Ref | Concept | None:
    for found in getattr(annotation, "__metadata__", ()):
        if isinstance(found, Ref | Concept):
            return found
    inner = (_mark_inside(argument) for argument in getattr(annotation, "__args__", ()))
    return next((mark for mark in inner if mark is not None), None)
