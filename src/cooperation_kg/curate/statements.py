"""What a source says: one frozen record per kind of statement.

A statement is the unit of curation: one source, one claim, in our own words, with the literal as printed. The
table ``STATEMENT_KINDS`` is the list of kinds; checks, graph, schema and pages walk it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from sys import intern
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Concept, Date, Label, Record, Ref, Slug, Text, fault, one_or_many, slim
from cooperation_kg.curate.quantities import Bound, Fault, Quantity, UnreadableQuantity, read_quantity

PARTY = Ref("place", "organisation")
THING = Ref("place", "programme", "pairing", "policy", "organisation", "project", "event", "source")


_BOUNDS = frozenset(Bound)


def _number(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"[0-9]{1,30}(?:\.[0-9]{1,20})?", text):
        raise fault(
            "E103", f'"{text}" is not a plain number, such as 1500 or 0.5', f"“{text}”不是像 1500、0.5 这样的数"
        )
    return Decimal(text)


Parties = Annotated[tuple[Annotated[Text, PARTY], ...], BeforeValidator(one_or_many), Field(min_length=1)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Places = Annotated[tuple[Annotated[Text, Ref("place")], ...], BeforeValidator(one_or_many)]
Directness = Annotated[Text, Concept("directness")]


def _in_order(since: When | None, end: When | None, name: str) -> None:
    if since and end and since.earliest > end.latest:
        raise fault("E105", f"{name} is before from", f"{name} 早于 from")


class Scope(Record):
    """Several pairings spoken of together: a list means together, an absent role means all.

    >>> Scope(programme="east-west", supporter="guangdong").supporter
    ('guangdong',)
    """

    programme: Annotated[Slug, Ref("programme")]
    supporter: Parties | None = None
    recipient: Parties | None = None


def _about_form(value: Any) -> str:
    return "scope" if isinstance(value, dict | Scope) else "id"


def _shared(value: Any, read: ValidatorFunctionWrapHandler) -> Scope:
    """Return one scope for all that write the same, as most do; what holds lists is read each time."""
    try:
        fields = tuple(value.items())
        known = _SCOPES.get(fields)
    except (AttributeError, TypeError):  # no mapping; a list has no hash
        return read(value)  # type: ignore[no-any-return]  # what follows is a Scope
    if known is None:
        known = read(value)
        if len(_SCOPES) < _MOST_SCOPES:
            _SCOPES[fields] = known
    return known


_SCOPES: dict[tuple[tuple[str, Any], ...], Scope] = {}
_MOST_SCOPES = 1 << 14
"""Scopes that are remembered, so that a process that reads for months does not grow."""

About = Annotated[
    Annotated[Text, THING, Tag("id")] | Annotated[Scope, WrapValidator(_shared), Tag("scope")],
    Discriminator(_about_form),
]


class Statement(Record):
    """What every statement has. ``id`` is unique in its file, stable, and never used again.

    ``locator`` is the printed heading, and the paragraph where it can be counted; it may be missing where the
    source was read in part. ``said_by`` is a speaker inside
    the document, ``according_to`` whom the document credits, ``called`` what it calls the thing.
    ``withdrawn`` keeps the id of a statement that we no longer stand by, with the reason.
    ``source`` is not written in YAML: it is the name of the file.
    """

    source: Slug
    id: Slug
    kind: str
    locator: Text | None = None
    said_by: Text | None = None
    according_to: Annotated[Slug, Ref("source", "organisation")] | None = None
    read: Literal["whole", "part", "excerpt"] | None = None
    reached_by: Literal["original", "reprint", "abstract", "translation"] | None = None
    directness: Directness = "stated"
    called: Text | None = None
    note: Text | None = None
    withdrawn: Text | None = None

    @property
    def key(self) -> str:
        """The id of this statement in the whole corpus: ``<source>.<id>``."""
        return intern(f"{self.source}.{self.id}")  # asked for again and again, and kept by whatever follows from it


class PairingStatement(Statement):
    """Two places are paired: who supports whom (or who joins whom), in which programme, since when, on what basis.

    Exactly one of: ``supporter`` and ``recipient``; ``parties`` (neither helps the other, or no direction is said);
    ``about`` (a named pairing, undirected). A list on one side makes one pairing a member; lists on both sides
    make pairings only with ``matching: by-position``, else the statement draws nothing.
    """

    kind: Literal["pairing"]
    about: Annotated[Text, Ref("pairing")] | None = None
    programme: Annotated[Slug, Ref("programme")] | None = None
    supporter: Parties | None = None
    recipient: Parties | None = None
    parties: Annotated[Parties, Field(min_length=2, max_length=2)] | None = None
    matching: Literal["by-position"] | None = None
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = None
    due: Date | None = None
    as_of: Date | None = None
    basis: Annotated[Slug, Ref("policy")] | None = None

    @model_validator(mode="after")
    def _sides(self) -> PairingStatement:
        directed = self.supporter is not None and self.recipient is not None
        forms = [directed, self.parties is not None, self.about is not None]
        if sum(forms) != 1 or (self.supporter is None) != (self.recipient is None):
            raise fault(
                "E109",
                "a pairing needs exactly one of: supporter and recipient; parties; about (a named pairing)",
                "结对陈述须且只须写：supporter 与 recipient；或 parties；或 about（有名称的结对）",
            )
        if self.about is None and self.programme is None:
            raise fault("E102", "missing field programme", "缺少字段 programme")
        if self.matching and not (self.supporter and self.recipient and len(self.supporter) == len(self.recipient)):
            raise fault(
                "E114",
                "matching: by-position needs two lists of the same length",
                "matching: by-position 需要两个等长的列表",
            )
        _in_order(self.since, self.until, "until")
        _in_order(self.since, self.due, "due")
        return self


class ParticipationStatement(Statement):
    """A place takes part in a programme; neither partner nor role is stated."""

    kind: Literal["participation"]
    place: Annotated[Text, PARTY]
    programme: Annotated[Slug, Ref("programme")]
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = None
    as_of: Date | None = None

    @model_validator(mode="after")
    def _dates(self) -> ParticipationStatement:
        _in_order(self.since, self.until, "until")
        return self


class FigureStatement(Statement):
    """A number that the source prints, with what it counts, of what, over which time.

    ``as_written`` is the literal as printed, never translated (``as_noted`` where only a translation was read).
    ``place`` is the side or place counted in (内蒙古 468所学校). ``part_of`` points to the whole in the same source,
    ``revises`` to the value this one replaces. ``value`` and ``unit`` only help where the literal alone cannot be
    read; they must agree with it. ``bound`` is for a bound whose word stands apart from the number (不足周边县的1/3).
    """

    kind: Literal["figure"]
    about: About
    measure: Annotated[Text, Concept("measure")]
    as_written: Text | None = None
    as_noted: Text | None = None
    value: Number | None = None
    unit: Text | None = None
    bound: Annotated[Text, Concept("bound")] | None = None
    during: Date | None = None
    at: Date | None = None
    nature: Annotated[Text, Concept("nature")]
    stage: Annotated[Text, Concept("stage")] = "reported"
    place: Annotated[Text, PARTY] | None = None
    payer: Annotated[Text, PARTY] | None = None
    payee: Annotated[Text, PARTY] | None = None
    part_of: Annotated[Slug, Ref("sibling")] | None = None
    revises: Annotated[Slug, Ref("sibling")] | None = None
    scope_note: Label | None = None

    @model_validator(mode="after")
    def _readable(self) -> FigureStatement:
        if (self.as_written is None) == (self.as_noted is None):
            raise fault(
                "E109",
                "a figure needs as_written, or as_noted for a translation, not both",
                "数字须写 as_written（仅见译文时写 as_noted），二者取一",
            )
        if self.during is not None and self.at is not None:
            raise fault("E109", "a figure has during or at, not both", "during 与 at 只能写一个")
        try:
            quantity = read_quantity(self.literal, self.unit)
        except UnreadableQuantity as bad:
            if self.value is None or bad.fault is Fault.UNIT_DIFFERS:
                en, zh = bad.reason_en, bad.reason_zh
                raise fault("E106", f'cannot read "{self.literal}": {en}', f"无法读取“{self.literal}”：{zh}") from bad
            return self
        if self.value is not None and quantity.value != self.value:
            raise fault(
                "E107",
                f'value {self.value} disagrees with "{self.literal}", which reads {quantity.value}',
                f"value {self.value} 与原文“{self.literal}”（读作 {quantity.value}）不符",
            )
        if self.bound in _BOUNDS and quantity.bound not in (Bound.EXACT, self.bound):
            raise fault(
                "E107",
                f'bound {self.bound} disagrees with "{self.literal}", which reads {quantity.bound}',
                f"bound {self.bound} 与原文“{self.literal}”（读作 {quantity.bound}）不符",
            )
        return self

    @property
    def literal(self) -> str:
        """The number as printed (or as noted from a translation)."""
        return self.as_written or self.as_noted or ""

    @cached_property
    def quantity(self) -> Quantity:
        """The literal, read exactly; what only ``value`` can say is taken from there. May raise UnreadableQuantity."""
        try:
            quantity = read_quantity(self.literal, self.unit)
        except UnreadableQuantity:
            if self.value is None:
                raise
            quantity = Quantity(self.value, self.unit or "")
        return quantity if self.bound not in _BOUNDS else replace(quantity, bound=Bound(self.bound))

    @property
    def period(self) -> Any:
        """``during`` or ``at``, or None where the source gives no time."""
        return self.during or self.at


class DocumentStatement(Statement):
    """What is said of a policy document: who issued it, when, under which number, what it amends."""

    kind: Literal["document"]
    policy: Annotated[Slug, Ref("policy")]
    act: Annotated[Text, Concept("act")] | None = None
    by: Annotated[tuple[Annotated[Text, PARTY], ...], BeforeValidator(one_or_many)] = ()
    date: Date | None = None
    number: Text | None = None
    amends: Annotated[Slug, Ref("policy")] | None = None
    based_on: Annotated[Slug, Ref("policy")] | None = None
    text: Label | None = None


class PolicyEffectStatement(Statement):
    """What a policy did: established, adjusted, renamed, extended, replaced, ended, funded or evaluated something."""

    kind: Literal["policy-effect"]
    policy: Annotated[Slug, Ref("policy", "event")]
    effect: Annotated[Text, Concept("effect")]
    about: About
    date: Date | None = None
    text: Label | None = None


class ChangeStatement(Statement):
    """A place or programme was renamed, merged, split, moved or widened."""

    kind: Literal["change"]
    about: Annotated[Slug, Ref("place", "programme", "organisation")]
    change: Annotated[Text, Concept("change")]
    old: Text | None = Field(default=None, alias="from")
    new: Text | None = Field(default=None, alias="to")
    date: Date | None = None
    text: Label | None = None


class EventStatement(Statement):
    """Something happened: a meeting, an inspection, a launch."""

    kind: Literal["event"]
    event: Annotated[Slug, Ref("event")] | None = None
    label: Label | None = None
    about: About | None = None
    date: Date | None = None
    places: Places = ()
    text: Label | None = None

    @model_validator(mode="after")
    def _is_named(self) -> EventStatement:
        if (self.event is None) == (self.label is None):
            raise fault("E109", "an event needs event (an id) or label, not both", "事件须写 event 或 label，二者取一")
        return self


class ProjectStatement(Statement):
    """A park, scheme or undertaking exists or was built."""

    kind: Literal["project"]
    project: Annotated[Slug, Ref("project")] | None = None
    label: Label | None = None
    about: About | None = None
    field: Annotated[Text, Concept("field")] | None = None
    as_of: Date | None = None
    places: Places = ()
    text: Label | None = None

    @model_validator(mode="after")
    def _is_named(self) -> ProjectStatement:
        if (self.project is None) == (self.label is None):
            raise fault(
                "E109", "a project needs project (an id) or label, not both", "项目须写 project 或 label，二者取一"
            )
        return self


class PracticeStatement(Statement):
    """How cooperation is done: what the sides do, in which field, in our own words."""

    kind: Literal["practice"]
    about: About
    field: Annotated[Text, Concept("field")]
    text: Label
    as_of: Date | None = None
    places: Places = ()


class PhaseStatement(Statement):
    """A period of a programme's history as a source divides it; ``from`` alone where it still goes on."""

    kind: Literal["phase"]
    about: Annotated[Slug, Ref("programme")]
    label: Label
    during: Date | None = None
    since: Date | None = Field(default=None, alias="from")
    text: Label | None = None

    @model_validator(mode="after")
    def _one_time(self) -> PhaseStatement:
        if self.during is not None and self.since is not None:
            raise fault("E109", "a phase has during or from, not both", "阶段的 during 与 from 只能写一个")
        return self


class DefinitionStatement(Statement):
    """What a source means by a term, in our own words."""

    kind: Literal["definition"]
    term: Text
    about: About | None = None
    text: Label


class AssessmentStatement(Statement):
    """A problem, a recommendation or a result, as the source states it."""

    kind: Literal["assessment"]
    verdict: Annotated[Text, Concept("verdict")]
    about: About
    text: Label
    field: Annotated[Text, Concept("field")] | None = None
    as_of: Date | None = None


STATEMENT_KINDS: dict[str, type[Statement]] = {
    "pairing": PairingStatement,
    "participation": ParticipationStatement,
    "figure": FigureStatement,
    "document": DocumentStatement,
    "policy-effect": PolicyEffectStatement,
    "change": ChangeStatement,
    "event": EventStatement,
    "project": ProjectStatement,
    "practice": PracticeStatement,
    "phase": PhaseStatement,
    "definition": DefinitionStatement,
    "assessment": AssessmentStatement,
}
slim(*STATEMENT_KINDS.values())
