"""The set of files that ``ckg build`` makes: pages to open, and the graph for other tools."""

from __future__ import annotations

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.exports import export
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_index, render_page

# file → (format, view)
EXPORTS: dict[str, tuple[str, str | None]] = {
    "graph.trig": ("trig", None),
    "graph.ttl": ("turtle", None),
    "network.graphml": ("graphml", "network"),
}


def build_files(kg: KnowledgeGraph, *, lang: str = "zh") -> dict[str, bytes]:
    """Return every file of the build folder by name, in the order in which they are written.

    Parameters
    ----------
    lang: the language in which the pages open; the other one is a click away.
    """
    network = build_network(kg)
    other = "en" if lang == "zh" else "zh"
    pages = {
        "index.html": render_index(network, lang=lang, other_page=f"index.{other}.html").encode(),
        f"index.{other}.html": render_index(network, lang=other, other_page="index.html").encode(),
        "network.html": render_page(network, lang=lang).encode(),
    }
    return pages | {name: export(kg, fmt, view=view) for name, (fmt, view) in EXPORTS.items()}
