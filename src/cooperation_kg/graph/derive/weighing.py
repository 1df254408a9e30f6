"""What our judgements change: which statements count as evidence, which side is preferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.registers import Judgement
from cooperation_kg.curate.statements import Statement


def judgements_of(corpus: Corpus, kind: str) -> Iterator[Judgement]:
    """Yield the judgements of one kind, in the order of the file."""
    return (judgement for judgement in corpus.judgements.values() if judgement.kind == kind)


def counted_statements(corpus: Corpus) -> tuple[Statement, ...]:
    """Return the statements that may count: neither withdrawn nor judged not to be evidence."""
    refused = {key for judgement in judgements_of(corpus, "not-evidence") for key in judgement.about}
    return tuple(s for s in corpus.statements.values() if s.withdrawn is None and s.key not in refused)


def preference(corpus: Corpus, keys: Iterable[str]) -> Judgement | None:
    """Return the judgement that prefers one of these statements over others of them, if there is one."""
    among = set(keys)
    for judgement in judgements_of(corpus, "prefers"):
        if judgement.prefers in among and among.intersection(judgement.about) - {judgement.prefers}:
            return judgement
    return None


def without_set_aside(corpus: Corpus, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the statements left once a preference among them has set the others of it aside."""
    kept = tuple(keys)
    judgement = preference(corpus, kept)
    if judgement is None:
        return kept
    return tuple(key for key in kept if key == judgement.prefers or key not in judgement.about)
