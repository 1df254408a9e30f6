"""Asking: parameters, refusals, malformed queries and the formats that others read."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import rdflib

from cooperation_kg.errors import BadParameter, ForbiddenQuery, MalformedQuery, QueryFailed, UnknownQuery
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.run import gives_triples, query_text, refuse_forbidden, run_query

NAMES = 'SELECT ?name WHERE { place:haizhou rdfs:label ?name FILTER(LANG(?name) = "zh") }'
LABELS = "CONSTRUCT { ?place rdfs:label ?name } WHERE { ?place a coop:Place ; rdfs:label ?name }"
SPARQL_XML = {"s": "http://www.w3.org/2005/sparql-results#"}


def test_free_sparql_knows_the_prefixes_of_terms_and_things(mini: KnowledgeGraph) -> None:
    assert run_query(mini, NAMES).rows == ({"name": "海州省"},)


def test_an_ask_gives_one_truth_value(mini: KnowledgeGraph) -> None:
    assert run_query(mini, "ASK { place:haizhou a coop:Place }").rows == ({"ask": True},)


def test_values_come_as_python_values_and_unbound_ones_as_none(mini: KnowledgeGraph) -> None:
    sparql = "SELECT * WHERE { VALUES (?a ?b ?c ?d ?e) { (1 2.50 true '2018-05-20'^^xsd:date UNDEF) } }"
    expected = {"a": 1, "b": Decimal("2.5"), "c": True, "d": date(2018, 5, 20), "e": None}
    assert run_query(mini, sparql).rows == (expected,)


# --- the year


def test_as_of_stands_for_the_year_of_free_sparql(mini: KnowledgeGraph) -> None:
    sparql = "SELECT ?pairing WHERE { ?pairing coop:inForceIn ?year } ORDER BY ?pairing"
    found = run_query(mini, sparql, as_of=2022).column("pairing")
    assert found == (mini.iris.thing("pairing", "test-east-west.case-study.m-district.case-study.w-county").value,)


def test_as_of_fills_the_column_where_the_year_is_selected(mini: KnowledgeGraph) -> None:
    sparql = "SELECT ?year (COUNT(?pairing) AS ?n) WHERE { ?pairing coop:inForceIn ?year } GROUP BY ?year"
    assert run_query(mini, sparql, as_of=2022).rows == ({"year": 2022, "n": 1},)


def test_as_of_reaches_into_inner_selects_and_leaves_texts_alone(mini: KnowledgeGraph) -> None:
    sparql = 'SELECT ("?year" AS ?t) ?p { { SELECT ?p WHERE { ?p coop:inForceIn $year } } } # ?year'
    assert [row["t"] for row in run_query(mini, sparql, as_of=2022)] == ["?year"]


def test_a_day_stands_for_first_and_last_day_of_free_sparql(mini: KnowledgeGraph) -> None:
    sparql = (
        "SELECT DISTINCT ?pairing WHERE { ?pairing coop:term/coop:possibleFrom ?from FILTER(?from <= ?last_day) "
        "?pairing coop:term/coop:possibleTo ?to FILTER(?to >= ?first_day) } ORDER BY ?pairing"
    )
    found = {str(iri).rsplit("/", 1)[1] for iri in run_query(mini, sparql, as_of="1996-07-15").column("pairing")}
    assert found == {"test-east-west.haizhou.shanyuan"}


def test_a_month_is_refused_where_free_sparql_asks_by_year(mini: KnowledgeGraph) -> None:
    with pytest.raises(BadParameter, match="2018-04 is no whole year"):
        run_query(mini, "SELECT ?pairing WHERE { ?pairing coop:inForceIn ?year }", as_of="2018-04")


def test_a_query_without_a_time_of_its_own_is_asked_of_the_graph_as_of_that_time(mini: KnowledgeGraph) -> None:
    every = "SELECT ?pairing WHERE { ?pairing a coop:Pairing }"
    assert len(run_query(mini, every)) == 6
    assert len(run_query(mini, every, as_of=2018)) == 5  # all but the one that began in 2021


def test_fewer_statuses_narrow_any_question(mini: KnowledgeGraph) -> None:
    certain = run_query(mini, "pairings", as_of=parse_as_of(2018, ["certain"]))
    assert set(certain.column("status")) == {"certain"}
    assert len(certain) == 3


def test_a_question_that_takes_a_time_has_the_horizon_as_default(mini: KnowledgeGraph) -> None:
    assert run_query(mini, "pairings").rows == run_query(mini, "pairings", as_of=2024).rows


# --- parameters


@pytest.mark.parametrize(
    ("question", "parameters", "said"),
    [
        ("pairings", {"as_of": "twenty"}, '"twenty" is none of the forms'),
        ("pairings", {"as_of": "2018~"}, "leaves the time open"),
        ("pairings", {"lang": "fr"}, "known: zh, en"),
        ("pairings", {"place": "海州"}, "pairings has no parameter place; it takes: as_of, lang"),
        ("pairings-by-year", {"lang": "zh"}, "it takes: none"),
        ("pairings-of", {}, "pairings-of needs place"),
        ("pairings-of", {"place": "不存在"}, "nothing is called '不存在'"),
        ("pairing-figures", {"pairing": "海州"}, "'海州' is no pairing but place/haizhou 海州省"),
        ("figures", {"measure": "财政"}, "no measure '财政'; known: fiscal-aid"),
        (NAMES, {"lang": "zh"}, "parameters go with a named question"),
    ],
)
def test_a_wrong_parameter_says_what_would_be_right(
    mini: KnowledgeGraph, question: str, parameters: dict[str, str], said: str
) -> None:
    with pytest.raises(BadParameter) as caught:
        run_query(mini, question, **parameters)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_an_unknown_question_is_not_taken_for_sparql(mini: KnowledgeGraph) -> None:
    with pytest.raises(UnknownQuery):
        run_query(mini, "who-supports-whom")


def test_a_value_is_a_value_whatever_it_says(mini: KnowledgeGraph) -> None:
    hostile = '" } UNION { ?thing ?p ?o } #\n\\" <x>'
    assert run_query(mini, "find", text=hostile).rows == ()


# --- refusals


@pytest.mark.parametrize(
    ("sparql", "keyword"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("SELECT * FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }", "FROM"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("CLEAR ALL", "CLEAR"),
        ("DROP GRAPH <a:a>", "DROP"),
        ("ASK {} # harmless\n;CREATE GRAPH <a:a>", "CREATE"),
        # an escaped quote or hash in a name begins no string and no comment
        (r"PREFIX e: <a:> ASK { e:a\' e:b 1 . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } FILTER('' = '') }", "SERVICE"),
        (r"PREFIX e: <a:> ASK { e:a\# e:b 1 . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("""ASK { FILTER("a\\"" = "") SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }""", "SERVICE"),
        ("ASK { FILTER('''a''b''' = '') SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { FILTER(1 < 2) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } FILTER(2 > 1) }", "SERVICE"),
    ],
)
def test_a_query_that_would_dial_out_or_write_is_refused(mini: KnowledgeGraph, sparql: str, keyword: str) -> None:
    with pytest.raises(ForbiddenQuery, match=f"{keyword} is refused"):
        run_query(mini, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { ?s rdfs:label 'LOAD and SERVICE' }",
        'ASK { ?s rdfs:label """INSERT\n"DROP" it""" }',
        "ASK { ?s rdfs:label ?service ; rdfs:comment $from }",
        "ASK { ?s coop:from ?o }",
        "PREFIX add: <https://example.org/add#> ASK { ?s add:load ?o }",
        "ASK { ?s <https://example.org/SERVICE/FROM> ?o } # DELETE",
        "ASK { ?s rdfs:label 'x'@load }",
    ],
)
def test_a_keyword_in_a_text_a_name_a_variable_or_a_comment_is_harmless(mini: KnowledgeGraph, sparql: str) -> None:
    assert run_query(mini, sparql).rows == ({"ask": "coop:from" in sparql},)


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("ASK {" + " " * 20_000 + "}", "at most 20000"),
        ("ASK " + "{" * 61 + "}" * 61, "nested 61 deep; at most 60"),
        ("ASK { FILTER(" + "(" * 70 + "1" + ")" * 70 + ") }", "at most 60"),
        # each of these ends the process where it reaches the engine
        ("ASK { FILTER(" + "!" * 19_000 + "true) }", "at most 300"),
        ("ASK { " + "MINUS {} " * 2_200 + "}", "at most 300"),
        ("ASK { ?s " + "a/" * 9_000 + "a ?o }", "at most 300"),
    ],
)
def test_a_query_built_to_exhaust_the_engine_is_refused(sparql: str, said: str) -> None:
    with pytest.raises(ForbiddenQuery) as caught:
        refuse_forbidden(sparql)
    assert said in str(caught.value)


def test_brackets_in_texts_do_not_count_as_nesting(mini: KnowledgeGraph) -> None:
    assert run_query(mini, f"ASK {{ ?s rdfs:label '{'{' * 500}' }}").rows == ({"ask": False},)


# --- malformed


@pytest.mark.parametrize(
    ("sparql", "line", "first_wrong"),
    [("SELECT * {", 1, 11), ("SELECT *\nWHERE { ?s ?p }", 2, 15)],
)
def test_malformed_sparql_says_on_which_line_and_no_earlier_than_the_fault(
    mini: KnowledgeGraph, sparql: str, line: int, first_wrong: int
) -> None:
    with pytest.raises(MalformedQuery) as caught:
        run_query(mini, sparql)
    assert caught.value.line == line
    assert first_wrong <= caught.value.column <= first_wrong + 1


@pytest.mark.parametrize("sparql", ["", " ", "SELECT ?a (1 AS ?a) {}", "ASK { unknown:a a 1 }", "\x00"])
def test_text_that_is_no_query_is_malformed(mini: KnowledgeGraph, sparql: str) -> None:
    with pytest.raises((MalformedQuery, QueryFailed)):
        run_query(mini, sparql)


# --- formats


def test_csv_and_tsv_have_a_header_and_one_line_a_row(mini: KnowledgeGraph) -> None:
    rows = list(csv.reader(io.StringIO(query_text(mini, NAMES, "csv").decode())))
    assert rows == [["name"], ["海州省"]]
    assert query_text(mini, NAMES, "tsv").decode() == '?name\n"海州省"@zh\n'


def test_json_reads_back(mini: KnowledgeGraph) -> None:
    results = json.loads(query_text(mini, NAMES, "json"))
    assert results["head"]["vars"] == ["name"]
    assert results["results"]["bindings"] == [{"name": {"type": "literal", "value": "海州省", "xml:lang": "zh"}}]


def test_xml_reads_back(mini: KnowledgeGraph) -> None:
    root = ElementTree.fromstring(query_text(mini, NAMES, "xml"))
    assert [literal.text for literal in root.iterfind(".//s:literal", SPARQL_XML)] == ["海州省"]


@pytest.mark.parametrize(("file_format", "reader"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")])
def test_triples_read_back_in_rdflib(mini: KnowledgeGraph, file_format: str, reader: str) -> None:
    graph = rdflib.Graph().parse(data=query_text(mini, LABELS, file_format), format=reader)
    haizhou = rdflib.URIRef(mini.iris.thing("place", "haizhou").value)
    # eight places, each with a Chinese and an English label
    assert len(graph) == 16
    assert set(graph.objects(haizhou)) == {rdflib.Literal("海州省", lang="zh"), rdflib.Literal("Haizhou", lang="en")}


def test_turtle_names_only_the_prefixes_it_uses(mini: KnowledgeGraph) -> None:
    turtle = query_text(mini, LABELS, "turtle").decode()
    assert "@prefix rdfs:" in turtle
    assert "@prefix skos:" not in turtle


@pytest.mark.parametrize(
    ("sparql", "file_format", "said"),
    [(NAMES, "turtle", "formats: csv, tsv, json, xml"), (LABELS, "csv", "formats: turtle, ntriples, jsonld")],
)
def test_a_format_must_fit_the_form_of_the_query(
    mini: KnowledgeGraph, sparql: str, file_format: str, said: str
) -> None:
    with pytest.raises(BadParameter) as caught:
        query_text(mini, sparql, file_format)
    assert said in str(caught.value)


def test_a_query_for_triples_gives_no_table(mini: KnowledgeGraph) -> None:
    assert gives_triples(mini, LABELS)
    assert not gives_triples(mini, NAMES)
    with pytest.raises(BadParameter, match="gives triples, not rows"):
        run_query(mini, LABELS)


@pytest.mark.parametrize(
    ("query", "file_format"),
    [("pairings-all", "csv"), ("pairings-all", "json"), (LABELS, "turtle"), (LABELS, "jsonld")],
)
def test_the_same_question_gives_the_same_bytes(mini: KnowledgeGraph, query: str, file_format: str) -> None:
    again = KnowledgeGraph(mini.corpus, mini.derived)
    vars(again)["facts"] = tuple(reversed(mini.facts))
    assert query_text(mini, query, file_format) == query_text(again, query, file_format)


@pytest.mark.parametrize(
    "literal", ["'-0044-03-15'^^xsd:date", "'9999-99-99'^^xsd:date", "'2020-01-01Z'^^xsd:date", "'abc'^^xsd:integer"]
)
def test_a_literal_that_python_cannot_hold_comes_out_as_its_text(mini: KnowledgeGraph, literal: str) -> None:
    (row,) = run_query(mini, f"SELECT ({literal} AS ?x) {{}}")
    assert row["x"] == literal.split("'")[1]


def test_a_prefixed_name_with_many_dots_is_understood(mini: KnowledgeGraph) -> None:
    slug = "test-east-west.haizhou.shanyuan"
    (row,) = run_query(mini, f"ASK {{ pairing:{slug} a coop:Pairing }}")
    assert row["ask"] is True


def test_a_dotted_name_inside_a_text_stays_text(mini: KnowledgeGraph) -> None:
    (row,) = run_query(mini, "SELECT ('pairing:a.b.c' AS ?x) {}")
    assert row["x"] == "pairing:a.b.c"


def test_a_year_may_be_given_as_a_number_or_as_text(mini: KnowledgeGraph) -> None:
    assert run_query(mini, "pairings", as_of=2018).rows == run_query(mini, "pairings", as_of="2018").rows
