"""Which things does a sentence name? A scan for the longest name at each place of the sentence.

Which names there are, ``nicknames`` says. A short form alone (京) is not a name: too many words contain it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.claims.nicknames import TARGETS, Thing, all_names, is_english, plain, short_names

GENERIC = frozenset({"counterpart-support", "counterpart-assistance", "counterpart-collaboration"})
"""Programmes whose name is a common word (对口支援): they narrow nothing where places are named."""
_ANY_NUMBER = re.compile(
    r"[^\W\d_a-zA-Z以由按据于月年日的经依了被将在用从]{1,8}[〔\[(（【](?:19|20)\d{2}[〕\])）】]\s*(?:第)?\d{1,4}\s*号"
)

_BEFORE_A_NUMBER = re.compile(r"[文编字]号|[印下颁]发|发[出布]|公布|[批转]转|转发|批复|出台|是|为|即|系|称|见|的")
"""Words that may run into a 文号, which has none of them."""


@dataclass(frozen=True)
class Mention:
    """A name in a sentence and what it can mean; several things where one name has several bearers."""

    text: str
    start: int
    end: int
    things: tuple[Thing, ...]

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Return the ids of one kind that it can mean."""
        return tuple(identifier for held, identifier in self.things if held == kind)

    @property
    def kind(self) -> str:
        """The kind of what it means; the first where there are several."""
        return self.things[0][0]


class NameScanner:
    """Finds the names of one graph in sentences; made once, used for many.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> scanner = NameScanner(build_graph(load_corpus()))
    >>> [m.things for m in scanner.find("京蒙协作")]
    [(('pairing', 'east-west.beijing.inner-mongolia'),)]
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.party_organisations = _party_organisations(kg)
        self._names: dict[str, set[Thing]] = defaultdict(set)
        for name, thing in all_names(kg):
            self._names[plain(name).casefold()].add(thing)
        self._weak: dict[str, set[Thing]] = defaultdict(set)
        for name, thing in short_names(kg):
            folded = plain(name).casefold()
            held = self._names.get(folded)
            if held is None:
                self._weak[folded].add(thing)
            elif all(kind == "place" for kind, _ in held):
                held.add(thing)
        self._by_short = {
            s: place.id for place in kg.corpus.places.values() if place.level == "province" for s in place.short[:1]
        }
        shorts = "".join(self._by_short) or "-"
        self._run = re.compile(rf"([{shorts}]{{2,4}})(?=[两二三四](?:地|省|市|方|家))")
        by_first: dict[str, set[int]] = defaultdict(set)
        for name in (*self._names, *self._weak):
            by_first[name[0]].add(len(name))
        self._lengths = {first: sorted(lengths, reverse=True) for first, lengths in by_first.items()}

    def find(self, sentence: str) -> tuple[Mention, ...]:
        """Return the names in a folded sentence, in order, longest first, none inside another."""
        lowered = sentence.casefold() if len(sentence.casefold()) == len(sentence) else sentence
        found: list[Mention] = []
        position = 0
        while position < len(lowered):
            mention = self._at(sentence, lowered, position)
            if mention is None:
                position += 1
            else:
                found.append(mention)
                position = mention.end
        return tuple(_without_enclosing(self.kg, sorted((*found, *self._runs(sentence, found)), key=_start), sentence))

    def _runs(self, sentence: str, found: list[Mention]) -> Iterator[Mention]:
        """Yield each place of a run of short forms that is counted (沪粤两地, 沪苏浙三省市) and is no name itself."""
        for match in self._run.finditer(sentence):
            if not any(m.start < match.end(1) and match.start() < m.end for m in found):
                for offset, short in enumerate(match[1]):
                    start = match.start() + offset
                    yield Mention(short, start, start + 1, (("place", self._by_short[short]),))

    def _at(self, sentence: str, lowered: str, start: int) -> Mention | None:
        if _is_latin(lowered[start]) and start and _is_latin(lowered[start - 1]):
            return None
        for length in self._lengths.get(lowered[start], ()):
            end = start + length
            name = lowered[start:end]
            things = self._names.get(name) or self._weak.get(name)
            if not things or len(name) < length:
                continue
            if _is_latin(name[-1]) and end < len(lowered) and _is_latin(lowered[end]):
                continue
            return Mention(sentence[start:end], start, end, self._with_parties(things))
        return None

    def _with_parties(self, things: set[Thing]) -> tuple[Thing, ...]:
        """Return things in order; an organisation that is a side counts as a party, a programme brings its target."""
        found = set(things)
        for kind, identifier in things:
            target = TARGETS.get(identifier) if kind == "programme" else None
            if target in self.kg.corpus.places:
                found.add(("target", str(target)))
            if kind == "organisation" and identifier in self.party_organisations:
                found.add(("party", identifier))
        return tuple(sorted(found, key=_thing_order))


def _party_organisations(kg: KnowledgeGraph) -> frozenset[str]:
    """Return the organisations that are a side of a pairing or a scope, as places are."""
    sides = [p for pairing in kg.derived.pairings.values() for p in pairing.parties]
    sides += [p for scope in kg.derived.scopes.values() for p in (*scope.supporters, *scope.recipients)]
    return frozenset(sides).intersection(kg.corpus.registers["organisation"])


def find_numbers(sentence: str) -> tuple[Mention, ...]:
    """Return the 文号 in a sentence, as mentions of no thing yet.

    >>> [m.text for m in find_numbers("国函〔2013〕42号批复，文号是国办发〔2013〕11号")]
    ['国函〔2013〕42号', '国办发〔2013〕11号']
    """
    found = []
    for match in _ANY_NUMBER.finditer(sentence):
        words = [m.end() for m in _BEFORE_A_NUMBER.finditer(match[0])]
        start = match.start() + max(words, default=0)
        found.append(Mention(sentence[start : match.end()], start, match.end(), ()))
    return tuple(found)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _start(mention: Mention) -> int:
    return mention.start


def _thing_order(thing: Thing) -> tuple[int, str]:
    order = ("pairing", "place", "programme", "policy", "project", "event", "organisation", "party", "target", "loose")
    return order.index(thing[0]), thing[1]


def ancestors_of(kg: KnowledgeGraph, party: str) -> tuple[str, ...]:
    """Return the places that contain a party, the nearest first; of dated parents, all.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> ancestors_of(build_graph(load_corpus()), "hubei-maojian")
    ('hubei-shiyan', 'hubei')
    """
    found: list[str] = []
    waiting = [party]
    while waiting:
        step = waiting.pop(0)
        place = kg.corpus.places.get(step)
        anonymous = kg.corpus.anonymous.get(step)
        organisation = kg.corpus.registers["organisation"].get(step)
        parents = [within.parent for within in place.within] if place else []
        parents += [p for p in (getattr(anonymous, "within", None), getattr(organisation, "within", None)) if p]
        for parent in parents:
            if parent not in found:
                found.append(parent)
                waiting.append(parent)
    return tuple(found)


def _without_enclosing(kg: KnowledgeGraph, mentions: list[Mention], sentence: str) -> Iterator[Mention]:
    """Yield the mentions with 北京市西城区 as the district alone, and one name of many bearers by its province."""
    named = {identifier for mention in mentions for identifier in mention.of_kind("place")}
    held: Mention | None = None  # the last one, not yet yielded
    for mention in mentions:
        beside: set[str] = set()
        if held is not None and _encloses(kg, held, mention) and _adjoin(sentence, held, mention):
            beside, start = set(held.of_kind("place")), held.start
            mention, held = replace(mention, start=start, text=sentence[start : mention.end]), None
        elif held is not None and _encloses(kg, mention, held) and _follows_in_english(sentence, held, mention):
            held = replace(_narrowed(kg, held, named, set(mention.of_kind("place"))), end=mention.end)
            held = replace(held, text=sentence[held.start : held.end])
            continue
        if held is not None:
            yield held
        held = _narrowed(kg, mention, named, beside)
    if held is not None:
        yield held


def _narrowed(kg: KnowledgeGraph, mention: Mention, named: set[str], beside: set[str]) -> Mention:
    """Return a mention of many bearers with those alone that lie in a place beside it, or named elsewhere."""
    places = mention.of_kind("place")
    if len(places) < 2:
        return mention
    inside = _within(kg, places, beside) or _within(kg, places, named - set(places))
    others = tuple(thing for thing in mention.things if thing[0] != "place")
    return replace(mention, things=(*(("place", p) for p in inside or places), *others))


def _within(kg: KnowledgeGraph, places: Iterable[str], enclosing: set[str]) -> tuple[str, ...]:
    return tuple(place for place in places if enclosing.intersection(ancestors_of(kg, place)))


def _encloses(kg: KnowledgeGraph, outer: Mention, inner: Mention) -> bool:
    outside = set(outer.of_kind("place"))
    return bool(outside) and any(outside.intersection(ancestors_of(kg, p)) for p in inner.of_kind("place"))


def _adjoin(sentence: str, first: Mention, second: Mention) -> bool:
    return sentence[first.end : second.start].strip(" 的省市·-'’s") == ""


def _follows_in_english(sentence: str, inner: Mention, outer: Mention) -> bool:
    between = sentence[inner.end : outer.start].strip().lower()
    return is_english(sentence) and between in (",", "in", "of", ", in", "district of", "county of", "county in")
