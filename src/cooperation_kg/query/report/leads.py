"""What to look for next? What is wanted by name first, then gaps and disagreements, ranked by a score in plain sight.

``wanted`` judgements come first, in the order of their file: somebody has a lead and says what would settle it. Then
every pairing that lacks something, and every open disagreement, the highest score first:

* a pairing: ``level × silence × age × source``

  - level: 4 where both parties are provinces, 2 where the lower is a prefecture or an area, else 1;
  - silence: 1 + 2 × the share of its certain years without a stated amount of money (or, where measures are asked
    about, without a figure of these); 1 where no year is certain: first find out whether it was at work;
  - age: 1 + a fifth of the years since it was last confirmed, at most 3; 3 where it is undated, 2 where no day is
    certain; 1 where it has ended, or was last seen more than 20 years ago: that is history, no news;
  - source: 2 where it rests on one weak origin, 1.5 where on one, else 1;

* an open disagreement: ``level × disagreement``; the level of its pairing (4 for a programme or a policy), and 12 for
  a figure, 6 for a date, a basis or a direction.

The weights are a choice, not a measurement: they put wide, silent, long unseen and weakly sourced pairings on top.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement, Pairing
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.query.report.asked import Asked, is_about
from cooperation_kg.query.report.coverage import Coverage
from cooperation_kg.query.report.searches import concerns
from cooperation_kg.query.report.standing import Freshness, SingleSource

LEVEL_WEIGHT = {"province": 4, "prefecture": 2, "area": 2}
OTHER_LEVEL = 1
SUBJECT_WEIGHT = {"programme": 4, "policy": 4, "scope": 4}
OTHER_SUBJECT = 2
FIGURE_WEIGHT, OTHER_WEIGHT = 12, 6
"""What an open disagreement weighs: on a figure, on anything else."""
STALE_AFTER = 3
"""Years without confirmation after which a new sighting is asked for."""
OLDEST = 10
HISTORY = 20
"""Years without confirmation after which a pairing is history."""
WEAK_ORIGIN, ONE_ORIGIN = Decimal(2), Decimal("1.5")
AGE_OF_STATE = {"undated": Decimal(3), "some-time": Decimal(2), "ended": Decimal(1)}
HEARD = frozenset({"stated", "conflicting"})

Factors = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class Need:
    """One thing that would settle a gap: ``date``, ``money``, ``figure``, ``sighting``, ``original``, ``origin``.

    ``years`` are those that lack a figure, or the year after which nothing is seen.
    """

    code: str
    years: tuple[int, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Lead:
    """One thing to look for: ``wanted`` (a judgement), ``disagreement`` or ``pairing``, with how its score came about.

    ``subject`` is (kind, id) of what it is about.
    """

    kind: str
    id: str
    subject: tuple[str, str]
    factors: Factors = ()
    needs: tuple[Need, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def score(self) -> Decimal | None:
        """The product of the factors to two places; None for what is wanted by name."""
        if not self.factors:
            return None
        return prod((factor for _, factor in self.factors), start=Decimal(1)).quantize(Decimal("0.01"))


def find_leads(
    kg: KnowledgeGraph,
    asked: Asked,
    coverage: Coverage,
    freshness: tuple[Freshness, ...],
    single: tuple[SingleSource, ...],
) -> tuple[Lead, ...]:
    """Return everything to look for, in the order of the ranking."""
    ranked = [*_gaps(kg, asked, coverage, freshness, single), *_open(kg, asked)]
    ranked.sort(key=lambda lead: (-(lead.score or 0), lead.kind, lead.id))
    return (*_wanted(kg, asked), *ranked)


def level_of(corpus: Corpus, pairing: Pairing) -> Decimal:
    """Return the weight of the lower of both parties' levels.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.derive import derive
    >>> corpus = load_corpus()
    >>> level_of(corpus, derive(corpus).pairings["east-west.beijing.inner-mongolia"])
    Decimal('4')
    """
    return Decimal(min(LEVEL_WEIGHT.get(_level(corpus, party), OTHER_LEVEL) for party in pairing.parties))


def _level(corpus: Corpus, party: str) -> str:
    return corpus.place(party).level if corpus.find(("place",), party) else "organisation"


def _wanted(kg: KnowledgeGraph, asked: Asked) -> Iterator[Lead]:
    for judgement in judgements_of(kg.corpus, "wanted"):
        if concerns(kg.corpus, asked, judgement):
            yield Lead("wanted", judgement.id, ("judgement", judgement.id), statements=judgement.about)


def _gaps(
    kg: KnowledgeGraph,
    asked: Asked,
    coverage: Coverage,
    freshness: tuple[Freshness, ...],
    single: tuple[SingleSource, ...],
) -> Iterator[Lead]:
    silent = _silent_years(asked, coverage)
    alone = {fact.id: fact for fact in single if fact.kind == "pairing"}
    for fresh in freshness:
        pairing, fact = asked.pairings[fresh.pairing], alone.get(fresh.pairing)
        lacking = silent[fresh.pairing]
        needs = tuple(_needs(asked, fresh, lacking, fact))
        factors = (
            ("level", level_of(kg.corpus, pairing)),
            ("silence", _silence(len(lacking), len(coverage.certain[fresh.pairing]))),
            ("age", _age(fresh)),
            ("source", Decimal(1) if fact is None else WEAK_ORIGIN if fact.weak else ONE_ORIGIN),
        )
        if needs:
            yield Lead("pairing", pairing.slug, ("pairing", pairing.slug), factors, needs, fresh.statements)


def _silent_years(asked: Asked, coverage: Coverage) -> Mapping[str, tuple[int, ...]]:
    measures = set(asked.measures) or asked.money
    heard = {(row.pairing, row.year) for row in coverage.rows if row.state in HEARD and row.measure in measures}
    certain = coverage.certain.items()
    return {slug: tuple(y for y in sorted(years) if (slug, y) not in heard) for slug, years in certain}


def _silence(lacking: int, years: int) -> Decimal:
    return 1 + 2 * Decimal(lacking) / Decimal(years) if years else Decimal(1)


def _age(fresh: Freshness) -> Decimal:
    if fresh.state in AGE_OF_STATE:
        return AGE_OF_STATE[fresh.state]
    years = fresh.years_since or 0
    return Decimal(1) if years > HISTORY else 1 + Decimal(max(0, min(years, OLDEST))) / 5


def _needs(asked: Asked, fresh: Freshness, lacking: tuple[int, ...], fact: SingleSource | None) -> Iterator[Need]:
    if fresh.state == "undated":
        yield Need("date")
    if lacking:
        yield Need("figure" if asked.measures else "money", lacking)
    is_stale = fresh.state == "seen" and (fresh.years_since or 0) >= STALE_AFTER
    if is_stale or fresh.state in ("start-only", "some-time"):
        yield Need("sighting", (fresh.last_confirmed.year,) if fresh.last_confirmed else ())
    if fact is not None:
        yield Need("original" if fact.weak else "origin", detail=fact.origin)


def _open(kg: KnowledgeGraph, asked: Asked) -> Iterator[Lead]:
    for disagreement in kg.derived.disagreements.values():
        subject = _subject(kg, disagreement)
        if disagreement.settled_by is None and is_about(kg, asked, subject):
            weight = FIGURE_WEIGHT if disagreement.about[0] == "cell" else OTHER_WEIGHT
            factors = (("level", _weight(kg, subject)), ("disagreement", Decimal(weight)))
            yield Lead("disagreement", disagreement.slug, subject, factors, statements=disagreement.evidence)


def _subject(kg: KnowledgeGraph, disagreement: Disagreement) -> tuple[str, str]:
    kind, name = disagreement.about
    return kg.derived.cells[name].about if kind == "cell" else (kind, name)


def _weight(kg: KnowledgeGraph, subject: tuple[str, str]) -> Decimal:
    kind, name = subject
    if kind == "pairing":
        return level_of(kg.corpus, kg.derived.pairings[name])
    return Decimal(SUBJECT_WEIGHT.get(kind, OTHER_SUBJECT))
