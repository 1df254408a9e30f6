"""Which part of the graph is wanted? One programme, one place with what lies inside, one level; and what is kept then.

Kept are the pairings of which all that is asked holds, the statements that make them, and every other statement that
speaks of a kept pairing or, where it speaks of none, of the programme, place and level asked for. What a kept figure
is part of is kept with it. Registers and documents stay, as in ``graph/view.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.registers import AnonymousPlace, Organisation
from cooperation_kg.curate.statements import (
    DocumentStatement,
    PairingStatement,
    PolicyEffectStatement,
    Statement,
)
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.scopes import pairing_slug, scope_in, subject_of
from cooperation_kg.graph.derive.ties import ties_of
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.triples.values import RDFS, Fact, iri, text
from cooperation_kg.graph.view import narrowed, with_wholes
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.lookup import one_thing
from cooperation_kg.query.parties import parties_named

_WORDS = {
    "programme": {"zh": "只含机制：{}", "en": "only the programme {}"},
    "place": {"zh": "只含地区：{}及其下辖", "en": "only {} and what lies inside"},
    "level": {"zh": "只含双方均为{}的结对", "en": "only pairings with both parties of the level: {}"},
}


@dataclass(frozen=True)
class Selection:
    """What is asked for, by id; an empty one leaves that open.

    >>> Selection(programme="east-west", level="county").tag
    'programme-east-west.level-county'
    """

    programme: str = ""
    place: str = ""
    level: str = ""

    @property
    def asked(self) -> Mapping[str, str]:
        """What is asked for, by name: programme, place, level."""
        named = {"programme": self.programme, "place": self.place, "level": self.level}
        return {name: value for name, value in named.items() if value}

    @property
    def tag(self) -> str:
        """The selection as part of a file name, empty for everything."""
        return ".".join(f"{name}-{value}" for name, value in self.asked.items())

    def words(self, kg: KnowledgeGraph, lang: str) -> str:
        """Return the selection in words, empty for everything; ``lang`` is zh or en."""
        namer = Namer(kg.corpus)
        shown = {
            name: namer.concept("level", value, lang) if name == "level" else namer.thing(name, value, lang)
            for name, value in self.asked.items()
        }
        return ("；" if lang == "zh" else "; ").join(_WORDS[name][lang].format(said) for name, said in shown.items())


EVERYTHING = Selection()
"""Nothing is left out."""


def selection_of(kg: KnowledgeGraph, programme: str = "", place: str = "", level: str = "") -> Selection:
    """Return what somebody asks for by names as people type them.

    Parameters
    ----------
    programme, place: a name, an id, pinyin; as ``query/lookup.py`` finds them.
    level: a level of places: province, prefecture, county … or its label.

    Raises BadParameter, with what may be meant.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> selection_of(build_graph(load_corpus()), programme="东西部协作", level="县级")
    Selection(programme='east-west', place='', level='county')
    """
    return Selection(
        one_thing(kg, programme, ["programme"])[1] if programme else "",
        one_thing(kg, place, ["place"])[1] if place else "",
        _level(level) if level else "",
    )


def selected_view(kg: KnowledgeGraph, selection: Selection) -> KnowledgeGraph:
    """Return the part of a graph that is asked for, as a graph of its own; of a graph as of a time, as of that time.

    It says in ``rdfs:comment`` of the dataset what was asked for.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> view = selected_view(build_graph(load_corpus()), Selection(programme="east-west"))
    >>> {pairing.programme for pairing in view.derived.pairings.values()}
    {'east-west'}
    """
    if not selection.asked:
        return kg
    asking = _Asking(kg, selection)
    slugs = {slug for slug, pairing in kg.derived.pairings.items() if asking.wants_pairing(pairing)}
    shown = [kg.derived.pairings[slug] for slug in slugs]
    kept = {key for pairing in shown for key in pairing.evidence}
    kept |= {key for pairing in shown for term in pairing.terms for key in term.evidence}
    policies = {term.basis for pairing in shown for term in pairing.terms if term.basis}
    kept |= {key for key, statement in kg.corpus.statements.items() if asking.wants(statement, slugs, policies)}
    kept = with_wholes(kg.corpus, kept)
    # a figure's whole may speak of a pairing that was not asked for: without that pairing it would hang in the air
    slugs |= {slug for key in kept for slug in asking.pairing_about(kg.corpus.statements[key])}
    view = narrowed(kg, slugs, kept)
    return replace(view, further=(*view.further, *_said(kg, selection)))


def _said(kg: KnowledgeGraph, selection: Selection) -> Iterator[Fact]:
    graph = kg.iris.graph_term("derived")
    for lang in ("zh", "en"):
        yield graph, iri(kg.iris.base), RDFS.comment, text(selection.words(kg, lang), lang)


def _level(text: str) -> str:
    levels = load_ontology().concepts["level"]
    for notation, term in levels.items():
        if text in (notation, term.zh, term.en):
            return notation
    near = get_close_matches(text, levels, n=1)
    meant = f"did you mean 是否指 {near[0]}? " if near else ""
    raise BadParameter(f"no level {text[:60]!r} 无此层级; {meant}choose among 请选：{', '.join(levels)}")


class _Asking:
    """Answers whether a pairing or a statement is asked for."""

    def __init__(self, kg: KnowledgeGraph, selection: Selection) -> None:
        self.corpus: Corpus = kg.corpus
        self.pairings = kg.derived.pairings
        self.selection = selection
        self.day = kg.as_of.last_day if kg.as_of else date(int(kg.corpus.dataset.horizon), 12, 31)

    def wants_pairing(self, pairing: Pairing) -> bool:
        asked = self.selection
        return (
            (not asked.programme or asked.programme in (pairing.programme, *pairing.programmes))
            and (not asked.place or any(self._is_inside(party) for party in pairing.parties))
            and (not asked.level or all(self._level(party) == asked.level for party in pairing.parties))
        )

    def wants(self, statement: Statement, slugs: set[str], policies: set[str]) -> bool:
        """Return whether a statement that may make no kept pairing is asked for all the same."""
        if statement.withdrawn is not None:
            return False
        about = self._pairings_of(statement)
        if about:
            return any(slug in slugs for slug in about)
        if isinstance(statement, DocumentStatement | PolicyEffectStatement) and statement.policy in policies:
            return True
        return self._speaks_of_it(statement)

    def pairing_about(self, statement: Statement) -> Iterator[str]:
        """Yield the pairing that a statement other than one of pairing is about."""
        about = getattr(statement, "about", None)
        if about is not None and not isinstance(statement, PairingStatement) and statement.withdrawn is None:
            kind, slug = subject_of(self.corpus, self.pairings, about)
            if kind == "pairing":
                yield slug

    def _pairings_of(self, statement: Statement) -> list[str]:
        if not isinstance(statement, PairingStatement):
            return list(self.pairing_about(statement))
        if scope_in(statement) is not None:
            return []
        slugs = (pairing_slug(self.pairings, tie.family, tie.parties) for tie in ties_of(self.corpus, statement))
        return [slug for slug in slugs if slug is not None]

    def _speaks_of_it(self, statement: Statement) -> bool:
        asked, parties = self.selection, list(parties_named(self.corpus, statement))
        return (
            (not asked.programme or asked.programme in self._programmes_of(statement))
            and (not asked.place or any(self._is_inside(party) for party in parties))
            and (not asked.level or (bool(parties) and all(self._level(party) == asked.level for party in parties)))
        )

    def _programmes_of(self, statement: Statement) -> Iterator[str]:
        """Yield the programmes that a statement names, each with its family."""
        scope = scope_in(statement)
        named: Iterable[object] = (
            scope.programme if scope else None,
            getattr(statement, "programme", None),
            getattr(statement, "about", None),
        )
        for name in named:
            if isinstance(name, str) and name in self.corpus.programmes:
                yield name
                yield self.corpus.programmes[name].family_id

    def _is_inside(self, party: str) -> bool:
        """Return whether a party is the place asked for, or lies inside it on the day asked about."""
        seen: set[str] = set()
        step: str | None = party
        while step is not None and step not in seen:
            if step == self.selection.place:
                return True
            seen.add(step)
            step = self._parent(step)
        return False

    def _parent(self, party: str) -> str | None:
        record = self.corpus.registers["organisation"].get(party) or self.corpus.place(party)
        if isinstance(record, Organisation | AnonymousPlace):
            return record.within
        place = self.corpus.places[party]
        # a unit that was no more on that day lies where it last lay
        return place.parent_at(self.day) or next((within.parent for within in reversed(place.within)), None)

    def _level(self, party: str) -> str | None:
        if party in self.corpus.registers["organisation"]:
            return None
        if party in self.corpus.anonymous:
            return self.corpus.anonymous[party].level
        former = self.corpus.places[party].former_at(self.day)
        return former.level if former and former.level else self.corpus.places[party].level
