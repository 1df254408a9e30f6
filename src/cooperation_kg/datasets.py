"""A dataset of one's own from Python: begun, added to, edited in a workbook, merged, put in order.

Each function gives the files that it would make, by name below the data folder, checked as ``ckg check`` would; nothing
is written until ``write_files`` does that, all of them or none. The commands of the same names ask and explain more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cooperation_kg.errors import CurationError, InvalidCorpus, Issue, UnreadableSheet
from cooperation_kg.locations import data_folder
from cooperation_kg.render.output import write_all

if TYPE_CHECKING:
    from cooperation_kg.sheets.names import Names

__all__ = [
    "add_record",
    "begin_dataset",
    "export_sheet",
    "format_dataset",
    "import_sheet",
    "merge_datasets",
    "write_files",
]

Files = Mapping[str, bytes]
"""Name (``/`` between folders) → content."""


def begin_dataset(title: str, *, lang: str = "zh", standalone: bool = False) -> Files:
    """Return the files of a new dataset (``ckg init``): data folder, templates, settings for editors, READMEs.

    Parameters
    ----------
    title: what the dataset is called.
    standalone: not built on the shipped registers.

    >>> "data/dataset.yaml" in begin_dataset("县域协作")
    True
    """
    from cooperation_kg.starting.folder import dataset_files

    return dataset_files(title, lang, standalone=standalone)


def add_record(
    folder: Path | str,
    kind: str,
    settings: Mapping[str, str],
    *,
    document: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> Files:
    """Return the files that one more record makes (``ckg new``).

    Parameters
    ----------
    folder: the data folder.
    kind: pairing, figure, source, policy, place …
    settings: field → what is typed: names or ids, dates, literals as printed.
    document: the same for the source of a statement, where the dataset does not have it yet; its ``id`` is the
        ``source`` of the statement.

    Raises CurationError with every setting that cannot be taken over, or with what the dataset would lack.
    """
    from cooperation_kg.starting.asking import kinds, missing_of, needs_of, sheet_of, words_of_need
    from cooperation_kg.starting.drafting import check, draft, draft_source, edits, read_holding

    if kind not in kinds():
        raise ValueError(f"{kind!r}: choose one of {', '.join(kinds())}")
    holding = read_holding(Path(folder), lang)
    wanted = [(kind, settings)]
    if document is not None:
        wanted.insert(0, ("source", {"id": settings.get("source", ""), **document}))
    changes = []
    for name, given in wanted:
        sheet = sheet_of(name)
        missing = missing_of(needs_of(sheet), given)
        if missing:
            en, zh = ("; ".join(words_of_need(sheet, need, said) for need in missing) for said in ("en", "zh"))
            raise CurationError([Issue(name, 0, 0, "E102", f"still needed: {en}", f"还需要：{zh}")])
        changes.append(draft_source(given, holding) if name == "source" else draft(sheet, given, holding))
    made = edits(changes, holding)
    _refuse(check(changes, made, holding))
    return made


def export_sheet(
    folder: Path | str | None = None,
    *,
    kinds: Collection[str] = (),
    sources: Collection[str] = (),
    lang: str = "zh",
) -> bytes:
    """Return the facts as a workbook (``ckg sheet export``), XLSX.

    Parameters
    ----------
    folder: the data folder; the shipped facts where None.
    kinds, sources: only these sheets, only what these sources say; everything where empty.
    """
    from cooperation_kg.sheets.columns import sheets
    from cooperation_kg.sheets.tables import read_files, rows_of
    from cooperation_kg.sheets.workbook import write_workbook

    where = Path(folder) if folder is not None else data_folder()
    names, files = _names(where, lang), read_files(where)
    wanted = {f"{above}/{name}.yaml" for name in sources for above in ("statements", "sources")}
    shown = {name: content for name, content in files.items() if not wanted or name in wanted}
    chosen = [sheet for sheet in sheets() if not kinds or sheet.key in kinds]
    return write_workbook([(sheet, list(rows_of(sheet, shown, names))) for sheet in chosen], names, lang)


def import_sheet(
    file: Path | str, folder: Path | str | None = None, *, delete: bool = False, lang: str = "zh"
) -> Files:
    """Return the files that the changes of a workbook make (``ckg sheet import``); none where nothing was changed.

    Parameters
    ----------
    file: facts.xlsx, or a folder of CSV, as exported.
    delete: take away the records whose rows are gone; without it they stay.

    Raises UnreadableSheet with every cell that cannot be taken over, InvalidCorpus where the facts would not hold.
    """
    from cooperation_kg.sheets.changes import find_changes
    from cooperation_kg.sheets.csv_folder import read_csv
    from cooperation_kg.sheets.importing import edited_files, faults_after
    from cooperation_kg.sheets.tables import read_files
    from cooperation_kg.sheets.workbook import read_workbook

    where = Path(folder) if folder is not None else data_folder()
    names, files = _names(where, lang), read_files(where)
    pages, exported = read_csv(Path(file)) if Path(file).is_dir() else read_workbook(Path(file))
    plan = find_changes(pages, exported, files, names)
    if plan.faults:
        raise UnreadableSheet(plan.faults)
    changes = [*plan.changes, *(plan.missing if delete else ())]
    edited = edited_files(changes, files)
    if edited:
        _refuse(faults_after(where, changes, edited))
    return edited


def merge_datasets(
    other: Path | str, into: Path | str | None = None, *, decisions: Path | str | None = None, accept: str | None = None
) -> Files:
    """Return the files that somebody else's dataset makes in ours (``ckg merge``); nothing of ours is overwritten.

    Parameters
    ----------
    other: their data folder.
    into: ours; the shipped facts where None.
    decisions: the file of what is the same and what is not.
    accept: take what may be the same for the same from this grade on: certain, likely or possible. What is then
        still open is not the same.

    Raises InvalidCorpus where either does not hold together, or where the result would not.
    """
    from cooperation_kg.graph.edited import check_edited
    from cooperation_kg.merging import Answers, merged_files, plan_merge, read_decisions, read_holdings
    from cooperation_kg.merging.clues import GRADES
    from cooperation_kg.merging.decisions import NONE

    grade = next((grade for grade in GRADES if grade == accept), None)
    if accept is not None and grade is None:
        raise ValueError(f"{accept!r}: choose one of {', '.join(GRADES)}")
    ours, theirs = read_holdings(Path(into) if into is not None else None), read_holdings(Path(other))
    decided = read_decisions(Path(decisions)) if decisions is not None else NONE
    plan = plan_merge(ours, theirs, decided, Answers(grade, refuse_rest=True))
    edited = merged_files(plan, ours, theirs)
    if edited:
        _refuse(check_edited(ours.folder, edited))
    return edited


def format_dataset(folder: Path | str | None = None) -> Files:
    """Return the files that are not in the house order, in order (``ckg fmt``); meaning and comments stay."""
    from cooperation_kg.curate.edits import decode_file, format_text

    where = Path(folder) if folder is not None else data_folder()
    edited: dict[str, bytes] = {}
    for path in sorted(where.rglob("*.yaml")):
        name = path.relative_to(where).as_posix()
        if not any(part.startswith(".") for part in name.split("/")):
            before = path.read_bytes()
            after = format_text(decode_file(before, name)[0], name).text.encode()
            if after != before:
                edited[name] = after
    return edited


def write_files(folder: Path | str, files: Files) -> list[Path]:
    """Write files into a folder, all of them or none; returns their paths. Raises OutputError (full disk, no right)."""
    return write_all(Path(folder), files)


def _names(folder: Path, lang: str) -> Names:
    from cooperation_kg.curate.corpus import read_corpus
    from cooperation_kg.ontology import load_ontology
    from cooperation_kg.sheets.names import Names

    corpus, issues = read_corpus(folder)
    if corpus is None:
        raise CurationError(issues)
    return Names(corpus, load_ontology(), lang)


def _refuse(issues: Iterable[Issue]) -> None:
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        raise InvalidCorpus(errors)
