"""What would settle it? For every lead, in words, what to find."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement
from cooperation_kg.query.report.leads import Lead, Need
from cooperation_kg.query.report.names import Names
from cooperation_kg.query.report.words import pick, ranges


def settles(kg: KnowledgeGraph, lead: Lead, lang: str) -> str:
    """Return in words what would settle a lead."""
    if lead.kind == "wanted":
        return kg.corpus.judgements[lead.id].reason.in_language(lang)
    if lead.kind == "disagreement":
        sides = " / ".join(_sides(kg, kg.derived.disagreements[lead.id], lang))
        return pick(
            f"各方（{sides}）共同的上游文件，或写明理由的判断",
            f"the document that the sides ({sides}) go back to, or a judgement with its reason",
            lang,
        )
    return pick("；", "; ", lang).join(_need(kg, need, lang) for need in lead.needs)


def _sides(kg: KnowledgeGraph, disagreement: Disagreement, lang: str) -> Iterator[str]:
    """Yield what each side says, in words where the graph holds ids."""
    names = Names(kg)
    for shown, _ in disagreement.sides:
        if disagreement.kind == "basis":
            found = kg.corpus.find(("policy", "event"), shown)
            yield names.of(*found, lang) if found else shown
        elif disagreement.kind == "direction":
            yield " → ".join(names.party(party, lang) for party in shown.split(" → "))
        else:
            yield shown


def _need(kg: KnowledgeGraph, need: Need, lang: str) -> str:
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
    name = Names(kg).of(kind, identifier, lang)
    if need.code == "original":
        return pick(f"原件或署名来源（现只凭《{name}》）", f"the original or a signed source (now only: {name})", lang)
    return pick(f"另一源头（现只有{name}）", f"a second origin (now only: {name})", lang)
