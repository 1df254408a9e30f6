"""A new field or kind of statement touches record, graph, shape, schema and summary: here every field is set once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pyoxigraph import NamedNode
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.judgements import Search
from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.graph.shapes import check_shapes

COMMON = (
    "said_by: 某人, according_to: bureau, read: part, reached_by: reprint, directness: implied, called: 某称, note: 注"
)
# kind → statements that together set every field of the kind
EVERYTHING: dict[str, tuple[str, ...]] = {
    "pairing": (
        "programme: ew, supporter: [east, south], recipient: [west, north], matching: by-position, from: 1996, "
        "until: 2015, as_of: 2000/2010, basis: first-order",
        "programme: ew, parties: [east, west], due: 2030",
        "about: 东西",
    ),
    "participation": ("place: east, programme: ew, from: 1996, until: 2015, as_of: 2000",),
    "figure": (
        "about: {programme: ew, supporter: east, recipient: [west, north]}, measure: fiscal-aid, as_written: 1.5亿元, "
        "value: 150000000, unit: 元, bound: about, during: 2016/2020, nature: flow, stage: paid, place: east, "
        "payer: east, payee: west, scope_note: 说明",
        "about: east, measure: fiscal-aid, as_noted: CNY 3 million, at: 2018, nature: stock, part_of: s1, revises: s1",
    ),
    "document": (
        "policy: first-order, act: issued, by: [bureau], date: 1996-07-06, number: 某发〔1996〕1号, "
        "amends: second-order, based_on: third-order, text: 内容",
    ),
    "policy-effect": ("policy: first-order, effect: establishes, about: ew, date: 1996, text: 内容",),
    "change": ("about: ew, change: renamed, from: 旧名, to: 新名, date: 2021, text: 内容",),
    "event": (
        "event: opening, about: ew, date: 2016, places: [east], text: 内容",
        "label: 会议",
    ),
    "project": (
        "project: park, about: ew, field: industry, as_of: 2016, places: [east], text: 内容",
        "label: 园区",
    ),
    "practice": ("about: ew, field: industry, text: 做法, as_of: 2016, places: [east]",),
    "phase": ("about: ew, label: 阶段, during: 1996/2011, text: 内容", "about: ew, label: 阶段, from: 2021"),
    "definition": ("term: 某词, about: ew, text: 释义",),
    "assessment": ("verdict: problem, about: ew, text: 问题, field: industry, as_of: 2016",),
}


def fields_of(kind: str) -> set[str]:
    """Return the names that YAML has for the fields of a kind."""
    fields = STATEMENT_KINDS[kind].model_fields
    return {field.alias or name for name, field in fields.items()} - {"id", "kind", "locator", "source", "withdrawn"}


def test_every_kind_is_tried() -> None:
    assert set(EVERYTHING) == set(STATEMENT_KINDS)


@pytest.mark.parametrize("kind", STATEMENT_KINDS)
def test_every_field_of_the_kind_is_tried(kind: str) -> None:
    tried: set[str] = set()
    for line in (COMMON, *EVERYTHING[kind]):
        tried |= set(yaml.safe_load(f"{{{line}}}"))
    assert fields_of(kind) - tried == set()


@pytest.mark.parametrize("kind", STATEMENT_KINDS)
def test_every_field_passes_from_yaml_to_a_graph_that_keeps_the_shapes(kind: str, tmp_path: Path) -> None:
    lines = [f"kind: {kind}, {COMMON}, {line}" for line in EVERYTHING[kind]]
    lines += ["kind: pairing, about: 东西"] if kind != "pairing" else []
    write_world(
        tmp_path / "world",
        {},
        (),
        "- {id: dong-xi, name: 东西, programme: ew, places: [east, west]}\n",
        "2024",
        {"a": lines},
    )
    for name, text in (
        ("events", "- {id: opening, name: 开幕, type: meeting}\n"),
        ("projects", "- {id: park, name: 园区, field: industry}\n"),
    ):
        (tmp_path / "world" / f"{name}.yaml").write_text(text, encoding="utf-8")
    kg = build_graph(load_corpus(tmp_path / "world"))
    assert [str(issue) for issue in check_shapes(kg)] == []
    subject = kg.iris.thing("statement", "a.s1")
    said = {quad.predicate.value.rsplit("/", 1)[-1] for quad in kg.quads if quad.subject == subject}
    assert len(said) >= len(yaml.safe_load(f"{{{COMMON}, {EVERYTHING[kind][0]}}}"))


def test_every_field_of_a_search_passes_from_yaml_to_a_graph_that_keeps_the_shapes(tmp_path: Path) -> None:
    searches = (
        "{about: 东西, measure: [fiscal-aid, grant-aid], during: 2019/2020}",
        "{about: {programme: ew, supporter: [east, south], recipient: west}, measure: fiscal-aid}",
        "{about: ew}",
    )
    assert {name for search in searches for name in yaml.safe_load(search)} == set(Search.model_fields)
    write_world(
        tmp_path / "world",
        {},
        (f"kind: searched, what: 数字, where: 年鉴, covers: [{', '.join(searches)}]",),
        "- {id: dong-xi, name: 东西, programme: ew, places: [east, west]}\n",
        "2024",
        {"a": ["kind: pairing, programme: ew, supporter: east, recipient: west, as_of: 2019"]},
    )
    kg = build_graph(load_corpus(tmp_path / "world"))
    assert [str(issue) for issue in check_shapes(kg)] == []
    judgement = kg.iris.thing("judgement", "j1").value
    said = {
        (
            quad.subject.value.removeprefix(judgement),
            *(re.split("[/#]", n.value)[-1] for n in (quad.predicate, quad.object)),
        )
        for quad in kg.quads
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(f"{judgement}.")
    }
    assert said == {
        *((f".{number}", "type", "Search") for number in (1, 2, 3)),
        (".1", "about", "ew.east.west"),
        (".1", "measure", "fiscal-aid"),
        (".1", "measure", "grant-aid"),
        (".1", "during", "2020"),
        (".1", "periodEarliest", "2019-01-01"),
        (".1", "periodLatest", "2020-12-31"),
        (".2", "scopeProgramme", "ew"),
        (".2", "scopeSupporter", "east"),
        (".2", "scopeSupporter", "south"),
        (".2", "scopeRecipient", "west"),
        (".2", "measure", "fiscal-aid"),
        (".3", "about", "ew"),
    }
