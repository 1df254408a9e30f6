"""What a name may mean."""

from __future__ import annotations

import pytest

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.lookup import find_things

HAI_SHAN = ("pairing", "test-east-west.haizhou.shanyuan", "海山")
DONGHU = ("pairing", "test-east-west.haizhou-donghu.shanyuan-heishui", "东湖区 → 黑水县")


@pytest.mark.parametrize(
    "name", ["海州省", "海州", "海", "Haizhou", "HAIZHOU", "haizhou", "place/haizhou", "ｈａｉｚｈｏｕ"]
)
def test_a_place_is_found_by_full_name_short_form_english_name_and_id(mini: KnowledgeGraph, name: str) -> None:
    assert find_things(mini, name) == [("place", "haizhou", "海州省")]


def test_a_place_is_found_by_its_former_name(mini: KnowledgeGraph) -> None:
    assert find_things(mini, "古山县") == [("place", "hechuan-gushan", "古山市")]


@pytest.mark.parametrize("name", ["海山", "山海", "海山协作", "hai-shan", "test-east-west.haizhou.shanyuan"])
def test_a_pairing_is_found_by_its_names_its_id_and_its_slug(mini: KnowledgeGraph, name: str) -> None:
    assert find_things(mini, name) == [HAI_SHAN]


@pytest.mark.parametrize("name", ["东湖区 → 黑水县", "东湖区→黑水县", "Donghu District → Heishui County"])
def test_a_pairing_without_a_name_is_found_as_it_is_shown(mini: KnowledgeGraph, name: str) -> None:
    assert find_things(mini, name) == [DONGHU]


@pytest.mark.parametrize("title", ["测试协作规划", "《测试协作规划》", "Test cooperation plan"])
def test_a_policy_is_found_with_or_without_title_marks(mini: KnowledgeGraph, title: str) -> None:
    assert find_things(mini, title) == [("policy", "2021-plan", "测试协作规划")]


def test_an_anonymous_place_is_found_under_its_source(mini: KnowledgeGraph) -> None:
    assert find_things(mini, "W县") == [("place", "case-study.w-county", "W县")]
    assert find_things(mini, "W County") == [("place", "case-study.w-county", "W县")]


def test_a_source_is_found_by_title_and_id(mini: KnowledgeGraph) -> None:
    assert (
        find_things(mini, "测试年鉴2021") == find_things(mini, "yearbook") == [("source", "yearbook", "测试年鉴2021")]
    )


@pytest.mark.parametrize("text", ["", "海州省市", "不存在", "place/"])
def test_what_nothing_is_called_finds_nothing(mini: KnowledgeGraph, text: str) -> None:
    assert find_things(mini, text) == []
