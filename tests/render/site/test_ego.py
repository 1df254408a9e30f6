"""The small networks: who stands where, what each line says, how years are told and drawn."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.html import asset
from cooperation_kg.render.site import ego
from cooperation_kg.render.site.columns import Between, orders
from cooperation_kg.render.site.context import Both, Site
from cooperation_kg.render.site.frame import Page, framed
from cooperation_kg.render.site.svg import colour, dash, mark, programmes, runs, shortened
from cooperation_kg.render.site.ties import Tie, short_years, years_in_words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AT = "place/west.html"
NEWS = (
    "kind: pairing, programme: ew, supporter: east, recipient: west, from: 1996, as_of: 2000",
    "kind: pairing, programme: ew, supporter: south, recipient: west, from: 1998-05, until: 2010-12-31",
    "kind: pairing, programme: ew, supporter: east-city, recipient: west-city, as_of: 2016/2018",
    "kind: pairing, programme: equals, parties: [west, east], as_of: 2020",
    "kind: pairing, programme: equals, parties: [west, north]",
    "kind: pairing, programme: ew, supporter: west, recipient: moved, as_of: '[2012..2014]'",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("ego")
    write_world(folder, {}, (), "", "2024", {"news": NEWS})
    return Site(build_graph(load_corpus(folder)))


def groups_of(svg: str) -> list[str]:
    """Return the headings, names and lines of a drawing from the top, as read in Chinese."""
    english = re.sub(r'<text[^>]*class="(?:[^"]* )?en"[^>]*>[^<]*</text>', "", svg)
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", english)]


def test_a_place_stands_between_those_that_support_it_and_those_that_it_supports(site: Site) -> None:
    told = groups_of(ego.figure(site, "place", "west", AT))
    assert told == [
        "西省",
        *("帮扶它的", "东省", "1996–2000…", "南省", "1998–2010"),
        *("它帮扶的", "迁县", "2012–2024？"),  # seen some time in 2012 to 2014; no year is certain
        *("未说明方向", "东省", "2020…", "北省", "时间不详"),
    ]


def test_only_a_line_with_a_stated_direction_has_an_arrowhead(site: Site) -> None:
    svg = ego.figure(site, "place", "west", AT)
    lines = re.findall(r"<a[^>]*aria-label=[^>]*>.*?</a>", svg)
    assert [("equals" in line, 'class="head"' in line) for line in lines] == [
        *((False, True),) * 3,
        *((True, False),) * 2,
    ]


def test_every_line_leads_to_its_pairing_and_every_name_to_its_place(site: Site) -> None:
    links = set(re.findall(r'href="([^"]+)"', ego.figure(site, "place", "west", AT)))
    pairings = {f"../pairing/{slug}.html" for slug, p in site.kg.derived.pairings.items() if "west" in p.parties}
    assert len(pairings) == 5
    assert links == pairings | {f"{name}.html" for name in ("east", "south", "moved", "north")}


def test_a_line_carries_its_certain_and_possible_years(site: Site) -> None:
    svg = ego.figure(site, "place", "west", AT)
    # from 1996, seen in 2000, never again: possibly until the last year of the data
    assert 'data-c="1996-2000" data-m="2001-2024"' in svg
    assert 'data-m="2012-2014"' not in svg  # seen some time in 2012 to 2014, and possibly after


@pytest.mark.parametrize(("year", "status"), [(2005, "certain"), (2024, "absent")])
def test_a_status_at_the_time_asked_about_is_the_class_of_the_line(site: Site, year: int, status: str) -> None:
    svg = ego.figure(Site(site.kg, as_of=parse_as_of(year)), "place", "west", AT)
    line = re.search(r'<a[^>]*class="(\w+) p\d[^"]*"[^>]*aria-label="南省 → 西省[^"]*"', svg)
    assert line
    assert line[1] == status


def test_a_pairing_has_the_wider_one_above_and_the_narrower_below(site: Site) -> None:
    own = groups_of(ego.figure(site, "pairing", "ew.east.west", "pairing/x.html"))
    assert own[:2] == ["本结对", "东省"]
    assert "其下的结对：1" in own
    assert own[-2:] == ["东市", "西市"]
    below = groups_of(ego.figure(site, "pairing", "ew.east-city.west-city", "pairing/x.html"))
    assert below[0] == "所落实的结对"
    assert below[below.index("本结对") + 1 :][:2] == ["东市", "西市"]


def test_parallel_pairings_of_two_places_are_lines_apart(site: Site) -> None:
    svg = ego.figure(site, "pairing", "ew.east.west", "pairing/x.html")
    heights = re.findall(r'd="M118 (\d+)H241" class="tie"', svg)
    assert len(heights) == len(set(heights)) == 2
    assert {"ew.east.west.html", "equals.east.west.html"} <= set(re.findall(r'href="([^"]+)"', svg))


def test_a_programme_has_its_supporters_left_and_its_recipients_right(site: Site) -> None:
    told = groups_of(ego.figure(site, "programme", "ew", "programme/ew.html"))
    assert told[:2] == ["支援方", "受援方"]
    assert set(told[2:6]) == {"东省", "南省", "东市", "西省"}
    assert set(told[6:]) == {"西省", "西市", "迁县"}


def test_an_undirected_programme_names_no_supporter(site: Site) -> None:
    assert groups_of(ego.figure(site, "programme", "equals", "programme/x.html"))[:2] == ["一方", "另一方"]


def test_a_thing_without_pairings_has_no_picture(site: Site) -> None:
    assert ego.figure(site, "place", "east-county", AT) == ""
    assert ego.figure(site, "policy", "first-order", AT) == ""
    assert ego.figure(site, "programme", "action", AT) == ""


def test_many_partners_are_drawn_by_province_and_said_to_be_several(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ego, "MANY_PAIRINGS", 2)
    svg = ego.figure(site, "programme", "ew", "programme/ew.html")
    assert "东省 → 西省（东西协作）：2对" in svg  # the provinces, and the cities inside them
    assert "several pairings in one line" in svg


def test_one_pairing_a_line_needs_no_word_of_several(site: Site) -> None:
    assert "several pairings in one line" not in ego.figure(site, "programme", "ew", "programme/ew.html")


def test_many_partners_of_a_place_are_drawn_by_province_from_the_number_on_that_is_set(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ego, "MANY_PARTNERS", 2)
    assert "迁县" in groups_of(ego.figure(site, "place", "west", AT))  # two supporters, one supported
    monkeypatch.setattr(ego, "MANY_PARTNERS", 0)
    told = groups_of(ego.figure(site, "place", "west", AT))
    assert "北省" in told[told.index("它帮扶的") :]  # where the county lies now
    assert "迁县" not in told


def test_partners_come_with_the_largest_programme_first_then_by_name(site: Site) -> None:
    told = groups_of(ego.figure(site, "place", "west", AT))
    assert told.index("东省") < told.index("南省")
    equals = told[told.index("未说明方向") :]
    assert equals.index("东省") < equals.index("北省")


def test_a_line_for_several_pairings_leads_to_that_of_the_provinces_or_to_the_network(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ego, "MANY_PAIRINGS", 2)
    svg = ego.figure(site, "programme", "ew", "programme/ew.html")
    line = re.search(r'<a href="([^"]+)"[^>]*aria-label="东省 → 西省（东西协作）：2对', svg)
    assert line
    assert line[1] == "../pairing/ew.east.west.html"


def test_a_place_lies_in_the_province_of_the_time_asked_about(site: Site) -> None:
    assert ego.province_of(site, "moved") == "north"
    assert ego.province_of(Site(site.kg, as_of=parse_as_of(1990)), "moved") == "west"
    assert ego.province_of(site, "west-county") == "west"


def test_years_are_told_with_what_is_not_certain(site: Site) -> None:
    told = {slug: (short_years(p).zh, years_in_words(p).en) for slug, p in site.kg.derived.pairings.items()}
    assert told["ew.south.west"] == ("1998–2010", "certain 1998–2010")
    assert told["ew.east.west"] == ("1996–2000…", "certain 1996–2000; possible 2001–2024")
    assert told["equals.north.west"] == ("时间不详", "undated")


def test_programmes_take_colours_by_number_of_pairings(site: Site) -> None:
    assert programmes(site) == ("ew", "equals")
    assert (colour(site, "ew"), colour(site, "equals"), colour(site, "action")) == ("p0", "p1", "pn")
    assert dash(site, "ew") != dash(site, "equals")


def test_a_hostile_text_stays_text_in_a_mark() -> None:
    drawn = mark("text", "</script><img src=x onerror=1>\x00", aria_label='"><script>')
    assert drawn == ('<text aria-label="&#34;&gt;&lt;script&gt;">&lt;/script&gt;&lt;img src=x onerror=1&gt; </text>')


def test_long_names_that_differ_in_their_end_stay_different() -> None:
    names = [f"新疆生产建设兵团第十{n}师" for n in "一二三"]
    assert len({shortened(name, 9) for name in names}) == 3


def test_runs_join_years_that_follow_each_other() -> None:
    assert runs((2018, 1996, 1997, 2019, 2021)) == "1996-1997 2018-2019 2021"


def test_the_right_column_stands_near_its_partners() -> None:
    line = Tie("ew", "certain", True, (), (), "", Both("", ""), Both("", ""))
    pairs = [Between(*sides, line) for sides in (("a", "z"), ("a", "y"), ("b", "x"))]
    assert orders(pairs) == (["a", "b"], ["y", "z", "x"])


def test_the_pictures_of_all_shipped_things_are_the_same_each_time(shipped: Site) -> None:
    things = [
        *(("place", place) for place in shipped.corpus.registers["place"]),
        *(("pairing", slug) for slug in shipped.kg.derived.pairings),
        *(("programme", programme) for programme in shipped.corpus.programmes),
    ]
    first = [ego.figure(shipped, *thing, "x/y.html") for thing in things]
    again = Site(shipped.kg)
    assert [ego.figure(again, *thing, "x/y.html") for thing in things[::40]] == first[::40]


@pytest.mark.browser
def test_the_slider_shows_one_year_or_all(site: Site, browser: Browser, tmp_path: Path) -> None:
    page = Page(AT, Both("西省", "West"), ego.figure(site, "place", "west", AT), scripts=("figure.js",))
    for folder in ("assets", "place"):
        (tmp_path / folder).mkdir()
    for name in ("site.css", "site.js", "search.js", "search-data.js", "figure.js"):
        (tmp_path / "assets" / name).write_text("" if name == "search-data.js" else asset(name), encoding="utf-8")
    (tmp_path / AT).write_bytes(framed(site, page))
    view = browser.new_page(viewport={"width": 390, "height": 800})
    faults: list[str] = []
    view.on("pageerror", lambda error: faults.append(str(error)))
    view.goto((tmp_path / AT).as_uri())
    south = view.locator('a[aria-label^="南省"]')
    view.locator("input[type=range]").fill("2005")
    assert "certain" in (south.get_attribute("class") or "")
    assert view.locator("output").text_content() == "2005"
    view.locator("input[type=range]").fill("2015")
    assert "gone" in (south.get_attribute("class") or "")
    view.locator(".one-year button").click()
    assert "gone" not in (south.get_attribute("class") or "")
    south.focus()
    assert "南省 → 西省" in (view.locator(".pointed").text_content() or "")
    assert view.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []
    view.close()
