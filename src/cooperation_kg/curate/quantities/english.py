"""What does a literal in English say: ``CNY 3.943 billion``, ``about 30 percent``, ``two hundred people``?

It mirrors the Chinese reader: bound, currency, number or range, unit, and nothing else. Literals that mix
Chinese words with English ones are refused, but for the counters that the writer puts in brackets:
``7 items (个)``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from .chinese import Reading, make_ratio, one_bound, share_scale
from .numerals import ARABIC, MAX_DIGITS, Numeral, scaled, step_of, tidy
from .text import Folded
from .units import CURRENCY_CODES, ENGLISH, ENGLISH_SCALES, NAMES, ONE
from .values import Bound, Fault

BEFORE: dict[str, Bound] = {
    "at least": Bound.AT_LEAST,
    "no less than": Bound.AT_LEAST,
    "no fewer than": Bound.AT_LEAST,
    "not less than": Bound.AT_LEAST,
    "more than": Bound.MORE_THAN,
    "over": Bound.MORE_THAN,
    "at most": Bound.AT_MOST,
    "up to": Bound.AT_MOST,
    "no more than": Bound.AT_MOST,
    "not more than": Bound.AT_MOST,
    "less than": Bound.LESS_THAN,
    "fewer than": Bound.LESS_THAN,
    "under": Bound.LESS_THAN,
    "below": Bound.LESS_THAN,
    "nearly": Bound.NEARLY,
    "almost": Bound.NEARLY,
    "about": Bound.ABOUT,
    "around": Bound.ABOUT,
    "approximately": Bound.ABOUT,
    "roughly": Bound.ABOUT,
}
VAGUE = frozenset(
    [
        *(
            "hundreds",
            "thousands",
            "millions",
            "billions",
            "dozens",
            "dozen",
            "several",
            "many",
            "some",
            "few",
        ),
        *("half", "a", "an", "hundred", "thousand", "million", "billion"),
    ]
)
_TO_TEN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_TEENS = [
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, int] = {word: i for i, word in enumerate(_TO_TEN + _TEENS)}
TENS: dict[str, int] = {word: 10 * i for i, word in enumerate(_TENS, start=2)}
PARTS: dict[str, int] = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
CODES = frozenset(code.lower() for code in CURRENCY_CODES.values()) | {"rmb"}
DASHES = frozenset({"-", "–", "—", "to"})

_TOKEN = re.compile(
    r"(?P<jumble>[0-9.,]+[A-Za-z]+[0-9])|(?P<number>[0-9][0-9.,]*)|(?P<word>[A-Za-z]+)"
    r"|\((?P<counter>[^()\s]{1,12})\)|(?P<mark>[%‰/–—-])|(?P<space>\s+)"
)


class Token(NamedTuple):
    """A number, word, mark or bracketed counter, in lower case, with its place in the folded text."""

    kind: str
    text: str
    start: int


class Tokens:
    """The tokens of one literal, taken from the left."""

    def __init__(self, text: Folded) -> None:
        self.source = text
        self.rest: tuple[Token, ...] = tuple(_tokens(text))

    def take(self, *words: str) -> bool:
        """Take these words if they come next."""
        if tuple(token.text for token in self.rest[: len(words)]) != words:
            return False
        self.rest = self.rest[len(words) :]
        return True

    def take_one_of(self, words: frozenset[str]) -> str | None:
        """Take the next word if it is one of these."""
        if not self.rest or self.rest[0].kind == "counter" or self.rest[0].text not in words:
            return None
        word, self.rest = self.rest[0].text, self.rest[1:]
        return word

    @property
    def place(self) -> int:
        """Where the next token begins."""
        return self.rest[0].start if self.rest else len(self.source.text)


def read_english(text: Folded, own: str | None) -> Reading:
    """Read a folded literal that has Latin letters; ``own`` is a unit accepted beside the table.

    Raises `UnreadableQuantity`.
    """
    tokens = Tokens(text)
    bounds = _bounds(tokens)
    code = tokens.take_one_of(CODES)
    first = _number(tokens)
    if (ratio := _ratio(tokens, first)) is not None:
        return ratio._replace(bound=one_bound(text, bounds, is_range=False))
    first_unit = _unit(tokens, own)
    second = _number(tokens) if tokens.take_one_of(DASHES) else None
    unit = first_unit if second is None else _unit(tokens, own)
    _refuse_rest(tokens, unit or code)
    named = {u for u in (first_unit, unit, ENGLISH[code] if code else None) if u is not None}
    if len(named) > 1 or (first_unit and second and not unit):
        raise text.refuse(0, Fault.BAD_RANGE if second else Fault.UNIT_DIFFERS)
    ends = (first.value,) if second is None else share_scale(text, first, second)
    bound = one_bound(text, bounds, is_range=second is not None)
    has_big = first.big > ONE or (second is not None and second.big > ONE)
    step = first.step if second is None else None
    return Reading(ends, None, named.pop() if named else None, bound, has_big, step)


def _tokens(text: Folded) -> list[Token]:
    found: list[Token] = []
    position = 0
    while position < len(text.text):
        match = _TOKEN.match(text.text, position)
        if match is None or match.lastgroup is None:
            raise text.refuse(position, Fault.EXTRA_TEXT)
        if match.lastgroup == "jumble":
            raise text.refuse(position, Fault.MALFORMED)
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup, match[match.lastgroup].lower(), position))
        position = match.end()
    return found


def _bounds(tokens: Tokens) -> list[Bound]:
    found: list[Bound] = []
    while bound := next((b for phrase, b in BEFORE.items() if tokens.take(*phrase.split())), None):
        found.append(bound)
    return found


def _number(tokens: Tokens) -> Numeral:
    """Read 1,234.5 million or two hundred and five thousand."""
    place = tokens.place
    if not tokens.rest:
        raise tokens.source.refuse(place, Fault.NO_NUMBER)
    head = tokens.rest[0]
    if head.kind == "number":
        if len(head.text.replace(",", "")) > MAX_DIGITS:
            raise tokens.source.refuse(place, Fault.TOO_LONG)
        if not re.fullmatch(ARABIC, head.text):
            raise tokens.source.refuse(place, Fault.MALFORMED)
        tokens.rest = tokens.rest[1:]
        digits = head.text.replace(",", "")
        mantissa = Decimal(digits)
        scale = ENGLISH_SCALES.get(tokens.take_one_of(frozenset(ENGLISH_SCALES)) or "", ONE)
        step = step_of(digits, scale)
        return Numeral(tidy(scaled(mantissa, scale)), mantissa, ONE, scale, False, False, 0, step)
    return _spelt(tokens)


def _spelt(tokens: Tokens) -> Numeral:
    """Read a number in words; each scale is smaller than the one before it."""
    place, total, groups, last = tokens.place, Decimal(0), 0, Decimal(10**15)
    largest = mantissa = ONE
    while (group := _below_thousand(tokens)) is not None:
        mantissa, groups = Decimal(group), groups + 1
        scale = ENGLISH_SCALES.get(tokens.take_one_of(frozenset(ENGLISH_SCALES)) or "", ONE)
        if scale >= last:
            raise tokens.source.refuse(place, Fault.MALFORMED)
        total, last, largest = total + mantissa * scale, scale, max(largest, scale)
        if scale == ONE:
            break
    if not groups:
        raise tokens.source.refuse(place, _opening_fault(tokens))
    shown, scale_shown = (mantissa, scale) if groups == 1 else (None, ONE)
    return Numeral(total, shown, ONE, scale_shown, False, False, 0, last)


def _below_thousand(tokens: Tokens) -> int | None:
    """Read an integer below a thousand in words, or return None where none begins."""
    low = _below_hundred(tokens)
    if low is None or not 0 < low < 10 or not tokens.take("hundred"):
        return low
    before = tokens.rest
    tokens.take("and")
    rest = _below_hundred(tokens)
    if rest is None:
        tokens.rest = before
    return low * 100 + (rest or 0)


def _below_hundred(tokens: Tokens) -> int | None:
    tens = tokens.take_one_of(frozenset(TENS))
    if tens is None:
        word = tokens.take_one_of(frozenset(WORDS))
        return None if word is None else WORDS[word]
    before = tokens.rest
    tokens.take("-")
    word = tokens.take_one_of(frozenset(w for w, value in WORDS.items() if 0 < value < 10))
    if word is None:
        tokens.rest = before
    return TENS[tens] + (WORDS[word] if word else 0)


def _ratio(tokens: Tokens, first: Numeral) -> Reading | None:
    """Read one third, two-fifths or 1/3; None where there is no share."""
    place, before = tokens.place, tokens.rest
    if tokens.take("/"):
        whole = _number(tokens).value
    else:
        tokens.take("-")
        word = tokens.take_one_of(frozenset(PARTS) | {part + "s" for part in PARTS})
        if word is None:
            tokens.rest = before
            return None
        whole = Decimal(PARTS[word.removesuffix("s")])
    _refuse_rest(tokens, "")
    ends, ratio = make_ratio(tokens.source, first.value, whole, place)
    return Reading(ends, ratio, "", Bound.EXACT, False)


def _unit(tokens: Tokens, own: str | None) -> str | None:
    """Take a unit, longest first: ``person-times``, ``items (个)``; None where none comes next."""
    for length in range(min(5, len(tokens.rest)), 0, -1):
        taken = tokens.rest[:length]
        words, counter = (taken[:-1], taken[-1].text) if taken[-1].kind == "counter" else (taken, None)
        unit = _named(_joined(words), counter, own)
        if unit is not None:
            tokens.rest = tokens.rest[length:]
            return unit
    return None


def _joined(words: tuple[Token, ...]) -> str:
    return " ".join(word.text for word in words).replace(" - ", "-")


def _named(phrase: str, counter: str | None, own: str | None) -> str | None:
    """Return the unit that a phrase and a bracketed Chinese counter name together."""
    if counter is None:
        return own if own and phrase == own.lower() else ENGLISH.get(phrase)
    if counter in NAMES:
        return counter if f"{phrase} ({counter})" in NAMES[counter] else None
    return own if own and phrase in ("item", "items") and counter == own.lower() else None


def _refuse_rest(tokens: Tokens, unit: str | None) -> None:
    if not tokens.rest:
        return
    is_second = any(t.kind == "number" or t.text in WORDS or t.text in TENS for t in tokens.rest)
    fault = Fault.SEVERAL if is_second else Fault.UNKNOWN_UNIT if unit is None else Fault.EXTRA_TEXT
    raise tokens.source.refuse(tokens.place, fault)


def _opening_fault(tokens: Tokens) -> Fault:
    """Say why no number begins here."""
    head = tokens.rest[0]
    if head.text in VAGUE:
        return Fault.VAGUE
    if head.kind == "mark" and head.text in DASHES:
        return Fault.NEGATIVE
    return Fault.EXTRA_TEXT if any(t.kind == "number" for t in tokens.rest) else Fault.NO_NUMBER
