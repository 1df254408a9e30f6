"""Which edits of which files does a new record make? One record at the end of the right file, all else as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cooperation_kg.curate.corpus import REGISTERS, read_corpus
from cooperation_kg.curate.edits import encode_file, next_id
from cooperation_kg.curate.edits.house import in_house_order
from cooperation_kg.curate.fields import SLUG
from cooperation_kg.curate.yaml_io import YamlValue
from cooperation_kg.errors import CurationError, Issue
from cooperation_kg.ontology import load_ontology
from cooperation_kg.sheets.cells import BadCell, said
from cooperation_kg.sheets.changes import Change
from cooperation_kg.sheets.columns import Sheet, sheets
from cooperation_kg.sheets.importing import edited_files, faults_after
from cooperation_kg.sheets.names import Names
from cooperation_kg.sheets.tables import Fields, FileText, join, read_files
from cooperation_kg.starting.asking import fault_of_text
from cooperation_kg.starting.names import fault_of_name
from cooperation_kg.starting.templates import template_of

OWN_PLACES = "places/own.yaml"
"""Where a place goes whose province has no file of its own."""
FEW = 20
"""So many choices are named where what is given is none of them."""
_SCHEMAS = {"statements": "statements", "sources": "source", "places": "places"}


@dataclass(frozen=True)
class Holding:
    """A dataset that records are added to: its folder, its files, and the names of what they speak of."""

    folder: Path
    files: Mapping[str, FileText]
    names: Names

    def taken(self, file: str) -> list[str]:
        """Return the ids of a file."""
        content = self.files.get(file)
        return [str(record.get("id")) for record in content.records] if content else []

    def content_before(self, file: str) -> bytes | None:
        """Return what a file was when it was read; None where there was none."""
        content = self.files.get(file)
        return encode_file(content.text, content.mark) if content else None


def read_holding(folder: Path, lang: str) -> Holding:
    """Return what a data folder holds; raises CurationError where it cannot be read."""
    corpus, issues = read_corpus(folder)
    if corpus is None:
        raise CurationError(issues)
    return Holding(folder, read_files(folder), Names(corpus, load_ontology(), lang))


def draft(sheet: Sheet, settings: Mapping[str, str], holding: Holding) -> Change:
    """Return the record that the settings make, and where it goes.

    Parameters
    ----------
    settings: name of a column → what is typed: names, ids, literals as printed.

    Raises CurationError with every setting that cannot be taken over, each named by its column.
    """
    faults: list[Issue] = []
    values: dict[str, YamlValue] = {}
    for column in sheet.columns:
        if column.name in settings:
            unseen = fault_of_text(column, settings[column.name])
            if unseen:
                faults.append(Issue(column.name, 0, 0, "E006", unseen[1], unseen[0]))
                continue
            try:
                value = said(column, settings[column.name], holding.names)
            except BadCell as bad:
                few = holding.names.choices(column)
                listed = f": {', '.join(few)}" if 0 < len(few) <= FEW else ""
                faults.append(Issue(column.name, 0, 0, bad.code, bad.en + listed, bad.zh + listed))
                continue
            if value is not None:
                values[column.name] = value
    record: Fields = {"kind": sheet.key} if sheet.is_statement else {}
    for name in dict.fromkeys(column.field for column in sheet.columns):
        if not (sheet.is_statement and name == "source"):
            _put(sheet, record, name, values, faults)
    file = _file_of(sheet, values, holding, faults)
    if sheet.is_statement and file and "id" not in record:
        record["id"] = next_id(holding.taken(file))
    faults += _id_faults(sheet, record, file, holding)
    if faults or file is None:
        raise CurationError(faults)
    ordered = in_house_order(record, sheet.record_type)
    where = {column.field: column.field for column in sheet.columns}
    return Change("add", sheet, file, str(record["id"]), ordered, (), where)


def draft_source(settings: Mapping[str, str], holding: Holding) -> Change:
    """Return the record of a new source, and let what is said next refer to it; as ``draft``."""
    change = draft(next(sheet for sheet in sheets() if sheet.key == "source"), settings, holding)
    holding.names.learn("source", change.id, settings.get("title.zh") or settings.get("description.zh", change.id))
    return change


def _put(sheet: Sheet, record: Fields, name: str, values: Mapping[str, YamlValue], faults: list[Issue]) -> None:
    """Put the parts of a field together and into the record."""
    parts = {column.part: values.get(column.name) for column in sheet.columns if column.field == name}
    there = [part for part, value in parts.items() if value is not None]
    if "" in there and len(there) > 1:
        faults.append(
            Issue(
                name,
                0,
                0,
                "E702",
                "either one thing, or a scope of several; leave one out",
                "要么写一个事物，要么写范围（协作项目与两方）；请去掉其一",
            )
        )
    elif (value := join(None, parts)) is not None:
        record[name] = value


def _file_of(sheet: Sheet, values: Mapping[str, YamlValue], holding: Holding, faults: list[Issue]) -> str | None:
    """Return the file that a new record belongs to; None, with a fault, where it cannot be told."""
    if sheet.is_statement or sheet.key == "source":
        name = "source" if sheet.is_statement else "id"
        value = values.get(name)
        if isinstance(value, str) and SLUG.fullmatch(value):
            return f"{'statements' if sheet.is_statement else 'sources'}/{value}.yaml"
        if not any(issue.file == name for issue in faults):
            en, zh = "needs an id of lower-case letters, digits and hyphens", "须写编号：小写字母、数字和连字符"
            faults.append(Issue(name, 0, 0, "E706", en, zh))
        return None
    pattern = REGISTERS[sheet.key.removeprefix("register-")][0]
    return pattern if "*" not in pattern else _places_file(values, holding)


def _places_file(values: Mapping[str, YamlValue], holding: Holding) -> str:
    """Return the file of the parent of a place, or of the places with the same code of province, else our own."""
    within, code = values.get("within"), values.get("code")
    for file, content in holding.files.items():
        if file.startswith("places/"):
            for record in content.records:
                own = record.get("code")
                same = isinstance(code, str) and isinstance(own, str) and code[:2] == own[:2]
                if record.get("id") == within or same:
                    return file
    return OWN_PLACES


def _id_faults(sheet: Sheet, record: Fields, file: str | None, holding: Holding) -> list[Issue]:
    identifier = record.get("id")
    if not isinstance(identifier, str):
        return [] if file is None else [Issue("id", 0, 0, "E706", "a new entry needs an id", "新条目须有编号")]
    reserved = fault_of_name(identifier) if file and sheet.key == "source" else None
    if reserved:
        return [Issue("id", 0, 0, "E108", reserved[1], reserved[0])]
    if file and identifier in holding.taken(file):
        return [
            Issue("id", 0, 0, "E707", f'the id "{identifier}" is taken; choose another', f"编号“{identifier}”已被占用")
        ]
    return []


def source_read_now(source: str, extent: str, holding: Holding) -> Change:
    """Return the change of a source that says how much of it has been read by now; raises CurationError."""
    sheet = next(sheet for sheet in sheets() if sheet.key == "source")
    column = sheet.column("read")
    assert column is not None
    try:
        value = said(column, extent, holding.names)
    except BadCell as bad:
        raise CurationError([Issue("source.read", 0, 0, bad.code, bad.en, bad.zh)]) from bad
    file = f"sources/{source}.yaml"
    (before,) = holding.files[file].records
    record: Fields = {**before, "read": value or ""}
    return Change("set", sheet, file, source, record, (), {"read": "source.read"})


def edits(changes: Iterable[Change], holding: Holding) -> dict[str, bytes]:
    """Return the new content of every file that the records go into."""
    made = edited_files(changes, holding.files)
    return {file: made[file] if file in holding.files else _with_schema(file, made[file], holding) for file in made}


def check(changes: Iterable[Change], made: Mapping[str, bytes], holding: Holding) -> list[Issue]:
    """Return the errors that the dataset would have, each with its field where that is one of a new record."""
    return [issue for issue in faults_after(holding.folder, changes, made) if issue.severity == "error"]


def with_template(sheet: Sheet, source: str, holding: Holding, lang: str) -> tuple[str, bytes] | None:
    """Return the file that the template of a kind goes into, and its content with the template at its end.

    None where it has no file to go into: a source, or a statement of no source.
    """
    if sheet.key == "source" or (sheet.is_statement and not source):
        return None
    values: dict[str, YamlValue] = {"source": source} if sheet.is_statement else {}
    faults: list[Issue] = []
    file = _file_of(sheet, values, holding, faults)
    if file is None:
        raise CurationError(faults)
    template = template_of(sheet.key, lang, next_id(holding.taken(file)) if sheet.is_statement else "")
    if file not in holding.files:
        return file, _with_schema(file, template.encode(), holding)
    before = holding.files[file]
    end = "\r\n" if "\r\n" in before.text else "\n"
    gap = "" if before.text.endswith(end) or not before.text else end
    return file, encode_file(before.text + gap + template.replace("\n", end), before.mark)


def _with_schema(file: str, content: bytes, holding: Holding) -> bytes:
    """Name the schema beside the dataset in the first line of a new file, for editors, unless one is named."""
    if content.startswith(b"# yaml-language-server:"):
        return content
    path = PurePosixPath(file)
    name = _SCHEMAS.get(path.parts[0], path.stem)
    if not (holding.folder.resolve().parent / "schema" / f"{name}.json").is_file():
        return content
    up = "../" * len(path.parts)
    return f"# yaml-language-server: $schema={up}schema/{name}.json\n".encode() + content
