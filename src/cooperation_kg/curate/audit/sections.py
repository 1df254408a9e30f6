"""Which part of a text does a locator mean? The part under the heading that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cooperation_kg.curate.audit.folding import fold

HEAD_WORDS = ("题名", "标题", "题下", "文首", "title")
"""Locators that mean the head of a document."""
_HEAD_LENGTH = 1500
_LONGEST_HEADING = 60
_HEADING = re.compile(r"\s*#{1,6}\s+(\S.*)")
_RUN_IN = re.compile(r"\s*\*\*(.+?)\*\*")
# 2.1 现状分析。文…: such run-in headings count only if some locator names them, since sentences look the same
_NUMBERED = re.compile(r"\s*([0-9]+(?:\.[0-9]+)+[^。]{1,60})。")
_PARAGRAPH = re.compile(r"第[0-9]+(?:-[0-9]+)?(?:自然)?段.*$")
_NUMBER = re.compile(r"\(?([0-9]+(?:\.[0-9]+)*)[.)、]?")
_TRIMMED = "()<>:;,.。:-·"


@dataclass(frozen=True)
class _Section:
    """A heading, trimmed; its number, if any; and the folded text below it, that of its subsections included."""

    heading: str
    number: str
    text: str


class SourceText:
    """The text of one document, folded, with the parts that its locators name.

    Parameters
    ----------
    text: as extracted from the document, with or without Markdown headings.
    locators: of the statements of this document; a line that one of them names is a heading too.

    >>> text = SourceText("# 题\\n## 1 引言\\n投入5亿元\\n## 2 结论\\n无", ["2 结论"])
    >>> text.parts("1 引言 第2段")
    ('1引言投入5亿元',)
    """

    def __init__(self, text: str, locators: Iterable[str] = ()) -> None:
        self.whole = fold(text)
        named = {_trim(part) for locator in locators for part in _split(locator)}
        self._sections = tuple(_find_sections(text.splitlines(), named))

    def parts(self, locator: str) -> tuple[str, ...]:
        """Return the folded parts that a locator means; of a text without headings, the whole."""
        if not self._sections:
            return (self.whole,)
        return tuple(text for part in _split(locator) for text in self._parts(part))

    def _parts(self, part: str) -> list[str]:
        if part.lower().startswith(HEAD_WORDS):
            return [self.whole[:_HEAD_LENGTH]]
        wanted = _trim(part)
        exact = [s.text for s in self._sections if s.heading == wanted]
        return exact or [s.text for s in self._sections if _is_named(s, part, wanted)]


def _is_named(section: _Section, part: str, wanted: str) -> bool:
    """Whether a locator begins with the heading (参考文献[2]), shortens it, or gives its number alone."""
    if not wanted:
        number = _NUMBER.fullmatch(part)
        return number is not None and number[1] == section.number
    return bool(section.heading) and (wanted.startswith(section.heading) or section.heading.startswith(wanted))


def _split(locator: str) -> list[str]:
    """Return the folded places that a locator lists, without the count of paragraphs."""
    return [_PARAGRAPH.sub("", part) for part in re.split("[;；]", fold(locator))]


def _trim(heading: str) -> str:
    """Return a folded heading without its number and the brackets and marks around it."""
    return _NUMBER.sub("", heading.strip(_TRIMMED), count=1).strip(_TRIMMED) if heading else ""


def _find_sections(lines: list[str], named: set[str]) -> Iterable[_Section]:
    headings = [(i, label) for i, line in enumerate(lines) if (label := _heading_of(line, named))]
    numbers = [_number_of(label) for _, label in headings]
    for position, (first, label) in enumerate(headings):
        number = numbers[position]
        inner = position + 1
        while inner < len(headings) and number and numbers[inner].startswith(f"{number}."):
            inner += 1
        last = headings[inner][0] if inner < len(headings) else len(lines)
        yield _Section(_trim(label), number, fold("\n".join(lines[first:last])))


def _heading_of(line: str, named: set[str]) -> str:
    """Return the folded heading that a line is, or begins with; "" for running text."""
    marked = _HEADING.fullmatch(line)
    if marked:
        return fold(marked[1])
    run_in = _RUN_IN.match(line) or _NUMBERED.match(line)
    label = fold(run_in[1]) if run_in else fold(line) if len(line) <= _LONGEST_HEADING else ""
    core = _trim(label)
    return label if core and any(name == core or (run_in and name.startswith(core)) for name in named) else ""


def _number_of(label: str) -> str:
    match = _NUMBER.match(label.strip("()"))
    return match[1] if match else ""
