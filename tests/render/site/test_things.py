"""The page of a thing: what it must say of itself, on the small invented dataset and of the shipped facts."""

from __future__ import annotations

import re
from html import unescape

import pytest

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.library import named_queries
from cooperation_kg.query.show.things import BUILDERS
from cooperation_kg.render.site.asking import BY_KIND, OF_ANY
from cooperation_kg.render.site.context import PAGED, Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.things import thing_page, things


@pytest.fixture(scope="module")
def shipped(real: KnowledgeGraph) -> Site:
    return Site(real)


def page(site: Site, kind: str, identifier: str) -> str:
    return framed(site, thing_page(site, kind, identifier)).decode()


def words(html: str, lang: str = "zh-Hans") -> str:
    """Return what a reader of a language reads, without tags."""
    other = "en" if lang == "zh-Hans" else "zh-Hans"
    seen = re.sub(rf'<span(?: class="[^"]*")? lang="{other}">[^<]*</span>', "", html)
    return unescape(re.sub(r"<[^>]+>", " ", seen))


def test_every_kind_that_has_pages_has_a_builder_and_ids(shipped: Site) -> None:
    assert set(things(shipped)) == set(PAGED) <= set(BUILDERS)


def test_every_question_behind_a_part_is_one_of_the_library() -> None:
    of_kinds = (question for parts in BY_KIND.values() for question in parts.values())
    assert {name for name, _ in (*of_kinds, *OF_ANY.values())} <= set(named_queries())


def test_a_pairing_says_who_since_when_on_whose_order_and_who_says_so(shipped: Site) -> None:
    text = words(page(shipped, "pairing", "east-west.beijing.inner-mongolia"))
    # 39.43亿元: nmrb-2021.s001; the order of 1996 and the opinions of 2016: w-county.s016, cnnb-2016.s002
    for told in (
        "北京市 → 内蒙古自治区（前者帮扶后者）",
        "39.43亿元",
        "nmrb-2021.s001",
        "1996年7月1日",
        "关于进一步加强东西部扶贫协作工作的指导意见",
    ):
        assert told in text


def test_what_is_missing_stands_before_every_table(shipped: Site) -> None:
    html = page(shipped, "pairing", "east-west.beijing.inner-mongolia")
    assert html.index('id="missing"') < html.index("<table")
    assert "2024年之后未见确认" in words(html)


def test_a_figure_is_read_in_the_language_of_the_reader(shipped: Site) -> None:
    html = page(shipped, "pairing", "east-west.beijing.inner-mongolia")
    assert "(CNY 3.943 billion)" in words(html, "en")
    assert "CNY" not in words(html)


def test_every_statement_of_a_source_has_an_anchor(shipped: Site) -> None:
    html = page(shipped, "source", "nmrb-2021")
    assert set(re.findall(r'<li id="(s\d+)"', html)) == {"s001", "s002"}


def test_a_dispute_names_both_sides_with_their_statements(shipped: Site) -> None:
    text = words(page(shipped, "programme", "east-west"))
    # the programme began on 6 July 1996 (enread.s004), or in October 1996 (rmrb-2016-r.s017)
    assert "来源说法不一" in text
    assert "1996年10月" in text
    assert "rmrb-2016-r.s017" in text


def test_caveats_are_only_those_that_apply(shipped: Site) -> None:
    with_figures = page(shipped, "pairing", "east-west.beijing.inner-mongolia")
    assert "#caveat-people" in with_figures
    assert "#caveat-people" not in page(shipped, "policy", "2016-jing-ji-agreement")


def test_an_anonymous_place_stays_unresolved(shipped: Site) -> None:
    identifier = next(iter(shipped.corpus.anonymous))
    assert f"place/{identifier}" in page(shipped, "place", identifier)


def test_what_is_derived_is_marked_as_such(shipped: Site) -> None:
    html = page(shipped, "pairing", "east-west.beijing.inner-mongolia")
    terms = html[html.index('id="terms"') :]
    assert "推得" in terms[: terms.index("</h2>")]
    assert '<td class="inferred k">' in terms


def test_the_same_page_is_the_same_bytes(real: KnowledgeGraph) -> None:
    first, again = (page(Site(real), "place", "hubei-shiyan") for _ in range(2))
    assert first == again


def test_a_table_column_that_follows_from_statements_has_its_cells_marked(shipped: Site) -> None:
    html = page(shipped, "place", "hubei-shiyan")
    row = html[html.index('id="pairings"') :]
    assert re.search(r'<td class="inferred k">[^/]*可能存续', row)
