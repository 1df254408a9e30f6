"""What does a record of each kind need, what else is worth asking for, and how is an answer read back?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from cooperation_kg.curate.dates import BadDate, parse_when
from cooperation_kg.curate.fields import Ref
from cooperation_kg.curate.quantities import Quantity, UnreadableQuantity, read_quantity
from cooperation_kg.curate.quantities.units import CURRENCY_CODES
from cooperation_kg.curate.quantities.writing import BOUNDS, write_quantity
from cooperation_kg.curate.yaml_bytes import UNSEEN_IN_VALUE
from cooperation_kg.sheets.columns import Column, Sheet, sheets

Form = tuple[str, ...]
"""Columns that belong together."""
Need = tuple[Form, ...]
"""Forms of which a record needs one: ``supporter`` and ``recipient``, or ``parties``, or ``about``."""

# sheet → needs that no single field tells
FORMS: Mapping[str, tuple[Need, ...]] = {
    "pairing": ((("programme", "supporter", "recipient"), ("programme", "parties"), ("about",)),),
    "figure": ((("as_written",), ("as_noted",)),),
    "event": ((("event",), ("label.zh",)),),
    "project": ((("project",), ("label.zh",)),),
    "source": ((("title.zh",), ("description.zh",)),),
}
# sheet → what is asked for beyond that, each of which may be left out
WORTH_ASKING: Mapping[str, Form] = {
    "pairing": ("from", "until", "as_of", "basis"),
    "participation": ("from", "until", "as_of"),
    "figure": ("during", "at", "stage", "payer", "payee"),
    "document": ("act", "by", "date", "number"),
    "policy-effect": ("date", "text.zh", "text.en"),
    "change": ("from", "to", "date"),
    "event": ("about", "date", "places", "text.zh", "text.en"),
    "project": ("about", "field", "as_of", "places", "text.zh", "text.en"),
    "practice": ("text.en", "as_of", "places"),
    "phase": ("label.en", "during", "from", "text.zh", "text.en"),
    "definition": ("about", "text.en"),
    "assessment": ("text.en", "field", "as_of"),
    "source": ("title.en", "authors", "container", "publisher", "date", "url", "grade"),
    "register-place": ("name.en", "short", "within", "code"),
    "register-programme": ("name.en", "aliases", "family"),
    "register-pairing": ("name.en", "aliases"),
    "register-policy": ("name.en", "aliases"),
    "register-organisation": ("name.en", "aliases", "within"),
    "register-project": ("name.en", "aliases", "field"),
    "register-event": ("name.en", "aliases"),
}
FIRST = ("source", "type", "title.zh", "description.zh", "name.zh")
"""What is asked for before all else."""
LITERALS = ("as_written", "as_noted")


def kinds() -> dict[str, str]:
    """Return what may be asked for, and the sheet of each: ``policy`` is short for ``register-policy``.

    >>> kinds()["policy"], kinds()["project"], kinds()["register-project"]
    ('register-policy', 'project', 'register-project')
    """
    keys = {sheet.key: sheet.key for sheet in sheets()}
    short = {key.removeprefix("register-"): key for key in keys if key.startswith("register-")}
    return {**short, **keys}


def sheet_of(kind: str) -> Sheet:
    """Return the sheet of a kind: its columns are what can be said; KeyError for none."""
    key = kinds()[kind]
    sheet = next(sheet for sheet in sheets() if sheet.key == key)
    return replace(sheet, columns=tuple(_by_name(column) for column in sheet.columns))


def _by_name(column: Column) -> Column:
    """Return a column in which the parent of a place is named as any other thing is, not by a record."""
    if column.name != "within" or not column.records:
        return column
    return replace(column, records=False, many=False, kind="word", mark=Ref("place"))


def needs_of(sheet: Sheet, *, locator: bool = False) -> list[Need]:
    """Return what a record of a kind cannot do without, what is asked for first at the begin.

    Parameters
    ----------
    locator: whether its source was read whole, so that a heading must be given.

    >>> needs_of(sheet_of("pairing"))
    [(('source',),), (('programme', 'supporter', 'recipient'), ('programme', 'parties'), ('about',))]
    """
    needs = [_need(sheet, column) for column in sheet.columns if column.required]
    needs = [need for need in needs if not (sheet.is_statement and need == (("id",),))]
    needs += FORMS.get(sheet.key, ())
    needs.sort(key=lambda need: FIRST.index(need[0][0]) if need[0][0] in FIRST else len(FIRST))
    needs.sort(key=lambda need: need == (("id",),))  # an id is chosen once the name is known
    return [*needs, (("locator",),)] if locator and sheet.is_statement else needs


def _need(sheet: Sheet, column: Column) -> Need:
    has_scope = sheet.column(f"{column.field}.programme") is not None
    return ((column.name,), (f"{column.name}.programme",)) if has_scope else ((column.name,),)


def missing_of(needs: Iterable[Need], given: Collection[str]) -> list[Need]:
    """Return the needs that what is given does not meet in any form."""
    return [need for need in needs if not any(all(name in given for name in form) for form in need)]


def columns_of_form(sheet: Sheet, form: Form) -> list[Column]:
    """Return what to ask for one form; a scope by its programme has two sides, which may be left out."""
    names = list(form)
    for name in form:
        if name.endswith(".programme"):
            names += [f"{name.partition('.')[0]}.{side}" for side in ("supporter", "recipient")]
    return [column for column in sheet.columns if column.name in names]


def words_of_need(sheet: Sheet, need: Need, lang: str, prefix: str = "") -> str:
    """Return how a need is said: the options of each form, with what they are called.

    Parameters
    ----------
    prefix: what stands before each name: ``"source."`` where it is the source of a statement that needs it.

    >>> words_of_need(sheet_of("figure"), (("as_written",), ("as_noted",)), "en")
    'as_written (as written), or as_noted (as noted)'
    """
    english = lang == "en"
    plus, either = (" + ", ", or ") if english else ("＋", "，或 ")
    return either.join(plus.join(prefix + _named(sheet, name, lang) for name in form) for form in need)


def _named(sheet: Sheet, name: str, lang: str) -> str:
    column = sheet.column(name)
    assert column is not None
    header = column.header[lang == "en"]
    return f"{name} ({header})" if lang == "en" else f"{name}（{header}）"


def read_back(column: Column, text: str, lang: str) -> str | None:
    """Return how the readers of dates and quantities take a text, or None for a column of something else.

    Raises BadDate or UnreadableQuantity where they cannot.

    >>> read_back(sheet_of("figure").column("as_written"), "39.43亿元", "en")
    '39.43亿元 = CNY 3,943,000,000'
    """
    if column.name in LITERALS:
        return f"{text} = {_in_full(read_quantity(text), lang)}"
    if column.kind == "date":
        when = parse_when(text)
        to = " … " if when.earliest != when.latest else ""
        return f"{text} = {when.earliest.isoformat()}{to}{when.latest.isoformat() if to else ''}"
    return None


def fault_of_text(column: Column, text: str) -> tuple[str, str] | None:
    """Return why a text cannot stand in a file, in Chinese and English: an unseen character, a line break.

    >>> fault_of_text(sheet_of("policy").column("name.zh"), "a\\nb")
    ('有看不见的字符 U+000A；请重新输入', 'an unseen character U+000A; type it again')
    """
    found = UNSEEN_IN_VALUE.search(text) or ("\n" in text and not column.many and re.search("\n", text))
    if not found:
        return None
    code = f"U+{ord(found[0]):04X}"
    return f"有看不见的字符 {code}；请重新输入", f"an unseen character {code}; type it again"


def reason_of(bad: BadDate | UnreadableQuantity, lang: str) -> str:
    """Return why a text could not be read."""
    return bad.reason_en if lang == "en" else bad.reason_zh


def _in_full(quantity: Quantity, lang: str) -> str:
    """Write a quantity with every digit of its number."""
    if quantity.value is None:
        return write_quantity(quantity, "en" if lang == "en" else "zh")
    number = f"{quantity.value.normalize():,f}"
    bound = BOUNDS[lang][quantity.bound]
    code = CURRENCY_CODES.get(quantity.unit)
    if lang == "en" and code:
        return f"{bound}{code} {number}"
    return f"{bound}{number} {quantity.unit}".rstrip()
