"""What closes a pairing from outside? A later list judged complete that leaves it out; a policy that ends it.

What ends gives the last term the end state ``ended``, what replaces (a list too) ``replaced``. A pairing that some
source shows at work later stays open: a list or a policy that is contradicted by a sighting ends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    for judgement in judgements_of(corpus, "list-complete"):
        pairings = {slug: _left_out(corpus, p, judgement, pairings, dates) for slug, p in pairings.items()}
    for statement in counted_statements(corpus):
        if isinstance(statement, PolicyEffectStatement) and statement.effect in CLOSING_EFFECTS and statement.date:
            day = statement.date.latest
            pairings = {
                slug: _closed(p, day, (statement.key,), CLOSING_EFFECTS[statement.effect])
                if _concerns(corpus, pairings, statement, p)
                else p
                for slug, p in pairings.items()
            }
    return pairings


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


def _concerns(
    corpus: Corpus, pairings: Mapping[str, Pairing], statement: PolicyEffectStatement, pairing: Pairing
) -> bool:
    """Return whether a policy's effect is on this pairing.

    It is where the pairing is named, stands inside a scope that names a side, or belongs to a programme that ends.
    """
    about = statement.about
    subject = subject_of(corpus, pairings, about)
    if subject == ("pairing", pairing.slug):
        return True
    if statement.effect == "ends" and subject[0] == "programme":
        return pairing.programmes == (subject[1],)
    if isinstance(about, Scope) and (about.supporter or about.recipient):
        sides = (about.supporter, pairing.supporter), (about.recipient, pairing.recipient)
        return corpus.programmes[about.programme].family_id == pairing.programme and all(
            named is None or party in named for named, party in sides
        )
    return False


def _left_out(
    corpus: Corpus, pairing: Pairing, judgement: Judgement, pairings: Mapping[str, Pairing], dates: PolicyDates
) -> Pairing:
    listed = [p for p in pairings.values() if set(judgement.about) & set(p.evidence)]
    begins = _list_day(corpus, judgement, dates)
    levels = {_levels(corpus, p) for p in listed if p.programme == pairing.programme}
    if begins is None or pairing in listed or _levels(corpus, pairing) not in levels:
        return pairing
    return _closed(pairing, begins, judgement.about)


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
