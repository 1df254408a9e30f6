"""Everything known of a thing: a place, a pairing, a programme, a policy, a source, a project … and what is missing.

==============  ============================================================================
module          question
==============  ============================================================================
``parts``       what does an answer consist of: cells and parts, as text and as JSON?
``words``       what are parts and columns called?
``mentions``    which statements speak of a thing?
``figures``     which figures are there, by measure and period?
``ties``        how are pairings shown among others: terms, rows, status?
``common``      the parts that many kinds of things have
``pairing``     what is known of a pairing?
``places``      … of a place?
``documents``   … of a policy or a source?
``statements``  … of a statement, a measure, a scope?
``things``      … of a programme, an organisation, a project, an event?
``missing``     what is missing?
==============  ============================================================================
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.vocabulary import CONCEPT
from cooperation_kg.query.document import Document, sections
from cooperation_kg.query.lookup import find_named, one_thing
from cooperation_kg.query.names import name_of
from cooperation_kg.query.show.common import sources_part
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.parts import Part, Reader, Said, only, statements_as_json
from cooperation_kg.query.show.things import BUILDERS

__all__ = ["SHOWN_KINDS", "Shown", "show"]

SHOWN_KINDS = tuple(BUILDERS)
"""The kinds of things that can be shown."""
LEFT_OUT = Said(
    "只讲其他时间的数字、事件等不列；不写 --as-of 则全部列出",
    "figures, events and the like that tell of other times alone are left out; without --as-of all are listed",
)


@dataclass(frozen=True)
class Shown:
    """What is known of one thing; fulfils ``Answer``.

    ``full`` says whether the document lists everything; JSON always does.
    """

    kind: str
    identifier: str
    as_of: AsOf | None
    full: bool
    parts: tuple[Part, ...]
    kg: KnowledgeGraph = field(repr=False, compare=False)

    def part(self, code: str) -> Part:
        """Return a part by code; KeyError where the thing has none of it."""
        return {part.code: part for part in self.parts}[code]

    @property
    def cited(self) -> tuple[str, ...]:
        """Every statement that the answer cites, each once."""
        return tuple(dict.fromkeys(key for part in self.parts for key in part.cited))

    def document(self, lang: str) -> Document:
        """Return the answer to be read, in ``"zh"`` or ``"en"``."""
        reader = Reader(self.kg, full=self.full)
        name = name_of(self.kg, self.kind, self.identifier, lang)
        status = [part for part in self.parts if part.code == "status"]
        lead = [f"{self.kind}/{self.identifier}", *(line.text(lang) for part in status for line in part.lines)]
        if self.as_of is not None:
            lead.append(LEFT_OUT.text(lang))
        rest = (part for part in self.parts if part.code != "status")
        return Document(name, tuple(lead), sections(*(reader.section(part, lang) for part in rest)))

    def as_json(self) -> dict[str, Any]:
        """Return the answer as plain data, whole: parts by code, and every statement cited, by key."""
        reader = Reader(self.kg, full=True)
        return {
            "kind": self.kind,
            "id": self.identifier,
            "iri": iri_of(self.kg, self.kind, self.identifier),
            "name": {lang: name_of(self.kg, self.kind, self.identifier, lang) for lang in ("zh", "en")},
            "as_of": self.as_of.text if self.as_of else None,
            "parts": {part.code: reader.data(part) for part in self.parts},
            "statements": statements_as_json(self.kg, self.cited),
        }


def show(kg: KnowledgeGraph, name: str, as_of: AsOf | None = None, *, full: bool = False) -> Shown:
    """Return everything known of what ``name`` means, and what is missing.

    Parameters
    ----------
    name: an id, any name, pinyin or initials, ``kind/id``, an IRI; see ``lookup.find_named``.
    as_of: a time: figures, events and the rest that tell of other times are left out; statuses are those of then.
    full: list everything in the document, however long.

    Raises BadParameter, with the candidates, where the name means several things or nothing.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> shown = show(build_graph(load_corpus()), "闽宁")
    >>> shown.identifier, len(shown.part("terms").rows)
    ('east-west.fujian.ningxia', 1)
    """
    kind, identifier = _one_to_show(kg, name)
    asked = as_of or kg.as_of
    parts = only(BUILDERS[kind](Mentions(kg, asked), identifier, asked))
    cited = [key for part in parts for key in part.cited]
    known = {part.code for part in parts}
    sources = () if "sources" in known else only([sources_part(kg, cited)])
    return Shown(kind, identifier, asked, full, (*parts, *sources), kg)


def _one_to_show(kg: KnowledgeGraph, name: str) -> tuple[str, str]:
    found = find_named(kg, name)
    if len(found) == 1 and found[0][0] not in SHOWN_KINDS:
        kind, identifier, label = found[0]
        raise BadParameter(
            f"{name!r} is {kind}/{identifier} {label}: ckg explain {kind}/{identifier} says where it comes from "
            "/ 请用 ckg explain"
        )
    return one_thing(kg, name, SHOWN_KINDS)[:2]


def iri_of(kg: KnowledgeGraph, kind: str, identifier: str) -> str:
    """Return the IRI of a thing; a measure is a concept."""
    return f"{CONCEPT}measure/{identifier}" if kind == "measure" else kg.iris.thing(kind, identifier).value
