"""What does a dataset hold? Every record of its files, as it was read and as it was written."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from cooperation_kg.curate.corpus import REGISTERS, Corpus, load_corpus
from cooperation_kg.curate.fields import Record, Ref, marked_values
from cooperation_kg.curate.statements import Statement
from cooperation_kg.locations import data_folder
from cooperation_kg.sheets.tables import Fields, FileText, read_files

Locator = tuple[str, str]
"""(kind, id): ``("place", "beijing")``, ``("anonymous", "w-study.w-county")``, ``("statement", "yearbook.s001")``."""
LISTS: Mapping[str, str] = {"judgement": "judgements.yaml", "coverage": "coverage.yaml"}
"""Lists of one file that no register is."""


@dataclass(frozen=True)
class Item:
    """One record: where it stands, what it says, and how it is written."""

    kind: str
    id: str
    file: str
    record: Record
    raw: Fields
    inherited: bool = False

    @property
    def locator(self) -> Locator:
        """Its kind and id."""
        return self.kind, self.id

    @property
    def name(self) -> str:
        """What it is called in Chinese; empty where it has no name."""
        label = getattr(self.record, "name", None) or getattr(self.record, "title", None)
        return str(label.zh) if label else ""


@dataclass(frozen=True)
class Holdings:
    """A dataset that holds together: its corpus, the text of its files, and each record by kind and id."""

    corpus: Corpus
    files: Mapping[str, FileText]
    items: Mapping[Locator, Item] = field(repr=False)

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.corpus.folder

    def of(self, kind: str) -> Iterator[Item]:
        """Yield the records of one kind, in reading order."""
        return (item for item in self.items.values() if item.kind == kind)

    def statements_of(self, source: str) -> list[Item]:
        """Return the statements of one source, in reading order."""
        return self._by_source.get(source, [])

    @cached_property
    def _by_source(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self.of("statement"):
            found.setdefault(item.id.partition(".")[0], []).append(item)
        return found

    def holder(self, identifier: str) -> Locator | None:
        """Return the register entry that has an id, of whatever register: ids are unique among them."""
        return next(((kind, identifier) for kind in REGISTERS if (kind, identifier) in self.items), None)

    def meant(self, mark: Ref, text: str, source: str = "") -> Locator:
        """Return what a reference means; a sibling is a statement of the same source."""
        if mark.kinds == ("sibling",):
            return "statement", f"{source}.{text}"
        for kind in ("judgement", "coverage"):
            if kind in mark.kinds:
                return kind, text
        found = self.corpus.find(mark.kinds, text)
        if found is None:
            return "unknown", text
        return ("anonymous", text) if found[0] == "place" and text in self.corpus.anonymous else found

    def references(self, item: Item) -> Iterator[tuple[tuple[str | int, ...], Locator]]:
        """Yield (path in the file, what is meant) of each reference of a record."""
        source = item.record.source if isinstance(item.record, Statement) else ""
        for path, mark, text in marked_values(item.record, Ref):
            yield path, self.meant(mark, text, source)


def read_holdings(folder: Path | None) -> Holdings:
    """Return what a data folder holds, that which it inherits included.

    Parameters
    ----------
    folder: the shipped facts where None.

    Raises InvalidCorpus with every fault where it does not hold together.
    """
    corpus = load_corpus(folder)
    files = read_files(corpus.folder, LISTS.values())
    items = {item.locator: item for item in _items(corpus, files)}
    if corpus.inherited:
        shipped = read_files(data_folder(), sources=False)
        items |= {item.locator: item for item in _entries(corpus, shipped, inherited=True)}
    return Holdings(corpus, files, items)


def _items(corpus: Corpus, files: Mapping[str, FileText]) -> Iterator[Item]:
    yield from _entries(corpus, files)
    for file, content in files.items():
        stem = PurePosixPath(file).stem
        for raw in content.records:
            if file.startswith("sources/"):
                yield Item("source", stem, file, corpus.sources[stem], raw)
            elif file.startswith("statements/"):
                key = f"{stem}.{raw['id']}"
                yield Item("statement", key, file, corpus.statements[key], raw)
            elif file == LISTS["judgement"]:
                yield Item("judgement", str(raw["id"]), file, corpus.judgements[str(raw["id"])], raw)
            elif file == LISTS["coverage"]:
                yield Item("coverage", str(raw["id"]), file, corpus.coverage[str(raw["id"])], raw)


def _entries(corpus: Corpus, files: Mapping[str, FileText], *, inherited: bool = False) -> Iterator[Item]:
    for kind, (pattern, _) in REGISTERS.items():
        for file, content in files.items():
            if not PurePosixPath(file).match(pattern):
                continue
            for raw in content.records:
                identifier = str(raw["id"])
                if ((kind, identifier) in corpus.inherited) == inherited:
                    yield Item(kind, identifier, file, corpus.registers[kind][identifier], raw, inherited)


def brought(theirs: Holdings) -> dict[Locator, Item]:
    """Return the records that somebody's dataset brings: its own, and what these refer to of what it inherits."""
    found = {item.locator: item for item in theirs.items.values() if not item.inherited}
    waiting: list[Item] = list(found.values())
    while waiting:
        wanted = {locator for item in waiting for _, locator in theirs.references(item)} - set(found)
        waiting = [theirs.items[locator] for locator in sorted(wanted) if locator in theirs.items]
        found |= {item.locator: item for item in waiting}
    order = [*REGISTERS, "source", "statement", "judgement", "coverage"]
    listed = {locator: found[locator] for locator in theirs.items if locator in found}
    return dict(sorted(listed.items(), key=lambda pair: order.index(pair[0][0])))


def rewritten(raw: Fields, changes: Iterable[tuple[tuple[str | int, ...], str]]) -> Fields:
    """Return the fields of a record with some of its texts replaced; a single text may stand for a list of one.

    >>> rewritten({"places": ["x", "y"], "within": "x"}, [(("places", 1), "z"), (("within", 0, "parent"), "w")])
    {'places': ['x', 'z'], 'within': 'w'}
    """
    copied: Fields = copy.deepcopy(raw)
    for path, text in changes:
        at: Any = copied
        for part in path[:-1]:
            if isinstance(at[part], str):
                at[part] = text
                break
            at = at[part]
        else:
            at[path[-1]] = text
    return copied
