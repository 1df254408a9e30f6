"""A network too large to draw: closed levels are gathered at their provinces, and open in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pictured import site_of

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render import layout
from cooperation_kg.render.layout import levels_closed_at_first
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_page
from cooperation_kg.render.payload import page_payload

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CITIES = "kind: pairing, programme: ew, supporter: east-city, recipient: west-city, from: 2003, until: 2010"
LINE = "east~west~ew~to"


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return site_of(tmp_path_factory.mktemp("gathered"), CITIES).kg


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three parties are already too many: the three provinces alone are open."""
    monkeypatch.setattr(layout, "MOST_DRAWN", 3)
    monkeypatch.setattr(layout, "MOST_OPEN", 3)


@pytest.fixture
def opened(kg: KnowledgeGraph, small: None, browser: Browser, tmp_path: Path) -> Any:
    (tmp_path / "network.html").write_text(render_page(build_network(kg)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)

    def opening(address: str) -> Any:
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto((tmp_path / "network.html").as_uri() + address)
        page.wait_for_selector("html[data-ready]")
        return page

    yield opening
    context.close()


def shown(page: Any) -> tuple[list[str], dict[str, int]]:
    """Return the pairings drawn one by one, and how many each gathered line stands for."""
    edges = page.evaluate("() => CKG.shown().edges.map((edge) => edge.id)")
    held = page.evaluate("() => [...CKG.shown().held].map(([id, some]) => [id, some.length])")
    return edges, dict(held)


def test_levels_close_from_the_one_on_which_the_parties_are_too_many(kg: KnowledgeGraph, small: None) -> None:
    # provinces: east, west, south; then two prefectures
    assert levels_closed_at_first(build_network(kg)) == ("prefecture", "county", "township", "village", "zone")


def test_a_network_that_can_be_drawn_is_not_gathered(kg: KnowledgeGraph) -> None:
    payload = page_payload(build_network(kg), "zh")
    assert not payload["gathered"]
    assert "north" not in {node["id"] for node in payload["nodes"]}


def test_a_province_that_is_no_party_stands_amid_what_it_contains(kg: KnowledgeGraph, small: None) -> None:
    nodes = {node["id"]: node for node in page_payload(build_network(kg), "zh")["nodes"]}
    assert (nodes["north"]["kind"], nodes["north"]["label_zh"]) == ("container", "北省")
    assert nodes["north"]["at"] == nodes["moved"]["at"]


@pytest.mark.browser
def test_pairings_of_closed_levels_are_one_line_with_their_number(opened: Any) -> None:
    assert shown(opened("#y=2005")) == (["ew.east.west"], {LINE: 2})


@pytest.mark.browser
def test_a_line_counts_only_the_pairings_of_the_year(opened: Any) -> None:
    assert shown(opened("#y=2008")) == (["ew.east.west"], {LINE: 1})
    assert shown(opened("#y=1995")) == ([], {"east~north~ew~to": 1})


@pytest.mark.browser
def test_a_chosen_line_opens_and_closes_again(opened: Any) -> None:
    page = opened(f"#y=2005&sel=l:{LINE}")
    assert shown(page) == (["ew.east-city.west-city", "ew.east-county.west-county", "ew.east.west"], {})
    assert "2 组结对合为一线" in page.inner_text("#panel-body")
    page.keyboard.press("Escape")
    assert shown(page) == (["ew.east.west"], {LINE: 2})


@pytest.mark.browser
def test_a_chosen_place_opens_what_lies_in_it(opened: Any) -> None:
    page = opened("#y=2005&sel=n:west-city")
    assert shown(page) == (["ew.east-city.west-city", "ew.east-county.west-county", "ew.east.west"], {})
    assert "所辖地区的结对" in page.inner_text("#panel-body")


@pytest.mark.browser
def test_the_table_names_each_line_and_the_count_says_how_many_are_gathered(opened: Any) -> None:
    page = opened("#y=2005")
    assert page.inner_text("#table-body tr:first-child") == "2 组结对\t东省 → 西省\t东西协作\t\t\t"
    assert "另有 2 组结对合为 1 条线" in page.inner_text("#shown-count")
    page.click("#table-body tr:first-child button")
    assert page.evaluate("() => CKG.toHash()").endswith("&sel=l%3Aeast~west~ew~to")


@pytest.mark.browser
def test_a_search_opens_the_place_found_and_no_whole_level(opened: Any) -> None:
    page = opened("#y=2005")
    page.fill("#search", "西县")
    page.keyboard.press("Enter")
    assert shown(page) == (["ew.east-county.west-county", "ew.east.west"], {LINE: 1})
    assert not page.is_checked('[data-filter="hiddenLevels:county"]')


@pytest.mark.browser
def test_filters_count_what_is_gathered_too(opened: Any) -> None:
    page = opened("#y=2005")
    assert page.inner_text('li:has([data-filter="hiddenProgrammes:ew"]) .count') == "3"
    page.uncheck('[data-filter="hiddenProgrammes:ew"]')
    assert shown(page) == ([], {})


@pytest.mark.browser
def test_the_picture_as_a_file_has_the_line_and_its_number(opened: Any) -> None:
    texts = opened("#y=2005").evaluate(
        "() => [...CKG.save.picture().querySelectorAll('text')].map((t) => t.textContent)"
    )
    assert "2" in texts


@pytest.mark.browser
def test_vis_is_given_nothing_that_was_never_shown(opened: Any) -> None:
    page = opened("#y=2005")
    assert page.evaluate("() => CKG.visEdges.getIds().sort()") == ["ew.east.west", f"line:{LINE}"]
    assert page.evaluate("() => CKG.visNodes.getIds().sort()") == ["east", "west"]
