"""Which kind of change is it? Added, removed, withdrawn, reinstated, corrected or re-confirmed.

==============  ==========================================================================================
class           a statement is in it where
==============  ==========================================================================================
added           its id is new
removed         its id is gone, without ``withdrawn``: a fault, for ids are cited elsewhere and never end
withdrawn       it no longer stands, and says why
reinstated      it was withdrawn, and stands again
corrected       what it says changed: value, literal, period, subject, parties, stage, basis …
re-confirmed    only how it was read or seen changed: locator, extent, path, credit, note; or it was also
                seen at work at another time, that takes in the time it was seen before
==============  ==========================================================================================

Other nodes are added, removed or changed. A figure read differently from the same literal is corrected too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cooperation_kg.curate.dates import BadDate, When, parse_when
from cooperation_kg.query.differences.snapshot import GROUPS, Properties, Snapshot, with_slugs_of

STATEMENT_CLASSES = ("removed", "withdrawn", "reinstated", "corrected", "reconfirmed", "added")
"""Classes of statements, the gravest first."""
OTHER_CLASSES = ("removed", "changed", "added")

HOW_IT_WAS_READ = frozenset({"locator", "readExtent", "reachedBy", "directness", "accordingTo", "origin", "skos:note"})
"""Properties of a statement that say how we came by it, not what it says."""

Grouped = Mapping[str, Mapping[str, tuple["Changed", ...]]]
"""What changed, by group and class."""


@dataclass(frozen=True)
class Change:
    """One property that changed; no value on a side means that it says nothing there."""

    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """One node that changed, and how. ``now`` is where a removed statement seems to stand now, else empty."""

    id: str
    changes: tuple[Change, ...] = ()
    now: str = ""


def compare(a: Snapshot, b: Snapshot) -> Grouped:
    """Return what changed from ``a`` to ``b``, by group and class, in the order of the ids."""
    old = with_slugs_of(a, b)
    found: dict[str, Mapping[str, tuple[Changed, ...]]] = {"statement": _statements(old, b)}
    for group in GROUPS[1:]:
        found[group] = _others(old.groups[group], b.groups[group])
    return found


def changes_between(old: Properties, new: Properties) -> tuple[Change, ...]:
    """Return the properties whose values differ, in the order of their names.

    >>> changes_between({"at": ("2017",)}, {"at": ("2018",)})
    (Change(property='at', old=('2017',), new=('2018',)),)
    """
    names = sorted({*old, *new})
    return tuple(Change(n, old.get(n, ()), new.get(n, ())) for n in names if old.get(n) != new.get(n))


def _statements(a: Snapshot, b: Snapshot) -> Mapping[str, tuple[Changed, ...]]:
    before, after = a.groups["statement"], b.groups["statement"]
    found: dict[str, list[Changed]] = {name: [] for name in STATEMENT_CLASSES}
    for identifier in sorted({*before, *after}):
        old, new = before.get(identifier), after.get(identifier)
        if old is None and new is not None:
            # one withdrawn before anybody saw it stand is new all the same, and its reason is shown
            reason = new.get("withdrawn", ())
            found["added"].append(Changed(identifier, (Change("withdrawn", (), reason),) if reason else ()))
        elif new is None:
            found["removed"].append(Changed(identifier))
        elif old is not None and (changed := _class_and_changes(old, new)) is not None:
            found[changed[0]].append(Changed(identifier, changed[1]))
    new_home = {_content(after[changed.id]): changed.id for changed in found["added"]}
    found["removed"] = [replace(c, now=new_home.get(_content(before[c.id]), "")) for c in found["removed"]]
    return {name: tuple(listed) for name, listed in found.items()}


def _class_and_changes(old: Properties, new: Properties) -> tuple[str, tuple[Change, ...]] | None:
    was, is_ = "withdrawn" in old, "withdrawn" in new
    if was != is_:
        reason = Change("withdrawn", old.get("withdrawn", ()), new.get("withdrawn", ()))
        return ("withdrawn" if is_ else "reinstated"), (reason,)
    changes = tuple(c for c in changes_between(old, new) if not _is_no_evidence_now(c, old))
    if not changes:
        return None
    return ("reconfirmed" if all(map(_is_reading, changes)) else "corrected"), changes


def _is_reading(change: Change) -> bool:
    return change.property in HOW_IT_WAS_READ or (change.property == "asOf" and _takes_in(change))


def _takes_in(change: Change) -> bool:
    """Return whether a sighting only grew: a span that holds the old one, or the first sighting at all."""
    old, new = _when(change.old), _when(change.new)
    if new is None or (change.old and old is None):
        return False
    if old is None:
        return True
    # a year for a month, or [2012..2020] for 2016, holds the old time too, but says less than before
    return new.is_interval and new.earliest <= old.earliest and old.latest <= new.latest


def _when(values: tuple[str, ...]) -> When | None:
    try:
        return parse_when(values[0]) if len(values) == 1 else None
    except BadDate:
        return None


def _is_no_evidence_now(change: Change, old: Properties) -> bool:
    """Return whether only a judgement moved a pairing statement between its pairing and its programme."""
    if change.property != "about" or old.get("kind") != ("PairingStatement",):
        return False
    return any(all(v.startswith("programme/") for v in side) for side in (change.old, change.new))


def _content(properties: Properties) -> tuple[tuple[str, tuple[str, ...]], ...]:
    # its source may have been renamed with it
    return tuple((name, values) for name, values in properties.items() if name != "origin")


def _others(old: Mapping[str, Properties], new: Mapping[str, Properties]) -> Mapping[str, tuple[Changed, ...]]:
    both = sorted(old.keys() & new.keys())
    changed = (Changed(i, changes) for i in both if (changes := changes_between(old[i], new[i])))
    return {
        "removed": tuple(Changed(i) for i in sorted(old.keys() - new.keys())),
        "changed": tuple(changed),
        "added": tuple(Changed(i) for i in sorted(new.keys() - old.keys())),
    }
