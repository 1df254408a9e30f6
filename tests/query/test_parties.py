"""Which parties a statement names, and that a hidden place is told of wherever it stands."""

from __future__ import annotations

import pytest

from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.caveats import Caveats
from cooperation_kg.query.parties import parties_named

CASES = [
    ({"kind": "pairing", "programme": "test-east-west", "supporter": "haizhou", "recipient": ["shanyuan", "hechuan"]}, "haizhou shanyuan hechuan"),
    ({"kind": "participation", "programme": "test-east-west", "place": "linjiang"}, "linjiang"),
    ({"kind": "event", "label": "考察", "about": "haizhou", "places": ["linjiang"]}, "haizhou linjiang"),
    ({"kind": "document", "policy": "1996-report", "by": ["haizhou", "shanyuan"]}, "haizhou shanyuan"),
    ({"kind": "definition", "term": "对口", "text": "文", "about": "test-east-west"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "named"), CASES, ids=lambda case: case["kind"] if isinstance(case, dict) else None)
def test_parties_are_named_in_every_field_that_may_hold_one(
    mini: KnowledgeGraph, fields: dict[str, object], named: str
) -> None:
    statement = STATEMENT_KINDS[str(fields["kind"])].model_validate({"source": "s", "id": "a", **fields})
    assert list(parties_named(mini.corpus, statement)) == named.split()


def test_an_event_in_a_hidden_place_says_so(mini: KnowledgeGraph) -> None:
    event = STATEMENT_KINDS["event"].model_validate(
        {"source": "case-study", "id": "a", "kind": "event", "label": "考察", "places": ["case-study.w-county"]}
    )
    assert "anonymous" in Caveats(mini).of_statement(event)
