"""The set of files that ``ckg build`` makes: the site, the interactive network, and the graph for other tools."""

from __future__ import annotations

from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.render.exports import export, file_name
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_page
from cooperation_kg.render.site import build_site

EXPORTS = ("trig", "turtle", "graphml")


def build_files(kg: KnowledgeGraph, *, lang: str = "zh", as_of: AsOf | None = None) -> dict[str, bytes]:
    """Return every file of the build folder by name, in the order in which they are written.

    Parameters
    ----------
    lang: the language in which the pages open; the other one is a click away.
    as_of: the time at which the pages open and to which the exports are narrowed; their names say it.
    """
    narrowed = kg if as_of is None else as_of_view(kg, as_of)
    exports = {file_name(name, as_of=as_of): export(narrowed, name) for name in EXPORTS}
    site = build_site(kg, lang=lang, as_of=as_of, beside=exports)
    network = {"network.html": render_page(build_network(kg, as_of), lang=lang, site_links=True).encode()}
    return site | network | exports
