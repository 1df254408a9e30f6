"""What does an answer about a thing consist of? Parts: rows of cells and lines, the same facts as text and as JSON.

A cell knows its text in both languages and what it is as plain data, so no fact can stand in one and be missing in
the other. Where a part is shortened, it says by how much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import JOINED, Namer
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.document import Section
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.query.names import name_of
from cooperation_kg.query.show.words import COLUMNS, HEADINGS, MORE
from cooperation_kg.query.tables import numbers_of_statements

SHORT = 25
"""How many rows of a part are shown without ``--full``."""
FEW = 3
"""How many statements a cell cites without ``--full``; JSON has them all."""


@dataclass(frozen=True)
class Thing:
    """A thing by kind and id; read as its name."""

    kind: str
    identifier: str


@dataclass(frozen=True)
class Concept:
    """A controlled value; read as its label."""

    scheme: str
    notation: str


@dataclass(frozen=True)
class Said:
    """A phrase in both languages; ``plain`` is what it says as data, the phrase itself where None."""

    zh: str
    en: str
    plain: Any = None

    def text(self, lang: str) -> str:
        """Return the phrase in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Cites:
    """Statements by key, in the order of the corpus."""

    keys: tuple[str, ...]


Cell = None | str | int | Thing | Concept | Said | Cites | tuple["Cell", ...]


@dataclass(frozen=True)
class Part:
    """Rows under columns, and lines before them. ``repeated`` columns are left blank where they repeat the row above.

    ``code`` names the part in JSON and gives its heading; ``rows`` are all there are: how many are shown is decided
    when it is read.
    """

    code: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[Said, ...] = ()
    repeated: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.code}: a row has not as many cells as there are columns")

    @property
    def cited(self) -> Iterator[str]:
        """Every statement that a cell cites."""
        for row in self.rows:
            for cell in row:
                yield from cell.keys if isinstance(cell, Cites) else ()


Parts = Iterator[Part | None]
"""What the builders of answers yield; None and empty parts are left out."""


NOTHING: tuple[Cell, ...] = (None, "", (), Cites(()))
"""Cells without a value."""


def part(code: str, columns: str, rows: Iterable[Iterable[Cell]], *lines: Said, repeated: str = "") -> Part:
    """Return a part; columns without any value are left out.

    >>> part("pairings", "pairing note", [["a", None]]).columns
    ('pairing',)
    """
    names, table = tuple(columns.split()), [tuple(row) for row in rows]
    kept = [i for i in range(len(names)) if any(row[i] not in NOTHING for row in table)]
    return Part(
        code,
        tuple(names[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in table),
        lines,
        tuple(repeated.split()),
    )


class Reader:
    """Writes cells and parts in one language, or as plain data.

    Parameters
    ----------
    full: whether to write every row and every citation.
    """

    def __init__(self, kg: KnowledgeGraph, *, full: bool = False) -> None:
        self.kg = kg
        self.full = full
        self.namer = Namer(kg.corpus, kg.derived.pairings)

    def section(self, part: Part, lang: str) -> Section:
        """Return a part as a section of a document; what is cut is said in its last row or line."""
        shown = part.rows if self.full else part.rows[:SHORT]
        more = len(part.rows) - len(shown)
        rows = [tuple(self.text(cell, lang) for cell in row) for row in shown]
        lines = [line.text(lang) for line in part.lines]
        if more:
            lines.append(MORE[lang].format(shown=len(shown), all=len(part.rows), more=more))
        columns = tuple(_word(COLUMNS, name, lang) for name in part.columns)
        return Section(_word(HEADINGS, part.code, lang), tuple(lines), columns, _thinned(rows, part))

    def data(self, part: Part) -> dict[str, Any]:
        """Return a part as plain data, whole."""
        rows = [
            {name: plain(cell) for name, cell in zip(part.columns, row, strict=True) if cell not in (None, "", ())}
            for row in part.rows
        ]
        lines = [plain(line) for line in part.lines]
        return {name: value for name, value in (("lines", lines), ("rows", rows)) if value}

    def text(self, cell: Cell, lang: str) -> str:
        """Return a cell as it is read."""
        match cell:
            case None:
                return ""
            case Thing():
                return self.name(cell, lang)
            case Concept():
                return load_ontology().label(cell.scheme, cell.notation, lang)
            case Said():
                return cell.text(lang)
            case Cites():
                return self.cites(cell.keys)
            case tuple():
                return JOINED[lang].join(self.text(one, lang) for one in cell)
            case _:
                return str(cell)

    def cites(self, keys: tuple[str, ...]) -> str:
        """Return statements in one cell: their keys, and how many more there are."""
        shown = keys if self.full else keys[:FEW]
        more = f" +{len(keys) - len(shown)}" if len(keys) > len(shown) else ""
        return " ".join(shown) + more

    def name(self, thing: Thing, lang: str) -> str:
        """Return what a thing is called."""
        return name_of(self.kg, thing.kind, thing.identifier, lang, self.namer)


def plain(cell: Cell) -> Any:
    """Return a cell as plain data: ids, notations, text.

    >>> plain((Thing("place", "beijing"), Concept("stage", "paid"), "39.43亿元"))
    ['place/beijing', 'paid', '39.43亿元']
    """
    match cell:
        case Thing():
            return f"{cell.kind}/{cell.identifier}"
        case Concept():
            return cell.notation
        case Said():
            return {"zh": cell.zh, "en": cell.en} if cell.plain is None else cell.plain
        case Cites():
            return list(cell.keys)
        case tuple():
            return [plain(one) for one in cell]
        case _:
            return cell


def statements_as_json(kg: KnowledgeGraph, keys: Iterable[str]) -> dict[str, Any]:
    """Return statements by key as evidence, with what they say in both languages."""
    ordered = in_order(kg, keys)
    zh, en = (evidence_of(kg, ordered, lang) for lang in ("zh", "en"))
    return {
        one.statement: {**one.as_json(), "says": {"zh": one.says, "en": other.says}}
        for one, other in zip(zh, en, strict=True)
    }


def in_order(kg: KnowledgeGraph, keys: Iterable[str]) -> tuple[str, ...]:
    """Return statements each once, in the order of the corpus."""
    return tuple(sorted(set(keys), key=numbers_of_statements(kg).__getitem__))


def _thinned(rows: list[tuple[str, ...]], part: Part) -> tuple[tuple[str, ...], ...]:
    """Return rows whose repeated columns are blank where they, and all before them, repeat the row above."""
    thinned: list[tuple[str, ...]] = []
    above: tuple[str, ...] = ()
    for row in rows:
        cells = list(row)
        for i, name in enumerate(part.columns):
            if name not in part.repeated or not above or row[i] != above[i]:
                break
            cells[i] = ""
        thinned.append(tuple(cells))
        above = row
    return tuple(thinned)


def _word(words: Mapping[str, tuple[str, str]], name: str, lang: str) -> str:
    zh, en = words[name]
    return zh if lang == "zh" else en


def only(parts: Iterable[Part | None]) -> tuple[Part, ...]:
    """Return the parts that say something."""
    return tuple(part for part in parts if part is not None and (part.rows or part.lines))


def narrowed(part: Part, keep: Callable[[tuple[Cell, ...]], bool]) -> Part:
    """Return a part with the rows that are to be kept."""
    return replace(part, rows=tuple(row for row in part.rows if keep(row)))
