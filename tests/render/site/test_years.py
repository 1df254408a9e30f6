"""Years of adjustment: which they are, what each did to a pairing, and who took over from whom."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.pictures import years
from cooperation_kg.render.site.pictures.moves import move

EW = "kind: pairing, programme: ew"
NEWS = (
    f"{EW}, supporter: east, recipient: west, from: 1996, as_of: 2020/2023",
    f"{EW}, supporter: south, recipient: north, from: 1996, until: 2021-03-31",
    f"{EW}, supporter: east, recipient: north, from: 2021-04, as_of: 2023, basis: first-order",
    f"{EW}, supporter: south, recipient: west-city, as_of: 2021",
    f"{EW}, supporter: south, recipient: moved, from: 2010, as_of: 2019",
    f"{EW}, supporter: east, recipient: moved",
    "kind: document, policy: first-order, act: issued, date: 2021-04",
    "kind: policy-effect, policy: first-order, effect: ends, date: 2021-03, "
    "about: {programme: ew, supporter: south, recipient: north}",
)


def of_lines(folder: Path, *lines: str) -> Site:
    write_world(folder, {}, (), "", "2024", {"news": lines})
    return Site(build_graph(load_corpus(folder)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return of_lines(tmp_path_factory.mktemp("years"), *NEWS)


@pytest.mark.parametrize(
    ("slug", "year", "what"),
    [
        ("ew.east.west", 1996, "began"),
        ("ew.east.west", 2021, "stayed"),
        ("ew.south.north", 2021, "ended"),
        ("ew.east.north", 2021, "began"),
        ("ew.south.west-city", 2021, "seen"),  # the first source is of 2021, none says since when
        ("ew.south.moved", 2021, "silent"),  # last seen in 2019: no source says that it ended
        ("ew.east.moved", 2021, None),  # undated
        ("ew.south.north", 2022, None),
    ],
)
def test_what_a_year_did_to_a_pairing(site: Site, slug: str, year: int, what: str | None) -> None:
    found = move(site.kg.derived.pairings[slug], year)
    assert (found.what if found else None) == what


def test_a_move_rests_on_the_statements_of_its_term(site: Site) -> None:
    found = move(site.kg.derived.pairings["ew.east.north"], 2021)
    assert found
    assert found.evidence == ("news.s3",)


def test_a_year_needs_enough_pairings_changed_by_documents(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert years.adjustments(site) == []
    monkeypatch.setattr(years, "ENOUGH", 2)
    (found,) = years.adjustments(site)
    assert (found.family, found.year, found.documents) == ("ew", 2021, ((("policy", "first-order"), 2),))
    assert found.counted() == {"began": 1, "ended": 1, "stayed": 1, "seen": 1, "silent": 1}


def test_the_table_names_the_old_and_the_new_supporter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "ENOUGH", 2)
    (page,) = years.pages(site)
    rows = [row for row in re.findall(r"<tr.*?</tr>", str(page.body), re.S) if 'href="place/north.html"' in row]
    (cells,) = [re.findall(r"<t[hd].*?</t[hd]>", row, re.S) for row in rows]
    assert "ew.south.north" in cells[1]
    assert "ew.south.north" not in cells[2]
    assert "ew.east.north" in cells[2]
    assert "source/news.html#s3" in cells[2]


def test_a_recipient_of_silence_alone_is_not_said_to_have_lost_its_supporter(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(years, "ENOUGH", 2)
    (page,) = years.pages(site)
    assert "pairing/ew.south.moved.html" not in page.body


def test_no_year_of_adjustment_no_page(tmp_path: Path) -> None:
    assert list(years.pages(of_lines(tmp_path, NEWS[0]))) == []


def test_the_shipped_facts_say_who_took_over_from_whom_in_2021(shipped: Site) -> None:
    found = {(one.family, one.year): one for one in years.adjustments(shipped)}
    assert {("east-west", year) for year in (1996, 2010, 2016, 2021)} <= set(found)
    moves = {one.pairing.slug: one.what for one in found["east-west", 2021].moves}
    # qdnrb-2021.s003: Foshan takes over from Hangzhou; hws-2021.s009: Guilin has Shenzhen in place of Zhaoqing
    assert moves["east-west.zhejiang-hangzhou.guizhou-qiandongnan"] == "ended"
    assert moves["east-west.guangdong-foshan.guizhou-qiandongnan"] == "began"
    assert moves["east-west.guangdong-zhaoqing.guangxi-guilin"] == "ended"
    assert moves["east-west.guangdong-shenzhen.guangxi-guilin"] == "began"


def test_the_shipped_page_is_the_same_each_time_and_has_no_style_inside(shipped: Site) -> None:
    (page,) = years.pages(shipped)
    html = framed(shipped, page).decode()
    (again,) = years.pages(Site(shipped.kg))
    assert framed(shipped, again).decode() == html
    assert not re.search(r"\sstyle=|\son[a-z]+=", unescape(html))
