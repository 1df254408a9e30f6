"""Which characters of a literal count as the same?

Full-width forms and the ideographs that PDFs encode twice (Kangxi radicals, compatibility ideographs) fold
into the plain character, as NFKC has it (Unicode Standard Annex 15). The rest of NFKC is left out on purpose: it
would turn ``10²`` into 102 and ``5½`` into ``51/2``. Spaces go, except between two digits, where they may
part two numbers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .values import Fault, UnreadableQuantity

MAX_LENGTH = 160
"""Characters in a literal; room for a range of two numbers of 40 digits."""

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_BESIDE_POINT = re.compile(r"(?<=[0-9])\s+(?=[.,]\s*[0-9])|(?<=[0-9][.,])\s+(?=[0-9])")
_SPACES = re.compile(r"\s+")


class Folded(NamedTuple):
    """A literal made plain, with the original index of every character and one index past the end."""

    text: str
    places: tuple[int, ...]
    original: str

    def refuse(self, index: int, fault: Fault) -> UnreadableQuantity:
        """Return the error for ``index`` of the folded text, placed in the original."""
        return UnreadableQuantity(self.original, self.places[min(index, len(self.text))], fault)


def fold(literal: str) -> Folded:
    """Return the literal in plain characters; spaces stay only where they part words or digits.

    Raises `UnreadableQuantity` for an empty or an overlong literal, before any other work.

    >>> fold("３９. 43 亿元").text
    '39.43亿元'
    """
    if len(literal) > MAX_LENGTH:
        raise UnreadableQuantity(literal, MAX_LENGTH, Fault.TOO_LONG)
    if not literal.strip():
        raise UnreadableQuantity(literal, 0, Fault.EMPTY)
    plain = "".join(map(_plain, literal))
    is_english = re.search("[A-Za-z]", plain) is not None
    gone = {i for gap in _BESIDE_POINT.finditer(plain) for i in range(*gap.span())}
    if not is_english:
        kept = {i for gap in _BETWEEN_DIGITS.finditer(plain) for i in range(*gap.span())}
        gone |= {i for gap in _SPACES.finditer(plain) for i in range(*gap.span())} - kept
    places = [i for i in range(len(plain)) if i not in gone]
    return Folded("".join(plain[i] for i in places), (*places, len(plain)), literal)


@lru_cache(1 << 14)
def _plain(character: str) -> str:
    if character.isspace():
        return " "
    folds = unicodedata.decomposition(character).startswith("<wide>") or _is_doubled(character)
    plain = unicodedata.normalize("NFKC", character) if folds else character
    return plain if len(plain) == 1 else character


def _is_doubled(character: str) -> bool:
    return "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff"
