"""What of a statement must be printed in its document? Figures, titles, 文号, and the names it is said to use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cooperation_kg.curate.audit.matching import Kind
from cooperation_kg.curate.corpus import Corpus, Locator
from cooperation_kg.curate.registers import Source
from cooperation_kg.curate.rules.world import yaml_name
from cooperation_kg.curate.statements import (
    ChangeStatement,
    DefinitionStatement,
    DocumentStatement,
    FigureStatement,
    PairingStatement,
    Statement,
)


class Printed(NamedTuple):
    """Something that the document must print: any one of ``spellings``, at ``locator`` ("" for anywhere)."""

    owner: Locator
    source: str
    field: str
    kind: Kind
    spellings: tuple[str, ...]
    locator: str


def printed_by(corpus: Corpus) -> Iterator[Printed]:
    """Yield what each source that was read must print, its title first, then its statements in reading order.

    Left out are withdrawn statements and what was noted from a translation (``as_noted``).
    """
    for key, source in corpus.sources.items():
        if source.read == "not-yet":
            continue
        yield from _of_source(key, source)
        for statement in corpus.of_source(key):
            if statement.withdrawn is None:
                yield from _of_statement(statement, corpus)


def _of_source(key: str, source: Source) -> Iterator[Printed]:
    if source.title is not None:
        yield Printed(("source", key), key, "title", "words", (source.title.zh,), "")
    if source.incipit is not None:
        yield Printed(("source", key), key, "incipit", "words", (source.incipit,), "")


def _of_statement(statement: Statement, corpus: Corpus) -> Iterator[Printed]:
    for field, (kind, spellings_of) in PRINTED_FIELDS.items():
        spellings = spellings_of(statement, corpus)
        if spellings:
            owner = ("statement", statement.key)
            shown = yaml_name(statement, field)
            yield Printed(owner, statement.source, shown, kind, spellings, statement.locator or "")


def _figure(statement: Statement, _corpus: Corpus) -> tuple[str, ...]:
    return (statement.as_written or "",) if isinstance(statement, FigureStatement) and statement.as_written else ()


def _called(statement: Statement, _corpus: Corpus) -> tuple[str, ...]:
    return (statement.called,) if statement.called else ()


def _policy(statement: Statement, corpus: Corpus) -> tuple[str, ...]:
    entry = corpus.registers["policy"].get(statement.policy) if isinstance(statement, DocumentStatement) else None
    return entry.names() if entry is not None else ()


def _number(statement: Statement, _corpus: Corpus) -> tuple[str, ...]:
    return (statement.number,) if isinstance(statement, DocumentStatement) and statement.number else ()


def _pairing(statement: Statement, corpus: Corpus) -> tuple[str, ...]:
    """Return the names of a pairing known by name only; in a list it may be printed 京、鄂."""
    if not isinstance(statement, PairingStatement) or statement.directness != "name-only":
        return ()
    found = corpus.find(("pairing",), statement.about or "")
    if found is None:
        return ()
    names = corpus.pairings[found[1]].names()
    return (*names, "、".join(names[0]))


def _term(statement: Statement, _corpus: Corpus) -> tuple[str, ...]:
    return (statement.term,) if isinstance(statement, DefinitionStatement) else ()


def _old(statement: Statement, _corpus: Corpus) -> tuple[str, ...]:
    return (statement.old,) if isinstance(statement, ChangeStatement) and statement.old else ()


def _new(statement: Statement, _corpus: Corpus) -> tuple[str, ...]:
    return (statement.new,) if isinstance(statement, ChangeStatement) and statement.new else ()


PRINTED_FIELDS: dict[str, tuple[Kind, Callable[[Statement, Corpus], tuple[str, ...]]]] = {
    "as_written": ("figure", _figure),
    "policy": ("title", _policy),
    "number": ("number", _number),
    "about": ("words", _pairing),
    "term": ("words", _term),
    "old": ("words", _old),
    "new": ("words", _new),
    "called": ("words", _called),
}
"""Field of a statement → what kind of literal it is, and the spellings of which the document prints one."""
