"""Who says so? A statement with its document, where in it, how it was read, and what it says in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.naming import Namer, source_title
from cooperation_kg.graph.summaries import summarise


@dataclass(frozen=True)
class Evidence:
    """One statement as an answer cites it.

    ``says`` is our line of what it says; ``as_written`` the literal of a figure as printed, empty for other kinds.
    ``origin`` is where the chain of reprints and credits ends (``source/<id>`` or ``organisation/<id>``): two
    statements of one origin are one voice. ``address`` is the DOI or URL of the document, where there is one.
    """

    statement: str
    kind: str
    says: str
    as_written: str
    source: str
    title: str
    publisher: str
    date: str
    locator: str
    grade: str
    reached_by: str
    directness: str
    origin: str
    address: str

    @property
    def cited(self) -> str:
        """The document and the place in it, in one line: 《title》，publisher，date，locator [key].

        >>> Evidence("a.s1", "figure", "", "", "a", "题", "报社", "2018", "", "", "", "", "", "").cited
        '《题》，报社，2018 [a.s1]'
        """
        parts = [f"《{self.title}》", self.publisher, self.date, self.locator]
        return f"{'，'.join(part for part in parts if part)} [{self.statement}]"

    def as_json(self) -> dict[str, Any]:
        """Return the filled fields, ready for JSON."""
        return {name: value for name, value in vars(self).items() if value}


def evidence_of(kg: KnowledgeGraph, keys: Iterable[str], lang: str) -> tuple[Evidence, ...]:
    """Return statements as evidence, in the order given; ``lang`` is zh or en.

    Parameters
    ----------
    keys: ids of statements, ``<source>.<id>``; raises KeyError for one that is not there.
    """
    namer = Namer(kg.corpus, kg.derived.pairings)
    return tuple(_evidence(kg, namer, key, lang) for key in keys)


def _evidence(kg: KnowledgeGraph, namer: Namer, key: str, lang: str) -> Evidence:
    statement = kg.corpus.statements[key]
    source = kg.corpus.sources[statement.source]
    reached_by = statement.reached_by or source.reached_by
    return Evidence(
        statement=key,
        kind=statement.kind,
        says=summarise(statement, namer, lang),
        as_written=statement.literal if isinstance(statement, FigureStatement) else "",
        source=source.id,
        title=source_title(source, lang),
        publisher=source.publisher or source.container or "",
        date=source.date.text if source.date else "",
        locator=statement.locator or "",
        grade=namer.concept("source-grade", source.grade, lang) if source.grade else "",
        reached_by=namer.concept("reached-by", reached_by, lang),
        directness=namer.concept("directness", statement.directness, lang),
        origin=origin_of(kg.corpus, statement),
        address=f"https://doi.org/{source.doi}" if source.doi else source.url or "",
    )
