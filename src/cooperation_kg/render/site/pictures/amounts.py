"""Which amounts may be drawn side by side for a time? What sources state whole, or what ``ckg total`` admits as a sum.

A picture of flows is for one measure at one stage and one time. For each pairing (or several spoken of together) it
takes the one amount that is stated for exactly that time, or the sum of amounts that fill it without a gap and that
``ckg total`` lets add. Everything else is kept with its reason: two sayings, a part only, a longer time. What lies
inside something drawn, or cannot be shown apart from it, is not drawn beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cooperation_kg.graph.derive.results import Pairing, ScopeNode
from cooperation_kg.query.totals.candidates import Asked, sort_figures
from cooperation_kg.query.totals.choices import weigh
from cooperation_kg.query.totals.figures import Figure, Span, Subject, are_whole_years, figure_of, figures_of
from cooperation_kg.query.totals.reasons import Reason
from cooperation_kg.query.totals.subjects import APART, CONTAINS, INSIDE, OTHER_PROGRAMME, Subjects
from cooperation_kg.query.totals.sums import Added, add, lowest
from cooperation_kg.query.totals.verdicts import why_not
from cooperation_kg.render.site.context import Site

YUAN = "元"
MEASURES = (
    "fiscal-aid",
    "grant-aid",
    "social-aid",
    "fiscal-and-social-aid",
    "industry-aid",
    "project-funds",
    "donations-in-kind",
    "consumption-sales",
    "enterprise-investment",
    "investment-arrived",
    "investment-agreed",
)
"""Measures of money that goes from a supporter to a recipient, in the order in which they are offered."""
PART, LONGER, SHORTER = "part-only", "longer-time", "shorter-time"
"""Why an amount is not drawn, beside the reasons of ``ckg total``: it is of a part of what is paired; of a longer time,
to which it is not clipped; of a part of the time."""
Sides = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Flow:
    """An amount that is drawn: of what, between whom, how much, and the figures it rests on (several: their sum)."""

    subject: Subject
    programme: str
    sides: Sides
    added: Added
    figures: tuple[Figure, ...]

    @property
    def value(self) -> float:
        """The amount in yuan that a band may be as wide as: of a bound or a range the lower end."""
        quantity = self.added.quantity
        return float(lowest(quantity)) if quantity is not None else 0.0


@dataclass(frozen=True)
class Held:
    """What is not drawn: a reason of ``ckg total``, or one of the three of this module."""

    subject: Subject
    figures: tuple[Figure, ...]
    reason: Reason | str

    @property
    def code(self) -> str:
        """The stable code of the reason."""
        return self.reason if isinstance(self.reason, str) else self.reason.code


@dataclass(frozen=True)
class Choice:
    """One picture: measure, stage and time, what is drawn, and what is held back."""

    measure: str
    stage: str
    span: Span
    flows: tuple[Flow, ...]
    held: tuple[Held, ...]

    @property
    def key(self) -> str:
        """What stands for it in an address: ``fiscal-aid~reported~2016/2020``."""
        length = 4 if are_whole_years(self.span) else 10
        return "~".join((self.measure, self.stage, "/".join(dict.fromkeys(d.isoformat()[:length] for d in self.span))))


@lru_cache(maxsize=4)
def choices(site: Site) -> tuple[Choice, ...]:
    """Return every picture in which at least one amount can be drawn: by measure, stage, single years, longer times."""
    subjects = Subjects(site.kg)
    found: list[Choice] = []
    for (measure, stage), by_subject in _sorted_figures(site).items():
        for span in _spans(by_subject):
            choice = _choice(site, (measure, stage), span, by_subject, subjects)
            found += [choice] if choice.flows else []
    return tuple(sorted(found, key=lambda c: (MEASURES.index(c.measure), c.stage != "reported", c.stage, *_time(c))))


def _time(choice: Choice) -> tuple[bool, date, date]:
    first, last = choice.span
    return first.year != last.year, first, last


def sides_of(site: Site, subject: Subject) -> tuple[str, Sides] | None:
    """Return the programme and the two sides of a pairing or scope; None where no direction is stated."""
    kind, identifier = subject
    thing: Pairing | ScopeNode
    if kind == "pairing":
        thing = site.kg.derived.pairings[identifier]
        if thing.supporter is None or thing.recipient is None:
            return None
        return thing.programme, ((thing.supporter,), (thing.recipient,))
    thing = site.kg.derived.scopes[identifier]
    if not thing.supporters and not thing.recipients:
        return None
    return site.corpus.programmes[thing.programme].family_id, (thing.supporters, thing.recipients)


BySubject = Mapping[Subject, tuple[Figure, ...]]


def _sorted_figures(site: Site) -> Mapping[tuple[str, str], BySubject]:
    """Return flows of money by measure and stage, then by subject: what counts, said once, without what is replaced."""
    held: dict[tuple[str, Subject], list[Figure]] = defaultdict(list)
    for statement, subject in figures_of(site.kg):
        if statement.measure in MEASURES and statement.quantity.unit == YUAN and subject[0] in ("pairing", "scope"):
            held[statement.measure, subject].append(figure_of(site.kg, statement, subject))
    found: dict[tuple[str, str], dict[Subject, tuple[Figure, ...]]] = defaultdict(dict)
    for (measure, subject), figures in sorted(held.items()):
        known = sort_figures(site.kg, Asked(subject), figures).candidates
        for stage in sorted({figure.stage for figure in known}):
            flows = tuple(f for f in known if f.stage == stage and f.nature != "stock" and f.quantity.ratio is None)
            if flows and sides_of(site, subject):
                found[measure, stage][subject] = flows
    return found


def _spans(by_subject: BySubject) -> list[Span]:
    """Return the times for which a whole amount is stated, and every year of amounts of each year."""
    spans: set[Span] = set()
    for figure in (f for figures in by_subject.values() for f in figures if _is_whole(f)):
        if figure.nature == "each-year":
            years = range(figure.span[0].year, figure.span[1].year + 1) if are_whole_years(figure.span) else ()
            spans |= {(date(year, 1, 1), date(year, 12, 31)) for year in years}
        else:
            spans.add(figure.span)
    return sorted(spans)


def _is_whole(figure: Figure) -> bool:
    return not figure.is_narrowed and not figure.is_vague_in_time


def _choice(site: Site, kind: tuple[str, str], span: Span, by_subject: BySubject, subjects: Subjects) -> Choice:
    flows: list[Flow] = []
    held: list[Held] = []
    for subject, figures in by_subject.items():
        programme, sides = sides_of(site, subject) or ("", ((), ()))
        taken = _taken(subject, figures, span, subjects)
        if isinstance(taken, Held):
            held.append(taken)
        elif taken:
            flows.append(Flow(subject, programme, sides, add(f.quantity for f in taken), taken))
    drawn, inside = _apart(flows, subjects, span)
    return Choice(*kind, span, tuple(drawn), (*held, *inside))


def _taken(
    subject: Subject, figures: Sequence[Figure], span: Span, subjects: Subjects
) -> tuple[Figure, ...] | Held | None:
    """Return the figures of a subject that make its amount for a time, or why there is none; None: nothing is told."""
    whole = [figure for figure in figures if _is_whole(figure)]
    exact = [figure for figure in whole if _is_of(figure, span)]
    if len(exact) > 1:
        reason = why_not(exact[0], exact[1], subjects)
        return Held(subject, tuple(exact), reason) if reason else tuple(exact[:1])
    if exact:
        return (exact[0],) if add([exact[0].quantity]).quantity else None
    inside = [f for f in whole if f.nature == "flow" and span[0] <= f.span[0] and f.span[1] <= span[1]]
    if len(inside) > 1:
        weighed = weigh(inside, subjects, span)
        if weighed.reasons:
            return Held(subject, tuple(inside), weighed.reasons[0])
        best = weighed.choices[0]
        return Held(subject, tuple(inside), SHORTER) if best.gaps or best.added.quantity is None else tuple(inside)
    return _only_near(subject, figures, inside, span)


def _only_near(subject: Subject, figures: Sequence[Figure], inside: Sequence[Figure], span: Span) -> Held | None:
    parts = tuple(f for f in figures if not _is_whole(f) and f.period is not None and _is_of(f, span))
    longer = tuple(f for f in figures if _is_whole(f) and f.span[0] <= span[0] and span[1] <= f.span[1])
    for found, why in ((tuple(inside), SHORTER), (parts, PART), (longer, LONGER)):
        if found:
            return Held(subject, found, why)
    return None


def _is_of(figure: Figure, span: Span) -> bool:
    """Return whether a figure is of exactly a time: of each year, of every whole year in its period."""
    if figure.nature == "each-year":
        is_year = are_whole_years(span) and span[0].year == span[1].year
        return is_year and are_whole_years(figure.span) and figure.span[0] <= span[0] and span[1] <= figure.span[1]
    return figure.span == span


def _apart(flows: Iterable[Flow], subjects: Subjects, span: Span) -> tuple[list[Flow], list[Held]]:
    """Return what may stand side by side, the wider pairings first, and what may not, with the reason."""
    drawn: list[Flow] = []
    held: list[Held] = []
    for flow in sorted(flows, key=lambda f: (f.subject[0], sum(map(len, f.sides)), -f.value, f.subject[1])):
        met = [(other, subjects.compare(flow.subject, other.subject, span)) for other in drawn]
        met = [(other, relation) for other, relation in met if relation not in (APART, OTHER_PROGRAMME)]
        if flow.subject[0] == "pairing" and all(relation == CONTAINS for _, relation in met):
            for other, _ in met:
                drawn.remove(other)
                held.append(_within(other, flow, INSIDE))
            drawn.append(flow)
        elif met:
            held.append(_within(flow, *met[0]))
        else:
            drawn.append(flow)
    return drawn, held


def _within(flow: Flow, other: Flow, relation: str) -> Held:
    code = "mixed-levels" if relation == INSIDE else "overlapping-subjects"
    return Held(flow.subject, flow.figures, Reason(code, flow.figures[0], other.figures[0]))


def silent(site: Site, choice: Choice) -> Iterator[str]:
    """Yield the pairings of provinces that were in force in the time of a picture, and of which it tells nothing."""
    told = {flow.subject for flow in choice.flows} | {held.subject for held in choice.held}
    families = {flow.programme for flow in choice.flows}
    years = range(choice.span[0].year, choice.span[1].year + 1)
    places = site.corpus.places
    for slug, pairing in site.kg.derived.pairings.items():
        is_of_provinces = all(party in places and places[party].level == "province" for party in pairing.parties)
        in_force = any(year in pairing.in_force_in or year in pairing.possibly_in for year in years)
        if pairing.programme in families and is_of_provinces and in_force and ("pairing", slug) not in told:
            yield slug
