"""What must be known before a row is used? Short codes, each an anchor of the site's page of caveats.

=============  ==========================================================================================
code           says of a statement, or of a pairing
=============  ==========================================================================================
``stage``      planned, agreed or allocated, not paid out
``people``     person-times (人次) are not persons
``bounds``     the number is a bound or an approximation, not a value
``translated`` read in translation or as an abstract only
``reprint``    read in a reprint, not where it first appeared
``weak``       no source that answers for it
``disputed``   sources disagree about it
``anonymous``  a party that its source hides
``status``     of a pairing: possible only, or undated
``direction``  of a pairing: no source states who supports whom
=============  ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.quantities import Bound
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.parties import parties_named
from cooperation_kg.query.show.missing import WEAK_GRADES

CODES = (
    *("stage", "people", "bounds", "translated", "reprint", "weak"),
    *("disputed", "anonymous", "status", "direction"),
)
NOT_PAID = ("planned", "agreed", "allocated")


class Caveats:
    """Answers for one graph which caveats apply.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> caveats = Caveats(kg)
    >>> {code for s in kg.corpus.statements.values() for code in caveats.of_statement(s)} <= set(CODES)
    True
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._corpus = kg.corpus
        disagreements = kg.derived.disagreements.values()
        self._disputed = {key for disagreement in disagreements for key in disagreement.evidence}
        self._disputed_pairings = {d.about[1] for d in disagreements if d.about[0] == "pairing"}

    def of_statement(self, statement: Statement) -> tuple[str, ...]:
        """Return the codes that apply to a statement, in the order of CODES; none to a withdrawn one."""
        return () if statement.withdrawn is not None else tuple(self._of_statement(statement))

    def of_pairing(self, pairing: Pairing) -> tuple[str, ...]:
        """Return the codes that apply to a pairing, in the order of CODES."""
        return tuple(self._of_pairing(pairing))

    def _of_statement(self, statement: Statement) -> Iterator[str]:
        source = self._corpus.sources[statement.source]
        reached = statement.reached_by or source.reached_by
        if isinstance(statement, FigureStatement):
            yield from _of_figure(statement)
        if reached in ("translation", "abstract"):
            yield "translated"
        if reached == "reprint":
            yield "reprint"
        if source.grade in WEAK_GRADES:
            yield "weak"
        if statement.key in self._disputed:
            yield "disputed"
        if any(party in self._corpus.anonymous for party in parties_named(self._corpus, statement)):
            yield "anonymous"

    def _of_pairing(self, pairing: Pairing) -> Iterator[str]:
        if pairing.slug in self._disputed_pairings:
            yield "disputed"
        if any(party in self._corpus.anonymous for party in pairing.parties):
            yield "anonymous"
        if not pairing.in_force_in:
            yield "status"
        if not pairing.directed:
            yield "direction"


def _of_figure(figure: FigureStatement) -> Iterator[str]:
    if figure.stage in NOT_PAID:
        yield "stage"
    if figure.quantity.unit.endswith("人次"):
        yield "people"
    if figure.quantity.bound is not Bound.EXACT:
        yield "bounds"
