"""What is a figure in a sum? One statement's number with its subject, time, kind and origin, ready to be weighed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.quantities import Bound, Quantity
from cooperation_kg.curate.quantities.numerals import EXACTLY
from cooperation_kg.curate.rules.figures import SAME_COUNT
from cooperation_kg.curate.statements import FigureStatement, Scope
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.disagreements import are_compatible
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.pairings import DIRECTNESS_ORDER
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.query.kept import kept
from cooperation_kg.query.tables import counted_figures

Subject = tuple[str, str]
Span = tuple[date, date]
"""First and last day, both included."""

GRADES = ("official", "scholarly", "press", "reference", "unattributed", "informal", "")
"""Who published it, the weightiest first; only to rank choices that are otherwise equal."""
AID = frozenset({"fiscal-aid", "grant-aid", "social-aid", "fiscal-and-social-aid", "industry-aid"})
"""Measures that mean money of the supporter for the recipient: naming these as payer and payee says nothing more.

They name one stream of money by different words, so that figures of two of them are easily added by mistake.
"""


PAIR = "对"


@dataclass(frozen=True)
class Figure:
    """A number of one statement as it can enter a sum; ``same`` are the statements that say the same of the same.

    ``role`` tells what its subject is to the thing asked about: own, inside, and for a place as-supporter,
    as-recipient, as-party. ``wholes`` are the statements that this one is part of, the nearest first. ``times`` is
    by how many years an each-year value was multiplied, 1 for all others. ``payer`` and ``payee`` are empty where
    they are the sides that the measure means anyway. ``action`` is the programme that was named, where it is one
    within a family; ``is_unnamed_part`` marks a part of a whole of its own kind, of which nobody says what part.
    """

    key: str
    literal: str
    quantity: Quantity
    subject: Subject
    measure: str
    nature: str
    stage: str
    place: str
    payer: str
    payee: str
    note: str
    period: When | None
    source: str
    origin: str
    wholes: tuple[str, ...]
    rank: tuple[int, int]
    action: str = ""
    is_unnamed_part: bool = False
    role: str = "own"
    same: tuple[str, ...] = ()
    times: int = 1

    @property
    def keys(self) -> tuple[str, ...]:
        """Every statement that says this."""
        return (self.key, *self.same)

    @cached_property
    def unit(self) -> str:
        """The unit, or the first of the counters that count alike: 人 for 名 and 位; a pair (对) is no single thing."""
        if self.quantity.unit == PAIR:
            return PAIR
        return next((min(group) for group in SAME_COUNT if self.quantity.unit in group), self.quantity.unit)

    @cached_property
    def kind(self) -> tuple[str, ...]:
        """What figures have in common that can stand in one group: measure, unit, nature, stage and role."""
        return self.measure, self.unit, self.nature, self.stage, self.role

    @property
    def span(self) -> Span:
        """First and last day of the period; raises ValueError where the source gives no time."""
        if self.period is None:
            raise ValueError(f"{self.key} tells no time")
        return self.period.earliest, self.period.latest

    @property
    def days(self) -> int:
        """How many days the period has; 0 where undated."""
        return (self.span[1] - self.span[0]).days + 1 if self.period else 0

    @property
    def is_vague_in_time(self) -> bool:
        """Whether its period is ``~`` or ``[..]``: nobody can show that it meets no other."""
        return self.period is not None and (self.period.approximate or self.period.is_some_time_within)

    @property
    def is_narrowed(self) -> bool:
        """Whether it counts less than its subject: a part, one place, one payer, or what a note says."""
        return bool(self.wholes or self.place or self.payer or self.payee or self.note)


def figures_of(kg: KnowledgeGraph) -> tuple[tuple[FigureStatement, Subject], ...]:
    """Return every figure that counts, with what it is about."""
    return counted_figures(kg)


def figure_of(kg: KnowledgeGraph, statement: FigureStatement, subject: Subject, role: str = "own") -> Figure:
    """Return a statement as a figure of a sum."""
    source = kg.corpus.sources[statement.source]
    return Figure(
        key=statement.key,
        literal=statement.literal,
        quantity=statement.quantity,
        subject=subject,
        measure=statement.measure,
        nature=statement.nature,
        stage=statement.stage,
        place=statement.place or "",
        payer=_unless_meant(kg, statement, subject, statement.payer, "supporter"),
        payee=_unless_meant(kg, statement, subject, statement.payee, "recipient"),
        note=statement.scope_note.zh if statement.scope_note else "",
        period=statement.period,
        source=statement.source,
        origin=origin_of(kg.corpus, statement),
        wholes=tuple(_wholes(kg.corpus, statement)),
        rank=(DIRECTNESS_ORDER.index(statement.directness), GRADES.index(source.grade or "")),
        action=_action(kg.corpus, statement),
        is_unnamed_part=_is_unnamed_part(kg.corpus, statement),
        role=role,
    )


def _action(corpus: Corpus, statement: FigureStatement) -> str:
    named = statement.about.programme if isinstance(statement.about, Scope) else ""
    return named if named and corpus.programmes[named].family_id != named else ""


def _is_unnamed_part(corpus: Corpus, statement: FigureStatement) -> bool:
    whole = corpus.statements.get(f"{statement.source}.{statement.part_of}")
    if statement.scope_note or not isinstance(whole, FigureStatement):
        return False
    alike = ("measure", "about", "place", "period", "payer", "payee")
    return all(getattr(whole, name) == getattr(statement, name) for name in alike)


def _unless_meant(
    kg: KnowledgeGraph, statement: FigureStatement, subject: Subject, party: str | None, role: str
) -> str:
    """Return a payer or payee, empty where it is the side of the pairing that the measure means anyway."""
    pairing = kg.derived.pairings.get(subject[1]) if subject[0] == "pairing" else None
    is_meant = pairing is not None and statement.measure in AID and getattr(pairing, role) == party
    return "" if party is None or is_meant else party


def _wholes(corpus: Corpus, statement: FigureStatement) -> Iterator[str]:
    """Yield the wholes of a part, the nearest first; a circle (refused by the checks) ends where it closes."""
    seen: set[str] = set()
    step: object = statement
    while isinstance(step, FigureStatement) and step.part_of and (key := f"{step.source}.{step.part_of}") not in seen:
        seen.add(key)
        yield key
        step = corpus.statements.get(key)


def superseded_by(kg: KnowledgeGraph, figures: Collection[Figure]) -> dict[str, str]:
    """Return what replaces what: the key of a figure that another revises, or that a judgement sets aside, → the other.

    A judgement counts only where the figure that it prefers is itself among those given. What repeats a replaced
    figure of the same origin (a reprint) goes with it.
    """
    among = {figure.key: figure for figure in figures}
    found: dict[str, str] = {}
    # what revises a figure may stand under another measure: then it is not among those given
    revisions = _revisions(kg)
    for source in sorted({figure.source for figure in figures}):
        found |= {old: new for old, new in revisions.get(source, ()) if old in among}
    for judgement in judgements_of(kg.corpus, "prefers"):
        if judgement.prefers in among:
            found |= {key: judgement.prefers for key in judgement.about if key in among and key != judgement.prefers}
    for old, new in tuple(found.items()):
        echoes = (f.key for f in figures if old in among and f.key != new and _repeats(f, among[old]))
        found |= {key: new for key in echoes if key not in found}
    return found


@kept
def _revisions(kg: KnowledgeGraph) -> Mapping[str, list[tuple[str, str]]]:
    """Return what each source revises by a figure that counts, as (old, new), in reading order."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for figure, _ in counted_figures(kg):
        if figure.revises:
            found[figure.source].append((f"{figure.source}.{figure.revises}", figure.key))
    return dict(found)


def _repeats(one: Figure, other: Figure) -> bool:
    if one.period is None or other.period is None or one.origin != other.origin or one.source == other.source:
        return False
    return _thing(one) == _thing(other) and are_compatible(one.quantity, other.quantity)


def multiplied_out(figure: Figure) -> Figure:
    """Return an each-year figure over whole years as their total; any other as it is.

    >>> from cooperation_kg.curate.dates import parse_when
    >>> two = parse_when("2016/2017")
    >>> aid = Figure("a.s1", "3元", Quantity(Decimal(3), "元"), ("place", "p"), "m", "each-year", "paid", "", "", "",
    ...     "", two, "a", "source/a", (), (0, 0))
    >>> multiplied_out(aid).quantity.value, multiplied_out(aid).times
    (Decimal('6'), 2)
    """
    if figure.nature != "each-year" or figure.period is None or figure.is_vague_in_time:
        return figure
    if figure.quantity.ratio is not None or not are_whole_years(figure.span):
        return figure
    years = figure.period.latest.year - figure.period.earliest.year + 1
    old = figure.quantity
    value, low, high = (
        None if end is None else EXACTLY.multiply(end, Decimal(years)) for end in (old.value, old.minimum, old.maximum)
    )
    quantity = replace(old, value=value, minimum=low, maximum=high)
    return replace(figure, quantity=quantity, nature="flow", times=years)


def are_whole_years(span: Span) -> bool:
    """Return whether a span begins on 1 January and ends on 31 December."""
    first, last = span
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def say_the_same_once(kg: KnowledgeGraph, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures with those that say the same of the same thing and time made one.

    Two sayings are one where subject, measure, nature, stage, counted place and days agree and their values are
    compatible (13.43亿元 and 13亿多元); the more exact then stands for both. Two notes of what is covered must be the
    same, unless two documents print the very same number. A judgement ``different-scope`` keeps figures apart.
    """
    apart = [set(judgement.about) for judgement in judgements_of(kg.corpus, "different-scope")]
    kept: list[Figure] = []
    # only those of one thing and time can say the same: their places in ``kept``
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: (f.quantity.bound is not Bound.EXACT, f.rank, f.key)):
        places = alike[_thing(figure)] if figure.period is not None else []
        for at in places:
            other = kept[at]
            if _say_the_same(figure, other, apart):
                wholes = tuple(dict.fromkeys((*other.wholes, *figure.wholes)))
                is_part = other.is_unnamed_part or figure.is_unnamed_part
                kept[at] = replace(other, same=(*other.same, *figure.keys), wholes=wholes, is_unnamed_part=is_part)
                break
        else:
            places.append(len(kept))
            kept.append(figure)
    return tuple(sorted(kept, key=in_order_of_time))


def in_order_of_time(figure: Figure) -> tuple[bool, bool, Span, str]:
    """Return the key that orders figures: own first, then by period, the undated last."""
    return (
        figure.role != "own",
        figure.period is None,
        figure.span if figure.period else (date.min, date.min),
        figure.key,
    )


def _say_the_same(one: Figure, other: Figure, apart: Iterable[Collection[str]]) -> bool:
    """Return whether two dated figures of one thing and time say the same."""
    if any(one.key in group and {*other.keys}.intersection(group) for group in apart):
        return False
    if {one.key, *one.wholes} & {*other.keys, *other.wholes}:
        return False
    if _narrowing(one) == _narrowing(other):
        return are_compatible(one.quantity, other.quantity)
    return one.quantity == other.quantity and one.source != other.source


def _thing(figure: Figure) -> tuple[object, ...]:
    vague = figure.period.text if figure.period and figure.is_vague_in_time else ""
    return figure.subject, figure.measure, figure.unit, figure.nature, figure.stage, figure.place, figure.span, vague


def _narrowing(figure: Figure) -> tuple[str, str, str]:
    return figure.payer, figure.payee, figure.note
