"""What exists: places, programmes, policies and the rest, with names and nothing that sources can contradict.

Dates, issuers, roles and amounts are statements (``statements.py``). A register entry only says *which* thing a
name means, so that two sources that disagree about it still speak of the same thing.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import (
    IRI_PATTERN,
    Bilingual,
    Concept,
    Date,
    Label,
    Names,
    Record,
    Ref,
    Slug,
    Text,
    fault,
)

CODE = re.compile(r"\d{6}")


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise fault("E112", f'"{text}" is not a GB/T 2260 code of six digits', f"“{text}”不是六位 GB/T 2260 代码")
    return text


def _degrees(text: Any) -> Any:
    try:
        value = float(text)
    except (TypeError, ValueError):
        value = float("nan")
    if not -180 <= value <= 180:
        raise fault("E113", f'"{text}" is not a number of degrees', f"“{text}”不是以度为单位的数")
    return value


def _slash(text: str) -> str:
    if not text.endswith("/"):
        raise fault("E103", f'"{text}" must end with /', f"“{text}”须以 / 结尾")
    return text


def _dated_parents(value: Any) -> Any:
    return [{"parent": value}] if isinstance(value, str) else value


Code = Annotated[str, AfterValidator(_code)]
Degrees = Annotated[float, BeforeValidator(_degrees)]


class Seat(Record):
    """Where the government of a place sits, in degrees, to about one kilometre: for drawing only.

    >>> Seat(lat="39.9", lon="116.4").lat
    39.9
    """

    lat: Annotated[Degrees, Field(ge=-90, le=90)]
    lon: Degrees


class Within(Record):
    """One parent of a place, for the time it had that parent (both ends inclusive, unsaid is open).

    >>> Within(parent="sichuan", until="1997-06-17").parent
    'sichuan'
    """

    parent: Annotated[Slug, Ref("place")]
    since: Date | None = None
    until: Date | None = None


class FormerName(Record):
    """A name that a place had for a time, and the code and level it had under that name.

    An unstated ``since`` or ``until`` is unknown. A name repeated with another code or level says that these changed.

    >>> FormerName(name="郧县", until="2014").name.zh
    '郧县'
    """

    name: Label
    code: Code | None = None
    level: Annotated[Text, Concept("level")] | None = None
    since: Date | None = None
    until: Date | None = None

    def names(self) -> tuple[str, ...]:
        """Return the Chinese name, and the English one where there is one."""
        return (self.name.zh, self.name.en) if self.name.en else (self.name.zh,)


def holds_at(day: date, since: When | None, until: When | None) -> bool:
    """Return whether ``day`` lies between two stated ends, inclusive; an unstated end is open.

    >>> holds_at(date(2020, 1, 1), None, None)
    True
    """
    return (since is None or since.earliest <= day) and (until is None or day <= until.latest)


class Entry(Record):
    """What every register entry has: an id that survives renaming, names, and a remark."""

    id: Slug
    name: Label
    aliases: Names = ()
    note: Text | None = None

    def names(self) -> tuple[str, ...]:
        """Return every Chinese or English name to look this up by, the present Chinese name first."""
        english = (self.name.en,) if self.name.en else ()
        return (self.name.zh, *english, *self.aliases)


class Place(Entry):
    """An administrative unit or area of China; its id survives renaming, recoding and a new parent.

    ``short`` is the 简称 as used in names of pairings (京, 蒙, 堰). ``code`` is GB/T 2260, quoted; ``code_from`` says
    where it is from, where not from the table of the register. ``until`` is the last day of a unit that is no more.

    >>> Place(id="beijing", name={"zh": "北京市", "en": "Beijing"}, level="province", code="110000").name.zh
    '北京市'
    """

    short: Names = ()
    level: Annotated[Text, Concept("level")]
    code: Code | None = None
    code_from: Text | None = None
    seat: Seat | None = None
    within: Annotated[tuple[Within, ...], BeforeValidator(_dated_parents)] = ()
    former: tuple[FormerName, ...] = ()
    until: Date | None = None

    def names(self) -> tuple[str, ...]:
        """Return all names, short forms and former names included."""
        return (*super().names(), *self.short, *(name for former in self.former for name in former.names()))

    def former_at(self, day: date) -> FormerName | None:
        """Return the former name in use on ``day``, the one that ended first where several fit; None for the last name.

        >>> Place(id="a", name="郧阳区", level="county", former=[{"name": "郧县", "until": "2014"}]).name_at(
        ...     date(2011, 12, 31)).zh
        '郧县'
        """
        held = [(f.until.latest, f) for f in self.former if f.until is not None and holds_at(day, f.since, f.until)]
        return min(held, key=lambda end: end[0], default=(day, None))[1]

    def name_at(self, day: date) -> Bilingual:
        """Return the name the place had on ``day``."""
        former = self.former_at(day)
        return former.name if former else self.name

    def parent_at(self, day: date) -> str | None:
        """Return the id of the unit that contained this one on ``day``, if any is recorded."""
        for within in self.within:
            if holds_at(day, within.since, within.until):
                return within.parent
        return None

    def code_at(self, day: date) -> str | None:
        """Return the GB/T 2260 code the place had on ``day``; the present one where a former one is not recorded."""
        former = self.former_at(day)
        return former.code if former and former.code else self.code

    @model_validator(mode="after")
    def _code_of_its_origin(self) -> Place:
        if self.code_from is not None and self.code is None:
            raise fault("E109", "code_from needs the code", "code_from 需要 code")
        return self


class Programme(Entry):
    """A national framework of paired cooperation; renamings and inner actions share one ``family``.

    >>> Programme(id="east-west", name="东西部协作", type="east-west-cooperation").family_id
    'east-west'
    """

    type: Annotated[Text, Concept("programme-kind")]
    family: Annotated[Slug, Ref("programme")] | None = None

    @property
    def family_id(self) -> str:
        """The id under which ties of this programme are one tie."""
        return self.family or self.id


class NamedPairing(Entry):
    """A pairing that has a name of its own (京蒙, 闽宁). Unordered: a name proves no direction.

    >>> NamedPairing(id="jing-meng", name="京蒙", programme="east-west", places=["beijing", "inner-mongolia"]).id
    'jing-meng'
    """

    programme: Annotated[Slug, Ref("programme")]
    places: Annotated[tuple[Annotated[Slug, Ref("place")], ...], Field(min_length=2, max_length=2)]


class Policy(Entry):
    """A policy document, agreement or plan. ``name`` is its title, without the book-title marks 《》."""

    type: Annotated[Text, Concept("document-kind")]


class Organisation(Entry):
    """A body that acts: issues, pays, takes part."""

    type: Annotated[Text, Concept("organisation-kind")]
    within: Annotated[Slug, Ref("place")] | None = None


class Project(Entry):
    """A park, scheme or undertaking that sources name."""

    field: Annotated[Text, Concept("field")] | None = None


class Event(Entry):
    """A meeting, visit or launch that sources name."""

    type: Annotated[Text, Concept("event-kind")]


class AnonymousPlace(Record):
    """A place that a source hides (W县). Drawn under its pairing; never coded, resolved, merged or counted.

    Its id in statements is ``<source>.<id>``.
    """

    id: Slug
    name: Label
    level: Annotated[Text, Concept("level")]
    within: Annotated[Slug, Ref("place")] | None = None


class Source(Record):
    """One document, described so that it can be found and cited.

    ``read`` and ``reached_by`` say how we read it; a statement may say otherwise for itself. ``incipit`` is its
    first printed words (at most 20 characters): it tells which text is meant where a document prints no title.
    ``grade`` says who published it: a public body, the press, a reprint that names nobody, a forum.

    >>> Source(id="a", type="article", title="题", language="zh", read="whole", reached_by="original").read
    'whole'
    """

    id: Slug
    type: Annotated[Text, Concept("source-type")]
    title: Label | None = None
    description: Label | None = None
    incipit: Annotated[Text, Field(max_length=20)] | None = None
    authors: Names = ()
    container: Text | None = None
    issue: Text | None = None
    publisher: Text | None = None
    date: Date | None = None
    doi: Annotated[Text, Field(pattern=r"^10\.[0-9]{4,9}/\S+$")] | None = None
    url: Annotated[Text, Field(pattern=IRI_PATTERN)] | None = None
    licence: Text | None = None
    language: Text
    reprint_of: Annotated[Slug, Ref("source")] | None = None
    according_to: Annotated[Slug, Ref("source", "organisation")] | None = None
    read: Literal["whole", "part", "excerpt", "not-yet"]
    reached_by: Literal["original", "reprint", "abstract", "translation"]
    grade: Annotated[Text, Concept("source-grade")] | None = None
    anonymous: tuple[AnonymousPlace, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _is_named(self) -> Source:
        if self.title is None and self.description is None:
            raise fault(
                "E109",
                "a source needs a title, or a description where it has none",
                "来源需要 title；无题名的写 description",
            )
        return self


class Dataset(Record):
    """What this dataset is: its title, licence, version and the last year it covers (no clock is read)."""

    title: Label
    description: Label | None = None
    base: Annotated[Text, Field(pattern=IRI_PATTERN), AfterValidator(_slash)]
    licence: Annotated[Text, Field(pattern=IRI_PATTERN)]
    creators: Names
    version: Text
    horizon: Annotated[str, Field(pattern=r"^(?:1979|19[89][0-9]|20[0-9]{2})$")]
    extends: Literal["shipped"] | None = None
