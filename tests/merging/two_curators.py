"""Two curators of the same tiny world: the second gave other ids to things, and knows other facts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

MINI = Path(__file__).parent.parent / "data" / "mini"
# the order of two ids of a pair is kept, since it is the order in the name of the pair
RENAMED = {
    "haizhou": "hai-zhou",
    "haizhou-donghu": "hai-zhou-donghu",
    "test-leading-group": "the-group",
    "test-east-west": "ew",
    "hai-shan": "hz-sy",
    "1996-report": "report-of-1996",
    "test-park": "hs-park",
    "2016-meeting": "symposium",
    "first-report": "twenty-years",
}
"""Our id → that of the second curator."""


def copy_of(target: Path, folder: Path = MINI) -> Path:
    """A dataset that a test may change."""
    return Path(shutil.copytree(folder, target))


def with_other_ids(folder: Path, ids: Mapping[str, str]) -> Path:
    """Call things otherwise throughout a dataset, files of sources and statements included."""
    word = re.compile(r"(?<![\w/-])(" + "|".join(map(re.escape, ids)) + r")(?![\w-])")
    for path in sorted(folder.rglob("*.yaml")):
        text = word.sub(lambda found: ids[found[1]], path.read_text(encoding="utf-8"))
        path.unlink()
        path.with_name(f"{ids.get(path.stem, path.stem)}.yaml").write_text(text, encoding="utf-8", newline="")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def append(folder: Path, file: str, text: str) -> None:
    """Add records to the end of a file, which is made where it is not there."""
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + text, encoding="utf-8", newline="")


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of a dataset."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
