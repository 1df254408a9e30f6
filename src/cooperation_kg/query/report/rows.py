"""The parts of the report as rows: plain data for JSON, and CSV for a spreadsheet (RFC 4180, UTF-8).

CSV has one row for each pairing, year and measure, with every name in it. JSON says each thing once: a row of coverage
has all ``years`` of which the same holds, names stand apart by the ``subject`` of a row, statements by their id.
A text that a spreadsheet would take for a formula is written with an apostrophe before it (``table.csv_text``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.query.report.names import Names, settles
from cooperation_kg.query.report.searches import concerns
from cooperation_kg.query.table import Value, csv_text

if TYPE_CHECKING:
    from cooperation_kg.query.report.record import Report

LANGUAGES = ("zh", "en")
NAMES = frozenset({"name_zh", "name_en", "programme"})
NAMED_APART = ("coverage", "freshness", "single")
"""Parts whose rows are about few things, each often: in JSON these are named once."""

Record = dict[str, Any]

COLUMNS: dict[str, tuple[str, ...]] = {
    "coverage": (
        *("pairing", "name_zh", "name_en", "programme", "year", "measure", "state", "extent"),
        *("scoped", "status", "because", "statements"),
    ),
    "freshness": (
        *("pairing", "name_zh", "name_en", "programme", "state", "last_confirmed", "years_since"),
        "statements",
    ),
    "single": (
        *("kind", "id", "subject", "name_zh", "name_en", "programme", "measure", "period", "origin", "weak"),
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
    rows: list[list[Value]] = []
    for record in records:
        rows.append([_cell(record[column]) for column in COLUMNS[part]])
        if has_statements:
            rows[-1].append(" | ".join(cited[key] for key in record["statements"]))
    return csv_text((*COLUMNS[part], "cited") if has_statements else COLUMNS[part], rows)


def json_of(report: Report) -> Record:
    """Return the parts shown, what was asked, and each statement behind them once, by id."""
    full = {part: records_of(report, part) for part in report.parts}
    asked = report.asked
    return {
        "asked": {
            "about": "/".join(asked.about[:2]) if asked.about else None,
            "programme": asked.programme[1] if asked.programme else None,
            "measures": list(asked.measures),
            "years": list(asked.years) if asked.years else None,
            "as_of": asked.as_of.text if asked.as_of else None,
            "statuses": list(asked.as_of.statuses) if asked.as_of else None,
        },
        "horizon": report.kg.corpus.dataset.horizon,
        "money_measures": sorted(asked.money),
        "figures_in_no_year": [{"statement": key, "why": why} for key, why in report.coverage.elsewhere],
        "searches": searches_of(report),
        "names": _named(full),
        **{part: _lean(part, records) for part, records in full.items()},
        "statements": _statements(report, full),
    }


def _named(parts: Mapping[str, Iterable[Record]]) -> Record:
    """Return the names of what the rows of NAMED_APART are about, and its programme, by subject."""
    return {
        record.get("subject") or f"pairing/{record['pairing']}": {
            "zh": record["name_zh"],
            "en": record["name_en"],
            "programme": record["programme"],
        }
        for part in NAMED_APART
        for record in parts.get(part, ())
    }


def _lean(part: str, records: Iterable[Record]) -> list[Record]:
    if part not in NAMED_APART:
        return [*records]
    kept = [{name: value for name, value in record.items() if name not in NAMES} for record in records]
    return _by_years(kept) if part == "coverage" else kept


def _by_years(records: Iterable[Record]) -> list[Record]:
    """Return rows with all years of which the same holds, in the order of the first.

    >>> _by_years([{"year": 2016, "state": "stated"}, {"year": 2017, "state": "stated"}])
    [{'state': 'stated', 'years': [2016, 2017]}]
    """
    found: dict[str, Record] = {}
    for record in records:
        same = {name: value for name, value in record.items() if name != "year"}
        found.setdefault(json.dumps(same), same | {"years": []})["years"].append(record["year"])
    return list(found.values())


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
            "scoped": row.scoped,
            "status": row.status,
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
            "subject": "/".join(fact.subject),
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
            **{f"settles_{lang}": settles(names, lead, lang) for lang in LANGUAGES},
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


def _cell(value: Any) -> Value:
    """Return what a cell of CSV holds: a list or a record in one text.

    >>> _cell(-1), _cell(["a", "b"]), _cell({"silence": "3"})
    (-1, 'a b', 'silence=3')
    """
    if isinstance(value, dict):
        value = [f"{name}={part}" for name, part in value.items()]
    if isinstance(value, list):
        value = " ".join(value)
    return cast("Value", value)
