"""Does every source that was read have statements, every statement file a source, every statement a place in it?"""

from __future__ import annotations

from collections.abc import Iterator

from cooperation_kg.curate.rules.world import World
from cooperation_kg.errors import Issue


def check_read_sources(world: World) -> Iterator[Issue]:
    """E301: a source said to have been read, of which nothing is stated."""
    for key, source in world.corpus.sources.items():
        if source.read != "not-yet" and not _is_stated(world, key):
            yield world.issue(
                ("source", key),
                ("read",),
                "E301",
                f"read, but statements/{key}.yaml has no statement; add some, or write read: not-yet",
                f"已读，但 statements/{key}.yaml 中没有陈述；请补上，或写 read: not-yet",
            )


def check_orphans(world: World) -> Iterator[Issue]:
    """E302: statements of a document that no file in ``sources`` describes."""
    for stem in sorted(world.corpus.statement_files - set(world.corpus.sources)):
        if not world.was_left_out("source", stem):
            yield Issue(
                f"statements/{stem}.yaml",
                0,
                0,
                "E302",
                f"there is no sources/{stem}.yaml; describe the document there, or rename this file",
                f"没有 sources/{stem}.yaml；请在那里著录该文献，或改文件名",
            )


def check_unread_sources(world: World) -> Iterator[Issue]:
    """E311: statements of a document that was not read yet."""
    for key, source in world.corpus.sources.items():
        if source.read == "not-yet" and _is_stated(world, key):
            yield world.issue(
                ("source", key),
                ("read",),
                "E311",
                f"not read yet, but statements/{key}.yaml is there; write whole, part or excerpt",
                f"尚未读，却有 statements/{key}.yaml；请写 whole、part 或 excerpt",
            )


def check_locators(world: World) -> Iterator[Issue]:
    """E315: a statement of a source that was read whole, without its place in the text."""
    for key, statement in world.corpus.statements.items():
        source = world.corpus.sources.get(statement.source)
        if source is not None and statement.locator is None and (statement.read or source.read) == "whole":
            yield world.issue(
                ("statement", key),
                ("kind",),
                "E315",
                "no locator although the source was read whole; give the heading or the page",
                "来源已通读，却没有 locator；请写所在标题或页码",
            )


def _is_stated(world: World, source: str) -> bool:
    """Whether the source has a statement, be it one left out for a fault."""
    file = f"statements/{source}.yaml"
    return source in world.stated_sources or any(unread == file for unread, _ in world.corpus.unread)
