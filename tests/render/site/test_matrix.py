"""The matrix of supporters and recipients: what a cell counts, and what is left out and said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pictured import aid, site_of

from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.pictures import matrix
from cooperation_kg.render.site.pictures.provinces import by_sides, tied, unplaced, year_shown


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


def at_2005(site: Site) -> Site:
    return Site(site.kg, as_of=parse_as_of(2005))


def test_a_cell_of_the_page_says_both_counts_and_leads_to_its_pairing(site: Site) -> None:
    ties = [one for one in by_sides(tied(site))["east", "west"] if one.is_direct]
    cell = matrix.cell(site, ("east", "west"), ties, 2005)
    assert (cell.text, cell.look, cell.href) == ("1", "s1", "pairing/ew.east.west.html")
    assert cell.label == ("东省→西省：2005年确定1组，可能0组", "East → West: 1 certain and 0 possible in 2005")


def test_what_is_only_possible_has_a_dashed_rim_and_nothing_has_none() -> None:
    looks = [matrix.look_of(*numbers) for numbers in ((1, 0), (0, 1), (1, 1), (2, 14), (0, 0))]
    assert looks == ["s1", "s1 unsure", "s2", "s5", ""]


def test_the_page_opens_with_the_year_asked_about_and_counts_what_it_leaves_out(site: Site) -> None:
    (page,) = matrix.pages(at_2005(site))
    assert '"东省→西省：2005年确定1组' in page.body
    said = matrix._numbers(site, [one for one in tied(site) if one.pairing.directed])
    # a county pair and the county that moved lie below; the equals have no direction; the bureau lies nowhere
    assert said == {"direct": 1, "below": 2, "undirected": 1, "unplaced": 1, "undated": 0}


def test_the_tables_keep_apart_what_is_drawn_and_what_is_not(site: Site) -> None:
    (page,) = matrix.pages(site)
    tables = re.findall(r"<table.*?</table>", page.body.split('id="data"')[1], re.S)
    slugs = [re.findall(r'href="pairing/([\w.-]+)\.html">', table) for table in tables]
    assert slugs == [
        ["ew.east.west"],
        ["ew.east-county.west-county", "ew.east.moved", "ew.east.moved"],
        ["equals.east.south"],
        ["ew.bureau.west"],
    ]
    moved = [re.findall(r"<td>([\d–—]+)</td>", row) for row in re.findall(r"<tr>.*?</tr>", tables[1], re.S)]
    assert ["1997–2000", "—"] in moved
    assert ["1990–1996", "—"] in moved


def test_a_figure_is_told_in_both_languages_and_of_pairings_alone(tmp_path: Path) -> None:
    whole = "kind: figure, about: ew, measure: fiscal-aid, as_written: 9亿元, during: 2005, nature: flow"
    (figure,) = matrix.payload(site_of(tmp_path, aid("3亿元", "2005"), whole))["figures"]
    assert (figure["t"], figure["w"]) == ("3亿元", ["3亿元", "CNY 300 million"])
    assert figure["when"] == ["2005年", "2005"]


@pytest.mark.parametrize(("asked", "shown"), [(1950, 1990), (2005, 2005), (2030, 2024)])
def test_a_year_without_data_opens_with_the_nearest_that_has_some(site: Site, asked: int, shown: int) -> None:
    assert year_shown(Site(site.kg, as_of=parse_as_of(asked))) == shown


def test_a_tie_has_a_status_in_a_year_and_the_surest_of_all_years(tmp_path: Path) -> None:
    more = (
        "kind: pairing, programme: ew, supporter: south, recipient: west, as_of: '[2012..2014]'",
        "kind: pairing, programme: ew, supporter: south, recipient: north",
        "kind: pairing, programme: ew, supporter: north, recipient: west, as_of: 2015",
    )
    held = {one.pairing.slug: one for one in tied(site_of(tmp_path, *more))}
    told = {slug: [held[slug].status(year) for year in (2013, 2015, 2016, None)] for slug in held}
    assert told["ew.south.west"] == ["possible"] * 4
    assert told["ew.south.north"] == ["undated"] * 4
    assert told["ew.north.west"] == ["absent", "certain", "possible", "certain"]


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
