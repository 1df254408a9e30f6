"""Is a folder already what would be written into it? Then a build has nothing to do.

The manifest of the folder (``output.py``) says what its files were made from: a digest of everything that can change a
byte of them. Whatever differs, an edited fact, another version of a library, a page that somebody changed or took away,
makes the build do all of its work again: nothing stale is ever left.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from cooperation_kg.locations import PACKAGE, data_folder, ontology_folder
from cooperation_kg.render.output import holds_digest, read_manifest

DISTRIBUTION = "cooperation-kg"
_NOT_READ = frozenset({"__pycache__", "_shipped"})


def made_from(data: Path | None, *options: str) -> str:
    """Return the digest of the facts, the words, the program and its libraries, and what was asked for.

    Parameters
    ----------
    data: the data folder; the shipped facts where None. These always count: one's own dataset may extend them.
    options: what was asked for, each as text.
    """
    digest = hashlib.sha256()
    for told in (platform.python_version(), *_libraries(), *options):
        digest.update(f"{told}\0".encode())
    folders = dict.fromkeys(folder.resolve() for folder in (data or data_folder(), data_folder(), ontology_folder()))
    for folder in (*folders, PACKAGE):
        for path in _files(folder):
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        digest.update(b"\0")
    return digest.hexdigest()


def is_fresh(folder: Path, origin: str) -> bool:
    """Return whether a folder holds, byte by byte, what a build from this origin left there."""
    manifest = read_manifest(folder)
    held = (holds_digest(folder, listed) for listed in manifest.files)
    return bool(manifest.files) and manifest.made_from == origin and all(held)


def _libraries() -> Iterator[str]:
    """Yield name and version of every library that is installed for this one."""
    waiting, seen = [DISTRIBUTION], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # wanted on other systems only
            continue
        yield f"{name} {found.version}"
        waiting += sorted(_required(found.requires or ()))


def _required(requirements: Iterable[str]) -> set[str]:
    """Return the names in requirements such as ``networkx>=3.6,<4``; those of extras left out."""
    plain = (requirement.partition(";")[0] for requirement in requirements if "extra ==" not in requirement)
    return {"".join(c if c.isalnum() or c in "-_." else " " for c in text).split()[0] for text in plain}


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if not _NOT_READ.intersection(path.relative_to(folder).parts))
    return sorted(path for path in found if path.is_file())
