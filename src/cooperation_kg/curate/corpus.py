"""Everything the curated folder holds, by id: one ``Corpus``, read whole or with all its faults at once."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cooperation_kg import locations
from cooperation_kg.curate.coverage import CoverageRow
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.memory import Memory
from cooperation_kg.curate.record_reader import RecordReader, YamlPath
from cooperation_kg.curate.registers import (
    AnonymousPlace,
    Dataset,
    Entry,
    Event,
    NamedPairing,
    Organisation,
    Place,
    Policy,
    Programme,
    Project,
    Source,
)
from cooperation_kg.curate.statements import STATEMENT_KINDS, Statement
from cooperation_kg.curate.stories import Story, read_stories
from cooperation_kg.errors import InvalidCorpus, Issue

# register name → (glob in the data folder, record type); the name is the kind used by ``Ref``
REGISTERS: dict[str, tuple[str, type[Entry]]] = {
    "place": ("places/*.yaml", Place),
    "programme": ("programmes.yaml", Programme),
    "pairing": ("pairings.yaml", NamedPairing),
    "policy": ("policies.yaml", Policy),
    "organisation": ("organisations.yaml", Organisation),
    "project": ("projects.yaml", Project),
    "event": ("events.yaml", Event),
}

Locator = tuple[str, str]  # (kind, id), e.g. ("statement", "w-county.s012")


@dataclass(frozen=True)
class Corpus:
    """All curated records by id, in a stable order, and where each was read.

    ``statements`` is keyed ``<source>.<id>``, sources in order of id, statements in reading order.
    Anonymous places are apart, in ``anonymous``, under ``<source>.<id>``. ``unread`` has (file, id) of each
    record left out for a fault, and (file, ``"*"``) of each file that could not be read whole. ``coverage`` says by
    row of the research notes what became of it. ``stories`` are told from the statements.

    >>> corpus = load_corpus()
    >>> corpus.places["beijing"].name.zh
    '北京市'
    """

    folder: Path
    dataset: Dataset
    registers: Mapping[str, Mapping[str, Entry]]
    anonymous: Mapping[str, AnonymousPlace]
    judgements: Mapping[str, Judgement]
    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    inherited: frozenset[Locator] = frozenset()
    statement_files: frozenset[str] = frozenset()
    unread: frozenset[tuple[str, str]] = frozenset()
    coverage: Mapping[str, CoverageRow] = field(default_factory=dict)
    stories: Mapping[str, Story] = field(default_factory=dict)
    _places_read: Mapping[str, Mapping[str, YamlPath]] = field(default_factory=dict, repr=False)

    @property
    def places(self) -> Mapping[str, Place]:
        """Places of the register, without anonymous ones."""
        return self.registers["place"]  # type: ignore[return-value]  # read as Place, see REGISTERS

    @property
    def programmes(self) -> Mapping[str, Programme]:
        """Programmes by id."""
        return self.registers["programme"]  # type: ignore[return-value]  # read as Programme, see REGISTERS

    @property
    def pairings(self) -> Mapping[str, NamedPairing]:
        """Pairings that have a name, by id."""
        return self.registers["pairing"]  # type: ignore[return-value]  # read as NamedPairing, see REGISTERS

    def find(self, kinds: Iterable[str], reference: str) -> tuple[str, str] | None:
        """Return (kind, id) of what ``reference`` means among ``kinds``, or None.

        A named pairing may be called by its Chinese name; an anonymous place by ``<source>.<id>``.
        """
        for kind in kinds:
            if kind in self.registers and reference in self.registers[kind]:
                return kind, reference
            if kind == "place" and reference in self.anonymous:
                return kind, reference
            if kind == "pairing" and reference in self._pairings_by_name:
                return kind, self._pairings_by_name[reference]
            if (kind == "source" and reference in self.sources) or (
                kind == "statement" and reference in self.statements
            ):
                return kind, reference
        return None

    @cached_property
    def _pairings_by_name(self) -> Mapping[str, str]:
        # of two that have one name, which is fault E308, the first is meant
        return {named.name.zh: named.id for named in reversed(tuple(self.pairings.values()))}

    def place(self, reference: str) -> Place | AnonymousPlace:
        """Return the place or anonymous place with this id."""
        return self.places[reference] if reference in self.places else self.anonymous[reference]

    def of_source(self, source: str) -> tuple[Statement, ...]:
        """Return the statements of one source, in reading order."""
        return self._by_source.get(source, ())

    @cached_property
    def _by_source(self) -> Mapping[str, tuple[Statement, ...]]:
        found: dict[str, list[Statement]] = {}
        for statement in self.statements.values():
            found.setdefault(statement.source, []).append(statement)
        return {source: tuple(statements) for source, statements in found.items()}

    @cached_property
    def refused(self) -> frozenset[str]:
        """The keys of the statements that are judged not to be evidence."""
        return frozenset(key for j in self.judgements.values() if j.kind == "not-evidence" for key in j.about)

    @cached_property
    def counted(self) -> tuple[Statement, ...]:
        """The statements that may count: neither withdrawn nor judged not to be evidence."""
        return tuple(s for key, s in self.statements.items() if s.withdrawn is None and key not in self.refused)

    def judgements_about(self, kind: str, keys: Iterable[str]) -> tuple[Judgement, ...]:
        """Return the judgements of one kind about any of these statements, in the order of the file."""
        found = {position: j for key in keys for position, j in self._judged.get((kind, key), ())}
        return tuple(found[position] for position in sorted(found))

    @cached_property
    def _judged(self) -> Mapping[tuple[str, str], list[tuple[int, Judgement]]]:
        found: dict[tuple[str, str], list[tuple[int, Judgement]]] = {}
        for position, judgement in enumerate(self.judgements.values()):
            for key in judgement.about:
                found.setdefault((judgement.kind, key), []).append((position, judgement))
        return found

    def locate(self, kind: str, identifier: str, path: tuple[str | int, ...] = ()) -> tuple[str, int, int]:
        """Return (file, line, column) of a value of a record, for messages."""
        return self._places_read[kind][identifier].locate(path)


@dataclass
class _Reading:
    """What has been read so far; filled by ``read_corpus``, frozen into a ``Corpus``."""

    reader: RecordReader
    registers: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in REGISTERS})
    where: dict[str, dict[str, YamlPath]] = field(default_factory=lambda: defaultdict(dict))

    def register(self, kind: str, folder: Path) -> None:
        pattern, record_type = REGISTERS[kind]
        for path in sorted(folder.glob(pattern)):
            for record, at in self.reader.records(path, record_type):
                elsewhere = [other for other, table in self.registers.items() if other != kind and record.id in table]
                self.keep(self.registers[elsewhere[0] if elsewhere else kind], kind, record.id, record, at)

    def keep(self, into: dict[str, Any], kind: str, identifier: str, record: Any, at: YamlPath) -> None:
        if identifier in into:
            holder = next(self.where[known] for known in (kind, *REGISTERS) if identifier in self.where[known])
            first = holder[identifier].locate(("id",))
            self.reader.fault(
                at,
                ("id",),
                "E204",
                f'the id "{identifier}" is already used at {first[0]}:{first[1]}; ids are unique and never reused',
                f"id“{identifier}”已用于 {first[0]}:{first[1]}；id 必须唯一，且不得重复使用",
            )
            return
        into[identifier] = record
        self.where[kind][identifier] = at


def read_corpus(folder: Path | str | None = None, memory: Memory | None = None) -> tuple[Corpus | None, list[Issue]]:
    """Read every curated file and return the corpus with all faults found while reading.

    The corpus holds the records that could be read; it is None only where ``dataset.yaml`` cannot be.
    References, periods and the rest are checked by ``rules.check``.

    Parameters
    ----------
    folder: a data folder; the shipped facts where None.
    memory: what was read before, where the folder is read again and again.
    """
    root = Path(folder) if folder is not None else locations.data_folder()
    reading = _Reading(RecordReader(root, memory))
    dataset = reading.reader.mapping(root / "dataset.yaml", Dataset)
    if dataset is None:
        return None, sorted(reading.reader.issues)
    inherited: frozenset[Locator] = frozenset()
    if dataset[0].extends == "shipped":
        _read_registers(reading, locations.data_folder())
        inherited = frozenset((kind, identifier) for kind, table in reading.where.items() for identifier in table)
    _read_registers(reading, root)
    judgements: dict[str, Judgement] = {}
    for judgement, at in reading.reader.records(root / "judgements.yaml", Judgement, may_be_missing=True):
        reading.keep(judgements, "judgement", judgement.id, judgement, at)
    coverage: dict[str, CoverageRow] = {}
    for row, at in reading.reader.records(root / "coverage.yaml", CoverageRow, may_be_missing=True):
        reading.keep(coverage, "coverage", row.id, row, at)
    sources, anonymous = _read_sources(reading, root)
    statements, files = _read_statements(reading, root)
    stories = read_stories(root, reading.reader)
    reading.where["dataset"]["dataset"] = dataset[1]
    reading.reader.issues += _unclaimed(root)
    corpus = Corpus(
        root,
        dataset[0],
        reading.registers,
        anonymous,
        judgements,
        sources,
        statements,
        inherited,
        files,
        frozenset(reading.reader.unread),
        coverage,
        stories,
        reading.where,
    )
    return corpus, sorted(reading.reader.issues)


def load_corpus(folder: Path | str | None = None) -> Corpus:
    """Return the corpus, or raise InvalidCorpus with every fault, rules included.

    Parameters
    ----------
    folder: a data folder; the shipped facts where None.

    >>> "jing-meng" in load_corpus().pairings
    True
    """
    from cooperation_kg.curate.rules import check

    corpus, issues = read_corpus(folder)
    if corpus is not None:
        issues += check(corpus)
    errors = [issue for issue in issues if issue.severity == "error"]
    if corpus is None or errors:
        raise InvalidCorpus(errors)
    return corpus


def _unclaimed(root: Path) -> list[Issue]:
    """W407: YAML files that no register reads: misspelt, in a wrong folder, or ending in .yml."""
    patterns = ["dataset.yaml", "judgements.yaml", "coverage.yaml", "sources/*.yaml", "statements/*.yaml"]
    claimed = {str(path) for pattern in (*patterns, *(p for p, _ in REGISTERS.values())) for path in root.glob(pattern)}
    files = (os.path.join(above, name) for above, _, names in os.walk(root) for name in names)  # noqa: PTH118
    found = sorted(Path(f) for f in files if f.lower().endswith((".yaml", ".yml")) and f not in claimed)
    return [
        Issue(
            name,
            0,
            0,
            "W407",
            "nobody reads this file; check its name, its folder and its ending (.yaml)",
            "没有读取这个文件；请检查文件名、文件夹和扩展名（.yaml）",
        )
        for path in found
        if path.is_file() and not (name := path.relative_to(root).as_posix()).startswith(".")
    ]


def _read_registers(reading: _Reading, folder: Path) -> None:
    for kind in REGISTERS:
        reading.register(kind, folder)


def _read_sources(reading: _Reading, root: Path) -> tuple[dict[str, Source], dict[str, AnonymousPlace]]:
    sources: dict[str, Source] = {}
    anonymous: dict[str, AnonymousPlace] = {}
    for path in sorted((root / "sources").glob("*.yaml")):
        read = reading.reader.mapping(path, Source)
        if read is None:
            continue
        source, at = read
        if source.id != path.stem:
            reading.reader.fault(
                at,
                ("id",),
                "E205",
                f'the id "{source.id}" is not the name of the file; write "{path.stem}" or rename the file',
                f"id“{source.id}”与文件名不符；请写“{path.stem}”或改文件名",
            )
            continue
        reading.keep(sources, "source", source.id, source, at)
        for index, place in enumerate(source.anonymous):
            key = f"{source.id}.{place.id}"
            reading.keep(anonymous, "anonymous", key, place, at.child("anonymous", index))
    return sources, anonymous


def _read_statements(reading: _Reading, root: Path) -> tuple[dict[str, Statement], frozenset[str]]:
    statements: dict[str, Statement] = {}
    files = sorted((root / "statements").glob("*.yaml"))
    for path in files:
        for statement, at in _statements_of(reading.reader, path):
            reading.keep(statements, "statement", statement.key, statement, at)
    return statements, frozenset(path.stem for path in files)


def _statements_of(reader: RecordReader, path: Path) -> Iterable[tuple[Statement, YamlPath]]:
    return reader.tagged_records(path, "kind", STATEMENT_KINDS, {"source": path.stem})
