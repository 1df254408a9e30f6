"""Which span of a YAML text is which value, and where are the comments?

Offsets are in characters of the text. A text is first read by the strict reader, so that anchors, tags, second
documents and everything else that could be misread is refused before anybody edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import yaml

from cooperation_kg.curate.yaml_io import LOADER, YamlValue, parse_yaml

Shape = Literal["scalar", "list", "mapping"]
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)


@dataclass(slots=True)
class Node:
    """One value in the text: ``text[start:end]``, white space at its end left out.

    ``style`` is the quote or block sign of a scalar, empty where plain; ``keys`` and ``items`` run in step.
    """

    shape: Shape
    start: int
    end: int = 0
    value: str = ""
    style: str = ""
    flow: bool = False
    keys: list[Node] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    def entries(self) -> dict[str, tuple[Node, Node]]:
        """Return the keys of a mapping, each with the nodes of key and value."""
        return {key.value: (key, value) for key, value in zip(self.keys, self.items, strict=True)}

    def scalars(self) -> Iterator[Node]:
        """Yield every scalar in it, keys included."""
        if self.shape == "scalar":
            yield self
        for inner in (*self.keys, *self.items):
            yield from inner.scalars()


@dataclass(frozen=True)
class Source:
    """A text with its values, and where each stands; ``root`` is None where there is nothing but comments."""

    text: str
    data: YamlValue
    root: Node | None

    @property
    def line_end(self) -> str:
        """The line end that the file uses: that of its first line."""
        return "\r\n" if re.search(r"\r?\n", self.text + "\n")[0] == "\r\n" else "\n"  # type: ignore[index]

    def line_start(self, at: int) -> int:
        """Return where the line of an offset begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def next_line(self, at: int) -> int:
        """Return where the line after that of an offset begins; the end of the text after the last."""
        found = re.compile(r"\r\n|\r|\n").search(self.text, at)
        return found.end() if found else len(self.text)

    def column(self, at: int) -> int:
        """Return how many characters stand before an offset in its line."""
        return at - self.line_start(at)

    def comments(self, start: int = 0, end: int | None = None) -> list[tuple[int, str]]:
        """Return (offset, text) of each comment between two offsets."""
        return [(at, found) for at, found in self._comments if start <= at < (len(self.text) if end is None else end)]

    @cached_property
    def _comments(self) -> list[tuple[int, str]]:
        spans = sorted((scalar.start, scalar.end) for scalar in self.root.scalars()) if self.root else []
        masked, at = [], 0
        for start, end in spans:
            masked += [self.text[at:start], re.sub(r"[^\r\n]", "x", self.text[start:end])]
            at = end
        masked.append(self.text[at:])
        return [(match.start(), self.text[match.start() : match.end()]) for match in _COMMENT.finditer("".join(masked))]


def read_source(text: str, shown_as: str) -> Source:
    """Read a YAML text with the span of every value; raises UnreadableFile as the strict reader does.

    >>> source = read_source("- id: s001  # first\\n  note: 注\\n", "a.yaml")
    >>> note = source.root.items[0].entries()["note"][1]
    >>> source.text[note.start:note.end], source.comments()
    ('注', [(12, '# first')])
    """
    data = parse_yaml(text, shown_as, empty_ok=True).data
    return Source(text, data, _tree(text))


def _tree(text: str) -> Node | None:
    top = Node("list", 0)
    stack = [top]
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent):
            _attach(stack[-1], _scalar(text, event))
        elif isinstance(event, yaml.CollectionStartEvent):
            shape: Shape = "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
            node = Node(shape, _index(event.start_mark), flow=bool(event.flow_style))
            _attach(stack[-1], node)
            stack.append(node)
        elif isinstance(event, yaml.CollectionEndEvent):
            node = stack.pop()
            # a block ends with its last value: the reader's mark lies after the comments that follow
            node.end = _index(event.end_mark) if node.flow else node.items[-1].end
    root = top.items[0] if top.items else None
    return None if root is None or (root.shape == "scalar" and root.start == root.end) else root


def _index(mark: Any) -> int:
    return int(mark.index)


def _scalar(text: str, event: Any) -> Node:
    start, end = _index(event.start_mark), _index(event.end_mark)
    written = text[start:end].rstrip()
    return Node("scalar", start, start + len(written), event.value, event.style or "")


def _attach(parent: Node, node: Node) -> None:
    awaits_key = parent.shape == "mapping" and len(parent.keys) == len(parent.items)
    (parent.keys if awaits_key else parent.items).append(node)
