"""Which smallest edit turns the values of a YAML text into those wanted?

Only what differs is written anew; every other byte stays. The new text is read back before it is given out: it must
say exactly what was wanted, and every comment must still be there. Otherwise ``UnsafeEdit`` is raised.
"""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

from pydantic import BaseModel

from cooperation_kg.curate.edits.house import field_order, in_house_order, nested_type, record_type_of
from cooperation_kg.curate.edits.source_tree import Node, Source, read_source
from cooperation_kg.curate.edits.spelling import spell_flow, spell_key, spell_record, spell_text, spell_value
from cooperation_kg.curate.yaml_bytes import decode
from cooperation_kg.curate.yaml_faults import Faults
from cooperation_kg.curate.yaml_io import YamlValue
from cooperation_kg.errors import UnreadableFile, UnsafeEdit

RecordType = type[BaseModel] | None


class Edit(NamedTuple):
    """Put ``text`` in place of what stands between two offsets."""

    start: int
    end: int
    text: str


def decode_file(content: bytes, file: str) -> tuple[str, bytes]:
    """Return the text of a YAML file, and its byte order mark; raises UnreadableFile where it is not UTF-8."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return decode(content, Faults(file)), mark


def encode_file(text: str, mark: bytes = b"") -> bytes:
    """Return the bytes of a file, with the byte order mark that it had."""
    return mark + text.encode("utf-8")


def edit_text(text: str, wanted: YamlValue, file: str) -> str:
    """Return the text with the smallest edit after which it says ``wanted``.

    Parameters
    ----------
    text: what the file says now.
    wanted: all its values. Records of a list are the same where their ids are the same.
    file: relative to the data folder, with ``/``: it tells the type of its records, and so the order of new fields.

    Raises UnreadableFile where the text is not the YAML we accept, UnsafeEdit where the edit cannot be made without
    touching something else.

    >>> before = "- id: a  # kept\\n  name: '甲'\\n"
    >>> edit_text(before, [{"id": "a", "name": "乙", "type": "party"}], "organisations.yaml")
    "- id: a  # kept\\n  name: '乙'\\n  type: party\\n"
    """
    source = read_source(text, file)
    if source.data == wanted:
        return text
    splicer = _Splicer(source, file)
    splicer.change_all(wanted)
    edited = splicer.apply()
    verify(source, edited, wanted, file)
    return edited


def add_record(text: str, record: Mapping[str, YamlValue], file: str) -> str:
    """Return the text of a file that holds a list, with one more record at its end, its fields in the house order.

    >>> record = {"type": "party", "id": "a", "name": {"zh": "甲", "en": "A"}}
    >>> print(add_record("# Actors\\n", record, "organisations.yaml"))
    # Actors
    - id: a
      name: {zh: 甲, en: A}
      type: party
    <BLANKLINE>
    """
    data = read_source(text, file).data
    if not isinstance(data, list) and data != {}:
        raise UnsafeEdit(file, "it holds no list of records", "其中不是记录的列表")
    return edit_text(text, [*(data if isinstance(data, list) else []), dict(record)], file)


def verify(before: Source, edited: str, wanted: YamlValue, file: str) -> None:
    """Raise UnsafeEdit unless a text says exactly what is wanted and has every comment that it had before."""
    try:
        after = read_source(edited, file)
    except UnreadableFile as broken:
        raise _unsafe(file) from broken
    same = after.data == wanted or (wanted == [] and after.data == {})
    if not same or _comments(before) - _comments(after):
        raise _unsafe(file)


def _unsafe(file: str) -> UnsafeEdit:
    return UnsafeEdit(file, "the edit would touch more than the value; edit it by hand", "修改会波及别处；请手工修改")


def _comments(source: Source) -> Counter[str]:
    return Counter(text.rstrip() for _, text in source.comments())


class _Splicer:
    """Gathers the edits of one text."""

    def __init__(self, source: Source, file: str) -> None:
        self.source = source
        self.file = file
        self.edits: list[Edit] = []

    def apply(self) -> str:
        """Return the text after all edits, the last one in the text first so that offsets stay right."""
        text = self.source.text
        ordered = sorted(self.edits, key=lambda edit: (edit.start, edit.end))  # stable: insertions keep their order
        if any(later.start < sooner.end for sooner, later in pairwise(ordered)):
            raise _unsafe(self.file)
        for edit in reversed(ordered):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def change_all(self, wanted: YamlValue) -> None:
        """Add the edits that turn the whole text into ``wanted``."""
        root = self.source.root
        if root is not None:
            self._change(root, wanted, None)
        elif isinstance(wanted, list):
            self._add_lines(len(self.source.text), [self._record(record, 0) for record in wanted])
        else:
            raise _unsafe(self.file)

    def _change(self, node: Node, wanted: YamlValue, kind: RecordType, key: str = "", *, in_flow: bool = False) -> None:
        if _value(node) == wanted:
            return
        if node.shape == "scalar" and isinstance(wanted, str):
            self._replace(node, spell_text(wanted, style=node.style, in_flow=in_flow, key=key))
        elif node.shape == "mapping" and isinstance(wanted, dict):
            self._change_mapping(node, wanted, kind or record_type_of(self.file, wanted))
        elif node.shape == "list" and isinstance(wanted, list):
            self._change_list(node, wanted, kind, key)
        elif in_flow or node.shape == "scalar":
            self._replace(node, spell_flow(wanted, key))
        else:
            raise _unsafe(self.file)

    def _replace(self, node: Node, text: str) -> None:
        kept = [comment for _, comment in self.source.comments(node.start, node.end)]
        self.edits.append(Edit(node.start, node.end, text))
        self._keep_comments(node, kept)

    def _keep_comments(self, node: Node, comments: Sequence[str]) -> None:
        """Put comments that stood inside a value on lines of their own after it."""
        if comments:
            column = self.source.column(node.start)
            self._add_lines(self.source.next_line(node.end), [" " * column + comment for comment in comments])

    def _add_lines(self, at: int, blocks: Sequence[str]) -> None:
        """Insert whole lines at the begin of a line, or after the last one."""
        text = self.source.text
        end = self.source.line_end
        lines = "".join(block.replace("\n", end) + end for block in blocks)
        open_line = at == len(text) and text and not text.endswith(("\n", "\r"))
        self.edits.append(Edit(at, at, end + lines[: -len(end)] if open_line and lines else lines))

    # --- mappings

    def _change_mapping(self, node: Node, wanted: Mapping[str, YamlValue], kind: RecordType) -> None:
        present = node.entries()
        order = field_order(kind) if kind else ()
        rank = {name: number for number, name in enumerate(order)}
        for name, (key, value) in present.items():
            if name not in wanted:
                continue
            inner = nested_type(kind, name)
            new = _arranged(wanted[name], inner)
            if _needs_new_form(value, new) and not node.flow:
                self._write_anew(key, value, new, name)
            else:
                self._change(value, new, inner, name, in_flow=node.flow)
        for name in sorted((name for name in wanted if name not in present), key=lambda n: rank.get(n, len(rank))):
            self._add_field(node, name, _arranged(wanted[name], nested_type(kind, name)), rank)
        gone = [name for name in present if name not in wanted]
        if gone:
            self._remove_fields(node, gone)

    def _write_anew(self, key: Node, value: Node, wanted: YamlValue, name: str) -> None:
        """Write a value of another form behind its key: lines where it needs them."""
        column = self.source.column(key.start)
        colon = self.source.text.index(":", key.end) + 1
        kept = [comment for _, comment in self.source.comments(colon, value.end)]
        spelt = spell_value(wanted, column, name, room=120 - column - len(name) - 1)
        self.edits.append(Edit(colon, value.end, spelt.replace("\n", self.source.line_end)))
        if kept:
            self._add_lines(self.source.next_line(value.end), [" " * column + comment for comment in kept])

    def _add_field(self, node: Node, name: str, value: YamlValue, rank: Mapping[str, int]) -> None:
        own = rank.get(name, len(rank))
        before = [at for at, key in enumerate(node.keys) if rank.get(key.value, len(rank)) <= own]
        # behind the field that precedes it in the house; where the file has another order, the nearest such one
        index = max(before, key=lambda at: (rank.get(node.keys[at].value, len(rank)), at), default=0)
        after = node.items[index]
        if node.flow:
            self.edits.append(Edit(after.end, after.end, f", {spell_key(name)}: {spell_flow(value, name)}"))
            return
        column = self.source.column(node.keys[0].start)
        room = 120 - column - len(name) - 1
        line = f"{' ' * column}{spell_key(name)}:{spell_value(value, column, name, room=room)}"
        self._add_lines(self.source.next_line(after.end), [line])

    def _remove_fields(self, node: Node, gone: Sequence[str]) -> None:
        kept = [at for at, key in enumerate(node.keys) if key.value not in gone]
        if node.flow or not kept or kept[0] != 0:
            self._remove_some(node, gone, kept)
            return
        for at, key in enumerate(node.keys):
            if key.value in gone:
                start = self.source.line_start(key.start)
                self._remove_lines(start, node.items[at].end, self.source.column(key.start))

    def _remove_some(self, node: Node, gone: Sequence[str], kept: Sequence[int]) -> None:
        """Remove fields between braces, each with the comma that it then needs no more."""
        if not node.flow or not kept:
            raise _unsafe(self.file)
        if any(self.source.comments(node.start, node.end)):
            raise _unsafe(self.file)
        for at, key in enumerate(node.keys):
            if key.value in gone and at < kept[-1]:
                self.edits.append(Edit(key.start, node.keys[at + 1].start, ""))
        self.edits.append(Edit(node.items[kept[-1]].end, node.items[-1].end, ""))

    def _remove_lines(self, start: int, value_end: int, column: int) -> None:
        """Remove whole lines; comments in them stay, on lines of their own."""
        end = self.source.next_line(value_end)
        kept = [" " * column + text.rstrip() for _, text in self.source.comments(start, end)]
        self.edits.append(Edit(start, end, "".join(line + self.source.line_end for line in kept)))

    # --- lists

    def _change_list(self, node: Node, wanted: Sequence[YamlValue], kind: RecordType, key: str) -> None:
        old = [_identity(_value(item)) for item in node.items]
        new = [_identity(item) for item in wanted]
        steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        if node.flow and not all(_fits_flow(step, len(old)) for step in steps):
            self._replace(node, spell_flow(list(wanted), key))
            return
        for tag, a, b, c, d in steps:
            both = min(b - a, d - c) if tag in ("equal", "replace") else 0
            for offset in range(both):
                self._change(node.items[a + offset], wanted[c + offset], kind, key, in_flow=node.flow)
            for at in range(a + both, b):
                dash = self._dash(node, at)
                self._remove_lines(self.source.line_start(dash), node.items[at].end, self.source.column(dash))
            if d - c > both:
                self._add_items(node, a + both, wanted[c + both : d], kind)

    def _add_items(self, node: Node, at: int, items: Sequence[YamlValue], kind: RecordType) -> None:
        """Add items before position ``at`` of the list, which may be its end."""
        if node.flow:
            end = node.items[-1].end
            self.edits.append(Edit(end, end, "".join(f", {spell_flow(item)}" for item in items)))
            return
        column = self.source.column(self._dash(node, 0))
        blocks = [self._item(item, column, kind) for item in items]
        if at == 0:
            self._add_lines(self.source.line_start(self._dash(node, 0)), blocks)
            return
        gap = self._gap(node)
        self._add_lines(self.source.next_line(node.items[at - 1].end), [gap + block for block in blocks])

    def _item(self, item: YamlValue, column: int, kind: RecordType) -> str:
        if isinstance(item, dict) and "id" in item:
            return self._record(item, column, kind)
        return f"{' ' * column}- {spell_flow(_arranged(item, kind))}"

    def _record(self, record: YamlValue, column: int, kind: RecordType = None) -> str:
        if not isinstance(record, dict):
            raise _unsafe(self.file)
        return spell_record(in_house_order(record, kind or record_type_of(self.file, record)), column)

    def _gap(self, node: Node) -> str:
        """Return an empty line where the items of a list stand apart by one."""
        if len(node.items) < 2:
            return ""
        between = self.source.text[node.items[-2].end : self._dash(node, len(node.items) - 1)]
        return "\n" if any(not line.strip() for line in between.split("\n")[1:-1]) else ""

    def _dash(self, node: Node, at: int) -> int:
        """Return where the dash of an item of a block list stands."""
        text = self.source.text
        begin = node.items[at - 1].end if at else node.start
        comments = dict(self.source.comments(begin, node.items[at].start))
        while begin < node.items[at].start:
            if begin in comments:
                begin += len(comments[begin])
            elif text[begin] == "-":
                return begin
            else:
                begin += 1
        raise _unsafe(self.file)


def _arranged(value: YamlValue, kind: RecordType) -> YamlValue:
    """Return a value with the fields of the records in it in the house order."""
    if isinstance(value, dict):
        return in_house_order(value, kind)
    return [_arranged(item, kind) for item in value] if isinstance(value, list) else value


def _needs_new_form(node: Node, wanted: YamlValue) -> bool:
    """Return whether a value must be written anew: another shape, or a block list that loses its structure."""
    shape = {str: "scalar", list: "list", dict: "mapping"}[type(wanted)]
    if node.shape != shape:
        return True
    if isinstance(wanted, dict) and not set(wanted) & set(node.entries()):
        return True
    if isinstance(wanted, dict) and not node.flow and next(iter(node.entries())) not in wanted:
        return True  # the first field carries the dash or the indentation of the others
    return isinstance(wanted, list) and not wanted


def _value(node: Node) -> YamlValue:
    if node.shape == "scalar":
        return node.value
    if node.shape == "list":
        return [_value(item) for item in node.items]
    return {key.value: _value(item) for key, item in zip(node.keys, node.items, strict=True)}


def _identity(value: YamlValue) -> str:
    """Return what tells an item of a list from others: the id of a record, else all of it."""
    known = value.get("id") if isinstance(value, dict) else None
    return f"id {known}" if isinstance(known, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)


def _fits_flow(step: Sequence[Any], length: int) -> bool:
    """Return whether a step can be made between brackets without moving commas."""
    tag, a, b, c, d = step
    if tag == "replace":
        return bool(b - a == d - c or (b == length and d - c > b - a))
    return bool(tag == "equal" or (tag == "insert" and a == length > 0))
