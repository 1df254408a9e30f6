"""What XML 1.0 can hold of a text (https://www.w3.org/TR/xml/#charsets), and how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cooperation_kg.render.exports.flat import Plain

# in no spelling
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(r'[&<>"\t\n\r]')
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
    if value is True or value is False:
        return "true" if value else "false"
    return _SPECIAL.sub(lambda found: _SPELT[found[0]], _NOT_IN_XML.sub("", str(value)))
