"""A place through time in the graph: its versions, and the name of the year beside the present one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from tiny_world import PLACES, write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.registers import Place
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.place_names import shown_name
from cooperation_kg.graph.shapes import check_shapes
from cooperation_kg.graph.summaries import summarise
from cooperation_kg.graph.vocabulary import COOP, HOME, RDFS, Iris

RENAMED = """\
- id: yunyang
  name: {zh: 郧阳区, en: Yunyang District}
  level: county
  code: "110304"
  code_from: 测试公报
  within:
    - {parent: west, until: 1997-06-17}
    - {parent: east, since: 1997-06-18}
  former:
    - {name: {zh: 郧县, en: Yun County}, code: "110321", level: prefecture, since: 1994-12, until: 2014-12-08}
- {id: jianggan, name: {zh: 江干区, en: Jianggan District}, level: county, within: east, until: 2021-03-11}
- {id: haidong, name: {zh: 海东市, en: Haidong}, level: prefecture, within: west,
   former: [{name: {zh: 海东地区, en: Haidong}, until: 2013-02-07}]}
"""
PAIRED = "kind: pairing, programme: ew, supporter: jianggan, recipient: yunyang"


def build(folder: Path, *statements: str, sources: str = "") -> KnowledgeGraph:
    write_world(folder, {"a": sources}, (), "", "2024", {"a": statements})
    (folder / "places" / "all.yaml").write_text(PLACES + RENAMED, encoding="utf-8")
    return build_graph(load_corpus(folder))


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("world") / "data", f"{PAIRED}, as_of: 2011/2020")


def said(kg: KnowledgeGraph, subject: NamedNode, predicate: NamedNode) -> list[str]:
    objects = (quad.object for quad in kg.quads if quad.subject == subject and quad.predicate == predicate)
    return [node.value for node in objects if isinstance(node, Literal | NamedNode)]


def test_a_former_name_is_a_node_with_its_code_level_and_dates(kg: KnowledgeGraph) -> None:
    version = kg.iris.place_version("yunyang", 1)
    assert said(kg, kg.iris.thing("place", "yunyang"), COOP.version)[0] == version.value
    assert sorted(said(kg, version, COOP.nameThen)) == ["Yun County", "郧县"]
    assert said(kg, version, COOP.codeThen) == ["110321"]
    assert said(kg, version, COOP.levelThen) == ["https://w3id.org/cooperation-kg/concept/level/prefecture"]
    assert (said(kg, version, COOP.from_), said(kg, version, COOP.until)) == (["1994-12"], ["2014-12-08"])
    assert said(kg, version, COOP.fromEarliest) == ["1994-12-01"]
    assert said(kg, version, COOP.untilLatest) == ["2014-12-08"]


def test_each_dated_parent_is_a_node_with_its_dates(kg: KnowledgeGraph) -> None:
    first, second = kg.iris.place_version("yunyang", 2), kg.iris.place_version("yunyang", 3)
    assert said(kg, first, COOP.parentThen) == [kg.iris.thing("place", "west").value]
    assert said(kg, first, COOP.untilLatest) == ["1997-06-17"]
    assert said(kg, second, COOP.parentThen) == [kg.iris.thing("place", "east").value]
    assert said(kg, second, COOP.fromEarliest) == ["1997-06-18"]


def test_a_former_name_is_shown_in_the_years_at_whose_end_it_was_in_use(kg: KnowledgeGraph) -> None:
    shown = sorted(int(year) for year in said(kg, kg.iris.place_version("yunyang", 1), COOP.shownIn))
    assert shown == list(range(1994, 2014))


def test_a_version_is_labelled_with_the_name_then_and_now(kg: KnowledgeGraph) -> None:
    labels = said(kg, kg.iris.place_version("yunyang", 1), RDFS.label)
    assert sorted(labels) == ["Yun County (now Yunyang District)", "郧县（今郧阳区）"]


def test_a_place_without_changes_has_no_version(kg: KnowledgeGraph) -> None:
    assert said(kg, kg.iris.thing("place", "east"), COOP.version) == []


def test_a_place_that_is_no_more_keeps_its_last_day_and_says_so_in_every_year(kg: KnowledgeGraph) -> None:
    version = kg.iris.place_version("jianggan", 1)
    assert said(kg, kg.iris.thing("place", "jianggan"), COOP.untilLatest) == ["2021-03-11"]
    assert sorted(said(kg, version, RDFS.label)) == ["Jianggan District (until 2021)", "江干区（至2021年）"]
    assert {"1996", "2024"} <= set(said(kg, version, COOP.shownIn))


def test_the_graph_says_where_a_code_typed_by_hand_is_from(kg: KnowledgeGraph) -> None:
    assert said(kg, kg.iris.thing("place", "yunyang"), COOP.codeFrom) == ["测试公报"]


def test_the_versions_keep_the_shapes(kg: KnowledgeGraph) -> None:
    assert [str(issue) for issue in check_shapes(kg)] == []


def test_a_version_of_an_inherited_place_has_the_base_of_its_place() -> None:
    iris = Iris("https://example.org/", frozenset({("place", "beijing")}))
    assert iris.place_version("beijing", 1).value == f"{HOME}id/place-version/beijing.1"
    assert iris.place_version("own", 1).value == "https://example.org/id/place-version/own.1"


@pytest.mark.parametrize(
    ("place", "day", "zh", "en"),
    [
        ("yunyang", date(2013, 12, 31), "郧县（今郧阳区）", "Yun County (now Yunyang District)"),
        ("yunyang", date(2014, 12, 31), "郧阳区", "Yunyang District"),
        ("haidong", date(2010, 12, 31), "海东地区（今海东市）", "Haidong"),
        ("jianggan", date(2010, 12, 31), "江干区（至2021年）", "Jianggan District (until 2021)"),
        ("east", date(2010, 12, 31), "东省", "East"),
    ],
)
def test_a_place_is_shown_by_its_name_of_the_day_and_what_it_is_now(
    kg: KnowledgeGraph, place: str, day: date, zh: str, en: str
) -> None:
    namer = Namer(kg.corpus).on(day)
    assert (namer.party(place, "zh"), namer.party(place, "en")) == (zh, en)


def test_a_renamed_place_that_is_no_more_has_both_names_and_its_end() -> None:
    place = Place.model_validate(
        {"id": "a", "name": "乙区", "level": "county", "until": "2021", "former": [{"name": "甲县", "until": "2000"}]}
    )
    assert shown_name(place, date(1999, 12, 31), "zh") == "甲县（后称乙区，至2021年）"
    assert shown_name(place, date(2010, 12, 31), "zh") == "乙区（至2021年）"


def test_without_a_day_a_place_has_its_present_name(kg: KnowledgeGraph) -> None:
    assert Namer(kg.corpus).party("yunyang", "zh") == "郧阳区"


def test_a_statement_calls_its_places_as_on_the_first_day_it_tells(kg: KnowledgeGraph) -> None:
    summary = summarise(kg.corpus.statements["a.s1"], Namer(kg.corpus, kg.derived.pairings), "zh")
    assert summary.startswith("东西协作：江干区（至2021年） → 郧县（今郧阳区）")


def test_a_statement_that_tells_no_time_calls_them_as_on_the_day_of_its_source(tmp_path: Path) -> None:
    then = build(tmp_path / "then", PAIRED, sources="date: 2011")
    now = build(tmp_path / "now", PAIRED, sources="date: 2018")
    lines = [summarise(kg.corpus.statements["a.s1"], Namer(kg.corpus), "zh") for kg in (then, now)]
    assert ["郧县（今郧阳区）" in line for line in lines] == [True, False]


def test_a_pairing_keeps_the_present_names_in_its_label(kg: KnowledgeGraph) -> None:
    (pairing,) = kg.derived.pairings.values()
    assert Namer(kg.corpus, kg.derived.pairings).pairing(pairing, "zh") == "江干区 → 郧阳区"
