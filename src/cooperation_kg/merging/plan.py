"""What would a merge do? Which records are added, which fields are filled, what differs and so stays as ours has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from cooperation_kg.curate.registers import Source
from cooperation_kg.curate.yaml_io import YamlValue
from cooperation_kg.merging.decisions import NONE, Decisions
from cooperation_kg.merging.holdings import Holdings, Item, Locator, brought, rewritten
from cooperation_kg.merging.identify import Answers, Identified, Identifier, Proposal, fresh
from cooperation_kg.merging.sameness import REMARKS, Reader, as_text, without_english
from cooperation_kg.merging.stories import StoryFound, compare_stories
from cooperation_kg.sheets.tables import Fields

# fields of ours that theirs may complete although it is a remark; how we read a source, and what we withdrew, is ours
_COMPLETED_REMARKS = frozenset({"note", "locator"})
_UNIONS = frozenset({"aliases", "short"})
_NEEDS = {"code_from": "code"}


@dataclass(frozen=True)
class Difference:
    """A field in which theirs says something else; ours stays. ``stays`` is the id of theirs where both stay."""

    ours: Locator
    theirs: Locator
    field: str
    our_value: str
    their_value: str
    stays: str = ""


@dataclass(frozen=True)
class Addition:
    """A record of theirs that we do not have: its id with us, its file, its fields in our ids."""

    item: Item
    id: str
    file: str
    fields: Fields


@dataclass(frozen=True)
class Filling:
    """Fields of ours that theirs completes: each with its new value."""

    item: Item
    fields: Fields


@dataclass
class MergePlan:
    """All that a merge would do, for the list and for the files."""

    proposals: list[Proposal] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    fillings: list[Filling] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)
    stories: list[StoryFound] = field(default_factory=list)
    ids: dict[Locator, str] = field(default_factory=dict)

    @property
    def changes_something(self) -> bool:
        """Whether any file of ours would change."""
        return bool(self.additions or self.fillings or any(story.verdict == "add" for story in self.stories))


def plan_merge(
    ours: Holdings, theirs: Holdings, decisions: Decisions = NONE, answers: Answers | None = None
) -> MergePlan:
    """Return what it would take to bring their dataset into ours.

    Parameters
    ----------
    decisions: about proposals of earlier runs.
    answers: to proposals that nobody decided about. Without them the certain and likely ones count as accepted in
        the plan, the possible ones as refused, and all of them stand in ``proposals`` as undecided.

    Raises CurationError where a decision names something that is not there.
    """
    items = brought(theirs)
    found = Identifier(ours, theirs, items, decisions, answers or Answers()).identify()
    return _Planner(ours, theirs, items, found).plan()


class _Planner:
    def __init__(self, ours: Holdings, theirs: Holdings, items: Mapping[Locator, Item], found: Identified) -> None:
        self.ours = ours
        self.theirs = theirs
        self.items = items
        self.ids = found.ids
        self.known = found.known
        self.result = MergePlan(proposals=found.proposals, ids=found.ids)
        self.completed: dict[Locator, Fields] = {}  # two things of theirs may be one of ours
        self.used = {identifier for kind, identifier in ours.items if kind in REMARKS}
        self.our_reader = Reader(ours, {})
        self.their_reader = Reader(theirs, found.ids)

    def plan(self) -> MergePlan:
        """Match what is told, then say of every record what becomes of it."""
        for source in [item for item in self.items.values() if item.kind == "source"]:
            self._match_statements(source)
        self._match_judgements()
        for item in self.items.values():
            self._settle(item)
        self.result.stories = compare_stories(self.ours.folder, self.theirs.folder, self.ids)
        return self.result

    # --- which statement is which

    def _match_statements(self, source: Item) -> None:
        target = self.ids[source.locator]
        ours = self.ours.statements_of(target) if source.locator in self.known else []
        theirs = self.theirs.statements_of(source.id)
        self._match(theirs, ours, f"{target}.", f"{source.id}.")

    def _match_judgements(self) -> None:
        self._match(list(self.theirs.of("judgement")), list(self.ours.of("judgement")), "", "")

    def _match(self, theirs: list[Item], ours: list[Item], our_prefix: str, their_prefix: str) -> None:
        """Pair what says the same, each of ours once: with its own id first; give the rest ids that are free."""
        free = {item.id: item for item in ours}
        left = []
        for item in theirs:
            there = free.get(our_prefix + item.id.removeprefix(their_prefix))
            if there is not None and self._say_the_same(item, there):
                self._pair(item, free.pop(there.id))
            else:
                left.append(item)
        taken = {item.id.removeprefix(our_prefix) for item in ours} | {i.id.removeprefix(their_prefix) for i in theirs}
        taken |= {i.removeprefix(our_prefix) for i in self.used if i.startswith(our_prefix)}
        for item in left:
            there = next((other for other in free.values() if self._say_the_same(item, other)), None)
            if there is not None:
                self._pair(item, free.pop(there.id))
                continue
            own = item.id.removeprefix(their_prefix)
            if our_prefix + own in self.used:
                own = fresh(own, taken)
            taken.add(own)
            self.used.add(our_prefix + own)
            self.ids[item.locator] = our_prefix + own

    def _say_the_same(self, theirs: Item, ours: Item) -> bool:
        return self.their_reader.fingerprint(theirs) == self.our_reader.fingerprint(ours)

    def _pair(self, theirs: Item, ours: Item) -> None:
        self.ids[theirs.locator] = ours.id
        self.known.add(theirs.locator)

    # --- what becomes of a record

    def _settle(self, item: Item) -> None:
        if item.kind == "coverage":
            self.ids[item.locator] = item.id
            if item.locator in self.ours.items:
                self.known.add(item.locator)
        if item.locator in self.known:
            self._compare(item, self.ours.items[item.kind, self.ids[item.locator]])
            return
        self._report_clash(item)
        self.result.additions.append(self._addition(item))

    def _report_clash(self, item: Item) -> None:
        """List the fields in which a statement or judgement differs from ours of the same id: both stay."""
        if item.kind not in REMARKS:
            return
        prefix = item.id.partition(".")[0]
        own = item.id.removeprefix(f"{prefix}.")
        same = f"{self.ids.get(('source', prefix), prefix)}.{own}" if item.kind == "statement" else item.id
        there = self.ours.items.get((item.kind, same))
        if there is None or same == self.ids[item.locator]:
            return
        for difference in self._differences(item, there):
            self.result.differences.append(Difference(*difference, stays=self.ids[item.locator]))

    def _differences(self, theirs: Item, ours: Item) -> Iterator[tuple[Locator, Locator, str, str, str]]:
        said, told = self.our_reader.content(ours), self.their_reader.content(theirs)
        for name in sorted({*said, *told}):
            if said.get(name) != told.get(name):
                yield ours.locator, theirs.locator, name, _shown(said.get(name)), _shown(told.get(name))

    def _compare(self, theirs: Item, ours: Item) -> None:
        said, told = self.our_reader.content(ours), self.their_reader.content(theirs)
        raw, before = self._in_our_ids(theirs), self.completed.get(ours.locator, ours.raw)
        if theirs.kind == "source":  # the places that it hides are matched one by one
            told.pop("anonymous", None)
        filled: Fields = {}
        differing: list[str] = []
        for name in told:
            if _says_all(name, said, told):
                continue
            value = None if ours.inherited else self._completion(theirs.kind, name, before, raw, said, told)
            if value is None:
                differing.append(name)
            else:
                filled[name] = value
        for name, other in _NEEDS.items():
            if name in filled and said.get(other) != told.get(other) and other not in filled:
                del filled[name]
                differing.append(name)
        filled |= self._hidden_places(theirs, before)
        if filled:
            self.completed[ours.locator] = {**before, **filled}
            self.result.fillings.append(Filling(ours, filled))
        for name in differing:
            values = _shown(said.get(name)), _shown(told[name])
            self.result.differences.append(Difference(ours.locator, theirs.locator, name, *values))
        if not filled and not differing:
            self.result.same[theirs.kind] += 1

    def _completion(
        self, kind: str, name: str, ours: Fields, theirs: Fields, said: Mapping[str, Any], told: Mapping[str, Any]
    ) -> YamlValue | None:
        """Return the value with which theirs completes a field of ours; None where it cannot."""
        if kind in ("judgement", "coverage") or (name in REMARKS.get(kind, ()) and name not in _COMPLETED_REMARKS):
            return None
        if name in _UNIONS:
            known = _listed(ours.get(name, []))
            return [*known, *(t for t in _listed(theirs[name]) if t not in known and t not in _names(name, said))]
        if name not in said:
            return theirs[name] if ours.get(name, theirs[name]) == theirs[name] else None
        before, new = said[name], told[name]
        if isinstance(before, dict) and isinstance(new, dict) and before == {"zh": new.get("zh")} and "en" in new:
            return {"zh": str(before["zh"]), "en": str(new["en"])}
        return None

    def _hidden_places(self, theirs: Item, ours: Fields) -> Fields:
        """Return the list of places that a source hides, where theirs names some that ours does not."""
        if not isinstance(theirs.record, Source) or theirs.kind != "source":
            return {}
        raw = self._in_our_ids(theirs).get("anonymous", [])
        new: list[YamlValue] = [
            place
            for place, read in zip(raw, theirs.record.anonymous, strict=True)
            if ("anonymous", f"{theirs.id}.{read.id}") not in self.known
        ]
        return {"anonymous": [*_listed(ours.get("anonymous", [])), *new]} if new else {}

    # --- their records in our ids

    def _addition(self, item: Item) -> Addition:
        identifier = self.ids[item.locator]
        file = item.file
        if item.kind in ("source", "statement"):
            file = f"{PurePosixPath(file).parent}/{identifier.partition('.')[0]}.yaml"
        return Addition(item, identifier, file, self._in_our_ids(item))

    def _in_our_ids(self, item: Item) -> Fields:
        """Return the fields of a record of theirs with every reference, and its id, as it is with us."""
        changes: list[tuple[tuple[str | int, ...], str]] = []
        for path, locator in self.theirs.references(item):
            new = self._reference(path, locator)
            if new is not None:
                changes.append((path, new))
        own = self.ids[item.locator]
        changes.append((("id",), own.partition(".")[2] if item.kind == "statement" else own))
        if isinstance(item.record, Source):
            for index, place in enumerate(item.record.anonymous):
                hidden = self.ids["anonymous", f"{item.id}.{place.id}"]
                changes.append((("anonymous", index, "id"), hidden.partition(".")[2]))
        return rewritten(item.raw, changes)

    def _reference(self, path: tuple[str | int, ...], locator: Locator) -> str | None:
        """Return how a reference is written with us; None where it stays as it is."""
        kind, identifier = locator
        new = self.ids.get(locator, identifier)
        if kind == "statement" and path[0] in ("part_of", "revises"):
            return new.partition(".")[2]
        if new == identifier and (kind != "pairing" or self._name_holds(identifier)):
            return None
        return new

    def _name_holds(self, pairing: str) -> bool:
        """Whether a named pairing may still be called by its name."""
        there = self.ours.items.get(("pairing", pairing))
        return there is None or there.name == self.theirs.items["pairing", pairing].name


def _says_all(name: str, said: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether ours says in a field all that theirs does: lists of names by their members, texts with more English."""
    if name in _UNIONS and set(told[name]) <= _names(name, said):
        return True
    return name in said and told[name] in (said[name], without_english(said[name]))


def _names(name: str, said: Mapping[str, Any]) -> set[str]:
    return {*said.get(name, ()), *([said["name"]["zh"]] if "name" in said else ())}


def _listed(value: YamlValue) -> list[YamlValue]:
    return value if isinstance(value, list) else [value]


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else as_text(value)
