"""The query page in a real browser, from disk, with the network off: it answers as ``ckg query`` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from opened import Opened
from pyoxigraph import Literal, NamedNode

from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.examples import examples
from cooperation_kg.query.library import named_queries
from cooperation_kg.query.run import _bindings, gives_triples, run_query
from cooperation_kg.render.html import asset
from cooperation_kg.render.site import ASSETS, search, sparql
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.frame import framed

pytestmark = pytest.mark.browser
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 120
"""Seconds a query may take here: on a machine that does much else an answer is late, and not wrong."""
HOSTILE = "</script><img src=x onerror=window.hacked=1>"
ANSWER = "async (text) => { try { return await CKG_SPARQL.ask(text) } catch (e) { return {...e, fault: e.message} } }"


@pytest.fixture(scope="module")
def folder(shipped: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {page.path: framed(shipped, page) for page in sparql.pages(shipped)}
    assets = {f"assets/{name}": asset(name).encode() for name in ASSETS}
    further = dict([*sparql.files(shipped), *search.files(shipped)])
    made = tmp_path_factory.mktemp("sparql")
    for name, content in (pages | assets | further).items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    return made


@pytest.fixture(scope="module")
def opened(browser: Any, folder: Path) -> Iterator[Opened]:
    """One page for all tests: what it keeps is the engine with the graph."""
    context = browser.new_context(offline=True, viewport=WIDE)
    one = Opened(context.new_page()).go(folder / "sparql.html", "?lang=zh")
    one.page.wait_for_selector("html[data-ready=true]")
    one.page.evaluate("() => CKG_SPARQL.script('search-index.js')")
    one.page.evaluate(f"() => CKG_SPARQL.setLimit({PATIENCE})")
    yield one
    context.close()


@pytest.fixture
def page(opened: Opened) -> Iterator[Any]:
    """The page, at rest: nothing complained of, nothing asked of the network, whatever the test did."""
    yield opened.page
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def answer(page: Any, text: str) -> Any:
    return page.evaluate(ANSWER, text)


def asked(page: Any, fragment: str) -> None:
    """Run what an address asks for, as a link on another page does."""
    before = page.evaluate("() => document.documentElement.dataset.answered || ''")
    page.evaluate("(mark) => { location.hash = ''; location.hash = mark; }", fragment)
    page.wait_for_function("(was) => (document.documentElement.dataset.answered || '') !== was", arg=before)


def free(page: Any, text: str) -> None:
    asked(page, page.evaluate("(query) => `#${new URLSearchParams({query})}`", text))


def shown(page: Any) -> list[list[str]]:
    rows = (
        "() => [...document.querySelectorAll('.sparql-rows tbody tr')].map((r) => [...r.cells].map((c) => c.innerText))"
    )
    found: list[list[str]] = page.evaluate(rows)
    return found


def told(term: Any) -> tuple[str, ...] | None:
    """Return a term as the worker hands it over: kind, value, language, datatype."""
    if isinstance(term, NamedNode):
        return "i", term.value, "", ""
    if isinstance(term, Literal):
        plain = term.language or term.datatype.value.endswith("#string")
        return "l", term.value, term.language or "", "" if plain else term.datatype.value
    return None if term is None else ("b",)


def rows_of(found: Mapping[str, Any]) -> Counter[tuple[Any, ...]]:
    terms = (
        tuple(cell and (("b",) if cell["t"] == "b" else tuple(cell[key] for key in "tvld")) for cell in row)
        for row in found["rows"]
    )
    return Counter(terms)


def differs(kg: KnowledgeGraph, found: Any, query: str, as_of: str | None, given: Mapping[str, str]) -> str:
    table = run_query(kg, query, as_of=as_of, **given)
    if "fault" in found:
        return str(found["fault"])
    if found["total"] != len(table) or tuple(found["columns"]) != table.columns:
        return f"{found['total']} rows, not {len(table)}; columns {found['columns']}"
    if not table.terms:
        return ""
    wanted = Counter(tuple(told(row[name]) for name in table.columns) for row in table.terms)
    return "" if len(table) > sparql.MOST_ROWS or rows_of(found) == wanted else "other rows"


def test_every_named_question_gives_the_rows_that_the_command_gives(page: Any, real: KnowledgeGraph) -> None:
    run = "async (all) => { const found = {}; for (const [name, given] of all) { const q = CKG_SPARQL.question(name);"
    run += " found[name] = await CKG_SPARQL.ask(CKG_SPARQL.withValues(q, CKG_SPARQL.terms(q, given)))"
    run += ".catch((e) => ({fault: e.message})); } return found; }"
    given = {name: sparql.question(query)["example"] for name, query in named_queries().items()}
    found = page.evaluate(run, list(given.items()))
    wrong = {}
    for name, values in given.items():
        rest = {key: value for key, value in values.items() if key != "as_of"}
        fault = differs(real, found[name], name, values.get("as_of"), rest)
        wrong |= {name: fault} if fault else {}
    assert wrong == {}


def test_every_competency_question_gives_the_rows_that_the_command_gives(page: Any, real: KnowledgeGraph) -> None:
    wrong = {}
    for one in examples().values():
        if one.query is None or gives_triples(real, one.query):
            continue
        found = answer(page, page.evaluate("(id) => CKG_SPARQL.example(id).sparql", one.id))
        fault = differs(real, found, one.query, one.as_of, {})
        wrong |= {one.id: fault} if fault else {}
    assert wrong == {}


FILLED: tuple[tuple[str, dict[str, str]], ...] = (
    ("pairings", {}),
    ("pairings", {"as_of": "1996"}),
    ("pairings", {"as_of": "2018-02", "lang": "en"}),
    ("pairings", {"as_of": "2024-02"}),
    ("pairings", {"as_of": "2018-04-30"}),
    ("pairings", {"as_of": "2016/2020"}),
    ("pairings", {"as_of": "2016-07/2020-02"}),
    ("pairings-of", {"place": "beijing"}),
    ("pairings-of", {"place": "place/beijing", "as_of": "2021"}),
    ("pairings-of", {"place": "北京"}),
    ("pairings-of", {"place": "Ningxia"}),
    ("pairing-terms", {}),
    ("pairing-terms", {"pairing": "闽宁"}),
    ("figures", {}),
    ("figures", {"measure": "fiscal-aid", "lang": "en"}),
    ("figures", {"measure": "财政援助资金"}),
    ("practices-by-field", {"field": "industry"}),
    ("organisations", {"organisation": "国务院"}),
    ("policy", {"policy": "2016-guiding-opinion"}),
    ("programme-history", {"programme": "东西部协作"}),
    ("place-history", {"place": "郧县"}),
    ("find", {"text": '引"号\\反斜\n行'}),
)


@pytest.mark.parametrize(("name", "given"), FILLED, ids=lambda value: str(value)[:40])
def test_the_fields_of_a_question_become_the_terms_that_the_command_makes(
    page: Any, real: KnowledgeGraph, name: str, given: dict[str, str]
) -> None:
    query = named_queries()[name]
    rest = {key: value for key, value in given.items() if key != "as_of"}
    as_of = parse_as_of(given["as_of"]) if "as_of" in given else None
    wanted = query.with_values({key: str(term) for key, term in _bindings(real, query, as_of, rest).items()})
    made = "([name, given]) => { const q = CKG_SPARQL.question(name);"
    made += " return CKG_SPARQL.withValues(q, CKG_SPARQL.terms(q, given)); }"
    assert page.evaluate(made, [name, given]) == sparql.without_header(wanted)


def test_a_place_that_its_source_does_not_name_can_be_asked_for(page: Any, real: KnowledgeGraph) -> None:
    hidden = f"place/{next(iter(real.corpus.anonymous))}"
    terms = "(text) => CKG_SPARQL.terms(CKG_SPARQL.question('pairings-of'), {place: text}).place"
    query = named_queries()["pairings-of"]
    assert page.evaluate(terms, hidden) == str(_bindings(real, query, None, {"place": hidden})["place"])


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("pairings-of", {}, "请填"),
        ("pairings-of", {"place": "亚特兰蒂斯"}, "找不到“亚特兰蒂斯”"),
        ("pairings", {"as_of": "2018-13"}, "不是时间"),
        ("pairings", {"as_of": "2018-02-30"}, "不是时间"),
        ("pairings", {"as_of": "2020/2016"}, "不是时间"),
        ("figures", {"measure": "幸福"}, "找不到“幸福”"),
    ],
    ids=str,
)
def test_a_field_that_cannot_be_read_is_told_as_such(page: Any, name: str, given: dict[str, str], says: str) -> None:
    made = "([name, given]) => { try { CKG_SPARQL.terms(CKG_SPARQL.question(name), given); return 'nothing'; }"
    assert says in page.evaluate(f"{made} catch (e) {{ return e.message; }} }}", [name, given])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("LOAD <http://example.org/>", "LOAD"),
        ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "FROM"),
        ("insert data { <a:a> <a:b> <a:c> }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
    ],
)
def test_a_query_that_would_dial_out_or_write_is_refused(page: Any, text: str, named: str) -> None:
    assert answer(page, text)["fault"].startswith(f"{named} 被拒绝")


def test_a_keyword_inside_a_string_is_no_keyword(page: Any) -> None:
    assert answer(page, 'SELECT ("SERVICE FROM" AS ?x) {}')["rows"][0][0]["v"] == "SERVICE FROM"


def test_a_fault_of_syntax_has_the_line_and_column_of_the_readers_own_text(page: Any) -> None:
    fault = answer(page, "SELECT ?s\nWHERE {\n  ?s ?p ;;; }\n")
    assert fault["line"] == 3
    assert fault["fault"].startswith(f"第 3 行第 {fault['column']} 列：")


def test_a_query_that_takes_too_long_is_stopped_and_the_next_is_answered(page: Any) -> None:
    page.evaluate("() => CKG_SPARQL.setLimit(0.2)")
    slow = answer(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.evaluate(f"() => CKG_SPARQL.setLimit({PATIENCE})")
    assert slow["fault"].startswith("查询超过 0.2 秒，已停止")
    assert answer(page, "SELECT (1 AS ?one) {}")["rows"][0][0]["v"] == "1"


def test_a_query_that_is_stopped_while_the_engine_loads_leaves_a_page_that_answers(page: Any) -> None:
    page.evaluate("() => CKG_SPARQL.setLimit(0.05)")
    answer(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")  # its end drops the engine
    page.evaluate(f"() => CKG_SPARQL.setLimit({PATIENCE})")
    free_text = "SELECT (2 AS ?two) {}"
    page.evaluate("(text) => { location.hash = `#${new URLSearchParams({query: text})}`; }", free_text)
    page.wait_for_selector("#sparql-stop:not([hidden])")
    page.click("#sparql-stop")
    page.wait_for_selector("#sparql-fault:not([hidden])")
    assert page.inner_text("#sparql-fault") == "已停止。"
    page.click("#sparql-run")
    page.wait_for_selector(".sparql-rows td")
    assert shown(page) == [["2"]]


def test_a_hostile_value_stays_text(page: Any) -> None:
    free(page, f'SELECT ("{HOSTILE}" AS ?x) {{}}')
    assert shown(page) == [[HOSTILE]]
    assert page.evaluate("() => window.hacked") is None


def test_a_file_for_a_spreadsheet_holds_no_formula(page: Any) -> None:
    found = answer(page, 'SELECT ("=1+1" AS ?a) (-3 AS ?b) ("a,\\"b" AS ?c) ("＠x" AS ?d) {}')
    assert page.evaluate("(found) => CKG_SPARQL.csv(found)", found) == 'a,b,c,d\r\n\'=1+1,-3,"a,""b",\'＠x\r\n'


def test_the_file_that_is_saved_is_what_the_table_shows(page: Any) -> None:
    free(page, 'SELECT ("甲" AS ?a) {}')
    with page.expect_download() as saved:
        page.click("#sparql-csv")
    assert Path(saved.value.path()).read_bytes() == "\ufeffa\r\n甲\r\n".encode()


def test_rows_beyond_the_limit_are_counted_and_said_to_be_left_out(page: Any) -> None:
    free(page, "SELECT ?s { ?s ?p ?o } LIMIT 2001")
    status = page.inner_text("#sparql-status")
    assert "2001 行" in status
    assert "只有前 2000 行" in status
    assert page.locator(".sparql-rows tbody tr").count() == 2000


def test_no_row_is_not_said_to_be_a_fact(page: Any) -> None:
    free(page, "SELECT ?s { ?s coop:supporter 'nothing' }")
    assert "没有行不等于没有这回事" in page.inner_text("#sparql-status")


def draw(page: Any, text: str) -> list[tuple[str, str, float]]:
    """Run a query, have it drawn, and return the names with their column: left, middle, right."""
    free(page, text)
    if page.get_attribute("#sparql-picture", "aria-pressed") == "false":
        page.click("#sparql-picture")
    nodes = """() => [...document.querySelectorAll('#sparql-network svg title')].map((title) => {
        const [text, dot] = ['text', 'circle'].map((tag) => title.parentNode.querySelector(tag));
        return [title.textContent, text.getAttribute('text-anchor'), Number(dot.getAttribute('cy'))];
    })"""
    return [tuple(one) for one in page.evaluate(nodes)]


def test_a_picture_has_each_end_once_and_says_what_it_leaves_out(page: Any) -> None:
    values = '("甲" "乙") ("甲" "丙") ("丙" "丁") ("甲" "乙") (UNDEF "丁") ("戊" "戊")'
    nodes = draw(page, f"SELECT ?supporter ?recipient {{ VALUES (?supporter ?recipient) {{ {values} }} }}")
    assert {(name, anchor) for name, anchor, _ in nodes} == {
        ("甲", "end"),
        ("丙", "middle"),
        ("乙", "start"),
        ("丁", "start"),
    }
    assert page.locator("#sparql-network path.tie").count() == 3
    says = page.inner_text("#sparql-network figcaption")
    assert says.startswith("6 行里有 3 对不同的“supporter → recipient”，画出 3 对")
    assert "没有画：缺一端的 1 行。" in says
    assert "没有画：两端相同的 1 行。" in says
    assert "其余" not in says


def test_ends_stand_where_their_lines_do_not_cross(page: Any) -> None:
    nodes = draw(page, 'SELECT ?one ?other { VALUES (?one ?other) { ("a" "z") ("b" "x") ("a" "y") ("c" "z") } }')
    height = {name: y for name, _, y in nodes}
    order = sorted("abc", key=lambda name: height[name]), sorted("xyz", key=lambda name: height[name])
    # y hangs on a, x on b, z on a and c: without crossing b–x stands at one end, and z between y and nothing else
    pairs = [("a", "z"), ("b", "x"), ("a", "y"), ("c", "z")]
    crossed = [
        (p, q)
        for i, p in enumerate(pairs)
        for q in pairs[i + 1 :]
        if (order[0].index(p[0]) - order[0].index(q[0])) * (order[1].index(p[1]) - order[1].index(q[1])) < 0
    ]
    assert crossed == []


def test_a_picture_of_many_pairs_says_how_many_are_not_drawn(page: Any) -> None:
    values = " ".join(f'("{number}" "{number}x")' for number in range(130))
    draw(page, f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert "没有画：其余 10 对。" in page.inner_text("#sparql-network figcaption")
    assert page.locator("#sparql-network path.tie").count() == 120


def test_other_columns_can_be_drawn(page: Any) -> None:
    draw(page, 'SELECT ?supporter ?recipient ?third { VALUES (?supporter ?recipient ?third) { ("甲" "乙" "丙") } }')
    page.select_option("#sparql-to", label="third")
    assert {title.text_content() for title in page.locator("#sparql-network svg title").all()} == {"甲", "丙"}


def test_a_thing_in_a_picture_leads_to_its_page(page: Any) -> None:
    draw(page, "SELECT ?a ?b { VALUES (?a ?b) { (place:beijing place:hubei) } }")
    links = {link.get_attribute("href") for link in page.locator("#sparql-network svg a").all()}
    assert links == {"place/beijing.html?lang=zh", "place/hubei.html?lang=zh"}


def test_a_question_asked_stands_in_the_address_and_the_address_asks_it_again(
    page: Any, browser: Any, folder: Path
) -> None:
    asked(page, "#ask=pairings-of&place=hubei&as_of=2018")
    page.fill("#sparql-p-place", "京")
    page.click("#sparql-run")
    page.wait_for_function("() => /place=%E4%BA%AC/.test(location.hash)")
    page.wait_for_function("() => document.getElementById('sparql-run').disabled === false")
    context = browser.new_context(offline=True, viewport=WIDE)
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector("html[data-answered]")
    assert other.input_value("#sparql-p-place") == "京"
    assert other.input_value("#sparql-p-as_of") == "2018"
    assert len(shown(other)) == 25
    assert shown(other) == shown(page)
    context.close()


def test_a_changed_query_is_ones_own_and_its_address_has_its_text(page: Any) -> None:
    asked(page, "#ask=pairings-by-year")
    page.click(".cm-content")
    page.keyboard.press("Control+End")
    page.keyboard.type("LIMIT 1")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => location.hash.startsWith('#query=')")
    page.wait_for_function("() => document.querySelectorAll('.sparql-rows tbody tr').length === 1")
    assert page.input_value("#sparql-question") == ""


def test_an_address_of_a_question_that_is_not_there_is_told(page: Any) -> None:
    page.evaluate("() => { location.hash = '#ask=nothing-of-the-kind'; }")
    page.wait_for_selector("#sparql-fault:not([hidden])")
    assert page.inner_text("#sparql-fault") == "没有名为“nothing-of-the-kind”的问题。"


def test_the_editor_completes_our_terms(page: Any) -> None:
    free(page, "ASK {}")
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.type("coop:suppor")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    offered = page.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()
    page.keyboard.press("Escape")
    assert "coop:supporter" in offered


def test_the_run_button_is_in_sight_without_scrolling_on_a_wide_screen(page: Any) -> None:
    page.evaluate("() => scrollTo(0, 0)")
    page.select_option("#sparql-question", "pairings")
    assert page.evaluate("() => document.getElementById('sparql-run').getBoundingClientRect().bottom") <= WIDE["height"]


def test_an_answer_that_comes_out_below_is_brought_into_sight(page: Any) -> None:
    page.set_viewport_size(PHONE)
    page.evaluate("() => scrollTo(0, 0)")
    asked(page, "#ask=pairings&as_of=2018")
    top = page.evaluate("() => document.getElementById('sparql-status').getBoundingClientRect().top")
    page.set_viewport_size(WIDE)
    assert 0 <= top < PHONE["height"] / 2


def test_the_other_language_has_the_words_of_the_form_and_of_the_answer(page: Any) -> None:
    asked(page, "#ask=pairings-of&place=beijing")
    page.click("#language")
    words = page.inner_text("#sparql-status"), page.inner_text("label[for=sparql-p-place]"), page.url
    page.click("#language")
    assert "rows in" in words[0]
    assert words[1].startswith("a place")
    assert "lang=en" in words[2]
    assert "place=beijing" in words[2]


def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways_wide_and_narrow_light_and_dark(
    browser: Any, folder: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(offline=True, viewport=WIDE, bypass_csp=True)
    other = context.new_page()
    other.goto((folder / "sparql.html").as_uri() + "#example=wenchuan-rebuilding-certain-2009")
    other.wait_for_selector("html[data-answered]")
    other.click("#sparql-picture")
    wrong = {}
    for size in (WIDE, PHONE):
        for scheme in ("light", "dark"):
            other.set_viewport_size(size)
            other.emulate_media(color_scheme=scheme)
            found = Axe().run(other, options={"resultTypes": ["violations"]}).response["violations"]
            faults = [(f["id"], f["nodes"][0]["html"][:120]) for f in found if f["impact"] in ("serious", "critical")]
            if faults or other.evaluate("() => document.documentElement.scrollWidth") > size["width"]:
                wrong[f"{scheme} {size['width']}"] = faults
    context.close()
    assert wrong == {}
