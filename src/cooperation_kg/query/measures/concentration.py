"""Do a few supporters carry most of the pairings, or of the money, where the money is known?

The Herfindahl–Hirschman index is the sum of the squared shares: 1 where one supporter has everything, 1/n where n have
equal shares (Herfindahl 1950, *Concentration in the U.S. Steel Industry*; Hirschman 1945, *National Power and the
Structure of Foreign Trade*, takes the root of it). Its inverse says as if by how many equal supporters (Adelman 1969,
*Review of Economics and Statistics* 51).

Money is measured only where figures of one measure, stage and period are known of at least half of the pairings: an
index over the few supporters that happen to be reported would measure the reporting.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.quantities import Bound, Quantity, UnreadableQuantity
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.disagreements import are_compatible
from cooperation_kg.graph.derive.results import Cell, Pairing
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.measures.counting import in_layers
from cooperation_kg.query.measures.networks import Measuring, shown_time
from cooperation_kg.query.measures.results import Reading, Row, rounded
from cooperation_kg.query.measures.words import both

MONEY = "元"
LEAST_KNOWN = Fraction(1, 2)
"""The share of the pairings whose figure must be known for money to be measured."""
COLUMNS = (
    *("of", "counted", "time", "pairings", "supporters", "hhi", "least", "effective"),
    *("largest_supporter", "largest_share"),
)


class _Money(NamedTuple):
    """One measure and stage at one time: the one value that each pairing's figures agree on."""

    of: str
    values: Mapping[str, Decimal]


def concentration(measuring: Measuring) -> Reading:
    """Return one row a layer and time for pairings, and one where money can be measured; else why it cannot."""
    rows: list[Row] = []
    for network in measuring.networks:
        for counted, pairings in in_layers(measuring.asked, network):
            held = Counter(p.supporter for p in pairings if p.supporter)
            rows.append(_row("pairings", counted, network.as_of, held.total(), held))
    rows.sort(key=lambda row: len(str(row["counted"])))
    refused: list[tuple[AsOf, Bilingual, Fraction]] = []
    counted = "+".join(measuring.asked.statuses)
    for network in measuring.networks:
        directed = tuple(link.pairing for link in network.links if link.pairing.directed)
        money = _best_known(measuring.kg, directed, network.as_of)
        why = _why_not(measuring.kg, directed, money)
        if why is None:
            rows.append(_row(money.of, counted, network.as_of, len(money.values), _given(directed, money)))
        else:
            refused.append((network.as_of, why, _known(directed, money)))
    return Reading(COLUMNS, tuple(rows), remarks=_remarks(refused))


def _given(pairings: Iterable[Pairing], money: _Money) -> Mapping[str, Decimal]:
    """Return how much each supporter gave in all."""
    given: dict[str, Decimal] = defaultdict(Decimal)
    for pairing in pairings:
        if pairing.supporter and pairing.slug in money.values:
            given[pairing.supporter] += money.values[pairing.slug]
    return given


def _known(pairings: tuple[Pairing, ...], money: _Money) -> Fraction:
    return Fraction(len(money.values), len(pairings)) if pairings else Fraction(0)


def _row(of: str, counted: str, as_of: AsOf, pairings: int, held: Mapping[str, int | Decimal]) -> Row:
    every = sum(Fraction(number) for number in held.values())
    shares = {supporter: Fraction(number) / every for supporter, number in held.items() if number}
    index = sum((share * share for share in shares.values()), Fraction(0))
    top = max(shares.values(), default=None)
    largest = [supporter for supporter, share in shares.items() if share == top]
    return {
        "of": of,
        "counted": counted,
        "time": shown_time(as_of),
        "pairings": pairings,
        "supporters": len(shares),
        "hhi": rounded(index) if shares else None,
        "least": rounded(Fraction(1, len(shares))) if shares else None,
        "effective": rounded(1 / index) if shares else None,
        "largest_supporter": largest[0] if len(largest) == 1 else None,
        "largest_share": None if top is None else rounded(top),
    }


def _why_not(kg: KnowledgeGraph, pairings: tuple[Pairing, ...], money: _Money) -> Bilingual | None:
    """Return why money cannot be measured, or None where it can."""
    slugs = {pairing.slug for pairing in pairings}
    inside = [p for p in pairings if p.implements in slugs]
    if inside:
        return both(
            f"有 {len(inside)} 对结对包含在另一对之内，同一笔钱会算两次；请选一个层级",
            f"pairings that lie inside another one: {len(inside)}; their money would count twice, so choose one level",
        )
    if not money.values:
        return both(
            "没有任何结对恰有这一时间的金额", "no amount of money is known of any pairing for exactly that time"
        )
    if _known(pairings, money) >= LEAST_KNOWN:
        return None
    measure, stage = money.of.split("~")
    namer = Namer(kg.corpus)
    zh, en = (
        f"{namer.concept('measure', measure, lang)} · {namer.concept('stage', stage, lang)}" for lang in ("zh", "en")
    )
    return both(
        f"最齐的指标（{zh}）在 {len(pairings)} 对中只有 {len(money.values)} 对有唯一的确切数额",
        f"the best known measure ({en}) has one exact value for {len(money.values)} of {len(pairings)} pairings",
    )


def _remarks(refused: list[tuple[AsOf, Bilingual, Fraction]]) -> tuple[Bilingual, ...]:
    """Say once why money is not measured: of several times, the one that comes nearest."""
    if not refused:
        return ()
    as_of, why, _ = max(refused, key=lambda item: item[2])
    zh = f"资金的集中度未给出（至少一半的结对须有同一指标、同一口径、同一时间的数额）：{as_of.text} {why.zh}"
    en = "Not given for money (figures of one measure, stage and time must be known of at least half of the pairings): "
    more = len(refused) - 1
    return (
        both(
            zh + (f"；其余 {more} 个时间更少" if more else ""),
            f"{en}{as_of.text}: {why.in_language('en')}" + (f"; for {more} other times no more" if more else ""),
        ),
    )


def _best_known(kg: KnowledgeGraph, pairings: Iterable[Pairing], as_of: AsOf) -> _Money:
    """Return the measure and stage that is known of most pairings, for exactly the time asked about."""
    slugs = {pairing.slug for pairing in pairings}
    values: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for cell in kg.derived.cells.values():
        fits = cell.about[0] == "pairing" and cell.about[1] in slugs and cell.period == as_of.text
        if fits and cell.nature == "flow" and cell.place is None:
            value = _one_value(kg, cell)
            if value is not None:
                values[f"{cell.measure}~{cell.stage}"][cell.about[1]] = value
    best = max(sorted(values), key=lambda of: len(values[of]), default="")
    return _Money(best, values.get(best, {}))


def _one_value(kg: KnowledgeGraph, cell: Cell) -> Decimal | None:
    """Return the one exact amount of money that the figures of a cell agree on, or None."""
    quantities = [_quantity(kg, key) for key in cell.evidence]
    known = [quantity for quantity in quantities if quantity is not None]
    exact = {q.value for q in known if q.bound is Bound.EXACT and q.value is not None and q.unit == MONEY}
    if len(known) != len(quantities) or len(exact) != 1:
        return None
    value = exact.pop()
    return value if all(are_compatible(Quantity(value, MONEY), quantity) for quantity in known) else None


def _quantity(kg: KnowledgeGraph, key: str) -> Quantity | None:
    figure = kg.corpus.statements[key]
    if not isinstance(figure, FigureStatement) or figure.scope_note is not None:
        return None
    try:
        return figure.quantity
    except UnreadableQuantity:
        return None
