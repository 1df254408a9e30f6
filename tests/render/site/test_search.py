"""What the index behind the search box holds: every thing with a page, by all that it is called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.search import files, index_of, roles_of

LARGEST = 600_000
"""The index is loaded with a page on a stick: at most so many bytes for the shipped facts."""


def found(site: Site, kind: str, identifier: str) -> list[Any]:
    index: Any = index_of(site)
    kinds = [row[0] for row in index["kinds"]]
    return next(row for row in index["rows"] if kinds[row[0]] == kind and row[1] == identifier)


def keys(site: Site, kind: str, identifier: str) -> set[str]:
    return set(found(site, kind, identifier)[5].split("|"))


def test_a_place_is_found_by_pinyin_initials_short_form_alias_and_former_name(shipped: Site) -> None:
    assert keys(shipped, "place", "hubei-shiyan") >= {"shiyanshi", "sys", "十堰", "sy"}
    assert keys(shipped, "place", "guangxi") >= {"桂", "gui", "guangxizhuangzuzizhiqu", "gxzzzzq"}
    yunyang = next(p.id for p in shipped.corpus.places.values() if p.name.zh == "郧阳区")
    assert keys(shipped, "place", yunyang) >= {"郧县", "yunxian", "yx"}


def test_two_provinces_that_sound_alike_are_both_found_by_their_sound(shipped: Site) -> None:
    assert "shanxisheng" in keys(shipped, "place", "shaanxi") & keys(shipped, "place", "shanxi")
    assert "shaanxi" in keys(shipped, "place", "shaanxi") - keys(shipped, "place", "shanxi") or (
        found(shipped, "place", "shaanxi")[3] == "Shaanxi"
    )


def test_a_pairing_is_found_by_its_own_name_and_by_both_sides(shipped: Site) -> None:
    own = keys(shipped, "pairing", "east-west.fujian.ningxia")
    assert own >= {"minning", "mn", "福建省→宁夏回族自治区"}
    assert found(shipped, "pairing", "east-west.fujian.ningxia")[2] == "闽宁"


def test_every_thing_with_a_name_and_a_page_is_in_the_index(shipped: Site) -> None:
    index: Any = index_of(shipped)
    kinds = [row[0] for row in index["kinds"]]
    held = {(kinds[row[0]], row[1]) for row in index["rows"]}
    corpus = shipped.corpus
    named = {(kind, key) for kind, register in corpus.registers.items() if kind != "pairing" for key in register}
    named |= {("pairing", slug) for slug in shipped.kg.derived.pairings}
    named |= {("source", key) for key in corpus.sources} | {("place", key) for key in corpus.anonymous}
    assert named - held == set()


def test_a_row_says_kind_level_where_and_role(mini: KnowledgeGraph) -> None:
    site = Site(mini)
    index: Any = index_of(site)
    kind, _, zh, en, note, _ = found(site, "place", "shanyuan-heishui")
    assert index["kinds"][kind] == ["place", "地区", "place"]
    assert (zh, en) == ("黑水县", "Heishui County")
    assert index["notes"][note] == ["县级 · 云岭市 · 受援方", "county level · Yunling · recipient"]


def test_a_place_on_both_sides_is_called_both(mini: KnowledgeGraph) -> None:
    roles = roles_of(Site(mini))
    assert roles["haizhou"] == "supporter"
    assert roles["hechuan"] == "recipient"


@pytest.mark.parametrize("banned", ["</script", "\u2028", "\x00"])
def test_the_script_holds_names_as_data_and_nothing_that_ends_it(
    hostile_site: Mapping[str, bytes], banned: str
) -> None:
    assert banned not in hostile_site["assets/search-index.js"].decode()


def test_the_index_is_one_assignment_of_json_within_its_size(shipped: Site) -> None:
    ((name, content),) = files(shipped)
    text = content.decode()
    assert name == "assets/search-index.js"
    assert json.loads(text.removeprefix("window.CKG_INDEX = ").removesuffix(";\n"))["rows"]
    assert len(content) <= LARGEST


def test_every_row_leads_to_a_page_of_the_site(mini_site: Mapping[str, bytes]) -> None:
    text = mini_site["assets/search-index.js"].decode()
    index = json.loads(text.removeprefix("window.CKG_INDEX = ").removesuffix(";\n"))
    kinds = [row[0] for row in index["kinds"]]
    paths = [row[1] if kinds[row[0]] == "page" else f"{kinds[row[0]]}/{row[1]}.html" for row in index["rows"]]
    assert [path for path in paths if path not in mini_site] == []


def test_a_policy_is_found_by_its_number_with_and_without_brackets(shipped: Site) -> None:
    own = keys(shipped, "policy", "2021-danjiangkou-collaboration-notice")  # ws924.s001
    assert own >= {"发改振兴〔2021〕924号", "发改振兴2021924号"}


@pytest.mark.parametrize(
    ("kind", "identifier"),
    [("scope", "danjiangkou.beijing.henan+hubei"), ("judgement", "hubei-2020-two-lists")],
)
def test_what_has_no_name_of_its_own_is_found_by_what_its_page_is_called(
    shipped: Site, kind: str, identifier: str
) -> None:
    assert found(shipped, kind, identifier)[2] == shipped.name(kind, identifier).zh
