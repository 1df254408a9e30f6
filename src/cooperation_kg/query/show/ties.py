"""How are pairings shown: their terms, their rows among others, what they are as of a time?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from cooperation_kg.curate.dates import display, parse_when
from cooperation_kg.graph.asof import STATUSES, AsOf, parse_as_of, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.show.missing import first_sighting
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Said, Thing, part


def day(value: date | None) -> Cell:
    """Return a day as a cell, ISO 8601."""
    return value.isoformat() if value else None


def terms_part(pairing: Pairing) -> Part:
    """Return the terms of a pairing with their four dates, basis and states."""
    return part(
        "terms",
        "number possible_from certain_from certain_to possible_to start end basis statements",
        (_term(term) for term in pairing.terms),
    )


def _term(term: Term) -> tuple[Cell, ...]:
    return (
        term.number,
        day(term.possible_from),
        day(term.certain_from),
        day(term.certain_to),
        day(term.possible_to),
        Concept("start-state", term.start_state),
        Concept("end-state", term.end_state),
        Thing("policy", term.basis) if term.basis else None,
        Cites(term.evidence),
    )


def asked_or_last(kg: KnowledgeGraph, as_of: AsOf | None) -> AsOf:
    """Return the time asked about, or else the last year that the data cover."""
    return as_of or parse_as_of(kg.corpus.dataset.horizon)


def status_words(status: str, as_of: AsOf) -> Said:
    """Return a status as of a time as a line."""
    said = status_cell(status)
    plain = {"as_of": as_of.text, "status": status}
    return Said(f"{as_of.words('zh')}：{said.zh}", f"{as_of.words('en')}: {said.en}", plain)


def status_cell(status: str) -> Said:
    """Return a status in words; absent is no concept of the graph, which says only what there is."""
    if status == "absent":
        return Said("不存续", "absent", "absent")
    label = load_ontology().concepts["status"][status]
    return Said(label.zh, label.en, status)


def pairings_part(
    kg: KnowledgeGraph, code: str, pairings: Iterable[Pairing], as_of: AsOf, seen_from: str | None = None
) -> Part:
    """Return pairings by programme.

    Parameters
    ----------
    seen_from: a party; its partner and its own role are given in place of both sides.
    """
    rows = sorted((_pairing_row(kg, p, as_of, seen_from) for p in pairings), key=lambda row: str(row[:2]))
    columns = "programme role partner pairing since until status confirmed statements"
    return part(code, columns, rows, repeated="programme role")


def _pairing_row(kg: KnowledgeGraph, pairing: Pairing, as_of: AsOf, seen_from: str | None) -> tuple[Cell, ...]:
    partner: Cell = None
    role: Cell = None
    if seen_from is not None:
        other = next((party for party in pairing.parties if party != seen_from), seen_from)
        partner = party_thing(kg, other)
        role = ROLES["supporter" if pairing.supporter == seen_from else "recipient" if pairing.directed else "party"]
    return (
        Thing("programme", pairing.programme),
        role,
        partner,
        Thing("pairing", pairing.slug)
        if seen_from is None
        else Said(pairing.slug, pairing.slug, f"pairing/{pairing.slug}"),
        _since(kg, pairing),
        _until(pairing),
        status_cell(status_of(pairing, as_of)),
        day(pairing.last_confirmed),
        Cites(pairing.evidence),
    )


ROLES = {
    "supporter": Said("帮扶", "supporter", "supporter"),
    "recipient": Said("受援", "recipient", "recipient"),
    "party": Said("合作（无方向）", "party (no direction stated)", "party"),
}


def _since(kg: KnowledgeGraph, pairing: Pairing) -> Cell:
    if not pairing.terms:
        return None
    term = pairing.terms[0]
    if term.start_state == "first-seen":  # seen is not begun
        first = first_sighting(kg, term)
        return Said(f"最早见于{display(first, 'zh')}", f"first seen {display(first, 'en')}", {"first-seen": first.text})
    return between(term.possible_from, term.certain_from or term.possible_from)


def between(first: date, last: date) -> str:
    """Return one time that may be any day from the first to the last: 1994, 1994-07, else both days.

    >>> between(date(1994, 1, 1), date(1994, 12, 31)), between(date(1994, 1, 1), date(1998, 12, 31))
    ('1994', '1994-01-01..1998-12-31')
    """
    for text in (str(first.year), first.strftime("%Y-%m"), first.isoformat()):
        when = parse_when(text)
        if (when.earliest, when.latest) == (first, last):
            return text
    return f"{first}..{last}"


def _until(pairing: Pairing) -> Cell:
    if not pairing.terms:
        return None
    term = pairing.terms[-1]
    return Concept("end-state", term.end_state) if term.end_state == "last-confirmed" else day(term.possible_to)


def party_thing(kg: KnowledgeGraph, reference: str) -> Thing:
    """Return a party as a thing: a place, an anonymous place or an organisation."""
    kind = "organisation" if reference in kg.corpus.registers["organisation"] else "place"
    return Thing(kind, reference)


def tally_part(pairings: Sequence[Pairing], asked: AsOf) -> Part:
    """Return how many pairings have which status as of a time."""
    counted = Counter(status_of(pairing, asked) for pairing in pairings)
    found = [(status_cell(s), counted[s]) for s in STATUSES if s in counted]
    zh = "，".join(f"{said.zh} {n}" for said, n in found) or "没有"
    en = ", ".join(f"{said.en} {n}" for said, n in found) or "none"
    plain = {"as_of": asked.text, "pairings": {said.plain: n for said, n in found}}
    return Part(
        "status", lines=(Said(f"{asked.words('zh')}的结对：{zh}", f"Pairings {asked.words('en')}: {en}", plain),)
    )
