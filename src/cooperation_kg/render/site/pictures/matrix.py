"""Who supports whom, province by province, in one table: how many pairings, how many years, which figures?

A cell counts pairings or years, and lists figures; figures are never added up. What is drawn without a script is the
time that the site asks about; ``assets/matrix.js`` draws the same table for every other choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from cooperation_kg.curate.dates import display
from cooperation_kg.curate.quantities import write_quantity
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import status_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.totals.figures import figures_of
from cooperation_kg.render.html import environment
from cooperation_kg.render.payload import as_json
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import concept
from cooperation_kg.render.site.pairing_lists import status_mark
from cooperation_kg.render.site.pictures.cited import cited
from cooperation_kg.render.site.pictures.provinces import (
    Sides,
    Tied,
    by_sides,
    short_name,
    tied,
    unplaced,
    year_shown,
    years_of_site,
)
from cooperation_kg.render.site.svg import colour, programmes, runs

PATH = "matrix.html"
TITLE = Both("支援方×受援方矩阵", "Matrix of supporters and recipients")
STEPS = (2, 4, 8, 16)
"""Where the next deeper shade begins, for numbers of pairings; `YEAR_STEPS` for numbers of years."""
YEAR_STEPS = (6, 11, 16, 26)
CITED = 2
"""How many statements a row of the table below names; the others are on the page of the pairing."""
CITED_IN_CELL = 4

Lang = Literal["zh", "en"]


@dataclass(frozen=True)
class Cell:
    """A cell of the first picture: what it says, how it looks, and where it leads."""

    text: str
    look: str
    label: Both
    href: str


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of the matrix."""
    directed = [one for one in tied(site) if one.pairing.directed]
    year, direct = year_shown(site), [one for one in directed if one.is_direct]
    rows, columns = order(direct)
    held = by_sides(direct)
    body = (
        environment()
        .get_template("site/matrix.html.j2")
        .render(
            site=site,
            bi=bi,
            title=TITLE,
            year=year,
            span=years_of_site(site),
            programmes=[(p, site.name("programme", p)) for p in programmes(site) if _has(directed, p)],
            measures=_measures(site, directed),
            rows=rows,
            columns=columns,
            names={p: short_name(site, p) for p in {*rows, *columns}},
            cells={sides: cell(site, sides, ties, year) for sides, ties in held.items()},
            total=len(held),
            tables=tuple(_tables(site, directed)),
            numbers=_numbers(site, directed),
            payload=Markup(as_json(payload(site))),
            question=site.questions(PATH, "pairings-all", "figures-by-pairing"),
            at=PATH,
        )
    )
    yield Page(PATH, TITLE, Markup(body), section="pictures.html", scripts=("choices.js", "matrix.js"))


def order(ties: Iterable[Tied]) -> tuple[list[str], list[str]]:
    """Return rows and columns: supporters and recipients with the most pairings of any year first."""
    held = list(ties)
    counted = [Counter(one.sides[side] for one in held) for side in (0, 1)]
    rows, columns = (sorted(of, key=lambda place: (-of[place], place)) for of in counted)
    return rows, columns


def counts(ties: Sequence[Tied], year: int | None) -> tuple[int, int]:
    """Return how many pairings are certain and how many only possible in a year; without one, in any year."""
    status = [one.status(year) for one in ties]
    return status.count("certain"), status.count("possible")


def count_text(certain: int, possible: int) -> str:
    """Return two counts as a cell shows them: ``3``, ``2?`` where all are only possible, ``3+2?``; empty for none.

    >>> count_text(3, 0), count_text(0, 2), count_text(3, 2), count_text(0, 0)
    ('3', '2?', '3+2?', '')
    """
    if not possible:
        return str(certain) if certain else ""
    return f"{certain}+{possible}?" if certain else f"{possible}?"


def shade(number: int, steps: Sequence[int] = STEPS) -> str:
    """Return the class of a number: ``s1`` for few to ``s5`` for many.

    >>> shade(1), shade(2), shade(16)
    ('s1', 's2', 's5')
    """
    return f"s{1 + sum(number >= step for step in steps)}"


def look_of(certain: int, possible: int, steps: Sequence[int] = STEPS) -> str:
    """Return the classes of a count; what is only possible has a dashed rim. Empty where there is nothing."""
    if not certain + possible:
        return ""
    return shade(certain + possible, steps) + ("" if certain else " unsure")


def cell(site: Site, sides: Sides, ties: Sequence[Tied], year: int) -> Cell:
    """Return a cell of the first picture: the pairings of two provinces in a year."""
    certain, possible = counts(ties, year)
    one, other = (short_name(site, place) for place in sides)
    label = Both(
        f"{one.zh}→{other.zh}：{year}年确定{certain}组，可能{possible}组",
        f"{one.en} → {other.en}: {certain} certain and {possible} possible in {year}",
    )
    alone = site.address("pairing", ties[0].pairing.slug) if len(ties) == 1 else None
    return Cell(count_text(certain, possible), look_of(certain, possible), label, alone or "#data")


def payload(site: Site) -> Mapping[str, Any]:
    """Return all that the script needs: provinces, programmes, measures, pairings, ties, and figures of pairings."""
    directed = [one for one in tied(site) if one.pairing.directed]
    pairings = list({one.pairing.slug: one.pairing for one in directed}.values())
    index = {pairing.slug: at for at, pairing in enumerate(pairings)}
    families = programmes(site)
    first, last = years_of_site(site)
    return {
        "first": first,
        "last": last,
        "steps": STEPS,
        "year_steps": YEAR_STEPS,
        "places": {p: short_name(site, p) for p in sorted({p for one in directed for p in one.sides})},
        "programmes": [[p, *site.name("programme", p), colour(site, p)] for p in families],
        "pairings": [_pairing(site, pairing, families) for pairing in pairings],
        "ties": [_tie(one, index) for one in directed],
        "figures": [_figure(site, figure, index[slug]) for figure, slug in _figures(site, index)],
    }


def _pairing(site: Site, pairing: Pairing, families: Sequence[str]) -> list[Any]:
    zh, en = (site.namer.sides(pairing, lang) for lang in ("zh", "en"))
    return [
        zh,
        en,
        site.address("pairing", pairing.slug),
        families.index(pairing.programme),
        [_statement(site, key) for key in pairing.evidence[:CITED_IN_CELL]],
        len(pairing.evidence),
    ]


def _statement(site: Site, key: str) -> list[str | None]:
    return [key, site.address("statement", key)]


def _tie(one: Tied, index: Mapping[str, int]) -> dict[str, Any]:
    flags = {"d": int(one.is_direct), "u": int(one.pairing.undated)}
    return {
        "s": one.sides[0],
        "r": one.sides[1],
        "g": index[one.pairing.slug],
        "c": runs(one.certain),
        "m": runs(one.possible),
        **flags,
    }


def _figures(site: Site, slugs: Iterable[str]) -> Iterator[tuple[FigureStatement, str]]:
    known = set(slugs)
    for statement, (kind, identifier) in figures_of(site.kg):
        if kind == "pairing" and identifier in known:
            yield statement, identifier


def _figure(site: Site, figure: FigureStatement, pairing: int) -> dict[str, Any]:
    when = figure.period
    words = [display(when, lang) if when else "" for lang in ("zh", "en")]
    langs: tuple[Lang, Lang] = ("zh", "en")
    return {
        "g": pairing,
        "k": figure.measure,
        "t": figure.literal,
        "w": [write_quantity(figure.quantity, lang) for lang in langs],
        "when": words,
        "y": [when.earliest.year, when.latest.year] if when else [],
        "stage": concept("stage", figure.stage),
        "q": _statement(site, figure.key),
    }


def _measures(site: Site, directed: Iterable[Tied]) -> list[tuple[str, Both, int]]:
    """Return the measures of which a pairing in the matrix has a figure, the best told first."""
    told = Counter(figure.measure for figure, _ in _figures(site, {one.pairing.slug for one in directed}))
    order = list(load_ontology().concepts["measure"])
    ranked = sorted(told, key=lambda measure: (-told[measure], order.index(measure)))
    return [(measure, concept("measure", measure), told[measure]) for measure in ranked]


def _has(ties: Iterable[Tied], programme: str) -> bool:
    return any(one.pairing.programme == programme for one in ties)


def _numbers(site: Site, directed: Sequence[Tied]) -> Mapping[str, int]:
    """Return how many pairings are in the picture at first, below it, and in none."""
    direct, below = ({o.pairing.slug for o in directed if o.is_direct is flag} for flag in (True, False))
    undirected = {one.pairing.slug for one in tied(site) if not one.pairing.directed}
    undated = {one.pairing.slug for one in directed if one.pairing.undated}
    return {
        "direct": len(direct),
        "below": len(below),
        "undirected": len(undirected),
        "unplaced": len(unplaced(site)),
        "undated": len(undated),
    }


def _tables(site: Site, directed: Iterable[Tied]) -> Iterator[tuple[Both, list[list[Markup]], bool]]:
    """Yield the tables of data: title, rows, and whether it stands open."""
    held = list(directed)
    undirected = [one for one in tied(site) if not one.pairing.directed]
    for title, ties, is_open in (
        (Both("省级之间", "Between provinces"), [one for one in held if one.is_direct], True),
        (
            Both("省级以下，按所在省", "Below the province, under their provinces"),
            [o for o in held if not o.is_direct],
            False,
        ),
        (Both("方向未说明，不进矩阵", "No direction stated: not in the matrix"), undirected, False),
    ):
        yield title, [_row(site, one) for one in ties], is_open
    yield (
        Both("机构、跨省区域或匿名地区的结对，不进矩阵", "Of bodies, areas or unnamed places: not in the matrix"),
        [_row(site, pairing) for pairing in unplaced(site)],
        False,
    )


def _row(site: Site, one: Tied | Pairing) -> list[Markup]:
    """Return a row: both provinces, pairing, programme, years, status, statements."""
    pairing = one if isinstance(one, Pairing) else one.pairing
    sides: tuple[str | None, str | None] = (None, None) if isinstance(one, Pairing) else one.sides
    certain, possible = (
        (pairing.in_force_in, pairing.possibly_in) if isinstance(one, Pairing) else (one.certain, one.possible)
    )
    own = site.href(site.address("pairing", pairing.slug) or "", PATH)
    zh, en = (site.namer.sides(pairing, lang) for lang in ("zh", "en"))
    return [
        *(bi(*short_name(site, side)) if side else Markup("—") for side in sides),
        Markup('<a href="{}">{}</a>').format(own, bi(zh, en)),
        bi(*site.name("programme", pairing.programme)),
        Markup(runs(certain).replace("-", "–") or "—"),
        Markup(runs(possible).replace("-", "–") or "—"),
        status_mark(status_of(pairing, site.as_of)),
        cited(site, pairing.evidence, PATH, CITED, own),
    ]
