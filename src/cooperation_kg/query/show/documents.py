"""What is known of a document: of a policy, and of a source?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from cooperation_kg.curate.registers import Policy
from cooperation_kg.curate.statements import DocumentStatement, FigureStatement, PairingStatement, PolicyEffectStatement
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.figures import figures_part, when
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.missing import missing_of_policy, missing_part
from cooperation_kg.query.show.parts import Cell, Cites, Concept, Part, Parts, Said, Thing, part


def parts_of_policy(mentions: Mentions, identifier: str, as_of: AsOf | None) -> Parts:
    """Yield the parts of a policy: what is said of the document, what it did, what rests on it."""
    kg = mentions.kg
    policy = kg.corpus.registers["policy"][identifier]
    assert isinstance(policy, Policy)
    asked = ties.asked_or_last(kg, as_of)
    note = [(Concept("document-kind", policy.type), tuple(policy.aliases), policy.note)]
    yield part("names", "kind aliases note", note)
    yield _documents(mentions, identifier)
    effects = [s for s in mentions.naming("policy", identifier) if isinstance(s, PolicyEffectStatement)]
    yield part(
        "effects",
        "did about date says statements",
        (
            (
                Concept("effect", s.effect),
                Thing(*subject) if (subject := mentions.subject(s)) else None,
                when(s.date),
                common.summary(kg, s),
                Cites((s.key,)),
            )
            for s in effects
        ),
    )
    resting = [p for p in kg.derived.pairings.values() if any(term.basis == identifier for term in p.terms)]
    yield ties.pairings_part(kg, "based", resting, asked)
    yield figures_part(mentions, mentions.about("policy", identifier))
    yield from common.lists_about(mentions, "policy", identifier)
    shown = {s.key for s in (*effects, *mentions.always.about("policy", identifier))}
    rest = [s for s in mentions.naming("policy", identifier) if s.key not in shown]
    rest = [s for s in rest if not isinstance(s, PairingStatement)]
    yield common.said_part(mentions, "named", rest)
    yield from common.tail(mentions, "policy", identifier, *missing_of_policy(mentions, identifier))


def _documents(mentions: Mentions, policy: str) -> Part:
    said = [s for s in mentions.always.naming("policy", policy) if isinstance(s, DocumentStatement)]
    return part(
        "documents",
        "act date document_number issuer links says statements",
        (
            (
                Concept("act", s.act) if s.act else None,
                when(s.date),
                s.number,
                tuple(ties.party_thing(mentions.kg, party) for party in s.by),
                tuple(Thing("policy", p) for p in (s.amends, s.based_on) if p),
                common.summary(mentions.kg, s),
                Cites((s.key,)),
            )
            for s in said
        ),
    )


def parts_of_source(mentions: Mentions, identifier: str, as_of: AsOf | None) -> Parts:
    """Yield the parts of a source: the document, where it has its facts from, everything it says."""
    kg = mentions.kg
    source = kg.corpus.sources[identifier]
    asked = ties.asked_or_last(kg, as_of)
    own = mentions.of_source(identifier)
    yield _bibliography(kg, identifier)
    counted = Counter(s.kind for s in own)
    yield part("kinds", "kind count", ((kind, n) for kind, n in sorted(counted.items())))
    keys = {s.key for s in own}
    made = [p for p in kg.derived.pairings.values() if keys.intersection(p.evidence)]
    yield ties.pairings_part(kg, "pairings", made, asked)
    yield part(
        "anonymous",
        "place level",
        ((Thing("place", f"{identifier}.{a.id}"), Concept("level", a.level)) for a in source.anonymous),
    )
    yield figures_part(mentions, own, with_subject=True)
    rest = [s for s in own if not isinstance(s, FigureStatement)]
    yield common.said_part(mentions, "statements", rest)
    gone = [s for s in kg.corpus.of_source(identifier) if s.withdrawn is not None]
    yield part(
        "withdrawn", "says reason statements", ((common.summary(kg, s), s.withdrawn, Cites((s.key,))) for s in gone)
    )
    yield common.disagreements_part({d.slug: d for s in own for d in mentions.disputes_of(s.key)}.values())
    yield common.judgements_part(common.judgements_on(kg, keys))
    yield missing_part(*_missing_of_source(kg, identifier))


def _bibliography(kg: KnowledgeGraph, identifier: str) -> Part:
    source = kg.corpus.sources[identifier]
    fields: list[tuple[str, Cell]] = [
        ("type", Concept("source-type", source.type)),
        ("authors", tuple(source.authors)),
        ("container", source.container),
        ("issue", source.issue),
        ("publisher", source.publisher),
        ("date", when(source.date)),
        ("doi", source.doi),
        ("url", source.url),
        ("language", LANGUAGES.get(source.language or "", source.language)),
        ("licence", source.licence),
        ("grade", Concept("source-grade", source.grade) if source.grade else None),
        ("read", Concept("read-extent", source.read)),
        ("reached_by", Concept("reached-by", source.reached_by)),
        ("reprint_of", Thing("source", source.reprint_of) if source.reprint_of else None),
        ("according_to", _credit(kg, source.according_to)),
        ("incipit", source.incipit),
        ("note", source.note),
    ]
    return part("bibliography", "field says", ((FIELDS[name], value) for name, value in fields if value))


LANGUAGES: Mapping[str, Said] = {
    code: Said(zh, en, code)
    for code, zh, en in (("zh", "中文", "Chinese"), ("en", "英文", "English"), ("ja", "日文", "Japanese"))
}
"""The languages of sources, by their codes (BCP 47)."""
FIELDS: Mapping[str, Said] = {
    name: Said(zh, en, name)
    for name, zh, en in (
        ("type", "类型", "type"),
        ("authors", "作者", "authors"),
        ("container", "载于", "in"),
        ("issue", "期", "issue"),
        ("publisher", "发布者", "publisher"),
        ("date", "日期", "date"),
        ("doi", "DOI", "DOI"),
        ("url", "网址", "URL"),
        ("language", "语言", "language"),
        ("licence", "许可", "licence"),
        ("grade", "级别", "grade"),
        ("read", "阅读", "read"),
        ("reached_by", "途径", "reached by"),
        ("reprint_of", "转载自", "reprint of"),
        ("according_to", "据", "according to"),
        ("incipit", "首句", "first words"),
        ("note", "说明", "note"),
        ("origin", "源头", "origin"),
    )
}


def _credit(kg: KnowledgeGraph, reference: str | None) -> Cell:
    found = kg.corpus.find(("source", "organisation"), reference) if reference else None
    return Thing(*found) if found else None


def _missing_of_source(kg: KnowledgeGraph, identifier: str) -> Iterator[Said]:
    source = kg.corpus.sources[identifier]
    if source.date is None:
        yield Said("没有日期", "no date", "no-date")
    if source.url is None and source.doi is None:
        yield Said(
            "没有记下网址，须按题名查找", "no address on the web is recorded: look it up by its title", "no-address"
        )
    if source.read != "whole":
        label = [load_ontology().label("read-extent", source.read, lang) for lang in ("zh", "en")]
        yield Said(f"未通读：{label[0]}", f"not read whole: {label[1]}", {"read": source.read})
    if source.reached_by != "original":
        label = [load_ontology().label("reached-by", source.reached_by, lang) for lang in ("zh", "en")]
        yield Said(f"未见原件：{label[0]}", f"the original was not seen: {label[1]}", {"reached_by": source.reached_by})
    if not kg.corpus.of_source(identifier):
        yield Said("没有陈述", "no statement is taken from it", "unused")
