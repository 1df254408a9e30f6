"""Which files would a merge make? Each by the smallest edit of ours; a file that is new as theirs has it."""

from __future__ import annotations

from pathlib import PurePosixPath

from cooperation_kg.curate.edits import edit_text, encode_file
from cooperation_kg.curate.edits.house import in_house_order, record_type_of
from cooperation_kg.curate.edits.spelling import spell_fields, spell_record
from cooperation_kg.curate.yaml_io import YamlValue
from cooperation_kg.errors import UnsafeEdit
from cooperation_kg.merging.holdings import Holdings
from cooperation_kg.merging.plan import Addition, Filling, MergePlan
from cooperation_kg.sheets.tables import Fields

_FOR_EDITORS = "# yaml-language-server:"


def merged_files(plan: MergePlan, ours: Holdings, theirs: Holdings) -> dict[str, bytes]:
    """Return the new content of every file of ours that a merge touches, by its name in the data folder.

    Raises UnsafeEdit where a file of ours cannot be edited without touching something else.
    """
    added: dict[str, list[Addition]] = {}
    for addition in plan.additions:
        added.setdefault(addition.file, []).append(addition)
    filled: dict[str, list[Filling]] = {}
    for filling in plan.fillings:
        filled.setdefault(filling.item.file, []).append(filling)
    edited = {
        file: _edited(file, added.get(file, []), filled.get(file, []), ours)
        if file in ours.files
        else _new(file, added[file], ours, theirs)
        for file in sorted({*added, *filled})
    }
    return edited | {story.file: story.content for story in plan.stories if story.verdict == "add"}


def _edited(file: str, added: list[Addition], filled: list[Filling], ours: Holdings) -> bytes:
    before = ours.files[file]
    wanted: list[YamlValue] = []
    for record in before.records:
        fields: Fields = dict(record)
        for filling in filled:
            if filling.item.raw is record:
                fields |= filling.fields
        wanted.append(fields)
    wanted += [addition.fields for addition in added]
    whole = wanted[0] if isinstance(before.data, dict) and before.data else wanted
    return encode_file(edit_text(before.text, whole, file), before.mark)


def _new(file: str, added: list[Addition], ours: Holdings, theirs: Holdings) -> bytes:
    """Return a file that we do not have: theirs with its comments where all of it is new, else its new records."""
    from_file = added[0].item.file
    origin = theirs.files.get(from_file)
    head = _head(file, ours)
    if origin is not None and len(origin.records) == len(added) and all(a.item.file == from_file for a in added):
        wanted: list[YamlValue] = [dict(addition.fields) for addition in added]
        try:
            text = edit_text(origin.text, wanted[0] if isinstance(origin.data, dict) else wanted, from_file)
            return encode_file(_with_head(text, head))
        except UnsafeEdit:
            pass  # their file has an odd form; ours is then written anew
    fields = [in_house_order(a.fields, record_type_of(file, a.fields)) for a in added]
    lines = spell_fields(fields[0], 0) if file.startswith("sources/") else [spell_record(f) for f in fields]
    return encode_file(_with_head("\n".join(lines) + "\n", head))


def _head(file: str, ours: Holdings) -> str:
    """Return the first line for editors that the neighbours of a file have; empty where they have none."""
    folder = PurePosixPath(file).parent
    first = (f.text.split("\n")[0].rstrip() for name, f in ours.files.items() if PurePosixPath(name).parent == folder)
    return next((line for line in first if line.startswith(_FOR_EDITORS)), "")


def _with_head(text: str, head: str) -> str:
    if text.startswith(_FOR_EDITORS):
        own, _, rest = text.partition("\n")
        return f"{head or own}\n{rest}"
    return f"{head}\n{text}" if head else text
