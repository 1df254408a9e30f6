"""What XML 1.0 can hold of a text (https://www.w3.org/TR/xml/#charsets), and how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cooperation_kg.render.exports.flat import Plain

_NONE = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML has in no spelling."""
_NOT_IN_XML = re.compile(f"[{_NONE}]")
_SPECIAL = re.compile(f'[&<>"\t\n\r{_NONE}]')
# white space as such would be read back as spaces, or as other ends of lines
_SPELT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def in_xml(attributes: Mapping[str, Any]) -> dict[str, Plain]:
    """Return the attributes without what XML 1.0 cannot hold.

    >>> in_xml({"name": "一\\x00二", "year": 1996})
    {'name': '一二', 'year': 1996}
    """
    return {name: _NOT_IN_XML.sub("", v) if isinstance(v, str) else v for name, v in attributes.items()}


def written(value: object) -> str:
    """Return a text, number or truth value as XML has it, between tags or between double quotes.

    >>> written('<a & "b">\\n'), written(True)
    ('&lt;a &amp; &quot;b&quot;&gt;&#10;', 'true')
    """
    if isinstance(value, str):
        return _SPECIAL.sub(_spelt, value) if _SPECIAL.search(value) else value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _spelt(character: re.Match[str]) -> str:
    return _SPELT.get(character[0], "")
