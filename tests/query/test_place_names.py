"""Asked as of a year, the questions call places as they were called then."""

from __future__ import annotations

import pytest
from asking import Ask, asker
from tiny_world import PLACES, write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph

YUNYANG = """\
- {id: yunyang, name: {zh: 郧阳区, en: Yunyang District}, level: county, within: west,
   former: [{name: {zh: 郧县, en: Yun County}, until: 2014-12-08}]}
"""


@pytest.fixture(scope="module")
def ask_yunyang(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("world") / "data"
    line = "kind: pairing, programme: ew, supporter: east, recipient: yunyang, as_of: 2011/2018"
    write_world(folder, {}, (), "", "2024", {"a": [line]})
    (folder / "places" / "all.yaml").write_text(PLACES + YUNYANG, encoding="utf-8")
    return asker(build_graph(load_corpus(folder)))


@pytest.mark.parametrize(
    ("year", "lang", "recipient"),
    [
        (2013, "zh", "郧县（今郧阳区）"),
        (2013, "en", "Yun County (now Yunyang District)"),
        (2014, "zh", "郧阳区"),
        (2018, "en", "Yunyang District"),
    ],
)
def test_pairings_of_a_year_have_the_names_of_its_last_day(
    ask_yunyang: Ask, year: int, lang: str, recipient: str
) -> None:
    assert ask_yunyang("pairings", "recipient", as_of=year, lang=lang) == [(recipient,)]
    assert ask_yunyang("pairings-of", "partner", place="east", as_of=year, lang=lang) == [(recipient,)]


def test_pairings_of_a_place_without_a_year_have_present_names_in_one_row(ask_yunyang: Ask) -> None:
    assert ask_yunyang("pairings-of", "partner", place="east") == [("郧阳区",)]


def test_a_place_is_found_by_its_former_name(ask_yunyang: Ask) -> None:
    assert ask_yunyang("pairings-of", "partner", place="Yun County") == [("东省",)]
