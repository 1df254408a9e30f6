"""A group of commands each of which is imported when it runs: ``ckg --help`` and completion need their names alone."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class Entry(NamedTuple):
    """A command: its name, ``module:attribute`` of its function (or ``Typer`` of a group), its line in --help."""

    name: str
    home: str
    line: str


class LazyCommands(MutableMapping[str, Any]):
    """The commands by name, each made when it is first asked for."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = {entry.name: entry for entry in entries}
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _made(self._entries[name])
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class LazyGroup(TyperGroup):
    """The group of ``entries``; while it lists its commands, name and line stand in for each of them."""

    entries: tuple[Entry, ...] = ()

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = LazyCommands(self.entries)
        self._lines = {entry.name: entry.line for entry in self.entries}
        self._listing = False

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the signature is of typer
        """Return the names in the order of --help."""
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, imported; while listing, one that has no more than its line."""
        if self._listing and cmd_name in self._lines:
            return TyperCommand(cmd_name, short_help=self._lines[cmd_name])
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands of --help."""
        with self._as_list():
            super().format_commands(ctx, formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Return the commands that a shell may complete."""
        with self._as_list():
            return super().shell_complete(ctx, incomplete)

    @contextmanager
    def _as_list(self) -> Iterator[None]:
        self._listing = True
        try:
            yield
        finally:
            self._listing = False


def _made(entry: Entry) -> Any:
    module, _, attribute = entry.home.partition(":")
    home = getattr(import_module(f"cooperation_kg.cli.{module}"), attribute)
    app = home if isinstance(home, typer.Typer) else _app_of(home, entry)
    command = typer.main.get_command(app)
    command.name, command.short_help = entry.name, entry.line
    return command


def _app_of(function: Any, entry: Entry) -> typer.Typer:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(entry.name)(function)
    return app
