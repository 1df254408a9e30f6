"""Stories told from the data: one Markdown file each, step by step, in both languages, every step citing statements.

A file ``data/stories/<slug>.md`` begins with a title and a summary, both in Chinese and English; then come the steps::

    ---
    title: {zh: 闽宁协作, en: Fujian and Ningxia}
    summary: {zh: 谁帮谁, en: Who helps whom}
    ---

    ## 结对 / The pairing
    ```yaml
    as_of: "1996"
    focus: pairing/east-west.fujian.ningxia
    cites:
      pch-2020.s001: 1996-09
      xh-2012.s003: 7.74亿元
    ```
    ### zh
    1996年9月，福建与宁夏结对。
    ### en
    Fujian and Ningxia were paired in September 1996.

- ``as_of`` is the time of the picture: a year, a month, a day or an interval.
- ``focus`` is what the picture shows: ``kind/id``, one or a list; a pairing by its slug, or a place, an organisation or
  a programme for all pairings that it has part in.
- ``cites`` gives for every statement told of the value as it must stand, one or a list: of a figure its literal, of
  any other statement the text of a field as its YAML has it (a date, an effect, a party, a label).
- A caption holds paragraphs, lists and emphasis; no links, pictures, headings or HTML. It is in our own words.

``rules.stories`` checks that the statements still say so, and that no number stands in a caption that none of them has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from markdown_it import MarkdownIt
from pydantic import Field

from cooperation_kg.curate.fields import SLUG, Bilingual, Date, Label, Names, Record
from cooperation_kg.curate.record_reader import RecordReader, YamlPath
from cooperation_kg.curate.yaml_bytes import UNSEEN_IN_TEXT, decode, read_bytes
from cooperation_kg.curate.yaml_faults import Faults
from cooperation_kg.curate.yaml_io import parse_yaml
from cooperation_kg.errors import Issue, UnreadableFile

R = TypeVar("R", bound=Record)

LANGUAGES = ("zh", "en")
FENCE = "```"
ALLOWED = frozenset({"paragraph", "inline", "text", "softbreak", "strong", "em", "bullet_list", "list_item"})
"""The Markdown that a caption may hold, by markdown-it's types without ``_open`` and ``_close``."""


class Head(Record):
    """What a story is called, and what it tells in a sentence."""

    title: Label
    summary: Label


class Scene(Record):
    """What a step shows and cites: the block below its heading."""

    as_of: Date
    focus: Names = Field(min_length=1)
    cites: Mapping[str, Names] = Field(default_factory=dict)


class Caption(NamedTuple):
    """A text in one language, and the line on which it begins."""

    text: str
    line: int


@dataclass(frozen=True)
class Step:
    """One step of a story: its heading, what it shows and cites, and a caption in each language."""

    title: Bilingual
    scene: Scene
    captions: Mapping[str, Caption]
    line: int
    at: YamlPath


@dataclass(frozen=True)
class Story:
    """A story as its file has it; ``id`` is the name of the file.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> len(load_corpus().stories["min-ning"].steps) >= 6
    True
    """

    id: str
    head: Head
    steps: tuple[Step, ...]
    at: YamlPath

    @property
    def title(self) -> Bilingual:
        """What the story is called."""
        return self.head.title

    @property
    def summary(self) -> Bilingual:
        """What it tells, in a sentence or two."""
        return self.head.summary


def read_stories(folder: Path, reader: RecordReader) -> dict[str, Story]:
    """Return the stories of a data folder by id; faults go to the reader, a story with a fault is left out."""
    read = ((path.stem, _read_story(path, reader)) for path in sorted((folder / "stories").glob("*.md")))
    return {slug: story for slug, story in read if story is not None}


def caption_html(text: str) -> str:
    """Return a caption as HTML; only what ``ALLOWED`` names can be in it.

    >>> caption_html("闽**宁** <b>")
    '<p>闽<strong>宁</strong> &lt;b&gt;</p>\\n'
    """
    return str(_markdown().render(text))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _read_story(path: Path, reader: RecordReader) -> Story | None:
    shown = f"stories/{path.name}"
    before = len(reader.issues)
    try:
        lines = _text(path, shown).split("\n")
    except UnreadableFile as unreadable:
        reader.issues.extend(unreadable.issues)
        return None
    parser = _Parser(shown, lines, reader)
    if not SLUG.fullmatch(path.stem):
        parser.fault(
            0,
            "E108",
            "the name of the file is no id; use lower-case letters, digits and hyphens",
            "文件名不能作 id；请用小写字母、数字和连字符",
        )
    story = parser.story(path.stem)
    return story if len(reader.issues) == before else None


def _text(path: Path, shown: str) -> str:
    """Return the text of a file; raises UnreadableFile for what cannot be read, seen or printed."""
    faults = Faults(shown)
    text = decode(read_bytes(path, faults), faults).replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        for match in UNSEEN_IN_TEXT.finditer(line):
            faults.add(
                "E007" if "\t" in match[0] else "E006", number, match.start() + 1, char=f"U+{ord(match[0][0]):04X}"
            )
    if faults.issues:
        raise faults.as_error()
    return text


class _Parser:
    """Reads the lines of one file; every fault goes to the reader."""

    def __init__(self, shown: str, lines: list[str], reader: RecordReader) -> None:
        self.shown = shown
        self.lines = lines
        self.reader = reader

    def fault(self, line: int, code: str, en: str, zh: str) -> None:
        self.reader.issues.append(Issue(self.shown, line, 1 if line else 0, code, en, zh))

    def story(self, slug: str) -> Story | None:
        closing = next((i for i, line in enumerate(self.lines) if i and line.rstrip() == "---"), None)
        if self.lines[0].rstrip() != "---" or closing is None:
            self.fault(1, "E321", "a story begins with --- title and summary ---", "故事以 --- 标题与摘要 --- 开头")
            return None
        head = self._record(1, closing, Head)
        starts = [i for i, line in enumerate(self.lines) if i > closing and line.startswith("## ")]
        self._nothing_but_blank(closing + 1, starts[0] if starts else len(self.lines))
        if not starts:
            self.fault(
                closing + 1,
                "E321",
                'a story has steps; begin each with "## 标题 / title"',
                "故事须有步骤；每步以“## 标题 / title”开头",
            )
        steps = [self._step(a, b) for a, b in zip(starts, [*starts[1:], len(self.lines)], strict=True)]
        if head is None:
            return None
        for name, text in (("title", head[0].title), ("summary", head[0].summary)):
            if text.en is None:
                line = head[1].locate((name,))[1]
                self.fault(
                    line,
                    "E322",
                    f"{name} has no English; write {{zh: …, en: …}}",
                    f"{name} 没有英文；请写 {{zh: …, en: …}}",
                )
        return Story(slug, head[0], tuple(step for step in steps if step is not None), head[1])

    def _record(self, start: int, end: int, record_type: type[R]) -> tuple[R, YamlPath] | None:
        """Read a block of YAML between two lines, so that its faults are shown where they stand in the file."""
        text = "\n" * start + "\n".join(self.lines[start:end])
        try:
            return self.reader.record_of(parse_yaml(text, self.shown), record_type)
        except UnreadableFile as unreadable:
            self.reader.issues.extend(unreadable.issues)
            return None

    def _nothing_but_blank(self, start: int, end: int) -> None:
        for index in range(start, end):
            if self.lines[index].strip():
                self.fault(
                    index + 1,
                    "E321",
                    "this text belongs to no step or language; move it under ### zh or ### en",
                    "这段文字不属于任何步骤或语言；请移到 ### zh 或 ### en 之下",
                )
                return

    def _step(self, start: int, end: int) -> Step | None:
        zh, mark, en = self.lines[start].removeprefix("## ").partition(" / ")
        if not mark or not zh.strip() or not en.strip():
            self.fault(
                start + 1,
                "E322",
                'write the heading in both languages: "## 标题 / title"',
                "步骤标题须有两种语言：“## 标题 / title”",
            )
        parts = [i for i in range(start + 1, end) if self.lines[i].startswith("### ")]
        block = self._block(start, parts[0] if parts else end)
        captions = dict(self._captions(parts, end))
        for lang in LANGUAGES:
            if lang not in captions:
                self.fault(
                    start + 1,
                    "E322",
                    f"the step has no caption under ### {lang}; write one",
                    f"这一步在 ### {lang} 之下没有文字；请补上",
                )
        if block is None:
            return None
        if not block[0].cites:
            self.fault(
                start + 1,
                "E323",
                "the step cites no statement; add cites: {<source>.<id>: value}",
                "这一步没有引用陈述；请补上 cites: {<来源>.<id>: 值}",
            )
        return Step(Bilingual(zh=zh.strip() or "?", en=en.strip() or None), block[0], captions, start + 1, block[1])

    def _block(self, start: int, end: int) -> tuple[Scene, YamlPath] | None:
        fences = [i for i in range(start + 1, end) if self.lines[i].startswith(FENCE)]
        if len(fences) != 2 or self.lines[fences[0]].rstrip() != f"{FENCE}yaml":
            self.fault(
                start + 1,
                "E321",
                "a step needs one block between ```yaml and ``` below its heading",
                "步骤标题之下须有一段 ```yaml … ```",
            )
            return None
        self._nothing_but_blank(start + 1, fences[0])
        self._nothing_but_blank(fences[1] + 1, end)
        return self._record(fences[0] + 1, fences[1], Scene)

    def _captions(self, parts: list[int], end: int) -> Iterator[tuple[str, Caption]]:
        seen: set[str] = set()
        for start, stop in zip(parts, [*parts[1:], end], strict=True):
            lang = self.lines[start].removeprefix("### ").strip()
            if lang not in LANGUAGES or lang in seen:
                self.fault(
                    start + 1,
                    "E321",
                    f'"### {lang}" is unknown or given twice; write ### zh and ### en once each',
                    f"“### {lang}”未知或重复；请各写一次 ### zh 与 ### en",
                )
                continue
            seen.add(lang)
            text = "\n".join(self.lines[start + 1 : stop]).rstrip()
            self._plain(text, start + 2)
            if text.strip():
                yield lang, Caption(text, start + 2)

    def _plain(self, text: str, line: int) -> None:
        """Refuse Markdown that a caption may not hold."""
        for token in _markdown().parse(text):
            for one in (token, *(token.children or ())):
                kind = re.sub("_(open|close)$", "", one.type)
                if kind not in ALLOWED:
                    place = line + (token.map[0] if token.map else 0)
                    self.fault(
                        place,
                        "E321",
                        f"a caption holds paragraphs, lists and emphasis, no {kind}; take it out",
                        f"说明文字只可有段落、列表和强调，不可有 {kind}；请删去",
                    )
                    return
