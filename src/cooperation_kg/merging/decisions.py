"""What was decided about the proposals of a merge? A commented YAML file, edited by hand or by answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cooperation_kg.curate.corpus import REGISTERS
from cooperation_kg.curate.edits import add_record, decode_file, edit_text, encode_file
from cooperation_kg.curate.edits.spelling import spell_record
from cooperation_kg.curate.fields import Label, Record, Slug, Text
from cooperation_kg.curate.record_reader import RecordReader
from cooperation_kg.curate.yaml_bytes import read_bytes
from cooperation_kg.curate.yaml_faults import Faults
from cooperation_kg.curate.yaml_io import YamlValue, parse_yaml
from cooperation_kg.errors import CurationError, Issue, UnreadableFile
from cooperation_kg.merging.clues import Grade

Verdict = Literal["accept", "refuse", "undecided"]
Pair = tuple[str, str]
"""(theirs, ours), each as ``kind/id``."""

HEAD = """\
# 合并时的决定 · Decisions of a merge
# decision: accept（同一事物，沿用我方 id）/ refuse（两个事物）/ undecided（未定）
# decision: accept (one thing, under our id), refuse (two things) or undecided
# new_id：同名 id 而非同一事物时，对方条目改用的 id · the id that theirs gets where two things have one id
# 可自行添加条目，只须写 theirs、ours、decision · add entries of your own: theirs, ours and decision are enough
"""


class Decision(Record):
    """Whether a thing of theirs is a thing of ours.

    >>> Decision(theirs="place/hz", ours="place/haizhou", decision="accept").pair
    ('place/hz', 'place/haizhou')
    """

    theirs: Text
    ours: Text
    grade: Grade | None = None
    reason: Label | None = None
    decision: Verdict = "undecided"
    new_id: Slug | None = None

    @property
    def pair(self) -> Pair:
        """What it is about."""
        return self.theirs, self.ours


@dataclass(frozen=True)
class Decisions:
    """All that was decided so far, and where each entry stands in its file."""

    entries: Mapping[Pair, Decision]
    places: Mapping[Pair, tuple[str, int, int]]

    def verdict(self, pair: Pair) -> Verdict:
        """Return what was decided of a pair."""
        return self.entries[pair].decision if pair in self.entries else "undecided"

    def accepted(self, theirs: str) -> str | None:
        """Return what a thing of theirs was accepted to be; None where nothing was."""
        return next((d.ours for d in self.entries.values() if d.theirs == theirs and d.decision == "accept"), None)


NONE = Decisions({}, {})


def read_decisions(path: Path) -> Decisions:
    """Return the decisions of a file; raises CurationError with every fault, each with its line.

    E802 where a pair is given twice, where one thing of theirs is accepted as two of ours, or where the kinds differ.
    """
    reader = RecordReader(path.parent)
    entries: dict[Pair, Decision] = {}
    places: dict[Pair, tuple[str, int, int]] = {}
    accepted: dict[str, Pair] = {}
    for entry, at in reader.records(path, Decision):
        where = at.locate(("decision",))
        problem = _problem(entry, entries, accepted)
        if problem:
            reader.issues.append(Issue(*where, "E802", *problem))
            continue
        entries[entry.pair], places[entry.pair] = entry, where
        if entry.decision == "accept":
            accepted[entry.theirs] = entry.pair
    if reader.issues:
        raise CurationError(reader.issues)
    return Decisions(entries, places)


def _problem(entry: Decision, entries: Mapping[Pair, Decision], accepted: Mapping[str, Pair]) -> tuple[str, str] | None:
    if entry.pair in entries:
        return (
            f"{entry.theirs} and {entry.ours} stand here twice; keep one",
            f"{entry.theirs} 与 {entry.ours} 重复；请留一条",
        )
    kinds = entry.theirs.partition("/")[0], entry.ours.partition("/")[0]
    if not {*kinds} <= {*REGISTERS, "source"}:
        return (
            f"{entry.theirs} and {entry.ours}: decisions are about register entries and sources; write kind/id",
            f"{entry.theirs} 与 {entry.ours}：只决定名册条目和来源；请写 种类/id",
        )
    if entry.decision != "accept":
        return None
    if kinds[0] != kinds[1]:
        return (
            f"{entry.theirs} and {entry.ours} are of different kinds; refuse",
            f"{entry.theirs} 与 {entry.ours} 种类不同；请写 refuse",
        )
    if entry.theirs in accepted:
        first = accepted[entry.theirs][1]
        return (
            f"{entry.theirs} is already accepted as {first}; it is one thing",
            f"{entry.theirs} 已认定为 {first}；不能又是另一事物",
        )
    return None


def with_decisions(path: Path, entries: Iterable[Decision]) -> bytes:
    """Return the content of a decisions file with these entries in it; what stands there keeps place and comments."""
    if not path.exists():
        text, mark = HEAD, b""
    else:
        text, mark = decode_file(read_bytes(path, Faults(path.name)), path.name)
    before = parse_yaml(text, path.name, empty_ok=True).data
    wanted: list[YamlValue] = list(before) if isinstance(before, list) else []
    known = {(d.get("theirs"), d.get("ours")): at for at, d in enumerate(wanted) if isinstance(d, dict)}
    new: list[dict[str, YamlValue]] = []
    for entry in entries:
        at = known.get(entry.pair)
        if at is None:
            new.append(_fields(entry))
            continue
        there = wanted[at]
        assert isinstance(there, dict)
        changed = {"decision": entry.decision} | ({"new_id": entry.new_id} if entry.new_id else {})
        wanted[at] = {**there, **changed}
    text = edit_text(text, wanted, path.name) if wanted else text
    return encode_file(_with_new(text, wanted, new, path.name), mark)


def _with_new(text: str, before: list[YamlValue], new: list[dict[str, YamlValue]], file: str) -> str:
    """Return the text with new entries at its end, one field a line where the file allows it."""
    end = "" if not text or text.endswith("\n") else "\n"
    longer = text + end + "".join(spell_record(fields) + "\n" for fields in new)
    try:
        if parse_yaml(longer, file, empty_ok=True).data == [*before, *new] or not new:
            return longer if new else text
    except UnreadableFile:
        pass  # the list is indented or in brackets: each entry is then put in as the file has it
    for fields in new:
        text = add_record(text, fields, file)
    return text


def _fields(entry: Decision) -> dict[str, YamlValue]:
    fields: dict[str, YamlValue] = {"theirs": entry.theirs, "ours": entry.ours}
    if entry.grade:
        fields["grade"] = entry.grade
    if entry.reason:
        reason: dict[str, YamlValue] = {"zh": entry.reason.zh}
        fields["reason"] = reason | ({"en": entry.reason.en} if entry.reason.en else {})
    fields["decision"] = entry.decision
    if entry.new_id:
        fields["new_id"] = entry.new_id
    return fields
