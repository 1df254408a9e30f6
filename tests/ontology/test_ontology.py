"""The ontology is complete, agrees with the records, and its shapes catch what they say they catch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import pyshacl
import pytest
from pydantic import BaseModel
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH

from cooperation_kg.curate import judgements, registers, statements
from cooperation_kg.curate.fields import Concept, marks_of
from cooperation_kg.curate.quantities import Bound
from cooperation_kg.errors import UnreadableFile
from cooperation_kg.locations import PACKAGE, ontology_folder
from cooperation_kg.ontology import DEF, ConceptTerm, Term, load_ontology

COOP = Namespace(DEF)
HAN = re.compile(r"[\u4e00-\u9fff]")
ONTOLOGY = load_ontology()
RECORDS: list[type[BaseModel]] = [
    value
    for module in (registers, statements)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, BaseModel)
]

# The constraint components that the header of shapes.ttl promises; the SELECT check knows no others.
COMPONENTS = {
    *(SH.targetClass, SH.property, SH.path, SH.minCount, SH.maxCount, SH.datatype, SH["class"], SH.nodeKind),
    *(SH.pattern, SH.minInclusive, SH.maxInclusive, SH.closed, SH.ignoredProperties, SH.message),
}


def _graph(name: str) -> Graph:
    return Graph().parse(ontology_folder() / name, format="turtle")


TERMS, CONCEPTS, SHAPES = (_graph(name) for name in ("cooperation.ttl", "concepts.ttl", "shapes.ttl"))


# Words


def test_every_term_has_a_chinese_label_in_chinese_and_an_english_one_in_english() -> None:
    for name, term in (*ONTOLOGY.terms.items(), *ONTOLOGY.schemes.items()):
        assert HAN.search(term.zh) or term.zh.isupper(), name
        assert not HAN.search(term.en), name


def test_every_definition_is_a_sentence_in_both_languages() -> None:
    words: list[Term | ConceptTerm] = [*ONTOLOGY.terms.values(), *ONTOLOGY.schemes.values()]
    words += [concept for scheme in ONTOLOGY.concepts.values() for concept in scheme.values()]
    for word in words:
        assert word.definition_zh.endswith("。"), word.iri
        assert word.definition_en.endswith("."), word.iri


def test_both_readers_of_turtle_find_the_same_terms() -> None:
    kinds = (URIRef(f"http://www.w3.org/2002/07/owl#{k}") for k in ("Class", "ObjectProperty", "DatatypeProperty"))
    subjects = {str(subject) for kind in kinds for subject in TERMS.subjects(RDF.type, kind)}
    assert subjects == {term.iri for term in ONTOLOGY.terms.values()}


def test_domains_ranges_and_superclasses_of_ours_are_defined() -> None:
    named = {str(value) for value in TERMS.objects() if str(value).startswith(DEF) and str(value) != DEF}
    assert named <= {term.iri for term in ONTOLOGY.terms.values()}


def test_every_term_written_in_the_code_of_the_graph_is_in_the_ontology() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted((PACKAGE / "graph").rglob("*.py")))
    written = set(re.findall(r"\bCOOP\.([A-Za-z]+)", code))
    assert "supporter" in written
    assert written <= set(ONTOLOGY.terms)


# Code lists


def test_the_notation_is_the_end_of_the_iri() -> None:
    for scheme, concepts in ONTOLOGY.concepts.items():
        for notation, concept in concepts.items():
            assert concept.iri == f"https://w3id.org/cooperation-kg/concept/{scheme}/{notation}"


def test_no_concept_is_written_twice() -> None:
    assert len(list(CONCEPTS.triples((None, SKOS.notation, None)))) == sum(map(len, ONTOLOGY.concepts.values()))


def test_every_code_list_is_a_class_of_concepts_in_the_ontology() -> None:
    for scheme in CONCEPTS.subjects(RDF.type, SKOS.ConceptScheme):
        code_class = CONCEPTS.value(scheme, RDFS.seeAlso)
        assert (code_class, RDFS.subClassOf, SKOS.Concept) in TERMS
        assert set(CONCEPTS.subjects(RDF.type, code_class)) == set(CONCEPTS.subjects(SKOS.inScheme, scheme))


def test_measures_alone_may_have_a_unit_and_say_whether_they_add_up() -> None:
    for scheme, concepts in ONTOLOGY.concepts.items():
        for concept in concepts.values():
            assert concept.unit is None or scheme == "measure", concept.iri
            assert (concept.summable is not None) == (scheme == "measure"), concept.iri


@pytest.mark.parametrize("measure", ["growth-rate", "ratio", "rank", "poor-population", "supporting-provinces"])
def test_shares_ranks_and_states_are_never_added(measure: str) -> None:
    assert ONTOLOGY.concepts["measure"][measure].summable is False


def test_money_is_in_yuan_and_may_be_added() -> None:
    aid = ONTOLOGY.concepts["measure"]["fiscal-aid"]
    assert (aid.unit, aid.summable) == ("元", True)


def test_every_code_list_that_a_record_names_exists() -> None:
    marks = [marks_of(record, name) for record in RECORDS for name in record.model_fields]
    named = {mark.scheme for mark in marks if isinstance(mark, Concept)}
    assert "measure" in named
    assert named <= set(ONTOLOGY.concepts)


@pytest.mark.parametrize(
    ("record", "field", "scheme"),
    [
        (registers.Source, "read", "read-extent"),
        (registers.Source, "reached_by", "reached-by"),
        (statements.Statement, "reached_by", "reached-by"),
        (judgements.Judgement, "kind", "judgement-kind"),
    ],
)
def test_values_written_into_a_record_are_those_of_the_code_list(
    record: type[BaseModel], field: str, scheme: str
) -> None:
    assert set(_literals(record.model_fields[field].annotation)) == set(ONTOLOGY.concepts[scheme])


def _literals(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for inner in get_args(annotation):
        yield from _literals(inner)


def test_bounds_of_quantities_are_those_of_the_code_list() -> None:
    assert [bound.value for bound in Bound] == list(ONTOLOGY.concepts["bound"])


def test_a_label_is_given_in_the_language_asked_for() -> None:
    assert ONTOLOGY.label("level", "county", "zh") == "县级"
    assert ONTOLOGY.label("level", "county", "en") == "county level"


# Reading


def test_a_missing_ontology_is_reported_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"cooperation\.ttl E030"):
        load_ontology(tmp_path)


def test_broken_turtle_is_reported_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "cooperation.ttl").write_text("<urn:a> <urn:b> .\n", "utf-8")
    with pytest.raises(UnreadableFile, match=r"cooperation\.ttl:1:0 E030"):
        load_ontology(tmp_path)


def test_a_term_without_english_is_reported(tmp_path: Path) -> None:
    (tmp_path / "cooperation.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<urn:a> a owl:Class ; rdfs:label "甲"@zh .\n',
        "utf-8",
    )
    (tmp_path / "concepts.ttl").write_text("", "utf-8")
    with pytest.raises(UnreadableFile, match=r"<urn:a> lacks .*label \(@en\)"):
        load_ontology(tmp_path)


# Shapes


def test_shapes_use_only_the_constraints_that_the_plain_check_knows() -> None:
    assert {p for p in SHAPES.predicates() if str(p).startswith(str(SH))} <= COMPONENTS


def test_every_constraint_speaks_chinese_and_english() -> None:
    shapes = {*SHAPES.subjects(RDF.type, SH.PropertyShape), *SHAPES.subjects(SH.closed)}
    for shape in shapes:
        messages = [message for message in SHAPES.objects(shape, SH.message) if isinstance(message, RdfLiteral)]
        assert sorted(str(message.language) for message in messages) == ["en", "zh"], shape


def test_every_property_shape_named_is_written_and_every_one_written_is_named() -> None:
    assert set(SHAPES.objects(None, SH.property)) == set(SHAPES.subjects(RDF.type, SH.PropertyShape))


def test_shapes_speak_of_terms_that_the_ontology_has() -> None:
    objects = {o for p in (SH.path, SH["class"], SH.targetClass) for o in SHAPES.objects(None, p)}
    ours = {str(o) for o in objects if str(o).startswith(DEF)}
    assert ours <= {term.iri for term in ONTOLOGY.terms.values()}


def test_every_kind_of_statement_has_a_closed_shape() -> None:
    for kind in statements.STATEMENT_KINDS.values():
        (shape,) = SHAPES.subjects(SH.targetClass, COOP[kind.__name__])
        assert SHAPES.value(shape, SH.closed) == RdfLiteral(True)


def test_closed_kinds_ignore_exactly_what_the_common_shape_checks() -> None:
    (common,) = SHAPES.subjects(SH.targetClass, COOP.Statement)
    checked = {SHAPES.value(shape, SH.path) for shape in SHAPES.objects(common, SH.property)}
    (shape,) = SHAPES.subjects(SH.targetClass, COOP.FigureStatement)
    (ignored,) = SHAPES.objects(shape, SH.ignoredProperties)
    assert set(SHAPES.items(ignored)) == {*checked, RDF.type}


PREFIXES = """
@prefix : <https://example.org/> .
@prefix coop: <https://w3id.org/cooperation-kg/def#> .
@prefix concept: <https://w3id.org/cooperation-kg/concept/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/cooperation-kg/concept/> .
"""

SOUND = """
:east a coop:Place ; rdfs:label "东省"@zh ; coop:name "东省" ; coop:level <level/province> .
:west a coop:Place ; rdfs:label "西省"@zh ; coop:name "西省" ; coop:level <level/province> .
:both a coop:Programme ; rdfs:label "协作"@zh ; coop:name "协作" ; coop:family :both ;
    coop:programmeKind <programme-kind/east-west-cooperation> .
:paper a coop:Source ; rdfs:label "文"@zh ; coop:sourceType <source-type/journal-article> ;
    dcterms:language "zh" ; coop:readExtent <read-extent/whole> ; coop:reachedBy <reached-by/original> .
"""

COMMON = """ rdfs:label "摘要"@zh ; prov:wasDerivedFrom :paper ; coop:order 1 ; coop:directness <directness/stated> ;
    coop:readExtent <read-extent/whole> ; coop:reachedBy <reached-by/original> """

PAIRING = """ a coop:Pairing ; rdfs:label "东—西"@zh ; coop:programme :both ; coop:undated true ; coop:directed true ;
    coop:origins 1 ; coop:directness <directness/stated> ; coop:evidence :said """

FIGURE = f"""a coop:Statement, coop:FigureStatement ; {COMMON} ; coop:locator "摘要" ; coop:about :pair ;
    coop:asWritten "7.74亿元" ; coop:unit "元" ; coop:bound <bound/exact> ; coop:nature <nature/flow> ;
    coop:stage <stage/reported> ; """

GOOD = f"""{SOUND}
:said a coop:Statement, coop:PairingStatement ; {COMMON} ; coop:locator "第1段" ; coop:about :pair ;
    coop:statedSupporter :east ; coop:statedRecipient :west ; coop:from "1996" ;
    coop:fromEarliest "1996-01-01"^^xsd:date ; coop:fromLatest "1996-12-31"^^xsd:date .
:pair {PAIRING} ; coop:party :east, :west ; coop:supporter :east ; coop:recipient :west ; coop:inForceIn 1996 .
:sum {FIGURE} coop:measure <measure/fiscal-aid> ; coop:value 774000000.0 ; coop:during "1996/2011" .
"""

WITHDRAWN = 'a coop:WithdrawnStatement ; coop:withdrawn "误读" ; prov:wasDerivedFrom :paper ; coop:locator "摘要"'

# node → (its triples, the path of the violation, the constraint broken)
FAULTS: dict[str, tuple[str, str, str]] = {
    "unknown-property": (
        f'{FIGURE} coop:measure <measure/gdp> ; coop:colour "red" .',
        "colour",
        "Closed",
    ),
    "measure-of-another-list": (f"{FIGURE} coop:measure <nature/flow> .", "measure", "Class"),
    "measure-of-no-list": (f"{FIGURE} coop:measure <measure/fiscal-ad> .", "measure", "Class"),
    "two-natures": (f"{FIGURE} coop:measure <measure/gdp> ; coop:nature <nature/stock> .", "nature", "MaxCount"),
    "no-measure": (f"{FIGURE} coop:order 1 .", "measure", "MinCount"),
    "value-as-text": (f'{FIGURE} coop:measure <measure/gdp> ; coop:value "7" .', "value", "Datatype"),
    "date-as-words": (f'{FIGURE} coop:measure <measure/gdp> ; coop:during "去年" .', "during", "Pattern"),
    "one-party": (f"{PAIRING} ; coop:party :east .", "party", "MinCount"),
    "three-parties": (f"{PAIRING} ; coop:party :east, :west, :third .\n:third a coop:Place .", "party", "MaxCount"),
    "party-not-there": (f"{PAIRING} ; coop:party :east, :nowhere .", "party", "Class"),
    "year-too-late": (f"{PAIRING} ; coop:party :east, :west ; coop:inForceIn 2999 .", "inForceIn", "MaxInclusive"),
    "year-too-early": (f"{PAIRING} ; coop:party :east, :west ; coop:possiblyIn 199 .", "possiblyIn", "MinInclusive"),
    "basis-as-text": (
        'a coop:Term ; coop:evidence :said ; coop:basis "文件" .',
        "basis",
        "NodeKind",
    ),
}


def _violations(data: str) -> set[tuple[str, str, str]]:
    graph = Graph().parse(data=PREFIXES + data, format="turtle")
    _, report, _ = pyshacl.validate(graph + TERMS + CONCEPTS, shacl_graph=SHAPES)
    return {
        tuple(re.split(r"[/#]", str(report.value(result, part)))[-1] for part in parts)  # type: ignore[misc]
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for parts in [(SH.focusNode, SH.resultPath, SH.sourceConstraintComponent)]
    }


def test_a_sound_graph_breaks_no_shape() -> None:
    assert _violations(GOOD) == set()


@pytest.fixture(scope="module")
def violations() -> set[tuple[str, str, str]]:
    """What the reference engine reports on a graph with every fault of FAULTS planted in it."""
    return _violations(GOOD + "\n".join(f":{node} {triples}" for node, (triples, _, _) in FAULTS.items()))


@pytest.mark.parametrize("node", FAULTS)
def test_a_planted_fault_is_caught(node: str, violations: set[tuple[str, str, str]]) -> None:
    _, path, component = FAULTS[node]
    assert (node, path, f"{component}ConstraintComponent") in violations


def test_a_withdrawn_statement_needs_no_subject_and_no_value() -> None:
    withdrawn = f":gone {WITHDRAWN} ."
    assert _violations(GOOD + withdrawn) == set()


def test_a_withdrawn_statement_that_keeps_its_value_is_caught() -> None:
    kept = f":gone {WITHDRAWN} ; coop:value 1.0 ."
    assert _violations(GOOD + kept) == {("gone", "value", "ClosedConstraintComponent")}


def test_a_hidden_place_is_no_place_that_is_counted() -> None:
    assert (COOP.AnonymousPlace, RDFS.subClassOf, COOP.Party) in TERMS
    assert COOP.Place not in set(TERMS.transitive_objects(COOP.AnonymousPlace, RDFS.subClassOf))
