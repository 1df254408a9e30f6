"""The page ``/api/``: forms that ask the API, whose answers a browser shows as pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from serving_world import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_the_same_address_gives_json_to_programs_text_to_terminals_and_a_page_to_browsers(server: Server) -> None:
    path = "/api/show?name=haizhou&lang=zh"
    program, terminal, browser = (server.get(path, accept) for accept in ("", "text/plain", BROWSER))
    assert json.loads(program.body)["name"]["zh"] == "海州省"
    assert terminal.text.splitlines()[0] == "海州省"
    assert "<h1>海州省</h1>" in browser.text
    assert "script" not in browser.text
    assert [got.media for got in (program, terminal, browser)] == ["application/json", "text/plain", "text/html"]


def test_what_is_found_links_to_its_page(server: Server) -> None:
    assert '<a href="/id/place/haizhou">海州省</a>' in server.get("/api/search?text=haizhou", BROWSER).text


def test_names_are_told_in_the_language_that_is_asked_for(server: Server) -> None:
    answers = (json.loads(server.get(f"/api/search?text=haizhou&lang={lang}").body) for lang in ("zh", "en"))
    assert [answer["found"][0]["name"] for answer in answers] == ["海州省", "Haizhou"]


def test_a_browser_is_told_of_a_problem_by_a_page(server: Server) -> None:
    got = server.get("/api/show?name=%3Cscript%3E", BROWSER)
    assert (got.status, got.media, "<script>" in got.text, 'href="/api/"' in got.text) == (
        404,
        "text/html",
        False,
        True,
    )


def test_an_answer_as_a_picture_is_not_acceptable(server: Server) -> None:
    assert server.get("/api/show?name=haizhou", "image/png").status == 406


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
def test_a_reader_asks_with_the_form_and_is_led_to_the_thing(server: Server, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    try:
        page.goto(f"http://127.0.0.1:{server.port}/api/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.fill("#search-text", "haizhou")
        page.click("form[action='/api/search'] button")
        assert page.inner_text("h1") == "haizhou"
        page.click("text=海州省")
        assert page.url.endswith("/place/haizhou.html")
        assert refused == []
    finally:
        page.close()
