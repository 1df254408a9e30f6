"""The matrix of supporters and recipients: what a cell counts, and what is left out and said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pictured import aid, site_of

from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.pictures import matrix
from cooperation_kg.render.site.pictures.provinces import by_sides, tied, unplaced


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_of(tmp_path, aid("3亿元", "2005"), aid("2亿元", "2006"))


def test_provinces_alone_are_direct(site: Site) -> None:
    assert {one.pairing.slug for one in tied(site) if one.is_direct} == {"ew.east.west", "equals.east.south"}


def test_a_pairing_of_counties_lies_under_their_provinces(site: Site) -> None:
    (county,) = (one for one in tied(site) if one.pairing.slug == "ew.east-county.west-county")
    assert (county.sides, county.certain, county.is_direct) == (("east", "west"), (2005, 2006), False)


def test_a_place_that_moved_counts_where_it_lay_on_31_december(site: Site) -> None:
    moved = {one.sides: one.certain for one in tied(site) if one.pairing.slug == "ew.east.moved"}
    assert moved == {
        ("east", "west"): tuple(range(1990, 1997)),
        ("east", "north"): (1997, 1998, 1999, 2000),
    }


def test_a_body_lies_in_no_province(site: Site) -> None:
    assert [pairing.slug for pairing in unplaced(site)] == ["ew.bureau.west"]


def test_a_cell_counts_the_pairings_of_a_year(site: Site) -> None:
    held = by_sides(tied(site))["east", "west"]
    assert [matrix.counts(held, year) for year in (1995, 2000, 2005, 2011)] == [(1, 0), (1, 0), (2, 0), (0, 0)]


def test_rows_and_columns_begin_with_the_most_pairings(site: Site) -> None:
    rows, columns = matrix.order(one for one in tied(site) if one.pairing.directed)
    assert (rows, columns) == (["east"], ["west", "north"])


def test_no_cell_is_made_of_a_pairing_without_direction(site: Site) -> None:
    assert {(tie["s"], tie["r"]) for tie in matrix.payload(site)["ties"]} == {("east", "west"), ("east", "north")}


def test_figures_stand_side_by_side_and_have_their_statement(site: Site) -> None:
    figures = matrix.payload(site)["figures"]
    assert [(one["t"], one["y"], one["q"]) for one in figures] == [
        ("3亿元", [2005, 2005], ["a.s6", "source/a.html#s6"]),
        ("2亿元", [2006, 2006], ["a.s7", "source/a.html#s7"]),
    ]


def test_hostile_names_stay_text(hostile_site: dict[str, bytes]) -> None:
    html = hostile_site["matrix.html"].decode()
    assert "<img src=x" not in html
    island = re.search(r'id="matrix-data">(.*?)</script>', html, re.DOTALL)
    assert island is not None
    assert json.loads(island[1])["ties"]


@pytest.mark.browser
def test_the_script_draws_what_the_page_was_written_with(browser: Any, shipped: Site, tmp_path: Path) -> None:
    page = _opened(browser, shipped, tmp_path)
    cells = "[...document.querySelectorAll('#matrix td')].map(td => td.textContent.trim())"
    heads = "[...document.querySelectorAll('#matrix th')].map(th => th.innerText.trim())"
    drawn = page.evaluate(cells), page.evaluate(heads)[1:]
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((tmp_path / "matrix.html").as_uri())
    assert (plain.locator("#matrix td").all_inner_texts(), plain.locator("#matrix th").all_inner_texts()[1:]) == drawn


@pytest.mark.browser
def test_the_address_holds_the_choice_and_the_cell(browser: Any, shipped: Site, tmp_path: Path) -> None:
    page = _opened(browser, shipped, tmp_path, "#p=east-west&show=fiscal-aid&all=1")
    page.locator('[data-sides="beijing~inner-mongolia"]').press("Enter")
    assert "sel=beijing%7Einner-mongolia" in page.url
    panel = page.locator("#cell")
    assert "39.43亿元" in panel.inner_text()  # nmrb-2021.s001, of 2016/2020
    assert panel.locator('a[href^="source/nmrb-2021.html"]').count() == 1


@pytest.mark.browser
def test_what_lies_below_the_province_counts_with_the_switch_alone(browser: Any, shipped: Site, tmp_path: Path) -> None:
    page = _opened(browser, shipped, tmp_path, "#y=2018")
    cell = page.locator('[data-sides="beijing~inner-mongolia"]')
    alone = cell.inner_text()
    page.locator("input[name=below]").check()
    assert (alone, "below=1" in page.url) == ("1+1?", True)  # 京蒙 since 1996; the border areas of 1979 possibly
    assert int(cell.inner_text().split("+")[0]) > 1


def _opened(browser: Any, site: Site, folder: Path, rest: str = "") -> Any:
    from cooperation_kg.render.html import asset

    (page,) = matrix.pages(site)
    (folder / "assets").mkdir()
    (folder / page.path).write_bytes(framed(site, page))
    for name in ("site.css", "site.js", "search.js", *page.scripts):
        (folder / "assets" / name).write_text(asset(name), encoding="utf-8")
    opened = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    opened.goto((folder / page.path).as_uri() + rest)
    return opened
