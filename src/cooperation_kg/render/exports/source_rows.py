"""One row a document: those cited in this export and what they reprint; of the whole graph, every document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cooperation_kg.curate.registers import Source
from cooperation_kg.graph.naming import Namer, source_title
from cooperation_kg.render.exports.cut import Cut

Cells = dict[str, Any]


def source_rows(cut: Cut) -> Iterator[Cells]:
    """Yield the rows, by id."""
    cited, namer = _cited(cut), Namer(cut.kg.corpus)
    return (_row(cut, namer, source, cited[source.id]) for source in sources_of(cut))


def _cited(cut: Cut) -> Counter[str]:
    return Counter(s.source for s in cut.kg.corpus.statements.values() if s.withdrawn is None)


def sources_of(cut: Cut) -> list[Source]:
    """Return the documents of an export, by id: all of the whole graph; of a part, those cited and their originals."""
    known = cut.kg.corpus.sources
    if cut.kg.as_of is None and not cut.selection.asked:
        return [known[identifier] for identifier in sorted(known)]
    kept: set[str] = set()
    waiting = sorted(_cited(cut))
    while waiting:
        step = waiting.pop()
        reprinted = known[step].reprint_of
        waiting += [reprinted] if reprinted and step not in kept else []
        kept.add(step)
    return [known[identifier] for identifier in sorted(kept)]


def _row(cut: Cut, namer: Namer, source: Source, statements: int) -> Cells:
    lang, label = cut.lang, source.title or source.description
    assert label is not None
    return {
        "id": source.id,
        "title": source_title(source, lang),
        "title_zh": label.zh,
        "title_en": label.en,
        "untitled": source.title is None,
        "type": source.type,
        "type_label": namer.concept("source-type", source.type, lang),
        "authors": " | ".join(source.authors),
        "container": source.container,
        "issue": source.issue,
        "publisher": source.publisher,
        "date": source.date.text if source.date else None,
        "first_day": source.date.earliest if source.date else None,
        "last_day": source.date.latest if source.date else None,
        "doi": source.doi,
        "url": source.url,
        "licence": source.licence,
        "language": source.language,
        "reprint_of": source.reprint_of,
        "according_to": source.according_to,
        "read": source.read,
        "reached_by": source.reached_by,
        "grade": source.grade,
        "grade_label": namer.concept("source-grade", source.grade, lang) if source.grade else None,
        "statements": statements,
        "iri": cut.kg.iris.thing("source", source.id).value,
    }
