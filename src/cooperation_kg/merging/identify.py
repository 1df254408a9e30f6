"""Which thing of theirs is which thing of ours? By id, by what was decided, and by proposals to decide about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cooperation_kg.curate.corpus import REGISTERS
from cooperation_kg.curate.edits import next_id
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.registers import Place, Source
from cooperation_kg.errors import CurationError, Issue
from cooperation_kg.merging.clues import GRADES, Clue, Grade, Teller, Told, clues
from cooperation_kg.merging.decisions import Decision, Decisions, Verdict
from cooperation_kg.merging.holdings import Holdings, Item, Locator
from cooperation_kg.merging.sameness import Reader

# a thing is looked for once it is known what lies around it
KINDS = ("place", *(kind for kind in REGISTERS if kind not in ("place", "pairing")), "pairing", "source")
MOST = 5
"""So many candidates are proposed for one thing; more of one grade would tell nobody anything."""
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<digits>[0-9]+)")


@dataclass(frozen=True)
class Proposal:
    """Two records that may be one thing, and what was decided about it.

    ``new_id`` is what theirs is called where it has the id of ours and is another thing. ``asked_before`` is whether
    the file of decisions has the answer, so that nobody need be told of it again.
    """

    theirs: Locator
    ours: Locator
    clues: tuple[Clue, ...]
    verdict: Verdict = "undecided"
    new_id: str | None = None
    names: tuple[str, str] = ("", "")
    asked_before: bool = False

    @property
    def grade(self) -> Grade:
        """How sure it is."""
        return self.clues[0].grade

    @property
    def same_id(self) -> bool:
        """Whether both have one id."""
        return self.theirs[1] == self.ours[1]

    def reason(self) -> Bilingual:
        """Return all that speaks for it, with both names."""
        theirs, ours = self.names
        zh = f"{theirs}" if theirs == ours else f"{theirs} / {ours}"
        return Bilingual(
            zh="；".join((*(clue.zh for clue in self.clues), *([zh] if zh else ()))),
            en="; ".join(clue.en for clue in self.clues),
        )

    def entry(self) -> Decision:
        """Return it as an entry of the decisions file."""
        return Decision(
            theirs="/".join(self.theirs),
            ours="/".join(self.ours),
            grade=self.grade,
            reason=self.reason(),
            decision=self.verdict,
            new_id=self.new_id,
        )


@dataclass(frozen=True)
class Answers:
    """What is decided without being asked: up to which grade to accept, and whether to refuse the rest."""

    accept: Grade | None = None
    refuse_rest: bool = False

    def verdict(self, grade: Grade) -> Verdict:
        """Return what is answered to a proposal of a grade.

        >>> Answers("likely").verdict("certain"), Answers("likely").verdict("possible")
        ('accept', 'undecided')
        """
        if self.accept is not None and GRADES.index(grade) <= GRADES.index(self.accept):
            return "accept"
        return "refuse" if self.refuse_rest else "undecided"


@dataclass
class Identified:
    """Their things in our ids: ``ids`` has all, ``known`` those that are there already."""

    ids: dict[Locator, str] = field(default_factory=dict)
    known: set[Locator] = field(default_factory=set)
    proposals: list[Proposal] = field(default_factory=list)


class Identifier:
    """Finds for each thing of theirs the thing of ours that it is, or an id under which it can be added."""

    def __init__(
        self, ours: Holdings, theirs: Holdings, brought: Mapping[Locator, Item], decisions: Decisions, answers: Answers
    ) -> None:
        self.ours = ours
        self.theirs = theirs
        self.brought = brought
        self.decisions = decisions
        self.answers = answers
        self.found = Identified()
        self.tellers = Teller(ours, {}), Teller(theirs, self.found.ids)
        self.readers = Reader(ours, {}), Reader(theirs, self.found.ids)
        self.taken = {i for kind, i in (*ours.items, *theirs.items) if kind in REGISTERS or kind == "source"}

    def identify(self) -> Identified:
        """Return what every register entry, source and anonymous place of theirs is."""
        self._refuse_strangers()
        for kind in KINDS:
            index = self._index(kind)
            for item in self._in_order(kind):
                self._place(item, index)
        for item in self._in_order("source"):
            self._anonymous(item)
        return self.found

    def _refuse_strangers(self) -> None:
        """Raise E801 where something is accepted as a thing that we do not have."""
        issues = [
            Issue(
                *self.decisions.places[pair],
                "E801",
                f"there is no {entry.ours} to be the same as {entry.theirs}; check the id",
                f"没有 {entry.ours}，无从认定与 {entry.theirs} 相同；请检查 id",
            )
            for pair, entry in self.decisions.entries.items()
            if entry.decision == "accept" and _locator(entry.ours) not in self.ours.items
        ]
        if issues:
            raise CurationError(issues)

    def _in_order(self, kind: str) -> list[Item]:
        items = [item for item in self.brought.values() if item.kind == kind]
        return sorted(items, key=self._depth) if kind == "place" else items

    def _depth(self, item: Item) -> int:
        depth, at, seen = 0, item.record, {item.id}
        while isinstance(at, Place) and at.within and at.within[-1].parent not in seen:
            seen.add(at.within[-1].parent)
            depth, at = depth + 1, self.theirs.corpus.places[at.within[-1].parent]
        return depth

    def _index(self, kind: str) -> Mapping[str, list[Told]]:
        found: dict[str, list[Told]] = {}
        for item in self.ours.of(kind):
            told = self.tellers[0].told(item)
            for key in told.keys:
                found.setdefault(key, []).append(told)
        return found

    def _place(self, item: Item, index: Mapping[str, list[Told]]) -> None:
        """Find one thing: decided, under its own id, or by clues; else it is new."""
        kind, own = item.kind, "/".join(item.locator)
        accepted = self.decisions.accepted(own)
        if accepted is not None:
            self._is(item, _locator(accepted)[1])
            return
        proposal = self._of_its_id(item)
        if proposal is None and item.locator in self.ours.items:
            self._is(item, item.id)
            return
        if proposal is not None:
            self.found.proposals.append(proposal)
            if proposal.verdict != "refuse" and proposal.ours[0] == kind:
                self._is(item, item.id)
                return
        chosen = self._by_clues(item, index)
        if chosen is not None:
            self._is(item, chosen)
        elif proposal is not None and proposal.new_id is not None:
            self.found.ids[item.locator] = proposal.new_id
            if (kind, proposal.new_id) in self.ours.items:
                self.found.known.add(item.locator)
        else:
            self.found.ids[item.locator] = item.id

    def _is(self, item: Item, identifier: str) -> None:
        self.found.ids[item.locator] = identifier
        self.found.known.add(item.locator)

    def _of_its_id(self, item: Item) -> Proposal | None:
        """Return what is to be decided where we have the id too; None where there is nothing to decide."""
        there = self.ours.items.get(item.locator)
        if there is None:
            other = self._elsewhere(item)
            if other is None:
                return None
            clue = Clue("possible", "同一 id 在我方是另一种类的条目", "our id of another kind; only refuse is possible")
            return self._decided(item, self.ours.items[other], (clue,))
        told = self.tellers[1].told(item), self.tellers[0].told(there)
        akin = clues(item.kind, *told) or (told[0].names | told[0].others) & (told[1].names | told[1].others)
        refused = self.decisions.verdict(("/".join(item.locator), "/".join(item.locator))) == "refuse"
        if not refused and (akin or self._equal(item, there)):
            return None
        alone = ("，其余无一相同", ", and nothing else in common") if not akin else ("", "")
        clue = Clue("possible", f"id 相同{alone[0]}", f"the same id{alone[1]}")
        return self._decided(item, there, (clue,))

    def _elsewhere(self, item: Item) -> Locator | None:
        kinds = (*REGISTERS, "source")
        return next(((k, item.id) for k in kinds if k != item.kind and (k, item.id) in self.ours.items), None)

    def _equal(self, item: Item, there: Item) -> bool:
        ours, theirs = self.readers
        return ours.content(there) == theirs.content(item)

    def _by_clues(self, item: Item, index: Mapping[str, list[Told]]) -> str | None:
        """Add the proposals for one thing, and return the id that it is taken to have, if any."""
        told = self.tellers[1].told(item)
        near = {other.item.id: other for key in told.keys for other in index.get(key, ())}
        scored = {i: clues(item.kind, told, other) for i, other in near.items() if self._may_be(item, other.item)}
        scored = {i: found for i, found in sorted(scored.items()) if found}
        best = min((GRADES.index(found[0].grade) for found in scored.values()), default=0)
        first = [i for i, found in scored.items() if GRADES.index(found[0].grade) == best][:MOST]
        proposals = []
        for i in first:
            found = scored[i]
            if len(first) > 1:
                found = [clue._replace(grade="possible") for clue in found]
            proposals.append(self._decided(item, near[i].item, found, alone=len(first) == 1))
        accepted = [p for p in proposals if p.verdict == "accept"]
        self.found.proposals += proposals
        open_ = [p for p in proposals if p.verdict == "undecided" and p.grade != "possible"]
        return next((p.ours[1] for p in (*accepted, *open_)), None)

    def _may_be(self, item: Item, other: Item) -> bool:
        """Whether theirs can be ours: not where that was refused, or where they have both as two things."""
        if self.decisions.verdict(("/".join(item.locator), "/".join(other.locator))) == "refuse":
            return False
        both = self.theirs.items.get(other.locator)
        return other.id != item.id and (both is None or both.inherited)

    def _decided(self, item: Item, other: Item, found: Iterable[Clue], *, alone: bool = True) -> Proposal:
        """Return a proposal with what is decided of it; one of several candidates is never accepted unasked."""
        listed = tuple(found)
        pair = "/".join(item.locator), "/".join(other.locator)
        verdict = self.decisions.verdict(pair)
        before = verdict != "undecided"
        if not before:
            answers = self.answers if alone else replace(self.answers, accept=None)
            verdict = answers.verdict(listed[0].grade)
        if verdict == "accept" and item.kind != other.kind:
            verdict = "refuse"
        new_id = None
        if item.id == other.id:
            known = self.decisions.entries.get(pair)
            new_id = (known and known.new_id) or self._free(item.id)
        return Proposal(item.locator, other.locator, listed, verdict, new_id, (item.name, other.name), before)

    def _free(self, identifier: str) -> str:
        number = 2
        while f"{identifier}-{number}" in self.taken:
            number += 1
        self.taken.add(f"{identifier}-{number}")
        return f"{identifier}-{number}"

    def _anonymous(self, item: Item) -> None:
        """Map the places that a source hides: by id and name, by name alone, else as new ones of the source."""
        source = item.record
        assert isinstance(source, Source)
        target = self.found.ids[item.locator]
        there = self.ours.corpus.sources.get(target) if item.locator in self.found.known else None
        ours = {place.id: place.name.zh for place in there.anonymous} if there else {}
        taken = {*ours, *(place.id for place in source.anonymous)}
        for place in source.anonymous:
            named = [i for i, name in ours.items() if name == place.name.zh]
            if place.id in ours and ours[place.id] == place.name.zh:
                named = [place.id]
            own = named[0] if len(named) == 1 else place.id
            if len(named) != 1 and place.id in ours:
                own = fresh(place.id, taken)
                taken.add(own)
            locator = ("anonymous", f"{item.id}.{place.id}")
            self.found.ids[locator] = f"{target}.{own}"
            if len(named) == 1:
                self.found.known.add(locator)


def _locator(text: str) -> Locator:
    kind, _, identifier = text.partition("/")
    return kind, identifier


def fresh(identifier: str, taken: Iterable[str]) -> str:
    """Return an id in the manner of one that is taken already.

    >>> fresh("s002", ["s001", "s002", "s009"]), fresh("intro", ["intro"])
    ('s010', 'intro-2')
    """
    listed = set(taken)
    numbered = _NUMBERED.fullmatch(identifier)
    if numbered and not numbered["stem"].endswith("-"):
        return next_id(listed, stem=numbered["stem"], digits=len(numbered["digits"]))
    return next(f"{identifier}-{n}" for n in range(2, len(listed) + 3) if f"{identifier}-{n}" not in listed)


def undecided(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals that nobody has decided about."""
    return (proposal for proposal in proposals if proposal.verdict == "undecided")
