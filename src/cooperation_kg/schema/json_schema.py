"""How may each YAML file be written? JSON Schema for editors, made from the record types and the code lists.

The schema completes and underlines while one types; what holds between records is for ``ckg check`` alone.
JSON Schema draft 7, which every YAML language server knows. Editors read ``2016`` and ``110000`` as numbers
where our reader takes text, so the fields in which such values are typed allow both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from cooperation_kg.curate import coverage, judgements, registers
from cooperation_kg.curate.dates import FIRST_YEAR, LAST_YEAR
from cooperation_kg.curate.fields import SLUG_PATTERN, Concept, marks_of
from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.ontology import ConceptTerm, Ontology
from cooperation_kg.schema.words import words_of_field, words_of_record

DIALECT = "http://json-schema.org/draft-07/schema#"
REFERENCE = "#/definitions/{model}"

_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
DATE_PATTERN = rf"^({_DAY}~?(/{_DAY}~?)?|\[{_DAY}\.\.{_DAY}\])$"
NUMBER_PATTERN = r"^-?\d+(\.\d+)?$"

Schema = dict[str, Any]


class File(NamedTuple):
    """One kind of YAML file: its title, the records it may hold, and whether it holds one or a list."""

    title: str
    records: tuple[type[BaseModel], ...]
    is_list: bool = True


SCHEMA_FILES: dict[str, File] = {
    "dataset": File("数据集 | dataset.yaml", (registers.Dataset,), is_list=False),
    "source": File("来源 | sources/<id>.yaml", (registers.Source,), is_list=False),
    "statements": File("陈述 | statements/<id>.yaml", tuple(STATEMENT_KINDS.values())),
    "places": File("地区 | places/*.yaml", (registers.Place,)),
    "programmes": File("协作项目 | programmes.yaml", (registers.Programme,)),
    "pairings": File("有名称的结对 | pairings.yaml", (registers.NamedPairing,)),
    "policies": File("政策文件 | policies.yaml", (registers.Policy,)),
    "organisations": File("机构 | organisations.yaml", (registers.Organisation,)),
    "projects": File("工程项目 | projects.yaml", (registers.Project,)),
    "events": File("事件 | events.yaml", (registers.Event,)),
    "judgements": File("判断 | judgements.yaml", (judgements.Judgement,)),
    "coverage": File("研究笔记的去向 | coverage.yaml", (coverage.CoverageRow,)),
}

# Text fields that hold numbers so often that they are typed without quotes.
TYPED_AS_NUMBERS = frozenset({"as_written", "as_noted", "code", "horizon", "issue", "version"})
# Fields of a record that the YAML does not have: the name of the file says it.
NOT_IN_YAML = frozenset({"source"})

_NUMBER_OR_TEXT: Schema = {"type": ["string", "number"], "pattern": NUMBER_PATTERN}
_DATE: Schema = {
    "type": ["string", "integer"],
    "pattern": DATE_PATTERN,
    "minimum": FIRST_YEAR,
    "maximum": LAST_YEAR,
}


# Limits that pydantic leaves under its own name where a reader of ours stands before the number.
_JSON_NAMES = {"ge": "minimum", "le": "maximum"}


def _or_text(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "string", "minLength": 1}, schema]}


# What a function that reads or checks a field does to its schema, by the function's name.
READERS: dict[str, Callable[[Schema], Schema]] = {
    "one_or_many": _or_text,
    "_bilingual": _or_text,
    "_dated_parents": _or_text,
    "_when": lambda _: dict(_DATE),
    "_number": lambda _: dict(_NUMBER_OR_TEXT),
    "_degrees": lambda schema: {**schema, **_NUMBER_OR_TEXT},
    "_slug": lambda schema: {**schema, "pattern": SLUG_PATTERN},
    "_tidy": lambda schema: {**schema, "minLength": 1},
    "_code": lambda schema: {**schema, "pattern": f"^{registers.CODE.pattern}$"},
    "_slash": lambda schema: {**schema, "allOf": [{"pattern": "/$"}]},
}


def json_schema(name: str, ontology: Ontology) -> str:
    """Return the JSON Schema of one of SCHEMA_FILES, as text that ends with a newline.

    >>> from cooperation_kg.ontology import load_ontology
    >>> '"const": "figure"' in json_schema("statements", load_ontology())
    True
    """
    file = SCHEMA_FILES[name]
    generator = type("_Bound", (_FromRecords,), {"ontology": ontology})
    _, made = models_json_schema(
        [(record, "validation") for record in file.records],
        ref_template=REFERENCE,
        schema_generator=generator,
    )
    schema = {"$schema": DIALECT, "title": file.title, **_body(file), "definitions": made["$defs"]}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _body(file: File) -> Schema:
    references = [{"$ref": REFERENCE.format(model=record.__name__)} for record in file.records]
    one = references[0] if len(references) == 1 else {"anyOf": references}
    return {"type": "array", "minItems": 1, "items": one} if file.is_list else {"allOf": [one]}


class _FromRecords(GenerateJsonSchema):
    """Pydantic's generator, told what our readers accept and what the ontology says of each field."""

    ontology: Ontology

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        return self._read(schema["function"], super().function_before_schema(schema))

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        made = super().function_after_schema(schema)
        return made if schema["schema"]["type"] == "model" else self._read(schema["function"], made)

    def _read(self, function: Mapping[str, Any], made: JsonSchemaValue) -> JsonSchemaValue:
        name = getattr(function["function"], "__name__", None)
        return made if name is None else READERS[name](made)

    def chain_schema(self, schema: core_schema.ChainSchema) -> JsonSchemaValue:
        # Pydantic shows the first step alone; ours all limit one and the same text.
        return {key: value for step in schema["steps"] for key, value in self.generate_inner(step).items()}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        record: type[BaseModel] = schema["cls"]
        made = super().model_schema(schema)
        made["description"] = words_of_record(self.ontology, record)
        made["properties"] = {
            field.alias or name: self._field(record, name, made["properties"][field.alias or name])
            for name, field in record.model_fields.items()
            if name not in NOT_IN_YAML
        }
        if "required" in made:
            made["required"] = [name for name in made["required"] if name not in NOT_IN_YAML]
        return made

    def _field(self, record: type[BaseModel], name: str, made: Schema) -> Schema:
        mark = marks_of(record, name)
        described = {"description": words_of_field(self.ontology, record, name)}
        default = {"default": made["default"]} if isinstance(made.get("default"), str) else {}
        if isinstance(mark, Concept):
            choices = _choices(self.ontology.concepts[mark.scheme])
            return {**described, **(_one_or_more(choices) if "anyOf" in _without_null(made) else choices), **default}
        kept = {_JSON_NAMES.get(key, key): value for key, value in made.items() if key not in ("default", "title")}
        plain = _with_item_counts(_without_null(kept))
        if name in TYPED_AS_NUMBERS:
            plain["type"] = ["string", "number"]
        return {**described, **plain, **default}


def _choices(concepts: Mapping[str, ConceptTerm]) -> Schema:
    meanings = [f"{concept.zh} | {concept.en}" for concept in concepts.values()]
    return {"type": "string", "enum": list(concepts), "enumDescriptions": meanings}


def _one_or_more(choices: Schema) -> Schema:
    return {"anyOf": [choices, {"type": "array", "items": choices}]}


def _without_null(schema: Schema) -> Schema:
    """Drop ``null``: what a source leaves unsaid is left out of the YAML, never written as null."""
    if "anyOf" not in schema:
        return schema
    options = [option for option in schema["anyOf"] if option.get("type") != "null"]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    if len(options) == 1 and "$ref" not in options[0]:
        return {**rest, **options[0]}
    return {**rest, "anyOf": options}


def _with_item_counts(schema: Schema) -> Schema:
    """Put a length that pydantic writes beside ``one or many`` where it belongs: on the list."""
    counts = {
        items: schema[length]
        for length, items in (("minLength", "minItems"), ("maxLength", "maxItems"))
        if "anyOf" in schema and length in schema
    }
    if not counts:
        return schema
    lists = [{**option, **counts} for option in schema["anyOf"] if option.get("type") == "array"]
    texts = [option for option in schema["anyOf"] if option.get("type") != "array" and counts["minItems"] < 2]
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "minLength", "maxLength")}
    return {**rest, "anyOf": [*texts, *lists]}
