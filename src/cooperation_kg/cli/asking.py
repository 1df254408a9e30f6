"""What ``ckg new`` asks in the terminal: field by field, each answer looked up or read back before the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from cooperation_kg.cli.talk import say

if TYPE_CHECKING:
    from cooperation_kg.sheets.changes import Change
    from cooperation_kg.sheets.columns import Column, Sheet
    from cooperation_kg.starting.asking import Need
    from cooperation_kg.starting.drafting import Holding

Settings = dict[str, str]
"""Name of a column → what is said in it."""
OFFERED = 12
"""So many choices are shown at once."""


def _sheet(kind: str) -> Sheet:
    from cooperation_kg.starting.asking import sheet_of

    return sheet_of(kind)


def still_missing(sheet: Sheet, given: Settings, holding: Holding, first: Iterable[Change]) -> list[Need]:
    """Return what a record still needs; a heading too, where its source was read whole."""
    from cooperation_kg.starting.asking import missing_of, needs_of

    known = holding.names.corpus.sources.get(given.get("source", ""))
    extents = [str(change.record.get("read")) for change in first if change.id == given.get("source")]
    extent = given.get("read") or next(iter(extents), known.read if known else "")
    return missing_of(needs_of(sheet, locator=extent == "whole"), given)


class Asking:
    """Asks in the terminal for one record, and for its source where that is new."""

    def __init__(self, holding: Holding, lang: str, first: list[Change], of_source: Settings) -> None:
        self.holding = holding
        self.lang = lang
        self.first = first
        self.of_source = of_source
        self.asked = False

    def everything(self, given: Settings) -> list[tuple[str, str]]:
        """Return all that was given or said, as --set takes it."""
        return [*((f"source.{name}", text) for name, text in self.of_source.items() if name != "id"), *given.items()]

    def all_of(self, sheet: Sheet, given: Settings) -> Settings:
        """Return everything that is said of a record; sources that are new come into ``first``."""
        from cooperation_kg.starting.asking import WORTH_ASKING, columns_of_form, missing_of, needs_of

        self.asked = True
        answers = dict(given)
        keys = {"zh": "Ctrl-C 放弃；? 列出可选项", "en": "Ctrl-C gives up; ? lists choices"}[self.lang]
        say(f"[{sheet.title(self.lang)}] {keys}")
        for need in missing_of(needs_of(sheet), answers):
            form = need[0] if len(need) == 1 else self._form(sheet, need, answers)
            for column in columns_of_form(sheet, form):
                if column.name not in answers:
                    self._ask(sheet, column, answers, must=column.name in form)
        for name in WORTH_ASKING[sheet.key]:
            if name not in answers and not (name == "at" and "during" in answers):
                self._ask_for(sheet, name, answers, must=False)
        if sheet.is_statement and "locator" not in answers:
            must = bool(still_missing(sheet, answers, self.holding, self.first))
            self._ask_for(sheet, "locator", answers, must=must)
        return answers

    def what_it_says(self, source: Settings) -> tuple[Sheet, Settings]:
        """Ask for a first statement of a source that has been read; a source without one is not read yet."""
        from cooperation_kg.curate.statements import STATEMENT_KINDS

        asked = {"zh": "它说了什么？种类（不填即尚未录入）", "en": "what does it say? a kind (empty: nothing yet)"}
        kind = "" if source.get("read") != "not-yet" else "-"
        while kind not in STATEMENT_KINDS:
            if kind == "-":
                return _sheet("source"), {**source, "read": "not-yet"}
            say("  " + ", ".join(STATEMENT_KINDS))
            kind = typer.prompt(asked[self.lang], default="", show_default=False, err=True).strip() or "-"
        self._describe(source)
        return _sheet(kind), self.all_of(_sheet(kind), {"source": self.first[-1].id})

    def _describe(self, source: Settings) -> None:
        """Take a new source in, before what it says."""
        from cooperation_kg.starting.drafting import draft_source

        self.of_source.update(source)
        self.first.append(draft_source(source, self.holding))

    def _ask_for(self, sheet: Sheet, name: str, answers: Settings, *, must: bool) -> None:
        column = sheet.column(name)
        assert column is not None
        self._ask(sheet, column, answers, must=must)

    def _form(self, sheet: Sheet, need: Need, answers: Settings) -> tuple[str, ...]:
        """Ask which form of several a record is to have."""
        from cooperation_kg.starting.asking import words_of_need

        begun = [form for form in need if any(name in answers and name != "programme" for name in form)]
        if len(begun) == 1:
            return begun[0]
        for number, form in enumerate(need, start=1):
            say(f"  {number}  {words_of_need(sheet, (form,), self.lang)}")
        asked = "哪一种" if self.lang == "zh" else "which"
        answer = ""
        while answer not in [str(number) for number in range(1, len(need) + 1)]:
            answer = typer.prompt(asked, default="1", err=True).strip()
        return need[int(answer) - 1]

    def _ask(self, sheet: Sheet, column: Column, answers: Settings, *, must: bool) -> None:
        """Ask for one field until the answer can be taken over, or is empty where it may be."""
        label = (
            f"{column.header[self.lang == 'en']}{'' if must else {'zh': '（可不填）', 'en': ' (optional)'}[self.lang]}"
        )
        offered: list[str] = []
        if sheet.is_statement and column.name == "source":
            say("+ 登记新来源" if self.lang == "zh" else "+ describes a new source")
        while True:
            text = typer.prompt(label, default="", show_default=False, err=True).strip()
            if text.isdigit() and 0 < int(text) <= len(offered):
                text = offered[int(text) - 1]
            if text == "+" and sheet.is_statement and column.name == "source":
                self._describe(self.all_of(_sheet("source"), {}))
                answers["source"] = self.first[-1].id
                return
            if text == "?":
                offered = self._offer(column, "")
            elif not text and not must:
                return
            elif text:
                taken = self._taken(column, text)
                if taken is None and column.name == "as_written" and self._keeps_literal(sheet, answers):
                    taken = text
                if taken is None:
                    offered = self._offer(column, text)
                    continue
                answers[column.name] = taken
                if sheet.is_statement and column.name == "source":
                    self._read_by_now(taken)
                return

    def _keeps_literal(self, sheet: Sheet, answers: Settings) -> bool:
        """Ask for the value of a literal that no reader of ours takes; return whether there is one."""
        asked = {"zh": "照原文写，另填数值？", "en": "keep it as printed, and give the value yourself?"}[self.lang]
        if not typer.confirm(asked, default=False, err=True):
            return False
        self._ask_for(sheet, "value", answers, must=True)
        self._ask_for(sheet, "unit", answers, must=False)
        return True

    def _taken(self, column: Column, text: str) -> str | None:
        """Return an answer that can be taken over, said back where it was read; None with the reason said."""
        from cooperation_kg.curate.dates import BadDate
        from cooperation_kg.curate.fields import SLUG
        from cooperation_kg.curate.quantities import UnreadableQuantity
        from cooperation_kg.sheets.cells import BadCell, said, show
        from cooperation_kg.starting.asking import fault_of_text, read_back, reason_of

        names = self.holding.names
        unseen = fault_of_text(column, text)
        if unseen:
            say(f"  {unseen[self.lang == 'en']}")
            return None
        if column.name == "id" and not SLUG.fullmatch(text):
            asked = {"zh": "请用小写字母、数字和单个连字符", "en": "use lower-case letters, digits and single hyphens"}
            say(f"  {asked[self.lang]}")
            return None
        if names.is_closed(column) and not column.many and not names.meant(column, text):
            near = names.near(column, text)
            meant = {"zh": f"是否想写“{near}”？", "en": f'did you mean "{near}"?'}
            hint = meant if near else {"zh": "? 列出可选项", "en": "? lists choices"}
            say(f"  没有“{text}”；{hint['zh']}" if self.lang == "zh" else f'  "{text}" is not known; {hint["en"]}')
            return None
        try:
            value = said(column, text, names)
            told = read_back(column, value, self.lang) if isinstance(value, str) else None
        except BadCell as bad:
            say(f"  {bad.en if self.lang == 'en' else bad.zh}")
            return None
        except (BadDate, UnreadableQuantity) as bad:
            say(f"  {reason_of(bad, self.lang)}")
            return None
        if told is None and names.is_closed(column):
            told = show(column, value, names)
        if told and told != text:
            say(f"  = {told}" if "=" not in told else f"  {told}")
        return value if isinstance(value, str) else text

    def _offer(self, column: Column, text: str) -> list[str]:
        """Show the choices that a text is part of, numbered; all where it is empty."""
        names = self.holding.names
        found = names.containing(column, text) if text else names.choices(column)
        shown = found[:OFFERED]
        for number, choice in enumerate(shown, start=1):
            say(f"  {number}  {choice}")
        if len(found) > len(shown):
            rest = len(found) - len(shown)
            say(f"  …还有 {rest} 个，请多写几个字" if self.lang == "zh" else f"  … and {rest} more; write more of it")
        return shown

    def _read_by_now(self, source: str) -> None:
        """Ask how much has been read of a source of which nothing was entered yet."""
        from cooperation_kg.starting.drafting import source_read_now

        known = self.holding.names.corpus.sources.get(source)
        if known and known.read == "not-yet":
            answers: Settings = {}
            self._ask_for(_sheet("source"), "read", answers, must=True)
            self.of_source.update(answers)
            self.first.append(source_read_now(source, answers["read"], self.holding))
