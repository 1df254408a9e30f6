"""A sentence against the record: what was read in it, and for each claim whether the record says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.claims.documents import DocumentClaim, check_document
from cooperation_kg.query.claims.figures import FigureClaim, check_figure
from cooperation_kg.query.claims.names import NameScanner
from cooperation_kg.query.claims.reading import Claim, Reading, read_sentence
from cooperation_kg.query.claims.results import (
    ANSWER_WORDS,
    ANSWERS,
    BEARINGS,
    Answer4,
    Bearing,
    Finding,
    Part,
    Words,
    best_of,
    worst,
)
from cooperation_kg.query.claims.rivals import TieClaim, apart
from cooperation_kg.query.claims.subjects import Figure, figures_of
from cooperation_kg.query.claims.things import ThingClaim, check_thing
from cooperation_kg.query.claims.ties import check_tie
from cooperation_kg.query.claims.wording import because_of, parts_of, words_of
from cooperation_kg.query.document import Document, Section, sections, table
from cooperation_kg.query.evidence import Evidence, evidence_of

READ_COLUMNS: dict[str, tuple[str, ...]] = {"zh": ("是", "原文", "理解为"), "en": ("kind", "text", "understood as")}
BEARING_COLUMNS: dict[str, tuple[str, ...]] = {
    "zh": ("关系", "陈述", "原文写法", "出处"),
    "en": ("bearing", "statement", "as written", "source"),
}
NOTHING_READ = Words(
    "没有读出可核对的内容：句中须有库中已知的名称，以及数量、年份或结对关系",
    "nothing to check was read: name a place, pairing, programme or document of the record, "
    "and a quantity, a year or who is paired with whom",
)


@dataclass(frozen=True)
class Checked:
    """A sentence, what was read in it, and the findings; ``answer`` is the worst of theirs."""

    sentence: str
    answer: Answer4
    read: tuple[Part, ...]
    findings: tuple[Finding, ...]
    evidence: dict[str, tuple[Evidence, Evidence]]

    def statements(self, *how: str) -> tuple[str, ...]:
        """Return the keys of the statements that bear on the sentence; of some bearings alone, where named."""
        found = (b.statement for f in self.findings for b in f.bearings if not how or b.how in how)
        return tuple(dict.fromkeys(found))

    def document(self, lang: str) -> Document:
        """Return the answer to be read, in ``"zh"`` or ``"en"``."""
        mark = "：" if lang == "zh" else ": "
        lead = [f"{'答案' if lang == 'zh' else 'Answer'}{mark}{ANSWER_WORDS[self.answer][lang]}"]
        lead += [] if self.findings else [NOTHING_READ.of(lang)]
        rows = [(KINDS[p.kind][lang], p.text, p.meaning.of(lang)) for p in self.read]
        read = table("读到的内容" if lang == "zh" else "What was read", READ_COLUMNS[lang], rows)
        parts = [self._finding(number, finding, lang) for number, finding in enumerate(self.findings, start=1)]
        return Document(self.sentence, tuple(lead), sections(read, *parts))

    def _finding(self, number: int, finding: Finding, lang: str) -> Section:
        mark = "：" if lang == "zh" else ": "
        heading = f"{number}. {finding.claim.of(lang)}{mark}{ANSWER_WORDS[finding.answer][lang]}"
        rows = [self._row(bearing, lang) for bearing in finding.bearings]
        return table(heading, BEARING_COLUMNS[lang], rows, finding.because.of(lang))

    def _row(self, bearing: Bearing, lang: str) -> tuple[str, str, str, str]:
        shown = self.evidence[bearing.statement][lang == "en"]
        opening, closing = ("（", "）") if lang == "zh" else (" (", ")")
        how = f"{BEARINGS[bearing.how][lang]}{opening}{bearing.why.of(lang)}{closing}"
        return how, shown.says, shown.as_written, shown.cited

    def as_json(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        return {
            "sentence": self.sentence,
            "answer": self.answer,
            "read": [part.as_json() for part in self.read],
            "claims": [
                {
                    "claim": {"zh": finding.claim.zh, "en": finding.claim.en},
                    "answer": finding.answer,
                    "because": {"zh": finding.because.zh, "en": finding.because.en},
                    "statements": [
                        {
                            "bearing": b.how,
                            "why": {"zh": b.why.zh, "en": b.why.en},
                            **self.evidence[b.statement][0].as_json(),
                        }
                        for b in finding.bearings
                    ],
                }
                for finding in self.findings
            ],
        }


@dataclass(frozen=True)
class Together:
    """Several sentences as one answer, in their order.

    >>> Together(()).as_json()
    {'sentences': []}
    """

    checked: tuple[Checked, ...]

    def document(self, lang: str) -> Document:
        """Return all answers as one document: how many of each, then every sentence."""
        counts = [(answer, sum(c.answer == answer for c in self.checked)) for answer in ANSWERS]
        told = [f"{ANSWER_WORDS[answer][lang]} {count}" for answer, count in counts if count]
        parts = []
        for each in self.checked:
            document = each.document(lang)
            parts += [Section(document.title, document.lead), *document.sections]
        title = f"核对 {len(self.checked)} 句" if lang == "zh" else f"{len(self.checked)} sentences checked"
        return Document(title, (("，" if lang == "zh" else ", ").join(told),), tuple(parts))

    def as_json(self) -> dict[str, Any]:
        """Return all answers as plain data."""
        return {"sentences": [each.as_json() for each in self.checked]}


KINDS: dict[str, dict[str, str]] = {
    "name": {"zh": "名称", "en": "name"},
    "unknown": {"zh": "未知名称", "en": "unknown name"},
    "denial": {"zh": "否定", "en": "denial"},
    "time": {"zh": "时间", "en": "time"},
    "quantity": {"zh": "数量", "en": "quantity"},
    "number": {"zh": "文号", "en": "document number"},
    "measure": {"zh": "指标", "en": "measure"},
    "sides": {"zh": "双方", "en": "sides"},
    "point": {"zh": "动词", "en": "verb"},
}


class ClaimChecker:
    """Checks sentences against one graph; made once, used for many (one alone: `check_claim`)."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.scanner = NameScanner(kg)

    @cached_property
    def _figures(self) -> tuple[Figure, ...]:
        return figures_of(self.kg)

    def check(self, sentence: str) -> Checked:
        """Return what the record says of one sentence."""
        reading = read_sentence(self.kg, self.scanner, sentence)
        claims = (each for c in reading.claims for each in (apart(c) if isinstance(c, TieClaim) else (c,)))
        findings = tuple(self._finding(reading, claim) for claim in claims)
        keys = dict.fromkeys(b.statement for f in findings for b in f.bearings)
        zh, en = (evidence_of(self.kg, keys, lang) for lang in ("zh", "en"))
        evidence = dict(zip(keys, zip(zh, en, strict=True), strict=True))
        answer = worst(tuple(f.answer for f in findings))
        return Checked(sentence.strip(), answer, parts_of(self.kg, reading), findings, evidence)

    def _finding(self, reading: Reading, claim: Claim) -> Finding:
        bearings = self._bearings(claim)
        answer = best_of(bearings)
        if reading.unknown or reading.denials:
            bearings = tuple(Bearing(b.statement, "near", b.why) for b in bearings)
            answer = "nothing-known"
        return Finding(words_of(self.kg, claim), answer, because_of(answer, bearings, reading), bearings)

    def _bearings(self, claim: Claim) -> tuple[Bearing, ...]:
        match claim:
            case FigureClaim():
                return () if claim.sides.is_empty else check_figure(self.kg, self._figures, claim)
            case TieClaim():
                return check_tie(self.kg, claim)
            case DocumentClaim():
                return check_document(self.kg, claim)
            case ThingClaim():
                return check_thing(self.kg, claim)


def check_claim(kg: KnowledgeGraph, sentence: str) -> Checked:
    """Return what the record says of a sentence: agrees, compatible, disagrees or nothing-known, with what was read.

    Parameters
    ----------
    kg: the graph of the facts. sentence: one sentence in Chinese or English, of one claim or a few.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> check_claim(build_graph(load_corpus()), "闽宁协作始于1986年").answer
    'disagrees'
    """
    return ClaimChecker(kg).check(sentence)


def check_claims(kg: KnowledgeGraph, sentences: Iterable[str]) -> tuple[Checked, ...]:
    """Return what the record says of several sentences; empty lines are left out."""
    checker = ClaimChecker(kg)
    return tuple(checker.check(sentence) for sentence in sentences if sentence.strip())


__all__ = ["Checked", "ClaimChecker", "Together", "check_claim", "check_claims"]
