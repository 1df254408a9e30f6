"""The programs that ours is compared with: their environments, what they read, how they are called.

    python benchmarks/peers.py install

Each has an environment of its own under ``build/benchmarks``; none is a dependency of this project. What is not there
is left out of a run, and the run says so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = HERE / "peers"
CACHE = HERE.parent / "build" / "benchmarks" / "peers"
Command = Sequence[str | Path]


@dataclass(frozen=True)
class Peer:
    """A program: its name, environment, how its input is made, how it runs, and what it leaves.

    Attributes
    ----------
    environment: name of its requirements file and folder; empty for that of this project.
    prepare: the script that makes its input, outside of what is counted; empty where it reads the YAML itself.
    command: from its interpreter, the dataset, the folder of its input, and the folder to write into.
    result: the file that is compared; None where it writes none.
    languages: whether it can tell the language of a text.
    """

    name: str
    environment: str
    prepare: str
    command: Callable[[Path, Path, Path, Path], Command]
    result: Callable[[Path, Path], Path] | None
    languages: bool
    says: str

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return CACHE / self.environment / "bin" / "python" if self.environment else Path(sys.executable)

    @property
    def version(self) -> str:
        """What is installed for it, as its requirements pin it."""
        if not self.environment:
            return ""
        return (SCRIPTS / f"{self.environment}.txt").read_text(encoding="utf-8").split()[0]


def _convert(python: Path, _: Path, prepared: Path, out: Path) -> Command:
    said = ("-s", prepared / "schema.yaml", "-C", "Container", "-t", "ttl", "-o", out / "graph.ttl")
    return (python.parent / "linkml-convert", "--no-validate", *said, prepared / "data.yaml")


def _validate(python: Path, _: Path, prepared: Path, __: Path) -> Command:
    said = ("-s", prepared / "schema.yaml", "-C", "Container")
    return (python.parent / "linkml-validate", *said, prepared / "data.yaml")


PEERS = {
    peer.name: peer
    for peer in (
        Peer(
            "plain",
            "",
            "",
            lambda python, folder, _, out: (python, SCRIPTS / "plain.py", folder, out),
            lambda _, out: out / "graph.ttl",
            True,
            "PyYAML CSafeLoader, rdflib Graph, Turtle; GraphML of the pairings by networkx; no check",
        ),
        Peer(
            "maplib",
            "maplib",
            "",
            lambda python, folder, _, out: (python, SCRIPTS / "maplib_peer.py", folder, out),
            lambda _, out: out / "graph.nt",
            False,
            "yaml-rs, a table for each predicate, maplib, N-Triples; no check",
        ),
        Peer(
            "morph-kgc",
            "morph-kgc",
            "morph_prepare.py",
            lambda python, _, prepared, __: (python, "-m", "morph_kgc", prepared / "config.ini"),
            lambda prepared, _: prepared / "graph.nt",
            True,
            "RML over CSV, N-Triples; YAML to CSV not counted; no check",
        ),
        Peer(
            "linkml",
            "linkml",
            "linkml_prepare.py",
            _convert,
            lambda _, out: out / "graph.ttl",
            False,
            "linkml-convert to Turtle, without validation; names to IRIs not counted",
        ),
        Peer("linkml-validate", "linkml", "linkml_prepare.py", _validate, None, False, "linkml-validate of the same"),
    )
}

SERVERS = ("rdflib-endpoint",)
"""Environments of servers, which ``serving.py`` measures."""


def missing(peer: Peer) -> str:
    """Return why a peer cannot run; empty where it can."""
    return "" if peer.python.exists() else "not installed: python benchmarks/peers.py install"


def install() -> None:
    """Make the environment of each peer; say which could not be made."""
    for name in sorted({*SERVERS, *(peer.environment for peer in PEERS.values() if peer.environment)}):
        folder = CACHE / name
        if not (folder / "bin" / "python").exists():
            venv.create(folder, with_pip=True)
        asked = (folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        made = subprocess.run([*asked, "-r", SCRIPTS / f"{name}.txt"], check=False)
        print(f"{name}: {'installed' if made.returncode == 0 else 'could not be installed'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("install",))
    parser.parse_args()
    install()
