"""The report: every part of it computed once, then read as a document, as JSON or as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.document import Document
from cooperation_kg.query.kept import kept
from cooperation_kg.query.report.asked import Asked, ask
from cooperation_kg.query.report.coverage import Coverage, find_coverage
from cooperation_kg.query.report.leads import Lead, find_leads
from cooperation_kg.query.report.rows import csv_of, json_of, records_of
from cooperation_kg.query.report.sections import document_of
from cooperation_kg.query.report.standing import Freshness, SingleSource, find_freshness, find_single
from cooperation_kg.query.report.thin import Thin, find_thin

PARTS = ("coverage", "freshness", "single", "thin", "next")


@dataclass(frozen=True)
class Report:
    """What the record lacks; ``parts`` are those of PARTS that are shown.

    ``thin`` is always of the whole dataset, and left out of a report about something named unless it is asked for.
    """

    kg: KnowledgeGraph = field(repr=False, compare=False)
    asked: Asked
    coverage: Coverage
    freshness: tuple[Freshness, ...]
    single: tuple[SingleSource, ...]
    thin: tuple[Thin, ...]
    leads: tuple[Lead, ...]
    parts: tuple[str, ...] = PARTS

    def only(self, *parts: str) -> Report:
        """Return the report with these parts alone; raises BadParameter for one that is none of PARTS."""
        unknown = [part for part in parts if part not in PARTS]
        if unknown:
            raise BadParameter(f"no part 没有此部分 {', '.join(unknown)}; choose 请选 {', '.join(PARTS)}")
        return replace(self, parts=parts)

    def document(self, lang: str) -> Document:
        """Return the report to be read, in ``"zh"`` or ``"en"``: long lists shortened, and saying so."""
        return document_of(self, lang)

    def records(self, part: str) -> list[dict[str, Any]]:
        """Return every row of one part, nothing left out, as plain data."""
        return records_of(self, part)

    def csv(self, part: str, lang: str) -> str:
        """Return every row of one part as CSV (RFC 4180); ``cited`` is in ``lang``."""
        return csv_of(self, part, lang)

    def as_json(self) -> dict[str, Any]:
        """Return every row of the parts shown, and the statements that they rest on, once each."""
        return json_of(self)


def report(
    kg: KnowledgeGraph,
    *,
    about: str | None = None,
    programme: str | None = None,
    measures: Iterable[str] = (),
    years: str | None = None,
    as_of: AsOf | None = None,
) -> Report:
    """Return what the record lacks: of everything, or of what is named.

    Parameters
    ----------
    about: a pairing, a place (the pairings it is a party to) or a programme, by any name; narrower pairings that
        implement one of these are taken in.
    programme: only pairings of this programme.
    measures: only these, by notation or label; each of them where empty.
    years: ``2018`` or ``2016/2020``: the years of the coverage, each where None.
    as_of: only pairings with a status that is wanted at that time; ``years`` follow it where they are not given.

    Raises BadParameter.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> found = report(build_graph(load_corpus()), about="京蒙", measures=["fiscal-aid"], years="2016/2020")
    >>> {row.state for row in found.coverage.rows if row.pairing == "east-west.beijing.inner-mongolia"}
    {'stated'}
    """
    if (about, programme, years, as_of) == (None, None, None, None) and not (measures := tuple(measures)):
        return Report(kg, *_of_everything(kg))
    return Report(kg, *_found(kg, ask(kg, about, programme, measures, years, as_of)))


_Found = tuple[
    Asked,
    Coverage,
    tuple[Freshness, ...],
    tuple[SingleSource, ...],
    tuple[Thin, ...],
    tuple[Lead, ...],
    tuple[str, ...],
]
"""The fields of a `Report` but its graph."""


@kept
def _of_everything(kg: KnowledgeGraph) -> _Found:
    # without the graph: what is kept with a graph must not hold it
    return _found(kg, ask(kg, None, None, (), None, None))


def _found(kg: KnowledgeGraph, asked: Asked) -> _Found:
    coverage, freshness, single = find_coverage(kg, asked), find_freshness(kg, asked), find_single(kg, asked)
    leads = find_leads(kg, asked, coverage, freshness, single)
    parts = tuple(part for part in PARTS if part != "thin" or not asked.is_narrowed)
    return asked, coverage, freshness, single, find_thin(kg), leads, parts
