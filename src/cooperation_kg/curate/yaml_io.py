"""Strict YAML: what the curator typed, as text, with the line and column of every value.

Ordinary YAML readers guess (``NO`` becomes false, ``1.10`` becomes 1.1, of two equal keys the last one wins)
and hostile files make them hang or crash. Here every scalar stays the text that was typed, whatever could be
misread is refused, and all faults of a file are reported at once, each with its place and its remedy.

PyYAML is the reader (libyaml where it is there, else its pure Python twin): one pass over its *events*, on a stack of
our own, since its composer recurses and dies of 50,000 open brackets. What is plain, ``yaml_fast`` reads. Byte order
marks and CRLF line ends are accepted: editors on Windows write them. YAML terms as in https://yaml.org/spec/1.1/.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from zlib import compress, decompress

import yaml

from cooperation_kg.curate.yaml_bytes import LINE_BREAK, UNSEEN_IN_TEXT, UNSEEN_IN_VALUE, decode, read_bytes
from cooperation_kg.curate.yaml_fast import plain_data
from cooperation_kg.curate.yaml_faults import Faults

MAX_DEPTH = 30
"""Deepest nesting: statements need five."""
MAX_VALUES = 2_000_000
"""Most values a file, more than statements fit into `MAX_BYTES`; denser files would fill the memory."""
YamlValue: TypeAlias = "str | list[YamlValue] | dict[str, YamlValue]"
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_CLOSE = "a quote opened here is not closed; close it", "这里的引号没有闭合；请补上"
_ALIGN = (
    "the indentation does not fit the lines above, or text follows a closing quote; align or quote it",
    "缩进与上文不合，或引号之后还有文字；请对齐，或整个加引号",
)
SYNTAX: dict[str, tuple[str, str]] = {
    "mapping values": (
        'a ": " where none is expected; quote a value that contains it, check the indentation, and see that '
        'the line above has "key: value" with half-width colon and space',
        "此处不应有冒号；含“: ”的值请加引号；检查缩进；上一行须写 key: value（半角冒号加空格）",
    ),
    "could not find expected ':'": (
        'a key without colon; write "key: value" with half-width colon and space',
        "键后没有冒号；请写 key: value（半角冒号加空格）",
    ),
    "unexpected end of stream": _CLOSE,
    "unexpected document": _CLOSE,
    "',' or": (
        "a bracket opened here is not closed, or a comma is missing in it; add it",
        "这里的括号没有闭合，或其中缺少逗号；请补上",
    ),
    "cannot start any token": ("a value cannot begin with this; quote it", "值不能以此字符开头；请加引号"),
    "escape": (
        "a backslash in double quotes; write two, or use single quotes",
        "双引号里有反斜杠；请写两个，或改用单引号",
    ),
    "hexdecimal": ("a broken escape; write the character itself", "转义不完整；请直接写字符"),
    "too large": ("a broken escape; write the character itself", "转义不完整；请直接写字符"),
    "sequence entries": (
        'a list item ("- ") where none is expected; begin it on a line of its own',
        "此处不应有列表项（- ）；请另起一行",
    ),
    "alphabetic or numeric": ("a text that begins with & or *; quote it", "文字以 & 或 * 开头；请加引号"),
    "node content": ("a value is missing before this; add it", "此处之前缺少值；请补上"),
    "URI": ("a text that begins with !; quote it", "文字以 ! 开头；请加引号"),
    "directive name": ("a text that begins with %; quote it", "文字以 % 开头；请加引号"),
    "incompatible": ("a %YAML directive; delete it", "有 %YAML 指令；请删去"),
    "did not find expected": _ALIGN,
    "expected <block end>": _ALIGN,
    "expected '<document start>'": _ALIGN,
}
_REPORTED_AT_ITS_BEGIN = (
    "could not find expected ':'",
    "unexpected end of stream",
    "unexpected document",
    "',' or",
)

_ITEM = re.compile(r"^-(?=[ \r\n])", re.MULTILINE)
_BEFORE_ITEMS = re.compile(r"(?: *(?:#.*)?\r?\n)*")

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


Place: TypeAlias = tuple[int, int]
"""Line and column, from 1, in characters."""


class _Spot(NamedTuple):
    """Where a value and its key are, and where the values inside it are."""

    key: Place
    value: Place
    inside: Mapping[str | int, _Spot]


_NOTHING: Mapping[str | int, _Spot] = {}


@dataclass(frozen=True)
class YamlPlaces:
    """Where each value of a file stands, looked for when the first place is asked for.

    Most files have no fault, and nobody asks for a place in them. The text is kept, compressed, and not read again from
    disk: the file may have changed since, or be gone.

    Parameters
    ----------
    shown_as: the file as named in messages.
    content: the file, UTF-8, compressed by zlib.
    items: how many items the file has, where it is a list.
    """

    shown_as: str
    content: bytes = field(repr=False, compare=False)
    items: int = 0

    @cached_property
    def _spot(self) -> _Spot:
        return _read(_expanded(self.content), Faults(self.shown_as), empty_ok=True).spots[0]

    def location(self, path: tuple[str | int, ...] = ()) -> Place:
        """Return line and column, from 1, of the value at `path` (keys, and positions in lists from 0).

        Parts that the file does not have are passed over, so that the path of a missing field gives the place
        of the record that lacks it.
        """
        return self._find(path).value

    def key_location(self, path: tuple[str | int, ...]) -> Place:
        """Return the place of the key of the value at `path`; of a list item, the item's own."""
        return self._find(path).key

    def _find(self, path: tuple[str | int, ...]) -> _Spot:
        item = self._item(path[0]) if path and isinstance(path[0], int) else None
        spot, within = (item, path[1:]) if item else (self._spot, path)
        for part in within:
            spot = spot.inside.get(part, spot)
        return spot

    def _item(self, position: int) -> _Spot | None:
        """Return the places in one item of the file, read without the others; None where that cannot be done."""
        text, begins = _items_of(self.content)
        if len(begins) != self.items or position >= self.items:
            return None
        (begin, lines), end = begins[position], begins[position + 1][0] if position + 1 < self.items else None
        item = "\n" * lines + text[begin:end]
        return _read(item, Faults(self.shown_as), empty_ok=True).spots[0].inside[0]


@dataclass(frozen=True)
class YamlDocument:
    """What one file says, as plain text, lists and mappings, and where each value stands.

    Parameters
    ----------
    data: text, lists and mappings; never None, a number or a date.
    places: where they stand; who keeps these alone lets the data go.

    >>> document = parse_yaml("kind: figure\\nas_written: 1.10\\n", "s0.yaml")
    >>> document.data
    {'kind': 'figure', 'as_written': '1.10'}
    >>> document.location(("as_written",)), document.key_location(("as_written",))
    ((2, 13), (2, 1))
    """

    data: YamlValue
    places: YamlPlaces

    @property
    def shown_as(self) -> str:
        """The file as named in messages."""
        return self.places.shown_as

    def location(self, path: tuple[str | int, ...] = ()) -> Place:
        """Return the place of the value at `path`; see `YamlPlaces.location`."""
        return self.places.location(path)

    def key_location(self, path: tuple[str | int, ...]) -> Place:
        """Return the place of the key of the value at `path`; see `YamlPlaces.key_location`."""
        return self.places.key_location(path)


def read_yaml(path: Path, *, shown_as: str | None = None, empty_ok: bool = False) -> YamlDocument:
    """Read one YAML file strictly.

    Parameters
    ----------
    path: the file; at most `MAX_BYTES`.
    shown_as: how messages name it; the path itself by default.
    empty_ok: whether a file without content is an empty mapping rather than fault E017.

    Raises
    ------
    UnreadableFile: with every fault found, each with its place; of syntax errors (E008) only the first,
        because what follows one cannot be read.
    """
    faults = Faults(shown_as or str(path).encode("utf-8", "backslashreplace").decode())
    return _parse(decode(read_bytes(path, faults), faults), faults, empty_ok)


def parse_yaml(text: str, shown_as: str, *, empty_ok: bool = False) -> YamlDocument:
    """Read YAML from a text instead of a file; parameters and errors as in `read_yaml`.

    >>> parse_yaml("[NO, 010, 1998-05-03]", "example").data
    ['NO', '010', '1998-05-03']
    """
    return _parse(text.removeprefix("\ufeff"), Faults(shown_as), empty_ok)


def _parse(text: str, faults: Faults, empty_ok: bool) -> YamlDocument:
    data = plain_data(text, most_values=MAX_VALUES, deepest=MAX_DEPTH)
    if data is None:
        data = _read(text, faults, empty_ok).items[0]
    items = len(data) if isinstance(data, list) else 0
    return YamlDocument(data, YamlPlaces(faults.shown_as, compress(text.encode(), 1), items))


def _expanded(content: bytes) -> str:
    return decompress(content).decode()


@lru_cache(maxsize=8)
def _items_of(content: bytes) -> tuple[str, Sequence[tuple[int, int]]]:
    """Return the text of a file that is a list, and where its items begin: after how many characters and lines.

    Nowhere where that is not plain to see. A line inside a text in quotes may look like the first of an item: then
    there are more of these than items.
    """
    text = _expanded(content)
    begins: list[tuple[int, int]] = []
    begin = lines = 0
    for item in _ITEM.finditer(text):
        lines += len(LINE_BREAK.findall(text, begin, item.start()))
        begin = item.start()
        begins.append((begin, lines))
    return text, begins if begins and _BEFORE_ITEMS.fullmatch(text, 0, begins[0][0]) else ()


def _read(text: str, faults: Faults, empty_ok: bool) -> _List:
    """Return a list of one: what the text says, and its places; the long way, which words every fault."""
    first_unseen = _find_unseen(text, faults)
    if first_unseen:  # stand-ins of the same width: the rest is still read, and every place stays right
        text = UNSEEN_IN_TEXT.sub(lambda run: (" " if "\t" in run[0] else "□") * len(run[0]), text)
    builder = _Builder(faults)
    try:
        for event in _read_events(text):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        _add_syntax_fault(error, faults, first_unseen)
    else:
        builder.finish(empty_ok)
    if faults.issues:
        raise faults.as_error()
    return builder.root


def _read_events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=LOADER)
    except (OverflowError, ValueError) as error:  # the pure reader hands escapes past Unicode to chr()
        raise yaml.YAMLError(str(error)) from error


def _find_unseen(text: str, faults: Faults) -> int:
    """Add a fault for each run of invisible characters or tabs; return the line of the first, else 0."""
    if not UNSEEN_IN_TEXT.search(text):
        return 0
    line, begin, first = 1, 0, 0
    for match in re.finditer(f"{LINE_BREAK.pattern}|{UNSEEN_IN_TEXT.pattern}", text):
        if match[0] in ("\r\n", "\r", "\n"):
            line, begin = line + 1, match.end()
            continue
        first = first or line
        code = "E007" if "\t" in match[0] else "E006"
        faults.add(code, line, match.start() - begin + 1, char=_name_char(match[0][0]))
    return first


@cache
def _name_char(char: str) -> str:
    kinds = {"Cc": "control character", "Co": "private use", "Cs": "surrogate"}
    return f"U+{ord(char):04X} ({unicodedata.name(char, kinds.get(unicodedata.category(char), 'unassigned'))})"


def _add_syntax_fault(error: yaml.YAMLError, faults: Faults, first_unseen: int) -> None:
    problem = str(getattr(error, "problem", None) or error)
    part = next((part for part in SYNTAX if part in problem), "")
    mark = getattr(error, "context_mark" if part in _REPORTED_AT_ITS_BEGIN else "problem_mark", None)
    line, column = _place(mark) if mark else (0, 0)
    if first_unseen and first_unseen <= line:
        return  # it may follow from the character above; what is left shows once that one is mended
    english, chinese = SYNTAX.get(part, (f"not YAML: {problem}; mend it", f"不是 YAML：{problem}；请改正"))
    faults.add("E008", line, column, en=english, zh=chinese)


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


class _List:
    """A list being read; each value gets the next position."""

    def __init__(self) -> None:
        self.items: list[YamlValue] = []
        self.spots: dict[str | int, _Spot] = {}

    def attach(self, value: YamlValue, place: Place, inside: Mapping[str | int, _Spot]) -> None:
        self.spots[len(self.items)] = _Spot(place, place, inside)
        self.items.append(value)


class _Mapping:
    """A mapping being read; `key_place` is None while the next thing to come is a key."""

    def __init__(self) -> None:
        self.items: dict[str, YamlValue] = {}
        self.spots: dict[str | int, _Spot] = {}
        self.key: str | None = None  # None too where the key was refused: its value is then passed over
        self.key_place: Place | None = None

    def attach(self, value: YamlValue, place: Place, inside: Mapping[str | int, _Spot]) -> None:
        if self.key is not None and self.key_place is not None:
            self.items[self.key] = value
            self.spots[self.key] = _Spot(self.key_place, place, inside)
        self.key_place = None


class _Builder:
    """Turns PyYAML's events into data and places on its own stack; adds a fault for what is not accepted."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.root = _List()
        self.stack: list[_List | _Mapping] = [self.root]
        self.documents = 0
        self.values = 0

    def take(self, event: Any) -> bool:
        """Take the next event; return whether to go on."""
        place = _place(event.start_mark)
        if isinstance(event, yaml.NodeEvent):
            self._refuse_properties(event, place)
            self.values += 1
        if self.values > MAX_VALUES:
            self.faults.stop("E019", *place, limit=MAX_VALUES)
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event, place)
        elif isinstance(event, yaml.MappingStartEvent):
            return self._open(_Mapping(), place)
        elif isinstance(event, yaml.SequenceStartEvent):
            return self._open(_List(), place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._attach("", place, _NOTHING)
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._open_document(event, place)
        return True

    def finish(self, empty_ok: bool) -> None:
        """Answer for a file without content."""
        if self.root.items or self.faults.issues:
            return
        if not empty_ok:
            self.faults.stop("E017")
        self.root.attach({}, (1, 1), _NOTHING)

    def _refuse_properties(self, event: Any, place: Place) -> None:
        if event.anchor is not None:  # an alias has the name of its anchor here
            self.faults.add("E011", *place)
        if getattr(event, "tag", None) is not None:
            self.faults.add("E012", *place)

    def _open_document(self, event: Any, place: Place) -> bool:
        self.documents += 1
        if event.version or event.tags:
            self.faults.add("E012", *place)
        if self.documents > 1:
            self.faults.add("E014", *place)
        return self.documents == 1

    def _open(self, frame: _List | _Mapping, place: Place) -> bool:
        if self._awaits_key():
            self.faults.add("E016", *place)
        self._attach(frame.items, place, frame.spots)
        self.stack.append(frame)
        if len(self.stack) > MAX_DEPTH + 1:
            self.faults.add("E009", *place, limit=MAX_DEPTH)
            return False
        return True

    def _awaits_key(self) -> _Mapping | None:
        top = self.stack[-1]
        return top if isinstance(top, _Mapping) and top.key_place is None else None

    def _attach(self, value: YamlValue, place: Place, inside: Mapping[str | int, _Spot]) -> None:
        """Put a value into its place; where a key was due, it takes the key's, so that both stay in step."""
        if mapping := self._awaits_key():
            mapping.key, mapping.key_place = None, place
        else:
            self.stack[-1].attach(value, place, inside)

    def _take_scalar(self, event: Any, place: Place) -> None:
        text, plain = event.value, not event.style
        for char in UNSEEN_IN_VALUE.findall(text):  # written as an escape: raw ones are replaced by now
            self.faults.add("E006", *place, char=_name_char(char))
        absent = not text.strip() or (plain and text in _NULLS)
        if mapping := self._awaits_key():
            mapping.key, mapping.key_place = self._read_key(mapping, text, place, absent, plain), place
        elif plain and not text and len(self.stack) == 1:
            return  # a document without content, which finish() answers for
        else:
            if absent:
                self.faults.add("E015", *place)
            self._attach(text, place, _NOTHING)

    def _read_key(self, mapping: _Mapping, text: str, place: Place, absent: bool, plain: bool) -> str | None:
        if absent:
            self.faults.add("E016", *place)
        elif plain and text == "<<":
            self.faults.add("E013", *place)
        elif text in mapping.items:
            shown = text if text.isprintable() else ascii(text)
            self.faults.add("E010", *place, key=f'"{shown[:60]}"', first=mapping.spots[text].key[0])
        else:
            return text
        return None
