"""Tables that are made once for a graph find what a search through the whole record finds, and never another's."""

from __future__ import annotations

import gc
import itertools
import weakref
from dataclasses import replace
from typing import Any

import pytest

from cooperation_kg.graph.asof import parse_as_of, tells_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.query.conflicts import CLASSES, conflicts
from cooperation_kg.query.explain import explain
from cooperation_kg.query.kept import kept
from cooperation_kg.query.lookup import find_things
from cooperation_kg.query.names import all_names, fold
from cooperation_kg.query.report import report
from cooperation_kg.query.show import show
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.tables import cell_of, counted_figures, numbers_of_statements, pairings_resting_on
from cooperation_kg.query.totals import total
from cooperation_kg.query.totals.candidates import Asked, _role, figures_by_measure
from cooperation_kg.query.totals.figures import Subject
from cooperation_kg.query.totals.subjects import Subjects

TIMES = ("2018", "2021-06")


def test_a_table_is_made_once_for_a_graph(mini: KnowledgeGraph) -> None:
    numbers = itertools.count()
    table = kept(lambda _: next(numbers))
    assert [table(mini), table(mini), next(numbers)] == [0, 0, 1]


def test_two_graphs_have_two_tables(mini: KnowledgeGraph) -> None:
    table = kept(lambda kg: kg.corpus.dataset.horizon)
    later = KnowledgeGraph(
        replace(mini.corpus, dataset=mini.corpus.dataset.model_copy(update={"horizon": "1999"})), mini.derived
    )
    assert (table(mini), table(later)) == (mini.corpus.dataset.horizon, "1999")


def test_tables_do_not_go_with_a_graph_that_is_made_of_another(mini: KnowledgeGraph) -> None:
    assert cell_of(mini)
    narrowed = as_of_view(mini, parse_as_of("2018"))
    assert set(cell_of(narrowed)) == {key for cell in narrowed.derived.cells.values() for key in cell.evidence}


def _things(kg: KnowledgeGraph, step: int) -> list[Subject]:
    """Return every so-many-th thing that a total can be asked of, every kind among them."""
    spoken = sorted({subject for _, subject in counted_figures(kg)})
    places, pairings = ([(kind, key) for key in held] for kind, held in _held(kg))
    programmes = [("programme", key) for key in kg.corpus.programmes]
    return [*spoken[::step], *places[::step], *pairings[::step], *programmes[:: max(1, step // 10)]]


def _held(kg: KnowledgeGraph) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return ("place", (*kg.corpus.places, *kg.corpus.anonymous)), ("pairing", kg.derived.pairings)


def _by_search(kg: KnowledgeGraph, asked: Subject) -> dict[str, list[tuple[str, str]]]:
    """Return the figures of a thing, by a look at every figure that counts."""
    subjects, found = Subjects(kg), dict[str, list[tuple[str, str]]]()
    for figure, subject in counted_figures(kg):
        role = _role(kg, asked, subject, figure, subjects)
        if role is not None:
            found.setdefault(figure.measure, []).append((figure.key, role))
    return found


def _by_table(kg: KnowledgeGraph, asked: Subject) -> dict[str, list[tuple[str, str]]]:
    found = figures_by_measure(kg, Asked(asked), Subjects(kg))
    return {measure: [(figure.key, figure.role) for figure in figures] for measure, figures in found.items()}


def test_a_total_passes_over_no_figure_of_the_small_world(mini: KnowledgeGraph) -> None:
    things = _things(mini, 1)
    assert {thing: _by_table(mini, thing) for thing in things} == {thing: _by_search(mini, thing) for thing in things}
    assert {kind for kind, _ in things if _by_table(mini, (kind, _))} >= {"pairing", "place", "programme", "scope"}


def test_a_total_passes_over_no_figure_of_the_shipped_facts(real: KnowledgeGraph) -> None:
    things = _things(real, 25)
    assert {thing: _by_table(real, thing) for thing in things} == {thing: _by_search(real, thing) for thing in things}


def test_names_are_found_as_by_a_search_through_all_names(real: KnowledgeGraph) -> None:
    texts = sorted({own for row in all_names(real)[::40] for own in row[3]})
    for text in texts:
        named = [(kind, key, name) for kind, key, name, names in all_names(real) if fold(text) in names]
        assert find_things(real, text) == named


@pytest.mark.parametrize("time", TIMES)
def test_mentions_of_a_time_are_those_of_all_times_that_tell_of_it(real: KnowledgeGraph, time: str) -> None:
    as_of = parse_as_of(time)
    made = {key for pairing in real.derived.pairings.values() for key in pairing.evidence}
    always, then = Mentions(real), Mentions(real, as_of)
    for place in list(real.corpus.places)[::30]:
        every = always.naming("place", place)
        assert then.naming("place", place) == [s for s in every if s.key in made or tells_of(s, as_of)]
    assert len(then.standing) < len(always.standing)


def test_the_pairings_that_rest_on_a_statement_are_those_that_name_it(mini: KnowledgeGraph) -> None:
    for key in mini.corpus.statements:
        resting = tuple(
            pairing
            for pairing in mini.derived.pairings.values()
            if key in pairing.evidence or any(key in term.evidence for term in pairing.terms)
        )
        assert pairings_resting_on(mini).get(key, ()) == resting


def test_statements_are_numbered_in_the_order_of_the_corpus(mini: KnowledgeGraph) -> None:
    numbers = numbers_of_statements(mini)
    assert sorted(numbers, key=numbers.__getitem__) == list(mini.corpus.statements)


def _answers(kg: KnowledgeGraph) -> dict[str, Any]:
    times = (None, *(parse_as_of(time) for time in TIMES))
    return {
        f"{time}": [
            conflicts(kg, classes=tuple(CLASSES), as_of=time).as_json(),
            report(kg, as_of=time).as_json(),
            total(kg, "海山", as_of=time).as_json(),
            show(kg, "海山", time).as_json(),
            explain(kg, "海山", None, time).as_json(),
        ]
        for time in times
    }


def test_a_graph_that_was_asked_before_answers_as_a_new_one_does(mini: KnowledgeGraph) -> None:
    asked_before = build_graph(mini.corpus)
    first = _answers(asked_before)
    assert _answers(asked_before) == first
    one_by_one = {time: _answers(build_graph(mini.corpus))[time] for time in reversed(first)}
    assert one_by_one == first


def test_a_graph_that_was_asked_is_gone_with_its_last_holder(mini: KnowledgeGraph) -> None:
    kg = build_graph(mini.corpus)
    seen = weakref.ref(kg)
    _answers(kg)
    gc.collect()  # of what answers leave behind, not of the graph, which they must not hold
    gc.disable()
    try:
        del kg
        assert seen() is None
    finally:
        gc.enable()
