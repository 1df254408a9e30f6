"""The coverage of what was asked about, one letter a year: which years of which pairing have a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cooperation_kg.query.document import Row, Section, table
from cooperation_kg.query.report.coverage import Covered
from cooperation_kg.query.report.names import Names
from cooperation_kg.query.report.words import pick, word

if TYPE_CHECKING:
    from cooperation_kg.query.report.record import Report

LETTERS: dict[tuple[str, str], str] = {
    ("conflicting", ""): "C",
    ("stated", "year"): "S",
    ("stated", "span"): "s",
    ("planned-only", ""): "P",
    ("searched", ""): "N",
}
"""(state, extent) → letter, the strongest first; an extent that is not told apart is empty."""
SILENT, MAYBE, NOT_IN_FORCE = ".", "?", "-"
MOST_DETAILED = 3
"""So many pairings, named by the user, are shown measure by measure; where there are more, money and any figure."""


def matrix_sections(report: Report, lang: str) -> tuple[Section, ...]:
    """Return the matrix of the pairings asked about: in detail where they are few, else money and any figure."""
    years = sorted({year for found in report.coverage.years.values() for year in found})
    if not years:
        return ()
    span = range(years[0], years[-1] + 1)
    asked = report.asked
    detailed = sorted(asked.chosen) if len(asked.chosen) <= MOST_DETAILED or asked.measures else []
    named = [_detailed(report, slug, span, lang) for slug in detailed]
    others = [slug for slug in asked.pairings if slug not in detailed]
    return (*named, *((_plain(report, others, span, lang),) if others else ()))


def letters(rows: Iterable[Covered], in_force: Mapping[int, bool], span: Iterable[int]) -> str:
    """Return one letter a year: the strongest state of the rows of that year.

    Parameters
    ----------
    in_force: the years asked about in which the pairing is certain (True) or possible (False).

    >>> letters([Covered("p", 2016, "m", "stated", "span")], {2016: True, 2017: True, 2018: False}, range(2015, 2019))
    '-s.?'
    """
    best: dict[int, str] = {}
    order = tuple(LETTERS.values())
    for row in rows:
        letter = LETTERS.get((row.state, row.extent)) or LETTERS[row.state, ""]
        best[row.year] = min(best.get(row.year, letter), letter, key=order.index)
    silent = {year: SILENT if is_certain else MAYBE for year, is_certain in in_force.items()}
    return "".join(best.get(year) or silent.get(year, NOT_IN_FORCE) for year in span)


def _detailed(report: Report, slug: str, span: range, lang: str) -> Section:
    names, own = Names(report.kg), _rows_of(report)[slug]
    in_force = report.coverage.in_force(slug)
    measures = report.asked.measures or tuple(dict.fromkeys(row.measure for row in own))
    rows: list[Row] = [(_ruler_name(lang), _ruler(span))]
    if not report.asked.measures:
        money = [row for row in own if row.measure in report.asked.money]
        rows += [
            (word("any", lang), letters(own, in_force, span)),
            (word("money", lang), letters(money, in_force, span)),
        ]
    for measure in sorted(measures):
        of_it = [row for row in own if row.measure == measure]
        rows.append((names.measure(measure, lang), letters(of_it, in_force, span)))
    columns = (word("measure", lang), _span_name(span))
    return table(names.of("pairing", slug, lang), columns, rows, _legend(lang))


def _plain(report: Report, slugs: Iterable[str], span: range, lang: str) -> Section:
    """Return pairings with any money and any figure; where measures are asked about, with any figure of these."""
    names, of_pairing, asked = Names(report.kg), _rows_of(report), report.asked
    kinds = ("asked",) if asked.measures else ("money", "any")
    rows: list[Row] = [(_ruler_name(lang), *(_ruler(span) for _ in kinds))]
    for slug in slugs:
        own, in_force = of_pairing[slug], report.coverage.in_force(slug)
        chosen = ([row for row in own if kind != "money" or row.measure in asked.money] for kind in kinds)
        rows.append((names.of("pairing", slug, lang), *(letters(found, in_force, span) for found in chosen)))
    heading = pick("各结对逐年", "Pairings year by year", lang)
    columns = (word("pairing", lang), *(f"{word(kind, lang)} {_span_name(span)}" for kind in kinds))
    return table(heading, columns, rows, _legend(lang))


def _rows_of(report: Report) -> Mapping[str, list[Covered]]:
    found: dict[str, list[Covered]] = {slug: [] for slug in report.coverage.years}
    for row in report.coverage.rows:
        found[row.pairing].append(row)
    return found


def _ruler(span: range) -> str:
    """Return the last digit of each year, to count along.

    >>> _ruler(range(2008, 2012))
    '8901'
    """
    return "".join(str(year % 10) for year in span)


def _ruler_name(lang: str) -> str:
    return pick("年份末位", "last digit of the year", lang)


def _span_name(span: range) -> str:
    return f"{span[0]}–{span[-1]}"


def _legend(lang: str) -> str:
    return pick(
        "S 当年有数，s 只在更长时段里有数，P 只有计划数，C 说法不一未决，N 查过未得，"
        ". 无人说也无人查过，? 同左，且该年只是可能结对，- 不在结对年份。数字可能只说其中一部分：见 CSV 的 scoped 列。",
        "S stated of that year, s only of a longer span, P planned only, C open disagreement, N searched and nothing "
        "found, . nobody says and nobody searched, ? the same in a year in which they were only possibly paired, "
        "- not paired then. A figure may be of a part only: see the column scoped in CSV.",
        lang,
    )
