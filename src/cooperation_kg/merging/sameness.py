"""Do two records say the same? Compared by what they mean: references by what they refer to, lists without order."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Record, Ref, marks_of
from cooperation_kg.merging.holdings import Holdings, Item, Locator

Resolve = Callable[[Ref, str], str]
"""What a reference is called when two datasets are compared."""

# lists whose order says nothing
UNORDERED = frozenset(
    {"aliases", "short", "places", "parties", "supporter", "recipient", "about", "wanted", "statements"}
)
# what describes a statement or judgement without being what it says
REMARKS: Mapping[str, frozenset[str]] = {
    "statement": frozenset({"note", "locator", "read", "reached_by", "withdrawn"}),
    "judgement": frozenset({"by", "date", "reason"}),
}


def content(record: Record, resolve: Resolve) -> dict[str, Any]:
    """Return what a record says but for its id, by field, as plain values that can be compared."""
    found = _content(record, None, resolve)
    assert isinstance(found, dict)
    return {name: value for name, value in found.items() if name not in ("id", "source")}


def _content(value: Any, mark: Any, resolve: Resolve, *, ordered: bool = True) -> Any:
    if isinstance(value, Record):
        together = getattr(value, "matching", None) is None  # by position, the order of both lists counts
        fields = type(value).model_fields
        return {
            info.alias or name: _content(
                item, marks_of(type(value), name), resolve, ordered=not (together and name in UNORDERED)
            )
            for name, info in fields.items()
            if (item := getattr(value, name)) is not None and item != ()
        }
    if isinstance(value, tuple):
        listed = [_content(item, mark, resolve) for item in value]
        return listed if ordered else sorted(listed, key=as_text)
    if isinstance(value, When):
        return value.text
    if isinstance(value, str):
        return resolve(mark, value) if isinstance(mark, Ref) else value
    return str(value.normalize()) if isinstance(value, Decimal) else str(value)


def as_text(value: Any) -> str:
    """Return a plain value as one text, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def without_english(value: Any) -> Any:
    """Return a value without the English of its texts, which may come later than the Chinese.

    >>> without_english({"text": {"zh": "甲", "en": "A"}})
    {'text': {'zh': '甲'}}
    """
    if isinstance(value, dict):
        return {k: without_english(v) for k, v in value.items() if not (k == "en" and "zh" in value)}
    return [without_english(item) for item in value] if isinstance(value, list) else value


class Reader:
    """Tells what the records of one dataset say, in the ids of ours.

    Parameters
    ----------
    ids: their id → ours, where these differ; empty for our own records.
    """

    def __init__(self, holdings: Holdings, ids: Mapping[Locator, str]) -> None:
        self.holdings = holdings
        self.ids = ids
        self._prints: dict[Locator, str] = {}

    def known_as(self, locator: Locator) -> str:
        """Return ``kind/id`` of a thing, in our ids; of something anonymous, that of its source."""
        kind, identifier = locator
        return f"{kind}/{self.ids.get(locator, identifier)}"

    def content(self, item: Item) -> dict[str, Any]:
        """Return what a record says, by field; a statement that it points to stands for what that one says."""
        source = item.id.partition(".")[0] if item.kind == "statement" else ""

        def resolve(mark: Ref, text: str) -> str:
            locator = self.holdings.meant(mark, text, source)
            if mark.kinds == ("sibling",):
                return self.fingerprint(self.holdings.items[locator])
            return self.known_as(locator)

        return content(item.record, resolve)

    def fingerprint(self, item: Item) -> str:
        """Return what a statement or judgement says, without its id and remarks: equal where two say the same."""
        known = self._prints.get(item.locator)
        if known is None:
            self._prints[item.locator] = item.id  # should two point to each other
            said = {k: v for k, v in self.content(item).items() if k not in REMARKS[item.kind]}
            known = self._prints[item.locator] = as_text(without_english(said))
        return known
