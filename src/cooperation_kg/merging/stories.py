"""Which stories of theirs are new? A story is a whole text: it is taken over as it stands, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cooperation_kg.merging.holdings import Locator

_WORD = re.compile(r"[a-z0-9]+(?:[-.~/][a-z0-9]+)*")


@dataclass(frozen=True)
class StoryFound:
    """One story of theirs: new, the same, another of the same name, or one that speaks of ids that changed."""

    file: str
    verdict: Literal["add", "same", "differs", "renamed"]
    content: bytes


def compare_stories(ours: Path, theirs: Path, ids: Mapping[Locator, str]) -> list[StoryFound]:
    """Return what becomes of each of their stories.

    Parameters
    ----------
    ids: their things → ours; a story that names one that is called otherwise with us has to be put in by hand.
    """
    renamed = {identifier for (_, identifier), own in ids.items() if identifier != own}
    found = []
    for path in sorted((theirs / "stories").glob("*.md")):
        content, there = path.read_bytes(), ours / "stories" / path.name
        words = _WORD.findall(content.decode("utf-8"))
        if there.is_file():
            verdict = "same" if there.read_bytes() == content else "differs"
        elif any(word in renamed or renamed & set(re.split(r"[./~]", word)) for word in words):
            verdict = "renamed"
        else:
            verdict = "add"
        found.append(StoryFound(f"stories/{path.name}", verdict, content))  # type: ignore[arg-type]
    return found
