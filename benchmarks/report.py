"""RESULTS.md from the committed measurements alone: what was aimed at, what was reached, beside what.

python benchmarks/report.py            # write it
python benchmarks/report.py --check    # fail where it is not what the measurements give
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from timing import CPU, PEAK, WALL, exponent, geometric_mean

HERE = Path(__file__).parent
RUN, NETWORK_PAGE, RESULTS = HERE / "results" / "run.json", HERE / "results" / "network_page.json", HERE / "RESULTS.md"
BUILD, LEAN = "ours", "ours, export only"


class Run:
    """The measurements of one run; what was not measured is None."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.found = found

    def at(self, *path: str) -> Any:
        """Return what stands at a path of ``measures``; None where nothing does."""
        held: Any = self.found["measures"]
        for name in path:
            held = held.get(name) if isinstance(held, dict) else None
        return held

    def median(self, *path: str) -> float | None:
        """Return the median at a path."""
        held = self.at(*path)
        return held["median"] if isinstance(held, dict) and "median" in held else None

    def ratio(self, theirs: tuple[str, ...], ours: tuple[str, ...]) -> float | None:
        """Return theirs divided by ours, of medians."""
        other, mine = self.median(*theirs), self.median(*ours)
        return other / mine if other is not None and mine else None

    def sizes_of(self, measure: str) -> list[str]:
        """Return the sizes at which something was measured, smallest first."""
        held = self.at(measure) or {}
        return sorted((size for size in held if size in self.statements), key=self.statements.__getitem__)

    @property
    def statements(self) -> dict[str, int]:
        """Size → number of statements."""
        return {size: told["statements"] for size, told in self.found["sizes"].items()}

    def peer(self, size: str, peer: str, ours: str = BUILD, what: str = CPU) -> float | None:
        """Return how many times what ours takes a peer takes to build."""
        return self.ratio(("build", size, peer, what), ("build", size, ours, what))

    def question_ratios(self, size: str) -> list[float]:
        """Return rdflib ÷ ours of each named question; one that was given up counts with what it was given."""
        held = self.at("questions", size) or {}
        rows = [row for row in held.values() if "ours s" in row and "rdflib s" in row]
        return [_seconds(row) / row["ours s"]["median"] for row in rows]

    def questions(self, size: str) -> float | None:
        """Return the geometric mean of these ratios."""
        ratios = self.question_ratios(size)
        return geometric_mean(ratios) if ratios else None


def _seconds(row: dict[str, Any]) -> float:
    told = row["rdflib s"]
    return float(told["median"] if told else row["given up after s"])


def least(value: float | None, aim: float) -> str:
    """Return whether a value is at least what is aimed at."""
    return "not measured" if value is None else "met" if value >= aim else "**not met**"


def most(value: float | None, aim: float) -> str:
    """Return whether a value is at most what is aimed at."""
    return "not measured" if value is None else "met" if value <= aim else "**not met**"


def aims(run: Run) -> Iterator[tuple[str, str, float | None, str, Callable[[float | None, float], str], float]]:
    """Yield what is measured, what is aimed at, what was reached, its unit, and how they are held together."""

    def each(*path: str) -> float | None:
        """Return the seconds of every call but the first."""
        return run.median("answers", *path, "again s")

    for peer, aim in (("plain", 18), ("linkml", 35), ("morph-kgc", 3.5), ("maplib", 2)):
        yield f"M, build, CPU: {peer} ÷ ours", f"≥ {aim}×", run.peer("M", peer), "×", least, aim
    yield "M, export only, CPU: plain ÷ ours", "≥ 40×", run.peer("M", "plain", LEAN), "×", least, 40
    memory = run.ratio(("build", "M", BUILD, PEAK), ("build", "M", "plain", PEAK))
    yield "M, build, peak memory: ours ÷ plain", "≤ 0.35×", memory, "×", most, 0.35
    yield "M, export only, peak memory", "≤ 200 MB", run.median("build", "M", LEAN, PEAK), " MB", most, 200
    yield "L, build, CPU", "≤ 70 s", run.median("build", "L", BUILD, CPU), " s", most, 70
    yield "L, build, peak memory", "≤ 5,000 MB", run.median("build", "L", BUILD, PEAK), " MB", most, 5000
    yield "L, export only, CPU", "≤ 25 s", run.median("build", "L", LEAN, CPU), " s", most, 25
    yield "L, export only, peak memory", "≤ 500 MB", run.median("build", "L", LEAN, PEAK), " MB", most, 500
    yield (
        "shipped facts, check, graph and exports, wall",
        "≤ 1 s",
        run.median("shipped", "–", "build", WALL),
        " s",
        most,
        1,
    )
    for command, what in (("ckg serve --watch", "answer s"), ("ckg check --watch", "told s")):
        watched = run.median("watch", "–", command, what)
        yield f"shipped facts, from an edit to its answer, `{command}`", "≤ 0.3 s", watched, " s", most, 0.3
    for size, aim in (("M", 0.4), ("L", 0.8)):
        edited = run.median("incremental", size, "ckg export turtle", WALL)
        yield f"{size}, one file edited, `ckg export turtle`, wall", f"≤ {aim} s", edited, " s", most, aim
    yield "M, named questions, geometric mean: rdflib ÷ ours", "≥ 15×", run.questions("M"), "×", least, 15
    looked = each("M", "look-up: what is said of a thing")
    yield "M, look-up", "≤ 0.001 s", looked, " s", most, 0.001
    for size, aim in (("M", 0.05), ("L", 1.0)):
        for what in ("total", "conflicts", "report"):
            first = run.at("answers", size, what, "first s")
            yield f"{size}, `{what}`, first call", f"≤ {aim} s", first, " s", most, aim
            yield f"{size}, `{what}`, every other", f"≤ {aim} s", each(size, what), " s", most, aim
    started = run.ratio(("start", "–", "ckg --help", WALL), ("start", "–", "python", WALL))
    yield "`ckg --help` ÷ bare Python, wall", "≤ 8×", started, "×", most, 8
    for name, peer, aim in (("turtle", "rdflib", 80), ("graphml", "networkx", 10)):
        written = run.ratio(("writers", "M", f"{name} {peer}"), ("writers", "M", f"{name} ours"))
        yield f"M, {name} writer: {peer} ÷ ours", f"≥ {aim}×", written, "×", least, aim


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a table of Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def shown(value: float | None, unit: str = "") -> str:
    """Return a number with three digits; a dash where there is none.

    >>> shown(12345.6, " MB"), shown(0.01234), shown(None)
    ('12,346 MB', '0.0123', '–')
    """
    if value is None:
        return "–"
    return (f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}") + unit


def spread(held: Any) -> str:
    """Return median (least to most)."""
    if not isinstance(held, dict) or "median" not in held:
        return "–"
    return f"{shown(held['median'])} ({shown(held['least'])}–{shown(held['most'])})"


def targets(run: Run) -> str:
    """Return the table of what was aimed at."""
    rows = [(what, aim, shown(v, unit), judge(v, limit)) for what, aim, v, unit, judge, limit in aims(run)]
    return table(("what", "aim", "reached", ""), rows)


def network_page() -> str:
    """Return the rows of the network page, from its own run."""
    found = json.loads(NETWORK_PAGE.read_text(encoding="utf-8"))
    small = found["sizes"][0]
    rows = []
    for what in ("first picture", "pan"):
        ratio = small["measures"][what]["ratio"]
        rows.append(
            (f"{small['parties']} nodes, {what}: ours ÷ bare vis-network", "≤ 1.3×", f"{ratio}×", most(ratio, 1.3))
        )
    return table(("what", "aim", "reached", ""), rows) + f"\nMeasured {found['date']} by `network_page.py`.\n"


def builds(run: Run) -> str:
    """Return the tables of builds, one a size, with ratios from least to most."""
    parts = []
    for size in run.sizes_of("build"):
        rows = []
        mine = run.at("build", size, BUILD) or {}
        for name, held in run.at("build", size).items():
            if "failed" in held:
                rows.append((name, "failed", held["failed"].replace("\n", " ")[:80], "", "", ""))
                continue
            taken = (spread(held[what]) for what in (CPU, WALL, PEAK))
            rows.append((name, *taken, *_beside(held[CPU], mine.get(CPU))))
        head = ("", "CPU s", "wall s", "peak MB", "CPU ÷ ours", "spread")
        parts.append(f"### {size}: {run.statements[size]:,} statements\n\n{table(head, rows)}")
    absent = [f"- {name}: {told['missing']}" for name, told in run.found["peers"].items() if told["missing"]]
    return "\n".join(parts) + ("\n" + "\n".join(absent) + "\n" if absent else "")


def _beside(theirs: dict[str, float], ours: dict[str, float] | None) -> tuple[str, str]:
    """Return the ratio of medians, and the least and the most that it can be."""
    if ours is None:
        return "–", "–"
    low, high = theirs["least"] / ours["most"], theirs["most"] / ours["least"]
    return shown(theirs["median"] / ours["median"], "×"), f"{low:.2g}–{high:.2g}"


def equal(run: Run) -> str:
    """Return the table of equality checks."""
    rows = [
        (size, what, ", ".join(f"{name}: {value:,}" if value is not True else name for name, value in told.items()))
        for size, checks in run.found["equality"].items()
        for what, told in checks.items()
    ]
    return table(("size", "what", "found"), rows)


def growth(run: Run) -> str:
    """Return the exponents: b of cost = a · statements^b, fitted over the sizes measured."""
    series = {
        "build, CPU": ("build", BUILD, CPU),
        "build, peak memory": ("build", BUILD, PEAK),
        "export only, CPU": ("build", LEAN, CPU),
        "one file edited, `ckg check`": ("incremental", "ckg check", WALL),
        "one file edited, `ckg export turtle`": ("incremental", "ckg export turtle", WALL),
        "site": ("site", "ours", WALL),
        **{f"export {name}": ("exports", name, "s") for name in _names(run, "exports", "s")},
        **{f"answer {what}, first": ("answers", what, "first s") for what in _names(run, "answers", "first s")},
        **{f"answer {what}, again": ("answers", what, "again s") for what in _names(run, "answers", "again s")},
        **{f"question {name}": ("questions", name, "ours s") for name in sorted(_names(run, "questions", "ours s"))},
    }
    rows = []
    for name, (measure, *path) in series.items():
        costs = {size: _cost(run.at(measure, size, *path)) for size in run.sizes_of(measure)}
        known = {size: cost for size, cost in costs.items() if cost}
        if len(known) > 1:
            slope = exponent([run.statements[size] for size in known], list(known.values()))
            rows.append((name, f"{slope:.2f}", ", ".join(f"{size} {shown(cost)}" for size, cost in known.items())))
    return table(("what", "exponent", "s, or MB"), rows) if rows else "One size was measured: no exponent.\n"


def _names(run: Run, measure: str, what: str) -> list[str]:
    """Return what a measurement has a value of, each once, in the order of the run."""
    held = (row for size in run.sizes_of(measure) for row in run.at(measure, size).items())
    return list(dict.fromkeys(name for name, row in held if isinstance(row, dict) and what in row))


def _cost(held: Any) -> float | None:
    return held if isinstance(held, float) else held["median"] if isinstance(held, dict) and "median" in held else None


def asked(run: Run) -> str:
    """Return the tables of named questions beside rdflib."""
    parts = []
    for size in run.sizes_of("questions"):
        held = {n: row for n, row in run.at("questions", size).items() if "rdflib s" in row}
        rows = []
        for name, row in held.items():
            given_up = row["rdflib s"] is None
            theirs = f"> {row['given up after s']}" if given_up else shown(row["rdflib s"]["median"])
            ratio = ("≥ " if given_up else "") + shown(_seconds(row) / row["ours s"]["median"], "×")
            same = "–" if given_up else "yes" if row["rows"] == row["rdflib rows"] else f"**no**: {row['rdflib rows']}"
            rows.append((name, f"{row['rows']:,}", same, shown(row["ours s"]["median"]), theirs, ratio))
        if rows:
            head = ("question", "rows", "as many in rdflib", "ours s", "rdflib s", "ratio")
            mean = shown(run.questions(size), "×")
            parts.append(f"### {size}: geometric mean {mean}\n\n{table(head, rows)}")
    return "\n".join(parts) or "Not measured.\n"


def stages(run: Run) -> str:
    """Return where the time goes, and the floor beneath it."""
    parts = []
    sets = {"the shipped facts": (run.at("shipped stages", "–"), None)}
    sets |= {size: (run.at("stages", size), run.at("floor", size)) for size in run.sizes_of("stages")}
    for name, (told, under) in sets.items():
        seconds = {k: v for k, v in (told or {}).items() if isinstance(v, float)}
        whole = sum(seconds.values())
        rows = [(stage, shown(s), f"{s / whole:.0%}") for stage, s in seconds.items()]
        rows += [(f"floor: {k}", shown(v["median"]), "") for k, v in (under or {}).items() if _is_seconds(k, v)]
        if rows:
            parts.append(f"### {name}\n\n{table(('stage', 's', 'share'), rows)}")
    return "\n".join(parts) or "Not measured.\n"


def _is_seconds(name: str, value: Any) -> bool:
    return isinstance(value, dict) and "median" in value and name != "whole process"


def others(run: Run) -> str:
    """Return what is left: start, edits, the site, answers, writers."""
    rows = []
    for measure in ("start", "shipped", "incremental", "nothing edited", "site"):
        for size, held in (run.at(measure) or {}).items():
            for what, took in held.items():
                if isinstance(took, dict) and WALL in took:
                    rows.append((measure, size, what, spread(took[WALL]), spread(took[PEAK])))
    parts = [table(("measure", "size", "what", "wall s", "peak MB"), rows)]
    rows = []
    for size, held in (run.at("writers") or {}).items():
        rows += [(size, what, spread(took)) for what, took in held.items() if _is_seconds(what, took)]
        rows.append((size, "same triples read back", str(held.get("same triples"))))
    parts.append(table(("size", "writer", "s"), rows))
    return "\n".join(parts)


def answered(run: Run) -> str:
    """Return the tables of answers: the first call, every other, and the time of a row."""
    parts = []
    for size in run.sizes_of("answers"):
        rows = []
        for what, took in run.at("answers", size).items():
            if isinstance(took, dict) and "first s" in took:
                row = _of_a_row(took)
                rows.append(
                    (what, _counted(took.get("rows")), shown(took["first s"]), spread(took.get("again s")), row)
                )
        head = ("answer", "rows", "first s", "again s", "first, μs a row")
        parts.append(f"### {size}: {run.statements[size]:,} statements\n\n{table(head, rows)}")
    return "\n".join(parts) or "Not measured.\n"


def _counted(rows: int | None) -> str:
    return "–" if rows is None else f"{rows:,}"


def _of_a_row(took: dict[str, Any]) -> str:
    return shown(took["first s"] / took["rows"] * 1e6) if took.get("rows") else "–"


def exported(run: Run) -> str:
    """Return the table of exports: seconds, and megabytes a second."""
    rows = []
    for size in run.sizes_of("exports"):
        for name, took in run.at("exports", size).items():
            if isinstance(took, dict) and "bytes" in took:
                speed = took["bytes"] / 1e6 / took["s"]["median"]
                rows.append((size, name, spread(took["s"]), shown(took["bytes"] / 1e6), shown(speed)))
    return table(("size", "export", "s", "MB", "MB a second"), rows) if rows else "Not measured.\n"


def on_other_days(run: Run) -> str:
    """Return which measurements are of another day than the run."""
    days = {name: day for name, day in run.found.get("days", {}).items() if day != run.found["date"]}
    return "".join(f"\n- {name} was measured on {day}\n" for name, day in sorted(days.items()))


def ended_early(run: Run) -> str:
    """Return which measurements ended with a fault."""
    failed = run.found.get("failed", {})
    return "".join(f"\n- {name} ended early: {fault[:200]}\n" for name, fault in failed.items())


def results(found: dict[str, Any]) -> str:
    """Return RESULTS.md."""
    run = Run(found)
    told = found["machine"]
    sizes = ", ".join(f"{size} {n:,} statements" for size, n in run.statements.items())
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    peers = "\n".join(
        f"- **{name}** ({p['version'].replace('==', ' ') or 'versions as above'}): {p['says']}."
        for name, p in found["peers"].items()
    )
    return f"""# How fast, beside what

Made by `benchmarks/report.py` from `benchmarks/results/run.json`; do not edit. To measure again:

```text
python benchmarks/peers.py install
python benchmarks/run.py --sizes S,T,M,L
python benchmarks/report.py
```

Run of {found["date"]}: {told["processors"]} processors, {told["memory GB"]} GB,
{told["architecture"]} {told["system"]}, Python {told["python"]}; {versions}.
Sizes: {sizes}. Medians of {found["rounds"]} rounds, contenders in turns; least and most in brackets.
{found.get("remark", "")}
The peak of a process never shows below that of the small one that starts it, some 35 MB.

## What was aimed at

{targets(run)}
{network_page()}
## What is compared with what

The datasets are made up by `national.py`: kinds of statement in the proportions of the shipped facts. Every peer writes
the same triples of each statement (`peers/mapping.py`): its types, source and fields. Ours writes these and much more,
which no ratio credits: it checks every fact, and writes registers, the pairings that follow, cells and disagreements,
amounts, dates and labels.

{peers}

### Do they say the same?

Triples of statements under the shared terms, as sets. maplib and LinkML cannot tell languages: there they are left out.

{equal(run)}
## Builds

{builds(run)}
## How cost grows

{growth(run)}
## Where the time goes

{stages(run)}
## Named questions

The same SPARQL over the same triples, in the embedded store and in rdflib. One that rdflib had not answered in the time
given counts with that time, so its ratio, and the mean, are at least what is shown.

{asked(run)}
## Answers

`total`, `conflicts`, `report`, `show` and `explain` look things up in tables over the whole record (`query/tables.py`),
each made when it is first needed and kept with the graph. All conflicts, and the report on everything, are kept whole.
The first call of each line is put to a graph of which nothing was asked yet; what follows from the records is derived
already. *To be read*: with the page of text in Chinese.

{answered(run)}
## Exports

Of a graph whose facts stand, to bytes in memory.

{exported(run)}
## The rest

{others(run)}{ended_early(run)}{on_other_days(run)}"""


def main() -> int:
    """Write RESULTS.md, or hold it against what would be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--run", type=Path, default=RUN)
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    text = results(json.loads(given.run.read_text(encoding="utf-8")))
    if not given.check:
        given.output.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if not given.output.exists() or given.output.read_text(encoding="utf-8") != text:
        print("RESULTS.md is not what the measurements give; run python benchmarks/report.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
