"""What is missing? What nobody states, what was not confirmed for long, what rests on one voice or on a translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cooperation_kg.curate.dates import When, display, parse_when
from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.curate.statements import (
    THING,
    DocumentStatement,
    FigureStatement,
    PolicyEffectStatement,
    Scope,
    Statement,
)
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.origins import origins_of
from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.graph.naming import JOINED
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.report.searches import covers_pairing
from cooperation_kg.query.show.figures import is_money
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.named import PairingNames
from cooperation_kg.query.show.parts import Part, Said

WEAK_GRADES = ("unattributed", "informal")
"""Grades of sources that name nobody who answers for them."""


def missing_part(*lines: Said) -> Part | None:
    """Return what is missing as a part, None where nothing is."""
    return Part("missing", lines=lines) if lines else None


def missing_of_pairing(mentions: Mentions, pairing: Pairing) -> Iterator[Said]:
    """Yield what is missing of a pairing, the gravest first."""
    kg = mentions.kg
    yield from _of_times(mentions, pairing)
    if not pairing.directed:
        yield Said(
            "没有来源说明谁帮扶谁，或各说不一",
            "no source states who supports whom, or sources contradict each other",
            "no-direction",
        )
    yield from of_voices(kg, pairing.evidence)
    yield from _of_figures(mentions, pairing)
    for judgement in judgements_touching(kg, pairing):
        yield wanted_line(judgement)


def of_voices(kg: KnowledgeGraph, keys: Sequence[str]) -> Iterator[Said]:
    """Yield what is weak about who says it: one origin only, no original read, no source that answers for it."""
    if not keys:
        return
    statements = [kg.corpus.statements[key] for key in keys]
    origins = origins_of(kg.corpus, keys)
    if len(origins) == 1:
        yield Said(f"只有一个源头：{origins[0]}", f"one origin only: {origins[0]}", {"one-origin": origins[0]})
    reached = {s.reached_by or kg.corpus.sources[s.source].reached_by for s in statements}
    if "original" not in reached:
        ways = sorted(reached)
        words = {
            lang: JOINED[lang].join(load_ontology().label("reached-by", way, lang) for way in ways) for lang in JOINED
        }
        yield Said(
            f"没有一条读自原件，只有：{words['zh']}",
            f"no original was read, only: {words['en']}",
            {"not-original": ways},
        )
    grades = {kg.corpus.sources[s.source].grade for s in statements}
    if grades and all(grade in WEAK_GRADES for grade in grades):
        yield Said("来源均无可追责的发布者", "no source names anybody who answers for it", "weak-sources")


def _of_times(mentions: Mentions, pairing: Pairing) -> Iterator[Said]:
    kg = mentions.kg
    horizon = int(kg.corpus.dataset.horizon)
    if pairing.undated:
        yield Said("没有来源给出时间", "no source says when", "undated")
        return
    if pairing.start_state == "first-seen":
        first = first_sighting(kg, pairing.terms[0])
        yield Said(
            f"没有来源说明何时开始；最早见于{display(first, 'zh')}",
            f"no source states a start; first seen {display(first, 'en')}",
            {"no-start-stated": first.text},
        )
    set_up = [s for s in mentions.always.about("pairing", pairing.slug) if isinstance(s, PolicyEffectStatement)]
    if not any(term.basis for term in pairing.terms) and not any(s.effect == "establishes" for s in set_up):
        yield Said("没有来源说明依据哪份政策", "no source states the policy that it rests on", "no-basis")
    confirmed = pairing.last_confirmed
    if confirmed is None:
        yield Said(
            "没有一天是确定的：只见于某时段之内",
            "no day is certain: only seen some time within a span",
            "no-certain-day",
        )
    elif pairing.end_state in ("last-confirmed", "due") and confirmed.year < horizon:
        yield Said(
            f"{confirmed.year}年之后未见确认（数据至{horizon}年）",
            f"not confirmed after {confirmed.year} (the data reach to {horizon})",
            {"not-confirmed-since": confirmed.isoformat()},
        )


def first_sighting(kg: KnowledgeGraph, term: Term) -> When:
    """Return when a term whose start nobody states was first seen, as precisely as the source says and no more.

    Of a lasting sighting (2016/2020) the beginning is given; of one some time within a span, the span; where only
    an end is known, that end.
    """
    told = [kg.corpus.statements[key] for key in term.evidence]
    seen = [when for s in told for name in ("as_of", "until") if isinstance(when := getattr(s, name, None), When)]
    first = [when for when in seen if when.earliest == (term.certain_from or term.possible_from)]
    if not first:  # a sighting that an earlier term shares begins before this one
        return parse_when((term.certain_from or term.possible_from).isoformat())
    sharpest = min(first, key=lambda when: (when.latest, when.text))
    return parse_when(sharpest.text.split("/")[0]) if sharpest.is_interval else sharpest


def _of_figures(mentions: Mentions, pairing: Pairing) -> Iterator[Said]:
    figures = [s for s in mentions.always.about("pairing", pairing.slug) if isinstance(s, FigureStatement)]
    if not figures:
        yield Said("没有任何数字", "no figure at all", "no-figure")
        return
    money = [figure for figure in figures if is_money(figure.measure)]
    if not money:
        yield Said("没有资金数字", "no figure of money", "no-money-figure")
        return
    covered = {year for figure in money if figure.period for year in figure.period.years()}
    gaps = runs(year for year in pairing.in_force_in if year not in covered)
    if gaps:
        yield Said(
            f"这些年份没有资金数字：{'、'.join(gaps)}",
            f"no figure of money in: {', '.join(gaps)}",
            {"no-money-figure-in": list(gaps)},
        )


def missing_of_policy(mentions: Mentions, policy: str) -> Iterator[Said]:
    """Yield what is missing of a policy: date, number, issuer."""
    said = [s for s in mentions.always.about("policy", policy) if isinstance(s, DocumentStatement)]
    if not any(s.date for s in said):
        yield Said("没有来源给出日期", "no source gives its date", "no-date")
    if not any(s.number for s in said):
        yield Said("没有来源给出文号", "no source gives its number", "no-number")
    if not any(s.by for s in said):
        yield Said("没有来源说明由谁制发", "no source says who issued it", "no-issuer")


def missing_of_named(mentions: Mentions, kind: str, identifier: str) -> Iterator[Said]:
    """Yield what is missing of a place, programme, organisation, project, event or source."""
    about = mentions.always.about(kind, identifier)
    if kind in ("place", "programme", "project") and not any(isinstance(s, FigureStatement) for s in about):
        apart = ("", "") if kind == "project" else ("（它的结对的数字另列）", " (those of its pairings stand apart)")
        yield Said(f"没有关于它本身的数字{apart[0]}", f"no figure about it itself{apart[1]}", "no-figure")
    keys = [s.key for s in mentions.always.naming(kind, identifier)]
    if not keys:
        yield Said("没有陈述说到它", "no statement names it", "unused")
    elif kind != "source":
        yield from of_voices(mentions.kg, keys)
    for judgement in judgements_naming(mentions.kg, kind, identifier):
        yield wanted_line(judgement)


def missing_of_statement(kg: KnowledgeGraph, statement: Statement) -> Iterator[Said]:
    """Yield what is missing of a single statement."""
    if statement.locator is None:
        yield Said("没有记下在文中的位置", "its place in the document is not recorded", "no-locator")
    yield from of_voices(kg, (statement.key,))


def runs(years: Iterable[int]) -> tuple[str, ...]:
    """Return years as runs.

    >>> runs([1996, 1997, 1998, 2001])
    ('1996–1998', '2001')
    """
    found: list[list[int]] = []
    for year in sorted(years):
        if found and year == found[-1][1] + 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return tuple(str(first) if first == last else f"{first}–{last}" for first, last in found)


def judgements_touching(kg: KnowledgeGraph, pairing: Pairing) -> Iterator[Judgement]:
    """Yield what was searched or is wanted of a pairing: about its statements, covering it, or naming it."""
    evidence = set(pairing.evidence)
    called = PairingNames.of(kg.corpus, pairing)
    for judgement in _open_questions(kg):
        text = judgement.what.zh if judgement.what else ""
        covered = any(covers_pairing(kg.corpus, search.about, pairing) for search in judgement.covers)
        if covered or evidence.intersection(judgement.about) or called.stand_in(text):
            yield judgement


def judgements_naming(kg: KnowledgeGraph, kind: str, identifier: str) -> Iterator[Judgement]:
    """Yield what was searched or is wanted of a thing: covering it, or naming it in the text.

    Names of one character are passed over: they would be found anywhere.
    """
    names = [name for name in _names(kg, kind, identifier) if len(name) > 1]
    for judgement in _open_questions(kg):
        text = f"{judgement.what.zh} {judgement.reason.zh}" if judgement.what else judgement.reason.zh
        covered = any(_is_about(kg, search.about, kind, identifier) for search in judgement.covers)
        if covered or any(name in text for name in names):
            yield judgement


def _open_questions(kg: KnowledgeGraph) -> Iterator[Judgement]:
    for kind in ("wanted", "searched"):
        yield from judgements_of(kg.corpus, kind)


def _is_about(kg: KnowledgeGraph, about: str | Scope, kind: str, identifier: str) -> bool:
    if isinstance(about, Scope):
        return kind == "programme" and about.programme == identifier
    return kg.corpus.find(THING.kinds, about) == (kind, identifier)


def wanted_line(judgement: Judgement) -> Said:
    """Return what was searched or is wanted as a line."""
    what = judgement.what or judgement.reason
    zh, en = ("查过而未得", "searched, nothing found") if judgement.kind == "searched" else ("待查", "wanted")
    return Said(
        f"{zh}：{what.zh} [{judgement.id}]",
        f"{en}: {what.in_language('en')} [{judgement.id}]",
        {judgement.kind: judgement.id},
    )


def _names(kg: KnowledgeGraph, kind: str, identifier: str) -> tuple[str, ...]:
    if kind in kg.corpus.registers and identifier in kg.corpus.registers[kind]:
        return kg.corpus.registers[kind][identifier].names()
    if kind == "place":
        return (kg.corpus.anonymous[identifier].name.zh,)
    return ()
