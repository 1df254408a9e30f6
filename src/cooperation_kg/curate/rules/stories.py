"""Do the stories still tell what the statements say? What they show, whom they cite, and every number in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.rules.caption_numbers import CALENDAR, CLASSES, Number, numbers_in, numbers_named
from cooperation_kg.curate.rules.world import World
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.curate.stories import LANGUAGES, Step, Story
from cooperation_kg.errors import Issue

FOCUS_KINDS = ("pairing", "place", "organisation", "programme")
"""What a picture of a step can show."""
NOT_SAID = frozenset({"source", "id", "kind", "locator", "read", "reached_by", "note", "withdrawn", "part_of"})
"""Fields that say where and how something was read, not what was said."""
LISTS = ("supporter", "recipient", "parties", "places", "by")
"""Fields whose length a caption may count: the four counties of a statement."""


def check_stories(world: World) -> Iterator[Issue]:
    """E105, E201, E309, E324, E325, E326: what a story shows, cites or counts is not, or no longer, there."""
    slugs = _pairings(world)
    for story in world.corpus.stories.values():
        for step in story.steps:
            yield from _time(step)
            yield from _focus(world, step, slugs)
            yield from _citations(world, step)
        yield from _numbers(world, story)


def _pairings(world: World) -> frozenset[str]:
    both = ((m.family, *sides) for m in world.members for sides in ((m.first, m.second), (m.second, m.first)))
    return frozenset(".".join(parts) for parts in both)


def _issue(step: Step, path: tuple[str | int, ...], code: str, en: str, zh: str, *, key: bool = False) -> Issue:
    return Issue(*step.at.locate(path, key=key), code, en, zh)


def _time(step: Step) -> Iterator[Issue]:
    when = step.scene.as_of
    if when.approximate or when.is_some_time_within:
        yield _issue(
            step,
            ("as_of",),
            "E105",
            f'"{when.text}" leaves the time open; write 2018, 2018-04, 2018-04-30 or 2016/2020',
            f"“{when.text}”时间不定；请写 2018、2018-04、2018-04-30 或 2016/2020",
        )


def _focus(world: World, step: Step, slugs: frozenset[str]) -> Iterator[Issue]:
    for index, text in enumerate(step.scene.focus):
        kind, _, identifier = text.partition("/")
        if kind in FOCUS_KINDS and (
            identifier in slugs if kind == "pairing" else world.corpus.find((kind,), identifier) is not None
        ):
            continue
        if not world.is_whole:  # it may stand in what could not be read
            continue
        near = get_close_matches(identifier, _known(world, kind, slugs), n=1, cutoff=0.6)
        en = f'did you mean "{kind}/{near[0]}"?' if near else f"write kind/id, the kind one of {', '.join(FOCUS_KINDS)}"
        zh = f"是否想写“{kind}/{near[0]}”？" if near else f"请写 种类/id，种类为 {'、'.join(FOCUS_KINDS)} 之一"
        path = ("focus", index) if step.at.document.location((*step.at.path, "focus", index)) else ("focus",)
        yield _issue(step, path, "E201", f'nothing to show as "{text}"; {en}', f"没有可画的“{text}”；{zh}")


def _known(world: World, kind: str, slugs: frozenset[str]) -> list[str]:
    return sorted(slugs if kind == "pairing" else world.corpus.registers.get(kind, ()))


def _citations(world: World, step: Step) -> Iterator[Issue]:
    for key, values in step.scene.cites.items():
        path = ("cites", key)
        statement = world.corpus.statements.get(key)
        if statement is None:
            if not world.was_left_out("statement", key):
                near = get_close_matches(key, list(world.corpus.statements), n=1, cutoff=0.6)
                en, zh = (f'did you mean "{near[0]}"?', f"是否想写“{near[0]}”？") if near else ("", "")
                yield _issue(
                    step,
                    path,
                    "E309",
                    f'no statement "{key}"; {en or "write <source>.<id>"}',
                    f"没有陈述“{key}”；{zh or '请写 <来源>.<id>'}",
                    key=True,
                )
        elif statement.withdrawn is not None:
            yield _issue(
                step,
                path,
                "E324",
                f'the statement "{key}" is withdrawn ({statement.withdrawn}); tell the step without it',
                f"陈述“{key}”已撤回（{statement.withdrawn}）；请改写这一步",
                key=True,
            )
        else:
            yield from _changed(step, statement, values)


def _changed(step: Step, statement: Statement, cited: tuple[str, ...]) -> Iterator[Issue]:
    said = list(dict.fromkeys(values_of(statement)))
    missing = [value for value in cited if value not in said]
    if isinstance(statement, FigureStatement) and statement.literal not in cited:
        missing = missing or [cited[0]]
        said = [statement.literal]
    for value in missing:
        listed = "; ".join(said)
        yield _issue(
            step,
            ("cites", statement.key),
            "E325",
            f'the story cites "{value}", but {statement.key} says: {listed}; look at the caption again',
            f"故事引作“{value}”，而 {statement.key} 写作：{listed}；请重看说明文字",
        )


def values_of(record: BaseModel) -> Iterator[str]:
    """Yield the texts of what a statement says, as its YAML has them.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> "7.74亿元" in list(values_of(load_corpus().statements["xh-2012.s003"]))
    True
    """
    for name in type(record).model_fields:
        if name not in NOT_SAID or not isinstance(record, Statement):
            yield from _texts(getattr(record, name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from values_of(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, When):
        yield value.text
    elif value is not None:
        yield str(value)


def _numbers(world: World, story: Story) -> Iterator[Issue]:
    whole: list[Number] = []
    for step in story.steps:
        known = [*_of_time(step.scene.as_of), *(n for key in step.scene.cites for n in _of_statement(world, key))]
        known += _of_parts(world, step)
        whole += known
        told = [(caption.text, caption.line) for lang in LANGUAGES if (caption := step.captions.get(lang))]
        yield from _unsourced(story, ((step.title.zh, step.line), (step.title.en or "", step.line), *told), known)
    heads = ((name, text, lang) for name in ("title", "summary") for text, lang in _both(story, name))
    told = [(text, story.at.locate((name,))[1]) for name, text, _ in heads]
    yield from _unsourced(story, told, whole)


def _both(story: Story, name: str) -> Iterator[tuple[str, str]]:
    text = getattr(story, name)
    yield from ((text.in_language(lang), lang) for lang in LANGUAGES)


def _unsourced(story: Story, told: Iterable[tuple[str, int]], known: list[Number]) -> Iterator[Issue]:
    for text, first in told:
        for offset, line in enumerate(text.split("\n")):
            for number in numbers_in(line):
                if not any(number.agrees(other) for other in known):
                    column = max(line.find(number.written), 0) + 1
                    yield Issue(
                        story.at.shown_as,
                        first + offset,
                        column,
                        "E326",
                        f'no cited statement has the number "{number.written}"; cite the one that has, or leave it out',
                        f"所引陈述中没有“{number.written}”这个数；请引用有此数的陈述，或删去",
                    )


def _of_parts(world: World, step: Step) -> Iterator[Number]:
    """Yield how many parts of a whole a step cites."""
    cited = (world.corpus.statements.get(key) for key in step.scene.cites)
    wholes = Counter((s.source, s.part_of) for s in cited if isinstance(s, FigureStatement) and s.part_of)
    yield from (Number(Decimal(count), "", "part_of") for count in wholes.values())


def _of_time(when: When) -> Iterator[Number]:
    for date in re.findall(r"\d{4}(?:-\d{2}){0,2}", when.text):
        for part, counts in zip(date.split("-"), CALENDAR, strict=False):
            yield Number(Decimal(part), counts, part)


def _of_statement(world: World, key: str) -> Iterator[Number]:
    """Yield the numbers that a statement, or the date of its source, has."""
    statement = world.corpus.statements.get(key)
    if statement is None:
        return
    source = world.corpus.sources.get(statement.source)
    if source is not None and source.date is not None:
        yield from _of_time(source.date)
    for name in type(statement).model_fields:
        if name in NOT_SAID:
            continue
        value = getattr(statement, name)
        if isinstance(value, When):
            yield from _of_time(value)
        else:
            for text in _texts(value):
                yield from numbers_named(text)
            if name in LISTS and isinstance(value, tuple) and len(value) > 1:
                yield Number(Decimal(len(value)), "", name)
    if isinstance(statement, FigureStatement):
        quantity = statement.quantity
        counts = CLASSES.get(quantity.unit, "")
        counts = counts if counts in ("visits", "persons") else ""
        for found in (quantity.value, quantity.minimum, quantity.maximum):
            if found is not None:
                yield Number(found, counts, statement.literal)
