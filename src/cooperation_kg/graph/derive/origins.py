"""Who first said it: the end of the chain of reprints and credits. Agreement counts origins, not documents."""

from __future__ import annotations

from collections.abc import Iterable

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import Statement


def origin_of(corpus: Corpus, statement: Statement) -> str:
    """Return ``source/<id>`` or ``organisation/<id>``: where the chain of credits of a statement ends.

    A statement's own ``according_to`` goes before that of its source, and a source's ``according_to`` before its
    ``reprint_of``. A circle (refused by the checks) ends where it closes.
    """
    step = statement.according_to or statement.source
    seen: list[str] = []
    while step in corpus.sources and step not in seen:
        seen.append(step)
        source = corpus.sources[step]
        following = source.according_to or source.reprint_of
        if following is None:
            break
        step = following
    kind = "source" if step in corpus.sources else "organisation"
    return f"{kind}/{step}"


def origins_of(corpus: Corpus, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the different origins of some statements, sorted."""
    return tuple(sorted({origin_of(corpus, corpus.statements[key]) for key in keys}))
