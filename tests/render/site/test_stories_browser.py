"""A story in a real browser, from disk: one step at a time, and all of them where there are no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opened import Opened

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.html import asset
from cooperation_kg.render.site import ASSETS
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.stories import pages

pytestmark = pytest.mark.browser
SHOWN = "() => [...document.querySelectorAll('.step')].filter((s) => s.checkVisibility()).map((s) => s.id)"


@pytest.fixture(scope="module")
def story(real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    site = Site(real)
    files = {page.path: framed(site, page) for page in pages(site)} | {
        f"assets/{name}": asset(name).encode() for name in ASSETS
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / "stories" / "min-ning.html"


@pytest.fixture
def new_page(browser: Any) -> Iterator[Any]:
    contexts: list[Any] = []

    def make(**options: Any) -> Any:
        contexts.append(browser.new_context(offline=True, **options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def test_one_step_is_shown_and_arrows_buttons_and_dots_lead_on(new_page: Any, story: Path) -> None:
    opened = Opened(new_page()).go(story)
    page = opened.page
    assert page.evaluate(SHOWN) == ["step-1"]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SHOWN) == ["step-2"]
    page.click(".step-nav .forth")
    assert page.evaluate(SHOWN) == ["step-3"]
    page.click(".dots li:nth-child(7) a")
    assert page.evaluate(SHOWN) == ["step-7"]
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => location.hash") == "#step-6"
    assert opened.complaints == []


def test_the_address_opens_a_step_and_all_steps_can_be_shown(new_page: Any, story: Path) -> None:
    page = Opened(new_page()).go(story, "?lang=en#step-4").page
    assert page.evaluate(SHOWN) == ["step-4"]
    assert not page.is_visible("#step-4 .caption.zh")
    page.click(".step-nav .whole")
    assert len(page.evaluate(SHOWN)) == 9


def test_without_scripts_and_in_print_all_steps_stand_one_under_another(new_page: Any, story: Path) -> None:
    plain = Opened(new_page(java_script_enabled=False)).go(story).page
    assert plain.locator(".step:visible").count() == 9
    assert plain.locator(".step-nav:visible").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_a_phone_needs_no_sideways_scroll(
    new_page: Any, story: Path, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = Opened(new_page(color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 844})).go(story).page
    page.click(".step-nav .whole")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
