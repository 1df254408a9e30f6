"""Every row of the research notes is accounted for, and what is noted as a disagreement is shown as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.dataset import KnowledgeGraph

ROWS = (Path(__file__).parent / "research_rows.txt").read_text(encoding="utf-8").split()


@pytest.fixture
def corpus(shipped_corpus: Corpus) -> Corpus:
    return shipped_corpus


@pytest.fixture
def kg(real: KnowledgeGraph) -> KnowledgeGraph:
    return real


def test_the_list_of_rows_is_that_of_the_two_notes() -> None:
    assert (sum(row.startswith("EW:") for row in ROWS), sum(row.startswith("CP:") for row in ROWS)) == (599, 460)
    assert len(set(ROWS)) == len(ROWS)


def test_every_row_of_the_notes_is_accounted_for(corpus: Corpus) -> None:
    assert sorted(set(ROWS) - set(corpus.coverage)) == []


def test_no_row_is_accounted_for_that_is_not_in_the_notes_or_our_own_look_ups(corpus: Corpus) -> None:
    others = set(corpus.coverage) - set(ROWS)
    assert {row for row in others if not row.startswith("LK:")} == set()


def test_leads_are_wanted_and_no_facts(corpus: Corpus) -> None:
    leads = [row for row in corpus.coverage.values() if row.id.startswith("EW:H-")]
    assert len(leads) == 18
    assert [row.id for row in leads if not row.wanted] == []


def test_every_disagreement_of_the_notes_has_an_outcome(corpus: Corpus) -> None:
    noted = [row for row in corpus.coverage.values() if row.id.startswith(("EW:F-", "CP:G-"))]
    assert len(noted) == 35
    assert [row.id for row in noted if row.outcome is None] == []


def test_what_is_noted_as_a_disagreement_is_shown_with_both_sides(corpus: Corpus, kg: KnowledgeGraph) -> None:
    shown = [
        {key for _, keys in d.sides for key in keys} for d in kg.derived.disagreements.values() if len(d.sides) > 1
    ]
    noted = [row for row in corpus.coverage.values() if row.outcome == "disagreement"]
    assert len(noted) >= 10
    for row in noted:
        sources = [{key.partition(".")[0] for key in keys & set(row.statements)} for keys in shown]
        assert max(len(found) for found in sources) >= 2, row.id


def test_a_row_is_entered_under_each_source_once(corpus: Corpus) -> None:
    assert [row.id for row in corpus.coverage.values() if len(set(row.statements)) < len(row.statements)] == []
