"""The site in a real browser, from disk, with the network off: one page of every kind there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from opened import Opened
from site_reader import kinds_of

pytestmark = pytest.mark.browser
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")

Open = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Any, mini_folder: Path) -> Iterator[Open]:
    contexts: list[Any] = []

    def open_it(name: str = "index.html", rest: str = "", *, at: Path | None = None, **options: Any) -> Opened:
        context = browser.new_context(offline=True, **{"viewport": WIDE, **options})
        contexts.append(context)
        opened = Opened(context.new_page()).go((at or mini_folder) / name, rest)
        opened.page.wait_for_selector("html[data-ready=true]")
        return opened

    yield open_it
    for context in contexts:
        context.close()


def visit(opened: Opened, folder: Path, name: str, rest: str = "") -> Any:
    """Go to another page in the same window: quicker than a new one."""
    opened.go(folder / name, rest).page.wait_for_selector("html[data-ready=true]")
    return opened.page


def test_no_page_complains_or_asks_for_anything_but_files_wide_and_narrow_it_needs_no_sideways_scroll(
    open_page: Open, mini_site: Mapping[str, bytes], mini_folder: Path
) -> None:
    found: dict[str, Any] = {}
    for size in (WIDE, PHONE):
        opened = open_page(viewport=size)
        for name in kinds_of(mini_site):
            opened.requests.clear()
            opened.complaints.clear()
            page = visit(opened, mini_folder, name)
            foreign = [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))]
            width = page.evaluate("() => document.documentElement.scrollWidth")
            if opened.complaints or foreign or width > size["width"]:
                found[f"{name} at {size['width']}"] = (opened.complaints[:3], foreign, width)
    assert found == {}


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light-wide", "dark-phone"])
def test_axe_finds_nothing_serious_on_any_kind_of_page(
    open_page: Open, mini_site: Mapping[str, bytes], mini_folder: Path, scheme: str, size: Mapping[str, int]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = open_page(color_scheme=scheme, viewport=size, bypass_csp=True)
    axe = Axe()
    found: dict[str, Any] = {}
    for name in kinds_of(mini_site):
        result = axe.run(visit(opened, mini_folder, name), options={"resultTypes": ["violations"]})
        serious = [
            (fault["id"], [node["html"][:120] for node in fault["nodes"][:2]])
            for fault in result.response["violations"]
            if fault["impact"] in SERIOUS
        ]
        if serious:
            found[name] = serious
    assert found == {}


def test_the_switch_shows_the_other_language_alone_on_every_kind_of_page(
    open_page: Open, mini_site: Mapping[str, bytes], mini_folder: Path
) -> None:
    shown = (
        "(lang) => [...document.querySelectorAll(`span[lang=${lang}]`)]"
        ".filter((e) => e.getClientRects().length > 0).map((e) => e.textContent).slice(0, 3)"
    )
    opened = open_page()
    found: dict[str, Any] = {}
    for name in kinds_of(mini_site):
        page = visit(opened, mini_folder, name, "?lang=zh")
        before = page.evaluate(shown, "en")
        page.click("#language")
        after = page.evaluate(shown, "zh-Hans")
        title = page.title()
        if before or after or page.get_attribute("html", "lang") != "en" or "lang=en" not in page.url or not title:
            found[name] = (before, after, page.url)
    assert found == {}


def test_a_hostile_name_runs_nothing_on_any_kind_of_page(
    open_page: Open, hostile_site: Mapping[str, bytes], hostile_folder: Path
) -> None:
    opened = open_page(at=hostile_folder)
    found: dict[str, Any] = {}
    for name in kinds_of(hostile_site):
        opened.complaints.clear()
        page = visit(opened, hostile_folder, name)
        if page.evaluate("() => window.hacked") is not None or opened.complaints:
            found[name] = opened.complaints
    assert found == {}


def test_a_hostile_name_that_is_found_is_shown_as_text(open_page: Open, hostile_folder: Path) -> None:
    page = open_page(at=hostile_folder).page
    page.fill(".find.large input", "海州省")
    page.wait_for_selector(".find.large .hit")
    assert "<img src=x" in page.locator(".find.large .hit").first.inner_text()
    assert page.locator(".find.large .hit img").count() == 0
    assert page.evaluate("() => window.hacked") is None


# what is typed, what is found first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("黑水", "黑水县"),
        ("heishui", "黑水县"),
        ("hsx", "黑水县"),
        ("Heishui County", "黑水县"),
        ("古山县", "古山市"),
        ("谁帮扶黑水县？", "黑水县"),
        ("ＨＥＩＳＨＵＩ", "黑水县"),
    ],
)
def test_the_search_finds_a_place_however_it_is_typed(open_page: Open, typed: str, first: str) -> None:
    page = open_page().page
    page.fill(".find.large input", typed)
    page.wait_for_selector(".find.large .hit")
    assert page.locator(".find.large .hit-name").first.inner_text() == first


def test_the_index_is_loaded_only_when_the_box_is_used(open_page: Open) -> None:
    opened = open_page()
    assert not any("search-index" in url for url in opened.requests)
    opened.page.focus(".find.large input")
    opened.page.wait_for_function("() => window.CKG_INDEX !== undefined")
    assert sum("search-index" in url for url in opened.requests) == 1


def test_the_search_is_worked_by_keyboard_from_any_page(open_page: Open) -> None:
    page = open_page("pairings.html").page
    page.keyboard.press("/")
    page.keyboard.type("shanyuan")
    page.wait_for_selector(".find .hit")
    assert page.get_attribute(".find input", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute(".find input", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/shanyuan.html?lang=zh")


def test_nothing_found_says_so_and_leads_to_what_can_be_asked(open_page: Open) -> None:
    page = open_page("index.html", "?lang=en").page
    page.fill(".find.large input", "zzzzqq")
    page.wait_for_selector(".find.large .find-status a")
    assert page.inner_text(".find.large .find-status").startswith("Nothing found.")
    assert page.get_attribute(".find.large .find-status a", "href") == "questions.html?lang=en"


def test_escape_closes_what_was_found(open_page: Open) -> None:
    page = open_page().page
    page.fill(".find.large input", "海")
    page.wait_for_selector(".find.large .hit")
    page.keyboard.press("Escape")
    assert page.is_hidden(".find.large .find-panel")
    assert page.get_attribute(".find.large input", "aria-expanded") == "false"


# lists


def shown_rows(page: Any) -> int:
    return int(page.locator("tr[data-row]:visible").count())


def test_a_list_is_narrowed_by_words_and_choices_and_keeps_them_in_its_address(open_page: Open) -> None:
    page = open_page("pairings.html").page
    assert shown_rows(page) == 6
    page.fill("#list-filter", "linjiang")
    assert shown_rows(page) == 2
    page.select_option("#choose-programme", "test-cooperation")
    assert shown_rows(page) == 1
    assert page.url.endswith("#q=linjiang&programme=test-cooperation")
    assert page.inner_text("#list-count") == "显示 1 / 6 行"
    page.click("#list-all")
    assert shown_rows(page) == 6
    assert "#" not in page.url


def test_an_address_with_a_choice_opens_the_list_narrowed(open_page: Open) -> None:
    assert shown_rows(open_page("pairings.html", "#programme=test-cooperation").page) == 1


def test_the_choices_say_how_many_rows_each_would_leave(open_page: Open) -> None:
    page = open_page("pairings.html").page
    page.fill("#list-filter", "linjiang")
    options = page.locator("#choose-programme option").all_inner_texts()
    assert options[0] == "全部 (2)"
    assert sorted(option[-3:] for option in options[1:]) == ["(1)", "(1)"]


def test_a_column_sorts_both_ways_and_says_so(open_page: Open) -> None:
    page = open_page("sources.html").page
    head = page.locator("th[data-sort]", has_text="日期")
    dates = "() => [...document.querySelectorAll('tr[data-row]')].map((r) => r.children[1].dataset.s).filter(Boolean)"
    head.locator("button").click()
    up = page.evaluate(dates)
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert page.evaluate(dates) == up[::-1] == sorted(up, reverse=True)


def test_a_list_is_whole_without_a_script(browser: Any, mini_folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((mini_folder / "pairings.html").as_uri())
    assert shown_rows(page) == 6
    assert page.is_hidden("#list-tools")
    context.close()


# frame


def test_a_link_within_the_site_keeps_the_language(open_page: Open) -> None:
    page = open_page("index.html", "?lang=en").page
    page.click(".sections a[href^='pairings.html']")
    page.wait_for_url("**/pairings.html?lang=en")
    assert page.inner_text("h1") == "Pairings"


def test_the_language_switch_keeps_what_the_reader_looks_at_in_its_place(open_page: Open) -> None:
    page = open_page("places.html", viewport={"width": 390, "height": 500}).page
    row = "document.querySelector('[id^=in-hechuan] tr[data-row]').getBoundingClientRect().top"
    page.evaluate(f"() => scrollBy(0, {row} - 166)")
    before = page.evaluate(f"() => {row}")
    page.evaluate("() => SITE.setLanguage('en')")
    assert abs(page.evaluate(f"() => {row}") - before) < 60


def test_the_theme_is_switched_and_the_current_page_is_marked(open_page: Open) -> None:
    page = open_page("pairings.html", color_scheme="light").page
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.locator(".sections [aria-current=page]").all_inner_texts() == ["结对"]


def test_the_first_tab_stop_skips_to_the_content(open_page: Open) -> None:
    page = open_page("places.html").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_a_page_is_printed_dark_on_white_whatever_the_theme(open_page: Open) -> None:
    page = open_page(color_scheme="dark").page
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.is_hidden(".find.large")
