"""What does the one who asks mean: which thing, which measure, which period, which stage?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from cooperation_kg.curate.dates import BadDate, When, parse_when
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.ontology import ConceptTerm, load_ontology
from cooperation_kg.query.lookup import fold, one_thing
from cooperation_kg.query.totals.figures import Subject

NEAREST = 5


def thing_of(kg: KnowledgeGraph, about: str) -> Subject:
    """Return (kind, id) of what a total is asked of; a scope by its slug, all else by any name; raises BadParameter."""
    slug = about.removeprefix("scope/")
    if slug in kg.derived.scopes:
        return "scope", slug
    kind, identifier, _ = one_thing(kg, about)
    return kind, identifier


def measure_of(text: str, available: Iterable[str]) -> str:
    """Return the measure that a notation or a label (zh, en) means; raises BadParameter with the nearest.

    Parameters
    ----------
    available: measures that the thing has figures of; the message lists them.

    >>> measure_of("财政援助资金", ()), measure_of("Public aid funds", ())
    ('fiscal-aid', 'fiscal-aid')
    """
    measures = load_ontology().concepts["measure"]
    wanted = fold(text)
    for notation, measure in measures.items():
        if wanted in {fold(notation), fold(measure.zh), fold(measure.en)}:
            return notation
    raise BadParameter(_no_measure(text, measures, tuple(available)))


def stage_of(text: str | None) -> str | None:
    """Return the stage that a notation or label means; raises BadParameter with those there are."""
    if text is None:
        return None
    stages = load_ontology().concepts["stage"]
    for notation, stage in stages.items():
        if fold(text) in {fold(notation), fold(stage.zh), fold(stage.en)}:
            return notation
    listed = ", ".join(f"{notation} {stage.zh}" for notation, stage in stages.items())
    raise BadParameter(f'no stage "{text}"; choose one of 请选：{listed}')


def period_of(text: str | None) -> When | None:
    """Return the period asked about; raises BadParameter for what is no period or leaves it open."""
    if text is None:
        return None
    try:
        when = parse_when(text)
    except BadDate as bad:
        raise BadParameter(f"--during: {bad.reason_en} / {bad.reason_zh}") from bad
    if when.approximate or when.is_some_time_within:
        raise BadParameter(
            f'--during: "{text}" leaves the time open; write 2018 or 2016/2020 / 时间不定，请写 2016/2020'
        )
    return when


def _no_measure(text: str, measures: Mapping[str, ConceptTerm], available: tuple[str, ...]) -> str:
    names = {fold(name): n for n, m in measures.items() for name in (n, m.zh, m.en)}
    near = dict.fromkeys(names[name] for name in get_close_matches(fold(text), names, NEAREST, 0.5))
    near |= dict.fromkeys(n for n, m in measures.items() if fold(text) and fold(text) in fold(n + m.zh + m.en))
    parts = [f'no measure "{text}" 没有这一指标']
    if near:
        parts.append(f"did you mean 是否指 {_listed(near, measures)}?")
    if available:
        parts.append(f"this thing has figures of 此对象有的指标：{_listed(available, measures)}")
    return "; ".join(parts)


def _listed(notations: Iterable[str], measures: Mapping[str, ConceptTerm]) -> str:
    return ", ".join(f"{notation} {measures[notation].zh}" for notation in notations)
