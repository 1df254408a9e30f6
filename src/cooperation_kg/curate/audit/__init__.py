"""Does every literal stand in the document it is said to come from?

A slip of the hand in a figure or a title is invisible to every other check. Given a folder with the texts of the
sources (no part of this repository: sentences are somebody's), each literal, title and 文号 is looked up in its own
document.

=============  =============================================================================
module         its question
=============  =============================================================================
``folding``    which characters count as the same
``matching``   whether a literal stands by itself in a text
``sections``   which part of a text a locator means
``texts``      which file is the text of which source
``literals``   what of a statement must be printed
=============  =============================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from cooperation_kg.curate.audit.folding import fold
from cooperation_kg.curate.audit.literals import Printed, printed_by
from cooperation_kg.curate.audit.matching import find_all, near_miss
from cooperation_kg.curate.audit.sections import SourceText
from cooperation_kg.curate.audit.texts import read_texts
from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.errors import Issue

Outcome = Literal["cited", "elsewhere", "missing", "no-text"]

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "cited": ("见于所注位置", "found at the place cited"),
    "elsewhere": ("见于他处", "found elsewhere"),
    "missing": ("找不到", "not found"),
    "no-text": ("手头没有文本", "no text at hand"),
}
"""What can come of looking a literal up (zh, en)."""


@dataclass(frozen=True)
class Finding:
    """One literal that was looked up: whose it is, where it stands in the YAML, and what came of it.

    ``near`` is what the text prints instead of a literal that is missing, where it has the same digits or words.
    """

    source: str
    record: str
    field: str
    literal: str
    outcome: Outcome
    file: str
    line: int
    column: int
    near: str = ""


@dataclass(frozen=True)
class AuditReport:
    """Every literal with its outcome, in order of source and reading; ``issues`` has what to mend."""

    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many literals had each of the four outcomes."""
        counted = Counter(finding.outcome for finding in self.findings)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def issues(self) -> tuple[Issue, ...]:
        """E601 for each literal not found, W602 for each found elsewhere, W601 once for a source without text."""
        return tuple(sorted({issue for finding in self.findings if (issue := _issue_of(finding))}))

    def as_text(self, lang: str = "en") -> str:
        """Return what to mend, one a line, and then the four counts, in ``"en"`` or ``"zh"``."""
        column = 0 if lang == "zh" else 1
        counts = [f"{count:6d} {OUTCOMES[outcome][column]}" for outcome, count in self.counts.items()]
        return "\n".join([*(issue.text(lang) for issue in self.issues), *counts])

    def as_json(self) -> dict[str, Any]:
        """Return counts and findings as plain values, for JSON."""
        return {"counts": dict(self.counts), "findings": [asdict(finding) for finding in self.findings]}


def audit(corpus: Corpus, texts_folder: Path | str) -> AuditReport:
    """Look every literal up in the text of its source.

    Parameters
    ----------
    corpus: see ``load_corpus``.
    texts_folder: the texts as ``.txt`` or ``.md``, UTF-8; ``texts`` tells how a file finds its source.

    Raises
    ------
    CurationError: the folder or a text cannot be read, or its ``sources.tsv`` names what is not there.
    """
    texts = read_texts(texts_folder, corpus.sources)
    folded = {
        key: SourceText(text, (statement.locator or "" for statement in corpus.of_source(key)))
        for key, text in texts.items()
    }
    return AuditReport(tuple(_look_up(corpus, printed, folded.get(printed.source)) for printed in printed_by(corpus)))


def _look_up(corpus: Corpus, printed: Printed, text: SourceText | None) -> Finding:
    place = corpus.locate(*printed.owner, (printed.field,))
    outcome: Outcome = "no-text" if text is None else _outcome(printed, text)
    near = near_miss(text.whole, fold(printed.spellings[0])) if text is not None and outcome == "missing" else ""
    literal = printed.spellings[0]
    return Finding(printed.source, printed.owner[1], printed.field, literal, outcome, *place, near)


def _outcome(printed: Printed, text: SourceText) -> Outcome:
    if _stands_in(text.whole, printed):
        places = text.parts(printed.locator) if printed.locator else (text.whole,)
        return "cited" if any(_stands_in(place, printed) for place in places) else "elsewhere"
    return "missing"


def _stands_in(text: str, printed: Printed) -> bool:
    return any(_any(find_all(text, fold(spelling), printed.kind)) for spelling in printed.spellings)


def _any(found: Iterator[int]) -> bool:
    return next(found, None) is not None


def _issue_of(finding: Finding) -> Issue | None:
    place = (finding.file, finding.line, finding.column)
    match finding.outcome:
        case "missing":
            near_en = f'; it prints "{finding.near}"' if finding.near else ""
            near_zh = f"；文本作“{finding.near}”" if finding.near else ""
            return Issue(
                *place,
                "E601",
                f'"{finding.literal}" is not in the text of {finding.source}{near_en}; correct it as printed',
                f"“{finding.literal}”不见于 {finding.source} 的文本{near_zh}；请按原文改正",
            )
        case "elsewhere":
            return Issue(
                *place,
                "W602",
                f'"{finding.literal}" is not at the place cited, but elsewhere in the text; check the locator',
                f"“{finding.literal}”不在所注位置，而见于文本他处；请核对 locator",
            )
        case "no-text":
            return Issue(
                f"sources/{finding.source}.yaml",
                0,
                0,
                "W601",
                "no text of this source at hand; its literals were not looked up",
                "手头没有这一来源的文本；其原文写法未经核对",
            )
    return None
