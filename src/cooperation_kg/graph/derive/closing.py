"""What closes a pairing from outside? A later list judged complete that leaves it out; a policy that ends it.

What ends gives the last term the end state ``ended``, what replaces (a list too) ``replaced``. A pairing that some
source shows at work later stays open: a list or a policy that is contradicted by a sighting ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.statements import PairingStatement, PolicyEffectStatement, Scope
from cooperation_kg.graph.derive.results import Evidence, Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.terms import years_of
from cooperation_kg.graph.derive.weighing import counted_statements, judgements_of

CLOSING_EFFECTS = {"ends": "ended", "replaces": "replaced"}

PolicyDates = Mapping[str, tuple[When, ...]]


def close_pairings(corpus: Corpus, pairings: Mapping[str, Pairing], dates: PolicyDates) -> Mapping[str, Pairing]:
    """Return the pairings with the last terms closed that lists and policies close.

    Parameters
    ----------
    dates: the dates of the policies, see ``terms.policy_dates``.
    """
    closed = dict(pairings)
    for judgement in judgements_of(corpus, "list-complete"):
        closed |= {pairing.slug: pairing for pairing in _left_out(corpus, judgement, closed, dates)}
    for statement in counted_statements(corpus):
        if isinstance(statement, PolicyEffectStatement) and statement.effect in CLOSING_EFFECTS and statement.date:
            state = CLOSING_EFFECTS[statement.effect]
            closed |= {
                pairing.slug: _closed(pairing, statement.date.latest, (statement.key,), state)
                for pairing in _concerned(corpus, closed, statement)
            }
    return closed


def _closed(pairing: Pairing, day: date, evidence: Evidence = (), end_state: str = "replaced") -> Pairing:
    """Return the pairing with its last term ending on ``day`` at the latest, unless a source shows it later."""
    if not pairing.terms:
        return pairing
    last = pairing.terms[-1]
    shown = last.certain_to or last.possible_from
    if last.end_state == "ended" or shown >= day or last.possible_to < day:
        return pairing
    closed = replace(last, end_state=end_state, possible_to=day, evidence=(*last.evidence, *evidence))
    terms = (*pairing.terms[:-1], closed)
    certain = years_of(terms, "certain_from", "certain_to")
    possible = years_of(terms, "possible_from", "possible_to") - certain
    return replace(pairing, terms=terms, possibly_in=tuple(sorted(possible)))


def _concerned(corpus: Corpus, pairings: Mapping[str, Pairing], statement: PolicyEffectStatement) -> list[Pairing]:
    """Return the pairings on which a policy has its effect.

    These are the pairing it names, those inside a scope that names a side, or those of a programme that ends.
    """
    about = statement.about
    kind, identifier = subject_of(corpus, pairings, about)
    if kind == "pairing":
        return [pairings[identifier]]
    if kind == "programme":
        ends = statement.effect == "ends"
        return [p for p in pairings.values() if ends and p.programmes == (identifier,)]
    if not isinstance(about, Scope):
        return []
    family = corpus.programmes[about.programme].family_id
    return [
        p
        for p in pairings.values()
        if p.programme == family
        and (about.supporter is None or p.supporter in about.supporter)
        and (about.recipient is None or p.recipient in about.recipient)
    ]


def _left_out(
    corpus: Corpus, judgement: Judgement, pairings: Mapping[str, Pairing], dates: PolicyDates
) -> Iterator[Pairing]:
    """Yield, closed, the pairings that a complete list of their programme and levels leaves out."""
    begins = _list_day(corpus, judgement, dates)
    if begins is None:
        return
    lines = set(judgement.about)
    listed = {slug for slug, p in pairings.items() if not lines.isdisjoint(p.evidence)}
    levels = {(pairings[slug].programme, _levels(corpus, pairings[slug])) for slug in listed}
    for slug, pairing in pairings.items():
        if slug not in listed and (pairing.programme, _levels(corpus, pairing)) in levels:
            yield _closed(pairing, begins, judgement.about)


def _list_day(corpus: Corpus, judgement: Judgement, dates: PolicyDates) -> date | None:
    days: list[date] = []
    for key in judgement.about:
        statement = corpus.statements[key]
        if isinstance(statement, PairingStatement):
            days += [when.latest for when in (statement.since, statement.as_of) if when][:1]
            days += [when.latest for when in dates.get(statement.basis or "", ())]
    return min(days, default=None)


def _levels(corpus: Corpus, pairing: Pairing) -> tuple[str, ...]:
    return tuple(sorted(_level(corpus, party) for party in pairing.parties))


def _level(corpus: Corpus, party: str) -> str:
    found = corpus.find(("place",), party)
    return corpus.place(party).level if found else "organisation"
