"""The example questions: each is answered as expected, alike by two engines, and rests on the statements it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat
from rdflib import Dataset
from typer.testing import CliRunner

from cooperation_kg.cli.app import app
from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.graph.triples.derived import derived_facts
from cooperation_kg.graph.triples.statements import source_facts
from cooperation_kg.query.examples import Example, examples
from cooperation_kg.query.run import run_query

EXAMPLES = list(examples().values())
ASKED = [example for example in EXAMPLES if example.query is not None]
COMMANDS = [example for example in EXAMPLES if example.command is not None]
RESTING = [example for example in ASKED if example.rests_on]
THING = re.compile(r"https://w3id\.org/cooperation-kg/(?:id/)?(.*)")

Row = tuple[str, ...]


def answer(kg: KnowledgeGraph, example: Example) -> list[Row]:
    """Return the rows of an example, cells as they are written in the file."""
    assert example.query is not None
    year = int(example.as_of) if example.as_of and "?year" in example.query else None
    table = run_query(kg, example.query, as_of=year)
    return [tuple(_cell(row[name]) for name in table.columns) for row in table.terms]


def _cell(term: object) -> str:
    value = "" if term is None else term.value if isinstance(term, NamedNode | Literal) else str(term)
    found = THING.fullmatch(value)
    return found[1] if found else value


def faults_of(example: Example, rows: Iterable[Row]) -> list[str]:
    """Return what an answer has that it must not have, and lacks that it must have."""
    got, expected = list(rows), example.expect
    faults: list[str] = []
    if expected.rows is not None:
        width = len(expected.rows[0]) if expected.rows else None
        shown = Counter(row[:width] for row in got)
        wanted = Counter(tuple(row) for row in expected.rows)
        faults += [f"missing {row}" for row in wanted - shown] + [f"unexpected {row}" for row in shown - wanted]
    faults += [f"missing {row}" for row in expected.includes if not any(r[: len(row)] == tuple(row) for r in got)]
    faults += [f"unexpected {row}" for row in expected.excludes if any(r[: len(row)] == tuple(row) for r in got)]
    if expected.count and expected.count.exactly is not None and len(got) != expected.count.exactly:
        faults.append(f"{len(got)} rows, not {expected.count.exactly}")
    if expected.count and expected.count.at_least is not None and len(got) < expected.count.at_least:
        faults.append(f"{len(got)} rows, fewer than {expected.count.at_least}")
    return faults


def test_there_are_eighty_questions_of_four_kinds_of_users() -> None:
    assert len(EXAMPLES) >= 80
    assert min(Counter(example.asked_by for example in EXAMPLES).values()) >= 12
    assert len({example.asked_by for example in EXAMPLES}) == 4


def test_forty_answers_were_written_from_named_rows_of_the_notes() -> None:
    assert len(RESTING) >= 40


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_question_expects_something_and_is_asked_in_both_languages(example: Example) -> None:
    expected = example.expect
    assert expected.rows is not None or expected.includes or expected.excludes or expected.count or expected.prints
    assert example.question.en


@pytest.mark.parametrize("example", ASKED, ids=lambda example: example.id)
def test_a_question_is_answered_as_expected(real: KnowledgeGraph, example: Example) -> None:
    assert faults_of(example, answer(real, example)) == []


@pytest.mark.parametrize("example", COMMANDS, ids=lambda example: example.id)
def test_a_command_prints_what_is_expected(
    example: Example, shipped_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # the facts are read once for all examples
    monkeypatch.setattr("cooperation_kg.curate.corpus.load_corpus", lambda *_: shipped_corpus)
    done = CliRunner().invoke(app, list(example.arguments), env={"CKG_LANG": "en"})
    assert done.exit_code == 0, done.output
    assert [text for text in example.expect.prints if text not in done.output] == []


@pytest.mark.parametrize("example", RESTING, ids=lambda example: example.id)
def test_the_statements_it_rests_on_were_entered_from_the_rows_it_names(corpus: Corpus, example: Example) -> None:
    entered = {key for row in example.rows_of for key in corpus.coverage[row].statements}
    assert set(example.rests_on) <= entered


@pytest.mark.parametrize("example", RESTING, ids=lambda example: example.id)
def test_without_the_statements_it_rests_on_the_answer_is_another(real: KnowledgeGraph, example: Example) -> None:
    assert faults_of(example, answer(graph_without(real, example.rests_on), example))


@pytest.mark.parametrize("example", ASKED, ids=lambda example: example.id)
def test_rdflib_gives_the_same_rows(real: KnowledgeGraph, plain: Dataset, example: Example) -> None:
    assert example.query is not None
    sparql = example.query if example.as_of is None else re.sub(r"[?$]year\b", example.as_of, example.query)
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in plain.query(sparql)]
    assert sorted(tuple((THING.fullmatch(cell) or [cell, cell])[1] for cell in row) for row in rows) == sorted(
        answer(real, example)
    )


def graph_without(real: KnowledgeGraph, keys: Iterable[str]) -> KnowledgeGraph:
    """Return the graph as if these statements had been withdrawn; of its facts only those that can change are made."""
    kg = build_graph(without(real.corpus, keys))
    if kg.derived.pairings.keys() == real.derived.pairings.keys():
        sources = {real.corpus.statements[key].source for key in keys}
        changed = {kg.iris.graph_term("derived"), *(kg.iris.graph_term(f"source/{source}") for source in sources)}
        own = (source_facts(kg.corpus, kg.derived, kg.corpus.sources[source]) for source in sources)
        kept = (fact for fact in real.facts if fact[0] not in changed)
        vars(kg)["facts"] = (*kept, *chain.from_iterable(own), *derived_facts(kg.corpus, kg.derived))
    return kg


def test_a_graph_without_statements_is_the_same_however_it_is_made(real: KnowledgeGraph) -> None:
    keys = ("nmrb-2021.s001", "bjrb-2020.s009")
    assert set(graph_without(real, keys).facts) == set(build_graph(without(real.corpus, keys)).facts)


def without(corpus: Corpus, keys: Iterable[str]) -> Corpus:
    """Return the corpus as if these statements had been withdrawn."""
    gone = {key: corpus.statements[key].model_copy(update={"withdrawn": "试撤"}) for key in keys}
    return replace(corpus, statements={**corpus.statements, **gone})


@pytest.fixture
def corpus(shipped_corpus: Corpus) -> Corpus:
    return shipped_corpus


@pytest.fixture(scope="session")
def plain(real: KnowledgeGraph) -> Dataset:
    """The same quads in an rdflib store of its own."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=real.store.dump(format=RdfFormat.N_QUADS) or b"", format="nquads")
    for prefix, space in real.iris.prefixes.items():
        dataset.bind(prefix, space, replace=True)
    return dataset
