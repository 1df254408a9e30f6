"""A made-up national record of any size: all kinds of statement, in the proportions of the shipped data.

Nothing in it is a fact. A place tree of 31 provinces with their prefectures and counties; a source makes two hundred
statements; half of these are figures, a quarter pairings; one figure in twelve is told by a second source, which one
time in four tells another number.

    python benchmarks/national.py FOLDER --statements 100000
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from synthetic import DATASET, PER_SOURCE, PROGRAMMES, SOURCE, _place, _text, units

PARTIES = 3200
"""Places of a large record; a small one has one for every five statements."""
POLICIES = 400
# in percent of the statements, as in the shipped data
KINDS = {
    "figure": 48.6,
    "pairing": 23.2,
    "event": 5.7,
    "assessment": 5.0,
    "document": 4.6,
    "policy-effect": 3.9,
    "project": 3.6,
    "practice": 2.9,
    "participation": 1.3,
    "definition": 1.2,
}
# measure → how a figure of it is printed
MEASURES: dict[str, Callable[[random.Random], str]] = {
    "fiscal-aid": lambda c: f"{c.randrange(1, 90000) / 100:.2f}亿元".replace(".00", ""),
    "social-aid": lambda c: f"{c.choice(('', '约', '近'))}{c.randrange(10, 9000)}万元",
    "consumption-sales": lambda c: f"{c.randrange(1, 99)}.{c.randrange(1, 9)}亿元",
    "labour-absorbed": lambda c: f"{c.randrange(100, 90000)}{c.choice(('', '余'))}人",
    "officials-exchanged": lambda c: f"{c.randrange(1, 400)}名",
    "professionals-exchanged": lambda c: f"{c.randrange(1, 4000)}人次",
    "industrial-parks": lambda c: f"{c.randrange(1, 60)}个",
    "enterprises-guided": lambda c: f"{c.randrange(1, 900)}{c.choice(('', '多'))}家",
}
_BETWEEN_FIELDS = re.compile(r", (?![^{\[]*[}\]])")
FIELDS = ("industry", "labour", "talent", "education", "health", "funding")


class Record:
    """Makes the statements of one dataset."""

    def __init__(self, statements: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.statements = statements
        self.places = units(min(PARTIES, max(100, statements // 5)), self.chance)
        self.policies = min(POLICIES, max(20, statements // 25))
        self.ties = self._ties()
        self.told: list[str] = []

    def _ties(self) -> list[tuple[str, str, str]]:
        """Return (programme, supporter, recipient): provinces first, then what lies inside them, level by level."""
        of: dict[tuple[str, str], list[str]] = {}
        for place in self.places:
            of.setdefault((place.id.partition("-")[0], place.level), []).append(place.id)
        provinces = [place.id for place in self.places if place.level == "province"]
        givers, takers = provinces[::3], [p for n, p in enumerate(provinces) if n % 3]
        pairs = [(givers[n % len(givers)], taker) for n, taker in enumerate(takers)]
        pairs += [(givers[(n + 3) % len(givers)], taker) for n, taker in enumerate(takers)]
        ties = []
        for level in ("province", "prefecture", "county"):
            for giver, taker in pairs:
                programme = PROGRAMMES[sum(map(ord, giver + taker)) % len(PROGRAMMES)]
                above, below = of.get((giver, level), []), of.get((taker, level), [])
                ties += [(programme, above[n % len(above)], end) for n, end in enumerate(below) if above]
        return ties

    def lines(self) -> Iterator[str]:
        """Yield every statement but its id, in the order of the sources."""
        kinds, weights = list(KINDS), list(KINDS.values())
        pairings = 0
        for number in range(self.statements):
            # a wider pairing is told before those inside it, or else their parents would be wanting
            kind = "pairing" if number < 60 else self.chance.choices(kinds, weights)[0]
            if kind == "pairing":
                yield self._pairing(pairings) + self._note()
                pairings += 1
            else:
                yield getattr(self, "_" + kind.replace("-", "_"))() + self._note()

    def _note(self) -> str:
        """Return what a curator adds to two statements in three."""
        if self.chance.random() < 0.33:
            return ""
        part = self.chance.randrange(1, 40)
        return f", note: 原文见该文件第{part}部分，所述为当地合作的总体情况，未分列到具体的县和项目"

    def _tie(self) -> str:
        programme, supporter, recipient = self.chance.choice(self.ties[: max(60, self.statements // 25)])
        return f"{{programme: {programme}, supporter: {supporter}, recipient: {recipient}}}"

    def _pairing(self, number: int) -> str:
        programme, supporter, recipient = self.ties[number % len(self.ties)]
        first = self.chance.randrange(1994, 2021)
        times = f"from: {first}, " if self.chance.random() < 0.4 else ""
        seen = self.chance.randrange(first, 2026)
        if number >= 60 and self.chance.random() < 0.03:
            # several supporters together, as sources often name them
            others = [s for _, s, r in self.ties if r == recipient and s != supporter]
            supporter = f"[{', '.join([supporter, *others])}]"
        ends = f"supporter: {supporter}, recipient: {recipient}"
        return f"kind: pairing, programme: {programme}, {ends}, {times}as_of: {seen}"

    def _figure(self) -> str:
        if self.told and self.chance.random() < 0.08:
            said = self.told[self.chance.randrange(len(self.told))]
            if self.chance.random() < 0.25:
                measure = said.partition("measure: ")[2].partition(",")[0]
                before = said.partition("as_written: ")[2].partition(",")[0]
                said = said.replace(f"as_written: {before}", f"as_written: {MEASURES[measure](self.chance)}")
            return said
        measure = self.chance.choice(list(MEASURES))
        year = self.chance.randrange(1996, 2026)
        time = self.chance.choice(
            (f"during: {year}", f"during: {year}", f"at: {year}-12", f"during: {year}/{year + 2}")
        )
        nature = "stock" if time.startswith("at") else "flow"
        literal = MEASURES[measure](self.chance)
        n = self.chance.randrange(1, 9)
        note = f", scope_note: {{zh: 含第{n}批, en: including batch {n}}}" if self.chance.random() < 0.3 else ""
        what = f"about: {self._tie()}, measure: {measure}, as_written: {literal}"
        said = f"kind: figure, {what}, {time}, nature: {nature}{note}"
        if len(self.told) < 20_000:
            self.told.append(said)
        return said

    def _party(self) -> str:
        return self.chance.choice(self.places).id

    def _day(self) -> str:
        return (
            f"{self.chance.randrange(1996, 2026)}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 29):02}"
        )

    def _said(self) -> str:
        return (
            f"两地在第{self.chance.randrange(1, 99999)}项合作中开展{self.chance.choice(('产业', '劳务', '教育'))}对接"
        )

    def _event(self) -> str:
        return (
            f"kind: event, label: {self._said()}, about: {self._tie()}, date: {self._day()}, places: [{self._party()}]"
        )

    def _assessment(self) -> str:
        field = self.chance.choice(FIELDS)
        return f"kind: assessment, verdict: result, about: {self._tie()}, field: {field}, text: {self._said()}"

    def _document(self) -> str:
        policy = self.chance.randrange(self.policies)
        # a policy is issued on one day, whoever tells it
        day = f"{1996 + policy % 28}-{1 + policy % 12:02}-{1 + policy % 28:02}"
        return f"kind: document, policy: policy-{policy}, act: issued, date: {day}, text: {self._said()}"

    def _policy_effect(self) -> str:
        policy = self.chance.randrange(self.policies)
        return (
            f"kind: policy-effect, policy: policy-{policy}, effect: funds, about: {self._tie()}, text: {self._said()}"
        )

    def _project(self) -> str:
        return f"kind: project, label: {self._said()}, about: {self._tie()}, field: industry, as_of: {self._day()[:4]}"

    def _practice(self) -> str:
        return f"kind: practice, about: {self._tie()}, field: {self.chance.choice(FIELDS)}, text: {self._said()}"

    def _participation(self) -> str:
        programme, year = self.chance.choice(PROGRAMMES), self._day()[:4]
        return f"kind: participation, place: {self._party()}, programme: {programme}, as_of: {year}"

    def _definition(self) -> str:
        return f"kind: definition, term: 协作{self.chance.randrange(99)}, text: {self._said()}"


def _block(line: str) -> str:
    """Return a statement with a line for each field, as people write it.

    >>> _block("id: s1, about: {programme: a, recipient: b}")
    '- id: s1\\n  about: {programme: a, recipient: b}\\n'
    """
    return "- " + "\n  ".join(_BETWEEN_FIELDS.split(line)) + "\n"


def write_record(folder: Path, statements: int, seed: int = 1) -> None:
    """Write a dataset of so many statements."""
    record = Record(statements, seed)
    for name in ("places", "sources", "statements"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _text(folder / "dataset.yaml", DATASET)
    _text(folder / "places" / "all.yaml", "".join(map(_place, record.places)))
    kind = "east-west-cooperation"
    _text(
        folder / "programmes.yaml",
        "".join(f"- {{id: {name}, name: {{zh: 机制{name}, en: {name}}}, type: {kind}}}\n" for name in PROGRAMMES),
    )
    _text(
        folder / "policies.yaml",
        "".join(
            f"- {{id: policy-{n}, name: {{zh: 第{n}号通知, en: Notice {n}}}, type: notice}}\n"
            for n in range(record.policies)
        ),
    )
    told: list[str] = []
    source = 0
    for number, line in enumerate(record.lines()):
        told.append(_block(f"id: s{len(told) + 1}, locator: 第{1 + len(told) // 20}版第{len(told) % 20 + 1}段, {line}"))
        if len(told) == PER_SOURCE or number == statements - 1:
            _text(folder / "sources" / f"source-{source}.yaml", SOURCE.format(source))
            _text(folder / "statements" / f"source-{source}.yaml", "".join(told))
            told, source = [], source + 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--statements", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_record(given.folder, given.statements, given.seed)
