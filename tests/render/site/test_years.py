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


@pytest.mark.parametrize(
    ("line", "year", "what"),
    [
        ("as_of: 2020", 2021, "silent"),  # certain in the year before, only possible after
        ("as_of: 2020", 2020, "seen"),
        ("as_of: 2021", 2020, None),  # not before its first source
        ("as_of: '[2021..2022]'", 2021, None),  # no year is certain, so none is the first
        ("from: 2021, as_of: 2023", 2021, "began"),
        ("from: 2010, as_of: 2024", 2024, None),  # the year after lies beyond the data
        ("from: 2021-02, until: 2021-10", 2021, "ended"),  # what began and ended in one year has ended
    ],
)
def test_what_a_year_did_to_a_pairing_alone(tmp_path: Path, line: str, year: int, what: str | None) -> None:
    alone = of_lines(tmp_path, f"{EW}, supporter: east, recipient: west, {line}")
    found = move(alone.kg.derived.pairings["ew.east.west"], year)
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


def test_years_stand_in_order_whatever_the_order_of_the_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(years, "ENOUGH", 1)
    lines = (
        f"{EW}, supporter: east, recipient: west, from: 2021, basis: first-order",
        f"{EW}, supporter: south, recipient: north, from: 1996, basis: second-order",
    )
    found = years.adjustments(of_lines(tmp_path, *reversed(lines)))
    turned = years.adjustments(of_lines(tmp_path / "turned", *lines))
    assert [one.year for one in found] == [one.year for one in turned] == [1996, 2021]


def test_the_table_names_the_old_and_the_new_supporter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "ENOUGH", 2)
    (page,) = years.pages(site)
    rows = [row for row in re.findall(r"<tr.*?</tr>", str(page.body), re.S) if 'href="place/north.html"' in row]
    (cells,) = [re.findall(r"<t[hd].*?</t[hd]>", row, re.S) for row in rows]
    assert "ew.south.north" in cells[1]
    assert "ew.south.north" not in cells[2]
    assert "ew.east.north" in cells[2]
    assert "source/news.html#s3" in cells[2]


def cells_of(body: str, recipient: str) -> list[str]:
    (row,) = (row for row in re.findall(r"<tr data-row.*?</tr>", body, re.S) if f"place/{recipient}.html" in row)
    return [re.sub(r"<[^>]+>", "", re.sub(r'<span lang="en">.*?</span>', "", cell)) for cell in row.split("<td>")[1:]]


@pytest.fixture
def body(site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(years, "ENOUGH", 2)
    (page,) = years.pages(site)
    return str(page.body)


def test_a_partner_in_the_table_is_the_supporter_with_its_day_or_its_document(body: str) -> None:
    before, new, stayed = cells_of(body, "north")
    assert before == "南省 结束或被取代 至迟2021年3月31日 news.s2"
    assert new == "东省 开始 第一份通知 news.s3"
    assert stayed == "—"
    assert cells_of(body, "west")[2] == "东省 继续 — news.s1"


def test_the_picture_has_supporters_on_the_left_and_a_line_for_each_move(body: str) -> None:
    svg = body.split("<svg")[-1].split("</svg>")[0]
    assert re.findall(r'text-anchor="(\w+)" class="zh">(\w+)<', svg) == [
        ("end", "东省"),
        ("end", "南省"),
        ("start", "西省"),
        ("start", "北省"),
    ]
    assert re.findall(r'text x="(\d+)" y="14"(?: text-anchor="end")? class="side zh">(\w+)<', svg) == [
        ("116", "支援方"),
        ("244", "受援方"),
    ]
    # two names a side, 18 high each below a head of 24: at 33 and 51; what began lies uppermost, so it is drawn last
    lines = re.findall(r'<a href="pairing/([\w.-]+)\.html" class="(\w+) .*?<path d="(M[^"]+)" class="tie"', svg)
    assert lines == [
        ("ew.south.north", "ended", "M122 51C180 51 180 51 237 51"),
        ("ew.east.west", "stayed", "M122 33C180 33 180 33 237 33"),
        ("ew.east.north", "began", "M122 33C180 33 180 51 237 51"),
    ]
    assert 'viewBox="0 0 360 64"' in svg  # 24 + 2 * 18 + 4


def test_an_end_that_is_only_implied_is_marked_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "ENOUGH", 2)
    about = "about: {programme: ew, supporter: south, recipient: north}"
    lines = (
        *NEWS[:1],
        f"{EW}, supporter: south, recipient: north, from: 1996, as_of: 2020",
        *NEWS[2:7],
        f"kind: policy-effect, policy: first-order, effect: ends, date: 2021-03, directness: implied, {about}",
    )
    (page,) = years.pages(of_lines(tmp_path, *lines))
    assert cells_of(page.body, "north")[0].startswith("南省 结束或被取代 推知 至迟2021年3月31日")
    assert "结束或被取代1组（其中1组推知）" in page.body
    assert "开始1组，" in page.body


def test_every_end_of_2021_among_the_shipped_facts_is_said_to_be_implied(shipped: Site) -> None:
    # qdnrb-2021.s003, .s006–.s010 and fsls-2021.s003 are implied, hws-2021.s008 and .s009 by position
    (page,) = years.pages(shipped)
    assert "结束或被取代9组（其中9组推知）" in page.body
    # of 2010 yb-2011-ov.s009, .s011 and yb-2011-sdcq.s001 state the ends, whatever wp-2011-jp only implies
    assert "结束或被取代3组，新一轮3组" in page.body


def test_several_pairings_of_two_provinces_are_one_line_that_says_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(years, "ENOUGH", 2)
    more = (
        f"{EW}, supporter: east, recipient: west-city, from: 2021-04, basis: first-order",
        f"{EW}, supporter: east-city, recipient: west-county, from: 2021-04, basis: first-order",
    )
    (page,) = years.pages(of_lines(tmp_path, *NEWS, *more))
    assert 'aria-label="2021年开始：东省 → 西省（东西协作）：2组结对"' in page.body
    # with what went on there are two lines between the same names, 3.6 apart
    assert "M122 31.2C180 31.2 180 31.2 237 31.2" in page.body
    assert "M122 34.8C180 34.8 180 34.8 237 34.8" in page.body


def test_the_picture_is_as_tall_as_its_longer_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "ENOUGH", 2)
    both = (f"{EW}, supporter: east, recipient: {to}, from: 2021, basis: first-order" for to in ("west", "north"))
    (page,) = years.pages(of_lines(tmp_path, *both))
    assert 'viewBox="0 0 360 64"' in page.body  # two recipients of one supporter: 24 + 2 * 18 + 4
    assert 'd="M122 42C180 42 180 33 237 33" class="tie"' in page.body  # the supporter at their middle


def test_a_province_comes_before_what_lies_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "ENOUGH", 2)
    both = (f"{EW}, supporter: east, recipient: {to}, from: 2021, basis: first-order" for to in ("moved", "north"))
    (page,) = years.pages(of_lines(tmp_path, *both))
    assert re.findall(r'<th scope="row"><a href="place/(\w+)\.html', page.body) == ["north", "moved"]


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
