"""How does a value stand in a cell, and what does a cell say?

Every cell is text. A spreadsheet changes what is typed: 2018-04 becomes a date, 39.50 a number, a leading = a formula.
What is certain is taken as it was meant; what is not is told, with what to do.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cooperation_kg.curate.edits.spelling import spell_flow
from cooperation_kg.curate.yaml_io import YamlValue, parse_yaml
from cooperation_kg.errors import UnreadableFile
from cooperation_kg.query.table import FORMULA_SIGNS
from cooperation_kg.sheets.columns import Column
from cooperation_kg.sheets.names import Names

_SIGNED = re.compile(f"'*[{re.escape(''.join(FORMULA_SIGNS))}]")
_BAR = " | "
_SPLIT_WORDS = re.compile(r"[|｜\n;；、]")
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_SLASHED = re.compile(r"([0-9]{4})[/.年]([0-9]{1,2})(?:[/.月]([0-9]{1,2})?日?)?")
_NOT_CODES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


class Formula(str):
    """What a cell computes, instead of what it says."""

    __slots__ = ()


@dataclass(frozen=True)
class Cell:
    """One cell as read: its value, how the spreadsheet shows numbers and dates, and where it is (``结对!C14``)."""

    value: Any
    where: str
    number_format: str = "General"

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, or only spaces."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class BadCell(Exception):
    """A cell that cannot be taken over: a code, and why, in both languages."""

    def __init__(self, code: str, en: str, zh: str) -> None:
        super().__init__(en)
        self.code, self.en, self.zh = code, en, zh


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before it where it begins like one.

    >>> neutral("=1+1"), neutral("-5"), neutral("3亿元"), neutral("'=1")
    ("'=1+1", "'-5", '3亿元', "''=1")
    """
    return f"'{text}" if _SIGNED.match(text) else text


def restored(text: str) -> str:
    """Undo ``neutral`` exactly.

    >>> restored("'=1+1"), restored("''=1"), restored("'90年代")
    ('=1+1', "'=1", "'90年代")
    """
    return text[1:] if text.startswith("'") and _SIGNED.match(text[1:]) else text


def mark_of(value: object) -> str:
    """Return a short fingerprint of a value or of the text of a cell."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def canonical(column: Column, raw: YamlValue | None) -> YamlValue | None:
    """Return a value in the one form that is compared: a list of one may be written without brackets."""
    return [raw] if column.many and isinstance(raw, str) else raw


def show(column: Column, raw: YamlValue | None, names: Names) -> str:
    """Return the text of the cell for a value of the files; empty where there is none."""
    if raw is None:
        return ""
    if isinstance(raw, dict) or column.records:
        items = raw if isinstance(raw, list) else [raw]
        return "\n".join(item if isinstance(item, str) else spell_flow(item) for item in items)
    if isinstance(raw, list) or column.many:
        texts = [
            item if isinstance(item, str) else spell_flow(item) for item in ([raw] if isinstance(raw, str) else raw)
        ]
        return _BAR.join(names.show(column, text) if names.is_closed(column) else _with_bars(text) for text in texts)
    return names.show(column, raw) if names.is_closed(column) else raw


def said(column: Column, text: str, names: Names) -> YamlValue | None:
    """Return the value that a text means in a column, or None for an empty one; raises BadCell."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return None
    if column.records:
        return _records(text)
    if column.many:
        words = column.kind == "word"
        items = [part.strip() for part in (_SPLIT_WORDS.split(text) if words else _parts(text)) if part.strip()]
        meant = [_word(column, item, names) if words else item for item in items]
        return meant[0] if words and len(meant) == 1 else list(meant)
    if column.kind == "text":
        return text
    return _word(column, text, names)


def _with_bars(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _parts(text: str) -> list[str]:
    """Split at bars and line ends; a bar after a backslash is one of the text."""
    parts, part, escaped = [], "", False
    for char in text:
        if escaped:
            part, escaped = part + (char if char in "|\\" else f"\\{char}"), False
        elif char == "\\":
            escaped = True
        elif char in "|\n":
            parts.append(part)
            part = ""
        else:
            part += char
    return [*parts, part + ("\\" if escaped else "")]


def _records(text: str) -> YamlValue:
    items: list[YamlValue] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if not line.startswith("{"):
            items.append(line)
            continue
        try:
            items.append(parse_yaml(line, "").data)
        except UnreadableFile as bad:
            issue = bad.issues[0]
            raise BadCell(
                "E702", f"not {{key: value, …}}: {issue.message_en}", f"不是 {{键: 值, …}}：{issue.message_zh}"
            ) from bad
    return items[0] if len(items) == 1 and isinstance(items[0], str) else items


def _word(column: Column, text: str, names: Names) -> str:
    if names.is_closed(column):
        meant = names.meant(column, text)
        if len(meant) == 1:
            return meant[0]
        raise _unknown(column, text, names) if not meant else _ambiguous(column, text, meant, names)
    plain = unicodedata.normalize("NFKC", text).strip() if column.kind != "text" else text
    if _ROUNDED.fullmatch(plain):
        raise BadCell(
            "E702",
            f'"{text}": the spreadsheet has rounded a long number; type it again as text',
            f"“{text}”：电子表格把长数字舍入了；请设为文本后重新输入",
        )
    return _as_date(plain) if column.kind == "date" else plain


def _as_date(text: str) -> str:
    found = _SLASHED.fullmatch(text)
    if not found:
        return text
    year, month, day = found.groups()
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _unknown(column: Column, text: str, names: Names) -> BadCell:
    near = names.near(column, text)
    en = f'did you mean "{near}"?' if near else "choose one of the list"
    zh = f"是否想写“{near}”？" if near else "请从下拉列表中选择"
    return BadCell("E703", f'"{text}" is not known; {en}', f"没有“{text}”；{zh}")


def _ambiguous(column: Column, text: str, meant: tuple[str, ...], names: Names) -> BadCell:
    listed = [names.show(column, raw) for raw in meant]
    return BadCell(
        "E703",
        f'"{text}" is the name of several: {", ".join(listed)}; write one of these',
        f"“{text}”一名多指：{'、'.join(listed)}；请写明其一",
    )


def text_of(cell: Cell, column: Column) -> tuple[str, bool]:
    """Return the text that was typed into a cell, and whether that is certain.

    A number or a date that a spreadsheet made of what was typed is read back; where what was typed cannot be known,
    the nearest text is returned as uncertain.

    >>> from cooperation_kg.sheets.columns import sheets
    >>> as_of = sheets()[0].column("as_of")
    >>> text_of(Cell(2018, "结对!C3"), as_of), text_of(Cell(datetime.datetime(2018, 4, 1), "结对!C3", "mmm-yy"), as_of)
    (('2018', True), ('2018-04', True))
    """
    value = cell.value
    if value is None:
        return "", True
    if isinstance(value, str):
        return restored(value), True
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, datetime.datetime | datetime.date):
        return _typed_date(value, cell.number_format, column)
    if isinstance(value, int | float | Decimal):
        return _typed_number(value, cell.number_format, column)
    return str(value), False


def _typed_number(value: float | int | Decimal, number_format: str, column: Column) -> tuple[str, bool]:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    whole = number == number.to_integral_value()
    text = str(int(number)) if whole else format(number, "f")
    as_typed = number_format in ("General", "@", "0")
    exact = len(text.strip("-").replace(".", "")) <= 15  # a spreadsheet keeps 15 digits
    if column.kind == "number":
        return text, exact
    return text, exact and whole and as_typed


def _typed_date(value: datetime.date, number_format: str, column: Column) -> tuple[str, bool]:
    shown = _NOT_CODES.sub("", number_format).lower()
    at_midnight = not isinstance(value, datetime.datetime) or value.time() == datetime.time()
    day, month, year = "d" in shown, "m" in shown, "y" in shown or shown == "general"
    certain = column.kind == "date" and at_midnight and month and year
    if certain and not day and value.day == 1:
        return f"{value:%Y-%m}", True
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}", certain and day
