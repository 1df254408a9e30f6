"""How is a part of what is known written on a page? Cells as links, rows as a table, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from cooperation_kg.curate.dates import display, parse_when
from cooperation_kg.curate.quantities import write_quantity
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.show.figures import when
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Said, Thing
from cooperation_kg.query.show.ties import at_the_latest, in_words
from cooperation_kg.query.show.words import COLUMNS
from cooperation_kg.render.site.context import Site, bi, html, printable

FEW_CITED = 5
"""How many statements a cell cites before the rest is folded away."""
MANY_ROWS = 24
"""A table longer than this scrolls in a window of its own."""
LONGEST_LINE = 110
"""A line about what is wanted is cut after so many characters: its judgement's page says it in full."""
TIME = re.compile(r"\d{4}(-\d{2}){0,2}(\.\.\d{4}(-\d{2}){0,2})?")
"""A time as answers write it: 1994, 1994-07, 1994-07-06, or any day from one to another, 1994..1998."""
INFERRED = frozenset(
    {
        "possible_from", "certain_from", "certain_to", "possible_to", "start", "end", "since", "until", "status",
        "confirmed", "settled",
    }
)  # fmt: skip
"""Columns whose values follow from statements and are said by none."""
KEPT = frozenset(
    {
        "status", "confirmed", "stage", "nature", "role", "level", "code", "act", "read", "reached_by",
        "grade", "start", "end", "did", "kind", "possible_from", "certain_from", "certain_to", "possible_to", "field",
        "settled", "directness", "until",
    }
)  # fmt: skip
"""Columns of a word or a day, which are not broken: Chinese would otherwise be broken after every character."""
NOT_NARROW = frozenset(
    {
        "date", "period", "since", "pairing", "partner", "place", "counted", "payer", "payee", "about",
        "literal", "issuer", "publisher", "on", "measure", "mark", "side", "programme", "aliases", "thing", "links",
        "source", "document_number", "statements",
    }
)  # fmt: skip
"""Columns that need some width to be read."""
SENTENCES = frozenset({"says", "title", "reason", "counts", "note", "scope", "policy", "basis"})
"""Columns of whole sentences."""
WIDTHS = {"k": KEPT, "w": NOT_NARROW, "l": SENTENCES}
"""Class of a cell → its columns."""
RELATIONS = {
    "revised_by": "statement", "revises": "statement", "part_of": "statement", "not_evidence": "judgement",
}  # fmt: skip
"""What a mark on a figure points to → which kind of thing that is."""


class Cells:
    """Writes cells on one page.

    Parameters
    ----------
    at: the path of the page, for its links are relative to it.
    """

    def __init__(self, site: Site, at: str) -> None:
        self.site = site
        self.at = at
        self._terms = site.href("terms.html", at)

    def table(self, part: Part, caption: Markup) -> Markup:
        """Return a part's rows as a table; what was inferred is marked, what rows have in common stands once."""
        looks = [_look(name) for name in part.columns]
        head = Markup("").join(
            html('<th scope="col"{}>{}</th>', look, bi(*COLUMNS[name]))
            for name, look in zip(part.columns, looks, strict=True)
        )
        leading = next((i for i, name in enumerate(part.columns) if name not in part.repeated), 0)
        body = Markup("").join(self._row(row, spans, part, looks, leading) for row, spans in _spanned(part))
        return html('<table class="facts">{}<thead><tr>{}</tr></thead><tbody>\n{}</tbody></table>', caption, head, body)

    def _row(
        self, row: tuple[Cell, ...], spans: Sequence[int], part: Part, looks: Sequence[Markup], leading: int
    ) -> Markup:
        cells: list[str] = []
        is_headed = False
        for i, (name, cell) in enumerate(zip(part.columns, row, strict=True)):
            if not spans[i]:
                continue
            span = html(' rowspan="{}"', spans[i]) if spans[i] > 1 else Markup("")
            shown = self._in_column(name, cell, row)
            if shown and (i <= leading or not is_headed):
                is_headed = i >= leading
                look = looks[i] if i != leading or name == "literal" else _look(name, "h")
                cells.append(f'<th scope="row"{look}{span}>{shown}</th>')
            else:
                cells.append(f"<td{looks[i]}{span}>{shown}</td>")
        return Markup(f"<tr>{''.join(cells)}</tr>\n")  # looks, spans and what is shown are markup

    def _in_column(self, name: str, cell: Cell, row: tuple[Cell, ...]) -> Markup:
        match name, cell:
            case "literal", _:
                return self.literal(row)
            case "side", str():
                return self.side(cell, row)
            case "confirmed", str():
                return bi(*(in_words(at_the_latest(date.fromisoformat(cell)), lang) for lang in ("zh", "en")))
            case "origin", tuple():
                return _joined(self.origin(str(one)) for one in cell)
            case "judgement", str() if self.site.address("judgement", cell) == self.at:
                return bi("本条", "this one")
            case "judgement", str() if cell in self.site.corpus.judgements:
                return self.site.link("judgement", cell, self.at, bi("详见", "details"))
        return self.cell(cell)

    def cell(self, cell: Cell) -> Markup:
        """Return one cell."""
        match cell:
            case None:
                return Markup("")
            case Thing():
                return self.thing(cell)
            case Concept():
                return self.concept(cell)
            case Said():
                return self._said(cell)
            case Cites():
                return self.cites(cell.keys)
            case tuple():
                return _joined(self.cell(one) for one in cell)
            case str() if cell in self.site.corpus.sources:
                return self.site.link("source", cell, self.at, escape(cell))
            case str() if TIME.fullmatch(cell):
                return _time(cell)
            case str() if cell.startswith(("https://", "http://")):
                return html('<a href="{}" rel="noopener noreferrer">{}</a>', cell, printable(cell))
            case _:
                return escape(printable(cell))

    def line(self, said: Said) -> Markup:
        """Return a line; what was searched or is wanted leads to the judgement that says so."""
        shown = bi(said.zh, said.en)
        if not isinstance(said.plain, dict):
            return shown
        if origin := said.plain.get("one-origin"):
            zh, en = (text.removesuffix(origin) for text in (said.zh, said.en))
            return html("{}{}", bi(zh, en), self.origin(origin))
        judged = next((one for kind in ("wanted", "searched") if (one := said.plain.get(kind))), None)
        if judged is None:
            return shown
        zh, en = (_shortened(text.removesuffix(f" [{judged}]")) for text in (said.zh, said.en))
        return html("{} ({})", bi(zh, en), self.site.link("judgement", judged, self.at, bi("详见", "details")))

    def origin(self, origin: str) -> Markup:
        """Return where statements come from in the end, ``source/…`` or ``organisation/…``, by its name."""
        kind, _, identifier = origin.partition("/")
        known = self.site.corpus.find((kind,), identifier) if kind in ("source", "organisation") else None
        return self.thing(Thing(*known)) if known else escape(printable(origin))

    def side(self, side: str, row: tuple[Cell, ...]) -> Markup:
        """Return one side of a disagreement: a policy or an event by its name, a figure with how it reads."""
        named = self.site.corpus.find(("policy", "event"), side)
        if named:
            return self.thing(Thing(*named))
        keys = next((cell.keys for cell in row if isinstance(cell, Cites)), ())
        figure = self.site.corpus.statements[keys[0]] if keys else None
        if isinstance(figure, FigureStatement) and figure.literal == side:
            return html("{}{}", printable(side), self.reading(figure))
        return self.cell(side)

    def thing(self, thing: Thing) -> Markup:
        """Return a thing as a link; a disagreement or another thing without a page by its name."""
        if thing.kind == "cell":
            return self.same(thing.identifier)
        return self.site.link(thing.kind, thing.identifier, self.at)

    def same(self, cell: str) -> Markup:
        """Return what several figures speak of: about what, which measure, which time."""
        told = self.site.kg.derived.cells[cell]
        period = self.cell(when(parse_when(told.period))) if told.period else Markup("")
        about, measure = self.thing(Thing(*told.about)), self.concept(Concept("measure", told.measure))
        return html("{} {} {}", about, measure, period)

    def concept(self, concept: Concept) -> Markup:
        """Return a controlled value as a link to its definition."""
        return _term(concept, self._terms)

    def _said(self, said: Said) -> Markup:
        plain = said.plain
        if isinstance(plain, str) and plain.startswith("pairing/"):
            slug = plain.removeprefix("pairing/")
            return self.site.link("pairing", slug, self.at, bi("结对页", "its page"))
        if isinstance(plain, dict):
            return self._relation(said, plain)
        return bi(said.zh, said.en)

    def _relation(self, said: Said, plain: dict[str, object]) -> Markup:
        """Return how a figure stands to another statement, or to a judgement, with a link to that."""
        for name, kind in RELATIONS.items():
            key = str(plain.get(name) or "")
            if key and key in said.zh and key in said.en:
                address = self.site.address(kind, key) or ""
                link = html('<a class="cite" href="{}">{}</a>', self.site.href(address, self.at), key)
                (before, after), (left, right) = (text.split(key, 1) for text in (said.zh, said.en))
                return html("{}{}{}", bi(before, left), link, bi(after, right))
        return bi(said.zh, said.en)

    def literal(self, row: tuple[Cell, ...]) -> Markup:
        """Return a figure as printed, with how it reads in the reader's language beside it."""
        key = next(cell.keys[0] for cell in row if isinstance(cell, Cites))
        figure = self.site.corpus.statements[key]
        printed = next(cell for cell in row if isinstance(cell, Said) and cell.plain is not None and cell.zh == cell.en)
        if not isinstance(figure, FigureStatement):
            return bi(printed.zh, printed.en)
        return html("<b>{}</b>{}", printable(printed.zh), self.reading(figure))

    def reading(self, figure: FigureStatement) -> Markup:
        """Return how a figure reads, where that is more than its literal."""
        zh, en = (write_quantity(figure.quantity, lang) for lang in ("zh", "en"))
        own = figure.literal.replace(" ", "")
        shown_zh = Markup("") if zh.replace(" ", "") == own else html("（{}）", zh)
        return html(' <span lang="zh-Hans">{}</span><span class="muted" lang="en">({})</span>', shown_zh, en)

    def cites(self, keys: Sequence[str]) -> Markup:
        """Return statements as links to where they stand on the pages of their sources."""
        links = [
            html(
                '<a class="cite" href="{}">{}</a>',
                self.site.href(self.site.address("statement", key) or "", self.at),
                key,
            )
            for key in keys
        ]
        shown, folded = links[:FEW_CITED], links[FEW_CITED:]
        more = html("<details><summary>+{}</summary>{}</details>", len(folded), Markup(" ").join(folded))
        return Markup(" ").join(shown) + (more if folded else Markup(""))


def _spanned(part: Part) -> Iterator[tuple[tuple[Cell, ...], list[int]]]:
    """Yield each row with how many rows each of its cells covers, 0 where the one above covers it."""
    spans = [[1] * len(part.columns) for _ in part.rows]
    for i, name in enumerate(part.columns):
        if name not in part.repeated:
            break
        first = 0
        for at in range(1, len(part.rows)):
            if part.rows[at][: i + 1] == part.rows[at - 1][: i + 1]:
                spans[at][i] = 0
                spans[first][i] += 1
            else:
                first = at
    yield from zip(part.rows, spans, strict=True)


def _shortened(text: str) -> str:
    """Return a line that its own page says in full, cut where it is long."""
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE].rstrip('、，,;； ')}……"


@lru_cache(maxsize=1 << 12)
def _term(concept: Concept, terms: str) -> Markup:
    zh, en = (load_ontology().label(concept.scheme, concept.notation, lang) for lang in ("zh", "en"))
    where = f"{terms}#{quote(f'{concept.scheme}-{concept.notation}')}"
    return html('<a class="term" href="{}">{}</a>', where, bi(zh, en))


@lru_cache(maxsize=1 << 14)
def _time(text: str) -> Markup:
    when = parse_when(f"[{text}]" if ".." in text else text)
    return bi(display(when, "zh"), display(when, "en"))


@cache
def _look(column: str, also: str = "") -> Markup:
    """Return the classes of a column's cells: inferred, kept on one line, or not too narrow."""
    kept = next((name for name, columns in WIDTHS.items() if column in columns), "")
    names = " ".join(name for name in ("inferred" if column in INFERRED else "", kept, also) if name)
    return html(' class="{}"', names) if names else Markup("")


def _joined(parts: Iterable[Markup]) -> Markup:
    return bi("、", ", ").join(parts)
