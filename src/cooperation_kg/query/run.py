"""Ask the graph: a named question or free SPARQL in, rows or triples out.

Queries of strangers never dial out or write: SERVICE, LOAD, remote FROM and updates are refused before the
engine sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from cooperation_kg.errors import BadParameter, ForbiddenQuery, MalformedQuery, QueryFailed
from cooperation_kg.graph.asof import SHOWN, AsOf, parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.graph.vocabulary import XSD, concept_iri
from cooperation_kg.ontology import LANGUAGES, load_ontology
from cooperation_kg.query.library import TIME_VARIABLES, NamedQuery, Parameter, named_queries, named_query
from cooperation_kg.query.lookup import find_things
from cooperation_kg.query.table import Table, python_value
from cooperation_kg.query.ways import by_identifier

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
_TIME = re.compile(rf"{_NO_KEYWORDS.pattern}|[?$](?P<variable>{'|'.join(TIME_VARIABLES)})\b", re.DOTALL)
_DOTTED = re.compile(
    rf"{_NO_KEYWORDS.pattern}|(?<![\w:?$.-])(?P<prefix>[a-z]+):(?P<local>[\w-]+(?:\.[\w-]+){{2,}})", re.DOTALL
)
_DECLARED = re.compile(r"\bPREFIX\s+(\w+):", re.IGNORECASE)
_PLACE_OF_FAULT = re.compile(r"error at (\d+):(\d+)")


Time = int | str | AsOf | None
"""A time to ask about: 2018, "2018-04", "2016/2020", or one with the statuses that are wanted."""


def run_query(kg: KnowledgeGraph, query: str, /, *, as_of: Time = None, **parameters: str | int) -> Table:
    """Answer a named question or a SELECT (or ASK) query with a table.

    Parameters
    ----------
    kg: the graph.
    query: the name of a question of the library, or SPARQL text.
    as_of: a time. A named question that takes a time, and free SPARQL with ``?year``, ``?first_day`` or ``?last_day``,
        have it as value; any other question is asked of the graph as of that time (``graph/view.py``), and so is
        every question where fewer statuses are wanted. A question that takes a time has the horizon as its default.
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


def query_text(kg: KnowledgeGraph, query: str, file_format: str, /, *, as_of: Time = None, **parameters: str) -> bytes:
    """Answer a query in one of ROW_FORMATS (SELECT, ASK) or TRIPLE_FORMATS (CONSTRUCT, DESCRIBE), UTF-8.

    Raises BadParameter where the format does not fit the form of the query.
    """
    results = _evaluate(kg, query, as_of, parameters)
    try:
        if isinstance(results, QueryTriples) and file_format in TRIPLE_FORMATS:
            return sorted_triples(kg, results, file_format)
        if not isinstance(results, QueryTriples) and file_format in ROW_FORMATS:
            return results.serialize(format=ROW_FORMATS[file_format]) or b""
    except (OSError, RuntimeError, ValueError) as failed:
        raise QueryFailed(str(failed)) from failed
    wanted = TRIPLE_FORMATS if isinstance(results, QueryTriples) else ROW_FORMATS
    raise BadParameter(f"this query cannot be written as {file_format}; formats: {', '.join(wanted)}")


def gives_triples(kg: KnowledgeGraph, query: str) -> bool:
    """Return whether the query is a CONSTRUCT or DESCRIBE, by its text; a named question is not."""
    if _is_name(query):
        return False
    refuse_forbidden(query)
    return isinstance(_asked_of(Store(), kg, with_whole_iris(query, kg.iris.prefixes)), QueryTriples)


def refuse_forbidden(sparql: str, *, selects_graphs: bool = False) -> None:
    """Raise ForbiddenQuery for text that would dial out, write, or is built to exhaust the parser.

    Parameters
    ----------
    selects_graphs: accept FROM and FROM NAMED. The engine then takes graphs of its own store, and fetches nothing;
        what it has no graph of that name for is empty.

    >>> refuse_forbidden("SELECT * WHERE { ?s rdfs:label 'LOAD' }")
    """
    if len(sparql) > LONGEST_QUERY:
        raise ForbiddenQuery(f"the query has {len(sparql)} characters; at most {LONGEST_QUERY} are accepted")
    bare = _NO_KEYWORDS.sub(" ", sparql)
    words = (found for found in _FORBIDDEN.finditer(bare) if not (selects_graphs and found[1].upper() == "FROM"))
    if found := next(words, None):
        raise ForbiddenQuery(
            f"{found[1].upper()} is refused: queries read this graph only; GRAPH <…> selects a named graph"
        )
    deepest = _deepest_nesting(bare)
    if deepest > DEEPEST_NESTING:
        raise ForbiddenQuery(f"brackets are nested {deepest} deep; at most {DEEPEST_NESTING} are accepted")
    parts = sum(bare.count(sign) for sign in "{.;,/|!")
    if parts > MOST_PARTS:
        raise ForbiddenQuery(f"the query has {parts} parts ({{ . ; , / | !); at most {MOST_PARTS} are accepted")


def has_from(sparql: str) -> bool:
    """Return whether a query names graphs with FROM.

    >>> has_from("SELECT * FROM <a> {}"), has_from("SELECT ?from { ?s ?p 'FROM' }")
    (True, False)
    """
    return any(found[1].upper() == "FROM" for found in _FORBIDDEN.finditer(_NO_KEYWORDS.sub(" ", sparql)))


def _deepest_nesting(bare: str) -> int:
    depth = deepest = 0
    for character in bare:
        depth += (character in "({[") - (character in ")}]")
        deepest = max(deepest, depth)
    return deepest


def written_query(kg: KnowledgeGraph, query: str, /, *, as_of: Time = None, **parameters: str) -> str:
    """Return the SPARQL of a question with values, time and prefixes written into it, for any engine.

    Raises what ``run_query`` raises, and BadParameter for a time that the graph would have to be narrowed to.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> 'coop:shownIn "2018"' in written_query(kg, "pairings", as_of=2018)
    True
    """
    asked = as_of if as_of is None or isinstance(as_of, AsOf) else parse_as_of(as_of)
    if _is_name(query):
        named = named_query(query)
        takes_time = any(p.type == "time" for p in named.parameters)
        values = {name: str(term) for name, term in _bindings(kg, named, asked, parameters).items()}
        text = named.with_constants(values)
    else:
        if parameters:
            raise BadParameter("parameters go with a named question; write values into free SPARQL")
        refuse_forbidden(query)
        takes_time = bool(time_variables(query))
        text = with_time(query, asked)[1] if asked is not None and takes_time else query
        text = with_whole_iris(text, kg.iris.prefixes)
    if asked is not None and (not takes_time or asked.statuses != SHOWN):
        raise BadParameter("this question takes no time, and a graph elsewhere is not narrowed to one; ask by ?year")
    declared = set(_DECLARED.findall(text))
    used = {p: i for p, i in kg.iris.prefixes.items() if p not in declared and re.search(rf"(?<![\w-]){p}:", text)}
    # on one line, so that faults are reported at the line where they stand
    text = "".join(f"PREFIX {prefix}: <{space}> " for prefix, space in used.items()) + text
    try:
        Store().query(text, base_iri=kg.iris.base)
    except SyntaxError as bad:
        raise MalformedQuery(str(bad)) from bad
    return text


def _evaluate(kg: KnowledgeGraph, query: str, as_of: Time, parameters: Mapping[str, str]) -> Any:
    asked = as_of if as_of is None or isinstance(as_of, AsOf) else parse_as_of(as_of)
    if asked is not None and asked.statuses != SHOWN:
        kg = as_of_view(kg, asked)
    if _is_name(query):
        named = named_query(query)
        values = {name: str(term) for name, term in _bindings(kg, named, asked, parameters).items()}
        return _ask(_at_time(kg, asked, any(p.type == "time" for p in named.parameters)), named.with_values(values))
    if parameters:
        raise BadParameter("parameters go with a named question; write values into free SPARQL")
    refuse_forbidden(query)
    query = with_whole_iris(query, kg.iris.prefixes)
    variables = time_variables(query)
    kg = _at_time(kg, asked, bool(variables))
    return _ask_as_of(kg, query, asked) if asked is not None and variables else _ask(kg, query)


def _is_name(query: str) -> bool:
    """Return whether this is the name of a question, be it there or not; no SPARQL is one word."""
    return query in named_queries() or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", query))


def _at_time(kg: KnowledgeGraph, asked: AsOf | None, takes_time: bool) -> KnowledgeGraph:
    """Return the graph to ask: narrowed to the time where the question itself takes none."""
    return kg if asked is None or takes_time or kg.as_of == asked else as_of_view(kg, asked)


def with_whole_iris(sparql: str, prefixes: Mapping[str, str]) -> str:
    """Write out prefixed names with two or more dots (pairing:a.b.c): legal SPARQL that the engine does not parse."""
    declared = set(_DECLARED.findall(sparql))

    def whole(token: re.Match[str]) -> str:
        space = prefixes.get(token["prefix"] or "")
        return token[0] if space is None or token["prefix"] in declared else f"<{space}{token['local']}>"

    return _DOTTED.sub(whole, sparql)


def time_variables(sparql: str) -> set[str]:
    """Return the variables of a query that stand for the time asked about (TIME_VARIABLES)."""
    return {token["variable"] for token in _TIME.finditer(sparql) if token["variable"]}


def with_time(sparql: str, asked: AsOf) -> tuple[dict[str, Literal], str]:
    """Return the values of the time that a query asks by, and the query with these written into it.

    Raises BadParameter for ?year where no whole year is asked about.
    """
    variables = time_variables(sparql)
    if "year" in variables and not asked.is_year and not {"first_day", "last_day"} & set(variables):
        raise BadParameter(
            f"the query asks by ?year, and {asked.text} is no whole year; write ?first_day and ?last_day, "
            "e.g. FILTER(?from <= ?last_day && ?to >= ?first_day)"
        )
    values = {name: term for name, term in _time_terms(asked).items() if name in variables}
    return values, _TIME.sub(lambda token: str(values[token["variable"]]) if token["variable"] else token[0], sparql)


def _ask_as_of(kg: KnowledgeGraph, sparql: str, asked: AsOf) -> Any:
    """Answer free SPARQL with the time bound; where a variable of it is selected, the value fills its column."""
    values, written = with_time(sparql, asked)
    try:
        return _ask(kg, sparql, {Variable(name): term for name, term in values.items()})
    except QueryFailed as failed:
        # the engine binds selected variables only
        if "SELECT projection" not in str(failed):
            raise
        return _ask(kg, written)


def _time_terms(asked: AsOf) -> dict[str, Literal]:
    """Return the values of TIME_VARIABLES."""
    return {
        "first_day": Literal(asked.first_day.isoformat(), datatype=XSD.date),
        "last_day": Literal(asked.last_day.isoformat(), datatype=XSD.date),
        "year": Literal(str(asked.year), datatype=XSD.integer),
    }


def _ask(kg: KnowledgeGraph, sparql: str, values: Mapping[Variable, Literal] | None = None) -> Any:
    return _asked_of(kg.store, kg, sparql, values)


def _asked_of(store: Store, kg: KnowledgeGraph, sparql: str, values: Mapping[Variable, Literal] | None = None) -> Any:
    try:
        return store.query(
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
    kg: KnowledgeGraph, named: NamedQuery, as_of: AsOf | None, given: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    """Return the value of every variable that a parameter stands for, defaults included."""
    known = {parameter.name: parameter for parameter in named.parameters}
    unknown = sorted(set(given) - set(known))
    if unknown:
        takes = ", ".join(known) or "none"
        raise BadParameter(f"{named.name} has no parameter {', '.join(unknown)}; it takes: {takes}")
    bound: dict[str, NamedNode | Literal] = {}
    for parameter in named.parameters:
        if parameter.type == "time":
            bound |= _asked_or_default(kg, parameter, as_of, given.get(parameter.name))
            continue
        value = given.get(parameter.name, parameter.default)
        if value is None:
            raise BadParameter(f"{named.name} needs {parameter.name}: {parameter.en} / {parameter.zh}")
        if value != "any" or parameter.name in given:
            bound[parameter.name] = _term(kg, parameter, value)
    return bound


def _asked_or_default(
    kg: KnowledgeGraph, parameter: Parameter, as_of: AsOf | None, given: str | None
) -> dict[str, Literal]:
    if as_of is not None and given is not None:
        raise BadParameter("the time is given twice: as parameter and as --as-of")
    if as_of is None:
        default = kg.corpus.dataset.horizon if parameter.default == "horizon" else None
        text = given or default
        as_of = parse_as_of(text) if text else None
    return _time_terms(as_of) if as_of else {}


def _term(kg: KnowledgeGraph, parameter: Parameter, value: str) -> NamedNode | Literal:
    kind, _, detail = parameter.type.partition(":")
    match kind:
        case "name":
            return _thing(kg, parameter, value, detail)
        case "concept":
            return _concept(parameter, value, detail)
        case "lang" if value not in LANGUAGES:
            raise BadParameter(f"{parameter.name}: no names in {value!r}; known: {', '.join(LANGUAGES)}")
        case _:
            return Literal(value)


def _thing(kg: KnowledgeGraph, parameter: Parameter, value: str, kind: str) -> NamedNode:
    """Return the one thing of that name, of one kind where the parameter asks for one."""
    named = find_things(kg, value) or by_identifier(kg, value)
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


def sorted_triples(kg: KnowledgeGraph, triples: Iterable[Triple], file_format: str) -> bytes:
    """Write triples in one of TRIPLE_FORMATS, each once, in the same order every time."""
    ordered = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    prefixes = used_prefixes(kg.iris.prefixes, ordered)
    return serialize(ordered, format=TRIPLE_FORMATS[file_format], prefixes=prefixes) or b""


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
