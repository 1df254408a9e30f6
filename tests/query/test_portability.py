"""The shipped questions keep to what engines answer alike, and can be pasted into any of them as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat
from rdflib import Dataset, URIRef

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.library import named_queries, read_query
from cooperation_kg.query.run import refuse_forbidden, run_query

QUESTIONS = sorted(named_queries())
NEEDED = {
    "pairing": "海山",
    "place": "海州",
    "programme": "test-east-west",
    "policy": "1996-report",
    "text": "海",
    "thing": "海山",
}
CLEAN = """# zh: 题
# en: Title
# param: place | name | any | 地区 | a place
PREFIX coop: <https://w3id.org/cooperation-kg/def#>
SELECT ?pairing WHERE { VALUES ?place { UNDEF } ?pairing coop:party ?place } ORDER BY ?pairing
"""


def faults_of(name: str, sparql: str) -> Iterator[str]:
    """Yield what keeps a question from being portable."""
    body = "\n".join(line for line in sparql.splitlines() if not line.startswith("#"))
    bare = re.sub(r'"[^"\n]*"|<[^>\s]*>', " ", body)
    declared = set(re.findall(r"^PREFIX ([\w-]+):", body, re.MULTILINE))
    used = set(re.findall(r"(?<![\w?-])([a-z][\w-]*):(?=\w)", re.sub(r"^PREFIX.*$", "", bare, flags=re.MULTILINE)))
    if declared != used:
        yield f"prefixes declared and used differ: {sorted(declared ^ used)}"
    if not re.search(r"\bORDER BY\b", bare):
        yield "no ORDER BY: the rows of two runs may differ"
    if re.search(r"gYear", body):
        yield "xsd:gYear: rdflib compares it with nothing"
    if any("SEPARATOR" not in call for call in re.findall(r"GROUP_CONCAT\s*\([^)]*\)", bare)):
        yield "GROUP_CONCAT without SEPARATOR"
    if any(not is_bound for is_bound in paths_of_any_length(re.sub(r"COUNT\(\*\)", "", bare))):
        yield "a path of any length: unbound at its start it fails on Virtuoso"
    for parameter in read_query(f"{name}.rq", sparql).parameters:
        for variable in parameter.variables:
            if not re.search(rf"VALUES \?{variable} \{{ [^{{}}\n]* \}}", body):
                yield f"parameter {parameter.name} has no line VALUES ?{variable} {{ … }}"
    for column in re.findall(r"\?(\w+)", bare.split("WHERE")[0]):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", column):
            yield f"column {column} is not lower case"


def paths_of_any_length(sparql: str) -> Iterator[bool]:
    """Yield for each path of any length whether the variable at its start stands before it in the same group."""
    for path in re.finditer(r"(?<=[\w)])[*+?](?=[\s/|)])", sparql):
        start = re.search(r"\?(\w+) [\w:|/()^]+$", sparql[: path.start()])
        group = sparql[: start.start()].rpartition("{")[2] if start else ""
        yield start is not None and re.search(rf"\?{start[1]}\b", group) is not None


def test_the_lint_passes_a_clean_question() -> None:
    assert list(faults_of("a", CLEAN)) == []


def test_the_lint_passes_a_path_of_any_length_that_begins_at_what_is_bound() -> None:
    told = CLEAN.replace("?pairing coop:party ?place }", "?pairing coop:party ?in . ?in coop:within+ ?place }")
    assert list(faults_of("a", told)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (" ORDER BY ?pairing", "", "ORDER BY"),
        ("coop:party ?place", 'coop:party ?place FILTER(?y = "2018"^^xsd:gYear)', "gYear"),
        ("coop:party ?place", "coop:party ?place ; rdfs:label ?label", "prefixes"),
        ("coop:party ?place", "coop:implements+ ?place", "any length"),
        ("coop:party ?place", "coop:implements*/coop:party ?place", "any length"),
        ("SELECT ?pairing", "SELECT (GROUP_CONCAT(?pairing) AS ?pairings)", "SEPARATOR"),
        ("SELECT ?pairing", "SELECT (?pairing AS ?Pairing)", "lower case"),
        ("VALUES ?place { UNDEF } ", "", "VALUES"),
    ],
)
def test_the_lint_catches(old: str, new: str, said: str) -> None:
    assert old in CLEAN
    assert any(said in fault for fault in faults_of("a", CLEAN.replace(old, new)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_shipped_question_is_portable(question: str) -> None:
    assert list(faults_of(question, named_queries()[question].sparql)) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_shipped_question_passes_the_filter_for_strangers(question: str) -> None:
    refuse_forbidden(named_queries()[question].sparql)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_shipped_question_runs_as_it_stands_with_its_own_prefixes(kg: KnowledgeGraph, question: str) -> None:
    results = kg.store.query(named_queries()[question].sparql, use_default_graph_as_union=True)
    assert isinstance(results, QuerySolutions)
    # the example text is not in the tiny world
    assert question == "find" or len(list(results)) > 0


@pytest.fixture(scope="module")
def kg(mini: KnowledgeGraph) -> KnowledgeGraph:
    return mini


@pytest.fixture(scope="module")
def rdflib_dataset(kg: KnowledgeGraph) -> Dataset:
    """The same quads in rdflib's own store, asked with rdflib's own engine."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=kg.store.dump(format=RdfFormat.N_QUADS) or b"", format="nquads")
    return dataset


@pytest.mark.parametrize("question", QUESTIONS)
def test_rdflib_gives_the_same_rows_in_the_same_order(
    kg: KnowledgeGraph, rdflib_dataset: Dataset, question: str
) -> None:
    named = named_queries()[question]
    # English, so that the language passes through every part of the query that needs it
    given = {p.name: NEEDED.get(p.name, "en") for p in named.parameters if p.default is None or p.name == "lang"}
    table = run_query(kg, question, **given)  # type: ignore[arg-type]
    values = {name: _written(kg, name, value) for name, value in given.items()}
    if "as_of" in {p.name for p in named.parameters if p.default == "horizon"}:
        year = kg.corpus.dataset.horizon
        values |= {"year": year, "first_day": f'"{year}-01-01"^^xsd:date', "last_day": f'"{year}-12-31"^^xsd:date'}
    result = rdflib_dataset.query(named.with_values(values))
    theirs = [tuple(_of_rdflib(row.get(v)) for v in result.vars or []) for row in result.bindings]
    ours = [tuple(_of_oxigraph(row[name]) for name in table.columns) for row in table.terms]
    assert theirs == ours


def _written(kg: KnowledgeGraph, name: str, value: str) -> str:
    if name in ("lang", "text"):
        return f'"{value}"'
    name = "pairing" if name == "thing" else name
    pairing = "test-east-west.haizhou.shanyuan"
    identifier = {"pairing": pairing, "place": "haizhou"}.get(name, value)
    return f"<{kg.iris.thing(name, identifier).value}>"


def _of_oxigraph(term: Any) -> Any:
    if isinstance(term, Literal):
        return term.value, term.language, term.datatype.value if not term.language else None
    return term.value if isinstance(term, NamedNode) else None


def _of_rdflib(term: Any) -> Any:
    if term is None or isinstance(term, URIRef):
        return None if term is None else str(term)
    plain = "http://www.w3.org/2001/XMLSchema#string"
    return str(term), term.language, None if term.language else str(term.datatype or plain)
