"""Flows of stated money: what may be drawn side by side, and why the rest is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pictured import aid, site_of

from cooperation_kg.query.totals import total
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.pictures import flows
from cooperation_kg.render.site.pictures.amounts import Choice, choices

COUNTY = "about: {programme: ew, supporter: east-county, recipient: west-county}, measure: fiscal-aid"


def of(site: Site, key: str) -> Choice:
    return next(choice for choice in choices(site) if choice.key == f"fiscal-aid~reported~{key}")


def test_one_amount_of_a_year_is_drawn_as_printed(tmp_path: Path) -> None:
    (flow,) = of(site_of(tmp_path, aid("3亿元", "2005")), "2005").flows
    assert (flow.subject, flow.value, flows.amount(flow).zh) == (("pairing", "ew.east.west"), 3e8, "3亿元")


def test_years_that_fill_a_span_are_its_sum(tmp_path: Path) -> None:
    other = f"kind: figure, {COUNTY}, as_written: 1万元, during: 2005/2006, nature: flow"
    site = site_of(tmp_path, aid("3亿元", "2005"), aid("2亿元", "2006"), other)
    found = {flow.subject[1]: (flow.value, len(flow.figures)) for flow in of(site, "2005/2006").flows}
    assert found["ew.east.west"] == (5e8, 2)


def test_years_with_a_gap_between_are_no_amount_of_the_span(tmp_path: Path) -> None:
    other = f"kind: figure, {COUNTY}, as_written: 1万元, during: 2005/2007, nature: flow"
    choice = of(site_of(tmp_path, aid("3亿元", "2005"), aid("2亿元", "2007"), other), "2005/2007")
    assert [flow.subject[1] for flow in choice.flows] == ["ew.east-county.west-county"]
    assert [(held.subject[1], held.code) for held in choice.held] == [("ew.east.west", "shorter-time")]


def test_a_longer_time_is_not_clipped(tmp_path: Path) -> None:
    other = f"kind: figure, {COUNTY}, as_written: 1万元, during: 2005, nature: flow"
    choice = of(site_of(tmp_path, aid("3亿元", "2004/2006"), other), "2005")
    assert [(held.subject[1], held.code) for held in choice.held] == [("ew.east.west", "longer-time")]


def test_of_two_sayings_none_is_chosen(tmp_path: Path) -> None:
    other = f"kind: figure, {COUNTY}, as_written: 1万元, during: 2005, nature: flow"
    choice = of(site_of(tmp_path, aid("3亿元", "2005"), aid("4亿元", "2005"), other), "2005")
    assert [(held.subject[1], held.code) for held in choice.held] == [("ew.east.west", "same-thing")]


def test_a_part_does_not_stand_for_the_whole(tmp_path: Path) -> None:
    other = f"kind: figure, {COUNTY}, as_written: 1万元, during: 2005, nature: flow"
    part = aid("3亿元", "2005", ", scope_note: {zh: 只计教育, en: schools alone}")
    choice = of(site_of(tmp_path, part, other), "2005")
    assert [(held.subject[1], held.code) for held in choice.held] == [("ew.east.west", "part-only")]


def test_what_lies_inside_a_band_is_not_drawn_beside_it(tmp_path: Path) -> None:
    inside = f"kind: figure, {COUNTY}, as_written: 1万元, during: 2005, nature: flow"
    choice = of(site_of(tmp_path, aid("3亿元", "2005"), inside), "2005")
    assert [flow.subject[1] for flow in choice.flows] == ["ew.east.west"]
    assert [(held.subject[1], held.code) for held in choice.held] == [("ew.east-county.west-county", "mixed-levels")]


def test_stages_never_stand_in_one_picture(tmp_path: Path) -> None:
    site = site_of(tmp_path, aid("3亿元", "2005"), aid("2亿元", "2005", ", stage: planned"))
    assert [(choice.key, [flow.value for flow in choice.flows]) for choice in choices(site)] == [
        ("fiscal-aid~reported~2005", [3e8]),
        ("fiscal-aid~planned~2005", [2e8]),
    ]


def test_a_stock_is_no_flow(tmp_path: Path) -> None:
    stock = aid("3亿元", "2005").replace("nature: flow", "nature: stock").replace("during", "at")
    assert choices(site_of(tmp_path, stock)) == ()


def test_bands_are_as_wide_as_their_amounts(tmp_path: Path) -> None:
    (flow,) = of(site_of(tmp_path, aid("3亿元", "2005")), "2005").flows
    half = flow.__class__(("pairing", "x"), "ew", (("south",), ("north",)), flow.added, flow.figures)
    drawn, bars, _ = flows.bands([flow, half])
    assert [band.thick for band in drawn] == [flows.TALL / 2, flows.TALL / 2]
    assert [who for who, _, _ in bars] == [("east",), ("south",)]


def test_a_row_tells_what_is_noted_of_its_figures(tmp_path: Path) -> None:
    noted = ", note: 原文作东省和<i>南省落实"
    site = site_of(tmp_path, aid("3亿元", "2005", noted))
    (page,) = flows.pages(site)
    (row,) = (row for row in re.findall(r"<tr>.*?</tr>", page.body, re.S) if "3亿元" in row)
    assert "整理者注：" in row
    assert "原文作东省和&lt;i&gt;南省落实" in row


def test_the_shipped_rows_say_who_else_paid(shipped: Site) -> None:
    # xhrb-2020-tr.s005: the 1.67 billion of Suzhou and Tongren were paid by Jiangsu and Suzhou
    (page,) = flows.pages(shipped)
    rows = [row for row in re.findall(r"<tr>.*?</tr>", page.body, re.S) if "xhrb-2020-tr.s005" in row]
    assert rows
    assert all("原文作江苏和苏州落实" in row for row in rows)
    # cns-2025-zg.s002: the sum of all supporters, with firms and colleges
    rows = [row for row in re.findall(r"<tr>.*?</tr>", page.body, re.S) if "cns-2025-zg.s002" in row]
    assert rows
    assert all("企业和院校" in row for row in rows)


def test_every_sum_that_is_drawn_is_one_that_total_admits(shipped: Site) -> None:
    sums = [(c, f) for c in choices(shipped) for f in c.flows if len(f.figures) > 1]
    assert sums
    for choice, flow in sums:
        kind, slug = flow.subject
        during = choice.key.rpartition("~")[2]
        about = f"scope/{slug}" if kind == "scope" else slug
        answer = total(shipped.kg, about, [choice.measure], during=during, stage=choice.stage).of(choice.measure)
        assert answer.added is not None
        assert answer.added.quantity == flow.added.quantity


def test_every_band_leads_to_a_statement_and_every_refusal_says_why(shipped: Site) -> None:
    (page,) = flows.pages(shipped)
    drawn = [choice for choice in choices(shipped) if len(choice.flows) >= flows.FEWEST]
    assert page.body.count('class="sankey"') == len(drawn)
    links = [f"source/{flow.figures[0].key.rpartition('.')[0]}.html" for choice in drawn for flow in choice.flows]
    assert [link for link in links if f'href="{link}' not in page.body] == []


@pytest.mark.parametrize("name", ["flows.html", "matrix.html", "map.html", "pictures.html"])
def test_names_that_try_to_break_out_stay_text(hostile_site: dict[str, bytes], name: str) -> None:
    html = hostile_site[name].decode()
    assert "<img src=x" not in html
    assert "<script>window" not in html
