"""What every graph keeps to, whatever the facts: on the small invented dataset and on the shipped one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from tiny_world import BuildWorld

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.errors import InvalidCorpus
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.graph.shapes import check_shapes
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.graph.vocabulary import CONCEPT, COOP, DEF, HOME, PROV, RDF, SKOS, XSD
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.selecting import Selection, selected_view
from cooperation_kg.render.exports import export

IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")
DERIVED_KINDS = ("pairing", "term", "scope", "cell", "disagreement")
ABOUT = "about: {programme: ew, supporter: east, recipient: west}"
P = "kind: pairing, programme: ew, supporter: east, recipient: west"


@pytest.fixture(params=["mini", "shipped"])
def kg(request: pytest.FixtureRequest) -> KnowledgeGraph:
    graph = request.getfixturevalue(request.param)
    assert isinstance(graph, KnowledgeGraph)
    return graph


def text(node: object) -> str:
    assert isinstance(node, NamedNode | Literal)
    return node.value


def of_subject(kg: KnowledgeGraph, kind: str, identifier: str) -> dict[str, list[str]]:
    """Return predicate → objects as text of one thing."""
    found: dict[str, list[str]] = defaultdict(list)
    for quad in kg.quads:
        if quad.subject == kg.iris.thing(kind, identifier):
            found[quad.predicate.value.replace(DEF, "coop:")].append(text(quad.object))
    return found


def instances(kg: KnowledgeGraph, class_name: str) -> set[str]:
    return {text(q.subject) for q in kg.quads if q.predicate == RDF.type and q.object == COOP[class_name]}


def nodes_of(quad: Quad) -> tuple[object, ...]:
    return quad.subject, quad.predicate, quad.object, quad.graph_name


def test_each_triple_stands_in_one_graph(kg: KnowledgeGraph) -> None:
    assert [triple for triple, times in Counter(quad.triple for quad in kg.quads).items() if times > 1] == []


def test_there_are_no_blank_nodes(kg: KnowledgeGraph) -> None:
    assert not any(isinstance(node, BlankNode) for quad in kg.quads for node in nodes_of(quad))


def test_every_iri_is_absolute_and_holds_no_forbidden_character(kg: KnowledgeGraph) -> None:
    iris = {node.value for quad in kg.quads for node in nodes_of(quad) if isinstance(node, NamedNode)}
    assert [iri for iri in iris if not IRI.fullmatch(iri)] == []


def test_language_tags_are_lower_case_zh_and_en(kg: KnowledgeGraph) -> None:
    assert {q.object.language for q in kg.quads if isinstance(q.object, Literal) and q.object.language} == {"zh", "en"}


def test_no_literal_is_a_year_or_a_float(kg: KnowledgeGraph) -> None:
    ours = {q.object.datatype for q in kg.quads if isinstance(q.object, Literal) and not q.object.language}
    assert ours <= {XSD.string, XSD.date, XSD.integer, XSD.decimal, XSD.boolean}


def test_quads_are_sorted_and_single(kg: KnowledgeGraph) -> None:
    keys = [(str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)) for q in kg.quads]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("part", ["all of it", "a year", "a place", "of its own"])
def test_facts_made_in_turn_are_the_facts_made_at_once(
    kg: KnowledgeGraph, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cooperation_kg.graph.dataset._HELD", 0)
    if part == "of its own":
        kg = build_graph(
            load_corpus(
                write_own(tmp_path, "kind: pairing, programme: east-west, supporter: beijing, recipient: gansu")
            )
        )
    whole = as_of_view(kg, parse_as_of("2018")) if part == "a year" else kg
    if part == "a place":
        whole = selected_view(kg, Selection(place=min(kg.corpus.places)))
    once, turn = replace(whole), replace(whole)
    assert once.facts
    for asked in (once, turn):
        assert tuple(chain.from_iterable(asked.facts_by_graph())) == once.facts
        by_subject = list(asked.facts_by_subject())
        assert all(len({fact[1] for fact in facts}) == 1 for facts in by_subject)
        assert [fact for facts in by_subject for fact in facts] == sorted(once.facts, key=itemgetter(1, 2, 3))
    assert "facts" not in vars(turn)


@pytest.mark.parametrize(("most", "held"), [(0, False), (20_000, True)])
def test_the_store_and_the_exports_hold_the_facts_of_small_datasets_alone(
    mini: KnowledgeGraph, most: int, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {name: export(mini, name) for name in ("turtle", "trig", "ntriples", "nquads")}
    monkeypatch.setattr("cooperation_kg.graph.dataset._HELD", most)
    kg = build_graph(mini.corpus)
    assert {name: export(kg, name) for name in expected} == expected
    assert len(kg.store) == len(mini.facts)
    assert ("facts" in vars(kg)) == held


def test_each_derived_node_has_evidence(kg: KnowledgeGraph) -> None:
    shown = {text(quad.subject) for quad in kg.quads if quad.predicate == COOP.evidence}
    for class_name in ("Pairing", "Term", "Scope", "Cell", "Disagreement"):
        assert instances(kg, class_name) <= shown


def test_evidence_is_always_a_statement_of_the_graph(kg: KnowledgeGraph) -> None:
    shown = {text(quad.object) for quad in kg.quads if quad.predicate == COOP.evidence}
    assert shown <= instances(kg, "Statement")


def test_every_statement_comes_from_the_source_in_whose_graph_it_stands(kg: KnowledgeGraph) -> None:
    graphs: dict[object, set[object]] = defaultdict(set)
    for quad in kg.quads:
        graphs[quad.subject].add(quad.graph_name)
    derived_from = {
        q.subject: text(q.object).rpartition("/")[2] for q in kg.quads if q.predicate == PROV.wasDerivedFrom
    }
    assert set(derived_from) == {kg.iris.thing("statement", key) for key in kg.corpus.statements}
    for subject, source in derived_from.items():
        assert graphs[subject] == {kg.iris.graph(f"source/{source}")}
        assert text(subject).startswith(f"{kg.iris.base}id/statement/{source}.")


def test_a_source_graph_speaks_only_of_its_source_statements_and_hidden_places(kg: KnowledgeGraph) -> None:
    subjects_in: dict[str, set[str]] = defaultdict(set)
    for quad in kg.quads:
        subjects_in[text(quad.graph_name)].add(text(quad.subject).removeprefix(f"{kg.iris.base}id/"))
    for source in kg.corpus.sources:
        subjects = subjects_in[text(kg.iris.graph(f"source/{source}"))]
        assert {s for s in subjects if not s.startswith((f"statement/{source}.", f"place/{source}."))} == {
            f"source/{source}"
        }


def test_every_term_used_is_declared_in_the_ontology(kg: KnowledgeGraph) -> None:
    used = {q.predicate.value for q in kg.quads} | {text(q.object) for q in kg.quads if q.predicate == RDF.type}
    terms = {iri.removeprefix(DEF) for iri in used if iri.startswith(DEF)}
    assert sorted(terms - set(load_ontology().terms)) == []


def test_every_concept_used_is_in_its_list(kg: KnowledgeGraph) -> None:
    known = {text(q.subject) for q in kg.quads if q.predicate == SKOS.inScheme}
    used = {text(q.object) for q in kg.quads if isinstance(q.object, NamedNode) and text(q.object).startswith(CONCEPT)}
    schemes = {f"{CONCEPT}{name}" for name in load_ontology().schemes}
    assert sorted(used - known - schemes) == []


def test_the_four_dates_of_every_term_are_in_order(kg: KnowledgeGraph) -> None:
    names = ("possibleFrom", "certainFrom", "certainTo", "possibleTo")
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for quad in kg.quads:
        said[text(quad.subject), text(quad.predicate)].append(text(quad.object))
    for iri in instances(kg, "Term"):
        days = [day for name in names for day in said[iri, text(COOP[name])]]
        assert days == sorted(days)
        assert len(days) in (2, 4)


def test_roles_stand_on_the_pairing_alone(kg: KnowledgeGraph) -> None:
    for name in ("supporter", "recipient", "party", "programme", "inForceIn", "possiblyIn", "term"):
        subjects = {text(q.subject) for q in kg.quads if q.predicate == COOP[name]}
        assert subjects <= instances(kg, "Pairing")


def test_both_parties_are_always_there(kg: KnowledgeGraph) -> None:
    parties = Counter(text(q.subject) for q in kg.quads if q.predicate == COOP.party)
    assert parties == dict.fromkeys(instances(kg, "Pairing"), 2)


def test_the_store_holds_every_quad(kg: KnowledgeGraph) -> None:
    assert set(kg.store) == set(kg.quads)


def test_rdflib_sees_each_triple_once(mini: KnowledgeGraph) -> None:
    assert len(list(mini.dataset.triples((None, None, None)))) == len(mini.quads)


def test_every_kind_of_statement_reaches_the_graph(mini: KnowledgeGraph) -> None:
    for record in STATEMENT_KINDS.values():
        assert instances(mini, record.__name__), record.__name__


def test_a_withdrawn_statement_keeps_its_place_and_the_reason_alone(mini: KnowledgeGraph) -> None:
    withdrawn = of_subject(mini, "statement", "case-study.s011")
    assert set(withdrawn) == {
        RDF.type.value,
        PROV.wasDerivedFrom.value,
        "coop:locator",
        "coop:order",
        "coop:withdrawn",
    }
    assert withdrawn[RDF.type.value] == [f"{DEF}WithdrawnStatement"]


def test_a_hidden_place_has_no_code_and_is_no_place_of_the_register(mini: KnowledgeGraph) -> None:
    hidden = of_subject(mini, "place", "case-study.w-county")
    assert hidden[RDF.type.value] == [f"{DEF}AnonymousPlace"]
    assert hidden["coop:within"] == [f"{HOME}id/place/shanyuan"]
    assert "coop:code" not in hidden


def test_a_present_parent_and_a_former_one_are_told_apart(world: BuildWorld) -> None:
    kg = world(a=[P])
    moved = of_subject(kg, "place", "moved")
    assert moved["coop:within"] == [kg.iris.thing("place", "north").value]
    assert moved["coop:formerlyWithin"] == [kg.iris.thing("place", "west").value]


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("0.1亿元", Decimal(10_000_000)),
        ("68613.38万元", Decimal(686_133_800)),
        ("1.10亿元", Decimal(110_000_000)),
        ("9007199254740993元", Decimal(9007199254740993)),
        ("0.000000000000000001元", Decimal("0.000000000000000001")),
    ],
)
def test_a_figure_keeps_every_digit(world: BuildWorld, literal: str, value: Decimal) -> None:
    figure = f"kind: figure, {ABOUT}, measure: fiscal-aid, as_written: {literal}, during: 2016, nature: flow"
    said = of_subject(world(a=[P, figure]), "statement", "a.s2")
    assert said["coop:asWritten"] == [literal]
    assert [Decimal(digits) for digits in said["coop:value"]] == [value]
    assert "E" not in said["coop:value"][0]


def test_a_range_has_two_ends_and_no_value(world: BuildWorld) -> None:
    figure = f"kind: figure, {ABOUT}, measure: fiscal-aid, as_written: 3-5亿元, during: 2016, nature: flow"
    said = of_subject(world(a=[P, figure]), "statement", "a.s2")
    assert (said["coop:minimum"], said["coop:maximum"]) == (["300000000"], ["500000000"])
    assert "coop:value" not in said


def test_a_date_keeps_its_text_and_gains_its_bounds(world: BuildWorld) -> None:
    said = of_subject(world(a=[f"{P}, from: 1996-02"]), "statement", "a.s1")
    assert said["coop:from"] == ["1996-02"]
    assert (said["coop:fromEarliest"], said["coop:fromLatest"]) == (["1996-02-01"], ["1996-02-29"])


def test_the_origin_of_a_reprinted_statement_is_the_first_print(mini: KnowledgeGraph) -> None:
    said = of_subject(mini, "statement", "reprint.s001")
    assert said["coop:origin"] == [f"{HOME}id/source/first-report"]


def test_a_scope_of_one_supporter_and_one_recipient_is_their_pairing(world: BuildWorld) -> None:
    figure = f"kind: figure, {ABOUT}, measure: fiscal-aid, as_written: 3亿元, during: 2016, nature: flow"
    kg = world(a=[P, figure])
    assert of_subject(kg, "statement", "a.s2")["coop:about"] == [kg.iris.thing("pairing", "ew.east.west").value]


def test_an_undirected_pairing_has_parties_and_no_roles(world: BuildWorld) -> None:
    kg = world(a=["kind: pairing, programme: equals, parties: [west, east]"])
    said = of_subject(kg, "pairing", "equals.east.west")
    assert len(said["coop:party"]) == 2
    assert "coop:supporter" not in said
    assert "coop:recipient" not in said
    assert said["coop:directed"] == ["false"]


OWN = "title: 自己的\nbase: https://example.org/own/\nlicence: https://example.org/l\ncreators: [我]\nversion: '1'\n"


def write_own(folder: Path, statement: str) -> Path:
    (folder / "sources").mkdir()
    (folder / "statements").mkdir()
    (folder / "dataset.yaml").write_text(f"{OWN}horizon: '2024'\nextends: shipped\n", encoding="utf-8")
    (folder / "sources" / "a.yaml").write_text(
        "id: a\ntitle: 题\ntype: web-page\nlanguage: zh\nread: whole\nreached_by: original\n", encoding="utf-8"
    )
    (folder / "statements" / "a.yaml").write_text(f"- {{id: s1, locator: 一, {statement}}}\n", encoding="utf-8")
    return folder


def test_a_dataset_of_ones_own_speaks_of_the_shipped_places(tmp_path: Path) -> None:
    statement = "kind: pairing, programme: east-west, supporter: beijing, recipient: gansu"
    kg = build_graph(load_corpus(write_own(tmp_path, statement)))
    beijing = NamedNode(f"{HOME}id/place/beijing")
    pairing = NamedNode("https://example.org/own/id/pairing/east-west.beijing.gansu")
    assert (pairing, COOP.supporter, beijing) in {(q.subject, q.predicate, q.object) for q in kg.quads}
    assert check_shapes(kg) == []


def test_a_figure_of_ones_own_about_a_shipped_pairing_that_one_does_not_state_is_a_fault(tmp_path: Path) -> None:
    figure = "kind: figure, about: 京蒙, measure: fiscal-aid, as_written: 3亿元, during: 2016, nature: flow"
    with pytest.raises(InvalidCorpus, match="E303"):
        build_graph(load_corpus(write_own(tmp_path, figure)))
