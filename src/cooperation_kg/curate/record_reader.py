"""YAML files → records, with every fault shown at its line: the step between ``yaml_io`` and ``corpus``."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cooperation_kg.curate.fields import Record
from cooperation_kg.curate.memory import Memory
from cooperation_kg.curate.yaml_io import YamlDocument, YamlPlaces, read_yaml
from cooperation_kg.errors import Issue, UnreadableFile

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Path_ = tuple[str | int, ...]

# words that pydantic adds to the path of a fault and the YAML does not have
_NOT_IN_YAML = frozenset({"scope", "function-before", "function-after", "function-wrap"})

# faults of a whole record that are about one of its fields: shown at the first of these that is there
_SHOWN_AT = {
    "E105": ("until",),
    "E106": ("as_written", "as_noted"),
    "E107": ("value",),
    "E114": ("matching",),
}

# pydantic's types of fault → what is wanted, in both languages; {…} is filled from the fault
_FORMS: dict[str, tuple[str, str]] = {
    "string_type": ("expected one text, not a list or mapping", "此处应为一个文本，不能是列表或映射"),
    "tuple_type": ("expected a list", "此处应为列表"),
    "model_type": ("expected a mapping of fields", "此处应为字段映射"),
    "string_too_long": ("expected at most {max_length} characters", "最多 {max_length} 个字"),
    "string_pattern_mismatch": ("does not have the form {pattern}", "写法应为 {pattern}"),
    "too_short": ("expected at least {min_length} items", "至少 {min_length} 项"),
    "too_long": ("expected at most {max_length} items", "最多 {max_length} 项"),
    "greater_than_equal": ("must not be below {ge}", "不得小于 {ge}"),
    "less_than_equal": ("must not be above {le}", "不得大于 {le}"),
}


@dataclass(frozen=True, slots=True)
class YamlPath:
    """Where a record stands: a document and the path inside it."""

    document: YamlPlaces
    shown_as: str
    path: Path_ = ()

    def child(self, *more: str | int) -> YamlPath:
        """Return the place of something inside this record."""
        return YamlPath(self.document, self.shown_as, (*self.path, *more))

    def locate(self, path: Path_ = (), *, key: bool = False) -> tuple[str, int, int]:
        """Return (file, line, column) of the value (or its key), or of the nearest thing above it."""
        whole = (*self.path, *path)
        for length in range(len(whole), -1, -1):
            try:
                find = self.document.key_location if key and length == len(whole) else self.document.location
                line, column = find(whole[:length])
            except (KeyError, IndexError):
                continue
            return self.shown_as, line, column
        return self.shown_as, 0, 0


class RecordReader:
    """Reads files below one data folder and gathers faults instead of stopping at the first.

    ``unread`` has (file, id) of each record that was left out for a fault, and (file, ``"*"``) of each file
    that could not be read, so that nobody reports a reference to them as a second fault.
    """

    def __init__(self, root: Path, memory: Memory | None = None) -> None:
        self.root = root
        self.memory = memory
        self.issues: list[Issue] = []
        self.unread: set[tuple[str, str]] = set()

    def fault(self, at: YamlPath, path: Path_, code: str, en: str, zh: str, *, key: bool = False) -> None:
        """Keep one fault, at the line of ``path`` inside the record."""
        self.issues.append(Issue(*at.locate(path, key=key), code, en, zh))

    def mapping(self, path: Path, record_type: type[R]) -> tuple[R, YamlPath] | None:
        """Read a file that holds one record."""
        return next(iter(self._recalled(path, record_type, lambda: self._mapping(path, record_type))), None)

    def _mapping(self, path: Path, record_type: type[R]) -> Iterator[tuple[R, YamlPath]]:
        document = self._document(path)
        if document is not None and (found := self._with_place(document, record_type, self._shown(path))):
            yield found

    def record_of(self, document: YamlDocument, record_type: type[R]) -> tuple[R, YamlPath] | None:
        """Read a document that is one record, where it is no file of its own."""
        return self._with_place(document, record_type, document.shown_as)

    def _with_place(self, document: YamlDocument, record_type: type[R], shown_as: str) -> tuple[R, YamlPath] | None:
        at = YamlPath(document.places, shown_as)
        record = self._record(document.data, record_type, at)
        return None if record is None else (record, at)

    def records(
        self, path: Path, record_type: type[R], *, may_be_missing: bool = False
    ) -> Iterable[tuple[R, YamlPath]]:
        """Read a file that holds a list of records of one type."""
        return self._recalled(
            path, record_type, lambda: self._records(path, record_type, may_be_missing=may_be_missing)
        )

    def _records(self, path: Path, record_type: type[R], *, may_be_missing: bool) -> Iterator[tuple[R, YamlPath]]:
        for raw, at in self._items(path, may_be_missing=may_be_missing):
            record = self._record(raw, record_type, at)
            if record is not None:
                yield record, at

    def tagged_records(
        self, path: Path, tag: str, types: Mapping[str, type[R]], given: Mapping[str, Any]
    ) -> Iterable[tuple[R, YamlPath]]:
        """Read a list of records whose type is named in the field ``tag``; ``given`` is added to each."""
        return self._recalled(path, tag, lambda: self._tagged_records(path, tag, types, given))

    def _tagged_records(
        self, path: Path, tag: str, types: Mapping[str, type[R]], given: Mapping[str, Any]
    ) -> Iterator[tuple[R, YamlPath]]:
        for raw, at in self._items(path):
            if not isinstance(raw, dict):
                self._wrong_shape(at, "a mapping of fields", "字段映射")
                continue
            record_type = self._type_of(raw, tag, types, at)
            if record_type is None or self._has_given(raw, given, at):
                self._left_out(raw, at)
                continue
            record = self._record({**raw, **given}, record_type, at)
            if record is not None:
                yield record, at

    def _recalled(self, path: Path, what: Hashable, read: Callable[[], Iterable[T]]) -> Iterable[T]:
        return read() if self.memory is None else self.memory.recall(path, what, read, self.issues, self.unread)

    def _has_given(self, raw: Mapping[str, Any], given: Mapping[str, Any], at: YamlPath) -> bool:
        written = [name for name in given if name in raw]
        for name in written:
            self.fault(
                at,
                (name,),
                "E101",
                f'unknown field "{name}"; the name of the file says it',
                f"未知字段“{name}”；文件名已表明",
                key=True,
            )
        return bool(written)

    def _type_of(self, raw: Mapping[str, Any], tag: str, types: Mapping[str, type[R]], at: YamlPath) -> type[R] | None:
        name = raw.get(tag)
        if name is None:
            self.fault(at, (), "E102", f"missing field {tag}", f"缺少字段 {tag}")
        elif not isinstance(name, str) or name not in types:
            self.fault(
                at,
                (tag,),
                "E104",
                f'no {tag} "{name}"; {_suggest(str(name), types, "en")}',
                f"没有 {tag}“{name}”；{_suggest(str(name), types, 'zh')}",
            )
        else:
            return types[name]
        return None

    def _items(self, path: Path, *, may_be_missing: bool = False) -> Iterator[tuple[Any, YamlPath]]:
        if may_be_missing and not path.exists():
            return
        document = self._document(path, empty_ok=True)
        if document is None or document.data == {}:
            return
        at = YamlPath(document.places, self._shown(path))
        if not isinstance(document.data, list):
            self._wrong_shape(at, 'a list, each entry beginning with "- id:"', "列表，每项以“- id:”开头")
            return
        for index, raw in enumerate(document.data):
            yield raw, YamlPath(at.document, at.shown_as, _alone(index))

    def _document(self, path: Path, *, empty_ok: bool = False) -> YamlDocument | None:
        try:
            return read_yaml(path, shown_as=self._shown(path), empty_ok=empty_ok)
        except UnreadableFile as unreadable:
            self.issues.extend(unreadable.issues)
            self.unread.add((self._shown(path), "*"))
            return None

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name

    def _wrong_shape(self, at: YamlPath, wanted_en: str, wanted_zh: str) -> None:
        self.fault(at, (), "E103", f"expected {wanted_en}", f"此处应为{wanted_zh}")
        self.unread.add((at.shown_as, "*"))

    def _left_out(self, raw: Mapping[str, Any], at: YamlPath) -> None:
        identifier = raw.get("id")
        self.unread.add((at.shown_as, identifier if isinstance(identifier, str) else "*"))

    def _record(self, raw: Any, record_type: type[R], at: YamlPath) -> R | None:
        if not isinstance(raw, dict):
            self._wrong_shape(at, "a mapping of fields", "字段映射")
            return None
        try:
            return record_type.model_validate(raw)
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False):
                self._fault_of(error, record_type, raw, at)
            self._left_out(raw, at)
            return None

    def _fault_of(self, error: ErrorDetails, record_type: type[Record], raw: Any, at: YamlPath) -> None:
        path = _yaml_path(error["loc"], raw)
        name = str(path[-1]) if path else ""
        match error["type"]:
            case "extra_forbidden":
                known = _field_names(record_type, path[:-1])
                en = f'unknown field "{name}"; {_suggest(name, known, "en")}'
                zh = f"未知字段“{name}”；{_suggest(name, known, 'zh')}"
                self.fault(at, path, "E101", en, zh, key=True)
            case "missing":
                self.fault(at, path[:-1], "E102", f"missing field {name}", f"缺少字段 {name}")
            case "literal_error":
                expected, value = error["ctx"]["expected"], error["input"]
                zh = f"“{value}”不在可选值之列：{expected.replace(' or ', '、').replace(', ', '、')}"
                self.fault(at, path, "E104", f'"{value}" is not one of {expected}', zh)
            case code if code.startswith("E"):
                shown = path or next(((part,) for part in _SHOWN_AT.get(code, ()) if part in raw), ())
                self.fault(at, shown, code, error["ctx"]["en"], error["ctx"]["zh"])
            case kind:
                message = error["msg"][:1].lower() + error["msg"][1:]
                en, zh = _FORMS.get(kind, (message, f"值的类型或形式不对（{message}）"))
                facts = error.get("ctx", {})
                self.fault(at, path, "E103", f"{name}: {en.format(**facts)}", f"{name}：{zh.format(**facts)}")


@lru_cache(1 << 12)
def _alone(index: int) -> Path_:
    return (index,)  # one for the records of all files that stand at this place


def _yaml_path(loc: Path_, raw: Any) -> Path_:
    """Drop from pydantic's path the words that the YAML does not have."""
    path: list[str | int] = []
    value = raw
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        in_list = isinstance(part, int) and isinstance(value, list) and part < len(value)
        in_mapping = isinstance(part, str) and isinstance(value, dict) and part in value
        if in_list or in_mapping:
            value = value[part]
        elif not (last and part not in _NOT_IN_YAML and isinstance(value, dict)):
            continue
        path.append(part)
    return tuple(path)


def _field_names(record_type: type[Record], path: Path_) -> list[str]:
    """Return the fields, as YAML writes them, of the record at ``path`` inside a record of this type."""
    within: type[Record] | None = record_type
    for part in path:
        if within is not None and isinstance(part, str):
            fields = {f.alias or name: f for name, f in within.model_fields.items()}
            within = _record_in(fields[part].annotation) if part in fields else None
    if within is None:
        return []
    return [f.alias or name for name, f in within.model_fields.items() if name != "source"]


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    inner = (_record_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((record for record in inner if record is not None), None)


def _suggest(name: str, known: Any, lang: str) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?' if lang == "en" else f"是否想写“{near[0]}”？"
    listed = ", ".join(sorted(known))
    if not listed:
        return "remove it" if lang == "en" else "请删去"
    return f"known: {listed}" if lang == "en" else f"可用：{listed}"
