"""Names, codes and parents of one place through time, and the rules that hold them to one a day."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import read_corpus
from cooperation_kg.curate.registers import Place
from cooperation_kg.curate.rules import check
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.curate.told import first_day_told
from cooperation_kg.errors import Issue

MINI = Path(__file__).parent.parent / "data" / "mini"
YUNYANG = Place.model_validate(
    {
        "id": "hubei-yunyang",
        "name": {"zh": "郧阳区", "en": "Yunyang District"},
        "level": "county",
        "code": "420304",
        "former": [
            {"name": {"zh": "郧县", "en": "Yun County"}, "code": "420321", "since": "1994-12", "until": "2014-12-08"},
            {"name": "郧县", "code": "422622", "until": "1994-11"},
        ],
    }
)


def faults(tmp_path: Path, former: str = "", within: str = "hechuan", more: str = "") -> list[Issue]:
    """Return the faults of the tiny world with 古山市 written anew."""
    folder = tmp_path / "data"
    shutil.copytree(MINI, folder)
    file = folder / "places" / "93-hechuan.yaml"
    province = file.read_text(encoding="utf-8").split("- id: hechuan-gushan")[0]
    names = f"  former: [{former}]\n" if former else ""
    county = f"- id: hechuan-gushan\n  name: 古山市\n  level: county\n  within: {within}\n{names}{more}"
    file.write_text(province + county, encoding="utf-8")
    corpus, issues = read_corpus(folder)
    assert corpus is not None
    return issues + check(corpus)


@pytest.mark.parametrize(
    ("day", "name", "code"),
    [
        (date(1990, 12, 31), "郧县", "422622"),
        (date(1995, 12, 31), "郧县", "420321"),
        (date(2014, 12, 8), "郧县", "420321"),
        (date(2014, 12, 9), "郧阳区", "420304"),
    ],
)
def test_a_place_has_the_name_and_code_of_the_day_its_last_day_included(day: date, name: str, code: str) -> None:
    assert (YUNYANG.name_at(day).zh, YUNYANG.code_at(day)) == (name, code)


def test_of_two_former_names_without_a_start_the_one_that_ended_first_is_the_older() -> None:
    place = Place.model_validate(
        {
            "id": "a",
            "name": "丙市",
            "level": "county",
            "former": [{"name": "乙县", "until": "1990"}, {"name": "甲县", "until": "1958"}],
        }
    )
    assert [place.name_at(date(year, 6, 30)).zh for year in (1950, 1970, 2000)] == ["甲县", "乙县", "丙市"]


def test_a_place_is_found_by_every_name_it_had_in_both_languages() -> None:
    assert {"郧阳区", "Yunyang District", "郧县", "Yun County"} <= set(YUNYANG.names())


def test_where_a_code_is_from_is_not_said_without_the_code() -> None:
    with pytest.raises(ValueError, match="code_from needs the code"):
        Place.model_validate({"id": "a", "name": "甲区", "level": "county", "code_from": "某公报"})


@pytest.mark.parametrize(
    ("former", "codes"),
    [
        ("{name: 甲县, until: 1958}, {name: 乙县, since: 1958, until: 1990}", []),
        ("{name: 甲县, until: 1958}, {name: 乙县, until: 1990}", []),
        ("{name: 甲县, until: 1958-05-01}, {name: 乙县, since: 1958-05-02}", []),
        ("{name: 甲县, until: 1958-05-01}, {name: 乙县, since: 1958-05-01, until: 1990}", ["E313"]),
        ("{name: 甲县, since: 1950, until: 1990}, {name: 乙县, until: 1958}", ["E313"]),
        ("{name: 甲县, until: 1958-05-01}, {name: 乙县, until: 1958-05-01}", ["E313"]),
        ("{name: 甲县}", ["E314"]),
    ],
)
def test_two_names_may_follow_each_other_within_a_year_but_not_share_a_day(
    tmp_path: Path, former: str, codes: list[str]
) -> None:
    assert [issue.code for issue in faults(tmp_path, former)] == codes


@pytest.mark.parametrize(
    ("within", "codes"),
    [
        ("[{parent: shanyuan, until: 1997}, {parent: hechuan, since: 1997}]", []),
        ("[{parent: shanyuan}, {parent: hechuan}]", []),
        ("[{parent: shanyuan, until: 1997}, {parent: hechuan}]", ["E313"]),
        ("[{parent: shanyuan, until: 1998}, {parent: hechuan, since: 1996}]", ["E313"]),
    ],
)
def test_a_place_has_one_dated_parent_a_day(tmp_path: Path, within: str, codes: list[str]) -> None:
    assert [issue.code for issue in faults(tmp_path, within=within)] == codes


def test_two_names_on_a_day_are_shown_at_the_second_with_the_day(tmp_path: Path) -> None:
    (issue,) = faults(tmp_path, "{name: 甲县, since: 1950, until: 1990}, {name: 乙县, since: 1980-03-01, until: 1985}")
    assert issue.line == 12  # seven of the province, then id, name, level, within
    assert issue.message_en == (
        "hechuan-gushan has two names on 1980-03-01; "
        "give each its since and until, so that one ends before the next begins"
    )


def test_what_is_told_of_a_place_after_its_end_is_shown_at_the_place(tmp_path: Path) -> None:
    (issue,) = faults(tmp_path, more="  until: 2010\n")
    assert (issue.code, issue.file) == ("W408", "statements/yearbook.yaml")
    assert issue.message_en.startswith("hechuan-gushan existed until 2010, and this begins 2016-12-01;")


def test_the_first_day_told_is_the_earliest_of_all_times_and_due_is_none() -> None:
    figure = FigureStatement.model_validate(
        {
            "source": "s",
            "id": "a",
            "kind": "figure",
            "locator": "1",
            "about": "p",
            "measure": "gdp",
            "as_written": "1亿元",
            "nature": "flow",
            "during": "2011-05/2012",
        }
    )
    assert first_day_told(figure) == date(2011, 5, 1)
