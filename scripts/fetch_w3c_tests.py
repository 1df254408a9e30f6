"""Fetch the W3C's SPARQL 1.1 tests into ``build/w3c``: data of others, which are no part of this repository.

The source package of rdflib carries them, as the W3C published them in 2013; pip downloads it from the package index in
use. Where the folder is there for the pinned version, nothing is done::

    python scripts/fetch_w3c_tests.py
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "w3c"
_INSIDE = "/test/data/suites/w3c/sparql11/"


def pinned_version() -> str:
    """Return the version of rdflib in ``constraints.txt``."""
    found = re.search(r"^rdflib==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert found, "constraints.txt pins no rdflib"
    return found[1]


def fetch(version: str) -> None:
    """Download the source package and unpack its tests, whole or not at all."""
    FOLDER.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as scratch:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--no-binary", "rdflib", "--dest", scratch, f"rdflib=={version}"]
        subprocess.run(command, check=True)
        (package,) = Path(scratch).glob("*.tar.gz")
        fresh = Path(scratch, "fresh")
        with tarfile.open(package) as archive:
            members = [one for one in archive.getmembers() if _INSIDE in one.name and one.isfile()]
            for member in members:
                member.name = member.name.partition(_INSIDE)[2]
            archive.extractall(fresh, members, filter="data")
        (fresh / "version").write_text(version, encoding="utf-8")
        shutil.rmtree(FOLDER, ignore_errors=True)
        fresh.rename(FOLDER)


def main() -> int:
    """Fetch what is not there."""
    version = pinned_version()
    held = FOLDER / "version"
    if not held.is_file() or held.read_text(encoding="utf-8") != version:
        fetch(version)
    return 0


if __name__ == "__main__":
    sys.exit(main())
