"""Do JSON-LD and RDF/XML read back as the graph, by other readers, and is JSON-LD made of the published words?"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import rdflib
from hostile import CONTROL, HOSTILE, renamed
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.graph.vocabulary import COOP, HOME, PREFIXES, SKOS, XSD, Iris
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.selecting import Selection
from cooperation_kg.render.exports import export
from cooperation_kg.render.exports.json_ld import Words
from cooperation_kg.schema.context import json_ld_context

BASE = "https://facts.example.org/"
THING = NamedNode(f"{BASE}id/place/haizhou")
NC_NAME_AT_END = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")


def rebased(kg: KnowledgeGraph, base: str) -> KnowledgeGraph:
    corpus = replace(kg.corpus, dataset=kg.corpus.dataset.model_copy(update={"base": base}))
    return build_graph(replace(corpus, inherited=frozenset({("place", "haizhou")})))


def nodes_of(content: bytes, graph: str) -> dict[str, Any]:
    graphs = {one["id"]: one["@graph"] for one in json.loads(content)["@graph"]}
    return {node["id"]: node for node in graphs[graph]}


def said(base: str, predicate: NamedNode, *values: NamedNode | Literal) -> dict[str, Any]:
    node: dict[str, Any] = {"id": "x"}
    words = Words(Iris(base))
    for value in values:
        words.say(node, predicate.value, value)
    return node


def names_of(kg: KnowledgeGraph, content: bytes) -> set[str]:
    graph = rdflib.Graph().parse(BytesIO(content), format="xml")
    place = rdflib.URIRef(kg.iris.thing("place", "haizhou").value)
    return {str(name) for name in graph.objects(place, rdflib.URIRef(COOP.name.value))}


# JSON-LD


# rdflib reads the shipped facts back in test_exports.py
def test_oxigraph_reads_every_quad_of_json_ld_back(mini: KnowledgeGraph) -> None:
    assert set(parse(export(mini, "jsonld"), format=RdfFormat.JSON_LD)) == set(mini.quads)


@pytest.mark.parametrize(
    "base",
    [
        "https://facts.example.org/a/",
        "https://facts.example.org/?of=1/",
        "https://例.cn/我/",
        "https://a.example/x/../",
    ],
    ids=["path", "query", "chinese", "dots"],
)
def test_things_keep_their_iris_whatever_the_base_of_the_dataset(mini: KnowledgeGraph, base: str) -> None:
    kg = rebased(mini, base)
    content = export(kg, "jsonld")
    wanted = {(quad.subject.value, quad.predicate.value) for quad in kg.quads}  # type: ignore[union-attr]  # IRIs all
    assert {(q.subject.value, q.predicate.value) for q in parse(content, format=RdfFormat.JSON_LD)} == wanted  # type: ignore[union-attr]
    graph = rdflib.Dataset()
    graph.parse(data=content.decode(), format="json-ld")
    assert {(str(s), str(p)) for s, p, _, _ in graph.quads()} == wanted


def test_json_ld_embeds_the_published_context_whole(mini: KnowledgeGraph) -> None:
    published = json.loads(json_ld_context(load_ontology()))["@context"]
    assert published.items() <= json.loads(export(mini, "jsonld"))["@context"].items()


def test_no_prefix_has_the_name_of_a_property() -> None:
    published = json.loads(json_ld_context(load_ontology()))["@context"]
    others = {name for name, entry in published.items() if entry != PREFIXES.get(name)}
    assert not {*PREFIXES, "shared"} & others


def test_json_ld_says_things_in_the_words_of_the_ontology(mini: KnowledgeGraph) -> None:
    pairing = nodes_of(export(mini, "jsonld"), "graph/derived")["id/pairing/test-east-west.haizhou.shanyuan"]
    assert pairing["type"] == "Pairing"
    assert pairing["label"] == {"zh": "海山", "en": "Haizhou–Shanyuan"}
    assert pairing["supporter"] == "id/place/haizhou"
    assert pairing["directed"] is True
    assert pairing["directness"] == "concept:directness/stated"


@pytest.mark.parametrize(
    ("predicate", "value", "expected"),
    [
        (COOP.supporter, THING, {"supporter": "id/place/haizhou"}),
        (COOP.inForceIn, Literal("2018", datatype=XSD.integer), {"inForceIn": 2018}),
        (COOP.inForceIn, Literal("02018", datatype=XSD.integer), {"inForceIn": "02018"}),
        (COOP.value, Literal("39.43", datatype=XSD.decimal), {"value": "39.43"}),
        (COOP.directed, Literal("true", datatype=XSD.boolean), {"directed": True}),
        (COOP.directed, Literal("1", datatype=XSD.boolean), {"directed": "1"}),
        (COOP.asWritten, Literal("39.43亿元"), {"asWritten": "39.43亿元"}),
        (SKOS.prefLabel, Literal("海州", language="zh"), {"prefLabel": {"zh": "海州"}}),
        (SKOS.note, Literal("注", language="zh"), {"note": {"@value": "注", "@language": "zh"}}),
        # what the context would read otherwise stands under the whole name
        (COOP.supporter, Literal("海州"), {"coop:supporter": "海州"}),
        (COOP.value, Literal("1", datatype=XSD.integer), {"coop:value": {"@value": "1", "@type": "xsd:integer"}}),
        (COOP.value, Literal("39.43"), {"coop:value": "39.43"}),
        (SKOS.prefLabel, Literal("海州"), {"skos:prefLabel": "海州"}),
        (COOP.asWritten, THING, {"asWritten": {"id": "id/place/haizhou"}}),
        (SKOS.related, THING, {"skos:related": {"id": "id/place/haizhou"}}),
    ],
)
def test_a_value_is_written_as_the_context_reads_it(
    predicate: NamedNode, value: NamedNode | Literal, expected: dict[str, Any]
) -> None:
    node = said(BASE, predicate, value)
    assert node == {"id": "x", **expected}
    document = {"@context": dict(Words(Iris(BASE)).context), **node, "id": "https://example.org/x"}
    subject = NamedNode("https://example.org/x")
    assert list(parse(json.dumps(document).encode(), format=RdfFormat.JSON_LD)) == [Quad(subject, predicate, value)]


@pytest.mark.parametrize(
    ("base", "iri", "expected"),
    [
        (HOME, f"{HOME}id/place/haizhou", "id/place/haizhou"),
        (HOME, f"{HOME}concept/level/county", "concept:level/county"),
        (HOME, HOME, HOME),
        (BASE, f"{BASE}graph/derived", "graph/derived"),
        # what a dataset of one's own inherits, and what it says itself below the same home
        (BASE, f"{HOME}id/place/haizhou", "shared:id/place/haizhou"),
        (f"{HOME}own/", f"{HOME}own/id/place/haizhou", "id/place/haizhou"),
        # after a prefix it would be read as an address, or as a name of its own
        (BASE, "https://schema.org///x", "https://schema.org///x"),
        (BASE, f"{BASE}urn:x", f"{BASE}urn:x"),
        (BASE, "https://example.org/x", "https://example.org/x"),
    ],
)
def test_an_iri_is_as_short_as_it_reads_back(base: str, iri: str, expected: str) -> None:
    assert Words(Iris(base)).name(iri) == expected
    document = {"@context": dict(Words(Iris(base)).context), "id": expected, "supporter": expected}
    (quad,) = parse(json.dumps(document).encode(), format=RdfFormat.JSON_LD)
    assert (quad.subject, quad.object) == (NamedNode(iri), NamedNode(iri))


def test_several_texts_of_one_language_are_a_list_in_the_language_map() -> None:
    names = [Literal(text, language="zh") for text in ("一", "二", "三")]
    assert said(BASE, SKOS.prefLabel, *names) == {"id": "x", "prefLabel": {"zh": ["一", "二", "三"]}}


def test_json_ld_has_a_thing_a_line(mini: KnowledgeGraph) -> None:
    lines = export(mini, "jsonld").decode().splitlines()
    assert sum(line.startswith('{"id":"id/place/haizhou",') for line in lines) == 1


# RDF/XML


def test_rdflib_reads_every_triple_of_rdf_xml_back(mini: KnowledgeGraph) -> None:
    graph = rdflib.Graph().parse(BytesIO(export(mini, "rdfxml")), format="xml")
    assert set(graph) == set(rdflib.Graph().parse(BytesIO(export(mini, "ntriples")), format="nt"))


def test_oxigraph_reads_the_shipped_rdf_xml_back(real: KnowledgeGraph) -> None:
    found = parse(export(real, "rdfxml"), format=RdfFormat.RDF_XML)
    assert {quad.triple for quad in found} == {quad.triple for quad in real.quads}


def test_every_property_ends_in_a_name_that_xml_can_write(real: KnowledgeGraph) -> None:
    predicates = {quad.predicate.value for quad in real.quads}
    terms = {term.iri for term in load_ontology().terms.values()}
    assert [iri for iri in sorted(predicates | terms) if not NC_NAME_AT_END.search(iri)] == []


def test_hostile_names_survive_in_rdf_xml(mini: KnowledgeGraph) -> None:
    kg = renamed(mini, "海州", *HOSTILE.values())
    assert set(HOSTILE.values()) <= names_of(kg, export(kg, "rdfxml"))


def test_what_xml_cannot_hold_is_left_out_of_rdf_xml(mini: KnowledgeGraph) -> None:
    kg = renamed(mini, "海州", CONTROL)
    # the short name of the register beside those that were given
    assert names_of(kg, export(kg, "rdfxml")) == {"海州", "一二", "海"}


def test_rdf_xml_says_time_and_selection_in_a_comment(mini: KnowledgeGraph) -> None:
    content = export(mini, "rdfxml", as_of=parse_as_of("2016/2017"), selection=Selection(level="county")).decode()
    head = content.partition("<rdf:RDF")[0]
    assert head.startswith("<?xml")
    assert [len(re.findall(text, head)) for text in ("<!-- ", "2016", "2017", "county")] == [2, 2, 2, 1]


def test_two_hyphens_of_a_name_do_not_end_the_comment(mini: KnowledgeGraph) -> None:
    kg = renamed(mini, "海州 --> <x/> ---")
    content = export(kg, "rdfxml", selection=Selection(place="haizhou"))
    assert b"--> <x/>" not in content.partition(b"<rdf:RDF")[0]
    assert len(rdflib.Graph().parse(BytesIO(content), format="xml")) > 0


def test_an_empty_selection_writes_files_that_read_back(mini: KnowledgeGraph) -> None:
    nowhere = Selection(level="village")
    triples = rdflib.Graph().parse(BytesIO(export(mini, "rdfxml", selection=nowhere)), format="xml")
    quads = list(parse(export(mini, "jsonld", selection=nowhere), format=RdfFormat.JSON_LD))
    assert {str(s) for s in triples.subjects()} == {quad.subject.value for quad in quads}  # type: ignore[union-attr]
