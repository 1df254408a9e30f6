"""What are the things called that a report speaks of? Each is looked up once."""

from __future__ import annotations

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.lookup import scope_of_node
from cooperation_kg.query.report.leads import Lead
from cooperation_kg.query.report.words import pick


class Names:
    """The names of what a report speaks of, each looked up once."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self._namer = Namer(kg.corpus, kg.derived.pairings)
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, kind: str, identifier: str, lang: str) -> str:
        """Return the name of a thing, a pairing (by slug), a scope or a judgement."""
        key = kind, identifier, lang
        if key not in self._known:
            self._known[key] = self._name(*key)
        return self._known[key]

    def measure(self, measure: str, lang: str) -> str:
        """Return the label of a measure."""
        return self._namer.concept("measure", measure, lang)

    def party(self, reference: str, lang: str) -> str:
        """Return the name of a place or an organisation."""
        return self._namer.party(reference, lang)

    def programme_of(self, kind: str, identifier: str) -> str | None:
        """Return the programme of a pairing or a scope, None for anything else."""
        if kind == "pairing" and identifier in self.kg.derived.pairings:
            return self.kg.derived.pairings[identifier].programme
        return self.kg.derived.scopes[identifier].programme if kind == "scope" else None

    def lead(self, lead: Lead, lang: str) -> str:
        """Return what a lead is about; of a disagreement also on what: 闽宁：起始时间, 京蒙：财政援助资金 2016/2020."""
        name = self.of(*lead.subject, lang)
        if lead.kind != "disagreement":
            return name
        disagreement = self.kg.derived.disagreements[lead.id]
        matter = self._namer.concept("disagreement-kind", disagreement.kind, lang)
        if disagreement.about[0] == "cell":
            cell = self.kg.derived.cells[disagreement.about[1]]
            matter = f"{self.measure(cell.measure, lang)} {cell.period}".rstrip()
        return f"{name}{pick('：', ': ', lang)}{matter}"

    def both(self, kind: str, identifier: str) -> dict[str, str]:
        """Return the name in both languages, as the columns of a row."""
        return {f"name_{lang}": self.of(kind, identifier, lang) for lang in ("zh", "en")}

    def _name(self, kind: str, identifier: str, lang: str) -> str:
        if kind == "judgement":
            what = self.kg.corpus.judgements[identifier].what
            return what.in_language(lang) if what else identifier
        if kind == "scope":
            return self._namer.scope(scope_of_node(self.kg.derived.scopes[identifier]), lang)
        if kind == "pairing" and identifier not in self.kg.derived.pairings:
            return self.kg.corpus.pairings[identifier].name.in_language(lang)  # one that no statement makes
        return self._namer.thing(kind, identifier, lang)
