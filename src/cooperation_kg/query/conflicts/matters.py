"""What do sources say of one matter: do they exclude each other, or do they only seem to?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.quantities import Quantity
from cooperation_kg.curate.rules.figures import count_alike
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.comparing import Distance, gap_of_dates, gap_of_figures, is_rounding
from cooperation_kg.graph.derive.disagreements import (
    Matter,
    Saying,
    agree,
    disagreement_on,
    exclusions,
    find_matters,
    is_scope_different,
    judged_apart,
    set_aside_on,
)
from cooperation_kg.graph.derive.origins import origin_of, origins_of
from cooperation_kg.graph.derive.weighing import preferences
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.conflicts.results import DAYS, Conflict, Side, Subject

Pair = tuple[Saying, Saying]


def find_on_matters(kg: KnowledgeGraph) -> Iterator[Conflict]:
    """Yield what is open, settled, compatible or of different scope, one conflict a matter."""
    bundles: dict[tuple[str, Subject], list[Matter]] = defaultdict(list)
    for matter in find_matters(kg.corpus, kg.derived.pairings, kg.derived.cells):
        bundles[matter.kind, matter.subject].append(matter)
        conflict = _exclusive(kg, matter) or _compatible(kg, matter) if len(matter.sayings) > 1 else None
        if conflict is not None:
            yield conflict
    for bundle in bundles.values():
        conflict = _of_different_scope(kg, bundle)
        if conflict is not None:
            yield conflict


def things_of(kg: KnowledgeGraph, about: Subject, keys: Iterable[str]) -> frozenset[Subject]:
    """Return everything by whose name a conflict is found: its subject, what that is part of, parties, statements."""
    statements = [kg.corpus.statements[key] for key in keys]
    found = {about, *(("statement", s.key) for s in statements), *(("source", s.source) for s in statements)}
    places = {s.place for s in statements if isinstance(s, FigureStatement) and s.place}
    programmes: set[str] = set()
    if about[0] == "pairing":
        pairing = kg.derived.pairings[about[1]]
        places |= set(pairing.parties)
        programmes |= set(pairing.programmes)
    elif about[0] == "scope":
        scope = kg.derived.scopes[about[1]]
        places |= {*scope.supporters, *scope.recipients}
        programmes.add(scope.programme)
    elif about[0] == "programme":
        programmes.add(about[1])
    programmes |= {kg.corpus.programmes[name].family_id for name in programmes}
    found |= {("programme", name) for name in programmes}
    return frozenset(found | {kg.corpus.find(("place", "organisation"), name) or ("place", name) for name in places})


def told_apart(kg: KnowledgeGraph, one: Saying, other: Saying, among: Sequence[Saying]) -> Judgement | None:
    """Return the judgement that two sayings among others, or what they echo of these, are of different scope, if any.

    Most sayings have none: then nothing need be compared.
    """
    keys = (saying.statement.key for saying in among)
    return judged_apart(kg.corpus, one, other, among) if kg.corpus.judgements_about("different-scope", keys) else None


def greatest(gaps: Iterable[Distance | None]) -> Distance | None:
    """Return the greatest of some distances, None where none can be told."""
    return max((gap for gap in gaps if gap), key=lambda gap: gap.amount * DAYS.get(gap.unit, 1), default=None)


def scope_words(kg: KnowledgeGraph, figure: FigureStatement) -> tuple[str, str]:
    """Return what narrows a figure, in Chinese and English: scope note, who pays, who is paid."""
    namer = Namer(kg.corpus, kg.derived.pairings)
    said = [_note(figure)] if figure.scope_note else []
    for party, zh, en in ((figure.payer, "出资方", "payer "), (figure.payee, "受款方", "payee ")):
        if party:
            said.append((zh + namer.party(party, "zh"), en + namer.party(party, "en")))
    return "；".join(zh for zh, _ in said), "; ".join(en for _, en in said)


def _note(statement: Statement) -> tuple[str, str]:
    note = statement.scope_note if isinstance(statement, FigureStatement) else None
    return (note.zh, note.in_language("en")) if note else ("", "")


def _note_on(matter: Matter) -> tuple[str, str]:
    """Return the narrower scope of a matter as one of its statements words it; a reprint may leave it out."""
    notes = (_note(saying.statement) for saying in matter.sayings if matter.note)
    return next((note for note in notes if any(note)), ("", ""))


def _exclusive(kg: KnowledgeGraph, matter: Matter) -> Conflict | None:
    disagreement = disagreement_on(kg.corpus, matter)
    if disagreement is None:
        return None
    judgements = preferences(kg.corpus, matter.keys)
    aside = set_aside_on(kg.corpus, matter)
    preferred = {judgement.prefers for judgement in judgements} - set(aside)
    sides = tuple(
        Side(
            shown,
            keys,
            preferred=tuple(key for key in keys if key in preferred),
            set_aside=tuple(key for key in keys if key in aside),
        )
        for shown, keys in disagreement.sides
    )
    name = "settled" if disagreement.settled_by else "open"
    distance = greatest(_gap(pair) for pair in exclusions(kg.corpus, matter.sayings))
    return _conflict(kg, name, matter, sides, distance=distance, judgements=tuple(j.id for j in judgements))


def _compatible(kg: KnowledgeGraph, matter: Matter) -> Conflict | None:
    """Return a matter on which two origins differ and can both be right; what is excluded or judged is not asked."""
    pairs = [
        (one, other)
        for one, other in combinations(matter.sayings, 2)
        if agree(one.value, other.value)
        and not _is_same(one.value, other.value)
        and origin_of(kg.corpus, one.statement) != origin_of(kg.corpus, other.statement)
        and not is_scope_different(one, other)
        and told_apart(kg, one, other, matter.sayings) is None
    ]
    if not pairs:
        return None
    whys = tuple(sorted({_why(one.value, other.value) for one, other in pairs}))
    sides = tuple(Side(shown, keys) for shown, keys in matter.sides())
    return _conflict(kg, "compatible", matter, sides, distance=greatest(map(_gap, pairs)), whys=whys)


def _of_different_scope(kg: KnowledgeGraph, bundle: Sequence[Matter]) -> Conflict | None:
    """Return what is said of one cell, or one start, in several scopes, judged or stated by different origins.

    What one origin tells apart itself, such as officials and teachers, looks like no conflict.
    """
    sayings = [saying for matter in bundle for saying in matter.sayings]
    if len(sayings) < 2:
        return None
    pairs = [
        (one, other)
        for one, other in combinations(sayings, 2)
        if _is_stated_apart(kg, one, other)
        or (not agree(one.value, other.value) and told_apart(kg, one, other, sayings))
    ]
    if not pairs:
        return None
    concerned = {saying.statement.key: saying for pair in pairs for saying in pair}
    sides: dict[tuple[str, tuple[str, str]], list[str]] = defaultdict(list)
    for key, saying in concerned.items():
        statement = saying.statement
        detail = scope_words(kg, statement) if isinstance(statement, FigureStatement) else ("", "")
        sides[saying.shown, detail].append(key)
    judgements = {judgement.id for pair in pairs if (judgement := told_apart(kg, *pair, sayings))}
    return _conflict(
        kg,
        "scope-differs",
        Matter(bundle[0].kind, bundle[0].subject, "", tuple(concerned.values())),
        tuple(Side(shown, tuple(keys), detail) for (shown, detail), keys in sorted(sides.items())),
        distance=None,  # what is not to be compared has none
        judgements=tuple(sorted(judgements)),
    )


def _is_stated_apart(kg: KnowledgeGraph, one: Saying, other: Saying) -> bool:
    return (
        is_scope_different(one, other)
        and not _is_same(one.value, other.value)
        and origin_of(kg.corpus, one.statement) != origin_of(kg.corpus, other.statement)
    )


def _conflict(
    kg: KnowledgeGraph,
    name: str,
    matter: Matter,
    sides: tuple[Side, ...],
    *,
    distance: Distance | None,
    whys: tuple[str, ...] = (),
    judgements: tuple[str, ...] = (),
) -> Conflict:
    kind, _, act = matter.kind.partition(":")
    cell = kg.derived.cells[matter.about[1]] if matter.about[0] == "cell" else None
    about = cell.about if cell else matter.about
    term = matter.subject[1].partition("#")[2]
    things = things_of(kg, about, matter.keys)
    if cell:
        things |= {("cell", cell.slug), ("measure", cell.measure)}
    if name in ("open", "settled"):
        things |= {("disagreement", matter.slug)}
    if kind == "basis":
        things |= {found for side in sides if (found := kg.corpus.find(("policy", "event"), side.shown))}
    return Conflict(
        name=name,
        kind=kind,
        slug=f"scope~{matter.slug}" if name == "scope-differs" else matter.slug,
        about=about,
        sides=sides,
        origins=origins_of(kg.corpus, matter.keys),
        distance=distance,
        whys=whys,
        judgements=judgements,
        cell=cell.slug if cell else None,
        measure=cell.measure if cell else None,
        act=act or None,
        term=int(term) if term else None,
        scope=_note_on(matter),
        things=things,
    )


def _is_same(one: object, other: object) -> bool:
    """Return whether two values say the very same: 134300万元 and 13.43亿元, 16名 and 16人."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        ends = [(q.value, q.minimum, q.maximum, q.ratio, q.bound) for q in (one, other)]
        return ends[0] == ends[1] and count_alike(one.unit, other.unit)
    if isinstance(one, When) and isinstance(other, When):
        return one.text == other.text
    return one == other


def _why(one: object, other: object) -> str:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return "rounding" if is_rounding(one, other) else "bound"
    return "less-precise-time"


def _gap(pair: Pair) -> Distance | None:
    one, other = (saying.value for saying in pair)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return gap_of_figures(one, other)
    if isinstance(one, When) and isinstance(other, When):
        return gap_of_dates(one, other)
    return None
