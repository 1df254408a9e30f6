"""What is a thing or a concept called, and which one does a text mean? ``北京市 (beijing)`` and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property

from cooperation_kg.curate.corpus import REGISTERS, Corpus
from cooperation_kg.curate.fields import Concept, Ref
from cooperation_kg.ontology import Ontology
from cooperation_kg.sheets.columns import SCHEMES, Column

_WITH_ID = re.compile(r".*\((?P<id>[^()\s]+)\)", re.DOTALL)
LONGEST = 24
"""Characters of a title that are shown beside its id."""

Table = Mapping[str, tuple[str, ...]]
"""What a file would say (id, notation) → its label, then its other names."""


def plain(text: str) -> str:
    """Return a text as it is looked up: half-width, without spaces around it, lower case.

    >>> plain(" ＢＥＩＪＩＮＧ（a）")
    'beijing(a)'
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()


class Names:
    """The names of everything that cells refer to, in one language.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.ontology import load_ontology
    >>> from cooperation_kg.sheets.columns import sheets
    >>> names = Names(load_corpus(), load_ontology(), "zh")
    >>> recipient = sheets()[0].column("recipient")
    >>> names.show(recipient, "beijing"), names.meant(recipient, "北京市"), names.meant(recipient, "beijing ")
    ('北京市 (beijing)', ('beijing',), ('beijing',))
    """

    def __init__(self, corpus: Corpus, ontology: Ontology, lang: str) -> None:
        self.corpus = corpus
        self.ontology = ontology
        self.lang = lang
        self._tables: dict[str, Table] = {}
        self._looked_up: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def show(self, column: Column, raw: str) -> str:
        """Return how a word of the files is shown in a cell: with its name, where it has one of its own."""
        label = self._label(column, raw)
        shown = f"{label} ({raw})" if label and label != raw else raw
        return shown if "|" not in shown and "\n" not in shown else raw

    def choices(self, column: Column) -> list[str]:
        """Return what may stand in a cell of the column, as it is shown; nothing where anything may."""
        return [self.show(column, raw) for raw in self._table(column) if raw not in self._second]

    def meant(self, column: Column, text: str) -> tuple[str, ...]:
        """Return what a text may mean: one word of the files, none, or several of the same name."""
        table = self._table(column)
        if text.strip() in table:
            return (text.strip(),)
        wanted = plain(text)
        found = _WITH_ID.fullmatch(wanted)
        if found and found["id"] in table:
            return (found["id"],)
        return self._by_name(column).get(wanted, ())

    def learn(self, kind: str, identifier: str, *names: str) -> None:
        """Know one thing more: one that the workbook itself adds, which other new rows may refer to."""
        self._things[kind] = {**self._things[kind], identifier: (*names, identifier)}
        self._tables.clear()
        self._looked_up.clear()

    def near(self, column: Column, text: str) -> str | None:
        """Return the choice nearest to a text that means nothing."""
        close = get_close_matches(plain(text), self._by_name(column), n=1, cutoff=0.6)
        return self.show(column, self._by_name(column)[close[0]][0]) if close else None

    def containing(self, column: Column, part: str) -> list[str]:
        """Return the choices of which any name contains a text, as they are shown."""
        wanted = plain(part)
        found = (raw for name, several in self._by_name(column).items() if wanted in name for raw in several)
        return [self.show(column, raw) for raw in dict.fromkeys(found)]

    def is_closed(self, column: Column) -> bool:
        """Whether a cell of the column must name something known."""
        mark = column.mark
        return (
            bool(column.options) or isinstance(mark, Concept) or (isinstance(mark, Ref) and "sibling" not in mark.kinds)
        )

    def key(self, column: Column) -> str:
        """Return a name for what the column chooses from: columns with one key have the same choices."""
        if isinstance(column.mark, Concept):
            return column.mark.scheme
        if isinstance(column.mark, Ref):
            return " ".join(column.mark.kinds)
        return f"{column.field}: {' '.join(column.options)}"

    def _label(self, column: Column, raw: str) -> str | None:
        names = self._table(column).get(raw, ())
        if not names:
            return None
        return names[0] if len(names[0]) <= LONGEST else f"{names[0][: LONGEST - 1]}…"

    def _by_name(self, column: Column) -> Mapping[str, tuple[str, ...]]:
        key = self.key(column)
        if key not in self._looked_up:
            found: dict[str, list[str]] = {}
            for raw, names in self._table(column).items():
                if raw in self._second:
                    continue
                for name in {plain(name) for name in (raw, *names)}:
                    found.setdefault(name, []).append(raw)
            self._looked_up[key] = {name: tuple(raws) for name, raws in found.items()}
        return self._looked_up[key]

    def _table(self, column: Column) -> Table:
        key = self.key(column)
        if key not in self._tables:
            self._tables[key] = dict(self._entries(column)) if self.is_closed(column) else {}
        return self._tables[key]

    def _entries(self, column: Column) -> Iterator[tuple[str, tuple[str, ...]]]:
        if isinstance(column.mark, Ref):
            for kind in column.mark.kinds:
                yield from self._things[kind].items()
            return
        scheme = column.mark.scheme if column.mark else SCHEMES.get(column.field, "")
        concepts = self.ontology.concepts.get(scheme, {})
        for notation in column.options or concepts:
            concept = concepts.get(notation)
            yield notation, self._in_order(concept.zh, concept.en) if concept else ()

    @cached_property
    def _second(self) -> frozenset[str]:
        """The ids of named pairings: files may write them, but their names are what is offered."""
        return frozenset(self.corpus.pairings)

    @cached_property
    def _things(self) -> dict[str, Table]:
        corpus = self.corpus
        things: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in (*REGISTERS, "source")}
        for kind, register in corpus.registers.items():
            for identifier, entry in register.items():
                label = entry.name.in_language(self.lang)
                if kind == "pairing":
                    things[kind][entry.name.zh] = (entry.name.zh, *entry.names(), identifier)
                things[kind][identifier] = (label, *entry.names())
        for identifier, place in corpus.anonymous.items():
            things["place"][identifier] = self._in_order(place.name.zh, place.name.en)
        things["source"] = {
            identifier: self._in_order(title.zh, title.en)
            for identifier, source in corpus.sources.items()
            if (title := source.title or source.description)
        }
        return dict(things)

    def _in_order(self, zh: str, en: str | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_there((en, zh) if self.lang == "en" else (zh, en))))


def _there(names: Iterable[str | None]) -> Iterator[str]:
    return (name for name in names if name)
