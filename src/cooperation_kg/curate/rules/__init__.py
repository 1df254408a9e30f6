"""Do the records hold together? Every rule over the whole corpus, in one table.

Records are checked one by one while they are read; these rules need all of them. Each is a small function
that yields faults with a stable code (``codes.py`` lists them), at the line of the value, in both languages.
A record that was left out for a fault of its own causes no further faults: what refers to it is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.rules import (
    chains,
    coverage,
    figures,
    names,
    place_history,
    places,
    references,
    sources,
    stories,
    times,
)
from cooperation_kg.curate.rules.world import World
from cooperation_kg.errors import Issue
from cooperation_kg.ontology import Ontology, load_ontology


class Rule(NamedTuple):
    """One check: the codes it may raise, the function, and whether it can speak only once all was read."""

    codes: tuple[str, ...]
    find: Callable[[World], Iterator[Issue]]
    needs_all: bool = False


RULES: tuple[Rule, ...] = (
    Rule(("E201", "E202"), references.check_things),
    Rule(("E203",), references.check_concepts),
    Rule(("E206",), references.check_siblings),
    Rule(("E301",), sources.check_read_sources),
    Rule(("E302",), sources.check_orphans),
    Rule(("E303",), coverage.check_named_pairings, needs_all=True),
    Rule(("E304",), places.check_self_pairs),
    Rule(("E305",), places.check_codes),
    Rule(("E306",), figures.check_units),
    Rule(("E307",), chains.check_cycles),
    Rule(("E308",), names.check_pairing_names),
    Rule(("E309",), references.check_judged),
    Rule(("E311",), sources.check_unread_sources),
    Rule(("E315",), sources.check_locators),
    Rule(("E312",), chains.check_families),
    Rule(("E313",), place_history.check_overlaps),
    Rule(("E105", "E201", "E309", "E324", "E325", "E326"), stories.check_stories),
    Rule(("E314",), place_history.check_undated_names),
    Rule(("W401",), coverage.check_county_pairs, needs_all=True),
    Rule(("W402",), coverage.check_unused, needs_all=True),
    Rule(("W403",), figures.check_parts),
    Rule(("W404",), times.check_future),
    Rule(("W405",), coverage.check_counted_pairings, needs_all=True),
    Rule(("W406",), names.check_names),
    Rule(("W408",), place_history.check_ended_places),
)


def check(corpus: Corpus, ontology: Ontology | None = None) -> list[Issue]:
    """Return every fault of the corpus, in order of file, line and column.

    Parameters
    ----------
    corpus: the records that could be read; see ``read_corpus``.
    ontology: the concepts to look notations up in; the shipped ones where None.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> [issue for issue in check(load_corpus()) if issue.severity == "error"]
    []
    """
    world = World(corpus, ontology or load_ontology())
    found = (rule.find(world) for rule in RULES if world.is_whole or not rule.needs_all)
    return sorted(issue for issues in found for issue in issues)
