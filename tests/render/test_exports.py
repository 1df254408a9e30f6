"""Does every export read back, by somebody else's reader, as what was written?"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
import rdflib
from hostile import CONTROL, HOSTILE, renamed
from pyoxigraph import Literal, NamedNode, Quad

from cooperation_kg.errors import UnknownFormat
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.vocabulary import COOP, XSD
from cooperation_kg.render.exports import FORMATS, export

HAI_SHAN = "test-east-west.haizhou.shanyuan"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
RDFLIB_NAMES = {"turtle": "turtle", "ntriples": "nt", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
WITH_GRAPHS = ("trig", "nquads", "jsonld")

# format → the module that reads it back with somebody else's reader
READ_ELSEWHERE = {
    **dict.fromkeys(("gexf", "cytoscape", "cx2", "dot", "pajek"), "test_network_formats"),
    "rdfxml": "test_linked_formats",
    "datacube": "test_datacube",
    "bibtex": "test_bibliography",
    "csljson": "test_bibliography",
    "csv": "test_tables",
    "parquet": "test_typed_tables",
    "xlsx": "test_typed_tables",
    "package": "test_package",
}
# neither text, nor text for programs
NOT_PLAIN_TEXT = ("csv", "parquet", "xlsx", "package", "pajek")


@pytest.fixture(scope="module", params=["mini", "real"])
def kg(request: pytest.FixtureRequest) -> KnowledgeGraph:
    kg: KnowledgeGraph = request.getfixturevalue(request.param)
    return kg


def to_rdflib(node: object) -> rdflib.term.Identifier:
    if isinstance(node, Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        kind = None if node.datatype == XSD.string else rdflib.URIRef(node.datatype.value)
        return rdflib.Literal(node.value, datatype=kind)
    assert isinstance(node, NamedNode)
    return rdflib.URIRef(node.value)


def triples_of(quads: tuple[Quad, ...]) -> set[Any]:
    return {tuple(to_rdflib(node) for node in (q.subject, q.predicate, q.object)) for q in quads}


def quads_of(quads: tuple[Quad, ...]) -> set[Any]:
    return {tuple(to_rdflib(node) for node in (q.subject, q.predicate, q.object, q.graph_name)) for q in quads}


def read_back(content: bytes, name: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=content.decode("utf-8"), format=RDFLIB_NAMES[name])
    return dataset


# RDF


def test_every_format_has_a_reader_in_these_tests() -> None:
    assert set(FORMATS) == {*RDFLIB_NAMES, "graphml", *READ_ELSEWHERE}
    folder = Path(__file__).parent / "exports"
    assert [name for name in READ_ELSEWHERE.values() if not (folder / f"{name}.py").is_file()] == []


# rdflib takes half a minute for a syntax of the shipped facts: exports/ has readers that are faster
@pytest.mark.parametrize("name", ["turtle", "ntriples"])
def test_rdflib_reads_every_triple_back(mini: KnowledgeGraph, name: str) -> None:
    graph = rdflib.Graph().parse(data=export(mini, name).decode("utf-8"), format=RDFLIB_NAMES[name])
    assert set(graph) == triples_of(mini.quads)


@pytest.mark.parametrize("name", WITH_GRAPHS)
def test_rdflib_reads_every_triple_back_in_its_graph(mini: KnowledgeGraph, name: str) -> None:
    found = {(s, p, o, g) for s, p, o, g in read_back(export(mini, name), name).quads()}
    assert found == quads_of(mini.quads)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in NOT_PLAIN_TEXT])
def test_text_formats_are_utf_8_without_mark_and_end_with_a_line_end(mini: KnowledgeGraph, name: str) -> None:
    content = export(mini, name)
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\n")
    assert b"\r" not in content


@pytest.mark.parametrize("name", RDFLIB_NAMES)
def test_hostile_names_survive_in_rdf(mini: KnowledgeGraph, name: str) -> None:
    hostile = {*HOSTILE.values(), CONTROL}
    kg = renamed(mini, "海州", *hostile)
    place = rdflib.URIRef(kg.iris.thing("place", "haizhou").value)
    names = read_back(export(kg, name), name).quads((place, rdflib.URIRef(COOP.name.value), None, None))
    assert hostile <= {str(found) for _, _, found, _ in names}


@pytest.mark.parametrize("name", ["turtle", "trig"])
def test_names_that_were_forgotten_are_made_again(
    mini: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    written = export(mini, name)
    monkeypatch.setattr("cooperation_kg.render.turtle._REMEMBERED", 3)
    assert export(mini, name) == written


def test_turtle_declares_only_prefixes_that_it_uses(mini: KnowledgeGraph) -> None:
    turtle = export(mini, "turtle").decode("utf-8")
    head, body = (
        [line for line in turtle.splitlines() if line.startswith("@prefix") == is_head] for is_head in (True, False)
    )
    prefixes = [line.split()[1] for line in head]
    assert "coop:" in prefixes
    assert [prefix for prefix in prefixes if not re.search(rf"(?<!\w){prefix}", "\n".join(body))] == []


def test_json_ld_is_json_that_needs_nothing_from_the_network(mini: KnowledgeGraph) -> None:
    document = json.loads(export(mini, "jsonld"))
    contexts = [document.get("@context")] if isinstance(document, dict) else []
    assert not any(isinstance(context, str) for context in contexts)


# GraphML


def network_of(kg: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    network = nx.read_graphml(BytesIO(export(kg, "graphml")), force_multigraph=True)
    assert isinstance(network, nx.MultiDiGraph)
    return network


def declared_types(content: bytes) -> dict[tuple[str, str], str]:
    root = ET.fromstring(content)
    return {(key.attrib["for"], key.attrib["attr.name"]): key.attrib["attr.type"] for key in root.iter(f"{GRAPHML}key")}


def igraph_of(content: bytes, tmp_path: Path) -> Any:
    path = tmp_path / "network.graphml"
    path.write_bytes(content)
    return igraph.Graph.Read_GraphML(str(path))


def test_networkx_reads_parties_and_pairings_back(kg: KnowledgeGraph) -> None:
    network = network_of(kg)
    assert {(source, target, key) for source, target, key in network.edges(keys=True)} == {
        (*pairing.parties, slug) for slug, pairing in kg.derived.pairings.items()
    }
    assert {party for p in kg.derived.pairings.values() for party in p.parties} <= set(network)


def test_the_years_and_states_of_every_pairing_read_back(kg: KnowledgeGraph) -> None:
    for _, _, slug, data in network_of(kg).edges(keys=True, data=True):
        pairing = kg.derived.pairings[slug]
        years = [*pairing.in_force_in, *pairing.possibly_in]
        assert data.get("first") == min(years, default=None)
        assert data.get("last") == max(years, default=None)
        assert data.get("last_certain") == max(pairing.in_force_in, default=None)
        assert data["directed"] is pairing.directed
        assert data["undated"] is pairing.undated
        assert data.get("end_state") == pairing.end_state
        assert data["evidence"].split(" ") == list(pairing.evidence)
        assert data["origins"] == len(pairing.origins)


def test_every_pairing_names_its_sources(mini: KnowledgeGraph) -> None:
    data = network_of(mini).edges["haizhou", "shanyuan", HAI_SHAN]
    assert data["sources"] == "first-report reprint yearbook"


def test_igraph_reads_the_same_numbers_and_types(kg: KnowledgeGraph, tmp_path: Path) -> None:
    network, graph = network_of(kg), igraph_of(export(kg, "graphml"), tmp_path)
    assert (graph.vcount(), graph.ecount()) == (network.number_of_nodes(), network.number_of_edges())
    assert graph.is_directed()
    assert sorted(graph.vs["id"]) == sorted(network)
    assert {type(value) for value in graph.es["directed"]} == {bool}
    assert {type(value) for value in graph.es["first"]} == {float}
    assert sorted(graph.es["iri"]) == sorted(kg.iris.thing("pairing", slug).value for slug in kg.derived.pairings)


def test_attributes_have_declared_types(mini: KnowledgeGraph) -> None:
    types = declared_types(export(mini, "graphml"))
    assert types["edge", "directed"] == "boolean"
    assert types["edge", "first"] == types["edge", "origins"] == "long"
    assert types["node", "lat"] == types["node", "lon"] == "double"
    assert types["node", "code"] == "string"


def test_each_key_of_graphml_has_an_id_of_its_own_and_truth_is_spelt_as_its_schema_has_it(mini: KnowledgeGraph) -> None:
    root = ET.fromstring(export(mini, "graphml"))
    keys = [key.attrib for key in root.iter(f"{GRAPHML}key")]
    truths = {key["id"] for key in keys if key["attr.type"] == "boolean"}
    assert len({key["id"] for key in keys}) == len(keys)
    assert {data.text for data in root.iter(f"{GRAPHML}data") if data.attrib["key"] in truths} == {"true", "false"}


def test_a_code_keeps_its_zeros_and_a_place_its_labels(mini: KnowledgeGraph) -> None:
    place = mini.corpus.places["haizhou"]
    data = network_of(mini).nodes["haizhou"]
    assert (data["code"], data["label_zh"], data["label_en"]) == (place.code, place.name.zh, place.name.en)


def test_what_is_unsaid_is_absent_from_graphml(mini: KnowledgeGraph) -> None:
    hidden = network_of(mini).nodes["case-study.w-county"]
    assert not {"lat", "lon", "code"} & set(hidden)
    assert b">None<" not in export(mini, "graphml")


def test_the_full_view_has_every_resource_as_a_node_and_every_link_as_an_edge(mini: KnowledgeGraph) -> None:
    network = nx.read_graphml(BytesIO(export(mini, "graphml", view="full")), force_multigraph=True)
    links = [quad for quad in mini.quads if isinstance(quad.object, NamedNode)]
    assert network.number_of_edges() == len(links)
    resources = {str(q.subject) for q in mini.quads} | {str(q.object) for q in links}
    assert {f"<{data['iri']}>" for _, data in network.nodes(data=True)} == resources


def test_igraph_reads_the_full_view(mini: KnowledgeGraph, tmp_path: Path) -> None:
    graph = igraph_of(export(mini, "graphml", view="full"), tmp_path)
    assert graph.ecount() == sum(isinstance(quad.object, NamedNode) for quad in mini.quads)


def test_edge_keys_are_unique_in_the_whole_file(mini: KnowledgeGraph) -> None:
    for view in ("network", "full"):
        root = ET.fromstring(export(mini, "graphml", view=view))
        identifiers = [edge.attrib["id"] for edge in root.iter(f"{GRAPHML}edge")]
        assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("view", ["network", "full"])
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_survive_in_graphml(mini: KnowledgeGraph, hostile: str, view: str, tmp_path: Path) -> None:
    content = export(renamed(mini, hostile), "graphml", view=view)
    node = "haizhou" if view == "network" else "place:haizhou"
    name = "label_zh" if view == "network" else "rdfs:label_zh"
    assert nx.read_graphml(BytesIO(content), force_multigraph=True).nodes[node][name] == hostile
    graph = igraph_of(content, tmp_path)
    assert graph.vs[graph.vs["id"].index(node)][name] == hostile


@pytest.mark.parametrize("view", ["network", "full"])
def test_what_xml_cannot_hold_is_left_out_of_graphml(mini: KnowledgeGraph, view: str) -> None:
    content = export(renamed(mini, CONTROL), "graphml", view=view)
    network = nx.read_graphml(BytesIO(content), force_multigraph=True)
    assert "一二" in {value for _, data in network.nodes(data=True) for value in data.values()}


# names of formats


def test_an_unknown_format_names_the_known_ones(mini: KnowledgeGraph) -> None:
    with pytest.raises(UnknownFormat) as caught:
        export(mini, "shapefile")
    assert caught.value.available == tuple(FORMATS)


@pytest.mark.parametrize(("name", "view"), [("turtle", "network"), ("graphml", "everything")])
def test_an_unknown_view_is_refused(mini: KnowledgeGraph, name: str, view: str) -> None:
    with pytest.raises(UnknownFormat):
        export(mini, name, view=view)


def test_every_format_says_in_both_languages_what_it_loses() -> None:
    for row in FORMATS.values():
        assert row.zh
        assert row.en
        assert row.suffix.startswith(".")
        assert "/" in row.media_type
