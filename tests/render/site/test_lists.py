"""What the lists of the site hold: every thing once, with what is known of it as of the time asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from cooperation_kg.graph.asof import parse_as_of, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.lists import pages

LISTS = {
    "places.html": "place",
    "pairings.html": "pairing",
    "programmes.html": "programme",
    "policies.html": "policy",
    "sources.html": "source",
    "projects.html": "project",
}


def bodies(kg: KnowledgeGraph, as_of: str = "2018") -> Mapping[str, str]:
    return {page.path: str(page.body) for page in pages(Site(kg, as_of=parse_as_of(as_of)))}


@pytest.fixture(scope="module")
def mini_lists(mini: KnowledgeGraph) -> Mapping[str, str]:
    return bodies(mini)


def row_of(html: str, link: str) -> str:
    """Return the row whose heading links to a page, without tags, English left out."""
    rows = re.findall(r"<tr data-row.*?</tr>", html, re.DOTALL)
    own = next(row for row in rows if f'href="{link}"' in row.partition("</th>")[0])
    shown = re.sub(r'<span lang="en">.*?</span>', "", own)
    return re.sub(r"\s*\|[\s|]*", " | ", re.sub(r"<[^>]+>", "|", shown)).strip(" |")


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
def test_every_thing_of_a_kind_is_in_its_list_once(
    mini: KnowledgeGraph, mini_lists: Mapping[str, str], path: str, kind: str
) -> None:
    everything = {
        "place": {*mini.corpus.places, *mini.corpus.anonymous},
        "pairing": set(mini.derived.pairings),
        "source": set(mini.corpus.sources),
    }
    wanted = everything.get(kind) or set(mini.corpus.registers[kind])
    headings = re.findall(rf'<th scope="row"[^>]*>(?:<span[^>]*>)?<a href="{kind}/([^"]+)\.html"', mini_lists[path])
    assert sorted(headings) == sorted(wanted)


def test_events_and_organisations_stand_beside_the_projects(
    mini: KnowledgeGraph, mini_lists: Mapping[str, str]
) -> None:
    html = mini_lists["projects.html"]
    for kind in ("event", "organisation"):
        assert all(f'href="{kind}/{key}.html"' in html for key in mini.corpus.registers[kind])


def test_a_place_stands_under_what_contains_it_at_the_time_asked_about(mini: KnowledgeGraph) -> None:
    def group(html: str) -> str:
        return html[html.index('id="in-hechuan"') :].split("</tbody>")[0]

    assert "place/hechuan-gushan.html" in group(bodies(mini, "2018")["places.html"])
    assert "place/hechuan-gushan.html" not in group(bodies(mini, "1996")["places.html"])


def test_a_place_is_found_and_shown_by_its_former_name(mini_lists: Mapping[str, str]) -> None:
    assert "曾名古山县" in mini_lists["places.html"]
    assert re.search(r'data-k="[^"]*\bgushanxian\b[^"]*"', mini_lists["places.html"])


def test_the_status_of_a_pairing_is_that_of_the_time_asked_about(mini: KnowledgeGraph) -> None:
    slug = "test-east-west.haizhou.shanyuan"
    statuses = {
        year: re.search(r'data-f-status="(\w+)"', _row(bodies(mini, year)["pairings.html"], slug))
        for year in ("1980", "2018")
    }
    for year, status in statuses.items():
        assert status is not None
        assert status[1] == status_of(mini.derived.pairings[slug], parse_as_of(year))


def test_who_asks_for_the_certain_alone_is_shown_the_certain_alone(mini: KnowledgeGraph) -> None:
    site = Site(mini, as_of=parse_as_of("2018", ["certain"]))
    html = next(str(page.body) for page in pages(site) if page.path == "pairings.html")
    assert set(re.findall(r'data-f-status="(\w+)"', html)) == {"certain"}


def _row(html: str, slug: str) -> str:
    rows = re.findall(r"<tr data-row.*?</tr>", html, re.DOTALL)
    return next(row for row in rows if f"pairing/{slug}.html" in row)


def test_undirected_pairings_are_joined_by_a_dash_and_the_list_says_what_that_means(
    mini_lists: Mapping[str, str],
) -> None:
    assert "没有来源说明方向" in mini_lists["pairings.html"]


def test_a_list_has_its_caption_its_query_and_says_how_to_read_it(mini_lists: Mapping[str, str]) -> None:
    for path in LISTS:
        assert "<caption>" in mini_lists[path], path
    for path in ("places.html", "pairings.html", "programmes.html", "policies.html", "sources.html"):
        assert 'class="ask"' in mini_lists[path], path


def test_nothing_counted_is_drawn_as_a_dash_and_never_as_zero(mini_lists: Mapping[str, str]) -> None:
    for path, html in mini_lists.items():
        assert ">0</" not in html, path


def test_a_disagreement_lists_both_sides_with_the_statements(
    mini: KnowledgeGraph, mini_lists: Mapping[str, str]
) -> None:
    html = mini_lists["disagreements.html"]
    for disagreement in mini.derived.disagreements.values():
        for key in disagreement.evidence:
            source, _, number = key.rpartition(".")
            assert f"source/{source}.html#{number}" in html


def test_shiyan_is_listed_under_hubei_with_its_role(shipped: Site) -> None:
    html = next(str(page.body) for page in pages(shipped) if page.path == "places.html")
    assert "place/hubei-shiyan.html" in html[html.index('id="in-hubei"') :].split("</tbody>")[0]
    assert row_of(html, "place/hubei-shiyan.html").startswith("十堰市 | 地级 | 支援方、受援方")
