"""What may a value be? One test for each constraint component, and the code that its breaches carry.

The definitions are those of SHACL §4 (https://www.w3.org/TR/shacl/#core-components). A value is a term as facts have
it (``graph/triples/values.py``); one that cannot be compared breaks the demand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from cooperation_kg.graph.triples.values import literal_parts
from cooperation_kg.graph.vocabulary import RDF, XSD

Node = NamedNode | Literal | BlankNode
Test = Callable[[str], bool]
"""Whether a term keeps to a demand."""


class Component(NamedTuple):
    """A constraint component: stable code, name in SHACL, and what a breach means where the shape has no words."""

    code: str
    name: str
    en: str
    zh: str


class Demand(NamedTuple):
    """One constraint on the nodes of some classes; ``path`` is empty for what holds for the node itself."""

    targets: tuple[str, ...]
    path: str
    component: str
    parameters: tuple[NamedNode | Literal, ...]
    flags: str
    message_en: str
    message_zh: str


COMPONENTS: dict[str, Component] = {
    "minCount": Component("S501", "MinCountConstraintComponent", "too few values", "值太少"),
    "maxCount": Component("S502", "MaxCountConstraintComponent", "too many values", "值太多"),
    "datatype": Component("S503", "DatatypeConstraintComponent", "wrong datatype", "数据类型不对"),
    "class": Component("S504", "ClassConstraintComponent", "not of the class", "不属于该类"),
    "nodeKind": Component("S505", "NodeKindConstraintComponent", "wrong kind of node", "节点种类不对"),
    "pattern": Component("S506", "PatternConstraintComponent", "does not have the form", "形式不对"),
    "minInclusive": Component("S507", "MinInclusiveConstraintComponent", "too small", "太小"),
    "maxInclusive": Component("S508", "MaxInclusiveConstraintComponent", "too large", "太大"),
    "closed": Component("S509", "ClosedConstraintComponent", "property not expected here", "此处不应有这个属性"),
    "hasValue": Component("S510", "HasValueConstraintComponent", "lacks the value", "缺少该值"),
}
FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
"""The flags of SPARQL's REGEX (https://www.w3.org/TR/xpath-functions/#flags) but ``q``."""

# a value is compared as what its datatype makes of its lexical form
_FORMS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    XSD.date.value: (re.compile(r"\d{4}-\d\d-\d\d"), date.fromisoformat),
    XSD.dateTime.value: (re.compile(r"\d{4}-\d\d-\d\dT.*"), datetime.fromisoformat),
    XSD.integer.value: (re.compile(r"[+-]?\d+"), Decimal),
    XSD.decimal.value: (re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"), Decimal),
    XSD.double.value: (re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN"), float),
    XSD.boolean.value: (re.compile("true|false|0|1"), str),
}


def value_test(demand: Demand, is_a: Callable[[str, str], bool]) -> Test:
    """Return the test of one value for a demand on values; those on their number, or on the node, have none.

    Parameters
    ----------
    is_a: whether a term is an instance of the class with this IRI.
    """
    parameter = demand.parameters[0]
    match demand.component:
        case "datatype":
            return _datatype(parameter.value)
        case "class":
            return lambda term: is_a(term, parameter.value)
        case "nodeKind":
            sign = "<" if parameter.value.endswith("#IRI") else '"'
            return lambda term: term[0] == sign
        case "pattern":
            return _pattern(parameter.value, demand.flags)
        case "minInclusive" | "maxInclusive":
            return _bound(str(parameter), at_least=demand.component == "minInclusive")
    raise AssertionError(demand.component)


def compiled(pattern: str, flags: str) -> re.Pattern[str]:
    """Return a pattern with flags as Python has it; raises ValueError (re.error, KeyError's message) where it has none.

    >>> compiled("^H", "i").search("haizhou") is None
    False
    """
    unknown = set(flags) - set(FLAGS)
    if unknown:
        raise ValueError(f"unknown flags {''.join(sorted(unknown))}")
    try:
        return re.compile(pattern, sum(FLAGS[flag] for flag in set(flags)))
    except re.error as bad:
        raise ValueError(str(bad)) from bad


def _datatype(datatype: str) -> Test:
    if datatype == XSD.string.value:
        return lambda term: term[0] == '"' == term[-1]
    if datatype == RDF.langString.value:
        return lambda term: term[0] == '"' and term.rpartition('"')[2].startswith("@")
    end = f'"^^<{datatype}>'
    if datatype not in _FORMS:
        return lambda term: term[0] == '"' and term.endswith(end)
    return lambda term: term[0] == '"' and term.endswith(end) and _read(term) is not None


@cache
def _read(term: str) -> object:
    """Return what a literal of a known datatype means, None for any other term and for a broken form."""
    if term[0] != '"':
        return None
    text, _, datatype = literal_parts(term)
    form, meaning = _FORMS.get(datatype, (None, str))
    if form is None or not form.fullmatch(text):
        return None
    try:
        return meaning(text)
    except ValueError:  # the 31st of February
        return None


def _pattern(pattern: str, flags: str) -> Test:
    form = compiled(pattern, flags)

    @cache
    def fits(term: str) -> bool:
        if term[0] == "_":
            return False
        return form.search(term[1:-1] if term[0] == "<" else literal_parts(term)[0]) is not None

    return fits


def _bound(parameter: str, *, at_least: bool) -> Test:
    limit = _read(parameter)

    @cache
    def fits(term: str) -> bool:
        value = _read(term)
        try:
            return bool(value >= limit if at_least else value <= limit)  # type: ignore[operator]  # caught below
        except TypeError:
            return False

    return fits
