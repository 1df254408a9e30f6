"""Which files would the changes make, and do they hold together?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cooperation_kg.curate.edits import edit_text, encode_file
from cooperation_kg.curate.edits.source_tree import Node, read_source
from cooperation_kg.curate.edits.spelling import spell_fields, spell_record
from cooperation_kg.curate.yaml_io import YamlValue
from cooperation_kg.errors import Issue, UnsafeEdit
from cooperation_kg.graph.edited import check_edited
from cooperation_kg.sheets.changes import Change
from cooperation_kg.sheets.tables import Fields, FileText


def edited_files(changes: Iterable[Change], files: Mapping[str, FileText]) -> dict[str, bytes]:
    """Return the new content of every file that the changes touch, each by the smallest edit.

    Raises UnsafeEdit where a file cannot be edited without touching something else.
    """
    by_file: dict[str, list[Change]] = {}
    for change in changes:
        by_file.setdefault(change.file, []).append(change)
    return {file: _edited(file, some, files) for file, some in sorted(by_file.items())}


def _edited(file: str, changes: list[Change], files: Mapping[str, FileText]) -> bytes:
    if file not in files:
        return _new_file(file, [change.record for change in changes], files)
    before = files[file]
    if file.startswith("sources/") and any(change.verb == "delete" for change in changes):
        raise UnsafeEdit(file, "a source is a file of its own; delete the file", "来源自成一个文件；请直接删去文件")
    by_id = {change.id: change for change in changes if change.verb != "add"}
    wanted: list[YamlValue] = []
    for record in before.records:
        change = by_id.get(str(record.get("id")))
        if change is None or change.verb == "set":
            wanted.append(change.record if change else record)
    wanted += [change.record for change in changes if change.verb == "add"]
    whole = wanted[0] if isinstance(before.data, dict) and before.data else wanted
    return encode_file(edit_text(before.text, whole, file), before.mark)


def _new_file(file: str, records: list[Fields], files: Mapping[str, FileText]) -> bytes:
    """Return a file that was not there, with the first line for editors that its neighbours have."""
    folder = PurePosixPath(file).parent
    heads = (files[name].text.split("\n")[0].rstrip() for name in files if PurePosixPath(name).parent == folder)
    head = next((line for line in heads if line.startswith("# yaml-language-server:")), "")
    blocks = spell_fields(records[0], 0) if file.startswith("sources/") else [spell_record(r) for r in records]
    return ("\n".join([*([head] if head else []), *blocks]) + "\n").encode()


def faults_after(folder: Path, changes: Iterable[Change], edited: Mapping[str, bytes | None]) -> list[Issue]:
    """Return the faults that the dataset would have, each with the cell that it comes from, where it is one."""
    every = list(changes)
    return [_at_cell(issue, every, edited) for issue in check_edited(folder, edited)]


def _at_cell(issue: Issue, changes: Iterable[Change], edited: Mapping[str, bytes | None]) -> Issue:
    content = edited.get(issue.file)
    if content is None or not issue.line:
        return issue
    root = read_source(content.decode("utf-8-sig"), issue.file)
    found = _find(root.root, issue.line, root.text)
    for change in changes:
        if found and change.file == issue.file and change.id == found[0] and change.where:
            cell = change.where.get(found[1]) or change.where["id"]
            return replace(issue, file=f"{cell} {issue.file}")
    return issue


def _find(root: Node | None, line: int, text: str) -> tuple[str, str] | None:
    """Return (id, field) of what stands on a line."""
    starts = [0]
    for row in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    at = starts[min(line, len(starts) - 1)] - 1  # the last character of the line
    items = root.items if root and root.shape == "list" else [root] if root else []
    for record in reversed(items):
        entries = record.entries()
        if record.start <= at and "id" in entries:
            fields = [name for name, (key, _) in entries.items() if key.start <= at]
            return entries["id"][1].value, fields[-1] if fields else "id"
    return None
