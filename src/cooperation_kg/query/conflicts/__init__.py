"""Where do sources say different things of one thing, how far apart are they, and what has been settled?

A conflict is *open* or *settled* exactly where the graph has a ``coop:Disagreement``. Beside them stand what cannot be
true of one thing but has two periods (*part-exceeds-whole*), what only looks like a conflict (*compatible*,
*scope-differs*) and what may hide one (*period-differs*, *partner*).

=============  ==========================================================================
module         its question
=============  ==========================================================================
``words``      what the classes and kinds are called and mean
``results``    what a conflict is, and in which order conflicts stand
``matters``    which conflicts are about one matter: open, settled, compatible, scope
``parts``      which figures exceed their whole
``further``    one value for two periods; one recipient with two supporters
``telling``    how conflicts are read, and the same as plain data
=============  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.query.conflicts.further import find_partners, find_periods
from cooperation_kg.query.conflicts.matters import find_on_matters
from cooperation_kg.query.conflicts.parts import find_parts
from cooperation_kg.query.conflicts.results import Conflict, Side, rank
from cooperation_kg.query.conflicts.telling import Conflicts
from cooperation_kg.query.conflicts.words import CLASSES, KINDS, SHOWN_CLASSES, SHOWN_OF_KIND
from cooperation_kg.query.kept import kept
from cooperation_kg.query.lookup import one_thing

__all__ = ["CLASSES", "KINDS", "SHOWN_CLASSES", "Conflict", "Conflicts", "Side", "conflicts"]


def conflicts(
    kg: KnowledgeGraph,
    *,
    about: str | None = None,
    kind: str | None = None,
    measure: str | None = None,
    classes: Collection[str] = (),
    as_of: AsOf | None = None,
) -> Conflicts:
    """Return where sources differ, the best attested first, with both sides of each.

    Parameters
    ----------
    about: a name or id of a place, pairing, programme, policy, event, project, organisation, source, statement, or
        of a cell, scope or disagreement. A place brings the pairings it is in, a programme all that is in its family.
    kind: one of KINDS.
    measure: a measure by notation or label.
    classes: those of CLASSES to list; where none is given, SHOWN_CLASSES, or what the kind can be. All classes are
        counted in any case.
    as_of: only what is said of that time, or of no time, weighs.

    Raises BadParameter for a name, kind, measure or class that is not there.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> found = conflicts(build_graph(load_corpus()), about="tibet-lasa", measure="gdp")
    >>> [(c.distance.shown, [side.shown for side in c.sides]) for c in found.listed]
    [('2.34%', ['304.87亿元', '312亿元'])]
    """
    _known(kind and [kind], KINDS, "kind")
    _known(classes, CLASSES, "class")
    thing = one_thing(kg, about) if about is not None else None
    counted = one_thing(kg, measure, ["measure"])[1] if measure is not None else None
    view = kg if as_of is None else as_of_view(kg, as_of)
    found = tuple(
        conflict
        for conflict in _every(view)
        if (kind is None or conflict.kind == kind)
        and (counted is None or conflict.measure == counted)
        and (thing is None or thing[:2] in conflict.things)
    )
    shown = tuple(name for name in CLASSES if name in (classes or SHOWN_OF_KIND.get(kind or "", SHOWN_CLASSES)))
    return Conflicts(kg, found, shown, thing, kind, counted, as_of)


@kept
def _every(kg: KnowledgeGraph) -> tuple[Conflict, ...]:
    """Return all conflicts of a graph, in order."""
    return rank((*find_on_matters(kg), *find_parts(kg), *find_periods(kg), *find_partners(kg)))


def _known(chosen: Iterable[str] | None, available: Iterable[str], what: str) -> None:
    for name in chosen or ():
        if name not in available:
            raise BadParameter(f"no {what} {name!r}; choose among 请选：{', '.join(available)}")
