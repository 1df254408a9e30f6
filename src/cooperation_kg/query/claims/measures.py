"""Which measure do the words around a quantity mean? The rows of ``measure_words`` that are found there, weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.claims.measure_words import INVESTMENT, MONEY, SPECIFIC, UNSPECIFIC

PERSON_UNITS = frozenset({"人", "名", "位", "人次", "口"})
MONEY_UNITS = frozenset({"元", "美元", "港元", "欧元", "日元"})
SHARE_UNITS = frozenset({"%", "‰", "百分点"})

_MONEY_MEASURES = frozenset(
    (
        *MONEY,
        *INVESTMENT,
        "consumption-sales",
        "aid-per-county",
        "gdp",
        "income-per-head",
        "wage-income",
        "output-value",
    )
) | {"donations-in-kind", "matching-funds", "contract-value", "fixed-investment", "social-investment", "direct-loss"}
_SHARE_MEASURES = frozenset(
    {"share", "growth-rate", "completion-rate", "poverty-rate", "ratio", "forest-cover", "income-ratio"}
)

VAGUE = 6
"""A row of so many measures names none of them outright (帮扶资金)."""


@dataclass(frozen=True)
class MeasureWords:
    """What the words around a quantity say it counts.

    ``measures`` are all that they may mean, empty where no word was recognised; ``chief`` what they say outright, empty
    where the words are vague (投入, 资金): only a figure of this can contradict the sentence by its mere value.
    """

    words: tuple[str, ...]
    measures: tuple[str, ...]
    chief: tuple[str, ...]

    def labels(self, lang: str) -> str:
        """Return the measures by label, the chief ones first."""
        ontology = load_ontology()
        ordered = dict.fromkeys((*self.chief, *self.measures))
        return ("、" if lang == "zh" else ", ").join(ontology.label("measure", m, lang) for m in ordered)


def read_measures(before: str, after: str, wider: Iterable[str], unit: str) -> MeasureWords:
    """Return which measures the words mean.

    Parameters
    ----------
    before, after: the words next to the quantity; the nearest of them count as much as the most.
    wider: longer stretches, asked one after another where the nearer say nothing.
    unit: the unit of the quantity; measures that cannot have it are left out. ``""`` fits all.

    >>> read_measures("派出", "教师", (), "名").chief
    ('teachers-posted',)
    """
    asked = ((before, after), *((text, "") for text in wider))
    for table in (_specific(), UNSPECIFIC):
        for left, right in asked:
            found = _search(_one_noun(left), _one_noun(right), table, unit)
            if found:
                weighed = _weighed(found)
                return weighed if table is not UNSPECIFIC else replace(weighed, chief=())
    return MeasureWords((), (), ())


def _one_noun(text: str) -> str:
    """Return the text with 旗县市 and the like as one word: a county-level unit."""
    return re.sub(r"[旗县市区]{2,3}", "县", text)


def fits(measure: str, unit: str) -> bool:
    """Return whether a measure can have a unit: money for money, persons for persons, shares for shares.

    >>> fits("fiscal-aid", "元"), fits("fiscal-aid", "人")
    (True, False)
    """
    if not unit:
        return True
    if unit in MONEY_UNITS:
        return measure in _MONEY_MEASURES
    if unit in SHARE_UNITS:
        return measure in _SHARE_MEASURES
    return measure not in _MONEY_MEASURES and measure not in _SHARE_MEASURES


@cache
def _specific() -> tuple[tuple[str, tuple[str, ...]], ...]:
    labels = load_ontology().concepts["measure"].values()
    own = tuple((f"{re.escape(c.zh)}|{re.escape(c.en)}", (c.notation,)) for c in labels)
    return (*own, *SPECIFIC)


class _Hit(NamedTuple):
    """A row whose words were found: the word, its measures, and how far from the quantity it stands."""

    word: str
    measures: tuple[str, ...]
    distance: int


def _search(left: str, right: str, table: tuple[tuple[str, tuple[str, ...]], ...], unit: str) -> list[_Hit]:
    found = []
    for words, measures in table:
        fitting = tuple(m for m in measures if fits(m, unit))
        if not fitting:
            continue
        hits = [(len(left) - m.end(), m[0]) for m in re.finditer(words, left, re.IGNORECASE)]
        hits += [(m.start(), m[0]) for m in re.finditer(words, right, re.IGNORECASE)]
        if hits:
            distance, word = min(hits)
            found.append(_Hit(word, fitting, distance))
    return found


def _weighed(found: list[_Hit]) -> MeasureWords:
    """Return all measures; as chief the first of the nearest row that is not vague, of equally near the longest."""
    told = sorted(found, key=lambda hit: (hit.distance, -len(hit.word)))
    chief = next((hit.measures[:1] for hit in told if len(hit.measures) < VAGUE), ())
    words = tuple(dict.fromkeys(hit.word for hit in found))
    return MeasureWords(words, tuple(dict.fromkeys(m for hit in found for m in hit.measures)), chief)
