"""Do the machine-readable twins and the description of the dataset say what the graph says, and read back?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF, PROV, XSD

from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.site import linked_data
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.twins import Twins, things, twins_of

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ID = "https://w3id.org/cooperation-kg/id/"
DEF = "https://w3id.org/cooperation-kg/def#"
SCHEMA = "https://schema.org/"
BESIDE = {"graph.trig": b"abc", "graph.ttl": b"", "network.graphml": b"<graphml/>"}
CHIFENG = "pairing/east-west.beijing.inner-mongolia-chifeng"


@pytest.fixture(scope="module")
def site(real: KnowledgeGraph) -> Site:
    return Site(real, beside=BESIDE)


@pytest.fixture(scope="module")
def twins(site: Site) -> dict[str, bytes]:
    return dict(Twins(site).files())


@pytest.fixture(scope="module")
def described(site: Site) -> Graph:
    content = dict(linked_data.files(site))["dataset.ttl"]
    return Graph().parse(data=content, format="turtle", publicID="https://example.org/site/dataset.ttl")


def triples(content: bytes, rdf_format: RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in parse(content, format=rdf_format)}


def test_everything_with_a_page_has_both_twins(site: Site, twins: dict[str, bytes]) -> None:
    assert set(twins) == {path for thing in things(site) for _, path in twins_of(*thing)}


def test_both_twins_of_everything_say_the_same(twins: dict[str, bytes]) -> None:
    differing = [
        name
        for name, content in twins.items()
        if name.endswith(".ttl")
        and triples(content, RdfFormat.TURTLE) != triples(twins[f"{name[:-4]}.jsonld"], RdfFormat.JSON_LD)
    ]
    assert differing == []


def test_no_twin_says_what_the_graph_does_not_say(real: KnowledgeGraph, twins: dict[str, bytes]) -> None:
    known = {str(quad.triple) for quad in real.quads}
    said = set().union(*(triples(c, RdfFormat.TURTLE) for n, c in twins.items() if n.endswith(".ttl")))
    assert said - known == set()


@pytest.mark.parametrize("name", ["place/beijing", CHIFENG, "source/sinahk-2024", "measure/grant-aid"])
def test_rdflib_reads_both_twins_alike(twins: dict[str, bytes], name: str) -> None:
    turtle = Graph().parse(data=twins[f"{name}.ttl"], format="turtle")
    json_ld = Graph().parse(data=twins[f"{name}.jsonld"], format="json-ld")
    assert len(turtle) > 5
    assert set(turtle) == set(json_ld)


def test_a_twin_of_a_pairing_holds_its_terms_evidence_and_figures_whole(twins: dict[str, bytes]) -> None:
    graph = Graph().parse(data=twins[f"{CHIFENG}.ttl"], format="turtle")
    # data/statements/sinahk-2024.yaml, s001: 33亿元 by August 2024
    figure = URIRef(f"{ID}statement/sinahk-2024.s001")
    assert graph.value(figure, URIRef(f"{DEF}asWritten")) == Literal("33亿元")
    assert graph.value(figure, PROV.wasDerivedFrom) == URIRef(f"{ID}source/sinahk-2024")
    # the two statements that prove the pairing
    assert graph.value(URIRef(f"{ID}statement/keyw-2021.s002"), URIRef(f"{DEF}fromEarliest")) is not None
    assert graph.value(URIRef(f"{ID}statement/nmgn-2015.s002"), PROV.wasDerivedFrom) is not None
    term = URIRef(f"{ID}term/east-west.beijing.inner-mongolia-chifeng.1")
    assert (term, RDF.type, URIRef(f"{DEF}Term")) in graph


def test_a_twin_gives_the_name_of_what_it_points_to_and_no_more_of_it(twins: dict[str, bytes]) -> None:
    graph = Graph().parse(data=twins[f"{CHIFENG}.ttl"], format="turtle")
    beijing = {str(o) for o in graph.objects(URIRef(f"{ID}place/beijing"))}
    assert beijing == {"北京市", "Beijing"}


def test_the_twin_of_a_source_holds_every_statement_of_it(real: KnowledgeGraph, twins: dict[str, bytes]) -> None:
    graph = Graph().parse(data=twins["source/w-county.ttl"], format="turtle")
    told = {str(s).rpartition("/")[2] for s in graph.subjects(PROV.wasDerivedFrom, URIRef(f"{ID}source/w-county"))}
    assert told == {s.key for s in real.corpus.of_source("w-county")}


def test_a_place_hidden_by_its_source_has_a_twin(twins: dict[str, bytes]) -> None:
    graph = Graph().parse(data=twins["place/w-county.w-county.ttl"], format="turtle")
    assert (URIRef(f"{ID}place/w-county.w-county"), RDF.type, URIRef(f"{DEF}AnonymousPlace")) in graph


def test_the_same_graph_gives_the_same_twins(mini: KnowledgeGraph) -> None:
    assert dict(Twins(Site(mini)).files()) == dict(Twins(Site(mini)).files())


def test_twins_are_of_all_times(mini: KnowledgeGraph) -> None:
    narrowed = Site(mini, as_of=parse_as_of(2010))
    assert dict(Twins(narrowed).files()) == dict(Twins(Site(mini)).files())


def dataset(graph: Graph) -> URIRef:
    (found,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert isinstance(found, URIRef)
    return found


def test_the_description_has_what_dcat_3_wants_of_a_dataset(described: Graph) -> None:
    found = dataset(described)
    assert found == URIRef("https://w3id.org/cooperation-kg/dataset")
    wanted = {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.creator,
        DCTERMS.publisher,
        DCTERMS.license,
        DCTERMS.identifier,
        DCTERMS.language,
        DCTERMS.spatial,
        DCTERMS.temporal,
        DCAT.version,
        DCAT.keyword,
        DCAT.landingPage,
        DCAT.distribution,
    }
    assert wanted - set(described.predicates(found)) == set()


def test_the_description_gives_licence_version_and_years(described: Graph) -> None:
    found = dataset(described)
    # data/dataset.yaml; the first pairings are of "some time within 1979 to 1989"
    assert described.value(found, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert described.value(found, DCAT.version) == Literal("0.1.0")
    span = described.value(found, DCTERMS.temporal)
    assert described.value(span, DCAT.startDate) == Literal("1979", datatype=XSD.gYear)
    assert described.value(span, DCAT.endDate) == Literal("2026", datatype=XSD.gYear)
    assert (
        str(described.value(described.value(found, DCTERMS.publisher), FOAF.name)) == "The cooperation-kg contributors"
    )


def test_each_export_is_a_distribution_with_media_type_size_and_checksum(described: Graph) -> None:
    found = {}
    for one in described.objects(dataset(described), DCAT.distribution):
        address = str(described.value(one, DCAT.downloadURL))
        checksum = described.value(one, SPDX.checksum)
        found[address] = (
            str(described.value(one, DCAT.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/"),
            described.value(one, DCAT.byteSize),
            str(described.value(checksum, SPDX.checksumValue))[:8],
        )
        assert described.value(one, DCAT.accessURL) is not None
        assert described.value(one, DCTERMS.license) is not None
    base = "https://example.org/site/"
    # SHA-256 of "abc" and of nothing: FIPS 180-4
    trig = ("application/trig", Literal("3", datatype=XSD.nonNegativeInteger), "ba7816bf")
    turtle = ("text/turtle", Literal("0", datatype=XSD.nonNegativeInteger), "e3b0c442")
    assert found[f"{base}graph.trig"] == trig
    assert found[f"{base}graph.ttl"] == turtle
    assert found[f"{base}network.graphml"][:2] == (
        "application/graphml+xml",
        Literal("10", datatype=XSD.nonNegativeInteger),
    )


def test_the_description_counts_the_triples_and_the_things_of_each_class(
    real: KnowledgeGraph, described: Graph
) -> None:
    found = dataset(described)
    assert described.value(found, VOID.triples) == Literal(len({quad.triple for quad in real.quads}))
    parts = {
        str(described.value(part, VOID["class"])).removeprefix(DEF): described.value(part, VOID.entities)
        for part in described.objects(found, VOID.classPartition)
    }
    assert parts["Source"] == Literal(len(real.corpus.sources))
    assert parts["Pairing"] == Literal(len(real.derived.pairings))


def test_the_description_names_every_source(real: KnowledgeGraph, described: Graph) -> None:
    named = {str(o).rpartition("/")[2] for o in described.objects(dataset(described), PROV.hadPrimarySource)}
    assert named == set(real.corpus.sources)


def test_exports_of_a_time_say_so(mini: KnowledgeGraph) -> None:
    narrowed = Site(mini, as_of=parse_as_of(2010), beside={"graph.as-of-2010.ttl": b""})
    content = dict(linked_data.files(narrowed))["dataset.ttl"]
    graph = Graph().parse(data=content, format="turtle", publicID="https://example.org/dataset.ttl")
    (one,) = graph.objects(None, DCAT.distribution)
    assert any(str(text).endswith("as of 2010") for text in graph.objects(one, DCTERMS.description))


def head(site: Site, kind: str, identifier: str) -> dict[str, Any]:
    found = json.loads(linked_data.head(site, kind, identifier))
    assert isinstance(found, dict)
    return found


def test_the_head_of_a_place_names_it_and_gives_its_code_and_parent(site: Site) -> None:
    said = head(site, "place", "hubei-shiyan")
    assert said["@type"] == "AdministrativeArea"
    assert said["@id"] == f"{ID}place/hubei-shiyan"
    assert {"@language": "zh", "@value": "十堰市"} in said["name"]
    # GB/T 2260: 420300 is Shiyan
    assert {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": "420300"} in said["identifier"]
    assert said["containedInPlace"]["@id"] == f"{ID}place/hubei"


def test_the_head_links_the_twins_beside_the_page(site: Site) -> None:
    said = head(site, "place", "beijing")
    assert [d["contentUrl"] for d in said["subjectOf"]["distribution"]] == ["beijing.ttl", "beijing.jsonld"]


@pytest.mark.parametrize(
    ("kind", "identifier", "expected"),
    [
        ("source", "w-county", "ScholarlyArticle"),
        ("source", "rmrb-2008", "NewsArticle"),
        ("pairing", "east-west.beijing.inner-mongolia", "Dataset"),
        ("measure", "grant-aid", "DefinedTerm"),
        ("programme", "east-west", "Dataset"),
    ],
)
def test_each_kind_has_a_type_of_schema_org(site: Site, kind: str, identifier: str, expected: str) -> None:
    assert head(site, kind, identifier)["@type"] == expected


def test_every_head_is_json_that_cannot_leave_its_script(site: Site) -> None:
    for kind, identifier in things(site):
        text = linked_data.head(site, kind, identifier)
        assert json.loads(text)["@id"]
        assert "<" not in text


def test_rdflib_reads_a_head_without_the_network(site: Site) -> None:
    graph = Graph().parse(data=linked_data.head(site, "place", "beijing"), format="json-ld")
    assert (URIRef(f"{ID}place/beijing"), RDF.type, URIRef(f"{SCHEMA}AdministrativeArea")) in graph


def test_the_head_of_the_first_page_describes_the_dataset(site: Site) -> None:
    said = json.loads(linked_data.dataset_head(site))
    assert said["@type"] == "Dataset"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["temporalCoverage"] == "1979/2026"
    assert [d["contentUrl"] for d in said["distribution"]] == [*sorted(BESIDE), "dataset.ttl"]
    assert "version 0.1.0, as of 2026" in said["citation"]


def test_hostile_text_comes_out_of_both_twins_as_it_went_in(hostile_site: Mapping[str, bytes]) -> None:
    turtle = {name[:-4]: content for name, content in hostile_site.items() if name.endswith(".ttl") and "/" in name}
    assert len(turtle) > 20
    for name, content in turtle.items():
        said = triples(content, RdfFormat.TURTLE)
        assert said == triples(hostile_site[f"{name}.jsonld"], RdfFormat.JSON_LD), name
    assert any(b"onerror" in content for content in turtle.values())


def test_a_hostile_title_leaves_the_description_readable(hostile_site: Mapping[str, bytes]) -> None:
    graph = Graph().parse(data=hostile_site["dataset.ttl"], format="turtle", publicID="https://example.org/dataset.ttl")
    titles = {str(text) for text in graph.objects(dataset(graph), DCTERMS.title)}
    assert any("</script>" in text for text in titles)
