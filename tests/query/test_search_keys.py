"""A name is found by 汉字, by pinyin and by initials."""

from __future__ import annotations

import pytest

from cooperation_kg.query.search_keys import READINGS, pinyin, search_keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("京蒙", "京蒙"),
        ("京蒙", "jingmeng"),
        ("京蒙", "jm"),
        ("重庆市", "chongqingshi"),
        ("厦门市", "xiamenshi"),
        ("陕西省", "shanxisheng"),
        ("山西省", "shanxisheng"),
        ("六安市", "luanshi"),
        ("单县", "shanxian"),
        ("浚县", "xunxian"),
        ("解州", "haizhou"),
        ("解州", "xiezhou"),
        ("陕西省", "shaanxi"),
        ("乐清市", "yueqingshi"),
        ("会稽", "kuaiji"),
        ("Inner Mongolia", "innermongolia"),
        ("W县", "wxian"),
        ("第1师", "d1s"),
    ],
)
def test_a_name_has_the_key_that_people_type(name: str, key: str) -> None:
    assert key in search_keys([name])


def test_keys_are_sorted_and_each_once() -> None:
    keys = search_keys(["北京", "北京", "Beijing"])
    assert keys == sorted(set(keys))
    assert "" not in search_keys(["", "—"])


@pytest.mark.parametrize(("name", "reading"), READINGS.items())
def test_every_reading_of_the_table_is_used(name: str, reading: str) -> None:
    assert pinyin(name) == tuple(reading.split())
