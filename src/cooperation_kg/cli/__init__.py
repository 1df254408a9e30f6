"""The command line: parse, call, print. ``ckg`` and ``cooperation-kg`` are the same command.

Data goes to stdout, talk goes to stderr. Exit codes: 0 answered, 1 an error of ours or of the data, 2 wrong usage
(130 when stopped with Ctrl-C: files are put in place whole, so nothing half-written is left).
Each command is a file of this folder and imports what it needs when it runs, so that ``ckg --help`` stays light.
"""

from __future__ import annotations

from cooperation_kg.cli.app import main

__all__ = ["main"]
