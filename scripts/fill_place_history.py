"""Write what places of ``data/places`` were called, coded and contained in, as the official code lists have them.

Nobody should write from memory that a county had another code until 1983. So this script follows each place at
province, prefecture or county level through the lists of GB/T 2260 (``place_lists.py``) and the later changes
recorded in ``place_history.yaml``, and owns these lines of its entry: ``name`` (the present one; English as
``place_english.py`` has it), ``former``, ``within``, ``until`` of a unit that is no more, and ``code`` with
``code_from`` where the table of ``fill_places_from_cpca.py`` is too old to have it. Other lines, comments included,
stay; entries are put in the order of their codes. Run the other script first: a place is found by its code::

    python scripts/fill_place_history.py            # fill in; say what could not be decided
    python scripts/fill_place_history.py --check    # hold the register against every list; exit 1 where they differ

The check does not follow anything: it asks the register for name and code on the day of each list and looks whether
the list has them. Where a list is at fault, the table in ``data/places/README.md`` says so and why.

What happened between two lists is dated by them: ``[1983-12-31..1984-12-30]`` is one day, the last under the old
name, from the day of the list that still has it to the eve of the list that has the new one.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from place_english import english_name
from place_lists import GROUPS, MUNICIPALITIES, TABLE, Lists, Unit

from cooperation_kg.curate.record_reader import RecordReader
from cooperation_kg.curate.registers import Place
from cooperation_kg.errors import CooperationError, CurationError
from cooperation_kg.locations import data_folder
from cooperation_kg.render.output import write_whole

BESIDE = Path(__file__).parent
CODED_LEVELS = ("province", "prefecture", "county")
OWNED = ("name", "code", "code_from", "within", "former", "until")


class Parent(NamedTuple):
    """What a place lay in for a time, as EDTF."""

    id: str
    since: str | None
    until: str | None


class Run(NamedTuple):
    """What a place lay in on the days of neighbouring lists: from ``first`` to before ``after``."""

    parent: str | None
    first: int
    after: int


class Past(NamedTuple):
    """What the lists say of a place: what it is now (or was last), and its steps back, the youngest first."""

    now: Unit
    steps: tuple[tuple[Unit, str], ...]  # each former unit with the last day it was that
    until: str | None
    code_from: str | None
    parents: tuple[Parent, ...]


def load(name: str) -> Any:
    """Read one of the files beside this script."""
    return yaml.safe_load((BESIDE / name).read_text(encoding="utf-8"))


def read_places(folder: Path) -> dict[Path, list[Place]]:
    """Return the entries of each file of a register; raise CurationError with every fault."""
    reader = RecordReader(folder)
    files = {path: [p for p, _ in reader.records(path, Place)] for path in sorted(folder.glob("*.yaml"))}
    if reader.issues:
        raise CurationError(sorted(reader.issues))
    return files


class Register:
    """The coded places of the register, and what the lists say of each."""

    def __init__(self, places: Mapping[str, Place], lists: Lists) -> None:
        self.places, self.lists = places, lists
        self.remarks: list[str] = []
        self.units: dict[str, Unit] = {}
        for place in places.values():
            if place.level in CODED_LEVELS and (unit := self._unit(place)):
                self.units[place.id] = lists.present.get(unit, unit)
        self.steps = {key: lists.history(unit) for key, unit in self.units.items()}
        self.owner = {
            (step.unit, index): key
            for key, steps in self.steps.items()
            for step, end in zip(steps, (len(lists.units), *(s.first for s in steps)), strict=False)
            for index in range(step.first, end)
        }

    def _unit(self, place: Place) -> Unit | None:
        """Return a unit that the place is or was: by its code and name, else by name within the code of its parent."""
        lists = self.lists
        unit = Unit(place.code or "", place.name.zh)
        if unit in lists.where or unit in lists.present:
            return unit
        above = self.places.get(place.within[-1].parent) if place.within else None
        area = (above.code or "").rstrip("0") if above else ""
        tops = set(lists.present.values())
        found = [u for u in tops if u.name == unit.name and u.level == place.level and u.code.startswith(area)]
        if area and len(found) == 1:
            return found[0]
        self.remarks.append(f"{place.id}: {unit} is in no list")
        return None

    def past(self, key: str) -> Past:
        """Return what the lists say of a place."""
        lists, steps, unit = self.lists, self.steps[key], self.units[key]
        return Past(
            now=unit,
            steps=tuple((old.unit, lists.last_day(old, new)) for new, old in pairwise(steps)),
            until=lists.end(unit),
            code_from=None if lists.has(lists.months.index(TABLE), unit) else lists.source(unit),
            parents=tuple(self._parents(key)),
        )

    def _parents(self, key: str) -> Iterator[Parent]:
        """Yield the parents, the youngest first; one that the register lacks leaves its time out."""
        unit, lists = self.units[key], self.lists
        present = next((w.parent for w in self.places[key].within if w.until is None), None)
        if present is None and unit.level == "county":
            present = self.places[key].within[-1].parent
        runs = self._runs(key)
        if runs[0].parent is None:
            runs[0] = runs[0]._replace(parent=present)
        elif present and runs[0].parent != present:
            self.remarks.append(f"{key}: the lists have it within {runs[0].parent}, the register within {present}")
        runs = _joined(runs)
        for number, run in enumerate(runs):
            if run.parent is None:
                continue
            oldest = all(older.parent is None for older in runs[number + 1 :])
            yield Parent(
                run.parent,
                lists.beginning(self.steps[key][-1]) if oldest else self._first_day(key, run),
                self._last_day(key, run) if number else None,
            )

    def _first_day(self, key: str, run: Run) -> str | None:
        if run.first == len(self.lists.units):
            return self.lists.beginning(self.steps[key][0])
        return _next_day(self._exact(key, run.first)) or self.lists.start(run.first)

    def _last_day(self, key: str, run: Run) -> str:
        if run.after == len(self.lists.units):
            return self.lists.last_day(self.steps[key][1], self.steps[key][0])
        return self._exact(key, run.after) or self.lists.gap(run.after)

    def _exact(self, key: str, index: int) -> str | None:
        """Return the known last day before the step that begins with a list."""
        for new, old in pairwise(self.steps[key]):
            if new.first == index:
                return self.lists.exact.get((old.unit.code[:2], new.unit.code[:2]))
        return None

    def _runs(self, key: str) -> list[Run]:
        lists, now = self.lists, self.units[key]
        runs = []
        if self.steps[key][0].first == len(lists.units):
            runs.append(Run(self._above(now, len(lists.units) - 1, now), len(lists.units), len(lists.units) + 1))
        end = len(lists.units)
        for step in self.steps[key]:
            for index in range(end - 1, step.first - 1, -1):
                runs.append(Run(self._above(step.unit, index, now), index, index + 1))
            end = min(end, step.first)
        return _joined(runs)

    def _above(self, unit: Unit, index: int, now: Unit) -> str | None:
        """Return the id of what a unit lay in on the day of a list; None where the register or the list lacks it."""
        rows = self.lists.rows[self.lists.months[index]]
        province = f"{unit.code[:2]}0000"
        top = self.owner.get((Unit(province, rows.get(province, "")), index))
        if unit.level != "county":
            return top if unit.level == "prefecture" else None
        code = f"{unit.code[:4]}00"
        name = rows.get(code)
        if name and not GROUPS.fullmatch(name):
            found = self.owner.get((Unit(code, name), index))
            if found and self.places[found].level != "county":
                return found
            # a prefecture that the register lacks or has as what became of its seat (涪陵区)
            return top if unit.code[:2] != now.code[:2] else None
        return top if unit.code[:2] in MUNICIPALITIES or now.code[2:4] == "90" else None


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours with one parent, and across lists that lack the row of the parent."""
    joined: list[Run] = []
    for run in runs:
        if len(joined) > 1 and joined[-1].parent is None and joined[-2].parent == run.parent:
            joined.pop()
        if joined and joined[-1].parent == run.parent:
            joined[-1] = joined[-1]._replace(first=run.first)
        else:
            joined.append(run)
    return joined


def _next_day(day: str | None) -> str | None:
    return str(date.fromisoformat(day) + timedelta(days=1)) if day else None


def english(unit: Unit, known: Mapping[str, str]) -> str:
    """Return the English name of a unit of a list."""
    return english_name(unit.name, unit.code[:2], known)


def owned_lines(place: Place, past: Past, known: Mapping[str, str]) -> dict[str, str]:
    """Return the lines of an entry that this script owns."""
    level = place.level
    lines = {"name": f"  name: {_label(past.now.name, _present_english(place, past, known))}\n"}
    if past.code_from:
        lines["code"] = f'  code: "{past.now.code}"\n'
        lines["code_from"] = f"  code_from: {past.code_from}\n"
    parents = past.parents
    if len(parents) == 1 and not parents[0].since and not parents[0].until:
        lines["within"] = f"  within: {parents[0].id}\n"
    elif parents:
        rows = (_flow(parent=p, since=since, until=until) for p, since, until in reversed(parents))
        lines["within"] = "  within:\n" + "".join(f"    - {row}\n" for row in rows)
    if past.steps:
        rows = (
            _flow(
                name=_label(unit.name, english(unit, known)),
                code=f'"{unit.code}"',
                level=unit.level if unit.level != level else None,
                until=until,
            )
            for unit, until in reversed(past.steps)
        )
        lines["former"] = "  former:\n" + "".join(f"    - {row}\n" for row in rows)
    if past.until:
        lines["until"] = f"  until: {_quoted(past.until)}\n"
    return lines


def _present_english(place: Place, past: Past, known: Mapping[str, str]) -> str:
    if place.level == "province" and place.name.en:
        return place.name.en
    return english(past.now, known)


def _label(zh: str, en: str) -> str:
    return f"{{zh: {zh}, en: {_quoted(en)}}}"


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[,:\[\]]", text) else text


def _flow(**fields: str | None) -> str:
    shown = (f"{k}: {_quoted(v) if k in ('since', 'until') else v}" for k, v in fields.items() if v)
    return f"{{{', '.join(shown)}}}"


def rewritten(text: str, owned: Mapping[str, Mapping[str, str]]) -> str:
    """Return a file's text with the owned lines as given for each id; each stands where it stood, or at the end.

    >>> print(rewritten('- id: a\\n  name: 甲县\\n', {"a": {"name": '  name: {zh: 甲市}\\n'}}), end="")
    - id: a
      name: {zh: 甲市}
    """
    head, entries = divided(text)
    return head + "".join(_entry(entry, owned) for entry in entries)


def divided(text: str) -> tuple[str, list[str]]:
    """Return the comments at the head of a file, and its entries, each with the comments above it."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("- "):
            above = len(parts) > 1 and next((i for i, x in enumerate(parts[-1][::-1]) if not x.startswith("#")), 0)
            own = parts[-1][len(parts[-1]) - above :] if above else []
            parts[-1] = parts[-1][: len(parts[-1]) - above] if above else parts[-1]
            parts.append([*own, line])
        else:
            parts[-1].append(line)
    head, *entries = ("".join(f"{line}\n" for line in part) for part in parts)
    return head, entries


def _entry(entry: str, owned: Mapping[str, Mapping[str, str]]) -> str:
    match = re.search(r"(?m)^- id: *([a-z0-9-]+)", entry)
    if match is None or match[1] not in owned:
        return entry
    lines = dict(owned[match[1]])
    blocks = {}
    for block in re.split(r"(?m)^(?=  [a-z_]+:)", entry):
        blocks[block.strip().split(":", 1)[0]] = block
    given = [key for key in blocks if key not in OWNED or key in lines or key == "code"]
    for key, after in (("code", "level"), ("code_from", "code")):
        if key in lines and key not in given:
            given.insert(given.index(after) + 1, key)
    given += [key for key in ("within", "former", "until") if key in lines and key not in given]
    return "".join(lines.get(key) or blocks[key] for key in given)


def in_order(text: str) -> str:
    """Return a file's text with its entries in the order of codes, those without one after what they lie in."""
    head, entries = divided(text)
    keys = {}
    for number, entry in enumerate(entries):
        record = yaml.safe_load(entry)[0]
        within = record.get("within") or ""
        parent = within if isinstance(within, str) else within[-1]["parent"]
        keys[record["id"]] = (record.get("code"), parent, number)

    def place(key: str) -> tuple[object, ...]:
        code, parent, number = keys[key]
        if code:
            return (code, 0, 0)
        above = place(parent) if parent in keys else ("", 0, 0)
        return (*above[:1], 1, number) if above[1] == 0 else (*above, 1, number)

    ids = [yaml.safe_load(entry)[0]["id"] for entry in entries]
    return head + "".join(entry for _, entry in sorted(zip(ids, entries, strict=True), key=lambda e: place(e[0])))


def fill(folder: Path) -> tuple[dict[Path, str], list[str]]:
    """Return the files that change, with their new text, and what could not be decided."""
    files = read_places(folder)
    register = Register({p.id: p for entries in files.values() for p in entries}, Lists(load("place_history.yaml")))
    known = load("place_english.yaml")
    owned = {key: owned_lines(register.places[key], register.past(key), known) for key in register.units}
    changed = {}
    for path in files:
        old = path.read_text(encoding="utf-8")
        new = in_order(rewritten(old, owned))
        if new != old:
            changed[path] = new
    return changed, [*register.remarks, *_remarks(register)]


def _remarks(register: Register) -> Iterator[str]:
    for key, steps in register.steps.items():
        for younger, older in zip(steps, [*steps[1:], None], strict=True):
            if younger.how in ("same code", "same character", "left over", "seat of the new prefecture"):
                yield f"{key}: {younger.unit} was {older.unit if older else '?'} ({younger.how})"
            elif younger.how == "new":
                yield f"{key}: {younger.unit} is new in the list of {register.lists.months[younger.first]}"


class Fault(NamedTuple):
    """A list that has not what the register says."""

    place: str
    list: str
    unit: Unit
    found: str

    def __str__(self) -> str:
        return f"{self.place}: on the day of the list {self.list} it is {self.unit}; {self.found}"


def compare(places: Iterable[Place], lists: Lists, faulty: Mapping[tuple[str, Unit], str]) -> list[Fault]:
    """Return where name and code of a place on the day of a list are not in the list, or are and should not.

    Parameters
    ----------
    faulty: lists at fault, by month and unit, with the reason.
    """
    faults = []
    for place in places:
        if place.level not in CODED_LEVELS or not place.code:
            continue
        for index, month in enumerate(lists.months):
            day = lists.day(index)
            unit = Unit(place.code_at(day) or "", place.name_at(day).zh)
            is_there, is_listed = existed(place, day), unit in lists.printed[index]
            if is_there != is_listed and (month, unit) not in faulty:
                row = lists.rows[month].get(unit.code)
                found = "the list lacks it" + (f" and has {unit.code} {row}" if row else "")
                faults.append(Fault(place.id, month, unit, found if is_there else "the list has it already or still"))
    return faults


def existed(place: Place, day: date) -> bool:
    """Return whether the register says that a place was there on a day."""
    if place.until and place.until.latest < day:
        return False
    begins = [within.since for within in place.within]
    return not begins or any(since is None or since.earliest <= day for since in begins)


def lists_at_fault(readme: Path, lists: Lists) -> dict[tuple[str, Unit], str]:
    """Read the table of lists at fault: rows ``| 2014-12..2015-08, 2016-08 | reason | 210112 浑南区; … |``."""
    found = {}
    row = re.compile(r"\| ([0-9., -]+) \| (.+) \| (\d{6} [^|]+) \|")
    for line in readme.read_text(encoding="utf-8").splitlines():
        if match := row.fullmatch(line.strip()):
            spans = [span.replace("-", "").split("..") for span in match[1].split(", ")]
            units = [Unit(*text.split()) for text in match[3].split(";")]
            for month in lists.months:
                if any(span[0] <= month <= span[-1] for span in spans):
                    found.update({(month, unit): match[2] for unit in units})
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill in the register, or check it; return 1 where it differs from a list or cannot be read, else 0."""
    parser = argparse.ArgumentParser(description="Write former names, codes and parents of places.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where a list says otherwise")
    parser.add_argument("--folder", type=Path, default=data_folder() / "places", help="the register")
    options = parser.parse_args(arguments)
    try:
        return check(options.folder) if options.check else _fill_in(options.folder)
    except (CooperationError, OSError) as failed:
        return _say([str(failed)], 1)


def check(folder: Path) -> int:
    """Hold the register against the lists; return 1 where they differ."""
    lists = Lists(load("place_history.yaml"))
    places = [place for entries in read_places(folder).values() for place in entries]
    readme = folder / "README.md"
    faults = compare(places, lists, lists_at_fault(readme, lists) if readme.exists() else {})
    return _say(map(str, faults), int(bool(faults)))


def _fill_in(folder: Path) -> int:
    changed, remarks = fill(folder)
    for path, text in changed.items():
        write_whole(path, text.encode())
    return _say([*remarks, *(f"{path.name}: written" for path in changed)], 0)


def _say(lines: Iterable[str], status: int) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
