"""The W3C's SPARQL 1.1 query tests through what ``ckg serve`` answers with, as a ratchet."""

from __future__ import annotations

from collections import Counter

import pytest
from expected import FAILURES, PER_CATEGORY
from w3c import CATEGORIES, FOLDER, Case, cases, passes


@pytest.fixture(scope="module")
def outcome() -> dict[str, bool]:
    """Whether each test passes."""
    if not FOLDER.is_dir():
        pytest.skip("the W3C's tests are not there; run scripts/fetch_w3c_tests.py")
    return {case.id: _passes(case) for case in cases()}


def _passes(case: Case) -> bool:
    try:
        return passes(case)
    except FileNotFoundError:
        return False


def test_every_category_is_there_in_full(outcome: dict[str, bool]) -> None:
    assert Counter(name.partition("/")[0] for name in outcome) == PER_CATEGORY
    assert set(PER_CATEGORY) == set(CATEGORIES)


def test_no_test_fails_that_is_not_expected_to(outcome: dict[str, bool]) -> None:
    assert sorted(name for name, passed in outcome.items() if not passed and name not in FAILURES) == []


def test_no_test_passes_that_is_expected_to_fail(outcome: dict[str, bool]) -> None:
    assert sorted(name for name in FAILURES if outcome.get(name, True)) == []
