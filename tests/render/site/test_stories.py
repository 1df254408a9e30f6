"""The pages of the stories: what stands on them, and what is drawn at which time."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.maps import Frame, drawn_at, map_of
from cooperation_kg.render.site.stories import pages

MINI = Path(__file__).parent.parent.parent / "data" / "mini"
TALE = """\
---
title: {zh: "</script><img src=x onerror=alert(x)>", en: Two steps}
summary: {zh: 从头说起, en: From the start}
---

## 之前 / Before
```yaml
as_of: "1990"
focus: pairing/test-east-west.haizhou.shanyuan
cites: {first-report.s003: 1996-07}
```
### zh
还没有 <b>结对</b>。
### en
No pairing yet.

## 起点 / The start
```yaml
as_of: "1996"
focus: pairing/test-east-west.haizhou.shanyuan
cites:
  first-report.s001: "1996"
  first-report.s005: 3.5亿元
```
### zh
后来写有**3.5亿元**。
### en
Later 350 million yuan.
"""


@pytest.fixture(scope="module")
def tale(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("tale") / "data"
    shutil.copytree(MINI, folder)
    (folder / "stories").mkdir()
    (folder / "stories" / "tale.md").write_text(TALE, encoding="utf-8")
    return written(Site(build_graph(load_corpus(folder))))


def written(site: Site) -> dict[str, str]:
    return {page.path: framed(site, page).decode() for page in pages(site)}


def step(html: str, number: int) -> str:
    return html.split(f'id="step-{number}"')[1].split("</section>")[0]


def test_there_is_a_list_and_a_page_for_each_story(tale: dict[str, str]) -> None:
    assert set(tale) == {"stories.html", "stories/tale.html"}
    assert 'href="stories/tale.html"' in tale["stories.html"]


def test_data_without_stories_say_so(mini: KnowledgeGraph) -> None:
    assert "这份数据没有故事" in written(Site(mini))["stories.html"]


def test_both_languages_of_a_caption_stand_on_the_page(tale: dict[str, str]) -> None:
    assert "后来写有<strong>3.5亿元</strong>。" in step(tale["stories/tale.html"], 2)
    assert "Later 350 million yuan." in step(tale["stories/tale.html"], 2)


def test_hostile_titles_and_captions_come_out_as_text(tale: dict[str, str]) -> None:
    html = tale["stories/tale.html"]
    assert "<img" not in html
    assert "还没有 &lt;b&gt;结对&lt;/b&gt;。" in html


def test_a_cited_figure_stands_with_its_literal_its_locator_and_the_link_to_its_source(tale: dict[str, str]) -> None:
    facts = step(tale["stories/tale.html"], 2).split("step-facts")[1]
    assert "<b>3.5亿元</b>" in facts
    assert "成效 第1段" in facts
    assert 'href="../source/first-report.html#s005"' in facts


def test_a_pairing_that_does_not_exist_yet_is_not_drawn_and_that_is_said(tale: dict[str, str]) -> None:
    assert "此时没有来源说存在" in step(tale["stories/tale.html"], 1)
    assert "<svg xmlns" not in step(tale["stories/tale.html"], 1)


def test_a_pairing_that_has_come_since_the_step_before_is_marked_as_new(tale: dict[str, str]) -> None:
    assert '<span lang="zh-Hans">新</span>' in step(tale["stories/tale.html"], 2)


def test_a_step_leads_to_the_network_at_its_year_with_its_pairing_selected(tale: dict[str, str]) -> None:
    link = re.search(r'class="onward" href="([^"]+)"', step(tale["stories/tale.html"], 2))
    assert link is not None
    assert link[1] == "../network.html#y=1996&amp;sel=e%3Atest-east-west.haizhou.shanyuan"


def test_no_style_attribute_and_no_inline_script_stands_on_a_page(tale: dict[str, str]) -> None:
    html = tale["stories/tale.html"]
    assert " style=" not in html
    assert re.findall(r"<script(?! src=)[^>]*>", html) == []


def test_the_same_data_give_the_same_bytes(mini: KnowledgeGraph) -> None:
    assert written(Site(mini)) == written(Site(mini))


def test_the_story_of_beijing_draws_border_support_as_possible_in_1979_and_no_more(real: KnowledgeGraph) -> None:
    own = [p for p in real.derived.pairings.values() if "beijing" in p.parties]
    drawn = drawn_at(own, parse_as_of(1979), None)
    assert [(d.pairing.slug, d.status) for d in drawn] == [
        ("border-minority-support.beijing.inner-mongolia", "possible")
    ]


def test_what_has_no_seat_is_counted_not_drawn(real: KnowledgeGraph) -> None:
    site = Site(real)
    pairing = real.derived.pairings["xinjiang-support.beijing.xpcc-14th-division"]
    drawn = drawn_at([pairing], parse_as_of(2010), None)
    _, missing = map_of(site, Frame(site, pairing.parties), drawn, parse_as_of(2010), "stories/x.html")
    assert list(missing) == drawn


@pytest.mark.parametrize("slug", ["adjustment-2021", "beijing", "min-ning"])
def test_every_shipped_step_has_a_picture_and_a_cited_statement(real: KnowledgeGraph, slug: str) -> None:
    html = written(Site(real))[f"stories/{slug}.html"]
    steps = html.split('<section class="step"')[1:]
    assert len(steps) == len(real.corpus.stories[slug].steps)
    assert all('class="map"' in one and "#s0" in one for one in steps)
