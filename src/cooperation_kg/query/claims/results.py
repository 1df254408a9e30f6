"""What a check of a sentence finds: the claims in it, for each an answer, and the statements that bear on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

MOST_SHOWN = 6
"""Statements shown for one claim about a pairing, a document or a programme, at most."""

Answer4 = Literal["agrees", "compatible", "disagrees", "nothing-known"]
ANSWERS: tuple[Answer4, ...] = ("disagrees", "nothing-known", "compatible", "agrees")
"""The answers, the worst first: a sentence of several claims has the worst of theirs."""
ANSWER_WORDS: dict[str, dict[str, str]] = {
    "agrees": {"zh": "相符", "en": "agrees"},
    "compatible": {"zh": "不矛盾", "en": "compatible"},
    "disagrees": {"zh": "不符", "en": "disagrees"},
    "nothing-known": {"zh": "库中无据", "en": "nothing known"},
}
BEARINGS: dict[str, dict[str, str]] = {
    "agrees": {"zh": "说法相同", "en": "says the same"},
    "compatible": {"zh": "说法相容", "en": "is compatible"},
    "disagrees": {"zh": "说法不同", "en": "says otherwise"},
    "near": {"zh": "相近但非同一件事", "en": "near, but not the same"},
}


@dataclass(frozen=True)
class Words:
    """A remark in both languages."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """Return the remark in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Bearing:
    """One statement that bears on a claim: how (agrees, compatible, disagrees, near), and why."""

    statement: str
    how: str
    why: Words


@dataclass(frozen=True)
class Part:
    """One piece of a sentence and what was understood by it, shown so that a reader sees a misreading."""

    kind: str
    text: str
    start: int
    end: int
    meaning: Words

    def as_json(self) -> dict[str, Any]:
        """Return the piece as plain data."""
        return {
            "kind": self.kind,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "meaning": {"zh": self.meaning.zh, "en": self.meaning.en},
        }


@dataclass(frozen=True)
class Finding:
    """One claim of a sentence, as it was understood, with its answer and what bears on it, the nearest first."""

    claim: Words
    answer: Answer4
    because: Words
    bearings: tuple[Bearing, ...]


def worst(answers: tuple[Answer4, ...]) -> Answer4:
    """Return the worst of several answers; nothing known where there is none.

    >>> worst(("agrees", "nothing-known", "compatible"))
    'nothing-known'
    """
    return min(answers, key=ANSWERS.index, default="nothing-known")


def best_of(bearings: tuple[Bearing, ...]) -> Answer4:
    """Return what several statements on one matter come to: one that agrees outweighs those that differ.

    >>> best_of(())
    'nothing-known'
    """
    held = {bearing.how for bearing in bearings}
    order: tuple[Answer4, ...] = ("agrees", "compatible", "disagrees")
    return next((answer for answer in order if answer in held), "nothing-known")


def once(found: Iterable[Bearing]) -> tuple[Bearing, ...]:
    """Return each statement once, with what was first said of it, and no more than can be shown."""
    kept: dict[str, Bearing] = {}
    for bearing in found:
        kept.setdefault(bearing.statement, bearing)
    return tuple(kept.values())[:MOST_SHOWN]
