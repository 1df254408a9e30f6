"""What a total answers: by measure, the sum or the refusal with its reasons, and what can be said instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.document import Document
from cooperation_kg.query.totals.candidates import Asked, Sorted
from cooperation_kg.query.totals.choices import Weighed
from cooperation_kg.query.totals.figures import Figure
from cooperation_kg.query.totals.reasons import Reason
from cooperation_kg.query.totals.residuals import Residual
from cooperation_kg.query.totals.series import Series
from cooperation_kg.query.totals.sums import Added, add

SUM, SINGLE, REFUSED, NOTHING = "sum", "single", "refused", "nothing"
"""What became of a measure: a sum; one figure alone; refused; no figure that could be added."""


@dataclass(frozen=True)
class Group:
    """The candidates that one sum could hold: one unit, nature and stage (and role of a place).

    ``never`` says that figures of this kind are not added at all; then nothing was weighed.
    """

    figures: tuple[Figure, ...]
    never: Reason | None
    weighed: Weighed | None
    residuals: tuple[Residual, ...]

    @property
    def status(self) -> str:
        """Sum, single or refused."""
        if len(self.figures) == 1:
            return SINGLE
        return SUM if self.weighed is not None and self.weighed.all_add_up else REFUSED

    @property
    def added(self) -> Added | None:
        """The sum of all, where all may be added; of a single figure, itself, unless it is of each year."""
        if self.status == SINGLE and self.figures[0].quantity.ratio is None and self.figures[0].nature != "each-year":
            return add([self.figures[0].quantity])
        return self.weighed.choices[0].added if self.status == SUM and self.weighed else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why not all figures may be added, each pair once."""
        own = (self.never,) if self.never and len(self.figures) > 1 else ()
        return (*own, *(self.weighed.reasons if self.weighed else ()))


@dataclass(frozen=True)
class MeasureTotal:
    """What one measure comes to. ``between`` says why its groups may not be added to each other (one reason a pair
    of groups); ``beside`` why figures of other measures of the same money may not be added to these."""

    measure: str
    found: Sorted
    groups: tuple[Group, ...]
    between: tuple[Reason, ...]
    beside: tuple[Reason, ...]
    series: tuple[Series, ...]

    @property
    def status(self) -> str:
        """Sum, single, refused or nothing."""
        if not self.groups:
            return NOTHING
        return self.groups[0].status if len(self.groups) == 1 else REFUSED

    @property
    def added(self) -> Added | None:
        """The sum, where there is one."""
        return self.groups[0].added if len(self.groups) == 1 else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason against one sum of all candidates."""
        return (*self.between, *(reason for group in self.groups for reason in group.reasons))


@dataclass(frozen=True)
class Total:
    """The answer to ``ckg total``: one `MeasureTotal` a measure, never added across measures.

    ``available`` are the measures that the thing has figures of, with how many; ``not_added`` those left out, where
    no measure was asked for (``named``), because the ontology says that they are not additive.
    """

    asked: Asked
    measures: tuple[MeasureTotal, ...]
    available: tuple[tuple[str, int], ...]
    not_added: tuple[str, ...]
    named: bool
    by_year: bool
    kg: KnowledgeGraph = field(repr=False, compare=False)

    @property
    def refused(self) -> tuple[str, ...]:
        """The measures whose figures may not all be added."""
        return tuple(m.measure for m in self.measures if m.status == REFUSED)

    def of(self, measure: str) -> MeasureTotal:
        """Return what one measure comes to; raises KeyError where it was not asked for."""
        for total in self.measures:
            if total.measure == measure:
                return total
        raise KeyError(measure)

    def document(self, lang: str) -> Document:
        """Return the answer to be read, in ``"zh"`` or ``"en"``."""
        from cooperation_kg.query.totals.telling import tell

        return tell(self, lang)

    def as_json(self) -> dict[str, Any]:
        """Return the whole answer as plain data, nothing cut, numbers as text."""
        from cooperation_kg.query.totals.plain import plain

        return plain(self)
