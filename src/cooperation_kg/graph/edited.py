"""Would a dataset still hold together if these files were changed? Asked of a copy, before anything is put in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cooperation_kg.curate.corpus import read_corpus
from cooperation_kg.curate.rules import check
from cooperation_kg.errors import Issue
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.graph.shapes import check_shapes

_READ = (".yaml", ".yml", ".md")


def check_edited(folder: Path, files: Mapping[str, bytes | None]) -> list[Issue]:
    """Return every fault that ``ckg check`` would find in a data folder with some files changed.

    Parameters
    ----------
    folder: the data folder; nothing is written there.
    files: name below it (``/`` between folders) → its new content, None where it is to be taken away.
    """
    with TemporaryDirectory(prefix="ckg-edited-") as name:
        copy = Path(name) / "data"
        _copy(folder, copy)
        for file, content in files.items():
            path = copy / file
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return _faults(copy)


def _faults(folder: Path) -> list[Issue]:
    corpus, issues = read_corpus(folder)
    if corpus is None:
        return issues
    issues = sorted([*issues, *check(corpus)])
    if not any(issue.severity == "error" for issue in issues):
        issues += check_shapes(build_graph(corpus))
    return issues


def _copy(folder: Path, copy: Path) -> None:
    """Copy the files that are read, without what begins with a dot."""
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        target = copy / Path(above).relative_to(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in files:
            if name.endswith(_READ) and (Path(above) / name).is_file():
                shutil.copyfile(Path(above) / name, target / name)
