"""The tables of docs/sizing.md from the committed measurements of ``serving.py`` alone.

python benchmarks/serving_report.py            # write them into the page
python benchmarks/serving_report.py --check    # fail where they are not what the measurements give
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from report import shown, spread, table
from serving_sizes import SHIPPED
from timing import exponent

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "serving.json"
PAGE = HERE.parent / "docs" / "sizing.md"
AIM = 100_000_000
"""Triples to which is extrapolated."""
BLOCK = re.compile(r"(<!-- made by benchmarks/serving_report.py: ([\w-]+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
Found = Mapping[str, Any]
MISSING = "Not measured yet. 尚未测量。\n"


def when(held: Found) -> str:
    """Return when, where and with what something was measured."""
    told = held["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in held["versions"].items())
    remark = f" Load average before: {held['load average before']}." if "load average before" in held else ""
    remark += f" {held['remark']}" if held["remark"] else ""
    return (
        f"Measured {held['date']}: {told['processors']} processors, {told['memory GB']} GB, {told['architecture']} "
        f"{told['system']}, Python {told['python']}; {versions}.{remark}\n"
    )


def _measured(held: Found, names: tuple[str, ...]) -> str:
    """Return a table for each question: clients and servers against what was measured."""
    parts = []
    for what, by_clients in held["measures"].items():
        rows = []
        for clients, servers in by_clients.items():
            for name, told in servers.items():
                if "failed" in told:
                    rows.append((clients, name, told["failed"], *("" for _ in names)))
                else:
                    rows.append((clients, name, *(spread(told[one]) for one in names), f"{told['requests']:,}"))
        head = ("clients", "server", *names, "requests in all")
        parts.append(f"**{what}**\n\n{table(head, rows)}")
    return "\n".join(parts)


def load(found: Found) -> str:
    """Return the tables of ``ckg serve`` beside other servers."""
    held = found["load"]
    sizes = ", ".join(f"{what} {size:,}" for what, size in held["rows or bytes of each answer"].items())
    cost = [
        told["client ms of processor a request"]["median"]
        for by_clients in held["measures"].values()
        for servers in by_clients.values()
        for told in servers.values()
        if "failed" not in told
    ]
    missing = held["rdflib-endpoint missing"]
    return (
        when(held)
        + f"{held['triples']:,} triples; {held['rounds']} rounds of {held['seconds']:g} s each, servers in turns; "
        + "medians, least and most in brackets. All servers gave the same answers before "
        + f"(rows, or bytes of the page: {sizes}). The client took {shown(min(cost))}–{shown(max(cost))} ms of "
        + "processor a request, from the same processors.\n"
        + (f"rdflib-endpoint: {missing}\n" if missing else "")
        + "\n"
        + _measured(held, ("per s", "p50 ms", "p99 ms"))
    )


def replicas(found: Found) -> str:
    """Return the tables of one and two replicas."""
    held = found["replicas"]
    about = (
        f"{held['rounds']} rounds of {held['seconds']:g} s; all on the same {held['machine']['processors']} processors."
    )
    return f"{when(held)}{about}\n\n{_measured(held, ('per s', 'p50 ms', 'p99 ms'))}"


def soak(found: Found) -> str:
    """Return the tables of the soak."""
    held = found["soak"]
    honest = [
        (name, f"{count:,}", f"{held['wrong'].get(name, 0):,}") for name, count in sorted(held["answered"].items())
    ]
    total = sum(held["answered"].values())
    honest.append(("**all**", f"**{total:,}**", f"**{sum(held['wrong'].values()):,}**"))
    refused = ", ".join(f"{status}: {count:,}" for status, count in held["refused"].items()) or "none"
    lost = sum(held["lost"].values())
    happened = [(name, f"{count:,}") for name, count in held["faults"].items()]
    ended = [(name, f"{count:,}") for name, count in held["attacks"].items()]
    state = [
        (name, shown(held["begin"][name]), shown(held["most"][name]), shown(held["end"][name]))
        for name in held["begin"]
    ]
    return "\n".join(
        [
            when(held)
            + f"{held['seconds']:g} s, {held['clients']} honest clients, the {held['data']} data, "
            + f"`ckg serve {' '.join(held['options'])}`.\n",
            table(("honest question", "answered rightly", "wrongly"), honest),
            f"Honest requests that were refused: {refused}. One that gets 503 (busy) comes again; 504 is the deadline. "
            + f"Connections lost: {lost:,}. Attacks that ended otherwise than they should: "
            + f"{sum(held['attacks_wrong'].values()):,}. Exit code: {held['exit_code']}. Temporary folders left: "
            + f"{len(held['left'])}.\n",
            table(("fault", "times"), happened),
            table(("attack: status", "times"), ended),
            table(("", "begin", "most", "end"), state),
            *_course(held),
        ]
    )


def _course(held: Found) -> list[str]:
    told = ", ".join(shown(value) for value in held.get("course", []))
    return [f"Memory of the server in MB, ten times on the way: {told}.\n"] if told else []


SIZED: Mapping[str, Callable[[Found], float | None]] = {
    "build, s": lambda one: one["build s"],
    "memory of the build, MB": lambda one: one["peak of the builder MB"],
    "from built to ready, s": lambda one: one["from built to ready s"],
    "store on disk, MB": lambda one: one["store MB"],
    "records on disk, MB": lambda one: one["records MB"],
    "memory: server, MB": lambda one: one["memory after questions MB"]["server"],
    "memory: each worker, MB": lambda one: one["memory after questions MB"]["worker"],
    "memory: each process for the API, MB": lambda one: one["memory after questions MB"]["answering"],
    "point query, per s (8 clients)": lambda one: _median(one, "point query", "per s"),
    "point query, p99 ms (8 clients)": lambda one: _median(one, "point query", "p99 ms"),
    "statements of a source, ms": lambda one: _median(one, "statements of a source", "p50 ms"),
    "group-by over all types, ms": lambda one: _median(one, "group-by", "p50 ms"),
    "first `show` of a process, s": lambda one: one["answers"].get("first show s"),
    "`show` of a place, ms": lambda one: _median(one, "show a place", "p50 ms"),
}
"""What is told of a size, from its measurement."""
NOT_FITTED = (
    "first `show` of a process, s",
    "`show` of a place, ms",
    "point query, per s (8 clients)",
    "point query, p99 ms (8 clients)",
    "statements of a source, ms",
)
"""What depends on how much is said of one thing, or on what else the machine does, more than on the size."""


def _median(one: Found, question: str, what: str) -> float | None:
    told = one["answers"].get(question, {})
    return told[what]["median"] if what in told else None


def extrapolated(triples: list[float], values: list[float], at: float) -> tuple[float, float]:
    """Return the exponent of a power through the measurements, and its value elsewhere, from the largest one.

    >>> power, value = extrapolated([10, 100], [1, 10], 1000)
    >>> round(power, 6), round(value, 6)
    (1.0, 100.0)
    """
    power = exponent(triples, values)
    return power, values[-1] * (at / triples[-1]) ** power


def sizes(found: Found) -> str:
    """Return the table of sizes, with what a larger graph would take."""
    held = found["sizes"]
    each = sorted(held["sizes"].items(), key=lambda one: one[1]["triples"])
    names = [("shipped facts" if name == SHIPPED else f"{int(name):,} statements") for name, _ in each]
    triples = [float(one["triples"]) for _, one in each]
    rows = []
    for what, of in SIZED.items():
        values = [of(one) for _, one in each]
        known = [(n, value) for n, value in zip(triples, values, strict=True) if value]
        fit = "–", "–"
        if len(known) > 1 and what not in NOT_FITTED:
            power, value = extrapolated([n for n, _ in known], [value for _, value in known], AIM)
            fit = f"{power:.2f}", shown(value)
        rows.append((what, *(shown(value) for value in values), *fit))
    head = ("", *(f"{name}: {n:,.0f} triples" for name, n in zip(names, triples, strict=True)))
    return (
        when(held)
        + f"`ckg serve {' '.join(held['options'])}`; medians of {held['rounds']} rounds. The last two columns are "
        + f"fitted: *b* of *a* · triples^*b* over the sizes measured, and what that gives at {AIM:,} triples. Nothing "
        + "of that size was run.\n\n"
        + table((*head, "exponent", f"extrapolated to {AIM:,}"), rows)
    )


PARTS: Mapping[str, Callable[[Found], str]] = {"sizes": sizes, "load": load, "replicas": replicas, "soak": soak}


def written(page: str, found: Found) -> str:
    """Return the page with its tables made anew."""

    def made(block: re.Match[str]) -> str:
        name = block[2]
        return f"{block[1]}\n{PARTS[name](found) if name in found else MISSING}\n{block[3]}"

    return BLOCK.sub(made, page)


def main() -> int:
    """Write the page, or hold it against what would be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    found = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    page = PAGE.read_text(encoding="utf-8")
    text = written(page, found)
    if not given.check:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if text != page:
        print("docs/sizing.md is not what was measured; run python benchmarks/serving_report.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
