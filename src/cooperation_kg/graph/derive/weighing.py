"""What our judgements change: which statements count as evidence, which side is preferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.statements import Statement


def judgements_of(corpus: Corpus, kind: str) -> Iterator[Judgement]:
    """Yield the judgements of one kind, in the order of the file."""
    return (judgement for judgement in corpus.judgements.values() if judgement.kind == kind)


def refused_statements(corpus: Corpus) -> frozenset[str]:
    """Return the keys of the statements that are judged not to be evidence."""
    return corpus.refused


def counted_statements(corpus: Corpus) -> tuple[Statement, ...]:
    """Return the statements that may count: neither withdrawn nor judged not to be evidence."""
    return corpus.counted


def preferences(corpus: Corpus, keys: Iterable[str]) -> tuple[Judgement, ...]:
    """Return the judgements that prefer one of these statements over others of them, in the order of the file."""
    among = set(keys)
    return tuple(
        judgement
        for judgement in corpus.judgements_about("prefers", among)
        if judgement.prefers in among and among.intersection(judgement.about) - {judgement.prefers}
    )


def without_set_aside(corpus: Corpus, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the statements left once every preference among them has set the others of it aside.

    Preferences in a circle settle nothing: all statements stay.
    """
    kept = tuple(keys)
    judgements = preferences(corpus, kept)
    aside = {key for judgement in judgements for key in judgement.about if key != judgement.prefers}
    if {judgement.prefers for judgement in judgements} <= aside:
        return kept
    return tuple(key for key in kept if key not in aside)
