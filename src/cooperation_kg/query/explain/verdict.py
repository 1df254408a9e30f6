"""What was a pairing at a time, and by which rule of the as-of algorithm?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from cooperation_kg.graph.asof import AsOf, status_of, status_of_term
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.query.explain.dates import Reason, reasons_of
from cooperation_kg.query.show.parts import Said
from cooperation_kg.query.show.ties import status_cell


@dataclass(frozen=True)
class Verdict:
    """The status of a pairing as of a time, the rule that gave it, and the two dates that the rule rests on.

    ``rule`` is between, after-last-sighting, until-due, before-all-agree, after-first-end, some-time-within,
    before-first, after-end, between-terms or undated.
    """

    as_of: AsOf
    status: str
    rule: str
    first: Reason | None = None
    second: Reason | None = None

    def words(self) -> Said:
        """Return the verdict as a line: 2018: certain: between 1996-07-01 (stated start, a.s1) and …"""
        said = status_cell(self.status)
        until = self.second.day if self.second else ""
        zh, en = (
            text.format(first=_one(self.first, i), second=_one(self.second, i), until=until)
            for i, text in enumerate(TEMPLATES[self.rule])
        )
        plain = {
            "as_of": self.as_of.text,
            "status": self.status,
            "rule": self.rule,
            "dates": [
                {
                    "term": r.term,
                    "which": r.which,
                    "day": r.day.isoformat(),
                    "rule": r.rule,
                    "statements": list(r.statements),
                }
                for r in (self.first, self.second)
                if r is not None
            ],
        }
        return Said(f"{self.as_of.words('zh')}：{said.zh}：{zh}", f"{self.as_of.words('en')}: {said.en}: {en}", plain)


TEMPLATES: dict[str, tuple[str, str]] = {
    "between": ("在{first}与{second}之间", "between {first} and {second}"),
    "after-last-sighting": (
        "在最后一次确认之后：{first}；没有来源说明终止，故可能延至{until}",
        "after the last confirmation: {first}; no end is stated, so possibly until {until}",
    ),
    "until-due": (
        "在最后一次确认之后：{first}；期限为{second}",
        "after the last confirmation: {first}; due to end: {second}",
    ),
    "before-all-agree": (
        "在最早的可能起始之后：{first}；但尚未到确定之日：{second}",
        "after the earliest possible start: {first}; before the day from which it is certain: {second}",
    ),
    "after-first-end": (
        "在最后确定之日之后：{first}；但未过最晚可能的终止：{second}",
        "after the last certain day: {first}; before the latest possible end: {second}",
    ),
    "some-time-within": (
        "只见于某时段之内，没有一天是确定的；可能自{first}至{second}",
        "only seen some time within a span, so no single day is certain; possible from {first} to {second}",
    ),
    "before-first": ("在最早的可能之日之前：{first}", "before the first possible day: {first}"),
    "after-end": ("在最晚的可能之日之后：{first}", "after the last possible day: {first}"),
    "between-terms": (
        "在两轮之间：前一轮止于{first}，后一轮始于{second}",
        "between two terms: one ends {first}, the next begins {second}",
    ),
    "undated": ("没有来源说明何时", "no source says when"),
}


def verdict_on(kg: KnowledgeGraph, pairing: Pairing, as_of: AsOf) -> Verdict:
    """Return what a pairing was at a time and why.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.asof import parse_as_of
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> kg = build_graph(load_corpus())
    >>> verdict = verdict_on(kg, kg.derived.pairings["east-west.beijing.inner-mongolia"], parse_as_of(2018))
    >>> verdict.status, verdict.rule
    ('certain', 'between')
    """
    status = status_of(pairing, as_of)
    if status == "undated":
        return Verdict(as_of, status, "undated")
    reasons = {(r.term, r.which): r for r in reasons_of(kg, pairing)}
    if status == "absent":
        return _absent(pairing, as_of, reasons)
    term = next(term for term in pairing.terms if status_of_term(term, as_of) == status)
    rule, first, second = ("between", "certain_from", "certain_to") if status == "certain" else _possible(term, as_of)
    return Verdict(as_of, status, rule, reasons.get((term.number, first)), reasons.get((term.number, second)))


def _possible(term: Term, as_of: AsOf) -> tuple[str, str, str]:
    """Return the rule and the two dates behind a possible term."""
    if term.certain_from is None or term.certain_to is None:
        return "some-time-within", "possible_from", "possible_to"
    if as_of.last_day < term.certain_from:
        return "before-all-agree", "possible_from", "certain_from"
    rules = {"last-confirmed": "after-last-sighting", "due": "until-due"}
    return rules.get(term.end_state, "after-first-end"), "certain_to", "possible_to"


def _absent(pairing: Pairing, as_of: AsOf, reasons: dict[tuple[int, str], Reason]) -> Verdict:
    terms = sorted(pairing.terms, key=lambda term: term.possible_from)
    if as_of.last_day < terms[0].possible_from:
        return Verdict(as_of, "absent", "before-first", reasons[terms[0].number, "possible_from"])
    for before, after in pairwise(terms):
        if before.possible_to < as_of.first_day and as_of.last_day < after.possible_from:
            ends, begins = reasons[before.number, "possible_to"], reasons[after.number, "possible_from"]
            return Verdict(as_of, "absent", "between-terms", ends, begins)
    last = max(terms, key=lambda term: term.possible_to)
    return Verdict(as_of, "absent", "after-end", reasons[last.number, "possible_to"])


def _one(reason: Reason | None, language: int) -> str:
    if reason is None:
        return ""
    words = reason.words.zh if language == 0 else reason.words.en
    keys = ", ".join((*reason.statements[:2], *(("…",) if len(reason.statements) > 2 else ())))
    inside = "；".join(p for p in (words, keys) if p) if language == 0 else "; ".join(p for p in (words, keys) if p)
    return f"{reason.day}（{inside}）" if language == 0 else f"{reason.day} ({inside})"
