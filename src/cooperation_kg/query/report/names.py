"""What are the things called that a report speaks of, and in words, what would settle a lead?"""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.lookup import scope_of_node
from cooperation_kg.query.report.leads import Lead, Need
from cooperation_kg.query.report.words import pick, ranges


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


def settles(names: Names, lead: Lead, lang: str) -> str:
    """Return in words what would settle a lead."""
    if lead.kind == "wanted":
        return names.kg.corpus.judgements[lead.id].reason.in_language(lang)
    if lead.kind == "disagreement":
        sides = " / ".join(_sides(names, names.kg.derived.disagreements[lead.id], lang))
        return pick(
            f"各方（{sides}）共同的上游文件，或写明理由的判断",
            f"the document that the sides ({sides}) go back to, or a judgement with its reason",
            lang,
        )
    return pick("；", "; ", lang).join(_need(names, need, lang) for need in lead.needs)


def _sides(names: Names, disagreement: Disagreement, lang: str) -> Iterator[str]:
    """Yield what each side says, in words where the graph holds ids."""
    for shown, _ in disagreement.sides:
        if disagreement.kind == "basis":
            found = names.kg.corpus.find(("policy", "event"), shown)
            yield names.of(*found, lang) if found else shown
        elif disagreement.kind == "direction":
            yield " → ".join(names.party(party, lang) for party in shown.split(" → "))
        else:
            yield shown


def _need(names: Names, need: Need, lang: str) -> str:
    years = ranges(need.years)
    match need.code:
        case "date":
            return pick("说明起止年份的来源", "a source that says from when to when", lang)
        case "money":
            return pick(f"资金数：{years}", f"an amount of money for {years}", lang)
        case "figure":
            return pick(f"所问指标的数字：{years}", f"a figure of the measures asked for {years}", lang)
        case "sighting" if years:
            return pick(f"{years}年之后仍在运作或已结束", f"its work, or its end, after {years}", lang)
        case "sighting":
            return pick("确切的一次所见", "a sighting on a day that is sure", lang)
    kind, identifier = need.detail.split("/", 1)
    name = names.of(kind, identifier, lang)
    if need.code == "original":
        return pick(f"原件或署名来源（现只凭《{name}》）", f"the original or a signed source (now only: {name})", lang)
    return pick(f"另一源头（现只有{name}）", f"a second origin (now only: {name})", lang)
