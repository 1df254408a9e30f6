"""What a name may mean."""

from __future__ import annotations

import pytest

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.lookup import LISTED, find_named, find_things, listed, nearest_names, one_thing, two_parties
from cooperation_kg.query.names import name_of

HAI_SHAN = ("pairing", "test-east-west.haizhou.shanyuan", "海山")
DONGHU = ("pairing", "test-east-west.haizhou-donghu.shanyuan-heishui", "东湖区 → 黑水县")


@pytest.mark.parametrize(
    "name",
    [
        *("海州省", "海州", "海", "Haizhou", "HAIZHOU", "haizhou", "place/haizhou", "ｈａｉｚｈｏｕ"),
        *("“海州”", "海州。", "《海州省》", "\u200b海州\u3000", "海\n州", "\ufeffhaizhou"),
    ],
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


# what people type

HAI_HE = ("pairing", "test-east-west.haizhou.hechuan", "海河")
LIN_HE = ("pairing", "test-east-west.linjiang.hechuan", "临江省 → 河川省")


@pytest.mark.parametrize("text", ["haishan", "HaiShan", "hai shan", "Hai-Shan", "hs"])
def test_a_pairing_is_found_by_pinyin_and_by_initials(mini: KnowledgeGraph, text: str) -> None:
    assert find_named(mini, text) == [HAI_SHAN]


@pytest.mark.parametrize("text", ["heishuixian", "hei shui xian", "hsx", "heishuicounty"])
def test_a_place_is_found_by_pinyin_initials_and_english_run_together(mini: KnowledgeGraph, text: str) -> None:
    assert find_named(mini, text) == [("place", "shanyuan-heishui", "黑水县")]


@pytest.mark.parametrize(
    "text", ["临河", "河临", "临江河川", "临江—河川", "临江 河川省", "临江和河川", "临江、河川", "临江/河川"]
)
def test_two_names_together_find_every_pairing_between_the_two(mini: KnowledgeGraph, text: str) -> None:
    assert find_named(mini, text) == [LIN_HE]


@pytest.mark.parametrize("text", ["山原自治区黑水县", "山原黑水县", "山原黑水", "Shanyuan Heishui County", "山黑水"])
def test_a_place_is_found_after_what_contains_it(mini: KnowledgeGraph, text: str) -> None:
    assert find_named(mini, text) == [("place", "shanyuan-heishui", "黑水县")]


def test_a_place_is_not_found_after_what_does_not_contain_it(mini: KnowledgeGraph) -> None:
    assert find_named(mini, "海州黑水县", ["place"]) == []


def test_two_parties_are_found_once_and_are_two(mini: KnowledgeGraph) -> None:
    assert two_parties(mini, "海—临") == [("haizhou", "linjiang")]
    assert two_parties(mini, "海海") == []


def test_a_named_pairing_goes_before_two_names_together(mini: KnowledgeGraph) -> None:
    assert find_named(mini, "海河") == find_named(mini, "河海") == [HAI_HE]


def test_two_parties_without_a_pairing_are_named(mini: KnowledgeGraph) -> None:
    with pytest.raises(BadParameter, match="no pairing between haizhou and linjiang; ckg explain haizhou linjiang"):
        one_thing(mini, "海临")


def test_the_beginning_of_a_name_finds_places_before_documents(mini: KnowledgeGraph) -> None:
    assert find_named(mini, "黑水") == [("place", "shanyuan-heishui", "黑水县")]
    assert find_named(mini, "关于调整") == [("policy", "2010-notice", "关于调整测试协作的通知")]
    assert {kind for kind, _, _ in find_named(mini, "测试")} == {"programme"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("yearbook.s001", ("statement", "yearbook.s001", "yearbook.s001")),
        ("statement/yearbook.s001", ("statement", "yearbook.s001", "yearbook.s001")),
        ("https://w3id.org/cooperation-kg/id/place/haizhou", ("place", "haizhou", "海州省")),
        ("<https://w3id.org/cooperation-kg/id/place/haizhou>", ("place", "haizhou", "海州省")),
        ("place:haizhou", ("place", "haizhou", "海州省")),
        ("pairing:test-east-west.haizhou.shanyuan", HAI_SHAN),
        ("test-east-west.haizhou.shanyuan.1", ("term", "test-east-west.haizhou.shanyuan.1", "海山 第1轮")),
        ("财政援助资金", ("measure", "fiscal-aid", "财政援助资金")),
        ("concept:measure/fiscal-aid", ("measure", "fiscal-aid", "财政援助资金")),
        ("judgement/j002", ("judgement", "j002", "海河结对的起始年份")),
    ],
)
def test_anything_of_the_graph_is_found_by_id_iri_and_prefixed_name(
    mini: KnowledgeGraph, text: str, found: tuple[str, str, str]
) -> None:
    assert find_named(mini, text) == [found]
    assert one_thing(mini, text, [found[0]]) == found


def test_only_things_of_the_kinds_asked_for_are_found(mini: KnowledgeGraph) -> None:
    assert find_named(mini, "海山", ["project"]) == [("project", "test-park", "海山测试产业园")]
    with pytest.raises(BadParameter, match="is no pairing or programme but place/haizhou 海州省"):
        one_thing(mini, "海州", ["pairing", "programme"])


def test_several_candidates_are_listed_with_an_example(mini: KnowledgeGraph) -> None:
    with pytest.raises(
        BadParameter, match=r"programme/test-action 测试携手行动.*give the id, e\.g\. programme/test-east-west"
    ):
        one_thing(mini, "测试")


def test_a_long_list_says_how_many_more_there_are() -> None:
    found = [("place", f"p{n}", "甲") for n in range(LISTED + 3)]
    assert listed(found).endswith(f"place/p{LISTED - 1} 甲; … 3 more 另有3个")


@pytest.mark.parametrize(("text", "near"), [("海山县", HAI_SHAN), ("haizou", ("place", "haizhou", "海州省"))])
def test_what_nothing_is_called_so_has_the_nearest_names(
    mini: KnowledgeGraph, text: str, near: tuple[str, str, str]
) -> None:
    assert near in nearest_names(mini, text)
    with pytest.raises(BadParameter, match=f"did you mean.*{near[0]}/{near[1]}"):
        one_thing(mini, text)


@pytest.mark.parametrize(
    "text", ["", " ", "/", "place/", "statement/none", "term/none.1", "zzqqxx", ".*", "%", "[h", "h", "黑"]
)
def test_odd_texts_find_nothing(mini: KnowledgeGraph, text: str) -> None:
    assert find_named(mini, text) == []
    with pytest.raises(BadParameter):
        one_thing(mini, text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "give a name, pinyin or id"),
        ("臺灣", "names are in simplified characters"),
        ("%", "ckg query find --param text="),
        ("财政援助", "measure/fiscal-aid"),
    ],
)
def test_what_is_not_found_is_told_what_to_do(mini: KnowledgeGraph, text: str, advice: str) -> None:
    with pytest.raises(BadParameter, match=advice):
        one_thing(mini, text)


def test_an_error_repeats_a_long_text_only_in_part(mini: KnowledgeGraph) -> None:
    with pytest.raises(BadParameter) as raised:
        one_thing(mini, "京" * 10_000)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jingmeng", "pairing/east-west.beijing.inner-mongolia"),
        ("beijing", "place/beijing"),
        ("北京", "place/beijing"),
        ("郧县", "place/hubei-yunyang"),
        ("minning", "pairing/east-west.fujian.ningxia"),
        ("内蒙", "place/inner-mongolia"),
        ("shaanxi", "place/shaanxi"),
        ("湖北省十堰市郧阳区", "place/hubei-yunyang"),
        ("北京东城", "place/beijing-dongcheng"),
        ("xian", "place/shaanxi-xian"),
        ("江干区", "place/zhejiang-jianggan"),
    ],
)
def test_the_shipped_facts_are_found_as_people_type_them(real: KnowledgeGraph, text: str, found: str) -> None:
    assert "/".join(one_thing(real, text)[:2]) == found


def test_what_jm_may_mean_includes_jing_meng(real: KnowledgeGraph) -> None:
    assert ("pairing", "east-west.beijing.inner-mongolia", "京蒙") in find_named(real, "jm")


def test_every_derived_thing_has_a_name_in_both_languages(real: KnowledgeGraph) -> None:
    derived = real.derived
    for kind, table in (("cell", derived.cells), ("scope", derived.scopes), ("disagreement", derived.disagreements)):
        for identifier in table:
            assert name_of(real, kind, identifier, "zh")
            assert name_of(real, kind, identifier, "en")
