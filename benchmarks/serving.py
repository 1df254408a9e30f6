"""Measure the server: load beside other servers, a soak with faults, replicas, and how far one machine reaches.

    python benchmarks/serving.py load
    python benchmarks/serving.py soak --seconds 600
    python benchmarks/serving.py replicas
    python benchmarks/serving.py sizes --statements shipped 100000 520000
    python benchmarks/serving_report.py

Each writes its own part of ``results/serving.json``, with its date; ``serving_report.py`` puts the tables into the
documentation. Everything happens on loopback. Linux: the processes are looked at through /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from serving_load import load, replicas
from serving_sizes import SHIPPED, sizes
from serving_soak import OPTIONS, SUBJECTS, soak
from timing import machine

HERE = Path(__file__).parent
OUTPUT = HERE / "results" / "serving.json"
REPLICAS = HERE.parent / "docs" / "replicas.md"
PACKAGES = ("cooperation-kg", "pyoxigraph", "oxigraph", "starlette", "uvicorn")


def _soak(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    found = soak(SUBJECTS[given.data], folder, given.seconds, given.clients)
    asked = {"seconds": given.seconds, "clients": given.clients, "data": given.data, "options": list(OPTIONS)}
    return {**asked, **found.as_json()}


def _sizes(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    found = sizes(folder, given.statements, given.made, given.rounds, given.seconds)
    held = json.loads(given.output.read_text(encoding="utf-8")) if given.output.exists() else {}
    # sizes are measured one by one: the large ones take long
    found["sizes"] = held.get("sizes", {}).get("sizes", {}) | found["sizes"]
    return found


PARTS: dict[str, Callable[[argparse.Namespace, Path], dict[str, Any]]] = {
    "load": lambda given, folder: load(folder, given.rounds, given.seconds),
    "soak": _soak,
    "replicas": lambda given, folder: replicas(folder, REPLICAS, given.rounds, given.seconds),
    "sizes": _sizes,
}


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="part", required=True)
    one = commands.add_parser("soak")
    one.add_argument("--seconds", type=float, default=600)
    one.add_argument("--clients", type=int, default=4)
    one.add_argument("--data", choices=SUBJECTS, default="shipped")
    for name in ("load", "replicas", "sizes"):
        one = commands.add_parser(name)
        one.add_argument("--rounds", type=int, default=3)
        one.add_argument("--seconds", type=float, default=2.5, help="how long each question is asked in a round")
    one.add_argument(
        "--statements", nargs="+", default=[SHIPPED, "100000"], help=f"{SHIPPED}, or how many made-up ones"
    )
    one.add_argument("--made", type=Path, help="folder of made-up records, kept for the next time")
    for command in commands.choices.values():
        command.add_argument("-o", "--output", type=Path, default=OUTPUT)
        command.add_argument("--remark", default="", help="what else ran on the machine meanwhile")
    return parser.parse_args(given)


def keep(output: Path, part: str, found: dict[str, Any], remark: str) -> None:
    """Put what was found in its place in the file; the other parts stay."""
    held = json.loads(output.read_text(encoding="utf-8")) if output.exists() else {}
    versions = {name: version(name) for name in PACKAGES}
    about = {"date": date.today().isoformat(), "machine": machine(), "versions": versions, "remark": remark}
    held[part] = {**about, **found}
    text = json.dumps(dict(sorted(held.items())), indent=1, ensure_ascii=False) + "\n"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Measure what is asked for."""
    given = arguments()
    busy = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory(prefix="serving-") as folder:
        found = PARTS[given.part](given, Path(folder))
    keep(given.output, given.part, {"load average before": busy, **found}, given.remark)
    print(json.dumps(found, indent=1, ensure_ascii=False), file=sys.stderr)


if __name__ == "__main__":
    main()
