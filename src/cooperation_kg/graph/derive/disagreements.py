"""Where do two origins say different things of one thing? Shown with both sides; closed only by a judgement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import combinations

from cooperation_kg.curate.audit.folding import fold
from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.dates import When
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.quantities import Quantity
from cooperation_kg.curate.rules.figures import count_alike
from cooperation_kg.curate.statements import (
    DocumentStatement,
    EventStatement,
    FigureStatement,
    PairingStatement,
    PolicyEffectStatement,
    Statement,
)
from cooperation_kg.graph.derive.comparing import are_compatible, possible_values
from cooperation_kg.graph.derive.keeping import Kept, NotKept
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.results import Cell, Disagreement, Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.derive.ties import ties_of
from cooperation_kg.graph.derive.weighing import counted_statements, preferences, without_set_aside

__all__ = ["Matter", "Saying", "are_compatible", "find_disagreements", "find_matters", "possible_values"]

Subject = tuple[str, str]
CountedScope = tuple[str, str, str]
"""What narrows a figure beside its cell: scope note, payer, payee; empty where none is stated."""
NO_SCOPE: CountedScope = ("", "", "")
# a mark between two digits is part of a number (1.5, 1-3); any other mark does not change what a note says
_MARKS = re.compile(r"(?<![0-9])[^\w%‰]|[^\w%‰](?![0-9])")


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement's word on one matter: what is compared, and how it is shown."""

    subject: Subject
    kind: str
    statement: Statement
    value: object
    shown: str
    scope: CountedScope = NO_SCOPE


@dataclass(frozen=True, slots=True)
class Matter:
    """All that is said of one thing that can only be one way: the figures of one cell and note, the start of a term.

    ``kind`` is that of a `Disagreement`, with the act of a document after a colon (date:issued). ``subject`` is (kind,
    id); the id of a pairing has #2 for the start of its second term. ``note`` is the folded scope note of figures.
    """

    kind: str
    subject: Subject
    note: str
    sayings: tuple[Saying, ...]

    @property
    def slug(self) -> str:
        """The slug of the disagreement; figures with a scope note have a mark of it at the end."""
        # a note is free text, which has no place in an IRI
        mark = (sha256(self.note.encode()).hexdigest()[:8],) if self.note else ()
        return "~".join((self.kind.replace(":", "-"), *self.subject, *mark)).replace("#", "~")

    @property
    def about(self) -> Subject:
        """What the matter is about, without the number of the term."""
        return self.subject[0], self.subject[1].split("#", 1)[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The statements, each once."""
        return tuple(dict.fromkeys(saying.statement.key for saying in self.sayings))

    def sides(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return what is said, each with the statements that say it."""
        sides: dict[str, list[str]] = defaultdict(list)
        for saying in self.sayings:
            sides[saying.shown].append(saying.statement.key)
        return tuple((shown, tuple(dict.fromkeys(keys))) for shown, keys in sorted(sides.items()))


def find_disagreements(
    corpus: Corpus, pairings: Mapping[str, Pairing], cells: Mapping[str, Cell], kept: Kept | None = None
) -> Mapping[str, Disagreement]:
    """Return every matter on which two origins are incompatible, by slug."""
    found = (disagreement_on(corpus, matter) for matter in find_matters(corpus, pairings, cells, kept))
    return {d.slug: d for d in sorted((d for d in found if d), key=lambda d: d.slug)}


def find_matters(
    corpus: Corpus, pairings: Mapping[str, Pairing], cells: Mapping[str, Cell], kept: Kept | None = None
) -> tuple[Matter, ...]:
    """Return every matter on which statements that count say something, agreed or not."""
    sayings = [
        *_figures(corpus, cells, kept or NotKept()),
        *_pairing_times(corpus, pairings),
        *_directions(corpus, pairings),
        *_documents(corpus),
        *_events(corpus),
        *_foundings(corpus, pairings),
    ]
    matters: dict[tuple[str, Subject, str], list[Saying]] = defaultdict(list)
    for saying in sayings:
        matters[saying.kind, saying.subject, saying.scope[0]].append(saying)
    return tuple(Matter(*what, tuple(said)) for what, said in matters.items())


def counted_scope(corpus: Corpus, figure: FigureStatement) -> CountedScope:
    """Return what narrows a figure beside its cell: scope note without its punctuation, payer, payee.

    Figures judged ``same-thing`` take the scope of the first of them.
    """
    same = next((j.about for j in corpus.judgements_about("same-thing", (figure.key,))), ())
    first = next((found for key in same if isinstance(found := corpus.statements[key], FigureStatement)), figure)
    note = _MARKS.sub("", fold(first.scope_note.zh)) if first.scope_note else ""
    return note, first.payer or "", first.payee or ""


def _figures(corpus: Corpus, cells: Mapping[str, Cell], kept: Kept) -> Iterator[Saying]:
    # figures without a time may be of different times: they are shown side by side, never set against each other
    for cell in (cell for cell in cells.values() if cell.period):
        figures = [f for key in cell.evidence if isinstance(f := corpus.statements[key], FigureStatement)]
        judged = corpus.judgements_about("same-thing", cell.evidence)
        others = [corpus.statements[key] for judgement in judged for key in judgement.about]
        yield from kept.of("cell", cell.slug, (figures, others), partial(_in_cell, corpus, cell.slug, figures))


def _in_cell(corpus: Corpus, cell: str, figures: Sequence[FigureStatement]) -> tuple[Saying, ...]:
    return tuple(
        Saying(
            ("cell", cell), "value", figure, figure.quantity, figure.literal, _scope_in_cell(corpus, figure, figures)
        )
        for figure in figures
    )


def _scope_in_cell(corpus: Corpus, figure: FigureStatement, figures: Sequence[FigureStatement]) -> CountedScope:
    """Return the scope of a figure; what a reprint leaves unsaid is that of its origin, where that says one thing."""
    told = [
        counted_scope(corpus, other)
        for other in figures
        if other.source != figure.source
        and other.quantity == figure.quantity
        and origin_of(corpus, other) == origin_of(corpus, figure)
    ]
    note, payer, payee = (
        own or (found.pop() if len(found := {scope[n] for scope in told} - {""}) == 1 else "")
        for n, own in enumerate(counted_scope(corpus, figure))
    )
    return note, payer, payee


def _pairing_times(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Iterator[Saying]:
    for pairing in pairings.values():
        for kind, name in (("start", "since"), ("end", "until")):
            for key in pairing.evidence:
                when = getattr(corpus.statements[key], name, None)
                if isinstance(when, When):
                    # two terms begin at two times: only what is said of one term can disagree
                    terms = [term.number for term in pairing.terms if key in term.evidence] or [1]
                    term = terms[0] if kind == "start" else terms[-1]
                    slug = f"{pairing.slug}#{term}" if len(pairing.terms) > 1 else pairing.slug
                    yield Saying(("pairing", slug), kind, corpus.statements[key], when, when.text)


def _directions(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Iterator[Saying]:
    for pairing in pairings.values():
        for key in pairing.evidence:
            statement = corpus.statements[key]
            assert isinstance(statement, PairingStatement)
            for tie in ties_of(corpus, statement):
                if tie.directed and set(tie.parties) == set(pairing.parties):
                    shown = " → ".join(tie.parties)
                    yield Saying(("pairing", pairing.slug), "direction", statement, tie.parties, shown)


def _documents(corpus: Corpus) -> Iterator[Saying]:
    for statement in counted_statements(corpus):
        if isinstance(statement, DocumentStatement):
            subject = ("policy", statement.policy)
            if statement.date is not None and statement.act is not None:
                yield Saying(subject, f"date:{statement.act}", statement, statement.date, statement.date.text)
            if statement.number is not None:
                act = f"number:{statement.act}" if statement.act else "number"
                yield Saying(subject, act, statement, fold(statement.number), statement.number)


def _events(corpus: Corpus) -> Iterator[Saying]:
    for statement in counted_statements(corpus):
        if isinstance(statement, EventStatement) and statement.event and statement.date is not None:
            yield Saying(("event", statement.event), "date", statement, statement.date, statement.date.text)


def _foundings(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Iterator[Saying]:
    for statement in counted_statements(corpus):
        if isinstance(statement, PolicyEffectStatement) and statement.effect == "establishes":
            subject = subject_of(corpus, pairings, statement.about)
            yield Saying(subject, "basis", statement, statement.policy, statement.policy)
            if statement.date is not None:
                yield Saying(subject, "start", statement, statement.date, statement.date.text)


def agree(one: object, other: object) -> bool:
    """Return whether two values that are compared can both be true."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return are_compatible(one, other)
    if isinstance(one, When) and isinstance(other, When):
        return one.overlaps(other)
    return one == other


def disagreement_on(corpus: Corpus, matter: Matter) -> Disagreement | None:
    """Return the disagreement on a matter, or None where no two origins exclude each other."""
    if not _origins_differ(corpus, matter.sayings):
        return None
    judgements = preferences(corpus, matter.keys)
    is_settled = not _origins_differ(corpus, _left_standing(corpus, matter.sayings))
    return Disagreement(
        slug=matter.slug,
        kind=matter.kind.split(":", 1)[0],
        about=matter.about,
        sides=matter.sides(),
        settled_by=judgements[0].id if judgements and is_settled else None,
    )


def set_aside_on(corpus: Corpus, matter: Matter) -> tuple[str, ...]:
    """Return the statements that a preference leaves out: those it names, and reprints that say the same."""
    standing = {saying.statement.key for saying in _left_standing(corpus, matter.sayings)}
    return tuple(key for key in matter.keys if key not in standing)


def exclusions(corpus: Corpus, sayings: Sequence[Saying]) -> Iterator[tuple[Saying, Saying]]:
    """Yield each two sayings of different origins that cannot both be true and are not judged of different scope."""
    for one, other in combinations(sayings, 2):
        if agree(one.value, other.value) or is_scope_different(one, other):
            continue
        if origin_of(corpus, one.statement) == origin_of(corpus, other.statement):
            continue
        if judged_apart(corpus, one, other, sayings) is None:
            yield one, other


def is_scope_different(one: Saying, other: Saying) -> bool:
    """Return whether two figures state that they count different things: another unit, note, payer or payee.

    206批 and 1841人次 of visitors are no contradiction. A note that only one of them has narrows it. A payer that only
    one of them names does not: the other leaves it unsaid, and money from supporter to recipient is what a pairing is
    about.
    """
    if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
        units_differ = not count_alike(one.value.unit, other.value.unit)
    else:
        units_differ = False
    (note, *parties), (other_note, *others) = one.scope, other.scope
    parties_differ = any(a and b and a != b for a, b in zip(parties, others, strict=True))
    return units_differ or note != other_note or parties_differ


def judged_apart(corpus: Corpus, one: Saying, other: Saying, among: Sequence[Saying]) -> Judgement | None:
    """Return the judgement that two sayings, or what they echo among others, are of different scope, if any."""
    ones, others = (
        {said.statement.key, *(echo.statement.key for echo in among if _is_echo(corpus, said, echo))}
        for said in (one, other)
    )
    judged = ((j, set(j.about)) for j in corpus.judgements_about("different-scope", ones | others))
    return next((j for j, about in judged if about & (ones - others) and about & (others - ones)), None)


def _left_standing(corpus: Corpus, sayings: Sequence[Saying]) -> list[Saying]:
    """Return what a preference leaves: neither what it sets aside nor a reprint that says the same."""
    kept = set(without_set_aside(corpus, [saying.statement.key for saying in sayings]))
    aside = [saying for saying in sayings if saying.statement.key not in kept]
    return [
        saying
        for saying in sayings
        if saying.statement.key in kept and not any(_is_echo(corpus, saying, other) for other in aside)
    ]


def _is_echo(corpus: Corpus, one: Saying, other: Saying) -> bool:
    return origin_of(corpus, one.statement) == origin_of(corpus, other.statement) and agree(one.value, other.value)


def _origins_differ(corpus: Corpus, sayings: Sequence[Saying]) -> bool:
    """Return whether two different origins say incompatible things of the same scope."""
    return next(exclusions(corpus, sayings), None) is not None
