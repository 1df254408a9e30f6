"""What speaks for two records under different ids being the same thing? Each clue with its grade and its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.registers import Entry, Event, NamedPairing, Organisation, Place, Policy, Programme, Source
from cooperation_kg.curate.statements import DocumentStatement, EventStatement
from cooperation_kg.merging.holdings import Holdings, Item, Locator

Grade = Literal["certain", "likely", "possible"]
GRADES: tuple[Grade, ...] = ("certain", "likely", "possible")
"""From the surest to the least sure."""


class Clue(NamedTuple):
    """One reason to take two records for the same thing."""

    grade: Grade
    zh: str
    en: str


@dataclass(frozen=True)
class Told:
    """What is told of a thing in the words of one dataset, its references in our ids."""

    item: Item
    names: frozenset[str]
    others: frozenset[str]
    parents: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    dates: tuple[When, ...] = ()

    @property
    def keys(self) -> Iterator[str]:
        """Everything by which it may be found."""
        yield from self.names
        yield from self.others
        yield from self.numbers
        if self.parties:
            yield " ".join(sorted(self.parties))


def plain(name: str) -> str:
    """Return a name as it is compared: without spaces, quotes and book-title marks, half-width, in lower case.

    >>> plain("《关于 组织“协作”的通知》"), plain("Ｂｅｉｊｉｎｇ")
    ('关于组织协作的通知', 'beijing')
    """
    return re.sub(r"[\s《》〈〉“”‘’\"']", "", unicodedata.normalize("NFKC", name)).casefold()


def address(url: str) -> str:
    """Return an address as it is compared: without scheme, www, fragment and closing slash.

    >>> address("https://www.example.org/a/#top"), address("http://example.org/a")
    ('example.org/a', 'example.org/a')
    """
    return re.sub(r"^https?://(?:www\.)?|#.*$|/+(?=#|$)", "", url)


class Teller:
    """Gathers what is told of each thing of a dataset.

    Parameters
    ----------
    ids: id of a thing → ours, looked at when it is asked for.
    """

    def __init__(self, holdings: Holdings, ids: Mapping[Locator, str]) -> None:
        self.holdings = holdings
        self.ids = ids
        self._numbers: dict[str, set[str]] = {}
        self._dates: dict[Locator, list[When]] = {}
        for item in holdings.of("statement"):
            self._take(item.record)

    def _take(self, said: object) -> None:
        if isinstance(said, DocumentStatement) and not said.withdrawn:
            if said.number:
                self._numbers.setdefault(said.policy, set()).add(plain(said.number))
            if said.date and said.act in (None, "issued", "signed", "approved"):
                self._dates.setdefault(("policy", said.policy), []).append(said.date)
        if isinstance(said, EventStatement) and said.event and said.date and not said.withdrawn:
            self._dates.setdefault(("event", said.event), []).append(said.date)

    def told(self, item: Item) -> Told:
        """Return what is told of a register entry or a source."""
        record = item.record
        if isinstance(record, Source):
            return self._of_source(item, record)
        assert isinstance(record, Entry)
        others = {*record.aliases, *((record.name.en,) if record.name.en else ())}
        parents: set[str] = set()
        parties: set[str] = set()
        numbers: set[str] = set()
        if isinstance(record, Place):
            others |= {name for former in record.former for name in former.names()}
            parents = {self._id("place", within.parent) for within in record.within}
            numbers = {code for code in (record.code, *(former.code for former in record.former)) if code}
        elif isinstance(record, Organisation) and record.within:
            parents = {self._id("place", record.within)}
        elif isinstance(record, NamedPairing):
            places = (self._id("place", place) for place in record.places)
            parties = {f"{self._id('programme', record.programme)}:{place}" for place in places}
        elif isinstance(record, Policy):
            numbers = self._numbers.get(item.id, set())
        name = plain(record.name.zh)
        return Told(
            item,
            frozenset({name}),
            frozenset(plain(other) for other in others) - {name},
            frozenset(parents),
            frozenset(parties),
            frozenset(numbers),
            tuple(self._dates.get(item.locator, ())),
        )

    def _of_source(self, item: Item, source: Source) -> Told:
        names = {plain(label.zh) for label in (source.title,) if label}
        others = {plain(text) for text in (source.incipit, source.description and source.description.zh) if text}
        numbers = {f"doi:{source.doi.casefold()}"} if source.doi else set()
        numbers |= {address(source.url)} if source.url else set()
        dates = (source.date,) if source.date else ()
        return Told(item, frozenset(names), frozenset(others), numbers=frozenset(numbers), dates=dates)

    def _id(self, kind: str, identifier: str) -> str:
        return self.ids.get((kind, identifier), identifier)


def clues(kind: str, theirs: Told, ours: Told) -> list[Clue]:
    """Return what speaks for two things of one kind being the same, the surest clue first."""
    found = sorted(_CLUES.get(kind, _by_name)(theirs, ours), key=lambda clue: GRADES.index(clue.grade))
    return list(found)


def _place(theirs: Told, ours: Told) -> Iterator[Clue]:
    a, b = theirs.item.record, ours.item.record
    assert isinstance(a, Place)
    assert isinstance(b, Place)
    named = _any_name(theirs, ours)
    if a.code and a.code == b.code:
        grade: Grade = "certain" if named else "likely"
        yield Clue(grade, f"行政区划代码相同（{a.code}）", f"same administrative code ({a.code})")
    elif common := sorted(theirs.numbers & ours.numbers):
        yield Clue(
            "likely" if named else "possible",
            f"曾用行政区划代码相同（{common[0]}）",
            f"same former administrative code ({common[0]})",
        )
    if a.level != b.level or not named:
        return
    apart = bool(theirs.numbers and ours.numbers and not theirs.numbers & ours.numbers)
    below = _related(theirs.parents, ours.parents)
    if below == "apart" or (apart and below == "unknown"):
        return
    official = bool(theirs.names & ours.names)
    grade = "certain" if official and below == "same" else "likely" if official or below == "same" else "possible"
    zh, en = ("，上级相同", ", same parent") if below == "same" and theirs.parents else ("", "")
    yield Clue("possible" if apart else grade, *_names_zh_en(theirs, ours, zh, en))


def _related(theirs: frozenset[str], ours: frozenset[str]) -> str:
    """Return whether two things lie in the same unit, in different ones, or one does not say."""
    if bool(theirs) != bool(ours):
        return "unknown"
    return "same" if theirs == ours or theirs & ours else "apart"


def _organisation(theirs: Told, ours: Told) -> Iterator[Clue]:
    a, b = theirs.item.record, ours.item.record
    assert isinstance(a, Organisation)
    assert isinstance(b, Organisation)
    if _any_name(theirs, ours):
        sure = theirs.parents == ours.parents and a.type == b.type
        apart = _related(theirs.parents, ours.parents) == "apart"
        yield _by_names(theirs, ours, "certain" if sure else "possible" if apart else "likely")


def _programme(theirs: Told, ours: Told) -> Iterator[Clue]:
    a, b = theirs.item.record, ours.item.record
    assert isinstance(a, Programme)
    assert isinstance(b, Programme)
    if _any_name(theirs, ours):
        yield _by_names(theirs, ours, "certain" if a.type == b.type else "likely")


def _pairing(theirs: Told, ours: Told) -> Iterator[Clue]:
    if theirs.parties == ours.parties:
        yield Clue("certain", "双方与项目相同", "same parties and programme")
    if _any_name(theirs, ours):
        yield _by_names(theirs, ours, "likely")


def _policy(theirs: Told, ours: Told) -> Iterator[Clue]:
    if common := sorted(theirs.numbers & ours.numbers):
        yield Clue("certain", f"文号相同（{common[0]}）", f"same document number ({common[0]})")
    if _any_name(theirs, ours):
        yield _by_dates(theirs, ours)


def _event(theirs: Told, ours: Told) -> Iterator[Clue]:
    a, b = theirs.item.record, ours.item.record
    assert isinstance(a, Event)
    assert isinstance(b, Event)
    if _any_name(theirs, ours):
        yield _by_dates(theirs, ours) if a.type == b.type else _by_names(theirs, ours, "possible")


def _source(theirs: Told, ours: Told) -> Iterator[Clue]:
    a, b = theirs.item.record, ours.item.record
    assert isinstance(a, Source)
    assert isinstance(b, Source)
    if a.doi and b.doi and a.doi.casefold() == b.doi.casefold():
        yield Clue("certain", f"DOI 相同（{a.doi}）", f"same DOI ({a.doi})")
    if a.url and b.url and address(a.url) == address(b.url):
        differ = bool(theirs.names and ours.names and not theirs.names & ours.names)
        yield Clue("likely" if differ else "certain", f"网址相同（{a.url}）", f"same address ({a.url})")
    if theirs.names & ours.names or theirs.others & ours.others:
        what = ("标题", "title") if theirs.names & ours.names else ("开头的字或说明", "first words or description")
        when = _dates(theirs, ours)
        if when == "same":
            yield Clue("likely", f"{what[0]}与日期相同", f"same {what[1]} and date")
        elif when == "unknown":
            yield Clue("possible", f"{what[0]}相同", f"same {what[1]}")


def _by_name(theirs: Told, ours: Told) -> Iterator[Clue]:
    if _any_name(theirs, ours):
        yield _by_names(theirs, ours, "likely")


_CLUES: Mapping[str, Callable[[Told, Told], Iterable[Clue]]] = {
    "place": _place,
    "organisation": _organisation,
    "programme": _programme,
    "pairing": _pairing,
    "policy": _policy,
    "event": _event,
    "source": _source,
}


def _any_name(theirs: Told, ours: Told) -> bool:
    return bool((theirs.names | theirs.others) & (ours.names | ours.others))


def _dates(theirs: Told, ours: Told) -> str:
    """Return whether two things can be of the same time, cannot, or one tells none."""
    if not theirs.dates or not ours.dates:
        return "unknown"
    near = any(a.earliest <= b.latest and b.earliest <= a.latest for a in theirs.dates for b in ours.dates)
    return "same" if near else "apart"


def _by_dates(theirs: Told, ours: Told) -> Clue:
    when = _dates(theirs, ours)
    grade: Grade = {"same": "certain", "unknown": "likely", "apart": "possible"}[when]  # type: ignore[assignment]
    zh, en = {"same": ("，日期相合", ", dates agree"), "apart": ("，但日期不合", ", but the dates differ")}.get(
        when, ("", "")
    )
    clue = _by_names(theirs, ours, grade)
    return clue._replace(zh=clue.zh + zh, en=clue.en + en)


def _by_names(theirs: Told, ours: Told, grade: Grade) -> Clue:
    """Return a clue of names; one that is no more than an alias on a side is a grade weaker."""
    if not theirs.names & ours.names:
        grade = GRADES[min(GRADES.index(grade) + 1, len(GRADES) - 1)]
    return Clue(grade, *_names_zh_en(theirs, ours))


def _names_zh_en(theirs: Told, ours: Told, zh: str = "", en: str = "") -> tuple[str, str]:
    if theirs.names & ours.names:
        return f"名称相同{zh}", f"same name{en}"
    common = sorted((theirs.names | theirs.others) & (ours.names | ours.others))[0]
    return f"别名或曾用名相同（{common}）{zh}", f"an alias or former name is the same ({common}){en}"
