"""How are pairings shown: their terms, their rows among others, what they are as of a time?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

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
    columns = "programme role partner pairing since until status confirmed basis statements"
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
        tuple(Thing("policy", basis) for basis in dict.fromkeys(t.basis for t in pairing.terms if t.basis)),
        Cites(pairing.evidence),
    )


ROLES = {
    "supporter": Said("帮扶", "supporter", "supporter"),
    "recipient": Said("受援", "recipient", "recipient"),
    "party": Said("合作（无方向）", "party (no direction stated)", "party"),
}


def _since(kg: KnowledgeGraph, pairing: Pairing) -> Cell:
    """Return the start as sources state it, no more precisely; the date of the basis and a first sighting say so."""
    if not pairing.terms:
        return None
    term, _, times = kg.first_term(pairing)
    starts = times.starts or times.basis
    earliest = min((first for first, _ in starts), default=date.max)
    if term.possible_from < earliest:  # seen is not begun
        first = first_sighting(kg, term)
        return Said(f"最早见于{display(first, 'zh')}", f"first seen {display(first, 'en')}", {"first-seen": first.text})
    stated = between(earliest, max(last for _, last in starts))
    zh, en = (in_words(stated, lang) for lang in ("zh", "en"))
    if times.starts:
        return Said(zh, en, stated)
    return Said(f"{zh}（政策日期）", f"{en} (date of the policy)", {"from-basis": stated})


def in_words(stated: str, lang: str) -> str:
    """Return what ``between`` gives in words.

    >>> in_words("1994..1998", "zh"), in_words("1994-07", "en")
    ('1994年至1998年间某时', 'July 1994')
    """
    return display(parse_when(f"[{stated}]" if ".." in stated else stated), lang)


def between(first: date, last: date) -> str:
    """Return one time that may be any day from the first to the last: 1994, 1994-07, 1994..1998, else both days.

    >>> between(date(1994, 1, 1), date(1994, 12, 31)), between(date(1994, 1, 1), date(1998, 12, 31))
    ('1994', '1994..1998')
    >>> between(date(1994, 7, 1), date(1994, 7, 31)), between(date(1994, 7, 6), date(1994, 8, 31))
    ('1994-07', '1994-07-06..1994-08-31')
    """
    for text in (str(first.year), first.strftime("%Y-%m"), first.isoformat()):
        when = parse_when(text)
        if (when.earliest, when.latest) == (first, last):
            return text
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return f"{first.year}..{last.year}" if whole_years else f"{first}..{last}"


def _until(pairing: Pairing) -> Cell:
    """Return how it ends, and the last day that the end can be where it ends."""
    if not pairing.terms:
        return None
    term = pairing.terms[-1]
    label = load_ontology().concepts["end-state"][term.end_state]
    if term.end_state == "last-confirmed":
        return Concept("end-state", term.end_state)
    last = term.possible_to.isoformat()
    zh, en = (in_words(at_the_latest(term.possible_to), lang) for lang in ("zh", "en"))
    return Said(f"{label.zh}（至迟{zh}）", f"{label.en} (by {en})", {"end": term.end_state, "by": last})


def at_the_latest(day: date) -> str:
    """Return the last day of a time no more sharply than it can be meant: the end of a year is that year.

    >>> at_the_latest(date(2035, 12, 31)), at_the_latest(date(2016, 6, 30)), at_the_latest(date(2016, 6, 3))
    ('2035', '2016-06', '2016-06-03')
    """
    if (day.month, day.day) == (12, 31):
        return str(day.year)
    return day.strftime("%Y-%m") if (day + timedelta(days=1)).day == 1 else day.isoformat()


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
