"""What a statement says, in one line of our own words, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cooperation_kg.curate.dates import When, display
from cooperation_kg.curate.fields import Bilingual, Record
from cooperation_kg.curate.statements import (
    AssessmentStatement,
    ChangeStatement,
    DefinitionStatement,
    DocumentStatement,
    EventStatement,
    FigureStatement,
    PairingStatement,
    ParticipationStatement,
    PhaseStatement,
    PolicyEffectStatement,
    PracticeStatement,
    ProjectStatement,
    Statement,
)
from cooperation_kg.curate.told import fields_of, first_day_told
from cooperation_kg.graph.naming import Namer

# what a date field of a statement means, in words
TIMES: dict[str, dict[str, str]] = {
    "since": {"zh": "自{}", "en": "from {}"},
    "until": {"zh": "至{}", "en": "until {}"},
    "due": {"zh": "定至{}", "en": "due to end {}"},
    "as_of": {"zh": "见于{}", "en": "seen at work {}"},
    "during": {"zh": "{}", "en": "{}"},
    "at": {"zh": "{}", "en": "{}"},
    "date": {"zh": "{}", "en": "{}"},
}
_TIMES = tuple(TIMES)


def summarise(statement: Statement, namer: Namer, lang: str) -> str:
    """Return one line that says what the statement says; ``lang`` is ``"zh"`` or ``"en"``.

    Places are called as on the first day that the statement tells, or else its source.
    """
    then = namer.on(first_day_told(statement, namer.corpus.sources.get(statement.source)))
    head = _SUMMARIES[type(statement)](statement, then, lang)
    times = times_of(statement, lang)
    return head if not times else f"{head}（{times}）" if lang == "zh" else f"{head} ({times})"


def times_of(record: Record, lang: str) -> str:
    """Return the times a statement (or a dated name or parent) gives, in words; empty where it gives none."""
    said = ((name, getattr(record, name)) for name in fields_of(type(record), _TIMES))
    parts = [TIMES[name][lang].format(display(when, lang)) for name, when in said if isinstance(when, When)]
    return ("，" if lang == "zh" else ", ").join(parts)


def _pair(zh: str, en: str, lang: str) -> str:
    return zh if lang == "zh" else en


def _text(label: Bilingual | None, lang: str) -> str:
    return label.in_language(lang) if label else ""


def _head_and_text(head: str, label: Bilingual | None, lang: str) -> str:
    text = _text(label, lang)
    return f"{head}{_pair('：', ': ', lang)}{text}" if text else head


def _pairing(s: PairingStatement, namer: Namer, lang: str) -> str:
    if s.about is not None:
        return namer.about(s.about, lang)
    assert s.programme is not None
    programme = namer.thing("programme", s.programme, lang)
    if s.parties is not None:
        tie = " — ".join(namer.party(party, lang) for party in s.parties)
    else:
        tie = " → ".join(namer.parties(side or (), lang) for side in (s.supporter, s.recipient))
    return f"{programme}{_pair('：', ': ', lang)}{tie}"


def _participation(s: ParticipationStatement, namer: Namer, lang: str) -> str:
    place, programme = namer.party(s.place, lang), namer.thing("programme", s.programme, lang)
    return _pair(f"{place}参与{programme}", f"{place} takes part in {programme}", lang)


def _figure(s: FigureStatement, namer: Namer, lang: str) -> str:
    about, measure = namer.about(s.about, lang), namer.concept("measure", s.measure, lang)
    place = namer.party(s.place, lang) if s.place else ""
    counted = _pair(f"（{place}一方）", f" ({place})", lang) if place else ""
    note = _text(s.scope_note, lang)
    line = f"{about}{_pair('：', ': ', lang)}{measure}{counted} {s.literal}"
    return f"{line}{_pair('；', '; ', lang)}{note}" if note else line


def _document(s: DocumentStatement, namer: Namer, lang: str) -> str:
    title = namer.thing("policy", s.policy, lang)
    head = _pair(f"《{title}》", title, lang)
    parts = [head]
    if s.act:
        by = namer.parties(s.by, lang)
        act = namer.concept("act", s.act, lang)
        parts.append(_pair(f"{by}{act}", f"{act} by {by}" if by else act, lang))
    elif s.by:
        parts.append(namer.parties(s.by, lang))
    parts += [s.number] if s.number else []
    for reference, words in ((s.amends, ("修订", "amends ")), (s.based_on, ("依据", "based on "))):
        if reference:
            parts.append(_pair(words[0], words[1], lang) + namer.thing("policy", reference, lang))
    return _head_and_text(_pair("，", ", ", lang).join(parts), s.text, lang)


def _effect(s: PolicyEffectStatement, namer: Namer, lang: str) -> str:
    found = namer.corpus.find(("policy", "event"), s.policy)
    assert found is not None
    policy, about = namer.thing(*found, lang), namer.about(s.about, lang)
    effect = namer.concept("effect", s.effect, lang)
    shown = _pair(f"《{policy}》", policy, lang) if found[0] == "policy" else policy
    head = _pair(f"{shown} → {about}（{effect}）", f"{shown} → {about} ({effect})", lang)
    return _head_and_text(head, s.text, lang)


def _change(s: ChangeStatement, namer: Namer, lang: str) -> str:
    found = namer.corpus.find(("place", "programme", "organisation"), s.about)
    assert found is not None
    change = namer.concept("change", s.change, lang)
    names = " → ".join(name for name in (s.old, s.new) if name)
    head = f"{namer.thing(*found, lang)}{_pair('：', ': ', lang)}{change} {names}".rstrip()
    return _head_and_text(head, s.text, lang)


def _labelled(kind: str, own: str) -> Callable[[Any, Namer, str], str]:
    def summary(s: EventStatement | ProjectStatement, namer: Namer, lang: str) -> str:
        identifier = getattr(s, own)
        name = namer.thing(kind, identifier, lang) if identifier else _text(s.label, lang)
        return _head_and_text(name, s.text, lang)

    return summary


def _practice(s: PracticeStatement, namer: Namer, lang: str) -> str:
    field = namer.concept("field", s.field, lang)
    return _head_and_text(f"{namer.about(s.about, lang)} · {field}", s.text, lang)


def _phase(s: PhaseStatement, namer: Namer, lang: str) -> str:
    head = f"{namer.thing('programme', s.about, lang)} · {s.label.in_language(lang)}"
    return _head_and_text(head, s.text, lang)


def _definition(s: DefinitionStatement, _namer: Namer, lang: str) -> str:
    return _head_and_text(_pair(f"“{s.term}”", f'"{s.term}"', lang), s.text, lang)


def _assessment(s: AssessmentStatement, namer: Namer, lang: str) -> str:
    verdict = namer.concept("verdict", s.verdict, lang)
    return _head_and_text(f"{namer.about(s.about, lang)} · {verdict}", s.text, lang)


_SUMMARIES: Mapping[type[Statement], Callable[[Any, Namer, str], str]] = {
    PairingStatement: _pairing,
    ParticipationStatement: _participation,
    FigureStatement: _figure,
    DocumentStatement: _document,
    PolicyEffectStatement: _effect,
    ChangeStatement: _change,
    EventStatement: _labelled("event", "event"),
    ProjectStatement: _labelled("project", "project"),
    PracticeStatement: _practice,
    PhaseStatement: _phase,
    DefinitionStatement: _definition,
    AssessmentStatement: _assessment,
}
