"""The parts of the report as rows: plain data for JSON, and CSV for a spreadsheet (RFC 4180, UTF-8).

A cell of CSV that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is written with an apostrophe
before it: a spreadsheet would take it for a formula. Numbers keep their sign.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.query.report.names import Names
from cooperation_kg.query.report.searches import concerns
from cooperation_kg.query.report.settling import settles

if TYPE_CHECKING:
    from cooperation_kg.query.report.record import Report

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LANGUAGES = ("zh", "en")

Record = dict[str, Any]

COLUMNS: dict[str, tuple[str, ...]] = {
    "coverage": (
        *("pairing", "name_zh", "name_en", "programme", "year", "measure", "state", "extent"),
        *("because", "statements"),
    ),
    "freshness": (
        *("pairing", "name_zh", "name_en", "programme", "state", "last_confirmed", "years_since"),
        "statements",
    ),
    "single": (
        *("kind", "id", "name_zh", "name_en", "programme", "measure", "period", "origin", "weak"),
        "statements",
    ),
    "thin": ("kind", "id", "name_zh", "name_en", "reason"),
    "next": (
        *("rank", "kind", "id", "name_zh", "name_en", "programme", "score", "factors", "settles_zh", "settles_en"),
        "statements",
    ),
}


def records_of(report: Report, part: str) -> list[Record]:
    """Return every row of a part; each has the keys of COLUMNS in their order."""
    return list(_RECORDS[part](report, Names(report.kg)))


def csv_of(report: Report, part: str, lang: str) -> str:
    """Return a part as CSV with a header; ``cited`` names the documents behind the row in ``lang``."""
    records = records_of(report, part)
    cited = _citations(report.kg, records, lang)
    has_statements = "statements" in COLUMNS[part]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*COLUMNS[part], "cited") if has_statements else COLUMNS[part])
    for record in records:
        cells = [_cell(record[column]) for column in COLUMNS[part]]
        if has_statements:
            cells.append(_cell(" | ".join(cited[key] for key in record["statements"])))
        writer.writerow(cells)
    return out.getvalue()


def json_of(report: Report) -> Record:
    """Return the parts shown, what was asked, and each statement behind them once, by id."""
    parts = {part: records_of(report, part) for part in report.parts}
    asked = report.asked
    return {
        "asked": {
            "about": "/".join(asked.about[:2]) if asked.about else None,
            "programme": asked.programme[1] if asked.programme else None,
            "measures": list(asked.measures),
            "years": list(asked.years) if asked.years else None,
            "as_of": asked.as_of.text if asked.as_of else None,
        },
        "horizon": report.kg.corpus.dataset.horizon,
        "money_measures": sorted(asked.money),
        "figures_in_no_year": [{"statement": key, "why": why} for key, why in report.coverage.elsewhere],
        "searches": searches_of(report),
        **parts,
        "statements": _statements(report, parts),
    }


def searches_of(report: Report) -> list[Record]:
    """Return every ``searched`` judgement that concerns what is asked about, whatever was searched for."""
    found = (*report.coverage.rows, *report.coverage.silent)
    counted = {identifier for row in found for identifier in row.because if row.state == "searched"}
    return [
        {
            "judgement": judgement.id,
            "what_zh": judgement.what.zh,
            "what_en": judgement.what.in_language("en"),
            "where": judgement.where,
            "date": judgement.date.text,
            "about_figures": judgement.id in counted,
        }
        for judgement in judgements_of(report.kg.corpus, "searched")
        if judgement.what is not None
        and (judgement.id in counted or concerns(report.kg.corpus, report.asked, judgement))
    ]


def _coverage(report: Report, names: Names) -> Iterator[Record]:
    for row in (*report.coverage.rows, *report.coverage.silent):
        yield {
            "pairing": row.pairing,
            **names.both("pairing", row.pairing),
            "programme": report.asked.pairings[row.pairing].programme,
            "year": row.year,
            "measure": row.measure,
            "state": row.state,
            "extent": row.extent,
            "because": list(row.because),
            "statements": list(row.figures),
        }


def _freshness(report: Report, names: Names) -> Iterator[Record]:
    for fresh in report.freshness:
        yield {
            "pairing": fresh.pairing,
            **names.both("pairing", fresh.pairing),
            "programme": report.asked.pairings[fresh.pairing].programme,
            "state": fresh.state,
            "last_confirmed": fresh.last_confirmed.isoformat() if fresh.last_confirmed else None,
            "years_since": fresh.years_since,
            "statements": list(fresh.statements),
        }


def _single(report: Report, names: Names) -> Iterator[Record]:
    for fact in report.single:
        yield {
            "kind": fact.kind,
            "id": fact.id,
            **names.both(*fact.subject),
            "programme": names.programme_of(*fact.subject),
            "measure": fact.measure or None,
            "period": fact.period or None,
            "origin": fact.origin,
            "weak": list(fact.weak),
            "statements": list(fact.statements),
        }


def _thin(report: Report, names: Names) -> Iterator[Record]:
    for thin in report.thin:
        yield {"kind": thin.kind, "id": thin.id, **names.both(thin.kind, thin.id), "reason": thin.reason}


def _next(report: Report, names: Names) -> Iterator[Record]:
    for rank, lead in enumerate(report.leads, start=1):
        yield {
            "rank": rank,
            "kind": lead.kind,
            "id": lead.id,
            **{f"name_{lang}": names.lead(lead, lang) for lang in LANGUAGES},
            "programme": names.programme_of(*lead.subject),
            "score": None if lead.score is None else str(lead.score),
            "factors": {name: factor_text(factor) for name, factor in lead.factors},
            **{f"settles_{lang}": settles(report.kg, lead, lang) for lang in LANGUAGES},
            "statements": list(lead.statements),
        }


def factor_text(factor: Any) -> str:
    """Return a factor of a score with at most two places, and none that says nothing.

    >>> from decimal import Decimal
    >>> factor_text(Decimal("3.0000")), factor_text(Decimal("1.500"))
    ('3', '1.5')
    """
    return f"{factor:.2f}".rstrip("0").rstrip(".")


_RECORDS: Mapping[str, Callable[[Report, Names], Iterator[Record]]] = {
    "coverage": _coverage,
    "freshness": _freshness,
    "single": _single,
    "thin": _thin,
    "next": _next,
}


def _keys(records: Iterable[Record]) -> Iterator[str]:
    yield from dict.fromkeys(key for record in records for key in record.get("statements", ()))


def _citations(kg: KnowledgeGraph, records: Iterable[Record], lang: str) -> Mapping[str, str]:
    keys = tuple(_keys(records))
    return {key: evidence.cited for key, evidence in zip(keys, evidence_of(kg, keys, lang), strict=True)}


def _statements(report: Report, parts: Mapping[str, list[Record]]) -> Record:
    further = [{"statements": [key for key, _ in report.coverage.elsewhere]}]
    keys = sorted(_keys([*further, *(record for records in parts.values() for record in records)]))
    both = zip(keys, evidence_of(report.kg, keys, "zh"), evidence_of(report.kg, keys, "en"), strict=True)
    return {key: {**zh.as_json(), "says": {"zh": zh.says, "en": en.says}} for key, zh, en in both}


def _cell(value: Any) -> str:
    """Return a cell of CSV as text that no spreadsheet takes for a formula.

    >>> _cell("=1+1"), _cell(-1), _cell(["a", "b"])
    ("'=1+1", '-1', 'a b')
    """
    if isinstance(value, dict):
        value = [f"{name}={part}" for name, part in value.items()]
    if isinstance(value, list):
        value = " ".join(value)
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_SIGNS) else text
