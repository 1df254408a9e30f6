"""What a measure is, and what it answers: a table, the pairings behind it, what was left out, how to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.document import Document, Section, sections, table
from cooperation_kg.query.measures import words
from cooperation_kg.query.measures.networks import Asked, Measuring
from cooperation_kg.query.table import Table, Value

Row = Mapping[str, Value]


@dataclass(frozen=True)
class Listed:
    """Pairings that a measure names one by one, under a heading; ``place`` is the place it is about, if any."""

    heading: Bilingual
    pairings: tuple[str, ...]
    place: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a measure reads off the networks: rows, pairings worth naming, remarks on what is not given and why."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lists: tuple[Listed, ...] = ()
    remarks: tuple[Bilingual, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A measure by name: what it is called, what it means, where it misleads, and how it is read off.

    ``directed`` ones leave out pairings without a stated direction. ``default_years`` are measured where no time is
    asked for; the last year of the data where it is empty. ``whole_years`` ones compare a year with the one before.
    """

    name: str
    title: Bilingual
    means: Bilingual
    misleads: Bilingual
    read: Callable[[Measuring], Reading]
    directed: bool = False
    whole_years: bool = False
    default_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Measured:
    """The answer of a measure, for a program (``table``) and for a reader (``document``).

    ``left_out`` has by reason the pairings that a reader might have expected to be counted; ``counted`` has by time
    those that are, each with its status, so that every number can be worked out again.
    """

    measure: Measure
    asked: Asked
    table: Table
    lists: tuple[Listed, ...]
    remarks: tuple[Bilingual, ...]
    left_out: Mapping[str, tuple[str, ...]]
    counted: Mapping[str, Mapping[str, str]]
    kg: KnowledgeGraph = field(repr=False, compare=False)

    def document(self, lang: str) -> Document:
        """Return the answer to be read, in ``"zh"`` or ``"en"``."""
        columns = tuple(column for column in self.table.columns if column != "name")
        rows = [_cells(self._namer, row, columns, lang) for row in self.table]
        shown = rows if self.measure.whole_years else list(_runs_of_years(rows, columns))
        headings = [words.COLUMNS[column].in_language(lang) for column in columns]
        return Document(
            self._title(lang),
            self.notes(lang),
            sections(
                table(words.HEADINGS["rows"].in_language(lang), headings, shown),
                *(self._list(listed, lang) for listed in self.lists),
                Section(words.HEADINGS["means"].in_language(lang), (self.measure.means.in_language(lang),)),
                Section(words.HEADINGS["misleads"].in_language(lang), (self.measure.misleads.in_language(lang),)),
            ),
        )

    def notes(self, lang: str) -> tuple[str, ...]:
        """Return what is counted, what is left out, and what is not given and why."""
        return (words.counted(self.asked, lang), *self._left_out_lines(lang), *_texts(self.remarks, lang))

    def as_json(self) -> dict[str, Any]:
        """Return the answer as plain data; numbers as text."""
        both = _both
        return {
            "measure": self.measure.name,
            "title": both(self.measure.title),
            "means": both(self.measure.means),
            "misleads": both(self.measure.misleads),
            "times": [as_of.text for as_of in self.asked.times],
            "programme": self.asked.programme,
            "level": self.asked.level,
            "status": list(self.asked.statuses),
            "rows": [{name: _plain(row[name]) for name in self.table.columns} for row in self.table],
            "lists": [
                {"heading": both(listed.heading), "place": listed.place, "pairings": list(listed.pairings)}
                for listed in self.lists
            ],
            "remarks": [both(remark) for remark in self.remarks],
            "counted": {time: dict(pairings) for time, pairings in self.counted.items()},
            "left_out": {reason: list(slugs) for reason, slugs in self.left_out.items()},
        }

    @property
    def _namer(self) -> Namer:
        day = self.asked.times[-1].last_day if len(self.asked.times) == 1 else None
        return Namer(self.kg.corpus, self.kg.derived.pairings, day)

    def _title(self, lang: str) -> str:
        programme = self.asked.programme
        of = self._namer.thing("programme", programme, lang) if programme else words.EVERY_PROGRAMME.in_language(lang)
        return f"{self.measure.title.in_language(lang)} · {of} · {words.LEVELS[self.asked.level].in_language(lang)}"

    def _left_out_lines(self, lang: str) -> Iterator[str]:
        for reason, slugs in self.left_out.items():
            yield words.LEFT_OUT[reason].in_language(lang).format(len(slugs))

    def _list(self, listed: Listed, lang: str) -> Section:
        namer = self._namer
        place = f"{namer.party(listed.place, lang)}{words.COLON[lang]}" if listed.place else ""
        pairings = (self.kg.derived.pairings[slug] for slug in listed.pairings)
        lines = (f"{namer.sides(p, lang)} · {namer.thing('programme', p.programme, lang)} [{p.slug}]" for p in pairings)
        return Section(place + listed.heading.in_language(lang), tuple(lines))


def rounded(value: Fraction | float) -> Decimal:
    """Return a share or an index with four decimals, half to even.

    >>> rounded(Fraction(1, 3))
    Decimal('0.3333')
    """
    exact = Fraction(value)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"))


def _texts(labels: Iterable[Bilingual], lang: str) -> Iterator[str]:
    return (label.in_language(lang) for label in labels)


def _both(label: Bilingual) -> dict[str, str]:
    return {"zh": label.zh, "en": label.in_language("en")}


def _plain(value: Value) -> str | bool | None:
    return value if value is None or isinstance(value, bool) else str(value)


def _cells(namer: Namer, row: Row, columns: Iterable[str], lang: str) -> tuple[str, ...]:
    return tuple(_cell(namer, column, row[column], lang) for column in columns)


def _cell(namer: Namer, column: str, value: Value, lang: str) -> str:
    if value is None:
        return words.EMPTY.get(column, words.NONE).in_language(lang)
    if isinstance(value, bool):
        return words.YES_NO[value].in_language(lang)
    text = str(value)
    match column:
        case "place" | "largest_supporter":
            return namer.party(text, lang)
        case "programme":
            return namer.thing("programme", text, lang)
        case "of":
            return _what(namer, text, lang)
        case "role":
            return words.ROLES[text].in_language(lang)
        case "counted":
            return words.statuses(text.split("+"), lang)
        case _:
            return text


def _what(namer: Namer, text: str, lang: str) -> str:
    if text == "pairings":
        return words.COLUMNS["pairings"].in_language(lang)
    measure, stage = text.split("~")
    return f"{namer.concept('measure', measure, lang)} · {namer.concept('stage', stage, lang)}"


def _runs_of_years(rows: Iterable[tuple[str, ...]], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Join rows of following years that say the same: 1996–2009."""
    at = columns.index("time")
    held: tuple[str, ...] | None = None
    first = last = ""
    for row in (*rows, None):
        if row and held and row[:at] + row[at + 1 :] == held and _follows(last, row[at]):
            last = row[at]
            continue
        if held is not None:
            yield (*held[:at], first if first == last else f"{first}–{last}", *held[at:])
        if row is not None:
            held, first, last = row[:at] + row[at + 1 :], row[at], row[at]


def _follows(earlier: str, later: str) -> bool:
    return earlier.isdecimal() and later.isdecimal() and int(later) == int(earlier) + 1
