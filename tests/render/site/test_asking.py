"""Behind every part of a page stands a query that gives what the part shows, and the link to it has the thing in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import parse_qsl

import pytest
from site_reader import asked_by_links, kinds_of

from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.examples import examples
from cooperation_kg.query.library import named_queries
from cooperation_kg.query.run import run_query
from cooperation_kg.query.show.parts import Cell, Cites, Part, Said, Thing
from cooperation_kg.render.site import bundles, questions
from cooperation_kg.render.site.asking import ask, asked
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.things import parts_of, things

# part → its column and that of the answer; of all others the statements are compared
COLUMNS = {
    **dict.fromkeys(("pairings", "pairings_inside", "wider", "narrower", "parallel", "based"), ("pairing", "pairing")),
    **dict.fromkeys(("figures", "figures_counted", "money", "subjects"), ("statements", "figure")),
    "inside": ("place", "inner"),
    "policies": ("policy", "policy"),
    "scopes": ("scope", "scope"),
    "family": ("programme", "programme"),
    "participants": ("place", "value"),
    "anonymous": ("place", "place"),
    "credited_sources": ("source", "source"),
    "sources": ("source", "source"),
}
# what a thing is called and when: other words in the query than on the page, one row a name or a term
WORDS = {"names", "name", "bibliography", "definitions", "terms"}
# lines, not rows: what was counted, and what nobody says
LINES = {"status", "missing"}
# pages without a panel: contents, forms, texts
NO_PANEL = {"pictures.html", "stories.html", "sparql.html", "cite.html", "downloads.html", "licences.html"}
# with many kinds of parts each, and few things about them
SHIPPED = [
    ("pairing", "east-west.fujian.ningxia"),
    ("pairing", "danjiangkou.beijing.hubei-shiyan"),
    ("pairing", "east-west.beijing.inner-mongolia"),
    ("place", "hubei-shiyan"),
    ("place", "ningxia"),
    # bodies that lie in it have pairings, and are no places
    ("place", "xinjiang"),
    ("place", "w-county.w-county"),
    ("programme", "east-west"),
    ("policy", "2016-guiding-opinion"),
    ("policy", "danjiangkou-collaboration-scheme"),
    ("source", "w-county"),
    ("organisation", "ndrc"),
    ("organisation", "xpcc-1st-division"),
    ("project", "shenzhen-harbin-industrial-park"),
    ("event", "1996-central-poverty-conference"),
    ("scope", "danjiangkou.beijing.all"),
    ("measure", "fiscal-aid"),
    ("judgement", "hebei-poor-counties-differ-in-scope"),
]


def in_cell(cell: Cell) -> Iterator[str]:
    match cell:
        case Thing():
            yield f"{cell.kind}/{cell.identifier}"
        case Cites():
            yield from (f"statement/{key}" for key in cell.keys)
        case tuple():
            yield from (found for one in cell for found in in_cell(one))
        case Said() if isinstance(cell.plain, str) and cell.plain.startswith("pairing/"):
            yield cell.plain


def shown_in(part: Part) -> set[str]:
    column = part.columns.index(COLUMNS.get(part.code, ("statements", ""))[0])
    if part.code == "sources":
        return {f"source/{row[column]}" for row in part.rows}
    return {found for row in part.rows for found in in_cell(row[column])}


def faults(site: Site, kind: str, identifier: str) -> Iterator[str]:
    """Yield every part of a thing that has no query, or one that gives other things."""
    for part in parts_of(site, kind, identifier):
        if part.code in LINES:
            continue
        sources = [str(row[part.columns.index("source")]) for row in part.rows] if part.code == "sources" else []
        question = asked(kind, identifier, part.code, sources)
        if question is None:
            yield f"{kind}/{identifier}: {part.code} has no query"
            continue
        name, given = question
        table = run_query(site.kg, name, **given)
        if part.code in WORDS:
            if len(table) == 0:
                yield f"{kind}/{identifier}: {part.code} is empty"
            continue
        if part.code == "judgements":
            reasons = part.columns.index("reason")
            expected = {cell.zh for row in part.rows if isinstance(cell := row[reasons], Said)}
            found = {str(row["reason"]) for row in table}
        else:
            own = COLUMNS.get(part.code, ("", "practice" if name == "pairing-practices" else "statement"))[1]
            found = {str(row[own]).rpartition("/id/")[2] for row in table if row[own]}
            expected = shown_in(part)
        if part.code == "participants":
            found = {one for one in found if one.startswith(("place/", "organisation/"))}
        if found != expected:
            yield f"{kind}/{identifier}: {part.code} is short of {expected - found}, has {found - expected} besides"


def test_the_query_behind_every_part_of_the_small_world_gives_what_the_part_shows(mini: KnowledgeGraph) -> None:
    site = Site(mini)
    known = [(kind, identifier) for kind, identifiers in things(site).items() for identifier in identifiers]
    assert len(known) > 40
    assert [fault for thing in known for fault in faults(site, *thing)] == []


@pytest.mark.parametrize(("kind", "identifier"), SHIPPED)
def test_the_query_behind_every_part_of_a_shipped_thing_gives_what_the_part_shows(
    shipped: Site, kind: str, identifier: str
) -> None:
    assert list(faults(shipped, kind, identifier)) == []


def test_the_shipped_things_have_every_kind_of_part_between_them(shipped: Site) -> None:
    """A part that none of them has would be compared nowhere."""
    compared = {part.code for thing in SHIPPED for part in parts_of(shipped, *thing)}
    every = {part.code for kind, ids in things(shipped).items() for one in ids for part in parts_of(shipped, kind, one)}
    assert every - compared == set()


def test_the_link_has_the_thing_in_it(mini: KnowledgeGraph) -> None:
    link = ask(Site(mini), "pairing", "a.b.c+d", Part("wider"), "pairing/a.b.c+d.html")
    assert 'href="../sparql.html#ask=pairings-with&amp;thing=pairing/a.b.c%2Bd&amp;how=wider"' in link


def test_without_the_query_page_the_link_leads_to_the_text_of_the_question(
    mini: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "BUNDLES", ("not-there.js",))
    site = Site(mini)
    assert 'href="../questions.html#pairings-with"' in ask(
        site, "pairing", "a.b.c", Part("wider"), "pairing/a.b.c.html"
    )
    (page,) = questions.pages(site)
    assert "sparql.html" not in page.body


def test_a_question_that_takes_a_time_has_that_of_the_site(mini: KnowledgeGraph) -> None:
    of_2018, of_none = Site(mini, as_of=parse_as_of("2018")), Site(mini)
    place = {"place": "place/haizhou"}
    assert (
        of_2018.asking("pairings-of", "x.html", place) == "sparql.html#ask=pairings-of&as_of=2018&place=place/haizhou"
    )
    assert of_none.asking("pairings-of", "x.html", place) == "sparql.html#ask=pairings-of&place=place/haizhou"
    assert of_2018.asking("sources", "x.html") == "sparql.html#ask=sources"
    assert "as_of=2010&" in of_2018.asking("pairings-of", "x.html", {**place, "as_of": "2010"})


def test_every_page_that_shows_data_has_a_query(real_site: Mapping[str, bytes]) -> None:
    bare = {
        path for path, content in real_site.items() if path.endswith(".html") and 'class="ask' not in content.decode()
    }
    assert bare - {"network.html"} == NO_PANEL
    assert {path.partition("/")[0] for path in kinds_of(real_site)} > NO_PANEL


def test_every_link_asks_a_question_there_is_with_parameters_it_has(real_site: Mapping[str, bytes]) -> None:
    named, found = named_queries(), set()
    asked_here = asked_by_links(real_site)
    assert len(asked_here) > 5_000
    for state in asked_here:
        given = dict(parse_qsl(state, strict_parsing=True))
        if "example" in given:
            if examples()[given["example"]].query is None:
                found.add(state)
            continue
        query = named.get(given.pop("ask", ""))
        if query is None or not set(given) <= {parameter.name for parameter in query.parameters}:
            found.add(state)
    assert found == set()


def test_a_link_on_the_page_of_a_thing_gives_all_that_must_be_given(real_site: Mapping[str, bytes]) -> None:
    pages = {path: content for path, content in real_site.items() if path != "questions.html"}
    for state in asked_by_links(pages):
        given = dict(parse_qsl(state))
        needed = {p.name for p in named_queries()[given["ask"]].parameters if p.default is None}
        assert needed <= set(given), state


def test_every_question_can_be_run_from_the_page_of_questions(mini: KnowledgeGraph) -> None:
    (page,) = questions.pages(Site(mini))
    run = {unescape(state) for state in re.findall(r'href="sparql\.html#([^"]*)">', page.body)}
    by_users = {f"example={one.id}" for one in examples().values() if one.query is not None}
    assert run == {f"ask={name}" for name in named_queries()} | by_users


def test_a_part_shows_its_query_beside_its_title(mini_site: Mapping[str, bytes]) -> None:
    page = mini_site["place/haizhou.html"].decode()
    heading = re.search(r'<h2 id="pairings">.*?</h2>', page, re.DOTALL)
    assert heading is not None
    assert "sparql.html#ask=pairings-of&amp;place=place/haizhou" in heading[0]


def test_the_statements_of_a_source_have_their_query(mini_site: Mapping[str, bytes]) -> None:
    page = mini_site["source/yearbook.html"].decode()
    assert "sparql.html#ask=statements-of&amp;thing=source/yearbook&amp;how=source" in page


def test_a_hostile_id_is_a_value_and_no_more(mini: KnowledgeGraph) -> None:
    address = Site(mini).asking("find", "x.html", {"text": '"&ask=x"><script>'})
    assert address == "sparql.html#ask=find&text=%22%26ask%3Dx%22%3E%3Cscript%3E"
