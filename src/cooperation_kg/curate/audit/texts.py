"""Which text file is the text of which source?

In this order: a file named after the source (``first-report.txt``); the table ``sources.tsv`` in the same folder (file,
tab, id of the source); the only text that prints the title of the source near its beginning, or begins with its
``incipit``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cooperation_kg.curate.audit.folding import fold
from cooperation_kg.curate.registers import Source
from cooperation_kg.errors import CurationError, Issue

TABLE = "sources.tsv"
SUFFIXES = (".txt", ".md")
_HEAD = 600
"""Folded characters in which a title must begin: further down, another document may be cited."""
_INCIPIT_WITHIN = 200


def read_texts(folder: Path | str, sources: Mapping[str, Source]) -> dict[str, str]:
    """Return id of a source → its text, for the sources whose text the folder has.

    Raises
    ------
    CurationError: the folder is not there, a text is not UTF-8, or ``sources.tsv`` names no known file or source.
    """
    root = Path(folder)
    if not root.is_dir():
        raise CurationError([_issue(str(root), 0, "E001", "no such folder of texts", "没有这个文本文件夹")])
    files = {path.name: path for path in sorted(root.iterdir()) if path.suffix in SUFFIXES}
    texts = {name: _read(path) for name, path in files.items()}
    found = {path.stem: name for name, path in files.items() if path.stem in sources}
    for name, source in _table(root, files, sources):
        found.setdefault(source, name)
    free = {name: fold(text) for name, text in texts.items() if name not in found.values()}
    for key, record in sources.items():
        matching = [name for name, text in free.items() if _is_text_of(text, record)]
        if key not in found and len(matching) == 1:
            found[key] = matching[0]
    return {key: texts[name] for key, name in sorted(found.items())}


def _is_text_of(folded: str, source: Source) -> bool:
    if source.title is not None and 0 <= folded.find(fold(source.title.zh)) < _HEAD:
        return True
    return source.incipit is not None and 0 <= folded.find(fold(source.incipit)) < _INCIPIT_WITHIN


def _table(root: Path, files: Mapping[str, Path], sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """Yield the rows of ``sources.tsv``; every wrong row is reported at once."""
    path = root / TABLE
    if not path.is_file():
        return
    faults: list[Issue] = []
    for number, line in enumerate(_read(path).splitlines(), 1):
        name, _, source = line.partition("\t")
        if name in files and source.strip() in sources:
            yield name, source.strip()
        elif line.strip() and not line.startswith("#"):
            en = f'"{line}" is no file of this folder, tab, id of a source; correct it'
            zh = f"“{line}”不是“本文件夹的文件、制表符、来源 id”；请改正"
            faults.append(_issue(TABLE, number, "E602", en, zh))
    if faults:
        raise CurationError(faults)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = _issue(path.name, 0, "E004", "is not UTF-8; save it as UTF-8", "不是 UTF-8 编码；请另存为 UTF-8")
        raise CurationError([fault]) from error


def _issue(file: str, line: int, code: str, en: str, zh: str) -> Issue:
    return Issue(file, line, 1 if line else 0, code, en, zh)
