"""Where do two origins say different things of one thing? Shown with both sides; closed only by a judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from cooperation_kg.curate.audit.folding import fold
from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.quantities import Bound, Quantity
from cooperation_kg.curate.rules.figures import count_alike
from cooperation_kg.curate.statements import (
    DocumentStatement,
    EventStatement,
    FigureStatement,
    PairingStatement,
    PolicyEffectStatement,
    Statement,
)
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.results import Cell, Disagreement, Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.ties import ties_of
from cooperation_kg.graph.derive.weighing import counted_statements, judgements_of, preference, without_set_aside

ABOUT_SPREAD = Decimal("0.1")
"""How far "about" (约) and "nearly" (近) reach when two figures are compared: a tenth of the printed value."""

Subject = tuple[str, str]


class Span(NamedTuple):
    """The values a figure allows; None is unbounded. An open end does not contain its own value."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


class _Saying(NamedTuple):
    """One statement's word on one matter: what is compared, and how it is shown."""

    subject: Subject
    kind: str
    statement: Statement
    value: object
    shown: str


def find_disagreements(
    corpus: Corpus, pairings: Mapping[str, Pairing], cells: Mapping[str, Cell]
) -> Mapping[str, Disagreement]:
    """Return every matter on which two origins are incompatible, by slug."""
    sayings = [
        *_figures(corpus, cells),
        *_pairing_times(corpus, pairings),
        *_directions(corpus, pairings),
        *_documents(corpus),
        *_events(corpus),
        *_foundings(corpus, pairings),
    ]
    matters: dict[tuple[str, Subject], list[_Saying]] = defaultdict(list)
    for saying in sayings:
        matters[saying.kind, saying.subject].append(saying)
    found = (_disagreement(corpus, kind, subject, said) for (kind, subject), said in matters.items())
    return {d.slug: d for d in sorted((d for d in found if d), key=lambda d: d.slug)}


def possible_values(quantity: Quantity) -> Span:
    """Return the values that a quantity allows.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> possible_values(read_quantity("13亿多元")).low
    Decimal('1300000000')
    """
    if quantity.minimum is not None and quantity.maximum is not None:
        reach = ABOUT_SPREAD if quantity.bound is Bound.ABOUT else Decimal(0)
        return Span(quantity.minimum * (1 - reach), quantity.maximum * (1 + reach))
    ratio, value = quantity.ratio, quantity.value
    if ratio is not None:
        value = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    assert value is not None
    spread = abs(value) * ABOUT_SPREAD
    return {
        Bound.EXACT: Span(value, value),
        Bound.AT_LEAST: Span(value, None),
        Bound.MORE_THAN: Span(value, None, low_open=True),
        Bound.AT_MOST: Span(None, value),
        Bound.LESS_THAN: Span(None, value, high_open=True),
        Bound.NEARLY: Span(value - spread, value, high_open=True),
        Bound.ABOUT: Span(value - spread, value + spread),
    }[quantity.bound]


def are_compatible(one: Quantity, other: Quantity) -> bool:
    """Return whether both quantities can be true of the same thing: same unit, and their values overlap.

    >>> from cooperation_kg.curate.quantities import read_quantity
    >>> are_compatible(read_quantity("13.43亿元"), read_quantity("13亿多元"))
    True
    """
    if not count_alike(one.unit, other.unit):
        return False
    a, b = possible_values(one), possible_values(other)
    return _reaches(a, b) and _reaches(b, a)


def _reaches(lower: Span, upper: Span) -> bool:
    if lower.low is None or upper.high is None:
        return True
    return lower.low < upper.high or (lower.low == upper.high and not lower.low_open and not upper.high_open)


def _figures(corpus: Corpus, cells: Mapping[str, Cell]) -> Iterator[_Saying]:
    # figures without a time may be of different times: they are shown side by side, never set against each other
    for cell in (cell for cell in cells.values() if cell.period):
        for key in cell.evidence:
            figure = corpus.statements[key]
            if isinstance(figure, FigureStatement):
                yield _Saying(("cell", cell.slug), "value", figure, figure.quantity, figure.literal)


def _pairing_times(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Iterator[_Saying]:
    for pairing in pairings.values():
        for kind, name in (("start", "since"), ("end", "until")):
            for key in pairing.evidence:
                when = getattr(corpus.statements[key], name, None)
                if isinstance(when, When):
                    # two terms begin at two times: only what is said of one term can disagree
                    terms = [term.number for term in pairing.terms if key in term.evidence] or [1]
                    term = terms[0] if kind == "start" else terms[-1]
                    slug = f"{pairing.slug}#{term}" if len(pairing.terms) > 1 else pairing.slug
                    yield _Saying(("pairing", slug), kind, corpus.statements[key], when, when.text)


def _directions(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Iterator[_Saying]:
    for pairing in pairings.values():
        for key in pairing.evidence:
            statement = corpus.statements[key]
            assert isinstance(statement, PairingStatement)
            for tie in ties_of(corpus, statement):
                if tie.directed and set(tie.parties) == set(pairing.parties):
                    shown = " → ".join(tie.parties)
                    yield _Saying(("pairing", pairing.slug), "direction", statement, tie.parties, shown)


def _documents(corpus: Corpus) -> Iterator[_Saying]:
    for statement in counted_statements(corpus):
        if isinstance(statement, DocumentStatement):
            subject = ("policy", statement.policy)
            if statement.date is not None and statement.act is not None:
                yield _Saying(subject, f"date:{statement.act}", statement, statement.date, statement.date.text)
            if statement.number is not None:
                act = f"number:{statement.act}" if statement.act else "number"
                yield _Saying(subject, act, statement, fold(statement.number), statement.number)


def _events(corpus: Corpus) -> Iterator[_Saying]:
    for statement in counted_statements(corpus):
        if isinstance(statement, EventStatement) and statement.event and statement.date is not None:
            yield _Saying(("event", statement.event), "date", statement, statement.date, statement.date.text)


def _foundings(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Iterator[_Saying]:
    for statement in counted_statements(corpus):
        if isinstance(statement, PolicyEffectStatement) and statement.effect == "establishes":
            subject = subject_of(corpus, pairings, statement.about)
            yield _Saying(subject, "basis", statement, statement.policy, statement.policy)
            if statement.date is not None:
                yield _Saying(subject, "start", statement, statement.date, statement.date.text)


def _agree(one: object, other: object) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return are_compatible(one, other)
    if isinstance(one, When) and isinstance(other, When):
        return one.overlaps(other)
    return one == other


def _disagreement(corpus: Corpus, kind: str, subject: Subject, said: Iterable[_Saying]) -> Disagreement | None:
    sayings = list(said)
    if not _origins_differ(corpus, sayings):
        return None
    sides: dict[str, list[str]] = defaultdict(list)
    for saying in sayings:
        sides[saying.shown].append(saying.statement.key)
    keys = [saying.statement.key for saying in sayings]
    judgement = preference(corpus, keys)
    is_settled = not _origins_differ(corpus, _left_standing(corpus, sayings))
    plain = kind.split(":", 1)[0]
    return Disagreement(
        slug="~".join((kind.replace(":", "-"), *subject)).replace("#", "~"),
        kind=plain,
        about=(subject[0], subject[1].split("#", 1)[0]),
        sides=tuple((shown, tuple(dict.fromkeys(keys))) for shown, keys in sorted(sides.items())),
        settled_by=judgement.id if judgement and is_settled else None,
    )


def _left_standing(corpus: Corpus, sayings: list[_Saying]) -> list[_Saying]:
    """Return what a preference leaves: neither what it sets aside nor a reprint that says the same."""
    kept = set(without_set_aside(corpus, [saying.statement.key for saying in sayings]))
    aside = [saying for saying in sayings if saying.statement.key not in kept]
    return [
        saying
        for saying in sayings
        if saying.statement.key in kept and not any(_is_echo(corpus, saying, other) for other in aside)
    ]


def _is_echo(corpus: Corpus, one: _Saying, other: _Saying) -> bool:
    return origin_of(corpus, one.statement) == origin_of(corpus, other.statement) and _agree(one.value, other.value)


def _origins_differ(corpus: Corpus, sayings: list[_Saying]) -> bool:
    """Return whether two different origins say incompatible things of the same scope."""
    different = [set(judgement.about) for judgement in judgements_of(corpus, "different-scope")]
    return any(
        origin_of(corpus, one.statement) != origin_of(corpus, other.statement)
        and not _agree(one.value, other.value)
        and not any({one.statement.key, other.statement.key} <= group for group in different)
        for one, other in combinations(sayings, 2)
    )
