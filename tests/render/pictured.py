"""A tiny world for pictures: two provinces, what lies in them, a county that moved; nothing here is a fact."""

from __future__ import annotations

from pathlib import Path

from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.site.context import Site

TIES = (
    "kind: pairing, programme: ew, supporter: east, recipient: west, from: 2000, until: 2010",
    "kind: pairing, programme: ew, supporter: east-county, recipient: west-county, from: 2005, until: 2006",
    "kind: pairing, programme: ew, supporter: east, recipient: moved, from: 1990, until: 2000",
    "kind: pairing, programme: equals, parties: [east, south], from: 2018, until: 2020",
    "kind: pairing, programme: ew, supporter: bureau, recipient: west, from: 2001, until: 2002",
)
"""East helps west; a county of it a county there; a county that was western until June 1997 and northern since; two
equals; a body."""


def site_of(folder: Path, *lines: str) -> Site:
    """Return the site of the ties with further statements, which are s6, s7 … of source ``a``."""
    write_world(folder / "data", {}, (), "", "2024", {"a": (*TIES, *lines)})
    return Site(build_graph(load_corpus(folder / "data")))


def aid(words: str, during: str, rest: str = "") -> str:
    """Return a statement of aid from east to west."""
    about = "about: {programme: ew, supporter: east, recipient: west}"
    return f"kind: figure, {about}, measure: fiscal-aid, as_written: {words}, during: {during}, nature: flow{rest}"
