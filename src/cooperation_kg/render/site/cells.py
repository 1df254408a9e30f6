"""How is a part of what is known written on a page? Cells as links, rows as a table, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from cooperation_kg.curate.dates import display, parse_when
from cooperation_kg.curate.quantities import write_quantity
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Said, Thing
from cooperation_kg.query.show.words import COLUMNS
from cooperation_kg.render.site.context import Site, bi, printable

FEW_CITED = 5
"""How many statements a cell cites before the rest is folded away."""
MANY_ROWS = 40
"""A table longer than this is folded, but for its count."""
TIME = re.compile(r"\d{4}(-\d{2}){0,2}(\.\.\d{4}(-\d{2}){0,2})?")
"""A time as answers write it: 1994, 1994-07, 1994-07-06, or any day from one to another, 1994..1998."""
INFERRED = frozenset(
    {
        "possible_from", "certain_from", "certain_to", "possible_to", "start", "end", "since", "until", "status",
        "confirmed", "settled",
    }
)  # fmt: skip
"""Columns whose values follow from statements and are said by none."""


class Cells:
    """Writes cells on one page.

    Parameters
    ----------
    at: the path of the page, for its links are relative to it.
    """

    def __init__(self, site: Site, at: str) -> None:
        self.site = site
        self.at = at
        self._concepts: dict[Concept, Markup] = {}

    def table(self, part: Part) -> Markup:
        """Return a part's rows as a table; values that were inferred are marked as such."""
        inferred = [name in INFERRED for name in part.columns]
        head = Markup("").join(
            Markup('<th scope="col"{}>{}</th>').format(_class("inferred" if derived else ""), bi(*COLUMNS[name]))
            for name, derived in zip(part.columns, inferred, strict=True)
        )
        body = Markup("").join(self._row(row, above, part, inferred) for above, row in _with_above(part.rows))
        return Markup("<table><thead><tr>{}</tr></thead><tbody>\n{}</tbody></table>").format(head, body)

    def _row(
        self, row: tuple[Cell, ...], above: tuple[Cell, ...] | None, part: Part, inferred: Sequence[bool]
    ) -> Markup:
        repeats = above is not None
        cells: list[Markup] = []
        for i, (name, cell) in enumerate(zip(part.columns, row, strict=True)):
            repeats = repeats and name in part.repeated and above is not None and cell == above[i]
            text = Markup("") if repeats else self._in_column(name, cell, row)
            cells.append(Markup("<td{}>{}</td>").format(_class("inferred" if inferred[i] else ""), text))
        return Markup("<tr>{}</tr>\n").format(Markup("").join(cells))

    def _in_column(self, name: str, cell: Cell, row: tuple[Cell, ...]) -> Markup:
        if name == "literal":
            return self.literal(row)
        if name == "side" and isinstance(cell, str):  # on which policy something rests: its id
            named = self.site.corpus.find(("policy", "event"), cell)
            return self.cell(Thing(*named) if named else cell)
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
                when = parse_when(f"[{cell}]" if ".." in cell else cell)
                return bi(display(when, "zh"), display(when, "en"))
            case str() if cell.startswith(("https://", "http://")):
                return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(cell, printable(cell))
            case _:
                return escape(printable(cell))

    def line(self, said: Said) -> Markup:
        """Return a line; what was searched or is wanted leads to the judgement that says so."""
        shown = bi(said.zh, said.en)
        if not isinstance(said.plain, dict):
            return shown
        judged = next((one for kind in ("wanted", "searched") if (one := said.plain.get(kind))), None)
        if judged is None:
            return shown
        zh, en = (text.removesuffix(f" [{judged}]") for text in (said.zh, said.en))
        return Markup("{} ({})").format(bi(zh, en), self.site.link("judgement", judged, self.at, bi("详见", "details")))

    def thing(self, thing: Thing) -> Markup:
        """Return a thing as a link; a disagreement or another thing without a page by its name."""
        return self.site.link(thing.kind, thing.identifier, self.at)

    def concept(self, concept: Concept) -> Markup:
        """Return a controlled value as a link to its definition."""
        if concept not in self._concepts:
            zh, en = (load_ontology().label(concept.scheme, concept.notation, lang) for lang in ("zh", "en"))
            where = self.site.href(f"terms.html#{quote(f'{concept.scheme}-{concept.notation}')}", self.at)
            self._concepts[concept] = Markup('<a class="term" href="{}">{}</a>').format(where, bi(zh, en))
        return self._concepts[concept]

    def _said(self, said: Said) -> Markup:
        plain = said.plain
        if isinstance(plain, str) and plain.startswith("pairing/"):
            slug = plain.removeprefix("pairing/")
            return self.site.link("pairing", slug, self.at, bi("结对页", "its page"))
        return bi(said.zh, said.en)

    def literal(self, row: tuple[Cell, ...]) -> Markup:
        """Return a figure as printed, with how it reads in the reader's language beside it."""
        key = next(cell.keys[0] for cell in row if isinstance(cell, Cites))
        figure = self.site.corpus.statements[key]
        printed = next(cell for cell in row if isinstance(cell, Said) and cell.plain is not None and cell.zh == cell.en)
        if not isinstance(figure, FigureStatement):
            return bi(printed.zh, printed.en)
        return Markup("<b>{}</b>{}").format(printable(printed.zh), self.reading(figure))

    def reading(self, figure: FigureStatement) -> Markup:
        """Return how a figure reads, where that is more than its literal."""
        zh, en = (write_quantity(figure.quantity, lang) for lang in ("zh", "en"))
        own = figure.literal.replace(" ", "")
        shown_zh = Markup("") if zh.replace(" ", "") == own else Markup("（{}）").format(zh)
        return Markup(' <span lang="zh-Hans">{}</span><span class="muted" lang="en">({})</span>').format(shown_zh, en)

    def cites(self, keys: Sequence[str]) -> Markup:
        """Return statements as links to where they stand on the pages of their sources."""
        links = [
            Markup('<a class="cite" href="{}">{}</a>').format(
                self.site.href(self.site.address("statement", key) or "", self.at), key
            )
            for key in keys
        ]
        shown, folded = links[:FEW_CITED], links[FEW_CITED:]
        more = Markup("<details><summary>+{}</summary>{}</details>").format(len(folded), Markup(" ").join(folded))
        return Markup(" ").join(shown) + (more if folded else Markup(""))


def _with_above(rows: Sequence[tuple[Cell, ...]]) -> Iterable[tuple[tuple[Cell, ...] | None, tuple[Cell, ...]]]:
    return zip((None, *rows[:-1]), rows, strict=True) if rows else ()


def _class(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup("")


def _joined(parts: Iterable[Markup]) -> Markup:
    return bi("、", ", ").join(parts)
