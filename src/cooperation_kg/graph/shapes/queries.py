"""Which nodes break one demand? SPARQL for each constraint component, and the code that its breaches carry.

The definitions are those of SHACL §4 (https://www.w3.org/TR/shacl/#core-components): a focus node is an instance
of the class or of a subclass; a value that cannot be compared breaks the demand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from cooperation_kg.graph.vocabulary import RDF, RDFS, XSD

Node = NamedNode | Literal | BlankNode

_INSTANCES = "VALUES ?class {{ {classes} }} ?focus <{type}> ?class ."
# datatypes whose lexical form the engine can be asked about
_CASTS = frozenset({XSD.date, XSD.dateTime, XSD.decimal, XSD.integer, XSD.boolean, XSD.double})


class Component(NamedTuple):
    """A constraint component: stable code, name in SHACL, and what a breach means where the shape has no words."""

    code: str
    name: str
    en: str
    zh: str


class Demand(NamedTuple):
    """One constraint on the nodes of some classes."""

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


def breaches_of(store: Store, demand: Demand) -> Iterator[tuple[Node, str, Node | None]]:
    """Yield (focus, path, value) for every node of the union graph that breaks the demand."""
    classes = {name for target in demand.targets for name in _subclasses(store, target)}
    focus = _INSTANCES.format(classes=" ".join(f"<{name}>" for name in sorted(classes)), type=RDF.type.value)
    for row in _select(store, _query(store, demand, focus)):
        path = demand.path or row["path"].value
        yield row["focus"], path, row["value"]


def _query(store: Store, demand: Demand, focus: str) -> str:
    parameter = str(demand.parameters[0]) if demand.parameters else ""
    pair = f"?focus <{demand.path}> ?value"
    if demand.component in ("minCount", "maxCount"):
        sign = "<" if demand.component == "minCount" else ">"
        number = int(demand.parameters[0].value)
        return (
            f"SELECT ?focus (COUNT(DISTINCT ?found) AS ?value) WHERE {{ {focus} "
            f"OPTIONAL {{ ?focus <{demand.path}> ?found }} }} "
            f"GROUP BY ?focus HAVING (COUNT(DISTINCT ?found) {sign} {number})"
        )
    if demand.component == "closed":
        allowed = ", ".join(str(term) for term in demand.parameters)
        return (
            f"SELECT DISTINCT ?focus ?path ?value WHERE {{ {focus} ?focus ?path ?value "
            f"FILTER(?path NOT IN ({allowed})) }}"
        )
    if demand.component == "hasValue":
        return (
            f"SELECT DISTINCT ?focus ({parameter} AS ?value) WHERE {{ {focus} "
            f"FILTER NOT EXISTS {{ ?focus <{demand.path}> {parameter} }} }}"
        )
    holds = _condition(store, demand)
    return f"SELECT DISTINCT ?focus ?value WHERE {{ {focus} {pair} FILTER(!COALESCE(({holds}), false)) }}"


def _condition(store: Store, demand: Demand) -> str:
    """Return what must hold of ``?value``; an error in it counts as a breach."""
    parameter = demand.parameters[0]
    match demand.component:
        case "datatype":
            cast = f" && isLiteral({parameter}(STR(?value)))" if parameter in _CASTS else ""
            return f"isLiteral(?value) && DATATYPE(?value) = {parameter}{cast}"
        case "class":
            names = " ".join(f"<{name}>" for name in sorted(_subclasses(store, parameter.value)))
            return f"EXISTS {{ VALUES ?type {{ {names} }} ?value {RDF.type} ?type }}"
        case "nodeKind":
            return "isIRI(?value)" if parameter.value.endswith("#IRI") else "isLiteral(?value)"
        case "pattern":
            flags = f", {Literal(demand.flags)}" if demand.flags else ""
            return f"!isBlank(?value) && REGEX(STR(?value), {parameter}{flags})"
        case "minInclusive":
            return f"?value >= {parameter}"
        case "maxInclusive":
            return f"?value <= {parameter}"
    raise AssertionError(demand.component)


def _subclasses(store: Store, target: str) -> set[str]:
    rows = _select(store, f"SELECT ?name WHERE {{ ?name {RDFS.subClassOf}+ <{target}> FILTER(isIRI(?name)) }}")
    return {target, *(row["name"].value for row in rows)}


def _select(store: Store, sparql: str) -> QuerySolutions:
    solutions = store.query(sparql, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    return solutions
