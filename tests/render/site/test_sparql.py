"""The query page as it is written: what it knows, what it may run, and where it is missing."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html import unescape
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from site_reader import faults_of

from cooperation_kg.query.library import named_queries
from cooperation_kg.render.site import bundles, frame, sparql
from cooperation_kg.render.site.context import Site


@pytest.fixture(scope="module")
def page(shipped: Site) -> str:
    (made,) = sparql.pages(shipped)
    return frame.framed(shipped, made).decode()


@pytest.fixture(scope="module")
def told(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="sparql-data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_the_editor_and_the_engine_are_part_of_this_installation() -> None:
    assert bundles.is_there()


def test_the_page_has_no_fault_of_markup(page: str) -> None:
    assert list(faults_of(page)) == []


def test_webassembly_may_be_compiled_on_this_page_alone(page: str, shipped: Site) -> None:
    other = frame.framed(shipped, frame.Page("x.html", frame.Both("甲", "a"), frame.Markup(""))).decode()
    assert "script-src 'self' 'wasm-unsafe-eval'; worker-src blob:;" in unescape(page)
    assert "wasm-unsafe-eval" not in other
    assert "worker-src" not in other
    assert "connect-src" not in page  # default-src 'none' holds: the page, its scripts and its worker dial nowhere


def test_every_named_question_is_offered_with_its_fields(told: Any) -> None:
    offered = {one["name"]: [param["name"] for param in one["params"]] for one in told["questions"]}
    assert offered == {name: [p.name for p in query.parameters] for name, query in named_queries().items()}


@pytest.mark.parametrize(
    ("name", "filled"),
    [("pairings", {"as_of": "2018"}), ("pairings-of", {"place": "京", "as_of": "2018"}), ("find", {"text": "闽宁"})],
)
def test_a_question_comes_with_the_values_of_its_example(told: Any, name: str, filled: dict[str, str]) -> None:
    assert next(one for one in told["questions"] if one["name"] == name)["example"] == filled


def test_an_example_of_a_year_has_the_year_in_it(told: Any) -> None:
    example = next(one for one in told["examples"] if one["id"] == "huanggang-helpers-2020")
    assert "VALUES ?year { 2020 }" in example["sparql"]


def test_our_terms_are_completed_with_their_names_in_both_languages(told: Any) -> None:
    terms = {term: rest for term, *rest in told["terms"]}
    assert terms["coop:supporter"] == ["帮扶方", "supporter", "object-property"]
    assert "coop:" in terms
    assert "place:" in terms


def test_the_graph_in_the_page_is_the_graph(shipped: Site) -> None:
    packed = sparql.graph_data(shipped)
    found = re.fullmatch(rb'window\.CKG_GRAPH="([A-Za-z0-9+/=]+)";\n', packed)
    assert found is not None
    quads = parse(gzip.decompress(base64.b64decode(found[1])), format=RdfFormat.TRIG)
    assert len({str(quad) for quad in quads}) == len(shipped.kg.store)


def test_the_same_graph_is_packed_to_the_same_bytes(shipped: Site) -> None:
    assert sparql.graph_data(shipped) == sparql.graph_data(shipped)


def test_without_the_bundles_there_is_no_page_and_no_file_of_it(shipped: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "is_there", lambda: False)
    assert list(sparql.pages(shipped)) == []
    assert list(sparql.files(shipped)) == []


def test_half_of_the_bundles_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "sparql-editor.js").write_text("")
    monkeypatch.setattr(bundles, "_FOLDER", tmp_path)
    assert not bundles.is_there()
