"""Does the drawn network say what was derived, no more and no less?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.network import GROUPS, build_network

MINI = Path(__file__).parent.parent / "data" / "mini"
HAI_SHAN = "test-east-west.haizhou.shanyuan"


@pytest.fixture(scope="module", params=["mini", "real"])
def kg(request: pytest.FixtureRequest) -> KnowledgeGraph:
    kg: KnowledgeGraph = request.getfixturevalue(request.param)
    return kg


@pytest.fixture(scope="module")
def network(kg: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    return build_network(kg)


@pytest.fixture(scope="module")
def mini_network(mini: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    return build_network(mini)


def edges_of(network: nx.MultiDiGraph[str]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    return {key: (source, target, data) for source, target, key, data in network.edges(keys=True, data=True)}


def test_each_pairing_is_one_edge_with_its_slug_as_key(kg: KnowledgeGraph, network: nx.MultiDiGraph[str]) -> None:
    assert len(edges_of(network)) == network.number_of_edges()
    assert {key: ends[:2] for key, ends in edges_of(network).items()} == {
        slug: pairing.parties for slug, pairing in kg.derived.pairings.items()
    }


def test_every_edge_carries_what_was_derived(kg: KnowledgeGraph, network: nx.MultiDiGraph[str]) -> None:
    for slug, (_, _, data) in edges_of(network).items():
        pairing = kg.derived.pairings[slug]
        assert (data["directed"], data["undated"]) == (pairing.directed, pairing.undated)
        assert tuple(data["in_force"]) == pairing.in_force_in
        assert tuple(data["possibly"]) == pairing.possibly_in
        assert (data["programme"], data["directness"]) == (pairing.programme, pairing.directness)
        assert (data["implements"], data["origins"]) == (pairing.implements, len(pairing.origins))
        assert len(data["terms"]) == len(pairing.terms)


def test_every_edge_names_its_statements_and_they_name_their_sources(
    kg: KnowledgeGraph, network: nx.MultiDiGraph[str]
) -> None:
    statements, sources = network.graph["statements"], network.graph["sources"]
    for slug, (_, _, data) in edges_of(network).items():
        assert data["evidence"]
        assert tuple(statements[index]["id"] for index in data["evidence"]) == kg.derived.pairings[slug].evidence
        assert all(statements[index]["source"] in sources for index in data["evidence"])


def test_every_edge_of_every_page_resolves_to_a_statement_with_a_source(network: nx.MultiDiGraph[str]) -> None:
    statements, sources = network.graph["statements"], network.graph["sources"]
    assert network.number_of_edges()
    for _, _, slug, data in network.edges(keys=True, data=True):
        makes = [statements[index] for index in data["evidence"]]
        beside = [statements[index] for group in data["related"].values() for index in group]
        assert makes, slug
        assert all(statement["kind"] == "pairing" and not statement["withdrawn"] for statement in makes)
        for statement in (*makes, *beside):
            source = sources[statement["source"]]
            assert source["title"] or source["description"], statement["id"]


def test_every_statement_and_every_source_is_listed_once(kg: KnowledgeGraph, network: nx.MultiDiGraph[str]) -> None:
    assert [statement["id"] for statement in network.graph["statements"]] == list(kg.corpus.statements)
    assert list(network.graph["sources"]) == list(kg.corpus.sources)


def test_the_nodes_are_the_parties_and_those_who_take_part(mini_network: nx.MultiDiGraph[str]) -> None:
    assert sorted(mini_network) == [
        "case-study.m-district",
        "case-study.w-county",
        "haizhou",
        "haizhou-donghu",
        "hechuan",
        "hechuan-gushan",
        "linjiang",
        "shanyuan",
        "shanyuan-heishui",
    ]


def test_who_only_takes_part_has_no_edge(mini_network: nx.MultiDiGraph[str]) -> None:
    assert mini_network.nodes["hechuan-gushan"]["roles"] == ["participant"]
    assert mini_network.degree("hechuan-gushan") == 0


def test_roles_follow_from_directed_pairings_alone(kg: KnowledgeGraph, network: nx.MultiDiGraph[str]) -> None:
    for party, data in network.nodes(data=True):
        pairings = [p for p in kg.derived.pairings.values() if party in p.parties]
        assert ("supporter" in data["roles"]) == any(p.supporter == party for p in pairings)
        assert ("recipient" in data["roles"]) == any(p.recipient == party for p in pairings)


def test_a_hidden_place_has_neither_seat_nor_code(mini_network: nx.MultiDiGraph[str]) -> None:
    hidden = mini_network.nodes["case-study.w-county"]
    assert (hidden["kind"], hidden["code"], hidden["lat"], hidden["lon"]) == ("anonymous", "", None, None)
    assert hidden["parent"] == "shanyuan"


def test_a_renamed_place_has_the_names_of_its_years_and_its_history(mini_network: nx.MultiDiGraph[str]) -> None:
    renamed = mini_network.nodes["hechuan-gushan"]
    assert renamed["label_zh"] == "古山市"
    (then,) = renamed["yearly_names"]
    assert then["years"] == list(range(1979, 1997))
    assert (then["zh"], then["en"]) == ("古山县（今古山市）", "古山县 (now Gushan)")
    assert [line["zh"] for line in renamed["history"]] == [
        "古山县 · 929021（至1997年6月17日）",
        "隶属山原自治区（至1997年6月17日）",
        "隶属河川省（自1997年6月18日）",
    ]
    assert renamed["history"][1]["en"] == "within Shanyuan (until 17 June 1997)"


def test_a_place_that_was_never_renamed_has_no_name_of_a_year(mini_network: nx.MultiDiGraph[str]) -> None:
    assert (mini_network.nodes["haizhou"]["yearly_names"], mini_network.nodes["haizhou"]["history"]) == ([], [])


def test_every_node_and_edge_has_both_languages(network: nx.MultiDiGraph[str]) -> None:
    assert all(data["label_zh"] and data["label_en"] for _, data in network.nodes(data=True))
    for _, _, data in network.edges(data=True):
        assert data["name_zh"]
        assert data["name_en"]
        assert data["directness_zh"]
        assert data["directness_en"]


def test_a_pairing_without_direction_is_joined_by_a_dash(mini_network: nx.MultiDiGraph[str]) -> None:
    undirected = [data for _, _, data in mini_network.edges(data=True) if not data["directed"]]
    assert undirected
    assert all("→" not in data["sides_zh"] for data in undirected)


def test_figures_and_practices_stand_beside_the_pairing_they_speak_of(mini_network: nx.MultiDiGraph[str]) -> None:
    _, _, data = edges_of(mini_network)[HAI_SHAN]
    statements = mini_network.graph["statements"]
    related = {group: {statements[index]["id"] for index in indices} for group, indices in data["related"].items()}
    assert {"first-report.s005", "yearbook.s002", "reprint.s001"} <= related["figures"]
    assert "first-report.s012" in related["practices"]
    assert set(related) <= set(GROUPS.values())


def test_a_withdrawn_figure_stands_beside_no_pairing(mini_network: nx.MultiDiGraph[str]) -> None:
    statements = mini_network.graph["statements"]
    shown = {
        statements[index]["id"]
        for _, _, data in mini_network.edges(data=True)
        for indices in data["related"].values()
        for index in indices
    }
    assert "case-study.s011" not in shown


def test_disagreements_are_shown_on_their_pairing_with_both_sides(mini_network: nx.MultiDiGraph[str]) -> None:
    _, _, data = edges_of(mini_network)[HAI_SHAN]
    assert any("3.5亿元" in line["zh"] and "3.2亿元" in line["zh"] for line in data["disagreements"])


def test_a_disagreement_is_shown_on_one_pairing_only(kg: KnowledgeGraph, network: nx.MultiDiGraph[str]) -> None:
    shown = sum(len(data["disagreements"]) for _, _, data in network.edges(data=True))
    of_pairings = [
        d
        for d in kg.derived.disagreements.values()
        if d.about[0] == "pairing" or (d.about[0] == "cell" and kg.derived.cells[d.about[1]].about[0] == "pairing")
    ]
    assert shown == len(of_pairings)


def test_the_counts_are_those_of_the_graph(kg: KnowledgeGraph, network: nx.MultiDiGraph[str]) -> None:
    counts = network.graph["counts"]
    assert counts["pairings"] == network.number_of_edges()
    assert counts["places"] == sum(party in kg.corpus.places for party in network)
    assert counts["sources"] == len(kg.corpus.sources)
    assert counts["statements"] == sum(s.withdrawn is None for s in kg.corpus.statements.values())


def test_a_withdrawn_figure_is_not_counted(mini: KnowledgeGraph, mini_network: nx.MultiDiGraph[str]) -> None:
    standing = [s for s in mini.corpus.statements.values() if s.kind == "figure" and s.withdrawn is None]
    assert mini_network.graph["counts"]["figures"] == len(standing)


def test_the_year_shown_first_is_the_horizon(mini_network: nx.MultiDiGraph[str]) -> None:
    assert (mini_network.graph["horizon"], mini_network.graph["year_default"]) == (2024, 2024)


def test_only_the_families_that_have_edges_are_listed(network: nx.MultiDiGraph[str]) -> None:
    used = {data["programme"] for _, _, data in network.edges(data=True)}
    assert {programme["id"] for programme in network.graph["programmes"]} == used
