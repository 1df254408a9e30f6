"""The field types that records share: ids, references, concepts, dates, texts in two languages.

A record says *what kind of thing* each text points to in its type (``Annotated[str, Ref("place")]``), so that the
checks, the JSON Schema and the graph read the same table: the records themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

from cooperation_kg.curate.dates import BadDate, When, parse_when

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_PATTERN = f"^{SLUG.pattern}$"
FORMULA_SIGNS = "=+@\t"
IRI_PATTERN = r"^https?://[^\s<>\"{}|\\^`\[\]%:/?#]+(?::\d+)?(?:[/?#](?:[^\s<>\"{}|\\^`\[\]%]|%[0-9A-Fa-f]{2})*)?$"
REFERENCE_PATTERN = r"^\S(?:.*\S)?$"


@dataclass(frozen=True)
class Ref:
    """The text is the id (or, for a named pairing, the Chinese name) of a thing of one of these kinds.

    >>> Ref("place", "organisation").kinds
    ('place', 'organisation')
    """

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


@dataclass(frozen=True)
class Concept:
    """The text is the notation of a concept in this scheme of ``ontology/concepts.ttl``.

    >>> Concept("measure").scheme
    'measure'
    """

    scheme: str


def fault(code: str, en: str, zh: str) -> PydanticCustomError:
    """Return a validation error that carries its stable code and both messages."""
    return PydanticCustomError(code, "{en}", {"en": en, "zh": zh})


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise fault(
            "E108",
            f'"{text}" is not an id; use lower-case letters, digits and single hyphens, e.g. "liupanshui"',
            f"“{text}”不能作 id；请用小写字母、数字和单个连字符，例如 liupanshui",
        )
    return text


def _tidy(text: str) -> str:
    bare = text.strip()
    if not bare:
        raise fault("E110", "the text is empty; leave the field out", "文本为空；请删去该字段")
    if text != bare or "\u3000" in text or "  " in text:
        raise fault(
            "E111",
            f'stray, doubled or full-width space in "{text}"; remove it',
            f"“{text}”中有多余空格、连续空格或全角空格；请删去",
        )
    if text[0] in FORMULA_SIGNS:
        raise fault(
            "E115",
            f'"{text}" begins with {text[0]}, which a spreadsheet takes for a formula; begin with a word or a digit',
            f"“{text}”以 {text[0]} 开头，电子表格会当作公式；请以文字或数字开头",
        )
    return text


def _when(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    try:
        return parse_when(text)
    except BadDate as bad:
        raise fault("E105", bad.reason_en, bad.reason_zh) from bad


def one_or_many(value: Any) -> Any:
    """Return a single text as a list of one, for fields in which a list of one may be written as it is.

    >>> one_or_many("beijing")
    ['beijing']
    """
    return [value] if isinstance(value, str) else value


def _bilingual(value: Any) -> Any:
    return {"zh": value} if isinstance(value, str) else value


def _when_schema(_source: Any, _handler: Any) -> core_schema.CoreSchema:
    return core_schema.no_info_before_validator_function(
        _when,
        core_schema.is_instance_schema(When),
        json_schema_input_schema=core_schema.str_schema(),
        serialization=core_schema.plain_serializer_function_ser_schema(lambda when: when.text),
    )


Slug = Annotated[str, AfterValidator(_slug)]
Text = Annotated[str, AfterValidator(_tidy)]
Date = Annotated[When, GetPydanticSchema(_when_schema)]


class Record(BaseModel):
    """Base of every curated record: frozen, closed (an unknown field is a fault), text kept as typed.

    A record holds the fields that were given; what it leaves out it finds at its class (``slim``).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False, arbitrary_types_allowed=True)

    def model_post_init(self, _context: Any) -> None:
        """Share the set of the fields that were given with every record that gives the same; see ``slim``."""
        # a set of its own takes a third of the memory of a record
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _SETS.setdefault(frozenset(given), given))
        if type(self) in _SLIM:
            held = self.__dict__
            object.__setattr__(self, "__dict__", {name: held[name] for name in held if name in given})


_SETS: dict[frozenset[str], set[str]] = {}
_SLIM: set[type[Record]] = set()


def slim(*record_types: type[Record]) -> None:
    """Let records of these types hold the fields that were given; the class has the defaults of all the others.

    A statement has up to 30 fields, of which it gives a third. No type may follow that is based on one of these.
    """
    for record_type in record_types:
        for name, field in record_type.model_fields.items():
            if not field.is_required():
                assert field.default_factory is None, name  # the default would be no value
                setattr(record_type, name, field.default)
    _SLIM.update(record_types)


class Bilingual(Record):
    """A text in Chinese and, where we have it, in English.

    >>> Bilingual(zh="北京市", en="Beijing").en
    'Beijing'
    """

    zh: Text
    en: Text | None = None

    def in_language(self, lang: str) -> str:
        """Return the English text for ``"en"`` where there is one, else the Chinese."""
        return self.en if lang == "en" and self.en else self.zh


Label = Annotated[Bilingual, BeforeValidator(_bilingual)]
Names = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]


Marker: TypeAlias = "type[Ref] | type[Concept] | tuple[type[Ref], type[Concept]]"


def marked_values(record: BaseModel, marker: Marker) -> list[tuple[tuple[str | int, ...], Any, str]]:
    """Return (path, marker, text) for every marked text in a record, nested records and tuples included.

    The path is the one the YAML has, so that a fault can be shown at its line.
    """
    found: list[tuple[tuple[str | int, ...], Any, str]] = []
    _gather(record, (), marker, found)
    return found


def _gather(record: BaseModel, above: tuple[str | int, ...], marker: Marker, found: list[Any]) -> None:
    values = vars(record)  # a third of the time that asking for each attribute takes
    for name, path, mark, default in _fields_with(type(record), marker):  # type: ignore[arg-type]  # a class can be hashed
        value = values.get(name, default)
        if value is not None:
            _take(value, above + path if above else path, mark, marker, found)


def _take(value: Any, path: tuple[str | int, ...], mark: Any, marker: Marker, found: list[Any]) -> None:
    if isinstance(value, str):
        if mark is not None:
            found.append((path, mark, value))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _take(item, (*path, index), mark, marker, found)
    elif isinstance(value, BaseModel):
        _gather(value, path, marker, found)


@cache
def _fields_with(
    record_type: type[BaseModel], marker: Marker
) -> tuple[tuple[str, tuple[str], Ref | Concept | None, Any], ...]:
    """Return name, path in YAML, mark and default of each field that is marked, or that may hold records."""
    found = []
    for name, field in record_type.model_fields.items():
        mark = marks_of(record_type, name)
        mark = mark if isinstance(mark, marker) else None
        if mark is not None or _holds_records(field.annotation):
            found.append((name, (field.alias or name,), mark, None if field.is_required() else field.default))
    return tuple(found)


def _holds_records(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_holds_records(argument) for argument in getattr(annotation, "__args__", ()))


@cache
def marks_of(record_type: type[BaseModel], name: str) -> Ref | Concept | None:
    """Return what kind of thing the texts of a field point to, or None for plain text.

    >>> from cooperation_kg.curate.registers import Place
    >>> marks_of(Place, "level")
    Concept(scheme='level')
    """
    field = record_type.model_fields[name]
    marks = (*field.metadata, *_nested_marks(field.annotation))
    return next((mark for mark in marks if isinstance(mark, Ref | Concept)), None)


def _nested_marks(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for argument in getattr(annotation, "__args__", ()):
        yield from _nested_marks(argument)
