"""The tile map: one square a province, who counts as a partner, and what is not made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pictured import site_of

from cooperation_kg.render.html import asset
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.pictures import tiles


def test_every_province_has_a_square_of_its_own(shipped: Site) -> None:
    held = [tiles.tile_of(shipped, place) for place in tiles.provinces(shipped)]
    assert None not in held
    assert len({tile[:2] for tile in held if tile}) == len({tile[2] for tile in held if tile}) == 34


def test_supporter_and_recipient_count_for_each_other(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    east, west = (tiles.tally(site, place, 2005) for place in ("east", "west"))
    assert (east.supports, east.supported_by) == ({"west": "certain"}, {})
    assert (west.supports, west.supported_by) == ({}, {"east": "certain"})


def test_two_pairings_with_one_partner_are_two_pairings_and_one_partner(tmp_path: Path) -> None:
    east = tiles.tally(site_of(tmp_path), "east", 2005)
    assert (east.pairings, len(east.supports)) == ((2, 0), 1)


def test_equals_are_pairings_but_neither_supports_the_other(tmp_path: Path) -> None:
    east = tiles.tally(site_of(tmp_path), "east", 2019)
    assert (east.pairings, east.supports, east.supported_by) == ((1, 0), {}, {})


def test_a_pairing_inside_one_province_makes_no_partner(tmp_path: Path) -> None:
    inside = "kind: pairing, programme: ew, supporter: east-city, recipient: east-county, from: 2015, until: 2016"
    east = tiles.tally(site_of(tmp_path, inside), "east", 2015)
    assert (east.pairings, east.supports, east.supported_by) == ((1, 0), {}, {})


def test_a_province_without_pairings_is_hatched_and_has_no_number(shipped: Site) -> None:
    drawn = tiles.tiles(shipped, {"taiwan": (0, 0), "beijing": (2, 1)}, 2018)
    assert 'class="province untold" data-place="taiwan"' in drawn
    assert 'class="count">2+1?<' in drawn
    assert 'aria-label="北京：2018年确定2组，可能1组结对"' in drawn
    assert ">0<" not in drawn


def test_the_picture_is_wide_and_tall_enough_for_its_outermost_squares(shipped: Site) -> None:
    # Xinjiang stands in column 0 of row 2, Guangdong in column 3 of row 6: four columns and seven rows of 68
    drawn = tiles.tiles(shipped, {"xinjiang": (1, 0), "guangdong": (1, 0)}, 2018)
    assert 'viewBox="0 0 272 476"' in drawn
    assert '<rect x="2" y="138" width="64" height="64"' in drawn
    assert '<rect x="206" y="410" width="64" height="64"' in drawn
    assert '<text x="34" y="165" class="zh name">新疆<' in drawn  # in the middle of its square


def test_the_squares_say_that_they_are_no_boundaries(shipped: Site) -> None:
    (page,) = tiles.pages(shipped)
    assert "示意位置，不表示疆界" in page.body


@pytest.mark.browser
def test_year_and_kind_are_chosen_in_the_address(browser: Any, shipped: Site, tmp_path: Path) -> None:
    (page,) = tiles.pages(shipped)
    (tmp_path / "assets").mkdir()
    (tmp_path / page.path).write_bytes(framed(shipped, page))
    for name in ("site.css", "site.js", "search.js", *page.scripts):
        (tmp_path / "assets" / name).write_text(asset(name), encoding="utf-8")
    opened = browser.new_context().new_page()
    opened.goto((tmp_path / page.path).as_uri() + "#show=r&y=1997&p=east-west")
    square = opened.locator('a[data-place="ningxia"]')
    assert square.locator(".count").text_content() == "1"  # 闽宁, since 1996, and nobody else
    square.focus()
    assert "福建" in opened.locator("#tile-says").inner_text()
    assert square.get_attribute("href").startswith("place/ningxia.html")
