"""How the page of a thing is read: captions, headers, time and money in the reader's language, caveats that apply."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from site_reader import PageReader

from cooperation_kg.query.show.words import HEADINGS
from cooperation_kg.render.site.applying import caveats_of
from cooperation_kg.render.site.beside import missing_lines
from cooperation_kg.render.site.captions import CAPTIONS, TITLES
from cooperation_kg.render.site.context import PAGED, Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.things import KINDS, LISTS, parts_of, thing_page

WIDER = "danjiangkou.beijing.hubei"
SOME = {
    "place": "hubei-shiyan",
    "pairing": "east-west.fujian.ningxia",
    "programme": "danjiangkou",
    "policy": "danjiangkou-collaboration-scheme",
    "source": "jingyan-history",
    "organisation": "state-council",
    "project": "south-north-water-transfer-middle-route",
    "event": "1996-central-poverty-conference",
    "scope": "danjiangkou.beijing.henan+hubei",
    "measure": "fiscal-aid",
    "judgement": "hubei-2020-two-lists",
}


def html(site: Site, kind: str, identifier: str) -> str:
    return framed(site, thing_page(site, kind, identifier)).decode()


def section(page: str, code: str) -> str:
    """Return one part of a page, as it is written."""
    found = re.search(rf'<section[^>]*aria-labelledby="{code}">.*?</section>', page, re.DOTALL)
    assert found is not None, code
    return found[0]


@pytest.fixture(scope="module")
def pages(shipped: Site) -> Mapping[str, str]:
    """One page of every kind."""
    return {kind: html(shipped, kind, identifier) for kind, identifier in SOME.items()}


def test_every_kind_is_looked_at() -> None:
    assert set(SOME) == set(PAGED)


@pytest.mark.parametrize("kind", PAGED)
def test_every_page_says_what_is_missing_before_any_table(pages: Mapping[str, str], kind: str) -> None:
    page = pages[kind]
    assert re.search(r"<li>.+</li>", section(page, "missing"))
    assert page.index('id="missing"') < page.index("<table")


@pytest.mark.parametrize("kind", PAGED)
def test_every_table_has_a_caption_first_and_a_header_in_every_row(pages: Mapping[str, str], kind: str) -> None:
    tables = re.findall(r"<table class=\"facts\">.*?</table>", pages[kind], re.DOTALL)
    assert tables != []
    for table in tables:
        assert re.match(r'<table class="facts"><caption[^>]*>.+?</caption><thead>', table, re.DOTALL)
        rows = table.split("<tbody>")[1].split("<tr>")[1:]
        assert [row for row in rows if '<th scope="row"' not in row] == []


@pytest.mark.parametrize("kind", PAGED)
def test_no_page_leaves_a_time_as_machines_write_it(pages: Mapping[str, str], kind: str) -> None:
    shown = [text for tag, text in PageReader(pages[kind]).texts if tag not in ("script", "code", "title")]
    assert [text for text in shown if re.search(r"\b\d{4}-\d{2}(-\d{2})?\b|\d{4}\.\.\d{4}", text)] == []


def test_rows_of_one_programme_share_one_cell_that_covers_them(shipped: Site) -> None:
    # four pairings: one of 丹江口, two of the medical support of 2020, one of the support for 新疆
    body = section(html(shipped, "place", "hubei-shiyan"), "pairings").split("<tbody>")[1]
    assert body.count("<tr>") == 4
    assert re.findall(r'<th scope="row"[^>]* rowspan="(\d)"><a href="\.\./programme/([^"]+)\.html', body) == [
        ("2", "hubei-medical-2020")
    ]
    assert body.count("/programme/hubei-medical-2020.html") == 1


def test_a_sighting_in_a_month_is_not_shown_as_its_last_day(shipped: Site) -> None:
    rows = section(html(shipped, "place", "hubei-shiyan"), "pairings")  # jingyan-history.s022: 2013年5月
    assert "2013年5月" in rows
    assert "31" not in re.sub(r"<[^>]+>", "", rows.split("<tbody>")[1])


def test_a_pairing_links_both_sides_its_programme_and_the_policies_of_that(shipped: Site) -> None:
    page = html(shipped, "pairing", WIDER)
    links = re.findall(r'href="([^"]+)"', page.split('class="related"')[1].split("</p>")[0])
    assert links == ["../place/beijing.html", "../place/hubei.html", "../programme/danjiangkou.html#policies"]


def test_a_place_tells_the_money_of_its_pairings_with_the_statement(shipped: Site) -> None:
    money = section(html(shipped, "place", "hubei-shiyan"), "money")  # syzt-2024.s001; xjshs86.s003
    assert "22.5亿元" in money
    assert "CNY 2.25 billion" in money
    assert '<a class="cite" href="../source/syzt-2024.html#s001">' in money
    assert "../source/xjshs86.html#s003" in money


def test_a_pairing_and_a_source_have_no_part_for_the_money_of_others(shipped: Site) -> None:
    assert "money" not in [part.code for part in parts_of(shipped, "pairing", "east-west.fujian.ningxia")]


def test_years_of_adjustment_are_told_of_a_place_with_their_pairings(shipped: Site) -> None:
    changed = section(html(shipped, "place", "hubei-shiyan"), "changed")
    assert 'href="../adjustments.html#hubei-medical-2020-2020"' in changed
    assert "../pairing/hubei-medical-2020.guangxi.hubei-shiyan.html" in changed


def test_the_one_origin_and_the_origins_of_sources_are_links(shipped: Site, pages: Mapping[str, str]) -> None:
    page = html(shipped, "pairing", "danjiangkou.beijing.hubei-shiyan")
    assert '<a href="../source/jingyan-history.html">' in section(page, "missing")
    assert "source/jingyan-history<" not in section(page, "missing")
    origins = section(pages["judgement"], "sources")
    assert '<a href="../organisation/national-health-commission.html">' in origins


def test_what_a_figure_is_part_of_is_a_link(shipped: Site) -> None:
    figures = section(html(shipped, "pairing", "danjiangkou.beijing.hubei-shiyan"), "figures")
    assert re.search(r'属于 </span><span lang="en">part of </span><a class="cite" href="[^"]*#s005">', figures)


def test_the_sides_of_a_disagreement_read_in_both_languages(pages: Mapping[str, str]) -> None:
    sides = section(pages["pairing"], "disagreements")  # fjrb-2016.s009: 980名; xh-2016-lx.s005: 1056名
    assert "(1,056 persons" in sides
    assert "1996年至2016年" in sides
    assert "1996/2016" not in re.sub(r"<[^>]+>", "", sides)


def test_the_language_of_a_source_is_named(pages: Mapping[str, str]) -> None:
    assert '<span lang="zh-Hans">中文</span><span lang="en">Chinese</span>' in section(pages["source"], "bibliography")


def test_a_place_lies_in_its_province_and_a_pairing_in_its_programme(shipped: Site) -> None:
    assert thing_page(shipped, "place", "hubei-shiyan").crumbs[1][0] == "place/hubei.html"
    assert [path for path, _ in thing_page(shipped, "pairing", WIDER).crumbs] == [
        "pairings.html",
        "programme/danjiangkou.html",
    ]


def test_every_kind_is_led_to_by_a_page_that_the_navigation_names() -> None:
    assert {leads for _, leads in KINDS.values()} <= set(LISTS)


def test_pairings_of_other_levels_are_marked_as_inferred(shipped: Site) -> None:
    page = html(shipped, "pairing", "danjiangkou.beijing.hubei-shiyan")
    for code in ("wider", "narrower", "terms"):
        assert "推得" in section(page, code).split("</h2>")[0]
    assert "推得" not in section(page, "figures").split("</h2>")[0]


def test_captions_and_titles_name_parts_that_there_are() -> None:
    assert {*CAPTIONS, *(code for _, code in TITLES)} <= set(HEADINGS)


def test_of_several_pairings_together_no_share_is_known(shipped: Site) -> None:
    (line,) = missing_lines(shipped, "scope", SOME["scope"], None)
    assert "没有来源说" in line.zh


def test_where_nothing_is_missing_that_is_said_and_no_more(shipped: Site) -> None:
    (line,) = missing_lines(shipped, "judgement", SOME["judgement"], None)
    assert "没有列出不等于没有发生" in line.zh


def anchors(site: Site, *keys: str) -> dict[str, int]:
    return {f"{one.anchor} {one.words.zh[:2]}": one.count for one in caveats_of(site, keys)}


def test_a_sum_that_was_agreed_is_said_not_to_be_paid(shipped: Site) -> None:
    agreed = next(s.key for s in shipped.mentions.standing if getattr(s, "stage", "") == "agreed")
    paid = next(s.key for s in shipped.mentions.standing if getattr(s, "stage", "") == "paid")
    assert anchors(shipped, agreed)["stage 计划"] == 1
    assert "stage 计划" not in anchors(shipped, paid)


def test_a_reprint_is_no_translation(shipped: Site) -> None:
    found = anchors(shipped, "syzt-2024.s001")  # reached_by: reprint
    assert found["reprint 读自"] == 1
    assert not [name for name in found if name.startswith("translated")]


def test_two_sources_that_pass_on_one_origin_are_said_to_confirm_nothing(shipped: Site) -> None:
    # both lists are the National Health Commission's: gdcenn.s002, rmwhb-2020-n.s002
    assert anchors(shipped, "gdcenn.s002", "rmwhb-2020-n.s002")["reprint 几个"] == 2
    assert "reprint 几个" not in anchors(shipped, "gdcenn.s002", "wn-2020.s002")
    assert "reprint 几个" not in anchors(shipped, "jingyan-history.s001", "jingyan-history.s002")


@pytest.mark.parametrize("kind", PAGED)
def test_every_figure_has_its_statement_one_click_away(pages: Mapping[str, str], kind: str) -> None:
    rows = [
        row
        for code in ("figures", "figures_counted", "money")
        if f'aria-labelledby="{code}"' in pages[kind]
        for row in section(pages[kind], code).split("<tbody>")[1].split("<tr>")[1:]
    ]
    assert [row for row in rows if not re.search(r'<a class="cite" href="[^"]*source/[^"]+#s\d+">', row)] == []
    assert rows != [] or kind not in ("place", "pairing", "project", "scope")


def test_two_documents_are_told_apart_by_long_names_set_smaller(pages: Mapping[str, str]) -> None:
    assert '<h1 class="long">' in pages["judgement"]
    assert '<h1 class="long">' not in pages["place"]
