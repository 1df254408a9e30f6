"""Are the figures well-formed cubes by the W3C's integrity constraints, and do they say what the statements say?

The constraints are those of section 11.1 of the recommendation (https://www.w3.org/TR/vocab-data-cube/#wf-rules), each
asked as: is there anything against it? Those on slices and hierarchical code lists (7 to 10, 20, 21) and on the
dimension of measures (15 to 17) speak of what these cubes have not; a test holds that they have it not.
"""

from __future__ import annotations

from io import BytesIO

import pytest
import rdflib
from hostile import HOSTILE, renamed
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.vocabulary import COOP, RDFS
from cooperation_kg.query.selecting import Selection
from cooperation_kg.render.exports import export, file_name

PREFIXES = """
PREFIX cube: <https://w3id.org/cooperation-kg/cube#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
AGAINST = {
    "1 an observation belongs to one data set": """
        ?o a qb:Observation . { FILTER NOT EXISTS { ?o qb:dataSet ?one } }
        UNION { ?o qb:dataSet ?one, ?other . FILTER (?one != ?other) }""",
    "2 a data set has one structure": """
        ?set a qb:DataSet . { FILTER NOT EXISTS { ?set qb:structure ?one } }
        UNION { ?set qb:structure ?one, ?other . FILTER (?one != ?other) }""",
    "3 a structure has a measure": """
        ?dsd a qb:DataStructureDefinition .
        FILTER NOT EXISTS { ?dsd qb:component/qb:measure/a qb:MeasureProperty }""",
    "4 a dimension has a range": """
        ?dimension a qb:DimensionProperty . FILTER NOT EXISTS { ?dimension rdfs:range ?any }""",
    "5 a dimension of concepts has a code list": """
        ?dimension a qb:DimensionProperty ; rdfs:range skos:Concept .
        FILTER NOT EXISTS { ?dimension qb:codeList ?any }""",
    "6 only attributes are optional": """
        ?component qb:componentRequired false ; qb:dimension|qb:measure ?property .""",
    "11 an observation has every dimension": """
        ?o qb:dataSet/qb:structure/qb:component/qb:dimension ?dimension .
        FILTER NOT EXISTS { ?o ?dimension ?any }""",
    "13 an observation has every required attribute": """
        ?o qb:dataSet/qb:structure/qb:component ?component .
        ?component qb:componentRequired true ; qb:attribute ?attribute . FILTER NOT EXISTS { ?o ?attribute ?any }""",
    "14 an observation has every measure": """
        ?o qb:dataSet/qb:structure/qb:component/qb:measure ?measure . FILTER NOT EXISTS { ?o ?measure ?any }""",
    "18 slices are consistent, and there are none": "?slice a qb:Slice .",
    "19 a coded value is in its code list": """
        ?o qb:dataSet/qb:structure/qb:component/(qb:dimension|qb:attribute) ?property .
        ?property qb:codeList ?list . ?o ?property ?value .
        FILTER NOT EXISTS { ?value a skos:Concept ; skos:inScheme ?list . ?list a skos:ConceptScheme }""",
    "no measure stands beside those of the cube": """
        ?measure a qb:MeasureProperty . ?o qb:dataSet/qb:structure ?dsd ; ?measure ?any .
        FILTER NOT EXISTS { ?dsd qb:component/qb:measure ?measure }""",
    "no dimension has two values": """
        ?dimension a qb:DimensionProperty . ?o ?dimension ?one, ?other . FILTER (?one != ?other)""",
    "nothing is a slice, a hierarchy or a dimension of measures": """
        { ?any a qb:SliceKey } UNION { ?any qb:slice ?x } UNION { ?any a qb:HierarchicalCodeList }
        UNION { ?any qb:dimension qb:measureType } UNION { ?any qb:measureDimension ?x }""",
}


def store_of(content: bytes) -> Store:
    store = Store()
    store.bulk_load(content, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def small(mini: KnowledgeGraph) -> Store:
    return store_of(export(mini, "datacube"))


@pytest.fixture(scope="module")
def shipped_cubes(real: KnowledgeGraph) -> Store:
    return store_of(export(real, "datacube"))


@pytest.fixture(params=["small", "shipped_cubes"])
def cubes(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(request.param)
    return store


def rows(store: Store, pattern: str) -> list[tuple[str, ...]]:
    found = store.query(f"{PREFIXES} SELECT DISTINCT * WHERE {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    names = sorted((variable.value for variable in found.variables), key=lambda name: pattern.index(f"?{name}"))
    return sorted(tuple(_short(row[name]) for name in names) for row in found)


def _short(value: object) -> str:
    assert isinstance(value, NamedNode | Literal)
    return value.value.rpartition("/")[2] if isinstance(value, NamedNode) else value.value


def said(store: Store, statement: str, pattern: str) -> list[tuple[str, ...]]:
    return rows(store, f"[] cube:statement <https://w3id.org/cooperation-kg/id/statement/{statement}> ; {pattern}")


# well-formed


@pytest.mark.parametrize("pattern", AGAINST.values(), ids=AGAINST)
def test_nothing_is_against_an_integrity_constraint(cubes: Store, pattern: str) -> None:
    assert not cubes.query(f"{PREFIXES} ASK {{ {pattern} }}")


def test_no_two_observations_agree_in_every_dimension(cubes: Store) -> None:
    """Constraint 12, by counting: the query of the recommendation compares every pair."""
    names = [iri.removeprefix("cube#") for (iri,) in rows(cubes, "?dimension a qb:DimensionProperty")]
    observed = rows(cubes, "?o a qb:Observation ; " + " ; ".join(f"cube:{name} ?the_{name}" for name in names))
    assert len(names) == 9
    assert len({row[1:] for row in observed}) == len(observed)


def test_rdflib_reads_the_same_triples(mini: KnowledgeGraph, small: Store) -> None:
    graph = rdflib.Graph().parse(BytesIO(export(mini, "datacube")), format="turtle")
    assert len(graph) == len(small)


# what they say


def test_every_figure_that_stands_is_one_observation(small: Store) -> None:
    # withdrawn: case-study.s011; revised: yearbook.s004
    assert rows(small, "[] qb:dataSet ?cube ; cube:statement ?statement") == sorted(
        [
            ("at-least", "case-study.s003"),
            ("at-least", "first-report.s008"),
            ("at-most", "first-report.s015"),
            ("exact", "case-study.s010"),
            ("exact", "first-report.s005"),
            ("exact", "first-report.s006"),
            ("exact", "first-report.s007"),
            ("exact", "reprint.s001"),
            ("exact", "yearbook.s002"),
            ("exact", "yearbook.s003"),
            ("exact", "yearbook.s005"),
            ("exact", "yearbook.s006"),
            ("range", "yearbook.s013"),
        ]
    )


def test_the_shipped_figures_are_all_there(real: KnowledgeGraph, shipped_cubes: Store) -> None:
    figures = [s for s in real.corpus.statements.values() if isinstance(s, FigureStatement) and not s.withdrawn]
    revised = {f"{s.source}.{s.revises}" for s in figures if s.revises}
    about = {s for j in real.corpus.judgements.values() if j.kind == "not-evidence" for s in j.about}
    wanted = {s.key for s in figures} - revised - about
    assert {key for (key,) in rows(shipped_cubes, "[] cube:statement ?s")} == wanted


def test_money_is_exact_in_yuan(small: Store) -> None:
    assert said(small, "first-report.s005", "cube:value ?value ; cube:unit ?unit") == [("350000000", "元")]


def test_the_number_is_a_decimal(small: Store) -> None:
    assert said(small, "first-report.s005", "cube:value ?v . FILTER (datatype(?v) != xsd:decimal)") == []


def test_a_figure_is_about_its_pairing_in_its_sense_and_time(small: Store) -> None:
    pattern = "cube:subject ?a ; cube:measure ?b ; cube:nature ?c ; cube:stage ?d ; cube:source ?e ; cube:countedIn ?f"
    assert said(small, "first-report.s005", pattern) == [
        ("test-east-west.haizhou.shanyuan", "fiscal-aid", "flow", "paid", "first-report", "cube#whole")
    ]
    assert said(small, "first-report.s005", "cube:period [ dcat:startDate ?first ; dcat:endDate ?last ]") == [
        ("2016-01-01", "2017-12-31")
    ]


def test_the_words_of_the_source_stand_beside_the_number(small: Store) -> None:
    assert said(small, "first-report.s005", "cube:asWritten ?text") == [("3.5亿元",)]
    assert said(small, "case-study.s010", "cube:asNoted ?text") == [("CNY 2 million",)]
    assert said(small, "case-study.s010", "cube:asWritten ?text") == []


def test_every_observation_names_its_document_as_primary_source(cubes: Store) -> None:
    assert rows(cubes, "?o a qb:Observation . FILTER NOT EXISTS { ?o cube:source ?s ; prov:hadPrimarySource ?s }") == []


def test_more_than_is_a_lower_limit_and_no_value(small: Store) -> None:
    assert said(small, "case-study.s003", "cube:lower ?lower ; cube:bound ?bound") == [("30000000", "more-than")]
    assert said(small, "case-study.s003", "cube:value|cube:upper ?any") == []


def test_nearly_is_an_upper_limit_and_no_value(small: Store) -> None:
    assert said(small, "first-report.s015", "cube:upper ?upper ; cube:bound ?bound") == [("40", "nearly")]
    assert said(small, "first-report.s015", "cube:value|cube:lower ?any") == []


def test_a_range_has_both_ends_and_no_value(small: Store) -> None:
    assert said(small, "yearbook.s013", "cube:lower ?a ; cube:upper ?b") == [("300000000", "500000000")]
    assert said(small, "yearbook.s013", "cube:value ?any") == []


def test_a_figure_counted_in_one_place_says_so(small: Store) -> None:
    assert said(small, "first-report.s006", "cube:countedIn ?place") == [("shanyuan-yunling",)]


def test_a_part_points_to_the_observation_of_its_whole(small: Store) -> None:
    assert said(small, "first-report.s006", "cube:partOf/cube:statement ?whole") == [("first-report.s005",)]


def test_who_pays_is_told(small: Store) -> None:
    assert said(small, "first-report.s005", "cube:payer ?payer") == [("haizhou",)]


def test_caveats_are_told_by_their_codes(small: Store) -> None:
    # allocated money of parties whose names are hidden, more than 30 million
    assert {"stage", "bounds", "anonymous"} <= {code for (code,) in said(small, "case-study.s003", "cube:caveat ?code")}


def test_everything_named_has_a_label(cubes: Store) -> None:
    unnamed = """?o a qb:Observation ; cube:subject|cube:countedIn|cube:period|cube:source|cube:measure ?thing .
        FILTER NOT EXISTS { ?thing rdfs:label|skos:prefLabel ?label }"""
    assert rows(cubes, unnamed) == []


def test_a_time_that_no_source_states_is_said_to_be_unstated(shipped_cubes: Store, real: KnowledgeGraph) -> None:
    found = {key for (key,) in rows(shipped_cubes, "[] cube:period cube:noPeriod ; cube:statement ?statement")}
    figures = (real.corpus.statements[key] for (key,) in rows(shipped_cubes, "[] cube:statement ?statement"))
    assert found == {f.key for f in figures if isinstance(f, FigureStatement) and f.period is None}
    assert found


def test_a_number_without_unit_has_the_unit_one(shipped_cubes: Store, real: KnowledgeGraph) -> None:
    found = {key for (key,) in rows(shipped_cubes, '[] cube:unit "1" ; cube:statement ?statement')}
    figures = (real.corpus.statements[key] for (key,) in rows(shipped_cubes, "[] cube:statement ?statement"))
    assert found == {f.key for f in figures if isinstance(f, FigureStatement) and not f.quantity.unit}
    assert rows(shipped_cubes, '?o cube:unit ""') == []


# the file


def test_the_file_of_figures_says_the_time_and_the_selection(mini: KnowledgeGraph) -> None:
    content = export(mini, "datacube", as_of=parse_as_of("2016/2017"), selection=Selection(programme="test-east-west"))
    assert content.startswith(b"# ")
    assert Quad(NamedNode(mini.iris.base), COOP.selectedAsOf, Literal("2016/2017")) in set(
        parse(content, format=RdfFormat.TURTLE)
    )


def test_figures_of_a_part_are_those_of_the_part(mini: KnowledgeGraph) -> None:
    store = store_of(export(mini, "datacube", selection=Selection(place="linjiang")))
    assert rows(store, "[] cube:statement ?statement") == [("first-report.s008",), ("yearbook.s006",)]


def test_cubes_without_figures_are_well_formed(mini: KnowledgeGraph) -> None:
    store = store_of(export(mini, "datacube", selection=Selection(level="village")))
    assert rows(store, "?o a qb:Observation") == []
    assert len(rows(store, "?set a qb:DataSet ; qb:structure ?dsd")) == 6


def test_hostile_names_survive_in_the_cubes(mini: KnowledgeGraph) -> None:
    name = "".join(HOSTILE.values())
    kg = renamed(mini, name)
    label = Quad(kg.iris.thing("place", "haizhou"), RDFS.label, Literal(name, language="zh"))
    assert label in store_of(export(kg, "datacube"))


def test_the_file_of_figures_is_called_so() -> None:
    assert file_name("datacube") == "figures.ttl"
