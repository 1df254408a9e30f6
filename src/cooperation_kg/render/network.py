"""The network that is drawn and exported: parties as nodes, one edge a pairing, each edge with its evidence."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cooperation_kg.curate.dates import display
from cooperation_kg.curate.registers import AnonymousPlace, Place
from cooperation_kg.curate.statements import (
    FigureStatement,
    PairingStatement,
    Scope,
    Statement,
)
from cooperation_kg.graph.asof import SHOWN, AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement, Pairing
from cooperation_kg.graph.derive.scopes import subject_of
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.place_names import FIRST_YEAR
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.parties import parties_named
from cooperation_kg.render.funding import amounts_by_pairing
from cooperation_kg.render.parties import Parties, Party
from cooperation_kg.render.rows import Rows, both

if TYPE_CHECKING:
    import networkx as nx

# kind of statement → the group of the evidence panel in which it stands beside a pairing
GROUPS: dict[str, str] = {
    "figure": "figures",
    "practice": "practices",
    "event": "events",
    "document": "policies",
    "policy-effect": "policies",
    "project": "projects",
    "assessment": "assessments",
    "definition": "definitions",
    "phase": "phases",
    "change": "changes",
    "participation": "participations",
}


LEGENDS = {"fields": "field", "grades": "source-grade", "measures": "measure"}
"""Attribute of the network → the scheme of the ontology whose labels it holds."""

Subject = tuple[str, str]
"""Kind and id of a thing that statements are about."""


def build_network(kg: KnowledgeGraph, as_of: AsOf | None = None) -> nx.MultiDiGraph[str]:
    """Return the network of all parties and pairings, with statements, sources and programmes as attributes.

    Every edge has its pairing's slug as key and at least one statement in ``evidence``.

    Parameters
    ----------
    as_of: a time: every edge has as ``asked`` what it was then (nothing is left out); the network remembers the time.
    """
    return _Builder(kg, as_of or kg.as_of).build()


class _Builder:
    def __init__(self, kg: KnowledgeGraph, as_of: AsOf | None = None) -> None:
        self.kg = kg
        self.as_of = as_of
        self.corpus = kg.corpus
        self.namer = Namer(kg.corpus, kg.derived.pairings)
        self.rows = Rows(kg, self.namer)
        self.parties = Parties(kg)
        self.index = {key: position for position, key in enumerate(kg.corpus.statements)}
        self.standing = {key: s for key, s in kg.corpus.statements.items() if s.withdrawn is None}
        # what each statement speaks of, the other way round: (kind, id) → places in the list of statements
        self.spoken_of: dict[Subject, list[int]] = defaultdict(list)
        for key, statement in self.standing.items():
            policy = getattr(statement, "policy", None)
            subjects = self._subjects(statement) | {("place", party) for party in parties_named(kg.corpus, statement)}
            for subject in subjects | ({("policy", policy)} if policy else set()):
                self.spoken_of[subject].append(self.index[key])
        self.disputed: dict[Subject, list[Disagreement]] = defaultdict(list)
        for disagreement in kg.derived.disagreements.values():
            kind, identifier = disagreement.about
            about = kg.derived.cells[identifier].about if kind == "cell" else (kind, identifier)
            self.disputed[about].append(disagreement)
        self.amounts = amounts_by_pairing(kg, self.index)
        self.kinds = [statement.kind for statement in kg.corpus.statements.values()]

    def build(self) -> nx.MultiDiGraph[str]:
        import networkx as nx

        network: nx.MultiDiGraph[str] = nx.MultiDiGraph(**self._graph_attributes())
        for party in self.parties.ids:
            network.add_node(party, **self._node(party))
        for pairing in self.kg.derived.pairings.values():
            network.add_edge(*pairing.parties, key=pairing.slug, **self._edge(pairing))
        return network

    # the whole

    def _graph_attributes(self) -> dict[str, Any]:
        corpus, dataset = self.corpus, self.corpus.dataset
        return {
            **both("title", dataset.title.in_language),
            "first_year": FIRST_YEAR,
            "horizon": int(dataset.horizon),
            "year_default": self.as_of.year if self.as_of else int(dataset.horizon),
            "as_of": self._asked(self.as_of) if self.as_of else None,
            "base_iri": dataset.base,
            "version": dataset.version,
            "creators": list(dataset.creators),
            "licence": dataset.licence,
            "programmes": [self._programme(identifier) for identifier in self._families()],
            "levels": self._levels(),
            "containers": self._containers(),
            **{name: self._concepts(scheme) for name, scheme in LEGENDS.items()},
            "sources": {identifier: self.rows.source(identifier) for identifier in corpus.sources},
            "statements": [self.rows.statement(s) for s in corpus.statements.values()],
            "disagreements": [self.rows.disagreement(d) for d in self.kg.derived.disagreements.values()],
            "counts": {
                "places": sum(party in corpus.places for party in self.parties.ids),
                "pairings": len(self.kg.derived.pairings),
                "statements": len(self.standing),
                "sources": len(corpus.sources),
                "policies": len(corpus.registers["policy"]),
                "figures": sum(isinstance(s, FigureStatement) for s in self.standing.values()),
                "disagreements": len(self.kg.derived.disagreements),
            },
        }

    def _asked(self, as_of: AsOf) -> dict[str, Any]:
        """Return the time that the network is made for, and which statuses are not wanted."""
        return {
            "text": as_of.text,
            "tag": as_of.tag,
            "year": as_of.year,
            "on_slider": as_of.is_year and FIRST_YEAR <= as_of.year <= int(self.corpus.dataset.horizon),
            "hidden": [status for status in SHOWN if status not in as_of.statuses],
            **both("words", lambda lang: display(as_of.when, lang)),
            **both("narrowing", as_of.narrowing),
        }

    def _containers(self) -> dict[str, dict[str, Any]]:
        """Return the outermost places that contain a party and are none themselves."""
        parties = set(self.parties.ids)
        found = {place for party in parties for place in list(self.parties.inside(party))[-1:]}
        return {place: self._container(self.corpus.places[place]) for place in sorted(found - parties)}

    def _container(self, place: Place) -> dict[str, Any]:
        return {
            **both("label", place.name.in_language),
            "level": place.level,
            "iri": self.kg.iris.thing("place", place.id).value,
        }

    def _families(self) -> list[str]:
        return sorted({pairing.programme for pairing in self.kg.derived.pairings.values()})

    def _levels(self) -> dict[str, dict[str, str]]:
        """Return the labels of the levels of places; organisations stand beside them as a level of their own."""
        levels = {level: {"zh": term.zh, "en": term.en} for level, term in load_ontology().concepts["level"].items()}
        return {**levels, "organisation": {"zh": "机构", "en": "organisation"}}

    def _concepts(self, scheme: str) -> dict[str, dict[str, str]]:
        return {notation: {"zh": c.zh, "en": c.en} for notation, c in load_ontology().concepts[scheme].items()}

    def _programme(self, identifier: str) -> dict[str, Any]:
        programme = self.corpus.programmes[identifier]
        return {
            "id": identifier,
            "zh": programme.name.zh,
            "en": programme.name.in_language("en"),
            "iri": self.kg.iris.thing("programme", identifier).value,
            "family": programme.family_id,
            "statements": self._about_programme(identifier),
        }

    def _about_programme(self, family: str) -> list[int]:
        """Return the statements about a family of programmes as a whole, or about several of its pairings together."""
        return [self.index[key] for key, s in self.standing.items() if family in self._families_of(s)]

    def _families_of(self, statement: Statement) -> set[str]:
        about = getattr(statement, "about", None)
        named = {about.programme} if isinstance(about, Scope) else {about, getattr(statement, "programme", None)}
        known = self.corpus.programmes
        return {known[name].family_id for name in named if isinstance(name, str) and name in known}

    # parties

    def _node(self, party: str) -> dict[str, Any]:
        record = self.parties.record(party)
        place = record if isinstance(record, Place) else None
        return {
            **self.parties.told(party),
            "yearly_names": self.rows.yearly_names(place) if place else [],
            "history": self.rows.history(place) if place else [],
            "aliases": self._aliases(record),
            "inside": list(self.parties.inside(party)),
            "near": self.parties.near(party),
            "roles": self._roles(party),
            "statements": self._about_party(party),
        }

    def _aliases(self, record: Party) -> list[str]:
        names = () if isinstance(record, AnonymousPlace) else record.names()
        return [name for name in dict.fromkeys(names) if name != record.name.zh]

    def _roles(self, party: str) -> list[str]:
        return sorted(self._roles_of.get(party, ())) or ["participant"]

    @cached_property
    def _roles_of(self) -> dict[str, set[str]]:
        roles: dict[str, set[str]] = defaultdict(set)
        for pairing in self.kg.derived.pairings.values():
            for party in pairing.parties:
                roles[party].add("party")
            for role, side in (("supporter", pairing.supporter), ("recipient", pairing.recipient)):
                if side:
                    roles[side].add(role)
        return roles

    def _about_party(self, party: str) -> list[int]:
        return self.spoken_of.get(("place", party), [])

    # pairings

    def _edge(self, pairing: Pairing) -> dict[str, Any]:
        return {
            **both("name", lambda lang: self.namer.pairing(pairing, lang)),
            **both("sides", lambda lang: self.namer.sides(pairing, lang)),
            "iri": self.kg.iris.thing("pairing", pairing.slug).value,
            "programme": pairing.programme,
            "directed": pairing.directed,
            "directness": pairing.directness,
            **both("directness", lambda lang: self.namer.concept("directness", pairing.directness, lang)),
            "undated": pairing.undated,
            **({"asked": status_of(pairing, self.as_of)} if self.as_of else {}),
            "in_force": list(pairing.in_force_in),
            "possibly": list(pairing.possibly_in),
            "start_state": pairing.start_state or "",
            "end_state": pairing.end_state or "",
            **both("start_state", lambda lang: self.rows.state("start-state", pairing.start_state, lang)),
            **both("end_state", lambda lang: self.rows.state("end-state", pairing.end_state, lang)),
            "last_confirmed": pairing.last_confirmed.isoformat() if pairing.last_confirmed else "",
            "terms": [self.rows.term(term) for term in pairing.terms],
            "implements": pairing.implements,
            "origins": len(pairing.origins),
            "evidence": [self.index[key] for key in pairing.evidence],
            "related": self._related(pairing),
            "amounts": self.amounts.get(pairing.slug, {}),
            "disagreements": [self.rows.disagreement(d) for d in self.disputed.get(("pairing", pairing.slug), ())],
        }

    def _related(self, pairing: Pairing) -> dict[str, list[int]]:
        related: dict[str, list[int]] = {}
        bases = {("policy", term.basis) for term in pairing.terms if term.basis}
        found = {i for subject in (("pairing", pairing.slug), *bases) for i in self.spoken_of.get(subject, ())}
        for index in sorted(found):
            if self.kinds[index] in GROUPS:
                related.setdefault(GROUPS[self.kinds[index]], []).append(index)
        return related

    def _subjects(self, statement: Statement) -> frozenset[Subject]:
        """Return what a statement is about, each pairing inside a scope of listed parties included."""
        about = getattr(statement, "about", None)
        if about is None or isinstance(statement, PairingStatement):
            return frozenset()
        pairings = self.kg.derived.pairings
        subjects = {subject_of(self.corpus, pairings, about)}
        if isinstance(about, Scope):
            family = self.corpus.programmes[about.programme].family_id
            for pairing in pairings.values():
                if pairing.programme == family and _scope_holds(about, pairing):
                    subjects.add(("pairing", pairing.slug))
        return frozenset(subjects)


def _scope_holds(scope: Scope, pairing: Pairing) -> bool:
    """Return whether a scope names a side of this pairing and does not leave the pairing out."""
    if not scope.supporter and not scope.recipient:
        return False
    sides = (scope.supporter, pairing.supporter), (scope.recipient, pairing.recipient)
    return all(named is None or party in named for named, party in sides)
