"""The links to queries in a browser: each kind answers from disk, and the network's panel has its query too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from opened import Opened
from site_reader import asked_by_links

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.run import run_query
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_page

pytestmark = pytest.mark.browser
HAI_SHAN = "test-east-west.haizhou.shanyuan"
ANSWERED = "(before) => document.documentElement.dataset.answered > before"


def one_of_each(states: set[str]) -> list[str]:
    """Return one address of each question, kind of thing and way of asking."""
    found: dict[tuple[str, ...], str] = {}
    for state in sorted(states):
        given = dict(parse_qsl(state))
        kind = given.get("thing", "").partition("/")[0]
        found.setdefault((given.get("ask", state), kind, given.get("how", ""), *sorted(given)), state)
    return list(found.values())


def test_every_kind_of_link_to_a_query_is_answered(
    browser: Any, mini_site: Mapping[str, bytes], mini_folder: Path
) -> None:
    states = {state for state in asked_by_links(mini_site) if not state.startswith("example=")}
    context = browser.new_context(offline=True)
    page = Opened(context.new_page()).go(mini_folder / "sparql.html", "#ask=graph-summary").page
    page.wait_for_function(ANSWERED, arg="0")
    said = {}
    for state in one_of_each(states - {"ask=graph-summary"}):
        before = page.evaluate("() => document.documentElement.dataset.answered")
        page.evaluate("(state) => { location.hash = state; }", state)
        page.wait_for_function(
            "(before) => Number(document.documentElement.dataset.answered) > Number(before)", arg=before
        )
        if page.locator("#sparql-fault").is_visible():
            said[state] = page.locator("#sparql-fault").inner_text()
    context.close()
    # a question that wants a name is asked with that of its example, which is none of the small world's
    assert {state: text for state, text in said.items() if len(parse_qsl(state)) > 1} == {}
    assert all("找不到" in text for text in said.values())


def chosen(browser: Any, page: str, folder: Path, state: str) -> Any:
    (folder / "network.html").write_text(page, encoding="utf-8")
    opened = Opened(browser.new_context(offline=True).new_page()).go(folder / "network.html", state)
    opened.page.wait_for_selector("html[data-ready=true]")
    return opened.page


@pytest.mark.parametrize(
    ("selected", "address"),
    [
        (f"e:{HAI_SHAN}", f"#ask=pairing-statements&pairing=pairing%2F{HAI_SHAN}"),
        ("n:haizhou", "#ask=pairings-of&place=place%2Fhaizhou"),
        ("p:test-east-west", "#ask=statements-of&thing=programme%2Ftest-east-west&how=about"),
    ],
)
def test_the_panel_of_the_network_asks_for_what_is_chosen(
    browser: Any, mini: KnowledgeGraph, tmp_path: Path, selected: str, address: str
) -> None:
    page = chosen(browser, render_page(build_network(mini), site_links=True), tmp_path, f"#sel={selected}")
    link = page.locator(".ways a", has_text="看查询")
    assert link.get_attribute("href") == f"sparql.html?lang=zh{address}"


def test_a_network_that_stands_alone_has_the_query_as_text_that_runs(
    browser: Any, mini: KnowledgeGraph, tmp_path: Path
) -> None:
    page = chosen(browser, render_page(build_network(mini)), tmp_path, f"#sel=e:{HAI_SHAN}")
    assert page.locator(".ways a").count() == 0
    page.locator(".ways .query summary").click()
    text = page.locator(".ways .query pre").inner_text()
    expected = {row["statement"] for row in run_query(mini, "pairing-statements", pairing=HAI_SHAN)}
    assert {row["statement"] for row in run_query(mini, text)} == expected
    assert expected
