"""What do the words mean? Labels and definitions of every term and concept, read from ``ontology/*.ttl``.

Terms (classes and properties) are in ``cooperation.ttl``, code lists in ``concepts.ttl``. They are written
there once, in Chinese and English; checks, schema, graph and pages read them here instead of repeating them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from cooperation_kg import locations
from cooperation_kg.errors import Issue, UnreadableFile

TERMS_FILE = "cooperation.ttl"
CONCEPTS_FILE = "concepts.ttl"
LANGUAGES = ("zh", "en")

DEF = "https://w3id.org/cooperation-kg/def#"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

TermKind = OneOf["class", "object-property", "datatype-property"]
_TERM_KINDS: dict[str, TermKind] = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "object-property",
    f"{_OWL}DatatypeProperty": "datatype-property",
}


@dataclass(frozen=True)
class Term:
    """A class, a property or a code list, with its label and definition in both languages.

    ``range`` is the IRI that ``rdfs:range`` names, empty where there is none or more than one is possible.
    """

    iri: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    kind: TermKind | OneOf["scheme"]
    range: str = ""

    def label(self, lang: str) -> str:
        """Return the label in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en

    def definition(self, lang: str) -> str:
        """Return the definition in ``"zh"`` or ``"en"``."""
        return self.definition_zh if lang == "zh" else self.definition_en


@dataclass(frozen=True)
class ConceptTerm:
    """One controlled value: what curators write (``notation``) and what it means.

    ``unit`` and ``summable`` are given for measures alone: the unit of its literals (元, 人; empty for shares)
    and whether figures of it may be added. ``broader`` is the notation of the concept above, if any.
    """

    notation: str
    iri: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    unit: str | None = None
    summable: bool | None = None
    broader: str | None = None

    def label(self, lang: str) -> str:
        """Return the label in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Ontology:
    """Terms by local name, code lists by name, and the concepts of each list by notation; in file order."""

    terms: Mapping[str, Term]
    schemes: Mapping[str, Term]
    concepts: Mapping[str, Mapping[str, ConceptTerm]]

    def label(self, scheme: str, notation: str, lang: str = "zh") -> str:
        """Return the label of a concept in ``"zh"`` or ``"en"``; KeyError where the list has no such value.

        >>> load_ontology().label("nature", "flow", "en")
        'total over the period'
        """
        return self.concepts[scheme][notation].label(lang)


def load_ontology(folder: Path | str | None = None) -> Ontology:
    """Return the ontology of this folder (the shipped one where None); read once, then kept.

    Raises UnreadableFile where a file is missing, is no Turtle, or a term lacks its label or definition.

    >>> load_ontology().terms["supporter"].zh
    '帮扶方'
    """
    return _shipped() if folder is None else _load(Path(folder))


@cache
def _shipped() -> Ontology:
    return _load(locations.ontology_folder())


@lru_cache(maxsize=8)
def _load(folder: Path) -> Ontology:
    terms = _Facts(folder / TERMS_FILE)
    concepts = _Facts(folder / CONCEPTS_FILE)
    schemes = {_last_part(iri): concepts.term(iri, "scheme") for iri in concepts.of_type(f"{_SKOS}ConceptScheme")}
    return Ontology(
        terms=MappingProxyType({term.iri.removeprefix(DEF): term for term in _terms(terms)}),
        schemes=MappingProxyType(schemes),
        concepts=MappingProxyType(
            {name: MappingProxyType(_concepts(concepts, scheme.iri)) for name, scheme in schemes.items()}
        ),
    )


def _terms(facts: _Facts) -> Iterator[Term]:
    for iri in facts.subjects:
        for type_iri in facts.iris(iri, _TYPE):
            if iri != DEF and type_iri in _TERM_KINDS:
                yield facts.term(iri, _TERM_KINDS[type_iri])


def _concepts(facts: _Facts, scheme: str) -> dict[str, ConceptTerm]:
    found = {}
    for iri in facts.of_type(f"{_SKOS}Concept"):
        if scheme in facts.iris(iri, f"{_SKOS}inScheme"):
            concept = _concept(facts, iri)
            found[concept.notation] = concept
    return found


def _concept(facts: _Facts, iri: str) -> ConceptTerm:
    summable = facts.text(iri, f"{DEF}summable")
    broader = facts.iris(iri, f"{_SKOS}broader")
    return ConceptTerm(
        facts.required(iri, f"{_SKOS}notation"),
        iri,
        *facts.words(iri, f"{_SKOS}prefLabel"),
        unit=facts.text(iri, f"{DEF}measureUnit"),
        summable=None if summable is None else summable in ("true", "1"),
        broader=_last_part(broader[0]) if broader else None,
    )


def _last_part(iri: str) -> str:
    return iri.rpartition("/")[2]


class _Facts:
    """The triples of one Turtle file: subject → predicate → objects, in file order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.subjects: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        try:
            triples = list(parse(path=path, format=RdfFormat.TURTLE))
        except OSError as missing:
            raise self.fault("E030", f"cannot be read: {missing.strerror}", "无法读取") from missing
        except (SyntaxError, ValueError) as bad:
            line = getattr(bad, "lineno", None) or 0
            raise self.fault("E030", f"is no Turtle: {bad}", f"不合 Turtle 语法：{bad}", line) from bad
        for subject, predicate, value, _ in triples:
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                self.subjects.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)

    def fault(self, code: str, en: str, zh: str, line: int = 0) -> UnreadableFile:
        return UnreadableFile([Issue(self.path.name, line, 0, code, en, zh)])

    def of_type(self, type_iri: str) -> Iterator[str]:
        return (iri for iri in self.subjects if type_iri in self.iris(iri, _TYPE))

    def iris(self, iri: str, predicate: str) -> list[str]:
        values = self.subjects[iri].get(predicate, [])
        return [value.value for value in values if isinstance(value, NamedNode)]

    def text(self, iri: str, predicate: str, lang: str | None = None) -> str | None:
        for value in self.subjects[iri].get(predicate, []):
            if isinstance(value, Literal) and value.language == lang:
                return value.value
        return None

    def required(self, iri: str, predicate: str, lang: str | None = None) -> str:
        text = self.text(iri, predicate, lang)
        if text is None:
            what = f"{predicate} (@{lang})" if lang else predicate
            raise self.fault("E031", f"<{iri}> lacks {what}; add it", f"<{iri}> 缺少 {what}；请补上")
        return text

    def words(self, iri: str, label: str) -> tuple[str, str, str, str]:
        zh, en = (self.required(iri, label, lang) for lang in LANGUAGES)
        definition_zh, definition_en = (self.required(iri, f"{_SKOS}definition", lang) for lang in LANGUAGES)
        return zh, en, definition_zh, definition_en

    def term(self, iri: str, kind: TermKind | OneOf["scheme"]) -> Term:
        label = f"{_SKOS}prefLabel" if kind == "scheme" else f"{_RDFS}label"
        ranges = self.iris(iri, f"{_RDFS}range")
        return Term(iri, *self.words(iri, label), kind=kind, range=ranges[0] if len(ranges) == 1 else "")
