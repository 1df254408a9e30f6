"""Do other tools read our references? pybtex reads the BibTeX, citeproc the CSL-JSON, whose words are CSL's own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON
from hostile import CONTROL, HOSTILE
from pybtex.database import BibliographyData, parse_string

from cooperation_kg.curate.dates import parse_when
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.selecting import Selection
from cooperation_kg.render.exports import export, file_name
from cooperation_kg.render.exports.bibliography import TYPES, in_tex

LISTS = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"
# commands of LaTeX (source2e, ltoutenc) and the characters that they print
PRINTED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{character}": character for character in "#$%&_"},
}
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><group delimiter="|">
    <names variable="author"><name delimiter="+"/></names>
    <text variable="title"/> <text variable="container-title"/> <text variable="issue"/>
    <date variable="issued"><date-part name="year"/><date-part name="month" form="numeric" prefix="-"/>
      <date-part name="day" prefix="-"/></date>
    <text variable="DOI"/>
  </group></layout></bibliography>
</style>
"""


def read(content: bytes) -> Mapping[str, Mapping[str, str]]:
    """Return the fields of every entry as pybtex reads them, TeX's commands printed."""
    found: BibliographyData = parse_string(content.decode("utf-8"), "bibtex")
    return {
        key: {"kind": entry.type, **{name: printed(text) for name, text in entry.fields.items()}}
        for key, entry in found.entries.items()
    }


def printed(text: str) -> str:
    command = re.compile("|".join(re.escape(name) for name in PRINTED))
    return command.sub(lambda found: PRINTED[found[0]], text)


def items(content: bytes) -> Mapping[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(content)}


def changed(kg: KnowledgeGraph, **fields: object) -> KnowledgeGraph:
    """Return the graph with another first report."""
    source = kg.corpus.sources["first-report"].model_copy(update=fields)
    return replace(kg, corpus=replace(kg.corpus, sources={**kg.corpus.sources, "first-report": source}))


def title(text: str) -> Bilingual:
    return Bilingual.model_construct(zh=text, en=text)


def dated(kg: KnowledgeGraph, text: str) -> KnowledgeGraph:
    return changed(kg, date=parse_when(text))


@pytest.fixture(scope="module")
def small(mini: KnowledgeGraph) -> Mapping[str, Mapping[str, str]]:
    return read(export(mini, "bibtex"))


@pytest.fixture(scope="module")
def small_items(mini: KnowledgeGraph) -> Mapping[str, dict[str, Any]]:
    return items(export(mini, "csljson"))


# which documents


@pytest.mark.parametrize("facts", ["mini", "real"])
def test_every_document_is_in_both_lists_under_its_id(request: pytest.FixtureRequest, facts: str) -> None:
    kg: KnowledgeGraph = request.getfixturevalue(facts)
    wanted = sorted(kg.corpus.sources)
    assert list(read(export(kg, "bibtex"))) == wanted
    assert list(items(export(kg, "csljson"))) == wanted


def test_a_part_lists_what_it_cites_and_what_that_reprints(mini: KnowledgeGraph) -> None:
    # figures and pairings of 临江 stand in the first report and the yearbook
    part = Selection(place="linjiang")
    kept = list(items(export(mini, "csljson", selection=part)))
    assert {"first-report", "yearbook"} <= set(kept)
    assert "later-thesis" not in kept
    assert list(read(export(mini, "bibtex", selection=part))) == kept


def test_nothing_cited_leaves_lists_that_read(mini: KnowledgeGraph) -> None:
    nothing = Selection(level="village")
    assert read(export(mini, "bibtex", selection=nothing)) == {}
    assert json.loads(export(mini, "csljson", selection=nothing)) == []


# BibTeX


def test_an_article_has_the_fields_of_its_kind(small: Mapping[str, Mapping[str, str]]) -> None:
    entry = small["case-study"]
    assert {
        name: entry[name] for name in ("kind", "title", "journal", "number", "publisher", "year", "doi", "langid")
    } == {
        "kind": "article",
        "title": "{协作案例研究}",
        "journal": "测试学刊",
        "number": "2023年第2期",
        "publisher": "测试",
        "year": "2023",
        "doi": "10.0000/test.2023",
        "langid": "chinese",
    }


def test_authors_are_kept_apart_and_whole(mini: KnowledgeGraph) -> None:
    kg = changed(mini, authors=("测试者甲", "Bureau of A and B", "Li, Ming"))
    found = parse_string(export(kg, "bibtex").decode(), "bibtex").entries["first-report"].persons["author"]
    assert [str(person) for person in found] == ["{测试者甲}", "{Bureau of A and B}", "{Li, Ming}"]


def test_a_month_is_told_by_the_name_that_styles_know(mini: KnowledgeGraph) -> None:
    assert b"\n  year = {2021},\n  month = dec,\n" in export(mini, "bibtex")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", {"year": "2018"}),
        ("2018-05", {"year": "2018", "month": "May"}),
        ("2018-05-20", {"year": "2018", "month": "May", "day": "20"}),
        ("2018~", {"date": "2018~"}),
        ("2018-05/2018-06", {"date": "2018-05/2018-06"}),
        ("[2018..2019]", {}),
    ],
)
def test_a_date_says_no_more_than_its_source(mini: KnowledgeGraph, text: str, expected: dict[str, str]) -> None:
    entry = read(export(dated(mini, text), "bibtex"))["first-report"]
    assert {name: entry[name] for name in ("date", "year", "month", "day") if name in entry} == expected


def test_a_date_that_bibtex_cannot_say_is_told_in_the_note(mini: KnowledgeGraph) -> None:
    note = read(export(dated(mini, "[2018..2019]"), "bibtex", lang="en"))["first-report"]["note"]
    assert note == "date: some time between 2018 and 2019; reached by: original"


def test_a_document_without_title_has_our_description_in_brackets(small: Mapping[str, Mapping[str, str]]) -> None:
    assert small["later-thesis"]["title"] == "{[一篇尚未读到的虚构论文]}"
    assert small["later-thesis"]["note"] == "无题名，方括号内为所加说明；阅读途径：摘要"
    assert small["later-thesis"]["kind"] == "misc"
    assert small["later-thesis"]["type"] == "学位论文"


def test_a_reprint_names_its_original(small: Mapping[str, Mapping[str, str]]) -> None:
    assert "转载自：海山协作二十年 (first-report)" in small["reprint"]["annote"]


def test_a_newspaper_told_as_publisher_alone_is_the_journal(mini: KnowledgeGraph) -> None:
    entry = read(export(changed(mini, container=None, publisher="测试晚报"), "bibtex"))["first-report"]
    assert (entry["journal"], entry.get("publisher")) == ("测试晚报", None)


def test_a_whole_yearbook_is_a_book(
    small: Mapping[str, Mapping[str, str]], small_items: Mapping[str, dict[str, Any]]
) -> None:
    assert (small["yearbook"]["kind"], small_items["yearbook"]["type"]) == ("book", "book")


def test_a_part_of_a_yearbook_is_told_as_a_part(mini: KnowledgeGraph) -> None:
    kg = changed(mini, type="yearbook", container="测试年鉴")
    entry, item = read(export(kg, "bibtex"))["first-report"], items(export(kg, "csljson"))["first-report"]
    assert (entry["kind"], entry["booktitle"]) == ("incollection", "测试年鉴")
    assert (item["type"], item["container-title"]) == ("chapter", "测试年鉴")


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), "}", "{", "\\", "50% @misc{x,} \\}", "a, b = c"])
def test_hostile_titles_survive_in_bibtex(mini: KnowledgeGraph, hostile: str) -> None:
    entries = read(export(changed(mini, title=title(hostile), authors=(hostile,)), "bibtex"))
    assert entries["first-report"]["title"] == "{" + re.sub(r"[ \t\r\n]+", " ", hostile) + "}"
    assert len(entries) == 5


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), "}{", "\\"])
def test_braces_balance_whatever_a_title_holds(hostile: str) -> None:
    # BibTeX counts every brace, whether TeX would escape it or not
    assert in_tex(hostile).count("{") == in_tex(hostile).count("}")
    assert not re.search(r"\\[{}]", in_tex(hostile))


def test_control_characters_are_left_out_of_bibtex(mini: KnowledgeGraph) -> None:
    entry = read(export(changed(mini, title=title(CONTROL)), "bibtex"))["first-report"]
    assert entry["title"] == "{一二}"


def test_the_head_says_time_and_selection_and_holds_no_entry(mini: KnowledgeGraph) -> None:
    kg = replace(
        mini, corpus=replace(mini.corpus, dataset=mini.corpus.dataset.model_copy(update={"title": title("@misc{x,}")}))
    )
    content = export(kg, "bibtex", as_of=parse_as_of("2016/2017"), selection=Selection(level="province"), lang="en")
    head = content.decode().partition("\n\n")[0].splitlines()
    assert {line[0] for line in head} == {"%"}
    assert head[0] == "% (at)misc{x,}"
    assert any("2016" in line for line in head)
    assert any("province" in line for line in head)
    assert "x" not in read(content)


# CSL-JSON


def words_of(text: str) -> set[str]:
    return set(re.findall(r'"([^"]+)"', text.partition("div {")[2]))


def test_every_type_of_document_has_a_type_of_bibtex_and_of_csl() -> None:
    assert set(TYPES) == set(load_ontology().concepts["source-type"])
    known = words_of((LISTS / "csl-types.rnc").read_text())
    assert {csl for _, csl in TYPES.values()} <= known


@pytest.mark.parametrize("facts", ["mini", "real"])
def test_items_have_types_and_fields_that_csl_knows(request: pytest.FixtureRequest, facts: str) -> None:
    found = items(export(request.getfixturevalue(facts), "csljson")).values()
    types = words_of((LISTS / "csl-types.rnc").read_text())
    fields = words_of((LISTS / "csl-variables.rnc").read_text()) | {"id", "type", "language"}
    assert {item["type"] for item in found} <= types
    assert {name for item in found for name in item} <= fields


@pytest.mark.parametrize("facts", ["mini", "real"])
def test_values_are_of_the_kinds_that_csl_json_has(request: pytest.FixtureRequest, facts: str) -> None:
    for item in items(export(request.getfixturevalue(facts), "csljson")).values():
        plain = {name: value for name, value in item.items() if name not in ("author", "issued")}
        assert {type(value) for value in plain.values()} == {str}
        assert all(set(author) == {"literal"} for author in item.get("author", ()))
        issued = item.get("issued", {"literal": ""})
        assert set(issued) in ({"literal"}, {"date-parts"}, {"date-parts", "circa"})
        assert len(issued.get("date-parts", [1])) in (1, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", {"date-parts": [[2018]]}),
        ("2018-05-20", {"date-parts": [[2018, 5, 20]]}),
        ("2018-05~", {"date-parts": [[2018, 5]], "circa": True}),
        ("2010-09/2010-10", {"date-parts": [[2010, 9], [2010, 10]]}),
        ("[2018..2019]", {"literal": "some time between 2018 and 2019"}),
    ],
)
def test_csl_dates_say_no_more_than_their_source(mini: KnowledgeGraph, text: str, expected: dict[str, Any]) -> None:
    item = items(export(dated(mini, text), "csljson", lang="en"))["first-report"]
    assert item["issued"] == expected


def test_a_document_without_date_has_none(small_items: Mapping[str, dict[str, Any]]) -> None:
    assert "issued" not in small_items["later-thesis"]


def test_the_printed_title_comes_first_and_its_translation_is_told(small_items: Mapping[str, dict[str, Any]]) -> None:
    assert small_items["first-report"]["title"] == "海山协作二十年"
    assert "译题：Twenty years of Haizhou–Shanyuan" in small_items["first-report"]["annote"]


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), CONTROL])
def test_hostile_titles_survive_in_csl_json(mini: KnowledgeGraph, hostile: str) -> None:
    assert items(export(changed(mini, title=title(hostile)), "csljson"))["first-report"]["title"] == hostile


def test_a_processor_of_csl_writes_the_references(mini: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "style.csl").write_text(STYLE)
    source = CiteProcJSON(json.loads(export(mini, "csljson")))
    style = citeproc.CitationStylesStyle(str(tmp_path / "style.csl"), validate=False)
    listed = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for key in source:
        listed.register(citeproc.Citation([citeproc.CitationItem(key)]))
    assert [str(entry) for entry in listed.bibliography()] == [
        "测试者乙+测试者丙|协作案例研究|测试学刊|2023年第2期|2023|10.0000/test.2023",
        "测试者甲|海山协作二十年|测试日报|2018-5-20",
        "[一篇尚未读到的虚构论文]",
        "海山协作二十年（转载）|2018-6-1",
        "测试年鉴2021|2021-12",
    ]


def test_the_lists_are_called_sources() -> None:
    assert (file_name("bibtex"), file_name("csljson")) == ("sources.bib", "sources.csl.json")
