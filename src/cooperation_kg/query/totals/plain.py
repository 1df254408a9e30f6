"""The answer as JSON: nothing cut, numbers as text, figures by the id of their statement."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cooperation_kg.curate.quantities import Quantity
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.query.totals.choices import Choice
from cooperation_kg.query.totals.figures import Figure, Span
from cooperation_kg.query.totals.reasons import Reason
from cooperation_kg.query.totals.residuals import Residual
from cooperation_kg.query.totals.results import Group, MeasureTotal, Total
from cooperation_kg.query.totals.series import Series
from cooperation_kg.query.totals.sums import Added
from cooperation_kg.query.totals.words import Words

Plain = dict[str, Any]


def plain(total: Total) -> Plain:
    """Return a total as plain data; each figure in full once, under ``figures``."""
    asked = total.asked
    both = {lang: Words(total.kg, asked.subject, lang) for lang in ("zh", "en")}
    figures = {f.key: f for measure in total.measures for f in (*measure.found.every, *_beside(measure))}
    keys = dict.fromkeys(key for figure in figures.values() for key in figure.keys)
    return {
        "about": {"kind": asked.subject[0], "id": asked.subject[1], **_both(both, lambda w: w.subject(asked.subject))},
        "during": asked.during.text if asked.during else None,
        "stage": asked.stage,
        "each_year": asked.each_year,
        "as_of": asked.as_of.text if asked.as_of else None,
        "refused": list(total.refused),
        "measures": [_measure(measure, both) for measure in total.measures],
        "available": dict(total.available),
        "not_additive": list(total.not_added),
        "figures": {key: _figure(figure) for key, figure in figures.items()},
        "evidence": {e.statement: e.as_json() for e in evidence_of(total.kg, keys, "zh")},
    }


def _beside(measure: MeasureTotal) -> Iterable[Figure]:
    return (figure for reason in measure.beside for figure in (reason.a, reason.b) if figure is not None)


def _both(both: dict[str, Words], say: Any) -> Plain:
    return {lang: say(words) for lang, words in both.items()}


def _measure(measure: MeasureTotal, both: dict[str, Words]) -> Plain:
    found = measure.found
    return {
        "measure": measure.measure,
        **_both(both, lambda w: w.concept("measure", measure.measure)),
        "status": measure.status,
        "sum": _added(measure.added, both),
        "groups": [_group(group, both) for group in measure.groups],
        "between_groups": [_reason(reason, both) for reason in measure.between],
        "other_measures": [_reason(reason, both) for reason in measure.beside],
        "beyond_period": _keys(found.beyond),
        "undated": _keys(found.undated),
        "other_stages": _keys(found.other_stages),
        "context": _keys(found.around),
        "superseded": [{"figure": figure.key, "by": by} for figure, by in found.superseded],
        "by_year": [_series(series) for series in measure.series],
    }


def _group(group: Group, both: dict[str, Words]) -> Plain:
    first, weighed = group.figures[0], group.weighed
    return {
        "unit": first.unit,
        "nature": first.nature,
        "stage": first.stage,
        "role": first.role if first.role.startswith("as-") else None,
        "status": group.status,
        "sum": _added(group.added, both),
        "figures": _keys(group.figures),
        "reasons": [_reason(reason, both) for reason in group.reasons],
        "choices": [_choice(choice, both) for choice in weighed.choices] if weighed else [],
        "search_was_cut": bool(weighed and weighed.was_cut),
        "residuals": [_residual(residual, both) for residual in group.residuals],
    }


def _reason(reason: Reason, both: dict[str, Words]) -> Plain:
    figures = [figure.key for figure in (reason.a, reason.b) if figure is not None]
    text = _both(both, lambda w: w.reason(reason))
    return {"code": reason.code, "figures": figures, "is_condition": reason.is_condition, **text}


def _choice(choice: Choice, both: dict[str, Words]) -> Plain:
    return {
        "sum": _added(choice.added, both),
        "figures": _keys(choice.figures),
        "covered": [_span(span) for span in choice.covered],
        "gaps": [_span(span) for span in choice.gaps],
        "if": _both(both, lambda w: w.condition(choice)) if choice.conditions else None,
    }


def _residual(residual: Residual, both: dict[str, Words]) -> Plain:
    return {
        "whole": residual.whole.key,
        "part": residual.part.key,
        "rest": [_span(span) for span in residual.rest],
        "quantity": _quantity(residual.quantity),
        "contradicts": residual.contradicts,
        "is_change": residual.is_change,
        "is_fall": residual.is_fall,
        **_both(both, lambda w: w.residual(residual)),
    }


def _series(series: Series) -> Plain:
    rows = [
        {"year": row.year, "of_year": _keys(row.exact), "of_part": _keys(row.within), "longer": _keys(row.covering)}
        for row in series.rows
    ]
    return {"unit": series.unit, "nature": series.nature, "stage": series.stage, "years": rows}


def _figure(figure: Figure) -> Plain:
    kind, identifier = figure.subject
    said = {"place": figure.place, "payer": figure.payer, "payee": figure.payee, "scope_note": figure.note}
    return {
        "as_written": figure.literal,
        "quantity": _quantity(figure.quantity),
        "about": {"kind": kind, "id": identifier},
        "role": figure.role,
        "measure": figure.measure,
        "nature": figure.nature,
        "stage": figure.stage,
        "period": figure.period.text if figure.period else None,
        "origin": figure.origin,
        "part_of": list(figure.wholes),
        "said_also_by": list(figure.same),
        "multiplied_by_years": figure.times,
        **{name: value for name, value in said.items() if value},
    }


def _added(added: Added | None, both: dict[str, Words]) -> Plain | None:
    if added is None:
        return None
    return {"quantity": _quantity(added.quantity), **_both(both, lambda w: w.added(added))}


def _quantity(quantity: Quantity | None) -> Plain | None:
    if quantity is None:
        return None
    said = {"value": quantity.value, "minimum": quantity.minimum, "maximum": quantity.maximum}
    numbers: Plain = {name: _number(number) for name, number in said.items() if number is not None}
    numbers |= {"ratio": str(quantity.ratio)} if quantity.ratio is not None else {}
    return {**numbers, "unit": quantity.unit, "bound": str(quantity.bound)}


def _number(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _keys(figures: Iterable[Figure]) -> list[str]:
    return [figure.key for figure in figures]


def _span(span: Span) -> list[str]:
    return [day.isoformat() for day in span]
