"""Does our check of the shapes say what pyshacl says? On sound graphs, and on graphs broken one way each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from pyshacl import validate
from tiny_world import BuildWorld

from cooperation_kg.errors import ShapeError
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.shapes import check_shapes, find_violations
from cooperation_kg.graph.shapes.demands import COMPONENTS
from cooperation_kg.graph.shapes.reading import SHAPES_FILE, read_shapes
from cooperation_kg.graph.triples import Fact
from cooperation_kg.graph.vocabulary import COOP, DCTERMS, GEO, HOME, PROV, RDF, RDFS, SCHEMA, XSD, concept_iri
from cooperation_kg.locations import ontology_folder

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPES = ontology_folder() / SHAPES_FILE
ELSEWHERE = NamedNode("https://example.org/elsewhere")

Found = set[tuple[str, str, str]]
"""(focus, path, component)"""


def ours(store: Store, shapes: Path = SHAPES) -> Found:
    return {
        (found.focus.value, found.path, COMPONENTS[found.component].name)
        for found in find_violations(facts_of(store), read_shapes(shapes))
    }


def pyshacls(store: Store, shapes: Path = SHAPES, near: NamedNode | None = None) -> Found:
    """Ask pyshacl; the data goes by N-Triples, for comparison inside Oxigraph's rdflib view finds false faults.

    ``near`` asks only of one node and what points to it: pyshacl takes most of a second for all.
    """
    triples = sorted({quad.triple for quad in store}, key=str)
    data = rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
    focus = None if near is None else [near.value, *map(str, data.subjects(None, rdflib.URIRef(near.value)))]
    _, report, _ = validate(
        data, shacl_graph=rules(shapes), inference="none", advanced=False, inplace=True, focus_nodes=focus
    )
    assert isinstance(report, rdflib.Graph)
    return {
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath)),
            str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        )
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }


@cache
def rules(shapes: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(shapes)


def facts_of(quads: Iterable[Quad]) -> Iterator[Fact]:
    return ((str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)) for q in quads)


def store_of(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


# sound graphs


def test_the_small_dataset_keeps_to_the_shapes(mini: KnowledgeGraph) -> None:
    assert check_shapes(mini) == []


def test_the_shipped_facts_keep_to_the_shapes(shipped: KnowledgeGraph) -> None:
    assert check_shapes(shipped) == []


def test_pyshacl_finds_the_small_dataset_sound_too(mini: KnowledgeGraph) -> None:
    assert pyshacls(mini.store) == set()


# broken graphs


def thing(kind: str, identifier: str) -> NamedNode:
    return NamedNode(f"{HOME}id/{kind}/{identifier}")


FIGURE = thing("statement", "first-report.s005")
PAIRING = thing("pairing", "test-east-west.haizhou.shanyuan")
TERM = thing("term", "test-east-west.haizhou.shanyuan.1")
PLACE = thing("place", "haizhou")
VERSION = thing("place-version", "hechuan-gushan.1")
SOURCE = thing("source", "first-report")
STATEMENT = thing("statement", "first-report.s001")
JUDGEMENT = thing("judgement", "j001")


class Break(NamedTuple):
    """One way to break a graph: take a property of a thing away, put values in its stead; and what that breaks."""

    subject: NamedNode
    predicate: NamedNode
    values: tuple[NamedNode | Literal, ...]
    component: str
    keep: bool = False


def without(subject: NamedNode, predicate: NamedNode) -> Break:
    return Break(subject, predicate, (), "MinCount")


def instead(component: str, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Break:
    return Break(subject, predicate, (value,), component)


def besides(component: str, subject: NamedNode, predicate: NamedNode, *values: NamedNode | Literal) -> Break:
    return Break(subject, predicate, values, component, keep=True)


def typed(text: str, datatype: NamedNode) -> Literal:
    return Literal(text, datatype=datatype)


BREAKS = [
    without(FIGURE, COOP.measure),
    without(FIGURE, COOP.about),
    without(FIGURE, PROV.wasDerivedFrom),
    without(STATEMENT, COOP.directness),
    without(STATEMENT, RDFS.label),
    without(PAIRING, COOP.programme),
    without(PAIRING, COOP.party),
    without(PAIRING, COOP.evidence),
    without(TERM, COOP.possibleFrom),
    without(PLACE, COOP.level),
    without(VERSION, RDFS.label),
    without(SOURCE, COOP.sourceType),
    without(JUDGEMENT, DCTERMS.creator),
    besides("MaxCount", FIGURE, COOP.value, typed("7", XSD.decimal)),
    besides("MaxCount", FIGURE, COOP.asWritten, Literal("7亿元")),
    besides("MaxCount", FIGURE, COOP.measure, concept_iri("measure", "social-aid")),
    besides("MaxCount", PAIRING, COOP.supporter, thing("place", "linjiang")),
    besides("MaxCount", PAIRING, COOP.party, thing("place", "linjiang")),
    besides("MaxCount", STATEMENT, RDFS.label, Literal("一", language="zh"), Literal("二", language="zh")),
    instead("Datatype", FIGURE, COOP.value, Literal("350000000")),
    instead("Datatype", FIGURE, COOP.asWritten, typed("3.5", XSD.decimal)),
    instead("Datatype", FIGURE, COOP.locator, Literal("第1段", language="zh")),
    instead("Datatype", TERM, COOP.possibleFrom, typed("1996", XSD.gYear)),
    instead("Datatype", TERM, COOP.possibleFrom, typed("1996-02-31", XSD.date)),
    instead("Datatype", TERM, COOP.possibleFrom, ELSEWHERE),
    besides("Datatype", PAIRING, COOP.inForceIn, Literal("2018")),
    instead("Datatype", PAIRING, COOP.undated, Literal("no")),
    instead("Datatype", STATEMENT, RDFS.label, Literal("没有语言")),
    instead("Class", FIGURE, COOP.measure, concept_iri("nature", "flow")),
    instead("Class", FIGURE, COOP.measure, concept_iri("measure", "nothing-known")),
    instead("Class", FIGURE, COOP.about, ELSEWHERE),
    instead("Class", FIGURE, COOP.payer, thing("policy", "1996-report")),
    instead("Class", PAIRING, COOP.programme, PLACE),
    instead("Class", PAIRING, COOP.supporter, thing("place", "nowhere")),
    instead("Class", PAIRING, COOP.evidence, SOURCE),
    instead("Class", PLACE, COOP.level, concept_iri("act", "issued")),
    instead("NodeKind", FIGURE, COOP.measure, Literal("fiscal-aid")),
    instead("NodeKind", FIGURE, PROV.wasDerivedFrom, Literal("first-report")),
    instead("NodeKind", PAIRING, COOP.supporter, Literal("haizhou")),
    instead("NodeKind", SOURCE, SCHEMA.url, Literal("https://example.org/first-report")),
    instead("Pattern", STATEMENT, COOP.from_, Literal("1996年")),
    instead("Pattern", STATEMENT, COOP.from_, Literal("96")),
    instead("Pattern", PLACE, COOP.code, Literal("11000")),
    instead("Pattern", VERSION, COOP.codeThen, Literal("92902")),
    besides("MaxCount", VERSION, COOP.codeThen, Literal("929022")),
    besides("Class", VERSION, COOP.parentThen, SOURCE),
    besides("Closed", VERSION, COOP.code, Literal("929021")),
    besides("MinInclusive", PAIRING, COOP.inForceIn, typed("1066", XSD.integer)),
    instead("MinInclusive", PLACE, GEO.lat, typed("-91", XSD.decimal)),
    besides("MaxInclusive", PAIRING, COOP.possiblyIn, typed("3018", XSD.integer)),
    instead("MaxInclusive", PLACE, GEO.long, typed("181", XSD.decimal)),
    besides("Closed", FIGURE, COOP.supporter, PLACE),
    besides("Closed", FIGURE, NamedNode("https://example.org/mood"), Literal("good")),
    besides("Closed", PAIRING, COOP.asWritten, Literal("东西")),
    besides("Closed", PLACE, COOP.evidence, FIGURE),
    besides("Closed", thing("place", "case-study.w-county"), COOP.code, Literal("150000")),
    besides("Closed", thing("statement", "case-study.s011"), COOP.value, typed("5", XSD.decimal)),
    besides("MinCount", ELSEWHERE, RDF.type, COOP.FigureStatement),
]


def broken(kg: KnowledgeGraph, wrong: Break) -> Store:
    home = next((q.graph_name for q in kg.quads if q.subject == wrong.subject), kg.iris.graph("derived"))
    kept = [q for q in kg.quads if wrong.keep or (q.subject, q.predicate) != (wrong.subject, wrong.predicate)]
    put = [Quad(wrong.subject, wrong.predicate, value, home) for value in wrong.values]
    return store_of([*kept, *put])


def title(wrong: Break) -> str:
    return "-".join((wrong.component, *(n.value.rpartition("/")[2].rpartition("#")[2] for n in wrong[:2])))


@pytest.mark.parametrize("wrong", BREAKS, ids=map(title, BREAKS))
def test_each_way_to_break_a_graph_is_found_by_both(mini: KnowledgeGraph, wrong: Break) -> None:
    store = broken(mini, wrong)
    found = ours(store)
    broke = {(focus, component) for focus, path, component in found if path == wrong.predicate.value}
    if wrong.predicate == RDF.type:
        broke = {(focus, component) for focus, _, component in found}
    assert (wrong.subject.value, f"{wrong.component}ConstraintComponent") in broke
    assert found == pyshacls(store, near=wrong.subject)


def test_every_component_is_broken_by_some_example() -> None:
    used = {component for shape in read_shapes().targets_of_properties() for component, _ in shape.constraints}
    assert {COMPONENTS[name].name for name in {*used, "closed"}} == {
        f"{wrong.component}ConstraintComponent" for wrong in BREAKS
    }


def test_pyshacl_and_our_check_find_the_same_where_the_shipped_facts_are_broken(shipped: KnowledgeGraph) -> None:
    # of the documents every eighth, of what is derived every eighth pairing, cell …: pyshacl takes minutes for all
    sources = {shipped.iris.graph(f"source/{source}") for source in sorted(shipped.corpus.sources)[::8]}
    whole = {shipped.iris.graph(name) for name in ("ontology", "registers", "judgements")}
    derived = shipped.iris.graph("derived")
    nodes = set(sorted({q.subject for q in shipped.quads if q.graph_name == derived}, key=str)[::8])
    some = [q for q in shipped.quads if q.graph_name in whole | sources or q.subject in nodes]
    dropped = {COOP.measure, COOP.level, COOP.certainFrom, COOP.programme, COOP.sourceType, SCHEMA.url}
    store = store_of(
        Quad(q.subject, COOP.asWritten, q.object, q.graph_name) if q.predicate in dropped else q for q in some
    )
    found = ours(store)
    assert len(found) > 100
    assert found == pyshacls(store)


# where faults are shown


def of_quads(kg: KnowledgeGraph, quads: Iterable[Quad]) -> KnowledgeGraph:
    """A graph whose facts were tampered with."""
    tampered = KnowledgeGraph(kg.corpus, kg.derived)
    vars(tampered)["facts"] = tuple(facts_of(quads))
    return tampered


def test_a_fault_of_a_statement_stands_at_its_line(mini: KnowledgeGraph) -> None:
    wrong = broken(mini, without(FIGURE, COOP.measure))
    (issue,) = check_shapes(of_quads(mini, wrong))
    line = text_line(mini.corpus.folder / "statements" / "first-report.yaml", "- id: s005")
    assert (issue.file, issue.line, issue.code) == ("statements/first-report.yaml", line, "S501")
    assert "coop:measure" in issue.message_en
    assert "coop:measure" in issue.message_zh


def test_a_fault_of_a_hidden_place_stands_at_its_line(mini: KnowledgeGraph) -> None:
    wrong = broken(mini, without(thing("place", "case-study.w-county"), COOP.level))
    (issue,) = check_shapes(of_quads(mini, wrong))
    assert (issue.file, issue.severity) == ("sources/case-study.yaml", "error")
    assert issue.line == text_line(mini.corpus.folder / "sources" / "case-study.yaml", "  - id: w-county")


def test_a_fault_of_a_derived_node_stands_at_its_iri(mini: KnowledgeGraph) -> None:
    wrong = broken(mini, without(TERM, COOP.possibleFrom))
    (issue,) = check_shapes(of_quads(mini, wrong))
    assert (issue.file, issue.line) == (TERM.value, 0)


def test_a_dataset_with_a_base_of_its_own_is_checked_too(world: BuildWorld) -> None:
    kg = world(a=["kind: pairing, programme: ew, supporter: east, recipient: west, as_of: 2018"])
    assert check_shapes(kg) == []


def text_line(path: Path, start: str) -> int:
    return path.read_text(encoding="utf-8").splitlines().index(start) + 1


# what the shapes file may demand

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix coop: <https://w3id.org/cooperation-kg/def#> .
@prefix concept: <https://w3id.org/cooperation-kg/concept/> .
@prefix shape: <https://example.org/shape#> .
"""


@pytest.fixture
def shapes_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(turtle: str) -> Path:
        path = tmp_path / "shapes.ttl"
        path.write_text(PREFIXES + turtle, encoding="utf-8")
        return path

    return write


UNKNOWN = [
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:property [ sh:path coop:code ; sh:minLength 6 ] .",
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:property [ sh:path coop:code ; sh:in ( 1 2 ) ] .",
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:or ( shape:b shape:c ) .",
    "shape:a a sh:NodeShape ; sh:targetNode coop:Place .",
    "shape:a a sh:NodeShape .",
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:property [ sh:path ( coop:term coop:basis ) ] .",
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:property shape:forgotten .",
    'shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:property [ sh:path coop:code ; sh:minCount "one" ] .',
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:property [ sh:path coop:code ; sh:severity sh:Warning ] .",
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:ignoredProperties shape:nothing ; sh:closed true .",
    "shape:a sh:sparql [ sh:select 'SELECT * {}' ] .",
    'shape:a a sh:NodeShape ; sh:targetClass coop:Place ; sh:property [ sh:path coop:code ; sh:pattern "(" ] .',
    "shape:a a sh:NodeShape ; sh:targetClass coop:Place ; "
    'sh:property [ sh:path coop:code ; sh:pattern "1" ; sh:flags "z" ] .',
    "shape:a a sh:NodeShape",
]


@pytest.mark.parametrize("turtle", UNKNOWN)
def test_what_the_check_does_not_know_is_refused_not_ignored(
    mini: KnowledgeGraph, shapes_file: Callable[[str], Path], turtle: str
) -> None:
    with pytest.raises(ShapeError) as caught:
        check_shapes(mini, shapes_file(turtle))
    assert {issue.code for issue in caught.value.issues} == {"S500"}


def test_a_missing_shapes_file_is_said(mini: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ShapeError, match="cannot be read"):
        check_shapes(mini, tmp_path / "absent.ttl")


def test_values_that_must_be_there_and_patterns_with_flags_agree_with_pyshacl(
    mini: KnowledgeGraph, shapes_file: Callable[[str], Path]
) -> None:
    shapes = shapes_file(
        """shape:place a sh:NodeShape ; sh:targetClass coop:Place ; sh:property
             [ sh:path coop:level ; sh:hasValue <https://w3id.org/cooperation-kg/concept/level/province> ] ,
             [ sh:path coop:name ; sh:pattern "^h.*" ; sh:flags "i" ] ."""
    )
    found = ours(mini.store, shapes)
    assert {component for _, _, component in found} == {"HasValueConstraintComponent", "PatternConstraintComponent"}
    assert found == pyshacls(mini.store, shapes)


def test_the_shipped_shapes_are_turtle_that_pyoxigraph_and_rdflib_read_alike() -> None:
    triples = len(set(parse(path=SHAPES, format=RdfFormat.TURTLE)))
    assert len(rdflib.Graph().parse(SHAPES)) == triples
