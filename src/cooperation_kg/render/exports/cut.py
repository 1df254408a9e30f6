"""What is exported: a graph narrowed to what was asked for, the view of it, and the language of its labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.query.caveats import Caveats
from cooperation_kg.query.selecting import EVERYTHING, Selection, selected_view


@dataclass(frozen=True)
class Cut:
    """The part of a graph that an export is written from; every writer of ``render/exports`` takes one.

    Attributes
    ----------
    kg: the graph, narrowed to the time and the selection asked for.
    view: ``network`` (parties and pairings), ``statements`` or ``full``, as the format has it.
    lang: zh or en, the language of columns ``label``; both languages stand in the columns that name theirs.
    selection: what the graph was narrowed to beside the time.
    """

    kg: KnowledgeGraph
    view: str
    lang: str = "zh"
    selection: Selection = EVERYTHING

    @cached_property
    def caveats(self) -> Caveats:
        """The answers to which caveats apply."""
        return Caveats(self.kg)

    def remarks(self, lang: str) -> tuple[str, ...]:
        """Return in words what the graph was narrowed to: time, revision, selection; nothing for the whole of now."""
        said = [self.kg.as_of.words(lang)] if self.kg.as_of else []
        if self.kg.known_at:
            said.append(f"数据版本 {self.kg.known_at}" if lang == "zh" else f"data of revision {self.kg.known_at}")
        return (*said, *([self.selection.words(self.kg, lang)] if self.selection.asked else []))


def cut_of(
    kg: KnowledgeGraph,
    view: str,
    *,
    as_of: AsOf | None = None,
    selection: Selection = EVERYTHING,
    lang: str = "zh",
) -> Cut:
    """Return the part of a graph that belongs to a time and a selection."""
    then = kg if as_of is None else as_of_view(kg, as_of)
    return Cut(selected_view(then, selection), view, lang, selection)
