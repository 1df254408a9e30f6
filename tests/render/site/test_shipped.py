"""The site of the shipped facts, built once: links, sizes, and one page of every kind in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from opened import Opened
from site_reader import broken_links, faults_of, kinds_of

LARGEST = 2_000_000
"""No page is larger, in bytes: it would open slowly from a stick."""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def folder(real_site: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shipped")
    for name in (*kinds_of(real_site), *(name for name in real_site if name.startswith("assets/"))):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(real_site[name])
    return made


def test_no_link_or_anchor_of_the_shipped_site_leads_nowhere(real_site: Mapping[str, bytes]) -> None:
    broken = list(broken_links(real_site))
    assert (len(broken), broken[:10]) == (0, [])


def test_no_page_of_the_shipped_site_is_too_large(real_site: Mapping[str, bytes]) -> None:
    assert {p: len(html) for p, html in real_site.items() if p.endswith(".html") and len(html) > LARGEST} == {}


def test_a_page_of_every_kind_is_whole_and_in_both_languages(real_site: Mapping[str, bytes]) -> None:
    found = {name: faults[:5] for name in kinds_of(real_site) if (faults := list(faults_of(real_site[name].decode())))}
    assert found == {}


@pytest.mark.browser
def test_a_page_of_every_kind_opens_on_a_phone_without_complaint_or_sideways_scroll(
    browser: Any, real_site: Mapping[str, bytes], folder: Path
) -> None:
    context = browser.new_context(offline=True, viewport=PHONE)
    opened = Opened(context.new_page())
    found: dict[str, Any] = {}
    for name in kinds_of(real_site):
        opened.complaints.clear()
        opened.requests.clear()
        opened.go(folder / name, "?lang=en").page.wait_for_selector("html[data-ready=true]")
        foreign = [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))]
        width = opened.page.evaluate("() => document.documentElement.scrollWidth")
        if opened.complaints or foreign or width > PHONE["width"]:
            found[name] = (opened.complaints[:3], foreign, width)
    context.close()
    assert found == {}


@pytest.mark.browser
def test_typing_never_waits_long_for_what_is_found(browser: Any, folder: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.focus(".find.large input")
    page.wait_for_function("() => window.CKG_INDEX !== undefined")
    longest = page.evaluate(
        "() => Math.max(...['s', 'sh', 'shanxi', '北', '北京 内蒙古', 'zzqq', '谁帮扶十堰？'].map((typed) => {"
        " const box = document.querySelector('.find.large input'); const begun = performance.now(); box.value = typed;"
        " box.dispatchEvent(new Event('input')); return performance.now() - begun; }))"
    )
    context.close()
    assert longest < 400
