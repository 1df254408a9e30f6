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
