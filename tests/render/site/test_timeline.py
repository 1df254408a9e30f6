"""The timeline: how many pairings in which year, which documents when, and what is said of the undated."""

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
from cooperation_kg.render.site.pictures import timeline
from cooperation_kg.render.site.pictures.acts import acts

NEWS = (
    "kind: pairing, programme: ew, supporter: east, recipient: west, from: 1996, as_of: 2000",
    "kind: pairing, programme: ew, supporter: south, recipient: west, from: 1998, until: 2001-12-31",
    "kind: pairing, programme: equals, parties: [west, north]",
    "kind: document, policy: first-order, act: issued, date: 1996-07",
    "kind: document, policy: second-order, act: issued",
    "kind: policy-effect, policy: first-order, effect: establishes, about: ew",
    "kind: policy-effect, policy: second-order, effect: guides, about: ew",
)


def of_lines(folder: Path, *lines: str) -> Site:
    write_world(folder, {}, (), "", "2003", {"news": lines})
    return Site(build_graph(load_corpus(folder)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return of_lines(tmp_path_factory.mktemp("timeline"), *NEWS)


@pytest.fixture(scope="module")
def html(site: Site) -> str:
    (page,) = timeline.pages(site)
    return framed(site, page).decode()


def test_years_are_counted_certain_and_possible_apart(site: Site) -> None:
    certain, possible = timeline.counted(list(site.kg.derived.pairings.values()))
    assert dict(certain) == {1996: 1, 1997: 1, 1998: 2, 1999: 2, 2000: 2, 2001: 1}
    # the first is not seen after 2000, and no source says that it ended
    assert dict(possible) == {2001: 1, 2002: 1, 2003: 1}


def test_the_timeline_spans_the_years_of_the_pairings(site: Site) -> None:
    assert timeline.span(site) == (1996, 2003)


def test_a_year_says_both_numbers_and_none_is_not_nought(html: str) -> None:
    assert "2001年：确定1组，可能1组" in html
    assert "2003年：确定无，可能1组" in html


def test_only_documents_with_a_date_are_drawn(site: Site, html: str) -> None:
    assert [act.identifier for act in acts(site)["ew"]] == ["first-order"]
    drawn = re.findall(r'<a href="policy/([a-z-]+)\.html" class="document( major)?"', html)
    assert set(drawn) == {("first-order", " major")}


def test_a_document_says_when_it_came_and_what_it_did(html: str) -> None:
    assert "1996年7月 第一份通知" in unescape(html)


def test_the_undated_are_counted_beside_the_name_and_not_drawn(html: str) -> None:
    lane = html[html.index('id="lane-equals"') :]
    lane = lane[: lane.index("</section>")]
    assert "1组没有年份" in lane
    assert 'class="column"' not in lane


def test_every_pairing_has_a_bar_that_leads_to_it_and_a_row_with_its_statements(html: str) -> None:
    for slug in ("ew.east.west", "ew.south.west"):
        assert len(re.findall(rf'href="pairing/{slug}\.html"', html)) >= 2
    assert "source/news.html#s1" in html


def test_no_dated_pairing_no_timeline(tmp_path: Path) -> None:
    assert list(timeline.pages(of_lines(tmp_path, NEWS[2]))) == []


def test_the_same_facts_give_the_same_bytes(site: Site, html: str) -> None:
    (page,) = timeline.pages(Site(site.kg))
    assert framed(site, page).decode() == html


def test_the_page_asks_for_no_style_or_script_inside(html: str) -> None:
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)


def lane(html: str, family: str = "ew") -> str:
    return html[html.index(f'id="lane-{family}"') :].split("</section>")[0]


def rects(markup: str) -> list[tuple[str, ...]]:
    return re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" class="(\w+)"', markup)


def test_a_column_is_as_tall_as_its_number_and_the_possible_stands_on_the_certain(html: str) -> None:
    year = lane(html).split('aria-label="2001年：确定1组，可能1组"')[1].split("</a>")[0]
    # eight years on 900; the most in a year is 2, so that one pairing is half of 64; the foot lies at 13 + 6 + 64
    assert rects(year) == [
        ("562.5", "19", "112.5", "64", "column"),
        ("562.5", "51", "112.5", "32", "sure"),
        ("562.5", "19", "112.5", "32", "maybe"),
    ]
    assert 'd="M562.5 19h112.5" class="rim"' in year


def test_the_highest_number_of_a_lane_is_written_in_it(html: str) -> None:
    assert "最高 2<" in lane(html)


def test_the_bar_of_a_pairing_has_its_certain_years_and_its_possible_ones(html: str) -> None:
    bars = lane(html).split('<ul class="bars')[1].split("</ul>")[0]
    bar = bars.split('href="pairing/ew.east.west.html"')[1].split("</li>")[0]
    # 1996 to 2000 certain, 2001 to 2003 possible, ten a year
    assert 'viewBox="0 0 80 10"' in bar
    assert rects(bar) == [("50", "3", "30", "4", "maybe"), ("0", "0", "50", "10", "sure")]


def test_a_document_stands_at_the_middle_of_its_month(html: str) -> None:
    # 16 July is day 197 of the 2922 from 1996 to 2003: 197 / 2922 * 900 = 60.7
    assert 'd="M60.7 3l6 6l-6 6l-6 -6z"' in lane(html)


def test_two_documents_of_one_month_lie_above_one_another(tmp_path: Path) -> None:
    more = "kind: document, policy: third-order, act: issued, date: 1996-07"
    effect = "kind: policy-effect, policy: third-order, effect: guides, about: ew"
    (page,) = timeline.pages(of_lines(tmp_path, *NEWS, more, effect))
    wide = lane(page.body).split("</figure>")[0]
    assert re.findall(r'd="M60\.7 (\d+)l6 6', wide) == ["16", "3"]
    assert 'class="document" aria-label="1996年7月 第三份通知' in wide
    # with two rows of documents the years begin 13 lower
    assert ("0", "32", "112.5", "64", "column") in rects(wide)


def test_a_document_before_all_pairings_is_in_the_table_alone(tmp_path: Path) -> None:
    early = (
        "kind: document, policy: third-order, act: issued, date: 1979-07",
        "kind: policy-effect, policy: third-order, effect: guides, about: ew",
    )
    (page,) = timeline.pages(of_lines(tmp_path, *NEWS, *early))
    assert 'class="document" aria-label="1979' not in page.body
    assert "policy/third-order.html" in page.body.split('id="documents"')[1]


def test_a_year_yields_to_a_day_in_it_and_not_to_a_day_of_another_year(tmp_path: Path) -> None:
    dates = ("1996", "1996-10-27", "1995-03")
    lines = (f"kind: document, policy: third-order, act: issued, date: {date}" for date in dates)
    effect = "kind: policy-effect, policy: third-order, effect: adjusts, about: ew"
    found = acts(of_lines(tmp_path, *NEWS, *lines, effect))["ew"]
    (third,) = (act for act in found if act.identifier == "third-order")
    assert [one.when.text for one in third.dates] == ["1995-03", "1996-10-27", "1996"]


def test_a_document_known_by_its_year_alone_is_drawn_after_the_one_of_its_spring(tmp_path: Path) -> None:
    lines = (
        "kind: document, policy: second-order, act: issued, date: 1996-03",
        "kind: document, policy: third-order, act: issued, date: 1996",
        "kind: policy-effect, policy: third-order, effect: adjusts, about: ew",
    )
    (page,) = timeline.pages(of_lines(tmp_path, *NEWS[:3], *NEWS[4:], *lines))
    x = {name: float(at) for name, at in re.findall(r'policy/(\w+)-order\.html" class="doc.*?d="M([\d.]+) ', page.body)}
    assert x["second"] < x["third"]


def cells_of(html: str, slug: str) -> list[str]:
    table = html.split('id="terms"')[1]
    (row,) = (row for row in re.findall(r"<tr.*?</tr>", table, re.S) if f"pairing/{slug}.html" in row)
    return [re.sub(r"<[^>]+>", "", re.sub(r'<span lang="en">.*?</span>', "", cell)) for cell in row.split("<td")[1:]]


def test_a_row_says_how_start_and_end_are_known(html: str) -> None:
    start, end, status, *_ = cells_of(html, "ew.east.west")
    assert start.endswith(">1996年1月1日至1996年12月31日之间 来源写明")
    assert end.endswith(">2000年12月31日 最近确认")
    assert status.endswith(">可能存续")
    assert cells_of(html, "ew.south.west")[1].endswith(">至迟 2001年12月31日 已终止")


def test_rows_begin_with_the_pairings_of_today_and_end_with_those_without_years(html: str) -> None:
    table = html.split('id="terms"')[1].split('id="documents"')[0]
    assert re.findall(r"<tr data-row.*?pairing/([\w.-]+)\.html", table, re.S) == [
        "ew.east.west",
        "ew.south.west",
        "equals.north.west",
    ]


def test_a_row_is_found_by_the_names_of_its_parties(html: str) -> None:
    assert re.search(
        r'<tr data-row data-k="dongsheng ds xisheng xs"[^>]*><th scope="row"><a href="pairing/ew\.east', html
    )


def test_the_table_of_years_has_every_year_of_the_lane_and_no_other(html: str) -> None:
    table = lane(html).split('<table class="by-year">')[1].split("</table>")[0]
    rows = re.findall(r'<a href="[^"]+">(\d+)</a></th><td class="n">(\d+|—)</td><td class="n">(\d+|—)</td>', table)
    assert rows == [
        *[("1996", "1", "—"), ("1997", "1", "—"), ("1998", "2", "—"), ("1999", "2", "—"), ("2000", "2", "—")],
        *[("2001", "1", "1"), ("2002", "—", "1"), ("2003", "—", "1")],
    ]
