"""What the home page tells: what this is, what to ask, how much there is, and where the lists are."""

from __future__ import annotations

import re

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.home import CAVEATS, counts, examples, pages, programme_rows, strip, thumbnail


def body(kg: KnowledgeGraph) -> str:
    (page,) = pages(Site(kg))
    return str(page.body)


def test_the_first_example_leads_to_the_page_of_shiyan(shipped: Site) -> None:
    asked, page = next(examples(shipped))
    assert (asked.zh, page) == ("谁帮扶十堰，从何时起？", "place/hubei-shiyan.html")


def test_a_dataset_without_those_places_asks_about_its_own(mini: KnowledgeGraph) -> None:
    (example,) = examples(Site(mini))
    assert example[0].zh.startswith("谁帮扶")
    assert example[1].removeprefix("place/").removesuffix(".html") in mini.corpus.places


def test_the_counts_are_those_of_the_graph_and_lead_to_lists(mini: KnowledgeGraph) -> None:
    found = {names.en: (count, target) for count, names, target in counts(Site(mini))}
    standing = [s for s in mini.corpus.statements.values() if s.withdrawn is None]
    assert found["pairings"] == (6, "pairings.html")
    assert found["sources"] == (5, "sources.html")
    assert found["statements"] == (len(standing), "sources.html")
    assert found["figures"][0] == sum(isinstance(s, FigureStatement) for s in standing)
    assert found["disagreements"] == (1, "disagreements.html")


def test_places_in_pairings_leave_out_those_whose_name_is_hidden(mini: KnowledgeGraph) -> None:
    found = {names.en: count for count, names, _ in counts(Site(mini))}
    # haizhou, shanyuan, hechuan, linjiang, donghu, heishui; not the two that a source hides
    assert found["places in pairings"] == 6


def test_every_programme_with_pairings_has_its_row_and_its_bars(shipped: Site) -> None:
    rows = list(programme_rows(shipped))
    families = {pairing.programme for pairing in shipped.kg.derived.pairings.values()}
    assert len(rows) == len(families)
    assert all("<rect" in row.strip for row in rows)


def test_the_bars_count_the_certain_and_the_possible_apart(mini: KnowledgeGraph) -> None:
    site = Site(mini)
    family = "test-east-west"
    pairings = [p for p in mini.derived.pairings.values() if p.programme == family]
    drawn = strip(site, family, pairings)
    assert drawn.count('class="sure"') == len({year for p in pairings for year in p.in_force_in})
    assert drawn.count('class="maybe"') == len({year for p in pairings for year in p.possibly_in})


def test_the_small_picture_draws_provinces_of_pairings_that_are_certain_or_possible(mini: KnowledgeGraph) -> None:
    drawn = thumbnail(Site(mini))
    assert len(re.findall("<(?:circle|polygon)", drawn)) == 4
    assert "style=" not in drawn


def test_the_home_page_has_the_caveats_and_the_ways_to_take_the_data_along(mini: KnowledgeGraph) -> None:
    html = body(mini)
    assert len(CAVEATS) == 4
    assert all(caveat.zh in html for caveat in CAVEATS)
    assert 'href="downloads.html"' in html
    assert 'href="cite.html"' in html


def test_the_search_box_is_on_the_home_page_and_in_the_header_of_every_page(mini_site: dict[str, bytes]) -> None:
    assert b'data-find="large"' in mini_site["index.html"]
    assert [
        p for p, c in mini_site.items() if p.endswith(".html") and p != "network.html" and b'data-find="small"' not in c
    ] == []


def test_the_question_on_2021_leads_to_that_year(shipped: Site) -> None:
    assert "adjustments.html#picture-east-west-2021" in [target for _, target in examples(shipped)]
