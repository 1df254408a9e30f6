"""Why does the graph say so? The statements, the rules that derived a fact, what would remove it, what is missing.

==============  ================================================================================
module          question
==============  ================================================================================
``pairing``     why is a pairing as it is?
``verdict``     what was it at a time, and by which rule?
``dates``       which statements gave each of the four dates of a term?
``removal``     what becomes of it without each origin, without each statement?
``figures``     why do a figure and its cell stand as they do?
``facts``       why does a disagreement or any single statement stand as it does?
``nearest``     where two parties have no pairing: what comes nearest?
==============  ================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.document import Document, Section, sections
from cooperation_kg.query.evidence import Evidence, evidence_of
from cooperation_kg.query.explain import facts
from cooperation_kg.query.explain.nearest import nearest_parts, pairings_between
from cooperation_kg.query.explain.pairing import parts_of_pairing, parts_of_term
from cooperation_kg.query.lookup import find_named, one_thing, two_parties
from cooperation_kg.query.names import Found, name_of
from cooperation_kg.query.show import iri_of
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.parts import Part, Parts, Reader, Said, in_order, only, statements_as_json
from cooperation_kg.query.show.ties import asked_or_last
from cooperation_kg.query.show.words import HEADINGS

__all__ = ["EXPLAINED_KINDS", "Explained", "Explanation", "explain"]

_Builder = Callable[[Mentions, str, AsOf], Parts]
BUILDERS: Mapping[str, _Builder] = {"pairing": parts_of_pairing, "term": parts_of_term, **facts.BUILDERS}
EXPLAINED_KINDS = tuple(BUILDERS)
"""The kinds of facts that can be explained."""
_PARTIES = ("place", "organisation")


@dataclass(frozen=True)
class Explained:
    """One fact with the parts of its explanation."""

    kind: str
    identifier: str
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        """Return a part by code; KeyError where the fact has none of it."""
        return {part.code: part for part in self.parts}[code]


@dataclass(frozen=True)
class Explanation:
    """Why the graph says what it says of a fact, or of two parties; fulfils ``Answer``.

    ``parties`` are the two that were asked about, empty where one fact was. ``explained`` has every pairing between
    them; where there is none, ``nearest`` has what comes nearest.
    """

    parties: tuple[Found, ...]
    as_of: AsOf
    explained: tuple[Explained, ...]
    nearest: tuple[Part, ...]
    kg: KnowledgeGraph = field(repr=False, compare=False)

    @property
    def cited(self) -> tuple[str, ...]:
        """Every statement that the answer cites, each once, in the order of the corpus."""
        own = [one.identifier for one in self.explained if one.kind == "statement"]
        parts = (*(part for one in self.explained for part in one.parts), *self.nearest)
        return in_order(self.kg, (*own, *(key for part in parts for key in part.cited)))

    def document(self, lang: str) -> Document:
        """Return the answer to be read, in ``"zh"`` or ``"en"``."""
        reader = Reader(self.kg, full=True)
        found: list[Section] = []
        for one in self.explained:
            prefix = f"{name_of(self.kg, one.kind, one.identifier, lang)} · " if len(self.explained) > 1 else ""
            for part in one.parts:
                section = reader.section(part, lang)
                found.append(Section(prefix + section.heading, section.lines, section.columns, section.rows))
        found += [reader.section(part, lang) for part in self.nearest]
        return Document(self._title(lang), self._lead(lang), sections(*found, self._citations(lang)))

    def as_json(self) -> dict[str, Any]:
        """Return the answer as plain data, with every statement cited, by key."""
        reader = Reader(self.kg, full=True)
        return {
            "asked": [f"{kind}/{identifier}" for kind, identifier, _ in self.parties],
            "as_of": self.as_of.text,
            "explained": [
                {
                    "kind": one.kind,
                    "id": one.identifier,
                    "iri": iri_of(self.kg, one.kind, one.identifier),
                    "name": {lang: name_of(self.kg, one.kind, one.identifier, lang) for lang in ("zh", "en")},
                    "parts": {part.code: reader.data(part) for part in one.parts},
                }
                for one in self.explained
            ],
            "nearest": {part.code: reader.data(part) for part in self.nearest},
            "statements": statements_as_json(self.kg, self.cited),
        }

    def _title(self, lang: str) -> str:
        if self.parties:
            return " — ".join(name_of(self.kg, kind, identifier, lang) for kind, identifier, _ in self.parties)
        one = self.explained[0]
        return name_of(self.kg, one.kind, one.identifier, lang)

    def _lead(self, lang: str) -> tuple[str, ...]:
        if self.parties:
            return (self._counted().text(lang),)
        return (f"{self.explained[0].kind}/{self.explained[0].identifier}",)

    def _counted(self) -> Said:
        count = len(self.explained)
        if count:
            listed = "; ".join(f"{one.kind}/{one.identifier}" for one in self.explained)
            return Said(
                f"两方之间有{count}个结对：{listed}", f"{count} pairing{'s' * (count != 1)} between them: {listed}"
            )
        if any(part.rows for part in self.nearest):
            return Said(
                "没有来源说这两方结对。以下是最接近的；最接近的不是证据。",
                "No source says that the two are paired. What comes nearest follows; it is no evidence of a pairing.",
            )
        return Said(
            "没有来源说这两方结对，也没有接近的。这不等于它们没有结对。",
            "No source says that the two are paired, and nothing comes near. That does not show that they are not.",
        )

    def _citations(self, lang: str) -> Section:
        """Return every statement cited, a line each: what it says, as printed, where, graded how, its origin."""
        heading = HEADINGS["cited"][0 if lang == "zh" else 1]
        return Section(heading, tuple(_line(e, lang) for e in evidence_of(self.kg, self.cited, lang)))


def explain(kg: KnowledgeGraph, a: str, b: str | None = None, as_of: AsOf | None = None) -> Explanation:
    """Return why the graph says what it says of a fact, or of the pairings between two parties.

    Parameters
    ----------
    a: a pairing, statement, term, cell or disagreement, by name, id, IRI or prefixed name; or a party, with ``b``.
    b: the other party; every pairing between the two is explained, in either direction and every programme.
    as_of: the time of the verdict; the last year that the data cover where None.

    Raises BadParameter where a name means nothing, several things, or what cannot be explained (a place alone).

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> explanation = explain(build_graph(load_corpus()), "北京", "内蒙古")
    >>> [one.identifier for one in explanation.explained]
    ['east-west.beijing.inner-mongolia', 'border-minority-support.beijing.inner-mongolia']
    """
    asked = asked_or_last(kg, as_of or kg.as_of)
    mentions = Mentions(kg)
    parties = _parties(kg, a, b)
    if not parties:
        kind, identifier, _ = _one_fact(kg, a)
        return Explanation((), asked, (_explained(mentions, kind, identifier, asked),), (), kg)
    between = pairings_between(kg, parties[0][1], parties[1][1], asked)
    explained = tuple(_explained(mentions, "pairing", pairing.slug, asked) for pairing in between)
    nearest = () if explained else only(nearest_parts(mentions, parties[0][1], parties[1][1], asked))
    return Explanation(parties, asked, explained, nearest, kg)


def _line(evidence: Evidence, lang: str) -> str:
    """Return a statement in one line: its id, what it says, the literal, the citation, grade and origin."""
    printed, origin, colon = ("原文", "源头 ", "：") if lang == "zh" else ("as printed ", "origin ", ": ")
    parts = (
        f"{evidence.statement}{colon}{evidence.says}",
        f"{printed}“{evidence.as_written}”" if evidence.as_written else "",
        evidence.cited.removesuffix(f" [{evidence.statement}]"),
        evidence.grade,
        evidence.reached_by,
        f"{origin}{evidence.origin}" if evidence.origin != f"source/{evidence.source}" else "",
        evidence.address,
    )
    return " | ".join(part for part in parts if part)


def _explained(mentions: Mentions, kind: str, identifier: str, as_of: AsOf) -> Explained:
    return Explained(kind, identifier, only(BUILDERS[kind](mentions, identifier, as_of)))


def _one_fact(kg: KnowledgeGraph, text: str) -> Found:
    found = find_named(kg, text)
    if len(found) == 1 and found[0][0] not in EXPLAINED_KINDS:
        kind, identifier, name = found[0]
        second = "give a second party to explain their pairing, or " if kind in _PARTIES else ""
        raise BadParameter(
            f"{text!r} is {kind}/{identifier} {name}: {second}try ckg show {kind}/{identifier} "
            f"/ {'请再给一方，或用' if second else '请用'} ckg show"
        )
    return one_thing(kg, text, EXPLAINED_KINDS)


def _parties(kg: KnowledgeGraph, a: str, b: str | None) -> tuple[Found, ...]:
    """Return the two parties asked about; none where ``a`` is a fact. 京藏 in one word are two parties."""
    if b is not None:
        pair = one_thing(kg, a, _PARTIES), one_thing(kg, b, _PARTIES)
        if pair[0] == pair[1]:
            raise BadParameter(f"{a!r} and {b!r} are the same: {pair[0][0]}/{pair[0][1]} / 两者相同")
        return pair
    found = find_named(kg, a)
    together = two_parties(kg, a) if len(found) != 1 else []
    if len(together) == 1 and all(kind == "pairing" for kind, _, _ in found):
        return tuple(one_thing(kg, party, _PARTIES) for party in together[0])
    return ()
