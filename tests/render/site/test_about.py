"""Do the pages of the footer say what was read, how to cite it, what lies beside, and what the words mean?"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.ontology import load_ontology
from cooperation_kg.render.exports import export
from cooperation_kg.render.site import about
from cooperation_kg.render.site.caveats import caveats
from cooperation_kg.render.site.citing import Citing
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.licences import carried, our_licences

PATHS = ["coverage.html", "cite.html", "terms.html", "licences.html", "downloads.html"]


class Read(HTMLParser):
    """Ids, links and tables without a caption or a scope."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.unscoped = 0
        self.tables = self.captions = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        self.unscoped += tag == "th" and "scope" not in given
        self.tables += tag == "table"
        self.captions += tag == "caption"


@pytest.fixture(scope="module")
def site(real: KnowledgeGraph) -> Site:
    return Site(real, beside={"graph.trig": b"x" * 1_500_000, "graph.ttl": b"x" * 1500, "network.graphml": b"x"})


@pytest.fixture(scope="module")
def bodies(site: Site) -> dict[str, str]:
    return {page.path: str(page.body) for page in (*about.pages(site), about.downloads_page(site))}


def test_every_entry_of_the_footer_has_its_page(bodies: dict[str, str]) -> None:
    assert list(bodies) == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_every_table_has_a_caption_and_every_heading_cell_a_scope_and_no_id_is_twice(
    bodies: dict[str, str], path: str
) -> None:
    read = Read(bodies[path])
    assert read.captions == read.tables
    assert read.unscoped == 0
    assert len(read.ids) == len(set(read.ids))


@pytest.mark.parametrize("path", PATHS)
def test_nothing_on_a_page_is_styled_or_run_inline(bodies: dict[str, str], path: str) -> None:
    assert re.findall(r"<[^>]* (?:style|on\w+)=", bodies[path]) == []


def test_links_to_terms_hit_an_anchor(bodies: dict[str, str]) -> None:
    anchors = set(Read(bodies["terms.html"]).ids)
    wanted = {
        link.partition("#")[2]
        for body in bodies.values()
        for link in Read(body).links
        if link.startswith("terms.html#")
    }
    assert "status-possible" in wanted
    assert wanted - anchors == set()


def test_every_term_and_concept_has_its_anchor_and_its_iri(bodies: dict[str, str]) -> None:
    ontology, html = load_ontology(), bodies["terms.html"]
    anchors = set(Read(html).ids)
    concepts = [(scheme, c) for scheme, held in ontology.concepts.items() for c in held.values()]
    assert set(ontology.terms) | {f"{scheme}-{c.notation}" for scheme, c in concepts} <= anchors
    assert all(f">{iri}<" in html for iri in [t.iri for t in ontology.terms.values()] + [c.iri for _, c in concepts])


def test_terms_are_defined_in_both_languages(bodies: dict[str, str]) -> None:
    # ontology/cooperation.ttl: coop:supporter
    term = load_ontology().terms["supporter"]
    row = re.search(r'<tr id="supporter">.*?</tr>', bodies["terms.html"], re.DOTALL)
    assert row is not None
    assert "帮扶方" in row[0]
    assert term.en in row[0]


def test_only_files_that_lie_beside_are_offered(mini: KnowledgeGraph) -> None:
    page = about.downloads_page(Site(mini, beside={"graph.as-of-2010.ttl": b"1"}))
    offered = [link for link in Read(str(page.body)).links if link.startswith(("graph", "network"))]
    assert offered == ["graph.as-of-2010.ttl"]


def test_without_exports_the_downloads_say_so(mini: KnowledgeGraph) -> None:
    body = str(about.downloads_page(Site(mini)).body)
    assert "没有导出文件" in body
    assert "graph.trig" not in body


def test_sizes_are_told_in_powers_of_ten(bodies: dict[str, str]) -> None:
    assert "1.5 MB" in bodies["downloads.html"]
    assert "1.5 kB" in bodies["downloads.html"]
    assert "1 B" in bodies["downloads.html"]


def test_the_lines_on_how_to_load_run(
    mini: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"graph.trig": export(mini, "trig"), "network.graphml": export(mini, "graphml")}
    monkeypatch.chdir(tmp_path)
    for name, content in files.items():
        Path(name).write_bytes(content)
    ran = 0
    for title, code in about._loading(Site(mini, beside=files)):
        if "Python" in title:
            exec(code, {})
            ran += 1
    oxigraph, rdflib, networkx = capsys.readouterr().out.split("\n")[:3]
    assert ran == 3
    assert int(oxigraph) == len(mini.quads)
    assert int(rdflib) > 0
    assert int(networkx.split()[1]) == len(mini.derived.pairings)


def test_the_citation_is_pinned_to_version_and_time(real: KnowledgeGraph) -> None:
    citing = Citing(Site(real, as_of=parse_as_of("2018-04")))
    assert citing.gb() == (
        "The cooperation-kg contributors. 中国结对区域协作知识图谱：版本 0.1.0，截至2018年4月[DS/OL]. [引用日期]. "
        "https://w3id.org/cooperation-kg/."
    )
    assert citing.plain() == (
        "The cooperation-kg contributors. A knowledge graph of China's paired regional cooperation "
        "(version 0.1.0, as of April 2018) [Data set]. https://w3id.org/cooperation-kg/ "
        "(https://creativecommons.org/licenses/by/4.0/)"
    )


def test_bibtex_has_one_body_as_author_and_balanced_braces(real: KnowledgeGraph) -> None:
    entry = Citing(Site(real)).bibtex()
    assert entry.startswith("@misc{a-knowledge-graph-of-china-s,\n  author = {{The cooperation-kg contributors}},\n")
    assert entry.count("{") == entry.count("}")


def test_csl_json_is_one_item_of_a_dataset(real: KnowledgeGraph) -> None:
    (item,) = json.loads(json.dumps(Citing(Site(real)).csl()))
    assert (item["type"], item["version"]) == ("dataset", "0.1.0")
    assert item["author"] == [{"literal": "The cooperation-kg contributors"}]


def test_a_statement_is_cited_with_its_document_and_its_place(bodies: dict[str, str], site: Site) -> None:
    section = bodies["cite.html"].partition('id="statement"')[2]
    link = next(link for link in Read(section).links if link.startswith("source/"))
    source, _, number = link.removeprefix("source/").partition(".html#")
    statement = site.corpus.statements[f"{source}.{number}"]
    assert f"[{statement.key}]" in section
    assert str(statement.locator) in section
    assert f"https://w3id.org/cooperation-kg/id/statement/{statement.key}" in section


def test_coverage_counts_sources_by_how_they_were_read(bodies: dict[str, str], site: Site) -> None:
    read = [s.read for s in site.corpus.sources.values()]
    row = re.search(r'<tr><th scope="row"><a href="terms.html#read-extent-part">.*?</tr>', bodies["coverage.html"])
    assert row is not None
    assert f">{read.count('part')}</td>" in row[0]


def test_a_decade_without_a_pairing_is_no_zero(mini: KnowledgeGraph) -> None:
    body = str(next(about.pages(Site(mini))).body)
    assert "没有结对" in body
    assert '<b>0</b> <span class="of">/ 0</span>' not in body


def test_years_with_figures_and_all_years_add_up_to_those_of_the_report(
    bodies: dict[str, str], real: KnowledgeGraph
) -> None:
    from cooperation_kg.query.report import report

    coverage = report(real).coverage
    missing = bodies["coverage.html"].partition('id="missing"')[2].partition("</table>")[0]
    cells = re.findall(r'<b>(\d+)</b> <span class="of">/ (\d+)</span>', missing)
    assert sum(int(held) for _, held in cells) == coverage.pairing_years
    assert sum(int(heard) for heard, _ in cells) == coverage.pairing_years - len(coverage.silent)


def test_every_row_of_the_notes_with_something_left_out_is_shown_with_its_reason(
    bodies: dict[str, str], real: KnowledgeGraph
) -> None:
    left = [row for row in real.corpus.coverage.values() if row.left_out]
    notes = bodies["coverage.html"].partition('id="notes"')[2]
    assert left
    assert all(f'<th scope="row">{row.id}</th>' in notes for row in left)


def test_what_was_searched_for_and_not_found_is_told(bodies: dict[str, str], real: KnowledgeGraph) -> None:
    searched = [j for j in real.corpus.judgements.values() if j.kind == "searched"]
    assert searched
    assert all(f"judgement/{j.id}.html" in bodies["coverage.html"] for j in searched)


def test_every_caveat_says_how_often_it_applies_and_where(site: Site) -> None:
    found = list(caveats(site, "coverage.html"))
    assert len({caveat.anchor for caveat in found}) == len(found)
    assert [caveat.anchor for caveat in found if not re.search(r"\d", caveat.count)] == []
    assert [caveat.anchor for caveat in found if not (caveat.links or caveat.asks)] == []


def test_places_hidden_by_their_source_are_linked_from_their_caveat(site: Site) -> None:
    caveat = next(c for c in caveats(site, "coverage.html") if c.anchor == "anonymous")
    # W县 and M区 of data/sources/w-county.yaml
    assert {link for c in caveat.links for link in Read(str(c)).links} == {
        "place/w-county.w-county.html",
        "place/w-county.m-district.html",
    }


def test_the_licences_of_what_the_pages_carry_stand_there_in_full(bodies: dict[str, str]) -> None:
    works = {work.name: work for work in carried()}
    assert works["vis-network"].version == "9.1.2"
    assert "Redistribution and use in source and binary forms" in works["pyvis"].text
    assert "Apache" in works["vis-network"].text
    assert "Redistribution and use in source and binary forms" in bodies["licences.html"]


def test_our_own_licences_stand_there_in_full(bodies: dict[str, str]) -> None:
    assert {name for name, _ in our_licences()} == {"LICENSE", "data/LICENSE"}
    assert "Permission is hereby granted" in bodies["licences.html"]
    assert "creativecommons.org/licenses/by/4.0" in bodies["licences.html"]


def test_the_same_graph_gives_the_same_pages(mini: KnowledgeGraph) -> None:
    assert [str(p.body) for p in about.pages(Site(mini))] == [str(p.body) for p in about.pages(Site(mini))]
