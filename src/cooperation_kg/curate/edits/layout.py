"""How does a YAML file look in the house order? Same values, same comments, each comment with its line.

Fields are put in the order of their record, blocks are indented by two, lines end with a line feed and without blanks,
and empty lines come one at a time. Records and items of lists stay in the order they have: in statements it is the
reading order, and in lists it is that of the source. Lines are not folded, and quotes stay as they are typed.

Each step is taken only if the text then reads back the same; what cannot be done safely is left, and said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pydantic import BaseModel

from cooperation_kg.curate.edits.house import field_order, nested_type, record_type_of
from cooperation_kg.curate.edits.source_tree import Node, Source, read_source
from cooperation_kg.errors import Issue, UnreadableFile

RecordType = type[BaseModel] | None
_SPACES = re.compile(" *")
_PREFIX = re.compile(r"[ -]*")
MAX_DEPTH = 12
"""Levels of records inside records that are put in order; curated files have four."""


class Formatted(NamedTuple):
    """A text in the house order, and what was left as it was (W701)."""

    text: str
    left: tuple[Issue, ...] = ()


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def format_text(text: str, file: str) -> Formatted:
    """Return a YAML text in the house order.

    Parameters
    ----------
    text: the file, without byte order mark.
    file: relative to the data folder, with ``/``; it tells the type of its records. Of another file only spaces and
        line ends are put in order.

    Raises UnreadableFile where the text is not the YAML we accept.

    >>> format_text("-   kind: practice # k\\n    id: s001  \\n", "statements/a.yaml").text
    '- id: s001\\n  kind: practice # k\\n'
    """
    source = read_source(text, file)
    left: list[Issue] = []
    for step in (_with_line_feeds, _without_blanks, _indented):
        source = _step(source, step, file, left)
    for depth in range(MAX_DEPTH):
        edits = _Ordering(source, file, depth)
        source = _step(source, lambda _, edits=edits: edits.text(), file, left)  # type: ignore[misc]
        left += edits.left
    return Formatted(source.text, tuple(sorted(set(left))))


def _step(source: Source, change: Callable[[Source], str], file: str, left: list[Issue]) -> Source:
    """Take a step if the text reads back the same; else leave the text and say so."""
    text = change(source)
    if text == source.text:
        return source
    try:
        changed = read_source(text, file)
        same = changed.data == source.data and _comments(changed) == _comments(source)
    except UnreadableFile:
        same = False
    if same:
        return changed
    left.append(
        Issue(
            file,
            0,
            0,
            "W701",
            "spaces or order were left as they are: changing them would change a value; put them in order by hand",
            "空格或次序未动：改动会影响内容；请手工整理",
        )
    )
    return source


def _comments(source: Source) -> Counter[str]:
    return Counter(text.rstrip() for _, text in source.comments())


def _with_line_feeds(source: Source) -> str:
    return re.sub("\r\n?", "\n", source.text)


def _inner_lines(source: Source) -> set[int]:
    """Return the begins of the lines that lie inside a value of several lines."""
    scalars = source.root.scalars() if source.root else ()
    return {
        node.start + match.end() for node in scalars for match in re.finditer("\n", source.text[node.start : node.end])
    }


def _without_blanks(source: Source) -> str:
    """Return the text without blanks at line ends and with single empty lines, inside of values excepted."""
    inner = _inner_lines(source)
    scalars = source.root.scalars() if source.root else ()
    # the blanks at the end of a literal or folded text are its own
    ends = inner | {source.next_line(node.end) for node in scalars if node.style in ("|", ">")}
    lines: list[str] = []
    at = 0
    for line in source.text.split("\n"):
        following = at + len(line) + 1
        kept = line if following in ends else line.rstrip(" ")
        if kept or at in inner or (lines and lines[-1]):
            lines.append(kept)
        at = following
    text = "\n".join(lines).rstrip("\n")
    return text + "\n" if text else ""


# --- indentation


def _indented(source: Source) -> str:
    """Return the text with every block indented by two, what belongs to a line moved along with it."""
    if source.root is None or source.root.flow:
        return source.text
    wanted: dict[int, int] = {}  # begin of a line → its column
    gaps: list[_Edit] = []
    _place(source, source.root, 0, wanted, gaps)
    edits = [*gaps]
    lines = [0, *(match.end() for match in re.finditer("\n", source.text))]
    comments = dict(source.comments())
    shift, ahead = 0, _ahead(source, lines, wanted)
    for begin in lines:
        spaces = _spaces(source.text, begin)
        if begin in wanted:
            shift = wanted[begin] - spaces
            moved = shift
        elif begin + spaces in comments and ahead.get(begin, (spaces, 0))[0] == spaces:
            moved = ahead.get(begin, (spaces, shift))[1]
        else:
            moved = shift
        if moved and source.text[begin + spaces : begin + spaces + 1] not in ("", "\n"):
            edits.append(_Edit(begin, begin + spaces, " " * max(spaces + moved, 0)))
    return _applied(source.text, edits)


def _spaces(text: str, begin: int) -> int:
    return _SPACES.match(text, begin).end() - begin  # type: ignore[union-attr]  # it matches nothing too


def _ahead(source: Source, lines: list[int], wanted: dict[int, int]) -> dict[int, tuple[int, int]]:
    """Return for each line the column of the next line that begins a field or item, and how far that one moves."""
    ahead: dict[int, tuple[int, int]] = {}
    following: tuple[int, int] | None = None
    for begin in reversed(lines):
        if begin in wanted:
            spaces = _spaces(source.text, begin)
            following = (spaces, wanted[begin] - spaces)
        elif following:
            ahead[begin] = following
    return ahead


def _place(source: Source, node: Node, column: int, wanted: dict[int, int], gaps: list[_Edit]) -> None:
    """Note in which column each line of a block is to begin."""
    if node.flow or node.shape == "scalar":
        return
    if node.shape == "mapping":
        for key, value in zip(node.keys, node.items, strict=True):
            _note(source, key.start, column, wanted)
            _place(source, value, column + 2, wanted, gaps)
        return
    for at, item in enumerate(node.items):
        dash = _dash(source, node, at)
        if dash is None:
            return
        _note(source, dash, column, wanted)
        between = source.text[dash + 1 : item.start]
        if between.strip(" ") == "" and between != " ":
            gaps.append(_Edit(dash + 1, item.start, " "))
        _place(source, item, column + 2, wanted, gaps)


def _note(source: Source, at: int, column: int, wanted: dict[int, int]) -> None:
    begin = source.line_start(at)
    if not source.text[begin:at].strip(" "):
        wanted.setdefault(begin, column)


def _dash(source: Source, node: Node, at: int) -> int | None:
    begin = node.items[at - 1].end if at else node.start
    found = re.compile(r"^[ ]*(?:- )*[ ]*-(?=\s)|-(?=\s)", re.MULTILINE)
    comments = source.comments(begin, node.items[at].start)
    for match in found.finditer(source.text, begin, node.items[at].start):
        dash = match.end() - 1
        if not any(start <= dash < start + len(text) for start, text in comments):
            return dash
    return None


def _applied(text: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


# --- the order of fields


class _Ordering:
    """Puts the fields of every mapping of one depth in order: these do not overlap."""

    def __init__(self, source: Source, file: str, depth: int) -> None:
        self.source = source
        self.file = file
        self.depth = depth
        self.left: list[Issue] = []

    def text(self) -> str:
        """Return the text with the mappings of this depth in order."""
        if self.source.root is None:
            return self.source.text
        edits: list[_Edit] = []
        for node, kind in self._mappings(self.source.root, None, 0):
            names = [key.value for key in node.keys]
            rank = {name: number for number, name in enumerate(field_order(kind) if kind else ())}
            order = sorted(range(len(names)), key=lambda at: rank.get(names[at], len(rank)))
            if order != sorted(order):
                edits += self._reordered(node, order)
        return _applied(self.source.text, edits)

    def _mappings(self, node: Node, kind: RecordType, depth: int) -> Iterator[tuple[Node, RecordType]]:
        if node.shape == "list":
            for item in node.items:
                yield from self._mappings(item, kind, depth)
        elif node.shape == "mapping":
            kind = kind or (self._kind(node) if depth == 0 else None)
            if depth == self.depth:
                yield node, kind
            else:
                for key, value in zip(node.keys, node.items, strict=True):
                    yield from self._mappings(value, nested_type(kind, key.value), depth + 1)

    def _kind(self, node: Node) -> RecordType:
        plain = {key.value: value.value for key, value in zip(node.keys, node.items, strict=True)}
        return record_type_of(self.file, plain)

    def _reordered(self, node: Node, order: list[int]) -> list[_Edit]:
        return self._swapped(node, order) if node.flow else self._moved(node, order)

    def _swapped(self, node: Node, order: list[int]) -> list[_Edit]:
        """Put the fields between braces in order; what stands between them stays."""
        text = self.source.text
        spans = [(key.start, value.end) for key, value in zip(node.keys, node.items, strict=True)]
        if self.source.comments(node.start, node.end):
            return self._leave(node)
        return [_Edit(*span, text[slice(*spans[at])]) for span, at in zip(spans, order, strict=True)]

    def _moved(self, node: Node, order: list[int]) -> list[_Edit]:
        """Move whole lines, each field with the comment lines above it."""
        source, first = self.source, node.keys[0].start
        column = source.column(first)
        prefix = source.text[source.line_start(first) : first]
        ends = [source.next_line(value.end) for value in node.items]
        chunks = [" " * column + source.text[first : ends[0]]]
        chunks += [source.text[begin:end] for begin, end in pairwise(ends)]
        leading = chunks[order[0]].startswith(" " * column + node.keys[order[0]].value[:1])
        starts_plain = source.text[node.keys[order[0]].start] not in "\"'"
        if not _PREFIX.fullmatch(prefix) or not chunks[-1].endswith("\n") or not (leading and starts_plain):
            return self._leave(node)
        ordered = "".join(chunks[at] for at in order)
        return [_Edit(source.line_start(first), ends[-1], prefix + ordered[column:])]

    def _leave(self, node: Node) -> list[_Edit]:
        at = node.keys[0].start
        line = self.source.text.count("\n", 0, at) + 1
        self.left.append(
            Issue(
                self.file,
                line,
                self.source.column(at) + 1,
                "W701",
                "the fields were left in their order: a comment stands among them; put them in order by hand",
                "字段次序未动：其间有注释；请手工整理",
            )
        )
        return []
