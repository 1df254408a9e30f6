"""Write the codes and seats of ``data/places``, as the open package cpca has them.

A curator writes which places there are (id, names, level, parent); nobody should type six-digit codes and
coordinates from memory. So this script owns the lines ``code`` and ``seat`` of every entry at province,
prefecture or county level: it finds the place in cpca's table by level and full path of present names
(朝阳区 in 北京市 is not 朝阳区 in 吉林省 › 长春市), writes both lines below ``level``, and removes what
the table does not have. Other lines, comments included, stay. Running it again changes nothing.

The table is older than some names. A place that is not in it under its present names is looked for under those
of the day of the table (``former``, dated ``within``): the seat is taken from there, the code is not, for it is
the old one. A code typed by hand stays only where the entry says so: with ``code_from``, which names where the code
is from, or with ``until``, for a unit that is no more. Such an entry also keeps its seat where the table has none::

    python scripts/fill_places_from_cpca.py            # fill in
    python scripts/fill_places_from_cpca.py --check    # change nothing; exit 1 where a file would change

The table has six decimals in the Chinese datum GCJ-02, some hundred metres off WGS 84; seats are rounded
to two decimals (about one kilometre), which is enough for drawing. ``data/places/README.md`` says where the
table is from.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from cooperation_kg.curate.record_reader import RecordReader
from cooperation_kg.curate.registers import Place
from cooperation_kg.errors import CooperationError, CurationError
from cooperation_kg.locations import data_folder
from cooperation_kg.render.output import write_whole

PACKAGE, VERSION, TABLE = "cpca", "0.5.5", "cpca/resources/adcodes.csv"
TABLE_DAY = date(2016, 7, 31)
"""The day whose units the table has; see ``data/places/README.md``."""
CODED_LEVELS = frozenset({"province", "prefecture", "county"})
DECIMALS = Decimal("0.01")
# rows that only group counties without a prefecture; the counties then stand directly below the province
GROUPINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

Names = tuple[str, ...]  # a place and what it lies in, the province first


class Row(NamedTuple):
    """What the table says of one place; ``seat`` is absent where it has no coordinates."""

    code: str
    seat: str | None

    @property
    def level(self) -> str:
        """The level that the code tells (GB/T 2260: two digits each for province, prefecture, county)."""
        zeros = len(self.code) - len(self.code.rstrip("0"))
        return "province" if zeros >= 4 else "prefecture" if zeros >= 2 else "county"


class Lines(NamedTuple):
    """What an entry is to have: its code and seat; absent where it is to have none."""

    code: str | None = None
    seat: str | None = None

    def written(self) -> list[str]:
        """Return the lines of an entry that this script owns."""
        code = [f'  code: "{self.code}"\n'] if self.code else []
        return [*code, *([f"  seat: {self.seat}\n"] if self.seat else [])]


def table_file() -> Path:
    """Return the table inside the installed package; the package itself is not imported."""
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError as missing:
        raise CooperationError(f"{PACKAGE} is not installed; install the development dependencies") from missing
    if package.version != VERSION:
        raise CooperationError(f"{PACKAGE} is {package.version}, the register was made from {VERSION}")
    return Path(str(package.locate_file(TABLE)))


def read_table(path: Path) -> dict[Names, Row]:
    """Return the rows by path of names.

    >>> read_table(table_file())[("北京市", "朝阳区")].code
    '110105'
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["adcode"][:6]: row for row in csv.DictReader(file)}
    found: dict[Names, Row] = {}
    for code in sorted(rows):
        if rows[code]["name"] in GROUPINGS:
            continue
        above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
        names = tuple(rows[unit]["name"] for unit in above if rows[unit]["name"] not in GROUPINGS)
        if names in found:
            raise CooperationError(f"{' › '.join(names)} is twice in the table: {found[names].code}, {code}")
        found[names] = Row(code, _seat(rows[code]["latitude"], rows[code]["longitude"]))
    return found


def _seat(latitude: str, longitude: str) -> str | None:
    if not (latitude and longitude):
        return None
    return f"{{lat: {_rounded(latitude)}, lon: {_rounded(longitude)}}}"


def read_places(folder: Path) -> dict[Path, list[Place]]:
    """Return the entries of each file of a register; raise CurationError with every fault."""
    reader = RecordReader(folder)
    files = {path: [p for p, _ in reader.records(path, Place)] for path in sorted(folder.glob("*.yaml"))}
    if reader.issues:
        raise CurationError(sorted(reader.issues))
    return files


def names_of(place: Place, places: Mapping[str, Place], day: date | None = None) -> Names:
    """Return the names of a place and of what it lies in, the province first: present ones, or those of a day."""
    names: list[str] = []
    seen: set[str] = set()
    while place.id not in seen:
        seen.add(place.id)
        names.append((place.name_at(day) if day else place.name).zh)
        present = next((within.parent for within in place.within if within.until is None), None)
        place = places.get((place.parent_at(day) if day else present) or "", place)
    return tuple(reversed(names))


def filled(text: str, entries_to_fill: Mapping[str, Lines]) -> str:
    """Return a file's text with ``code`` and ``seat`` as given for each id; other entries stay as they are.

    Raises CooperationError where an entry is not laid out as the register's are.

    >>> print(filled('- id: beijing\\n  level: province\\n', {"beijing": Lines("110000")}), end="")
    - id: beijing
      level: province
      code: "110000"
    """
    head, *entries = re.split(r"(?m)^(?=- )", text if text.endswith("\n") else text + "\n")
    matches = [re.match(r"- id: *([a-z0-9-]+) *\n(?s:.*?)^  level:.*\n", entry, re.MULTILINE) for entry in entries]
    if odd := sorted(entries_to_fill.keys() - {match[1] for match in matches if match}):
        raise CooperationError(
            f'{", ".join(odd)}: begin the entry with a line "- id: …", and write "  level: …" on its own line'
        )
    return head + "".join(
        _filled_entry(match, entries_to_fill[match[1]]) if match and match[1] in entries_to_fill else entry
        for entry, match in zip(entries, matches, strict=True)
    )


def _filled_entry(to_level: re.Match[str], lines: Lines) -> str:
    """Put the owned lines below ``level``; ``to_level`` matches an entry up to that line."""
    before, after = to_level[0], to_level.string[to_level.end() :]
    return _without_owned(before) + "".join(lines.written()) + _without_owned(after)


def _without_owned(text: str) -> str:
    return re.sub(r"(?m)^  (?:code|seat):.*\n(?:   .*\n)*", "", text)


def fill(folder: Path, table: Mapping[Names, Row]) -> tuple[dict[Path, str], list[str]]:
    """Return the files that change, with their new text, and a remark on each place not in the table."""
    files = read_places(folder)
    places = {place.id: place for entries in files.values() for place in entries}
    coded = [place for place in places.values() if place.level in CODED_LEVELS]
    now = {place.id: _row_of(place.level, names_of(place, places), table) for place in coded}
    then = {place.id: _row_of(place.level, names_of(place, places, TABLE_DAY), table) for place in coded}
    lines = {place.id: lines_of(place, now[place.id], then[place.id]) for place in coded}
    changed: dict[Path, str] = {}
    for path, entries in files.items():
        text = path.read_text(encoding="utf-8")
        new = filled(text, {place.id: lines[place.id] for place in entries if place.id in lines})
        if new != text:
            changed[path] = new
    return changed, [_remark(p, names_of(p, places), lines[p.id], table) for p in coded if now[p.id] is None]


def lines_of(place: Place, now: Row | None, then: Row | None) -> Lines:
    """Return the code and seat that an entry is to have.

    Parameters
    ----------
    now, then: the row of its present names, and of those it had on the day of the table.
    """
    says_so = place.code_from is not None or (place.until is not None and now is None)
    typed_seat = f"{{lat: {_rounded(place.seat.lat)}, lon: {_rounded(place.seat.lon)}}}" if place.seat else None
    row = now or then
    code = place.code if says_so else now.code if now else None
    return Lines(code, row.seat if row and row.seat else typed_seat if says_so else None)


def _rounded(degrees: float | str) -> Decimal:
    return Decimal(str(degrees)).quantize(DECIMALS)


def _row_of(level: str, names: Names, table: Mapping[Names, Row]) -> Row | None:
    row = table.get(names)
    return row if row and row.level == level else None


def _remark(place: Place, names: Names, lines: Lines, table: Mapping[Names, Row]) -> str:
    others = [f"{' › '.join(path)} ({row.level})" for path, row in table.items() if path[-1] == names[-1]]
    hint = f"; the table has {', '.join(others)}" if others else ""
    kept = [f"code {lines.code} as typed" if lines.code else "code left out; to give it, name code_from"]
    kept.append(f"seat {lines.seat}" if lines.seat else "seat left out")
    return f"{place.id}: no {place.level} {' › '.join(names)} in the table; {', '.join(kept)}{hint}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill in the register, or check it; return 1 where a file differs or cannot be read, else 0."""
    parser = argparse.ArgumentParser(description="Write codes and seats of places from the package cpca.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where a file would change")
    parser.add_argument("--folder", type=Path, default=data_folder() / "places", help="the register")
    options = parser.parse_args(arguments)
    try:
        changed, remarks = fill(options.folder, read_table(table_file()))
        for path, text in changed.items() if not options.check else ():
            write_whole(path, text.encode())
    except (CooperationError, OSError) as failed:
        return _say([str(failed)], 1)
    done = f"differs from {PACKAGE} {VERSION}" if options.check else "written"
    return _say([*remarks, *(f"{path.name}: {done}" for path in changed)], int(options.check and bool(changed)))


def _say(lines: Iterable[str], status: int) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
