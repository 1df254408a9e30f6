"""The tile map: who counts as a partner of a province, and in which role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.place_names import FIRST_YEAR
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.pictures.tiles import GRID, pages, partners_by_year, tiles_of

BOTH = ("certain", "possible")


@pytest.fixture(scope="module")
def site(real: KnowledgeGraph) -> Site:
    return Site(real)


def test_every_province_has_one_square(site: Site) -> None:
    codes = [code for line in GRID for code in line.split() if code != "--"]
    assert len(codes) == len(set(codes)) == 34
    assert len(list(tiles_of(site))) == 34


def test_a_supporter_and_its_recipient_count_for_each_other(site: Site) -> None:
    # 闽宁: fujian supports ningxia, in force in 2010 (east-west.fujian.ningxia)
    found = partners_by_year(site, ("certain",))
    assert "ningxia" in found["fujian", "supporter", 2010]
    assert "fujian" in found["ningxia", "recipient", 2010]
    assert "fujian" not in found.get(("ningxia", "supporter", 2010), set())


def test_ties_of_cities_count_for_their_provinces(site: Site) -> None:
    # Shenzhen and Ganzhou (old revolutionary base areas, since 2022); nothing joins Guangdong and Jiangxi themselves
    assert {"guangdong", "jiangxi"} not in [set(p.parties) for p in site.kg.derived.pairings.values()]
    found = partners_by_year(site, BOTH)
    assert any("jiangxi" in found.get(("guangdong", role, 2023), ()) for role in ("supporter", "party"))


def test_a_tie_within_one_province_counts_for_none(site: Site) -> None:
    found = partners_by_year(site, BOTH)
    assert [key for key, partners in found.items() if key[0] in partners] == []


def test_no_direction_is_made_up(site: Site) -> None:
    # Liaoning and Jiangsu are paired as equals since 2017 (northeast.jiangsu.liaoning)
    found = partners_by_year(site, BOTH)
    assert "jiangsu" in found["liaoning", "party", 2018]
    assert "jiangsu" not in found.get(("liaoning", "recipient", 2018), set())


def test_a_certain_count_is_never_above_what_is_shown(site: Site) -> None:
    for tile in tiles_of(site):
        for role in tile.shown:
            assert all(c <= s for c, s in zip(tile.certain[role], tile.shown[role], strict=True))


def test_the_table_says_what_the_squares_say(site: Site) -> None:
    html = str(next(pages(site)).body)
    for tile in tiles_of(site):
        number = tile.shown["supporter"][site.as_of.year - FIRST_YEAR]
        square = re.search(rf'data-place="{tile.place}".*?class="number">([^<]+)<', html)
        row = re.search(rf'href="place/{tile.place}.html"[^\n]*?</th><td>([^<]+)</td>', html[html.index("<table>") :])
        assert square is not None
        assert row is not None
        assert square[1] == row[1] == (str(number) if number else "—")


@pytest.mark.browser
def test_year_and_role_are_chosen_in_the_address(
    browser: Any, real_site: Mapping[str, bytes], site: Site, tmp_path: Path
) -> None:
    for name in ("map.html", *(n for n in real_site if n.startswith("assets/"))):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(real_site[name])
    page = browser.new_page()
    page.goto((tmp_path / "map.html").as_uri() + "#role=recipient&year=1996&sure=1")
    tile = next(tile for tile in tiles_of(site) if tile.place == "ningxia")
    shown = page.locator('a[data-place="ningxia"] .number').text_content()
    assert shown == str(tile.certain["recipient"][1996 - FIRST_YEAR] or "—")
    page.close()
