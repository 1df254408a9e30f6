"""The network page in a real browser, from disk, with the network off."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from opened import Opened
from worlds import small_network

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_page

pytestmark = pytest.mark.browser
HOSTILE = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">'
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    network = small_network()
    (made / "network.html").write_bytes(render_page(network).encode())
    return made


@pytest.fixture
def open_page(browser: Any, folder: Path) -> Iterator[Open]:
    contexts: list[Any] = []

    def open_it(fragment: str = "", *, name: str = "network.html", at: Path | None = None, **options: Any) -> Opened:
        context = browser.new_context(offline=True, **{"viewport": WIDE, "accept_downloads": True, **options})
        contexts.append(context)
        return Opened(context.new_page()).go((at or folder) / name, fragment)

    yield open_it
    for context in contexts:
        context.close()


def test_a_page_asks_for_no_file_but_itself_and_has_nothing_to_complain_of(open_page: Open) -> None:
    opened = open_page()
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len([url for url in opened.requests if url.startswith("file:")]) == 1
    assert opened.complaints == []


def test_something_is_painted(open_page: Open) -> None:
    share = open_page().page.evaluate(
        "() => { const c = document.querySelector('#stage canvas');"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n / (d.length / 4); }"
    )
    assert share > 0.01


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (1999, {"p.beijing.shaanxi"}),
        (2012, {"p.beijing.guangxi", "q.beijing.guangxi", "p.beijing.shaanxi", "p.beijing.w"}),
        (2015, {"p.beijing.guangxi", "p.beijing.shaanxi", "p.beijing.w"}),
        (2018, {"p.beijing.guangxi", "q.beijing.guangxi", "p.beijing.shaanxi", "p.beijing.w"}),
    ],
)
def test_the_slider_draws_what_the_year_has_and_the_undated_layer(
    open_page: Open, year: int, expected: set[str]
) -> None:
    opened = open_page()
    opened.set_year(year)
    assert opened.drawn() == expected
    assert opened.page.inner_text("#big-year") == str(year)


def test_switching_the_undated_layer_off_leaves_dated_pairings_only(open_page: Open) -> None:
    opened = open_page("#y=2012")
    opened.page.uncheck('[data-filter="hiddenLayers:undated"]')
    assert "p.beijing.shaanxi" not in opened.drawn()
    assert len(opened.drawn()) == 3


def test_an_undirected_pairing_has_no_arrow_and_a_dash_of_its_own(open_page: Open) -> None:
    look = open_page().page.evaluate("() => CKG.visEdges.get('p.beijing.shaanxi')")
    assert look["arrows"]["to"]["enabled"] is False
    assert look["dashes"] == [1, 6]


def test_parallel_pairings_are_bent_apart_and_differ_in_colour_and_dash(open_page: Open) -> None:
    first, second = (
        open_page("#y=2012").page.evaluate("(id) => CKG.visEdges.get(id)", key)
        for key in ("p.beijing.guangxi", "q.beijing.guangxi")
    )
    assert first["smooth"] != second["smooth"]
    assert first["color"]["color"] != second["color"]["color"]
    assert first["dashes"] != second["dashes"]


def test_the_programme_filter_hides_its_pairings_and_counts_stay_live(open_page: Open) -> None:
    opened = open_page("#y=2015")
    count = opened.page.inner_text('li:has([data-filter="hiddenProgrammes:p"]) .count')
    opened.page.uncheck('[data-filter="hiddenProgrammes:p"]')
    assert count == "3"
    assert opened.drawn() == set()
    assert opened.page.is_visible("#nothing")


def test_the_level_filter_hides_pairings_of_that_level(open_page: Open) -> None:
    opened = open_page("#y=2012")
    opened.page.uncheck('[data-filter="hiddenLevels:county"]')
    assert "p.beijing.w" not in opened.drawn()


@pytest.mark.parametrize("typed", ["广西", "guangxi", "gx", "桂", "GuangXi", "ｇｘ"])
def test_search_finds_a_place_by_characters_pinyin_initials_and_short_form(open_page: Open, typed: str) -> None:
    opened = open_page()
    opened.page.fill("#search", typed)
    hits = opened.page.locator("#hits li span:first-child").all_inner_texts()
    assert "广西壮族自治区" in hits


def test_search_finds_a_place_by_a_former_name_and_a_pairing_by_its_name(open_page: Open) -> None:
    opened = open_page()
    opened.page.fill("#search", "旧名县")
    assert opened.page.locator("#hits li span:first-child").all_inner_texts() == ["陕西省"]
    opened.page.fill("#search", "京陕")
    assert "京陕" in opened.page.locator("#hits li span:first-child").all_inner_texts()


def test_search_works_by_keyboard_alone(open_page: Open) -> None:
    opened = open_page()
    opened.page.focus("#search")
    opened.page.keyboard.type("shanxi")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == "陕西省"


def test_search_for_nothing_known_says_so(open_page: Open) -> None:
    opened = open_page()
    opened.page.fill("#search", "亚特兰蒂斯")
    assert opened.page.is_visible("#no-hits")


def test_a_click_on_a_line_shows_its_evidence_as_written_with_source_and_place(open_page: Open) -> None:
    opened = open_page("#y=2012")
    at = opened.page.evaluate(
        "() => { const n = CKG.network, p = n.getPositions(['beijing', 'w']);"
        " return {a: n.canvasToDOM(p.beijing), b: n.canvasToDOM(p.w)}; }"
    )
    assert at["a"] != at["b"]
    opened.page.locator("#table-body button", has_text=re.compile("^京桂$")).click()
    panel = opened.page.inner_text("#panel")
    for said in ("京桂", "北京市", "广西壮族自治区", "1.5亿元", "练习文献", "第1段", "确定存续"):
        assert said in panel


def test_a_click_on_a_node_in_the_picture_opens_the_place(open_page: Open) -> None:
    opened = open_page("#y=2015")
    at = opened.page.evaluate(
        "() => { const r = document.getElementById('stage').getBoundingClientRect();"
        " const p = CKG.network.canvasToDOM(CKG.network.getPositions(['shaanxi']).shaanxi);"
        " return {x: r.x + p.x, y: r.y + p.y}; }"
    )
    opened.page.mouse.click(at["x"], at["y"])
    opened.page.wait_for_selector("#panel h2")
    assert opened.page.inner_text("#panel h2") == "陕西省"


def test_the_address_carries_the_whole_state(open_page: Open) -> None:
    first = open_page()
    first.set_year(2012)
    first.page.check("input[value=columns]")
    first.page.uncheck('[data-filter="hiddenProgrammes:q"]')
    first.page.locator("#table-body button", has_text="京W").click()
    first.page.wait_for_function("() => location.hash === CKG.toHash()")
    fragment = first.page.evaluate("() => location.hash")
    again = open_page(fragment)
    assert again.drawn() == first.drawn()
    assert again.page.inner_text("#panel h2") == "京W"
    assert again.page.is_checked("input[value=columns]")
    assert again.page.evaluate("() => location.hash || CKG.toHash()") == fragment


def test_a_new_address_forgets_what_it_does_not_say(open_page: Open) -> None:
    opened = open_page("#y=2012&sel=n:beijing&p=q")
    opened.page.evaluate("() => { location.hash = '#y=2015'; }")
    opened.page.wait_for_function("() => CKG.state.selected === null")
    assert opened.drawn() == {"p.beijing.guangxi", "p.beijing.shaanxi", "p.beijing.w"}


def test_counts_follow_the_other_filters(open_page: Open) -> None:
    opened = open_page("#y=2012&l=province")
    counts = opened.page.locator("#programmes .count").all_inner_texts()
    assert counts == ["0", "0"]
    assert opened.drawn() == set()


def test_the_wheel_scrolls_the_page_and_zooms_only_with_control(open_page: Open) -> None:
    page = open_page().page
    before = page.evaluate("() => CKG.network.getScale()")
    page.mouse.move(700, 400)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => window.scrollY > 0")
    assert page.evaluate("() => CKG.network.getScale()") == before


def test_the_zoom_buttons_zoom(open_page: Open) -> None:
    page = open_page().page
    before = page.evaluate("() => CKG.network.getScale()")
    page.click("#zoom-in")
    assert page.evaluate("() => CKG.network.getScale()") > before


def test_certain_and_possible_differ_in_weight_and_arrowhead(open_page: Open) -> None:
    page = open_page("#y=2015").page
    certain = page.evaluate("() => CKG.visEdges.get('p.beijing.guangxi')")
    page = open_page("#y=2018").page
    possible = page.evaluate("() => CKG.visEdges.get('p.beijing.guangxi')")
    assert certain["width"] > possible["width"]
    assert certain["arrows"]["to"]["type"] != possible["arrows"]["to"]["type"]


def test_the_printed_picture_is_dark_on_white_in_the_dark_theme_too(open_page: Open) -> None:
    page = open_page(color_scheme="dark").page
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.get_attribute("#print-picture svg rect", "fill") == "#ffffff"
    assert page.get_attribute("html", "data-theme") == "dark"


def test_a_saved_picture_says_what_it_shows(open_page: Open) -> None:
    text = open_page("#y=2012").page.evaluate("() => CKG.save.svgText()")
    for said in ("练习", "2012", "甲机制", "示意位置，不表示疆界", "https://example.org/"):
        assert said in text


@pytest.mark.parametrize("fragment", ["#y=abcd&lay=spiral&sel=e:nothing&p=x&lang=fr", "#%E0%A4%A", "#y=9999"])
def test_a_broken_address_opens_the_page_all_the_same(open_page: Open, fragment: str) -> None:
    opened = open_page(fragment)
    assert opened.complaints == []
    assert len(opened.drawn()) == 4


def test_play_begins_and_stops(open_page: Open) -> None:
    opened = open_page()
    opened.page.click("#play")
    assert opened.page.inner_text("#year-out") == "1979"
    opened.page.wait_for_function("() => document.getElementById('year-out').textContent === '1980'")
    opened.page.click("#play")
    assert opened.page.get_attribute("#play", "aria-pressed") == "false"


def test_no_two_labels_overlap_at_first_sight(open_page: Open) -> None:
    opened = open_page()
    opened.page.wait_for_function("() => CKG.labels && CKG.labels.length > 0")
    labels = opened.page.evaluate("() => CKG.labels")
    piled = [
        (a["text"], b["text"])
        for i, a in enumerate(labels)
        for b in labels[:i]
        if a["x0"] < b["x1"] and b["x0"] < a["x1"] and a["y0"] < b["y1"] and b["y0"] < a["y1"]
    ]
    assert piled == []
    assert len(labels) == 4


def test_the_table_lists_exactly_what_is_drawn(open_page: Open) -> None:
    opened = open_page()
    opened.set_year(2015)
    assert opened.page.locator("#table-body tr").count() == len(opened.drawn())


def test_png_is_a_png_and_svg_parses_with_a_mark_for_every_line(open_page: Open) -> None:
    opened = open_page("#y=2012")
    with opened.page.expect_download() as png:
        opened.page.click("#png")
    assert Path(png.value.path()).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    with opened.page.expect_download() as svg:
        opened.page.click("#svg")
    root = ET.fromstring(Path(svg.value.path()).read_text(encoding="utf-8"))
    curves = [e for e in root.iter("{http://www.w3.org/2000/svg}path") if " Q" in e.get("d", "")]
    assert len(curves) == len(opened.drawn())
    assert svg.value.suggested_filename == "cooperation-network-2012-geographic.svg"


def test_hostile_data_stays_text(open_page: Open, tmp_path: Path) -> None:
    made = small_network(title_zh=HOSTILE)
    made.nodes["guangxi"]["label_zh"] = HOSTILE
    made.edges["beijing", "guangxi", "p.beijing.guangxi"]["name_zh"] = HOSTILE
    made.graph["statements"][0] |= {"text_zh": HOSTILE, "as_written": HOSTILE, "note": HOSTILE, "said_by": HOSTILE}
    made.graph["sources"]["s"] |= {"title": HOSTILE, "url": "javascript:window.hacked=1"}
    (tmp_path / "network.html").write_bytes(render_page(made).encode())
    opened = open_page("#y=2012&sel=e:p.beijing.guangxi", at=tmp_path)
    assert HOSTILE in opened.page.inner_text("#panel")
    assert opened.page.evaluate("() => window.hacked") is None
    assert opened.page.locator("#panel img, #panel a[href^=javascript]").count() == 0
    assert opened.complaints == []


def test_the_browser_itself_refuses_a_script_that_is_not_ours(open_page: Open) -> None:
    opened = open_page()
    opened.page.evaluate(
        "() => { const s = document.createElement('script');"
        " s.textContent = 'window.hacked=1'; document.body.append(s); }"
    )
    assert opened.page.evaluate("() => window.hacked") is None
    assert any("Content Security Policy" in complaint for complaint in opened.complaints)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["#lang=zh", "#lang=en&y=2012&sel=e:p.beijing.guangxi", "#sel=n:beijing"])
def test_axe_finds_no_fault_in_the_network_page(open_page: Open, scheme: str, fragment: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = open_page(fragment, color_scheme=scheme, bypass_csp=True)
    result = Axe().run(opened.page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("fragment", ["", "#sel=e:p.beijing.guangxi&y=2012"])
def test_a_phone_needs_no_sideways_scroll(open_page: Open, fragment: str) -> None:
    opened = open_page(fragment, viewport=PHONE)
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_phone_opens_with_closed_controls_and_fingers_fit_the_buttons(open_page: Open) -> None:
    page = open_page(viewport=PHONE, has_touch=True).page
    assert page.get_attribute("#controls", "open") is None
    assert min(b["height"] for b in (e.bounding_box() for e in page.locator(".tools button").all())) >= 40


def test_the_language_switch_changes_words_labels_and_the_language_of_the_page(open_page: Open) -> None:
    page = open_page().page
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("#shown h2") == "Pairings shown"
    assert page.inner_text("h1") == "Exercise"


def test_escape_closes_the_evidence(open_page: Open) -> None:
    page = open_page("#sel=n:beijing").page
    page.keyboard.press("Escape")
    assert page.inner_text("#panel h2") == "概览"


def test_print_shows_a_picture_and_the_table_instead_of_the_controls(open_page: Open) -> None:
    page = open_page("#y=2012").page
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.is_visible("#print-picture svg")
    assert page.is_visible("#table-body")
    assert not page.is_visible("#controls")


def test_a_person_who_wants_no_motion_gets_none(open_page: Open) -> None:
    page = open_page(reduced_motion="reduce").page
    assert page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches")
    before = page.evaluate("() => CKG.network.getScale()")
    page.check("input[value=columns]")
    after = page.evaluate("() => CKG.network.getScale()")
    assert after != before  # moved at once, not over time


@pytest.fixture(scope="module")
def shipped_page(real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shipped")
    (made / "network.html").write_bytes(render_page(build_network(real)).encode())
    return made


@pytest.mark.parametrize("name", ["京蒙", "京堰", "闽宁", "京冀", "沪滇", "粤桂", "川浙", "津陕"])
def test_the_shipped_page_shows_a_named_pairing_with_its_source_at_first_sight(
    open_page: Open, shipped_page: Path, name: str
) -> None:
    opened = open_page(at=shipped_page)
    opened.page.locator("#table-body button", has_text=re.compile(f"^{name}$")).click()
    assert opened.page.locator("#panel .by-source .cited").count() >= 1
    assert opened.page.locator("#panel h2").inner_text() == name


def test_the_shipped_page_draws_every_pairing_of_the_graph_when_all_years_are_asked_for(
    open_page: Open, shipped_page: Path, real: KnowledgeGraph
) -> None:
    assert open_page("#y=all&l=none", at=shipped_page).drawn() == set(real.derived.pairings)


def levels_of(opened: Opened) -> set[str]:
    """The levels of the parties of what is drawn."""
    parties = "ids.flatMap((id) => [CKG.edges.get(id).from, CKG.edges.get(id).to])"
    script = f"(ids) => {parties}.map((party) => CKG.nodes.get(party).level)"
    return set(opened.page.evaluate(script, sorted(opened.drawn())))


def test_a_big_page_opens_with_its_upper_levels(open_page: Open, shipped_page: Path) -> None:
    opened = open_page(at=shipped_page)
    assert levels_of(opened) <= {"province", "prefecture", "area", "organisation"}
    assert "l=" not in opened.page.evaluate("() => CKG.toHash()")


def test_what_lies_below_a_chosen_pairing_opens_under_it(open_page: Open, shipped_page: Path) -> None:
    pair = "danjiangkou.beijing.henan"
    opened = open_page(f"#y=2024&sel=e:{pair}", at=shipped_page)
    below = set(opened.drawn()) - set(open_page("#y=2024", at=shipped_page).drawn())
    assert len(below) == 6  # six districts of Beijing with six counties of Henan
    assert opened.page.evaluate("(ids) => ids.map((id) => CKG.edges.get(id).implements)", sorted(below)) == [pair] * 6


def test_the_counties_of_a_chosen_province_open_with_it(open_page: Open, shipped_page: Path) -> None:
    opened = open_page("#y=2016&sel=n:henan", at=shipped_page)
    assert "danjiangkou.beijing-chaoyang.henan-xichuan" in opened.drawn()


def test_the_shipped_page_fits_on_a_stick_and_in_a_letter(shipped_page: Path) -> None:
    assert (shipped_page / "network.html").stat().st_size < 10_000_000


def test_a_programme_opens_with_what_is_said_of_it_as_a_whole(open_page: Open) -> None:
    page = open_page().page
    page.click('[data-programme="p"]')
    assert page.inner_text("#panel h2") == "甲机制"
    page.click("#panel details.section summary")
    assert "陈述1" in page.inner_text("#panel")


def test_over_all_years_a_pairing_is_not_called_certain_but_certain_in_some_years(open_page: Open) -> None:
    page = open_page("#y=all&sel=e:p.beijing.guangxi").page
    assert page.inner_text("#panel .status") == "有确定存续的年份"
    assert "2010 — 2015" in page.inner_text("#table-body tr:has-text('京桂')")


def test_no_label_covers_an_arrowhead(open_page: Open, shipped_page: Path) -> None:
    page = open_page(at=shipped_page).page
    page.wait_for_function("() => CKG.labels && CKG.labels.length > 0")
    covered = page.evaluate(
        "() => CKG.shown().edges.filter((e) => e.directed).map((e) => [e.id, CKG.draw.curve(e, 17).end])"
        ".filter(([, [x, y]]) => CKG.labels.some((l) => l.x0 < x && x < l.x1 && l.y0 < y && y < l.y1))"
        ".map(([id]) => id)"
    )
    assert covered == []


def test_a_search_shows_what_a_filter_hid(open_page: Open) -> None:
    opened = open_page("#y=2012&p=p")
    opened.page.fill("#search", "京W")
    opened.page.press("#search", "Enter")
    assert "p.beijing.w" in opened.drawn()
    assert opened.page.inner_text("#year-out") == "2012"


def test_a_renamed_place_has_the_name_of_the_year_and_the_present_one_in_panel_table_and_picture(
    open_page: Open,
) -> None:
    opened = open_page("#y=2012&sel=e:p.beijing.shaanxi")
    assert opened.page.inner_text("#panel .sides") == "北京市 — 旧名县（今陕西省）"
    row = opened.page.locator("#table-body tr", has_text="旧名县（今陕西省）")
    assert row.locator("td").first.inner_text() == "北京市 — 旧名县（今陕西省）"
    assert opened.page.evaluate("() => CKG.draw.labelOf(CKG.nodes.get('shaanxi'))") == "旧名县（今陕西省）"
    opened.set_year(2015)
    assert opened.page.inner_text("#panel .sides") == "北京市 — 陕西省"
    assert "旧名县" not in opened.page.inner_text("#table-body")


def test_the_name_of_the_year_is_in_the_language_of_the_page(open_page: Open) -> None:
    opened = open_page("#y=2012&lang=en&sel=n:shaanxi")
    assert opened.page.inner_text("#panel h2") == "Old County (now Shaanxi)"
    assert "Old County (until 2014)" in opened.page.inner_text("#panel .history")


def test_over_all_years_a_place_has_its_present_name(open_page: Open) -> None:
    assert open_page("#y=all&sel=n:shaanxi").page.inner_text("#panel h2") == "陕西省"


def two_measures() -> Any:
    """Return the small network: 京桂 has an amount in 2012 and several in 2013; its statement names a field."""
    made = small_network(
        fields={"labour": {"zh": "劳务", "en": "labour"}, "health": {"zh": "医疗", "en": "health"}},
        grades={"official": {"zh": "官方", "en": "official"}, "press": {"zh": "新闻媒体", "en": "press"}},
        measures={"fiscal-aid": {"zh": "财政援助", "en": "fiscal aid"}},
    )
    made.graph["sources"]["s"]["grade"] = "official"
    made.graph["statements"][0] |= {"field": "labour", "when_zh": "2012年", "when_en": "2012"}
    one = {"value": 1.5e8, "text_zh": "1.5亿元", "text_en": "CNY 150 million", "statements": [0], "summed": False}
    amounts = {"fiscal-aid": {"2012": one, "2013": {"several": True, "statements": [0, 1]}}}
    made.edges["beijing", "guangxi", "p.beijing.guangxi"]["amounts"] = amounts
    return made


@pytest.fixture(scope="module")
def in_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site")
    (made / "network.html").write_bytes(render_page(two_measures(), site_links=True).encode())
    return made


def test_width_shows_an_amount_and_draws_a_missing_one_otherwise(open_page: Open, in_site: Path) -> None:
    page = open_page("#y=2012&w=fiscal-aid", at=in_site).page
    told, silent = (
        page.evaluate("(id) => CKG.visEdges.get(id)", key) for key in ("p.beijing.guangxi", "q.beijing.guangxi")
    )
    assert told["width"] > 10
    assert (silent["width"], silent["dashes"]) == (1, [1, 5])
    legend = dict(
        zip(
            page.locator("#widths .name").all_inner_texts()[-2:],
            page.locator("#widths .count").all_inner_texts(),
            strict=True,
        )
    )
    assert legend == {"没有写明此时整对结对的金额": "3", "写有多个金额，不择其一": "0"}


def test_a_saved_picture_says_what_its_widths_mean_and_what_was_left_out(open_page: Open, in_site: Path) -> None:
    page = open_page("#y=2012&w=fiscal-aid&f=none", at=in_site).page
    text = page.evaluate("() => CKG.save.svgText()")
    for said in ("线宽: 财政援助", "1亿元", "没有写明此时整对结对的金额", "领域: 劳务"):
        assert said in text


def test_of_several_amounts_none_is_drawn_and_the_panel_says_so(open_page: Open, in_site: Path) -> None:
    page = open_page("#y=2013&w=fiscal-aid&sel=e:p.beijing.guangxi", at=in_site).page
    assert page.evaluate("() => CKG.visEdges.get('p.beijing.guangxi').dashes") == [6, 4]
    assert "写有多个金额，不择其一" in page.inner_text("#panel .amount")


def test_only_one_field_leaves_the_pairings_of_which_it_is_told(open_page: Open, in_site: Path) -> None:
    opened = open_page("#y=2012", at=in_site)
    opened.page.click("#fields-box summary")
    opened.page.click('[data-filter="only:hiddenFields:labour"]')
    # 京桂, 京桂乙 and 京W rest on the statement about labour; 京陕 on another one
    assert opened.drawn() == {"p.beijing.guangxi", "q.beijing.guangxi", "p.beijing.w"}
    opened.page.wait_for_function("() => location.hash.includes('f=none')")


def test_a_hidden_grade_hides_what_rests_on_nothing_else(open_page: Open, in_site: Path) -> None:
    assert open_page("#y=2012&g=official", at=in_site).drawn() == set()


def test_only_a_place_and_its_neighbours_stay(open_page: Open, in_site: Path) -> None:
    opened = open_page("#y=2012&sel=n:shaanxi", at=in_site)
    opened.page.click(".only-button")
    assert opened.drawn() == {"p.beijing.shaanxi"}
    opened.page.wait_for_function("() => location.hash.includes('only=1')")
    opened.page.keyboard.press("Escape")
    assert len(opened.drawn()) == 4


def test_in_the_site_the_panel_leads_to_pages_and_to_the_query_in_the_language_shown(
    open_page: Open, in_site: Path
) -> None:
    page = open_page("?lang=en#sel=e:p.beijing.guangxi&y=2012", at=in_site).page
    links = set(page.locator("#panel a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))"))
    assert {
        "pairing/p.beijing.guangxi.html?lang=en",
        "programme/p.html?lang=en",
        "source/s.html?lang=en",
        "source/s.html?lang=en#s001",
        "sparql.html?lang=en#ask=pairing-statements&pairing=pairing%2Fp.beijing.guangxi",
    } <= links
    assert page.locator("nav.sections a[href='places.html?lang=en']").inner_text() == "Places"


def test_a_page_alone_links_to_no_page_of_the_site(open_page: Open) -> None:
    page = open_page("#sel=e:p.beijing.guangxi&y=2012").page
    assert page.locator("a[href*='.html']").count() == 0


@pytest.mark.parametrize(
    ("lang", "expected"), [("zh", "2015年12月31日 之后没有来源证实"), ("en", "Not confirmed since 31 December 2015")]
)
def test_after_the_last_sighting_the_panel_says_since_when_nobody_confirms(
    open_page: Open, lang: str, expected: str
) -> None:
    said = open_page(f"#lang={lang}&sel=e:p.beijing.guangxi&y=2018").page.inner_text("#panel .unconfirmed")
    assert said == expected


def test_on_a_phone_both_ends_of_what_a_link_selects_are_named_above_the_panel(open_page: Open) -> None:
    page = open_page("#sel=e:p.beijing.guangxi&y=2012", viewport=PHONE).page
    page.wait_for_function("CKG.labels && CKG.labels.length")
    lowest = page.locator("#panel").bounding_box()["y"] - page.locator("#stage").bounding_box()["y"]
    places = page.evaluate(
        "() => ['beijing', 'guangxi'].map((id) => { const [x, y] = CKG.nodes.get(id).at[CKG.state.layout];"
        " return CKG.network.canvasToDOM({x, y}); })"
    )
    assert [0 < place["x"] < PHONE["width"] and 0 < place["y"] < lowest for place in places] == [True, True]
    assert {"北京", "广西"} <= {label["text"] for label in page.evaluate("CKG.labels")}


def test_each_of_two_parallel_lines_can_be_clicked(open_page: Open) -> None:
    opened = open_page("#y=2012&l=county")
    for key, name in (("p.beijing.guangxi", "京桂"), ("q.beijing.guangxi", "京桂乙")):
        at = opened.page.evaluate(
            "(id) => { const c = CKG.draw.curve(CKG.edges.get(id), 0), n = CKG.network;"
            " const r = document.getElementById('stage').getBoundingClientRect();"
            " const p = n.canvasToDOM({x: (c.from[0] + 2 * c.middle[0] + c.end[0]) / 4,"
            " y: (c.from[1] + 2 * c.middle[1] + c.end[1]) / 4}); return {x: r.x + p.x, y: r.y + p.y}; }",
            key,
        )
        opened.page.mouse.click(at["x"], at["y"])
        opened.page.wait_for_function("(name) => document.querySelector('#panel h2').textContent === name", arg=name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_the_network_of_the_site(open_page: Open, in_site: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    fragment = "?lang=en#y=2012&w=fiscal-aid&sel=e:p.beijing.guangxi&only=1"
    opened = open_page(fragment, at=in_site, color_scheme=scheme, bypass_csp=True)
    opened.page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    result = Axe().run(opened.page)
    assert result.violations_count == 0, result.generate_report()
