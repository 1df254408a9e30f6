"""What a step of a story draws and cites: whom its focus means, which way round, how each line and fact is marked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed
from cooperation_kg.render.site.maps import Frame, drawn_at, map_of
from cooperation_kg.render.site.stories import pages

NEWS = (
    "kind: pairing, programme: ew, supporter: east, recipient: west, from: 1996, as_of: 2000",
    "kind: pairing, programme: ew, supporter: south, recipient: west, from: 1998, until: 2001-12-31",
    "kind: pairing, programme: equals, parties: [west, north]",
    "kind: pairing, programme: ew, supporter: east, recipient: north, as_of: 2001, directness: implied",
)
STEP = """
## 第{n}步 / Step {n}
```yaml
as_of: {as_of}
focus: {focus}
cites: {{news.s4: implied}}
```
### zh
说明。
### en
A caption.
"""


def steps_of(folder: Path, *steps: tuple[str, str]) -> list[str]:
    """Return the sections of a story with these times and focuses."""
    write_world(folder, {}, (), "", "2003", {"news": NEWS})
    (folder / "stories").mkdir()
    head = "---\ntitle: {zh: 题, en: A title}\nsummary: {zh: 摘要, en: A summary}\n---\n"
    told = "".join(STEP.format(n=n, as_of=as_of, focus=focus) for n, (as_of, focus) in enumerate(steps, start=1))
    told = told.replace("第1步", "起").replace("第2步", "承").replace("Step 1", "First").replace("Step 2", "Then")
    (folder / "stories" / "tale.md").write_text(head + told, encoding="utf-8")
    site = Site(build_graph(load_corpus(folder)))
    (html,) = (framed(site, page).decode() for page in pages(site) if page.path != "stories.html")
    return html.split('<section class="step"')[1:]


def drawn(step: str) -> list[tuple[str, str, bool]]:
    """Return the pairings of a step: slug, status, and whether it is marked as new."""
    listed = step.split('<ul class="drawn">')[1].split("</ul>")[0]
    rows = [row for row in listed.split("<li>") if "pairing/" in row]
    found = [(re.search(r"pairing/([\w.-]+)\.html", row), re.search(r'class="status (\w+)"', row), row) for row in rows]
    return [(slug[1], status[1], 'class="tag"' in row) for slug, status, row in found if slug and status]


@pytest.mark.parametrize(
    ("focus", "slugs"),
    [
        ("place/west", {"ew.east.west", "ew.south.west", "equals.north.west"}),
        ("place/north", {"equals.north.west", "ew.east.north"}),
        ("programme/equals", {"equals.north.west"}),
        ("programme/ew", {"ew.east.west", "ew.south.west", "ew.east.north"}),
        ("pairing/ew.south.west", {"ew.south.west"}),
        ("pairing/equals.west.north", {"equals.north.west"}),  # equals are found either way round
        ("[place/north, pairing/ew.south.west]", {"equals.north.west", "ew.east.north", "ew.south.west"}),
    ],
)
def test_a_focus_means_the_pairings_that_it_names_or_has_part_in(tmp_path: Path, focus: str, slugs: set[str]) -> None:
    (step,) = steps_of(tmp_path, ("2001", focus))
    assert {slug for slug, _, _ in drawn(step)} == slugs


def test_every_pairing_is_listed_with_its_status_at_the_time_of_the_step(tmp_path: Path) -> None:
    first, second = steps_of(tmp_path, ("1997", "place/west"), ("2002", "place/west"))
    assert drawn(first) == [("equals.north.west", "undated", False), ("ew.east.west", "certain", False)]
    # last seen in 2000; the south ended in 2001
    assert drawn(second) == [("equals.north.west", "undated", False), ("ew.east.west", "possible", False)]


def test_what_the_step_before_did_not_have_is_new_and_the_legend_says_what_that_means(tmp_path: Path) -> None:
    first, second = steps_of(tmp_path, ("1997", "place/west"), ("1999", "place/west"))
    assert ("ew.south.west", "certain", True) in drawn(second)
    assert "新：上一步所示的时间还没有" in second
    assert "新：上一步所示的时间还没有" not in first


def test_an_undated_line_is_dashed_in_the_legend_and_a_certain_one_is_not(tmp_path: Path) -> None:
    (step,) = steps_of(tmp_path, ("1997", "place/west"))
    legend = step.split('<ul class="legend">')[1].split("</ul>")[0]
    dashes = {m[1]: "stroke-dasharray" in m[2] for m in re.finditer(r'class="(\w+) pn"><path([^>]*)>', legend)}
    assert dashes == {"certain": False, "undated": True}


def test_a_fact_that_is_only_implied_says_so_beside_its_source(tmp_path: Path) -> None:
    (step,) = steps_of(tmp_path, ("2001", "place/north"))
    facts = step.split('class="step-facts"')[1]
    assert ">可由文意推知</" in facts
    assert "source/news.html#s4" in facts


def test_a_heading_stands_in_both_languages(tmp_path: Path) -> None:
    (step,) = steps_of(tmp_path, ("1997", "place/west"))
    assert '<span lang="zh-Hans">起</span><span lang="en">First</span>' in step


def test_the_time_of_a_step_is_written_in_both_languages(tmp_path: Path) -> None:
    (step,) = steps_of(tmp_path, ("1997-08", "place/west"))
    assert '<span lang="zh-Hans">1997年8月</span><span lang="en">August 1997</span>' in step


@pytest.mark.parametrize(
    ("focus", "state"),
    [("place/west", "y=1997&amp;sel=n%3Awest"), ("programme/ew", "y=1997&amp;prog=ew")],
)
def test_a_step_opens_the_network_at_what_it_shows_first(tmp_path: Path, focus: str, state: str) -> None:
    (step,) = steps_of(tmp_path, ("1997", focus))
    assert f'class="onward" href="../network.html#{state}"' in step


def test_a_line_of_the_map_goes_from_the_supporter_to_the_recipient_with_the_head_at_its_end(
    real: KnowledgeGraph,
) -> None:
    site, slug = Site(real), "east-west.fujian.ningxia"
    pairing = real.derived.pairings[slug]
    frame = Frame(site, pairing.parties)
    as_of = parse_as_of(2010)
    svg, missing = map_of(site, frame, drawn_at([pairing], as_of, None), as_of, "stories/x.html")
    assert missing == ()
    start, end = (frame.spot(party) for party in ("fujian", "ningxia"))
    assert start
    assert end
    assert start[0] > end[0]  # Fuzhou lies east and south of Yinchuan
    assert start[1] > end[1]
    path = re.search(r'd="M([\d.]+) ([\d.]+)Q[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)" class="tie"', svg)
    assert path
    assert [float(n) for n in path.groups()] == pytest.approx([*start, *end], abs=0.06)
    head = re.search(r'd="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)z" class="head"', svg)
    assert head
    x, y, *back = (float(n) for n in head.groups())
    assert ((x - end[0]) ** 2 + (y - end[1]) ** 2) ** 0.5 == pytest.approx(4.6, abs=0.15)  # at the rim of the dot
    middle = (back[0] + back[2]) / 2, (back[1] + back[3]) / 2
    assert ((middle[0] - end[0]) ** 2 + (middle[1] - end[1]) ** 2) ** 0.5 == pytest.approx(13.6, abs=0.15)


def test_two_pairings_of_the_same_places_bow_to_either_side(real: KnowledgeGraph) -> None:
    site, as_of = Site(real), parse_as_of(1996)
    both = [p for p in real.derived.pairings.values() if set(p.parties) == {"beijing", "inner-mongolia"}]
    frame = Frame(site, ("beijing", "inner-mongolia"))
    svg, _ = map_of(site, frame, drawn_at(both, as_of, None), as_of, "stories/x.html")
    paths = re.findall(r'd="(M[^"]+)" class="tie"', svg)
    assert len(paths) == len(set(paths)) == 2
