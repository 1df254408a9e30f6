"""The headers of the questions, and the values that the library writes into them."""

from __future__ import annotations

import pytest

from cooperation_kg.errors import UnknownQuery
from cooperation_kg.query.library import NamedQuery, Parameter, named_queries, named_query, read_query
from cooperation_kg.query.table import Table

HEADER = "# zh: 题\n# en: Title\n"


def test_a_header_gives_titles_and_parameters() -> None:
    query = read_query("who.rq", HEADER + "# param: year | integer | horizon | 年份 | the year\nSELECT * {}")
    assert query.name == "who"
    assert query.title("zh") == "题"
    assert query.title("en") == "Title"
    assert query.parameters == (Parameter("year", "integer", "horizon", "年份", "the year"),)


def test_an_empty_default_means_that_the_parameter_must_be_given() -> None:
    assert read_query("a.rq", HEADER + "# param: place | name | | 地区 | a place\n").parameters[0].default is None


@pytest.mark.parametrize("header", ["# zh: 题\n", "# en: Title\n", "SELECT * {}"])
def test_a_question_without_both_titles_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match=r"a\.rq: the header needs a title in zh and in en"):
        read_query("a.rq", header)


@pytest.mark.parametrize("text", ["year | integer", "| integer | | 年 | y", "year | | | 年 | y"])
def test_a_malformed_parameter_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="a parameter is name"):
        read_query("a.rq", f"{HEADER}# param: {text}\n")


def test_an_unknown_question_lists_those_there_are() -> None:
    with pytest.raises(UnknownQuery) as caught:
        named_query("who-helps-whom")
    assert "pairings" in caught.value.available


def test_there_are_at_least_24_questions_in_alphabetical_order() -> None:
    assert len(named_queries()) >= 24
    assert list(named_queries()) == sorted(named_queries())


def test_values_replace_those_of_parameters_and_leave_other_lists_alone() -> None:
    sparql = "SELECT * {\n  VALUES ?year { 2024 }\n  VALUES ?place { UNDEF }\n  VALUES ?other { 1 2 }\n}"
    parameters = (Parameter("year", "integer", "horizon", "", ""), Parameter("place", "name", "any", "", ""))
    bound = NamedQuery("a", "", "", parameters, sparql).with_values({"place": "<https://example.org/p>"})
    assert "VALUES ?year { UNDEF }" in bound
    assert "VALUES ?place { <https://example.org/p> }" in bound
    assert "VALUES ?other { 1 2 }" in bound


def test_a_table_gives_its_columns_by_name_and_refuses_others() -> None:
    table = Table(("who",), ({"who": "北京市"},), ())
    assert table.column("who") == ("北京市",)
    with pytest.raises(KeyError):
        table.column("whom")


def test_a_table_as_html_shows_markup_as_text() -> None:
    html = Table(("<b>",), ({"<b>": "<script>"}, {"<b>": None}), ())._repr_html_()
    assert "<th>&lt;b&gt;</th>" in html
    assert "<td>&lt;script&gt;</td>" in html
    assert "<td></td>" in html
