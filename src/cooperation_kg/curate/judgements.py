"""What we conclude about statements: preferences, equal things, complete lists, searches that found nothing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from cooperation_kg.curate.fields import Concept, Date, Label, Record, Ref, Slug, Text, fault, one_or_many
from cooperation_kg.curate.statements import About


class Search(Record):
    """Which figures somebody looked for and did not find: of what, which measures, of which years.

    ``about`` is read as in a statement: an id is that thing itself (a programme: its own totals, not those of its
    pairings), a named pairing is that pairing, and a scope is each pairing inside it. Without ``measure`` every
    measure was looked for, without ``during`` every year.

    >>> Search(about={"programme": "east-west", "supporter": "beijing"}, measure="fiscal-aid").measure
    ('fiscal-aid',)
    """

    about: About
    measure: Annotated[tuple[Annotated[Text, Concept("measure")], ...], BeforeValidator(one_or_many)] = ()
    during: Date | None = None

    @model_validator(mode="after")
    def _whole_years(self) -> Search:
        # about 2018, or some time between two years, would leave open which years were searched
        if self.during is not None and (self.during.approximate or self.during.is_some_time_within):
            raise fault(
                "E105",
                f'"{self.during.text}" does not say which years were searched; write 2018 or 2016/2020',
                f"“{self.during.text}”没有说清查的是哪些年；请写 2018 或 2016/2020",
            )
        return self


class Judgement(Record):
    """What *we* conclude about statements, with author, date and reason; the only thing that changes their weight.

    ``searched`` records where we looked and found nothing: ``what`` says it to people, ``covers`` which figures that
    were; without it the search says nothing of figures. ``wanted`` is what is known only from a lead without a
    source; its ``reason`` says what would settle it.
    """

    id: Slug
    kind: Literal["prefers", "same-thing", "different-scope", "list-complete", "not-evidence", "searched", "wanted"]
    about: tuple[Annotated[Text, Ref("statement")], ...] = ()
    prefers: Annotated[Text, Ref("statement")] | None = None
    what: Label | None = None
    where: Text | None = None
    covers: tuple[Search, ...] = ()
    by: Text
    date: Date
    reason: Label

    @model_validator(mode="after")
    def _fields_of_the_kind(self) -> Judgement:
        if self.kind == "searched" and (self.what is None or self.where is None):
            raise fault("E109", "searched needs what and where", "searched 需要 what 和 where")
        if self.covers and self.kind != "searched":
            raise fault(
                "E109", f"covers is for searched, not for {self.kind}", f"covers 只用于 searched，不用于 {self.kind}"
            )
        if self.kind == "prefers" and self.prefers is None:
            raise fault("E109", "prefers needs the preferred statement", "prefers 需要写明采用的陈述")
        if self.kind == "wanted" and self.what is None:
            raise fault("E109", "wanted needs what", "wanted 需要 what")
        if self.kind not in ("searched", "wanted") and not self.about:
            raise fault("E109", f"{self.kind} needs the statements it is about", f"{self.kind} 需要 about")
        return self
