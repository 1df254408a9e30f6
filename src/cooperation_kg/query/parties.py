"""Which places and organisations does a statement name outright: as a side, a payer, a signatory, a scene?"""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.fields import Ref, marked_values
from cooperation_kg.curate.statements import Statement

_KINDS = ("place", "organisation")


def parties_named(corpus: Corpus, statement: Statement) -> Iterator[str]:
    """Yield the places and organisations that a statement names, in whatever field, its scope's sides included.

    The types of the fields tell which these are (``curate/fields.py``): no list of names has to be kept.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.curate.statements import EventStatement
    >>> visit = dict(source="s", id="a", kind="event", label="考察", about="beijing", places=["ningxia"])
    >>> list(parties_named(load_corpus(), EventStatement.model_validate(visit)))
    ['beijing', 'ningxia']
    """
    for _, mark, name in marked_values(statement, Ref):
        if "place" in mark.kinds and (set(mark.kinds) <= set(_KINDS) or corpus.find(_KINDS, name) is not None):
            yield name
