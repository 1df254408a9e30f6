"""The set of files that ``ckg build`` makes: pages to open, and the graph for other tools."""

from __future__ import annotations

from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.render.exports import export, file_name
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_index, render_page

EXPORTS = ("trig", "turtle", "graphml")


def build_files(kg: KnowledgeGraph, *, lang: str = "zh", as_of: AsOf | None = None) -> dict[str, bytes]:
    """Return every file of the build folder by name, in the order in which they are written.

    Parameters
    ----------
    lang: the language in which the pages open; the other one is a click away.
    as_of: the time at which the pages open and to which the exports are narrowed; their names say it.
    """
    network = build_network(kg, as_of)
    other = "en" if lang == "zh" else "zh"
    pages = {
        "index.html": render_index(network, lang=lang, other_page=f"index.{other}.html").encode(),
        f"index.{other}.html": render_index(network, lang=other, other_page="index.html").encode(),
        "network.html": render_page(network, lang=lang).encode(),
    }
    narrowed = kg if as_of is None else as_of_view(kg, as_of)
    return pages | {file_name(name, as_of=as_of): export(narrowed, name) for name in EXPORTS}
