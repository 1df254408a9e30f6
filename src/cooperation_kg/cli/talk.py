"""What the command says on stderr, and in which language; data never passes here."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from cooperation_kg.errors import CooperationError, CurationError, Issue, ShapeError

QUIET_SECONDS = 1.0
"""Work shorter than this is not announced."""


def default_language() -> str:
    """Return the language of messages: ``CKG_LANG`` if set, else Chinese under a Chinese locale, else English."""
    chosen = (
        os.environ.get("CKG_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or ""
    )
    if not chosen and sys.platform == "win32":
        import locale

        chosen = locale.getlocale()[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


Lang = Annotated[
    str | None,
    typer.Option("--lang", help="Language of messages and labels: zh or en. 消息与标签的语言。", metavar="zh|en"),
]


_CHOSEN: dict[str, str] = {}
"""The language that this run was asked for, so that errors speak it too."""


def language(chosen: str | None) -> str:
    """Return ``"zh"`` or ``"en"``, and remember it for errors; any other choice is wrong usage."""
    lang = chosen or default_language()
    if lang not in ("zh", "en"):
        raise typer.BadParameter(f"{lang!r}: choose zh or en 请选 zh 或 en")
    _CHOSEN["lang"] = lang
    return lang


def say(text: str) -> None:
    """Print one line on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the one place where the command talks


def say_error(error: CooperationError) -> None:
    """Print an error: every fault on a line of its own, with a count."""
    lang = _CHOSEN.get("lang") or default_language()
    if isinstance(error, CurationError | ShapeError):
        say_issues(error.issues, lang)
        return
    say(f"{'错误' if lang == 'zh' else 'error'}: {error}")


def say_issues(issues: Iterable[Issue], lang: str) -> None:
    """Print issues, then how many errors and warnings they are."""
    listed = tuple(issues)
    for issue in listed:
        say(issue.text(lang))
    errors = sum(issue.severity == "error" for issue in listed)
    warnings = len(listed) - errors
    if lang == "zh":
        say(f"{errors} 个错误，{warnings} 个提醒")
    else:
        say(f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}")


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress(zh: str, en: str, lang: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what takes long: when it ends if it took over a second, at once on a terminal.

    Gives a function that says how far it is, which a terminal shows and nothing keeps.
    """
    line = zh if lang == "zh" else en
    shown = sys.stderr.isatty()
    if shown:
        sys.stderr.write(f"{line} …\r")
        sys.stderr.flush()
    began = time.monotonic()

    def how_far(said: str) -> None:
        if shown:
            sys.stderr.write(f"\x1b[2K{line} {said} …\r")
            sys.stderr.flush()

    try:
        yield how_far
    finally:
        took = time.monotonic() - began
        if shown:
            sys.stderr.write("\x1b[2K\r")
        if took >= QUIET_SECONDS:
            say(f"{line} ({took:.1f} s)")
