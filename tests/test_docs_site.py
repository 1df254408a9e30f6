"""The documentation site builds without a fault, opens from disk, and asks no other machine for anything."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

import cooperation_kg
from cooperation_kg.cli.app import COMMANDS
from cooperation_kg.ontology import load_ontology

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


build_docs, write_reference = _script("build_docs"), _script("write_reference")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    build_docs.build(folder)
    return folder


class _Read(HTMLParser):
    """What a page refers to, and what in it can be referred to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.lang = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.lang = self.lang or (given.get("lang") or "")
        self.ids |= {given.get("id") or ""}
        if tag != "base":
            self.links += [link for name in ("href", "src") if (link := given.get(name)) is not None]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Read]:
    # 404.html is for a server that knows where it stands
    return {page: _Read(page) for page in sorted(site.rglob("*.html")) if page.name != "404.html"}


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Path, pages: dict[Path, _Read]) -> None:
    def dead() -> Iterator[tuple[str, str]]:
        for page, read in pages.items():
            for link in read.links:
                parts = urlsplit(link)
                if parts.scheme or parts.netloc or link.startswith("data:"):
                    continue
                target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
                aim = unquote(parts.fragment)
                if not target.is_file() or (aim and target in pages and aim not in pages[target].ids):
                    yield page.relative_to(site).as_posix(), link

    assert list(dead()) == []


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    loading = re.compile(r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=\"?(https?:)?//", re.IGNORECASE)
    styles = re.compile(r"(?:@import|url\()\s*['\"]?(?:https?:)?//")
    assert [p.name for p in site.rglob("*.html") if loading.search(p.read_text(encoding="utf-8"))] == []
    assert [p.name for p in site.rglob("*.css") if styles.search(p.read_text(encoding="utf-8"))] == []


def test_every_page_of_the_docs_is_in_both_navigations() -> None:
    written = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    for lang, name in build_docs.CONFIGS.items():
        named = set(re.findall(r"(\S+\.md)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        mine = {page for page in written if page.startswith("zh/") == (lang == "zh")}
        shared = {page for page in written if f"zh/{page}" not in written and not page.startswith("zh/")}
        assert (mine | shared) - named - {"index.md"} == set(), name


def test_tutorial_how_tos_and_start_page_are_there_in_chinese_and_say_so(pages: dict[Path, _Read], site: Path) -> None:
    names = ("index", "tutorial", *(f"how-to/{kind}" for kind in ("researcher", "journalist", "officer", "engineer")))
    assert {pages[site / f"{name}.html"].lang for name in names} == {"en"}
    assert {pages[site / "zh" / f"{name}.html"].lang for name in names} == {"zh"}


@pytest.mark.parametrize("page", ["tutorial.md", *(f"how-to/{p.name}" for p in (ROOT / "docs/how-to").glob("*.md"))])
def test_a_page_in_chinese_runs_the_same_lines(page: str) -> None:
    def lines(path: Path) -> list[str]:
        typed = re.findall(r"^(?:\$ )?(ckg .*|echo .*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        return [re.sub(r" --lang \w+|  .*", "", line) for line in typed]

    english = lines(ROOT / "docs" / page)
    assert english
    assert lines(ROOT / "docs" / "zh" / page) == english


def test_a_link_out_of_the_docs_is_led_to_its_page_on_the_site(tmp_path: Path) -> None:
    text = "[rules](../../data/README.md#a) [`schema/`](../../ontology/schema) [no](no.md)"
    assert build_docs._led(text, "docs/zh/tutorial.md", tmp_path) == (
        "[rules](../data/README.md#a) `schema/` [no](no.md)"
    )


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_a_dead_link(folder: Path) -> None:
        folder.mkdir()
        for page in ("index.md", "zh/index.md"):
            (folder / page).parent.mkdir(exist_ok=True)
            (folder / page).write_text("# A\n\n[b](nowhere.md)\n", encoding="utf-8")

    monkeypatch.setattr(build_docs, "stage", with_a_dead_link)
    with pytest.raises(build_docs.BadDocs, match="page does not exist"):
        build_docs.build(tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_generated_pages_are_what_the_script_writes() -> None:
    assert write_reference.main(["--check"]) == 0


def test_every_public_name_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^### (\w+)$", page, re.MULTILINE)) | set(
        re.findall(r"^\| `(\w+)` \| `Exception`", page, re.M)
    )
    assert set(cooperation_kg.__all__) - named == set()


def test_every_command_is_in_the_reference_with_its_line_of_help() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert [name for name, _, line in COMMANDS if f"[`ckg {name}`](#ckg-{name}) | {line} |" not in page] == []


def test_every_concept_is_in_the_glossary_in_both_languages() -> None:
    page = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| (.*?) \| (.*?) \| ", page, re.MULTILINE))
    concepts = [concept for scheme in load_ontology().concepts.values() for concept in scheme.values()]
    assert [(c.zh, c.en) for c in concepts if (c.zh, c.en) not in rows] == []


def test_a_parameter_of_a_docstring_becomes_an_entry_and_its_example_code() -> None:
    text = "Say it.\n\nParameters\n----------\nname: what ``it`` is\n    called.\n\n>>> say('a')\n'a'"
    assert write_reference._docstring(text) == (
        "Say it.\n\n*Parameters*\n\n- `name`: what `it` is called.\n\n```pycon\n>>> say('a')\n'a'\n```"
    )


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Page]:
    """A page without any network; what it asks of other machines, and its faults, are kept."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    context.set_offline(True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("start", "typed", "found"),
    [("index.html", "turnover", "ckg measure"), ("zh/index.html", "核对一句话", "见报之前核对一句话")],
)
def test_a_page_from_disk_is_searched_in_both_languages_without_asking_anybody(
    start: str, typed: str, found: str, opened: Page, site: Path
) -> None:
    asked: list[str] = []
    faults: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.goto((site / start).as_uri())
    opened.keyboard.press("/")
    opened.get_by_role("textbox").or_(opened.get_by_role("searchbox")).or_(opened.get_by_role("combobox")).first.fill(
        typed
    )
    opened.locator("a:visible").filter(has_text=found).first.wait_for()
    assert [url for url in asked if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["tutorial.html", "zh/how-to/officer.html", "reference/cli.html"])
def test_a_page_on_a_phone_is_no_wider_than_the_phone(name: str, opened: Page, site: Path) -> None:
    opened.set_viewport_size({"width": 390, "height": 800})
    opened.goto((site / name).as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
