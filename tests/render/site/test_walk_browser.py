"""A reader without instruction: who helped 十堰, since when, on whose order, with what money, who says so, and 2021?

From the first page on disk, by what can be seen and clicked; every expected value stands in the source named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cooperation_kg.render.html import asset
from cooperation_kg.render.site import ASSETS, home, search
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import Page, framed
from cooperation_kg.render.site.pictures import years
from cooperation_kg.render.site.things import thing_page

pytestmark = pytest.mark.browser
ON_THE_WAY = (
    ("place", "hubei-shiyan"),
    ("pairing", "danjiangkou.beijing.hubei-shiyan"),
    ("programme", "danjiangkou"),
    ("policy", "2013-danjiangkou-collaboration-reply"),
    ("policy", "2021-danjiangkou-collaboration-notice"),
    ("source", "syzt-2024"),
    ("source", "jingyan-history"),
)


def written(site: Site, folder: Path) -> Path:
    """Write the pages on the way, with the scripts that they need."""
    things: list[Page] = [thing_page(site, kind, identifier) for kind, identifier in ON_THE_WAY]
    files = {page.path: framed(site, page) for page in (*home.pages(site), *years.pages(site), *things)}
    files |= {f"assets/{name}": asset(name).encode() for name in ASSETS} | dict(search.files(site))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def folder(shipped: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(shipped, tmp_path_factory.mktemp("walk"))


@pytest.fixture(params=[1440, 390])
def reader(request: pytest.FixtureRequest, browser: Any, folder: Path) -> Iterator[Any]:
    """A page at the beginning of the site, on a screen and on a phone, with no network."""
    context = browser.new_context(offline=True, viewport={"width": request.param, "height": 900})
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("html[data-ready=true]")
    yield page
    context.close()


def find(page: Any, typed: str) -> None:
    """Type into the large search box and take the first that is found."""
    box = page.locator("[data-find=large] input")
    box.fill(typed)
    page.wait_for_selector(".hits .hit")
    box.press("Enter")
    page.wait_for_selector("html[data-ready=true]")


def row(page: Any, part: str, *told: str) -> Any:
    """Return the row of a part that tells all this."""
    found = page.locator(f"section[aria-labelledby={part}] tbody tr")
    for text in told:
        found = found.filter(has_text=text)
    return found.first


def test_a_name_typed_leads_to_who_helped_since_when_and_on_whose_order(reader: Any) -> None:
    find(reader, "十堰")
    assert reader.locator("h1").inner_text() == "十堰市"
    told = row(reader, "pairings", "北京市").inner_text()  # jingyan-history.s022: 2013年5月; s021: 国务院批复
    assert "2013年5月" in told
    row(reader, "pairings", "北京市").get_by_role("link", name=re.compile("批复")).click()
    assert "国务院" in reader.locator("section[aria-labelledby=documents]").inner_text()


def test_a_question_on_the_first_page_leads_to_the_money_and_to_who_says_so(reader: Any) -> None:
    reader.get_by_role("link", name="谁帮扶十堰").click()
    told = row(reader, "money", "22.5亿元")  # syzt-2024.s001
    assert "2014年至2024年10月" in told.inner_text()
    told.get_by_role("link", name="syzt-2024.s001").click()
    said = reader.locator("li:target")
    assert "22.5亿元" in said.inner_text()
    assert reader.locator("h1").inner_text() == "关于南水北调中线通水京堰对口协作十周年专题展的报道"
    assert "未见原件：转载" in reader.locator("section.missing").inner_text()  # its reached_by


def test_what_2021_changed_is_two_clicks_from_the_place_and_one_from_the_beginning(reader: Any) -> None:
    find(reader, "shiyan")
    reader.get_by_role("link", name=re.compile("丹江口库区及上游地区对口协作的政策")).click()
    notice = row(reader, "policies", "发改振兴〔2021〕924号").inner_text()  # ws924.s001
    assert "2021年6月23日" in notice
    assert "延长" in notice
    reader.get_by_role("link", name="首页").click()
    reader.get_by_role("link", name=re.compile("2021年的调整改变了什么")).click()
    adjusted = reader.locator("#picture-east-west-2021:target")
    assert "关于坚持和完善东西部协作机制的意见" in adjusted.inner_text()  # the opinion of March 2021: wy163


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("发改振兴[2021]924号", "政策", "关于推进丹江口库区及上游地区对口协作工作的通知"),
        ("北京 河南 湖北 丹江口", "合并述及", "丹江口库区及上游地区对口协作：北京市 → 河南省、湖北省"),
        ("10日的文字称原有关系不变", "判断", "2020年2月7日和10日各有一份名单"),
    ],
)
def test_numbers_of_documents_several_pairings_together_and_judgements_are_found(
    browser: Any, folder: Path, typed: str, kind: str, name: str
) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.locator("[data-find=large] input").fill(typed)
    page.wait_for_selector(".hits .hit")
    hits = [" ".join(hit.split()) for hit in page.locator(".hits .hit").all_inner_texts()]
    context.close()
    assert [hit for hit in hits if kind in hit and name in hit] != []
