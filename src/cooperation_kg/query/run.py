"""Ask the graph: a named question or free SPARQL in, rows or triples out.

Queries of strangers never dial out or write: SERVICE, LOAD, remote FROM and updates are refused before the
engine sees them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Variable,
)

from cooperation_kg.errors import BadParameter, ForbiddenQuery, MalformedQuery, QueryFailed
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.vocabulary import XSD, concept_iri
from cooperation_kg.ontology import LANGUAGES, load_ontology
from cooperation_kg.query.library import NamedQuery, Parameter, named_queries, named_query
from cooperation_kg.query.lookup import find_things
from cooperation_kg.query.table import Table, python_value

ROW_FORMATS: dict[str, QueryResultsFormat] = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
TRIPLE_FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
LONGEST_QUERY = 20_000
DEEPEST_NESTING = 60
MOST_PARTS = 300
"""Patterns, groups, path steps and negations of one query; some thousands in a row exhaust the parser's stack."""

# escaped characters of names (ex:a\' begins no string), strings, IRIs and comments: in these no keyword counts
_NO_KEYWORDS = re.compile(
    r"\\."
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\s]*>'
    r"|#[^\n]*",
    re.DOTALL,
)
_FORBIDDEN = re.compile(
    r"(?<![\w:?$@-])(SERVICE|LOAD|INSERT|DELETE|CLEAR|CREATE|DROP|COPY|MOVE|ADD|FROM)(?![\w:-])", re.IGNORECASE
)
_YEAR = re.compile(rf"{_NO_KEYWORDS.pattern}|(?P<year>[?$]year\b)", re.DOTALL)
_DOTTED = re.compile(
    rf"{_NO_KEYWORDS.pattern}|(?<![\w:?$.-])(?P<prefix>[a-z]+):(?P<local>[\w-]+(?:\.[\w-]+){{2,}})", re.DOTALL
)
_DECLARED = re.compile(r"\bPREFIX\s+(\w+):", re.IGNORECASE)
_PLACE_OF_FAULT = re.compile(r"error at (\d+):(\d+)")


def run_query(kg: KnowledgeGraph, query: str, /, *, as_of: int | None = None, **parameters: str | int) -> Table:
    """Answer a named question or a SELECT (or ASK) query with a table.

    Parameters
    ----------
    kg: the graph.
    query: the name of a question of the library, or SPARQL text.
    as_of: a year; stands for ``?year`` in the query. A named question that takes a year has the horizon as its
        default.
    parameters: values of the parameters of a named question, as text.

    Raises
    ------
    UnknownQuery, BadParameter, MalformedQuery, ForbiddenQuery, QueryFailed.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> run_query(kg, "SELECT ?name WHERE { place:beijing rdfs:label ?name FILTER(LANG(?name) = 'en') }").rows
    ({'name': 'Beijing'},)
    """
    results = _evaluate(kg, query, as_of, {name: str(value) for name, value in parameters.items()})
    if isinstance(results, QueryBoolean):
        return Table(("ask",), ({"ask": bool(results)},), ())
    if not isinstance(results, QuerySolutions):
        raise BadParameter("this query gives triples, not rows; ask for turtle, ntriples or jsonld")
    names = tuple(variable.value for variable in results.variables)
    try:
        terms = tuple({name: solution[name] for name in names} for solution in results)
    except (OSError, RuntimeError, ValueError) as failed:
        raise QueryFailed(str(failed)) from failed
    rows = tuple({name: python_value(row[name]) for name in names} for row in terms)
    return Table(names, rows, terms)


def query_text(
    kg: KnowledgeGraph, query: str, file_format: str, /, *, as_of: int | None = None, **parameters: str
) -> bytes:
    """Answer a query in one of ROW_FORMATS (SELECT, ASK) or TRIPLE_FORMATS (CONSTRUCT, DESCRIBE), UTF-8.

    Raises BadParameter where the format does not fit the form of the query.
    """
    results = _evaluate(kg, query, as_of, parameters)
    try:
        if isinstance(results, QueryTriples) and file_format in TRIPLE_FORMATS:
            return _sorted_triples(kg, results, TRIPLE_FORMATS[file_format])
        if not isinstance(results, QueryTriples) and file_format in ROW_FORMATS:
            return results.serialize(format=ROW_FORMATS[file_format]) or b""
    except (OSError, RuntimeError, ValueError) as failed:
        raise QueryFailed(str(failed)) from failed
    wanted = TRIPLE_FORMATS if isinstance(results, QueryTriples) else ROW_FORMATS
    raise BadParameter(f"this query cannot be written as {file_format}; formats: {', '.join(wanted)}")


def gives_triples(kg: KnowledgeGraph, query: str, /, *, as_of: int | None = None, **parameters: str) -> bool:
    """Return whether the query is a CONSTRUCT or DESCRIBE."""
    return isinstance(_evaluate(kg, query, as_of, parameters), QueryTriples)


def refuse_forbidden(sparql: str) -> None:
    """Raise ForbiddenQuery for text that would dial out, write, or is built to exhaust the parser.

    >>> refuse_forbidden("SELECT * WHERE { ?s rdfs:label 'LOAD' }")
    """
    if len(sparql) > LONGEST_QUERY:
        raise ForbiddenQuery(f"the query has {len(sparql)} characters; at most {LONGEST_QUERY} are accepted")
    bare = _NO_KEYWORDS.sub(" ", sparql)
    found = _FORBIDDEN.search(bare)
    if found:
        raise ForbiddenQuery(
            f"{found[1].upper()} is refused: queries read this graph only; GRAPH <…> selects a named graph"
        )
    deepest = _deepest_nesting(bare)
    if deepest > DEEPEST_NESTING:
        raise ForbiddenQuery(f"brackets are nested {deepest} deep; at most {DEEPEST_NESTING} are accepted")
    parts = sum(bare.count(sign) for sign in "{.;,/|!")
    if parts > MOST_PARTS:
        raise ForbiddenQuery(f"the query has {parts} parts ({{ . ; , / | !); at most {MOST_PARTS} are accepted")


def _deepest_nesting(bare: str) -> int:
    depth = deepest = 0
    for character in bare:
        depth += (character in "({[") - (character in ")}]")
        deepest = max(deepest, depth)
    return deepest


def _evaluate(kg: KnowledgeGraph, query: str, as_of: int | None, parameters: Mapping[str, str]) -> Any:
    if query in named_queries() or re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", query):
        named = named_query(query)
        values = {name: str(term) for name, term in _bindings(kg, named, as_of, parameters).items()}
        return _ask(kg, named.with_values(values))
    if parameters:
        raise BadParameter("parameters go with a named question; write values into free SPARQL")
    refuse_forbidden(query)
    query = _with_whole_iris(kg, query)
    return _ask(kg, query) if as_of is None else _ask_as_of(kg, query, _year(str(as_of)))


def _with_whole_iris(kg: KnowledgeGraph, sparql: str) -> str:
    """Write out prefixed names with two or more dots (pairing:a.b.c): legal SPARQL that the engine does not parse."""
    declared = set(_DECLARED.findall(sparql))

    def whole(token: re.Match[str]) -> str:
        space = kg.iris.prefixes.get(token["prefix"] or "")
        return token[0] if space is None or token["prefix"] in declared else f"<{space}{token['local']}>"

    return _DOTTED.sub(whole, sparql)


def _ask_as_of(kg: KnowledgeGraph, sparql: str, year: Literal) -> Any:
    """Answer free SPARQL with ``?year`` bound; where it is selected, the year fills its column."""
    written = _YEAR.sub(lambda token: year.value if token["year"] else token[0], sparql)
    if written == sparql:
        raise BadParameter("the query has no ?year for a year to stand in; write one, e.g. coop:inForceIn ?year")
    try:
        return _ask(kg, sparql, {Variable("year"): year})
    except QueryFailed as failed:
        # the engine binds selected variables only
        if "SELECT projection" not in str(failed):
            raise
        return _ask(kg, written)


def _ask(kg: KnowledgeGraph, sparql: str, values: Mapping[Variable, Literal] | None = None) -> Any:
    try:
        return kg.store.query(
            sparql,
            prefixes=kg.iris.prefixes,
            base_iri=kg.iris.base,
            use_default_graph_as_union=True,
            substitutions=dict(values or {}),
        )
    except SyntaxError as bad:
        place = _PLACE_OF_FAULT.search(str(bad))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        raise MalformedQuery(str(bad), line, column) from bad
    except (OSError, RuntimeError, ValueError) as failed:
        raise QueryFailed(str(failed)) from failed


def _bindings(
    kg: KnowledgeGraph, named: NamedQuery, as_of: int | None, given: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    known = {parameter.name: parameter for parameter in named.parameters}
    unknown = sorted(set(given) - set(known))
    if unknown:
        takes = ", ".join(known) or "none"
        raise BadParameter(f"{named.name} has no parameter {', '.join(unknown)}; it takes: {takes}")
    values = dict(given)
    if as_of is not None:
        if "year" not in known:
            raise BadParameter(f"{named.name} does not depend on a year; leave --as-of out")
        if "year" in values:
            raise BadParameter("the year is given twice: as parameter and as --as-of")
        values["year"] = str(as_of)
    bound: dict[str, NamedNode | Literal] = {}
    for parameter in named.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise BadParameter(f"{named.name} needs {parameter.name}: {parameter.en} / {parameter.zh}")
        if value != "any" or parameter.name in values:
            bound[parameter.name] = _term(kg, parameter, value)
    return bound


def _term(kg: KnowledgeGraph, parameter: Parameter, value: str) -> NamedNode | Literal:
    kind, _, detail = parameter.type.partition(":")
    match kind:
        case "integer":
            return _year(kg.corpus.dataset.horizon if value == "horizon" else value)
        case "name":
            return _thing(kg, parameter, value, detail)
        case "concept":
            return _concept(parameter, value, detail)
        case "lang" if value not in LANGUAGES:
            raise BadParameter(f"{parameter.name}: no names in {value!r}; known: {', '.join(LANGUAGES)}")
        case _:
            return Literal(value)


def _year(text: str) -> Literal:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise BadParameter(f"{text!r} is not a whole number, such as 2018")
    return Literal(str(int(text)), datatype=XSD.integer)


def _thing(kg: KnowledgeGraph, parameter: Parameter, value: str, kind: str) -> NamedNode:
    """Return the one thing of that name, of one kind where the parameter asks for one."""
    named = find_things(kg, value)
    found = [thing for thing in named if kind in ("", thing[0])]
    if len(found) == 1:
        return kg.iris.thing(*found[0][:2])
    listed = "; ".join(f"{kind}/{identifier} {name}" for kind, identifier, name in found or named)
    if found:
        example = f"{found[0][0]}/{found[0][1]}"
        raise BadParameter(f"{parameter.name}: {value!r} may mean {listed}; give the id, e.g. {example}")
    if named:
        raise BadParameter(f"{parameter.name}: {value!r} is no {kind} but {listed}")
    raise BadParameter(f"{parameter.name}: nothing is called {value!r}; try ckg query find --param text={value}")


def _concept(parameter: Parameter, value: str, scheme: str) -> NamedNode:
    concepts = load_ontology().concepts[scheme]
    for notation, concept in concepts.items():
        if value in (notation, concept.zh, concept.en):
            return concept_iri(scheme, notation)
    raise BadParameter(f"{parameter.name}: no {scheme} {value!r}; known: {', '.join(concepts)}")


def _sorted_triples(kg: KnowledgeGraph, triples: QueryTriples, rdf_format: RdfFormat) -> bytes:
    from pyoxigraph import serialize

    ordered = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    return serialize(ordered, format=rdf_format, prefixes=used_prefixes(kg.iris.prefixes, ordered)) or b""


def used_prefixes(prefixes: Mapping[str, str], triples: Any) -> dict[str, str]:
    """Return the prefixes that some IRI of these triples or quads begins with."""
    iris = {
        node.value
        for triple in triples
        for node in (triple.subject, triple.predicate, triple.object)
        if isinstance(node, NamedNode)
    }
    datatypes = {t.object.datatype.value for t in triples if isinstance(t.object, Literal)}
    return {p: iri for p, iri in prefixes.items() if any(i.startswith(iri) for i in iris | datatypes)}
