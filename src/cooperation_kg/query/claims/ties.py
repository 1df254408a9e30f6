"""Does the record pair them so? Who supports whom, since when, until when, at that time, on what basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from cooperation_kg.curate.dates import When, display
from cooperation_kg.curate.statements import PolicyEffectStatement
from cooperation_kg.graph.asof import AsOf, status_of, tells_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.scopes import scope_in, subject_of
from cooperation_kg.graph.derive.weighing import counted_statements
from cooperation_kg.query.claims.nicknames import TARGETS
from cooperation_kg.query.claims.periods import Period
from cooperation_kg.query.claims.results import Bearing, Words, once
from cooperation_kg.query.claims.rivals import TieClaim, rivals_of
from cooperation_kg.query.claims.sides import Party, Sides

ORDER = ("agrees", "compatible", "disagrees", "near")
"""How statements are shown: what says the same comes first."""


def check_tie(kg: KnowledgeGraph, claim: TieClaim) -> tuple[Bearing, ...]:
    """Return what bears on a claim about a pairing; statements that say the same come first."""
    found: list[Bearing] = []
    for one, other, directed in _wanted(claim.sides):
        pairings = _between(kg, one, other, claim.sides) or _within_target(kg, one, other, claim.sides)
        if pairings:
            found += _check_pairings(kg, claim, pairings, one if directed else None)
        else:
            spoken = _spoken_of(kg, claim, one, other)
            found += spoken
            if not any(bearing.how == "compatible" for bearing in spoken):
                found += rivals_of(kg, claim, one, other)
    return once(sorted(found, key=lambda bearing: ORDER.index(bearing.how)))


def _spoken_of(kg: KnowledgeGraph, claim: TieClaim, one: Party, other: Party) -> list[Bearing]:
    """Return statements of what the first gives the second, where none says that they are paired."""
    words = Words("来源说到其间的帮扶，未说结对", "a source tells of help between them, none that they are paired")
    among = Words("来源并列多方，未说谁对谁", "a source names several on each side, not who goes with whom")
    found = []
    for statement in counted_statements(kg.corpus):
        about = scope_in(statement)
        if about is None or not all(tells_of(statement, AsOf(when)) for when in claim.times):
            continue
        supporters, recipients = about.supporter or (), about.recipient or ()
        if one.intersection(supporters) and other.intersection(recipients):
            is_open = len(supporters) > 1 and len(recipients) > 1
            found.append(Bearing(statement.key, "near" if is_open else "compatible", among if is_open else words))
    return found


def _wanted(sides: Sides) -> Iterator[tuple[Party, Party, bool]]:
    """Yield (one, other, whether the first supports the second) for every pair that the sentence ties."""
    if sides.supporters and sides.recipients:
        directed = not sides.directed_by_name
        yield from ((a, b, directed) for a, b in product(sides.supporters, sides.recipients))
        return
    loose = (*sides.supporters, *sides.recipients, *sides.parties)
    if len(loose) >= 2:
        yield from ((loose[0], other, False) for other in loose[1:])


def _between(kg: KnowledgeGraph, one: Party, other: Party, sides: Sides) -> tuple[Pairing, ...]:
    found = [
        pairing
        for pairing in kg.derived.pairings.values()
        if (a := pairing.parties[0]) and (b := pairing.parties[1])
        if (a in one and b in other) or (a in other and b in one)
    ]
    named = [p for p in found if p.programme in sides.programmes or set(p.programmes) & set(sides.programmes)]
    return tuple(named if sides.programmes else found)


def _within_target(kg: KnowledgeGraph, one: Party, other: Party, sides: Sides) -> tuple[Pairing, ...]:
    """Return the pairings of a supporter in a programme for this very place: who helps Lhasa takes part in 援藏."""
    programmes = [p for p in TARGETS if TARGETS[p] in other and (not sides.programmes or p in sides.programmes)]
    return tuple(p for p in kg.derived.pairings.values() if p.programme in programmes and p.supporter in one)


def _check_pairings(
    kg: KnowledgeGraph, claim: TieClaim, pairings: tuple[Pairing, ...], supporter: Party | None
) -> Iterator[Bearing]:
    for pairing in pairings:
        if supporter is not None and pairing.supporter is not None and pairing.supporter not in supporter:
            yield from _against(pairing.evidence, "方向相反", "the other way round")
            continue
        loose_direction = supporter is not None and pairing.supporter is None
        for bearing in _check_one(kg, claim, pairing):
            if loose_direction and bearing.how == "agrees":
                words = Words("来源未说谁帮扶谁", "no source says who supports whom")
                yield Bearing(bearing.statement, "compatible", words)
            else:
                yield bearing


def _check_one(kg: KnowledgeGraph, claim: TieClaim, pairing: Pairing) -> Iterator[Bearing]:
    if claim.basis:
        yield from _check_basis(kg, claim, pairing)
    times = [p for p in claim.periods if p.when is not None]
    if not times:
        if not claim.basis:
            yield from (Bearing(key, "agrees", Words("结对相同", "the same pairing")) for key in pairing.evidence)
        return
    for period in times:
        if claim.point == "end":
            yield from _check_end(kg, pairing, period)
        elif claim.point == "start" or period.kind == "since":
            yield from _check_start(kg, claim, pairing, period)
        else:
            yield from _check_then(kg, pairing, period)


def _check_basis(kg: KnowledgeGraph, claim: TieClaim, pairing: Pairing) -> Iterator[Bearing]:
    stated: dict[str, list[str]] = {}
    for key in pairing.evidence:
        basis = getattr(kg.corpus.statements[key], "basis", None)
        if basis:
            stated.setdefault(basis, []).append(key)
    for key, policy, effect in _effects(kg, pairing):
        if effect in ("establishes", "adjusts", "extends", "renames"):
            stated.setdefault(policy, []).append(key)
    held = [key for policy in claim.basis for key in stated.get(policy, [])]
    if held:
        yield from (Bearing(key, "agrees", Words("政策依据相同", "the same basis")) for key in held)
    else:
        keys = [key for found in stated.values() for key in found]
        yield from (Bearing(key, "disagrees", Words("政策依据不同", "another basis")) for key in keys)


def _check_start(kg: KnowledgeGraph, claim: TieClaim, pairing: Pairing, period: Period) -> Iterator[Bearing]:
    assert period.when is not None
    stated = [*_said(kg, pairing, "since"), *_founded(kg, pairing)]
    same = [key for key, when in stated if _overlap_years(when, period.when)]
    if same:
        exact = not period.when.is_some_time_within
        how, why = (
            ("agrees", Words("起始时间相同", "the same start"))
            if exact
            else ("compatible", Words("句中时间较粗", "the sentence is less exact"))
        )
        yield from (Bearing(key, how, why) for key in same)
        yield from _against(
            [key for key, _ in stated if key not in same], "另一来源所说的起始不同", "another source has another start"
        )
        return
    based = [term for term in pairing.terms if term.start_state == "from-basis"]
    if any(term.possible_from.year == period.when.earliest.year for term in based):
        keys = [key for term in based for key in term.evidence]
        yield from (Bearing(key, "agrees", Words("政策依据始于该年", "its basis is of that year")) for key in keys)
        return
    if stated and _is_later_on(claim, period, stated):
        words = Words("起始更早，其时在存续期内", "it began earlier and was at work then")
        yield from (Bearing(key, "compatible", words) for key, _ in stated)
        return
    if stated:
        yield from _against([key for key, _ in stated], "起始时间不同", "another start")
        return
    seen = [(key, when) for key, when in _said(kg, pairing, "as_of")]
    before = [key for key, when in seen if when.latest < period.when.earliest]
    if before:
        yield from _against(before, "此前已见结对", "seen at work before")
        return
    later = [key for key, when in seen if when.latest >= period.when.earliest]
    words = Words("来源未说起始，所见不早于此", "no source says its start; it is seen at work from then on")
    yield from (Bearing(key, "compatible", words) for key in later)


def _is_later_on(claim: TieClaim, period: Period, stated: list[tuple[str, When]]) -> bool:
    """Whether the sentence only tells of a time after the start: 2021年以来一直 says not that it began in 2021."""
    assert period.when is not None
    said = period.when
    only_since = claim.point != "start" and period.text.endswith("以来")
    return only_since and all(when.latest < said.earliest for _, when in stated)


def _check_end(kg: KnowledgeGraph, pairing: Pairing, period: Period) -> Iterator[Bearing]:
    assert period.when is not None
    stated = [*_said(kg, pairing, "until"), *_said(kg, pairing, "due"), *_ended(kg, pairing)]
    same = [key for key, when in stated if _overlap_years(when, period.when)]
    if same:
        yield from (Bearing(key, "agrees", Words("终止时间相同", "the same end")) for key in same)
        return
    if stated:
        yield from _against([key for key, _ in stated], "终止时间不同", "another end")
        return
    ended = [
        t
        for t in pairing.terms[-1:]
        if t.end_state in ("ended", "replaced") and t.possible_to.year == period.when.latest.year
    ]
    if ended:
        yield from (
            Bearing(key, "compatible", Words("其后已由他方接替", "replaced then")) for t in ended for key in t.evidence
        )
        return
    after = [key for key, when in _said(kg, pairing, "as_of") if when.earliest > period.when.latest]
    yield from _against(after, "其后仍见结对", "still seen at work afterwards")


def _check_then(kg: KnowledgeGraph, pairing: Pairing, period: Period) -> Iterator[Bearing]:
    assert period.when is not None
    told = [*_said(kg, pairing, "as_of"), *_said(kg, pairing, "since"), *_said(kg, pairing, "until")]
    within = [key for key, when in told if _is_then(when, period.when)]
    status = status_of(pairing, AsOf(period.when))
    if within and status != "absent":
        yield from (Bearing(key, "agrees", Words("来源见于该时", "a source shows it at work then")) for key in within)
    elif status != "absent":
        words = _standing(status, [when for _, when in told], period.when)
        yield from (Bearing(key, "compatible", words) for key in pairing.evidence)
    elif pairing.terms and period.when.earliest > pairing.terms[-1].possible_to:
        yield from _against(pairing.evidence, "其时已终止", "it had ended by then")
    else:
        stated = [key for key, when in _said(kg, pairing, "since") if when.earliest > period.when.latest]
        yield from _against(stated, "其时尚未开始", "it had not begun by then")
        words = Words("所见均晚于该时", "seen at work only later")
        yield from (Bearing(key, "near", words) for key in pairing.evidence if key not in stated)


def _standing(status: str, told: list[When], said: When) -> Words:
    """Return how surely a pairing stood at a time; of one not seen so late, when it was last seen."""
    last = max(told, key=lambda when: when.latest, default=None)
    if status == "possible" and last is not None and last.latest < said.earliest:
        zh, en = (display(last, lang) for lang in ("zh", "en"))
        return Words(f"末见于{zh}，未见终止", f"last seen {en}, no end on record")
    return {
        "certain": Words("存续期内", "within its span"),
        "possible": Words("可能的存续期内", "within its possible span"),
        "undated": Words("来源未注明时间", "no source dates it"),
    }[status]


def _is_then(known: When, said: When) -> bool:
    """Whether a source speaks of that very time: the same span, or for a plain date a time that lies in it."""
    if said.is_interval or known.is_interval:
        return _same_span(known, said)
    return said.contains(known) or known.text == said.text


def _same_span(one: When, other: When) -> bool:
    return (one.earliest.year, one.latest.year) == (other.earliest.year, other.latest.year)


def _said(kg: KnowledgeGraph, pairing: Pairing, name: str) -> list[tuple[str, When]]:
    found = ((key, getattr(kg.corpus.statements[key], name, None)) for key in pairing.evidence)
    return [(key, when) for key, when in found if isinstance(when, When)]


def _effects(kg: KnowledgeGraph, pairing: Pairing) -> Iterator[tuple[str, str, str]]:
    for statement in counted_statements(kg.corpus):
        if isinstance(statement, PolicyEffectStatement):
            kind, identifier = subject_of(kg.corpus, kg.derived.pairings, statement.about)
            if (kind, identifier) == ("pairing", pairing.slug):
                yield statement.key, statement.policy, statement.effect


def _founded(kg: KnowledgeGraph, pairing: Pairing) -> list[tuple[str, When]]:
    return [(key, when) for key, when in _dated(kg, pairing, ("establishes",))]


def _ended(kg: KnowledgeGraph, pairing: Pairing) -> list[tuple[str, When]]:
    return [(key, when) for key, when in _dated(kg, pairing, ("ends", "replaces"))]


def _dated(kg: KnowledgeGraph, pairing: Pairing, effects: tuple[str, ...]) -> Iterator[tuple[str, When]]:
    for key, _, effect in _effects(kg, pairing):
        when = getattr(kg.corpus.statements[key], "date", None)
        if effect in effects and isinstance(when, When):
            yield key, when


def _overlap_years(known: When, said: When) -> bool:
    """Whether two times can be one: they share a day."""
    return known.start.earliest <= said.latest and said.start.earliest <= known.start.latest


def _against(keys: Iterable[str], zh: str, en: str) -> Iterator[Bearing]:
    return (Bearing(key, "disagrees", Words(zh, en)) for key in keys)
