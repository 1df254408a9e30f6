"""Every named question is documented, and its example runs on the shipped facts."""

from __future__ import annotations

import shlex

import pytest
import typer

from cooperation_kg.cli.app import app
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.library import named_queries, read_query
from cooperation_kg.query.run import run_query

HEADER = "# zh: 题\n# en: Title\n"
ABOUT_NOTHING_YET = {"withdrawn"}
"""Questions that rightly have no row now: no statement is withdrawn."""


@pytest.mark.parametrize("name", named_queries())
def test_the_example_of_a_question_gives_rows(real: KnowledgeGraph, name: str) -> None:
    command, *words = shlex.split(named_queries()[name].example)
    given = typer.main.get_group(app).commands["query"].make_context("query", words[1:]).params
    assert (command, words[0], given["question"]) == ("ckg", "query", name)
    parameters = dict(item.split("=", 1) for item in given["param"] or ())
    table = run_query(real, name, as_of=given["as_of"], **parameters)
    assert bool(len(table)) != (name in ABOUT_NOTHING_YET)
    assert table.columns == named_queries()[name].columns


def test_no_statement_is_withdrawn_while_the_question_for_them_may_be_empty(real: KnowledgeGraph) -> None:
    assert [s.key for s in real.corpus.statements.values() if s.withdrawn] == []


@pytest.mark.parametrize("name", named_queries())
def test_a_question_explains_itself_in_both_languages_or_needs_no_word(name: str) -> None:
    named = named_queries()[name]
    assert bool(named.explains("zh")) == bool(named.explains("en"))


def test_lines_that_explain_are_joined_with_a_space_in_english_only() -> None:
    text = (
        "# example: ckg query a\n# explains-zh: 甲，\n# explains-zh: 乙。\n# explains-en: one,\n# explains-en: two.\n"
    )
    named = read_query("a.rq", f"{HEADER}{text}SELECT ?b ?a {{}}")
    assert (named.example, named.explains("zh"), named.explains("en")) == ("ckg query a", "甲，乙。", "one, two.")
    assert named.columns == ("b", "a")
